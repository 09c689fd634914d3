"""A copy of a document for the other party: its text and form, nothing of its making.

Hands out `clean_copy`. Comments, provenance and author are taken out; the text stays the
same to the letter. Leans on `package`, `comments`, `slots`.
"""

from __future__ import annotations

import re

from gen.word.comments import COMMENTS, no_comments, without_comments
from gen.word.package import read_package
from gen.word.slots import property_parts

__all__ = ["clean_copy"]

_TEXT_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def clean_copy(data: bytes, title: str, day: str, source: str) -> bytes:
    """The Word file without comments and provenance.

    Args:
        data: the document.
        title: of the paper, kept as its property.
        day: ISO date, kept as its property.
        source: its name, for messages.

    Raises:
        BadWordFile: it cannot be read.
    """
    package = read_package(data, source)
    parts: dict[str, bytes | None] = {
        name: without_comments(content.decode()).encode()
        for name, content in package.parts.items()
        if _TEXT_PART.fullmatch(name)
    }
    if COMMENTS in package.parts:
        parts[COMMENTS] = no_comments()
    properties = property_parts(title, day, {}, creator="")
    parts.update({name: content for name, content in properties.items() if name in package.parts})
    return package.with_parts(parts).write()
