"""How large a Markdown template may be: what a parser would chew on for hours is refused first.

Hands out `check_limits` and `LIMIT`. The numbers are many times those of any paper that
people can read. Leans on `markdown_tree`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gen.word.markdown_tree import problem

__all__ = ["LIMIT", "check_limits"]

LIMIT = 256 * 1024
"""Bytes of a file."""
_LETTERS = 2_000  # of a line: patterns for tags and code take the square of it
_QUOTES = 5
_TICKS = 3
_CODES = 100  # backquotes of a line
_PARAGRAPH = 8_000  # letters of lines that are read as one
_QUOTED = re.compile(r"(?: {0,3}> ?)+")
_OWN_LINE = re.compile(r"\s*(?:[-*+]\s|\d+\.\s|#|>|\|)")
_RULE = "template-unreadable"


def check_limits(lines: Sequence[str], file: str) -> None:
    """Refuse a template that is beyond what a paper needs.

    Raises:
        MarkdownError: with the first line that is too long, too deep or too dense.
    """
    letters = 0
    for number, line in enumerate(lines, 1):
        letters = 0 if not line.strip() or _OWN_LINE.match(line) else letters + len(line)
        said = ""
        if len(line) > _LETTERS:
            said = f"1行が長すぎます（{len(line)}文字、上限{_LETTERS}文字）。"
        elif (found := _QUOTED.match(line)) and found.group(0).count(">") > _QUOTES:
            said = f"備考（>）の入れ子が深すぎます（上限{_QUOTES}段）。"
        elif "`" * (_TICKS + 1) in line or line.count("`") > _CODES:
            said = f"「`」が多すぎます（続けて{_TICKS}個、1行に{_CODES}個まで）。"
        elif letters > _PARAGRAPH:
            said = f"一つの段落が長すぎます（上限{_PARAGRAPH}文字）。"
        if said:
            raise problem(said, file, number, line, "ひな形を分けるか、短くしてください。", rule=_RULE)
