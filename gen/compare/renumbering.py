"""Numbers and citations of an edited paper mended: as tracked changes, or as found wrong.

Hands out `renumber` and `Renumbered`. Citations by field follow their bookmark; a literal 第5条 follows the
article that had this number, unless a law's name stands before it. What two articles claim, or none,
is said and left. Leans on `counting`, `relatives` and `line`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gen.compare.blocks import Block, Paper
from gen.compare.counting import Counted, count_anew, number_of
from gen.compare.labels import N
from gen.compare.line import Line, Word, words_of
from gen.compare.pen import Pen
from gen.compare.relatives import found_in, meant_by_number, meant_by_place

__all__ = ["Renumbered", "renumber"]

_CITED = re.compile(rf"第(?P<n>{N})条(?P<branch>(?:の{N})*)(?:第(?P<ko>{N})項)?")
_FOREIGN = re.compile(r"(?:法|令|規則|条例|約款|規程|要綱|要領|基準|指針|契約書|協定書|[）)〕」])$")
_JOINER = re.compile(
    rf"(?:第{N}項|第{N}号|各号|ただし書|本文|前段|後段|まで|から|及び|並びに|又は|若しくは|、|の規定|\s)*"
)


class _Edit(NamedTuple):
    start: int
    end: int
    text: str
    target: str
    inner: bool = False  # the shown text of the field itself


@dataclass
class Renumbered:
    """What was mended, and what a person must look at.

    Attributes:
        numbers: clauses that have another number now: old, new.
        citations: how many citations follow.
        findings: Japanese, each with the line in which it stands.
    """

    numbers: list[tuple[str, str]] = field(default_factory=list)
    citations: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def is_ok(self) -> bool:
        """True when nothing was wrong."""
        return not (self.numbers or self.citations or self.findings)


def renumber(paper: Paper, pen: Pen) -> Renumbered:
    """Mend the numbers of the body and what cites them; the paper's trees are changed."""
    pen.start_after(list(paper.roots.values()))
    counted = count_anew(paper.body)
    told = Renumbered()
    edits: dict[int, list[_Edit]] = defaultdict(list)
    for one in counted:
        if one.new != one.old:
            edits[one.block.index].append(_Edit(0, len(one.old), one.new, ""))
            told.numbers.append((_said(one, one.old), _said(one, one.new)))
    desk = _Desk(paper.body, counted, told)
    for block in paper.body:
        for row in block.cells or ((block,),):
            for line in row:
                found = list(desk.citations(line, block))
                if block.is_row:
                    _apply(line, found, pen)
                else:
                    edits[block.index] += found
    for block in paper.body:
        if not block.is_row:
            _apply(block, edits[block.index], pen)
    return told


def _apply(block: Block, edits: Iterable[_Edit], pen: Pen) -> None:
    line = Line(block.elements, pen)
    for edit in sorted(edits, reverse=True):
        line.replace(edit.start, edit.end, (Word(edit.text, edit.target),), inner=edit.inner)


def _said(one: Counted, number: str) -> str:
    """A clause as a person names it: 第5条, 第5条の項2, 第5条の号(1)."""
    unit = {"ko": "項", "go": "号"}.get(one.block.role, "")
    return f"{one.block.owner}の{unit}{number}" if unit else number


