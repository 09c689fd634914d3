"""A template as lint reads it: its lines with their roles, its tags, its manifest.

Hands out `Line`, `Sheet`, its forms, `read_sheet` and `sheet_of_master`. Where a text master stands
beside the Word file and says the same, its line numbers are used. Leans on `word`, `tags`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from gen.authoring.tags import TAG, Balance, Guard, Placed, TagFault, placed
from gen.catalog import Manifest
from gen.errors import Place, UserError
from gen.word.house import role_of
from gen.word.master import build, text_of
from gen.word.package import Package, fingerprint, parse_xml, read_package
from gen.word.prepare import MAX_PARAGRAPH
from gen.word.reading import W

__all__ = ["MARKDOWN", "WORD", "Line", "Sheet", "read_sheet", "sheet_of_master"]

WORD, MARKDOWN = "word", "markdown"
"""The two forms of a template."""

_ROLE = re.compile(r"\[([a-z0-9]+)\] ?(.*)", re.DOTALL)
_TABLE = re.compile(r"\[table(?: .*)?\]")
_BAR = re.compile(r"(?<!\\)\|")
_STEER = re.compile(r"\{%(?:p|tr) .*%\}")
_MAX_LINES = 10_000
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")


@dataclass(frozen=True)
class Line:
    """A paragraph or a table row.

    Attributes:
        number: its line in the text master, or the number of its paragraph in Word.
        role: of the house; "steer", "row", or "" for a style that the house does not have.
        text: with its tags.
        style: the Word style where the role is "".
        cells: of a row.
        torn: tags that Word tore into several runs.
        part: header or footer that it stands in, "" for the body.
        said: its words without the signs of Markdown, "" where `text` has none.
    """

    number: int
    role: str
    text: str
    style: str = ""
    cells: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()
    part: str = ""
    said: str = ""

    @property
    def words(self) -> str:
        """What it says, with its tags."""
        return self.said or self.text


@dataclass(frozen=True)
class Sheet:
    """One template.

    Attributes:
        name: in the catalog, such as `clauses/secrecy`; its file's stem where it is in none.
        file: as messages name it.
        lines: of the body, then of headers and footers.
        manifest: None where it has none.
        differs: Japanese: how the text master and the Word file differ, "" where they agree.
        by_line: whether numbers are lines of a file that a person sees.
        form: WORD or MARKDOWN.
    """

    name: str
    file: str
    lines: tuple[Line, ...]
    manifest: Manifest | None = None
    differs: str = ""
    by_line: bool = True
    form: str = WORD

    @cached_property
    def _balance(self) -> Balance:
        return placed(line.text for line in self.lines)

    @property
    def tags(self) -> tuple[Placed, ...]:
        """Every tag in order, with what is open around it."""
        return self._balance.tags

    @property
    def faults(self) -> tuple[TagFault, ...]:
        """What is out of balance."""
        return self._balance.faults

    def guards_at(self, index: int, column: int | None = None) -> tuple[Guard, ...]:
        """The conditions at the beginning of a line, or at a column of it."""
        if column is None:
            return self._balance.starts[index]
        tags = self.by_index[index]
        following = next((one for one in tags if one.tag.start >= column), None)
        if following is not None:
            return following.before
        return tags[-1].after if tags else self._balance.starts[index]

    @cached_property
    def by_index(self) -> tuple[tuple[Placed, ...], ...]:
        """The tags of each line."""
        rows: list[list[Placed]] = [[] for _ in self.lines]
        for tag in self.tags:
            rows[tag.line].append(tag)
        return tuple(tuple(row) for row in rows)

    @property
    def short(self) -> str:
        """The name by which `has` asks for it."""
        return self.name.rpartition("/")[2]


def read_sheet(
    data: bytes,
    name: str,
    file: str,
    *,
    master: tuple[str, str] | None = None,
    manifest: Manifest | None = None,
) -> Sheet:
    """Read a Word template.

    Args:
        data: the Word file.
        name: of the template.
        file: for messages.
        master: name and text of the master beside it.
        manifest: of the template.

    Raises:
        UserError: a Word file or a master that cannot be read.
    """
    package = read_package(data, file)
    _check_lines(file, (len(line.text) for line in _word_lines(package, file)))
    if master is not None:
        built = build(master[1], master[0])
        if text_of(data, file) == text_of(built, file):
            same = fingerprint(package.parts) == fingerprint(read_package(built, file).parts)
            differs = "" if same else "文面は同じですが、書式が今の団体の書式と違います。"
            return Sheet(name, master[0], tuple(_master_lines(master[1])), manifest, differs)
        differs = f"文面ファイル（{master[0]}）と Word ファイルの文面が違います。"
        return Sheet(name, file, tuple(_word_lines(package, file)), manifest, differs, False)
    return Sheet(name, file, tuple(_word_lines(package, file)), manifest, "", False)


def sheet_of_master(text: str, name: str, file: str, *, manifest: Manifest | None = None) -> Sheet:
    """Read a text master that has no Word file yet.

    Raises:
        MasterError: a line that cannot be built.
    """
    _check_lines(file, map(len, text.split("\n")))
    build(text, file)
    return Sheet(name, file, tuple(_master_lines(text)), manifest)


def _check_lines(file: str, lengths: Iterable[int]) -> None:
    """Refuse a text that would keep the rules busy for minutes."""
    for number, length in enumerate(lengths, 1):
        if length > MAX_PARAGRAPH or number > _MAX_LINES:
            what = (
                f"1つの段落が長すぎます（{length:,}文字、上限{MAX_PARAGRAPH:,}文字）。"
                if length > MAX_PARAGRAPH
                else f"段落が多すぎます（上限{_MAX_LINES:,}）。"
            )
            raise UserError(what, place=Place(file, number), hint="ひな形を分けてください。")


def _master_lines(text: str) -> Iterator[Line]:
    in_table = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if _TABLE.fullmatch(line) and not in_table:
            in_table = True
        elif in_table and line == "[end]":
            in_table = False
        elif _STEER.fullmatch(line):
            yield Line(number, "steer", line)
        elif in_table:
            cells = tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(line)[1:-1])
            yield Line(number, "row", "\u3000".join(cells), cells=cells)
        elif found := _ROLE.fullmatch(line):
            yield Line(number, found.group(1), found.group(2).replace("\\t", "\t"))


# -- Word files ---------------------------------------------------------------------------


def _word_lines(package: Package, file: str) -> Iterator[Line]:
    parts = ["word/document.xml", *(name for name in sorted(package.parts) if _MARGIN.fullmatch(name))]
    for part in parts:
        root = parse_xml(package.parts[part], file)
        margin = "" if part == "word/document.xml" else part
        for line in _part_lines(root, margin):
            if not margin or "{" in line.text:
                yield line


def _part_lines(root: etree._Element, margin: str) -> Iterator[Line]:
    number = 0
    for block in root.iter(f"{W}p", f"{W}tr"):
        if any(above.tag == f"{W}tr" for above in block.iterancestors()):
            number += block.tag == f"{W}p"
            continue
        if block.tag == f"{W}tr":
            yield _row(block, number + 1, margin)
            continue
        number += 1
        pieces = _pieces(block)
        text = "".join(pieces)
        style = block.find(f"{W}pPr/{W}pStyle")
        named = style.get(f"{W}val", "") if style is not None else ""
        role = role_of(named)
        if not text and (role is not None or not named):
            continue
        steers = _STEER.fullmatch(text) is not None
        kind = "steer" if steers else role.name if role else ""
        yield Line(number, kind, text, "" if role or steers else named or "標準", (), _torn(pieces), margin)


def _row(row: etree._Element, number: int, margin: str) -> Line:
    pieces = [[piece for p in cell.iter(f"{W}p") for piece in _pieces(p)] for cell in row.iter(f"{W}tc")]
    cells = tuple("".join(cell) for cell in pieces)
    torn = tuple(tag for cell in pieces for tag in _torn(cell))
    text = "\u3000".join(cells)
    kind = "steer" if _STEER.fullmatch("".join(cells)) else "row"
    return Line(number, kind, "".join(cells) if kind == "steer" else text, "", cells, torn, margin)


def _pieces(paragraph: etree._Element) -> list[str]:
    out: list[str] = []
    for piece in paragraph.iter(f"{W}t", f"{W}tab"):
        if piece.tag == f"{W}t":
            out.append(piece.text or "")
        else:
            above = piece.getparent()
            if above is not None and above.tag == f"{W}r":
                out.append("\t")
    return out


def _torn(pieces: list[str]) -> tuple[str, ...]:
    """The tags that lie in more than one piece."""
    edges: set[int] = set()
    at = 0
    for piece in pieces[:-1]:
        at += len(piece)
        edges.add(at)
    text = "".join(pieces)
    return tuple(
        found.group(0)
        for found in TAG.finditer(text)
        if any(edge in edges for edge in range(found.start() + 1, found.end()))
    )
