"""The rules as a whole: their list, the shipped profiles, and profiles full of holes."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gen.law import all_values
from gen.profile import Undecided, load_profile
from gen.profile.facts import rule_at
from gen.report import Severity
from gen.rules import RULES, RuleText, check, texts
from gen.rules.texts import CERTAINTIES
from rules.scenario import ON, a_profile

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "profiles").rglob("*.yaml"))
OTHERS = sorted((ROOT / "tests" / "profiles").glob("*.yaml"))


PLAIN_FAMILIES = ("reading", "wording")
"""Rows that say no more than what is wrong, or how it is written; their tests stand elsewhere."""


def test_every_rule_says_what_it_is_and_every_row_has_its_rule() -> None:
    rows = {id for id, row in texts().items() if row.family not in (*PLAIN_FAMILIES, "papers")}
    assert {rule.id for rule in RULES} | {"waiver-idle"} == rows
    assert len(RULES) > 35


@pytest.mark.parametrize("row", texts().values(), ids=texts())
def test_a_row_is_complete(row: RuleText) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)*", row.id)
    assert row.title and not row.title.endswith("。")
    if row.family not in PLAIN_FAMILIES:
        assert row.why.endswith("。")
        assert row.certainty in CERTAINTIES
        assert bool(row.certainty) == bool(row.basis), "arithmetic has no basis, all else says how sure it is"
        assert row.sources or row.certainty in ("", "C")
    assert set(row.values) <= {value.id for value in all_values()}


def test_what_nobody_has_confirmed_is_no_error() -> None:
    assert [
        row.id for row in texts().values() if row.certainty == "C" and row.severity is Severity.ERROR
    ] == []


def test_every_rule_has_its_scenarios() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [rule.id for rule in RULES if f'"{rule.id}"' not in texts] == []


DELIBERATE = re.compile(r"^\| `(\w+)\.yaml` \| `([a-z-]+)` \| ", re.MULTILINE)


@pytest.mark.parametrize("on", [ON, date(2026, 11, 23)])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_profiles_break_only_what_their_readme_says(path: Path, on: date) -> None:
    """A finding that nobody meant is a wrong rule or a wrong profile."""
    profile = load_profile(path).profile
    assert profile is not None
    listed = DELIBERATE.findall((ROOT / "profiles" / "README.md").read_text(encoding="utf-8"))
    meant = {rule for name, rule in listed if name == path.name.partition(".")[0]}
    assert {finding.rule for finding in check(profile, on)} == meant


@pytest.mark.parametrize("path", [*SHIPPED, *OTHERS], ids=lambda path: path.stem)
def test_no_fact_that_is_undecided_upsets_a_rule(path: Path) -> None:
    """Every fact in turn made 未定: never a crash, never a new error."""
    whole = load_profile(path).profile
    assert whole is not None
    known = {(finding.rule, finding.field) for finding in check(whole, ON).errors}
    for field in whole.flat():
        rule = rule_at(field)
        if rule and not rule["meta"]["decided"] and field.split(".")[0] not in ("city", "people"):
            holed = _undecide(whole, field.split("."), field)
            now = {(finding.rule, finding.field) for finding in check(holed, ON).errors}
            assert now <= known, field


def _undecide(value: Any, segments: list[str], path: str) -> Any:
    """The value again, with one fact in it 未定."""
    if not segments:
        return Undecided(path, path)
    first, *rest = segments
    if isinstance(value, tuple):
        at = int(first)
        return (*value[:at], _undecide(value[at], rest, path), *value[at + 1 :])
    if isinstance(value, Mapping):
        return {**value, first: _undecide(value[first], rest, path)}
    return replace(value, **{first: _undecide(getattr(value, first), rest, path)})


def test_findings_come_with_everything_a_person_needs() -> None:
    scene = a_profile(
        """
        period: {start: 令和8年4月1日, end: 令和11年3月31日}
        budget_basis: 単年度
        inspect_days: 11日
        amount: {tax_kind: 税込, total: 12000000, monthly: 1, tax: 5}
        """
    )
    report = check(scene.profile, ON)
    assert not report.is_ok
    for finding in report:
        assert finding.place and finding.place.file == "profile.yaml" and finding.place.line
        assert finding.message.endswith("。") and finding.hint.endswith("。"), finding
    assert [finding.place.line for finding in report if finding.place] == sorted(
        finding.place.line or 0 for finding in report if finding.place
    )


@pytest.mark.parametrize("on", [date(1990, 1, 1), date(2014, 3, 31), date(2100, 1, 1)])
def test_days_for_which_no_law_is_known(on: date) -> None:
    scene = a_profile(
        "amount: {tax_kind: 税込, total: 12000000, tax: 5}\ninspect_days: 99日\n"
        "method: 随意契約\nmethod_article: 第1号\n",
        kind="指定都市",
    )
    for finding in check(scene.profile, on):
        assert finding.severity in Severity
