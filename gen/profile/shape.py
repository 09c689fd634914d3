"""Whether mappings, lists and values stand where the schema wants them.

Hands out `prune`, which reports what has the wrong shape and gives the rest, so that the
schema's own check never meets a list where it expects a mapping. Leans on the schema.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.profile.facts import child, is_leaf
from gen.profile.reader import Path
from gen.profile.schema import Rule
from gen.profile.values import is_undecided

__all__ = ["Complain", "prune"]

Complain = Callable[[str, Path, str, str], None]
"""Takes rule id, path, message and hint."""

_DROP = object()


def prune(rule: Rule, value: Any, complain: Complain, path: Path = ()) -> Any:
    """The value without its misshapen parts; each of them is reported once."""
    if isinstance(value, str) and "schema" in rule and rule["type"] == "dict" and is_undecided(value):
        return {}
    wrong = _wrong_shape(rule, value)
    if wrong:
        complain("profile-shape", path, *wrong)
        return _DROP
    if isinstance(value, dict):
        inner = {key: _below(rule, key, item, complain, (*path, key)) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item is not _DROP}
    if isinstance(value, list):
        items = [prune(rule["schema"], item, complain, (*path, n)) for n, item in enumerate(value)]
        return _DROP if any(item is _DROP for item in items) else items
    return value


def _below(rule: Rule, key: str, item: Any, complain: Complain, path: Path) -> Any:
    """One entry of a mapping. An empty field counts as not written, an empty row as a row.

    An unknown key stays even when empty: `{total: 10,560,000}` gives the keys 560 and 000.
    """
    below = child(rule, key)
    if below is None:
        return item
    if item == "":
        return {} if "valuesrules" in rule else _DROP
    return prune(below, item, complain, path)


def _wrong_shape(rule: Rule, value: Any) -> tuple[str, str] | None:
    label = rule["meta"]["label"]
    if is_leaf(rule):
        if isinstance(value, str):
            return None if value else (f"{label}に空の行があります。", "行を消すか、値を書いてください。")
        return f"{label}には1つの値だけを書きます。", f"例：{rule['meta']['example']}"
    if rule["type"] == "list":
        if isinstance(value, list):
            return None
        return (
            f"{label}は「- 」で始まる行の並びで書きます。{_typed(value)}",
            "1件だけのときも「- 」を付けてください。",
        )
    if isinstance(value, dict) or ("coerce" in rule and isinstance(value, str) and value):
        return None
    return (
        f"{label}は「項目名: 値」の並びで書きます。{_typed(value)}",
        "値は次の行から字下げして書いてください。",
    )


def _typed(value: Any) -> str:
    if isinstance(value, str):
        return f"「{value[:40]}」と書かれています。" if value else "空の行があります。"
    return (
        "「- 」の並びになっています。" if isinstance(value, list) else "「項目名: 値」の並びになっています。"
    )
