"""The budget behind a contract: one year, 債務負担行為 or 長期継続契約, and the yearly table.

Registers the rules on budget basis, limit and fiscal years. Leans on `case`.
"""

from __future__ import annotations

from collections.abc import Iterator

from gen.japanese import fiscal_years, nendo, nendo_wareki
from gen.profile import is_decided
from gen.report import Severity
from gen.rules.case import Case, day, known, yen
from gen.rules.registry import Problem, contract_rule

_MULTI_YEAR = "地方自治法第208条第2項・第214条・第234条の3"
_DEBT = "地方自治法第214条"


def _basis(case: Case) -> str | None:
    return known(case.contract.budget_basis)


def _years(years: list[int]) -> str:
    return "、".join(nendo_wareki(year) for year in years)


@contract_rule("contract-budget-years")
def over_the_year(case: Case) -> Iterator[Problem]:
    """A contract on one year's budget ends within that fiscal year."""
    span = case.span
    if _basis(case) != "単年度" or span is None or len(span.years) == 1:
        return
    message = (
        f"{case.label('budget_basis')}が「単年度」ですが、契約期間「{span}」は"
        f"{nendo_wareki(span.years[0])}から{nendo_wareki(span.years[-1])}にまたがります。"
    )
    hint = f"予算の根拠を「債務負担行為」か「長期継続契約」にするか、終期を{nendo_wareki(span.years[0])}の末日までにしてください。"
    yield Problem(case.path("budget_basis"), message, hint)


@contract_rule("contract-signed-early")
def signed_early(case: Case) -> Iterator[Problem]:
    """A contract on next year's budget is not signed before that year (C: the city's practice rules)."""
    start, condition = case.day_of(case.contract.period.start), case.contract.budget_condition
    if _basis(case) != "単年度" or case.signed_on is None or start is None:
        return
    if nendo(case.signed_on) < nendo(start) and is_decided(condition) and not condition:
        message = f"{case.label('signed_on')}「{day(case.signed_on)}」が、予算の年度（{nendo_wareki(nendo(start))}）より前です。"
        hint = "要確認：債務負担行為によるか、予算の成立を条件とするか（budget_condition）、締結日を確かめてください。"
        yield Problem(case.path("signed_on"), message, hint)


@contract_rule("contract-yearly-missing")
def yearly_missing(case: Case) -> Iterator[Problem]:
    """A 債務負担行為 with a known sum has its yearly table."""
    if _basis(case) != "債務負担行為" or case.contract.yearly or case.total is None:
        return
    span = case.span
    years = list(span.years) if span else []
    message = f"{case.label('budget_basis')}が「債務負担行為」ですが、年度別の額（yearly）がありません。"
    hint = f"{_years(years)}の額を書いてください。" if years else "年度ごとの額を書いてください。"
    light = Severity.WARNING if len(years) == 1 else None
    yield Problem(case.path("budget_basis"), message, hint, severity=light)


@contract_rule("contract-yearly-years")
def yearly_years(case: Case) -> Iterator[Problem]:
    """No fiscal year outside the period, none of the paid period left out."""
    rows, whole = case.contract.yearly, case.span
    if not rows or whole is None:
        return
    light = None if _basis(case) == "債務負担行為" else Severity.WARNING
    for number, row in enumerate(rows):
        if row.year not in whole.years:
            message = f"契約 {case.key} の年割額に{nendo_wareki(row.year)}がありますが、契約期間「{whole}」はこの年度に入りません。"
            yield Problem(
                case.path(f"yearly.{number}.year"),
                message,
                "年度か契約期間を直してください。",
                severity=light,
            )
    written = {row.year for row in rows}
    left_out = [year for year in (case.paid.years if case.paid else ()) if year not in written]
    if left_out:
        message = (
            f"契約 {case.key} の年割額に{_years(left_out)}がありません（課金する期間は「{case.paid}」）。"
        )
        yield Problem(
            case.path("yearly"),
            message,
            "年度の行を加えてください。支払のない年度は0円と書きます。",
            severity=light,
        )


