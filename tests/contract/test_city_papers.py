"""The 仕様書 and the papers on the right to use the cloud: what they hold, and that they follow the contract."""

from __future__ import annotations

import re
from typing import Any

import pytest
from drafting.scenario import ROOT, Paper, a_city, a_studio, contract

from gen.catalog import shipped_catalog

SPECIFICATION = "papers/specification@ops"
CHAPTERS = [
    "概要",
    "方針",
    "契約期間等",
    "調達範囲",
    "スケジュール",
    "要件",
    "作業場所及び体制",
    "業務の実施",
    "プロジェクト管理",
    "運用及び保守",
    "成果物",
    "その他",
]
CONTRACTS = [one.name.partition("/")[2] for one in shipped_catalog().documents() if one.kind == "contract"]
BY_CHAPTER = {
    "work", "nature", "tasks-table", "responsibility-table", "delivery", "definitions", "change", "general", "fee", "maintenance",
}  # fmt: skip
"""What these leave to the 仕様書 stands in its chapters 3 to 11, or under a fact of its own."""


def paper_of(id: str, **changes: Any) -> Paper:
    profile = a_city(**changes)
    studio = a_studio(profile)
    return Paper(profile, studio.make(studio.chosen([id])[0]), id)


@pytest.mark.parametrize("template", CONTRACTS)
def test_a_specification_has_every_chapter_for_every_kind_of_contract(template: str) -> None:
    paper = paper_of(SPECIFICATION, **contract(template=template))
    headings = [line for line in paper.lines if re.match(r"[0-9０-９]+　", line)]
    assert [line.partition("　")[2] for line in headings] == CHAPTERS
    assert "みどり情報システム" not in paper.text, "a tender does not name who will win it"


def test_what_a_clause_leaves_to_the_specification_has_a_row_there() -> None:
    """Every clause that says 仕様書に定める is asked for by the table of the last chapter."""
    folder = ROOT / "templates"
    text = (folder / "papers" / "specification.txt").read_text(encoding="utf-8")
    asked = set(re.findall(r'\{%tr if has\("([a-z-]+)"\) %\}\n\| [^|]+ \| \|', text))
    leaving = {
        path.stem
        for family in ("clauses", "attachments")
        for path in (folder / family).glob("*.txt")
        if re.search(r"仕様書(?:\{% endif %\})?に(?:別に)?定め", path.read_text(encoding="utf-8"))
    }
    assert leaving - BY_CHAPTER - asked == set()


def test_the_specification_follows_the_clauses_of_its_contract() -> None:
    build = paper_of(SPECIFICATION, **contract(template="system-build", split="別契約"))
    support = paper_of(SPECIFICATION)
    assert "テストの区分" in build.text and "テストの区分" not in support.text
    assert "標準化基準に適合" in build.text and "標準化基準に適合" not in support.text
    assert "運用及び保守を含まない" in build.text and "運用及び保守を含まない" not in support.text


def test_the_specification_asks_for_the_levels_of_the_backup_plan() -> None:
    target = {"item": "稼働率", "chosen": "99.9%", "hours": "毎日", "planned_stops": "含める"}
    paper = paper_of(
        SPECIFICATION,
        backup={"targets": [target]},
        **contract(template="system-maintenance"),
        systems__juki__data_gb="120.5",
        systems__juki__gaiji_count="340字",
    )
    assert "稼働率 | 99.9% | 毎日 | 含める" in paper.text
    assert "120.5GB" in paper.text and "340字" in paper.text


def test_the_specification_is_made_anew_when_its_contract_has_other_clauses() -> None:
    """What it asks belongs to its inputs, so that a changed contract cannot leave it behind."""
    studio = a_studio(a_city())
    own, other = (
        a_studio(a_city(**contract(template=name))) for name in ("operation-support", "migration-support")
    )
    digests = {one.template_digest(one.chosen([SPECIFICATION])[0]) for one in (own, other)}
    assert len(digests) == 2
    invoice = "forms/invoice@ops"
    assert own.template_digest(own.chosen([invoice])[0]) == studio.template_digest(
        studio.chosen([invoice])[0]
    )


def test_a_manifest_cannot_ask_another_host() -> None:
    from gen.catalog.manifest import read_manifest
    from gen.errors import UserError

    with pytest.raises(UserError, match="host に書けるのは contract だけ"):
        read_manifest(b"title: x\nkind: paper\nhost: system\n", "papers/x", "papers/x.yaml")


@pytest.mark.parametrize("mode", ["単独利用方式", "共同利用方式"])
def test_the_right_of_use_is_asked_for_by_cloud_and_never_worded(mode: str) -> None:
    changes: dict[str, Any] = {"cloud__use_mode": mode, "systems__juki__use_mode": mode}
    clouds = [{"name": "AWS", "regions": ["東京"]}, {"name": "OCI", "regions": ["大阪"]}]
    proposal = paper_of("papers/use-right-proposal", cloud__csps=clouds, **changes)
    terms = paper_of("papers/use-right-terms", cloud__csps=clouds, **changes)
    for paper in (proposal, terms):
        assert "AWS" in paper.text and "OCI" in paper.text
        assert not re.search(r"^第[0-9０-９]+条", paper.text, re.MULTILINE)
    assert "住民記録システム" in proposal.text
    shared = mode == "共同利用方式"
    assert ("団体が負う債務の範囲を、別に整理" in proposal.text) == shared
    assert ("残る団体の債務が増えない" in terms.text) == shared
    for matter in ("債務の引受け", "契約の当事者", "終了の後", "管轄"):
        assert matter in terms.text


def test_a_city_without_a_cloud_asks_for_no_right_of_use() -> None:
    studio = a_studio(a_city(cloud__csps=[]))
    ids = {draft.id for draft in studio.chosen(())}
    assert not {"papers/use-right-proposal", "papers/use-right-terms"} & ids


def test_a_memo_says_when_and_how_much_by_the_ground_in_the_budget() -> None:
    prices = {"tax_kind": "税込", "unit_prices": [{"item": "作業", "unit": "1回", "price": "11,000円"}]}
    memo = "papers/commitment-memo@ops"
    assert "請求のあった額" in paper_of(memo, **contract(amount=prices)).text
    assert "契約金額の全額" in paper_of(memo).text
    free = paper_of(memo, **contract(amount={"tax_kind": "免税", "total": "13,200,000円"}))
    assert "うち消費税" not in free.text


def test_a_proposal_for_the_assembly_asks_for_a_provisional_contract() -> None:
    text = paper_of("papers/contract-proposal@ops", **contract(assembly="はい")).text
    assert "仮契約を締結し、議会の議決を得たときに本契約としてよいか伺う" in text
    assert "議会の議決の要否" not in text


def test_a_level_without_a_monthly_fee_says_what_is_cut() -> None:
    sla = {"uptime": "99.5%", "hours": "毎日", "penalty": "減額"}
    whole = contract(
        template="system-maintenance",
        sla=sla,
        amount={"tax_kind": "税込", "total": "13,200,000円"},
        payment={"cycle": "四半期"},
    )
    text = paper_of("contracts/system-maintenance@ops", **whole).text
    assert "月数で除して得た額" in text
    monthly = paper_of(
        "contracts/system-maintenance@ops", **contract(template="system-maintenance", sla=sla)
    ).text
    assert "月数で除して得た額" not in monthly


def test_a_form_of_a_contract_that_excludes_an_article_is_made() -> None:
    """The 頭書 excludes articles of the contract; a form has none, and is no reason to stop."""
    assert "請求書" in paper_of("forms/invoice@ops", **contract(exclude=["copyright"])).text
