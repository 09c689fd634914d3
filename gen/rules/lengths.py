"""Lengths of time in comparable units; business days by the city's calendar.

Hands out `hours_at_most`, `hours_at_least`, `days_of` and `Calendar`. A 営業日 has no fixed length:
before a holiday of three days, the business day before is 96 hours back. Leans on `japanese`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from gen.japanese import CalendarRangeError, is_business_day
from gen.profile import Duration, Maybe, Undecided

__all__ = ["Calendar", "business_days", "days_of", "hours_at_least", "hours_at_most"]

_HOURS = {
    "分": Decimal(1) / 60,
    "時間": Decimal(1),
    "日": Decimal(24),
    "週": Decimal(24 * 7),
    "か月": Decimal(24 * 30),
    "年": Decimal(24 * 365),
}
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a city in the year from a day on."""

    on: date
    closed: frozenset[date]

    def stretch(self, count: int, *, longest: bool) -> int | None:
        """Calendar days between two business days that lie `count` apart: at most, or at least.

        None where the calendar does not reach so far.
        """
        found = _stretches(self.on, self.closed, count)
        if not found:
            return None
        return max(found) if longest else min(found)


@lru_cache(maxsize=256)
def _stretches(on: date, closed: AbstractSet[date], count: int) -> tuple[int, ...]:
    try:
        days = [day for n in range(_YEAR) if is_business_day(day := on + timedelta(days=n), closed)]
    except CalendarRangeError:
        return ()
    return tuple((later - earlier).days for earlier, later in zip(days, days[count:], strict=False))


def business_days(length: Maybe[Duration]) -> int | None:
    """The number of 営業日, None for a length in other units."""
    if length is None or isinstance(length, Undecided) or length.unit != "営業日":
        return None
    return int(length.value)


def hours_at_most(length: Maybe[Duration], calendar: Calendar) -> Decimal | None:
    """Hours, business days taken at their longest; None where 未定."""
    return _hours(length, calendar, longest=True)


def hours_at_least(length: Maybe[Duration], calendar: Calendar) -> Decimal | None:
    """Hours, business days taken at their shortest; None where 未定."""
    return _hours(length, calendar, longest=False)


def _hours(length: Maybe[Duration], calendar: Calendar, *, longest: bool) -> Decimal | None:
    if length is None or isinstance(length, Undecided):
        return None
    count = business_days(length)
    if count is None:
        return length.value * _HOURS[length.unit]
    days = calendar.stretch(count, longest=longest)
    return None if days is None else Decimal(days * 24)


def days_of(length: Maybe[Duration]) -> Decimal | None:
    """Days of a length that lasts: a year has 365, a month 30; None where 未定."""
    if length is None or isinstance(length, Undecided):
        return None
    return length.value if length.unit == "営業日" else length.value * _HOURS[length.unit] / 24