@contract_rule("contract-yearly-monthly")
def yearly_monthly(case: Case) -> Iterator[Problem]:
    """With plain monthly payment, each fiscal year holds its months; an odd last year holds fewer."""
    amount, paid = case.contract.amount, case.paid
    monthly = known(amount.monthly)
    plain = known(case.contract.payment.cycle) == "毎月" and not case.contract.payment.schedule
    if monthly is None or paid is None or not paid.is_whole_months or not plain:
        return
    if case.total != case.monthly_sum or known(amount.tax_kind) == "税抜":
        return
    for number, row in enumerate(case.contract.yearly):
        written = known(row.amount)
        months = _months_in(case, row.year)
        right = months * monthly
        if row.year == paid.years[0] and amount.first is not None:
            right += (known(amount.first) or 0) - monthly
        if written is not None and written != right:
            message = f"契約 {case.key} の{nendo_wareki(row.year)}の年割額「{yen(written)}」が、その年度の{months}か月分の計「{yen(right)}」と違います。"
            hint = "年度の額を直すか、支払が月額どおりでなければ支払表に書いてください。"
            yield Problem(case.path(f"yearly.{number}.amount"), message, hint)


def _months_in(case: Case, year: int) -> int:
    parts = fiscal_years(case.paid.start, case.paid.end) if case.paid else ()
    return sum(part.months for part in parts if part.nendo == year)


@contract_rule("contract-budget-limit")
def limit(case: Case) -> Iterator[Problem]:
    """Limit ≥ total with tax; the budget of the year of signing may carry its own part of it."""
    written, payable = known(case.contract.budget_limit), case.payable
    if _basis(case) != "債務負担行為" or written is None or payable is None or payable <= written:
        return
    message = (
        f"{case.label('amount.total')}（税込「{yen(payable)}」）が、債務負担行為の限度額「{yen(written)}」を"
        f"{yen(payable - written)}超えています。"
    )
    later = _after_the_first_year(case)
    if later is not None and later <= written:
        hint = (
            "限度額が翌年度以降の分だけを定めたものか、予算の議決を確かめてください。"
            "契約の額の全体を定めたものなら、この額では契約できません。"
        )
        yield Problem(case.path("budget_limit"), message, hint, severity=Severity.WARNING)
        return
    yield Problem(case.path("budget_limit"), message, "契約の額か限度額を直してください。")


def _after_the_first_year(case: Case) -> int | None:
    """What falls due after the year of signing, tax included; that year's own budget is no 債務負担行為."""
    signed = case.signed_on or case.day_of(case.contract.period.start)
    if signed is None or case.yearly_sum is None or case.yearly_sum != case.payable:
        return None
    return sum(known(row.amount) or 0 for row in case.contract.yearly if row.year > nendo(signed))


@contract_rule("contract-budget-both")
def both(case: Case) -> Iterator[Problem]:
    """A limit of a 債務負担行為 belongs to no other basis."""
    basis, written = _basis(case), known(case.contract.budget_limit)
    if written is None or basis is None or basis == "債務負担行為":
        return
    message = f"{case.label('budget_basis')}は「{basis}」ですが、債務負担行為の限度額「{yen(written)}」が書かれています。"
    light = None if basis == "長期継続契約" else Severity.WARNING
    yield Problem(
        case.path("budget_limit"),
        message,
        "予算の根拠を「債務負担行為」にするか、限度額を消してください。",
        severity=light,
    )


@contract_rule("contract-debt-budget")
def debt(case: Case) -> Iterator[Problem]:
    """A 債務負担行為 of the contract is that of the budget: the same matter, limit and years."""
    title, rows = known(case.contract.title), case.profile.budget.debt
    if _basis(case) != "債務負担行為" or title is None or not rows:
        return
    number = next((n for n, row in enumerate(rows) if known(row.title) == title), None)
    if number is None:
        message = f"契約 {case.key} の件名「{title}」の債務負担行為が、予算（budget.debt）にありません。"
        yield Problem(
            case.path("title"), message, "予算の事項の名を確かめるか、budget.debt に書いてください。"
        )
        return
    row, written = rows[number], known(case.contract.budget_limit)
    limit = known(row.limit)
    if written is not None and limit is not None and written != limit:
        message = f"{case.label('budget_limit')}「{yen(written)}」が、予算の債務負担行為「{title}」の限度額「{yen(limit)}」と違います。"
        yield Problem(case.path("budget_limit"), message, "議決された限度額に合わせてください。")
    last, span = known(row.end_year), case.span
    if last is not None and span is not None and span.years[-1] > last:
        message = f"契約 {case.key} の契約期間「{span}」が、予算の債務負担行為「{title}」の終わりの年度「{nendo_wareki(last)}」を越えています。"
        yield Problem(
            f"budget.debt.{number}.end_year", message, "期間を改めるか、予算の期間を確かめてください。"
        )
