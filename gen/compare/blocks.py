"""A Word file as blocks: paragraphs and table rows in reading order, with role, number and names.

Hands out `Block`, `Paper` and `read_paper`. Any Word file can be read: Kian's own, one edited
in Word or saved again by LibreOffice (which renames styles by their ids but keeps their names),
or a contract that Kian never made. Leans on `word` for safe reading, on `leaves` and `labels`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from gen.compare.labels import is_heading, label_of
from gen.compare.leaves import W, closes_by_deletion, is_gone, leaves
from gen.compare.pictures import Gallery, Picture
from gen.errors import Place, UserError
from gen.word.house import ROLES
from gen.word.package import Package, parse_xml, read_package

__all__ = [
    "DOCUMENT",
    "Block",
    "Paper",
    "cell_elements",
    "has_tracked_changes",
    "read_paper",
    "read_parts",
    "read_tree",
]

DOCUMENT = "word/document.xml"
_PARTS = re.compile(r"word/(?:header|footer)\d*\.xml")
_PENDING = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|[a-zA-Z]+Change)[ >]")
_TITLES = {role.title: role.name for role in ROLES}
_IDS = {role.style: role.name for role in ROLES}
_AROUND_ROWS = (f"{W}tbl", f"{W}sdtContent", f"{W}customXml")
_NO_BLOCKS = tuple(
    f"{W}{name}" for name in ("p", "r", "t", "tr", "tbl", "pPr", "rPr", "trPr", "tblPr", "tcPr")
)
_UNNAMED = re.compile(r"_(?:GoBack|Toc|Ref|Hlk|Hlt)|OLE_LINK|__")
_INSIDE_ARTICLE = ("jo", "ko", "go", "sai", "sai2", "row", "body", "plain")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A paragraph or a table row.

    Attributes:
        part: the part of the file that it stands in.
        index: its place in the blocks of that part; of a paragraph in a cell, its place in the cell.
        role: `row`, or what the paragraph is: jo (条), ko (項), go (号), sai, sai2, midashi (見出し),
            head (頭書), attach (別記 …), title, date, sign and the other roles of the house; `plain`.
        text: as it stands with tracked changes accepted; tabs and line breaks as such. Of a row,
            its cells between bars, as in the twin.
        number: as printed, 第１２条, 2, (1), ア, 別記1; "" where it has none.
        heading: of the article in which it stands, with brackets; "" outside.
        owner: the number of the article in which it stands; "" outside.
        names: bookmarks that begin in it, but for those that Word sets by itself.
        cells: of a row: the paragraphs of each cell.
        elements: the paragraphs of the file that read as this one; of a row, the row.
        cites: the bookmarks that it cites by REF fields.
        pictures: the drawings of Kian that stand in it.
    """

    part: str
    index: int
    role: str
    text: str
    number: str = ""
    heading: str = ""
    owner: str = ""
    names: tuple[str, ...] = ()
    cells: tuple[tuple[Block, ...], ...] = ()
    elements: tuple[etree._Element, ...] = ()
    cites: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def is_row(self) -> bool:
        """True for a table row."""
        return self.role == "row"

    @property
    def body(self) -> str:
        """The text after the number."""
        return self.text[len(self.number) :].lstrip("　 \t")


