"""Layout: every paragraph has its role, every number is a name, and lists hang together.

Registers the rules on styles, roles and numbers, and the structural checks that a template
by itself can answer. Leans on `registry` and `static`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.authoring.conditions import example
from gen.authoring.desk import Desk
from gen.authoring.registry import Remark, sheet_rule
from gen.authoring.sheet import WORD, Line, Sheet
from gen.authoring.static import plain_text
from gen.authoring.tags import TAG, Guard, calls_in
from gen.report import Severity

__all__: list[str] = []  # its rules enter the registry

_BASIS = "ひな形の書き方（docs/templates.md）"
_FORM = "法制執務の慣行（条・項・号の構成）"
_BY_ROLE = {
    "jo": ("jo", "dai"), "ko": ("ko",), "go": ("go",), "sai": ("sai",), "sai2": ("sai2",), "head": ("hd",),
    "attach": ("attach",),
}  # fmt: skip
_TYPED = {
    "jo": re.compile(r"第[0-9０-９一二三四五六七八九十百]+条?"),
    "ko": re.compile(r"[0-9０-９]+|[①-⑳]"),
    "go": re.compile(r"[(（][0-9０-９]+[)）]|[①-⑳⑴-⒇]|[一二三四五六七八九十]+[\s　]"),
    "sai": re.compile(r"[ア-ンｱ-ﾝ][\s　．.]|[イロハ][\s　．.]"),
    "sai2": re.compile(r"[(（][ア-ンｱ-ﾝ][)）]"),
    "head": re.compile(r"[0-9０-９]+"),
    "attach": re.compile(r"別[記紙表]|特約|様式"),
}
_ANY_TYPED = re.compile(
    r"第[0-9０-９一二三四五六七八九十百]+条(?=[\s　（])|[(（][0-9０-９]+[)）](?=[\s　])|(?:[2-9２-９]|[0-9０-９]{2})(?=[\s　])"
)
_ANNOUNCED = re.compile(r"次の各号|次に掲げる|次のいずれか|各号に掲げる|次のとおり")
_NEEDS_LIST = re.compile(r"次の各号|次に掲げる(?!規定)")
_HEADING = re.compile(r"（.+）\Z")
_NAMES = {
    "jo": "条",
    "ko": "項",
    "go": "号",
    "sai": "号の細分",
    "sai2": "号の細分",
    "head": "頭書",
    "attach": "別記等",
}


@sheet_rule("style-unknown", Severity.WARNING, "段落の様式は、団体の書式のものを使う", _BASIS, (WORD,))
def unknown_style(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A paragraph of another style looks foreign and has no role."""
    foreign: dict[str, list[Line]] = {}
    for line in sheet.lines:
        if line.style and not line.part and line.text.strip():
            foreign.setdefault(line.style, []).append(line)
    for style, lines in foreign.items():
        yield Remark(
            f"様式「{style}」は、団体の書式にありません（{len(lines)}段落）。",
            lines[0],
            "Word の様式の一覧から「起案 条」「起案 項」「起案 本文」などを選んでください。",
        )


