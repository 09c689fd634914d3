"""What one paper defines, by name: articles, 頭書 items, attachments; and what cannot stand.

Hands out `Register`, and the `Piece` of text and the bookmark that stand for a name.
Filled by `numbering`, read by `citing`. Leans on `tree` and `wording`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from gen.clauses.tree import Article, Scope
from gen.clauses.wording import Wording

__all__ = ["Piece", "Problem", "Register", "bookmark_name"]

_BOOKMARK_LIMIT = 40  # Word refuses longer names


class Piece(NamedTuple):
    """A stretch of text: `anchor` is a bookmark around it, `target` the bookmark that it cites."""

    text: str
    anchor: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A number or citation that cannot stand; `at` is the index of its token."""

    at: int
    message: str


@cache
def bookmark_name(*names: str) -> str:
    """A name that Word accepts for the bookmark of an article, 項 or 号 (at most 40 letters)."""
    whole = "_k_" + "__".join(name.replace("-", "_") for name in names if name)
    if len(whole) <= _BOOKMARK_LIMIT:
        return whole
    tail = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _BOOKMARK_LIMIT - 9]}_{tail}"


class Register:
    """The names of one paper.

    Args:
        wording: the city's style, for numbers.
        alternatives: True where an undecided condition keeps several alternatives; the
            same name may then stand more than once, under one number.
    """

    def __init__(self, wording: Wording, *, alternatives: bool) -> None:
        self.alternatives = alternatives
        self.main = Scope("")
        self.articles: dict[str, Article] = {}
        self.heads: dict[str, int] = {}
        self.attachments: dict[str, Scope] = {}
        self.problems: list[Problem] = []
        self._digits = cache(wording.number)

    def names(self) -> frozenset[str]:
        """Every name that is defined."""
        return frozenset((*self.articles, *self.heads, *self.attachments))

    def number(self, number: int) -> str:
        """A number in the city's digits."""
        return self._digits(str(number))

    def label(self, scope: Scope) -> str:
        """What an attachment is called: 別記1, 別紙 …"""
        return scope.kind + (self.number(scope.ordinal) if scope.ordinal else "")

    def wrong(self, at: int, message: str) -> None:
        """Note that the token at this index cannot stand."""
        self.problems.append(Problem(at, message))

    def twice(self, at: int, name: str) -> None:
        """Note a name used again, which only alternatives may."""
        if not self.alternatives:
            self.wrong(at, f"名前「{name}」が二度使われています。")

    def check_free(self, at: int, name: str) -> None:
        """Note a name that something of another kind has."""
        if name in self.articles or name in self.heads or name in self.attachments:
            self.twice(at, name)
