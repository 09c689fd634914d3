"""What persons, Word and LibreOffice do to a file, one small edit each: for random stories.

Hands out `a_hand` (a file after a few random edits), `raw` (every sign of a file, wherever it stands) and `written`
(what persons wrote: it stands in ⟦⟧). Everything is drawn from one `Random`, so Hypothesis can shrink it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import NamedTuple

from lxml import etree

from .scenario import p, parts_of, rewritten, run, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{where}"'
    for prefix, where in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "m": "openxmlformats.org/officeDocument/2006/math",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "openxmlformats.org/drawingml/2006/main",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
    '<wp:docPr id="77" name="box"/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent><w:p>{}</w:p>'
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "</mc:AlternateContent></w:r>"
)
_RUBY = (
    '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise w:val="18"/>'
    '<w:hpsBaseText w:val="21"/><w:lid w:val="ja-JP"/></w:rubyPr><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>'
)
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="欄"/></w:sdtPr><w:sdtContent/></w:sdt>'


class Desk(NamedTuple):
    """What an edit is given: a run with text, a paragraph, a row where there is a table, and chance."""

    run: etree._Element
    paragraph: etree._Element
    row: etree._Element | None
    chance: Random

    def mark(self) -> str:
        """What a person writes; each time something else."""
        signs = "".join(chr(0x4E00 + self.chance.randrange(3000)) for _ in range(3))
        return f"⟦{signs}⟧"

    def track(self, kind: str, inside: str = "") -> str:
        """A tracked change of another person."""
        id = self.chance.randint(1000, 9999)
        return f'<w:{kind} w:id="{id}" w:author="花子" w:date="2026-05-01T09:00:00Z">{inside}</w:{kind}>'


Edit = Callable[[Desk], None]
EDITS: dict[str, Edit] = {}


def _edit(function: Edit) -> Edit:
    EDITS[function.__name__] = function
    return function


def _made(xml: str) -> list[etree._Element]:
    return list(etree.fromstring(f"<x {_SPACES}>{xml}</x>"))


def _around(element: etree._Element, xml: str) -> etree._Element:
    """Put new elements around one; its innermost last one holds it."""
    outer = _made(xml)[0]
    element.addprevious(outer)
    inner = outer
    while len(inner):
        inner = inner[-1]
    inner.append(element)
    return outer


def _is_free(desk: Desk) -> bool:
    parent = desk.run.getparent()
    return parent is not None and parent.tag == f"{W}p"


# -- words ---------------------------------------------------------------------------------------


def _retyped(desk: Desk, new: str) -> None:
    text = desk.run.find(f"{W}t")
    said = text.text or ""
    start = desk.chance.randint(0, len(said))
    text.text = said[:start] + new + said[desk.chance.randint(start, len(said)) :]


@_edit
def words_replaced(desk: Desk) -> None:
    _retyped(desk, desk.mark())


@_edit
def words_cut(desk: Desk) -> None:
    _retyped(desk, "")


@_edit
def words_inserted(desk: Desk) -> None:
    text = desk.run.find(f"{W}t")
    text.text = f"{text.text or ''}{desk.mark()}"


@_edit
def run_split(desk: Desk) -> None:
    if len(desk.run.findall(f"{W}t")) == len([one for one in desk.run if one.tag != f"{W}rPr"]) == 1:
        other = deepcopy(desk.run)
        text, rest = desk.run.find(f"{W}t"), other.find(f"{W}t")
        at = len(text.text or "") // 2
        rest.text, text.text = (text.text or "")[at:], (text.text or "")[:at]
        for one in (text, rest):
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        desk.run.addnext(other)


@_edit
def words_inserted_tracked(desk: Desk) -> None:
    if _is_free(desk):
        desk.run.addnext(_made(desk.track("ins", run(desk.mark())))[0])


@_edit
def run_deleted_tracked(desk: Desk) -> None:
    if _is_free(desk):
        _around(desk.run, desk.track("del"))
        for one in desk.run.findall(f"{W}t"):
            one.tag = f"{W}delText"


@_edit
def run_in_a_content_control(desk: Desk) -> None:
    if _is_free(desk):
        _around(desk.run, _CONTROL)


@_edit
def run_in_a_link(desk: Desk) -> None:
    if _is_free(desk):
        _around(desk.run, '<w:hyperlink w:anchor="x"/>')


@_edit
def run_in_a_smart_tag(desk: Desk) -> None:
    if _is_free(desk):
        _around(desk.run, '<w:smartTag w:uri="u" w:element="e"/>')


@_edit
def field_inserted(desk: Desk) -> None:
    if _is_free(desk):
        for one in reversed(_made(_FIELD.format(run(desk.mark())))):
            desk.run.addnext(one)


@_edit
def ruby_inserted(desk: Desk) -> None:
    if _is_free(desk):
        desk.run.addnext(_made(_RUBY.format(run(desk.mark()), run(desk.mark())))[0])


# -- beside the words ----------------------------------------------------------------------------


@_edit
def text_box(desk: Desk) -> None:
    desk.paragraph.append(_made(_BOX.format(run(desk.mark())))[0])


@_edit
def equation(desk: Desk) -> None:
    desk.paragraph.append(_made(f"<m:oMath><m:r><m:t>{desk.mark()}</m:t></m:r></m:oMath>")[0])


@_edit
def sign_of_another_font(desk: Desk) -> None:
    desk.paragraph.append(_made('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')[0])


# -- paragraphs ----------------------------------------------------------------------------------


def _is_amid(desk: Desk) -> bool:
    following = desk.paragraph.getnext()
    return following is not None and following.tag == f"{W}p"


@_edit
def paragraph_added(desk: Desk) -> None:
    desk.paragraph.addnext(_made(p(desk.mark()))[0])


@_edit
def paragraph_added_tracked(desk: Desk) -> None:
    if _is_amid(desk):
        form = f"<w:pPr><w:rPr>{desk.track('ins')}</w:rPr></w:pPr>"
        desk.paragraph.addnext(_made(f"<w:p>{form}{desk.track('ins', run(desk.mark()))}</w:p>")[0])


@_edit
def paragraph_taken_out(desk: Desk) -> None:
    parent = desk.paragraph.getparent()
    if _is_amid(desk) and parent is not None and parent.tag == f"{W}body":
        parent.remove(desk.paragraph)


@_edit
def paragraph_joined_tracked(desk: Desk) -> None:
    form = desk.paragraph.find(f"{W}pPr")
    if _is_amid(desk) and form is not None and form.find(f"{W}rPr") is None:
        form.append(_made(f"<w:rPr>{desk.track('del')}</w:rPr>")[0])


@_edit
def paragraph_in_a_content_control(desk: Desk) -> None:
    parent = desk.paragraph.getparent()
    if parent is not None and parent.tag == f"{W}body":
        _around(desk.paragraph, _CONTROL)


# -- tables --------------------------------------------------------------------------------------


def _cells(row: etree._Element) -> list[etree._Element]:
    return [one for one in row.iter(f"{W}tc") if next(one.iterancestors(f"{W}tr")) is row]


def _row_of(desk: Desk, properties: str = "") -> etree._Element:
    cell = '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{}</w:tc>'
    cells = "".join(cell.format(p(desk.mark())) for _ in _cells(desk.row))
    return _made(f"<w:tr>{properties}{cells}</w:tr>")[0]


@_edit
def row_added(desk: Desk) -> None:
    if desk.row is not None:
        desk.row.addnext(_row_of(desk))


@_edit
def row_added_tracked(desk: Desk) -> None:
    if desk.row is not None:
        desk.row.addnext(_row_of(desk, f"<w:trPr>{desk.track('ins')}</w:trPr>"))


@_edit
def row_deleted_tracked(desk: Desk) -> None:
    if desk.row is not None and desk.row.find(f"{W}trPr") is None and len(desk.row.getparent()) > 3:
        desk.row.insert(0, _made(f"<w:trPr>{desk.track('del')}</w:trPr>")[0])


@_edit
def column_added(desk: Desk) -> None:
    for row in desk.row.getparent().iterchildren(f"{W}tr") if desk.row is not None else ():
        row.append(deepcopy(_row_of(Desk(desk.run, desk.paragraph, row, desk.chance))[0]))


@_edit
def cells_joined(desk: Desk) -> None:
    cells = _cells(desk.row) if desk.row is not None else []
    if len(cells) > 1 and cells[0].getparent() is cells[1].getparent():
        form = cells[0].find(f"{W}tcPr")
        if form.find(f"{W}gridSpan") is None:
            form.append(_made('<w:gridSpan w:val="2"/>')[0])
        cells[0].extend(cells[1].findall(f"{W}p"))
        cells[1].getparent().remove(cells[1])


@_edit
def table_in_a_cell(desk: Desk) -> None:
    if desk.row is not None:
        _cells(desk.row)[0].insert(1, _made(table([desk.mark(), desk.mark()]))[0])


@_edit
def row_in_a_content_control(desk: Desk) -> None:
    if desk.row is not None and desk.row.getparent().tag == f"{W}tbl":
        _around(desk.row, _CONTROL)


# -- all together --------------------------------------------------------------------------------


def a_hand(data: bytes, chance: Random, names: list[str]) -> bytes:
    """A file after these edits, each at a random place of the body."""

    def edited(xml: str) -> str:
        body = etree.fromstring(xml.encode())[0]
        for name in names:
            inside = (f"{W}txbxContent", f"{W}del")
            runs = [
                one
                for one in body.iter(f"{W}r")
                if one.find(f"{W}t") is not None and not list(one.iterancestors(*inside))
            ]
            paragraphs = [one for one in body.iter(f"{W}p") if not list(one.iterancestors(inside[0]))]
            rows = list(body.iter(f"{W}tr"))
            desk = (chance.choice(runs), chance.choice(paragraphs), chance.choice(rows) if rows else None)
            EDITS[name](Desk(*desk, chance))
        return etree.tostring(body.getparent()).decode()

    return rewritten(data, edited)


def raw(data: bytes) -> str:
    """Every sign of the body, in text boxes, equations and deletions of others too."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    found = root.iter(f"{W}t", f"{W}delText", f"{M}t", f"{W}sym")
    return "".join("☑" if one.tag == f"{W}sym" else one.text or "" for one in found)


def written(data: bytes) -> Counter[str]:
    """What persons wrote, and how often it stands."""
    return Counter([*re.findall("⟦[^⟦⟧]*⟧", raw(data)), *re.findall("☑", raw(data))])
