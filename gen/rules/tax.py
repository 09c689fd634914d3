"""Consumption tax: its rate, its sum, and whether the other side has to pay it at all.

Registers the rules on tax and on the 登録番号. Leans on `case` and on the law's rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gen.profile import Contract, Undecided, Vendor
from gen.rules.case import Case, known, law_value, yen
from gen.rules.registry import Problem, contract_rule

_TAX_LAW = "消費税法第28条第1項・第29条、地方税法第72条の82・第72条の83"
_SPECIAL = re.compile("特別会計|企業会計|事業会計|国保|国民健康保険|介護|後期高齢|下水|水道|病院")


@contract_rule("contract-tax")
def tax(case: Case) -> Iterator[Problem]:
    """Tax as written = by total, by month or by payment, each rounded; none where there is none."""
    written = known(case.contract.amount.tax)
    total, kind = case.total, known(case.contract.amount.tax_kind)
    right = case.tax_of(total)
    if written is None or right is None or written == right or written in _rounded_by_part(case):
        return
    label = case.label("amount.tax")
    if kind in ("非課税", "免税"):
        message = f"{label}「{yen(written)}」が書かれていますが、税区分は「{kind}」です。"
        yield Problem(case.path("amount.tax"), message, "税の額を消すか、税区分を直してください。")
        return
    percent = f"{Decimal(case.rate.numerator * 100) / case.rate.denominator:f}" if case.rate else ""
    rounding = f"{case.rounding}" if case.rounding else ""
    message = (
        f"{label}「{yen(written)}」が、総額「{yen(total or 0)}」（{kind}、税率{percent}%、{rounding}）から"
        f"出る額「{yen(right)}」と合いません（差額{yen(abs(written - right))}）。"
    )
    hint = "税の額を書かなければ、総額から計算して印字します。端数の扱いが違うときは端数処理（rounding）に書いてください。"
    yield Problem(case.path("amount.tax"), message, hint)


def _rounded_by_part(case: Case) -> Iterator[int]:
    """The tax where every month or every payment is rounded by itself."""
    amount, schedule = case.contract.amount, case.contract.payment.schedule
    if case.monthly_sum is not None and case.monthly_sum == case.total and case.months:
        first = known(amount.monthly) if amount.first is None else known(amount.first)
        of_first, of_month = case.tax_of(first), case.tax_of(known(amount.monthly))
        if of_first is not None and of_month is not None:
            yield of_first + of_month * (case.months - 1)
    if case.schedule_sum is not None and case.schedule_sum == case.total:
        taxes = [case.tax_of(known(row.amount)) for row in schedule]
        yield sum(value for value in taxes if value is not None)


@contract_rule("contract-tax-rate")
def tax_rate(case: Case) -> Iterator[Problem]:
    """The rate as written = the law's on the day."""
    written, law = known(case.contract.tax_rate), law_value("consumption-tax-rate", case.law_day)
    if written is None or law is None or law.value is None or written == law.value:
        return
    message = f"{case.label('tax_rate')}「{written:f}%」が、標準税率の{law.value}%と違います。"
    hint = "軽減税率や経過措置によるのでなければ、書かずに法律の率によってください。"
    yield Problem(case.path("tax_rate"), message, hint, law.basis)


def _vendor(case: Case) -> Vendor | None:
    contract: Contract = case.contract
    key = known(contract.vendor)
    return case.profile.vendors.get(key) if key else None


@contract_rule("contract-vendor-taxable")
def vendor_taxable(case: Case) -> Iterator[Problem]:
    """税込 and 税抜 are for those who owe the tax, 免税 for those who do not."""
    vendor, kind = _vendor(case), known(case.contract.amount.tax_kind)
    if vendor is None or kind is None or isinstance(vendor.taxable, Undecided):
        return
    name = known(vendor.name) or known(case.contract.vendor)
    if not vendor.taxable and kind in ("税込", "税抜"):
        message = (
            f"相手方「{name}」は課税事業者ではありませんが、{case.label('amount.tax_kind')}は「{kind}」です。"
        )
        yield Problem(
            case.path("amount.tax_kind"),
            message,
            "税区分を「免税」にするか、課税事業者かどうかを確かめてください。",
        )
    elif vendor.taxable and kind == "免税":
        message = f"相手方「{name}」は課税事業者ですが、{case.label('amount.tax_kind')}は「免税」です。"
        yield Problem(case.path("amount.tax_kind"), message, "税区分を「税込」か「税抜」にしてください。")


@contract_rule("contract-invoice-number")
def invoice_number(case: Case) -> Iterator[Problem]:
    """Accounts that owe tax themselves need lawful invoices; 一般会計 does not."""
    vendor, account = _vendor(case), known(case.contract.account)
    if vendor is None or account is None or vendor.invoice_number is not None or not _SPECIAL.search(account):
        return
    if known(vendor.taxable):
        name = known(vendor.name) or known(case.contract.vendor)
        message = (
            f"{case.label('account')}は「{account}」ですが、相手方「{name}」の登録番号（T番号）がありません。"
        )
        hint = "仕入税額控除を受ける会計なら、適格請求書の登録番号を聞いて書いてください。"
        yield Problem(f"vendors.{known(case.contract.vendor)}.invoice_number", message, hint)
