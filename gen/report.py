"""Findings and reports: what was checked and found wrong, all of it at once.

Hands out `Finding`, `Report`, `FindingsError` and two formatters (text, JSON).
Leans on `errors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gen.errors import Place, UserError

__all__ = ["Finding", "FindingsError", "Report", "Severity", "to_json", "to_text"]


class Severity(StrEnum):
    """How grave a finding is; only `ERROR` stops the work."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_JAPANESE = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.INFO: "情報"}
_ORDER = {severity: order for order, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong.

    Attributes:
        rule: id of the rule, kebab-case ASCII.
        severity: how grave it is.
        message: Japanese: what is wrong, quoting what the person typed.
        place: file, line, column.
        field: path of the profile field or name of the template part, "" where none.
        basis: the law, standard or paper that the rule rests on, "" where none.
        hint: Japanese: what to do.
    """

    rule: str
    severity: Severity
    message: str
    place: Place | None = None
    field: str = ""
    basis: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Report:
    """All findings of one check, in the order of file, line and severity."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """A report over the findings, sorted by place."""
        return cls(tuple(sorted(findings, key=_position)))

    @property
    def is_ok(self) -> bool:
        """True when nothing in it is an error."""
        return not any(f.severity is Severity.ERROR for f in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the work."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __add__(self, other: Report) -> Report:
        return Report.of((*self.findings, *other.findings))


class FindingsError(UserError):
    """Work stopped because a report holds errors."""

    def __init__(
        self,
        report: Report,
        message: str = "誤りがあるため中止しました。何も書き込んでいません。",
        *,
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.report = report


def _position(finding: Finding) -> tuple[str, int, int, int, str]:
    place = finding.place or Place("")
    return (place.file, place.line or 0, place.column or 0, _ORDER[finding.severity], finding.rule)


def to_text(report: Report) -> str:
    """The report as lines for a person: place, severity, message, basis and remedy."""
    lines: list[str] = []
    for finding in report:
        head = f"{finding.place}: " if finding.place else ""
        lines.append(f"{head}{_JAPANESE[finding.severity]}[{finding.rule}] {finding.message}")
        if finding.basis:
            lines.append(f"    根拠: {finding.basis}")
        if finding.hint:
            lines.append(f"    対応: {finding.hint}")
    counts = [
        f"{_JAPANESE[severity]} {count}件"
        for severity in Severity
        if (count := sum(f.severity is severity for f in report))
    ]
    lines.append("、".join(counts) if counts else "指摘はありません。")
    return "\n".join(lines)


def to_json(report: Report) -> dict[str, Any]:
    """The report in the JSON shape of `kian check`."""
    return {
        "ok": report.is_ok,
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity.value,
                "message": f.message,
                "file": f.place.file if f.place else None,
                "line": f.place.line if f.place else None,
                "column": f.place.column if f.place else None,
                "field": f.field,
                "basis": f.basis,
                "hint": f.hint,
            }
            for f in report
        ],
    }
