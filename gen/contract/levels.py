"""The levels of service that a contract promises, as rows of its サービスレベル合意書.

Hands out `level_rows`. The rows come from the fields that the backup plan is weighed against, so
that the two cannot differ; what has no field of its own follows as typed. Leans on `profile`,
`printing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gen.clauses import Wording
from gen.profile import Profile, Undecided
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["level_rows"]

_FIRST = "インシデントを検知した時から第一報までの時間"
_RTO = "障害を知った時から、対象システムを再び使用することができるまでの時間"
_RPO = "失われたデータを復元することができる時点"


def level_rows(profile: Profile, key: str, printer: Printer, wording: Wording) -> list[Row]:
    """The rows, numbered.

    Args:
        profile: the city's.
        key: of the contract.
        printer: words the facts.
        wording: the city's style, for the words and numbers that are not the profile's.
    """
    rows = _Levels(profile, key, printer, wording).rows()
    return [Row(no=Value(wording.number(str(no))), **row) for no, row in enumerate(rows, 1)]


class _Levels:
    def __init__(self, profile: Profile, key: str, printer: Printer, wording: Wording) -> None:
        self._contract = profile.contracts[key]
        self._path = f"contracts.{key}"
        self._printer = printer
        self._wording = wording

    def rows(self) -> Iterator[dict[str, Printed]]:
        sla, path, p = self._contract.sla, f"{self._path}.sla", self._printer
        if sla is None:
            return
        if sla.uptime is not None:
            measure = p.join(
                f"{path}.hours", p.text(sla.hours, f"{path}.hours"), self._said("を分母とする割合")
            )
            uptime = self._percent(sla.uptime, f"{path}.uptime")
            yield {"item": self._said("稼働率"), "measure": measure, "level": uptime}
        for name, item, measure_text, after in (
            ("rto", "目標復旧時間", _RTO, "以内"),
            ("rpo", "目標復旧時点", _RPO, "前の時点"),
        ):
            value = getattr(sla, name)
            if value is not None:
                level = p.join(f"{path}.{name}", self._length(value, f"{path}.{name}"), self._said(after))
                yield {"item": self._said(item), "measure": self._said(measure_text), "level": level}
        minutes = self._contract.first_report_minutes
        if minutes is not None:
            where = f"{self._path}.first_report_minutes"
            level = p.join(where, p.number(minutes, where), self._said("分以内"))
            yield {"item": self._said("第一報"), "measure": self._said(_FIRST), "level": level}
        for index, row in enumerate(sla.items):
            at = f"{path}.items.{index}"
            yield {
                "item": p.text(row.item, f"{at}.item"),
                "measure": p.optional(row.measure, f"{at}.measure"),
                "level": p.text(row.level, f"{at}.level"),
            }

    def _said(self, text: str) -> Value:
        return Value(self._wording.text(text))

    def _percent(self, value: Decimal | Undecided, path: str) -> Printed:
        return self._printer.join(path, self._printer.percent(value, path), "以上")

    def _length(self, value: object, path: str) -> Printed:
        if isinstance(value, Undecided):
            return self._printer.text(value, path)
        return Value(self._wording.number(str(value)), path)
