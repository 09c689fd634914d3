"""What the Word and the HTML form of a Markdown template have in common.

Hands out `Writer`, the signs that live until a document is finished, and `number_lists`.
Each tag is written on the line of the template it comes from, so that Jinja's own line
numbers are those of the template. Leans on `markdown_tree`, `clauses`, `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from gen.clauses import Wording
from gen.markup import escape
from gen.word.unknown import framed

if TYPE_CHECKING:
    from gen.word.markdown_source import Source
    from gen.word.markdown_tree import Tag

__all__ = ["NEW_LINE", "Writer", "list_number", "list_start", "number_lists"]

NEW_LINE = "\ufdde"
"""A line end of the HTML; Jinja's own line ends are taken out of every template."""
_LIST = re.compile("\ufddc(\\d)(?:-(\\d+))?\ufddd")
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_UNSAFE = re.compile(r"\{[{%#]|[%#}]\}")


class Writer:
    """Pieces of a Jinja template, kept on the lines of their Markdown."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._line = 1
        self._branches: list[str] = []

    def text(self) -> str:
        """The template so far."""
        return "".join(self._pieces)

    def markup(self, text: str) -> None:
        """XML of ours."""
        self._pieces.append(text)

    def static(self, text: str) -> None:
        """Text of the template."""
        if found := _UNSAFE.search(text):
            raise self._source.wrong(f"文字「{found.group(0)}」は、ひな形の文には書けません。", self._line)
        self._pieces.append(escape(text).replace("{", "&#123;"))  # no brace of the text meets one of a tag

    def tag(self, tag: Tag, before: str = "", after: str = "") -> None:
        """A tag; `before` and `after` frame 【選択：…】 where it opens an alternative."""
        if tag.line > self._line:
            self._pieces.append("\n" * (tag.line - self._line))
            self._line = tag.line
        self._pieces.append(tag.source)
        if tag.kind == "open":
            self._branches.append(tag.word)
        elif tag.kind in ("middle", "close") and not self._branches:
            message = f"「{tag.source}」に合う始まりのタグがありません。"
            raise self._source.wrong(message, tag.line, rule="tag-broken", what=tag.source)
        if before and tag.kind in ("open", "middle") and self._branches[-1] == "if":
            self._pieces.append(framed(before, after))
        if tag.kind == "close":
            self._branches.pop()

    def call(self, source: str, line: int) -> None:
        """A tag that the template itself does not have."""
        from gen.word.markdown_tree import Tag

        self.tag(Tag("call", "", source, line))


def list_start(level: int, start: int) -> str:
    """The sign that begins a numbered list; it stands outside of any text."""
    return f"\ufddc{level}-{start}\ufddd"


def list_number(level: int) -> str:
    """The sign that becomes the number of the next item."""
    return f"\ufddc{level}\ufddd"


def number_lists(text: str, wording: Wording) -> str:
    """The filled text with the numbers of its lists; they follow from the order of appearance."""
    counts: dict[str, int] = {}
    shapes: dict[str, Callable[[int], str]] = {
        "1": lambda n: f"{wording.number(str(n))}.",
        "2": lambda n: f"({wording.number(str(n))})",
        "3": lambda n: _KANA[(n - 1) % len(_KANA)],
    }

    def number(found: re.Match[str]) -> str:
        level, start = found.groups()
        if start is not None:
            counts[level] = int(start)
            return ""
        counts[level] = counts.get(level, 1) + 1
        return shapes[level](counts[level] - 1)

    return _LIST.sub(number, text) if "\ufddc" in text else text
