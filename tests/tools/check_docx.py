#!/usr/bin/env python3
"""Check that .docx files are sound: package, schema, text, and leftovers.

Usage: check_docx.py [--allow TEXT] FILE.docx [FILE.docx ...]

--allow TEXT: a printed value that may hold tag characters (a value is printed as typed).

For each file: every part named in the relationships exists, every XML part parses,
word/document.xml, headers, footers, styles and numbering follow the ECMA-376
transitional schema (elements of other namespaces marked ignorable are dropped first),
no template tag is left in the text, and no ZIP entry carries a wall-clock date
(all entries share one date). Prints a line per finding; exit 1 when there is one.
Needs lxml.
"""
from __future__ import annotations

import posixpath
import re
import sys
import zipfile
from functools import lru_cache
from pathlib import Path

from lxml import etree

XSD = Path(__file__).resolve().parent / "ooxml" / "xsd" / "wml.xsd"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHECKED = re.compile(r"word/(document|styles|numbering|header\d*|footer\d*|footnotes|comments|settings)\.xml$")
TAG = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(XSD)))


def plain(root: etree._Element) -> etree._Element:
    """Drop what the base schema does not know: ignorable namespaces and AlternateContent."""
    prefixes = (root.get(f"{{{MC}}}Ignorable") or "").split()
    ignorable = {root.nsmap[p] for p in prefixes if p in root.nsmap}
    for element in list(root.iter(f"{{{MC}}}AlternateContent")):
        parent = element.getparent()
        fallback = element.find(f"{{{MC}}}Fallback")
        at = parent.index(element)
        for child in list(fallback) if fallback is not None else []:
            parent.insert(at, child)
            at += 1
        parent.remove(element)
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for name in list(element.attrib):
            space = etree.QName(name).namespace
            if space in ignorable or space == MC:
                del element.attrib[name]
        if etree.QName(element).namespace in ignorable and element.getparent() is not None:
            element.getparent().remove(element)
    return root


def findings(path: Path, allowed: str = "") -> list[str]:
    out: list[str] = []
    try:
        package = zipfile.ZipFile(path)
        names = package.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        return [f"not a readable package: {error}"]
    if len(names) != len(set(names)):
        out.append("the package names a part twice")
    if len({i.date_time for i in package.infolist()}) > 1:
        out.append("ZIP entries carry different dates")
    for name in names:
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            root = etree.fromstring(package.read(name))
        except etree.XMLSyntaxError as error:
            out.append(f"{name}: not well-formed: {error}")
            continue
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for rel in root:
                if rel.get("TargetMode") == "External":
                    continue
                target = rel.get("Target", "")
                full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
                if full not in names:
                    out.append(f"{name}: {rel.get('Id')} points to a missing part {full}")
        if CHECKED.search(name):
            text = "".join(root.itertext(f"{{{W}}}t", f"{{{W}}}instrText"))
            text = text.replace(allowed, "") if allowed else text
            left = TAG.search(text)
            if left:
                out.append(f"{name}: a template tag is left: …{text[max(0, left.start() - 20):left.end() + 20]}…")
            if not schema().validate(plain(root)):
                for error in list(schema().error_log)[:5]:
                    out.append(f"{name}: schema, line {error.line}: {error.message[:200]}")
    return out


def main(paths: list[str]) -> int:
    allowed = ""
    if paths[:1] == ["--allow"]:
        allowed, paths = paths[1], paths[2:]
    if not paths:
        print(__doc__)
        return 2
    bad = 0
    for path in paths:
        found = findings(Path(path), allowed)
        bad += bool(found)
        for line in found:
            print(f"{path}: {line}")
    print(f"{len(paths)} checked, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
