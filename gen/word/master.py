"""The text form of a template: a line a paragraph, its role in brackets; and the Word file of it.

Hands out `build` (text → Word file), `text_of` (Word file → text) and `MasterError`.
The form is described in `docs/templates.md`. Leans on `house`, `package`, `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from gen.clauses import SIGNS
from gen.errors import Place, UserError
from gen.markup import escape
from gen.word.house import ROLES, TEXT_WIDTH, house_package, role_of
from gen.word.package import NOT_XML, parse_xml, read_package
from gen.word.reading import W

__all__ = ["MasterError", "build", "text_of"]

_LINE = re.compile(r"\[([a-z0-9]+)\] ?(.*)", re.DOTALL)
_TABLE = re.compile(r"\[table((?: [a-z]+=[0-9a-z,.]+)*)\]")
_BAR = re.compile(r"(?<!\\)\|")
_STEER = re.compile(r"\{%(?:p|tr) (?:(?!%\}).)*%\}")  # one tag; text after it would be lost in Word
_WIDTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)([lcr]?)")
_STYLES = {role.name: role.style for role in ROLES}
_ALIGN_ROLE = {"l": "cell", "c": "cellc", "r": "cellr"}
_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class MasterError(UserError):
    """A line of a text master that cannot be built."""


@dataclass
class _Table:
    widths: list[int]
    aligns: list[str]
    heads: int
    grid: bool
    rows: list[str]
    printed: int = 0


def build(text: str, source: str) -> bytes:
    """Make the Word file of a text master.

    Args:
        text: the master.
        source: its name, for messages.

    Raises:
        MasterError: with the line that is wrong.
    """
    blocks: list[str] = []
    table: _Table | None = None
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        place = Place(source, number, 1)
        _check_signs(line, place)
        if not line.strip() or line.startswith("#"):
            continue
        if table is not None:
            if line == "[end]":
                blocks.append(_table_xml(table, place))
                table = None
            else:
                _add_row(table, line, place)
        elif found := _TABLE.fullmatch(line):
            table = _new_table(found.group(1), place)
        elif _STEER.fullmatch(line):
            blocks.append(f"<w:p>{_runs(line)}</w:p>")
        else:
            blocks.append(_paragraph(line, place))
    if table is not None:
        raise MasterError("表が [end] で閉じていません。", place=Place(source, len(lines) - (not lines[-1])))
    if blocks and blocks[-1].startswith("<w:tbl>"):
        blocks.append(
            '<w:p><w:pPr><w:pStyle w:val="KianCell"/></w:pPr></w:p>'
        )  # Word wants one after a table
    return house_package("".join(blocks)).write()


def _check_signs(line: str, place: Place) -> None:
    if found := NOT_XML.search(line) or SIGNS.search(line):
        raise MasterError(
            f"文書に書けない制御用の文字（U+{ord(found.group(0)):04X}）が入っています。",
            place=replace(place, column=found.start() + 1),
        )


def _paragraph(line: str, place: Place) -> str:
    found = _LINE.fullmatch(line)
    if not found or found.group(1) not in _STYLES:
        raise MasterError(
            f"行の役割が分かりません：{line[:40]}",
            place=place,
            hint=f"[役割] 本文 の形で書いてください。役割は {'、'.join(_STYLES)} です。",
        )
    return _styled(_STYLES[found.group(1)], found.group(2))


def _styled(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(text)}</w:p>'


def _runs(text: str) -> str:
    if not text:
        return ""
    inner = escape(text).replace("\\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{inner}</w:t></w:r>'.replace(
        '<w:t xml:space="preserve"></w:t>', ""
    )


def _new_table(options: str, place: Place) -> _Table:
    given = {"head": "1", "grid": "1", **dict(option.split("=", 1) for option in options.split())}
    columns = [_WIDTH.fullmatch(column) for column in given.get("widths", "").split(",")]
    shares = [float(column[1]) if column else 0 for column in columns]
    if not all(shares) or not given["head"].isdecimal() or given["grid"] not in ("0", "1") or len(given) > 3:
        raise MasterError(
            "表の書き方が読めません。",
            place=place,
            hint="[table widths=10,30c,60r head=1 grid=0] のように書いてください。",
        )
    total = sum(shares)
    aligns = [column[2] or "l" for column in columns if column]
    widths = [round(TEXT_WIDTH * share / total) for share in shares]
    return _Table(widths, aligns, int(given["head"]), given["grid"] == "1", [])


def _add_row(table: _Table, line: str, place: Place) -> None:
    if _STEER.fullmatch(line):
        cells = "".join(
            _cell(width, "cell", line if not index else "") for index, width in enumerate(table.widths)
        )
        table.rows.append(f"<w:tr>{cells}</w:tr>")
        return
    cells_text = [cell.strip(" ").replace("\\|", "|") for cell in _BAR.split(line)[1:-1]]
    if not line.startswith("|") or not line.rstrip().endswith("|") or len(cells_text) != len(table.widths):
        raise MasterError(
            f"表の行の列の数が合いません（{len(cells_text)}列、決めた列は{len(table.widths)}列）。",
            place=place,
        )
    head = table.printed < table.heads
    table.printed += 1
    cells = "".join(
        _cell(width, "cellhead" if head else _ALIGN_ROLE[align], text)
        for width, align, text in zip(table.widths, table.aligns, cells_text, strict=True)
    )
    properties = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    table.rows.append(f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")


def _cell(width: int, role: str, text: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_styled(_STYLES[role], text)}</w:tc>"
    )


def _table_xml(table: _Table, place: Place) -> str:
    if not table.rows:
        raise MasterError("表に行がありません。", place=place)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    rules = f"<w:tblBorders>{_RULES}</w:tblBorders>" if table.grid else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(table.widths)}" w:type="dxa"/>{rules}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(table.rows)}</w:tbl>"
    )


# -- from Word to text ------------------------------------------------------------------


def text_of(data: bytes, source: str) -> str:
    """The text form of a Word template; a paragraph of another style is shown as `body`.

    Args:
        data: the Word file.
        source: its name, for messages.
    """
    root = parse_xml(read_package(data, source).parts["word/document.xml"], source)
    body = root.find(f"{W}body")
    lines: list[str] = []
    for block in _blocks(body) if body is not None else ():
        if block.tag == f"{W}tbl":
            lines.extend(_table_text(block))
        elif block.tag == f"{W}p":
            text = _text(block)
            style = block.find(f"{W}pPr/{W}pStyle")
            role = role_of(style.get(f"{W}val", "")) if style is not None else None
            if _STEER.fullmatch(text) and style is None:
                lines.append(text)
            elif text or role is None or role.name != "cell":
                lines.append(f"[{role.name if role else 'body'}] {text}".rstrip(" "))
    return "".join(f"{line}\n" for line in lines)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, those inside content controls too."""
    for child in parent:
        if child.tag == f"{W}sdt":
            for content in child.iterchildren(f"{W}sdtContent"):
                yield from _blocks(content)
        else:
            yield child


