"""Order, tests, windows, people, scope, the old system and the money."""

from datetime import date

from gen.report import Severity
from rules.backup_scenario import a_city, a_plan, broken, kept
from rules.scenario import Scene

WARNING = Severity.WARNING
PLAN = "backup.systems.juki"
TAX = "backup.systems.zei"


def test_what_a_system_waits_for_is_back_in_time() -> None:
    rule = "backup-dependency"
    late = a_plan("rto: 12時間", other="rto: 6時間")
    found = broken(rule, late, f"{TAX}.rto", "6時間")
    assert "profile.yaml:" in found.message
    both = a_plan("rto: 12時間\nrestore_hours: 7", other="rto: 12時間\nrestore_hours: 6")
    broken(rule, both, f"{TAX}.rto", "12時間")
    kept(rule, a_plan("rto: 6時間\nrestore_hours: 6", other="rto: 12時間\nrestore_hours: 6"))
    kept(rule, a_plan("rto: 未定", other="rto: 6時間"))


def test_linked_systems_go_back_to_one_point() -> None:
    rule = "backup-common-point"
    broken(rule, a_plan("rpo: 1時間", other="rpo: 1営業日"), f"{TAX}.rpo", "1営業日", WARNING)
    kept(rule, a_plan("rpo: 1営業日", other="rpo: 1営業日"))
    kept(rule, a_plan("rpo: 1時間", other="rpo: 1営業日\nmanual: 異動分を突き合わせる"))


def test_data_for_finding_people() -> None:
    rule = "backup-export"
    broken(rule, a_plan("safety: はい"), f"{PLAN}.safety", "はい")
    slow = "safety: はい\nexport: {method: 一覧, tested_on: 令和8年2月5日, hours: 73}"
    broken(rule, a_plan(slow), f"{PLAN}.export.hours", "73")
    broken(rule, a_plan("safety: はい\nexport: {method: 一覧}"), f"{PLAN}.export", "export", WARNING)
    kept(rule, a_plan(slow.replace("73", "72")))
    kept(rule, a_plan("safety: いいえ"))
    kept(rule, a_plan("safety: 未定"))


def test_a_restore_is_tried_every_year() -> None:
    rule, on = "backup-restore-test", date(2027, 2, 2)
    tested = "restore_tests:\n  - {on: 令和8年2月1日}\n"
    found = broken(rule, a_plan(tested), f"{PLAN}.restore_tests", "restore_tests", WARNING, on=on)
    assert "令和8年2月1日" in found.message
    kept(rule, a_plan(tested), on=date(2027, 2, 1))
    broken(rule, a_plan("rto: 1日", system="cut_over: 令和8年2月1日"), PLAN, "juki", WARNING, on=on)
    kept(rule, a_plan("rto: 1日", system="cut_over: 令和8年2月2日"), on=on)


def test_the_first_systems_are_tried_from_the_remote_copy() -> None:
    rule = "backup-restore-test"
    plan = (
        "copies:\n  - {place: 大阪リージョン, kind: 遠隔地の写し}\n  - {place: 東京の別区画, kind: 別領域の写し}\n"
        "restore_tests:\n  - {on: 令和8年2月1日, copy: COPY}\n"
    )
    broken(
        rule, a_plan(plan.replace("COPY", "東京の別区画")), f"{PLAN}.restore_tests", "restore_tests", WARNING
    )
    kept(rule, a_plan(plan.replace("COPY", "大阪リージョンの写し")))


def test_copies_are_taken_while_nobody_works() -> None:
    rule, office = "backup-window", "service_hours: 毎日 6時から24時まで"
    broken(rule, a_plan("window: 5時から7時まで", system=office), f"{PLAN}.window", "5時から7時まで", WARNING)
    kept(rule, a_plan("window: 0時から6時まで", system=office))
    kept(rule, a_plan("window: 5時から7時まで\nmethod: オンラインで取る", system=office))
    kept(rule, a_plan("window: 夜間", system=office))


