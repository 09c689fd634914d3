"""Any human edit of Word's XML, any change of the facts: no sign of the person is lost, no fact is missing."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.check_docx import findings as docx_findings

from gen.compare import read_paper
from gen.compare.merging import Merged, merge
from gen.compare.redline import redline

from .hands import EDITS, a_hand, raw, written
from .scenario import a_file, from_word, saved_by_libreoffice, table
from .word_does import settled

ON = date(2026, 7, 1)
_WORDS = (
    "甲は、",
    "金5円",
    "10日以内に",
    "第2条により",
    "払う",
    "。",
    "A&B",
    "令和8年4月1日",
    "、",
    "　",
    "\t",
)
_FACTS = ("金77円", "新事実", "40日以内に", "令和9年9月9日")
_TEXT = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map("".join)
_NEW = st.lists(st.sampled_from((*_FACTS, *_WORDS)), min_size=1, max_size=5).map("".join)
Doc = list[Any]  # a line of the scenario, or rows of a table


@st.composite
def _base(draw: st.DrawFn) -> Doc:
    out: Doc = ["[title]契約書"]
    for at in range(draw(st.integers(2, 5))):
        kind = draw(st.sampled_from(["article", "article", "line", "table"]))
        if kind == "article":
            out += [f"[midashi]（見出し{at}）", f"[jo]<a{at}>第{at + 1}条　{draw(_TEXT)}"]
        if kind == "table":
            out.append(draw(st.lists(st.lists(_TEXT, min_size=2, max_size=2), min_size=1, max_size=3)))
        out.append(draw(_TEXT))
    return [*out, "以上"]


@st.composite
def _facts(draw: st.DrawFn, base: Doc) -> Doc:
    out: Doc = []
    for thing in base[:-1]:
        kind = draw(st.sampled_from(["same", "same", "word", "gone", "more"]))
        if kind == "gone":
            continue
        if isinstance(thing, list):
            rows = [
                [draw(_NEW) if kind == "word" and draw(st.booleans()) else one for one in row]
                for row in thing
            ]
            out.append([*rows, [draw(_NEW), draw(_NEW)]] if kind == "more" else rows)
            continue
        known = [word for word in _WORDS if word.strip() and word in thing]
        if kind == "word" and known:
            thing = thing.replace(draw(st.sampled_from(known)), draw(_NEW), 1)
        out += [thing, draw(_NEW)] if kind == "more" else [thing]
    return [*out, "以上"]


def _file(doc: Doc) -> bytes:
    return a_file(*(table(*one) if isinstance(one, list) else one for one in doc))


def _read(data: bytes) -> str:
    return read_paper(data, "x").twin


def _merged(base: bytes, theirs: bytes, ours: bytes, *, clean: bool = False) -> Merged:
    papers = (read_paper(base, "base"), read_paper(theirs, "theirs"), read_paper(ours, "ours"))
    return merge(*papers, on=ON, say=lambda one: one.kind, clean=clean)


_HANDS = st.lists(st.sampled_from(sorted(EDITS)), max_size=6)


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.randoms(use_true_random=False), st.booleans())
def test_no_sign_is_lost_and_no_fact_is_missing(data: st.DataObject, chance: Random, clean: bool) -> None:
    doc = data.draw(_base())
    base, ours = _file(doc), _file(data.draw(_facts(doc)))
    theirs = a_hand(base, chance, data.draw(_HANDS))
    if data.draw(st.booleans()):
        theirs = from_word(theirs)
    file = _merged(base, theirs, ours, clean=clean).package.write()
    if not clean:
        back = settled(file, accept=False, author="Kian")
        assert (_read(back), raw(back)) == (_read(theirs), raw(theirs)), "元に戻す gives the person's file"
    accepted = settled(file, accept=True, author="Kian")
    assert _read(accepted) == _read(file)
    assert not written(theirs) - written(accepted), "what a person wrote stands after 承諾"
    assert not [one for one in _FACTS if _read(file).count(one) < _read(ours).count(one)]
    assert not _new_findings(theirs, file)
    again = _merged(ours, file, ours)
    assert (again.changes, again.package.write()) == (0, file), "a second time changes nothing"


def _new_findings(before: bytes, after: bytes) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        path, sides = Path(folder, "x.docx"), []
        for data in (before, after):
            path.write_bytes(data)
            sides.append({re.sub(r"\d+", "", one) for one in docx_findings(path)})
        return sides[1] - sides[0]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.randoms(use_true_random=False))
def test_a_redline_of_any_hand_gives_both_texts(data: st.DataObject, chance: Random) -> None:
    old = _file(data.draw(_base()))
    new = a_hand(old, chance, data.draw(_HANDS))
    made = redline(read_paper(old, "旧"), read_paper(new, "新"), author="Kian", on=ON)
    assert _read(settled(made, accept=False)) == _read(old)
    assert _read(settled(made, accept=True)) == _read(new)


@pytest.mark.skipif(
    not os.environ.get("CI") and not shutil.which("soffice"),
    reason="LibreOffice is not on this machine (in CI it must be)",
)
def test_libreoffice_opens_what_was_merged_and_merging_takes_what_it_saved(tmp_path: Path) -> None:
    base = _file(
        [
            "[title]契約書",
            "[jo]<a1>第1条　甲は、金5円を払う。",
            [["月", "額"], ["4月", "金5円"]],
            "間",
            "以上",
        ]
    )
    ours = _file(
        [
            "[title]契約書",
            "[jo]<a1>第1条　甲は、金77円を払う。",
            [["月", "額"], ["4月", "金77円"]],
            "間",
            "以上",
        ]
    )
    hands = {name: a_hand(base, Random(name), [name, "words_inserted"]) for name in EDITS}
    saved = saved_by_libreoffice(tmp_path, hands)
    merged = {name: _merged(base, theirs, ours).package.write() for name, theirs in saved.items()}
    for name, file in merged.items():
        assert not written(saved[name]) - written(settled(file, accept=True, author="Kian")), name
        assert raw(settled(file, accept=False, author="Kian")) == raw(saved[name]), name
        assert "金77円" in _read(file), name
    for name, data in saved_by_libreoffice(tmp_path / "again", merged).items():
        assert "金77円" in _read(data), name