def _text(element: etree._Element) -> str:
    return "".join(
        (piece.text or "") if piece.tag == f"{W}t" else "\\t"
        for piece in element.iter(f"{W}t", f"{W}tab")
        if piece.tag == f"{W}t" or _is_run(piece)
    )


def _is_run(piece: etree._Element) -> bool:
    parent = piece.getparent()
    return parent is not None and parent.tag == f"{W}r"


def _table_text(table: etree._Element) -> Iterator[str]:
    rows = table.findall(f"{W}tr")
    widths = [int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    heads = sum(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows)
    plain = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is None and not _steer_of(row)]
    aligns = _aligns(plain[0]) if plain else ["l"] * len(widths)
    total = sum(widths) or 1
    shown = [
        f"{round(width * 100 / total, 1):g}{'' if a == 'l' else a}"
        for width, a in zip(widths, aligns, strict=False)
    ]
    grid = "" if table.find(f"{W}tblPr/{W}tblBorders") is not None else " grid=0"
    yield f"[table widths={','.join(shown)} head={heads}{grid}]"
    for row in rows:
        yield _steer_of(row) or _row_text(row)
    yield "[end]"


def _steer_of(row: etree._Element) -> str:
    text = _text(row)
    return text if _STEER.fullmatch(text) else ""


def _row_text(row: etree._Element) -> str:
    return "| " + " | ".join(_text(cell).replace("|", "\\|") for cell in row.findall(f"{W}tc")) + " |"


def _aligns(row: etree._Element) -> Sequence[str]:
    by_style = {"KianCellC": "c", "KianCellR": "r"}
    styles = [cell.find(f"{W}p/{W}pPr/{W}pStyle") for cell in row.findall(f"{W}tc")]
    return [by_style.get(style.get(f"{W}val", ""), "l") if style is not None else "l" for style in styles]
