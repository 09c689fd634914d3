"""The names that the templates of procedures can print.

Hands out `system_context` and `city_context`. Leans on `system_paper` and `city_paper`.
"""

from __future__ import annotations

from datetime import date

from gen.clauses import Wording
from gen.procedure.city_paper import CityPaper
from gen.procedure.system_paper import SystemPaper
from gen.profile import Profile
from gen.profile.private import NOTHING_ASIDE, Aside
from gen.word.late import Late

__all__ = ["city_context", "system_context"]


def system_context(
    profile: Profile, key: str, wording: Wording, on: date, aside: Aside = NOTHING_ASIDE
) -> Late:
    """What the checklist of one system can print.

    Args:
        profile: the city's.
        key: of the system.
        wording: the city's style.
        on: 基準日; what was due before it is marked, never moved.
        aside: what only a paper that is not recorded holds.

    Raises:
        UserError: days beyond the calendar of working days, when what counts them is asked for.
    """
    return SystemPaper(profile, key, wording, on, aside).context()


def city_context(profile: Profile, wording: Wording, on: date, aside: Aside = NOTHING_ASIDE) -> Late:
    """What the overview of all systems can print; arguments and errors as `system_context`."""
    return CityPaper(profile, wording, on, aside).context()
