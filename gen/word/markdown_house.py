"""The Word file around a Markdown template: the house style with headings, lists and sections.

Hands out `markdown_package`, `document_xml`, `header_xml` and `section_xml`. The roles of
contracts stay as they are; these come on top. Leans on `house`, `package`.
"""

from __future__ import annotations

from gen.word.house import Role, house_package, style_xml
from gen.word.markdown_tree import PageSetting
from gen.word.package import Package

__all__ = ["document_xml", "header_xml", "markdown_package", "section_xml"]

_GOTHIC = "ＭＳ ゴシック"
_GOTHIC_FALLBACKS = "MS Gothic,BIZ UDゴシック,BIZ UDGothic,IPAexゴシック,IPAexGothic,Noto Sans CJK JP,Hiragino Kaku Gothic ProN"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)

_ROLES: tuple[Role, ...] = (
    Role("h1", "KianHeading1", "起案 見出し1", size=26, before=1, after=0.5, keep=True, outline=0, font=_GOTHIC, align="left"),
    Role("h2", "KianHeading2", "起案 見出し2", size=23, before=0.75, after=0.25, keep=True, outline=1, font=_GOTHIC, align="left"),
    Role("h3", "KianHeading3", "起案 見出し3", before=0.5, after=0.25, keep=True, outline=2, font=_GOTHIC, align="left"),
    Role("h4", "KianHeading4", "起案 見出し4", left=1, before=0.5, keep=True, outline=3, font=_GOTHIC, align="left"),
    Role("item1", "KianItem1", "起案 箇条1", left=2, hanging=2),
    Role("item2", "KianItem2", "起案 箇条2", left=4, hanging=2),
    Role("item3", "KianItem3", "起案 箇条3", left=6, hanging=2),
    Role("itemtext1", "KianItemText1", "起案 箇条1（続き）", left=2),
    Role("itemtext2", "KianItemText2", "起案 箇条2（続き）", left=4),
    Role("itemtext3", "KianItemText3", "起案 箇条3（続き）", left=6),
    Role("handling", "KianHandling", "起案 取扱区分", align="right", size=21, bold=True, font=_GOTHIC, tight=True),
)  # fmt: skip

_CODE_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="A6A6A6"/>'
    for side in ("top", "left", "bottom", "right")
)
_LAYOUT = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="KianCode"><w:name w:val="起案 機械の文字"/>'
    f'<w:basedOn w:val="Normal"/><w:pPr><w:pBdr>{_CODE_EDGES}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F6F6F6"/>'
    '<w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="120"/><w:ind w:left="105" w:right="105"/><w:jc w:val="left"/></w:pPr>'
    f'<w:rPr><w:rFonts w:ascii="{_GOTHIC}" w:eastAsia="{_GOTHIC}" w:hAnsi="{_GOTHIC}"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="KianRule"><w:name w:val="起案 区切り線"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    '<w:snapToGrid w:val="0"/><w:spacing w:before="60" w:after="120" w:line="120" w:lineRule="exact"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="KianBreak"><w:name w:val="起案 改ページ"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="KianGap"><w:name w:val="起案 表の後"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="160" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:sz w:val="10"/><w:szCs w:val="10"/></w:rPr></w:style>'
)


def markdown_package() -> Package:
    """The parts of the Word file, but for body and header, which the template fills."""
    package = house_package("")
    styles = package.parts["word/styles.xml"].decode()
    own = "".join(style_xml(role) for role in _ROLES) + _LAYOUT
    fonts = package.parts["word/fontTable.xml"].decode()
    gothic = (
        f'<w:font w:name="{_GOTHIC}"><w:altName w:val="{_GOTHIC_FALLBACKS}"/>'
        '<w:charset w:val="80"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font></w:fonts>'
    )
    return package.with_parts(
        {
            "word/styles.xml": styles.replace("</w:styles>", f"{own}</w:styles>").encode(),
            "word/fontTable.xml": fonts.replace("</w:fonts>", gothic).encode(),
        }
    )


def document_xml(body: str) -> str:
    """The part of the text."""
    return f"<w:document {_NS}><w:body>{body}</w:body></w:document>"


def header_xml(inner: str) -> str:
    """The header of every page: the place of the draft mark, then the handling class."""
    return f'{_HEAD}<w:hdr {_NS}><w:p><w:pPr><w:pStyle w:val="KianDraft"/></w:pPr></w:p>{inner}</w:hdr>'


def section_xml(setting: PageSetting) -> str:
    """The properties of a section; all share one header and one footer."""
    width, height = setting.size
    top, right, bottom, left = setting.margins
    orient = ' w:orient="landscape"' if setting.landscape else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/>'
        '<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="360"/></w:sectPr>'
    )
