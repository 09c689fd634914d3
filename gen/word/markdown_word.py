"""From the tree of a Markdown template to the body of a Word template.

Hands out `word_body` and `word_header`. Every printed value stands inside `<w:t>`, as in
a template made by hand, so that marks, 未定 and comments work alike. Leans on
`markdown_tree`, `markdown_writer`, `markdown_house`.
"""

from __future__ import annotations

from collections.abc import Sequence

from gen.word.markdown_house import section_xml
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
from gen.word.markdown_writer import Writer, list_number, list_start

__all__ = ["CHOICE", "word_body", "word_header"]

_BOLD, _ITALIC = "<w:b/>", "<w:i/>"
_MACHINE = '<w:rFonts w:ascii="ＭＳ ゴシック" w:eastAsia="ＭＳ ゴシック" w:hAnsi="ＭＳ ゴシック"/>'
_SYMBOL = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
_EDGE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
CHOICE = ('<w:p><w:pPr><w:pStyle w:val="KianChoice"/></w:pPr><w:r><w:t>', "</w:t></w:r></w:p>")
_MM = 1440 / 25.4


def word_body(template: Markdown, setting: PageSetting, *, whole: bool) -> str:
    """The Jinja source of the body.

    Args:
        template: parsed.
        setting: of the section that the text stands in.
        whole: True for a document: its title and its last section belong to it.
    """
    writer = _Word(template, setting)
    if whole and template.title:
        writer.paragraph("KianTitle", template.title)
    writer.blocks(template.blocks)
    if whole:
        writer.markup(section_xml(writer.setting))
    return writer.text()


def word_header(template: Markdown) -> str:
    """The Jinja source of what every page's header says beside the draft mark."""
    writer = _Word(template, template.front.page)
    if template.handling:
        writer.paragraph("KianHandling", template.handling)
    return writer.text()


def box_xml(ticked: bool) -> str:
    """A box that can be ticked in Word."""
    sign, state = ("☑", 1) if ticked else ("☐", 0)
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/>'
        '<w14:checkedState w14:val="2611" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr>{_SYMBOL}</w:rPr><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
    )


