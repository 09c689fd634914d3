"""What weaving is asked and what it found: its settings, its conflicts, and when two blocks read the same.

Hands out `Task`, `Woven`, `Conflict`, `Spot` and `level`. Leans on `blocks`, `line`, `placing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from gen.compare.blocks import Block
from gen.compare.leaves import W
from gen.compare.line import Word, words_of
from gen.compare.pen import Pen
from gen.compare.pictures import METAFILE
from gen.compare.placing import Placer
from gen.word.package import Package

__all__ = ["ARTICLE", "Conflict", "Spot", "Task", "Woven", "level"]

_LEVELS = {
    "title": 0, "title2": 0, "attach": 0, "chapter": 1, "midashi": 2, "jo": 2, "ko": 3, "go": 4, "sai": 5, "sai2": 6,
}  # fmt: skip
_DEEP = 9
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_THINGS = (
    *(
        f"{W}{kind}"
        for kind in ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "sym", "ruby")
    ),
    f"{_MATH}oMath",
)
ARTICLE = _LEVELS["jo"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in theirs a conflict shows: the first and the last run of it, or a whole paragraph."""

    first: etree._Element
    last: etree._Element


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that a person and the facts changed differently.

    Attributes:
        kind: `text` (both changed the same words), `gone` (a person took out what the facts change),
            `kept` (a person changed what the facts take out).
        theirs: the person's words.
        ours: what the facts make.
        base: what stood there before.
        block: of ours where there is one, else of base.
        spot: where it shows; of one in a header or footer, at last the head of the text.
    """

    kind: str
    theirs: str
    ours: str
    base: str
    block: Block
    spot: Spot


@dataclass
class Woven:
    """What weaving did.

    Attributes:
        changes: how many places were changed.
        conflicts: where a person must decide.
        package: of theirs, with the parts of the pictures that came; None before the end.
    """

    changes: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    package: Package | None = None


@dataclass
class Task:
    """What is woven, and how.

    Attributes:
        placer, pen: write the changes.
        names: proper nouns that are one word.
        symbolic: True to leave numbers of articles and shown citations as theirs has them.
        skip: blocks of ours or base that are left alone.
        remarks: where in theirs the comments of persons stand.
        drawn: the drawings of base and ours, by the text that stands for them.
        woven: what was done so far.
    """

    placer: Placer
    pen: Pen
    names: tuple[str, ...]
    symbolic: bool
    skip: Callable[[Block], bool]
    remarks: Collection[etree._Element] = ()
    drawn: Mapping[str, str] = field(default_factory=dict)
    woven: Woven = field(default_factory=Woven)

    def words(self, block: Block) -> tuple[Word, ...]:
        """A paragraph in words."""
        words = words_of(block.elements, self.names, block.number, block.pictures)
        return tuple(map(self._known, words)) if block.pictures else words

    def _known(self, word: Word) -> Word:
        """A drawing that was saved as another program's metafile is the one that says the same."""
        if word.picture is None or word.picture.digest != METAFILE:
            return word
        return word._replace(picture=word.picture._replace(digest=self.drawn.get(word.text, METAFILE)))

    def pictures(self, block: Block) -> list[str]:
        """The digests of the drawings of a paragraph or row."""
        if not block.pictures:
            return []
        units = [one for cell in block.cells for one in cell] if block.is_row else [block]
        return [word.picture.digest for one in units for word in self.words(one) if word.picture is not None]

    def same(self, a: Block, b: Block) -> bool:
        """Whether two blocks read the same and hold the same things beside their text."""
        if a is b:
            return True
        if a.is_row:
            return len(a.cells) == len(b.cells) and all(
                len(x) == len(y) and all(map(self.same, x, y)) for x, y in zip(a.cells, b.cells, strict=True)
            )
        return self._keys(a) == self._keys(b) and self._things(a) == self._things(b)

    def _keys(self, block: Block) -> list[Hashable]:
        return [word.key(self.symbolic) for word in self.words(block)]

    def _things(self, block: Block) -> Counter[tuple[str, str]]:
        """What a paragraph holds beside its text, with what is said in it: pictures, text boxes, notes,
        equations, signs of a font of their own, and the comments of persons."""
        found: Counter[tuple[str, str]] = Counter()
        for element in block.elements:
            for one in element.iter(*_THINGS):
                found[
                    one.tag, one.get(f"{W}char", "") + "".join(map(str, one.itertext(f"{W}t", f"{_MATH}t")))
                ] += 1
            for one in element.iter(f"{W}commentReference"):
                found[one.tag, ""] += one in self.remarks
        return +found

    def conflict(
        self, kind: str, theirs: str, ours: str, base: str, block: Block, elements: Sequence[etree._Element]
    ) -> None:
        """Note a conflict that concerns whole paragraphs."""
        if elements:
            spot = Spot(elements[0], elements[-1])
            self.woven.conflicts.append(Conflict(kind, theirs, ours, base, block, spot))


def level(block: Block) -> int:
    """How deep a block stands: 別記 0, 章 1, 条 2, 項 3 …; what belongs to the block before it, deepest."""
    return _LEVELS.get(block.role, _DEEP)
