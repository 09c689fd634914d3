"""The text of a Word part, a 条・項・号 or table row a line.

Hands out `Line` and `lines_of`, from which the twin, the inspection and the trace are
made. The walk is an XSLT program, because it runs in C: a contract has a thousand
paragraphs. Leans on nothing but lxml.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from lxml import etree

__all__ = ["Line", "W", "lines_by", "lines_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINE, _STYLE = "\ufdd6", "\ufdd7"  # noncharacters that no document may hold: ends of a line, of a style
_CELL = "\ufdd8"

_PROGRAM = f"""\
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:w="{W[1:-1]}"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<xsl:output method="text" encoding="UTF-8"/>
<xsl:template match="/"><xsl:apply-templates select="//w:body | /w:hdr | /w:ftr" mode="block"/></xsl:template>
<xsl:template match="w:p" mode="block"><xsl:value-of select="w:pPr/w:pStyle/@w:val"/>{_STYLE}<xsl:apply-templates
  select="*" mode="in"/>{_LINE}</xsl:template>
<xsl:template match="w:tr" mode="block">row{_STYLE}<xsl:for-each select="w:tc">{_CELL}<xsl:for-each
  select=".//w:p[not(ancestor::w:p)]"><xsl:if test="position() &gt; 1"><xsl:text>&#10;</xsl:text></xsl:if><xsl:apply-templates
  select="*" mode="in"/></xsl:for-each></xsl:for-each>{_LINE}</xsl:template>
<xsl:template match="*" mode="block"><xsl:apply-templates select="*" mode="block"/></xsl:template>
<xsl:template match="w:sectPr | w:del | w:moveFrom" mode="block"/>
<xsl:template match="*" mode="in"><xsl:apply-templates select="*" mode="in"/></xsl:template>
<xsl:template match="w:t" mode="in"><xsl:value-of select="."/></xsl:template>
<xsl:template match="w:br | w:cr" mode="in"><xsl:text>&#10;</xsl:text></xsl:template>
<xsl:template match="w:tab" mode="in"><xsl:text>&#9;</xsl:text></xsl:template>
<xsl:template match="w:noBreakHyphen" mode="in">-</xsl:template>
<xsl:template match="wp:docPr[starts-with(@name, 'KianFigure')]" mode="in">［図：<xsl:value-of
  select="@descr"/>］</xsl:template>
<xsl:template match="w:pPr | w:rPr | w:del | w:moveFrom | w:instrText" mode="in"/>
</xsl:stylesheet>"""


class Line(NamedTuple):
    """A paragraph or a table row.

    Attributes:
        style: id of the paragraph style; "row" for a table row.
        text: its text; cells of a row between bars, a bar inside a cell as `\\|`.
    """

    style: str
    text: str


@cache
def _walk() -> etree.XSLT:
    return etree.XSLT(etree.fromstring(_PROGRAM))


def lines_of(root: etree._Element) -> list[Line]:
    """The lines of a part, in reading order; text that a tracked change deleted is left out."""
    return lines_by(_walk(), root)


def lines_by(walk: etree.XSLT, root: etree._Element) -> list[Line]:
    """The lines that a program of signs finds in a tree; see `_PROGRAM`."""
    lines = []
    for line in str(walk(root)).split(_LINE)[:-1]:
        style, _, text = line.partition(_STYLE)
        if style == "row":
            cells = text.replace("|", "\\|").split(_CELL)[1:]
            text = f"| {' | '.join(cells)} |"
        lines.append(Line(style, text))
    return lines
