"""Relative references, 前条, 次条 and 前項, that keep their meaning where articles are put in, moved or split.

Hands out `keep_meanings`, `meant_by_place`, `meant_by_number` and `found_in`. What such a word means is asked of
the paper in which it was true, by the places of its clauses; of a paper alone, by the numbers that it prints still.
Leans on `alignment`, `counting`, `line`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from gen.compare.alignment import align
from gen.compare.blocks import Block, Paper
from gen.compare.counting import Counted, number_of
from gen.compare.line import Line, Word
from gen.compare.pen import Pen

__all__ = ["Meaning", "found_in", "keep_meanings", "meant_by_number", "meant_by_place"]

Meaning = Callable[[Block, str], Block | None]
"""Which clause a relative reference in a block means; None where there is none, or it cannot be told."""

_RELATIVE = re.compile("前条|次条|前項")
_STEP = {"前条": -1, "次条": 1, "前項": -1}


def found_in(block: Block) -> Iterator[tuple[int, str]]:
    """The relative references of a paragraph: where, which."""
    yield from ((found.start(), found.group()) for found in _RELATIVE.finditer(block.text))


class _Places:
    """In which article and 項 each block stands, and what stands beside these."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.articles: list[list[Block]] = [[]]  # a row a part of the paper: body, 附則, 別記
        self.kos: dict[int, list[Block]] = {}
        self.inside: dict[int, tuple[int, Block, Block]] = {}  # part, article, 項 of each block
        for block in blocks:
            if block.role == "attach":
                self.articles.append([])
            if block.role == "jo":
                self.articles[-1].append(block)
                self.kos[block.index] = [block]
            row = self.articles[-1]
            if not row or block.role == "midashi":
                continue
            kos = self.kos[row[-1].index]
            if block.role == "ko":
                kos.append(block)
            self.inside[block.index] = (len(self.articles) - 1, row[-1], kos[-1])

    def beside(self, block: Block, word: str) -> Block | None:
        if block.index not in self.inside:
            return None
        part, article, ko = self.inside[block.index]
        row, here = (self.kos[article.index], ko) if word.endswith("項") else (self.articles[part], article)
        at = row.index(here) + _STEP[word]
        return row[at] if 0 <= at < len(row) else None


def meant_by_place(blocks: Sequence[Block]) -> Meaning:
    """The clause that stands directly before or behind."""
    return _Places(blocks).beside


def meant_by_number(blocks: Sequence[Block], counted: Sequence[Counted]) -> Meaning:
    """Of an article that Kian named: the one that Kian named and that has the number before or behind still."""
    articles = {
        (one.scope, number_of(_digits(one.old))): one.block
        for one in counted
        if one.block.role == "jo" and _is_named(one.block) and "の" not in one.old
    }
    own = {one.block.index: one for one in counted if one.block.role == "jo"}
    inside = _Places(blocks).inside

    def meant(block: Block, word: str) -> Block | None:
        article = inside[block.index][1] if block.index in inside else None
        if article is None or word.endswith("項") or article.index not in own or not _is_named(article):
            return None
        one = own[article.index]
        if "の" in one.old:
            return None
        return articles.get((one.scope, number_of(_digits(one.old)) + _STEP[word]))

    return meant


def keep_meanings(base: Paper, paper: Paper, pen: Pen) -> tuple[int, list[str]]:
    """Word by number what does not stand beside its target any more, as tracked changes.

    Args:
        base: in which each relative reference is true.
        paper: what a person made of it; its trees are changed.
        pen: writes the changes.

    Returns:
        how many were worded anew, and Japanese findings where the target is gone.
    """
    meant, places = meant_by_place(base.body), _Places(paper.body)
    there = {index: pair.new for index, pair in align(base.body, paper.body).of_old().items()}
    count, lost = 0, []
    for old in base.body:
        block, words = there.get(old.index), [word for _, word in found_in(old)]
        if not words or block is None or block.is_row or [word for _, word in found_in(block)] != words:
            continue
        line = Line(block.elements, pen)
        for at, word in reversed(list(found_in(block))):
            if (target_then := meant(old, word)) is None:
                continue
            target = there.get(target_then.index)
            if target is None:
                lost.append(f"「{word}」の引用先がこの文書にありません：{block.text[:40]}")
            elif places.beside(block, word) is not target:
                line.replace(at, at + len(word), _worded(word, target, block, places))
                count += 1
    return count, lost


def _worded(word: str, target: Block, block: Block, places: _Places) -> tuple[Word, ...]:
    """A clause as it is cited by number from a block; the article as a field where Kian named it."""
    inside = places.inside
    article = inside[target.index][1]
    cited = Word(article.number, next(filter(_is_kians, article.names), ""))
    if word.endswith("条"):
        return (cited,)
    number = target.number.rstrip(".．") if target.role == "ko" else _one_like(article.number)
    same = block.index in inside and inside[block.index][1] is article
    return (*(() if same else (cited,)), Word(f"第{number}項"))


def _is_kians(name: str) -> bool:
    return name.startswith("_k_")


def _is_named(block: Block) -> bool:
    return any(map(_is_kians, block.names))


def _one_like(number: str) -> str:
    """1 in the figures of an article's number."""
    return "１" if re.search("[０-９]", number) else "1" if re.search("[0-9]", number) else "一"


def _digits(number: str) -> str:
    return number.replace("第", "").replace("条", "")
