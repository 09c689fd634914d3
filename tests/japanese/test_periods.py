"""Periods in months and fiscal years."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.japanese import (
    PeriodError,
    fiscal_years,
    is_whole_months,
    month_count,
    month_end,
    month_list,
    nendo,
)

periods = st.tuples(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 5000)).map(
    lambda start_and_days: (start_and_days[0], start_and_days[0] + timedelta(days=start_and_days[1]))
)


@given(periods)
def test_the_split_covers_the_period_without_gap_or_overlap(period: tuple[date, date]) -> None:
    spans = fiscal_years(*period)
    assert (spans[0].start, spans[-1].end) == period
    for before, after in pairwise(spans):
        assert after.start == before.end + timedelta(days=1)
        assert after.nendo == before.nendo + 1
    assert all(nendo(span.start) == nendo(span.end) == span.nendo for span in spans)
    assert sum(span.months for span in spans) == month_count(*period)


@pytest.mark.parametrize(
    ("end", "months"),
    [
        (date(2028, 3, 31), [6, 12]),
        (date(2028, 12, 31), [6, 12, 9]),
        (date(2028, 9, 30), [6, 12, 6]),
        (date(2028, 8, 31), [6, 12, 5]),
    ],
)
def test_a_period_need_not_end_in_march(end: date, months: list[int]) -> None:  # difficult inputs, 13
    spans = fiscal_years(date(2026, 10, 1), end)
    assert [span.months for span in spans] == months
    assert [span.nendo for span in spans] == list(range(2026, 2026 + len(months)))
    assert is_whole_months(date(2026, 10, 1), end)


def test_months_are_listed_across_the_year() -> None:
    assert month_list(date(2026, 11, 15), date(2027, 2, 3)) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    )
    assert month_count(date(2026, 4, 1), date(2027, 3, 31)) == 12
    assert month_count(date(2026, 4, 30), date(2026, 5, 1)) == 2


def test_whole_months_run_from_first_to_last() -> None:
    assert is_whole_months(date(2028, 2, 1), date(2028, 2, 29))
    assert not is_whole_months(date(2028, 2, 1), date(2028, 2, 28))
    assert not is_whole_months(date(2026, 4, 2), date(2026, 4, 30))
    assert (month_end(2027, 2), month_end(2026, 12)) == (date(2027, 2, 28), date(2026, 12, 31))


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    for function in (fiscal_years, month_list, month_count, is_whole_months):
        with pytest.raises(PeriodError, match=r"2026-03-31.*2026-04-01.*より前"):
            function(date(2026, 4, 1), date(2026, 3, 31))
