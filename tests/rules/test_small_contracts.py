"""少額随意契約 beyond one contract's own limit."""

import pytest

from gen.report import Severity
from rules.scenario import ON, PERIOD, THREE_YEARS, a_profile, breaks, keeps, of_rule

FIRST = "method: 随意契約\nmethod_article: 第1項第1号\n"
OTHER_RULE = "zuikei: {other: 100万円}"


def small(total: int, title: str = "調査業務委託", period: str = PERIOD) -> str:
    return f"title: {title}\namount: {{tax_kind: 税込, total: {total}}}\n{period}{FIRST}"


def test_the_citys_own_limit_is_not_written() -> None:
    rule = "rules-zuikei-missing"
    found = breaks(rule, small(500_000), "method_article", "第1項第1号", severity=Severity.INFO)
    assert "rules.zuikei.other" in found.message and "1,000,000円" in found.message
    keeps(rule, small(500_000), rules=OTHER_RULE)
    keeps(rule, small(500_000).replace("第1号", "第2号"))
    breaks(
        rule,
        small(500_000, "端末の賃貸借"),
        "method_article",
        "第1項第1号",
        severity=Severity.INFO,
        rules=OTHER_RULE,
    )


def test_a_lease_of_several_years() -> None:
    rule, contract = "contract-zuikei-lease", small(500_000, "端末の賃貸借", THREE_YEARS)
    breaks(rule, contract, "period", "period", severity=Severity.INFO)
    keeps(rule, small(500_000, "端末の賃貸借"))
    keeps(rule, small(500_000, "調査業務委託", THREE_YEARS))


@pytest.mark.parametrize(
    ("first", "second", "vendor", "found"),
    [
        (600_000, 600_000, "midori", True),
        (500_000, 500_000, "midori", False),
        (600_000, 600_000, "未定", False),
        (1_200_000, 100_000, "midori", False),
    ],
)
def test_one_contract_in_two_parts(first: int, second: int, vendor: str, found: bool) -> None:
    other = small(second).replace("\n", "\n    ").rstrip()
    rest = f"  more:\n    template: operation-support\n    vendor: {vendor}\n    {other}\n"
    scene = a_profile(small(first), rest=rest)
    problems = of_rule(scene, "contract-zuikei-split", ON)
    assert bool(problems) == found
    for problem in problems:
        assert problem.field == "contracts.more.method_article"
        assert scene.is_at(problem, "第1項第1号")
        assert "1,200,000円" in problem.message and problem.severity is Severity.WARNING
