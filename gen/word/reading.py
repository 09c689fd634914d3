"""The text of a Word part, a 条・項・号 or table row a line.

Hands out `Line` and `lines_of`, from which the twin, the inspection and the trace are
made. Leans on nothing but lxml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

__all__ = ["Line", "W", "lines_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _TAB, _BREAK, _NO_BREAK = f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_DELETED = f"{W}del"
_PIECES = (_TEXT, _TAB, _BREAK, _NO_BREAK)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a table row.

    Attributes:
        style: id of the paragraph style; "row" for a table row.
        text: its text; cells of a row between bars, a line break inside as ↵.
    """

    style: str
    text: str


def lines_of(root: etree._Element) -> Iterator[Line]:
    """The lines of a part, in reading order; text that a tracked change deleted is left out."""
    body = root.find(f"{W}body")
    yield from _blocks(root if body is None else body)


def _blocks(parent: etree._Element) -> Iterator[Line]:
    for block in parent:
        if block.tag == _PARAGRAPH:
            yield Line(_style(block), _paragraph(block))
        elif block.tag == _TABLE:
            for row in block.iterchildren(_ROW):
                yield Line("row", _row(row))
        elif isinstance(block.tag, str) and len(block) and block.tag != f"{W}sectPr":
            yield from _blocks(block)  # content controls and the like


def _style(paragraph: etree._Element) -> str:
    properties = paragraph.find(f"{W}pPr")
    style = None if properties is None else properties.find(f"{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _paragraph(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for element in paragraph.iter(*_PIECES):
        if element.tag == _TEXT:
            pieces.append(element.text or "")
        elif element.tag == _BREAK:
            pieces.append("\n")
        elif element.tag == _TAB:
            if element.getparent().tag == f"{W}r":  # type: ignore[union-attr]
                pieces.append("\t")
        else:
            pieces.append("-")
    return "".join(pieces)


def _row(row: etree._Element) -> str:
    cells = [
        "\n".join(line.text for line in _blocks(cell)).replace("|", "\\|") for cell in row.iterchildren(_CELL)
    ]
    return "| " + " | ".join(cells) + " |"
