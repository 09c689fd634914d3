"""From the tree of a Markdown template to an HTML template.

Hands out `html_page` and `html_part`. The page is well-formed XML too, so that it can be
read back as strictly as a Word part; it asks nothing of the network. Leans on
`markdown_tree`, `markdown_writer`, `markdown_page`.
"""

from __future__ import annotations

from collections.abc import Sequence

from gen.word.markdown_page import DRAFT_SLOT, HEAD_SLOT
from gen.word.markdown_parse import Markdown
from gen.word.markdown_tree import (
    Block,
    Box,
    Break,
    Code,
    CodeBlock,
    Emphasis,
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
    Strong,
    Table,
    Tag,
    Text,
)
from gen.word.markdown_writer import NEW_LINE, Writer, list_number, list_start

__all__ = ["CHOICE", "html_page", "html_part"]

CHOICE = ('<p class="choice">', f"</p>{NEW_LINE}")
_ITEM_CHOICE = ('<li><p class="choice">', f"</p></li>{NEW_LINE}")
_ELEMENT = {Strong: "strong", Emphasis: "em", Code: "code"}


def html_page(template: Markdown) -> str:
    """The Jinja source of a whole page."""
    writer = _Html(template, template.front.page, shift=1 if template.title else 0)
    writer.markup(
        f'<!DOCTYPE html>{NEW_LINE}<html lang="ja">{NEW_LINE}<head>{NEW_LINE}{HEAD_SLOT}</head>{NEW_LINE}<body>'
    )
    writer.markup(f'{NEW_LINE}<header class="banner">{DRAFT_SLOT}')
    if template.handling:
        writer.markup('<div class="handling">')
        writer.inlines(template.handling)
        writer.markup("</div>")
    writer.markup(
        f'</header>{NEW_LINE}<main>{NEW_LINE}<section class="{template.front.page.name}">{NEW_LINE}'
    )
    if template.title:
        writer.line("h1", template.title, "title")
    writer.blocks(template.blocks)
    writer.markup(f"</section>{NEW_LINE}</main>{NEW_LINE}</body>{NEW_LINE}</html>{NEW_LINE}")
    return writer.text()


def html_part(template: Markdown, setting: PageSetting) -> str:
    """The Jinja source of a template that another one includes."""
    writer = _Html(template, setting, shift=1)
    writer.blocks(template.blocks)
    return writer.text()


