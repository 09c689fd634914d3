"""From the XML of a Word part to the source of a Jinja template.

Hands out `prepare`, `body_of`, `MAX_PARAGRAPH` and `SourceMap`, which finds the paragraph and the
conditions around a line for an error message. docxtpl joins the tags that Word tore
apart; the rest is ours. Leans on `package` and `clauses`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, cast

from lxml import etree

from gen.clauses import CALLS, SIGNS, TOKEN, BadCall, Wording
from gen.markup import escape
from gen.word.package import BadWordFile, parse_xml
from gen.word.reading import W

__all__ = ["MAX_PARAGRAPH", "SourceMap", "TemplateSourceError", "body_of", "prepare"]

_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)(.*?)(</w:t>)", re.DOTALL)
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_CALL = re.compile(rf"\{{\{{\s*({'|'.join(CALLS)})(\([^{{}}]*\))\s*\}}\}}")
_NUMBERED = re.compile(rf"\{{\{{\s*(?:{'|'.join(CALLS)})\s*\(")
_TERM = re.compile(r"\{\{\s*([^\s{}().\x00-\x7f]+)\s*\}\}")
_IN_MARKUP = re.compile(r"<\w+:[^<>]*(?:\{\{|\{%)")  # `{% if a < b %}` is none
_LIFTED_PRINT = re.compile(r"\{\{(?:p|tr|tc|r)\s|\{%r\s")
_TRIM = re.compile(r"\{[{%#][-+]|[-+][}%#]\}")
_OPENING = re.compile(r"\{[{%#]")
_CLOSINGS = {"{{": "}}", "{%": "%}", "{#": "#}"}
MAX_PARAGRAPH = 20_000
"""Letters of one paragraph of a template, tags included: a dozen full pages."""

_MAX_ELEMENTS = 200_000
_STRICT = tuple(
    f"{{http://purl.oclc.org/ooxml/wordprocessingml/main}}{name}" for name in ("document", "hdr", "ftr")
)
_UNITS = {"p": "段落", "tr": "表の行", "tc": "表のセル"}
_LEFTOVERS = ("_GoBack", "_k_")  # Word's own bookmark, and those of a paper that became a template
_OWN_CITATION = re.compile(r"\s*REF\s+_k_")
_PLAIN_SPACES = (
    W[1:-1],
    "http://www.w3.org/XML/1998/namespace",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    None,
)
_MARKUP = re.compile(r"</?\w+:[^>]*>")
_BRACES = {"{": "&#123;", "}": "&#125;"}  # a word of the profile is no tag
_STEER = re.compile(r"\{%-?\s*(if|elif|else|endif|for|endfor)\b(.*?)-?%\}", re.DOTALL)
_PARAGRAPH = re.compile(r"(?=<w:p[ >])")


class TemplateSourceError(Exception):
    """A template that cannot be made ready; the message is Japanese."""


@dataclass(frozen=True)
class SourceMap:
    """The prepared source of one template, a paragraph a line.

    Attributes:
        source: the lines.
        numbered: True where a person sees the same lines, and is told their numbers.
    """

    source: str
    numbered: bool = False

    def paragraph(self, line: int, what: str = "") -> str:
        """The text of the paragraph on the line (from 1), with its tags.

        Args:
            line: the line.
            what: a word at fault. A tag that stands for its paragraph is on the line of the
                paragraph before it; it is given instead where it holds the word.
        """
        text = self._line(line)
        own = _own(text)
        if what and not any(_holds(tag, what) for tag in _TAG.findall(own)):
            for found in _TAG.finditer(text, len(own)):
                if _holds(found.group(0), what):
                    return _lifted(found.group(0), text[: found.start()])
        return SIGNS.sub("", TOKEN.sub("…", _MARKUP.sub("", own))).strip()

    def column(self, line: int, what: str = "") -> int | None:
        """The column of a word at fault in the tags of a line, else that of its first letter.

        None where the lines are not those that a person sees.
        """
        if not self.numbered:
            return None
        text = self._line(line)
        for tag in _TAG.finditer(text):
            if what and (found := re.search(rf"(?<![\w.]){re.escape(what)}(?!\w)", tag.group(0))):
                return tag.start() + found.start() + 1
        return len(text) - len(text.lstrip()) + 1

    def whole_name(self, name: str, line: int) -> str:
        """A name as the tags of the line write it: fact.nothing for nothing."""
        for tag in _TAG.findall(self._line(line)):
            if name and (found := re.search(rf"(?<![\w.])(?:\w+\.)*{re.escape(name)}(?!\w)", tag)):
                return found.group(0)
        return name

    def _line(self, line: int) -> str:
        lines = self.source.split("\n")
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def around(self, line: int) -> list[str]:
        """The conditions and loops that are open on the line, the outermost first."""
        stack: list[str] = []
        lines = self.source.split("\n")[:line]
        before = "\n".join([*lines[:-1], *map(_own, lines[-1:])])
        for found in _STEER.finditer(before):
            word, rest = found.group(1), " ".join(found.group(2).split())
            if word in ("if", "for"):
                stack.append(f"{word} {rest}")
            elif word in ("elif", "else") and stack:
                stack[-1] = f"{word} {rest}".strip() + f"（{stack[-1]}）"
            elif stack:
                stack.pop()
        return [one for one in stack if "_applies(" not in one]  # ours, around each clause


def _own(line: str) -> str:
    """A line up to the end of its paragraph; the tags behind it steer what follows."""
    end = line.rfind("</w:p>")
    return line if end < 0 else line[:end]


def _holds(tag: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", tag) is not None


def _lifted(tag: str, before: str) -> str:
    """A tag that stands for its paragraph or row, as its author wrote it."""
    row = before.rfind("</w:tr>") > max(before.rfind("</w:p>"), before.rfind("</w:tbl>"))
    return re.sub(r"^\{%\s*", "{%tr " if row else "{%p ", tag)


def prepare(
    data: bytes, name: str, wording: Wording, terms: Mapping[str, str], *, clause: bool = False
) -> str:
    """Make the source of a Jinja template from the XML of a part.

    Args:
        data: the part.
        name: the template's name, for messages.
        wording: the city's style, applied to the text outside of tags.
        terms: words such as 甲 and what stands for them; put in once, here.
        clause: True where the body will stand in another file, whose namespaces it must do with.

    Raises:
        BadWordFile: the XML is not sound.
        TemplateSourceError: it holds something that a template must not.
    """
    # Read at call time: importing docxtpl costs a tenth of a second.
    from docxtpl import DocxTemplate

    root = parse_xml(data, name)
    _check_size(root)
    _check_tags(root)
    _drop_bookmarks(root)
    if clause:
        _keep_plain(root, name)
    text = etree.tostring(root, encoding="unicode").replace("\n", " ")
    if SIGNS.search(text):
        raise TemplateSourceError("使えない制御用の文字（U+FDD0～U+FDEF）が入っています。")
    patched: str = DocxTemplate.patch_xml(cast(Any, None), text)
    if _IN_MARKUP.search(patched):
        raise TemplateSourceError(
            "書式（表の色・結合など）の中にタグがあります。{% colspan %}、{% cellbg %}、{% vm %}、{% hm %} は使えません。"
        )
    patched = _TAG.sub(lambda m: m.group(0).replace("&amp;", "&"), patched)  # docxtpl leaves this one
    patched = _TEXT.sub(lambda m: m.group(1) + _worded(m.group(2), wording) + m.group(3), patched)
    patched = _CALL.sub(_folded, patched)
    patched = _TERM.sub(
        lambda m: escape(terms[m.group(1)], _BRACES) if m.group(1) in terms else m.group(0), patched
    )
    return _PARAGRAPH.sub("\n", patched)


def _check_size(root: etree._Element) -> None:
    """Refuse a part that would keep the machine busy for minutes."""
    if root.tag in _STRICT:
        raise TemplateSourceError(
            "「厳密な Open XML」形式で保存されています。Wordの「名前を付けて保存」で、種類を「Word 文書（*.docx）」にして保存し直してください。"
        )
    count = sum(1 for _ in root.iter("*"))
    if count > _MAX_ELEMENTS:
        raise TemplateSourceError(
            f"部品の中の要素が多すぎます（{count:,}個、上限{_MAX_ELEMENTS:,}個）。ひな形を分けるか、Wordで全文を選び、"
            "書式のクリアをしてから保存し直してください。"
        )


def _check_closed(text: str) -> None:
    """Refuse a tag that its paragraph does not close; docxtpl would search the whole file for each."""
    at = 0
    while found := _OPENING.search(text, at):
        end = text.find(_CLOSINGS[found.group(0)], found.end())
        if end < 0:
            raise TemplateSourceError(
                f"タグ「{found.group(0)}」が同じ段落の中で閉じていません：{text[found.start() : found.start() + 80]}"
            )
        at = end + 2


def _check_tags(root: etree._Element) -> None:
    """Refuse what docxtpl would answer with silence: text beside a tag that stands for its paragraph."""
    texts: dict[str, dict[etree._Element, str]] = {unit: {} for unit in _UNITS}
    for piece in root.iter(f"{W}t"):
        for unit, of_unit in texts.items():
            owner = next(piece.iterancestors(f"{W}{unit}"), None)
            if owner is not None:
                of_unit[owner] = of_unit.get(owner, "") + (piece.text or "")
    for unit, of_unit in texts.items():
        for text in of_unit.values():
            if f"%{unit} " in text or f"#{unit} " in text:
                _check_alone(unit, text)
    for change in root.iter(f"{W}ins", f"{W}moveTo"):
        inside = "".join(piece.text or "" for piece in change.iter(f"{W}t"))
        if _NUMBERED.search(inside):  # a citation becomes a field, which must not stand in there
            raise TemplateSourceError(
                f"変更履歴の中に、番号や引用のタグがあります。Wordの［校閲］で変更を承諾してから保存し直してください：{inside[:80]}"
            )
    for text in texts["p"].values():
        if len(text) > MAX_PARAGRAPH:
            raise TemplateSourceError(
                f"1つの段落が長すぎます（{len(text):,}文字、上限{MAX_PARAGRAPH:,}文字）：{text[:80]}"
            )
        _check_closed(text)
        if found := _LIFTED_PRINT.search(text):
            raise TemplateSourceError(
                f"「{found.group(0).strip()} …」は使えません。{{{{ … }}}} 又は {{% … %}} で書いてください：{text[:80]}"
            )
        if found := _TRIM.search(text):
            raise TemplateSourceError(
                f"「{found.group(0)}」は使えません（前後の文字が失われます）。-・+ を取ってください：{text[:80]}"
            )


def _check_alone(unit: str, text: str) -> None:
    tag = rf"\{{%{unit} [^%}}]*%\}}|\{{#{unit} [^#}}]*#\}}"
    if re.search(rf"\{{[%#]{unit} ", text) and not re.fullmatch(rf"\s*(?:{tag})\s*", text):
        raise TemplateSourceError(
            f"{{%{unit} … %}} は、{_UNITS[unit]}に単独で置いてください（同じ{_UNITS[unit]}の文字が失われます）：{text[:80]}"
        )


def _drop_bookmarks(root: etree._Element) -> None:
    """Take out bookmarks that nobody set, so that ours stay the only ones of their names."""
    gone = set()
    for start in list(root.iter(f"{W}bookmarkStart")):
        if start.get(f"{W}name", "").startswith(_LEFTOVERS):
            gone.add(start.get(f"{W}id"))
            _remove(start)
    for end in list(root.iter(f"{W}bookmarkEnd")) if gone else ():
        if end.get(f"{W}id") in gone:
            _remove(end)
    for field in list(root.iter(f"{W}fldSimple")):  # its target went with the bookmark; the text stays
        parent = field.getparent()
        if parent is not None and _OWN_CITATION.match(field.get(f"{W}instr", "")):
            at = parent.index(field)
            parent[at : at + 1] = list(field)


def _keep_plain(root: etree._Element, name: str) -> None:
    """Take out what Word notes beside the text in namespaces of its own; text in them is refused."""
    for element in list(root.iter("*")):
        for attribute in list(element.attrib):
            if etree.QName(str(attribute)).namespace not in _PLAIN_SPACES:
                del element.attrib[attribute]
        if etree.QName(element).namespace not in _PLAIN_SPACES:
            if next(element.iter(f"{W}t"), None) is not None or etree.QName(element).localname == "inline":
                raise _not_plain(name)
            _remove(element)


def _not_plain(name: str) -> BadWordFile:
    return BadWordFile(
        f"条文ひな形「{name}」に、画像・図形・自動番号・脚注・リンクが入っています。",
        hint='取り込む条文には文字と表だけを置いてください。番号は {{ jo("…") }} などで書きます。',
    )


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _folded(found: re.Match[str]) -> str:
    """A call whose arguments are all written out becomes its token here, once, not at each filling."""
    try:
        call = ast.parse(f"f{found.group(2)}", mode="eval").body
        assert isinstance(call, ast.Call)
        arguments = [ast.literal_eval(one) for one in call.args]
        named = {one.arg or "": ast.literal_eval(one.value) for one in call.keywords}
    except (SyntaxError, ValueError, AssertionError):
        return found.group(0)  # Jinja will say what is wrong with it, or work it out
    try:
        return str(CALLS[found.group(1)](*arguments, **named))
    except (TypeError, BadCall) as error:
        said = str(error) if isinstance(error, BadCall) else "引数が合いません。"
        raise TemplateSourceError(f"{found.group(0)}: {said}") from error


def _worded(text: str, wording: Wording) -> str:
    parts = _TAG.split(text)
    return "".join(part if index % 2 else _styled(part, wording) for index, part in enumerate(parts))


def _styled(part: str, wording: Wording) -> str:
    if "&" not in part:
        return wording.text(part)
    return escape(wording.text(unescape(part)), {"\r": "&#13;"})  # &amp; is no word to style


def body_of(source: str, name: str) -> str:
    """What stands between `<w:body>` and its last section, for a clause that is included.

    Raises:
        BadWordFile: the clause leans on parts of its own file (pictures, lists, links).
    """
    start = source.index("<w:body")
    start = source.index(">", start) + 1
    end = source.rfind("<w:sectPr")
    body = source[start : end if end > start else source.rfind("</w:body>")]
    if re.search(
        r"\br:(?:id|embed|link)=|<w:numPr>|<w:(?:footnote|endnote|comment)Reference|<w:(?:drawing|pict|object)\b",
        body,
    ):
        raise _not_plain(name)
    # Lines before the body would shift every paragraph; keep the count by leading newlines.
    return "\n" * source.count("\n", 0, start) + body
