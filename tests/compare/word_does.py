"""What Word does on 全て承諾 and 全て元に戻す, written by itself as an oracle: no code of the product.

Runs in `w:ins`/`w:moveTo` stay or go with their mark, those in `w:del`/`w:moveFrom` the other way round;
a paragraph whose end goes joins the following one; a row whose mark goes is gone, and a table without rows.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = re.compile(r"word/(document|header\d*|footer\d*)\.xml")


def settled(data: bytes, *, accept: bool, author: str = "") -> bytes:
    """The file with all tracked changes (of one author, if given) accepted or reverted."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            part = archive.read(name)
            if _TEXT.fullmatch(name):
                root = etree.fromstring(part)
                _settle(root, accept=accept, author=author)
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            made.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _settle(root: etree._Element, *, accept: bool, author: str) -> None:
    def concerned(mark: etree._Element) -> bool:
        return not author or mark.get(f"{W}author") == author

    stays, goes = (
        (("ins", "moveTo"), ("del", "moveFrom")) if accept else (("del", "moveFrom"), ("ins", "moveTo"))
    )
    for change in list(root.iter(f"{W}pPrChange")):
        if not concerned(change):
            continue
        form = change.getparent()
        if not accept:
            kept = [form.find(f"{W}{name}") for name in ("rPr", "sectPr")]
            for child in list(form):
                form.remove(child)
            form.extend([*list(change[0]), *(one for one in kept if one is not None)])
        else:
            form.remove(change)
    gone = [tr for tr in root.iter(f"{W}tr") for mark in _marks(tr, f"{W}trPr", goes) if concerned(mark)]
    for row in gone:
        table = next(row.iterancestors(f"{W}tbl"))
        row.getparent().remove(row)
        if table.find(f".//{W}tr") is None:
            table.getparent().remove(table)
    for kind in goes:
        for mark in [
            one
            for one in root.iter(f"{W}{kind}")
            if concerned(one) and one.getparent().tag not in (f"{W}rPr", f"{W}trPr")
        ]:
            _drop(mark)
    ended = [p for p in root.iter(f"{W}p") for mark in _marks(p, f"{W}pPr/{W}rPr", goes) if concerned(mark)]
    for kind in (*stays, *goes):
        for mark in [one for one in root.iter(f"{W}{kind}") if concerned(one)]:
            _unwrap(mark)
    for kind, plain in (("delText", "t"), ("delInstrText", "instrText")):
        for text in list(root.iter(f"{W}{kind}")):
            if not any(True for _ in text.iterancestors(f"{W}del", f"{W}moveFrom")):
                text.tag = f"{W}{plain}"
    for paragraph in ended:
        _join(paragraph)


def _marks(element: etree._Element, path: str, kinds: tuple[str, ...]) -> list[etree._Element]:
    found = element.find(path)
    return [] if found is None else [one for kind in kinds for one in found.findall(f"{W}{kind}")]


def _drop(mark: etree._Element) -> None:
    if mark.getparent() is not None:
        mark.getparent().remove(mark)


def _unwrap(mark: etree._Element) -> None:
    for child in list(mark):
        mark.addprevious(child)
    mark.getparent().remove(mark)


def _join(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    while following is not None and following.tag not in (f"{W}p", f"{W}tbl"):
        following = following.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is None or following.tag == f"{W}tbl":
        if not any(True for child in content for _ in child.iter(f"{W}t", f"{W}drawing", f"{W}tab")):
            paragraph.getparent().remove(paragraph)
        return
    at = 1 if following.find(f"{W}pPr") is not None else 0
    for offset, child in enumerate(content):
        following.insert(at + offset, child)
    paragraph.getparent().remove(paragraph)


def text_of(data: bytes) -> list[str]:
    """The text by plain means: body, then headers and footers, a paragraph or row a line."""
    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist(), key=lambda one: (one != "word/document.xml", one)):
            if _TEXT.fullmatch(name):
                root = etree.fromstring(archive.read(name))
                assert not list(root.iter(f"{W}ins", f"{W}del", f"{W}delText"))
                lines += [_read(p) for p in root.iter(f"{W}p")]
    return lines


def _read(paragraph: etree._Element) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
    return "".join(
        one.text or "" if one.tag == f"{W}t" else signs.get(one.tag, "")
        for run in paragraph.iter(f"{W}r")
        for one in run
    )