@dataclass(frozen=True)
class Paper:
    """A Word file that was read.

    Attributes:
        package: its parts.
        roots: the parsed part by name, for body, headers and footers.
        blocks: the blocks of each of them.
    """

    package: Package
    roots: Mapping[str, etree._Element]
    blocks: Mapping[str, tuple[Block, ...]]

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks of the document itself."""
        return self.blocks[DOCUMENT]

    @property
    def twin(self) -> str:
        """The text, a 条・項・号 or table row a line, as documents have it beside them."""
        return "".join(block.text.replace("\n", "↵") + "\n" for block in self.body)


def read_paper(data: bytes, source: str) -> Paper:
    """Read a Word file.

    Args:
        data: the file.
        source: its name, for messages.

    Raises:
        BadWordFile: not a Word file, too large, with macros or hostile XML.
    """
    return read_parts(read_package(data, source), source)


def has_tracked_changes(package: Package) -> bool:
    """Whether anything in body, headers or footers waits for 承諾 or 元に戻す."""
    texts = (data for name, data in package.parts.items() if name == DOCUMENT or _PARTS.fullmatch(name))
    return any(_PENDING.search(data) for data in texts)


def read_parts(package: Package, source: str) -> Paper:
    """The blocks of a package that was read already; see `read_paper`."""
    styles = _roles(package, source)
    names = [DOCUMENT, *sorted(name for name in package.parts if _PARTS.fullmatch(name))]
    roots = {name: parse_xml(package.parts[name], source) for name in names}
    if roots[DOCUMENT].find(f"{W}body") is None or any(map(_is_torn, roots.values())):
        raise UserError(
            "Wordファイルに本文がないか、表や段落の形が壊れています。",
            place=Place(source),
            hint="Wordで開いて、保存し直してください。",
        )
    gallery = Gallery(package)
    blocks = {name: _Reader(name, styles, gallery).read(root) for name, root in roots.items()}
    return Paper(package, roots, blocks)


def _is_torn(root: etree._Element) -> bool:
    """Whether rows stand outside of tables, paragraphs inside of text, or a table has no row: Word opens none."""
    for one in root.iter(f"{W}p", f"{W}tr", f"{W}tbl"):
        parent = one.getparent()
        inside = parent.tag if parent is not None else ""
        if one.tag == f"{W}tr" and (
            inside not in _AROUND_ROWS or next(one.iterancestors(f"{W}tbl"), None) is None
        ):
            return True
        if one.tag != f"{W}tr" and inside in _NO_BLOCKS:
            return True
        if one.tag == f"{W}tbl" and not any(
            next(row.iterancestors(f"{W}tbl")) is one for row in one.iter(f"{W}tr")
        ):
            return True
    return False


def read_tree(paper: Paper) -> Paper:
    """The blocks of a paper whose trees were changed since."""
    styles, gallery = _roles(paper.package, "document"), Gallery(paper.package)
    return Paper(
        paper.package,
        paper.roots,
        {name: _Reader(name, styles, gallery).read(root) for name, root in paper.roots.items()},
    )


def _roles(package: Package, source: str) -> dict[str, str]:
    """The role of each style of a file, by id: programs rename the ids, never the titles."""
    found = dict(_IDS)
    if (data := package.parts.get("word/styles.xml")) is not None:
        for style in parse_xml(data, source).iter(f"{W}style"):
            name = style.find(f"{W}name")
            if name is not None and (role := _TITLES.get(name.get(f"{W}val", ""))):
                found[style.get(f"{W}styleId", "")] = role
    return found


@dataclass
class _Reader:
    """Reads one part, and knows in which article it stands."""

    part: str
    styles: Mapping[str, str]
    gallery: Gallery
    heading: str = ""
    owner: str = ""
    found: list[Block] = field(default_factory=list)

    def read(self, root: etree._Element) -> tuple[Block, ...]:
        drafts = list(self._drafts(root.find(f"{W}body") if self.part == DOCUMENT else root))
        for at, draft in enumerate(drafts):
            following = drafts[at + 1] if at + 1 < len(drafts) else None
            self.found.append(self._placed(draft, following))
        return tuple(self.found)

    def _drafts(self, container: etree._Element | None) -> Iterator[Block]:
        """Paragraphs and rows, not yet placed in their articles."""
        for number, thing in enumerate(_units(container) if container is not None else ()):
            is_row = thing[0].tag == f"{W}tr"
            yield self._row(thing[0], number) if is_row else self._paragraph(thing, number)

    def _paragraph(self, elements: tuple[etree._Element, ...], index: int, *, in_cell: bool = False) -> Block:
        found = list(leaves(elements))
        text = "".join(leaf.text for leaf in found)
        cites = tuple(leaf.target for leaf in found if leaf.target and leaf.text)
        style = elements[-1].find(f"{W}pPr/{W}pStyle")
        role = self.styles.get(style.get(f"{W}val", ""), "") if style is not None else ""
        shown = (
            self.gallery.picture(self.part, leaf.element)
            for leaf in found
            if leaf.element.tag == f"{W}drawing"
        )
        label = label_of("" if in_cell else text, role)  # what a cell begins with counts nothing
        return Block(
            self.part, index, role or label.role or "plain", text, label.number,
            names=_names(elements), elements=elements, cites=cites, pictures=tuple(filter(None, shown)),
        )  # fmt: skip

    def _row(self, row: etree._Element, index: int) -> Block:
        cells = tuple(
            tuple(self._paragraph(unit, at, in_cell=True) for at, unit in enumerate(_cell_units(cell)))
            for cell in cell_elements(row)
        )
        said = ("\n".join(block.text for block in cell).replace("|", "\\|") for cell in cells)
        names = tuple(name for cell in cells for block in cell for name in block.names)
        cites = tuple(one for cell in cells for block in cell for one in block.cites)
        pictures = tuple(one for cell in cells for block in cell for one in block.pictures)
        return Block(
            self.part, index, "row", f"| {' | '.join(said)} |",
            names=names, cells=cells, elements=(row,), cites=cites, pictures=pictures,
        )  # fmt: skip

    def _placed(self, draft: Block, following: Block | None) -> Block:
        """The block with its article; a heading belongs to the article that it precedes."""
        role = draft.role
        if role == "plain" and following is not None and following.role == "jo" and is_heading(draft.text):
            role = "midashi"
        if role == "midashi":
            self.heading, self.owner = draft.text.strip(), following.number if following else ""
        elif role == "jo":
            if draft.number != self.owner or not self.owner:
                before = self.found[-1] if self.found else None
                self.heading = before.text.strip() if before is not None and before.role == "midashi" else ""
            self.owner = draft.number
            self.heading = self.heading or _own_heading(draft)
        elif role not in _INSIDE_ARTICLE:
            self.heading = self.owner = ""
        return Block(
            draft.part, draft.index, role, draft.text, draft.number, self.heading, self.owner,
            draft.names, draft.cells, draft.elements, draft.cites, draft.pictures,
        )  # fmt: skip


def _own_heading(block: Block) -> str:
    """The heading of an older form, 第1条（目的）."""
    found = re.match(r"\s*([（(][^（）()]{1,60}[）)])", block.body)
    return found.group(1) if found else ""


def _names(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    """The bookmarks of a block; not those of a paragraph before it that is deleted whole: it has another text."""
    standing = (
        one for one in elements if not closes_by_deletion(one) or any(leaf.text for leaf in leaves((one,)))
    )
    names = (start.get(f"{W}name", "") for element in standing for start in element.iter(f"{W}bookmarkStart"))
    return tuple(name for name in names if name and not _UNNAMED.match(name))


def _units(container: etree._Element) -> Iterator[tuple[etree._Element, ...]]:
    """Paragraphs that read as one, and rows; deleted ones are left out."""
    waiting: list[etree._Element] = []
    for element in _flat(container):
        if element.tag == f"{W}tr":
            if any(leaf.text for leaf in leaves(tuple(waiting))):
                yield tuple(waiting)  # a deleted end has nothing to join before a table
            waiting = []
            yield (element,)
            continue
        waiting.append(element)
        if not closes_by_deletion(element):
            yield tuple(waiting)
            waiting = []
    if any(leaf.text for leaf in leaves(tuple(waiting))):
        yield tuple(waiting)


def _flat(container: etree._Element) -> Iterator[etree._Element]:
    for child in container:
        tag = child.tag
        if tag == f"{W}p":
            yield child
        elif tag == f"{W}tr":
            if not is_gone(child):
                yield child
        elif tag in (f"{W}tbl", f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _flat(child)


def cell_elements(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, or of a control inside of it; what else lies there is none."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from cell_elements(child)


def _cell_units(cell: etree._Element) -> Iterator[tuple[etree._Element, ...]]:
    """The paragraphs of a cell, those of a table inside it in their place."""
    for unit in _units(cell):
        if unit[0].tag == f"{W}tr":
            for inner in cell_elements(unit[0]):
                yield from _cell_units(inner)
        else:
            yield unit
