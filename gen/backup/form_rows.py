"""Who stands behind which system by contract, and what is done in the first hours: rows for the forms.

Hands out `FormRows`. Leans on `book`, `knowledge`. Forms are those of 地方公共団体におけるICT部門の業務継続計画.
"""

from __future__ import annotations

from datetime import date

from gen.backup.book import Book
from gen.backup.knowledge import actions
from gen.word.marks import Value
from gen.word.printing import Printed
from gen.word.row import Row

__all__ = ["FormRows"]


class FormRows(Book):
    """Tables of contracts, operators and actions."""

    def operators(self) -> list[Row]:
        """様式2: who works in the cloud, as what, for which part of it."""
        p, rows = self._printer, []
        for number, one in enumerate(self._profile.cloud.operators):
            path = f"cloud.operators.{number}"
            rows.append(
                Row(
                    vendor=self.vendor(one.vendor, f"{path}.vendor"),
                    role=p.text(one.role, f"{path}.role"),
                    scope=p.optional(one.scope, f"{path}.scope"),
                    contact=self._manager(one.vendor),
                    telephone=self.reach(
                        self._private.vendors.get(one.vendor) if isinstance(one.vendor, str) else None
                    ),
                )
            )
        return rows

    def agreements(self) -> list[Row]:
        """様式2: the contracts that reach this day or later, with their systems and what they promise."""
        p, rows = self._printer, []
        for key, one in self._profile.contracts.items():
            path, end = f"contracts.{key}", one.period.end
            if isinstance(end, date) and end < self._on:
                continue
            names: list[str | Printed] = []
            for name in one.systems:
                if name in self._profile.systems:
                    between: list[str | Printed] = [str(self.words("、"))] if names else []
                    names += [*between, p.text(self._profile.systems[name].name, f"systems.{name}.name")]
            rows.append(
                Row(
                    title=p.text(one.title, f"{path}.title"),
                    vendor=self.vendor(one.vendor, f"{path}.vendor"),
                    systems=p.join(f"{path}.systems", *names),
                    until=p.day(end, f"{path}.period.end"),
                    hours=p.text(one.hours.text, f"{path}.hours.text")
                    if one.hours is not None
                    else Value(""),
                    report=self._minutes(one.first_report_minutes, f"{path}.first_report_minutes"),
                )
            )
        return rows

    def _minutes(self, value: object, path: str) -> Printed:
        return (
            self.plain(f"{value}分以内", path)
            if isinstance(value, int)
            else self._printer.optional(value, path)
        )

    def _manager(self, key: object) -> Printed:
        """The office contact of the vendor's person in charge."""
        vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
        manager = vendor.manager if vendor is not None else None
        if manager is None:
            return Value("")
        path = f"vendors.{key}.manager"
        name, contact = self._printer.text(manager.name, f"{path}.name"), manager.contact
        told = self._printer.optional(contact, f"{path}.contact")
        return self._printer.join(path, name, "　" if contact is not None else "", told)

    def actions(self, stage: str) -> list[Row]:
        """様式10: the actions of a stage (first, instead, back)."""
        return [
            Row(
                no=self.plain(str(number)),
                **{name: self.words(row[name]) for name in ("when", "what", "who")},
            )
            for number, row in enumerate(actions(stage), 1)
        ]
