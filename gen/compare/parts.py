"""Headers and footers of one paper beside those of another, and the changed parts as a file again.

Hands out `paired_parts` and `with_roots`. Which header is which is said by section and kind (first, even,
default), for programs name the parts as they like. Leans on `blocks`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from lxml import etree

from gen.compare.blocks import DOCUMENT, Paper
from gen.compare.leaves import W
from gen.word.package import Package, parse_xml

__all__ = ["paired_parts", "with_roots"]

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = "word/_rels/document.xml.rels"


def paired_parts(base: Paper, theirs: Paper, ours: Paper) -> tuple[tuple[str, str, str], ...]:
    """The names of the parts that are one in three papers: the body, headers, footers."""
    known = [_running(paper) for paper in (base, theirs, ours)]
    both = [key for key in known[0] if key in known[1] and key in known[2]]
    found = [(DOCUMENT, DOCUMENT, DOCUMENT)]
    found += [(known[0][key], known[1][key], known[2][key]) for key in both]
    return tuple(dict.fromkeys(found))


def _running(paper: Paper) -> dict[tuple[int, str, str], str]:
    """The parts of headers and footers, by section and kind."""
    data = paper.package.parts.get(_RELATIONS)
    if data is None:
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in parse_xml(data, _RELATIONS)}
    found: dict[tuple[int, str, str], str] = {}
    for number, section in enumerate(paper.roots[DOCUMENT].iter(f"{W}sectPr")):
        for one in section.iter(f"{W}headerReference", f"{W}footerReference"):
            name = posixpath.normpath(posixpath.join("word", targets.get(one.get(_ID), "")))
            if name in paper.roots:
                kind = etree.QName(one).localname
                found.setdefault((number, kind, one.get(f"{W}type", "default")), name)
    return found


def with_roots(paper: Paper, names: Iterable[str]) -> Package:
    """The package with these parts as they stand in the trees now."""
    return paper.package.with_parts(
        {
            name: etree.tostring(paper.roots[name], xml_declaration=True, encoding="UTF-8", standalone=True)
            for name in names
        }
    )
