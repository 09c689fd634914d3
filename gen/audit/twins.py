"""The text of a Word file as it lies beside it, and where two texts differ.

Hands out `twins_of`, `own_twin` and `first_difference`. Leans on `compare` and `word`.
"""

from __future__ import annotations

from gen.compare import read_parts
from gen.word.package import Package, parse_xml
from gen.word.reading import lines_of

__all__ = ["first_difference", "own_twin", "twins_of"]


def twins_of(package: Package, source: str) -> tuple[bytes, ...]:
    """The text of a Word file as Kian writes it beside a paper of its own, and beside an edited one."""
    return own_twin(package, source), read_parts(package, source).twin.encode()


def own_twin(package: Package, source: str) -> bytes:
    """The text of a Word file as Kian writes it beside a paper of its own."""
    lines = lines_of(parse_xml(package.parts["word/document.xml"], source))
    return "".join(line.text.replace("\n", "↵") + "\n" for line in lines).encode()


def first_difference(one: str, other: str) -> int:
    """The first line, from 1, in which two texts differ."""
    mine, theirs = one.split("\n"), other.split("\n")
    for number, (left, right) in enumerate(zip(mine, theirs, strict=False), 1):
        if left != right:
            return number
    return min(len(mine), len(theirs)) + 1
