"""Commit messages: a Japanese subject, the reason, trailers; built and read back.

Hands out `build`, `parse` and `trailers_for`; a value cannot forge a trailer, and the
reason comes back as it was given. Leans on nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["DocumentNote", "ParsedMessage", "Trailers", "build", "notes_of", "parse", "tidy", "trailers_for"]

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): ?(.*)")
_LOOKS_LIKE_MARKUP = re.compile(r"[A-Za-z0-9-]+\s*:|---")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REASON = "Kian-Reason"
_MAX_SUBJECT = 200

Trailers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """What a revision's trailers tell about one document."""

    document: str
    template: str = ""
    fingerprint: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A commit message taken apart; without trailers all but the subject is the reason."""

    subject: str
    reason: str
    trailers: Trailers


def trailers_for(
    documents: Iterable[DocumentNote], *, profile: str = "", approval: str = "", operator: str = ""
) -> Trailers:
    """The trailers of a revision in their fixed order; empty values are left out."""
    found: list[tuple[str, str]] = []
    for note in documents:
        found += [
            ("Kian-Document", note.document),
            ("Kian-Template", note.template),
            ("Kian-Fingerprint", note.fingerprint),
            ("Kian-Version", note.version),
        ]
    found += [("Kian-Profile", profile), ("Kian-Approval", approval), ("Kian-Operator", operator)]
    return tuple((key, value) for key, value in found if value)


def notes_of(trailers: Trailers) -> tuple[DocumentNote, ...]:
    """The trailers gathered by document: each `Kian-Document` begins a group."""
    names = {"Kian-Template": "template", "Kian-Fingerprint": "fingerprint", "Kian-Version": "version"}
    groups: list[dict[str, str]] = []
    for key, value in trailers:
        if key == "Kian-Document":
            groups.append({"document": value})
        elif key in names and groups:
            groups[-1][names[key]] = value
    return tuple(DocumentNote(**group) for group in groups)


def tidy(text: str) -> str:
    """The text with LF line ends, without control and direction marks, without outer blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(_harmless(c) for c in text)
    return "\n".join(line.rstrip() for line in clean.split("\n")).strip()


def _harmless(character: str) -> str:
    if character == "\n":
        return character
    if character in _BIDI:
        return ""
    return " " if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") else character


def build(subject: str, reason: str, trailers: Trailers) -> str:
    """The message of a revision; the reason stands in it as text and once more as a trailer."""
    line = " ".join(tidy(subject).split())[:_MAX_SUBJECT]
    if not line:
        raise ValueError("a revision needs a subject")
    parts = [line]
    clean = tidy(reason)
    if clean:
        parts.append("\n".join(_as_text(text) for text in clean.split("\n")))
    block = [*trailers, *([(_REASON, clean)] if clean else [])]
    if sum(key == _REASON for key, _ in block) > 1:
        raise ValueError("the reason has its own argument")
    if block:
        parts.append("\n".join(_as_trailer(key, value) for key, value in block))
    return "\n\n".join(parts) + "\n"


def _as_text(line: str) -> str:
    return f" {line}" if _LOOKS_LIKE_MARKUP.match(line) else line


def _as_trailer(key: str, value: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a trailer's key: {key!r}")
    first, *rest = tidy(value).split("\n")
    # As Debian's control files do: an empty line is a dot, so that the block has no gap.
    return "\n".join((f"{key}: {first}", *(f" {_dotted(line)}" for line in rest)))


def _dotted(line: str) -> str:
    return f".{line}" if not line.strip(".") else line


def _undotted(line: str) -> str:
    return line[1:] if line and not line.strip(".") else line


def parse(message: str) -> ParsedMessage:
    """A message taken apart; only the last paragraph, and only as a whole, holds trailers."""
    paragraphs = [p for p in re.split(r"\n(?:[ \t]*\n)+", message.strip()) if p]
    subject = " ".join(paragraphs[0].split("\n")) if paragraphs else ""
    trailers = _parse_block(paragraphs[-1]) if len(paragraphs) > 1 else ()
    text = "\n\n".join(paragraphs[1 : -1 if trailers else None])
    reason = next((value for key, value in trailers if key == _REASON), text)
    return ParsedMessage(subject, reason, trailers)


def _parse_block(paragraph: str) -> Trailers:
    found: list[tuple[str, list[str]]] = []
    for line in paragraph.split("\n"):
        if line.startswith(" ") and found:
            found[-1][1].append(_undotted(line[1:]))
        elif match := _TRAILER.fullmatch(line):
            found.append((match[1], [match[2]]))
        else:
            return ()
    return tuple((key, "\n".join(lines)) for key, lines in found)
