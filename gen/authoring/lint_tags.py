"""Tags: whole, balanced, alone where they must be, and of the kind that the engine takes.

Registers the rules on tags. Leans on `registry`; docs/templates.md says how tags are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.authoring.desk import Desk
from gen.authoring.registry import Remark, sheet_rule
from gen.authoring.sheet import MARKDOWN, WORD, Line, Sheet
from gen.authoring.tags import TAG, calls_in
from gen.clauses import CALLS, SIGNS
from gen.report import Severity

__all__: list[str] = []  # its rules enter the registry

_BASIS = "ひな形の書き方（docs/templates.md）"
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_SINGLE = re.compile(r"\{[^{}]*\}+|[{}]")
_OPTIONAL = ("p", "tr")


@sheet_rule("tag-broken", Severity.ERROR, "タグが読め、if と endif、for と endfor が対になっている", _BASIS)
def broken(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Every tag can be read, and every one that opens is closed."""
    hint = "{% if … %} は {% endif %} で、{% for … %} は {% endfor %} で閉じ、{{ と }} を対にしてください。"
    for placed in sheet.tags:
        if placed.tag.fault:
            said = f"{placed.tag.text}：{placed.tag.fault}"
            yield Remark(said, sheet.lines[placed.line], hint, at=placed.tag.start)
    for fault in sheet.faults:
        yield Remark(fault.message, sheet.lines[fault.line], hint, at=fault.at)
    for line in sheet.lines:
        if found := _LOOSE.search(_masked(line)):
            yield Remark(f"「{found.group(0)}」に対応する括弧がありません。", line, hint, at=found.start())


