"""From the text of a Markdown template to its tree, once.

Hands out `Markdown` and `parse`. python-markdown reads the lines with the tags as marks;
raw HTML, links, pictures and entities are off, so that what looks like one prints as
typed. Leans on `markdown_source`, `markdown_lines`, `markdown_inline`, `markdown_tree`, `clauses`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from xml.etree.ElementTree import Element

from gen.clauses import Wording
from gen.word.markdown_inline import Inlines
from gen.word.markdown_lines import LEVELS, SPECIAL, Arranged, arrange
from gen.word.markdown_source import FrontMatter, Source, include_of, read_source
from gen.word.markdown_tree import (
    Block,
    Box,
    CodeBlock,
    Heading,
    Include,
    Inline,
    Item,
    ItemList,
    Notes,
    PageBreak,
    PageSetting,
    Paragraph,
    Row,
    Rule,
    SectionStart,
    Table,
    TableSetting,
    Tag,
    Text,
)

__all__ = ["Markdown", "parse"]

_BLOCKS = ("p", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr")
_OFF = (
    "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref", "autolink",
    "automail", "html", "entity",
)  # fmt: skip


@dataclass(frozen=True)
class Markdown:
    """A parsed template.

    Attributes:
        source: its text.
        front: its front matter.
        title, handling: of the front matter, as inlines.
        blocks: the tree.
    """

    source: Source
    front: FrontMatter
    title: Sequence[Inline]
    handling: Sequence[Inline]
    blocks: Sequence[Block]


def parse(text: str, file: str, wording: Wording, terms: Mapping[str, str]) -> Markdown:
    """Parse a template.

    Raises:
        MarkdownError: with the line that is wrong.
    """
    source = read_source(text, file, terms)
    try:
        return _parsed(source, wording)
    except RecursionError as error:  # thousands of * or [ that open and never close
        raise source.wrong("強調や括弧の入れ子が深すぎます。", source.first) from error


def _parsed(source: Source, wording: Wording) -> Markdown:
    arranged = arrange(source)
    builder = _Builder(source, arranged, wording)
    blocks = builder.blocks(list(_tree(arranged.lines)), 0, top=True)
    builder.check_sections(blocks)
    front = source.front
    title = builder.inlines.line(front.title, front.lines.get("title", 1))
    handling = builder.inlines.line(front.handling, front.lines.get("handling", 1))
    _check_whole(source, (title, handling, blocks))
    return Markdown(source, front, title, handling, blocks)


def _check_whole(source: Source, tree: object) -> None:
    """Every tag of the template stands in the tree; Markdown drops some text without a word."""
    found: set[int] = set()
    stack = [tree]
    while stack:
        one = stack.pop()
        if isinstance(one, (Tag, Include)):
            found.add(id(one) if isinstance(one, Tag) else one.line)
        elif isinstance(one, (list, tuple)):
            stack.extend(one)
        elif is_dataclass(one):
            stack.extend(getattr(one, field.name) for field in fields(one))
    for tag in source.tags:
        if (tag.line if tag.kind == "include" else id(tag)) not in found:
            raise source.wrong(f"「{tag.source}」は、この場所では印字されません。", tag.line, what=tag.source)


def _tree(lines: Iterable[str]) -> Element:
    # Read at call time: importing python-markdown costs a twentieth of a second.
    from markdown import Markdown as Parser

    parser = Parser(extensions=["tables", "sane_lists"])
    parser.preprocessors.deregister("html_block")
    for name in ("code", "setextheader", "reference"):
        parser.parser.blockprocessors.deregister(name)
    for name in _OFF:
        parser.inlinePatterns.deregister(name)
    rows: list[str] = "\n".join(lines).split("\n")
    for preprocessor in parser.preprocessors:
        rows = preprocessor.run(rows)
    root: Element = parser.parser.parseDocument(rows).getroot()
    for name in ("inline", "unescape"):
        root = parser.treeprocessors[name].run(root) or root
    return root


class _Builder:
    """Reads python-markdown's elements into blocks."""

    def __init__(self, source: Source, arranged: Arranged, wording: Wording) -> None:
        self._source = source
        self._arranged = arranged
        self.inlines = Inlines(source, wording)

    # -- blocks -------------------------------------------------------------------------

    def blocks(self, elements: Sequence[Element], depth: int, *, top: bool = False) -> list[Block]:
        """The blocks of a container; `depth` counts the lists around it."""
        out: list[Block] = []
        setting: tuple[TableSetting, int] | None = None
        for element in elements:
            block = self._block(element, depth)
            if isinstance(block, tuple):
                setting = block
                continue
            if setting is not None:
                if not isinstance(block[0], Table):
                    raise self._misset("表の設定の直後に表がありません。", setting[1])
                block[0] = self._with_setting(block[0], *setting)
                setting = None
            out.extend(block)
        if setting is not None:
            raise self._misset("表の設定の直後に表がありません。", setting[1])
        if not top and (inside := next((one for one in out if isinstance(one, SectionStart)), None)):
            raise self._misset("{section} は、箇条書きや備考の中には置けません。", inside.line)
        self.inlines.check_balance(out)
        return out

    def _block(self, element: Element, depth: int) -> list[Block] | tuple[TableSetting, int]:
        tag = element.tag
        if tag == "p":
            return self._paragraph(element)
        if tag in ("ul", "ol"):
            if depth >= LEVELS:
                raise self._source.wrong(
                    f"箇条書きの入れ子が深すぎます（{LEVELS}段まで）。", self._source.first
                )
            return [self._list(element, depth + 1)]
        if tag == "table":
            return [self._table(element)]
        if tag == "blockquote":
            return [Notes(self.blocks(list(element), depth))]
        if tag in ("h1", "h2", "h3", "h4"):
            return [Heading(int(tag[1]), self.inlines.of(element))]
        raise self._source.wrong(f"この書き方（{tag}）はひな形では使えません。", self._source.first)

    def _paragraph(self, element: Element) -> list[Block] | tuple[TableSetting, int]:
        text = (element.text or "").strip()
        if not len(element) and (found := SPECIAL.fullmatch(text)):
            return self._special(int(found.group(1)))
        inner = self.inlines.of(element, check=False)
        if inner and all(isinstance(one, Tag) and one.steers for one in inner):
            return [one for one in inner if isinstance(one, Tag)]
        if len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].kind == "include":
            return [Include(include_of(inner[0]), inner[0].line)]
        self.inlines.check_balance(inner)
        return [Paragraph(inner)]

    def _special(self, number: int) -> list[Block] | tuple[TableSetting, int]:
        asked, line = self._arranged.specials[number], self._arranged.special_lines[number]
        if isinstance(asked, TableSetting):
            return asked, line
        if isinstance(asked, list):
            return [CodeBlock([self.inlines.code_line(text, line) for text in asked])]
        if isinstance(asked, PageSetting):
            return [SectionStart(asked, line)]
        if asked == "pagebreak":
            return [PageBreak()]
        return [Rule() if asked == "rule" else SectionStart(None, line)]

    def _list(self, element: Element, level: int) -> ItemList:
        items: list[Item | Tag] = []
        for li in element:
            inner, rest = self._first_paragraph(li)
            if not rest and len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].steers:
                items.append(inner[0])
                continue
            self.inlines.check_balance(inner)
            box = inner[0].ticked if inner and isinstance(inner[0], Box) else None
            if box is not None:
                inner = _without_leading_space(inner[1:])
            items.append(Item([Paragraph(inner), *self.blocks(rest, level)], box))
        self.inlines.check_balance(items)
        start = int(element.get("start", "1")) if element.tag == "ol" else None
        return ItemList(items, level, start)

    def _first_paragraph(self, li: Element) -> tuple[list[Inline], list[Element]]:
        children = list(li)
        if children and children[0].tag == "p" and not (li.text or "").strip():
            return self.inlines.of(children[0], check=False), children[1:]
        cut = next((i for i, child in enumerate(children) if child.tag in _BLOCKS), len(children))
        head = Element("p")
        head.text = li.text
        head.extend(children[:cut])
        return self.inlines.of(head, check=False), children[cut:]

    def _table(self, element: Element) -> Table:
        head, body = element[0], element[1]
        rows: list[Row | Tag] = []
        heading = Row([self.inlines.of(cell) for cell in head[0]])
        empty = not any(heading.cells)
        if not empty:
            rows.append(heading)
        for tr in body:
            if all(cell.text is None for cell in tr):
                continue  # what python-markdown puts into a table without rows
            cells = [self.inlines.of(cell, check=False) for cell in tr]
            first = cells[0]
            if len(first) == 1 and isinstance(first[0], Tag) and first[0].steers:
                rows.append(first[0])
                continue
            for cell in cells:
                self.inlines.check_balance(cell)
            rows.append(Row(cells))
        self.inlines.check_balance(rows)
        aligns = [_align(cell) for cell in head[0]]
        return Table(rows, aligns, TableSetting(heads=0 if empty else 1))

    def _with_setting(self, table: Table, setting: TableSetting, line: int) -> Table:
        columns = len(table.aligns)
        if setting.widths and len(setting.widths) != columns:
            raise self._misset(f"列の幅が{len(setting.widths)}個ありますが、表は{columns}列です。", line)
        heads = setting.heads if table.setting.heads else max(0, setting.heads - 1)
        if any(isinstance(row, Tag) for row in table.rows[:heads]) or heads > len(table.rows):
            raise self._misset("見出しの行（head）の中に、タグだけの行は置けません。", line)
        return replace(table, setting=replace(setting, heads=heads))

    def check_sections(self, blocks: Sequence[Block]) -> None:
        """A branch or loop ends in the section that it began in.

        Raises:
            MarkdownError: it does not.
        """
        now: PageSetting | None = None
        stack: list[PageSetting | None] = []
        for block in blocks:
            if isinstance(block, SectionStart):
                now = block.setting
            elif isinstance(block, Tag) and block.kind == "open":
                stack.append(now)
            elif isinstance(block, Tag):
                if now != stack[-1]:
                    raise self._source.wrong(
                        "条件や繰り返しの中で変えた用紙が、元に戻っていません。",
                        block.line,
                        "終わりの前に {section} を置いてください。",
                        rule="directive-wrong",
                    )
                if block.kind == "close":
                    stack.pop()

    # -- tags that belong together ------------------------------------------------------

    def _misset(self, message: str, line: int) -> Exception:
        return self._source.wrong(message, line, rule="directive-wrong")


def _without_leading_space(inner: Sequence[Inline]) -> list[Inline]:
    first, *rest = inner or [Text("")]
    if isinstance(first, Text):
        text = first.text.removeprefix(" ")
        return [Text(text), *rest] if text else list(rest)
    return [first, *rest]


def _align(cell: Element) -> str:
    return {"text-align: center;": "c", "text-align: right;": "r"}.get(cell.get("style", ""), "l")
