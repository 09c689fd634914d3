"""Rules that a city lowers or leaves out, with a reason and an approver.

Hands out `waived`, `applies` and registers the rules on the waivers themselves. An error is
lowered to a warning at most (`RuleText.lowest`), so that whoever signs still sees it; what
reading finds wrong cannot be lowered, for without it there are no facts. Leans on `registry`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from gen.japanese import to_wareki
from gen.profile import Profile, Undecided, Waiver
from gen.report import Finding, Severity
from gen.rules.registry import Problem, profile_rule
from gen.rules.texts import RuleText, texts

__all__ = ["applies", "idle", "waived"]

_LEVELS = {"注意": Severity.WARNING, "情報": Severity.INFO}
_FIXED = ("waivers", "reading")


def _row(waiver: Waiver) -> RuleText | None:
    """The rule that it is about, where there is one that can be lowered."""
    row = texts().get(waiver.rule)
    return row if row is not None and row.family not in _FIXED else None


def _too_far(waiver: Waiver, row: RuleText) -> bool:
    return row.lowest is not None and _LEVELS.get(waiver.level) is not row.lowest


def applies(waiver: Waiver, on: date) -> bool:
    """Whether it holds on a day: about a rule that may be lowered so far, and not past."""
    row = _row(waiver)
    return row is not None and not _too_far(waiver, row) and not _is_past(waiver, on)


def _is_past(waiver: Waiver, on: date) -> bool:
    return waiver.until is not None and waiver.until < on


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if waiver.rule != finding.rule:
        return False
    field = waiver.field
    return field is None or finding.field == field or finding.field.startswith(f"{field}.")


def waived(profile: Profile, findings: Iterable[Finding], on: date) -> Iterator[Finding]:
    """The findings as the city wants to see them.

    Args:
        profile: with its waivers.
        findings: of the rules.
        on: 基準日; a waiver past its day does nothing.

    Returns:
        Each finding, lighter where a waiver holds, left out where it says so. A finding that
        is already as light stays as it is.
    """
    holding = [waiver for waiver in profile.waivers if applies(waiver, on)]
    for finding in findings:
        found = next((waiver for waiver in holding if _covers(waiver, finding)), None)
        if found is None:
            yield finding
        elif found.level in _LEVELS:
            yield _lowered(profile, finding, found)


def _lowered(profile: Profile, finding: Finding, waiver: Waiver) -> Finding:
    level = _LEVELS[waiver.level]
    order = list(Severity)
    severity = max(level, finding.severity, key=order.index)
    person = profile.people.get(waiver.approver)
    by = waiver.approver if person is None or isinstance(person.name, Undecided) else person.name
    said = f"点検の例外として{by}が承認（{to_wareki(waiver.on)}）：{waiver.reason}"
    return replace(finding, severity=severity, hint=f"{finding.hint}［{said}］")


def idle(profile: Profile, findings: Iterable[Finding], asked: Iterable[str], on: date) -> Iterator[Finding]:
    """The waivers that had nothing to lower, of the rules that were asked."""
    found, weighed = list(findings), set(asked)
    for number, waiver in enumerate(profile.waivers):
        if waiver.rule in weighed and applies(waiver, on) and not any(_covers(waiver, one) for one in found):
            path = f"waivers.{number}.rule"
            message = f"点検の例外「{waiver.rule}」に当たる指摘は、ありません。"
            hint = "要らなくなったのなら、その行を消してください。"
            yield Finding("waiver-idle", Severity.INFO, message, profile.place(path), path, hint=hint)


@profile_rule("waiver-unknown")
def unknown(profile: Profile, on: date) -> Iterator[Problem]:
    """A rule that nobody knows, or that cannot be lowered."""
    known = [id for id, row in texts().items() if row.family not in _FIXED] if profile.waivers else []
    for number, waiver in enumerate(profile.waivers):
        if _row(waiver) is None:
            near = difflib.get_close_matches(waiver.rule, known, n=1)
            fixed = waiver.rule in texts()
            message = f"点検の例外に書かれた規則「{waiver.rule}」は、" + (
                "下げられません。" if fixed else "ありません。"
            )
            hint = f"「{near[0]}」ではありませんか。" if near and not fixed else ""
            yield Problem(f"waivers.{number}.rule", message, f"{hint}規則の一覧は kian rules で分かります。")


@profile_rule("waiver-limit")
def limit(profile: Profile, on: date) -> Iterator[Problem]:
    """An error lowered further than to a warning."""
    for number, waiver in enumerate(profile.waivers):
        row = _row(waiver)
        if row is not None and _too_far(waiver, row):
            message = (
                f"規則「{waiver.rule}」（{row.title}）は誤りの規則のため、「{waiver.level}」にはできません。"
            )
            hint = "区分（level）を「注意」にしてください。注意なら、文書を作ることを妨げません。"
            yield Problem(f"waivers.{number}.level", message, hint)


@profile_rule("waiver-past")
def past(profile: Profile, on: date) -> Iterator[Problem]:
    """A waiver whose day has passed."""
    for number, waiver in enumerate(profile.waivers):
        if waiver.until is not None and _is_past(waiver, on):
            message = (
                f"点検の例外「{waiver.rule}」は、期限「{to_wareki(waiver.until)}」を過ぎたため、効きません。"
            )
            hint = "改めて承認を得て期限を延ばすか、その行を消してください。"
            yield Problem(f"waivers.{number}.until", message, hint)
