"""The columns of a 新旧対照表: both sides of equal width, cut where a table inside them has cells.

Hands out `Sheet`, `Piece`, `laid_out` and `COLUMNS`; Word and HTML are written from it. Leans on `table`.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gen.compare.table import Cell, Comparison, Line, Row, Span
from gen.word.markdown_tree import PageSetting

__all__ = ["COLUMNS", "Piece", "Sheet", "laid_out"]

COLUMNS = ("改正後（新）", "改正前（旧）", "備考")
_REMARK = 1500  # twips; seven characters
_NEAR = 40  # twips; cuts nearer than this are one
_MANY = 4  # a table of more columns is read on a landscape page only


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as it is printed.

    Attributes:
        lines: its paragraphs.
        start, end: the grid lines between which it stands.
        framed: True for a cell of a table inside, which has lines on all sides.
    """

    lines: tuple[Line, ...]
    start: int
    end: int
    framed: bool = False


@dataclass(frozen=True)
class Sheet:
    """The table on its page.

    Attributes:
        setting: paper and orientation.
        cuts: grid lines in twips, from 0 to the width of the text.
        heads: the head of each column.
        rows: each row of the comparison and its pieces, left to right.
    """

    setting: PageSetting
    cuts: tuple[int, ...]
    heads: tuple[Piece, ...]
    rows: tuple[tuple[Row, tuple[Piece, ...]], ...]


def laid_out(table: Comparison, sources: tuple[str, str], *, new_left: bool, remarks: bool) -> Sheet:
    """The table with its columns.

    Args:
        table: two papers side by side.
        sources: which version each column shows, new and old; printed below its name.
        new_left: the new text stands left.
        remarks: with the column 備考.
    """
    wide = any(len(cell.cells) > _MANY for row in table.rows for cell in (row.new, row.old))
    setting = PageSetting(landscape=wide or remarks)
    width = setting.text_width
    half = (width - (_REMARK if remarks else 0)) // 2
    edges = [0, half, 2 * half, *([width] if remarks else [])]
    pairs = [(row.new, row.old) if new_left else (row.old, row.new) for row in table.rows]
    cuts = _cuts(edges, pairs, half)
    where = _Ruler(cuts)
    rows = []
    for row, cells in zip(table.rows, pairs, strict=True):
        pieces = [piece for side, cell in enumerate(cells) for piece in where.pieces(cell, edges[side], half)]
        if remarks:
            remark = (Line("plain", (Span(row.remark),)),) if row.remark else ()
            beside = where.piece(remark, edges[2], edges[3])
            pieces.append(replace(beside, framed=any(piece.framed for piece in pieces)))
        rows.append((row, tuple(pieces)))
    names: list[tuple[str, ...]] = list(zip(COLUMNS, sources, strict=False))
    names = [*(names if new_left else names[::-1]), COLUMNS[2:]]
    heads = tuple(
        where.piece(
            [Line(role, (Span(text),)) for role, text in zip(("subtitle", "cellhead"), name, strict=False)],
            a,
            b,
        )
        for name, (a, b) in zip(names, itertools.pairwise(edges), strict=False)
    )
    return Sheet(setting, tuple(cuts), heads, tuple(rows))


@dataclass(frozen=True)
class _Ruler:
    """Finds the grid line of a place in twips."""

    cuts: Sequence[int]

    def at(self, place: int) -> int:
        """The grid line nearest to a place."""
        number = bisect_left(self.cuts, place)
        near = [one for one in (number - 1, number) if 0 <= one < len(self.cuts)]
        return min(near, key=lambda one: abs(self.cuts[one] - place))

    def piece(self, lines: Sequence[Line], start: int, end: int) -> Piece:
        """A cell between two places."""
        return Piece(tuple(lines), self.at(start), self.at(end))

    def pieces(self, cell: Cell, left: int, half: int) -> list[Piece]:
        """One side of a row."""
        if not cell.cells:
            return [self.piece(cell.lines, left, left + half)]
        ends = [self.at(place) for place in _inside(cell, left, half)]
        return [
            Piece((line,), start, end, framed=True)
            for line, (start, end) in zip(cell.cells, itertools.pairwise(ends), strict=True)
        ]


def _cuts(edges: Sequence[int], pairs: Sequence[tuple[Cell, Cell]], half: int) -> list[int]:
    """Every grid line that a row needs, those that nearly meet made one."""
    found = list(edges)
    for cells in pairs:
        for left, cell in zip(edges, cells, strict=False):
            for place in _inside(cell, left, half):
                if all(abs(place - known) >= _NEAR for known in found):
                    found.append(place)
    return sorted(found)


def _inside(cell: Cell, left: int, half: int) -> list[int]:
    """Where the cells of a table row begin and end; none is narrower than grid lines may lie apart."""
    if not cell.cells:
        return []
    least = 2 * _NEAR
    free = half - least * len(cell.shares)
    widths = [least + max(free, 0) * share for share in cell.shares]
    scale = half / sum(widths)
    ends = itertools.accumulate((width * scale for width in widths), initial=0.0)
    return [left + round(end) for end in ends]
