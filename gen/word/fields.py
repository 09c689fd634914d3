"""Numbers and citations in Word: a literal number in a bookmark, a REF field that cites it.

Hands out `place_tokens`. A lawyer who retypes a number and updates the fields sees every
citation follow. Leans on `clauses`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gen.clauses import TOKEN, Outline, Piece, Wording

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
    """A part whose tokens are numbers now."""

    text: str
    outline: Outline
    problems: tuple[TokenProblem, ...]


def place_tokens(text: str, wording: Wording, *, alternatives: bool, own_name: str = "契約約款") -> Placed:
    """Put numbers, bookmarks and fields in the place of the tokens.

    Args:
        text: the XML of a part, tokens inside `<w:t>` only.
        wording: the city's style.
        alternatives: True where an undecided condition kept several alternatives.
        own_name: what attachments call the articles of the paper itself.
    """
    found = list(TOKEN.finditer(text))
    bodies = (match.group(1) for match in found)
    outline = Outline(bodies, wording=wording, alternatives=alternatives, own_name=own_name)
    rows = outline.pieces()
    ids = itertools.count(max((int(number) for number in _BOOKMARK_ID.findall(text)), default=0) + 1)
    out: list[str] = []
    at = 0
    for match, pieces in zip(found, rows, strict=True):
        out.append(text[at : match.start()])
        if all(not piece.anchor and not piece.target for piece in pieces):
            out.extend(piece.text for piece in pieces)
        else:
            properties = run_properties(text, match.start())
            out.append("</w:t></w:r>")
            out.extend(_piece_xml(piece, properties, ids) for piece in pieces)
            out.append(f'<w:r>{properties}<w:t xml:space="preserve">')
        at = match.end()
    out.append(text[at:])
    problems = tuple(
        TokenProblem(p.message, _before(text, found[p.at].start()), found[p.at].group(0))
        for p in outline.problems
    )
    return Placed("".join(out).replace(_EMPTY_RUN, ""), outline, problems)


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


def _piece_xml(piece: Piece, properties: str, ids: Iterator[int]) -> str:
    run = f'<w:r>{properties}<w:t xml:space="preserve">{piece.text}</w:t></w:r>'
    if piece.anchor:
        number = next(ids)
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
