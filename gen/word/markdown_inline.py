"""What stands inside a line of a Markdown template: text, tags, emphasis, code, boxes, line ends.

Hands out `Inlines` to `markdown_parse`. Leans on `markdown_source`, `markdown_tree`, `clauses`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from gen.clauses import Wording
from gen.word.markdown_source import BAR, BREAK, MARK, SPACES, Source
from gen.word.markdown_tree import Box, Break, Code, Emphasis, Inline, Strong, Tag, Text

__all__ = ["Inlines"]

_SPLIT = re.compile(f"{MARK.pattern}|({BREAK})|\\[([ xX])\\]")
_SOFT = re.compile(r" *\n *")


class Inlines:
    """Reads the elements that python-markdown leaves within a block."""

    def __init__(self, source: Source, wording: Wording) -> None:
        self._source = source
        self._wording = wording

    def line(self, text: str, number: int) -> list[Inline]:
        """The inlines of a line that is not Markdown: text and tags."""
        return self._split(self._source.marked(text, number), styled=True)

    def code_line(self, text: str, number: int) -> list[Inline]:
        """The inlines of a line of a code block: text and printed values."""
        inner = self._split(text, styled=False)
        if any(isinstance(one, Tag) and one.kind != "print" for one in inner):
            message = "「```」の中では、{{ … }} だけが使えます。"
            raise self._source.wrong(message, number, rule="tag-splits-block")
        return inner

    def of(self, element: Element, *, check: bool = True) -> list[Inline]:
        """The inlines of a paragraph, a heading or a cell; its tags are balanced, or not checked."""
        out = self._split(element.text or "", styled=True)
        for child in element:
            if child.tag == "br":
                out.append(Break())
            elif child.tag in ("strong", "em"):
                kind = Strong if child.tag == "strong" else Emphasis
                out.append(kind(self.of(child)))
            else:
                out.append(Code(self._code(child)))
            tail = child.tail or ""
            out.extend(self._split(tail.lstrip("\n") if child.tag == "br" else tail, styled=True))
        if check:
            self.check_balance(out)
        return out

    def _code(self, element: Element) -> list[Inline]:
        text = element.text or ""
        for entity, sign in (
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
        ):  # python-markdown escapes code itself
            text = text.replace(entity, sign)
        inner = self._split(text, styled=False)
        self.check_balance(inner)
        return inner

    def _split(self, text: str, *, styled: bool) -> list[Inline]:
        out: list[Inline] = []
        at = 0
        for found in _SPLIT.finditer(text):
            number, broken, box = found.groups()
            if box is not None and not styled:
                continue
            self._add_text(out, text[at : found.start()], styled)
            if number is not None:
                out.append(self._source.tags[int(number)])
            else:
                out.append(Break() if broken else Box(box in "xX"))
            at = found.end()
        self._add_text(out, text[at:], styled)
        return out

    def _add_text(self, out: list[Inline], text: str, styled: bool) -> None:
        for space, sign in SPACES.items():
            text = text.replace(sign, space)
        text = text.replace(BAR, "|")
        if styled:
            text = self._wording.text(_SOFT.sub(_joined, text))
        if text:
            out.append(Text(text))

    def check_balance(self, siblings: Sequence[Any]) -> None:
        """Each tag that opens among these siblings closes among them.

        Raises:
            UserError: in Japanese, at the tag that does not.
        """
        stack: list[Tag] = []
        for one in siblings:
            if not isinstance(one, Tag):
                continue
            if one.kind == "open":
                stack.append(one)
            elif one.kind == "include":
                message = "取り込み（include）は、それだけで1行にしてください。"
                raise self._source.wrong(message, one.line, rule="tag-splits-block", what=one.source)
            elif one.steers and (not stack or (one.kind == "close" and one.word != f"end{stack[-1].word}")):
                raise self._unbalanced(one)
            elif one.kind == "close":
                stack.pop()
        if stack:
            raise self._unbalanced(stack[-1])

    def _unbalanced(self, tag: Tag) -> Exception:
        return self._source.wrong(
            f"「{tag.source}」と対になるタグが、同じ並びにありません。",
            tag.line,
            "項目や表の行を囲むタグは、その項目・行のすぐ上と下の行に置いてください。段落や表ごと囲むときは、タグの行の下と上を1行空けてください。",
            rule="tag-splits-block",
            what=tag.source,
        )


def _joined(found: re.Match[str]) -> str:
    """A line end inside a paragraph: a space between Latin words, nothing in Japanese."""
    text, start, end = found.string, found.start(), found.end()
    left, right = text[start - 1 : start], text[end : end + 1]
    return " " if left.isascii() and right.isascii() and left.strip() and right.strip() else ""