@dataclass
class _Desk:
    """What citations need to know: which clause has which number, before and after."""

    blocks: Sequence[Block]
    counted: Sequence[Counted]
    told: Renumbered

    def __post_init__(self) -> None:
        self.meant, self.beside = meant_by_number(self.blocks, self.counted), meant_by_place(self.blocks)
        self.shown: dict[str, str] = {}
        self.scope: dict[int, int] = {}
        self._places: list[int] = []
        self.articles: dict[tuple[int, str], list[Counted]] = defaultdict(list)
        self.kos: dict[tuple[int, int], list[Counted]] = defaultdict(list)
        new = {one.block.index: one.new for one in self.counted}
        for block in self.blocks:
            number = new.get(block.index, block.number)
            shown = number.strip("()（）") if block.role == "go" else number
            self.shown.update(dict.fromkeys(block.names, shown))
        for one in self.counted:
            self.scope[one.block.index] = one.scope
            self._places.append(one.block.index)
            if one.block.role == "jo":
                self.articles[one.scope, _plain(one.old)].append(one)
            elif one.block.role == "ko":
                self.kos[one.article, number_of(one.old.rstrip(".．"))].append(one)

    def citations(self, line: Block, block: Block) -> Iterator[_Edit]:
        """What of a paragraph must cite anew."""
        at = 0
        masked = ""
        for word in words_of(line.elements, (), line.number):
            if word.target or word.fixed or word.number:
                if word.target:
                    yield from self._field(word, at, line)
                masked += "\0" * len(word.text)
            else:
                masked += word.text
            at += len(word.text)
        yield from self._literals(masked, line, block)
        if line is block:
            yield from self._relatives(block)

    def _relatives(self, block: Block) -> Iterator[_Edit]:
        """前条 and 次条 beside which another article stands now."""
        for at, word in found_in(block):
            target = self.meant(block, word)
            if target is not None and self.beside(block, word) is not target:
                self.told.citations += 1
                name = next(name for name in target.names if name.startswith("_k_"))
                yield _Edit(at, at + len(word), self.shown[name], name)

    def _field(self, word: Word, at: int, line: Block) -> Iterator[_Edit]:
        if not word.target.startswith("_k_"):
            return
        shown = self.shown.get(word.target)
        if shown is None:
            self.told.findings.append(f"「{word.text}」の引用先がこの文書にありません：{_near(line)}")
        elif shown and shown != word.text:
            self.told.citations += 1
            yield _Edit(at, at + len(word.text), shown, word.target, inner=True)

    def _literals(self, text: str, line: Block, block: Block) -> Iterator[_Edit]:
        scope = self._scope_of(block)
        foreign_until = -1
        for found in _CITED.finditer(text):
            before = text[: found.start()]
            carried = foreign_until >= 0 and _JOINER.fullmatch(text[foreign_until : found.start()])
            if _FOREIGN.search(before) or carried:
                foreign_until = found.end()
                continue
            yield from self._literal(found, scope, line)

    def _literal(self, found: re.Match[str], scope: int, line: Block) -> Iterator[_Edit]:
        number = (
            found.group(0) if not found["ko"] else found.group(0)[: found.start("ko") - 1 - found.start()]
        )
        meant = self.articles.get((scope, _plain(number)), [])
        named = [one for one in meant if one.block.names] or meant
        if not meant:
            self.told.findings.append(f"「{number}」に当たる条がこの文書にありません：{_near(line)}")
        elif len(named) > 1:
            self.told.findings.append(f"「{number}」がどの条を指すか決められません：{_near(line)}")
        else:
            if named[0].new != named[0].old:
                self.told.citations += 1
                yield _Edit(found.start(), found.start() + len(number), named[0].new, "")
            if found["ko"]:
                yield from self._ko(found, named[0])

    def _ko(self, found: re.Match[str], article: Counted) -> Iterator[_Edit]:
        rows = self.kos.get((article.block.index, number_of(found["ko"])), [])
        if len(rows) == 1 and rows[0].new != rows[0].old:
            self.told.citations += 1
            yield _Edit(found.start("ko"), found.end("ko"), rows[0].new.rstrip(".．"), "")

    def _scope_of(self, block: Block) -> int:
        before = bisect_right(self._places, block.index)
        return self.scope[self._places[before - 1]] if before else 0


def _plain(number: str) -> str:
    """第１２条の２ as 12-2, to find it by."""
    return "-".join(str(number_of(one)) for one in re.findall(N, number.replace("第", "").replace("条", "")))


def _near(block: Block) -> str:
    text = block.text.replace("\n", " ")
    return text if len(text) <= 40 else f"{text[:40]}…"
