"""Nothing is lost, nothing is left: what a filled document must show before it is written.

Hands out `inspect`, which reads the parsed document back, proves that each printed value
reached the text, and gives the twin and the trace. Leans on `marks`, `reading`.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from gen.clauses import SIGNS
from gen.word.marks import MARK, Expression, Mark, strip_marks
from gen.word.reading import lines_of

__all__ = ["Inspected", "TraceRow", "inspect"]

_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bNone\b|\bUndefined\b|\bnan\b|[\ufdd0-\ufdef]")
_SUSPECT = ("{{", "}}", "{%", "%}", "{#", "#}", "None", "Undefined", "nan")
_LABEL = re.compile(r"別[記紙表](?!第|様式)[0-9０-９]*")


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
    lines = lines_of(root)
    whole = "\n".join(line.text.replace("\n", "↵") for line in lines)
    ends = list(itertools.accumulate(len(line.text) + 1 for line in lines))
    trace: list[TraceRow] = []
    faults: list[str] = []
    seen: set[int] = set()
    for found in MARK.finditer(whole):
        index = int(found.group(1))
        mark = marks[index]
        number = bisect.bisect_right(ends, found.start())
        expression = expressions[mark.expression]
        printed = found.group(2).replace("\\|", "|") if lines[number].style == "row" else found.group(2)
        if index in seen or printed != mark.text.replace("\n", "↵"):
            faults.append(_lost(mark, expression))
        seen.add(index)
        trace.append(TraceRow(number + 1, mark.text, mark.path, expression.text, expression.template))
    faults.extend(_left_over(MARK.sub("", whole), labels))
    faults.extend(
        _lost(mark, expressions[mark.expression]) for index, mark in enumerate(marks) if index not in seen
    )
    twin = strip_marks(whole) + "\n"
    return Inspected(twin, tuple(trace), tuple(faults))


def _lost(mark: Mark, expression: Expression) -> str:
    return f"値「{mark.text[:40]}」（{{{{ {expression.text} }}}}、{expression.template.partition('#')[0]}）が文書に正しく現れていません。"


def _left_over(static: str, labels: frozenset[str]) -> list[str]:
    out: list[str] = []
    if SIGNS.search(static) or any(word in static for word in _SUSPECT):  # a plain search is quick
        out = [
            f"「{found.group(0)}」が文書に残っています：{_line(static, found)}"
            for found in _LEFT.finditer(static)
        ]
    out.extend(
        f"「{found.group(0)}」が文書にありません：{_line(static, found)}"
        for found in _LABEL.finditer(static)
        if found.group(0) not in labels
    )
    return out


def _line(text: str, found: re.Match[str]) -> str:
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return text[start : end if end >= 0 else None][:80]
