"""What does not fit in the days of one system's move: judged once, for the checklist and for the rules.

Hands out `FEWEST_REHEARSALS`, `after_deadline`, `busy_reason`, `closed_reason`, `contract_too_short` and
`late_rehearsals`. Leans on `profile`, `japanese` (the calendar), `rehearsals`. Each says only whether a
fact stands; what is said about it belongs to `notes` and to the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gen.japanese import CalendarRangeError, why_closed
from gen.procedure.rehearsals import planned
from gen.profile import Profile, System
from gen.profile.model_plans import Rehearsal

__all__ = [
    "DEFAULT_SEASON",
    "FEWEST_REHEARSALS",
    "after_deadline",
    "busy_reason",
    "closed_reason",
    "contract_too_short",
    "late_rehearsals",
]

FEWEST_REHEARSALS = 2
"""Conversion, repair and one run in real time need more than one rehearsal (移行要件 of published tenders)."""

DEFAULT_SEASON = ((2, 16), (6, 30))
"""確定申告 to the taxation run, month and day, both counted in. The end is a default of Kian's (要確認)."""


def after_deadline(system: System) -> bool:
    """Whether the cut-over comes after the system's own deadline; False where either is open."""
    day, last = system.cut_over, system.deadline
    return isinstance(day, date) and isinstance(last, date) and day > last


def contract_too_short(system: System) -> date | None:
    """The day until which the old contract must last and does not; None where it does or nobody knows.

    It must last until the cut-over, while that is open until the deadline.
    """
    until = system.former_until
    needed = system.cut_over if isinstance(system.cut_over, date) else system.deadline
    if isinstance(until, date) and isinstance(needed, date) and until < needed:
        return needed
    return None


def closed_reason(profile: Profile, day: date) -> str | None:
    """Why the offices are closed on the day; None where they are open or the calendar does not reach."""
    try:
        return why_closed(day, frozenset(profile.city.closed_days))
    except CalendarRangeError:
        return None


def busy_reason(profile: Profile, day: date) -> tuple[str, str] | None:
    """The busy season that the day falls in, and its field; None where it is a quiet day.

    The city's own seasons count where it has written any; else mid-February to June (要確認).
    """
    for number, window in enumerate(profile.migration.busy):
        start, end = window.start, window.end
        if isinstance(start, date) and isinstance(end, date) and start <= day <= end:
            return str(window.name), f"migration.busy.{number}"
    if profile.migration.busy:
        return None
    inside = date(day.year, *DEFAULT_SEASON[0]) <= day <= date(day.year, *DEFAULT_SEASON[1])
    return ("2月中旬から6月まで。初期値・要確認", "") if inside else None


def late_rehearsals(profile: Profile, key: str) -> Iterator[tuple[str, Rehearsal, date]]:
    """The rehearsals of a system that are not before its cut-over: path, rehearsal, its day."""
    day = profile.systems[key].cut_over
    for path, one in planned(profile, key).dated:
        if isinstance(day, date) and isinstance(one.on, date) and one.on >= day:
            yield path, one, one.on
