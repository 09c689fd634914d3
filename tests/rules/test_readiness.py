"""What is in place before a move."""

from gen.report import Severity
from rules.backup_scenario import a_city, broken, kept
from rules.scenario import Scene

WARNING = Severity.WARNING


def moving(*rows: str, juki: str = "", more: str = "", rest: str = "") -> Scene:
    text = "city: {name: 青葉台市, kind: 市}\nvendors:\n  midori: {name: みどり}\n  hibari: {name: ひばり}\n"
    text += "systems:\n  juki: {name: 住記, business: 住民基本台帳, state: 移行中, cut_over: 令和9年1月4日"
    text += f"{juki}}}\n{more}"
    listed = "".join(f"    - {{{one}}}\n" for one in rows)
    return a_city(text + (f"migration:\n  preparations:\n{listed}" if rows else "") + rest)


def test_what_a_move_needs_is_there_in_time() -> None:
    rule, field = "system-ready", "migration.preparations.0.on"
    law = "name: 様式の規則, kind: 例規の施行, on: {}"
    broken(rule, moving(law.format("令和9年1月5日")), field, "令和9年1月5日", WARNING)
    kept(rule, moving(law.format("令和9年1月4日")))
    line = "name: 専用線, kind: 回線の開通, on: {}"
    found = broken(rule, moving(line.format("令和9年1月4日")), field, "令和9年1月4日", WARNING)
    assert "profile.yaml:6:" in found.message, "the day of the move is shown too"
    kept(rule, moving(line.format("令和9年1月3日")))
    kept(rule, moving(line.format("未定")))
    other = ", vendor: midori}\n  zei: {name: 税, business: 個人住民税, state: 移行済み"
    kept(rule, moving(line.format("令和9年1月4日") + ", systems: [zei]", juki=other))


def contract(start: str, key: str = "ops") -> str:
    return (
        f"  {key}:\n    template: operation-support\n    vendor: midori\n    systems: [juki]\n"
        f"    period: {{start: {start}, end: 令和9年3月31日}}\n"
    )


def test_a_contract_runs_when_a_system_begins() -> None:
    rule, field = "system-ready", "contracts.ops.period.start"
    late, early = contract("令和9年2月1日"), contract("令和8年4月1日", "first")
    broken(rule, moving(rest=f"contracts:\n{late}"), field, "令和9年2月1日", WARNING)
    kept(rule, moving(rest=f"contracts:\n{late}{early}"))
    kept(rule, moving(rest=f"contracts:\n{contract('未定')}"))
    kept(rule, moving())


def test_the_days_of_by_laws_and_lines_are_written() -> None:
    rule, info = "system-preparations", Severity.INFO
    law, line = "name: 規則, kind: 例規の施行, on: 未定", "name: 専用線, kind: 回線の開通, on: 未定"
    broken(rule, moving(line, juki=", csp: AWS"), "migration", "migration", info)
    broken(rule, moving(law, juki=", csp: AWS"), "migration", "migration", info)
    kept(rule, moving(law, line, juki=", csp: AWS"))
    kept(rule, moving(law, juki=", csp: 未定"))
    kept(rule, moving("name: 規則, kind: 未定, on: 未定", juki=", csp: AWS"))


def test_several_vendors_test_together_and_one_meeting_decides() -> None:
    rule = "migration-vendors"
    two = "  zei: {name: 税, business: 個人住民税, state: 移行中, cut_over: 令和9年1月4日, vendor: hibari}\n"
    test = "name: 住記と税, kind: 連携のテスト, on: 未定"
    meeting = "  decisions:\n    - {name: 判定会議, on: 未定}\n"
    mine = ", vendor: midori"
    broken(rule, moving(test, juki=mine, more=two), "migration", "migration", WARNING)
    kept(rule, moving(test, juki=mine, more=two, rest=meeting))
    no_test = moving("name: 規則, kind: 例規の施行, on: 未定", juki=mine, more=two, rest=meeting)
    found = broken(rule, no_test, "migration", "migration", WARNING)
    assert "みどり" in found.message and "ひばり" in found.message
    kept(rule, moving(juki=mine))
    kept(rule, moving(juki=mine, more=two.replace("hibari", "midori")))


def test_what_is_done_is_a_step_that_there_is_by_a_day_that_has_come() -> None:
    rule = "migration-done"

    def done(row: str) -> Scene:
        return moving(rest=f"migration:\n  done:\n    - {{{row}}}\n")

    broken(rule, done("step: 月への移行, on: 令和7年4月1日"), "migration.done.0.step", "月への移行", WARNING)
    found = broken(
        rule, done("step: 推進体制の立上げ, on: 令和7年4月1日"), "migration.done.0.step", "", WARNING
    )
    assert "「推進体制の立ち上げ」" in found.hint
    future = done("step: 推進体制の立ち上げ, on: 令和99年4月1日")
    broken(rule, future, "migration.done.0.on", "令和99年4月1日", WARNING)
    kept(rule, done("step: 推進体制の立ち上げ, on: 令和7年4月1日"))
