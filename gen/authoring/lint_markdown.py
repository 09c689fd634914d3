"""Markdown: what prints as typed though its author meant something else, and what the engine refuses.

Registers the rules that only Markdown templates can break. The engine tells the second kind
itself (`engine_rule`); its errors carry the ids of these rules. Leans on `registry`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.authoring.desk import FAMILIES, Desk
from gen.authoring.known import CONTRACTS, HOUSE
from gen.authoring.registry import BOTH, Remark, engine_rule, sheet_rule
from gen.authoring.sheet import MARKDOWN, Line, Sheet
from gen.authoring.tags import TAG
from gen.report import Severity

__all__: list[str] = []  # its rules enter the registry

_BASIS = "Markdownのひな形の書き方（docs/markdown-templates.md）"
_MANIFEST = "ひな形の書き方（docs/templates.md、The manifest）"
_FORMS = (MARKDOWN,)
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--|&(?:[A-Za-z]{2,8}|#x?[0-9A-Fa-f]+);")
_LINK = re.compile(r"!?\[[^\[\]]+\]\([^()]*\)|\[[^\[\]]+\]\[[^\[\]]*\]|^\s*\[[^\[\]]+\]:\s|\[\^[^\[\]]+\]")
_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://[^\s「」（）|<>]+|//[\w.-]+\.[a-z]{2,}/|\bwww\.[\w.-]+|data:\w+/", re.I
)
_DIRECTIVE = re.compile(r"\{(?!section\b|pagebreak\})[^{}%]*\}")
_OTHER = (
    (re.compile(r"~~[^~]+~~"), "取消線（~~ ~~）"),
    (re.compile(r"^\s*(?:={3,}|-{2})\s*$"), "下線の見出し（=== など）"),
    (re.compile(r"^\s*~~~"), "「~~~」の囲み"),
    (re.compile(r"^\s*\[toc\]\s*$", re.I), "目次（[TOC]）"),
    (re.compile(r"^\s*:{3}"), "「:::」の囲み"),
    (re.compile(r"^(?!\s*[|>])[^|]*[^|\\]\|[^|]*$|^\s*:?-{3,}:?\s*\|"), "縦線（|）で始まらない表の行"),
)  # fmt: skip
_KINDS = {
    "contracts": ("contract",), "clauses": ("clause",), "attachments": ("attachment",), "forms": ("form",),
    "papers": ("paper",), "procedures": ("procedure",), "plans": ("plan",),
}  # fmt: skip
_SUBJECTS = (CONTRACTS, *HOUSE, "drafts")

for _id, _title in (
    ("front-matter", "初めの設定（title、paper、orientation、handling）が読める"),
    ("directive-wrong", "表と用紙の設定（{widths=…}、{section …}）が正しく、正しい所にある"),
    ("table-cells", "表のどの行も、セルの数が見出しの行と同じ"),
    ("tag-splits-block", "条件・繰り返し・取り込みのタグが、段落・項目・表の行を割らない"),
    ("item-indent", "箇条書きの字下げは、1段につき半角の空白4つで、3段まで"),
    ("heading-level", "見出しは # から #### までで、文字がある"),
    ("code-unclosed", "「`」及び「```」が閉じている"),
):
    engine_rule(_id, _title, _BASIS)


def _printed(sheet: Sheet) -> Iterator[tuple[Line, str]]:
    """Each line that is read as Markdown, its tags and code made neutral; its length stays."""
    for line in sheet.lines:
        if line.role != "code":
            text = TAG.sub(lambda found: "◆" * len(found.group(0)), line.text)
            yield line, re.sub(r"`[^`]*`", lambda found: "◆" * len(found.group(0)), text)


@sheet_rule("html-raw", Severity.ERROR, "HTMLのタグと文字参照を書かない", _BASIS, _FORMS)
def html(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Raw HTML is off: it prints as typed."""
    for line, text in _printed(sheet):
        if found := _HTML.search(text):
            yield Remark(
                f"「{found.group(0)[:40]}」は、HTMLとして働かず、そのまま印字されます。",
                line,
                "消すか、Markdownの書き方に直してください。そのまま印字したいときは「`」で囲んでください。",
                at=found.start(),
            )


