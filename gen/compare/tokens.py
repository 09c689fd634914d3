"""The words in which two texts are compared: sums, dates, names and citations are never torn.

Hands out `tokens`, `Stretch`, `compare_texts` and `hunks`. What is one token follows the rules by
which amendments quote (法制執務): a number with its unit, a date whole, a proper noun whole,
第○条第○項 whole; 、 belongs to the word after it. Leans on `labels` for numbers.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from gen.compare.labels import N

__all__ = ["Stretch", "compare_texts", "hunks", "tokens"]

_FIGURES = r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
_UNITS = (
    "百万円|千円|万円|億円|円|か月間?|箇月間?|カ月間?|ヶ月間?|ヵ月間?|か年|箇年|年度|年間?|月|日間?|時間|時|分の|分|秒|"
    "週間?|パーセント|[%％]|割|厘|人|名|団体|件|通|部|回|台|個|枚|世代|箇所|か所|種類|業務|室|階|"
    "[KMGTＫＭＧＴ]i?[BＢ]|[mkｍｋ]?[mｍ]|条|項|号|版|行|桁|倍"
)
_KANJI = "[〇零一二三四五六七八九十百千万億兆壱弐参拾]+"
_CITED = (
    rf"(?:第{N}条(?:の{N})*|前条|次条|同条|本条|前{N}条)"
    rf"(?:(?:第{N}|前|同|次)項)?(?:(?:第{N}|前|同|次)号(?:の{N})?)?(?:各号(?:列記以外の部分)?|ただし書|本文|前段|後段)?"
    rf"|(?:第{N}|前{N}?|前各|同|次|各)項(?:第{N}号)?(?:ただし書|本文|前段|後段|各号)?|(?:第{N}|前{N}?|前各|同|次|各)号"
    rf"|別[記紙表添]第?{N}?|様式第{N}号?"
)
_DATE = (
    r"(?:(?:令和|平成|昭和|大正|明治)[　 ]*(?:元|[0-9０-９]+|[一二三四五六七八九十]+|　+| +)年|[12１２][0-9０-９]{3}年)"
    r"(?:度|[　 ]*(?:[0-9０-９]+|[一二三四五六七八九十]+|　+| +)月(?:[　 ]*(?:[0-9０-９]+|[一二三四五六七八九十]+|　+| +)日)?)?"
    r"|[0-9０-９]+月[0-9０-９]+日|[12][0-9]{3}[-/][0-9]{1,2}[-/][0-9]{1,2}"
)
_SUM = rf"[金¥￥△▲]*(?:{_FIGURES})(?:{_UNITS})?(?:也)?|金?{_KANJI}円(?:也)?|{_KANJI}(?:日間?|箇月|年間|通)"
_WORD = r"[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ0-9０-９._@/+-]*|[ァ-ヴ][ァ-ヴー・]+"
_SHAPE = re.compile(rf"(?P<cited>{_CITED})|(?P<date>{_DATE})|(?P<sum>{_SUM})|(?P<word>{_WORD})|.", re.DOTALL)
_ISLAND = 2  # an unchanged stretch as short as this between two changed ones tears a word
_FOREIGN, _PIECES = 0.34, 3  # with less than this in common, in as many pieces, a text is replaced whole
_LONG = 2_000  # tokens; beyond, the matching may skip what stands everywhere


class Stretch(NamedTuple):
    """A part of two texts beside one another: the same, or `old` replaced by `new`."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """True where nothing changed."""
        return self.old == self.new


class Hunk(NamedTuple):
    """A change between two rows of tokens: old[a:b] became new[c:d]."""

    a: int
    b: int
    c: int
    d: int


def tokens(text: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """A text in tokens, which joined give the text again.

    Args:
        text: any text.
        names: proper nouns of this city and contract; each stays whole.
    """
    wanted = tuple(sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name)))
    return _tokens(text, wanted)


@lru_cache(maxsize=4_096)
def _tokens(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    present = [name for name in names if name in text]
    if not present:
        return tuple(found.group(0) for found in _SHAPE.finditer(text))
    out: list[str] = []
    split = re.compile("(" + "|".join(map(re.escape, present)) + ")")
    for at, part in enumerate(split.split(text)):
        if at % 2:
            out.append(part)
        else:
            out.extend(found.group(0) for found in _SHAPE.finditer(part))
    return tuple(out)


def hunks(old: Sequence[Hashable], new: Sequence[Hashable], *, fine: bool = False) -> tuple[Hunk, ...]:
    """What changed between two rows of tokens, in order; the least that is read with ease.

    Args:
        old, new: tokens; or tuples of which the first is the text.
        fine: True for every single change, islands or not.
    """
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=len(inner_old) > _LONG)
    found = [
        Hunk(a + head, b + head, c + head, d + head)
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
    out: list[Hunk] = []
    for hunk in found if fine else _joined(found, old):
        out.append(_slid(hunk, old, new, floor=out[-1].b if out else 0))
    return tuple(out)


def compare_texts(old: str, new: str, names: Iterable[str] = ()) -> tuple[Stretch, ...]:
    """Two texts beside one another; joined, the stretches give both again.

    Args:
        old: the text before.
        new: the text after.
        names: see `tokens`.
    """
    if old == new:
        return (Stretch(old, new),) if old else ()
    names = tuple(names)
    before, after = tokens(old, names), tokens(new, names)
    out: list[Stretch] = []
    at = 0
    for hunk in hunks(before, after):
        if hunk.a > at:
            out.append(Stretch(same := "".join(before[at : hunk.a]), same))
        out.append(Stretch("".join(before[hunk.a : hunk.b]), "".join(after[hunk.c : hunk.d])))
        at = hunk.b
    if at < len(before):
        out.append(Stretch(same := "".join(before[at:]), same))
    kept = sum(len(one.old) for one in out if one.same)
    if kept < _FOREIGN * min(len(old), len(new)) and sum(not one.same for one in out) >= _PIECES:
        return (Stretch(old, new),)
    return tuple(out)


def _text(token: Hashable) -> str:
    if isinstance(token, tuple):
        token = token[0]
    return token if isinstance(token, str) else "\0"


def _joined(found: Sequence[Hunk], old: Sequence[Hashable]) -> list[Hunk]:
    """Hunks with islands of one or two signs between them made one, unless whole tokens stand beside."""
    out: list[Hunk] = []
    for hunk in found:
        if out and _tears(out[-1], hunk, old):
            out[-1] = Hunk(out[-1].a, hunk.b, out[-1].c, hunk.d)
        else:
            out.append(hunk)
    return out


def _tears(left: Hunk, right: Hunk, old: Sequence[Hashable]) -> bool:
    island = [_text(token) for token in old[left.b : right.a]]
    if len("".join(island)) > _ISLAND or any(token in "、。\t\n　" for token in island):
        return False
    beside = (*old[left.a : left.b][-1:], *old[right.a : right.b][:1])
    return not (len(beside) > 1 and all(len(_text(token)) > 1 for token in beside))


def _slid(hunk: Hunk, old: Sequence[Hashable], new: Sequence[Hashable], floor: int) -> Hunk:
    """A pure insertion or deletion moved to where it reads as words: 「、写真」, 「文。」."""
    if hunk.a < hunk.b and hunk.c < hunk.d:
        return hunk
    side, start, end = (old, hunk.a, hunk.b) if hunk.a < hunk.b else (new, hunk.c, hunk.d)
    steps = 0
    while hunk.a - steps > floor and side[start - steps - 1] == side[end - steps - 1]:
        steps += 1
        if _text(side[start - steps]) == "、":
            return Hunk(hunk.a - steps, hunk.b - steps, hunk.c - steps, hunk.d - steps)
    return hunk
