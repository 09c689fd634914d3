"""契約保証金: why it is waived, or whether it is enough.

Registers the rules on the deposit. Leans on `case`; the rate is the city's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gen.japanese import Rounding, round_yen
from gen.report import Severity
from gen.rules.case import Case, known, yen
from gen.rules.registry import Problem, contract_rule

_LAW = "地方自治法第234条の2第2項、地方自治法施行令第167条の16"


@contract_rule("contract-deposit-exempt")
def exempt(case: Case) -> Iterator[Problem]:
    """免除 names its article."""
    rule = case.profile.rules.deposit
    article = case.contract.deposit.article
    if article is None and rule is not None:
        article = rule.exempt_article
    if known(case.contract.deposit.kind) == "免除" and article is None:
        message = f"{case.label('deposit.kind')}が「免除」ですが、根拠の条項がありません。"
        hint = "deposit.article に「契約規則第30条第3号」のように書くか、rules.deposit.exempt_article に書いてください。"
        yield Problem(case.path("deposit.kind"), message, hint)


@contract_rule("contract-deposit-amount")
def amount(case: Case) -> Iterator[Problem]:
    """Amount ≥ rate × total with tax, rounded up; 長期継続契約 may reckon by the year."""
    kind, written = known(case.contract.deposit.kind), known(case.contract.deposit.amount)
    rule = case.profile.rules.deposit
    rate = known(rule.rate) if rule else None
    if kind not in ("納付", "保証") or written is None or rate is None or case.payable is None:
        return
    least = round_yen(case.payable * Fraction(rate) / 100, Rounding.UP)
    if written >= least:
        return
    message = (
        f"{case.label('deposit.amount')}「{yen(written)}」が、契約金額「{yen(case.payable)}」の"
        f"{rate:f}%「{yen(least)}」に{yen(least - written)}足りません。"
    )
    light, hint = None, "額を直してください。"
    if known(case.contract.budget_basis) == "長期継続契約":
        light, hint = Severity.WARNING, "規則が年額に対する率を定めているか確かめてください。"
    yield Problem(case.path("deposit.amount"), message, hint, severity=light)


@contract_rule("contract-deposit-missing")
def missing(case: Case) -> Iterator[Problem]:
    """納付 and 保証 have an amount or a rate to reckon it by."""
    kind, deposit = known(case.contract.deposit.kind), case.contract.deposit
    rule = case.profile.rules.deposit
    if kind in ("納付", "保証") and deposit.amount is None and (rule is None or rule.rate is None):
        message = (
            f"{case.label('deposit.kind')}が「{kind}」ですが、額も率（rules.deposit.rate）もありません。"
        )
        yield Problem(
            case.path("deposit.kind"),
            message,
            "どちらかを書いてください。決まっていなければ「未定」と書きます。",
        )
