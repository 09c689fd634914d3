"""Paths into a profile: which rule and label they have, the facts they lead to, what changed.

Hands out the functions behind the methods of `Profile`. Leans on the schema; a path is
dotted, a list index is a number: `contracts.ops.yearly.0.amount`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gen.errors import Place
from gen.profile.model_contracts import DayWord
from gen.profile.model_plans import Duration
from gen.profile.schema import UNDECIDED, Rule, schema
from gen.profile.undecided import Undecided

if TYPE_CHECKING:
    from gen.profile.profile import Profile

__all__ = [
    "changed_fields",
    "digest_of",
    "flatten",
    "is_leaf",
    "label_of",
    "nearest_place",
    "printable",
    "rule_at",
]

ABSENT = "（記載なし）"
_COUNTED = re.compile(r"^[0-9,]+")
"""The number of an example such as 12か月; what stays is the unit."""


def is_leaf(rule: Rule) -> bool:
    """True for a rule of one value."""
    return "kind" in rule["meta"]


def child(rule: Rule, segment: str) -> Rule | None:
    """The rule one step down, None where the schema has none."""
    found: Rule | None
    if rule["type"] == "list":
        found = rule.get("schema")
    elif "valuesrules" in rule:
        found = rule["valuesrules"]
    else:
        found = rule.get("schema", {}).get(segment)
    return found


def root() -> Rule:
    """The rule of the whole profile."""
    return {"type": "dict", "schema": schema(), "meta": {"label": "プロファイル", "prefix": False}}


def rule_at(path: str) -> Rule | None:
    """The rule of a path, None where the schema has none."""
    rule: Rule | None = root()
    for segment in path.split(".") if path else ():
        rule = child(rule, segment) if rule else None
    return rule


def label_of(path: str, *, keys: bool = True) -> str:
    """The Japanese name of a field; a path outside the schema is its own name.

    Args:
        path: of the field.
        keys: False leaves out the keys of rows, which mean nothing outside of the city, and
            does not name a contract, for a paper that is that contract.
    """
    rule, parts = root(), list[str]()
    segments = path.split(".")
    for position, segment in enumerate(segments):
        below = child(rule, segment)
        if below is None:
            return path
        if "valuesrules" in rule:
            if keys:
                parts.append(f"{rule['meta']['label']} {segment} ")
            elif segments[0] != "contracts" or len(segments) <= position + 1:
                parts.append(rule["meta"]["label"])
        elif rule["type"] == "list":
            parts.append(f"{rule['meta']['label']}{int(segment) + 1 if segment.isdigit() else segment}行目")
        elif is_leaf(below) or below["meta"].get("prefix", position == len(segments) - 1):
            parts.append(below["meta"]["label"])
        rule = below
    return "の".join(parts).strip() if parts else rule["meta"]["label"]


def nearest_place(places: Mapping[str, Place], path: str) -> Place:
    """Where the path stands, else the nearest mapping around it, else the first file."""
    segments = path.split(".")
    for length in range(len(segments), 0, -1):
        found = places.get(".".join(segments[:length]))
        if found:
            return found
    first = next(iter(places.values()), None)
    return Place(first.file if first else "profile.yaml", 1, 1)


def flatten(profile: Profile) -> dict[str, object]:
    """Every fact by its path, in the order of the schema; None and empty lists are left out."""
    return dict(_walk(root(), profile, ""))


def _walk(rule: Rule, value: Any, path: str) -> Iterator[tuple[str, object]]:
    if value is None:
        return
    if is_leaf(rule):
        yield path, value
        return
    for segment, below, inner in _children(rule, value):
        yield from _walk(below, inner, f"{path}.{segment}" if path else segment)


def _children(rule: Rule, value: Any) -> Iterator[tuple[str, Rule, Any]]:
    if rule["type"] == "list":
        for index, item in enumerate(value):
            yield str(index), rule["schema"], item
    elif "valuesrules" in rule:
        for key, item in value.items():
            yield key, rule["valuesrules"], item
    else:
        for name, below in rule["schema"].items():
            yield name, below, getattr(value, name)


def digest_of(profile: Profile) -> str:
    """SHA-256 over the facts as canonical JSON; what equals the absent value adds nothing."""
    facts = {path: _plain(value) for path, value in flatten(profile).items() if not _is_absent(path, value)}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _is_absent(path: str, value: object) -> bool:
    rule = rule_at(path)
    absent = rule["meta"]["absent"] if rule else None
    if isinstance(value, Undecided):
        return absent is UNDECIDED
    return not callable(absent) and absent == value and type(absent) is type(value)


def _plain(value: object) -> object:
    if isinstance(value, Undecided):
        return {"未定": True}
    if isinstance(value, Duration):
        return [_number(value.value), value.unit]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, DayWord) else value


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def changed_fields(old: Profile, new: Profile) -> list[tuple[str, str, str, str]]:
    """Path, label, old and new text of every fact that differs, in the order of the schema."""
    before, after = flatten(old), flatten(new)
    paths = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    return [
        (path, label_of(path), printable(path, before.get(path)), printable(path, after.get(path)))
        for path in sorted(paths, key=_position)
    ]


def _position(path: str) -> list[tuple[int, str]]:
    """Where the schema and then the key order put a path."""
    rule, position = root(), list[tuple[int, str]]()
    for segment in path.split("."):
        if rule["type"] == "list":
            position.append((int(segment), ""))
        elif "valuesrules" in rule:
            position.append((0, segment))
        else:
            position.append((list(rule["schema"]).index(segment), ""))
        rule = child(rule, segment) or rule
    return position


def printable(path: str, value: object) -> str:
    """A fact as a person reads it: 12,345,000円, 令和8年4月1日, はい, 未定."""
    from gen.japanese.numbers import comma
    from gen.japanese.wareki import nendo_wareki, to_wareki

    if value is None:
        return ABSENT
    if isinstance(value, Undecided):
        return "未定"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return to_wareki(value)
    rule = rule_at(path)
    kind = rule["meta"].get("kind", "") if rule else ""
    if kind == "yen" and isinstance(value, int):
        return f"{comma(value)}円"
    if kind == "count" and isinstance(value, int):
        return f"{comma(value)}{_COUNTED.sub('', rule['meta']['example'] if rule else '')}"
    if kind == "nendo" and isinstance(value, int):
        return nendo_wareki(value)
    if isinstance(value, Decimal):
        return _number(value) + ("%" if kind == "percent" else "")
    return str(value)
