"""What officials found wrong in the papers, each as a test: order, owners, judges, words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.clauses import Wording
from gen.contract import wording_of
from gen.procedure import system_context
from gen.procedure.city_paper import CityPaper
from gen.procedure.handbook import handbook
from gen.procedure.schedule import Anchors, anchors_of, term_of
from gen.procedure.steps import ANCHORS, Lead

from .scenario import KEY, ON, ROOT, a_move, checklist, overview, rows_of, shipped
from .test_papers import paper

MINATOKITA, SHIRAKABA = (ROOT / f"profiles/{name}.yaml" for name in ("minatokita", "shirakaba"))
CUT_OVERS = st.dates(date(2024, 6, 1), date(2034, 12, 31))


def test_no_step_has_the_window_of_a_step_that_it_follows() -> None:
    steps = handbook().steps
    equal = [
        (step.id, before)
        for step in steps.values()
        for before in step.follows
        if not step.lead.every and step.lead == steps[before].lead
    ]
    assert not equal


@settings(deadline=None)
@given(CUT_OVERS)
def test_the_hearing_lasts_thirty_days_and_what_follows_comes_after(day: date) -> None:
    anchors = Anchors(dict.fromkeys(ANCHORS, day), dict.fromkeys(ANCHORS, "systems.juki.cut_over"))
    steps = handbook().steps
    draft, hearing, review, publish = (
        term_of(steps[f"pia-{name}"].lead, anchors) for name in ("draft", "hearing", "review", "publish")
    )
    assert hearing.start and hearing.due and (hearing.due - hearing.start).days >= 30
    assert draft.due and draft.due <= hearing.start
    assert review.start and review.due and publish.start and publish.due
    assert hearing.due <= review.start and review.due <= publish.start
    assert term_of(Lead("cut-over", "months", -12, -12), anchors).due == publish.due, "before it is built"


def test_only_those_who_work_in_the_cloud_of_the_system_are_named() -> None:
    names = {str(row.role): str(row.name) for row in checklist(shipped(MINATOKITA), "shogai")["people"]}
    assert "つばき戸籍サービス" not in names["運用管理補助者"]
    assert "湊北市ガバメントクラウド運用共同企業体" in names["運用管理補助者"]
    only = {"use_mode": "単独利用方式", "csps": [{"name": "AWS"}, {"name": "OCI"}]}
    other = {**only, "operators": [{"vendor": "hibari", "role": "運用管理補助者", "csps": ["OCI"]}]}
    assert str(rows_of(checklist(a_move(cloud=other)))["after-backup"].owner) == "〇〇〇〇"


def test_the_first_backup_is_checked_on_the_next_working_day() -> None:
    assert "R9.1.5" in str(rows_of(checklist(a_move()))["after-backup"].due)


def test_the_vendor_reports_and_the_city_judges() -> None:
    rows = checklist(a_move())["criteria"]
    assert not {"事業者", "現行事業者", "運用管理補助者"} & {str(row.judge) for row in rows}
    assert str(next(row for row in rows if "不具合" in str(row.text)).reporter) == "事業者"
    twin = paper(a_move(), KEY).twin
    for words in ("か月前", "週間前", "当日", "日を改める", "続ける・切り戻す", "議長の署名"):
        assert words in twin, words


def test_a_budget_asked_for_too_late_for_the_year_of_the_contract_is_said() -> None:
    late = {str(row.id): row for row in overview(a_move())["city_steps"]}["select-budget"]
    assert "令和7年度の当初予算の要求（前の年の秋）より後" in late.note and "補正予算" in late.note
    early = a_move(cut_over="令和9年5月6日")
    row = {str(row.id): row for row in overview(early)["city_steps"]}["select-budget"]
    assert row.due.startswith("R8.1.6"), "the contract of 令和8年度 is asked for in the autumn of 令和7年"
    assert "より後に当たる" in row.note
    assert term_of(handbook().steps["select-contract"].lead, anchors_of(early, KEY)).start == date(2026, 4, 6)


def test_a_checklist_has_room_to_sign_each_step_and_names_no_empty_source() -> None:
    for one in (paper(a_move(), KEY), paper(a_move())):
        assert "済んだ日・確認者・証拠の場所" in one.twin
        assert "〔 " not in one.twin and "出典なし（要確認）" in one.twin


def test_the_town_reads_its_own_commas() -> None:
    profile = shipped(SHIRAKABA)
    context = dict(system_context(profile, "koseki", wording_of(profile.city), ON))
    assert "からまつ村，いわかがみ町" in {str(row.name) for row in context["people"]}
    assert not [row for row in context["left_out"] if "、" in str(row.path) + str(row.why)]


def test_the_overview_and_the_checklist_say_the_same_of_a_bridge() -> None:
    texts = [str(row.text) for row in overview(shipped(MINATOKITA))["notes"]]
    assert [text for text in texts if "切替日が決まっていない。仮の連携の要否を決める" in text]
    assert not [text for text in texts if "仮の連携が要る" in text]


def test_a_question_without_a_field_points_to_none() -> None:
    notes = checklist(shipped(SHIRAKABA), "koseki")["notes"]
    asked = [note for note in notes if "個人番号を取り扱うか分からない" in str(note.text)]
    assert [str(note.path) for note in asked] in ([], [""])
    (own,) = [
        note for note in checklist(a_move(business="滞納整理"))["notes"] if "個人番号を" in str(note.text)
    ]
    assert str(own.path) == "" and "答える欄はない" in str(own.text)


def test_what_stays_in_the_house_ends_with_its_contract_and_says_its_note() -> None:
    made = CityPaper(shipped(MINATOKITA), Wording(), ON)
    (bar,) = made._line("tainou").bars
    assert bar.end == date(2028, 9, 30)
    context = overview(shipped(MINATOKITA))
    assert "R10.9.30（土）まで" in context["charts"][0].figure.alt
    assert any("同時に廃止する" in str(row.text) for row in context["notes"])


@pytest.mark.parametrize("id", ["after-backup", "after-old", "after-erase"])
def test_a_backup_is_called_by_one_word(id: str) -> None:
    assert "控え" not in handbook().steps[id].what + handbook().steps[id].why
