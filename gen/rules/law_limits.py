"""Days that a law allows at most: inspection and payment.

Registers the rules under 支払遅延防止法. Leans on `case` and on the law's values by date.
"""

from __future__ import annotations

from collections.abc import Iterator

from gen.rules.case import Case, known, law_value
from gen.rules.registry import Problem, contract_rule

_LAW = "政府契約の支払遅延防止等に関する法律"


def _too_many(case: Case, field: str, written: int | None, name: str, words: str) -> Iterator[Problem]:
    law = law_value(name, case.law_day)
    if written is None or law is None or law.value is None or written <= law.value:
        return
    message = f"{case.label(field)}「{written}日」が、法律の限度「{law.value}日」を超えています。"
    yield Problem(case.path(field), message, f"{words}{law.value}日以内にしてください。", law.basis)


@contract_rule("contract-inspect-days")
def inspect_days(case: Case) -> Iterator[Problem]:
    """Inspection within 10 days of the notice; works (14 days) are no business of this program."""
    written = known(case.contract.inspect_days)
    yield from _too_many(case, "inspect_days", written, "inspection-days/other", "完了の通知を受けた日から")


@contract_rule("contract-payment-days")
def payment_days(case: Case) -> Iterator[Problem]:
    """Payment within 30 days of a lawful invoice."""
    written = known(case.contract.payment.days)
    yield from _too_many(case, "payment.days", written, "payment-days/other", "適法な請求を受けた日から")
