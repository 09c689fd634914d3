import pytest

from rules.scenario import breaks, keeps


@pytest.mark.parametrize(
    ("rule", "field", "typed", "most", "article"),
    [
        ("contract-inspect-days", "inspect_days", "inspect_days: {}日\n", 10, "第5条"),
        ("contract-payment-days", "payment.days", "payment: {{days: {}日}}\n", 30, "第6条"),
    ],
)
def test_days_that_the_law_allows(rule: str, field: str, typed: str, most: int, article: str) -> None:
    keeps(rule, typed.format(most))
    found = breaks(rule, typed.format(most + 1), field, f"{most + 1}日")
    assert f"「{most + 1}日」" in found.message and f"「{most}日」" in found.message
    assert article in found.basis and "支払遅延防止" in found.basis
    keeps(rule, typed.format(most).replace(f"{most}日", "未定"))
