"""The drawings of Kian in a Word file: which one stands where, told by its bytes.

Hands out `Picture`, `Gallery` and `METAFILE`. Programs keep a drawing's name and description and give its parts
other names, so a drawing is known by what it says and by the digest of its SVG. Leans on `leaves`, `word.package`.
"""

from __future__ import annotations

import hashlib
import posixpath
from typing import NamedTuple

from lxml import etree

from gen.compare.leaves import is_figure
from gen.word.package import Package, parse_xml

__all__ = ["EMBED", "METAFILE", "Gallery", "Picture", "relations_of"]

METAFILE = "metafile"
"""The digest of a drawing that LibreOffice saved: it keeps a metafile of its own making and drops the SVG."""

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_METAFILES = (
    b"\xd7\xcd\xc6\x9a",
    b"\x01\x00\x09\x00",
    b"\x01\x00\x00\x00",
)  # WMF with and without place, EMF


class Picture(NamedTuple):
    """A drawing of Kian in a paper.

    Attributes:
        digest: of its SVG; of what a person put in its place; `METAFILE`; "" where there is nothing to see.
        drawing: the `w:drawing` in the tree of the paper.
        svg: the SVG, empty where there is none.
    """

    digest: str
    drawing: etree._Element
    svg: bytes = b""


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of a part."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


class Gallery:
    """Finds what the drawings of a package show."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._targets: dict[str, dict[str, str]] = {}

    def picture(self, part: str, drawing: etree._Element) -> Picture | None:
        """The drawing, None where it is none of Kian's."""
        if not is_figure(drawing):
            return None
        svg = self._data(part, next(drawing.iter(f"{_SVG}svgBlip"), None))
        data = svg or self._data(part, next(drawing.iter(f"{_A}blip"), None))
        if not svg and data.startswith(_METAFILES):
            return Picture(METAFILE, drawing)
        return Picture(hashlib.sha256(data).hexdigest() if data else "", drawing, svg)

    def _data(self, part: str, blip: etree._Element | None) -> bytes:
        if blip is None:
            return b""
        if part not in self._targets:
            data = self._package.parts.get(relations_of(part))
            found = parse_xml(data, part) if data else ()
            self._targets[part] = {one.get("Id", ""): one.get("Target", "") for one in found}
        target = self._targets[part].get(blip.get(EMBED, ""), "")
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        return self._package.parts.get(name, b"")
