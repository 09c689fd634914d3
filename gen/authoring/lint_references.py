"""References by hand: 第○条, 前項, 同条 … that no name backs.

Registers the rules on literal references. A reference to a law is literal by right: its
name stands before it. Leans on `registry` and `static`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gen.authoring.desk import Desk
from gen.authoring.registry import Remark, sheet_rule
from gen.authoring.sheet import MARKDOWN, Line, Sheet
from gen.authoring.static import mask_quotes
from gen.authoring.tags import Tag, calls_in, dotted, tags_of
from gen.report import Severity

__all__: list[str] = []  # its rules enter the registry

_BASIS = "ひな形の書き方（docs/templates.md）"
_FORM = "法制執務の慣行（前条・同項等の用法）"
_N = r"[0-9０-９一二三四五六七八九十百]+"
_LAW_NUMBER = re.compile(
    rf"(?:明治|大正|昭和|平成|令和)(?:元|{_N})年[^、。（）]{{0,20}}?第{_N}号|(?:政令|省令|告示|訓令|規則)第{_N}号"
)
_REFERENCE = re.compile(
    rf"第{_N}条(?:の{_N})*(?:第{_N}項)?(?:第{_N}号)?|第{_N}項(?:第{_N}号)?|第{_N}号(?!様式|被保険者|法定受託)"
    rf"|[前次](?:{_N}|各)?(?:条(?!例)|[項号])|同(?:条(?!例)|[項号])|別[記紙表](?!様式|紙)(?:第?{_N})?"
)
_EXTERNAL = re.compile(
    r"(?:(?<![方手用適違合寸作司立技無])法|法律|憲法|(?<![命指号辞司法])令|規則|条例|規程|要綱|告示|同法|同令|同規則|同条例)\Z"
)
_BRACKET = re.compile(r"（[^（）]*）\Z")
_JOIN = re.compile(
    r"(?:まで)?(?:から|及び|並びに|又は|若しくは|、)?(?:同法)?\Z|まで\Z|各号\Z|ただし書(?:及び|又は)\Z"
)
_PAPER = re.compile(r"(?:契約書|約款|協定書?|仕様書|要領|指針|標準|基準|方針|手順書|計画書?|◆)\Z")
_CITING = ("ref", "prev", "prevs", "refs")
_CITE, _VALUE = "\ufdd0", "\ufdd1"  # signs that no template may hold; inside one line only


@dataclass(frozen=True)
class _Found:
    """A literal reference, whether a law's name backs it, and where it stands."""

    text: str
    start: int
    external: bool


def _flat(line: Line) -> tuple[str, list[tuple[int, Tag]]]:
    """The line with citing calls and printed values as one sign each, and where those stand."""
    out: list[str] = []
    signs: list[tuple[int, Tag]] = []
    at = size = 0
    for tag in tags_of(line.text):
        piece = line.text[at : tag.start]
        out.append(piece)
        size += len(piece)
        at = tag.end
        if tag.kind == "print":
            citing = any(call.name in _CITING for call in calls_in(tag.node))
            law = tag.node is not None and dotted(tag.node).startswith("rule.")
            out.append(_CITE if citing else _VALUE if law else "◆")
            signs.append((size, tag))
            size += 1
    return "".join((*out, line.text[at:])), signs


def _found(text: str) -> Iterator[_Found]:
    masked = mask_quotes(text)
    masked = _LAW_NUMBER.sub(lambda one: "〓" * len(one.group(0)), masked)
    last_external = -1
    for one in _REFERENCE.finditer(masked):
        before = masked[: one.start()]
        joined = last_external >= 0 and _JOIN.fullmatch(masked[last_external : one.start()]) is not None
        external = one.group(0)[0] == "第" and (joined or _after_law(before))
        if external:
            last_external = one.end()
        yield _Found(one.group(0), one.start(), external)


