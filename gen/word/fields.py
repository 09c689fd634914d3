"""Numbers and citations in Word: a literal number in a bookmark, a REF field that cites it.

Hands out `place_tokens`. A lawyer who retypes a number and updates the fields sees every
citation follow. Leans on `clauses`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gen.clauses import TOKEN, Outline, Piece, Problem, Wording

__all__ = ["Placed", "TokenProblem", "place_tokens", "run_properties"]

_RUN_START = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>|<w:rPr/>)?", re.DOTALL)
_BOOKMARK_ID = re.compile(r'<w:bookmarkStart [^>]*?w:id="(\d+)"')
_WINDOW = 4_000
_EMPTY_RUN = '<w:r><w:t xml:space="preserve"></w:t></w:r>'


@dataclass(frozen=True, slots=True)
class TokenProblem:
    """A number or citation that cannot stand, with the text before it and its token."""

    message: str
    before: str
    token: str


@dataclass(frozen=True)
class Placed:
    """A part whose tokens are numbers now.

    Attributes:
        text: the XML.
        labels: of its attachments: 別記1, 別紙 …
        problems: what cannot stand.
    """

    text: str
    labels: frozenset[str]
    problems: tuple[TokenProblem, ...]


class _Numbered(NamedTuple):
    """What stands for the tokens of a paper.

    Attributes:
        rows: for each token its pieces, each with the number of its bookmark.
        plain: for each token the XML of its pieces in a run without properties.
    """

    rows: tuple[tuple[tuple[Piece, int], ...], ...]
    plain: tuple[str, ...]
    labels: frozenset[str]
    problems: tuple[Problem, ...]


def place_tokens(text: str, wording: Wording, *, alternatives: bool, own_name: str = "契約約款") -> Placed:
    """Put numbers, bookmarks and fields in the place of the tokens.

    Args:
        text: the XML of a part, tokens inside `<w:t>` only.
        wording: the city's style.
        alternatives: True where an undecided condition kept several alternatives.
        own_name: what attachments call the articles of the paper itself.
    """
    parts = TOKEN.split(text)  # text, body of a token, text, body …
    known = _BOOKMARK_ID.findall(text) if "<w:bookmarkStart" in text else ()
    first = max(map(int, known), default=0) + 1
    numbered = _numbered(tuple(parts[1::2]), wording, alternatives, own_name, first)
    bare = True  # whether the run has no properties; known again at each start of a text
    position = 0
    for at, xml in enumerate(numbered.plain):
        before, body = parts[2 * at : 2 * at + 2]
        position += len(before)
        if (near := before.rfind("<w:t")) >= 0:
            bare = before.startswith("<w:r>", near - 5)
        if not bare:
            xml = _token_xml(numbered.rows[at], run_properties(text, position))
        position += len(body) + 2  # with the signs around it
        parts[2 * at + 1] = xml
    problems = tuple(_problem(text, problem) for problem in numbered.problems)
    return Placed("".join(parts).replace(_EMPTY_RUN, ""), numbered.labels, problems)


@lru_cache(maxsize=32)
def _numbered(
    bodies: tuple[str, ...], wording: Wording, alternatives: bool, own_name: str, first: int
) -> _Numbered:
    """The same tokens in the same order have the same numbers, whatever is printed between them."""
    outline = Outline(bodies, wording=wording, alternatives=alternatives, own_name=own_name)
    ids = itertools.count(first)
    rows = tuple(
        tuple((piece, next(ids) if piece.anchor else 0) for piece in pieces) for pieces in outline.pieces()
    )
    plain = tuple(_token_xml(row, "") for row in rows)
    return _Numbered(rows, plain, outline.labels(), tuple(outline.problems))


def _problem(text: str, problem: Problem) -> TokenProblem:
    found = next(itertools.islice(TOKEN.finditer(text), problem.at, None))
    return TokenProblem(problem.message, _before(text, found.start()), found.group(0))


def run_properties(text: str, position: int) -> str:
    """The properties of the run that the position stands in."""
    near = text.rfind("<w:t", 0, position)
    if text.startswith("<w:r>", near - 5):
        return ""  # the run has none: by far the most common case
    start = max(
        text.rfind("<w:r>", max(0, position - _WINDOW), position),
        text.rfind("<w:r ", max(0, position - _WINDOW), position),
    )
    if start < 0:
        start = max(text.rfind("<w:r>", 0, position), text.rfind("<w:r ", 0, position))
    match = _RUN_START.match(text, start) if start >= 0 else None
    properties = (match.group(1) or "") if match else ""
    if "<w:rPrChange" in properties:  # a tracked change of form stays with the run that it names
        properties = properties.partition("<w:rPrChange")[0] + "</w:rPr>"
    return properties


def _token_xml(pieces: Iterable[tuple[Piece, int]], properties: str) -> str:
    """What stands for a token in a run with these properties: text, or runs of their own."""
    if all(not piece.anchor and not piece.target for piece, _ in pieces):
        return "".join(piece.text for piece, _ in pieces)
    runs = "".join(_piece_xml(piece, number, properties) for piece, number in pieces)
    return f'</w:t></w:r>{runs}<w:r>{properties}<w:t xml:space="preserve">'


def _piece_xml(piece: Piece, number: int, properties: str) -> str:
    run = f'<w:r>{properties}<w:t xml:space="preserve">{piece.text}</w:t></w:r>'
    if piece.anchor:
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{piece.anchor}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
        )
    if piece.target:
        return f'<w:fldSimple w:instr=" REF {piece.target} \\h ">{run}</w:fldSimple>'
    return run


def _before(text: str, position: int) -> str:
    start = text.rfind("<w:p>", 0, position)
    start = max(start, text.rfind("<w:p ", 0, position), 0)
    plain = re.sub(r"<[^>]*>", "", text[start:position])
    return re.sub("[\ufdd0-\ufdef]", "", TOKEN.sub("…", plain))[-60:]
