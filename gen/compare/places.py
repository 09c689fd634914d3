"""Where a block stands, as one cites it: 第3条第2項第1号, 頭書第5項, 別紙3の表.

Hands out `Places`. Leans on `blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gen.compare.blocks import Block

__all__ = ["Places"]

_SIGNS = re.compile(r"[()（）.．\s　]")
_OUTSIDE = {
    "title": "表題", "title2": "表題", "subtitle": "表題", "preamble": "前文", "closing": "末文", "date": "日付",
    "sign": "署名欄", "signend": "署名欄",
}  # fmt: skip


@dataclass
class _At:
    """Where the walk is."""

    section: str = ""
    head: str = ""
    jo: str = ""
    ko: str = ""
    go: str = ""

    def turn(self, block: Block) -> None:
        number = _SIGNS.sub("", block.number)
        if block.role in ("title", "title2", "attach"):
            self.section = number or block.text.strip() if block.role == "attach" else ""
            self.head = self.jo = self.ko = self.go = ""
        elif block.role == "head":
            self.head = f"頭書第{number}項"
        elif block.role in ("midashi", "jo"):
            self.jo, self.head, self.ko, self.go = block.owner, "", "", ""
        elif block.role == "ko":
            self.ko, self.go = f"第{number}項" if number else "", ""
        elif block.role == "go":
            self.go = f"第{number}号" if number else ""

    def said(self, block: Block) -> str:
        role = block.role
        if role in _OUTSIDE:
            return _OUTSIDE[role]
        if role in ("head", "headsub"):
            return self.head
        here = f"{self.section}{self.jo}{self.ko}{self.go}"
        if role == "midashi":
            return f"{here}の見出し"
        if role in ("sai", "sai2"):
            return f"{here}{block.number}"
        if role == "row":
            return f"{here}の表" if here else "表"
        return f"{here}備考" if role == "note" else here


class Places:
    """The place of each block of a paper."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        at = _At()
        self._said: list[str] = []
        self._article: list[str] = []
        for block in blocks:
            at.turn(block)
            self._said.append(at.said(block))
            self._article.append(self._said[-1].removesuffix("の見出し"))

    def of(self, block: Block) -> str:
        """Where a block stands; "" where there is no word for it."""
        return self._said[block.index]

    def article_of(self, block: Block) -> str:
        """The same; of a heading, the article that it heads."""
        return self._article[block.index]
