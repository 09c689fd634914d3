"""The small SVG that Kian draws with: what may stand in it, as shapes with their paint.

Hands out `read_svg`, `Drawing` and `Shape`. Whatever the EMF writer could not draw is
refused here, so that Word and HTML never show different pictures. Leans on `package`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from gen.clauses import SIGNS
from gen.word.package import parse_xml

__all__ = ["Drawing", "Shape", "read_svg"]

_NS = "{http://www.w3.org/2000/svg}"
_PAINT = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "font-family",
    "text-anchor",
)
_OWN = {
    "svg": ("viewBox", "width", "height"),
    "g": (),
    "rect": ("x", "y", "width", "height"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": ("points",),
    "polygon": ("points",),
    "circle": ("cx", "cy", "r"),
    "text": ("x", "y"),
    "title": (),
}
_COLOUR = re.compile(r"#[0-9a-f]{6}|none")


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing drawn: its kind, its points (x, y …; a circle has centre and radius), text and paint."""

    kind: str
    points: tuple[float, ...]
    text: str
    paint: Mapping[str, str]


@dataclass(frozen=True)
class Drawing:
    """A drawing: its element, the box it is drawn in, and its shapes from back to front."""

    root: etree._Element
    box: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=64)
def read_svg(svg: str) -> Drawing:
    """Read a drawing.

    Raises:
        ValueError: it holds what cannot be drawn in Word too.
    """
    if SIGNS.search(svg):
        raise ValueError("the SVG holds a noncharacter")
    root = parse_xml(svg.encode(), "SVG")
    if root.tag != f"{_NS}svg" or len(root.get("viewBox", "").split()) != 4:
        raise ValueError("no <svg> with a viewBox")
    x, y, width, height = map(float, root.get("viewBox", "").split())
    if width <= 0 or height <= 0:
        raise ValueError("the viewBox is empty")
    shapes: list[Shape] = []
    _walk(root, {}, shapes)
    return Drawing(root, (x, y, width, height), tuple(shapes))


def _walk(element: etree._Element, inherited: Mapping[str, str], shapes: list[Shape]) -> None:
    name = str(element.tag).removeprefix(_NS)
    if name not in _OWN or element.tag == name:
        raise ValueError(f"<{name}> cannot be drawn")
    own = {str(key): str(value) for key, value in element.attrib.items()}
    for attribute in own:
        if attribute not in (*_OWN[name], *_PAINT):
            raise ValueError(f'the attribute "{attribute}" of <{name}> cannot be drawn')
    paint = {**inherited, **{key: value for key, value in own.items() if key in _PAINT}}
    for key in ("fill", "stroke"):
        if key in own and not _COLOUR.fullmatch(own[key]):
            raise ValueError(f"{key} must be none or #rrggbb in small letters")
    if name in ("svg", "g"):
        for child in element:
            _walk(child, paint, shapes)
    elif len(element):
        raise ValueError(f"<{name}> holds another element")
    elif name != "title":
        shapes.append(Shape(name, _points(name, element), element.text or "", paint))


def _points(name: str, element: etree._Element) -> tuple[float, ...]:
    if name in ("polyline", "polygon"):
        points = tuple(float(one) for one in element.get("points", "").replace(",", " ").split())
        if len(points) < 4 or len(points) % 2:
            raise ValueError(f"<{name}> needs pairs of numbers")
    else:
        points = tuple(float(element.get(key, "0")) for key in _OWN[name])
    if not all(map(math.isfinite, points)):
        raise ValueError(f"<{name}> has a number that is none")
    return points
