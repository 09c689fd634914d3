"""Word comments beside what nobody has decided yet.

Hands out `place_comments` and `comments_part`. A comment is put around the first place
where a field prints 〇〇〇〇; it carries no date, so that the same facts give the same
file. Leans on `marks` and `fields`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gen.markup import escape
from gen.word.fields import run_properties

if TYPE_CHECKING:
    from gen.word.marks import Mark  # brings Jinja along, which whoever only reads a file can spare

__all__ = [
    "COMMENTS",
    "Comment",
    "comments_part",
    "next_number",
    "no_comments",
    "place_comments",
    "without_comments",
]

COMMENTS = "word/comments.xml"
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NUMBER = re.compile(rb'<w:comment [^>]*w:id="(\d+)"')
_ANCHORS = re.compile(
    r"<w:commentRange(?:Start|End) [^>]*/>|<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:commentReference [^>]*/></w:r>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its number in the document, and what it says."""

    number: int
    text: str


def place_comments(
    text: str, marks: Sequence[Mark], say: Callable[[str], str], first: int
) -> tuple[str, tuple[Comment, ...]]:
    """Put a comment around the first mark of each undecided field.

    Args:
        text: the XML of a part, marks still inside.
        marks: what was printed.
        say: the words of the comment for a field.
        first: number of the first comment.
    """
    comments: list[Comment] = []
    seen: set[str] = set()
    for index, mark in enumerate(marks):
        new = [path for path in mark.undecided if path not in seen]
        if not new:
            continue
        start = text.find(f"\ufdd0{index}\ufdd1")
        if start < 0:
            continue  # printed in a header, where Word takes no comment
        seen.update(new)
        number = first + len(comments)
        end = text.index("\ufdd2", start) + 1
        properties = run_properties(text, start)
        text = (
            f'{text[:start]}</w:t></w:r><w:commentRangeStart w:id="{number}"/>'
            f'<w:r>{properties}<w:t xml:space="preserve">{text[start:end]}</w:t></w:r>'
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            f'<w:r>{properties}<w:t xml:space="preserve">{text[end:]}'
        )
        comments.append(Comment(number, "\n".join(say(path) for path in new)))
    return text, tuple(comments)


def next_number(part: bytes) -> int:
    """The first number that a comments part has free."""
    return max((int(found) for found in _NUMBER.findall(part)), default=-1) + 1


def comments_part(part: bytes, comments: Sequence[Comment]) -> bytes:
    """A comments part (the template's own) with these comments added."""
    rows = "".join(
        f'<w:comment w:id="{one.number}" w:author="Kian" w:initials="起">'
        + "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in one.text.split("\n"))
        + "</w:comment>"
        for one in comments
    )
    head, _, tail = part.rpartition(b"</w:comments>")
    return head + rows.encode() + b"</w:comments>" + tail


def no_comments() -> bytes:
    """A comments part without a comment."""
    return f"{_HEAD}<w:comments {_NS}></w:comments>".encode()


def without_comments(text: str) -> str:
    """The XML of a part without any comment's range or reference."""
    return _ANCHORS.sub("", text)
