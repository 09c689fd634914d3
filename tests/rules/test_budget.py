import pytest

from gen.report import Severity
from rules.scenario import PERIOD, THREE_YEARS, a_profile, breaks, keeps, of_rule

DEBT = "budget_basis: 債務負担行為\n"
ONE_YEAR = "budget_basis: 単年度\n"
LONGTERM = "budget_basis: 長期継続契約\n"
ORDINANCE = (
    "longterm_ordinance: {name: 青葉台市長期継続契約条例, number: 平成17年青葉台市条例第40号, years_cap: 5年}"
)


def money(total: int, **years: int) -> str:
    rows = "".join(f"  - {{year: {year}, amount: {value}}}\n" for year, value in years.items())
    return f"amount: {{tax_kind: 税込, total: {total}}}\n" + (f"yearly:\n{rows}" if years else "")


def test_one_years_budget_over_several_years() -> None:
    found = breaks("contract-budget-years", THREE_YEARS + ONE_YEAR, "budget_basis", "単年度")
    assert "令和8年度から令和10年度" in found.message
    assert "第214条" in found.basis and "第234条の3" in found.basis and "第208条第2項" in found.basis
    for basis in (DEBT, LONGTERM, "budget_basis: 未定\n"):
        keeps("contract-budget-years", THREE_YEARS + basis)


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        ("令和8年4月1日", "令和9年3月31日", True),
        ("令和8年4月1日", "令和9年4月1日", False),
        ("令和8年10月1日", "令和8年12月31日", True),
        ("令和9年3月31日", "令和9年4月1日", False),
        ("未定", "令和9年4月1日", True),
    ],
)
def test_one_years_budget_ends_with_the_fiscal_year(start: str, end: str, right: bool) -> None:
    contract = f"period: {{start: {start}, end: {end}}}\n" + ONE_YEAR
    if right:
        keeps("contract-budget-years", contract)
    else:
        breaks("contract-budget-years", contract, "budget_basis", "単年度")


def test_signing_before_the_year_of_the_budget() -> None:
    early = PERIOD + ONE_YEAR + "signed_on: 令和8年3月25日\n"
    breaks("contract-signed-early", early, "signed_on", "令和8年3月25日", severity=Severity.WARNING)
    keeps("contract-signed-early", early + "budget_condition: はい\n")
    keeps("contract-signed-early", early + "budget_condition: 未定\n")
    keeps("contract-signed-early", early.replace(ONE_YEAR, DEBT))
    keeps("contract-signed-early", PERIOD + ONE_YEAR + "signed_on: 令和8年4月1日\n")


def test_a_debt_burden_without_its_years() -> None:
    found = breaks(
        "contract-yearly-missing", THREE_YEARS + DEBT + money(9000000), "budget_basis", "債務負担行為"
    )
    assert "令和8年度、令和9年度、令和10年度" in found.hint
    keeps("contract-yearly-missing", THREE_YEARS + DEBT + money(9000000, 令和8年度=9000000))
    keeps("contract-yearly-missing", THREE_YEARS + DEBT + "amount: {total: 未定}\n")
    keeps("contract-yearly-missing", THREE_YEARS + LONGTERM + money(9000000))
    breaks(
        "contract-yearly-missing",
        PERIOD + DEBT + money(9000000),
        "budget_basis",
        "債務負担行為",
        severity=Severity.WARNING,
    )


def test_fiscal_years_outside_the_period() -> None:
    contract = THREE_YEARS + DEBT + money(4, 令和8年度=1, 令和9年度=1, 令和10年度=1, 令和11年度=1)
    found = breaks("contract-yearly-years", contract, "yearly.3.year", "令和11年度")
    assert "令和11年度" in found.message
    keeps("contract-yearly-years", THREE_YEARS + DEBT + money(3, 令和8年度=1, 令和9年度=1, 令和10年度=1))


def test_fiscal_years_left_out() -> None:
    contract = THREE_YEARS + DEBT + money(2, 令和8年度=1, 令和10年度=1)
    assert "令和9年度" in breaks("contract-yearly-years", contract, "yearly", "yearly:").message
    breaks(
        "contract-yearly-years",
        contract.replace(DEBT, LONGTERM),
        "yearly",
        "yearly:",
        severity=Severity.WARNING,
    )
    free = "free_period: {start: 令和8年4月1日, end: 令和9年3月31日}\n"
    keeps("contract-yearly-years", THREE_YEARS + free + DEBT + money(2, 令和9年度=1, 令和10年度=1))


@pytest.mark.parametrize(("end", "last"), [("9月30日", 6), ("12月31日", 9), ("8月31日", 5)])
def test_a_last_year_of_odd_months(end: str, last: int) -> None:
    total = (12 + last) * 1000000
    contract = (
        f"period: {{start: 令和8年4月1日, end: 令和9年{end}}}\n{DEBT}payment: {{cycle: 毎月}}\n"
        f"amount: {{tax_kind: 税込, total: {total}, monthly: 1000000}}\nyearly:\n"
        f"  - {{year: 令和8年度, amount: 12000000}}\n  - {{year: 令和9年度, amount: {last}000000}}\n"
    )
    for rule in ("contract-yearly-monthly", "contract-yearly-years", "contract-sum-yearly"):
        keeps(rule, contract)
    keeps("contract-sum-monthly", contract)


