"""The table of steps holds together, and says so in Japanese where it does not."""

from __future__ import annotations

import re

import pytest
import yaml

from gen.errors import UserError
from gen.procedure import data_files
from gen.procedure.businesses import read_businesses
from gen.procedure.handbook import handbook, read_handbook
from gen.procedure.sheets import sheet
from gen.procedure.tables import CITY_SHEETS, SYSTEM_SHEETS
from gen.profile import STANDARD_BUSINESSES

BOOK = handbook()


def changed(step: str, **fields: object) -> str:
    """What the person is told when one step of the table is changed so."""
    content = yaml.safe_load(data_files()["steps.yaml"])
    row = next(row for row in content["steps"] if row["id"] == step)
    for name, value in fields.items():
        row[name.rstrip("_")] = value
    data = yaml.safe_dump(content, allow_unicode=True).encode()
    with pytest.raises(UserError) as told:
        read_handbook({**data_files(), "steps.yaml": data})
    return told.value.message


def test_every_part_of_the_procedure_has_its_steps() -> None:
    assert len(BOOK.steps) > 85
    assert {step.phase for step in BOOK.steps.values()} == {phase.id for phase in BOOK.phases}
    assert {step.scope for step in BOOK.steps.values()} == {"system", "city"}


@pytest.mark.parametrize("step", BOOK.steps.values(), ids=BOOK.steps)
def test_a_step_is_backed_or_says_that_it_is_not(step) -> None:  # type: ignore[no-untyped-def]
    assert step.sources or step.task == "C"
    assert all(role in BOOK.roles for role in step.roles)
    assert step.what.endswith("。") and step.why.endswith("。")
    assert not step.official_no, "no number of the 手順書 was read"
    assert not re.search(r"です|ます|ください|ステップ\d|Step", step.what + step.why)


@pytest.mark.parametrize("step", BOOK.steps.values(), ids=BOOK.steps)
def test_a_step_is_not_due_before_what_it_follows(step) -> None:  # type: ignore[no-untyped-def]
    """On the same clock; alternatives (単独, 共同) are followed side by side."""
    for id in step.follows:
        other = BOOK.steps[id]
        same = {step.lead.anchor, other.lead.anchor} == {"cut-over"}
        if same and step.lead.unit == other.lead.unit == "months" and not step.repeat:
            assert other.lead.due <= step.lead.due, f"{id} → {step.id}"


def test_every_gate_closes_before_the_judgement_of_the_last_week() -> None:
    gates = [step for step in BOOK.steps.values() if step.gate and step.lead.anchor == "cut-over"]
    assert {"pia-publish", "bylaw-force", "select-contract", "cloud-line", "build-rehearsal"} <= {
        step.id for step in gates
    }
    assert all(step.lead.unit == "months" and step.lead.due <= -1 for step in gates)


def test_every_source_is_a_page_that_can_be_opened() -> None:
    assert all(re.match(r"https?://", source.url) for source in BOOK.sources.values())


def test_every_role_and_every_source_is_used() -> None:
    steps = BOOK.steps.values()
    assert set(BOOK.roles) == {role for step in steps for role in step.roles}
    used = {source.key for step in steps for source in step.sources} | {"pia-wako", "pia-urayasu"}
    sheets = [sheet(id) for id in (*SYSTEM_SHEETS, *CITY_SHEETS)]
    used |= {
        source.key
        for one in sheets
        for lines in one.tables.values()
        for line in lines
        for source in line.sources
    }
    assert set(BOOK.sources) == used


def test_what_is_wrong_with_a_table_is_said_in_japanese_and_all_at_once() -> None:
    told = changed("plan-team", roles=["nobody"], follows=["nothing"], scope="city", when={"weather": True})
    for words in ("roles「nobody」", "follows「nothing」", "ない事実「weather」"):
        assert words in told
    assert "lead" in changed("plan-team", lead={"from": "birthday", "months": [-1, 0]})
    assert "始めが終わりより後" in changed("plan-team", lead={"from": "cut-over", "months": [0, -1]})
    assert "every" in changed("plan-team", lead={"every": "毎月", "from": "cut-over"})
    assert "知らない項目「colour」" in changed("plan-team", colour="red")
    assert "sources が要ります" in changed("plan-team", sources=[])
    assert "id が2度" in changed("plan-team", id="plan-survey")


def test_a_circle_of_steps_is_named() -> None:
    assert "plan-team → plan-survey → plan-team" in changed("plan-team", follows=["plan-survey"]) or (
        "plan-survey → plan-team → plan-survey" in changed("plan-team", follows=["plan-survey"])
    )


def test_the_twenty_businesses_are_all_there_and_nothing_else() -> None:
    businesses, clouds = read_businesses(data_files()["businesses.yaml"])
    assert tuple(businesses) == STANDARD_BUSINESSES
    assert "aws" in clouds
    assert all(one.certainty == "C" or one.source in BOOK.sources for one in businesses.values())


def test_a_business_that_the_law_does_not_know_is_refused() -> None:
    with pytest.raises(UserError, match="20業務"):
        read_businesses(b"businesses: {}\n")
