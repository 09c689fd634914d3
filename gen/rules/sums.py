"""Sums: every way to reckon what the contract costs gives the same figure.

Registers the rules on monthly fees, the payment table, the fiscal years and wrong units.
Leans on `case`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gen.profile import Undecided
from gen.report import Severity
from gen.rules.case import Case, known, yen
from gen.rules.registry import Problem, contract_rule

_THOUSANDFOLD = 500
"""From this ratio on, two sums that should agree look like 円 against 千円."""
_SMALL, _LARGE = 100_000, 10_000_000_000
"""Totals outside are no contract of a city that this program has met."""


def _mismatch(case: Case, field: str, words: str, found: int, total: int) -> Problem:
    label = case.label("amount.total") + ("" if total == case.total else "（税込）")
    message = (
        f"{label}「{yen(total)}」が、{words}「{yen(found)}」と合いません（差額{yen(abs(total - found))}）。"
    )
    return Problem(case.path(field), message, _remedy(case, found, total))


def _remedy(case: Case, found: int, total: int) -> str:
    kind = known(case.contract.amount.tax_kind)
    tax = case.tax_of(total)
    if tax and kind == "税込" and found == total - tax:
        return "税抜の額が混ざっています。税区分が「税込」のときは、どの額も税込で書いてください。"
    if tax and kind == "税抜" and found == total + tax:
        return "税込の額が混ざっています。税区分が「税抜」のときは、どの額も税抜で書いてください。"
    return "どちらかの額を直してください。"


@contract_rule("contract-sum-monthly")
def monthly_sum(case: Case) -> Iterator[Problem]:
    """Total = first + monthly × the other months; a doubt only where months are broken or tables rule."""
    amount, total, found = case.contract.amount, case.total, case.monthly_sum
    if total is None or found is None or total == found or case.months is None:
        return
    monthly, first = known(amount.monthly), known(amount.first)
    words = f"月額{yen(monthly or 0)}の{case.months}か月分の計"
    if first is not None:
        words = f"初回{yen(first)}と月額{yen(monthly or 0)}の{case.months - 1}か月分の計"
    problem = _mismatch(case, "amount.total", words, found, total)
    counted = amount.months is None and case.paid is not None and not case.paid.is_whole_months
    if counted or case.schedule_sum == total or amount.unit_prices:
        hint = "日割りや初期費用があるときは、初回の額か支払表に書いてください。"
        problem = replace(problem, hint=hint, severity=Severity.WARNING)
    yield problem


@contract_rule("contract-sum-schedule")
def schedule_sum(case: Case) -> Iterator[Problem]:
    """Total = Σ payments."""
    if case.total is not None and case.schedule_sum is not None and case.total != case.schedule_sum:
        yield _mismatch(case, "payment.schedule", "支払表の合計", case.schedule_sum, case.total)


@contract_rule("contract-sum-yearly")
def yearly_sum(case: Case) -> Iterator[Problem]:
    """Total = Σ fiscal years, which a 債務負担行為 prints as they are written: with tax."""
    without = known(case.contract.amount.tax_kind) == "税抜"
    found, right = case.yearly_sum, case.payable if without else case.total
    if found is None or right is None or found == right:
        return
    light = None if known(case.contract.budget_basis) == "債務負担行為" else Severity.WARNING
    if without and found == case.total:
        message = f"契約 {case.key} の年割額の合計「{yen(found)}」は税抜です。税込の総額「{yen(right)}」になりません。"
        hint = "支払限度額の表には書いたとおりの額を印字します。年割額は税込で書いてください。"
        yield Problem(case.path("yearly"), message, hint, severity=Severity.WARNING)
    else:
        yield replace(_mismatch(case, "yearly", "年割額の合計", found, right), severity=light)


@contract_rule("contract-months")
def months(case: Case) -> Iterator[Problem]:
    """Months as written = months of the paid period; broken months at the ends may count or not."""
    written, paid = case.contract.amount.months, case.paid
    if written is None or isinstance(written, Undecided) or paid is None:
        return
    fewest = paid.months if paid.is_whole_months else max(paid.months - 2, 0)
    if not fewest <= written <= paid.months:
        message = f"{case.label('amount.months')}「{written}か月」が、課金する期間「{paid}」の{paid.months}か月と合いません。"
        hint = "課金月数を直すか、料金のかかる期間を課金期間（paid_period）に書いてください。"
        yield Problem(case.path("amount.months"), message, hint)


@contract_rule("contract-amount-unit")
def unit(case: Case) -> Iterator[Problem]:
    """A sum a thousand times another, or one that no such contract costs."""
    total = case.total
    if total is None:
        return
    others = {
        "amount.monthly": ("月額の計", case.monthly_sum),
        "payment.schedule": ("支払表の合計", case.schedule_sum),
        "yearly": ("年割額の合計", case.yearly_sum),
        "budget_limit": ("債務負担行為の限度額", known(case.contract.budget_limit)),
    }
    hint = "「12,345千円」のように単位を付けて書くこともできます。単位を確かめてください。"
    label = f"{case.label('amount.total')}「{yen(total)}」"
    for field, (words, other) in others.items():
        small, large = sorted((total, other or 0))
        if other and small * _THOUSANDFOLD <= large:
            message = f"{label}と{words}「{yen(other)}」の桁が大きく違います。千円単位の額を円として書いていませんか。"
            yield Problem(case.path(field), message, hint)
            return
    if not _SMALL <= total < _LARGE:
        way = "小さ" if total < _SMALL else "大き"
        message = f"{label}は{way}すぎるようです。円と千円を取り違えていませんか。"
        yield Problem(case.path("amount.total"), message, hint)
