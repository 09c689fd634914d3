"""Whole documents: what is cited is there, what is named is named once, terms are defined once.

Registers the rules over a document with all that it includes. Leans on `paper`, and on
`conditions` for the city in which a citation would lead nowhere.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from gen.authoring.conditions import NO, Formula, all_of, any_of, example, negated
from gen.authoring.desk import Desk
from gen.authoring.paper import Entry, Paper
from gen.authoring.registry import Remark, paper_rule, sheet_rule
from gen.authoring.sheet import WORD, Sheet
from gen.authoring.static import plain_text
from gen.authoring.tags import Call, calls_in
from gen.report import Severity

__all__: list[str] = []  # its rules enter the registry

_BASIS = "ひな形の書き方（docs/templates.md）"
_FORM = "法制執務の慣行（引用及び定義）"
_DEFINED = re.compile(r"以下((?:この|本)[^「」、。]{1,8}において)?、?「([^「」]+)」という")
_PARTY = re.compile(r"(?<![装亀])甲(?![種板号斐府子])|(?<![早])乙(?![種号女])|発注者|受注者")


@paper_rule("clause-unknown", Severity.ERROR, "取り込むひな形がある", _BASIS)
def unknown_include(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """An include leads to a template."""
    for entry, name in paper.missing:
        stem, dot, ending = name.rpartition(".")
        near = _near(stem, desk.catalog.names)
        hint = f"「{near}{dot}{ending}」ではありませんか。" if near else "名前とフォルダを確かめてください。"
        message = f"取り込むひな形「{name}」がありません。"
        yield Remark(message, entry.line, hint, entry.sheet, at=entry.placed.tag.start)


@paper_rule("include-endless", Severity.ERROR, "取り込みが循環せず、多すぎない", _BASIS)
def endless(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """An include never leads back to a template that is open."""
    for entry, name in paper.endless:
        message = f"取り込み「{name}」が循環しているか、多すぎます。"
        hint = "互いに取り込むひな形の一方から、取り込みを除いてください。"
        yield Remark(message, entry.line, hint, entry.sheet, at=entry.placed.tag.start)


@sheet_rule("has-unknown", Severity.ERROR, "has(…) が、ある条文又は別記等を尋ねる", _BASIS, (WORD,))
def unknown_has(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """`has` asks for a clause or an attachment by the name of its file."""
    for placed in sheet.tags:
        for call in calls_in(placed.tag.node):
            name = call.get("name", 0)
            if call.name == "has" and isinstance(name, str) and not desk.clause(name):
                known = (one.rpartition("/")[2] for one in desk.catalog.names)
                near = _near(name, known)
                hint = (
                    f"「{near}」ではありませんか。"
                    if near
                    else "clauses 又は attachments のファイルの名前を書いてください。"
                )
                yield Remark(
                    f'has("{name}") が尋ねる条文又は別記等がありません。', sheet.lines[placed.line], hint
                )


def _near(word: str, known: Iterable[str]) -> str:
    return _nearest(word, tuple(known))


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(word[:100], known, n=1, cutoff=0.5)), "")


@paper_rule("name-twice", Severity.ERROR, "名前は、一つの文書に一つ", _BASIS)
def twice(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """Two articles of one name may not stand in one document; alternatives may."""
    rows: dict[tuple[str, str], list[tuple[Formula, Entry]]] = {}
    for one in paper.definitions:
        rows.setdefault((one.name, one.part), []).append((one.when, one.entry))
    for (name, part), places in rows.items():
        for (left, first), (right, second) in itertools.combinations(places, 2):
            both = example(all_of([left, right]), paper.world)
            if both is not None:
                said = f"{name} の中の {part.partition(':')[2]}" if part else name
                yield Remark(
                    f"名前「{said}」が二度使われています（もう一つは {first.sheet.file} の{first.line.number}）。",
                    second.line,
                    "別の名前にするか、条件で一方だけが残るようにしてください。",
                    second.sheet,
                )
                break


@paper_rule("citation-missing", Severity.ERROR, "引用する条・項・号・別記等が文書にある", _FORM)
def missing(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """What is cited is in the document, whatever the facts of the city."""
    for entry in paper.entries:
        for call in entry.calls:
            for wanted, said in _wanted(call):
                found = any_of(paper.defined.get(key, NO) for key in wanted)
                remark = _missing(paper, entry, said, found, [key[0] for key in wanted])
                if remark is not None:
                    yield remark


def _wanted(call: Call) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """What a call cites: any of these names is enough; and how a message calls it."""
    name = call.get("name", 0)
    if call.name == "refs":
        names = [one for one in call.args if isinstance(one, str)]
        yield [(one, "") for one in names], "」「".join(names)
    if not isinstance(name, str) or call.name not in ("ref", "prev", "prevs"):
        return
    yield [(name, "")], name
    for kind, position in (("ko", 1), ("go", 2)):
        given = call.get(kind, position)
        parts = [given] if isinstance(given, str) else list(given or ())
        if call.name == "prevs" and parts:
            yield [(name, f"{kind}:{part}") for part in parts], f"{name} の中の {'、'.join(parts)}"
        else:
            for part in parts:
                yield [(name, f"{kind}:{part}")], f"{name} の中の {part}"


def _missing(paper: Paper, entry: Entry, said: str, found: Formula, names: list[str]) -> Remark | None:
    causes = frozenset(one.entry.sheet.file for one in paper.definitions if one.name in names)
    if found == NO and example(paper.when(entry), paper.world) is None:
        return None  # a clause cites it only in those papers that have it
    if found == NO:
        known = dict.fromkeys(one.name for one in paper.definitions)
        near = "" if names[0] in known else _near(names[0], known)
        hint = f"「{near}」ではありませんか。" if near else "その条を文書に加えるか、引用を直してください。"
        return Remark(
            f"引用先の「{said}」が、文書「{paper.main.name}」のどこにもありません。",
            entry.line,
            hint,
            entry.sheet,
            causes=causes,
        )
    gap = example(all_of([paper.when(entry), negated(found)]), paper.world)
    if gap is None:
        return None
    case = "、".join(_value(paper, fact, value) for fact, value in gap.items() if not fact.startswith("?"))
    return Remark(
        f"引用先の「{said}」が文書にない場合があります（{case or '条件による'}）。",
        entry.line,
        "引用を、引用先と同じ条件の中に置いてください。",
        entry.sheet,
        Severity.WARNING,
        causes,
    )


def _value(paper: Paper, fact: str, value: Any) -> str:
    word = {True: "はい", False: "いいえ"}.get(value, value) if isinstance(value, bool) else value
    return f"{fact}＝{word or '記載なし'}"


@paper_rule(
    "citation-first-ko",
    Severity.WARNING,
    "項が一つの条を、第1項と引用しない",
    "法制執務の慣行（項が一つの条の引用）",
)
def first_ko(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """An article of one 項 is cited as the article."""
    several = _with_several(paper)
    firsts = {
        one.name: one.part
        for one in paper.definitions
        if one.part.startswith("ko:") and one.call in ("jo", "dai")
    }
    for entry in paper.entries:
        for call in entry.calls:
            name, ko = call.get("name", 0), call.get("ko", 1)
            if (
                call.name in ("ref", "prev")
                and name in firsts
                and firsts[name] == f"ko:{ko}"
                and name not in several
            ):
                yield Remark(
                    f"条「{name}」には項が一つしかないのに、第1項を引用しています。",
                    entry.line,
                    f'{{{{ {call.name}("{name}") }}}} と書いてください。',
                    entry.sheet,
                )


def _with_several(paper: Paper) -> set[str]:
    """The articles that have a second 項, at least for some city."""
    return {article for _, call, owners in paper.numbered if call.name == "ko" for article, _ in owners}


@paper_rule("citation-none-before", Severity.ERROR, "前各項と書く項の前に、項がある", _FORM)
def none_before(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """`prevs` without names stands in its own article, after the first 項."""
    articles = {one.name for one in paper.definitions if one.call in ("jo", "dai")}
    article, later = "", False
    for entry in paper.entries:
        for call in entry.calls:
            if call.name in ("jo", "dai", "attach"):
                article, later = str(call.get("name", 0)), False
            elif call.name == "ko":
                later = True
            bare = call.name == "prevs" and call.get("ko", 1) is None and call.get("go", 2) is None
            if bare and call.get("name", 0) in articles and not (later and article):
                message = f"前各項と書く所の前に、条「{call.get('name', 0)}」の項がありません。"
                yield Remark(
                    message, entry.line, "第2項から後に書くか、ref(…) で引用してください。", entry.sheet
                )


@paper_rule("term-twice", Severity.ERROR, "同じ語を二度定義しない", _FORM)
def term_twice(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """「以下「…」という。」 defines a term once in its reach."""
    seen: dict[str, list[tuple[Formula, Sheet, int]]] = {}
    for sheet, at, around in _lines(paper):
        line = sheet.lines[at]
        for found in _DEFINED.finditer(line.text):
            term, local = found.group(2), found.group(1)
            if local:
                continue
            when = all_of([around, paper.world.of_guards(sheet.guards_at(at, found.start()))])
            for before, other, number in seen.get(term, []):
                if example(all_of([before, when]), paper.world) is not None:
                    yield Remark(
                        f"「{term}」が二度定義されています（もう一つは {other.file} の{number}）。",
                        line,
                        "後の定義を除くか、別の語にしてください。",
                        sheet,
                    )
                    break
            seen.setdefault(term, []).append((when, sheet, line.number))


def _lines(paper: Paper) -> Iterator[tuple[Sheet, int, Formula]]:
    """Each line that has a tag, once, with the condition of reaching its template."""
    done: set[tuple[str, int]] = set()
    for entry in paper.entries:
        key = (entry.sheet.file, entry.placed.line)
        if key not in done and entry.line.role != "steer":
            done.add(key)
            yield entry.sheet, entry.placed.line, entry.when


@paper_rule("term-unused", Severity.INFO, "定義した語を使う", _FORM)
def term_unused(paper: Paper, desk: Desk) -> Iterator[Remark]:
    """A term that is defined is used somewhere else."""
    texts = [plain_text(line) for sheet in (paper.main, *paper.included.values()) for line in sheet.lines]
    whole = "\n".join(texts)
    for sheet, at, _ in _lines(paper):
        for found in _DEFINED.finditer(plain_text(sheet.lines[at])):
            if whole.count(found.group(2)) < 2:
                yield Remark(
                    f"定義した語「{found.group(2)}」が使われていません。",
                    sheet.lines[at],
                    "定義を除くか、語を使ってください。",
                    sheet,
                )


@sheet_rule(
    "party-literal", Severity.ERROR, "当事者を、甲・乙又は発注者・受注者と手で打たない", _BASIS, (WORD,)
)
def party(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """{{甲}} prints what the city chose; a typed word mixes two styles in one paper."""
    if sheet.name.startswith(("procedures/", "plans/", "papers/")):
        return
    for line in sheet.lines:
        static = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "◆", line.text)
        if line.role != "steer" and (found := _PARTY.search(static)):
            word = "甲" if found.group(0) in ("甲", "発注者") else "乙"
            yield Remark(
                f"当事者「{found.group(0)}」が手で打たれています。",
                line,
                f"{{{{{word}}}}} と書いてください。",
            )
