"""The house style: the roles of a legal paper as Word paragraph styles, and the empty file.

Hands out `ROLES`, `role_of`, `TEXT_WIDTH`, `house_package` and `HOUSE_SECTION`. Built
lean: python-docx's own default template breaks the ECMA-376 schema and carries 800 KB.
Leans on `package`.

Lengths are twentieths of a point (twips); a character of 10.5 pt is 210.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.word.package import Package

__all__ = ["HOUSE_SECTION", "ROLES", "TEXT_WIDTH", "Role", "house_package", "role_of", "style_xml"]

CHAR = 210
TEXT_WIDTH = 9071  # A4 (210 mm) less 30 mm for the binding and 20 mm
_FONT = "ＭＳ 明朝"
_FALLBACKS = (
    "MS Mincho,BIZ UD明朝 Medium,BIZ UDMincho,IPAex明朝,IPAexMincho,Noto Serif CJK JP,Hiragino Mincho ProN"
)
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is, and how it looks.

    Attributes:
        name: its word in the text form of a template.
        style: id of the Word style.
        title: name of the style in Word's list, Japanese.
        left, hanging: indents in characters of 10.5 pt; the first line hangs out.
        align: both, center or right.
        size: half-points.
        before, after: space above and below, in lines.
        keep: stays with the next paragraph.
        page: begins a new page.
        bold: printed bold.
        tight: off the line grid, for cells.
        outline: level in the navigation of Word, from 0; -1 where it is no heading.
        font: its letters, where they are not those of the text.
    """

    name: str
    style: str
    title: str
    left: float = 0
    hanging: float = 0
    align: str = "both"
    size: int = 21
    before: float = 0
    after: float = 0
    keep: bool = False
    page: bool = False
    bold: bool = False
    tight: bool = False
    outline: int = -1
    font: str = ""


ROLES: tuple[Role, ...] = (
    Role("title", "KianTitle", "起案 表題", align="center", size=28, keep=True, after=0.5),
    Role("title2", "KianTitle2", "起案 約款表題", align="center", size=24, keep=True, page=True, after=0.5),
    Role("subtitle", "KianSubtitle", "起案 副題", align="center", keep=True),
    Role("preamble", "KianPreamble", "起案 前文", before=0.5),
    Role("head", "KianHead", "起案 頭書", left=11, hanging=11, before=0.5),
    Role("headsub", "KianHeadSub", "起案 頭書（続き）", left=11),
    Role("chapter", "KianChapter", "起案 章", left=3, before=1, keep=True),
    Role("midashi", "KianMidashi", "起案 見出し", left=1, keep=True),
    Role("jo", "KianJo", "起案 条", left=1, hanging=1),
    Role("ko", "KianKo", "起案 項", left=1, hanging=1),
    Role("go", "KianGo", "起案 号", left=3, hanging=2),
    Role("sai", "KianSai", "起案 号の細分", left=4, hanging=1),
    Role("sai2", "KianSai2", "起案 号の細分2", left=6, hanging=2),
    Role("body", "KianBody", "起案 本文"),
    Role("closing", "KianClosing", "起案 末文", before=1),
    Role("date", "KianDate", "起案 日付", left=2, before=1, keep=True),
    Role("sign", "KianSign", "起案 署名", left=18, hanging=6, align="left", keep=True),
    Role("signend", "KianSignEnd", "起案 署名（終わり）", left=18, hanging=6, align="left"),
    Role("attach", "KianAttach", "起案 別記等の表題", size=24, page=True, keep=True, align="left", after=0.5),
    Role("note", "KianNote", "起案 備考", left=2, hanging=2, size=19, align="left"),
    Role("caption", "KianCaption", "起案 表の題", before=0.5, keep=True),
    Role("choice", "KianChoice", "起案 選択", left=1, keep=True, bold=True),
    Role("draft", "KianDraft", "起案 案の表示", align="right", size=18, tight=True),
    Role("page", "KianPage", "起案 頁番号", align="center", size=18, tight=True),
    Role("cell", "KianCell", "起案 表", size=19, align="left", tight=True),
    Role("cellc", "KianCellC", "起案 表（中央）", size=19, align="center", tight=True),
    Role("cellr", "KianCellR", "起案 表（右）", size=19, align="right", tight=True),
    Role("cellhead", "KianCellHead", "起案 表の見出し", size=19, align="center", tight=True, keep=True),
)
_BY_STYLE = {role.style: role for role in ROLES}

