"""From normalised facts to the typed profile.

Hands out `build`: it fills the dataclasses by the schema, gives every 未定 its path and
label, and puts the absent value where nothing was written. Leans on the schema and `facts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gen.errors import Place
from gen.profile.facts import is_leaf, label_of
from gen.profile.profile import Profile
from gen.profile.schema import UNDECIDED, Rows, Rule, schema
from gen.profile.undecided import Undecided

__all__ = ["build"]

_MISSING = object()


def build(document: Mapping[str, Any], places: Mapping[str, Place]) -> Profile:
    """The typed profile of a document without errors."""
    return Profile(places=places, **_fields(schema(), document, "", (document,)))


def _fields(fields: dict[str, Rule], row: Mapping[str, Any], path: str, around: Rows) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, rule in fields.items():
        inner = f"{path}.{name}" if path else name
        value = _value(rule, row[name], inner, around) if name in row else _absent(rule, inner, around)
        if value is not _MISSING:
            values[name] = value
    return values


def _value(rule: Rule, value: Any, path: str, around: Rows) -> Any:
    if is_leaf(rule):
        return Undecided(path, label_of(path)) if isinstance(value, Undecided) else value
    if rule["type"] == "list":
        return tuple(_value(rule["schema"], item, f"{path}.{n}", around) for n, item in enumerate(value))
    if "valuesrules" in rule:
        return {
            key: _value(rule["valuesrules"], item, f"{path}.{key}", around) for key, item in value.items()
        }
    return rule["meta"]["model"](**_fields(rule["schema"], value, path, (*around, value)))


def _absent(rule: Rule, path: str, around: Rows) -> Any:
    if not is_leaf(rule):
        return _value(rule, {}, path, around) if rule["meta"].get("always") else _MISSING
    absent = rule["meta"]["absent"]
    if callable(absent):
        absent = absent(around)
    return Undecided(path, label_of(path)) if absent is UNDECIDED else absent
