"""新旧対照表: two papers side by side as lawyers read them.

Hands out `Comparison`, `Row`, `Cell`, `Line`, `Span` and `comparison`. What changed is marked by words on
both sides; what did not is （略） under its number; （新設） and （削除） stand opposite what one side
lacks; a clause that moved stands at both places. Each cell holds the blocks that it stands for, so that
a column, with every （略） opened, is its paper. Leans on `table_order`, `table_lines` and `places`.

How such tables look was compared over prefectures and ministries: two columns of equal width, the
new text usually on the left, underlined words, （略） with number and heading kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from gen.compare.blocks import Block, Paper
from gen.compare.places import Places
from gen.compare.table_lines import Cell, Line, Span, cells_of, elided, marked, name_of, plain, said
from gen.compare.table_order import ARTICLE, Entry, Node, State, entries, tree

__all__ = ["Cell", "Comparison", "Line", "Row", "Span", "comparison"]

_ALWAYS = frozenset(("title", "title2"))  # shown even where all below is （略）
_HEADINGS = frozenset(("title", "title2", "subtitle", "attach", "chapter", "caption", "midashi", "note"))
_NAMED = frozenset(("attach", "chapter", "caption", "note"))
_NUMBERED = frozenset(("midashi", "jo", "ko", "go", "sai", "sai2", "head"))
_SIGNERS = frozenset(("sign", "signend"))
_ADDED, _REMOVED = "新設", "削除"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes:
        new: its cell in the new column.
        old: its cell in the old column.
        opens: True where a box begins: an article, an item of the 頭書, a table.
        remark: for the column 備考: 新設, 削除, 変更, 番号の変更, 第3条から移動 …; "" where nothing changed.
        place: which clause it is, as one cites it.
    """

    new: Cell
    old: Cell
    opens: bool
    remark: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two papers side by side.

    Attributes:
        title: of the paper, "" where it has none.
        rows: in the order of both papers.
    """

    title: str
    rows: tuple[Row, ...]

    @property
    def is_same(self) -> bool:
        """True where no text differs."""
        return not any(row.remark for row in self.rows)


def comparison(old: Paper, new: Paper, names: Iterable[str] = ()) -> Comparison:
    """The table of two papers.

    Args:
        old: the paper before.
        new: the paper after.
        names: proper nouns, see `tokens`.
    """
    titles = (block.text for paper in (new, old) for block in paper.body if block.role == "title")
    writer = _Writer(Places(old.body), Places(new.body), tuple(names))
    top = tree(entries(old, new))
    return Comparison(next(titles, "").strip(), tuple(writer.rows(top, None)))


@dataclass(frozen=True)
class _Writer:
    """Makes rows of clauses."""

    before: Places
    after: Places
    names: tuple[str, ...]

    def rows(self, nodes: Sequence[Node], parent: Node | None) -> Iterator[Row]:
        """The rows of clauses that stand side by side below one."""
        opens = parent is None or parent.entry.level < ARTICLE
        last: Node | None = None
        for run in _runs(nodes):
            if run[0].entry.block.is_row and not all(map(_stays, run)):
                yield from self._table(run, parent, opens)
            elif _is_silent(run[0]):
                yield self._silent(run, parent, last, opens)
            else:
                yield from self._loud(run[0], parent, last, opens)
            last = run[-1]

    # -- what did not change ------------------------------------------------------------

    def _silent(self, run: Sequence[Node], parent: Node | None, last: Node | None, opens: bool) -> Row:
        """One row for clauses in which nothing changed but number or place."""
        first = run[0]
        found = [entry for node in run for entry in node.walk()]
        changed = first.is_renumbered or first.entry.state is not State.BOTH
        sides = []
        for side in ("new", "old"):
            blocks = tuple(block for entry in found if (block := getattr(entry, side)) is not None)
            sides.append(Cell(_short(run, side, changed), blocks=blocks) if blocks else Cell())
        return self._row(first, sides[0], sides[1], parent, last, opens)

    # -- what changed -------------------------------------------------------------------

    def _loud(self, node: Node, parent: Node | None, last: Node | None, opens: bool) -> Iterator[Row]:
        entry = node.entry
        new, old = self._text(entry)
        yield self._row(node, new, old, parent, last, opens)
        yield from self.rows(node.children, node)

    def _text(self, entry: Entry) -> tuple[Cell, Cell]:
        """The cells of a paragraph, new and old, without what belongs to it."""
        block = entry.block
        if entry.is_kept and block.role not in _HEADINGS | _SIGNERS:
            changed = entry.is_renumbered or entry.state is not State.BOTH
            sides = [
                Cell((elided(one.role, name_of(one), changed),), blocks=(one,)) if one else Cell()
                for one in (entry.new, entry.old)
            ]
        else:
            sides = [
                Cell((marked(one, self._other(entry, one), self.names),), blocks=(one,)) if one else Cell()
                for one in (entry.new, entry.old)
            ]
        return sides[0], sides[1]

    def _other(self, entry: Entry, block: Block) -> tuple[Block | None, bool]:
        """What a block is compared with, and whether the block is the newer of the two."""
        if entry.state is State.BOTH:
            return (entry.old, True) if block is entry.new else (entry.new, False)
        return entry.elsewhere, entry.new is block

    # -- tables -------------------------------------------------------------------------

    def _table(self, run: Sequence[Node], parent: Node | None, opens: bool) -> Iterator[Row]:
        """The rows of a table in which something changed; its first row is always shown."""
        yield self._cells(run[0], parent, None, opens)
        last = run[0]
        for stays, group in itertools.groupby(run[1:], _stays):
            nodes = list(group)
            if stays:
                yield self._silent(nodes, parent, last, False)
            else:
                for before, node in itertools.pairwise((last, *nodes)):
                    yield self._cells(node, parent, before, False)
            last = nodes[-1]

    def _cells(self, node: Node, parent: Node | None, last: Node | None, opens: bool) -> Row:
        entry = node.entry
        new, old = cells_of(entry.new, entry.old, entry.elsewhere, self.names)
        return self._row(node, new, old, parent, last, opens)

    # -- rows ---------------------------------------------------------------------------

    def _row(
        self, node: Node, new: Cell, old: Cell, parent: Node | None, last: Node | None, opens: bool
    ) -> Row:
        """The row, with what stands opposite a clause that one side lacks."""
        entry = node.entry
        state = entry.state
        places = self.after if entry.new is not None else self.before
        alone = state is State.BOTH and not entry.is_kept  # a heading that changed stands for itself
        place = places.of(entry.block) if alone else places.article_of(entry.block)
        if state is State.BOTH:
            return Row(new, old, opens, _remark(node, new, old), place)
        begins = (parent is None or parent.entry.state is not state) and not _goes_on(last, node)
        remark = self._gap(entry)
        gap = Cell((said(f"（{remark}）"),)) if begins else Cell()
        if entry.new is None:
            return Row(gap, old, opens, remark, place)
        return Row(new, gap, opens, remark, place)

    def _gap(self, entry: Entry) -> str:
        if entry.state is State.ADDED:
            return _ADDED
        if entry.state is State.REMOVED:
            return _REMOVED
        assert entry.elsewhere is not None
        here = entry.state is State.MOVED_HERE
        place = (self.before if here else self.after).article_of(entry.elsewhere)
        return f"{place}{'から' if here else 'に'}移動" if place else "移動"


def _runs(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Clauses that share a row: silent ones of a kind; and the rows of one table."""
    run: list[Node] = []
    for node in nodes:
        if run and not _belongs(run, node):
            yield run
            run = []
        run.append(node)
    if run:
        yield run


