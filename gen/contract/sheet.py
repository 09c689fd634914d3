"""The 確認票 of a contract: what is 未定, what must be confirmed, which clauses were chosen and why.

Hands out `SheetInput`, `DEFAULTS`, `sheet_context`, `confirm_rows`, `ConfirmRow` and `in_terms`. It prints facts
about the draft, never the draft's own text. Leans on `printing`, `catalog`, `profile`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gen.catalog import Confirm, Fact, Manifest, Verdict, judge
from gen.clauses import Wording
from gen.japanese import to_wareki
from gen.law import look_up
from gen.profile import Confirmation, Profile, Undecided, Waiver
from gen.report import Finding, Report, Severity
from gen.word.marks import Value
from gen.word.row import Row

__all__ = ["DEFAULTS", "ConfirmRow", "SheetInput", "confirm_rows", "in_terms", "sheet_context"]

_SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.INFO: "情報"}
_TERM = re.compile(r"\{\{\s*([^\s{}]+)\s*\}\}")
_WHO = {"counsel": "法務担当", "city": "主管課"}
DEFAULTS = (
    ("inspect_days", "inspect_days", "検査の期限", "inspection-days/other", "日以内"),
    ("payment.days", "payment", "支払の期限", "payment-days/other", "日以内"),
    ("tax_rate", "tax_rate", "消費税及び地方消費税の税率", "consumption-tax-rate", "パーセント"),
)


@dataclass(frozen=True)
class ConfirmRow:
    """Something that counsel or the city must confirm, and who did.

    Attributes:
        id: stable name, as `confirmations` of the profile cite it.
        template: name of the template that asks.
        title: of that template.
    """

    id: str
    template: str
    title: str
    item: str
    reason: str
    who: str
    settled: Confirmation | None


@dataclass(frozen=True)
class SheetInput:
    """The draft that a 確認票 goes with.

    Attributes:
        id, title: of the draft.
        undecided: fields that are 未定 in it.
        manifests: of its template and of each clause and attachment it may include.
        verdicts: whether each of these belongs.
        facts: of the contract, for rows that matter only where a fact holds.
        terms: the city's words for the parties.
        report: findings on the facts.
        waivers: the rules that the city lowered for it, each with its title.
    """

    id: str
    key: str
    title: str
    undecided: Sequence[str]
    manifests: Mapping[str, Manifest]
    verdicts: Mapping[str, Verdict]
    facts: Mapping[str, Fact]
    terms: Mapping[str, str]
    report: Report
    waivers: Sequence[tuple[str, Waiver]] = ()


def confirm_rows(draft: SheetInput, profile: Profile) -> tuple[ConfirmRow, ...]:
    """What must be confirmed before the draft becomes final, in the order of the paper.

    A confirmation settles one row by its id (in every contract), one row of one contract
    by `ops/id`, all rows of a clause or attachment by its name, or a whole contract by
    `contracts.ops`.
    """
    settled = {str(one.id): one for one in profile.confirmations}
    whole = settled.get(f"contracts.{draft.key}")
    rows: list[ConfirmRow] = []
    for name, id, row in _asked(draft):
        own = name.rpartition("/")[2]
        by = next((settled[one] for one in (f"{draft.key}/{id}", id, own) if one in settled), whole)
        title, item, reason = (
            in_terms(text, draft.terms) for text in (draft.manifests[name].title, row.item, row.reason)
        )
        who = _WHO.get(row.who, "法務担当")
        rows.append(ConfirmRow(id, name, title, item, reason, who, by))
    return tuple(rows)


def _asked(draft: SheetInput) -> Iterator[tuple[str, str, Confirm]]:
    """Template, id and row of what matters to this draft; an open fact leaves its rows in."""
    for name, manifest in draft.manifests.items():
        verdict = draft.verdicts.get(name)
        if verdict is not None and verdict.value is False:
            continue
        for number, row in enumerate(manifest.confirm, 1):
            if judge(row.when, draft.facts, name).value is not False:
                yield name, row.id or f"{name.rpartition('/')[2]}-{number}", row


def in_terms(text: str, terms: Mapping[str, str]) -> str:
    """A text of a manifest in the city's words for the parties: {{甲}}, {{乙}} …"""
    return _TERM.sub(lambda found: terms.get(found[1], found[0]), text)