def test_years_that_do_not_hold_their_months() -> None:
    contract = (
        f"period: {{start: 令和8年4月1日, end: 令和9年9月30日}}\n{DEBT}payment: {{cycle: 毎月}}\n"
        "amount: {tax_kind: 税込, total: 18000000, monthly: 1000000}\nyearly:\n"
        "  - {year: 令和8年度, amount: 12000000}\n  - {year: 令和9年度, amount: 7000000}\n"
    )
    breaks("contract-yearly-monthly", contract, "yearly.1.amount", "7000000", severity=Severity.WARNING)
    keeps("contract-yearly-monthly", contract.replace("7000000", "6000000"))


def test_a_first_month_of_its_own_counts_in_the_first_year() -> None:
    contract = (
        f"{THREE_YEARS}{DEBT}payment: {{cycle: 毎月}}\n"
        "amount: {tax_kind: 税込, total: 36000010, monthly: 1000000, first: 1000010}\nyearly:\n"
        "  - {year: 令和8年度, amount: 12000010}\n  - {year: 令和9年度, amount: 12000000}\n"
        "  - {year: 令和10年度, amount: 12000000}\n"
    )
    keeps("contract-yearly-monthly", contract)


def test_the_limit_of_a_debt_burden() -> None:
    years = {"令和8年度": 3000000, "令和9年度": 3000000, "令和10年度": 3000000}
    contract = THREE_YEARS + DEBT + money(9000000, **years)
    keeps("contract-budget-limit", contract + "budget_limit: 9,000,000円\n")
    found = breaks(
        "contract-budget-limit", contract + "budget_limit: 5,999,999円\n", "budget_limit", "5,999,999円"
    )
    assert "9,000,000円" in found.message and "3,000,001円" in found.message
    keeps("contract-budget-limit", contract + "budget_limit: 未定\n")
    breaks(
        "contract-budget-limit",
        THREE_YEARS + DEBT + money(9000000) + "budget_limit: 8000000\n",
        "budget_limit",
        "8000000",
    )


def test_a_limit_for_the_years_after_the_signing_is_a_doubt() -> None:
    years = {"令和8年度": 3000000, "令和9年度": 3000000, "令和10年度": 3000000}
    contract = THREE_YEARS + DEBT + money(9000000, **years) + "budget_limit: 6000000\n"
    breaks("contract-budget-limit", contract, "budget_limit", "6000000", severity=Severity.WARNING)
    breaks("contract-budget-limit", contract + "signed_on: 令和8年3月25日\n", "budget_limit", "6000000")


def test_the_limit_is_held_against_the_sum_with_tax() -> None:
    contract = THREE_YEARS + DEBT + "amount: {tax_kind: 税抜, total: 9000000}\n"
    breaks("contract-budget-limit", contract + "budget_limit: 9,000,000円\n", "budget_limit", "9,000,000円")
    keeps("contract-budget-limit", contract + "budget_limit: 9,900,000円\n")


def test_two_bases_at_once() -> None:
    contract = THREE_YEARS + "budget_limit: 9000000\n"
    breaks("contract-budget-both", contract + LONGTERM, "budget_limit", "9000000")
    breaks("contract-budget-both", contract + ONE_YEAR, "budget_limit", "9000000", severity=Severity.WARNING)
    keeps("contract-budget-both", contract + DEBT)


def test_a_longterm_contract_names_its_ordinance() -> None:
    contract = THREE_YEARS + LONGTERM + "title: 端末の賃貸借\n"
    breaks("contract-longterm-ordinance", contract, "budget_basis", "長期継続契約")
    keeps("contract-longterm-ordinance", contract, rules=ORDINANCE)
    keeps("contract-longterm-ordinance", contract, rules="longterm_ordinance: {name: 未定}")
    keeps("contract-longterm-ordinance", contract.replace(LONGTERM, DEBT))


def test_telecommunication_needs_no_ordinance() -> None:
    contract = THREE_YEARS + LONGTERM + "title: 庁外回線サービスの利用\n"
    breaks("contract-longterm-ordinance", contract, "budget_basis", "長期継続契約", severity=Severity.WARNING)


