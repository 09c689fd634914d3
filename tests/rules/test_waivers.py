"""A rule lowered in the profile: what it does, what it may not do, and that everybody sees it."""

from datetime import date
from pathlib import Path

import pytest
from drafting.scenario import a_workspace, contract, facts_change, git, run

from gen.report import Finding, Severity
from gen.rules import check, texts
from rules.scenario import ON, THREE_YEARS, Scene, a_profile

ONE_YEAR = THREE_YEARS + "budget_basis: 単年度\n"
EARLY = (
    "period: {start: 令和8年4月1日, end: 令和9年3月31日}\nbudget_basis: 単年度\nsigned_on: 令和8年3月25日\n"
)
WARNED = "contract-signed-early"


def lowered(contract: str, *waivers: str) -> Scene:
    """A city with one contract that lowers rules; a waiver is written as a flow mapping's inside."""
    signed = "reason: 予算の議決を条件とするため, approver: sato, on: 令和8年2月10日"
    rows = "".join(f"  - {{{waiver}, {signed}}}\n" for waiver in waivers)
    return a_profile(contract, rest=f"people:\n  sato: {{name: 佐藤　花}}\nwaivers:\n{rows}")


def found(scene: Scene, rule: str, on: date = ON) -> list[Finding]:
    return [finding for finding in check(scene.profile, on) if finding.rule == rule]


def test_an_error_becomes_a_warning_that_names_reason_and_approver() -> None:
    scene = lowered(ONE_YEAR, "rule: contract-budget-years, level: 注意")
    (finding,) = found(scene, "contract-budget-years")
    assert finding.severity is Severity.WARNING
    assert check(scene.profile, ON).is_ok
    for words in ("予算の議決を条件とするため", "佐藤　花", "令和8年2月10日"):
        assert words in finding.hint


@pytest.mark.parametrize("level", ["情報", "示さない"])
def test_an_error_cannot_be_lowered_further(level: str) -> None:
    scene = lowered(ONE_YEAR, f"rule: contract-budget-years, level: {level}")
    (finding,) = found(scene, "waiver-limit")
    assert finding.severity is Severity.ERROR
    assert scene.at(finding).startswith(level)
    (still,) = found(scene, "contract-budget-years")
    assert still.severity is Severity.ERROR


def test_a_warning_can_be_left_out_or_made_an_information() -> None:
    (plain,) = found(a_profile(EARLY), WARNED)
    assert plain.severity is Severity.WARNING
    assert found(lowered(EARLY, f"rule: {WARNED}, level: 示さない"), WARNED) == []
    (finding,) = found(lowered(EARLY, f"rule: {WARNED}, level: 情報"), WARNED)
    assert finding.severity is Severity.INFO


def test_a_waiver_never_makes_a_finding_graver() -> None:
    account = "account: 介護保険特別会計\nsign_mode: 電子\n"
    (finding,) = found(
        lowered(account, "rule: contract-electronic-rule, level: 注意"), "contract-electronic-rule"
    )
    assert finding.severity is Severity.INFO


def test_a_waiver_for_one_field_leaves_the_others() -> None:
    own = f"rule: {WARNED}, level: 示さない, field: contracts.ops"
    assert found(lowered(EARLY, own), WARNED) == []
    assert found(lowered(EARLY, own.replace("contracts.ops", "contracts.op")), WARNED)


def test_a_rule_that_does_not_exist() -> None:
    scene = lowered(EARLY, "rule: contract-signed-erly, level: 情報")
    (finding,) = found(scene, "waiver-unknown")
    assert finding.severity is Severity.ERROR
    assert scene.at(finding).startswith("contract-signed-erly")
    assert f"「{WARNED}」ではありませんか" in finding.hint
    assert found(lowered(EARLY, f"rule: {WARNED}, level: 情報"), "waiver-unknown") == []


def test_what_reading_finds_wrong_cannot_be_lowered() -> None:
    scene = lowered(EARLY, "rule: profile-date-note, level: 情報")
    (finding,) = found(scene, "waiver-unknown")
    assert "下げられません" in finding.message


def test_a_waiver_past_its_day_does_nothing() -> None:
    waiver = f"rule: {WARNED}, level: 示さない, until: 令和8年3月31日"
    scene = lowered(EARLY, waiver)
    (finding,) = found(scene, "waiver-past")
    assert scene.at(finding).startswith("令和8年3月31日")
    assert found(scene, WARNED)
    assert found(scene, WARNED, on=date(2026, 3, 31)) == []
    assert found(scene, "waiver-past", on=date(2026, 3, 31)) == []
    assert found(scene, "waiver-limit") == []


def test_a_waiver_that_nothing_needs() -> None:
    scene = lowered("budget_basis: 未定\n", f"rule: {WARNED}, level: 情報")
    (finding,) = found(scene, "waiver-idle")
    assert finding.severity is Severity.INFO
    assert scene.at(finding).startswith(WARNED)
    assert found(lowered(EARLY, f"rule: {WARNED}, level: 示さない"), "waiver-idle") == []


def test_every_error_keeps_to_a_warning() -> None:
    for row in texts().values():
        assert (row.lowest is Severity.WARNING) == (row.severity is Severity.ERROR), row.id


def test_a_waiver_prints_in_the_sheet_and_in_the_history(tmp_path: Path) -> None:
    """The path of a real city: an error stops the work, the waiver lets it through and is seen."""
    city = a_workspace(tmp_path / "city")
    wrong = contract(inspect_days="11日")
    facts_change(city, **wrong)
    assert run("generate", "--date", "R8.4.1", folder=city).code == 1
    waiver = {
        "rule": "contract-inspect-days",
        "level": "注意",
        "reason": "国の承認した長い検査のため",
        "approver": "sato",
        "on": "令和8年2月10日",
    }
    people = {"sato": {"name": "佐藤　花"}}
    facts_change(city, **wrong, waivers=[waiver], people=people)
    done = run("generate", "--date", "R8.4.1", "--reason", "検査の期限", folder=city)
    assert done.code == 0, done.err
    (sheet,) = (city / "documents").rglob("confirmation@ops.txt")
    text = sheet.read_text(encoding="utf-8")
    assert "点検の例外" in text
    assert "国の承認した長い検査のため" in text and "佐藤　花" in text and "contract-inspect-days" in text
    body = git(city, "log", "-1", "--format=%B")
    assert "国の承認した長い検査のため" in body
    assert "国の承認した長い検査のため" in run("history", "--format", "json", folder=city).out