def _after_law(before: str) -> bool:
    """Whether the name of a law, with or without its number in brackets, stands directly before."""
    stripped = before
    while (shorter := _BRACKET.sub("", stripped)) != stripped:
        stripped = shorter
    if stripped.endswith("）"):  # nested brackets
        stripped = _unbracketed(stripped)
    return stripped.endswith(_VALUE) or _EXTERNAL.search(stripped) is not None


def _unbracketed(text: str) -> str:
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {"）": 1, "（": -1}.get(text[at], 0)
        if depth == 0:
            return text[:at]
    return text


@sheet_rule("reference-literal", Severity.ERROR, "条・項・号・別記等の引用を手で打たない", _BASIS)
def literal(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """第○条 and 前条 typed by hand are wrong as soon as a clause falls away; laws are excepted."""
    if sheet.form == MARKDOWN:
        yield from _unnamed(sheet)
        return
    for line in sheet.lines:
        if line.role in ("steer", "midashi"):
            continue
        text, _ = _flat(line)
        for one in _found(text):
            if one.external or one.text.startswith("同") or (line.role in ("jo", "") and one.start == 0):
                continue
            kind = "prev" if one.text[0] in "前次" else "ref"
            hint = f'{{{{ {kind}("名前"{_part(one.text)}) }}}} で引用してください。法令の条は、その直前に法令の名を書いてください。'
            yield Remark(f"引用「{one.text}」が手で打たれています。", line, hint)


def _unnamed(sheet: Sheet) -> Iterator[Remark]:
    """A plan has no articles of its own: each that it cites needs the name of its law or paper."""
    for line in sheet.lines:
        text, _ = _flat(replace(line, text=line.words))
        for one in _found(text) if line.role not in ("steer", "code", "directive") else ():
            before = mask_quotes(text)[: one.start]
            if one.external or one.text[0] in "同別" or _PAPER.search(_BRACKET.sub("", before)):
                continue
            at = line.text.find(one.text)
            hint = "その直前に、法令又は文書の名前を書いてください（例：地方自治法第234条）。"
            message = f"「{one.text}」が、どの法令又は文書のものか分かりません。"
            yield Remark(message, line, hint, at=at if at >= 0 else None)


def _part(text: str) -> str:
    return ', go="…"' if text.endswith("号") else ', ko="…"' if text.endswith("項") else ""


@sheet_rule("reference-same", Severity.ERROR, "同条・同項・同号の前に、その指す条・項・号がある", _FORM)
def same(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """同項 means the 項 last named in the same paragraph, by a call or after a law's name."""
    article = ""
    for line in sheet.lines:
        text, signs = _flat(line)
        for tag in (tag for _, tag in signs):
            article = next(
                (str(call.get("name", 0)) for call in calls_in(tag.node) if call.name in ("jo", "dai")),
                article,
            )
        found = list(_found(text))
        for one in found:
            if one.text.startswith("同") and not _named(one, found, signs, article):
                yield Remark(
                    f"「{one.text}」の前に、それが指す{one.text[1]}がありません。",
                    line,
                    f"先に {{{{ ref(…) }}}} で{one.text[1]}を示すか、{{{{ ref(…) }}}} に書き換えてください。",
                )


def _named(one: _Found, found: list[_Found], signs: list[tuple[int, Tag]], article: str) -> bool:
    """Whether something before names a unit of the same level."""
    unit = one.text[1]
    literals = (other.text for other in found if other.start < one.start and other.external)
    if any(unit in text for text in literals):
        return True
    calls = (call for at, tag in signs if at < one.start for call in calls_in(tag.node))
    for call in calls:
        if call.name not in _CITING:
            continue
        if unit == "条" and (call.name == "refs" or call.get("name", 0) != article):
            return True
        if unit == "項" and call.name != "refs" and call.get("ko", 1) is not None:
            return True
        if unit == "号" and call.name != "refs" and call.get("go", 2) is not None:
            return True
    return False
