"""All kinds of contract with their forms and papers: one style, one fact in one place, one event, no copies."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import Any

import pytest
from drafting.scenario import GONE, ON, SHIPPED, Paper, a_city, a_file, a_studio, contract
from tools.check_docx import findings as docx_findings

from gen.catalog import shipped_catalog
from gen.profile import Profile
from gen.rules import check

CONTRACTS = [one.name.partition("/")[2] for one in shipped_catalog().documents() if one.kind == "contract"]
AOBADAI = next(path for path in SHIPPED if path.stem == "aobadai")
STYLES = [
    {"parties": "甲乙", "comma": "、", "conjunction": "漢字", "digits": "混在"},
    {"parties": "発注者受注者", "comma": "，", "conjunction": "ひらがな", "digits": "半角"},
    {"parties": "委託者受託者", "comma": "、", "conjunction": "ひらがな", "digits": "全角"},
]
WRONG = {
    "parties": {"甲乙": "発注者|受注者|委託者|受託者", "発注者受注者": "[甲乙]|委託者|受託者", "委託者受託者": "[甲乙]|発注者|受注者"},
    "comma": {"、": "，", "，": "、"},
    "conjunction": {"漢字": "および|または|ならびに|もしくは", "ひらがな": "及び|又は|並びに|若しくは"},
    "digits": {"半角": "[０-９]", "全角": "[0-9]", "混在": "[０-９]{2}|(?<![0-9])[0-9](?![0-9])"},
}  # fmt: skip
FULL = contract(
    split="別契約",
    deliverables=[{"name": "設計書", "form": "電磁的記録", "copies": "1部"}],
    sublets=[{"vendor": "下請", "work": "変換", "amount": "1,100,000円"}],
    sla={"uptime": "99.5%", "hours": "毎日", "rto": "12時間", "rpo": "1営業日", "penalty": "減額"},
    events={"finished": "令和9年3月31日", "inspected": "令和9年4月5日", "result": "合格"},
    personal_data="はい",
    my_number="はい",
    method="随意契約",
    method_article="地方自治法施行令第167条の2第1項第2号",
    reason="現行の構造を知る者が他にいないため。",
    eol_months="18か月",
)


def papers_about(profile: Profile, key: str) -> dict[str, Paper]:
    """The contract, its forms and papers, by id; the attachments stand in the contract."""
    studio = a_studio(profile)
    about = [one for one in studio.drafts if one.subject == key and one.applies and not one.part_of]
    drafts = [one for one in about if one.manifest.subject in ("contracts", "drafts")]
    return {one.id: Paper(profile, studio.make(one), one.id) for one in drafts}


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style["parties"])
@pytest.mark.parametrize("template", CONTRACTS)
def test_no_paper_of_any_contract_mixes_styles(template: str, style: dict[str, str]) -> None:
    profile = a_city(
        city__style=style, migration={"extract_by": "現行事業者"}, **{**FULL, **contract(template=template)}
    )
    papers = papers_about(profile, "ops")
    assert {f"contracts/{template}@ops", "forms/invoice@ops", "papers/contract-proposal@ops"} <= set(papers)
    for id, paper in papers.items():
        if id.startswith("papers/confirmation"):  # it speaks of the draft in the words of the program
            continue
        for name, patterns in WRONG.items():
            found = [line for line in paper.static.splitlines() if re.search(patterns[style[name]], line)]
            assert found[:3] == [], (id, name)


def test_no_two_contracts_are_near_copies() -> None:
    """Each pair differs by clauses of its own subject, not by a title."""
    clauses: dict[str, set[str]] = {}
    for template in CONTRACTS:
        profile = a_city(**contract(template=template))
        studio = a_studio(profile)
        draft = studio.chosen([f"contracts/{template}@ops"])[0]
        clauses[template] = {name for name in studio.clauses(draft) if name.startswith("clauses/")}
    for one, other in itertools.combinations(CONTRACTS, 2):
        assert len(clauses[one] ^ clauses[other]) >= 4, (one, other)


@cache
def _before() -> dict[str, Paper]:
    return papers_about(a_file(AOBADAI), "build")


def changed(tmp_path: Any, *pairs: tuple[str, str]) -> dict[str, Paper]:
    """The papers of `build` after a person changed these words in the profile."""
    text = AOBADAI.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    file = tmp_path / "profile.yaml"
    file.write_text(text, encoding="utf-8")
    profile = a_file(file)
    assert not [one for one in check(profile, ON).errors if "build" in one.field]
    return papers_about(profile, "build")


CHANGES = {
    "sum": (
        [
            ("27,500,000", "28,600,000"),
            ("tax: 2,500,000", "tax: 2,600,000"),
            ("16,500,000", "17,600,000"),
        ],
        "27,500,000",
        "28,600,000",
        {"contracts", "forms/invoice", "forms/start-notice", "papers/contract-proposal", "papers/commitment-memo"},
    ),
    "date": (
        [("cut_over: 令和8年11月24日", "cut_over: 令和8年11月25日")],
        "11月24日",
        "11月25日",
        {"contracts", "papers/single-source-reason"},
    ),
    "name": (
        [("つばき戸籍サービス株式会社", "やまつばき戸籍株式会社")],
        "つばき戸籍サービス株式会社",
        "やまつばき戸籍株式会社",
        {"contracts", "forms/completion-notice", "forms/sublet-consent", "papers/single-source-reason"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_fact_changes_in_every_paper_that_shows_it(change: str, tmp_path: Any) -> None:
    pairs, old, new, shown = CHANGES[change]
    before, after = _before(), changed(tmp_path, *pairs)
    showing = {id for id, paper in before.items() if old in paper.text}
    assert shown <= {
        id.partition("@")[0] if not id.startswith("contracts/") else "contracts" for id in showing
    }
    for id, paper in after.items():
        assert old not in paper.text, id
        assert (new in paper.text) == (id in showing), id


def test_a_changed_switch_changes_in_every_paper(tmp_path: Any) -> None:
    after = changed(tmp_path, ("    parties: 甲乙\n", "    parties: 委託者受託者\n"))
    for id, paper in after.items():
        assert not re.search("[甲乙]", paper.static), id


def test_an_optional_clause_takes_its_attachment_and_every_number_with_it(tmp_path: Any) -> None:
    whole = "split: 一体\n    sla: {uptime: 99.5%, hours: 毎日}\n    run_period: {start: 令和8年11月24日, end: 令和9年3月31日}"
    before = _before()["contracts/system-build@build"]
    after = changed(tmp_path, ("split: 別契約", whole))["contracts/system-build@build"]
    assert "（保守の範囲）" not in before.text and "サービスレベル合意書" not in before.text
    assert "（保守の範囲）" in after.text and "サービスレベル合意書" in after.text
    assert after.lines[0] == "標準準拠システム構築・移行・運用業務委託契約書"
    for paper in (before, after):
        _every_citation_meets_its_target(paper)


def _every_citation_meets_its_target(paper: Paper) -> None:
    static = paper.text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    articles = [int(found[1]) for found in re.finditer(r"^第([0-9]+)条　", static, re.MULTILINE)]
    ends = [*(at for at, number in enumerate(articles) if number == 1 and at), len(articles)]
    assert articles == [
        number for start, end in itertools.pairwise([0, *ends]) for number in range(1, end - start + 1)
    ]
    cited = set(re.findall(r"REF ([\w.-]+)", paper.word_xml))
    assert cited and cited <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', paper.word_xml))
    attached = {found[1] for found in re.finditer(r"^(別[記紙][0-9]*)　", static, re.MULTILINE)}
    assert set(re.findall(r"別[記紙][0-9]+", static)) <= attached


def test_a_form_waits_for_its_event_unless_it_is_named() -> None:
    id = "forms/completion-notice@ops"
    waiting, come = a_studio(a_city()), a_studio(a_city(**contract(events={"finished": "令和9年3月31日"})))
    assert id not in {draft.id for draft in waiting.chosen(())}
    assert id in {draft.id for draft in waiting.chosen((), recorded={id})}
    assert id in {draft.id for draft in come.chosen(())}
    blank = waiting.make(waiting.chosen([id])[0])
    filled = come.make(come.chosen([id])[0])
    assert "令和　　年　　月　　日" in blank.twin and "令和９年３月31日" in filled.twin
    assert not blank.undecided


def test_the_state_of_an_event_is_told_by_list() -> None:
    waiting = a_studio(a_city()).chosen(["forms/invoice@ops"])[0]
    come = a_studio(a_city(**contract(events={"billed": "令和9年4月8日"}))).chosen(["forms/invoice@ops"])[0]
    assert "名前を指定したときに作る" in waiting.why()
    assert any("請求日の有無＝はい" in one for one in come.why())


def test_a_lease_or_a_service_calls_its_price_by_its_own_name() -> None:
    paper = papers_about(a_city(**contract(template="system-use", eol_months="18か月")), "ops")[
        "contracts/system-use@ops"
    ]
    assert "サービス利用料" in paper.text
    assert "委託料" not in paper.text
    support = papers_about(a_city(), "ops")["contracts/operation-support@ops"]
    assert "サービス利用料" not in support.text and "委託料" in support.text


def test_a_contract_for_the_assembly_is_provisional() -> None:
    text = papers_about(a_city(**contract(assembly="はい")), "ops")["contracts/operation-support@ops"].text
    assert text.startswith("ガバメントクラウド運用管理補助業務委託仮契約書\n")
    assert "（議会の議決）" in text


def test_the_levels_of_the_agreement_are_those_of_the_profile() -> None:
    sla = {
        "uptime": "99.5%",
        "hours": "平日",
        "rto": "12時間",
        "rpo": "1営業日",
        "items": [{"item": "通知", "level": "30日"}],
    }
    profile = a_city(**contract(template="system-maintenance", sla=sla))
    rows = papers_about(profile, "ops")["contracts/system-maintenance@ops"].table("サービスレベル合意書")
    assert [row[1] for row in rows[1:]] == ["稼働率", "目標復旧時間", "目標復旧時点", "第一報", "通知"]
    assert [row[3] for row in rows[1:4]] == ["99.5パーセント以上", "12時間以内", "１営業日前の時点"]


PARTIES = [{"role": "甲", "city": "はい"}, *({"role": f"第{n}者", "vendor": f"v{n}"} for n in range(26))]
VENDORS = {
    f"vendors__v{n}": {
        "name": f"相手{n}",
        "address": "青葉台県1番地",
        "head": {"title": "代表者", "name": "例示　一郎"},
    }
    for n in range(26)
}
LONG = "標準準拠" * 25
HARD: dict[str, dict[str, Any]] = {
    "articles": {"city__style": {"form": "条文"}},
    "an open vendor": contract(vendor="未定"),
    "nothing known": contract(
        vendor="未定", number="未定", period={"start": "未定", "end": "未定"}, sign_mode="未定", split="一体"
    ),
    "unit prices": contract(
        amount={"tax_kind": "税込", "unit_prices": [{"item": "作業", "unit": "1回", "price": "11,000円"}]}
    ),
    "no money": contract(amount={"none": "はい"}, payment=GONE),
    "27 parties": {**contract(vendor=GONE, parties=PARTIES), **VENDORS},
    "a hundred systems and a long name": {
        "systems": {
            **{f"s{n}": {"name": f"{LONG}{n}", "business": "その他", "state": "移行中", "cut_over": "令和9年1月4日"} for n in range(100)}
        },
        **contract(systems=[f"s{n}" for n in range(100)], title=LONG),
    },
}  # fmt: skip


@pytest.mark.parametrize("hard", HARD)
@pytest.mark.parametrize("template", CONTRACTS)
def test_every_contract_and_its_papers_hold_in_hard_cases(template: str, hard: str, tmp_path: Any) -> None:
    profile = a_city(**{**FULL, **contract(template=template), **HARD[hard]})
    papers = papers_about(profile, "ops")
    assert (f"contracts/{template}@ops" in papers) != (template == "acceptance" and hard == "27 parties")
    for number, (id, paper) in enumerate(papers.items()):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(paper.word)
        assert docx_findings(file) == [], id
        for left in ("None", "Undefined", "{{", "{%", "〔引用先なし〕", "、、", "。。"):
            assert left not in paper.static, (id, left)


def test_a_bill_is_over_the_contract_or_over_the_part_that_is_written() -> None:
    whole = papers_about(a_city(), "ops")["forms/invoice@ops"].text
    assert "請求額 | 金13,200,000円" in whole and "金1,200,000円" in whole
    part = papers_about(a_city(**contract(events={"billed_amount": "1,100,000円"})), "ops")[
        "forms/invoice@ops"
    ].text
    assert "請求額 | 金1,100,000円" in part and "金1,200,000円" not in part


@pytest.mark.parametrize("template", ["system-maintenance", "system-use"])
def test_whoever_runs_an_application_does_not_manage_the_charges_of_the_cloud(template: str) -> None:
    text = papers_about(a_city(**contract(template=template)), "ops")[f"contracts/{template}@ops"].text
    assert "（利用料の負担）" in text and "（利用料の管理）" not in text
    support = papers_about(a_city(), "ops")["contracts/operation-support@ops"].text
    assert "（利用料の管理）" in support and "（利用料の負担）" not in support


def test_the_fee_is_cut_only_by_an_uptime_that_stands_in_the_table() -> None:
    def text(**sla: str) -> str:
        profile = a_city(
            **contract(template="system-maintenance", sla={"penalty": "減額", "rto": "12時間", **sla})
        )
        return papers_about(profile, "ops")["contracts/system-maintenance@ops"].text

    cut = "水準とした率から実績の率を減じた率"
    assert cut in text(uptime="99.5%", hours="毎日") and cut not in text()