@sheet_rule("number-typed", Severity.ERROR, "条・項・号の番号を手で打たない", _BASIS, (WORD,))
def typed(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A typed number is wrong as soon as a clause falls away before it."""
    for line in sheet.lines:
        pattern = _TYPED.get(line.role) or (_ANY_TYPED if line.style and not line.part else None)
        found = pattern.match(line.text.lstrip("　 ")) if pattern else None
        if found:
            call = _BY_ROLE[line.role][0] if line.role else _call_of(found.group(0))
            yield Remark(
                f"番号「{found.group(0).strip()}」が手で打たれています。",
                line,
                f"番号の代わりに {{{{ {call}(…) }}}} と書いてください。",
            )


def _call_of(number: str) -> str:
    return "jo" if number.startswith("第") else "go" if number.startswith(("(", "（")) else "ko"


@sheet_rule("number-missing", Severity.ERROR, "条・項・号の段落は、その番号で始まる", _BASIS, (WORD,))
def missing(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Each role begins with its own call, and a call stands in its own role."""
    for line, tags in zip(sheet.lines, sheet.by_index, strict=True):
        wanted = _BY_ROLE.get(line.role)
        first = next((placed.tag for placed in tags if placed.tag.kind == "print"), None)
        calls = [call.name for call in calls_in(first.node)] if first is not None else []
        at_start = first is not None and not TAG.sub("", line.text[: first.start]).strip()
        typed_by_hand = line.role in _TYPED and _TYPED[line.role].match(line.text.lstrip("　 "))
        if wanted and not typed_by_hand and not (at_start and calls and calls[0] in wanted):
            yield Remark(
                f"{_NAMES[line.role]}の段落が、その番号で始まっていません。",
                line,
                f"段落の初めに {{{{ {wanted[0]}(…) }}}} と書くか、様式を直してください。",
            )
            continue
        numbering = {name for names in _BY_ROLE.values() for name in names}
        for call in (call for placed in tags for call in calls_in(placed.tag.node)):
            if call.name in numbering and line.role not in ("", "steer") and call.name not in (wanted or ()):
                yield Remark(
                    f"「{call.name}(…)」が、{line.role} の段落にあります。",
                    line,
                    "番号は、その番号の段落の初めにだけ書けます。引用は ref(…) で書いてください。",
                )


@sheet_rule("role-order", Severity.ERROR, "見出し・条・項・号・細分が正しい順に並ぶ", _FORM, (WORD,))
def order(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A heading is followed by its article; 項, 号 and ア follow what they belong to."""
    seen: set[str] = set()
    for index, line in _printed(sheet):
        role = line.role
        after = _neighbour(sheet, desk, index, 1)
        if role == "midashi" and (after is None or after.role not in ("jo", "")):
            yield Remark("見出しの次に条がありません。", line, "見出しは、条の直前の段落に置いてください。")
        needed = {"ko": "jo", "go": "jo", "sai": "go", "sai2": "sai"}.get(role, "")
        if needed and needed not in seen:
            yield Remark(
                f"{_NAMES[role]}の前に{_NAMES[needed]}がありません。",
                line,
                "段落の様式と順を確かめてください。",
            )
        if role == "attach":
            seen.clear()
        elif role == "jo":
            seen = {"jo"}
        elif role == "ko":
            seen -= {"go", "sai"}
        elif role == "go":
            seen = (seen | {"go"}) - {"sai"}
        seen.add(role)


@sheet_rule("heading-missing", Severity.INFO, "他の条に見出しがあれば、どの条にもある", _FORM, (WORD,))
def headings(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """An article without a heading among articles that have one (a shared heading is allowed)."""
    if not any(line.role == "midashi" for line in sheet.lines):
        return
    for index, line in _printed(sheet):
        before = _neighbour(sheet, desk, index, -1) if line.role == "jo" else None
        if line.role == "jo" and (before is None or before.role != "midashi"):
            yield Remark(
                "この条には見出しがありません。",
                line,
                "（ ）で囲んだ見出しを、条の前の段落に置いてください。",
            )


def _printed(sheet: Sheet) -> Iterator[tuple[int, Line]]:
    """The paragraphs of the body that are printed, with their index."""
    return (
        (index, line)
        for index, line in enumerate(sheet.lines)
        if line.role not in ("steer", "row") and not line.part
    )


def _neighbour(sheet: Sheet, desk: Desk, index: int, step: int) -> Line | None:
    """The next printed line (step 1 or -1) that can stand in the same document as this one."""
    here = sheet.guards_at(index)
    other = index + step
    while 0 <= other < len(sheet.lines):
        if sheet.lines[other].role != "steer" and _together(sheet, desk, here, sheet.guards_at(other)):
            return sheet.lines[other]
        other += step
    return None


def _together(sheet: Sheet, desk: Desk, left: tuple[Guard, ...], right: tuple[Guard, ...]) -> bool:
    if not left or not right:
        return True
    world = desk.world(sheet)
    return example(world.of_guards((*left, *right)), world, {}) is not None


@sheet_rule("heading-form", Severity.ERROR, "見出しは（ ）で囲む", _FORM, (WORD,))
def heading_form(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A heading stands in full-width brackets."""
    for line in sheet.lines:
        if line.role == "midashi" and not _HEADING.fullmatch(line.text.strip()):
            yield Remark(
                "見出しが（ ）で囲まれていません。",
                line,
                "（秘密の保持）のように、全角の丸括弧で囲んでください。",
            )


def _lists(sheet: Sheet) -> Iterator[tuple[Line, list[Line], Line | None]]:
    """Each 条 or 項 with the 号 below it (twice those in a loop), and what is printed directly after it."""
    looped = {placed.line for placed in sheet.tags if placed.loops}
    printed: list[Line] = []
    for index, line in enumerate(sheet.lines):
        if line.role != "steer" and not line.part:
            printed += [line, line] if line.role == "go" and index in looped else [line]
    for at, line in enumerate(printed):
        if line.role not in ("jo", "ko", "body", "preamble"):
            continue
        below: list[Line] = []
        for one in printed[at + 1 :]:
            if one.role not in ("go", "sai", "sai2"):
                break
            if one.role == "go":
                below.append(one)
        yield line, below, printed[at + 1] if at + 1 < len(printed) else None


@sheet_rule("items-without-lead-in", Severity.INFO, "号の前に、号を導く言葉がある", _FORM, (WORD,))
def without_lead_in(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A list of 号 is announced: 次の各号, 次に掲げる …"""
    for line, below, _ in _lists(sheet):
        if below and not _ANNOUNCED.search(line.text) and "items(" not in line.text:
            yield Remark(
                "号の前に「次に掲げる」などの言葉がありません。",
                line,
                "「次に掲げる…」「次の各号のいずれかに…」と書いてください。",
            )


@sheet_rule(
    "lead-in-without-items", Severity.ERROR, "「次の各号」「次に掲げる」の後に号がある", _FORM, (WORD,)
)
def without_items(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """What is announced follows."""
    for line, below, after in _lists(sheet):
        found = _NEEDS_LIST.search(plain_text(line))
        if found and line.role in ("jo", "ko") and not below and (after is None or after.role != "row"):
            yield Remark(
                f"「{found.group(0)}」の後に号がありません。", line, "号を置くか、言葉を直してください。"
            )


@sheet_rule("item-alone", Severity.WARNING, "号は二つ以上並べる", _FORM, (WORD,))
def alone(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A single 号 is no list."""
    for _, below, _ in _lists(sheet):
        if len(below) == 1:
            yield Remark(
                "号が一つしかありません。", below[0], "号を二つ以上にするか、本文に書き込んでください。"
            )


@sheet_rule("proviso-order", Severity.INFO, "ただし書は、項の終わりに置く", _FORM, (WORD,))
def proviso(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A sentence after the proviso leaves open what it belongs to."""
    for line in sheet.lines:
        parts = _sentences(plain_text(line)) if line.role in ("jo", "ko") else []
        at = next((index for index, part in enumerate(parts) if part.startswith("ただし、")), None)
        if at is not None and at < len(parts) - 1:
            yield Remark(
                "ただし書の後に別の文が続いています。",
                line,
                "後の文をただし書の前に移すか、項を分けてください。",
            )


@sheet_rule("sentences-many", Severity.INFO, "一つの項の文は三つまで", _FORM, (WORD,))
def sentences(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """More than three sentences in one 項 cannot be cited by part."""
    for line in sheet.lines:
        if line.role in ("jo", "ko") and (count := len(_sentences(plain_text(line)))) > 3:
            yield Remark(f"一つの項に文が{count}あります。", line, "項を分けてください。")


def _sentences(text: str) -> list[str]:
    """The sentences of a 項; a 。 inside brackets ends none."""
    bare = text
    while (shorter := re.sub(r"（[^（）]*）|「[^「」]*」", "", bare)) != bare:
        bare = shorter
    return [part.strip("　 ") for part in bare.split("。") if part.strip("　 ")]
