"""The tables of a contract: payments, years, unit prices, systems, tasks, operators.

Hands out `Tables`. Each value keeps the path of its field. Leans on `money`, `printing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gen.clauses import Wording
from gen.contract.money import Pay, Sums, paid_period, sums_of
from gen.contract.needs import needs_of, requirement_rows
from gen.japanese import nendo, nendo_wareki
from gen.profile import Contract, DayWord, Profile, Undecided
from gen.word.marks import Value
from gen.word.printing import Printer
from gen.word.row import Row

__all__ = ["Tables"]


class Tables:
    """One contract, read for its tables."""

    def __init__(
        self,
        profile: Profile,
        key: str,
        contract: Contract,
        printer: Printer,
        wording: Wording,
        on: date,
        excluded: Sequence[str],
    ) -> None:
        self._excluded = excluded
        self._profile = profile
        self._contract = contract
        self._path = f"contracts.{key}"
        self._printer = printer
        self._wording = wording
        self._on = on
        self._sums: Sums = sums_of(contract, on)

    def sums(self) -> Sums:
        """The sums of the contract."""
        return self._sums

    def tables(self) -> dict[str, Any]:
        """Every table, and its sum."""
        p, path, sums = self._printer, self._path, self._sums
        open_sum = self._open_sum("total")
        years = [row.amount for row in self._contract.yearly]
        yearly_sum = sum(year for year in years if isinstance(year, int))
        whole = yearly_sum if all(isinstance(year, int) for year in years) and years else None
        return {
            "payments": [self._payment(number, row) for number, row in enumerate(sums.payments, 1)],
            "payments_total": p.cell_yen(sums.total, open_sum or f"{path}.amount.total"),
            "payments_tax_total": p.cell_yen(sums.tax, open_sum or f"{path}.amount.tax"),
            "yearly": self._yearly(),
            "yearly_total": p.cell_yen(whole, f"{path}.yearly"),
            "unit_prices": self._unit_prices(),
            "systems": [self._system(number, key) for number, key in enumerate(self._contract.systems, 1)],
            "requirements": list(requirement_rows(self._profile, p, self._wording)),
            "tasks": self._tasks(),
            "operators": self._operators(),
        }

    def _payment(self, number: int, row: Pay) -> Row:
        p, path = self._printer, f"{self._path}.payment"
        amount_path, tax_path = f"{self._path}.{row.field}", f"{self._path}.amount.tax_kind"
        if row.amount is None or row.tax is None:
            amount_path = tax_path = self._open_payment()
        due = p.day(row.due, path) if row.due else Value(self._wording.number("検査合格後"), path)
        return Row(
            no=self._number(number),
            label=Value(self._wording.number(row.label), path) if row.label else p.unknown(amount_path),
            months=Value("" if row.months is None else self._wording.number(str(row.months)), path),
            amount=p.cell_yen(row.amount, amount_path),
            tax=p.cell_yen(row.tax, tax_path),
            due=due,
            note=Value(row.note, path),
        )

    def _yearly(self) -> list[Row]:
        """The fiscal years: as written, else those that the period touches, their sums 未定."""
        c, p, path = self._contract, self._printer, f"{self._path}.yearly"
        rows: list[tuple[int, object, str]] = [
            (row.year, row.amount, f"{path}.{index}") for index, row in enumerate(c.yearly)
        ]
        start, end = c.period.start, c.period.end
        if not rows and isinstance(start, date) and isinstance(end, date):
            rows = [(year, None, path) for year in range(nendo(start), nendo(end) + 1)]
        return [
            Row(
                year=Value(
                    nendo_wareki(year, digits=self._wording.digits), f"{where}.year" if c.yearly else ""
                ),
                amount=p.cell_yen(amount, f"{where}.amount" if c.yearly else path),
            )
            for year, amount, where in rows
        ]

    def _unit_prices(self) -> list[Row]:
        p, rows = self._printer, []
        for index, row in enumerate(self._contract.amount.unit_prices):
            path = f"{self._path}.amount.unit_prices.{index}"
            rows.append(
                Row(
                    no=self._number(index + 1),
                    item=p.text(row.item, f"{path}.item"),
                    unit=p.optional(row.unit, f"{path}.unit"),
                    price=p.cell_yen(row.price, f"{path}.price"),
                )
            )
        return rows

    def _system(self, number: int, key: str) -> Row:
        p, system, path = self._printer, self._profile.systems[key], f"systems.{key}"
        vendor = system.vendor
        named = self._profile.vendors.get(vendor) if isinstance(vendor, str) else None
        return Row(
            no=self._number(number),
            name=p.text(system.name, f"{path}.name"),
            business=p.text(system.business, f"{path}.business"),
            product=p.optional(system.product, f"{path}.product"),
            vendor=p.text(named.name, f"vendors.{vendor}.name")
            if named
            else p.optional(vendor, f"{path}.vendor"),
            csp=p.optional(system.csp, f"{path}.csp"),
            use_mode=p.optional(self._profile.cloud.use_mode, "cloud.use_mode")
            if system.use_mode is None
            else p.text(system.use_mode, f"{path}.use_mode"),
            state=p.text(system.state, f"{path}.state"),
            cut_over=p.day(system.cut_over, f"{path}.cut_over"),
            **needs_of(system, path, p),
        )

    def _tasks(self) -> list[Row]:
        p, rows = self._printer, []
        for index, task in enumerate(self._contract.tasks):
            path = f"{self._path}.tasks.{index}"
            rows.append(
                Row(
                    no=self._number(index + 1),
                    name=p.text(task.name, f"{path}.name"),
                    detail=p.optional(task.detail, f"{path}.detail"),
                    output=p.optional(task.output, f"{path}.output"),
                    due=p.optional(task.when, f"{path}.when"),
                )
            )
        return rows

    def _operators(self) -> list[Row]:
        p, rows = self._printer, []
        for index, operator in enumerate(self._profile.cloud.operators):
            path = f"cloud.operators.{index}"
            key = operator.vendor
            vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
            rows.append(
                Row(
                    role=p.text(operator.role, f"{path}.role"),
                    vendor=p.text(vendor.name if vendor else key, f"{path}.vendor"),
                    scope=p.optional(operator.scope, f"{path}.scope"),
                )
            )
        return rows

    def _number(self, number: int) -> Value:
        return Value(self._wording.number(str(number)))

    def _open_sum(self, field: str) -> str:
        """The field for which a sum cannot be printed, "" where nothing is open."""
        amount, path = self._contract.amount, f"{self._path}.amount"
        value = getattr(amount, field)
        if value is None or isinstance(value, Undecided):
            return f"{path}.{field}"
        if amount.tax_kind is None or isinstance(amount.tax_kind, Undecided):
            return f"{path}.tax_kind"
        taxed = amount.tax_kind in ("税込", "税抜")
        return f"{self._path}.tax_rate" if taxed and isinstance(self._contract.tax_rate, Undecided) else ""

    def _open_payment(self) -> str:
        """The field for which the sums of the payments cannot be printed."""
        c, path = self._contract, self._path
        if c.payment.schedule:
            rows = enumerate(c.payment.schedule)
            open_rows = (number for number, row in rows if isinstance(row.amount, Undecided))
            number = next(open_rows, None)
            return f"{path}.amount.tax_kind" if number is None else f"{path}.payment.schedule.{number}.amount"
        if c.payment.cycle is None or isinstance(c.payment.cycle, Undecided):
            return f"{path}.payment.cycle"
        period = paid_period(c)
        for name, day in (("start", period.start), ("end", period.end)):
            if isinstance(day, Undecided):
                return day.path
            if isinstance(day, DayWord) and name == "start" and not isinstance(c.signed_on, date):
                return f"{path}.signed_on"
        written = "total" if c.amount.monthly is None else "monthly"
        return self._open_sum(written) or f"{path}.payment.schedule"
