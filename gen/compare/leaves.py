"""What of a paragraph is text, sign by sign, as it stands with every tracked change accepted.

Hands out `Leaf`, `leaves`, `W` and the small questions asked of Word's XML. Reading and writing
walk a paragraph by this one program, so that a place in the text is a place in the file.
Leans on nothing but lxml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from gen.word.reading import W

__all__ = ["Leaf", "W", "closes_by_deletion", "is_figure", "is_gone", "leaves"]

_SILENT = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "fldData", "smartTagPr")
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_REF = re.compile(r"\s*(?:REF|PAGEREF)\s+(\S+)")
_DOC_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIGURE = "KianFigure"


class Leaf(NamedTuple):
    """A stretch of text in one element of a run.

    Attributes:
        text: what is read there.
        element: `w:t`, a sign such as `w:tab`, or an object that stands for itself.
        run: the `w:r` around it.
        target: the bookmark that it cites, where it is shown by a REF field; "" else.
        field: True inside the shown text of a field of any kind.
    """

    text: str
    element: etree._Element
    run: etree._Element
    target: str
    field: bool


@dataclass
class _Fields:
    """The fields that are open while a paragraph is walked: instruction, and whether it is over."""

    open: list[list[str | bool]] = field(default_factory=list)

    def turn(self, kind: str) -> None:
        if kind == "begin":
            self.open.append(["", False])
        elif kind == "separate" and self.open:
            self.open[-1][1] = True
        elif kind == "end" and self.open:
            self.open.pop()

    def say(self, instruction: str) -> None:
        if self.open:
            self.open[-1][0] = f"{self.open[-1][0]}{instruction}"

    @property
    def hidden(self) -> bool:
        return any(not shown for _, shown in self.open)

    @property
    def target(self) -> str:
        found = (_REF.match(str(one)) for one, _ in self.open)
        return next((one.group(1) for one in found if one), "")


def leaves(paragraphs: tuple[etree._Element, ...]) -> Iterator[Leaf]:
    """The text of paragraphs that read as one, in order; deleted text is left out."""
    fields = _Fields()
    for paragraph in paragraphs:
        yield from _inside(paragraph, fields)


def _inside(element: etree._Element, fields: _Fields) -> Iterator[Leaf]:
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            yield from _run(child, fields)
        elif tag == f"{W}fldSimple":
            fields.open.append([child.get(f"{W}instr", ""), True])
            yield from _inside(child, fields)
            fields.open.pop()
        elif isinstance(tag, str) and tag.startswith(W) and tag not in _SILENT:
            yield from _inside(child, fields)


def _run(run: etree._Element, fields: _Fields) -> Iterator[Leaf]:
    for child in run:
        tag = child.tag
        if tag == f"{W}fldChar":
            fields.turn(child.get(f"{W}fldCharType", ""))
        elif tag == f"{W}instrText":
            fields.say(child.text or "")
        elif fields.hidden:
            continue
        elif tag == f"{W}t":
            yield Leaf(child.text or "", child, run, fields.target, bool(fields.open))
        elif tag in _SIGNS:
            yield Leaf(_SIGNS[tag], child, run, fields.target, bool(fields.open))
        elif tag != f"{W}rPr":
            yield Leaf(_said(child), child, run, fields.target, bool(fields.open))


def _said(thing: etree._Element) -> str:
    """The text of what is no text: a chart's description, the base of a ruby; else nothing."""
    if thing.tag == f"{W}ruby":
        return "".join(
            text for base in thing.iter(f"{W}rubyBase") for text in map(str, base.itertext(f"{W}t"))
        )
    if thing.tag == f"{W}drawing":
        return f"［図：{_described(thing)}］" if is_figure(thing) else ""
    return ""


def is_figure(drawing: etree._Element) -> bool:
    """Whether a drawing is one of Kian's, which every program keeps the name of."""
    found = next(drawing.iter(_DOC_PROPERTIES), None)
    return found is not None and found.get("name", "").startswith(_FIGURE)


def _described(drawing: etree._Element) -> str:
    return next(drawing.iter(_DOC_PROPERTIES)).get("descr", "")


def closes_by_deletion(paragraph: etree._Element) -> bool:
    """Whether the paragraph's end is deleted, so that it reads as one with the following."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{kind}") is not None for kind in ("del", "moveFrom"))


def is_gone(row: etree._Element) -> bool:
    """Whether a table row is deleted by a tracked change."""
    return row.find(f"{W}trPr/{W}del") is not None
