"""A 新旧対照表 as a Word file in the house style.

Hands out `Labels` and `table_word`. The same table gives the same bytes. Leans on `table_grid`, `word.house`,
`word.slots` and `word.package`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gen.compare.table import Line, Span
from gen.compare.table_grid import Piece, Sheet
from gen.compare.table_lines import OMITTED
from gen.markup import escape
from gen.word.house import house_package
from gen.word.markdown_house import document_xml, section_xml
from gen.word.slots import property_parts, with_slots

__all__ = ["Labels", "table_word"]

_STYLES = {
    "title": "KianSubtitle", "title2": "KianSubtitle", "subtitle": "KianSubtitle", "chapter": "KianChapter",
    "midashi": "KianMidashi", "jo": "KianJo", "ko": "KianKo", "go": "KianGo", "sai": "KianSai", "sai2": "KianSai2",
    "head": "KianKo", "note": "KianNote", "cell": "KianCell", "cellc": "KianCellC", "cellr": "KianCellR",
    "cellhead": "KianCellHead",
}  # fmt: skip
"""Styles that suit half a page; those that begin a page or leave eleven signs free do not."""
_EDGE = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
_NONE = '<w:{0} w:val="nil"/>'
_UNDERLINE = '<w:rPr><w:u w:val="single"/></w:rPr>'
_AIR = '<w:tcMar><w:top w:w="{0}" w:type="dxa"/><w:bottom w:w="{0}" w:type="dxa"/></w:tcMar>'
_HEAD = f'<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>{_AIR.format(57)}<w:vAlign w:val="center"/>'
_WITH_NEXT = frozenset(("title", "title2", "subtitle", "attach", "chapter", "caption", "midashi"))
_SIGNS = re.compile("([\t\n])")


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands around the table.

    Attributes:
        title: above it.
        lead: sentences that say what the marks mean.
        day: ISO date of the newer version, for the file's properties.
    """

    title: str
    lead: tuple[str, ...]
    day: str


def table_word(sheet: Sheet, labels: Labels, provenance: Mapping[str, str]) -> bytes:
    """The Word file.

    Args:
        sheet: the table on its page.
        labels: what stands around it.
        provenance: names and values for `docProps/custom.xml`.
    """
    body = "".join(
        (
            _paragraph("KianTitle", (Span(labels.title),)),
            *(
                _paragraph("KianCellR", (Span(sentence),), '<w:spacing w:after="57"/>')
                for sentence in labels.lead
            ),
            *_table(sheet),
            '<w:p><w:pPr><w:pStyle w:val="KianCell"/></w:pPr></w:p>',
            section_xml(sheet.setting),
        )
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    package = house_package("").with_parts({"word/document.xml": (head + document_xml(body)).encode()})
    slotted = with_slots(package, "新旧対照表")
    return slotted.with_parts(property_parts(labels.title, labels.day, provenance)).write()


def _table(sheet: Sheet) -> Iterator[str]:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join((_NONE if side == "insideH" else _EDGE).format(side) for side in sides)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sheet.cuts[-1]}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    )
    yield from (
        f'<w:gridCol w:w="{end - start}"/>' for start, end in zip(sheet.cuts, sheet.cuts[1:], strict=False)
    )
    yield "</w:tblGrid>"
    yield from _row(sheet, sheet.heads, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", head=True)
    opening = [row.opens for row, _ in sheet.rows]
    for (row, pieces), closes in zip(sheet.rows, [*opening[1:], True], strict=False):
        whole = any(piece.framed for piece in pieces)
        yield from _row(
            sheet,
            pieces,
            "<w:trPr><w:cantSplit/></w:trPr>" if whole else "",
            opens=row.opens,
            closes=closes,
        )
    yield "</w:tbl>"


def _row(
    sheet: Sheet,
    pieces: Sequence[Piece],
    properties: str,
    *,
    head: bool = False,
    opens: bool = True,
    closes: bool = True,
) -> Iterator[str]:
    yield f"<w:tr>{properties}"
    for piece in pieces:
        width = sheet.cuts[piece.end] - sheet.cuts[piece.start]
        span = piece.end - piece.start
        above = _EDGE if opens or piece.framed or head else _NONE
        below = _EDGE if closes or piece.framed or head else _NONE
        inner = _HEAD if head else _AIR.format(40) if piece.framed else ""
        spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}'
            f"<w:tcBorders>{above.format('top')}{below.format('bottom')}</w:tcBorders>{inner}</w:tcPr>"
        )
        for line in piece.lines or (Line("plain", ()),):
            keeps = line.role in _WITH_NEXT and not line.text.endswith(OMITTED)
            more = "<w:keepNext/>" if keeps else ""
            yield _paragraph(_style(line, framed=piece.framed), line.spans, more)
        yield "</w:tc>"
    yield "</w:tr>"


def _style(line: Line, *, framed: bool) -> str:
    return _STYLES.get(line.role, "KianCell" if framed else "KianBody")


def _paragraph(style: str, spans: Sequence[Span], more: str = "") -> str:
    runs = "".join(
        f"<w:r>{_UNDERLINE if span.is_marked else ''}{_text(span.text)}</w:r>" for span in spans if span.text
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _text(text: str) -> str:
    """A text in a run; a tab becomes a space of full width, as half a page has no room for it."""
    return "".join(
        "<w:br/>"
        if part == "\n"
        else f'<w:t xml:space="preserve">{escape("　" if part == chr(9) else part)}</w:t>'
        for part in _SIGNS.split(text)
        if part
    )
