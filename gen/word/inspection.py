"""Nothing is lost, nothing is left: what a filled document must show before it is written.

Hands out `inspect`, which reads the parsed document back, proves that each printed value
reached the text, and gives the twin and the trace. Leans on `marks`, `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from gen.word.marks import MARK, Expression, Mark, strip_marks
from gen.word.reading import Line, lines_of

__all__ = ["Inspected", "TraceRow", "inspect"]

_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bNone\b|\bUndefined\b|\bnan\b|[\ufdd0-\ufdef]")
_LABEL = re.compile(r"(?:別記|別紙|別表)(?!第|様式)[0-9０-９]*")


@dataclass(frozen=True, slots=True)
class TraceRow:
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
    lines: tuple[Line, ...]
    trace: tuple[TraceRow, ...]
    faults: tuple[str, ...]


def inspect(
    root: etree._Element, marks: Sequence[Mark], expressions: Sequence[Expression], labels: frozenset[str]
) -> Inspected:
    """Read the filled body of a document back.

    Args:
        root: the parsed part, marks still inside.
        marks: what was printed.
        expressions: the tags of the templates.
        labels: the attachments that the document has (別記1 …).
    """
    lines: list[Line] = []
    trace: list[TraceRow] = []
    faults: list[str] = []
    seen: set[int] = set()
    for number, line in enumerate(lines_of(root), 1):
        for found in MARK.finditer(line.text):
            index = int(found.group(1))
            mark = marks[index]
            if index in seen:
                faults.append(f"値「{mark.text[:40]}」が二度現れています：{strip_marks(line.text)[:60]}")
            seen.add(index)
            expression = expressions[mark.expression]
            printed = found.group(2).replace("\\|", "|") if line.style == "row" else found.group(2)
            if printed != mark.text:
                faults.append(_lost(mark, expression))
            trace.append(TraceRow(number, mark.text, mark.path, expression.text, expression.template))
        faults.extend(_left_over(MARK.sub("", line.text), labels))
        lines.append(Line(line.style, strip_marks(line.text)))
    faults.extend(
        _lost(mark, expressions[mark.expression]) for index, mark in enumerate(marks) if index not in seen
    )
    twin = "".join(_twin_line(line.text) + "\n" for line in lines)
    return Inspected(twin, tuple(lines), tuple(trace), tuple(faults))


def _twin_line(text: str) -> str:
    return text.replace("\n", "↵")


def _lost(mark: Mark, expression: Expression) -> str:
    return f"値「{mark.text[:40]}」（{{{{ {expression.text} }}}}、{expression.template.partition('#')[0]}）が文書に正しく現れていません。"


def _left_over(static: str, labels: frozenset[str]) -> list[str]:
    out = [f"「{found.group(0)}」が文書に残っています：{static[:60]}" for found in _LEFT.finditer(static)]
    out.extend(
        f"「{found.group(0)}」が文書にありません：{static[:60]}"
        for found in _LABEL.finditer(static)
        if found.group(0) not in labels
    )
    return out
