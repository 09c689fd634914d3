"""When each step is due: counted from the system's own days, always on a working day.

Hands out `Term`, `Anchors`, `anchors_of`, `term_of` and `order_of_systems`.
Leans on `japanese` (the calendar), `profile`, `steps`, `graph`, `own_days`. The place of a schedule
engine: it moves nothing by itself, it only counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from gen.errors import UserError
from gen.japanese import (
    CalendarRangeError,
    add_business_days,
    nendo,
    next_business_day,
    previous_business_day,
    shift_months,
)
from gen.procedure.graph import cycle_in, ordered
from gen.procedure.own_days import given_days
from gen.procedure.steps import Lead
from gen.profile import Profile, Undecided

__all__ = ["OLD_MONTHS", "Anchors", "Term", "anchors_of", "order_of_systems", "term_of"]

OLD_MONTHS = 6
"""How long the old system stays to be looked at, where the profile does not say (要確認)."""

_PARALLEL_MONTHS = 3


@dataclass(frozen=True)
class Anchors:
    """The days of one system that leads are counted from.

    Attributes:
        days: by key of `steps.ANCHORS`; 未定 where nobody has said.
        paths: the field that each rests on.
        given: days that the profile itself gives, with their field, by the names of `own_days`.
        system: name of the system, for messages.
        closed: closed days of the body.
    """

    days: Mapping[str, date | Undecided]
    paths: Mapping[str, str]
    system: str = ""
    closed: AbstractSet[date] = field(default_factory=frozenset)
    given: Mapping[str, tuple[date, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """When a step is to be done.

    Attributes:
        start: first day of its window, None where there is none.
        due: last day.
        every: how often, where it recurs.
        open: the day that is 未定, where the window cannot be counted.
        path: the field that the window is counted from.
        given: whether the due day is the profile's own, not counted.
    """

    start: date | None = None
    due: date | None = None
    every: str = ""
    open: Undecided | None = None
    path: str = ""
    given: bool = False

    def late(self, on: date) -> bool:
        """Whether it should have been done before the 基準日."""
        return self.due is not None and self.due < on


def anchors_of(profile: Profile, key: str) -> Anchors:
    """The days of one system.

    Args:
        profile: the city's.
        key: of the system.
    """
    system = profile.systems[key]
    fields = {"cut-over": "cut_over", "contract-end": "former_until", "deadline": "deadline"}
    paths = {anchor: f"systems.{key}.{name}" for anchor, name in fields.items()}
    days: dict[str, date | Undecided] = {}
    for anchor, name in fields.items():
        value = getattr(system, name)
        days[anchor] = Undecided(paths[anchor], profile.label(paths[anchor])) if value is None else value
    cut_over = days["cut-over"]
    days["fiscal-year-end"] = (
        cut_over if isinstance(cut_over, Undecided) else date(nendo(cut_over) + 1, 3, 31)
    )
    paths["fiscal-year-end"] = paths["cut-over"]
    days["old-end"], paths["old-end"] = _old_end(profile, days["cut-over"], days["contract-end"], paths)
    days["parallel-start"], paths["parallel-start"] = _parallel_start(profile, cut_over, paths["cut-over"])
    closed = frozenset(profile.city.closed_days)
    return Anchors(days, paths, str(system.name), closed, given_days(profile, cut_over))


def _old_end(
    profile: Profile, cut_over: date | Undecided, contract: date | Undecided, paths: Mapping[str, str]
) -> tuple[date | Undecided, str]:
    """Until when the old system is there to be looked at: as long as planned, as long as its contract."""
    if isinstance(cut_over, Undecided):
        return cut_over, paths["cut-over"]
    months = profile.migration.old_system_months
    path = "migration.old_system_months" if isinstance(months, int) else paths["cut-over"]
    planned = shift_months(cut_over, months if isinstance(months, int) else OLD_MONTHS)
    if isinstance(contract, date) and cut_over <= contract < planned:
        return contract, paths["contract-end"]
    return planned, path


def _parallel_start(profile: Profile, cut_over: date | Undecided, path: str) -> tuple[date | Undecided, str]:
    """When both systems begin to run side by side."""
    if isinstance(cut_over, Undecided):
        return cut_over, path
    months = profile.migration.parallel_months
    if isinstance(months, int) and months:
        return shift_months(cut_over, -months), "migration.parallel_months"
    return shift_months(cut_over, -_PARALLEL_MONTHS), path


def term_of(lead: Lead, anchors: Anchors) -> Term:
    """The window of a step: the first working day in it, and the last.

    A month back from the 31st is the last day of the shorter month; a due day that falls on a
    closed day moves to the working day before, a first day to the one after. Days that the profile
    itself gives are not moved.

    Raises:
        UserError: the days lie beyond the calendar of working days.
    """
    if lead.every:
        return Term(every=lead.every)
    if lead.given in anchors.given:
        day, path = anchors.given[lead.given]
        return Term(day, day, path=path, given=True)
    anchor, path = anchors.days[lead.anchor], anchors.paths[lead.anchor]
    if isinstance(anchor, Undecided):
        return Term(open=anchor, path=path)
    try:
        due = _due(lead, anchor, anchors.closed)
        start = _start(lead, anchor, anchors)
    except CalendarRangeError as error:
        raise UserError(
            f"システム「{anchors.system}」の期限を数えられません（{path}）。{error.message}", hint=error.hint
        ) from error
    if lead.since:
        return Term(start, max(start, due), path=path)
    return Term(min(start, due), due, path=path)


def _start(lead: Lead, anchor: date, anchors: Anchors) -> date:
    """The first working day of the window; a day of the profile as it is."""
    if lead.since in anchors.given:
        return anchors.given[lead.since][0]
    since = anchors.days.get(lead.since)
    day = since if isinstance(since, date) else _shifted(lead.unit, lead.start, anchor, anchors.closed)
    return next_business_day(day, anchors.closed)


def _due(lead: Lead, anchor: date, closed: AbstractSet[date]) -> date:
    return previous_business_day(_shifted(lead.unit, lead.due, anchor, closed), closed)


def _shifted(unit: str, count: int, anchor: date, closed: AbstractSet[date]) -> date:
    if unit == "months":
        return shift_months(anchor, count)
    return add_business_days(anchor, count, closed)


def order_of_systems(profile: Profile) -> tuple[str, ...]:
    """The systems, each after those that it depends on.

    Raises:
        UserError: they depend on one another in a circle; it is named.
    """
    needs = {key: system.depends_on for key, system in profile.systems.items()}
    circle = cycle_in(needs)
    if circle:
        raise UserError(
            f"システムの依存が循環しています：{' → '.join(circle)}",
            place=profile.place(f"systems.{circle[-2]}.depends_on"),
            hint="先に動くシステムの側の行を消してください。",
        )
    return ordered(needs)
