"""What the number of each 条, 項, 号 of an edited paper should be, by its place.

Hands out `count_anew` and `Counted`. Figures stay in the paper's own style (half-width, full-width, one figure
full-width, kanji); 第5条の2 stays a 枝番号, 削除 keeps its number, 附則 and 別記 begin anew. Leans on `blocks`, `labels`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gen.compare.blocks import Block
from gen.compare.labels import N
from gen.japanese import fold_width, kansuji

__all__ = ["Counted", "count_anew", "number_of"]

_ARTICLE = re.compile(rf"第(?P<n>{N})(?P<unit>条?)(?P<branch>(?:の{N})*)")
_GO = re.compile(rf"(?P<left>[(（])(?P<n>{N})(?P<right>[)）])(?P<branch>の{N})?")
_KO = re.compile(r"(?P<n>[0-9０-９]+)(?P<dot>[.．]?)")
_RUN = re.compile(rf"第(?P<a>{N})条(?:から|及び)第(?P<b>{N})条(?:まで)?[　\s]*削除")
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
_FIGURES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 9


class Counted(NamedTuple):
    """A block with its number: as printed, and as it should be; and the part of the paper it is in."""

    block: Block
    old: str
    new: str
    scope: int
    article: int  # index of the article's block, -1 outside


def number_of(text: str) -> int:
    """A number in any figures: 12, １２, 十二. No paper counts to a thousand million: the rest is not read."""
    folded = fold_width(text)[:_LONGEST]
    if folded.isdecimal():
        return int(folded)
    total, figure = 0, 0
    for sign in folded:
        if sign in _TENS:
            total += (figure or 1) * _TENS[sign]
            figure = 0
        else:
            figure = figure * 10 + _FIGURES[sign]
    return total + figure


@dataclass
class _Counter:
    wide: str
    scope: int = 0
    at: int = -1
    article: int = 0
    branch: int = 1
    ko: int = 0
    go: int = 0
    go_branch: int = 1
    sai: int = 0
    sai2: int = 0
    out: list[Counted] = field(default_factory=list)

    def take(self, block: Block) -> None:
        if found := _RUN.match(block.text):
            self.article += number_of(found["b"]) - number_of(found["a"]) + 1
        elif block.role == "attach" or re.fullmatch(r"[附付][　\s]*則", block.text.strip()):
            self.scope, self.at, self.article, self.ko = self.scope + 1, -1, 0, 0
        elif block.role == "jo":
            self._jo(block)
        elif self.at >= 0 and block.number:
            rule = {"ko": self._ko, "go": self._go, "sai": self._sai, "sai2": self._sai2}.get(block.role)
            new = rule(block.number) if rule is not None else ""
            if new:
                self.out.append(Counted(block, block.number, new, self.scope, self.at))

    def _jo(self, block: Block) -> None:
        found = _ARTICLE.fullmatch(block.number)
        if found is None:
            return
        self.ko, self.go, self.sai, self.sai2 = 0, 0, 0, 0
        if found["branch"].count("の") == 1:
            self.branch += 1
            tail = f"の{self._figures(self.branch, found['branch'])}"
        elif found["branch"]:
            tail = found["branch"]
        else:
            self.article, self.branch, tail = self.article + 1, 1, ""
        self.at = block.index
        new = f"第{self._figures(self.article, found['n'])}{found['unit']}{tail}"
        self.out.append(Counted(block, block.number, new, self.scope, self.at))

    def _ko(self, number: str) -> str:
        found = _KO.fullmatch(number)
        self.go = self.sai = self.sai2 = 0
        if found is None:
            return ""
        first = 1 if number_of(found["n"]) == 1 and not self.ko else 2  # some papers print the first
        self.ko = self.ko + 1 if self.ko else first
        return f"{self._figures(self.ko, found['n'])}{found['dot']}"

    def _go(self, number: str) -> str:
        found = _GO.fullmatch(number)
        self.sai = self.sai2 = 0
        if found is None:
            return ""
        if found["branch"]:
            self.go_branch += 1
            tail = f"の{self._figures(self.go_branch, found['branch'])}"
        else:
            self.go, self.go_branch, tail = self.go + 1, 1, ""
        return f"{found['left']}{self._figures(self.go, found['n'])}{found['right']}{tail}"

    def _sai(self, number: str) -> str:
        self.sai, self.sai2 = self.sai + 1, 0
        return _KANA[self.sai - 1] if number in _KANA and self.sai <= len(_KANA) else ""

    def _sai2(self, number: str) -> str:
        self.sai2 += 1
        inside = number[1:-1]
        return (
            f"{number[0]}{_KANA[self.sai2 - 1]}{number[-1]}"
            if inside in _KANA and self.sai2 <= len(_KANA)
            else ""
        )

    def _figures(self, number: int, like: str) -> str:
        """A number in the paper's figures; one that is right already stays as it is."""
        bare = like.removeprefix("の")
        if number_of(bare) == number:
            return bare
        if bare[0] in "〇一二三四五六七八九十百千":
            return kansuji(number)
        text = str(number)
        if self.wide == "all" or (self.wide == "one" and len(text) == 1):
            return text.translate({ord("0") + at: chr(ord("０") + at) for at in range(10)})
        return text


def count_anew(blocks: Sequence[Block]) -> list[Counted]:
    """Every numbered clause of a paper with the number that its place gives it."""
    counter = _Counter(_width(blocks))
    for block in blocks:
        counter.take(block)
    return counter.out


def _width(blocks: Sequence[Block]) -> str:
    """Which figures a paper prints full-width: `all`, `one` (a single figure only), `none`."""
    if not any(re.search("[０-９]", block.number) for block in blocks):
        return "none"
    many = sum(len(re.findall("[０-９]{2}", block.text)) for block in blocks)
    half = sum(len(re.findall("(?<![0-9,.])[0-9]{2}", block.text)) for block in blocks)
    return "all" if many > half else "one"
