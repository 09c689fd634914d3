from datetime import date

from gen.report import Severity
from rules.scenario import PERIOD, breaks, keeps


def amount(kind: str, total: int, tax: str, rest: str = "") -> str:
    return f"amount: {{tax_kind: {kind}, total: {total}, tax: {tax}{rest}}}\n"


def test_the_tax_inside_a_total() -> None:
    keeps("contract-tax", amount("税込", 12345000, "1122272"))
    found = breaks("contract-tax", amount("税込", 12345000, "1122273"), "amount.tax", "tax: 1122273")
    assert "1,122,273円" in found.message and "1,122,272円" in found.message and "10%" in found.message
    keeps("contract-tax", amount("税込", 12345006, "1122273", ", rounding: 四捨五入"))
    keeps("contract-tax", amount("税込", 12345000, "1122273", ", rounding: 切上げ"))
    keeps("contract-tax", amount("税込", 12345000, "1122273", ", rounding: 未定"))
    keeps("contract-tax", amount("税込", 12345000, "未定"))


def test_the_tax_on_a_total() -> None:
    keeps("contract-tax", amount("税抜", 12345009, "1234500"))
    breaks("contract-tax", amount("税抜", 12345009, "1122273"), "amount.tax", "tax")


def test_tax_where_there_is_none() -> None:
    for kind in ("非課税", "免税"):
        keeps("contract-tax", amount(kind, 1100000, "0"))
        found = breaks("contract-tax", amount(kind, 1100000, "100000"), "amount.tax", "tax: 100000")
        assert kind in found.message


def test_tax_that_is_rounded_by_the_month() -> None:
    by_month = amount("税込", 12345000, "1122264", ", monthly: 1028750, months: 12")
    keeps("contract-tax", PERIOD + by_month)
    breaks("contract-tax", PERIOD + by_month.replace("1122264", "1122260"), "amount.tax", "tax")


def test_tax_that_is_rounded_by_the_payment() -> None:
    table = "payment: {schedule: [{label: 前期, amount: 1000001}, {label: 後期, amount: 1000008}]}\n"
    keeps("contract-tax", amount("税込", 2000009, "181818") + table)
    keeps(
        "contract-tax",
        amount("税込", 2000009, "181819") + table.replace("1000001", "1000002").replace("1000008", "1000007"),
    )


def test_a_rate_of_its_own() -> None:
    reduced = amount("税込", 1080000, "80000") + "tax_rate: 8%\n"
    keeps("contract-tax", reduced)
    found = breaks("contract-tax-rate", reduced, "tax_rate", "8%", severity=Severity.WARNING)
    assert "8%" in found.message and "10%" in found.message
    keeps("contract-tax-rate", reduced.replace("8%", "10%"))
    keeps("contract-tax-rate", reduced, on=date(2019, 9, 30))
    keeps("contract-tax-rate", "signed_on: 令和元年9月30日\n" + reduced)
    keeps("contract-tax", amount("税込", 1080000, "80000") + "tax_rate: 100%\n")


def test_a_vendor_that_owes_no_tax() -> None:
    for kind in ("税込", "税抜"):
        breaks(
            "contract-vendor-taxable",
            f"amount: {{tax_kind: {kind}}}\n",
            "amount.tax_kind",
            kind,
            severity=Severity.WARNING,
            vendor="taxable: いいえ",
        )
    breaks(
        "contract-vendor-taxable",
        "amount: {tax_kind: 免税}\n",
        "amount.tax_kind",
        "免税",
        severity=Severity.WARNING,
    )
    keeps("contract-vendor-taxable", "amount: {tax_kind: 免税}\n", vendor="taxable: いいえ")
    keeps("contract-vendor-taxable", "amount: {tax_kind: 税込}\n")
    keeps("contract-vendor-taxable", "amount: {tax_kind: 税込}\n", vendor="taxable: 未定")


def test_the_invoice_number_matters_to_special_accounts_only() -> None:
    breaks(
        "contract-invoice-number",
        "account: 国民健康保険特別会計\n",
        "vendors.midori.invoice_number",
        "midori:",
        severity=Severity.INFO,
    )
    keeps("contract-invoice-number", "account: 一般会計\n")
    keeps("contract-invoice-number", "account: 下水道事業会計\n", vendor="taxable: いいえ")
    keeps(
        "contract-invoice-number", "account: 下水道事業会計\n", vendor="taxable: はい\ninvoice_number: 未定"
    )
