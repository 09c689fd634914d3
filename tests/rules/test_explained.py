"""`kian rules`: the list for people and programs, and one rule with all that it rests on."""

import difflib
import json

import pytest
from drafting.scenario import run

from gen.authoring import RULES as LINT_RULES
from gen.rules import RULES, texts


def test_the_list_for_a_program_has_the_promised_shape() -> None:
    rows = run("rules", "--format", "json").json
    assert [set(row) for row in rows] == [{"id", "severity", "title", "basis"}] * len(rows)
    assert {rule.id for rule in RULES} < {row["id"] for row in rows} == set(texts())
    assert {row["severity"] for row in rows} == {"error", "warning", "info"}


def test_the_list_for_people_names_every_rule_once() -> None:
    done = run("rules")
    assert done.code == 0
    words = done.out.split()
    assert [id for id in texts() if words.count(id) != 1] == []


def test_a_rule_tells_its_reason_source_dates_and_certainty() -> None:
    text = run("rules", "contract-zuikei-limit").out
    assert "第167条の2第1項第1号" in text
    assert "https://www.city.tosu.lg.jp/soshiki/4/98688.html" in text
    assert "確度: A" in text
    assert "500,000円、平成26年4月1日から令和7年3月31日まで" in text
    assert "1,000,000円、令和7年4月1日から" in text


def test_a_value_that_nobody_confirmed_is_said_so() -> None:
    text = run("rules", "contract-wto-threshold").out
    assert "未確認（要確認）、令和8年4月1日から" in text
    (row,) = run("rules", "contract-wto-threshold", "--format", "json").json
    assert [value["value"] for value in row["values"] if value["from"] == "2026-04-01"] == [None]
    assert json.loads(json.dumps(row))["certainty"] == "A"


@pytest.mark.parametrize("id", [LINT_RULES[1].id, "profile-date", "waiver-limit"])
def test_every_name_that_a_finding_can_show_is_explained(id: str) -> None:
    done = run("rules", id)
    assert done.code == 0 and done.out.startswith(f"{id}　")


def test_a_rule_that_does_not_exist() -> None:
    done = run("rules", "contract-tux")
    assert done.code == 1
    near = difflib.get_close_matches("contract-tux", texts(), n=1)[0]
    assert near in done.err and "kian rules" in done.err
