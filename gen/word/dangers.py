"""What a Word file must not bring along: targets outside of it, foreign bodies, fields that fetch or run.

Hands out `danger_in`, which names the first of them in a package's parts, or "". Nothing of
this is ever followed or run here; it is refused because the papers made of the file would carry
it to the machines of others. Leans on lxml; the parts are XML that `package` has bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

__all__ = ["danger_in"]

Parse = Callable[[bytes], etree._Element]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _TYPES = "word/document.xml", "[Content_Types].xml"
_MAIN_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_KIND = re.compile(r"macroEnabled|vbaProject|vbaData", re.IGNORECASE)
_OUTSIDE_LINK = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f]*", re.IGNORECASE)
_KINDS = {
    "attachedTemplate": "別の文書テンプレート（attachedTemplate）への関連付け",
    "subDocument": "サブ文書（subDocument）への関連付け",
    "aFChunk": "別の形式の文書の埋め込み（altChunk）",
    "oleObject": "OLEオブジェクト",
    "control": "ActiveXコントロール",
    "activeXControlBinary": "ActiveXコントロール",
    "mailMergeSource": "差し込み印刷のデータへの関連付け",
    "mailMergeHeaderSource": "差し込み印刷のデータへの関連付け",
    "recipientData": "差し込み印刷のデータへの関連付け",
    "frame": "フレームのページ",
    "externalLink": "外部のブックへの関連付け",
    "attachedToolbars": "ツールバーの追加",
    "keyMapCustomizations": "キー操作の追加",
}
_ELEMENTS = {f"{_W}altChunk": _KINDS["aFChunk"], f"{_W}subDoc": _KINDS["subDocument"],
             f"{_W}control": _KINDS["control"]}  # fmt: skip
_FIELDS = frozenset({
    "DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "MACROBUTTON", "RD",
    "EMBED", "AUTOTEXT", "AUTOTEXTLIST", "PRINT",
})  # fmt: skip
_WORTH_A_LOOK = re.compile(
    rb"instr|altChunk|subDoc|control|<!|\xff\xfe|\xfe\xff|encoding=[\"'](?!utf-8)", re.IGNORECASE
)


def danger_in(parts: Mapping[str, bytes], parse: Parse) -> str:
    """What stands in the way of using the file, in Japanese; "" where nothing does.

    Args:
        parts: of the package, by name.
        parse: reads the XML of a part; whatever it raises passes through.
    """
    return next(_dangers(parts, parse), "")


def _dangers(parts: Mapping[str, bytes], parse: Parse) -> Iterator[str]:
    yield from _kinds(parse(parts[_TYPES]))
    yield from _body(parts, parse)
    for name, data in parts.items():
        if name.endswith(".rels"):
            yield from _relations(name, parse(data))
        elif name.startswith("word/") and name.endswith(".xml") and _WORTH_A_LOOK.search(data):
            yield from _contents(name, parse(data))


def _kinds(types: etree._Element) -> Iterator[str]:
    rows = [(one.get("PartName", ""), one.get("ContentType", "")) for one in types.iter("*")]
    if any(_MACRO_KIND.search(kind) for _, kind in rows):
        yield "マクロが入っています。マクロのない .docx にしてください。"
    main = [kind for part, kind in rows if part.lower() == f"/{_DOCUMENT}"]
    if main != [_MAIN_KIND]:
        yield "本文の種類が .docx のものではありません（文書テンプレート .dotx などの名前を変えたもの）。"


def _body(parts: Mapping[str, bytes], parse: Parse) -> Iterator[str]:
    """Word opens the body that the package names; it must be the one that is read here."""
    if "_rels/.rels" not in parts:
        return
    named = [
        one.get("Target", "").lstrip("/")
        for one in parse(parts["_rels/.rels"]).iter("*")
        if one.get("Type", "").endswith("/officeDocument")
    ]
    if named != [_DOCUMENT]:
        yield f"Wordが開く本文が {_DOCUMENT} ではありません。"


def _relations(name: str, root: etree._Element) -> Iterator[str]:
    for one in root.iter("*"):
        kind = one.get("Type", "").rpartition("/")[2]
        target = one.get("Target", "")
        if kind in _KINDS or (kind == "package" and "/charts/" not in name):
            yield f"{_KINDS.get(kind, 'ほかのファイルの埋め込み')}が入っています（{_shown(target)}）。"
        elif one.get("TargetMode", "").lower() == "external":
            if kind != "hyperlink" or not _OUTSIDE_LINK.fullmatch(target):
                yield f"ファイルの外への関連付け（{kind[:40]}）があります（{_shown(target)}）。"
        elif re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\", target):
            yield f"ファイルの外への関連付け（{kind[:40]}）があります（{_shown(target)}）。"


def _contents(name: str, root: etree._Element) -> Iterator[str]:
    for element in root.iter(*_ELEMENTS):
        yield f"{_ELEMENTS[str(element.tag)]}が入っています（{name}）。"
    for instruction in _instructions(root):
        word = instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""
        if word in _FIELDS:
            yield f"外のものを取り込む、又は動かすフィールド「{word}」が入っています（{name}）。"


def _instructions(root: etree._Element) -> Iterator[str]:
    """What each field says; Word tears it into pieces, and one field may stand inside another."""
    open_fields: list[list[str]] = []
    for element in root.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText"):
        if element.tag == f"{_W}fldSimple":
            yield element.get(f"{_W}instr", "")
        elif element.tag == f"{_W}instrText":
            if open_fields:
                open_fields[-1].append(element.text or "")
            else:
                yield element.text or ""
        elif element.get(f"{_W}fldCharType") == "begin":
            open_fields.append([])
        elif element.get(f"{_W}fldCharType") == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(pieces) for pieces in open_fields)


def _shown(target: str) -> str:
    return target[:80]
