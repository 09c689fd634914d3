"""How many 移行リハーサル one system has, and when.

Hands out `Planned`, `planned`. Leans on `profile`. Nought is a count only where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.profile import Profile, Undecided
from gen.profile.model_plans import Rehearsal

__all__ = ["COUNT", "Planned", "planned"]

COUNT = "migration.rehearsal_count"


@dataclass(frozen=True)
class Planned:
    """The rehearsals of one system.

    Attributes:
        dated: those that the profile lists, with their path.
        count: how many there will be.
    """

    dated: tuple[tuple[str, Rehearsal], ...]
    count: int | Undecided


def planned(profile: Profile, key: str) -> Planned:
    """The rehearsals of one system; one that names no system is of all.

    Args:
        profile: the city's.
        key: of the system.
    """
    migration = profile.migration
    own = tuple(
        (f"migration.rehearsals.{number}", one)
        for number, one in enumerate(migration.rehearsals)
        if not one.systems or key in one.systems
    )
    count = migration.rehearsal_count
    if own:
        return Planned(own, max(len(own), count) if isinstance(count, int) else len(own))
    return Planned((), Undecided(COUNT, profile.label(COUNT)) if count is None else count)
