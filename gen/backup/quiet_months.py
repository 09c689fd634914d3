"""In which month a restore of each system is tried: spread over the year, out of the busy months.

Hands out `Avoided`, `avoided_months` and `spread`. Leans on `profile` and on the rows of `busy.yaml`,
which are defaults that a city must confirm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from gen.backup.knowledge import busy_months
from gen.profile import Profile, System

__all__ = ["MONTHS", "Avoided", "avoided_months", "spread"]

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
"""The months of a fiscal year in their order."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Months that a system keeps free, and why.

    Attributes:
        name: of the season, as typed or of Kian's own.
        months: 1 to 12; a season of the profile counts as one that comes again each year.
        path: the field of the profile, "" for a default.
        common: whether it concerns every system.
    """

    name: str
    months: frozenset[int]
    path: str
    common: bool = True


def avoided_months(profile: Profile, system: System) -> tuple[Avoided, ...]:
    """Every busy season that concerns a system: the city's own, then those of its business."""
    own = tuple(_own(profile))
    business = system.business if isinstance(system.business, str) else ""
    defaults = tuple(
        Avoided(row["name"], frozenset(row["months"]), "", not row["businesses"])
        for row in busy_months()
        if (not row["businesses"] or business in row["businesses"]) and not (own and row.get("seasonal"))
    )
    return own + defaults


def _own(profile: Profile) -> Iterator[Avoided]:
    for number, one in enumerate(profile.migration.busy):
        if isinstance(one.start, date) and isinstance(one.end, date) and one.start <= one.end:
            first, last = (day.year * 12 + day.month - 1 for day in (one.start, one.end))
            months = frozenset(month % 12 + 1 for month in range(first, min(last, first + 11) + 1))
            yield Avoided(str(one.name), months, f"migration.busy.{number}")


def spread(avoided: Mapping[str, Sequence[Avoided]]) -> dict[str, tuple[int, bool]]:
    """A month for each system, and whether it lies outside of all its busy months.

    In the order given, each takes the earliest quiet month of the fiscal year that is not full; a
    month is full with its even share of all tests. Where no month is quiet the least busy one is taken.

    Args:
        avoided: by key of the system.
    """
    room = -(-len(avoided) // len(_open(avoided)))
    taken = Counter[int]()
    found: dict[str, tuple[int, bool]] = {}
    for key, seasons in avoided.items():
        quiet = [month for month in MONTHS if not any(month in one.months for one in seasons)]
        free = [month for month in quiet if taken[month] < room]
        month = free[0] if free else min(quiet or MONTHS, key=lambda one: (_weight(one, seasons), taken[one]))
        taken[month] += 1
        found[key] = (month, bool(quiet))
    return found


def _open(avoided: Mapping[str, Sequence[Avoided]]) -> AbstractSet[int]:
    """The months that are quiet for some system; all of them where there is none."""
    quiet = {
        month
        for seasons in avoided.values()
        for month in MONTHS
        if not any(month in one.months for one in seasons)
    }
    return quiet or frozenset(MONTHS)


def _weight(month: int, seasons: Sequence[Avoided]) -> int:
    return sum(month in one.months for one in seasons)
