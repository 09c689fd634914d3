"""The hours in which one system stands still, and what is to be done in which of them.

Hands out `Stop`, `stop_of` and `planned_hours`. Leans on `own_days`, `sheets`, `profile`, `japanese`.
Whatever the profile does not say is a default (要確認): a day's work from 8:30 to 20:30, a fifth of the time
in reserve. The hours are a first division, to be mended by what the rehearsals measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gen.japanese import fold_width, is_business_day
from gen.procedure.own_days import FREEZE, fits, given_days, read_day
from gen.procedure.sheets import Line
from gen.profile import Profile, Undecided

__all__ = ["Stop", "planned_hours", "stop_of"]

_OPENING, _DAY_START, _DAY_END = time(8, 30), time(8, 30), time(20, 30)
_EVENING, _DAWN = time(18, 0), time(6, 0)
_RESERVE = 5
"""One part in so many is kept in reserve: リハーサルが停止期間に2割以上の余裕をもって収まる (criteria.yaml)."""

_STEP = timedelta(minutes=30)
_CLOCK = re.compile(r"(\d{1,2})(?:時(?:(\d{1,2})分)?|[::](\d{2}))")


@dataclass(frozen=True)
class Stop:
    """From the last service of the old system to the first of the new one.

    Attributes:
        first: the first day without service.
        opening: when the counters open with the new system.
        path: the field that says the first day, "" where it is counted from the 切替日.
        opening_path: the field that says the hour of the opening, "" where it is the default.
    """

    first: date
    opening: datetime
    path: str
    opening_path: str

    @property
    def slots(self) -> tuple[tuple[datetime, datetime], ...]:
        """The hours to work in: of each day, or (without a free day) of the night before the opening."""
        last = self.opening.date()
        days = [self.first + timedelta(days=n) for n in range((last - self.first).days)]
        if not days:
            evening = datetime.combine(last - timedelta(days=1), _EVENING)
            return ((evening, datetime.combine(last, _DAWN)),)
        return tuple((datetime.combine(day, _DAY_START), datetime.combine(day, _DAY_END)) for day in days)


def stop_of(profile: Profile, key: str) -> Stop | Undecided:
    """The hours of one system; 未定 where its 切替日 is.

    Raises:
        CalendarRangeError: the days lie beyond the calendar of working days.
    """
    path = f"systems.{key}.cut_over"
    cut_over = profile.systems[key].cut_over
    if not isinstance(cut_over, date):
        return cut_over if isinstance(cut_over, Undecided) else Undecided(path, profile.label(path))
    first, source = given_days(profile, cut_over).get(FREEZE, (_free_days(profile, cut_over), ""))
    opening, said = _opening(profile, cut_over)
    return Stop(first, datetime.combine(cut_over, opening), source, said)


def _free_days(profile: Profile, cut_over: date) -> date:
    """The first of the closed days right before the cut-over; the day itself where there are none."""
    closed, day = frozenset(profile.city.closed_days), cut_over
    while not is_business_day(day - timedelta(days=1), closed):
        day -= timedelta(days=1)
    return day


def _opening(profile: Profile, cut_over: date) -> tuple[time, str]:
    """The earliest hour that the counters of this cut-over name."""
    found: list[tuple[time, str]] = []
    for number, office in enumerate(profile.migration.offices):
        text = fold_width(office.reopens) if isinstance(office.reopens, str) else ""
        hour, day = _CLOCK.search(text), read_day(text)
        if hour is not None and (day is None or fits(day, cut_over)):
            hours, minutes = int(hour[1]), int(hour[2] or hour[3] or 0)
            if hours < 24 and minutes < 60:
                found.append((time(hours, minutes), f"migration.offices.{number}.reopens"))
    return min(found) if found else (_OPENING, "")


def planned_hours(lines: Iterable[Line], stop: Stop) -> Mapping[str, tuple[datetime, datetime]]:
    """When each line with a share or an hour of its own begins and ends, by its id.

    The lines with a share follow one another through the slots and leave the reserve at their end.
    """
    rows = list(lines)
    total = sum(one.share for one in rows)
    length = sum((end - start for start, end in stop.slots), timedelta())
    usable = length - length / _RESERVE
    found: dict[str, tuple[datetime, datetime]] = {}
    done = 0
    for one in rows:
        if one.share and total:
            start = _at(stop, usable * done / total, starts=True)
            done += one.share
            found[one.id] = (start, max(start, _at(stop, usable * done / total, starts=False)))
        elif one.opening is not None:
            hour = stop.opening + timedelta(minutes=one.opening)
            found[one.id] = (hour, hour)
    return found


def _at(stop: Stop, spent: timedelta, *, starts: bool) -> datetime:
    """The moment after so much work, to the half hour; at the end of a day a start waits for the next."""
    spent = _STEP * round(spent / _STEP)
    for number, (start, end) in enumerate(stop.slots):
        length = end - start
        if spent < length or (spent == length and (not starts or number == len(stop.slots) - 1)):
            return start + spent
        spent -= length
    return stop.slots[-1][1]