@sheet_rule("tag-single-brace", Severity.ERROR, "タグの波括弧は二つ重ねる", _BASIS)
def single_brace(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A brace by itself is a tag that somebody mistyped."""
    for line in sheet.lines:
        rest = _LOOSE.sub("〓〓", _masked(line))
        if line.role in ("directive", "code"):
            continue
        if found := _SINGLE.search(rest):
            yield Remark(
                f"波括弧が一つだけの「{found.group(0)[:40]}」は、そのまま印字されます。",
                line,
                "値を印字するときは {{ k.title }} のように波括弧を二つ重ねてください。",
                at=found.start(),
            )


@sheet_rule("tag-split", Severity.INFO, "タグの途中で書式を変えない", _BASIS, (WORD,))
def split(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Word keeps a tag in several runs; docxtpl joins them, but formatting may be lost."""
    for line in sheet.lines:
        for tag in line.torn:
            yield Remark(
                f"Word がタグ「{tag[:60]}」を幾つかに分けて保存しています。文書を作るときにはつなぎます。",
                line,
                "うまく印字されないときは、タグ全体を消して、一度に打ち直してください。",
            )


@sheet_rule("tag-shares-paragraph", Severity.ERROR, "{%p … %} は、一つの段落に一つだけ置く", _BASIS, (WORD,))
def shares_paragraph(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A tag that takes its paragraph away must not take other text with it."""
    yield from _sharing(sheet, "p", "段落")


@sheet_rule("tag-shares-row", Severity.ERROR, "{%tr … %} は、表の一つの行に一つだけ置く", _BASIS, (WORD,))
def shares_row(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A tag that takes its row away must not take other cells with it."""
    yield from _sharing(sheet, "tr", "行")


def _masked(line: Line) -> str:
    """The line with every tag made neutral; its length stays."""
    return TAG.sub(lambda found: "〓" * len(found.group(0)), line.text)


def _sharing(sheet: Sheet, lift: str, what: str) -> Iterator[Remark]:
    for line, tags in zip(sheet.lines, sheet.by_index, strict=True):
        lifting = [placed.tag for placed in tags if placed.tag.lift == lift]
        if lifting and line.text.strip() != lifting[0].text:
            yield Remark(
                f"「{lifting[0].text}」は{what}ごと消えますが、同じ{what}に他の文字又はタグがあります。",
                line,
                f"タグだけの{what}に分けてください。{what}の一部だけを切り替えるときは {{% if … %}} と書きます。",
            )


@sheet_rule(
    "tag-misplaced", Severity.ERROR, "{%p … %} は本文の段落に、{%tr … %} は表の行に置く", _BASIS, (WORD,)
)
def misplaced(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Rows are steered from rows, paragraphs from paragraphs; other lifts are not for authors."""
    for line, tags in zip(sheet.lines, sheet.by_index, strict=True):
        for placed in tags:
            lift = placed.tag.lift
            if placed.tag.kind != "steer" or lift not in _OPTIONAL:
                continue
            if lift == "tr" and line.role != "row" and not line.cells and _outside_table(sheet, line):
                yield Remark(
                    f"「{placed.tag.text}」が表の外にあります。", line, "本文では {%p … %} と書いてください。"
                )
            elif lift == "p" and line.role == "row":
                yield Remark(
                    f"「{placed.tag.text}」が表の中にあります。",
                    line,
                    "表の行では {%tr … %} と書いてください。",
                )


def _outside_table(sheet: Sheet, line: Line) -> bool:
    at = sheet.lines.index(line)
    around = sheet.lines[max(0, at - 3) : at + 4]
    return not any(one.role == "row" for one in around)


@sheet_rule("tag-in-margin", Severity.ERROR, "ヘッダー・フッターに、番号と引用を書かない", _BASIS, (WORD,))
def in_margin(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Numbers follow from the order of the body; headers and footers have no place in it."""
    for placed in sheet.tags:
        line = sheet.lines[placed.line]
        call = next((call for call in calls_in(placed.tag.node) if call.name in CALLS), None)
        if line.part and call is not None:
            yield Remark(
                f"「{call.name}(…)」がヘッダー又はフッターにあります。",
                line,
                "ヘッダーとフッターには、{{ k.title }} などの値だけを書いてください。",
            )


@sheet_rule("tag-forbidden", Severity.ERROR, "使えない構文を書かない", _BASIS)
def forbidden(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Constructs that would hide what is printed, or that reach beyond the facts."""
    for placed in sheet.tags:
        lifted = sheet.form == MARKDOWN and placed.tag.lift
        if placed.tag.forbidden or lifted:
            hint = "使えるのは {{ 値 }}、if、for、include だけです。計算や書き換えはできません。"
            yield Remark(
                f"「{placed.tag.text[:60]}」の書き方は、ひな形では使えません。",
                sheet.lines[placed.line],
                f"Markdown では「{placed.tag.lift}」を付けずに、タグだけの行に書いてください。"
                if lifted
                else hint,
                at=placed.tag.start,
            )


@sheet_rule("character-forbidden", Severity.ERROR, "使えない制御用の文字を含まない", _BASIS)
def character(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """U+FDD0 to U+FDEF are the engine's own signs."""
    for line in sheet.lines:
        if found := SIGNS.search(line.text):
            yield Remark(
                f"使えない制御用の文字（U+{ord(found.group(0)):04X}）が入っています。",
                line,
                "その文字を消してください。",
                at=found.start(),
            )


@sheet_rule("template-refused", Severity.ERROR, "文書を作る部分が、ひな形を受け付ける", _BASIS)
def refused(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """What compiles templates has the last word; told only where no other rule explains it."""
    told = any(placed.tag.fault or placed.tag.forbidden for placed in sheet.tags) or bool(sheet.faults)
    told = told or any(SIGNS.search(line.text) for line in sheet.lines)
    error = None if told else desk.refusals.get(sheet.file)
    if error is not None:
        message = re.sub(r"\A(?:条文)?ひな形「[^」]*」(?:: )?", "", error.message.split("\n")[0])
        number = error.place.line if error.place is not None and sheet.form == MARKDOWN else None
        line = next((one for one in sheet.lines if number and one.number == number), None)
        yield Remark(message, line, error.hint)


@sheet_rule("master-differs", Severity.ERROR, "文面ファイルと Word ファイルが一致している", _BASIS, (WORD,))
def differs(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """The Word file is what documents are made of; its text master must say the same."""
    if sheet.differs:
        yield Remark(
            sheet.differs,
            None,
            "文面ファイルが正しければ、kian template build で Word ファイルを作り直してください。",
        )
