"""Word comments on conflicts: beside the place, naming the fact, until a person settles it.

Hands out `add_remarks`, `unsettled`, `blocks_in_conflict`, `drop_remarks` and `SIGN`. A conflict is settled when its comment is
deleted, or marked as resolved (解決). Leans on `word.comments`, `blocks`, `woven`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from lxml import etree

from gen.compare.blocks import DOCUMENT, Paper
from gen.compare.leaves import W
from gen.compare.woven import Conflict, Spot
from gen.word.comments import COMMENTS, Comment, comments_part, next_number
from gen.word.package import Package, parse_xml
from gen.word.slots import with_comments_part

__all__ = ["SIGN", "add_remarks", "blocks_in_conflict", "drop_remarks", "remarks_of", "unsettled"]

SIGN = "【食い違い】"
"""How the comment on a conflict begins."""

_AUTHOR = "Kian"
_EXTENDED = "word/commentsExtended.xml"
_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_ANCHORS = tuple(f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))


def add_remarks(package: Package, conflicts: Iterable[Conflict], say: Callable[[Conflict], str]) -> Package:
    """The package with a comment on each conflict.

    Args:
        package: of the paper; its comments part is written anew.
        conflicts: with spots in the tree of the body; headers and footers take no comments.
        say: the words of a comment.
    """
    package = with_comments_part(package, "comments")
    own = package.parts[COMMENTS]
    number = next_number(own)
    comments: list[Comment] = []
    for conflict in conflicts:
        if _anchor(conflict.spot, number):
            comments.append(Comment(number, SIGN + say(conflict)))
            number += 1
    return package.with_parts({COMMENTS: comments_part(own, comments)}) if comments else package


def remarks_of(package: Package) -> dict[str, str]:
    """The comments by Kian, by their number, with their text."""
    data = package.parts.get(COMMENTS)
    found = parse_xml(data, COMMENTS).iter(f"{W}comment") if data else ()
    return {one.get(f"{W}id", ""): _text(one) for one in found if one.get(f"{W}author") == _AUTHOR}


def drop_remarks(package: Package, root: etree._Element, numbers: Collection[str]) -> Package:
    """The package without these comments; their anchors are taken out of the tree."""
    data = package.parts.get(COMMENTS)
    if data is None or not numbers:
        return package
    for anchor in list(root.iter(*_ANCHORS)):
        if anchor.get(f"{W}id") in numbers:
            _take_out(anchor)
    comments = parse_xml(data, COMMENTS)
    for one in list(comments):
        if one.get(f"{W}id") in numbers:
            comments.remove(one)
    made = etree.tostring(comments, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.with_parts({COMMENTS: made})


def unsettled(package: Package) -> tuple[str, ...]:
    """What the comments on conflicts say that nobody settled yet, in their order."""
    return tuple(_open(package).values())


def blocks_in_conflict(paper: Paper) -> frozenset[int]:
    """The blocks of the body that hold two texts, by index: a comment on a conflict stands in them."""
    numbers = _open(paper.package).keys()
    if not numbers:
        return frozenset()
    return frozenset(
        block.index
        for block in paper.body
        for element in block.elements
        for one in element.iter(*_ANCHORS)
        if one.get(f"{W}id") in numbers
    )


def _open(package: Package) -> dict[str, str]:
    """The comments on conflicts that nobody settled yet, by number."""
    data = package.parts.get(COMMENTS)
    if data is None or SIGN.encode() not in data:
        return {}
    anchored = {
        one.get(f"{W}id") for one in parse_xml(package.parts[DOCUMENT], DOCUMENT).iter(f"{W}commentReference")
    }
    done = _resolved(package)
    return {
        one.get(f"{W}id", ""): text
        for one in parse_xml(data, COMMENTS).iter(f"{W}comment")
        if one.get(f"{W}id") in anchored
        and (text := _text(one)).startswith(SIGN)
        and not done.intersection(p.get(_PARA, "") for p in one.iter(f"{W}p"))
    }


def _resolved(package: Package) -> set[str]:
    """The paragraphs that end a comment which somebody marked as 解決."""
    data = package.parts.get(_EXTENDED)
    rows = parse_xml(data, _EXTENDED) if data else ()
    return {one.get(f"{_W15}paraId", "") for one in rows if one.get(f"{_W15}done") in ("1", "true")}


def _text(comment: etree._Element) -> str:
    return "\n".join("".join(map(str, p.itertext(f"{W}t"))) for p in comment.iter(f"{W}p"))


def _anchor(spot: Spot, number: int) -> bool:
    """Put the ends of a comment's range around a place; False where it stands in no document any more."""
    first, last = _child(spot.first, last=False), _child(spot.last, last=True)
    if first is None or last is None:
        return False
    start, end, reference = (etree.Element(name) for name in _ANCHORS)
    for one in (start, end, reference):
        one.set(f"{W}id", str(number))
    run = etree.Element(f"{W}r")
    run.append(reference)
    if first.tag == f"{W}p":
        properties = first.find(f"{W}pPr")
        first.insert(0, start) if properties is None else properties.addnext(start)
    else:
        first.addprevious(start)
    if last.tag == f"{W}p":
        last.extend((end, run))
    else:
        last.addnext(end)
        end.addnext(run)
    return True


def _child(element: etree._Element, *, last: bool) -> etree._Element | None:
    """The paragraph itself, or the child of a paragraph in which a run stands."""
    if element.tag == f"{W}tr":
        inside = list(element.iter(f"{W}p"))
        return (inside[-1] if last else inside[0]) if inside else None
    if element.tag == f"{W}p":
        return element if element.getparent() is not None else None
    here: etree._Element | None = element
    while here is not None:
        parent = here.getparent()
        if parent is not None and parent.tag == f"{W}p":
            return here
        here = parent
    return None


def _take_out(anchor: etree._Element) -> None:
    parent = anchor.getparent()
    if parent is None:
        return
    parent.remove(anchor)
    if parent.tag == f"{W}r" and all(one.tag == f"{W}rPr" for one in parent):
        above = parent.getparent()
        if above is not None:
            above.remove(parent)