def test_the_ordinance_is_cited_with_its_number() -> None:
    breaks(
        "rules-longterm-number",
        LONGTERM,
        "rules.longterm_ordinance.number",
        "longterm_ordinance",
        severity=Severity.WARNING,
        rules="longterm_ordinance: {name: 青葉台市長期継続契約条例}",
    )
    keeps("rules-longterm-number", LONGTERM, rules=ORDINANCE)
    keeps("rules-longterm-number", DEBT, rules="longterm_ordinance: {name: 青葉台市長期継続契約条例}")


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        ("令和8年4月1日", "令和13年3月31日", True),
        ("令和8年4月1日", "令和13年4月1日", False),
        ("令和8年10月1日", "令和13年9月30日", True),
        ("令和10年2月29日", "令和15年2月28日", True),
        ("令和10年2月29日", "令和15年3月1日", False),
    ],
)
def test_the_years_of_a_longterm_contract(start: str, end: str, right: bool) -> None:
    contract = LONGTERM + f"period: {{start: {start}, end: {end}}}\n"
    if right:
        keeps("contract-longterm-years", contract, rules=ORDINANCE)
    else:
        found = breaks("contract-longterm-years", contract, "period.end", end, rules=ORDINANCE)
        assert "5年" in found.message
    keeps("contract-longterm-years", contract, rules=ORDINANCE.replace("5年", "未定"))
    keeps("contract-longterm-years", contract, rules=ORDINANCE.replace("5年", "99999999年"))


def test_a_free_period_may_not_count_as_years() -> None:
    contract = (
        LONGTERM
        + "period: {start: 令和8年1月1日, end: 令和13年3月31日}\n"
        + "free_period: {start: 令和8年1月1日, end: 令和8年3月31日}\n"
    )
    breaks(
        "contract-longterm-years",
        contract,
        "period.end",
        "令和13年3月31日",
        severity=Severity.WARNING,
        rules=ORDINANCE,
    )


def test_a_longterm_contract_of_no_kind_that_the_ordinance_lists() -> None:
    rule, contract = "contract-longterm-kind", LONGTERM + "title: 庁舎清掃業務委託\n"
    kinds = ORDINANCE.replace("years_cap: 5年", "kinds: [電子計算機の賃貸借, 情報システムの運用]")
    breaks(rule, contract, "budget_basis", "長期継続契約", severity=Severity.WARNING, rules=kinds)
    breaks(rule, contract, "budget_basis", "長期継続契約", severity=Severity.WARNING, rules=ORDINANCE)
    keeps(rule, contract.replace("庁舎清掃", "共通基盤運用"), rules=kinds)
    keeps(rule, contract.replace("庁舎清掃業務委託", "インターネット回線"), rules=kinds)
    keeps(rule, contract.replace("長期継続契約", "単年度"), rules=kinds)


def test_what_happens_when_the_budget_is_cut() -> None:
    rule, warning = "contract-longterm-cancel", Severity.WARNING
    breaks(rule, LONGTERM, "budget_basis", "長期継続契約", severity=warning)
    breaks(rule, DEBT + "budget_cancel: 協議\n", "budget_cancel", "協議", severity=warning)
    for written in ("協議", "損害賠償なし", "未定"):
        keeps(rule, LONGTERM + f"budget_cancel: {written}\n")
    keeps(rule, DEBT)


@pytest.mark.parametrize(
    ("row", "field", "at"),
    [
        ("{title: 別の事項, limit: 1円}", "contracts.ops.title", "運用業務委託"),
        ("{title: 運用業務委託, limit: 3円}", "contracts.ops.budget_limit", "2円"),
        (
            "{title: 運用業務委託, limit: 2円, end_year: 令和9年度}",
            "budget.debt.0.end_year",
            "令和9年度",
        ),
    ],
)
def test_a_debt_burden_that_is_not_that_of_the_budget(row: str, field: str, at: str) -> None:
    contract = THREE_YEARS + DEBT + "title: 運用業務委託\nbudget_limit: 2円\n"
    scene = a_profile(contract, rest=f"budget:\n  debt:\n    - {row}\n")
    (found,) = of_rule(scene, "contract-debt-budget")
    assert (found.field, found.severity) == (field, Severity.WARNING)
    assert scene.is_at(found, at)


def test_a_debt_burden_that_is_that_of_the_budget() -> None:
    contract = THREE_YEARS + DEBT + "title: 運用業務委託\nbudget_limit: 2円\n"
    right = "{title: 運用業務委託, limit: 2円, end_year: 令和10年度}"
    assert (
        of_rule(a_profile(contract, rest=f"budget:\n  debt:\n    - {right}\n"), "contract-debt-budget") == []
    )
    keeps("contract-debt-budget", contract)


def test_the_cap_on_the_sum_of_the_ordinance() -> None:
    rule, capped = "contract-longterm-price", "longterm_ordinance: {name: 条例, price_cap: 1000万円}"
    breaks(rule, PERIOD + LONGTERM + money(10000001), "amount.total", "10000001", rules=capped)
    keeps(rule, PERIOD + LONGTERM + money(10000000), rules=capped)
    keeps(rule, PERIOD + LONGTERM + money(10000001), rules=capped.replace("1000万円", "未定"))
    keeps(rule, PERIOD + DEBT + money(10000001), rules=capped)
    three = THREE_YEARS + LONGTERM + money(30000000)
    found = breaks(rule, three, "amount.total", "30000000", rules=capped, severity=Severity.WARNING)
    assert "10,000,000円で、上限の内" in found.hint
