"""A filled HTML page: read back as lines, and given its head, draft mark and page boxes.

Hands out `Page`, `finished_page`, `without_draft` and the slots that the template leaves open. The draft mark
and the handling class stand in the margin of each printed page (CSS page boxes, Chromium
131 or later), and above the text on the screen. Leans on `markdown_style`, `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

from gen.markup import escape, quoted, unescape
from gen.word.inspection import inspect
from gen.word.markdown_style import page_rules, stylesheet
from gen.word.markdown_writer import NEW_LINE
from gen.word.marks import Expression, Mark, strip_marks
from gen.word.reading import lines_by

__all__ = ["DRAFT_SLOT", "HEAD_SLOT", "Page", "finished_page", "without_draft"]

HEAD_SLOT, DRAFT_SLOT = "<!--kian-head-->", "<!--kian-draft-->"
"""Values are escaped, so that none can hold a comment."""
_SAFE = (
    '<meta charset="utf-8"/>\n<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
)
_SECTION = re.compile(r'<section class="(a[34]-(?:portrait|landscape))">')

_HANDLING = re.compile(r'<div class="handling">([^<]*)</div>')

_PROGRAM = """\
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text" encoding="UTF-8"/>
<xsl:template match="/"><xsl:apply-templates select="//body" mode="block"/></xsl:template>
<xsl:template match="p | h1 | h2 | h3 | h4 | h5 | pre | div[@class='handling']" mode="block"><xsl:value-of
  select="local-name()"/>{style}<xsl:apply-templates mode="in"/>{line}</xsl:template>
<xsl:template match="tr" mode="block">row{style}<xsl:for-each select="td | th">{cell}<xsl:apply-templates
  mode="in"/></xsl:for-each>{line}</xsl:template>
<xsl:template match="*" mode="block"><xsl:apply-templates select="*" mode="block"/></xsl:template>
<xsl:template match="br" mode="in"><xsl:text>&#10;</xsl:text></xsl:template>
<xsl:template match="input" mode="in"><xsl:choose><xsl:when test="@checked">☑</xsl:when><xsl:otherwise
  >☐</xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="span[@class='no']" mode="in"><xsl:apply-templates mode="in"/><xsl:text>&#9;</xsl:text></xsl:template>
<xsl:template match="*[local-name()='svg']" mode="in">［図：<xsl:value-of select="@aria-label"/>］</xsl:template>
<xsl:template match="*" mode="in"><xsl:apply-templates mode="in"/></xsl:template>
</xsl:stylesheet>"""


@dataclass(frozen=True)
class Page:
    """An HTML page without its head.

    Attributes:
        text: the page, slots still open.
        handling: the handling class, "" where it has none.
    """

    text: str
    handling: str = ""

    def written(self, title: str, mark: str | None, properties: Mapping[str, str], rules: str = "") -> str:
        """The page as a file holds it.

        Args:
            title: of the document.
            mark: the draft mark, None where it is final.
            properties: provenance, as names and values.
            rules: more CSS, of this kind of page.
        """
        rows = "".join(
            f"<meta name={quoted(name)} content={quoted(value)}/>\n" for name, value in properties.items()
        )
        names = sorted(set(_SECTION.findall(self.text)))
        style = stylesheet() + page_rules(names, self.handling, mark or "") + rules
        head = f"{_SAFE}<title>{escape(title)}</title>\n{rows}<style>\n{style}</style>\n"
        draft = f'<div class="draft">{escape(mark)}</div>' if mark else ""
        before, _, after = self.text.partition(HEAD_SLOT)
        return (before + head + after.replace(DRAFT_SLOT, draft, 1)).replace(NEW_LINE, "\n")


def finished_page(
    text: str, marks: Sequence[Mark], expressions: Mapping[str, Expression], twin: str
) -> tuple[Page, list[str]]:
    """Inspect a filled page as a Word file is inspected, and hold it against the Word file's text.

    Args:
        text: the page, marks still inside.
        marks: what was printed.
        expressions: the tags of the templates, by their keys.
        twin: the text of the Word file.
    """
    root = _root(text)
    lines = lines_by(_walk(), root)
    read = inspect(root, marks, expressions, None, read=lambda _: lines)
    handling = strip_marks("".join(line.text for line in lines if line.style == "div"))
    faults = list(read.faults)
    own = [line for line in read.twin.split("\n") if line]
    if own[1 if handling else 0 :] != [line for line in twin.split("\n") if line]:
        faults.append("WordとHTMLの文が一致しません（Kianの誤りです）。")
    return Page(strip_marks(text), handling), faults


def without_draft(written: str, mark: str) -> str:
    """A page as a file holds it, with its draft mark taken off the screen and the printed page.

    Args:
        written: the file.
        mark: the draft mark that it has.
    """
    names = sorted(set(_SECTION.findall(written)))
    found = _HANDLING.search(written)
    handling = unescape(found[1]) if found else ""
    rules, plain = (page_rules(names, handling, said) for said in (mark, ""))
    return written.replace(f'<div class="draft">{escape(mark)}</div>', "", 1).replace(rules, plain, 1)


def _root(text: str) -> etree._Element:
    """The page parsed as XML, which it is."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(text[text.index("<html") :].replace(NEW_LINE, ""), parser)


@cache
def _walk() -> etree.XSLT:
    return etree.XSLT(etree.fromstring(_PROGRAM.format(line="\ufdd6", style="\ufdd7", cell="\ufdd8")))
