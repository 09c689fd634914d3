"""Attachments of a contract, printed apart from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lxml import etree

from gen.catalog import shipped_catalog
from gen.drafting import Studio
from gen.profile import load_profile
from gen.word.reading import W

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


def test_a_citation_that_leads_out_is_text_and_one_that_stays_is_a_field() -> None:
    studio = a_studio("minatokita")
    parts = [studio.make(one) for one in studio.drafts if one.part_of.endswith("@core") and one.applies]
    cited: set[str] = set()
    for part in parts:
        root = etree.fromstring(part.package.parts["word/document.xml"])
        names = {one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")}
        own = {one.get(f"{W}instr", "").split()[1] for one in root.iter(f"{W}fldSimple")}
        assert own <= names
        cited |= own
    assert cited
    assert any("契約約款第" in part.twin for part in parts)


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
