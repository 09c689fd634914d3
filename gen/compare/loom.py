"""Weaving one container of three papers: the body, a header, a cell.

Hands out `Loom`. Walks ours in its order beside base, and changes theirs. What is done in which case stands
in `weaving`. Leans on `alignment`, `frontier`, `line`, `threeway`, `woven`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from gen.compare.alignment import Alignment, Pair, align
from gen.compare.blocks import Block
from gen.compare.frontier import Frontier
from gen.compare.leaves import W
from gen.compare.line import Line
from gen.compare.threeway import Edit, edits
from gen.compare.woven import ARTICLE, Conflict, Spot, Task, level

__all__ = ["Loom"]


class Loom:
    """Weaves the blocks of a container.

    Args:
        task: what is woven, and how.
        base, theirs, ours: the blocks of the container in each paper.
        container: of theirs.
    """

    def __init__(
        self,
        task: Task,
        base: Sequence[Block],
        theirs: Sequence[Block],
        ours: Sequence[Block],
        container: etree._Element,
    ) -> None:
        self.task = task
        self.base, self.theirs = base, theirs
        self.reformed: Block | None = None
        with_theirs = Alignment(tuple(map(Pair, base, theirs))) if base is theirs else align(base, theirs)
        self._of_base = {index: pair.new for index, pair in with_theirs.of_old().items()}
        added = (one.new.index for one in with_theirs.pairs if one.old is None and one.new is not None)
        self.front = Frontier(task, container, theirs, added)
        self.pairs = self._last_with_last(align(base, ours).pairs, base, ours)
        self.kept: frozenset[int] = frozenset()

    def weave(self) -> None:
        """Do it."""
        self.front.learn_tables(self.pairs, self._there)
        self.kept = self._articles_kept(self.base, self.pairs)
        waiting: list[Block] = []
        for pair in self.pairs:
            if pair.new is not None and pair.new.is_row and self._comes_anew(pair):
                waiting.append(pair.new)
                continue
            waiting = self.front.insert_rows(waiting)
            self._one(pair)
        self.front.insert_rows(waiting)

    def _there(self, old: Block) -> Block | None:
        """What a block of base is in theirs."""
        return self._of_base.get(old.index)

    def _last_with_last(
        self, pairs: Sequence[Pair], base: Sequence[Block], ours: Sequence[Block]
    ) -> tuple[Pair, ...]:
        """The last paragraph of a container cannot go, only its text: what comes last takes its place."""
        last = (base[-1], ours[-1]) if base and ours else None
        if last is None or any(one.is_row for one in last):
            return tuple(pairs)
        gone, come = Pair(last[0], None), Pair(None, last[1])
        if gone not in pairs or come not in pairs:
            return tuple(pairs)
        self.reformed = last[1]
        return tuple(Pair(*last) if pair == come else pair for pair in pairs if pair != gone)

    def _one(self, pair: Pair) -> None:
        if any(one is not None and self.task.skip(one) for one in (pair.old, pair.new)):
            there = self._there(pair.old) if pair.old is not None else None
            self.front.stand(there)
        elif pair.new is None:
            assert pair.old is not None
            self._gone(pair.old)
        elif pair.old is None:
            self._come(pair.new)
        else:
            self._both(pair.old, pair.new, moved=pair.moved)

    def _comes_anew(self, pair: Pair) -> bool:
        """Whether a row is inserted; one that moved is deleted where it stood."""
        if pair.old is None:
            return True
        there = self._there(pair.old)
        if (
            there is None
            or not (pair.moved or self.front.is_cut_off(pair.old, there))
            or not self.task.same(pair.old, there)
        ):
            return False
        self.task.placer.delete_row(there.elements[0])
        return True

    # -- a block of base that ours no longer has ----------------------------------------------

    def _gone(self, old: Block) -> None:
        there = self._there(old)
        if there is None:
            return
        if old.index in self.kept:
            self.front.stand(there)
        elif not self.task.same(old, there):
            self.front.stand(there)
            self.task.conflict("kept", there.text, "", old.text, old, there.elements)
        else:
            self.task.woven.changes += 1
            if there.is_row:
                self.task.placer.delete_row(there.elements[0])  # what comes next may stand before its table
                return
            self.task.placer.delete(there.elements)
            if there.elements[-1].getparent() is not None:
                self.front.stand(there)

    def _articles_kept(self, base: Sequence[Block], pairs: Sequence[Pair]) -> frozenset[int]:
        """Articles that ours takes out although a person wrote in them; with one conflict each."""
        gone = {pair.old.index for pair in pairs if pair.old is not None and pair.new is None}
        kept: set[int] = set()
        for number, block in enumerate(base):
            if block.role != "jo" or number not in gone:
                continue
            last = next((at for at in range(number + 1, len(base)) if level(base[at]) <= ARTICLE), len(base))
            first = number - 1 if number and base[number - 1].role == "midashi" else number
            whole = range(first, last)
            if all(at in gone for at in whole) and self._wrote_in(base, whole):
                kept.update(whole)
                if (there := self._there(block)) is not None:
                    self.task.conflict("kept", there.text, "", block.text, block, there.elements)
        return frozenset(kept)

    def _wrote_in(self, base: Sequence[Block], whole: range) -> bool:
        found = [there for at in whole if (there := self._there(base[at])) is not None]
        if not found:
            return False
        inside = range(min(one.index for one in found), max(one.index for one in found) + 1)
        after = inside.stop
        while after in self.front.added and level(self.theirs[after]) > ARTICLE:
            after += 1
        changed = any(
            not self.task.same(base[at], there)
            for at in whole
            if (there := self._there(base[at])) is not None
        )
        return changed or any(at in self.front.added for at in range(inside.start, after))

    # -- a block that only ours has -----------------------------------------------------------

    def _come(self, new: Block) -> None:
        twin = next(
            (
                one
                for at in sorted(self.front.added)
                if (one := self.theirs[at]).body == new.body
                and one.role == new.role
                and self.task.pictures(one) == self.task.pictures(new)
            ),
            None,
        )
        if twin is not None and len(new.body) > 1:
            self.front.added.discard(twin.index)  # the person wrote the same already
            self.front.stand(twin)
            return
        self.front.pass_what_belongs_above(new)
        self.front.cursor = self.task.placer.insert(new, self.front.place(), self.front.container)
        self.task.woven.changes += 1

    # -- a block of both ----------------------------------------------------------------------

    def _both(self, old: Block, new: Block, *, moved: bool) -> None:
        there = self._there(old)
        unchanged = old.text == new.text and old.cites == new.cites
        unchanged = unchanged and self.task.pictures(old) == self.task.pictures(new)
        if there is None:
            if not unchanged and not self.task.same(old, new):
                self._put_back(old, new)
            return
        if unchanged and not moved:
            self.front.stand(there, new)
            return
        if new.is_row:
            self.front.stand(there, new)
            self._row(old, there, new)
        elif moved and self.task.same(old, there) and there.elements[-1] is not self.front.cursor:
            self._move(there, new)
        else:
            self._text(old, there, new)
            if new is self.reformed:
                self.task.placer.reform(there.elements[-1], new)
            self.front.stand(there)

    def _move(self, there: Block, new: Block) -> None:
        place = self.front.place()
        self.task.placer.delete(there.elements)
        if place is not None and place.getparent() is None:
            place = None
        self.front.cursor = self.task.placer.insert(new, place, self.front.container)
        self.task.woven.changes += 1

    def _put_back(self, old: Block, new: Block) -> None:
        """A person took out what the facts change: the new text comes, with a question."""
        if new.is_row:
            rows = self.front.insert_rows([new])
            assert not rows
            elements: tuple[etree._Element, ...] = (
                tuple(self.front.cursor.iter(f"{W}p")) if self.front.cursor is not None else ()
            )
        else:
            self.front.cursor = self.task.placer.insert(new, self.front.place(), self.front.container)
            elements = (self.front.cursor,)
            self.task.woven.changes += 1
        self.task.conflict("gone", "", new.text, old.text, new, elements)

    def _text(self, old: Block, there: Block, new: Block) -> None:
        found = edits(
            self.task.words(old), self.task.words(there), self.task.words(new), symbolic=self.task.symbolic
        )
        line = Line(there.elements, self.task.pen)
        for edit in reversed(found):
            self._write(line, edit, there, new)

    def _write(self, line: Line, edit: Edit, there: Block, new: Block) -> None:
        if not edit.conflict:
            line.replace(edit.start, edit.end, edit.words, inner=edit.inner)
            self.task.woven.changes += 1
            return
        runs = line.replace(edit.end, edit.end, edit.words) if edit.words else []
        self.task.woven.changes += bool(runs)
        theirs = line.runs(edit.start, edit.end)
        shown = [*theirs, *runs]
        spot = Spot(shown[0], shown[-1]) if shown else Spot(there.elements[0], there.elements[-1])
        said = "".join(word.text for word in edit.words)
        self.task.woven.conflicts.append(Conflict("text", edit.theirs, said, edit.base, new, spot))

    def _row(self, old: Block, there: Block, new: Block) -> None:
        if not len(old.cells) == len(there.cells) == len(new.cells):
            if self.task.same(old, new):
                return
            if len(old.cells) != len(new.cells) and self.task.same(old, there):
                self.front.cursor = self.task.placer.insert_row(new, there.elements[0], before=False)
                self.task.placer.delete_row(there.elements[0])
                self.task.woven.changes += 1
                return
            old, there, new = (_one_cell(row) for row in (old, there, new))
        for a, t, o in zip(old.cells, there.cells, new.cells, strict=True):
            cell = next(t[0].elements[0].iterancestors(f"{W}tc"), None) if t else None
            if cell is not None:
                Loom(self.task, a, t, o, cell).weave()


def _one_cell(row: Block) -> Block:
    """A row as if all of its paragraphs stood in one cell: a person put columns in, or joined cells."""
    inside = tuple(block for cell in row.cells for block in cell)
    return replace(row, cells=(tuple(replace(one, index=at) for at, one in enumerate(inside)),))
