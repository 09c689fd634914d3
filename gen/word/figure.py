"""Drawings that Kian makes: an SVG, the EMF beside it for Word, and how a document holds them.

Hands out `Figure`, `drawing_xml`, `figure_text`, `read_figure` and `with_figures`. Word shows the SVG
where it can and the EMF else; both are vectors and the same on every machine.
Leans on `svg`, `emf`, `package`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from gen.markup import quoted
from gen.word.emf import emf_of
from gen.word.package import Package, parse_xml
from gen.word.svg import read_svg

__all__ = ["Figure", "drawing_xml", "figure_text", "read_figure", "with_figures"]

_EMU = 36_000  # a millimetre
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_RELS = "word/_rels/document.xml.rels"
_FIRST_ID = 9000  # above what a template's own pictures have
_WIDEST = 1_000 * _EMU
_ADDED = ("role", "aria-label", "width", "height")  # what an SVG has beside what was drawn


@dataclass(frozen=True)
class Figure:
    """A drawing, as a value that a template prints.

    Attributes:
        svg: rectangles, lines, polygons, circles and text only; see `svg`.
        width_mm: printed width.
        height_mm: printed height.
        alt: what it shows, in words.
    """

    svg: str
    width_mm: float
    height_mm: float
    alt: str

    def __post_init__(self) -> None:
        """Refuse a drawing that Word could not show whole: that is a bug of its maker."""
        object.__setattr__(self, "alt", " ".join(self.alt.split()))
        read_svg(self.svg)

    def inline_svg(self) -> str:
        """The drawing as an element of an HTML page."""
        root = read_svg(self.svg).root
        copy = etree.fromstring(etree.tostring(root))
        copy.set("role", "img")
        copy.set("aria-label", self.alt)
        copy.set("width", f"{self.width_mm:g}mm")
        copy.set("height", f"{self.height_mm:g}mm")
        return etree.tostring(copy, encoding="unicode", with_tail=False)


def figure_text(figure: Figure) -> str:
    """What stands for a drawing in a text."""
    return f"［図：{figure.alt}］"


def drawing_xml(figure: Figure, number: int) -> str:
    """The drawing inside a run; `number` counts the drawings of the document from 1."""
    size = f'cx="{round(figure.width_mm * _EMU)}" cy="{round(figure.height_mm * _EMU)}"'
    name = f'id="{_FIRST_ID + number}" name="KianFigure{number}"'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr {name} descr={quoted(figure.alt)}/>"
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip xmlns:r="{_RELATION}" r:embed="rIdKianEmf{number}"><a:extLst>'
        '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="rIdKianSvg{number}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def read_figure(svg: bytes, width: str, height: str, alt: str) -> Figure:
    """The figure of a Word file that `with_figures` made; the file may be anyone's.

    Args:
        svg: the part.
        width, height: of the drawing, in EMU, as they stand in the file.
        alt: its description.

    Raises:
        ValueError: Kian could not have drawn it.
        BadWordFile: the SVG is no XML, or hostile.
    """
    root = parse_xml(svg, "SVG")
    for name in _ADDED:
        if name in root.attrib:
            del root.attrib[name]
    size = [int(one) for one in (width, height) if one.isdecimal() and len(one) < len(str(_WIDEST))]
    if len(size) != 2 or not all(size):
        raise ValueError("the drawing has no size")
    return Figure(etree.tostring(root, encoding="unicode"), size[0] / _EMU, size[1] / _EMU, alt)


def with_figures(package: Package, figures: Mapping[int, Figure] | Sequence[Figure], source: str) -> Package:
    """The package with the parts of its drawings, by number or in the order in which they were printed."""
    if not figures:
        return package
    numbered = figures.items() if isinstance(figures, Mapping) else enumerate(figures, 1)
    relations = parse_xml(package.parts[_RELS], source)
    types = parse_xml(package.parts["[Content_Types].xml"], source)
    known = {one.get("Extension", "").lower() for one in types}
    for ending, kind in (("emf", "image/x-emf"), ("svg", "image/svg+xml")):
        if ending not in known:
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind))
    parts: dict[str, bytes | None] = {}
    for number, figure in numbered:
        drawn = {"Emf": emf_of(figure.svg, figure.width_mm, figure.height_mm), "Svg": _file(figure)}
        for kind, data in drawn.items():
            name = f"media/kian-figure{number}.{kind.lower()}"
            parts[f"word/{name}"] = data
            etree.SubElement(
                relations, f"{{{_PACKAGE_RELATION}}}Relationship",
                Id=f"rIdKian{kind}{number}", Type=f"{_RELATION}/image", Target=name,
            )  # fmt: skip
    for name, root in ((_RELS, relations), ("[Content_Types].xml", types)):
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.with_parts(parts)


def _file(figure: Figure) -> bytes:
    return etree.tostring(etree.fromstring(figure.inline_svg()), xml_declaration=True, encoding="UTF-8")
