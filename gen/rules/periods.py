"""Periods: in the right order, inside each other, without a gap, and not before the signing.

Registers the rules on the contract's dates. Leans on `case`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gen.profile import DayWord, Period
from gen.rules.case import Case, Span, day
from gen.rules.registry import Problem, contract_rule


def _written(case: Case) -> Iterator[tuple[str, Period]]:
    contract = case.contract
    for field, period in (
        ("period", contract.period),
        ("free_period", contract.free_period),
        ("paid_period", contract.paid_period),
    ):
        if period is not None:
            yield field, period


@contract_rule("contract-period-order")
def order(case: Case) -> Iterator[Problem]:
    """Start ≤ end, and the end is a date."""
    for field, period in _written(case):
        if isinstance(period.end, DayWord):
            message = f"{case.label(f'{field}.end')}が「{period.end}」です。終期は日付でなければなりません。"
            yield Problem(case.path(f"{field}.end"), message, "「令和9年3月31日」のように書いてください。")
            continue
        start, end = case.day_of(period.start), case.day_of(period.end)
        if start and end and end < start:
            message = f"{case.label(field)}の終期「{day(end)}」が、始期「{day(start)}」より前です。"
            yield Problem(case.path(f"{field}.end"), message, "始期と終期を確かめてください。")


@contract_rule("contract-period-parts")
def parts(case: Case) -> Iterator[Problem]:
    """Free and paid period inside the period; together the whole of it, each day once."""
    whole = case.span
    if whole is None:
        return
    free, paid = case.span_of(case.contract.free_period), case.span_of(case.contract.paid_period)
    inside = True
    for field, part in (("free_period", free), ("paid_period", paid)):
        if part and not (whole.start <= part.start and part.end <= whole.end):
            inside = False
            message = f"{case.label(field)}「{part}」が、契約期間「{whole}」の外に出ています。"
            yield Problem(case.path(field), message, "どちらかの期間を直してください。")
    if free and paid and inside:
        yield from _cover(case, whole, free, paid)


def _cover(case: Case, whole: Span, free: Span, paid: Span) -> Iterator[Problem]:
    first, second = sorted((free, paid), key=lambda span: (span.start, span.end))
    next_day = first.end + timedelta(days=1)
    words = f"{case.label('free_period')}「{free}」と課金期間「{paid}」"
    if second.start < next_day:
        message = f"{words}が重なっています。"
    elif second.start > next_day or first.start > whole.start or second.end < whole.end:
        message = f"{words}のどちらにも入らない日が、契約期間「{whole}」にあります。"
    else:
        return
    yield Problem(case.path("paid_period"), message, "2つの期間で契約期間を過不足なく分けてください。")


@contract_rule("contract-signed-late")
def signed_late(case: Case) -> Iterator[Problem]:
    """Signed no later than it starts."""
    start = case.contract.period.start
    if case.signed_on is None or isinstance(start, DayWord):
        return
    begins = case.day_of(start)
    if begins and case.signed_on > begins:
        message = f"{case.label('signed_on')}「{day(case.signed_on)}」が、契約期間の始期「{day(begins)}」より後です。"
        hint = "始期を「契約締結日」とするか、日付を確かめてください。契約は、記名押印又は電子署名をした時に確定します。"
        yield Problem(case.path("signed_on"), message, hint)
