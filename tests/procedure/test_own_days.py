"""The days of the profile in the paper of one system: its own, and none of another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gen.clauses import Wording
from gen.procedure.handbook import handbook
from gen.procedure.own_days import FINAL_DECISION, FIRST_DECISION, FREEZE, given_days
from gen.procedure.schedule import Term
from gen.procedure.system_paper import SystemPaper
from gen.profile import Profile

from .scenario import KEY, ON, ROOT, a_move, checklist, moving_systems, rows_of, shipped

MINATOKITA, SHIRAKABA, AOBADAI = (
    ROOT / f"profiles/{name}.yaml" for name in ("minatokita", "shirakaba", "aobadai")
)


def terms(profile: Profile, key: str = KEY, on: date = ON) -> dict[str, Term]:
    """The last window of each step by id."""
    paper = SystemPaper(profile, key, Wording(), on)
    return {one.step.id: paper.rows.term(one) for one in paper.steps}


def said(context: dict[str, Any]) -> str:
    return "\n".join(f"{note.level} {note.text}" for note in context["notes"])


# -- the old system --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "months", "end"),
    [
        ("令和9年12月31日", 6, date(2027, 7, 2)),  # 切替日 R9.1.4 and six months: R9.7.4, a Sunday
        ("令和9年3月31日", 6, date(2027, 3, 31)),
        ("令和9年3月31日", 2, date(2027, 3, 4)),
        ("未定", None, date(2027, 7, 2)),
    ],
)
def test_the_old_system_is_erased_while_its_contract_lives(until: str, months: int | None, end: date) -> None:
    plan = {} if months is None else {"old_system_months": months}
    found = terms(a_move(plan, former_until=until))
    keep, erase = found["after-old"], found["after-erase"]
    assert erase.due == end
    assert keep.due and erase.start and keep.due < erase.start, "looked at first, erased then"
    assert keep.start == date(2027, 1, 4)


def test_a_contract_that_ends_too_soon_for_the_old_system_is_said() -> None:
    context = checklist(a_move({"old_system_months": 6}))
    assert "要対応 現行の契約の終わり（R9.3.31（水））が、現行システムを残す期間の終わり（R9.7.4" in said(
        context
    )
    assert "注意 現行の契約の終わり" in said(checklist(a_move())), "six months, where nobody said"
    assert "現行の契約の終わり（" not in said(checklist(a_move({"old_system_months": 2})))


def test_no_paper_erases_after_the_contract_of_the_old_system() -> None:
    for file, key in moving_systems():
        profile = shipped(file)
        until, cut_over = profile.systems[key].former_until, profile.systems[key].cut_over
        due = terms(profile, key)["after-erase"].due
        if isinstance(until, date) and isinstance(cut_over, date) and until >= cut_over:
            assert due is not None and due <= until, (file, key)


# -- the judgements --------------------------------------------------------------------------


def test_the_judgements_are_due_on_the_days_of_the_profile() -> None:
    found = terms(shipped(MINATOKITA), "shogai")
    assert found["judge-month"].due == date(2026, 12, 4) and found["judge-week"].due == date(2026, 12, 18)
    assert found["judge-week"].given
    row = rows_of(checklist(shipped(MINATOKITA), "shogai"))["judge-week"]
    assert row.due == "R8.12.18（金）" and row.start == "期日", "a fact, with no（要確認）"


def test_one_meeting_near_the_cut_over_is_the_last_and_an_early_one_the_first() -> None:
    near = a_move({"decisions": [{"name": "判定", "on": "令和8年12月18日"}]})
    early = a_move({"decisions": [{"name": "判定", "on": "令和8年12月1日"}]})
    assert set(given_days(near, date(2027, 1, 4))) == {FINAL_DECISION}
    assert set(given_days(early, date(2027, 1, 4))) == {FIRST_DECISION}
    assert terms(near)["judge-month"].due == date(2026, 12, 4)
    far = a_move({"decisions": [{"name": "判定", "on": "令和8年9月1日"}]})
    assert not given_days(far, date(2027, 1, 4)) and not given_days(near, None)


def test_the_meeting_of_an_earlier_system_is_not_that_of_a_later_one() -> None:
    days = given_days(shipped(AOBADAI), date(2027, 1, 4))
    assert days[FINAL_DECISION][0] == date(2026, 12, 18) and FIRST_DECISION not in days
    assert given_days(shipped(AOBADAI), date(2026, 11, 24))[FINAL_DECISION][0] == date(2026, 11, 13)


def test_a_judgement_before_the_reports_that_it_needs_is_said() -> None:
    late = {
        "rehearsals": [
            {"name": "第1回", "on": "令和8年10月3日"},
            {"name": "第2回", "on": "令和8年12月5日"},
        ]
    }
    text = said(checklist(a_move(late)))
    assert "要対応 「移行判定（1か月前）」（R8.12.4（金））が、最後の検証（R8.12.18（金）まで）より前" in text
    assert "要対応 「切替手順書・切戻し計画の作成」（R8.12.4（金））が、最後のリハーサル（R8.12.5" in text
    for key in ("shogai", "kenko", "kodomo"):
        assert "より前である。結果を" not in said(checklist(shipped(MINATOKITA), key))


# -- freeze and parallel running ---------------------------------------------------------------


def test_the_cut_over_begins_with_its_freeze() -> None:
    found = terms(shipped(MINATOKITA), "shogai")["cut-over"]
    assert (found.start, found.due) == (date(2026, 12, 29), date(2027, 1, 4))
    assert terms(a_move())["cut-over"].start == date(2027, 1, 4)
    assert FREEZE not in given_days(shipped(MINATOKITA), date(2027, 5, 6)), "that of another cut-over"


@pytest.mark.parametrize(("months", "start"), [(1, date(2026, 12, 4)), (4, date(2026, 9, 4))])
def test_parallel_running_begins_as_long_before_as_it_runs(months: int, start: date) -> None:
    assert terms(a_move({"parallel_months": months}))["build-parallel"].start == start


def test_the_first_judgement_does_not_claim_to_come_before_the_first_notice() -> None:
    assert "住民に知らせ" not in handbook().steps["judge-month"].why


# -- what is of other systems ------------------------------------------------------------------


@pytest.mark.parametrize("key", ["seiho", "kokuho", "kotei"])
def test_a_system_without_a_day_has_no_days_of_others(key: str) -> None:
    context = checklist(shipped(MINATOKITA), key)
    assert not context["events"] and not context["offices"]


def test_the_counters_are_those_that_this_cut_over_closes() -> None:
    named = {
        key: [str(row.name) for row in checklist(shipped(AOBADAI), key)["offices"]]
        for key in ("koseki", "kenko")
    }
    assert named == {"koseki": ["市民課窓口", "北庁舎窓口"], "kenko": []}
    unread = a_move({"offices": [{"name": "窓口", "reopens": "切替の翌朝"}]})
    assert [str(row.name) for row in checklist(unread)["offices"]] == ["窓口"]


def test_a_counter_in_a_building_of_the_city_has_its_address() -> None:
    rows = {str(row.name): row for row in checklist(shipped(MINATOKITA), "shogai")["offices"]}
    assert str(rows["港区役所"].address) == "湊北県湊北市港区海岸通四丁目6番"
    assert rows["港区役所"].address.path == "city.addresses.1.address"
    assert str(rows["中央区役所"].address) == ""
