"""Due dates: counted back from the cut-over, never on a closed day, never moved in silence."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.clauses import Wording
from gen.errors import UserError
from gen.japanese import is_business_day, shift_months
from gen.procedure.graph import cycle_in, ordered
from gen.procedure.schedule import Anchors, anchors_of, order_of_systems, term_of
from gen.procedure.steps import ANCHORS, Lead
from gen.procedure.system_paper import SystemPaper

from .scenario import KEY, ON, PROFILES, a_move, checklist, moving_systems, overview, rows_of, shipped

DAYS = st.dates(date(2022, 1, 1), date(2036, 12, 31))


def lead(due: int, unit: str = "months", start: int | None = None) -> Lead:
    return Lead("cut-over", unit, due if start is None else start, due)


def at(day: date, *closed: date) -> Anchors:
    return Anchors(
        dict.fromkeys(ANCHORS, day),
        dict.fromkeys(ANCHORS, "systems.juki.cut_over"),
        "住民",
        frozenset(closed),
    )


@settings(deadline=None)
@given(DAYS, st.integers(-40, 40))
def test_months_back_keep_the_day_or_end_with_the_month(day: date, count: int) -> None:
    moved = shift_months(day, count)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == count
    assert moved.day == day.day or (
        moved.day < day.day and shift_months(moved, 0).month != date.fromordinal(moved.toordinal() + 1).month
    )


@settings(deadline=None)
@given(
    DAYS,
    st.integers(-30, 6),
    st.sampled_from(["months", "business_days"]),
    st.integers(0, 8),
    st.sets(DAYS, max_size=9),
)
def test_a_window_lies_on_working_days_in_its_order(
    day: date, due: int, unit: str, width: int, closed: set[date]
) -> None:
    term = term_of(lead(due, unit, due - width), at(day, *closed))
    assert term.start is not None and term.due is not None
    assert term.start <= term.due
    assert is_business_day(term.start, closed) and is_business_day(term.due, closed)
    if unit == "months":
        assert term.due <= shift_months(day, due)


@settings(deadline=None)
@given(DAYS, st.integers(-30, 6))
def test_a_later_cut_over_is_never_due_earlier(day: date, due: int) -> None:
    later = date.fromordinal(day.toordinal() + 1)
    assert term_of(lead(due), at(day)).due <= term_of(lead(due), at(later)).due  # type: ignore[operator]


def test_a_month_back_from_the_last_of_march_is_the_last_of_february() -> None:
    assert shift_months(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert shift_months(date(2028, 3, 31), -1) == date(2028, 2, 29)
    assert term_of(lead(-1), at(date(2027, 3, 31))).due == date(2027, 2, 26)


def test_the_closed_days_of_the_body_count() -> None:
    assert term_of(lead(0), at(date(2026, 11, 2))).due == date(2026, 11, 2)
    assert term_of(lead(0), at(date(2026, 11, 2), date(2026, 11, 2))).due == date(2026, 10, 30)


def test_a_cut_over_that_nobody_knows_gives_no_day() -> None:
    rows = rows_of(checklist(a_move(cut_over="未定")))
    assert str(rows["build-test"].due) == "〇〇〇〇" == str(rows["build-test"].start)
    assert rows["plan-pmo-tool"].due == "毎月"
    assert "R8" in str(rows["select-bridge"].due), "the end of the contract is known"
    assert str(rows_of(checklist(a_move(cut_over=None)))["build-test"].due) == "〇〇〇〇"


def test_a_cut_over_beyond_the_calendar_is_said_with_its_field() -> None:
    with pytest.raises(UserError, match=r"住民記録システム.*systems\.juki\.cut_over.*暦"):
        checklist(a_move(cut_over="令和40年1月4日"))


def test_what_was_due_before_the_day_of_the_paper_is_marked_and_not_moved() -> None:
    row = rows_of(checklist(a_move()))["plan-survey"]
    assert row.late and "期限経過" in row.note and row.due.startswith("R7.3.4")
    assert not rows_of(checklist(a_move(), on=date(2020, 4, 1)))["plan-survey"].late


def test_every_due_date_of_every_profile_is_a_working_day() -> None:
    seen = 0
    for file, key in moving_systems():
        profile = shipped(file)
        paper = SystemPaper(profile, key, Wording(), ON)
        closed = frozenset(profile.city.closed_days)
        for one in paper.steps:
            term = paper.rows.term(one)
            given_day = term.given or (one.rehearsal is not None and one.step.id == "build-rehearsal")
            counted = (term.due,) if one.step.lead.since in paper.anchors.given else (term.start, term.due)
            for day in counted:
                if day is not None and not given_day:
                    assert is_business_day(day, closed), (file.name, key, one.step.id, day)
                    seen += 1
    assert seen > 900


def test_the_steps_of_the_whole_city_are_due_on_working_days_too() -> None:
    seen = 0
    for file in PROFILES:
        profile = shipped(file)
        for row in overview(profile)["city_steps"]:
            found = re.match(r"R(\d+)\.(\d+)\.(\d+)", str(row.due))
            if found:
                year, month, day = map(int, found.groups())
                assert is_business_day(date(2018 + year, month, day), frozenset(profile.city.closed_days)), (
                    file
                )
                seen += 1
    assert seen > 20


def test_a_default_stands_beside_the_day_and_a_fact_without_it() -> None:
    rows = rows_of(
        checklist(a_move({"rehearsals": [{"name": "第1回", "on": "令和8年9月5日", "purpose": "変換の確認"}]}))
    )
    assert rows["build-test"].due.endswith("（要確認）")
    assert rows["build-rehearsal"].due == "R8.9.5（土）"
    assert (
        "閉庁日（土曜日）" in rows["build-rehearsal"].note
        and "第1回：変換の確認" in rows["build-rehearsal"].note
    )
    assert rows["build-verify"].start == "R8.9.7（月）" and rows["build-verify"].due.startswith("R8.9.18")
    assert rows["cut-over"].due == "R9.1.4（月）"


def test_circles_are_named() -> None:
    assert cycle_in({"a": ["b"], "b": ["c"], "c": ["a"]}) == ("a", "b", "c", "a")
    assert cycle_in({"a": ["a"]}) == ("a", "a")
    assert cycle_in({"a": ["b"], "b": [], "c": ["b", "a", "x"]}) == ()
    profile = a_move()
    first = dataclasses.replace(profile.systems[KEY], depends_on=("zei",))
    second = dataclasses.replace(profile.systems[KEY], depends_on=(KEY,))
    looped = dataclasses.replace(profile, systems={KEY: first, "zei": second})
    with pytest.raises(UserError, match="juki → zei → juki"):
        order_of_systems(looped)
    with pytest.raises(UserError, match="循環"):
        overview(looped)


@settings(deadline=None)
@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_an_order_keeps_to_what_must_come_before(size: int, random) -> None:  # type: ignore[no-untyped-def]
    graph = {str(n): [str(random.randrange(n)) for _ in range(min(n, 3))] for n in range(size)}
    keys = list(graph)
    random.shuffle(keys)
    order = ordered({key: graph[key] for key in keys})
    assert sorted(order) == sorted(graph)
    assert all(order.index(need) < order.index(key) for key, needs in graph.items() for need in needs)


def test_a_chain_of_any_length_needs_no_stack() -> None:
    graph = {str(n): [str(n + 1)] for n in range(5000)}
    assert len(ordered({**graph, "5000": []})) == 5001


def test_the_fiscal_year_of_the_cut_over_ends_in_march() -> None:
    assert anchors_of(a_move(cut_over="令和9年3月31日"), KEY).days["fiscal-year-end"] == date(2027, 3, 31)
    assert anchors_of(a_move(cut_over="令和9年4月1日"), KEY).days["fiscal-year-end"] == date(2028, 3, 31)
