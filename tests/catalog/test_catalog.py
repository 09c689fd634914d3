"""The catalog: names, overlays, manifests, and conditions answered yes, no or 未定."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting.scenario import ROOT, SHIPPED, a_city, a_file, a_studio, contract

from gen.catalog import Catalog, Fact, judge, shipped_catalog
from gen.catalog.manifest import read_manifest
from gen.contract.facts import FACTS
from gen.errors import UserError
from gen.profile import Undecided

YES = Fact("yes", True, "甲の事実", "contracts.ops.a")
NO = Fact("no", False, "乙の事実")
WORD = Fact("word", "納付", "契約保証金の扱い")
OPEN = Fact("open", Undecided("contracts.ops.x", "未定の項目"), "未定の事実", "contracts.ops.x")
FACTS_HERE = {fact.name: fact for fact in (YES, NO, WORD, OPEN)}


@pytest.mark.parametrize(
    ("when", "value"),
    [
        ({}, True),
        ({"yes": True}, True),
        ({"yes": False}, False),
        ({"word": ["納付", "保証"]}, True),
        ({"word": "免除"}, False),
        ({"yes": True, "no": False}, True),
        ({"open": True}, None),
        ({"open": True, "no": True}, False),
        ({"open": True, "yes": True}, None),
        ({"any": [{"no": True}, {"yes": True}]}, True),
        ({"any": [{"no": True}, {"yes": False}]}, False),
        ({"any": [{"open": True}, {"yes": True}]}, True),
        ({"any": [{"open": True}, {"no": True}]}, None),
        ({"any": []}, False),
    ],
    ids=str,
)
def test_a_condition_is_yes_no_or_open(when: dict[str, object], value: bool | None) -> None:
    verdict = judge(when, FACTS_HERE, "clauses/x")
    assert verdict.value is value
    assert (verdict.undecided is not None) == (value is None)
    if when and value is not None and when != {"any": []}:
        assert verdict.reasons


def test_a_verdict_says_by_which_fact() -> None:
    assert str(judge({"yes": True}, FACTS_HERE, "x").reasons[0]) == "甲の事実＝はい（contracts.ops.a）"
    assert str(judge({"word": "免除"}, FACTS_HERE, "x").reasons[0]) == "契約保証金の扱い＝納付"
    assert "未定" in str(judge({"open": True}, FACTS_HERE, "x").reasons[0])


def test_an_unknown_fact_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(UserError) as error:
        judge({"nosuch": True}, FACTS_HERE, "clauses/x")
    assert "clauses/x" in error.value.message and "nosuch" in error.value.message
    assert "word" in error.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "kind: clause",
        "title: ''",
        "title: あ\nkind: nosuch",
        "title: あ\nwen: {}",
        "title: あ\nwhen: [1]",
        "title: あ\nbasis: [民法]",
        "title: あ\nbasis: [{law: 民法, certainty: D}]",
        "title: &a あ\nnote: *a",
        "title: [",
        "title: [2026-02-30]",
        "title: あ\ntitle: い",
        "title: あ\nattachments: [{a: 1}]",
        "title: あ\n1: x",
        "title: あ\nsubject: [a]",
        "title: あ\n--- \ntitle: い",
        "title: あ\nwhen: {any: 1}",
        "title: あ\nwhen: {any: [1]}",
        "[" * 5000,
        "title: あ\nattachments: 5",
        "title: あ\nwhen: {budget_basis: {a: 1}}",
    ],
)
def test_a_wrong_manifest_is_told_with_its_file(text: str) -> None:
    with pytest.raises(UserError) as error:
        manifest = read_manifest(text.encode(), "clauses/x", "clauses/x.yaml")
        judge(manifest.when, FACTS_HERE, "clauses/x")
    assert error.value.place is None or error.value.place.file == "clauses/x.yaml"


def test_every_shipped_manifest_can_be_read_and_asks_known_facts() -> None:
    catalog = shipped_catalog()
    facts = {name: Fact(name, True, rule.label) for name, rule in FACTS.items()}
    assert len(catalog.names) > 50
    for name in catalog.names:
        manifest = catalog.manifest(name)
        assert manifest.title, name
        if name.startswith(("contracts/", "clauses/", "attachments/")):
            judge(manifest.when, facts, name)
            assert catalog.read(f"{name}.docx") or catalog.read(f"{name}.md"), name


def test_the_citys_own_folder_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "clauses").mkdir(parents=True)
    (own / "clauses/secrecy.yaml").write_text("title: 当市の秘密\n")
    catalog = shipped_catalog(own)
    assert catalog.manifest("clauses/secrecy").title == "当市の秘密"
    assert catalog.read("clauses/secrecy.docx") == (ROOT / "templates/clauses/secrecy.docx").read_bytes()
    assert set(catalog.own_files()) == {"clauses/secrecy.yaml"}
    assert catalog.whole_digest != shipped_catalog().whole_digest


def test_a_new_template_of_the_citys_own_is_found(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "clauses").mkdir(parents=True)
    (own / "clauses/our-own.yaml").write_text("title: 独自\n")
    assert "clauses/our-own" in shipped_catalog(own).names


@pytest.mark.parametrize(
    "file", ["../profile.yaml", "clauses/../x.docx", "clauses/x.exe", "/etc/passwd", "a.docx"]
)
def test_names_never_lead_out_of_the_folders(file: str) -> None:
    assert shipped_catalog().read(file) is None


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "clauses").mkdir(parents=True)
    (tmp_path / "secret.docx").write_bytes(b"x")
    (own / "clauses/secrecy.docx").symlink_to(tmp_path / "secret.docx")
    with pytest.raises(UserError) as error:
        shipped_catalog(own).read("clauses/secrecy.docx")
    assert "リンク" in error.value.message


def test_a_frozen_catalog_reads_no_disk() -> None:
    catalog = Catalog(frozen={"clauses/a.yaml": "title: 昔".encode()})
    assert catalog.names == ("clauses/a",)
    assert catalog.manifest("clauses/a").title == "昔"
    assert catalog.read("clauses/secrecy.docx") is None


def test_an_open_fact_keeps_its_clause() -> None:
    studio = a_studio(a_city(**contract(personal_data="未定")))
    draft = next(one for one in studio.drafts if one.id.startswith("contracts/"))
    verdict = studio.clauses(draft)["clauses/personal-data"]
    assert verdict.value is None
    assert verdict.undecided is not None
    assert verdict.undecided.path == "contracts.ops.personal_data"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_clause_of_a_shipped_city_is_in_or_out_for_a_reason(path: Path) -> None:
    studio = a_studio(a_file(path))
    for draft in studio.drafts:
        if not draft.id.startswith("contracts/"):
            continue
        for name, verdict in studio.clauses(draft).items():
            assert verdict.value is not None, (draft.id, name)
            assert verdict.value or verdict.reasons, (draft.id, name)


def test_a_profile_that_asks_for_a_template_that_is_not_there() -> None:
    studio = a_studio(a_city(**contract(template="operation-suport")))
    assert not [one for one in studio.drafts if one.id.startswith("contracts/operation-support")]
