"""Attachments of a contract, printed apart from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lxml import etree

from gen.catalog import shipped_catalog
from gen.clauses import Wording
from gen.drafting import Studio
from gen.profile import load_profile
from gen.word.apart import attachment_of
from gen.word.document import Document, finish
from gen.word.master import build
from gen.word.reading import W
from gen.word.template import Templates

ROOT = Path(__file__).resolve().parents[2]


def a_studio(name: str) -> Studio:
    profile = load_profile(ROOT / "profiles" / f"{name}.yaml").profile
    assert profile is not None
    return Studio(profile, shipped_catalog(), date(2026, 11, 23))


def test_each_attachment_apart_says_what_it_says_in_the_contract() -> None:
    studio = a_studio("aobadai")
    whole = studio.make(studio.chosen(["contracts/operation-support@ops"])[0])
    parts = [one for one in studio.drafts if one.part_of.endswith("@ops") and one.applies]
    assert len(parts) >= 4
    texts = [studio.make(part).twin for part in parts]
    assert all(text in whole.twin for text in texts)
    assert sum(len(text) for text in texts) == len(whole.twin) - min(whole.twin.index(text) for text in texts)


def test_no_citation_of_a_part_leads_out_of_it() -> None:
    studio = a_studio("minatokita")
    parts = [studio.make(one) for one in studio.drafts if one.part_of.endswith("@core") and one.applies]
    for part in parts:
        assert cited(part) <= bookmarks(part)
    assert any("契約約款第" in part.twin for part in parts)


def test_a_citation_that_stays_inside_stays_a_field() -> None:
    masters = {
        "contracts/x.docx": """[jo] {{ jo("main") }}　本則
[attach] {{ attach("notes", "別記") }}　特記
[jo] {{ dai("first") }}　{{ ref("main") }}による。
[jo] {{ dai("second") }}　{{ ref("first") }}による。
""",
    }
    templates = Templates(lambda name: build(masters[name], name), Wording())
    part = attachment_of(finish(templates.fill("contracts/x.docx", {}), "x", Wording()), "notes", "別記")
    assert part is not None
    assert part.twin == "別記　特記\n第1　契約約款第1条による。\n第2　第1による。\n"
    assert cited(part) == {"_k_first"}
    assert attachment_of(part, "other", "別紙") is None


def cited(document: Document) -> set[str]:
    root = etree.fromstring(document.package.parts["word/document.xml"])
    return {one.get(f"{W}instr", "").split()[1] for one in root.iter(f"{W}fldSimple")}


def bookmarks(document: Document) -> set[str | None]:
    root = etree.fromstring(document.package.parts["word/document.xml"])
    return {one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")}


def test_what_is_printed_apart_is_traced_in_its_own_lines() -> None:
    studio = a_studio("aobadai")
    part = studio.make(studio.chosen(["attachments/tasks-table@ops"])[0])
    lines = part.twin.splitlines()
    assert part.trace
    assert all(row.text.replace("\n", "↵") in lines[row.line - 1].replace("\\|", "|") for row in part.trace)


def test_it_is_made_when_named_and_then_with_the_rest() -> None:
    studio = a_studio("aobadai")
    id = "attachments/tasks-table@ops"
    assert id not in {one.id for one in studio.chosen(())}
    assert id in {one.id for one in studio.chosen((), {id})}
