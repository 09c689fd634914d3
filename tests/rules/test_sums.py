from gen.report import Severity
from rules.scenario import PERIOD, THREE_YEARS, breaks, keeps

INCLUDED = "tax_kind: 税込, total: 12000000"


def amount(rest: str) -> str:
    return f"amount: {{{rest}}}\n"


def yearly(*sums: int) -> str:
    rows = "".join(f"  - {{year: 令和{8 + n}年度, amount: {value}}}\n" for n, value in enumerate(sums))
    return f"yearly:\n{rows}"


def test_monthly_fees_that_do_not_make_the_total() -> None:
    found = breaks(
        "contract-sum-monthly",
        PERIOD + amount("tax_kind: 税込, total: 12000000, monthly: 1000010, months: 12"),
        "amount.total",
        "total: 12000000",
    )
    assert "12,000,000円" in found.message and "12,000,120円" in found.message
    assert "差額120円" in found.message
    keeps("contract-sum-monthly", PERIOD + amount("tax_kind: 税込, total: 12000000, monthly: 1000000"))


def test_a_first_month_of_its_own() -> None:
    rest = "tax_kind: 税込, total: 16000000, monthly: 1333333, months: 12, first: "
    keeps("contract-sum-monthly", PERIOD + amount(rest + "1333337"))
    breaks("contract-sum-monthly", PERIOD + amount(rest + "1333336"), "amount.total", "total")
    keeps("contract-sum-monthly", PERIOD + amount(rest + "未定"))


def test_only_the_paid_period_is_counted() -> None:
    paid = "paid_period: {start: 令和8年10月1日, end: 令和9年3月31日}\n"
    free = "free_period: {start: 令和8年4月1日, end: 令和8年9月30日}\n"
    six = amount("tax_kind: 税込, total: 6000000, monthly: 1000000")
    for written in (paid, free, paid + free):
        keeps("contract-sum-monthly", PERIOD + written + six)
    breaks("contract-sum-monthly", PERIOD + six, "amount.total", "total")


def test_broken_months_and_payment_tables_are_only_a_doubt() -> None:
    from_the_15th = "period: {start: 令和8年4月15日, end: 令和9年3月31日}\n"
    fees = "tax_kind: 税込, total: 11500000, monthly: 1000000"
    breaks(
        "contract-sum-monthly",
        from_the_15th + amount(fees),
        "amount.total",
        "total",
        severity=Severity.WARNING,
    )
    keeps("contract-sum-monthly", from_the_15th + amount(fees + ", first: 500000"))
    table = (
        "payment: {schedule: [{label: 構築, amount: 3000000}, {label: 利用, amount: 12000000}]}\n"
        + PERIOD
        + amount("tax_kind: 税込, total: 15000000, monthly: 1000000, months: 12")
    )
    breaks("contract-sum-monthly", table, "amount.total", "total", severity=Severity.WARNING)


def test_undecided_sums_are_never_nothing() -> None:
    for rest in ("total: 未定, monthly: 1000000", "total: 12000000, monthly: 未定"):
        keeps("contract-sum-monthly", PERIOD + amount(f"tax_kind: 税込, {rest}, months: 12"))
    keeps(
        "contract-sum-monthly",
        PERIOD + amount("tax_kind: 税込, total: 5000000, monthly: 1000000, months: 未定"),
    )
    keeps(
        "contract-sum-monthly",
        "period: {start: 未定, end: 令和9年3月31日}\n"
        + amount("tax_kind: 税込, total: 5000000, monthly: 1000000"),
    )
    keeps("contract-sum-yearly", THREE_YEARS + amount(INCLUDED) + yearly(4000000) + "  - {year: 令和9年度}\n")


def test_the_payment_table() -> None:
    def table(last: int) -> str:
        return (
            amount(INCLUDED)
            + f"payment:\n  schedule:\n    - {{label: 第1回, amount: 6000000}}\n    - {{label: 第2回, amount: {last}}}\n"
        )

    found = breaks("contract-sum-schedule", table(5000000), "payment.schedule", "schedule:")
    assert "11,000,000円" in found.message and "差額1,000,000円" in found.message
    keeps("contract-sum-schedule", table(6000000))


