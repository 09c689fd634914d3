"""What happens in the course of a contract, as its forms and the city's own papers print it.

Hands out `course_context`. A day that has not come is a place to fill in, never 未定: the form is
made before the event as well. Leans on `profile`, `printing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from gen.clauses import Wording
from gen.contract.money import Sums
from gen.profile import Contract, Profile, Undecided
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["BLANK_DATE", "course_context"]

BLANK_DATE = "令和　　年　　月　　日"
_BLANK = "　　　　　　　　"
_DAYS = ("drafted", "started", "applied", "consented", "finished", "inspected", "billed", "erased")


def course_context(
    profile: Profile, key: str, printer: Printer, wording: Wording, sums: Sums
) -> dict[str, Any]:
    """The names `event`, `linked`, `deliverables`, `sublets` and `rehearsals`.

    Args:
        profile: the city's.
        key: of the contract.
        printer: words the facts.
        wording: the city's style, for numbers of rows.
        sums: of the contract; a bill without a sum of its own is over all of it.
    """
    maker = _Maker(profile, key, printer, wording)
    return {
        "event": maker.event(sums),
        "linked": maker.linked(),
        "deliverables": list(maker.deliverables()),
        "sublets": list(maker.sublets()),
        "rehearsals": list(maker.rehearsals()),
    }


class _Maker:
    def __init__(self, profile: Profile, key: str, printer: Printer, wording: Wording) -> None:
        self._profile = profile
        self._contract: Contract = profile.contracts[key]
        self._path = f"contracts.{key}"
        self._printer = printer
        self._wording = wording

    def event(self, sums: Sums) -> Row:
        events, p, path = self._contract.events, self._printer, f"{self._path}.events"
        days = {name: self._day(getattr(events, name), f"{path}.{name}") for name in _DAYS}
        whole = events.billed_amount is None
        billed = sums.total if whole else events.billed_amount
        bill_path = f"{self._path}.amount.total" if whole else f"{path}.billed_amount"
        inspector = events.inspector
        person = self._profile.people.get(inspector) if isinstance(inspector, str) else None
        where = f"people.{inspector}" if person else f"{path}.inspector"
        return Row(
            **days,
            consent_number=self._fill(events.consent_number, f"{path}.consent_number"),
            inspector_title=self._fill(
                person.title if person else inspector, f"{where}.title" if person else where
            ),
            inspector_name=self._fill(
                person.name if person else inspector, f"{where}.name" if person else where
            ),
            result=self._fill(events.result, f"{path}.result"),
            billed_amount=p.yen(billed, bill_path),
            billed_tax=p.yen(sums.tax, f"{self._path}.amount.tax") if whole else Value(_BLANK, bill_path),
            erase_method=self._fill(events.erase_method, f"{path}.erase_method"),
        )

    def linked(self) -> Row:
        """The other contract of a pair, such as the running beside the building."""
        p, key, path = self._printer, self._contract.linked, f"{self._path}.linked"
        other = self._profile.contracts.get(key) if isinstance(key, str) else None
        where = f"contracts.{key}" if other else path
        return Row(
            title=p.text(other.title if other else key, f"{where}.title" if other else path),
            number=p.optional(other.number if other else None, f"{where}.number" if other else path),
        )

    def deliverables(self) -> Iterator[Row]:
        p = self._printer
        for index, row in enumerate(self._contract.deliverables):
            path = f"{self._path}.deliverables.{index}"
            yield Row(
                no=self._number(index + 1),
                name=p.text(row.name, f"{path}.name"),
                form=p.optional(row.form, f"{path}.form"),
                copies=p.optional(row.copies, f"{path}.copies"),
                due=p.optional(row.due, f"{path}.due"),
            )

    def sublets(self) -> Iterator[Row]:
        p = self._printer
        for index, row in enumerate(self._contract.sublets):
            path = f"{self._path}.sublets.{index}"
            yield Row(
                no=self._number(index + 1),
                vendor=p.text(row.vendor, f"{path}.vendor"),
                address=p.optional(row.address, f"{path}.address"),
                work=p.text(row.work, f"{path}.work"),
                reason=p.optional(row.reason, f"{path}.reason"),
                amount=Value("", f"{path}.amount")
                if row.amount is None
                else p.cell_yen(row.amount, f"{path}.amount"),
                data=p.optional(row.data, f"{path}.data"),
                control=p.optional(row.control, f"{path}.control"),
            )

    def rehearsals(self) -> Iterator[Row]:
        """Those rehearsals of the move that concern a system of this contract."""
        p, mine = self._printer, set(self._contract.systems)
        number = 0
        for index, row in enumerate(self._profile.migration.rehearsals):
            if row.systems and not mine.intersection(row.systems):
                continue
            number += 1
            path = f"migration.rehearsals.{index}"
            yield Row(
                no=self._number(number),
                name=p.text(row.name, f"{path}.name"),
                on=p.day(row.on, f"{path}.on"),
                purpose=p.optional(row.purpose, f"{path}.purpose"),
            )

    def _day(self, value: object, path: str) -> Printed:
        if isinstance(value, (date, Undecided)):
            return self._printer.day(value, path)
        return Value(BLANK_DATE, path)

    def _fill(self, value: object, path: str) -> Printed:
        """A text, or a place to fill in."""
        return Value(_BLANK, path) if value is None else self._printer.text(value, path)

    def _number(self, number: int) -> Value:
        return Value(self._wording.number(str(number)))
