from datetime import date

import pytest

from gen.report import Severity
from rules.scenario import breaks, keeps

RULE = "contract-zuikei-limit"
FIRST_ITEM = "method: 随意契約\nmethod_article: 地方自治法施行令第167条の2第1項第1号\n"


def money(total: int, kind: str = "税込") -> str:
    return f"amount: {{tax_kind: {kind}, total: {total}}}\n"


def over(contract: str, words: str, **options: object) -> None:
    found = breaks(RULE, contract, "method_article", "method_article", severity=Severity.WARNING, **options)  # type: ignore[arg-type]
    assert words in found.message


def test_the_limit_of_small_contracts_by_date_and_kind() -> None:
    keeps(RULE, FIRST_ITEM + money(1000000))
    over(FIRST_ITEM + money(1000001), "「1,000,000円」（地方自治法施行令")
    over(FIRST_ITEM + money(500001), "「500,000円」", on=date(2025, 3, 31))
    over("signed_on: 令和7年3月31日\n" + FIRST_ITEM + money(500001), "「500,000円」")
    keeps(RULE, FIRST_ITEM + money(2000000), kind="指定都市")
    over(FIRST_ITEM + money(2000001), "「2,000,000円」", kind="指定都市")


def test_the_citys_own_rule_decides() -> None:
    over(FIRST_ITEM + money(500001), "「500,000円」（団体の規則", rules="zuikei: {other: 50万円}")
    keeps(RULE, FIRST_ITEM + money(500001), rules="zuikei: {other: 未定}")
    over(FIRST_ITEM + money(500001), "団体の規則", kind="一部事務組合", rules="zuikei: {other: 50万円}")
    keeps(RULE, FIRST_ITEM + money(500001), kind="一部事務組合")


def test_the_limit_is_held_against_the_sum_with_tax() -> None:
    keeps(RULE, FIRST_ITEM + money(909090, "税抜"))
    over(FIRST_ITEM + money(1000000, "税抜"), "「1,100,000円」")


def test_leases_and_purchases_have_limits_of_their_own() -> None:
    over("title: 端末の賃貸借\n" + FIRST_ITEM + money(800001), "「800,000円」")
    keeps(RULE, "title: 端末の購入\n" + FIRST_ITEM + money(1500000))
    over("title: 端末の購入\n" + FIRST_ITEM + money(1500001), "「1,500,000円」")


@pytest.mark.parametrize("article", ["第１項第１号", "第一項第一号", "167条の2第1項1号"])
def test_ways_to_write_the_first_item(article: str) -> None:
    over(f"method: 随意契約\nmethod_article: {article}\n" + money(9000000), "9,000,000円")


@pytest.mark.parametrize("article", ["第167条の2第1項第2号", "第11号", "第十一号", "未定"])
def test_other_items_have_no_limit(article: str) -> None:
    keeps(RULE, f"method: 随意契約\nmethod_article: {article}\n" + money(9000000))


def test_a_tender_has_no_limit() -> None:
    keeps(RULE, FIRST_ITEM.replace("随意契約", "一般競争入札") + money(9000000))


def test_a_rule_of_the_city_above_the_law() -> None:
    breaks(
        "rules-zuikei-limit",
        FIRST_ITEM,
        "rules.zuikei.other",
        "200万円",
        severity=Severity.WARNING,
        rules="zuikei: {other: 200万円}",
    )
    keeps("rules-zuikei-limit", FIRST_ITEM, rules="zuikei: {other: 100万円}")


def test_the_wto_threshold_of_prefectures_and_designated_cities() -> None:
    rule = "contract-wto-threshold"
    info = Severity.INFO
    contract = money(36000000)
    for kind in ("都道府県", "指定都市"):
        found = breaks(rule, contract, "amount.total", "36000000", severity=info, kind=kind)
        assert found.message.startswith("要確認")
        found = breaks(
            rule, contract, "amount.total", "36000000", severity=info, kind=kind, on=date(2026, 3, 31)
        )
        assert "「36,000,000円」以上" in found.message
        keeps(rule, money(35999999), kind=kind, on=date(2026, 3, 31))
        keeps(rule, "amount: {tax_kind: 税込, total: 未定}\n", kind=kind)
    for kind in ("市", "中核市", "町", "広域連合"):
        keeps(rule, contract, kind=kind)


def test_a_contract_without_end_counts_48_months() -> None:
    rule, day, kind = "contract-wto-threshold", date(2026, 3, 31), "指定都市"
    endless = "open_ended: はい\namount: {{tax_kind: {kind}, total: 1, monthly: {monthly}}}\n"
    info = Severity.INFO
    found = breaks(
        rule,
        endless.format(kind="税込", monthly=750000),
        "amount.monthly",
        "750000",
        severity=info,
        kind=kind,
        on=day,
    )
    assert "48か月分" in found.message and "「36,000,000円」）は" in found.message
    keeps(rule, endless.format(kind="税込", monthly=749999), kind=kind, on=day)
    breaks(
        rule,
        endless.format(kind="税抜", monthly=700000),
        "amount.monthly",
        "700000",
        severity=info,
        kind=kind,
        on=day,
    )
    keeps(rule, endless.format(kind="税込", monthly=750000).replace("はい", "いいえ"), kind=kind, on=day)


def test_the_expected_price_goes_before_the_sum() -> None:
    rule, day, kind = "contract-wto-threshold", date(2026, 3, 31), "指定都市"
    contract = money(35000000) + "estimate: 36000000\n"
    breaks(rule, contract, "estimate", "36000000", severity=Severity.INFO, kind=kind, on=day)
    keeps(rule, money(36000000) + "estimate: 35999999\n", kind=kind, on=day)
