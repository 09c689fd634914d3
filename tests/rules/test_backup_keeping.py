"""Generations, retention and locks."""

from datetime import date

import pytest

from gen.report import Severity
from rules.backup_scenario import a_city, a_plan, broken, kept
from rules.scenario import Scene

WARNING = Severity.WARNING
PLAN = "backup.systems.juki"
SECRET = "confidentiality: 自治体機密性3A"


def test_a_lock_ends_with_the_retention() -> None:
    rule, row = "backup-lock-retention", "copies:\n  - {place: 大阪, locked: はい, lock_days: 90日}\n"
    broken(rule, a_plan("retention: 2か月\n" + row), f"{PLAN}.copies.0.lock_days", "90日")
    kept(rule, a_plan("retention: 3か月\n" + row))
    kept(rule, a_plan("retention: 未定\n" + row))


@pytest.mark.parametrize(
    ("generations", "retention", "severity"),
    [
        ("{daily: 35, weekly: 5, monthly: 12}", "1年", None),
        ("{daily: 14, monthly: 6}", "6か月", None),
        ("{daily: 35, monthly: 12}", "3か月", Severity.ERROR),
        ("{daily: 14}", "3か月", WARNING),
        ("{daily: 14}", "14日", None),
        ("{daily: 14, yearly: 未定}", "3か月", None),
        ("{}", "3か月", None),
    ],
)
def test_generations_reach_back_as_far_as_the_retention(
    generations: str, retention: str, severity: Severity | None
) -> None:
    scene = a_plan(f"generations: {generations}\nretention: {retention}")
    if severity is None:
        kept("backup-generations", scene)
    else:
        broken("backup-generations", scene, f"{PLAN}.retention", retention, severity)


def test_residents_data_can_be_had_as_they_were_90_days_ago() -> None:
    rule, row = "backup-look-back", "copies:\n  - {place: 大阪, locked: はい, lock_days: DAYS}\n"
    broken(rule, a_plan(row.replace("DAYS", "89日"), system=SECRET), f"{PLAN}.copies", "copies", WARNING)
    kept(rule, a_plan(row.replace("DAYS", "90日"), system=SECRET))
    kept(rule, a_plan(row.replace("DAYS", "未定"), system=SECRET))
    kept(rule, a_plan(row.replace("DAYS", "30日"), system="confidentiality: 自治体機密性3C"))


def test_what_the_law_keeps_longer_has_its_place() -> None:
    rule, plan = "backup-legal", "retention: 1年\nlegal_years: 150年\n"
    broken(rule, a_plan(plan), f"{PLAN}.legal_years", "150年")
    kept(rule, a_plan(plan + "archive: 本番のデータベース\n"))
    kept(rule, a_plan("retention: 5年\nlegal_years: 5年\n"))
    kept(rule, a_plan("retention: 未定\nlegal_years: 150年\n"))


def test_personal_data_do_not_outlast_the_law() -> None:
    rule = "backup-over-retention"
    broken(rule, a_plan("retention: 7年\nlegal_years: 5年\n"), f"{PLAN}.retention", "7年", WARNING)
    kept(rule, a_plan("retention: 5年\nlegal_years: 5年\n"))


def test_a_lock_that_outlasts_the_contract() -> None:
    def ending(next_year: str = "") -> Scene:
        return a_city(
            "city: {name: 青葉台市, kind: 市}\n"
            "systems:\n  juki: {name: 住記, business: 住民基本台帳, state: 移行済み}\n"
            "contracts:\n  ops:\n    template: operation-support\n    systems: [juki]\n"
            f"    period: {{start: 令和8年4月1日, end: 令和9年3月31日}}\n{next_year}"
            "backup:\n  systems:\n    juki:\n      copies:\n"
            "        - {place: 大阪, locked: はい, lock_days: 90日}\n"
        )

    rule = "backup-lock-contract"
    found = broken(rule, ending(), f"{PLAN}.copies", "copies", WARNING, on=date(2027, 1, 1))
    assert "令和9年4月1日" in found.message
    kept(rule, ending(), on=date(2026, 12, 31))
    kept(rule, ending("    next_year: 継続\n"), on=date(2027, 1, 1))
