"""A person's Word file with Kian's new facts in it.

Hands out `merge` and `Merged`. The result is the person's file: what is not touched by the facts stays as
it is, every part that needs no change byte for byte. Leans on `weaving`, `relatives`, `remarks`, `parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from gen.compare.alignment import align
from gen.compare.blocks import DOCUMENT, Block, Paper, read_parts, read_tree
from gen.compare.leaves import W
from gen.compare.line import Line, Word
from gen.compare.parts import paired_parts
from gen.compare.pen import Pen
from gen.compare.relatives import keep_meanings
from gen.compare.remarks import SIGN, add_remarks, drop_remarks, remarks_of
from gen.compare.renumbering import renumber
from gen.compare.weaving import weave
from gen.compare.woven import Conflict, Spot
from gen.word.package import Package

__all__ = ["AUTHOR", "Merged", "merge"]

AUTHOR = "Kian"
_DRAFT = "draft"
_COUNTED = frozenset(("jo", "ko", "go", "sai", "sai2", "attach", "head", "chapter"))


@dataclass(frozen=True)
class Merged:
    """What merging made.

    Attributes:
        package: the person's file with the new facts.
        changes: how many places were changed.
        conflicts: where a person must decide.
        findings: citations that could not follow where a person and the facts both changed
            what is counted, so that all numbers were made anew; Japanese.
    """

    package: Package
    changes: int
    conflicts: tuple[Conflict, ...]
    findings: tuple[str, ...]

    def paper(self) -> Paper:
        """The result, read."""
        return read_parts(self.package, "document")


def merge(
    base: Paper,
    theirs: Paper,
    ours: Paper,
    *,
    on: date,
    say: Callable[[Conflict], str],
    clean: bool = False,
    names: Iterable[str] = (),
) -> Merged:
    """Bring what the facts changed into a person's file; the trees of `theirs` are changed.

    Args:
        base: what Kian made last.
        theirs: what a person made of it.
        ours: what the facts make now.
        on: day of the tracked changes.
        say: the words of the comment on a conflict.
        clean: True to change the text itself instead of tracking; conflicts are marked all the same.
        names: proper nouns that are one word.
    """
    before = {name: etree.tostring(root) for name, root in theirs.roots.items()}
    parts = paired_parts(base, theirs, ours)
    symbolic = _counts_otherwise(base, theirs)
    pen = Pen(AUTHOR, on.isoformat(), clean=clean)
    woven = weave(
        base,
        theirs,
        ours,
        pen,
        parts=parts,
        names=names,
        symbolic=symbolic,
        skip=lambda one: one.role == _DRAFT,
    )
    for of_base, of_theirs, of_ours in parts:
        if of_theirs != DOCUMENT:
            _draft_mark(base.blocks[of_base], theirs.blocks[of_theirs], ours.blocks[of_ours], on)
    package = _without_stale(base, replace(theirs, package=woven.package or theirs.package), ours)
    top = theirs.roots[DOCUMENT].find(f".//{W}p")
    conflicts = [one if top is None else _in_body(one, top) for one in woven.conflicts]
    findings: tuple[str, ...] = ()
    if symbolic and _numbers(base.body) != _numbers(ours.body):
        mended = renumber(read_tree(theirs), pen)
        findings = tuple(mended.findings)
        woven.changes += len(mended.numbers) + mended.citations
    if symbolic:
        kept, lost = keep_meanings(base, read_tree(theirs), pen)
        findings, woven.changes = (*findings, *lost), woven.changes + kept
    package = add_remarks(package, conflicts, say) if conflicts else package
    changed = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in theirs.roots.items()
        if etree.tostring(root) != before[name]
    }
    return Merged(package.with_parts(changed), woven.changes, tuple(woven.conflicts), findings)


def _counts_otherwise(base: Paper, theirs: Paper) -> bool:
    """Whether a person put in, took out, moved or renumbered what is counted."""
    for pair in align(base.body, theirs.body).pairs:
        counted = any(one is not None and one.role in _COUNTED for one in (pair.old, pair.new))
        if counted and (pair.old is None or pair.new is None or pair.moved or pair.renumbered):
            return True
    return False


def _in_body(conflict: Conflict, top: etree._Element) -> Conflict:
    """A conflict where Word takes a comment: one of a header or footer shows at the head of the text."""
    return conflict if conflict.block.part == DOCUMENT else replace(conflict, spot=Spot(top, top))


def _numbers(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    return [(one.role, one.number) for one in blocks if one.role in _COUNTED]


def _draft_mark(base: Iterable[Block], theirs: Iterable[Block], ours: Iterable[Block], on: date) -> None:
    """The draft mark is no fact: it says the new 版 without a tracked change; one taken out stays out."""
    was, text = (next((one.text for one in blocks if one.role == _DRAFT), "") for blocks in (base, ours))
    for block in theirs:
        if block.role == _DRAFT and block.text != text and (block.text or not was):
            words = (Word(text),) if text else ()
            Line(block.elements, Pen(AUTHOR, on.isoformat(), clean=True)).replace(0, len(block.text), words)


def _without_stale(base: Paper, theirs: Paper, ours: Paper) -> Package:
    """Theirs without Kian's own remarks on what was 未定 and is decided now."""
    gone = set(remarks_of(base.package).values()) - set(remarks_of(ours.package).values())
    own = remarks_of(theirs.package)
    numbers = {id for id, text in own.items() if text in gone and not text.startswith(SIGN)}
    return drop_remarks(theirs.package, theirs.roots[DOCUMENT], numbers)