def sheet_context(draft: SheetInput, profile: Profile, wording: Wording, on: date) -> dict[str, Any]:
    """What the template of the 確認票 can print and ask."""
    texts = _Texts(wording)
    return {
        "paper": Row(id=Value(draft.id), title=Value(draft.title, f"contracts.{draft.key}.title")),
        "open": [
            Row(no=texts.number(no), label=Value(profile.short_label(path), path), field=Value(path, path))
            for no, path in enumerate(draft.undecided, 1)
        ],
        "confirms": [
            Row(
                no=texts.number(no),
                id=Value(row.id),
                item=Value(row.item),
                reason=Value(row.reason),
                who=Value(row.who),
                status=Value(texts.status(row.settled)),
            )
            for no, row in enumerate(confirm_rows(draft, profile), 1)
        ],
        "defaults": texts.numbered(_default_rows(draft, profile, on)),
        "clauses": texts.numbered(_clause_rows(draft)),
        "findings": texts.numbered(_finding_rows(draft.report)),
        "waivers": texts.numbered(_waiver_rows(draft, profile, wording)),
    }


class _Texts:
    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def number(self, number: int) -> Value:
        return Value(self._wording.number(str(number)))

    def numbered(self, rows: Iterable[Mapping[str, str]]) -> list[Row]:
        return [
            Row(no=self.number(no), **{key: Value(text) for key, text in row.items()})
            for no, row in enumerate(rows, 1)
        ]

    def status(self, settled: Confirmation | None) -> str:
        if settled is None:
            return "未確認"
        when = to_wareki(settled.date, digits=self._wording.digits) if isinstance(settled.date, date) else ""
        note = f"：{settled.note}" if isinstance(settled.note, str) else ""
        return f"確認済み（{settled.by}、{when}）{note}"


def _default_rows(draft: SheetInput, profile: Profile, on: date) -> Iterable[Mapping[str, str]]:
    contract = profile.contracts[draft.key]
    if contract.amount.none:
        return
    given = {
        "inspect_days": contract.inspect_days,
        "payment.days": contract.payment.days,
        "tax_rate": contract.tax_rate,
    }
    for field, _, label, id, unit in DEFAULTS:
        if given[field] is not None:
            continue
        value = look_up(id, on)
        shown = "未確認" if value.value is None else f"{value.value}{unit}"
        yield {"label": label, "value": shown, "basis": f"{value.basis}（確度{value.certainty.value}）"}


def _clause_rows(draft: SheetInput) -> Iterable[Mapping[str, str]]:
    marks = {True: "○", False: "×", None: "？"}
    for name, verdict in draft.verdicts.items():
        manifest = draft.manifests[name]
        yield {
            "title": in_terms(manifest.title, draft.terms),
            "mark": marks[verdict.value],
            "why": "、".join(reason.fact.said() for reason in verdict.reasons) or "常に記載する。",
            "basis": "、".join(str(basis) for basis in manifest.basis[:3]),
        }


def _finding_rows(report: Report) -> Iterable[Mapping[str, str]]:
    for finding in report:
        yield {"severity": _SEVERITIES[finding.severity], "message": _plain(finding), "basis": finding.basis}


def _plain(finding: Finding) -> str:
    return " ".join(finding.message.split())


def _waiver_rows(draft: SheetInput, profile: Profile, wording: Wording) -> Iterable[Mapping[str, str]]:
    for title, waiver in draft.waivers:
        person = profile.people.get(waiver.approver)
        by = waiver.approver if person is None or isinstance(person.name, Undecided) else person.name
        approved = f"{by}、{to_wareki(waiver.on, digits=wording.digits)}"
        if waiver.until is not None:
            approved += f"（{to_wareki(waiver.until, digits=wording.digits)}まで）"
        yield {
            "title": f"{title}（{waiver.rule}）",
            "level": waiver.level,
            "reason": waiver.reason,
            "approved": approved,
        }
