"""Linting: every rule over the chosen templates, all findings at once.

Hands out `lint`, `RULES` and `rules`. Leans on `desk` and on the modules of rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gen.authoring import (
    lint_layout,
    lint_markdown,
    lint_names,
    lint_paper,
    lint_references,
    lint_tags,
    lint_wording,
)
from gen.authoring.desk import Desk
from gen.authoring.registry import LintRule, Remark, registered
from gen.authoring.sheet import MARKDOWN, Line, Sheet
from gen.errors import Place
from gen.report import Finding, Report, Severity

__all__ = ["RULES", "lint", "rules"]

_MODULES = (lint_tags, lint_names, lint_layout, lint_references, lint_paper, lint_markdown, lint_wording)
_UNREAD = "template-unreadable"
_REFUSED = "template-refused"
_SHOWN = 120

RULES: tuple[LintRule, ...] = (
    LintRule(_UNREAD, Severity.ERROR, "ひな形のファイルが読める", "ひな形の書き方（docs/templates.md）"),
    *registered(),
)
"""Every rule, in the order of the modules."""


def lint(wanted: Sequence[str] = (), own: Path | None = None) -> Report:
    """Read templates and tell everything that is wrong with them.

    Args:
        wanted: names (`clauses/secrecy`), files or folders; where empty all of the city's
            own templates, or of the shipped ones where it has none.
        own: folder of a city's own templates, which overlay the shipped ones.

    Returns:
        All findings, each once, in the order of their places.

    Raises:
        UserError: a name or file that does not exist.
    """
    desk = Desk(own, wanted)
    chosen = {sheet.file for sheet in desk.targets}
    findings = [finding for sheet in desk.targets for finding in _of_sheet(sheet, desk)]
    for paper in desk.papers:
        for rule in RULES:
            if rule.look_paper is not None:
                remarks = rule.look_paper(paper, desk)
                told = (one for one in remarks if not wanted or chosen & _files(one, paper.main))
                findings += _findings(rule, told, paper.main)
    for unread in desk.unread:
        place = unread.error.place or Place(unread.file)
        findings.append(
            Finding(
                _UNREAD, Severity.ERROR, unread.error.message, place, "", RULES[0].basis, unread.error.hint
            )
        )
    return Report.of(dict.fromkeys(findings))


def rules() -> list[dict[str, str]]:
    """Id, severity, title and basis of every rule."""
    return [
        {"id": rule.id, "severity": rule.severity.value, "title": rule.title, "basis": rule.basis}
        for rule in RULES
    ]


def _of_sheet(sheet: Sheet, desk: Desk) -> Iterator[Finding]:
    found = [
        finding
        for rule in RULES
        if rule.look is not None and sheet.form in rule.forms
        for finding in _findings(rule, rule.look(sheet, desk), sheet)
    ]
    return iter((*found, *_refused(sheet, desk, found)))


def _refused(sheet: Sheet, desk: Desk, found: Sequence[Finding]) -> Iterator[Finding]:
    """What the engine of Markdown refuses, where no rule has told it of the same line."""
    by_id = {rule.id: rule for rule in RULES}
    told = {(one.rule, one.place.line) for one in found if one.place is not None}
    wrong = {line for rule, line in told if by_id[rule].severity is Severity.ERROR}
    for fault in desk.faults(sheet):
        number, rule = fault.place.line if fault.place else None, by_id[fault.rule or _REFUSED]
        if (rule.id, number) in told or (rule.id in (_REFUSED, "tag-broken") and number in wrong):
            continue
        line = next((one for one in sheet.lines if one.number == number), None)
        line = line or Line(number or 1, "body", "")
        at = (fault.place.column or 1) - 1 if fault.place else None
        yield from _findings(rule, [Remark(fault.bare, line, fault.hint, at=at)], sheet)


def _files(remark: Remark, main: Sheet) -> frozenset[str]:
    """The template that a remark is about, and those that may be the ones to mend."""
    return remark.causes | {(remark.sheet or main).file}


def _findings(rule: LintRule, remarks: Iterable[Remark], main: Sheet) -> Iterator[Finding]:
    for remark in remarks:
        sheet = remark.sheet or main
        line = remark.line
        message = remark.message
        if line is not None:
            text = " ".join(line.text.split())
            message += f"\n    段落: {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}" if text else ""
            if not sheet.by_line and not line.part:
                message += f"（{line.number}番目の段落）"
        number = None if line is None or line.part else line.number
        yield Finding(
            rule.id,
            remark.severity or rule.severity,
            message,
            Place(sheet.file, number, _column(sheet, remark)),
            sheet.name,
            rule.basis,
            remark.hint,
        )


def _column(sheet: Sheet, remark: Remark) -> int | None:
    """The column, where the lines are those that a person sees as they were typed."""
    line = remark.line
    if line is None or sheet.form != MARKDOWN:
        return None
    return (len(line.text) - len(line.text.lstrip()) if remark.at is None else remark.at) + 1
