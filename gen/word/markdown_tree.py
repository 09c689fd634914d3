"""A Markdown template as a tree of blocks, its Jinja tags in their places.

Hands out the blocks and inlines that the parser makes and that the Word and HTML writers
read, and `MarkdownError`. Leans on `errors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gen.errors import Place, UserError

__all__ = [
    "Block", "Box", "Break", "Code", "CodeBlock", "Emphasis", "Heading", "Include", "Inline", "Item", "ItemList",
    "MarkdownError", "Notes", "PageBreak", "PageSetting", "Paragraph", "Row", "Rule", "SectionStart", "Strong", "Table",
    "TableSetting", "Tag", "Text", "problem",
]  # fmt: skip

PAPERS = {"A4": (11906, 16838), "A3": (16838, 23811)}
"""Width and height of a portrait sheet, in twentieths of a point."""


class MarkdownError(UserError):
    """A line of a Markdown template that cannot be used.

    Attributes:
        bare: what is wrong, without the file and the line's text.
        rule: the lint rule that is broken, "" where none tells it.
    """

    bare = ""
    rule = ""


def problem(
    message: str, file: str, line: int, text: str, hint: str = "", *, rule: str = "", what: str = ""
) -> MarkdownError:
    """The error of a line: says the file, the line, the column and the line's text.

    Args:
        message: what is wrong.
        file: name of the template.
        line: from 1.
        text: of the line, as typed.
        hint: what to do.
        rule: the lint rule that is broken.
        what: the word at fault, whose column is told; else that of the first letter.
    """
    shown = f"\n    段落: {text.strip()[:120]}" if text.strip() else ""
    hint = hint or "書き方は docs/markdown-templates.md にあります。"
    at = text.find(what) if what else -1
    column = (at if at >= 0 else len(text) - len(text.lstrip())) + 1
    place = Place(file, line, column)
    error = MarkdownError(f"ひな形「{file}」: {message}{shown}", place=place, hint=hint)
    error.bare, error.rule = message, rule
    return error


@dataclass(frozen=True, slots=True)
class Tag:
    """A Jinja tag.

    Attributes:
        kind: print, open, middle, close or include.
        word: its first word (if, for, elif …), "" for a printed value.
        source: as it is handed to Jinja.
        line: of the template, from 1.
    """

    kind: str
    word: str
    source: str
    line: int

    @property
    def steers(self) -> bool:
        """True for if, elif, else, for and their ends."""
        return self.kind in ("open", "middle", "close")


@dataclass(frozen=True, slots=True)
class Text:
    """Static text, in the city's wording already."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick."""

    ticked: bool


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold."""

    inner: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic; dots beside the letters look better in Japanese, but Word has no style for it."""

    inner: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Code:
    """A stretch in the letters of a machine."""

    inner: Sequence[Inline]


Inline = Text | Tag | Break | Box | Strong | Emphasis | Code


@dataclass(frozen=True, slots=True)
class PageSetting:
    """Paper and orientation of a section."""

    paper: str = "A4"
    landscape: bool = False

    @property
    def name(self) -> str:
        """A word for it, such as `a3-landscape`."""
        return f"{self.paper.lower()}-{'landscape' if self.landscape else 'portrait'}"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in twentieths of a point."""
        width, height = PAPERS[self.paper]
        return (height, width) if self.landscape else (width, height)

    @property
    def margins(self) -> tuple[int, int, int, int]:
        """Top, right, bottom, left, in twentieths of a point; the binding side is wider."""
        return (1701, 1134, 1134, 1134) if self.landscape else (1418, 1134, 1418, 1701)

    @property
    def text_width(self) -> int:
        """What the margins leave."""
        return self.size[0] - self.margins[1] - self.margins[3]


@dataclass(frozen=True, slots=True)
class TableSetting:
    """What `{widths=… head=…}` above a table says.

    Attributes:
        widths: shares of the columns; empty for equal ones.
        heads: rows that repeat on every page.
        grid: False for a table without lines.
        side: True where the first column heads its row.
        height: least height of a row in mm, for rows to be filled by hand.
    """

    widths: tuple[float, ...] = ()
    heads: int = 1
    grid: bool = True
    side: bool = False
    height: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4."""

    level: int
    inner: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inner: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines in the letters of a machine."""

    lines: Sequence[Sequence[Inline]]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `box` is None where it has no box to tick."""

    blocks: Sequence[Block]
    box: bool | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; `start` is None where it has no numbers."""

    items: Sequence[Item | Tag]
    level: int
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: Sequence[Sequence[Inline]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `heads` of its rows stand first and repeat."""

    rows: Sequence[Row | Tag]
    aligns: Sequence[str]
    setting: TableSetting = field(default_factory=TableSetting)


@dataclass(frozen=True, slots=True)
class Notes:
    """備考 and the like: a block quote."""

    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True, slots=True)
class SectionStart:
    """A new section on a new page; None goes back to the setting of the document."""

    setting: PageSetting | None
    line: int


@dataclass(frozen=True, slots=True)
class Include:
    """Another Markdown template in this place."""

    name: str
    line: int


Block = (
    Heading
    | Paragraph
    | CodeBlock
    | ItemList
    | Table
    | Notes
    | Rule
    | PageBreak
    | SectionStart
    | Include
    | Tag
)
