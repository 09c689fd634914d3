"""Method, 予定価格, 議決 and 前金払 of a contract."""

from datetime import date

import pytest

from gen.report import Severity
from rules.scenario import PERIOD, breaks, keeps

WARNING = Severity.WARNING
SECOND = "method_article: 地方自治法施行令第167条の2第1項第2号\n"


def priced(total: int, title: str = "運用管理補助業務委託", **more: object) -> str:
    rest = "".join(f"{name}: {value}\n" for name, value in more.items())
    return f"title: {title}\namount: {{tax_kind: 税込, total: {total}}}\n{PERIOD}{rest}"


@pytest.mark.parametrize(
    ("contract", "at"),
    [
        ("method: 随意契約\n", "随意契約"),
        ("method: 随意契約\nmethod_article: 地方自治法施行令第167条の2\n", "地方自治法施行令第167条の2"),
        ("method: 公募型プロポーザル\n", "公募型プロポーザル"),
        ("method: 公募型プロポーザル\nmethod_article: 第167条の2第1項第1号\n", "第167条の2第1項第1号"),
        ("method: 一般競争入札\n" + SECOND, "地方自治法施行令"),
    ],
)
def test_a_method_whose_article_does_not_fit(contract: str, at: str) -> None:
    field = "method_article" if "article" in contract else "method"
    found = breaks("contract-method-article", contract, field, at, severity=WARNING)
    assert "第167条の2" in found.basis


@pytest.mark.parametrize(
    "contract",
    [
        "method: 随意契約\n" + SECOND,
        "method: 随意契約\nmethod_article: 令第１６７条の２第１項第八号\n",
        "method: 指名型プロポーザル\nmethod_article: 第167条の2第1項第二号\n",
        "method: 一般競争入札\n",
        "method: 総合評価一般競争入札\nmethod_article: 地方自治法施行令第167条の10の2\n",
        "method: 随意契約\nmethod_article: 未定\n",
        "method: 未定\n",
    ],
)
def test_a_method_with_its_article(contract: str) -> None:
    keeps("contract-method-article", contract)


def test_a_sum_over_the_estimate() -> None:
    found = breaks(
        "contract-estimate",
        priced(1_100_001, estimate="1,100,000円"),
        "amount.total",
        "1100001",
    )
    assert "1円超えています" in found.message
    keeps("contract-estimate", priced(1_100_000, estimate="1,100,000円"))
    keeps("contract-estimate", priced(1_100_001))
    keeps("contract-estimate", priced(1_100_001, estimate="未定"))


def test_works_and_purchases_that_need_the_assembly() -> None:
    works, buy = "contract-assembly-works", "contract-assembly-purchase"
    breaks(works, priced(150_000_000, "庁内配線工事"), "title", "庁内配線工事", severity=WARNING)
    keeps(works, priced(149_999_999, "庁内配線工事"))
    breaks(buy, priced(20_000_000, "端末の購入"), "title", "端末の購入", severity=WARNING)
    breaks(buy, priced(7_000_000, "端末の購入"), "title", "端末の購入", severity=WARNING, kind="町")
    keeps(buy, priced(19_999_999, "端末の購入"))
    keeps(buy, priced(900_000_000, "端末の賃貸借"))
    keeps(works, priced(900_000_000, "運用保守業務委託"))


def test_a_sum_that_nobody_confirmed_is_said_so() -> None:
    found = breaks(
        "contract-assembly-purchase",
        priced(40_000_000, "端末の購入"),
        "title",
        "端末の購入",
        severity=WARNING,
        kind="指定都市",
    )
    assert found.message.startswith("要確認")


def test_the_estimate_decides_before_the_sum() -> None:
    keeps("contract-assembly-purchase", priced(20_000_000, "端末の購入", estimate="19,000,000円"))
    breaks(
        "contract-zuikei-limit",
        priced(900_000, method="随意契約", method_article="第1項第1号", estimate="1,000,001円"),
        "estimate",
        "1,000,001円",
        severity=WARNING,
    )


def test_a_payment_before_the_work() -> None:
    table = "payment:\n  schedule:\n    - {label: 第1回, due: 令和8年4月1日, amount: 1}\n"
    breaks(
        "contract-advance-payment",
        PERIOD + table,
        "payment.schedule.0.due",
        "令和8年4月1日",
        severity=WARNING,
    )
    keeps("contract-advance-payment", PERIOD + table.replace("4月1日", "4月2日"))


def test_the_same_contract_weighed_in_two_years() -> None:
    """700,000円 was too much for a small contract of a city in 2024, and is not in 2026."""
    contract = priced(700_000, method="随意契約", method_article="第1項第1号")
    rule = "contract-zuikei-limit"
    found = breaks(rule, contract, "method_article", "第1項第1号", severity=WARNING, on=date(2024, 4, 1))
    assert "500,000円" in found.message
    keeps(rule, contract, on=date(2026, 4, 1))
