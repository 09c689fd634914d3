from gen.report import Severity
from rules.scenario import PERIOD, breaks, keeps


def free(start: str, end: str) -> str:
    return f"free_period: {{start: {start}, end: {end}}}\n"


def paid(start: str, end: str) -> str:
    return f"paid_period:\n  start: {start}\n  end: {end}\n"


def test_a_period_that_ends_before_it_starts() -> None:
    found = breaks(
        "contract-period-order",
        "period:\n  start: 令和9年4月1日\n  end: 令和9年3月31日\n",
        "period.end",
        "end: 令和9年3月31日",
    )
    assert "令和9年3月31日" in found.message and "令和9年4月1日" in found.message
    keeps("contract-period-order", "period: {start: 令和9年3月31日, end: 令和9年3月31日}\n")
    keeps("contract-period-order", "period: {start: 契約締結日, end: 令和9年3月31日}\n")
    breaks(
        "contract-period-order",
        "signed_on: 令和9年4月1日\nperiod: {start: 契約締結日, end: 令和9年3月31日}\n",
        "period.end",
        "令和9年3月31日",
    )


def test_an_end_needs_a_date() -> None:
    breaks(
        "contract-period-order",
        "period: {start: 令和8年4月1日, end: 契約締結日}\n",
        "period.end",
        "契約締結日",
    )
    keeps("contract-period-order", "period: {start: 令和8年4月1日, end: 未定}\n")


def test_free_and_paid_period_make_the_whole() -> None:
    rule = "contract-period-parts"
    first = free("令和8年4月1日", "令和8年6月30日")
    keeps(rule, PERIOD + first + paid("令和8年7月1日", "令和9年3月31日"))
    keeps(rule, PERIOD + first)
    keeps(rule, PERIOD + first + paid("未定", "令和9年3月31日"))
    for start, words in (("令和8年6月1日", "重なって"), ("令和8年7月2日", "どちらにも入らない")):
        text = PERIOD + first + paid(start, "令和9年3月31日")
        assert words in breaks(rule, text, "paid_period", "paid_period").message
    breaks(rule, PERIOD + first + paid("令和8年7月1日", "令和9年3月30日"), "paid_period", "paid_period")


def test_parts_stay_inside_the_period() -> None:
    rule = "contract-period-parts"
    found = breaks(rule, PERIOD + paid("令和8年7月1日", "令和9年4月30日"), "paid_period", "paid_period")
    assert "令和9年4月30日" in found.message
    breaks(rule, PERIOD + free("令和8年3月1日", "令和8年6月30日"), "free_period", "free_period")


def test_signing_after_the_start() -> None:
    found = breaks(
        "contract-signed-late",
        PERIOD + "signed_on: 令和8年4月2日\n",
        "signed_on",
        "令和8年4月2日",
        severity=Severity.WARNING,
    )
    assert "令和8年4月2日" in found.message
    keeps("contract-signed-late", PERIOD + "signed_on: 令和8年4月1日\n")
    keeps(
        "contract-signed-late",
        "period: {start: 契約締結日の翌日, end: 令和9年3月31日}\nsigned_on: 令和8年4月2日\n",
    )