def test_the_deputy_is_somebody_else() -> None:
    def roles(deputy: str) -> Scene:
        people = "people:\n  sato: {name: 佐藤　花}\n  kato: {name: 加藤　一}\n"
        return a_city(
            f"city: {{name: 青葉台市, kind: 市}}\n{people}roles:\n  cio: {{person: sato, deputy: {deputy}}}\n"
        )

    broken("backup-people", roles("sato"), "roles.cio.deputy", "sato")
    kept("backup-people", roles("kato"))
    kept("backup-people", roles("未定"))


def test_not_only_data() -> None:
    rule = "backup-scope"
    broken(rule, a_plan("rto: 1日"), "backup", "backup", WARNING)
    paper = "paper_copy: 書庫\n"
    kept(rule, a_plan("rto: 1日", rest=paper))
    found = broken(
        rule, a_plan("rto: 1日", rest=paper + "scope: [データ, 設定]"), "backup.scope", "scope", WARNING
    )
    assert "構成情報、文書、この計画" in found.message
    kept(rule, a_plan("rto: 1日", rest=paper + "scope: [データ, 設定, 構成情報, 文書, この計画]"))


def test_the_old_system_stays_as_long_as_the_city_said() -> None:
    def moving(months: str, until: str) -> Scene:
        return a_city(
            "city: {name: 青葉台市, kind: 市}\nsystems:\n"
            "  juki: {name: 住記, business: 住民基本台帳, state: 移行中, cut_over: 令和9年1月4日, "
            f"former_until: {until}}}\nmigration:\n  parallel_months: 1か月\n{months}"
        )

    rule = "backup-old-system"
    six = "  old_system_months: 6か月\n"
    found = broken(rule, moving(six, "令和9年7月3日"), "systems.juki.former_until", "令和9年7月3日", WARNING)
    assert "令和9年7月4日" in found.message
    kept(rule, moving(six, "令和9年7月4日"))
    kept(rule, moving("  old_system_months: 未定\n", "令和9年1月4日"))
    broken(rule, moving("", "令和9年7月4日"), "migration", "migration", WARNING)


def test_backup_is_in_the_budget_at_prices_of_late() -> None:
    def costs(yearly: str, priced: str) -> Scene:
        return a_city(
            "city: {name: 青葉台市, kind: 市}\n"
            f"backup:\n  cost: {{yearly: {yearly}, priced_on: {priced}}}\n"
            "budget:\n  lines:\n    - {year: 令和8年度, label: クラウド利用料, amount: 1000千円}\n"
            "    - {year: 令和7年度, label: クラウド利用料, amount: 9000千円}\n"
        )

    rule, info, day = "backup-cost", Severity.INFO, "令和8年3月1日"
    broken(rule, costs("1001千円", day), "backup.cost.yearly", "1001千円", info)
    broken(rule, costs("1000千円", "令和7年12月31日"), "backup.cost.priced_on", "令和7年12月31日", info)
    kept(rule, costs("1000千円", "令和8年1月1日"))
    kept(rule, costs("未定", day))


def test_somebody_outside_of_the_area_can_be_reached() -> None:
    rule, path = "backup-outside-contact", "backup.outside_contact"
    broken(rule, a_plan("rto: 12時間"), "backup", "backup", WARNING)
    never = a_plan("rto: 12時間", rest="outside_contact: {name: 湊北市}")
    broken(rule, never, path, "outside_contact", WARNING)
    old = a_plan("rto: 12時間", rest="outside_contact: {name: 湊北市, checked_on: 令和7年12月31日}")
    broken(rule, old, f"{path}.checked_on", "令和7年12月31日", WARNING)
    kept(rule, a_plan("rto: 12時間", rest="outside_contact: {name: 湊北市, checked_on: 令和8年1月1日}"))
    kept(rule, a_plan("rto: 12時間", rest="outside_contact: {name: 未定, checked_on: 未定}"))
