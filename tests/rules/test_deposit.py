from gen.report import Severity
from rules.scenario import breaks, keeps

RATE = "deposit: {rate: 10%}"
TOTAL = "amount: {tax_kind: 税込, total: 12345678}\n"


def test_a_waived_deposit_names_its_article() -> None:
    waived = "deposit: {kind: 免除}\n"
    found = breaks("contract-deposit-exempt", waived, "deposit.kind", "免除")
    assert "exempt_article" in found.hint
    keeps("contract-deposit-exempt", "deposit: {kind: 免除, article: 契約規則第30条第3号}\n")
    keeps("contract-deposit-exempt", "deposit: {kind: 免除, article: 未定}\n")
    keeps("contract-deposit-exempt", waived, rules="deposit: {exempt_article: 契約規則第30条第3号}")
    breaks(
        "contract-deposit-exempt", waived, "deposit.kind", "免除", rules="deposit: {article: 契約規則第28条}"
    )
    keeps("contract-deposit-exempt", "deposit: {kind: 不要}\n")


def test_a_deposit_below_the_rate_rounded_up() -> None:
    for kind in ("納付", "保証"):
        short = TOTAL + f"deposit: {{kind: {kind}, amount: 1234567}}\n"
        found = breaks("contract-deposit-amount", short, "deposit.amount", "1234567", rules=RATE)
        assert "1,234,568円" in found.message and "1円足りません" in found.message
        keeps("contract-deposit-amount", short.replace("1234567}", "1234568}"), rules=RATE)
        keeps("contract-deposit-amount", short.replace("1234567}", "未定}"), rules=RATE)
        keeps("contract-deposit-amount", short, rules="deposit: {rate: 未定}")


def test_a_deposit_is_a_share_of_the_sum_with_tax() -> None:
    contract = "amount: {tax_kind: 税抜, total: 10000000}\ndeposit: "
    short = contract + "{kind: 納付, amount: 1099999}\n"
    breaks("contract-deposit-amount", short, "deposit.amount", "1099999", rules=RATE)
    keeps("contract-deposit-amount", contract + "{kind: 納付, amount: 1100000}\n", rules=RATE)


def test_a_longterm_contract_may_reckon_by_the_year() -> None:
    contract = TOTAL + "budget_basis: 長期継続契約\ndeposit: {kind: 納付, amount: 300000}\n"
    breaks(
        "contract-deposit-amount",
        contract,
        "deposit.amount",
        "300000",
        severity=Severity.WARNING,
        rules=RATE,
    )


def test_a_deposit_that_cannot_be_reckoned() -> None:
    paid = "deposit: {kind: 納付}\n"
    breaks("contract-deposit-missing", paid, "deposit.kind", "納付", severity=Severity.WARNING)
    keeps("contract-deposit-missing", paid, rules=RATE)
    keeps("contract-deposit-missing", "deposit: {kind: 納付, amount: 未定}\n")
    keeps("contract-deposit-missing", "deposit: {kind: 免除}\n")
