"""A paper that came back bent: comparing, merging and counting it anew end, or say what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache

import pytest
from compare.scenario import a_paper, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from gen.compare import DOCUMENT, Paper, read_parts
from gen.compare.merging import merge
from gen.compare.pen import Pen
from gen.compare.redline import redline
from gen.compare.renumbering import renumber
from gen.compare.table import comparison
from gen.errors import UserError
from gen.word.package import Package

ON = date(2026, 5, 1)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAGS = ("p", "r", "t", "tbl", "tr", "tc", "ins", "del", "moveFrom", "bookmarkStart", "bookmarkEnd", "fldChar", "instrText", "fldSimple",
        "sdt", "sdtContent", "pPr", "rPr", "sectPr", "delText", "tab", "txbxContent", "rPrChange", "gridSpan", "vMerge", "body")  # fmt: skip
VALUES = (
    "",
    "-1",
    "abc",
    "0",
    "9" * 20,
    "begin",
    "end",
    "separate",
    "_k_fee",
    "REF _k_fee \\h",
    "KianJo",
    "KianGo",
    "KianRow",
)
TEXTS = (
    "",
    "第１条",
    "第〇条",
    "前条",
    "別記９",
    "（",
    "　",
    "(99)",
    "第１条の２の３",
    "⑳",
    "第" + "9" * 5000 + "条",
    "第" + "九" * 5000 + "条",
)


@cache
def sound() -> Package:
    lines = ("[title]契約書", "[midashi]（委託料）", "[jo]<fee>第1条　甲は、乙に委託料を支払う。", "[ko]２　前項の委託料は、第1条による。",
             "[go](1)　月額", table(["項目", "額"], ["月額", "10円"]), "[jo]<end>第2条　第1条の委託料は、前条により支払う。")  # fmt: skip
    return a_paper(*lines).package


def bent(package: Package, bends: list[tuple[int, int, int, int]]) -> Package:
    root = etree.fromstring(package.parts[DOCUMENT])
    for kind, where, other, what in bends:
        elements = [one for one in root.iter() if isinstance(one.tag, str)]
        one, two = elements[where % len(elements)], elements[other % len(elements)]
        parent = one.getparent()
        if kind == 0 and parent is not None:
            parent.remove(one)
        elif kind == 1 and len(elements) < 2_000:
            one.append(deepcopy(two))
        elif kind == 2:
            one.tag = W + TAGS[what % len(TAGS)]
        elif kind == 3:
            for name in ("id", "val", "name", "fldCharType", "instr"):
                one.set(W + name, VALUES[what % len(VALUES)])
        elif kind == 4:
            one.attrib.clear()
        elif kind == 5:
            one.text = TEXTS[what % len(TEXTS)]
        elif kind == 6 and parent is not None:
            etree.SubElement(parent, W + TAGS[what % len(TAGS)]).append(one)
    return package.with_parts({DOCUMENT: etree.tostring(root)})


def read(package: Package) -> Paper:
    return read_parts(package, "paper.docx")


JOBS: dict[str, Callable[[Package], object]] = {
    "redline to": lambda theirs: redline(read(sound()), read(theirs), author="Kian", on=ON),
    "redline from": lambda theirs: redline(read(theirs), read(sound()), author="Kian", on=ON),
    "table": lambda theirs: comparison(read(sound()), read(theirs)),
    "merge": lambda theirs: merge(read(sound()), read(theirs), read(sound()), on=ON, say=str),
    "renumber": lambda theirs: renumber(read(theirs), Pen("Kian", ON.isoformat())),
}
BENDS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 500), st.integers(0, 500), st.integers(0, 30)),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("job", JOBS)
def test_a_bent_paper_is_compared_or_refused(job: str) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(BENDS)
    def holds(bends: list[tuple[int, int, int, int]]) -> None:
        try:
            JOBS[job](bent(sound(), bends))
        except UserError as told:
            assert told.message

    holds()


@pytest.mark.parametrize("sign", ["9", "９", "九"])
def test_a_number_of_thousands_of_figures_is_no_article(sign: str) -> None:
    paper = a_paper("[jo]第1条　甲は、支払う。", f"[jo]第2条　第{sign * 5000}条から第3条までによる。")
    told = renumber(paper, Pen("Kian", ON.isoformat()))
    assert not told.numbers


def test_a_cell_inside_of_a_cell_is_no_cell_of_the_row() -> None:
    old, new = a_paper("[title]契約書"), a_paper("[title]契約書", table(["項目", "額"]))
    cell = next(new.roots[DOCUMENT].iter(f"{W}tc"))
    cell.append(deepcopy(cell))
    torn = new.package.with_parts({DOCUMENT: etree.tostring(new.roots[DOCUMENT])})
    assert redline(old, read(torn), author="Kian", on=ON).startswith(b"PK")


@pytest.mark.parametrize(
    "torn", ["no body", "a row without a table", "a table without rows", "a paragraph in a run"]
)
def test_a_file_that_word_itself_would_not_open_is_told(torn: str) -> None:
    root = etree.fromstring(sound().parts[DOCUMENT])
    one = next(root.iter(f"{W}tbl"))
    if torn == "no body":
        root[0].tag = f"{W}background"
    elif torn == "a row without a table":
        one.tag = f"{W}sdtContent"
    elif torn == "a table without rows":
        one[:] = []
    else:
        next(root.iter(f"{W}r")).append(etree.Element(f"{W}p"))
    with pytest.raises(UserError, match="壊れて") as told:
        read(sound().with_parts({DOCUMENT: etree.tostring(root)}))
    assert told.value.hint and told.value.place
