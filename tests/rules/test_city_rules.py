"""What the city's own 条例, 規則 and 方針 must be named for, and how many copies are signed."""

from datetime import date

import pytest

from gen.report import Finding, Severity
from rules.scenario import breaks, keeps

PAID = "amount: {tax_kind: 税込, total: 1}\n"
NEEDED = {
    "rules-penalty-rate": ("penalty_rate: 支払遅延防止法の率", Severity.INFO),
    "rules-security-policy": ("security_policy: {name: 青葉台市情報セキュリティポリシー}", Severity.WARNING),
    "rules-bouhai": ("bouhai_ordinance: {name: 青葉台市暴力団排除条例}", Severity.WARNING),
    "rules-dango": ("dango_rate: 20%", Severity.WARNING),
}


@pytest.mark.parametrize("rule", NEEDED)
def test_a_rule_of_the_city_that_contracts_lean_on(rule: str) -> None:
    written, severity = NEEDED[rule]
    breaks(rule, PAID, "ROW", "ops", severity=severity)
    keeps(rule, PAID, rules=written)
    keeps(rule, "amount: {none: はい}\n")
    keeps(rule, PAID, vendor="kind: 自治体")


def test_personal_data_need_the_citys_rule() -> None:
    handles = PAID + "personal_data: はい\n"
    breaks("rules-personal-info", handles, "ROW", "ops", severity=Severity.WARNING)
    keeps("rules-personal-info", handles, rules="personal_info_rule: {name: 条例}")
    keeps("rules-personal-info", PAID + "personal_data: いいえ\n")
    keeps("rules-personal-info", PAID + "personal_data: 未定\n")


def test_an_unusual_rate_of_damages_for_rigging() -> None:
    found = breaks(
        "rules-dango", PAID, "rules.dango_rate", "15%", severity=Severity.WARNING, rules="dango_rate: 15%"
    )
    assert "15%" in found.message
    keeps("rules-dango", PAID, rules="dango_rate: 未定")


def test_copies_that_do_not_fit() -> None:
    rule, info = "contract-copies", Severity.INFO
    breaks(rule, "sign_mode: 電子\ncopies: 2通\n", "copies", "2通", severity=info)
    breaks(rule, "sign_mode: 紙\ncopies: 1通\n", "copies", "1通", severity=info)
    keeps(rule, "sign_mode: 紙\ncopies: 2通\n")
    keeps(rule, "sign_mode: 電子\n")
    keeps(rule, "sign_mode: 未定\ncopies: 1通\n")


def test_a_rate_of_the_law_that_was_typed() -> None:
    """2.6% was the law's until March 2021, 2.5% until March 2025; nobody has confirmed the one after."""
    rule, info = "rules-penalty-literal", Severity.INFO

    def typed(rate: str, on: date) -> Finding:
        field = "rules.penalty_rate"
        return breaks(rule, PAID, field, rate, severity=info, rules=f"penalty_rate: {rate}", on=on)

    assert "今は年2.5%" in typed("年2.6%", date(2024, 4, 1)).message
    found = typed("年2.5%", date(2026, 4, 1))
    assert found.message.startswith("要確認") and "令和7年3月31日" in found.message
    keeps(rule, PAID, rules="penalty_rate: 年2.5%", on=date(2024, 4, 1))
    keeps(rule, PAID, rules="penalty_rate: 年14.5%")
    keeps(rule, PAID, rules="penalty_rate: 支払遅延防止法の率")
