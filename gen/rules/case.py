"""One contract before the rules: its facts where they are known, and what follows from them.

Hands out `Case`, `Span`, the words `yen`, `day` and `known`, and `law_value`. What is 未定 is
None here and is never taken as 0. Leans on `profile`, `japanese` and `law`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from gen.japanese import Rounding, comma, is_whole_months, month_count, nendo, tax_inside, tax_on, to_wareki
from gen.law import LawLookupError, LawValue, look_up
from gen.profile import Contract, DayWord, Maybe, Period, Profile, Undecided

__all__ = ["Case", "Span", "day", "known", "law_value", "total_of", "yen"]

T = TypeVar("T")
_ONE_DAY = timedelta(days=1)


def known(value: Maybe[T]) -> T | None:
    """The value when it is a fact, None when it is 未定 or absent."""
    return None if isinstance(value, Undecided) else value


def total_of(amounts: Iterable[Maybe[int]]) -> int | None:
    """Their sum, None when one of them is 未定 or there are none."""
    values = [known(amount) for amount in amounts]
    decided = [value for value in values if value is not None]
    return sum(decided) if values and len(decided) == len(values) else None


def yen(amount: int) -> str:
    """A sum as findings print it: 12,345,000円."""
    return f"{comma(amount)}円"


def day(value: date) -> str:
    """A date as findings print it: 令和8年4月1日."""
    return to_wareki(value)


def law_value(id: str, on: date, kind: str | None = None) -> LawValue | None:
    """The value of a law, None where it has none for that day or that kind of body."""
    try:
        return look_up(id, on, kind)
    except LawLookupError:
        return None


@dataclass(frozen=True, slots=True)
class Span:
    """A period whose days are all known; it never ends before it starts."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """Calendar months that it touches."""
        return month_count(self.start, self.end)

    @property
    def is_whole_months(self) -> bool:
        """True when it runs from the first of a month to the last of one."""
        return is_whole_months(self.start, self.end)

    @property
    def years(self) -> range:
        """The fiscal years that it touches."""
        return range(nendo(self.start), nendo(self.end) + 1)

    def __str__(self) -> str:
        return f"{day(self.start)}から{day(self.end)}まで"


@dataclass(frozen=True)
class Case:
    """One contract of a profile, to be weighed on a day."""

    profile: Profile
    key: str
    on: date

    @cached_property
    def contract(self) -> Contract:
        """The contract itself."""
        return self.profile.contracts[self.key]

    def path(self, field: str) -> str:
        """The dotted path of one of its fields."""
        return f"contracts.{self.key}.{field}"

    def label(self, field: str) -> str:
        """The Japanese name of one of its fields."""
        return self.profile.label(self.path(field))

    @cached_property
    def signed_on(self) -> date | None:
        """The day of signing, where known."""
        return known(self.contract.signed_on)

    @property
    def law_day(self) -> date:
        """The day whose law counts: that of the signing, else the 基準日."""
        return self.signed_on or self.on

    def day_of(self, value: Maybe[date | DayWord]) -> date | None:
        """A day as a date; 契約締結日 counts once the signing has a date."""
        if value is None or isinstance(value, Undecided):
            return None
        if not isinstance(value, DayWord):
            return value
        if self.signed_on is None:
            return None
        return self.signed_on + _ONE_DAY if value is DayWord.AFTER_SIGNING else self.signed_on

    def span_of(self, period: Period | None) -> Span | None:
        """The period with both its days, None where one is unknown or they are in the wrong order."""
        if period is None:
            return None
        start, end = self.day_of(period.start), self.day_of(period.end)
        return Span(start, end) if start and end and start <= end else None

    @cached_property
    def span(self) -> Span | None:
        """The period of the contract."""
        return self.span_of(self.contract.period)

    @cached_property
    def paid(self) -> Span | None:
        """The part of the period that is paid for: what is written, or what the free period leaves."""
        contract, whole = self.contract, self.span
        if contract.paid_period is not None:
            return self.span_of(contract.paid_period)
        if contract.free_period is None or whole is None:
            return whole
        free = self.span_of(contract.free_period)
        if free and free.start == whole.start and free.end < whole.end:
            return Span(free.end + _ONE_DAY, whole.end)
        if free and free.end == whole.end and free.start > whole.start:
            return Span(whole.start, free.start - _ONE_DAY)
        return None

    @cached_property
    def months(self) -> int | None:
        """How many months are paid: as written, else counted."""
        written = self.contract.amount.months
        if written is None:
            return self.paid.months if self.paid else None
        return known(written) or None

    @cached_property
    def total(self) -> int | None:
        """The total as written."""
        return known(self.contract.amount.total)

    @cached_property
    def monthly_sum(self) -> int | None:
        """The monthly fee over all months, with the first one as written."""
        amount = self.contract.amount
        monthly, first = known(amount.monthly), known(amount.first)
        if monthly is None or self.months is None or isinstance(amount.first, Undecided):
            return None
        return (monthly if first is None else first) + monthly * (self.months - 1)

    @cached_property
    def schedule_sum(self) -> int | None:
        """The sum of the payment table."""
        return total_of(row.amount for row in self.contract.payment.schedule)

    @cached_property
    def yearly_sum(self) -> int | None:
        """The sum of the fiscal years."""
        return total_of(row.amount for row in self.contract.yearly)

    @cached_property
    def rate(self) -> Fraction | None:
        """The rate of the consumption tax: the contract's own, else the law's; None where there is no tax."""
        if known(self.contract.amount.tax_kind) not in ("税込", "税抜"):
            return None
        written = self.contract.tax_rate
        if isinstance(written, Decimal):
            return Fraction(written) / 100 if written < 100 else None
        value = law_value("consumption-tax-rate", self.law_day) if written is None else None
        return value.ratio if value and value.is_confirmed else None

    @property
    def rounding(self) -> Rounding | None:
        """How the tax is rounded: cut off unless written otherwise; None where 未定."""
        written = self.contract.amount.rounding
        if written is None:
            return Rounding.DOWN
        return None if isinstance(written, Undecided) else Rounding(written)

    def tax_of(self, amount: int | None) -> int | None:
        """The tax that goes with a sum as written: inside it (税込), on it (税抜), none."""
        kind = known(self.contract.amount.tax_kind)
        if amount is None or kind is None:
            return None
        if kind in ("非課税", "免税"):
            return 0
        if self.rate is None or self.rounding is None:
            return None
        return (tax_inside if kind == "税込" else tax_on)(amount, self.rate, self.rounding)

    @cached_property
    def payable(self) -> int | None:
        """What the city pays in all, tax included."""
        if known(self.contract.amount.tax_kind) != "税抜":
            return self.total if known(self.contract.amount.tax_kind) else None
        tax = self.contract.amount.tax
        tax = self.tax_of(self.total) if tax is None else known(tax)
        return None if self.total is None or tax is None else self.total + tax
