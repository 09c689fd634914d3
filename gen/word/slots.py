"""Places that every document has beside its text: the draft mark, and where it came from.

Hands out `with_slots`, which makes a template's package hold them, `set_draft` and
`property_parts`. The draft mark is one header paragraph of its own style; provenance
lives in `docProps/`, outside the fingerprint. Leans on `package` and `house`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

from gen.word.comments import COMMENTS, no_comments
from gen.word.house import house_package
from gen.word.package import Package, parse_xml
from gen.word.reading import W

__all__ = ["property_parts", "read_provenance", "set_draft", "with_slots"]

_DRAFT_PARAGRAPH = re.compile(
    r'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="KianDraft"/>(?:(?!</w:pPr>).)*</w:pPr>.*?</w:p>', re.DOTALL
)
_EMPTY_SLOT = '<w:p><w:pPr><w:pStyle w:val="KianDraft"/></w:pPr></w:p>'
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
    """The package of a template with a header for the draft mark and parts for provenance."""
    package = _with_comments(_with_property_parts(package, source), source)
    headers = [name for name in package.parts if _HEADER.fullmatch(name)]
    if any(b'w:val="KianDraft"' in package.parts[name] for name in headers):
        return package
    changed: dict[str, bytes | None] = {"word/styles.xml": _with_style(package, source)}
    if headers:
        for name in headers:
            root = parse_xml(package.parts[name], source)
            root.insert(0, _parsed(_EMPTY_SLOT))
            changed[name] = _bytes(root)
    else:
        changed.update(_new_header(package, source))
    return package.with_parts(changed)


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


def _with_comments(package: Package, source: str) -> Package:
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


def _with_style(package: Package, source: str) -> bytes:
    root = parse_xml(package.parts["word/styles.xml"], source)
    house = parse_xml(house_package("").parts["word/styles.xml"], source)
    for style in house.iterchildren(f"{W}style"):
        if style.get(f"{W}styleId") in ("KianDraft", "KianChoice"):
            root.append(style)
    return _bytes(root)


def _new_header(package: Package, source: str) -> dict[str, bytes | None]:
    """A header part of its own, for a template that has none."""
    name = "word/header9001.xml"
    document = parse_xml(package.parts["word/document.xml"], source)
    relations = parse_xml(package.parts["word/_rels/document.xml.rels"], source)
    types = parse_xml(package.parts["[Content_Types].xml"], source)
    etree.SubElement(
        relations,
        f"{{{_PACKAGE_RELATION}}}Relationship",
        Id="rIdKianDraft",
        Type=f"{_RELATION}/header",
        Target="header9001.xml",
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
    for section in document.iter(f"{W}sectPr"):
        reference = etree.Element(f"{W}headerReference", nsmap={"r": _RELATION})
        reference.set(f"{W}type", "default")
        reference.set(f"{{{_RELATION}}}id", "rIdKianDraft")
        section.insert(0, reference)
    header = house_package("").parts["word/header1.xml"]
    return {
        name: header,
        "word/document.xml": _bytes(document),
        "word/_rels/document.xml.rels": _bytes(relations),
        "[Content_Types].xml": _bytes(types),
    }


def _parsed(fragment: str) -> etree._Element:
    wrapped = f'<x xmlns:w="{W[1:-1]}">{fragment}</x>'
    return etree.fromstring(wrapped)[0]


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
