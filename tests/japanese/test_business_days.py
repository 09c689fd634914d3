"""The working days of a city office, against the law's rules and against jpholiday."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from importlib import resources

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.japanese import (
    CalendarRangeError,
    add_business_days,
    calendar_digest,
    holidays,
    is_business_day,
    next_business_day,
    previous_business_day,
    why_closed,
)

from .holiday_rules import Row, calendar

FIRST, LAST = date(2019, 1, 1), date(2040, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
days = st.dates(date(2020, 1, 1), date(2039, 12, 31))


def test_the_shipped_calendar_follows_the_laws() -> None:
    text = resources.files("gen.japanese").joinpath("data/holidays.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == list(Row._fields)
    assert [Row(*row) for row in rows[1:]] == calendar()


def test_every_day_of_22_years_agrees_with_jpholiday() -> None:
    ours = {holiday.date for year in range(2019, 2041) for holiday in holidays(year)}
    assert [day for day in EVERY_DAY if (day in ours) != bool(jpholiday.is_holiday(day))] == []


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 9, 22), "国民の休日"),
        (date(2026, 5, 6), "振替休日"),
        (date(2019, 5, 2), "国民の休日"),
        (date(2021, 7, 22), "海の日"),
        (date(2026, 12, 29), "年末年始の休日"),
        (date(2027, 1, 2), "年末年始の休日"),
        (date(2029, 1, 3), "年末年始の休日"),
        (date(2026, 4, 4), "土曜日"),
        (date(2026, 4, 5), "日曜日"),
        (date(2026, 12, 28), None),
        (date(2027, 1, 4), None),
        (date(2020, 10, 12), None),
    ],
)
def test_closed_days_have_a_reason(day: date, reason: str | None) -> None:
    assert why_closed(day) == reason
    assert is_business_day(day) == (reason is None)


def test_a_city_adds_its_own_closed_days() -> None:
    founding = date(2026, 11, 2)
    assert is_business_day(founding)
    assert why_closed(founding, {founding}) == "団体の定める閉庁日"
    assert add_business_days(date(2026, 10, 30), 1, frozenset({founding})) == date(2026, 11, 4)


def test_equinoxes_not_announced_yet_are_marked_as_forecasts() -> None:
    assert [holiday.name for holiday in holidays(2027) if holiday.forecast] == []
    assert [holiday.name for holiday in holidays(2028) if holiday.forecast] == ["春分の日", "秋分の日"]
    assert date(2032, 9, 21) in {holiday.date for holiday in holidays(2032) if holiday.forecast}


def test_counting_passes_over_the_new_year() -> None:
    assert add_business_days(date(2026, 12, 25), 2) == date(2027, 1, 4)
    assert add_business_days(date(2027, 1, 4), -1) == date(2026, 12, 28)
    assert next_business_day(date(2026, 12, 29)) == date(2027, 1, 4)
    assert previous_business_day(date(2027, 1, 3)) == date(2026, 12, 28)
    assert add_business_days(date(2026, 12, 31), 0) == date(2026, 12, 31)


@given(days, st.integers(-200, 200))
def test_counting_forth_and_back_returns(day: date, count: int) -> None:
    start = next_business_day(day)
    assert add_business_days(add_business_days(start, count), -count) == start


@given(days, st.integers(1, 60))
def test_as_many_working_days_pass_as_were_counted(day: date, count: int) -> None:
    end = add_business_days(day, count)
    passed = (day + timedelta(days=offset) for offset in range(1, (end - day).days + 1))
    assert sum(is_business_day(one) for one in passed) == count
    assert is_business_day(end)


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2041, 1, 1)])
def test_a_year_outside_the_calendar_is_refused_in_japanese(day: date) -> None:
    with pytest.raises(CalendarRangeError, match=f"{day.year}年は営業日の暦（2019年から2040年まで）の外"):
        is_business_day(day)
    with pytest.raises(CalendarRangeError):
        add_business_days(date(2040, 12, 28), 1)


def test_the_calendar_has_a_digest() -> None:
    assert len(calendar_digest()) == 64
