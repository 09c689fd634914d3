"""Periods counted in months and fiscal years.

Hands out `fiscal_years` and `FiscalSpan`, `month_list`, `month_count`, `is_whole_months`,
`month_end`, `shift_months`, `nendo` and `PeriodError`. Leans on `problems`; a period includes both its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gen.japanese.problems import TextError

__all__ = [
    "FiscalSpan",
    "PeriodError",
    "fiscal_years",
    "is_whole_months",
    "month_count",
    "month_end",
    "month_list",
    "nendo",
    "shift_months",
]


class PeriodError(TextError):
    """A period that ends before it starts."""


@dataclass(frozen=True, slots=True)
class FiscalSpan:
    """The part of a period that lies in one fiscal year.

    Attributes:
        nendo: the fiscal year, named by the western year it begins in.
        start: first day of the part.
        end: last day of the part.
        months: calendar months that the part touches.
    """

    nendo: int
    start: date
    end: date
    months: int


def nendo(day: date) -> int:
    """The fiscal year of a day: 1 April to 31 March (地方自治法第208条第1項)."""
    return day.year if day.month >= 4 else day.year - 1


def month_end(year: int, month: int) -> date:
    """The last day of a month, 28 or 29 in February.

    Raises:
        ValueError: the month is not 1 to 12.
    """
    first = date(year, month, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)


def month_list(start: date, end: date) -> tuple[date, ...]:
    """The first day of every calendar month that the period touches, in order.

    Raises:
        PeriodError: the end is before the start.
    """
    _check(start, end)
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    months = (divmod(start.year * 12 + start.month - 1 + offset, 12) for offset in range(count))
    return tuple(date(year, month + 1, 1) for year, month in months)


def month_count(start: date, end: date) -> int:
    """How many calendar months the period touches; a begun month counts.

    Raises:
        PeriodError: the end is before the start.
    """
    return len(month_list(start, end))


def is_whole_months(start: date, end: date) -> bool:
    """True when the period runs from the first of a month to the last of one.

    Raises:
        PeriodError: the end is before the start.
    """
    _check(start, end)
    return start.day == 1 and end == month_end(end.year, end.month)


def fiscal_years(start: date, end: date) -> tuple[FiscalSpan, ...]:
    """The period split at every 1 April, without gap or overlap.

    Raises:
        PeriodError: the end is before the start.
    """
    _check(start, end)
    spans: list[FiscalSpan] = []
    first = start
    while first <= end:
        year = nendo(first)
        last = min(end, date(year + 1, 3, 31))
        spans.append(FiscalSpan(year, first, last, month_count(first, last)))
        first = last + timedelta(days=1)
    return tuple(spans)


def _check(start: date, end: date) -> None:
    if end < start:
        raise PeriodError(
            f"終わりの日（{end.isoformat()}）が始まりの日（{start.isoformat()}）より前です。",
            hint="期間の始まりと終わりを確かめてください。",
        )


def shift_months(day: date, count: int) -> date:
    """The same day so many months later (earlier if negative), or the last of a shorter month."""
    month = day.year * 12 + day.month - 1 + count
    last = month_end(month // 12, month % 12 + 1)
    return last if day.day > last.day else last.replace(day=day.day)
