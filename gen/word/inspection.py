"""Nothing is lost, nothing is left: what a filled document must show before it is written.

Hands out `inspect`, which reads the parsed document back, proves that each printed value
reached the text, and gives the twin and the trace. Leans on `marks`, `reading`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gen.clauses import SIGNS
from gen.word.marks import MARK, Expression, Mark, strip_marks
from gen.word.reading import Line, lines_of

__all__ = ["Inspected", "TraceRow", "inspect"]

_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bNone\b|\bUndefined\b|\bnan\b|[\ufdd0-\ufdef]")
_SUSPECT = ("{{", "}}", "{%", "%}", "{#", "#}", "None", "Undefined", "nan")
_LABEL = re.compile(r"(?<![特個種区類性級識判差送格選鑑])別[記紙表](?!第|様式)[0-9０-９]*")


class TraceRow(NamedTuple):
    """A printed value: where it stands in the twin, and where it came from.

    Attributes:
        line: line of the twin, from 1.
        text: as printed.
        path: field of the profile, "" where computed.
        expression: the tag that printed it.
        template: the template that the tag stands in.
    """

    line: int
    text: str
    path: str
    expression: str
    template: str


@dataclass(frozen=True)
class Inspected:
    """The document read back."""

    twin: str
    trace: tuple[TraceRow, ...]
    faults: tuple[str, ...]


def inspect(
    root: etree._Element,
    marks: Sequence[Mark],
    expressions: Mapping[str, Expression],
    labels: frozenset[str] | None,
    others: Sequence[etree._Element] = (),
    read: Callable[[etree._Element], list[Line]] = lines_of,
) -> Inspected:
    """Read the filled body of a document back.

    Args:
        root: the parsed part, marks still inside.
        marks: what was printed.
        expressions: the tags of the templates, by their keys.
        labels: the attachments that the document has (別記1 …); None where it names those of others.
        others: headers and footers, whose text is no part of the twin.
        read: gives the lines of a part.
    """
    reads = [_read(read(one), marks, expressions, labels) for one in (root, *others)]
    found = Counter(index for read in reads for index, _ in read.rows)
    faults = [fault for read in reads for fault in read.faults]
    faults += [
        _lost(mark, expressions[mark.expression]) for index, mark in enumerate(marks) if found[index] != 1
    ]
    return Inspected(reads[0].twin, tuple(row for _, row in reads[0].rows), tuple(faults))


class _Read(NamedTuple):
    """One part read back: its text, and each mark in it by its number."""

    twin: str
    rows: list[tuple[int, TraceRow]]
    faults: list[str]


def _read(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    expressions: Mapping[str, Expression],
    labels: frozenset[str] | None,
) -> _Read:
    whole = "\n".join(line.text.replace("\n", "↵") for line in lines)
    parts = MARK.split(whole)  # text, number of a mark, its text, text …
    rows: list[tuple[int, TraceRow]] = []
    faults: list[str] = []
    number = 0
    for before, sign, printed in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        number += before.count("\n")
        mark = marks[int(sign)]
        expression = expressions[mark.expression]
        if lines[number].style == "row":
            printed = printed.replace("\\|", "|")
        if printed != mark.text.replace("\n", "↵"):
            faults.append(_lost(mark, expression))
        row = TraceRow(number + 1, mark.text, mark.path, expression.text, expression.template)
        rows.append((int(sign), row))
        number += printed.count("\n")  # of a mark that is torn apart
    faults.extend(_left_over("".join(parts[::3]), labels))
    return _Read(strip_marks(whole) + "\n", rows, faults)


def _lost(mark: Mark, expression: Expression) -> str:
    return f"値「{mark.text[:40]}」（{{{{ {expression.text} }}}}、{expression.template.partition('#')[0]}）が文書に正しく現れていません。"


def _left_over(static: str, labels: frozenset[str] | None) -> list[str]:
    out: list[str] = []
    if SIGNS.search(static) or any(word in static for word in _SUSPECT):  # a plain search is quick
        out = [
            f"「{found.group(0)}」が文書に残っています：{_line(static, found)}"
            for found in _LEFT.finditer(static)
        ]
    out.extend(
        f"「{found.group(0)}」が文書にありません：{_line(static, found)}"
        for found in _LABEL.finditer(static)
        if labels is not None and found.group(0) not in labels
    )
    return out


def _line(text: str, found: re.Match[str]) -> str:
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return text[start : end if end >= 0 else None][:80]
