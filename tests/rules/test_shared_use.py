"""What bodies that share systems agree on."""

from gen.report import Severity
from rules.backup_scenario import a_city, broken, kept
from rules.scenario import Scene


def shared(partners: str = "", *, mode: str = "共同利用方式", bodies: str = "[からまつ村]") -> Scene:
    return a_city(
        f"city: {{name: 青葉台市, kind: 市}}\ncloud: {{use_mode: {mode}, partners: {bodies}}}\n"
        "systems:\n  juki: {name: 住記, business: 住民基本台帳, state: 移行済み}\n"
        f"backup:\n  systems:\n    juki: {{rpo: 1営業日, rto: 12時間}}\n{partners}"
    )


def row(levels: str, body: str = "からまつ村") -> str:
    return f"  partners:\n    - {{body: {body}, system: juki, {levels}}}\n"


def test_another_body_has_another_level() -> None:
    rule = "backup-shared"
    found = broken(rule, shared(row("rto: 24時間")), "backup.partners.0.rto", "24時間")
    assert "からまつ村" in found.message and "profile.yaml:7:" in found.message, "both places are shown"
    broken(rule, shared(row("rpo: 2営業日")), "backup.partners.0.rpo", "2営業日")
    kept(rule, shared(row("rto: 12時間, rpo: 1営業日")))
    kept(rule, shared(row("rto: 未定")))
    kept(rule, shared())


def test_the_levels_of_the_other_bodies_are_written() -> None:
    rule, info = "backup-partners", Severity.INFO
    broken(rule, shared(), "backup.systems.juki", "juki", info)
    kept(rule, shared(row("rto: 12時間")))
    kept(rule, shared(mode="単独利用方式"))
    kept(rule, shared(row("rto: 12時間", body="未定")))
    stranger = shared(row("rto: 12時間", body="からまつ町"), mode="単独利用方式")
    broken(rule, stranger, "backup.partners.0.body", "からまつ町", info)
