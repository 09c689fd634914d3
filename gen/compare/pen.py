"""Tracked changes in Word's own XML: who, when, and the marks around what is inserted or deleted.

Hands out `Pen`, `text_runs`, `field_runs`, `picture_run` and `properties_of`. No clock is asked: the date is the caller's.
Leans on `leaves`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from gen.compare.leaves import W
from gen.compare.pictures import Picture

__all__ = ["SPACE", "Pen", "field_runs", "picture_run", "properties_of", "text_runs"]

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {"\t": "tab", "\n": "br"}
_DELETED = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}


@dataclass
class Pen:
    """Writes tracked changes, or (`clean`) changes the text itself.

    Attributes:
        author: as Word shows it.
        date: ISO day of the changes.
        clean: True to change without marks.
        draw: makes a drawing for this file of one of another; None where it cannot, and its text stands for it.
    """

    author: str
    date: str
    clean: bool = False
    draw: Callable[[Picture], etree._Element | None] = field(default=lambda _: None, repr=False)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    def start_after(self, roots: Sequence[etree._Element]) -> None:
        """Number the marks after every id that the file has."""
        found = (one.get(f"{W}id", "") for root in roots for one in root.iter(f"{W}*"))
        last = max((int(one) for one in found if one.isdecimal()), default=0)
        self._ids = itertools.count(last + 1)

    def id(self) -> str:
        """A number that no mark of the file has."""
        return str(next(self._ids))

    def mark(self, kind: str) -> etree._Element:
        """`w:ins`, `w:del` or another mark of a change, empty."""
        mark = etree.Element(f"{W}{kind}")
        mark.set(f"{W}id", self.id())
        mark.set(f"{W}author", self.author)
        mark.set(f"{W}date", f"{self.date}T00:00:00Z")
        return mark

    def is_own(self, mark: etree._Element) -> bool:
        """Whether a mark is one that this author left pending."""
        return mark.get(f"{W}author") == self.author

    def own_insertion(self, run: etree._Element) -> etree._Element | None:
        """The pending insertion of this author in which a run stands."""
        return next((mark for mark in run.iterancestors(f"{W}ins") if self.is_own(mark)), None)

    def strike(self, run: etree._Element) -> None:
        """Delete a run: under a mark; for good where it was but pending, or where nothing is tracked."""
        if self.clean or self.own_insertion(run) is not None:
            _take_out(run)
            return
        for child in list(run):
            if child.tag in _DELETED:
                child.tag = _DELETED[child.tag]
                child.set(SPACE, "preserve")
        before = run.getprevious()
        if before is not None and before.tag == f"{W}del" and self._same(before):
            before.append(run)
            return
        mark = self.mark("del")
        run.addprevious(mark)
        mark.append(run)

    def _same(self, mark: etree._Element) -> bool:
        return self.is_own(mark) and mark.get(f"{W}date") == f"{self.date}T00:00:00Z"

    def wrapped(self, runs: Sequence[etree._Element]) -> list[etree._Element]:
        """Runs as they stand in a paragraph when inserted."""
        if self.clean or not runs:
            return list(runs)
        mark = self.mark("ins")
        mark.extend(runs)
        return [mark]

    def mark_end(self, paragraph: etree._Element, kind: str) -> None:
        """Mark the end of a paragraph as inserted or deleted."""
        properties = _ensure(paragraph, "pPr", first=True)
        marks = properties.find(f"{W}rPr")
        if marks is None:
            marks = etree.Element(f"{W}rPr")
            later = next(
                (one for one in properties if one.tag in (f"{W}sectPr", f"{W}pPrChange")),
                None,
            )
            if later is None:
                properties.append(marks)
            else:
                later.addprevious(marks)
        own = next((one for one in marks.findall(f"{W}ins") if self.is_own(one)), None)
        if kind == "del" and own is not None:
            marks.remove(own)  # it was never more than pending
            return
        for old in marks.findall(f"{W}{kind}"):
            marks.remove(old)
        before = marks.find(f"{W}ins")
        marks.insert(0 if before is None else 1, self.mark(kind))


def _take_out(element: etree._Element) -> None:
    """Remove a run, and the marks and fields that are empty without it."""
    parent = element.getparent()
    while parent is not None:
        parent.remove(element)
        if parent.tag not in (f"{W}ins", f"{W}fldSimple", f"{W}smartTag", f"{W}moveTo") or len(parent):
            return
        element, parent = parent, parent.getparent()


def _ensure(element: etree._Element, name: str, *, first: bool) -> etree._Element:
    found = element.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        element.insert(0 if first else len(element), found)
    return found


def properties_of(run: etree._Element | None) -> etree._Element | None:
    """A copy of the properties of a run, without what Word tracks in them."""
    found = run.find(f"{W}rPr") if run is not None else None
    if found is None:
        return None
    copy = deepcopy(found)
    copy.tail = None
    for gone in ("rPrChange", "ins", "del", "moveFrom", "moveTo"):
        for one in copy.findall(f"{W}{gone}"):
            copy.remove(one)
    return copy


def _run(properties: etree._Element | None, *children: etree._Element) -> etree._Element:
    run = etree.Element(f"{W}r")
    if properties is not None:
        run.append(deepcopy(properties))
    run.extend(children)
    return run


def _element(name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.Element(f"{W}{name}")
    for key, value in attributes.items():
        made.set(f"{W}{key}", value)
    if text:
        made.text = text
        made.set(SPACE, "preserve")
    return made


def text_runs(text: str, properties: etree._Element | None) -> list[etree._Element]:
    """A text as a run; tabs and line breaks as Word has them."""
    children = [
        _element(_SIGNS[part]) if part in _SIGNS else _element("t", part)
        for part in re.split("([\t\n])", text)
        if part
    ]
    return [_run(properties, *children)] if children else []


def field_runs(target: str, text: str, properties: etree._Element | None) -> list[etree._Element]:
    """A REF field that cites a bookmark and shows a text, in the form that a mark may hold."""
    return [
        _run(properties, _element("fldChar", fldCharType="begin")),
        _run(properties, _element("instrText", f" REF {target} \\h ")),
        _run(properties, _element("fldChar", fldCharType="separate")),
        *text_runs(text, properties),
        _run(properties, _element("fldChar", fldCharType="end")),
    ]


def picture_run(drawing: etree._Element) -> etree._Element:
    """A drawing as a run."""
    return _run(None, drawing)
