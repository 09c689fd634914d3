"""The words that the schema is written in: a leaf, a group, a table by key, a list of rows.

Hands out builders that give plain cerberus rules with a `meta` of label, help and example.
Leans on nothing; cerberus itself is not needed to write a schema down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, get_args, get_origin

__all__ = [
    "IDENTITY",
    "STRUCTURE",
    "UNDECIDED",
    "Rows",
    "Rule",
    "Schema",
    "choice",
    "group",
    "leaf",
    "ref",
    "rows",
    "table",
]

Rule = dict[str, Any]
"""A cerberus rule with our `meta`."""

Schema = dict[str, Rule]
"""Field name → rule."""

Rows = Sequence[Mapping[str, Any]]
"""The mappings from the top down to the one that holds a field."""

UNDECIDED: Final = object()
"""What a needed fact becomes when nobody wrote it."""

STRUCTURE: Final = "文書の組み立てを決める項目のため"
IDENTITY: Final = "他の項目から名指しされる項目のため"


def leaf(
    kind: str,
    label: str,
    help: str = "",
    *,
    example: str = "",
    used: str = "",
    needed: bool = False,
    required: bool = False,
    decided: str = "",
    absent: object | Callable[[Rows], object] = None,
    **rules: Any,
) -> Rule:
    """One value.

    Args:
        kind: its reader in `values.READERS`.
        label: its Japanese name.
        help: what to write, in Japanese.
        example: a value as it could be typed.
        used: what kinds of paper print or weigh it.
        needed: left out, it counts as 未定.
        required: left out, the profile is wrong.
        decided: why it cannot be 未定; "" when it can.
        absent: what it is when left out, or a function of the rows around it.
        rules: further cerberus rules.
    """
    meta = {
        "kind": kind,
        "label": label,
        "help": help,
        "example": example,
        "used": used,
        "absent": UNDECIDED if needed else absent,
        "decided": decided,
    }
    rule: Rule = {"type": kind, "coerce": kind, "meta": meta, **rules}
    if required:
        rule["required"] = True
    if decided:
        rule["decided"] = decided
    return rule


def choice(label: str, words: Any, help: str = "", **options: Any) -> Rule:
    """One word of a list, given as a `Literal` or a hint that holds one, such as `Maybe[Literal[...]]`."""
    return leaf("choice", label, help, allowed=_words(words), **options)


def _words(hint: Any) -> list[str]:
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    return next(list(get_args(part)) for part in get_args(hint) if get_origin(part) is Literal)


def ref(label: str, table: str, help: str = "", **options: Any) -> Rule:
    """A key of another part of the profile, such as `vendors`."""
    return leaf("ref", label, help, refers=table, **options)


def group(
    model: type,
    label: str,
    fields: Schema,
    help: str = "",
    *,
    always: bool = False,
    prefix: bool = True,
    used: str = "",
    **rules: Any,
) -> Rule:
    """A mapping with fixed fields.

    Args:
        model: the dataclass that it becomes.
        label: its Japanese name.
        fields: its fields.
        help: what it is for.
        always: true when it is there even if left out, with all its fields absent.
        prefix: whether its label stands before those of its fields.
        used: what kinds of paper need it.
        rules: further cerberus rules.
    """
    meta = {"label": label, "help": help, "used": used, "model": model, "always": always, "prefix": prefix}
    return {"type": "dict", "schema": fields, "meta": meta, **rules}


def table(label: str, row: Rule, help: str = "", *, used: str = "", keys: str = "") -> Rule:
    """A mapping from keys that the city chooses to groups; `keys` names a table whose keys they are."""
    keysrules: Rule = {"type": "string", "row_key": True}
    if keys:
        keysrules["refers"] = keys
    meta = {"label": label, "help": help, "used": used}
    return {"type": "dict", "keysrules": keysrules, "valuesrules": row, "meta": meta}


def rows(label: str, item: Rule, help: str = "", *, used: str = "", **rules: Any) -> Rule:
    """A list of groups or of leaves."""
    return {"type": "list", "schema": item, "meta": {"label": label, "help": help, "used": used}, **rules}
