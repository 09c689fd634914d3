"""Intervals, restore times, levels and what contracts promise."""

from datetime import date
from decimal import Decimal

import pytest

from gen.backup.service_hours import hours_a_year, overlap, spans_of
from gen.profile import Duration
from gen.report import Severity
from gen.rules.lengths import Calendar, hours_at_least, hours_at_most
from rules.backup_scenario import a_city, a_plan, broken, kept
from rules.scenario import Scene

WARNING = Severity.WARNING
PLAN = "backup.systems.juki"


@pytest.mark.parametrize(
    ("rpo", "interval", "job", "right"),
    [
        ("1営業日", "1日", "1.5", True),
        ("1営業日", "1営業日", "1.5", True),
        ("1営業日", "2日", "0", False),
        ("1営業日", "2営業日", "0", False),
        ("5営業日", "1週", "0", True),
        ("4営業日", "1週", "0", False),
        ("24時間", "1日", "0", True),
        ("24時間", "1日", "0.5", False),
        ("24時間", "23時間", "1", True),
        ("1日", "1営業日", "0", False),
        ("30分", "1時間", "0", False),
        ("未定", "1か月", "0", True),
    ],
)
def test_a_copy_is_taken_often_enough(rpo: str, interval: str, job: str, right: bool) -> None:
    scene = a_plan(f"rpo: {rpo}\ninterval: {interval}\njob_hours: {job}")
    if right:
        kept("backup-interval", scene)
    else:
        found = broken("backup-interval", scene, f"{PLAN}.interval", interval)
        assert rpo in found.message


def test_a_business_day_before_a_long_holiday() -> None:
    """The longest of a year is the turn of the year: from 28 December to 4 January."""
    calendar = Calendar(date(2026, 4, 1), frozenset())
    one = Duration(Decimal(1), "営業日")
    assert hours_at_least(one, calendar) == 24
    assert hours_at_most(one, calendar) == 7 * 24
    scene = a_plan("rpo: 2日\ninterval: 1営業日")
    assert "最長168時間" in broken("backup-interval", scene, f"{PLAN}.interval", "1営業日").message


def test_the_citys_own_closed_days_count() -> None:
    """With 28 December closed, the business day before 4 January is Friday 25 December: ten days."""
    closed = ", closed_days: [令和8年12月28日]"
    plan = "rpo: 7日\ninterval: 1営業日"
    kept("backup-interval", a_plan(plan))
    scene = a_plan(plan, city=closed)
    assert "最長240時間" in broken("backup-interval", scene, f"{PLAN}.interval", "1営業日").message


def test_a_restore_that_does_not_fit() -> None:
    rule = "backup-restore-rto"
    tested = "restore_tests:\n  - {on: 令和8年2月1日, hours: 13}\n"
    found = broken(rule, a_plan("rto: 12時間\nrestore_hours: 12.5"), f"{PLAN}.rto", "12時間")
    assert "12.5時間" in found.message
    broken(rule, a_plan("rto: 12時間\nrestore_hours: 6\n" + tested), f"{PLAN}.rto", "12時間")
    kept(rule, a_plan("rto: 12時間\nrestore_hours: 12"))
    kept(rule, a_plan("rto: 1営業日\nrestore_hours: 24"))
    kept(rule, a_plan("rto: 未定\nrestore_hours: 24"))


def test_what_was_measured_beats_what_is_expected() -> None:
    tested = "restore_tests:\n  - {on: 令和8年2月1日, hours: 7.3}\n"
    scene = a_plan("restore_hours: 6\n" + tested)
    broken("backup-restore-measured", scene, f"{PLAN}.restore_hours", "6", WARNING)
    kept("backup-restore-measured", a_plan("restore_hours: 6\n" + tested.replace("7.3", "7.2")))


@pytest.mark.parametrize(
    ("rule", "field", "weak", "right", "item"),
    [
        ("backup-rto-standard", "rto", "13時間", "12時間", "目標復旧時間（RTO）"),
        ("backup-rpo-standard", "rpo", "2営業日", "1営業日", "目標復旧時点（RPO）"),
        ("backup-rpo-standard", "rpo", "2日", "1日", "目標復旧時点（RPO）"),
    ],
)
def test_a_level_weaker_than_the_standard_has_a_reason(
    rule: str, field: str, weak: str, right: str, item: str
) -> None:
    reason = f"targets:\n  - {{item: {item}, chosen: {weak}, reason: 費用のため}}"
    broken(rule, a_plan(f"{field}: {weak}"), f"{PLAN}.{field}", weak, WARNING)
    kept(rule, a_plan(f"{field}: {right}"))
    kept(rule, a_plan(f"{field}: {weak}", rest=reason))
    other = a_city(
        "city: {name: 青葉台市, kind: 市}\nsystems:\n  x: {name: 滞納, business: 滞納整理, state: 移行済み}\n"
        f"backup:\n  systems:\n    x: {{{field}: {weak}}}\n"
    )
    kept(rule, other)


def test_one_outage_stays_within_the_uptime() -> None:
    rule, up = "backup-uptime-rto", "targets:\n  - {item: 稼働率, chosen: 99.5%, reason: 分母は開庁日}"
    office = "service_hours: 平日 8時から20時まで"
    found = broken(rule, a_plan("rto: 15時間", system=office, rest=up), f"{PLAN}.rto", "15時間", WARNING)
    assert "14.52時間" in found.message and "2,904時間" in found.message
    kept(rule, a_plan("rto: 14時間", system=office, rest=up))
    kept(rule, a_plan("rto: 43時間", system="service_hours: 24時間365日", rest=up))
    kept(rule, a_plan("rto: 15時間", system="service_hours: 随時", rest=up))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("平日 8時から20時まで", 2904),
        ("毎日 6時30分から23時まで", Decimal("6022.5")),
        ("24時間365日", 8760),
        ("開庁日の８時３０分〜１７時１５分", Decimal("2117.5")),
        ("随時", None),
        ("8時から20時まで", None),
    ],
)
def test_hours_a_year(text: str, hours: Decimal | int | None) -> None:
    assert hours_a_year(text) == hours