class _Word(Writer):
    def __init__(self, template: Markdown, setting: PageSetting) -> None:
        super().__init__(template.source)
        self._home = setting
        self.setting = setting
        self._open: str | None = None  # properties of the run that is open

    # -- blocks -------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], style: str = "KianBody") -> None:
        """Blocks, plain paragraphs in the style."""
        for block in blocks:
            self._block(block, style)

    def _block(self, block: Block, style: str) -> None:
        if isinstance(block, Paragraph):
            self.paragraph(style, block.inner)
        elif isinstance(block, Tag):
            self.tag(block, *CHOICE)
        elif isinstance(block, Heading):
            self.paragraph(f"KianHeading{block.level}", block.inner)
        elif isinstance(block, ItemList):
            self._list(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Notes):
            self.blocks(block.blocks, "KianNote")
        elif isinstance(block, CodeBlock):
            inner = [one for line in block.lines for one in (Break(), *line)][1:]
            self.paragraph("KianCode", inner)
        else:
            self._mark_of_layout(block)

    def _mark_of_layout(self, block: Rule | PageBreak | SectionStart | Include) -> None:
        if isinstance(block, Rule):
            self.markup('<w:p><w:pPr><w:pStyle w:val="KianRule"/></w:pPr></w:p>')
        elif isinstance(block, PageBreak):
            self.markup('<w:p><w:pPr><w:pStyle w:val="KianBreak"/><w:pageBreakBefore/></w:pPr></w:p>')
        elif isinstance(block, SectionStart):
            ended = section_xml(self.setting)
            self.markup(f'<w:p><w:pPr><w:pStyle w:val="KianBreak"/>{ended}</w:pPr></w:p>')
            self.setting = block.setting or self._home
        else:
            self.call(f'{{% include "{block.name}@word@{self.setting.name}" %}}', block.line)

    def paragraph(self, style: str, inner: Sequence[Inline]) -> None:
        """One paragraph."""
        self._begin(style)
        self._inlines(inner, "")
        self._finish()

    def _begin(self, style: str) -> None:
        self.markup(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>')

    def _finish(self) -> None:
        self._close_run()
        self.markup("</w:p>")

    # -- lists --------------------------------------------------------------------------

    def _list(self, block: ItemList) -> None:
        if block.start is not None:
            self.markup(list_start(block.level, block.start))
        for item in block.items:
            if isinstance(item, Tag):
                self.tag(item, *CHOICE)
            else:
                self._item(item, block)

    def _item(self, item: Item, block: ItemList) -> None:
        first, *rest = item.blocks
        assert isinstance(first, Paragraph)
        self._begin(f"KianItem{block.level}")
        if block.start is not None:
            self._in_run("", list_number(block.level))
        if item.box is not None:
            self._close_run()
            self.markup(box_xml(item.box))
        elif block.start is None:
            self._in_run("", "・")
        self._in_run("", '</w:t><w:tab/><w:t xml:space="preserve">')
        self._inlines(first.inner, "")
        self._finish()
        self.blocks(rest, f"KianItemText{block.level}")

    # -- tables -------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        columns, width = len(table.aligns), self.setting.text_width
        shares = table.setting.widths or (1.0,) * columns
        widths = [round(width * share / sum(shares)) for share in shares]
        edges = "".join(_EDGE.format(side=side) for side in _SIDES) if table.setting.grid else ""
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        self.markup(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'{f"<w:tblBorders>{edges}</w:tblBorders>" if edges else ""}<w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
        )
        choice = _row_choice(sum(widths), columns)
        for index, row in enumerate(table.rows):
            if isinstance(row, Tag):
                self.tag(row, *choice)
            else:
                self._row(table, row, widths, head=index < table.setting.heads)
        self.markup('</w:tbl><w:p><w:pPr><w:pStyle w:val="KianGap"/></w:pPr></w:p>')

    def _row(self, table: Table, row: Row, widths: Sequence[int], *, head: bool) -> None:
        height = f'<w:trHeight w:val="{round(table.setting.height * _MM)}" w:hRule="atLeast"/>'
        properties = "<w:cantSplit/>" + (height if table.setting.height and not head else "")
        self.markup(f"<w:tr><w:trPr>{properties}{'<w:tblHeader/>' if head else ''}</w:trPr>")
        for index, (width, align, cell) in enumerate(zip(widths, table.aligns, row.cells, strict=True)):
            side = table.setting.side and not index
            style = "KianCellHead" if head else {"c": "KianCellC", "r": "KianCellR"}.get(align, "KianCell")
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if head or side else ""
            self.markup(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
            )
            self.paragraph(style, cell)
            self.markup("</w:tc>")
        self.markup("</w:tr>")

    # -- inlines ------------------------------------------------------------------------

    def _inlines(self, inner: Sequence[Inline], properties: str) -> None:
        for one in inner:
            if isinstance(one, Text):
                self._in_run(properties)
                self.static(one.text)
            elif isinstance(one, Tag):
                self._in_run(properties)
                self.tag(one)
            elif isinstance(one, Break):
                self._in_run(properties, '</w:t><w:br/><w:t xml:space="preserve">')
            elif isinstance(one, Box):
                self._close_run()
                self.markup(box_xml(one.ticked))
            else:
                self._inlines(one.inner, _with(properties, one))

    def _in_run(self, properties: str, markup: str = "") -> None:
        if self._open != properties:
            self._close_run()
            shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
            self.markup(f'<w:r>{shown}<w:t xml:space="preserve">')
            self._open = properties
        self.markup(markup)

    def _close_run(self) -> None:
        if self._open is not None:
            self.markup("</w:t></w:r>")
            self._open = None


def _with(properties: str, one: Strong | Emphasis | Code) -> str:
    """Run properties with one more, in the order that Word wants."""
    wanted = {Strong: _BOLD, Emphasis: _ITALIC, Code: _MACHINE}[type(one)]
    return "".join(each for each in (_MACHINE, _BOLD, _ITALIC) if each in properties or each == wanted)


def _row_choice(width: int, columns: int) -> tuple[str, str]:
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:gridSpan w:val="{columns}"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="KianCell"/></w:pPr>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>",
        "</w:t></w:r></w:p></w:tc></w:tr>",
    )
