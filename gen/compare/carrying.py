"""Drawings of Kian brought from one Word file into another, with all that shows them.

Hands out `Carrier`. Nothing of a drawing's XML is copied, for it may come from a file that somebody sent: it is made
anew from its SVG, which must be one that Kian could have drawn, its size and its description. Leans on `pictures`,
`word.figure`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from gen.compare.blocks import DOCUMENT, Paper
from gen.compare.pictures import EMBED, Picture, relations_of
from gen.errors import UserError
from gen.word.figure import Figure, drawing_xml, read_figure, with_figures
from gen.word.package import Package, check_limits, parse_xml
from gen.word.reading import W

__all__ = ["Carrier"]

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NUMBERS = re.compile(r"kian-?(?:figure|emf|svg)([0-9]{1,9})", re.IGNORECASE)
_IMAGE = "/image"


class Carrier:
    """Brings drawings into a paper.

    Args:
        target: the paper that they come into; its tree is that before anything was changed.
    """

    def __init__(self, target: Paper) -> None:
        self._root = target.roots[DOCUMENT]
        self._before = _embedded(self._root)
        self._taken = {int(number) for number in _NUMBERS.findall(_names_in(target))}
        self._figures: dict[int, Figure] = {}

    def carry(self, picture: Picture) -> etree._Element | None:
        """A drawing for the target that shows the same; None where Kian could not have drawn it."""
        size = picture.drawing.find(f".//{_WP}extent")
        said = picture.drawing.find(f".//{_WP}docPr")
        if size is None or said is None or not picture.svg:
            return None
        try:
            figure = read_figure(picture.svg, size.get("cx", ""), size.get("cy", ""), said.get("descr", ""))
        except (ValueError, UserError):
            return None
        number = next(one for one in range(1, len(self._taken) + 2) if one not in self._taken)
        self._taken.add(number)
        self._figures[number] = figure
        return etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}">{drawing_xml(figure, number)}</w:r>')[0]

    def into(self, package: Package, source: str) -> Package:
        """The target's package with the parts of what came, and without those of what was taken out for good.

        Raises:
            BadWordFile: with them it were larger than a Word file may be.
        """
        standing = _embedded(self._root)
        package = with_figures(package, self._figures, source)
        gone = self._before - standing
        if gone:
            package = _without(package, gone, source)
        if self._figures:
            check_limits(package.parts, source)
        return package


def _embedded(root: etree._Element) -> set[str]:
    """The relations by which the drawings of a tree show something."""
    return {
        one.get(EMBED, "")
        for drawing in root.iter(f"{W}drawing")
        for one in drawing.iter()
        if EMBED in one.attrib
    }


def _names_in(paper: Paper) -> str:
    """All that has a number in a paper which a drawing of Kian would have too."""
    names = [one.get("name", "") for one in paper.roots[DOCUMENT].iter(f"{_WP}docPr")]
    relations = paper.package.parts.get(relations_of(DOCUMENT), b"").decode()
    return "\n".join((*names, *paper.package.parts, relations))


def _without(package: Package, gone: set[str], source: str) -> Package:
    """The package without relations of pictures that nothing shows any more, and without their parts."""
    name = relations_of(DOCUMENT)
    root = parse_xml(package.parts[name], source)
    dropped = [one for one in root if one.get("Id") in gone and one.get("Type", "").endswith(_IMAGE)]
    for one in dropped:
        root.remove(one)
    made = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    rest = package.with_parts({name: made})
    parts = {_target(name, one) for one in dropped} - _all_targets(rest.parts, source)
    return rest.with_parts(dict.fromkeys(parts))


def _all_targets(parts: Mapping[str, bytes], source: str) -> set[str]:
    return {
        _target(name, one)
        for name in parts
        if name.endswith(".rels")
        for one in parse_xml(parts[name], source)
    }


def _target(relations: str, one: etree._Element) -> str:
    folder = posixpath.dirname(posixpath.dirname(relations))
    return posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