def test_a_payment_table_in_the_wrong_tax_kind_is_named_so() -> None:
    found = breaks(
        "contract-sum-schedule",
        "amount: {tax_kind: 税込, total: 1100000}\npayment: {schedule: [{label: 全額, amount: 1000000}]}\n",
        "payment.schedule",
        "schedule",
    )
    assert "税抜の額が混ざっています" in found.hint


def test_the_fiscal_years() -> None:
    debt = THREE_YEARS + "budget_basis: 債務負担行為\n" + amount(INCLUDED)
    found = breaks("contract-sum-yearly", debt + yearly(4000000, 4000000, 3000000), "yearly", "yearly:")
    assert "12,000,000円" in found.message and "11,000,000円" in found.message
    assert "差額1,000,000円" in found.message
    keeps("contract-sum-yearly", debt + yearly(4000000, 4000000, 4000000))
    longterm = debt.replace("債務負担行為", "長期継続契約")
    breaks(
        "contract-sum-yearly",
        longterm + yearly(4000000, 4000000, 3000000),
        "yearly",
        "yearly:",
        severity=Severity.WARNING,
    )


def test_the_fiscal_years_hold_the_tax() -> None:
    debt = (
        THREE_YEARS
        + "budget_basis: 債務負担行為\namount: {tax_kind: 税抜, total: 12000000, tax: 1200000円}\n"
    )
    keeps("contract-sum-yearly", debt + yearly(4400000, 4400000, 4400000))
    breaks(
        "contract-sum-yearly",
        debt + yearly(4000000, 4000000, 4000000),
        "yearly",
        "yearly:",
        severity=Severity.WARNING,
    )
    breaks("contract-sum-yearly", debt + yearly(4000000, 4000000, 4100000), "yearly", "yearly:")


def test_months_as_written_and_as_counted() -> None:
    twelve = amount(f"{INCLUDED}, months: 12")
    keeps("contract-months", PERIOD + twelve)
    found = breaks("contract-months", PERIOD + amount(f"{INCLUDED}, months: 11"), "amount.months", "months")
    assert "11か月" in found.message and "令和8年4月1日から令和9年3月31日まで" in found.message
    free = "free_period: {start: 令和8年4月1日, end: 令和8年6月30日}\n"
    breaks("contract-months", PERIOD + free + twelve, "amount.months", "months")
    keeps("contract-months", PERIOD + free + amount(f"{INCLUDED}, months: 9"))
    broken = "period: {start: 令和8年4月15日, end: 令和9年3月20日}\n"
    for months in (10, 11, 12):
        keeps("contract-months", broken + amount(f"{INCLUDED}, months: {months}"))
    breaks("contract-months", broken + amount(f"{INCLUDED}, months: 13"), "amount.months", "months")


def test_months_of_a_period_that_starts_with_the_signing() -> None:
    period = "period: {start: 契約締結日の翌日, end: 令和9年3月31日}\n"
    keeps("contract-months", period + amount(f"{INCLUDED}, months: 7"))
    signed = period + "signed_on: 令和8年3月31日\n"
    breaks("contract-months", signed + amount(f"{INCLUDED}, months: 7"), "amount.months", "months")
    keeps("contract-months", signed + amount(f"{INCLUDED}, months: 12"))


def test_yen_mistaken_for_thousands() -> None:
    warning = Severity.WARNING
    breaks(
        "contract-amount-unit",
        PERIOD + amount("tax_kind: 税込, total: 12345, monthly: 1028750"),
        "amount.monthly",
        "monthly",
        severity=warning,
    )
    breaks(
        "contract-amount-unit",
        amount("tax_kind: 税込, total: 12345") + "budget_limit: 13,000千円\n",
        "budget_limit",
        "13,000千円",
        severity=warning,
    )
    for total in ("12345", "12345000千円"):
        breaks(
            "contract-amount-unit",
            f"amount: {{tax_kind: 税込, total: {total}}}\n",
            "amount.total",
            total,
            severity=warning,
        )
    keeps("contract-amount-unit", PERIOD + amount(f"{INCLUDED}, monthly: 1000000"))
