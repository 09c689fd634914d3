"""民法637条, 印紙税, フリーランス法 and 取適法."""

from datetime import date

import pytest

from gen.report import Severity
from rules.scenario import PERIOD, breaks, keeps

WARNING, INFO = Severity.WARNING, Severity.INFO
PERSON = "kind: 個人\ntaxable: いいえ"


def test_notice_of_defects_shorter_than_the_laws() -> None:
    found = breaks(
        "contract-warranty", "warranty_months: 11か月\n", "warranty_months", "11か月", severity=WARNING
    )
    assert "第637条" in found.basis
    keeps("contract-warranty", "warranty_months: 12か月\n")
    keeps("contract-warranty", "warranty_months: 6か月\nsigned_on: 令和2年3月31日\n")


def test_a_paper_contract_for_work_may_need_a_stamp() -> None:
    work = "title: 標準準拠システム構築業務委託\nsign_mode: 紙\namount: {tax_kind: 税込, total: 1100000}\n"
    found = breaks("contract-stamp", work, "title", "標準準拠システム構築業務委託", severity=INFO)
    assert "「200円」" in found.message and "税抜「1,000,000円」" in found.message
    found = breaks("contract-stamp", work.replace("1100000", "1100011"), "title", "title", severity=INFO)
    assert "「400円」" in found.message
    keeps("contract-stamp", work.replace("紙", "電子"))
    keeps("contract-stamp", work.replace("構築", "運用"))
    keeps("contract-stamp", work.replace("1100000", "9900"))
    keeps("contract-stamp", work, vendor="kind: 自治体")


@pytest.mark.parametrize("cycle", ["四半期", "半期", "年1回", "完了時一括"])
def test_a_person_is_paid_by_the_month(cycle: str) -> None:
    rule, contract = "contract-freelance-payment", f"payment: {{cycle: {cycle}}}\n{PERIOD}"
    found = breaks(rule, contract, "payment.cycle", cycle, severity=WARNING, vendor=PERSON)
    assert "60日" in found.message and "要確認" in found.hint
    keeps(rule, contract)
    keeps(rule, contract.replace(cycle, "毎月"), vendor=PERSON)
    keeps(rule, contract, vendor=PERSON, on=date(2024, 10, 31))


def test_a_person_is_told_before_a_long_contract_ends() -> None:
    rule, contract = "contract-freelance-notice", f"notice_months: 0か月\n{PERIOD}"
    breaks(rule, contract, "notice_months", "0か月", severity=WARNING, vendor=PERSON)
    keeps(rule, contract.replace("0か月", "1か月"), vendor=PERSON)
    keeps(rule, contract)
    keeps(rule, contract.replace("令和9年3月31日", "令和8年8月31日"), vendor=PERSON)


def test_the_title_of_the_act_on_subcontractors_by_date() -> None:
    rule, contract = "contract-fair-dealing", "subcontract: {allowed: はい}\n"
    breaks(rule, contract, "subcontract.allowed", "はい", severity=INFO, on=date(2025, 12, 31))
    keeps(rule, contract, on=date(2026, 1, 1))
    keeps(rule, "subcontract: {allowed: いいえ}\n", on=date(2025, 12, 31))
