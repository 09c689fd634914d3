"""Places that every document has beside its text: the draft mark, and where it came from.

Hands out `with_slots`, which makes a template's package hold them, `set_draft`,
`property_parts`, `with_provenance` and `with_comments_part`. The draft mark is one header paragraph of its own style; provenance
lives in `docProps/`, outside the fingerprint. Leans on `package` and `house`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from gen.errors import Place
from gen.markup import escape
from gen.word.comments import COMMENTS, no_comments
from gen.word.house import house_package
from gen.word.package import BadWordFile, Package, parse_xml
from gen.word.reading import W

__all__ = [
    "property_parts",
    "read_provenance",
    "set_draft",
    "with_comments_part",
    "with_provenance",
    "with_slots",
]

_DRAFT_PARAGRAPH = re.compile(
    r'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="KianDraft"/>(?:(?!</w:pPr>).)*</w:pPr>.*?</w:p>', re.DOTALL
)
_EMPTY_SLOT = '<w:p><w:pPr><w:pStyle w:val="KianDraft"/></w:pPr></w:p>'
_TYPES_PART = "[Content_Types].xml"
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_NEEDED = ("_rels/.rels", _DOCUMENT, _RELATIONS, _STYLES)
_OWN_HEADER = "word/header9001.xml"
_HEADER = re.compile(r"word/header\d*\.xml")
_PROPERTIES = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def with_slots(package: Package, source: str) -> Package:
    """The package of a template with a header for the draft mark and parts for provenance.

    Raises:
        BadWordFile: a part is missing that every Word file has.
    """
    for name in _NEEDED:
        if name not in package.parts:
            raise BadWordFile(
                f"Wordファイルの部品「{name}」がありません。",
                place=Place(source),
                hint="Wordで開いて「名前を付けて保存」から .docx 形式で保存し直してください。",
            )
    package = with_comments_part(_with_property_parts(package, source), source)
    changed: dict[str, bytes | None] = {}
    for name, data in package.parts.items():
        if not _HEADER.fullmatch(name):
            continue
        root = parse_xml(data, source)
        if b'w:val="KianDraft"' not in data:
            root.insert(0, _parsed(_EMPTY_SLOT))
            changed[name] = _bytes(root)
    package = package.with_parts({**changed, **_with_styles(package, source)})
    return package.with_parts(_new_header(package, source))


def set_draft(header: str, text: str | None) -> str:
    """A header part with the draft mark set, or (None) taken out."""
    if text is None:
        return _DRAFT_PARAGRAPH.sub("<w:p/>", header)
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    slot = _EMPTY_SLOT[: -len("</w:p>")] + run
    return _DRAFT_PARAGRAPH.sub(lambda _: slot, header)


def property_parts(
    title: str, day: str, properties: Mapping[str, str], creator: str = "Kian"
) -> dict[str, bytes]:
    """The parts of `docProps/`: title and day of the paper, and its provenance.

    Args:
        title: of the paper.
        day: ISO date on which it was made.
        properties: names and values of the provenance.
        creator: of the paper, as its properties show it.
    """
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )
    rows = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    custom = f'{_HEAD}<Properties xmlns="{_CUSTOM_NS}" xmlns:vt="{_VT}">{rows}</Properties>'
    return {"docProps/core.xml": core.encode(), "docProps/custom.xml": custom.encode()}


def read_provenance(package: Package, source: str) -> dict[str, str]:
    """The provenance that a document carries; empty where it has none."""
    data = package.parts.get("docProps/custom.xml")
    if data is None:
        return {}
    root = parse_xml(data, source)
    return {
        one.get("name", ""): "".join(str(text) for text in one.itertext())
        for one in root.iterchildren(f"{{{_CUSTOM_NS}}}property")
    }


def with_provenance(package: Package, properties: Mapping[str, str], source: str) -> Package:
    """A document that a person saved, with its provenance set anew; other properties stay as they are."""
    name = "docProps/custom.xml"
    if name not in package.parts:
        return package
    root = parse_xml(package.parts[name], source)
    own = {one.get("name", ""): one for one in root}
    last = max((int(one.get("pid", "1")) for one in root if one.get("pid", "").isdecimal()), default=1)
    for key, value in properties.items():
        if key in own:
            for child in list(own[key]):
                own[key].remove(child)
        else:
            last += 1
            own[key] = etree.SubElement(
                root, f"{{{_CUSTOM_NS}}}property", fmtid=_FORMAT_ID, pid=str(last), name=key
            )
        etree.SubElement(own[key], f"{{{_VT}}}lpwstr").text = value
    return package.with_parts({name: _bytes(root)})


def with_comments_part(package: Package, source: str) -> Package:
    """A comments part, empty where the template has none of its own."""
    if COMMENTS in package.parts:
        own = package.parts[COMMENTS]
        if b"</w:comments>" in own:
            return package
    types = parse_xml(package.parts["[Content_Types].xml"], source)
    name = "word/_rels/document.xml.rels"
    relations = parse_xml(package.parts[name], source)
    if not any(one.get("PartName") == f"/{COMMENTS}" for one in types):
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{COMMENTS}", ContentType=_COMMENTS)
    if not any(one.get("Type") == f"{_RELATION}/comments" for one in relations):
        etree.SubElement(
            relations,
            f"{{{_PACKAGE_RELATION}}}Relationship",
            Id="rIdKianComments",
            Type=f"{_RELATION}/comments",
            Target="comments.xml",
        )
    parts = {"[Content_Types].xml": _bytes(types), name: _bytes(relations), COMMENTS: no_comments()}
    return package.with_parts(parts)


def _with_property_parts(package: Package, source: str) -> Package:
    """Content types and relations for `docProps/`, as every document will have them."""
    types = parse_xml(package.parts["[Content_Types].xml"], source)
    relations = parse_xml(package.parts["_rels/.rels"], source)
    wanted = (
        ("docProps/core.xml", _CORE, f"{_PACKAGE_RELATION}/metadata/core-properties"),
        ("docProps/custom.xml", _PROPERTIES, f"{_RELATION}/custom-properties"),
    )
    for name, kind, relation in wanted:
        if not any(one.get("PartName") == f"/{name}" for one in types):
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
        if not any(one.get("Type") == relation for one in relations):
            identity = f"rIdKian{len(relations) + 1}"
            etree.SubElement(
                relations, f"{{{_PACKAGE_RELATION}}}Relationship", Id=identity, Type=relation, Target=name
            )
    parts = {"[Content_Types].xml": _bytes(types), "_rels/.rels": _bytes(relations)}
    empty = property_parts("", "2000-01-01", {})
    return package.with_parts({**empty, **parts})


def _with_styles(package: Package, source: str) -> dict[str, bytes | None]:
    """The styles that we print in, where the template lacks them."""
    data = package.parts[_STYLES]
    lacking = [style for style in ("KianDraft", "KianChoice") if f'w:styleId="{style}"'.encode() not in data]
    if not lacking:
        return {}
    root = parse_xml(data, source)
    house = parse_xml(house_package("").parts[_STYLES], source)
    for style in list(house.iterchildren(f"{W}style")):
        if style.get(f"{W}styleId") in lacking:
            root.append(style)
    return {_STYLES: _bytes(root)}


def _new_header(package: Package, source: str) -> dict[str, bytes | None]:
    """A header part of its own, for the pages on which a template has none."""
    document = parse_xml(package.parts[_DOCUMENT], source)
    body = document.find(f"{W}body")
    first = next(document.iter(f"{W}sectPr"), None)
    if first is None and body is not None:
        first = etree.SubElement(body, f"{W}sectPr")
    kinds = ["default"]
    if document.find(f".//{W}titlePg") is not None:
        kinds.append("first")
    if b"<w:evenAndOddHeaders" in package.parts.get("word/settings.xml", b""):
        kinds.append("even")
    # A section without a header of a kind has that of the section before it: the first one decides.
    known = [one.get(f"{W}type") for one in first.iter(f"{W}headerReference")] if first is not None else kinds
    lacking = [kind for kind in kinds if kind not in known]
    if first is None or not lacking:
        return {}
    for kind in reversed(lacking):
        reference = etree.Element(f"{W}headerReference", nsmap={"r": _RELATION})
        reference.set(f"{W}type", kind)
        reference.set(f"{{{_RELATION}}}id", "rIdKianDraft")
        first.insert(0, reference)
    relations = parse_xml(package.parts[_RELATIONS], source)
    types = parse_xml(package.parts[_TYPES_PART], source)
    if not any(one.get("Id") == "rIdKianDraft" for one in relations):
        etree.SubElement(
            relations,
            f"{{{_PACKAGE_RELATION}}}Relationship",
            Id="rIdKianDraft",
            Type=f"{_RELATION}/header",
            Target="header9001.xml",
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{_OWN_HEADER}", ContentType=kind)
    return {
        _OWN_HEADER: house_package("").parts["word/header1.xml"],
        _DOCUMENT: _bytes(document),
        _RELATIONS: _bytes(relations),
        _TYPES_PART: _bytes(types),
    }


def _parsed(fragment: str) -> etree._Element:
    wrapped = f'<x xmlns:w="{W[1:-1]}">{fragment}</x>'
    return etree.fromstring(wrapped)[0]


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