def test_hours_across_midnight() -> None:
    assert spans_of("23時から翌2時まで") == ((1380, 1560),)
    assert overlap((1380, 1560), (60, 90)) and not overlap((1380, 1560), (120, 180))


def test_an_uptime_without_its_denominator() -> None:
    rule = "backup-uptime-base"
    row = "targets:\n  - {item: 稼働率, chosen: 99.5%, reason: REASON}"
    scene = a_plan(rest=row.replace("REASON", "標準のとおり"))
    found = broken(rule, scene, "backup.targets.0.chosen", "99.5%", WARNING)
    assert found.hint.startswith("目標の行の hours に")
    for hours in ("24時間365日", "未定"):
        kept(rule, a_plan(rest=row.replace("reason: REASON", f"hours: {hours}")))
    kept(rule, a_plan(rest="targets:\n  - {item: 稼働率, chosen: 未定}"))


def a_contract(sla: str, backup: str = "", targets: str = "") -> Scene:
    return a_city(
        "city: {name: 青葉台市, kind: 市}\n"
        "systems:\n  juki: {name: 住記, business: 住民基本台帳, state: 移行済み}\n"
        f"contracts:\n  ops:\n    template: operation-support\n    systems: [juki]\n    sla: {{{sla}}}\n"
        f"backup:\n{targets}  systems:\n    juki: {{{backup or 'rto: 未定'}}}\n"
    )


def test_the_denominator_of_a_contract() -> None:
    found = broken("backup-uptime-base", a_contract("uptime: 99.5%"), "contracts.ops.sla.uptime", "99.5%")
    assert found.hint.startswith("契約の sla.hours に"), (
        "the field of the contract, not that of the plan's row"
    )
    kept("backup-uptime-base", a_contract("uptime: 99.5%, hours: 24時間365日"))


@pytest.mark.parametrize(("field", "weak", "right"), [("rto", "24時間", "12時間"), ("rpo", "2日", "1日")])
def test_a_contract_promises_what_the_plan_needs(field: str, weak: str, right: str) -> None:
    scene = a_contract(f"{field}: {weak}", f"{field}: {right}")
    found = broken("backup-contract", scene, f"contracts.ops.sla.{field}", weak)
    assert f"profile.yaml:{len(scene.text.splitlines())}:" in found.message, "the place in the plan is named"
    kept("backup-contract", a_contract(f"{field}: {right}", f"{field}: {weak}"))
    kept("backup-contract", a_contract(f"{field}: {right}", f"{field}: {right}"))


def test_the_uptime_of_contract_and_plan() -> None:
    targets = "  targets:\n    - {item: 稼働率, chosen: 99.5%, reason: 分母は開庁日}\n"
    scene = a_contract("uptime: 99.9%, hours: 開庁日", targets=targets)
    found = broken("backup-contract-uptime", scene, "contracts.ops.sla.uptime", "99.9%")
    assert "99.5%" in found.message and "profile.yaml:11:" in found.message
    kept("backup-contract-uptime", a_contract("uptime: 99.50%, hours: 開庁日", targets=targets))


def test_a_system_weaker_than_what_the_city_chose() -> None:
    rule, rest = "backup-target-system", "targets:\n  - {item: 目標復旧時間（RTO）, chosen: 6時間以内}"
    found = broken(rule, a_plan("rto: 12時間", rest=rest), f"{PLAN}.rto", "12時間", WARNING)
    assert "6時間以内" in found.message and "profile.yaml:" in found.message
    kept(rule, a_plan("rto: 6時間", rest=rest))
    kept(rule, a_plan("rto: 12時間", rest=rest.replace("以内}", "以内, reason: 費用}")))


def test_after_a_disaster() -> None:
    rule = "backup-disaster"
    late = "targets:\n  - {item: 大規模災害時の再開, chosen: 3か月以内}"
    by_hand = "manual: 紙の台帳で受け付ける"
    broken(rule, a_plan(by_hand, rest=late), "backup.targets.0.chosen", "3か月以内", WARNING)
    kept(rule, a_plan(by_hand, rest=late.replace("3か月", "1か月")))
    kept(rule, a_plan(by_hand, rest=late.replace("以内}", "以内, reason: 費用}")))
    broken(rule, a_plan("rto: 12時間"), PLAN, "juki", WARNING)


def test_one_product_shared_has_one_level() -> None:
    def shared(second: str) -> Scene:
        return a_city(
            "city: {name: 青葉台市, kind: 市}\ncloud: {use_mode: 共同利用方式}\nvendors:\n  v: {name: 株式会社}\n"
            "systems:\n"
            "  a: {name: 甲, business: 住民基本台帳, state: 移行済み, product: P, vendor: v}\n"
            "  b: {name: 乙, business: 戸籍, state: 移行済み, product: P, vendor: v}\n"
            f"backup:\n  systems:\n    a: {{rto: 12時間}}\n    b: {{rto: {second}}}\n"
        )

    found = broken("backup-shared", shared("24時間"), "backup.systems.b.rto", "24時間")
    assert "profile.yaml:10:" in found.message
    kept("backup-shared", shared("12時間"))
    kept("backup-shared", shared("未定"))
