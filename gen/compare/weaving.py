"""Three papers into one: what changed between base and ours, brought into theirs.

Hands out `weave`, `Woven` and `Conflict`. Theirs is changed in place, as tracked changes; nothing that
only theirs has is ever deleted. A redline is the case in which theirs is the base itself.
Leans on `loom`.

    base    what Kian last made          ours    what the facts make now
    theirs  what a person made of base   result  theirs, with the changes from base to ours

A block is base's `a`, theirs' `t` (paired with a), ours' `o` (paired with a):
a changed in ours only → changed in t; in theirs only → left; in both, at different words → both;
at the same words → a conflict: theirs stays, ours is inserted beside it. a gone in ours → t deleted
where it reads as a, else a conflict. a gone in theirs → left gone where o reads as a, else a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from gen.compare.blocks import DOCUMENT, Block, Paper
from gen.compare.carrying import Carrier
from gen.compare.leaves import W
from gen.compare.line import words_of
from gen.compare.loom import Loom
from gen.compare.pen import Pen
from gen.compare.pictures import METAFILE
from gen.compare.placing import Placer
from gen.compare.remarks import remarks_of
from gen.compare.woven import Conflict, Spot, Task, Woven

__all__ = ["Conflict", "Spot", "Woven", "weave"]


def weave(
    base: Paper,
    theirs: Paper,
    ours: Paper,
    pen: Pen,
    *,
    parts: Iterable[tuple[str, str, str]] = ((DOCUMENT, DOCUMENT, DOCUMENT),),
    names: Iterable[str] = (),
    symbolic: bool = False,
    skip: Callable[[Block], bool] = lambda _: False,
) -> Woven:
    """Bring the changes from base to ours into theirs, whose trees are changed in place.

    Args:
        base: the common start.
        theirs: the paper that is changed; may be `base` itself.
        ours: the paper that brings the changes.
        pen: who writes them and when.
        parts: names of the parts that are one, in base, theirs and ours.
        names: proper nouns that are one word.
        symbolic: True to leave numbers of articles and shown citations as theirs has them.
        skip: blocks of ours or base that are left alone.
    """
    pen.start_after(list(theirs.roots.values()))
    carrier = Carrier(theirs)
    pen.draw = carrier.carry
    drawn = _drawn(ours) | _drawn(base)
    task = Task(Placer(pen, theirs, ours), pen, tuple(names), symbolic, skip, _remarks(theirs), drawn)
    for of_base, of_theirs, of_ours in parts:
        root = theirs.roots[of_theirs]
        container = root.find(f"{W}body") if of_theirs == DOCUMENT else root
        assert container is not None
        Loom(task, base.blocks[of_base], theirs.blocks[of_theirs], ours.blocks[of_ours], container).weave()
    task.woven.package = carrier.into(theirs.package, "document")
    return task.woven


def _drawn(paper: Paper) -> dict[str, str]:
    """The drawings of a paper by the text that stands for them, but for those of which the SVG is lost."""
    words = (
        word
        for block in paper.body
        for one in ([unit for cell in block.cells for unit in cell] if block.is_row else [block])
        if one.pictures
        for word in words_of(one.elements, pictures=one.pictures)
    )
    return {word.text: one.digest for word in words if (one := word.picture) and one.digest != METAFILE}


def _remarks(paper: Paper) -> frozenset[etree._Element]:
    """Where the comments of persons stand in a paper."""
    own = remarks_of(paper.package)
    found = paper.roots[DOCUMENT].iter(f"{W}commentReference")
    return frozenset(one for one in found if one.get(f"{W}id", "") not in own)