def _belongs(run: list[Node], node: Node) -> bool:
    last = run[-1]
    if last.entry.block.is_row and node.entry.block.is_row:
        return all(_table_of(one, side) is _table_of(other, side)
                   for side in ("old", "new")
                   for one, other in [_latest(run, node, side)] if one and other)  # fmt: skip
    if not (_is_silent(last) and _is_silent(node)):
        return False
    if last.entry.block.is_row or node.entry.block.is_row:
        return False
    return _stays(last) and _stays(node) and _kind(last) == _kind(node)


def _latest(run: list[Node], node: Node, side: str) -> tuple[Node | None, Node | None]:
    """The last row of the run that a side has, and the node where that side has it."""
    before = next((one for one in reversed(run) if getattr(one.entry, side) is not None), None)
    return before, node if getattr(node.entry, side) is not None else None


def _table_of(node: Node, side: str) -> etree._Element | None:
    block: Block = getattr(node.entry, side)
    return next(block.elements[0].iterancestors("{*}tbl"), None)


def _stays(node: Node) -> bool:
    """Whether nothing in a clause changed but, perhaps, its number."""
    return node.is_quiet and node.entry.state is State.BOTH


def _is_silent(node: Node) -> bool:
    return node.is_quiet and node.entry.block.role not in _ALWAYS


def _kind(node: Node) -> object:
    """What may share a row with its like; a title or a table with a title never does."""
    role = node.entry.block.role
    if role in _NAMED and node.children:
        return node
    if role in _NUMBERED:
        numbered = node.numbered.block
        return (numbered.role, bool(numbered.number), node.is_renumbered)
    return ""


def _short(run: Sequence[Node], side: str, changed: bool) -> tuple[Line, ...]:
    """A run of clauses as （略）, with heading and number where there is one of them."""
    first, last = run[0], run[-1]
    block: Block = getattr(first.numbered, side)
    if len(run) == 1:
        heading: Block = getattr(first.entry, side)
        lines = (plain(heading),) if first.entry.block.role == "midashi" else ()
        if lines and block is heading:
            return lines
        return (*lines, elided(block.role, name_of(block), changed))
    numbers = [getattr(one.numbered, side).number for one in (first, last)]
    if block.role not in _NUMBERED or not all(numbers):
        return (elided("plain", "", False),)
    return (elided(block.role, ("・" if len(run) == 2 else "～").join(numbers), changed),)


def _remark(node: Node, new: Cell, old: Cell) -> str:
    if not node.entry.is_kept:
        return "変更"
    marks = any(span.is_marked for cell in (new, old) for line in cell.every_line() for span in line.spans)
    return "番号の変更" if marks else ""


def _goes_on(last: Node | None, node: Node) -> bool:
    """Whether a clause without a name of its own continues what stands before it."""
    return (
        last is not None
        and last.entry.state is node.entry.state
        and node.entry.block.role not in _NUMBERED | _HEADINGS
    )
