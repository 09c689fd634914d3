"""The cells of a 新旧対照表: lines of text in which what changed is marked.

Hands out `Span`, `Line`, `Cell` and the functions that make them of blocks. Leans on `tokens`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from gen.compare.blocks import Block
from gen.compare.leaves import W
from gen.compare.tokens import compare_texts

__all__ = ["OMITTED", "Cell", "Line", "Span", "cells_of", "elided", "marked", "name_of", "plain", "said"]

OMITTED, NOTES = "（略）", "備考"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, underlined where `is_marked`."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    Attributes:
        role: of the block, for its indents; `plain` for words of the table itself.
        spans: its text.
    """

    role: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row.

    Attributes:
        lines: its paragraphs; none where a table row or nothing stands here.
        cells: of a table row: its cells.
        shares: of a table row: how wide each cell is, beside the others.
        blocks: what of the paper stands here, shown whole or as （略）; none opposite what was added.
    """

    lines: tuple[Line, ...] = ()
    cells: tuple[Line, ...] = ()
    shares: tuple[float, ...] = ()
    blocks: tuple[Block, ...] = ()

    def every_line(self) -> Iterator[Line]:
        """Its lines and those of its cells."""
        yield from self.lines
        yield from self.cells


def plain(block: Block) -> Line:
    """A paragraph in which nothing is marked."""
    return Line(block.role, _spans([Span(block.text)]))


def said(text: str) -> Line:
    """Words of the table itself."""
    return Line("plain", (Span(text),))


def elided(role: str, label: str, changed: bool) -> Line:
    """A clause as （略）, under its label, marked where the label changed."""
    if not label:
        return Line(role, (Span(OMITTED),))
    return Line(role, (Span(label, changed), Span(f"　{OMITTED}")))


def name_of(block: Block) -> str:
    """What a clause that is （略） is still called: its number, its title, the name of an item."""
    if block.role in ("attach", "chapter", "caption"):
        return block.text.strip()
    if block.role == "note" and not block.number:
        return NOTES if block.text.startswith(NOTES) else ""
    if block.role == "head":
        return block.text.partition("\t")[0] if "\t" in block.text else block.number
    return block.number


def marked(block: Block, other: tuple[Block | None, bool], names: Iterable[str]) -> Line:
    """A paragraph, marked where it differs.

    Args:
        block: the paragraph.
        other: the same paragraph in the other paper, None where that lacks it; and whether
            `block` is the newer of the two.
        names: see `tokens`.
    """
    against, is_new = other
    if against is None:
        return Line(block.role, _spans([Span(block.text, True)]))
    number = Span(block.number, block.number != against.number)
    spans = _compared(block.text[len(block.number) :], against.text[len(against.number) :], is_new, names)
    return Line(block.role, _spans([number, *spans]))


def cells_of(
    new: Block | None, old: Block | None, elsewhere: Block | None, names: Iterable[str]
) -> tuple[Cell, Cell]:
    """The two sides of a table row, new and old; cells are compared one by one."""
    names = tuple(names)
    first, second = new or elsewhere, old or elsewhere
    if new is None and elsewhere is None:
        first = None
    if old is None and elsewhere is None:
        second = None
    a, b = _texts(first), _texts(second)
    sides: list[list[list[Span]]] = [[], []]
    for one, other in _beside(a, b):
        for side, (text, against) in enumerate(((one, other), (other, one))):
            if text is not None:
                known = [Span(text, True)] if against is None else _compared(text, against, not side, names)
                sides[side].append(known)
    return _side(new, sides[0]), _side(old, sides[1])


def _side(block: Block | None, cells: Sequence[Sequence[Span]]) -> Cell:
    if block is None:
        return Cell()
    roles = [cell[0].role if cell else "cell" for cell in block.cells]
    lines = tuple(Line(role, _spans(spans)) for role, spans in zip(roles, cells, strict=True))
    return Cell(cells=lines, shares=_shares(block), blocks=(block,))


def _texts(row: Block | None) -> list[str]:
    return ["\n".join(one.text for one in cell) for cell in row.cells] if row is not None else []


def _beside(new: list[str], old: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Cells of two rows in pairs: in order where there are as many, else by what they hold."""
    if len(new) == len(old) or not new or not old:
        yield from itertools.zip_longest(new, old)
        return
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from itertools.zip_longest(new[c:d], old[a:b])


def _shares(row: Block) -> tuple[float, ...]:
    """How wide the cells are, as the file says; alike where it says nothing."""
    widths = [
        float(width.get(f"{W}w", "0"))
        for width in row.elements[0].iterfind(f".//{W}tc/{W}tcPr/{W}tcW")
        if width.get(f"{W}type", "dxa") == "dxa" and width.get(f"{W}w", "").isdecimal()
    ]
    if len(widths) == len(row.cells) and all(width > 0 for width in widths):
        return tuple(width / sum(widths) for width in widths)
    return (1 / len(row.cells),) * len(row.cells) if row.cells else ()


def _compared(text: str, against: str, is_new: bool, names: Iterable[str]) -> list[Span]:
    old, new = (against, text) if is_new else (text, against)
    return [
        Span(one.new if is_new else one.old, not one.same)
        for one in compare_texts(old, new, names)
    ]  # fmt: skip


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Without empty spans, neighbours of a kind joined."""
    kept = (span for span in spans if span.text)
    return tuple(
        Span("".join(span.text for span in group), is_marked)
        for is_marked, group in itertools.groupby(kept, lambda span: span.is_marked)
    )
