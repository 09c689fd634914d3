"""The months in which restores are tried."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gen.backup.quiet_months import MONTHS, Avoided, spread

_SEASON = st.builds(Avoided, st.just("繁忙期"), st.frozensets(st.sampled_from(MONTHS)), st.just(""))


@given(st.dictionaries(st.text(min_size=1), st.lists(_SEASON, max_size=3), min_size=1, max_size=30))
def test_a_month_is_quiet_wherever_there_is_a_quiet_one(avoided: dict[str, list[Avoided]]) -> None:
    found = spread(avoided)
    assert list(found) == list(avoided)
    for key, (month, quiet) in found.items():
        busy = frozenset[int]().union(*(one.months for one in avoided[key]))
        assert month in MONTHS and quiet is (len(busy) < len(MONTHS)) and quiet is (month not in busy)


def test_tests_are_spread_evenly_over_the_quiet_months_the_first_first() -> None:
    winter = (Avoided("冬", frozenset({12, 1, 2, 3}), ""),)
    found = spread({str(number): winter for number in range(16)})
    assert Counter(month for month, _ in found.values()) == dict.fromkeys((4, 5, 6, 7, 8, 9, 10, 11), 2)
    assert [found["0"], found["1"], found["15"]] == [(4, True), (4, True), (11, True)]


def test_where_no_month_is_quiet_the_least_busy_one_is_taken_and_told() -> None:
    always = Avoided("通年", frozenset(MONTHS), "")
    found = spread({"a": (always, Avoided("冬", frozenset(MONTHS) - {9}, ""))})
    assert found == {"a": (9, False)}
