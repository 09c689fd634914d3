"""What a paper that somebody edited must still say: every rule over papers, broken and kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from gen.profile import Profile
from gen.report import Finding, Severity
from gen.rules import texts
from gen.rules.papers import Paper, PaperLine, Printed
from gen.rules.weighing import PAPER_RULES, check_papers
from rules.backup_scenario import a_city
from rules.scenario import ON

FILE = "documents/contracts/operation-support@ops.docx"
CITY = """\
city: {name: 青葉台市, kind: 市}
people:
  sato: {name: 佐藤　花}
systems:
  juki: {name: 住民記録システム, business: 住民基本台帳, state: 移行済み}
contracts:
  ops:
    template: operation-support
    title: 運用管理補助業務委託
    systems: [juki]
    period: {start: 令和8年4月1日, end: 令和9年3月31日}
    amount: {tax_kind: 税込, total: 31680000}
    personal_data: はい
    my_number: はい
    copyright: 譲渡
    log_months: 12か月
    sla: {rto: 12時間}
backup:
  targets:
    - {item: 稼働率, chosen: 99.5%, reason: 分母は開庁日}
  systems:
    juki: {rto: 12時間, rpo: 1営業日}
"""


def profile(text: str = CITY) -> Profile:
    return a_city(text).profile


def a_paper(*lines: PaperLine, gone: tuple[PaperLine, ...] = (), contract: str = "ops") -> Paper:
    others = {
        "documents/plans/backup.txt": (
            "見出し",
            "| 目標復旧時間 | 12時間 |",
            "金31,680,000円",
            "住民記録システム",
        )
    }
    return Paper(
        "contracts/operation-support@ops", FILE, lines, gone, contract, frozenset({"第1条", "第2条"}), others
    )


def line(
    now: str, made: str | None = None, *facts: tuple[str, str], role: str = "ko", number: int = 7
) -> PaperLine:
    return PaperLine(number, role, now, made, tuple(Printed(*fact) for fact in facts))


def found(rule: str, paper: Paper, on: date = ON, text: str = CITY) -> list[Finding]:
    return [finding for finding in check_papers([paper], profile(text), on) if finding.rule == rule]


def broken(rule: str, paper: Paper, number: int | None = 7, on: date = ON) -> Finding:
    """Exactly one finding, at that line."""
    (finding,) = found(rule, paper, on)
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == (FILE, number)
    assert finding.hint.endswith("。") and finding.message
    assert finding.severity is texts()[rule].severity
    return finding


FACTS = {
    "paper-name": ("contracts.ops.title", "運用管理補助業務委託", "運用管理補助委託"),
    "paper-sum": ("contracts.ops.amount.total", "金31,680,000円", "金31,860,000円"),
    "paper-period": ("contracts.ops.period.end", "令和９年３月31日", "令和９年３月30日"),
    "paper-level": ("contracts.ops.sla.rto", "12時間", "24時間"),
    "paper-retention": ("contracts.ops.log_months", "12か月", "6か月"),
    "paper-contact": ("people.sato.name", "佐藤　花", "佐藤　華"),
    "paper-system": ("systems.juki.name", "住民記録システム", "住記システム"),
    "paper-fact": ("contracts.ops.tasks.0.name", "監視", "巡視"),
}


@pytest.mark.parametrize("rule", FACTS)
def test_a_fact_that_an_edited_line_does_not_say_any_more(rule: str) -> None:
    path, printed, now = FACTS[rule]
    made = f"甲は、{printed}と定める。"
    fact = (path, printed)
    finding = broken(rule, a_paper(line(made.replace(printed, now), made, fact)))
    assert printed in finding.message and now in finding.message
    assert re.search(r"プロファイル（profile\.yaml:\d+:\d+）", finding.message), "the other place is shown"
    assert finding.field == path
    assert found(rule, a_paper(line(made, made, fact))) == []
    assert found(rule, a_paper(line(f"書き足した。{made}", made, fact))) == []
    others = [id for id in FACTS if id != rule]
    assert [id for id in others if found(id, a_paper(line(now, made, fact)))] == []


def test_a_paper_in_conflict_is_told_once_and_its_two_texts_are_not_weighed() -> None:
    path, printed, now = FACTS["paper-sum"]
    both = PaperLine(
        7, "ko", f"甲は、{now}を払う。", f"甲は、{printed}を払う。", (Printed(path, printed),), True
    )
    paper = replace(a_paper(both, line("RTOは99時間", number=9)), conflicts=2)
    assert "2件" in broken("paper-conflict", paper).message
    assert found("paper-sum", paper) == [] and found("paper-stated-level", paper)
    assert found("paper-conflict", a_paper(both)) == []


def test_the_other_papers_that_still_say_it_are_named() -> None:
    path, printed, now = FACTS["paper-sum"]
    second = line("合計31,680,000円", "合計31,680,000円", number=9)
    finding = broken("paper-sum", a_paper(line(now, printed, (path, printed)), second))
    assert f"{FILE}:9" in finding.message
    assert "documents/plans/backup.txt:3" in finding.message


def test_a_short_value_is_named_elsewhere_only_beside_its_name() -> None:
    path, printed, now = FACTS["paper-level"]
    finding = broken("paper-level", a_paper(line(now, printed, (path, printed))))
    assert "documents/plans/backup.txt:2" in finding.message


@pytest.mark.parametrize("now", ["金３１，６８０，０００円", "31,680,000円", "金 31,680,000 円"])
def test_the_same_value_in_other_signs_agrees(now: str) -> None:
    path, printed, _ = FACTS["paper-sum"]
    assert found("paper-sum", a_paper(line(now, printed, (path, printed)))) == []


def test_a_system_whose_row_was_taken_out() -> None:
    row = PaperLine(
        0,
        "row",
        "| 住民記録システム |",
        "| 住民記録システム |",
        (Printed("systems.juki.name", "住民記録システム"),),
    )
    broken("paper-system", a_paper(gone=(row,)), None)
    assert found("paper-system", a_paper(line("住民記録システム", "住民記録システム"), gone=(row,))) == []


@pytest.mark.parametrize(
    ("now", "field"),
    [
        ("受託者は、目標復旧時間を24時間とする。", "backup.systems.juki.rto"),
        ("RTOは２４時間とする。", "backup.systems.juki.rto"),
        ("目標復旧時点（RPO）は2営業日前とする。", "backup.systems.juki.rpo"),
        ("稼働率は99.9パーセントとする。", "backup.targets.0.chosen"),
    ],
)
def test_a_level_that_somebody_wrote_in(now: str, field: str) -> None:
    finding = broken("paper-stated-level", a_paper(line(now)))
    assert finding.field == field and "profile.yaml:" in finding.message


@pytest.mark.parametrize(
    "now",
    [
        "目標復旧時間は12時間とする。",
        "RPOは1営業日とする。",
        "稼働率は99.5%とする。",
        "12時間以内に報告する。",
    ],
)
def test_a_level_as_planned(now: str) -> None:
    assert found("paper-stated-level", a_paper(line(now))) == []


MATTERS = {
    "paper-four-matters": "甲は、遅延利息を支払う。",
    "paper-exit": "乙は、データを返還する。",
    "paper-personal-data": "乙は、別記個人情報取扱特記事項を守る。",
    "paper-copyright": "著作権法第27条及び第28条に規定する権利を含む。",
    "paper-bouhai": "暴力団排除に関する特約は、この契約の一部とする。",
}


@pytest.mark.parametrize("rule", MATTERS)
def test_a_matter_that_must_stay(rule: str) -> None:
    text = MATTERS[rule]
    kept = line("ほかの条", "ほかの条")
    broken(rule, a_paper(kept, gone=(PaperLine(0, "jo", text, text),)), None)
    broken(rule, a_paper(line("（略）", text)), None)
    assert found(rule, a_paper(line(text, text))) == []
    assert found(rule, a_paper(line(f"なお、{text}"), gone=(PaperLine(0, "jo", text, text),))) == []
    assert found(rule, a_paper(kept, gone=(PaperLine(0, "jo", text, text),), contract="")) == []


def test_what_the_contract_does_not_need_may_go() -> None:
    gone = (PaperLine(0, "jo", MATTERS["paper-copyright"], MATTERS["paper-copyright"]),)
    other = CITY.replace("copyright: 譲渡", "copyright: 該当なし").replace("はい", "いいえ")
    assert found("paper-copyright", a_paper(gone=gone), text=other) == []
    text = MATTERS["paper-personal-data"]
    assert found("paper-personal-data", a_paper(gone=(PaperLine(0, "jo", text, text),)), text=other) == []


def test_a_providers_own_terms() -> None:
    broken("paper-terms", a_paper(line("乙の利用規約による。")))
    assert found("paper-terms", a_paper(line("乙の利用規約による。ただし、この契約が優先する。"))) == []
    assert found("paper-terms", a_paper(line("乙の利用規約による。", "乙の利用規約による。"))) == []


@pytest.mark.parametrize("now", ["第3条の規定による。", "前項及び第９条の規定", "第2条の2の規定による。"])
def test_a_citation_of_an_article_that_is_not_there(now: str) -> None:
    broken("paper-citation", a_paper(line(now)))


@pytest.mark.parametrize(
    "now",
    [
        "第1条の規定による。",
        "第２条第３項の規定",
        "民法第637条の規定による。",
        "地方自治法第234条の3及び第214条の規定",
        "青葉台市契約規則第30条第3号",
        "「第9条」という字句",
    ],
)
def test_citations_that_are_right(now: str) -> None:
    assert found("paper-citation", a_paper(line(now))) == []


def test_what_was_left_open() -> None:
    broken("paper-open", a_paper(line("履行場所は○○とする。")))
    assert found("paper-open", a_paper(line("番号は〇〇〇〇とする。", "番号〇〇〇〇"))) == []
    assert found("paper-open", a_paper(line("履行場所は市役所とする。"))) == []


def test_a_rate_that_went_stale() -> None:
    """2.6% was the rate of FY2020; nobody has confirmed the one of FY2026."""
    rule, now = "paper-stale-law", "遅延利息は、年2.6パーセントの割合とする。"
    finding = broken(rule, a_paper(line(now)), on=date(2024, 4, 1))
    assert "2.5%" in finding.message and "第8条" in finding.basis
    assert found(rule, a_paper(line(now)), date(2020, 4, 1)) == []
    unknown = broken(rule, a_paper(line(now)))
    assert unknown.message.startswith("要確認") and "2.5" not in unknown.message


@pytest.mark.parametrize(
    ("now", "on", "stale"),
    [
        ("消費税の税率は８％とする。", ON, True),
        ("消費税の税率は10％とする。", ON, False),
        ("委託料の108分の8に相当する額", ON, True),
        ("委託料の110分の10に相当する額", ON, False),
        ("少額随意契約（50万円以下）", ON, True),
        ("少額随意契約（100万円以下）", ON, False),
        ("少額随意契約（50万円以下）", date(2024, 4, 1), False),
        ("下請代金支払遅延等防止法を守る。", ON, True),
        ("下請代金支払遅延等防止法を守る。", date(2025, 12, 31), False),
        ("瑕疵担保の責任を負う。", ON, True),
        ("青葉台市個人情報保護条例による。", ON, True),
    ],
)
def test_values_and_titles_by_date(now: str, on: date, stale: bool) -> None:
    assert bool(found("paper-stale-law", a_paper(line(now)), on)) == stale


def test_the_day_of_signing_decides() -> None:
    signed = CITY.replace("    personal_data", "    signed_on: 令和2年4月1日\n    personal_data")
    now = "遅延利息は、年2.6パーセントの割合とする。"
    assert found("paper-stale-law", a_paper(line(now)), text=signed) == []


def test_every_rule_over_papers_has_its_scenario() -> None:
    rows = {id for id, row in texts().items() if row.family == "papers"}
    assert rows == {rule.id for rule in PAPER_RULES}
    here = {
        *FACTS,
        *MATTERS,
        "paper-stated-level",
        "paper-conflict",
        "paper-terms",
        "paper-citation",
        "paper-open",
        "paper-stale-law",
    }
    assert rows == here


def test_a_waiver_holds_for_papers_too() -> None:
    waiver = (
        "waivers:\n  - {rule: paper-sum, level: 注意, reason: 協議の結果を先に書いたため, "
        "approver: sato, on: 令和8年2月10日}\n"
    )
    path, printed, now = FACTS["paper-sum"]
    (finding,) = found("paper-sum", a_paper(line(now, printed, (path, printed))), text=CITY + waiver)
    assert finding.severity is Severity.WARNING and "協議の結果" in finding.hint