HOUSE_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1701" w:header="709" w:footer="567" w:gutter="0"/>'
    '<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="360"/></w:sectPr>'
)


def role_of(style: str) -> Role | None:
    """The role of a Word style, None where it is not one of the house."""
    return _BY_STYLE.get(style)


def house_package(body: str) -> Package:
    """A Word file in the house style.

    Args:
        body: the XML of its paragraphs and tables.
    """
    document = f"{_HEAD}<w:document {_NS}><w:body>{body}{HOUSE_SECTION}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml")
        ),
        "docProps/app.xml": f"{_HEAD}<Properties xmlns="
        '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Kian</Application></Properties>",
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("header", "header1.xml"),
            ("footer", "footer1.xml"),
        ),
        "word/document.xml": document,
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": f'{_HEAD}<w:hdr {_NS}><w:p><w:pPr><w:pStyle w:val="KianDraft"/></w:pPr></w:p></w:hdr>',
        "word/footer1.xml": _footer(),
    }
    return Package({name: text.encode() for name, text in parts.items()})


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
        "header1": "header",
        "footer1": "footer",
    }
    rows = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rows}</Relationships>"
    )


def _styles() -> str:
    fonts = f'<w:rFonts w:ascii="{_FONT}" w:eastAsia="{_FONT}" w:hAnsi="{_FONT}" w:cs="Times New Roman"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/>'
        "</w:pPr></w:style>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="99" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="99" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
    own = "".join(style_xml(role) for role in ROLES)
    return f"{_HEAD}<w:styles {_NS}>{defaults}{normal}{table}{own}</w:styles>"


def style_xml(role: Role) -> str:
    """The Word style of a role."""
    properties = "".join(
        (
            "<w:keepNext/><w:keepLines/>" if role.keep else "",
            "<w:pageBreakBefore/>" if role.page else "",
            '<w:snapToGrid w:val="0"/>' if role.tight else "",
            _spacing(role),
            f'<w:ind w:left="{int(role.left * CHAR)}" w:hanging="{int(role.hanging * CHAR)}"/>'
            if role.left
            else "",
            f'<w:jc w:val="{role.align}"/>' if role.align != "both" else "",
            f'<w:outlineLvl w:val="{role.outline}"/>' if role.outline >= 0 else "",
        )
    )
    letters = "".join(
        (
            f'<w:rFonts w:ascii="{role.font}" w:eastAsia="{role.font}" w:hAnsi="{role.font}"/>'
            if role.font
            else "",
            "<w:b/>" if role.bold else "",
            f'<w:sz w:val="{role.size}"/><w:szCs w:val="{role.size}"/>' if role.size != 21 else "",
        )
    )
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{role.style}"><w:name w:val="{role.title}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{properties}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
    )


def _spacing(role: Role) -> str:
    if not role.before and not role.after:
        return ""
    return f'<w:spacing w:before="{int(role.before * 240)}" w:after="{int(role.after * 240)}"/>'


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings {_NS}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="840"/>'
        '<w:drawingGridVerticalSpacing w:val="360"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'{_HEAD}<w:fonts {_NS}><w:font w:name="{_FONT}"><w:altName w:val="{_FALLBACKS}"/>'
        '<w:charset w:val="80"/><w:family w:val="roman"/><w:pitch w:val="fixed"/></w:font></w:fonts>'
    )


def _footer() -> str:
    def count(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    return (
        f'{_HEAD}<w:ftr {_NS}><w:p><w:pPr><w:pStyle w:val="KianPage"/></w:pPr>{count("PAGE")}'
        f"<w:r><w:t>／</w:t></w:r>{count('NUMPAGES')}</w:p></w:ftr>"
    )
