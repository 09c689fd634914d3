"""A 新旧対照表 as an HTML page: one file that asks nothing of the network, with rules for printing.

Hands out `table_html`. Leans on `table_grid`, `table_word` and the pages of `word`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gen.compare.table import Span
from gen.compare.table_grid import Piece, Sheet
from gen.compare.table_word import Labels
from gen.markup import escape
from gen.word.house import ROLES
from gen.word.markdown_page import DRAFT_SLOT, HEAD_SLOT, Page

__all__ = ["table_html"]

_INDENTED = ("jo", "ko", "go", "sai", "sai2", "head", "note", "midashi", "chapter")
_NARROW = {"head": (1.0, 1.0)}  # eleven signs, as the contract has them, are too many for half a page
_RULES = """\
section { font-family: "MS Mincho", "ＭＳ 明朝", "BIZ UDMincho", "BIZ UDPMincho", "Yu Mincho", "Hiragino Mincho ProN",
  "IPAexMincho", "Noto Serif CJK JP", serif; }
h1 { font-weight: normal; }
.lead { text-align: right; font-size: 9.5pt; margin: 0 0 .3em; }
table { font-size: 10.5pt; line-height: 1.6; }
tbody tr { break-inside: auto; }
tbody tr.whole { break-inside: avoid; }
thead th { font-weight: normal; font-size: 9.5pt; }
tbody td { vertical-align: top; border-width: 0 1px; padding: 0 .5em; }
tbody tr.opens > td { border-top-width: 1px; }
tbody tr:last-child > td { border-bottom-width: 1px; }
tbody td.cell { border-width: 1px; font-size: 9.5pt; line-height: 1.45; padding: .15em .4em; }
td p, td p.note { margin: 0; border: 0; font-size: inherit; }
td p.title, td p.title2, td p.subtitle, td p.cellc, td p.cellhead { text-align: center; font-size: inherit; margin: 0; }
td p.cellr { text-align: right; }
u { text-underline-offset: .2em; text-decoration-thickness: 1px; }
"""


def table_html(sheet: Sheet, labels: Labels, provenance: Mapping[str, str]) -> bytes:
    """The page.

    Args:
        sheet: the table on its page.
        labels: what stands around it.
        provenance: names and values for the head of the page.
    """
    body = "".join(
        (
            f'<!DOCTYPE html>\n<html lang="ja">\n<head>\n{HEAD_SLOT}</head>\n<body>\n{DRAFT_SLOT}<main>\n',
            f'<section class="{sheet.setting.name}">\n<h1 class="title">{escape(labels.title)}</h1>\n',
            *(f'<p class="lead">{escape(sentence)}</p>\n' for sentence in labels.lead),
            *_table(sheet),
            "</section>\n</main>\n</body>\n</html>\n",
        )
    )
    return Page(body).written(labels.title, None, provenance, _RULES + _indents()).encode()


def _indents() -> str:
    """The indents of the house style."""
    found = {role.name: _NARROW.get(role.name, (role.left, role.hanging)) for role in ROLES}
    return "".join(
        f"td p.{name} {{ padding-left: {left:g}em; text-indent: {-hanging:g}em; }}\n"
        for name, (left, hanging) in found.items()
        if name in _INDENTED
    )


def _table(sheet: Sheet) -> Iterator[str]:
    yield "<table><colgroup>"
    for start, end in zip(sheet.cuts, sheet.cuts[1:], strict=False):
        yield f'<col style="width:{(end - start) * 100 / sheet.cuts[-1]:.4g}%"/>'
    yield "</colgroup>\n<thead><tr>"
    for head in sheet.heads:
        said = "<br/>".join(_spans(line.spans) for line in head.lines)
        yield f'<th scope="col"{_span(head)}>{said}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row, pieces in sheet.rows:
        names = [
            *(["opens"] if row.opens else []),
            *(["whole"] if any(piece.framed for piece in pieces) else []),
        ]
        yield f'<tr class="{" ".join(names)}">' if names else "<tr>"
        yield from map(_cell, pieces)
        yield "</tr>\n"
    yield "</tbody></table>\n"


def _cell(piece: Piece) -> str:
    lines = "".join(f'<p class="{line.role}">{_spans(line.spans)}</p>' for line in piece.lines)
    framed = ' class="cell"' if piece.framed else ""
    return f"<td{framed}{_span(piece)}>{lines}</td>"


def _span(piece: Piece) -> str:
    return f' colspan="{piece.end - piece.start}"' if piece.end - piece.start > 1 else ""


def _spans(spans: Sequence[Span]) -> str:
    return "".join(f"<u>{_text(span.text)}</u>" if span.is_marked else _text(span.text) for span in spans)


def _text(text: str) -> str:
    return escape(text.replace("\t", "　")).replace("\n", "<br/>")
