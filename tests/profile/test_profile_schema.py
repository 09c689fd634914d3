"""Schema, dataclasses and the reference page say the same."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from cerberus.schema import DefinitionSchema
from profile_scenario import ROOT

from gen.profile import DayWord, Duration, Profile, Undecided
from gen.profile.checker import _copied, _Validator
from gen.profile.facts import is_leaf, label_of, root
from gen.profile.reference import reference_page
from gen.profile.schema import UNDECIDED, Rule, schema
from gen.profile.values import READERS, Rejected

PYTHON = {
    "count": {int},
    "date": {date},
    "day": {date, DayWord},
    "flag": {bool},
    "length": {Duration},
    "nendo": {int},
    "number": {Decimal},
    "percent": {Decimal},
    "yen": {int},
}


def leaves(rule: Rule, path: str = "") -> Iterator[tuple[str, Rule]]:
    if is_leaf(rule):
        yield path, rule
    elif rule["type"] == "list":
        yield from leaves(rule["schema"], f"{path}.0")
    elif "valuesrules" in rule:
        yield from leaves(rule["valuesrules"], f"{path}.key")
    else:
        for name, below in rule["schema"].items():
            yield from leaves(below, f"{path}.{name}" if path else name)


LEAVES = list(leaves(root()))


def members(hint: Any) -> set[Any]:
    union = get_origin(hint) in (Union, type(int | str))
    return set(get_args(hint)) if union else {hint}


def disagreements(rule: Rule, hint: Any, path: str) -> Iterator[str]:
    """Where a rule and the type of its dataclass field differ."""
    inside = members(hint) - {NoneType, Undecided}
    if is_leaf(rule):
        yield from leaf_disagreements(rule, hint, inside, path)
    elif rule["type"] == "list":
        (only,) = inside
        if get_origin(only) is not tuple:
            yield f"{path}: a list is a tuple"
        yield from disagreements(rule["schema"], get_args(only)[0], f"{path}.0")
    elif "valuesrules" in rule:
        (only,) = inside
        yield from disagreements(rule["valuesrules"], get_args(only)[1], f"{path}.key")
    else:
        yield from group_disagreements(rule, inside, hint, path)


def leaf_disagreements(rule: Rule, hint: Any, inside: set[Any], path: str) -> Iterator[str]:
    meta = rule["meta"]
    wanted = PYTHON.get(meta["kind"], {str})
    words = [get_args(part) for part in inside if get_origin(part) is Literal]
    if "allowed" in rule:
        if [list(part) for part in words] != [rule["allowed"]]:
            yield f"{path}: other words than the Literal"
    elif inside != wanted:
        yield f"{path}: {inside} is not {wanted}"
    if (Undecided in members(hint)) == bool(meta["decided"]):
        yield f"{path}: the type and `decided` differ"
    may_be_none = (meta["absent"] is None and not rule.get("required")) or callable(meta["absent"])
    if NoneType in members(hint) and not may_be_none:
        yield f"{path}: the type allows None, the schema does not give it"
    if (
        meta["absent"] is None
        and not rule.get("required")
        and not path.endswith(".0")
        and NoneType not in members(hint)
    ):
        yield f"{path}: the schema gives None, the type does not allow it"


def group_disagreements(rule: Rule, inside: set[Any], hint: Any, path: str) -> Iterator[str]:
    model = rule["meta"]["model"]
    if inside != {model}:
        yield f"{path}: {inside} is not {model}"
    optional = not rule["meta"]["always"] and not path.endswith((".0", ".key"))
    if optional != (NoneType in members(hint)):
        yield f"{path}: the type and `always` differ"
    hints = get_type_hints(model)
    if set(rule["schema"]) != {field.name for field in dataclasses.fields(model)}:
        yield f"{path}: other fields than {model.__name__}"
    for name, below in rule["schema"].items():
        yield from disagreements(below, hints[name], f"{path}.{name}")


def test_every_dataclass_field_has_its_rule_and_the_other_way_round() -> None:
    hints = get_type_hints(Profile)
    assert set(hints) - {"places"} == set(schema())
    assert [text for name, rule in schema().items() for text in disagreements(rule, hints[name], name)] == []


def test_cerberus_itself_accepts_the_schema() -> None:
    validator = _Validator({})
    assert set(DefinitionSchema(validator, _copied(schema())).schema) == set(schema())


def test_no_rule_uses_what_breaks_paths_or_coercions() -> None:
    assert not [path for path, rule in LEAVES if {"anyof", "oneof", "rename", "rename_handler"} & set(rule)]


@pytest.mark.parametrize(("path", "rule"), LEAVES, ids=[path for path, _ in LEAVES])
def test_every_field_is_documented_by_an_example_that_works(path: str, rule: Rule) -> None:
    meta = rule["meta"]
    assert meta["label"] and meta["example"], path
    value = READERS[meta["kind"]](meta["example"])
    assert not isinstance(value, Rejected), value
    assert value in rule.get("allowed", [value])


def test_the_reference_page_is_the_schema() -> None:
    assert (ROOT / "docs" / "profile.md").read_text(encoding="utf-8") == reference_page(), (
        "run: python -m gen.profile.reference"
    )


def test_every_field_stands_on_the_reference_page() -> None:
    page = reference_page()
    for path, rule in LEAVES:
        written = re.sub(r"\.key\b(?!_)", ".（鍵）", path.replace(".0", ".n"))
        assert f"| `{written}` | {rule['meta']['label']} |" in page


def test_labels_name_the_row_and_the_field() -> None:
    assert label_of("contracts.ops.amount.total") == "契約 ops の契約金額（総額）"
    assert label_of("contracts.ops.yearly.1.amount") == "契約 ops の年度別の額2行目の年割額"
    assert label_of("rules.contract_rule.name") == "契約規則の名称"
    assert label_of("city.head.acting.name") == "長の職務代理者の氏名"
    assert label_of("contracts.ops") == "契約 ops"
    assert label_of("no.such.path") == "no.such.path"


def test_no_two_fields_of_a_row_bear_the_same_name() -> None:
    labels = [label_of(path) for path, _ in LEAVES]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_a_needed_fact_says_so_in_one_way_only() -> None:
    both = [
        path
        for path, rule in LEAVES
        if rule["meta"]["absent"] is UNDECIDED and (rule["meta"]["decided"] or rule.get("required"))
    ]
    assert both == []
