"""The 確認票 asks what matters to this contract, in the city's own words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from drafting.scenario import OPS, a_city, a_studio, contract, run

from gen.catalog import Manifest
from gen.catalog.manifest import read_manifest
from gen.contract import ConfirmRow
from gen.errors import UserError

SHEET = "papers/confirmation@ops"


def rows(**changes: Any) -> dict[str, ConfirmRow]:
    studio = a_studio(a_city(**changes))
    return {row.id: row for row in studio.unsettled(studio.chosen([OPS])[0])}


def sheet(**changes: Any) -> str:
    studio = a_studio(a_city(**changes))
    return studio.make(studio.chosen([SHEET])[0]).twin


@pytest.mark.parametrize(
    ("id", "without", "with_it"),
    [
        ("term-budget-condition", {}, contract(budget_condition="はい")),
        ("fee-instalments", {}, contract(payment={"cycle": "分割", "days": "30日"})),
        ("damages-cap", contract(liability={"cap": "上限なし"}), contract(liability={"cap": "契約金額"})),
        ("subcontract-csp", contract(subcontract={"allowed": "いいえ"}), {}),
        ("boundary-shared-use", {}, {"cloud__use_mode": "共同利用方式"}),
        ("contract-stamp-duty", contract(sign_mode="電子"), {}),
    ],
)
def test_a_row_is_asked_only_where_its_fact_holds(
    id: str, without: dict[str, Any], with_it: dict[str, Any]
) -> None:
    assert id not in rows(**without)
    assert id in rows(**with_it)


def test_an_open_fact_keeps_its_rows() -> None:
    assert "contract-stamp-duty" in rows(**contract(sign_mode="未定"))


@pytest.mark.parametrize(
    ("style", "own", "other"),
    [("甲乙", "乙）の責任", "受注者"), ("発注者受注者", "受注者）の責任", "乙）の責任")],
)
def test_the_sheet_speaks_in_the_words_of_the_contract(style: str, own: str, other: str) -> None:
    text = sheet(city__style={"parties": style})
    assert own in text
    assert other not in text
    assert "{{" not in text
    assert not re.search(r"（(?:k|city|rule|fact|vendor)\.\w+）", text)


def test_the_sheet_names_an_open_field_without_the_key_of_the_contract() -> None:
    text = sheet(**contract(sign_mode="未定"))
    assert "締結の方式" in text
    assert "契約 ops の締結の方式" not in text


def test_the_contract_prints_no_key_of_its_own() -> None:
    studio = a_studio(a_city(**contract(sign_mode="未定"), cloud__use_mode="未定"))
    draft = studio.chosen([OPS])[0]
    document = studio.make(draft)
    assert "【選択：締結の方式】" in document.twin
    assert "契約 ops" not in document.twin
    assert "contracts.ops.sign_mode" in document.undecided


def manifest(row: str) -> Manifest:
    text = f"title: 試験\nconfirm:\n  - {{id: a, item: b, reason: c, when: {row}}}\n"
    return read_manifest(text.encode(), "clauses/x", "x.yaml")


def test_a_condition_of_a_row_has_the_form_of_a_condition() -> None:
    assert manifest("{electronic: true}").confirm[0].when == {"electronic": True}
    with pytest.raises(UserError, match="when"):
        manifest("電子")


def test_final_groups_what_is_unconfirmed_and_names_the_shortcut_once(tmp_path: Any) -> None:
    from drafting.scenario import a_workspace

    folder = a_workspace(tmp_path / "aobadai", tiny=False)
    done = run("generate", OPS, "--final", "--date", "R8.4.1", folder=folder)
    assert done.code == 1
    told = [line for line in done.err.splitlines() if "[final-unconfirmed]" in line]
    assert "security-log-months、security-rights-review" in done.err
    assert len(told) == len(set(told)) < 40
    assert done.err.count("contracts.ops") == 1
