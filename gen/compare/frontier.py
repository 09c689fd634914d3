"""How far a container has been woven, and tables in it: where the next block comes.

Hands out `Frontier`. Leans on `blocks`, `woven`, `alignment`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from gen.compare.alignment import Pair
from gen.compare.blocks import Block
from gen.compare.leaves import W
from gen.compare.woven import Task, level

__all__ = ["Frontier"]


class Frontier:
    """The place in a container of theirs behind which what comes next is put.

    Args:
        task: what is woven.
        container: body, header, footer or cell of theirs.
        theirs: its blocks.
        added: indices of those that only theirs has.
    """

    def __init__(
        self, task: Task, container: etree._Element, theirs: Sequence[Block], added: Iterable[int]
    ) -> None:
        self._task = task
        self.container = container
        self.cursor: etree._Element | None = None
        self.added = set(added)
        self._theirs = theirs
        self._at = -1  # index in theirs of the block at the cursor
        self._tables: dict[etree._Element, etree._Element] = {}
        self._cut: set[etree._Element] = set()  # tables of base of which ours makes two
        self._inside: etree._Element | None = None  # the table of ours in which the cursor stands

    def stand(self, block: Block | None, new: Block | None = None) -> None:
        """Go to a block of theirs; of a row, `new` is the one of ours."""
        if block is not None:
            self.cursor, self._at = block.elements[-1], block.index
            self._inside = _table(new.elements[0]) if new is not None and new.is_row else None

    def place(self) -> etree._Element | None:
        """The element after which a paragraph may stand: never inside of a table."""
        if self.cursor is None or self.cursor.tag != f"{W}tr":
            return self.cursor
        return _table(self.cursor)

    def pass_what_belongs_above(self, new: Block) -> None:
        """What a person added under the clause before stays under it."""
        at = self._at + 1
        while at < len(self._theirs) and at in self.added and level(new) < level(self._theirs[at]):
            self.stand(self._theirs[at])
            at += 1

    def is_cut_off(self, old: Block, there: Block) -> bool:
        """Whether ours cut the table of a row in two, and the row stands before the cut still."""
        return _table(old.elements[0]) in self._cut and self.is_past(there.elements[0])

    def is_past(self, inside: etree._Element) -> bool:
        """Whether what was placed last stands behind the table of a row."""
        table = self._top(inside)
        here = self._top(self.cursor) if self.cursor is not None else None
        if here is None or table is None or here is table:
            return False
        return self.container.index(here) > self.container.index(table)

    def _top(self, element: etree._Element) -> etree._Element | None:
        """The child of the container in which an element stands."""
        here: etree._Element | None = element
        while here is not None and here.getparent() is not self.container:
            here = here.getparent()
        return here

    # -- rows ---------------------------------------------------------------------------------

    def learn_tables(self, pairs: Iterable[Pair], there: Callable[[Block], Block | None]) -> None:
        """Which table of theirs is which of ours, by any row that both have; and which ours cuts in two."""
        halves: dict[etree._Element, etree._Element] = {}
        for pair in pairs:
            if pair.old is not None and pair.old.is_row and pair.new is not None and not pair.moved:
                table, half = _table(pair.old.elements[0]), _table(pair.new.elements[0])
                if halves.setdefault(table, half) is not half:
                    self._cut.add(table)
            row = there(pair.old) if pair.old is not None else None
            if pair.new is not None and pair.new.is_row and row is not None and not pair.moved:
                self._tables.setdefault(_table(pair.new.elements[0]), _table(row.elements[0]))

    def insert_rows(self, rows: list[Block]) -> list[Block]:
        """Put rows that stand together in ours where they belong; gives what is left, nothing."""
        while rows:
            ours = _table(rows[0].elements[0])
            together = [row for row in rows if _table(row.elements[0]) is ours]
            rows = rows[len(together) :]
            theirs = self._tables.get(ours)
            if self._inside is ours and self.cursor is not None and self.cursor.tag == f"{W}tr":
                self._add_rows(together, _table(self.cursor))  # the row before stands there
            elif theirs is not None and theirs.getparent() is not None and not self.is_past(theirs):
                self._add_rows(together, theirs)
            else:
                self.cursor = self._task.placer.insert_table(together, self.place(), self.container)
                self._tables[ours] = _table(self.cursor)
            self._inside = ours
            self._task.woven.changes += len(together)
        return rows

    def _add_rows(self, rows: Sequence[Block], table: etree._Element) -> None:
        here = self.cursor if self.cursor is not None and self.cursor.tag == f"{W}tr" else None
        if here is not None and _table(here) is not table:
            here = None
        for row in rows:
            if here is not None:
                here = self._task.placer.insert_row(row, here, before=False)
            else:
                here = self._task.placer.insert_row(row, next(table.iter(f"{W}tr")), before=True)
        self.cursor = here


def _table(row: etree._Element) -> etree._Element:
    return next(row.iterancestors(f"{W}tbl"))