@sheet_rule("link-or-picture", Severity.ERROR, "リンク、画像及び脚注を書かない", _BASIS, _FORMS)
def link(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Links and pictures are off: they print as typed."""
    for line, text in _printed(sheet):
        if found := _LINK.search(text):
            yield Remark(
                f"「{found.group(0)[:40]}」は、リンク、画像又は脚注として働かず、そのまま印字されます。",
                line,
                "文字だけにしてください。図は、Kianが作るものだけを {{ … }} で印字できます。",
                at=found.start(),
            )


@sheet_rule("address-external", Severity.WARNING, "文書の外の場所（URL）を指さない", _BASIS, _FORMS)
def address(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """In a closed network an address leads nowhere, and an old one misleads."""
    for line, text in _printed(sheet):
        if found := _ADDRESS.search(text):
            yield Remark(
                f"外部の場所「{found.group(0)[:60]}」が書かれています。押しても開きません。",
                line,
                "閉じたネットワークでは開けません。資料の名前で示してください。",
                at=found.start(),
            )


@sheet_rule("directive-unknown", Severity.ERROR, "{ } だけの行は、ある設定を書く", _BASIS, _FORMS)
def directive(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A misspelt directive prints as typed."""
    import difflib

    known = ("{pagebreak}", "{section}", "{widths=…}")
    for line, text in _printed(sheet):
        bare = text.strip()
        if (
            line.role == "directive"
            and _DIRECTIVE.fullmatch(bare)
            and not re.fullmatch(r"\{(?:\w+=\S+\s*)+\}", bare)
        ):
            near = difflib.get_close_matches(bare, known, n=1, cutoff=0.5)
            hint = (
                f"「{near[0]}」ではありませんか。"
                if near
                else "使えるのは {widths=… head=1}、{section …}、{pagebreak} です。"
            )
            yield Remark(f"設定「{bare[:40]}」はないので、そのまま印字されます。", line, hint)


@sheet_rule("syntax-unknown", Severity.ERROR, "この Markdown にない書き方をしない", _BASIS, _FORMS)
def syntax(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Other dialects of Markdown print as typed."""
    for line, text in _printed(sheet):
        for pattern, name in _OTHER if line.role not in ("front", "steer", "row") else ():
            if found := pattern.search(text):
                hint = "使える書き方は docs/markdown-templates.md にあります。"
                yield Remark(f"{name}は、そのまま印字されます。", line, hint, at=found.start())


@sheet_rule(
    "manifest-missing",
    Severity.ERROR,
    "ひな形に説明ファイルがあり、名前が一覧に載る形である",
    _MANIFEST,
    BOTH,
)
def no_manifest(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A template that the catalog does not find makes no document."""
    family, _, name = sheet.name.rpartition("/")
    if family not in FAMILIES:
        return
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        message = f"ひな形の名前「{name}」は使えません。"
        yield Remark(message, None, "半角の小文字、数字及び「-」だけの名前にしてください。")
    elif sheet.manifest is None:
        hint = f"同じフォルダに {name}.yaml を置き、title、kind、subject を書いてください。"
        yield Remark("説明ファイル（.yaml）がありません。文書の一覧に載りません。", None, hint)


@sheet_rule(
    "manifest-wrong", Severity.ERROR, "説明ファイルの kind と subject が、フォルダに合う", _MANIFEST, BOTH
)
def wrong_manifest(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """The folder says what a template is; its subject says which facts it gets."""
    family, one = sheet.name.partition("/")[0], sheet.manifest
    if one is None or family not in _KINDS:
        return
    if one.kind not in _KINDS[family]:
        hint = f"{family} のひな形の kind は {'、'.join(_KINDS[family])} です。"
        yield Remark(f"kind「{one.kind}」が、フォルダ {family} に合いません。", None, hint)
    part = desk.is_part(sheet)
    if not part and one.subject not in _SUBJECTS:
        hint = f"subject を {'、'.join(_SUBJECTS)} のどれかにしてください。"
        yield Remark(f"subject「{one.subject}」は使えません。", None, hint)
    if sheet.form == MARKDOWN and not part and one.subject == CONTRACTS:
        hint = "契約のひな形は Word ファイルで作ってください。"
        yield Remark("契約の文書は、Markdown のひな形では作れません。", None, hint)
