"""The sums of a contract: with tax, by payment, by year; each once, so that no two papers differ.

Hands out `Sums`, `Pay`, `sums_of`. All sums are whole yen; 未定 is never taken as 0.
Tax by 消費税法28条1項・29条 and 地方税法72条の82・72条の83 (the rate is in `law`).
Leans on `profile`, `japanese` and `law`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from gen.japanese import Rounding, month_list, nendo, tax_included, tax_inside, wareki_month
from gen.law import look_up
from gen.profile import Contract, DayWord, Period, Undecided, is_decided

__all__ = ["Pay", "Sums", "paid_period", "sums_of", "tax_rate"]

_ROUNDING = {"切捨て": Rounding.DOWN, "切上げ": Rounding.UP, "四捨五入": Rounding.HALF_UP}
_MONTHS = {"四半期": 3, "半期": 6, "年1回": 12}
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Pay:
    """One payment: `label` "" and `amount`, `tax` None where 未定; `due` a date where one is fixed.

    `field` is the field of the contract that the amount comes from.
    """

    label: str
    months: int | None
    amount: int | None
    tax: int | None
    due: date | None = None
    note: str = ""
    field: str = "amount.monthly"


@dataclass(frozen=True)
class Sums:
    """The sums of one contract, tax included unless said; None where 未定 or where there is none."""

    total: int | None
    tax: int | None
    monthly: int | None
    monthly_tax: int | None
    payments: tuple[Pay, ...]

    @property
    def net(self) -> int | None:
        """The total without tax."""
        return None if self.total is None or self.tax is None else self.total - self.tax


def tax_rate(contract: Contract, on: date) -> Decimal | Undecided:
    """The rate of 消費税及び地方消費税 in percent: the contract's own, else the law's.

    The law's is that of the day of signing, and of the 基準日 until there is one.
    """
    if contract.tax_rate is not None:
        return contract.tax_rate
    signed = contract.signed_on
    return Decimal(str(look_up("consumption-tax-rate", signed if isinstance(signed, date) else on).value))


def paid_period(contract: Contract) -> Period:
    """The months that are paid for: as the profile says, else the period less its free part."""
    if contract.paid_period is not None:
        return contract.paid_period
    period, free = contract.period, contract.free_period
    if free is None:
        return period
    if period.start == free.start and isinstance(free.end, date):
        return replace(period, start=free.end + timedelta(days=1))
    if period.end == free.end and isinstance(free.start, date):
        return replace(period, end=free.start - timedelta(days=1))
    return period


def sums_of(contract: Contract, on: date) -> Sums:
    """Work the sums out.

    Args:
        contract: of the profile.
        on: 基準日, for the tax rate.
    """
    taxing = _Taxing.of(contract, on)
    amount = contract.amount
    total = taxing.gross(_known(amount.total))
    if total is not None and amount.tax_kind == "税抜" and isinstance(amount.tax, int):
        total = _known(amount.total)
        total = None if total is None else total + amount.tax
    tax = amount.tax if isinstance(amount.tax, int) else taxing.inside(total)
    monthly = taxing.gross(_known(amount.monthly))
    pays = _payments(contract, taxing, total, tax)
    return Sums(total, tax, monthly, taxing.inside(monthly), pays)


@dataclass(frozen=True)
class _Taxing:
    """How tax is worked out; `rate` None where there is no tax or it is 未定."""

    kind: str | None
    rate: Fraction | None
    rounding: Rounding

    @classmethod
    def of(cls, contract: Contract, on: date) -> _Taxing:
        kind = contract.amount.tax_kind
        kind = kind if is_decided(kind) else None
        rate = tax_rate(contract, on)
        rounding = contract.amount.rounding
        known = kind in ("税込", "税抜") and is_decided(rate)
        return cls(
            kind,
            Fraction(rate) / 100 if known and isinstance(rate, Decimal) else None,
            _ROUNDING[rounding] if isinstance(rounding, str) else Rounding.DOWN,
        )

    def gross(self, amount: int | None) -> int | None:
        if amount is None or self.kind is None:
            return None
        if self.kind == "税抜":
            return None if self.rate is None else tax_included(amount, self.rate, self.rounding)
        return amount

    def inside(self, total: int | None) -> int | None:
        if total is None or self.kind is None:
            return None
        if self.kind in ("非課税", "免税"):
            return 0
        return None if self.rate is None else tax_inside(total, self.rate, self.rounding)


def _known(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _payments(contract: Contract, taxing: _Taxing, total: int | None, tax: int | None) -> tuple[Pay, ...]:
    if contract.amount.none or (contract.amount.total is None and contract.amount.unit_prices):
        return ()
    rows = _rows(contract, taxing, total)
    if total is None or tax is None or any(row.amount is None for row in rows):
        return rows
    return _evened(rows, total, tax)


def _rows(contract: Contract, taxing: _Taxing, total: int | None) -> tuple[Pay, ...]:
    if contract.payment.schedule:
        return tuple(
            _pay(
                str(row.label),
                None,
                taxing.gross(_known(row.amount)),
                taxing,
                f"payment.schedule.{number}.amount",
                _day(row.due),
            )
            for number, row in enumerate(contract.payment.schedule)
        )
    cycle = contract.payment.cycle
    if cycle == "完了時一括":
        return (_pay("全額", None, total, taxing, "amount.total"),)
    first, monthly = _known(contract.amount.first), _known(contract.amount.monthly)
    months = _months(contract)
    count = _known(contract.amount.months)
    if not months and cycle == "毎月" and monthly is not None and count:
        amounts = [monthly if first is None else first, *[monthly] * (count - 1)]
        fields = ["amount.monthly" if first is None else "amount.first", *["amount.monthly"] * (count - 1)]
        rows = enumerate(zip(amounts, fields, strict=True), 1)
        return tuple(
            _pay(f"第{number}回", 1, taxing.gross(one), taxing, field) for number, (one, field) in rows
        )
    if not months or not (cycle == "毎月" or cycle in _MONTHS):
        return (Pay("", None, None, None),)
    groups = _grouped(months, _MONTHS.get(str(cycle), 1))
    if monthly is None and total is not None and len(groups) == 1:
        return (_pay(_span(groups[0]), len(groups[0]), total, taxing, "amount.total"),)
    out = []
    for number, group in enumerate(groups):
        amount, field = None if monthly is None else monthly * len(group), "amount.monthly"
        if number == 0 and first is not None and monthly is not None:
            amount, field = first + monthly * (len(group) - 1), "amount.first"
        out.append(_pay(_span(group), len(group), taxing.gross(amount), taxing, field))
    return tuple(out)


def _pay(
    label: str,
    months: int | None,
    amount: int | None,
    taxing: _Taxing,
    field: str,
    due: date | None = None,
) -> Pay:
    return Pay(label, months, amount, taxing.inside(amount), due, field=field)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _months(contract: Contract) -> tuple[date, ...]:
    """The months that are paid for; none while the signing leaves the first day open."""
    period = paid_period(contract)
    start, end = _begin(contract, period.start), _day(period.end)
    return month_list(start, end) if start and end and start <= end else ()


def _begin(contract: Contract, day: object) -> date | None:
    if not isinstance(day, DayWord):
        return _day(day)
    signed = _day(contract.signed_on)
    return signed and signed + timedelta(days=1 if day is DayWord.AFTER_SIGNING else 0)


def _grouped(months: tuple[date, ...], size: int) -> list[list[date]]:
    """Months in groups that do not cross a quarter, half or whole fiscal year (from April)."""
    groups: list[list[date]] = []
    for month in months:
        key = (nendo(month), (month.month - 4) % _MONTHS_A_YEAR // size)
        if groups and key == (nendo(groups[-1][0]), (groups[-1][0].month - 4) % _MONTHS_A_YEAR // size):
            groups[-1].append(month)
        else:
            groups.append([month])
    return groups


def _span(group: list[date]) -> str:
    first = wareki_month(group[0])
    return f"{first}分" if len(group) == 1 else f"{first}分から{wareki_month(group[-1])}分まで"


def _evened(rows: tuple[Pay, ...], total: int, tax: int) -> tuple[Pay, ...]:
    """Put what rounding left over into the last payment, so that the table adds up."""
    taxes = [row.tax or 0 for row in rows]
    last = rows[-1]
    rest = tax - sum(taxes)
    amount_rest = total - sum(row.amount or 0 for row in rows)
    if not rest and not amount_rest:
        return rows
    if abs(rest) > len(rows) or abs(amount_rest) > len(rows):
        return rows  # more than rounding: the rules say so, and the sum is not hidden here
    note = "端数を調整した額"
    mended = replace(last, amount=(last.amount or 0) + amount_rest, tax=(last.tax or 0) + rest, note=note)
    return (*rows[:-1], mended)
