"""Which block of one paper is which of another: by bookmark, then heading, then text, never by number.

Hands out `align`, `Alignment`, `Pair` and `likeness`. Leans on `blocks` and `tokens`.

1. Blocks that carry the same bookmark are one: Kian names every 条, and most 項 and 号, so.
2. Articles with the same heading, in a paper that has it once, are one; a heading goes with its article.
3. Blocks with the same text after their number are one, first where the text stands once only.
4. Between blocks that are paired in both, the rest is paired in order by likeness of text.
5. What is left over and alike was moved. Pairs that cross the longest run of pairs in order were moved.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gen.compare.blocks import Block
from gen.compare.labels import N

__all__ = ["Alignment", "Pair", "align", "likeness"]

_ALIKE = 0.5  # paragraphs between two pairs
_MOVED = 0.75  # paragraphs anywhere
_LONG_ENOUGH = 8  # signs; a shorter text is moved only as part of what is around it
_MANY = 6_000  # pairs to weigh between two pairs; beyond, only texts of the same shape are paired
_STANDS = frozenset(("jo", "midashi", "row", "attach", "chapter"))  # never one by their place alone
_KIAN = "_k_"  # how the bookmarks of Kian's own names begin
_FIGURE = re.compile(rf"[0-9０-９][0-9０-９,，.．]*|第{N}(?=[条項号])")


@dataclass(frozen=True, slots=True)
class Pair:
    """A block of the old paper and what it is in the new one.

    Attributes:
        old: None where the block is inserted.
        new: None where it is deleted.
        moved: True where it stands among other neighbours now.
    """

    old: Block | None
    new: Block | None
    moved: bool = False

    @property
    def renumbered(self) -> bool:
        """True where only the place in the count differs (条ずれ)."""
        return self.old is not None and self.new is not None and self.old.number != self.new.number

    @property
    def changed(self) -> bool:
        """True where the text after the number differs, or one side is missing."""
        return self.old is None or self.new is None or self.old.body != self.new.body


@dataclass(frozen=True)
class Alignment:
    """Two rows of blocks beside one another.

    Attributes:
        pairs: in the order of the new paper; a deleted block stands after what preceded it in the
            old one. A moved block stands once, at its new place.
    """

    pairs: tuple[Pair, ...]

    def of_old(self) -> dict[int, Pair]:
        """The pair of each old block, by its index."""
        return {pair.old.index: pair for pair in self.pairs if pair.old is not None}

    def of_new(self) -> dict[int, Pair]:
        """The pair of each new block, by its index."""
        return {pair.new.index: pair for pair in self.pairs if pair.new is not None}


def align(old: Sequence[Block], new: Sequence[Block]) -> Alignment:
    """Pair the blocks of a part with those of another; rows only with rows."""
    found = _Pairs(old, new)
    found.by_names()
    found.by_headings()
    found.by_text()
    found.between()
    found.elsewhere()
    return Alignment(tuple(_in_order(found, old, new)))


def likeness(a: Block, b: Block) -> float:
    """How much two blocks have in common, 0 to 1; figures that differ count little."""
    if a.is_row != b.is_row or _are_others(a, b):
        return 0.0
    if a.body == b.body:
        return 1.0
    return 0.7 * _dice(_shape(a.body), _shape(b.body)) + 0.3 * _dice(a.body, b.body)


class _Pairs:
    """Pairs found so far, as indices of both sides."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new
        self.there: dict[int, int] = {}
        self.back: dict[int, int] = {}

    def put(self, a: int, b: int) -> None:
        if a not in self.there and b not in self.back and self.old[a].is_row == self.new[b].is_row:
            self.there[a], self.back[b] = b, a

    def by_names(self) -> None:
        where = {name: b for b, block in reversed(list(enumerate(self.new))) for name in block.names}
        for a, block in enumerate(self.old):
            for name in block.names:
                if name in where:
                    self.put(a, where[name])
        self._headings_of_pairs()

    def by_headings(self) -> None:
        self._once(lambda block: block.heading if block.role == "jo" and block.heading else None)
        self._headings_of_pairs()

    def by_text(self) -> None:
        self._once(lambda block: (block.role, block.heading, block.body) if len(block.body) > 1 else None)
        self._once(lambda block: block.body if len(block.body) >= _LONG_ENOUGH else None)

    def _once(self, key: Callable[[Block], Hashable]) -> None:
        """Pair what has a key that stands once on each side among what is not yet paired."""
        sides = []
        for blocks, taken in ((self.old, self.there), (self.new, self.back)):
            found: dict[Hashable, list[int]] = defaultdict(list)
            for at, block in enumerate(blocks):
                if at not in taken and (value := key(block)) is not None:
                    found[value].append(at)
            sides.append(found)
        for value, places in sides[0].items():
            others = sides[1].get(value, ())
            if len(places) == 1 and len(others) == 1:
                self.put(places[0], others[0])

    def _headings_of_pairs(self) -> None:
        for a, b in list(self.there.items()):
            before = (self.old[a - 1].role, self.new[b - 1].role) if a and b else ()
            if self.old[a].role == "jo" and before == ("midashi", "midashi"):
                self.put(a - 1, b - 1)

    def between(self) -> None:
        """Pair the rest in order, between neighbours that are paired and in order."""
        anchors = [(-1, -1), *_longest_run(sorted(self.there.items())), (len(self.old), len(self.new))]
        for (a, b), (c, d) in itertools.pairwise(anchors):
            left = [at for at in range(a + 1, c) if at not in self.there]
            right = [at for at in range(b + 1, d) if at not in self.back]
            if left and right:
                self._weigh(left, right)
                self._in_place((a, c), (b, d))

    def _in_place(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        """Pair what is alike in nothing but its place: another name in the same line of a signature."""
        steady = [
            (a, b) for a, b in sorted(self.there.items()) if old[0] < a < old[1] and new[0] < b < new[1]
        ]
        ends = [(old[0], new[0]), *_longest_run(steady), (old[1], new[1])]
        for (a, b), (c, d) in itertools.pairwise(ends):
            left = [at for at in range(a + 1, c) if at not in self.there]
            right = [at for at in range(b + 1, d) if at not in self.back]
            roles = [self.old[at].role for at in left]
            if roles and roles == [self.new[at].role for at in right] and not _STANDS.intersection(roles):
                for one, other in zip(left, right, strict=True):
                    if not _are_others(self.old[one], self.new[other]):
                        self.put(one, other)

    def _weigh(self, left: Sequence[int], right: Sequence[int]) -> None:
        if len(left) * len(right) > _MANY:
            self._same_shapes(left, right)
            return
        value = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
        like = [[likeness(self.old[a], self.new[b]) for b in right] for a in left]
        for i in range(len(left) - 1, -1, -1):
            for j in range(len(right) - 1, -1, -1):
                best = max(value[i + 1][j], value[i][j + 1])
                if like[i][j] >= _ALIKE:
                    best = max(best, value[i + 1][j + 1] + like[i][j])
                value[i][j] = best
        i = j = 0
        while i < len(left) and j < len(right):
            if like[i][j] >= _ALIKE and value[i][j] == value[i + 1][j + 1] + like[i][j]:
                self.put(left[i], right[j])
                i, j = i + 1, j + 1
            elif value[i][j] == value[i + 1][j]:
                i += 1
            else:
                j += 1

    def _same_shapes(self, left: Sequence[int], right: Sequence[int]) -> None:
        waiting: dict[str, list[int]] = defaultdict(list)
        for b in reversed(right):
            waiting[_shape(self.new[b].body)].append(b)
        last = -1
        for a in left:
            places = waiting[_shape(self.old[a].body)]
            while places and places[-1] < last:
                places.pop()
            if places:
                last = places.pop()
                self.put(a, last)

    def elsewhere(self) -> None:
        """Pair what is alike and stands among other neighbours now."""
        left = [a for a, block in enumerate(self.old) if a not in self.there and _can_move(block)]
        right = [b for b, block in enumerate(self.new) if b not in self.back and _can_move(block)]
        if len(left) * len(right) > _MANY:
            return
        found = [(likeness(self.old[a], self.new[b]), a, b) for a in left for b in right]
        for like, a, b in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
            if like >= _MOVED:
                self.put(a, b)
        self._headings_of_pairs()


def _are_others(a: Block, b: Block) -> bool:
    """Whether Kian named both and named them differently: two clauses, however alike they read."""
    first = {name for name in a.names if name.startswith(_KIAN)}
    second = {name for name in b.names if name.startswith(_KIAN)}
    return bool(first and second) and first.isdisjoint(second)


def _can_move(block: Block) -> bool:
    return len(block.body) >= _LONG_ENOUGH and not block.is_row


def _longest_run(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs, sorted by their first, whose second rise."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, b) in enumerate(pairs):
        place = bisect_left(tails, b)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(b)
            at.append(number)
        else:
            tails[place], at[place] = b, number
    out: list[tuple[int, int]] = []
    number = at[-1] if at else -1
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]


def _in_order(found: _Pairs, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    steady = dict(_longest_run(sorted(found.there.items())))
    gone: dict[int, list[Block]] = defaultdict(list)  # deleted blocks, by the steady new block before them
    last = -1
    for a, block in enumerate(old):
        if a in steady:
            last = steady[a]
        elif a not in found.there:
            gone[last].append(block)
    yield from (Pair(block, None) for block in gone[-1])
    for b, block in enumerate(new):
        if b in found.back:
            a = found.back[b]
            yield Pair(old[a], block, moved=a not in steady)
        else:
            yield Pair(None, block)
        yield from (Pair(one, None) for one in gone[b])


@lru_cache(maxsize=16_384)
def _shape(text: str) -> str:
    """The text with every figure alike, so that another sum is the same sentence."""
    return _FIGURE.sub("0", text)


def _dice(a: str, b: str) -> float:
    if a == b:
        return 1.0
    first, second = _pairs_of(a), _pairs_of(b)
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0


@lru_cache(maxsize=16_384)
def _pairs_of(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) if len(text) > 1 else Counter([text])
