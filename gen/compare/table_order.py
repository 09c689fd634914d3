"""Two papers in one row of entries that keeps the order of both, and the tree of their clauses.

Hands out `Entry`, `Node`, `State`, `entries` and `tree`. A clause that moved stands twice: where it
was, in the old column, and where it is, in the new one; so each column reads as its paper.
Leans on `alignment` and `blocks`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from gen.compare.alignment import align
from gen.compare.blocks import Block, Paper

__all__ = ["ARTICLE", "Entry", "Node", "State", "entries", "tree"]

ARTICLE = 2
"""The level of an article, an item of the 頭書 or a table with its title: what one box holds."""
_LEAF = 9
_LEVELS = {
    "title": 0, "title2": 0, "attach": 0,
    "chapter": 1, "subtitle": 1, "preamble": 1, "closing": 1, "date": 1, "sign": 1, "signend": 1,
    "midashi": ARTICLE, "jo": ARTICLE, "head": ARTICLE, "caption": ARTICLE,
    "headsub": 3, "ko": 4, "go": 5, "sai": 6, "sai2": 7,
}  # fmt: skip
_CHILDLESS = frozenset(("subtitle", "preamble", "closing", "date", "headsub"))


class State(Enum):
    """What became of a block."""

    BOTH = "both"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_HERE = "moved here"
    MOVED_AWAY = "moved away"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A block of either paper, beside what it is in the other one.

    Attributes:
        old: in the old column; None where that has nothing here.
        new: in the new column; likewise.
        state: what became of it.
        level: how deep it stands, 0 for a title.
        elsewhere: of a block that moved: the same block in the other paper.
    """

    old: Block | None
    new: Block | None
    state: State
    level: int
    elsewhere: Block | None = None

    @property
    def block(self) -> Block:
        """The block as the new paper has it, else as the old one has it."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def other(self) -> Block | None:
        """What the block is compared with: the old text of a new block, the new text of an old one."""
        return self.elsewhere if self.elsewhere is not None else self.old if self.new else None

    @property
    def is_kept(self) -> bool:
        """True where the text after the number is the same in both papers, and both have a number or none."""
        other, block = self.other, self.block
        return (
            other is not None
            and rest(other) == rest(block)
            and other.is_row == block.is_row
            and bool(other.number) == bool(block.number)
        )

    @property
    def is_renumbered(self) -> bool:
        """True where the number differs."""
        return self.other is not None and self.other.number != self.block.number


@dataclass(eq=False)
class Node:
    """An entry with all that belongs to it: an article with its 項, a 項 with its 号."""

    entry: Entry
    children: list[Node] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """True where nothing in it changed but, perhaps, its own number or place."""
        state, heading = self.entry.state, self.entry.block.role == "midashi"
        return self.entry.is_kept and all(
            child.entry.state is state
            and child.is_quiet
            and (not child.entry.is_renumbered or (heading and child.entry.block.role == "jo"))
            for child in self.children
        )

    @property
    def is_renumbered(self) -> bool:
        """True where its number differs; of an article with a heading, that of its 条."""
        return any(one.is_renumbered for one in (self.entry, *(child.entry for child in self._article())))

    @property
    def numbered(self) -> Entry:
        """The entry that has the number: of an article with a heading, its 条."""
        return next((child.entry for child in self._article()), self.entry)

    def _article(self) -> Iterator[Node]:
        if self.entry.block.role == "midashi":
            yield from (child for child in self.children[:1] if child.entry.block.role == "jo")

    def walk(self) -> Iterator[Entry]:
        """Its entries in order."""
        yield self.entry
        for child in self.children:
            yield from child.walk()


def rest(block: Block) -> str:
    """The text after the number, with what stands between."""
    return block.text[len(block.number) :]


def entries(old: Paper, new: Paper) -> tuple[Entry, ...]:
    """Both papers as one row: read by `old` it is the old paper, read by `new` the new one."""
    pairs = align(old.body, new.body).pairs
    deep = dict(zip(old.body, _levels(old.body), strict=True))
    deep.update(zip(new.body, _levels(new.body), strict=True))
    after = {pair.old: pair.new for pair in pairs if pair.old and pair.new}
    before = {pair.new: pair.old for pair in pairs if pair.old and pair.new}
    steady = {pair.old: pair.new for pair in pairs if pair.old and pair.new and not pair.moved}

    def gone(block: Block) -> Entry:
        state = State.MOVED_AWAY if block in after else State.REMOVED
        return Entry(block, None, state, deep[block], after.get(block))

    def come(block: Block) -> Entry:
        state = State.MOVED_HERE if block in before else State.ADDED
        return Entry(None, block, state, deep[block], before.get(block))

    out: list[Entry] = []
    a = b = 0
    ends = [*((one.index, other.index) for one, other in steady.items()), (len(old.body), len(new.body))]
    for c, d in ends:
        out.extend(_woven([gone(one) for one in old.body[a:c]], [come(one) for one in new.body[b:d]]))
        if c < len(old.body):
            out.append(Entry(old.body[c], new.body[d], State.BOTH, deep[new.body[d]]))
        a, b = c + 1, d + 1
    return tuple(out)


def _levels(blocks: Sequence[Block]) -> Iterator[int]:
    for before, block in itertools.pairwise((None, *blocks)):
        assert block is not None
        level = _LEVELS.get(block.role, _LEAF)
        under_heading = block.role == "jo" and before is not None and before.role == "midashi"
        signs_on = block.role in ("sign", "signend") and block.text.startswith(("\t", "　", " "))
        if under_heading or signs_on:
            level += 1
        elif block.role == "note":
            level = _LEAF - 1 if block.text.strip() == "備考" else _LEAF
        yield level


def _woven(old: list[Entry], new: list[Entry]) -> Iterator[Entry]:
    """What only one paper has, so that what ends an article stands before what begins another."""
    for level in range(_LEAF - 1, -2, -1):
        for rows in (old, new):
            while rows and rows[0].level > level:
                yield rows.pop(0)


def tree(row: Sequence[Entry]) -> list[Node]:
    """The entries as clauses; walked in order, the tree gives the row again."""
    top: list[Node] = []
    open_: list[Node] = []
    for entry in row:
        node = Node(entry)
        while open_ and (open_[-1].entry.level >= entry.level or _is_childless(open_[-1].entry)):
            open_.pop()
        (open_[-1].children if open_ else top).append(node)
        open_.append(node)
    return top


def _is_childless(entry: Entry) -> bool:
    return entry.level == _LEAF or entry.block.role in _CHILDLESS