class _Html(Writer):
    def __init__(self, template: Markdown, setting: PageSetting, *, shift: int) -> None:
        super().__init__(template.source)
        self._home = setting
        self._setting = setting
        self._shift = shift

    # -- blocks -------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Blocks, one below the other."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self.line("p", block.inner)
        elif isinstance(block, Tag):
            self.tag(block, *CHOICE)
        elif isinstance(block, Heading):
            self.line(f"h{block.level + self._shift}", block.inner, f"level{block.level}")
        elif isinstance(block, ItemList):
            self._list(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Notes):
            self.markup(f'<div class="note" role="note">{NEW_LINE}')
            self.blocks(block.blocks)
            self.markup(f"</div>{NEW_LINE}")
        elif isinstance(block, CodeBlock):
            self.line("pre", [one for line in block.lines for one in (Break(), *line)][1:])
        else:
            self._mark_of_layout(block)

    def _mark_of_layout(self, block: Rule | PageBreak | SectionStart | Include) -> None:
        if isinstance(block, Rule):
            self.markup(f"<hr/>{NEW_LINE}")
        elif isinstance(block, PageBreak):
            self.markup(f'<div class="pagebreak"></div>{NEW_LINE}')
        elif isinstance(block, SectionStart):
            self._setting = block.setting or self._home
            self.markup(f'</section>{NEW_LINE}<section class="{self._setting.name}">{NEW_LINE}')
        else:
            self.call(f'{{% include "{block.name}@html@{self._setting.name}" %}}', block.line)

    def line(self, element: str, inner: Sequence[Inline], style: str = "") -> None:
        """One element that holds a line of text."""
        self.markup(f'<{element} class="{style}">' if style else f"<{element}>")
        self.inlines(inner)
        self.markup(f"</{element}>{NEW_LINE}")

    # -- lists --------------------------------------------------------------------------

    def _list(self, block: ItemList) -> None:
        element = "ul" if block.start is None else "ol"
        if block.start is not None:
            self.markup(list_start(block.level, block.start))
        self.markup(f'<{element} role="list">{NEW_LINE}')
        for item in block.items:
            if isinstance(item, Tag):
                self.tag(item, *_ITEM_CHOICE)
            else:
                self._item(item, block)
        self.markup(f"</{element}>{NEW_LINE}")

    def _item(self, item: Item, block: ItemList) -> None:
        first, *rest = item.blocks
        assert isinstance(first, Paragraph)
        number = list_number(block.level) if block.start is not None else ""
        sign = number or "・" if item.box is None else number + _box(item.box)
        if item.box is None:
            self.markup(f'<li><p><span class="no">{sign}</span>')
            self.inlines(first.inner)
            self.markup("</p>")
        else:
            self.markup(f'<li class="task"><p><label><span class="no">{sign}</span>')
            self.inlines(first.inner)
            self.markup("</label></p>")
        if rest:
            self.markup(NEW_LINE)
            self.blocks(rest)
        self.markup(f"</li>{NEW_LINE}")

    # -- tables -------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        columns, heads = len(table.aligns), table.setting.heads
        shares = table.setting.widths or (1.0,) * columns
        widths = "".join(f'<col style="width:{share * 100 / sum(shares):.4g}%"/>' for share in shares)
        plain = "" if table.setting.grid else ' class="plain"'
        self.markup(f"<table{plain}><colgroup>{widths}</colgroup>{NEW_LINE}")
        if heads:
            self.markup("<thead>")
        choice = (f'<tr class="choice"><td colspan="{columns}">', f"</td></tr>{NEW_LINE}")
        for index, row in enumerate(table.rows):
            if index == heads:
                self.markup(f"</thead>{NEW_LINE}<tbody>{NEW_LINE}" if heads else f"<tbody>{NEW_LINE}")
            if isinstance(row, Tag):
                self.tag(row, *choice)
            else:
                self._row(table, row, head=index < heads)
        ended = "</thead>" if len(table.rows) <= heads else "</tbody>"
        self.markup(f"{ended if table.rows else ''}</table>{NEW_LINE}")

    def _row(self, table: Table, row: Row, *, head: bool) -> None:
        height = f' style="height:{table.setting.height}mm"' if table.setting.height and not head else ""
        self.markup(f"<tr{height}>")
        for index, (align, cell) in enumerate(zip(table.aligns, row.cells, strict=True)):
            style = {"c": ' class="c"', "r": ' class="r"'}.get(align, "")
            side = table.setting.side and not index
            scope = ' scope="col"' if head else ' scope="row"' if side else ""
            element = "th" if head or side else "td"
            self.markup(f"<{element}{scope}{'' if head else style}>")
            self.inlines(cell)
            self.markup(f"</{element}>")
        self.markup(f"</tr>{NEW_LINE}")

    # -- inlines ------------------------------------------------------------------------

    def inlines(self, inner: Sequence[Inline]) -> None:
        """Text, tags and their letters."""
        for one in inner:
            if isinstance(one, Text):
                self.static(one.text)
            elif isinstance(one, Tag):
                self.tag(one)
            elif isinstance(one, Break):
                self.markup("<br/>")
            elif isinstance(one, Box):
                self.markup(_box(one.ticked, ' aria-label="確認"'))
            else:
                self.markup(f"<{_ELEMENT[type(one)]}>")
                self.inlines(one.inner)
                self.markup(f"</{_ELEMENT[type(one)]}>")


def _box(ticked: bool, label: str = "") -> str:
    checked = ' checked="checked"' if ticked else ""
    return f'<input type="checkbox"{label}{checked}/>'
