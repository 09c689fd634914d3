"""The working days of a city office.

Hands out `is_business_day`, `add_business_days`, `next_business_day`, `previous_business_day`,
`why_closed`, `holidays`, `Holiday`, `calendar_digest`. Leans on `problems` and data/holidays.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from gen.japanese.problems import TextError

__all__ = [
    "CalendarRangeError",
    "Holiday",
    "add_business_days",
    "calendar_data",
    "calendar_digest",
    "holidays",
    "is_business_day",
    "next_business_day",
    "previous_business_day",
    "why_closed",
]

_ONE_DAY = timedelta(days=1)
_NO_DAYS: frozenset[date] = frozenset()


class CalendarRangeError(TextError):
    """A day outside the years of the shipped calendar."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of the law.

    Attributes:
        date: the day.
        name: 元日, 春分の日, …; 休日 for 振替休日 and 国民の休日.
        kind: 祝日, 振替休日 or 国民の休日 (国民の祝日に関する法律第2条, 第3条第2項, 第3条第3項).
        forecast: True where it rests on an equinox that is not announced yet.
    """

    date: date
    name: str
    kind: str
    forecast: bool


def calendar_data() -> bytes:
    """The calendar's file, which a revision must keep to be made again."""
    from importlib import resources

    return resources.files("gen.japanese").joinpath("data/holidays.csv").read_bytes()


@cache
def _calendar() -> Mapping[int, Mapping[date, Holiday]]:
    years: dict[int, dict[date, Holiday]] = {}
    for line in calendar_data().decode("utf-8").splitlines()[1:]:
        day_text, name, kind, forecast = line.split(",")
        day = date.fromisoformat(day_text)
        years.setdefault(day.year, {})[day] = Holiday(day, name, kind, forecast == "1")
    return years


def _year(year: int) -> Mapping[date, Holiday]:
    calendar = _calendar()
    if year not in calendar:
        raise CalendarRangeError(
            f"{year}年は営業日の暦（{min(calendar)}年から{max(calendar)}年まで）の外です。",
            hint="日付を確かめてください。正しければ新しい版のKianが要ります。",
        )
    return calendar[year]


def calendar_digest() -> str:
    """SHA-256 (hex) of the calendar's file, to record which calendar a document rests on."""
    from hashlib import sha256

    return sha256(calendar_data()).hexdigest()


def holidays(year: int) -> tuple[Holiday, ...]:
    """The holidays of a calendar year in order.

    Raises:
        CalendarRangeError: the year is not in the calendar.
    """
    return tuple(_year(year).values())


def why_closed(day: date, closed: AbstractSet[date] = _NO_DAYS) -> str | None:
    """Why the office is closed on the day, in Japanese; None on a working day.

    Saturdays, Sundays, holidays and 29 December to 3 January are closed (地方自治法第4条の2第2項),
    and what the body itself adds.

    Args:
        day: the day.
        closed: further closed days of the body (地方自治法第4条の2第3項, or its own calendar).

    Raises:
        CalendarRangeError: the year is not in the calendar.
    """
    holiday = _year(day.year).get(day)
    if holiday is not None:
        return holiday.name if holiday.kind == "祝日" else holiday.kind
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return "年末年始の休日"
    if day.weekday() >= 5:
        return "日曜日" if day.weekday() == 6 else "土曜日"
    return "団体の定める閉庁日" if day in closed else None


def is_business_day(day: date, closed: AbstractSet[date] = _NO_DAYS) -> bool:
    """True when the office is open; arguments and errors as `why_closed`."""
    return why_closed(day, closed) is None


def next_business_day(day: date, closed: AbstractSet[date] = _NO_DAYS) -> date:
    """The day itself when the office is open, else the first working day after it.

    Raises:
        CalendarRangeError: the search leaves the calendar.
    """
    return _search(day, closed, _ONE_DAY)


def previous_business_day(day: date, closed: AbstractSet[date] = _NO_DAYS) -> date:
    """The day itself when the office is open, else the last working day before it.

    Raises:
        CalendarRangeError: the search leaves the calendar.
    """
    return _search(day, closed, -_ONE_DAY)


def add_business_days(day: date, count: int, closed: AbstractSet[date] = _NO_DAYS) -> date:
    """The working day that lies `count` working days after the day, or before it if negative.

    The day itself is not counted (民法第140条); with `count` 0 it comes back as it is.

    Raises:
        CalendarRangeError: the search leaves the calendar.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    for _ in range(abs(count)):
        day = _search(day + step, closed, step)
    return day


def _search(day: date, closed: AbstractSet[date], step: timedelta) -> date:
    while not is_business_day(day, closed):
        day += step
    return day
