"""未定: a fact that the city has not settled yet, as a value of its own type.

Hands out `Undecided`, `is_decided` and the type shorthands `Open` and `Maybe`.
Leans on nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn, TypeAlias, TypeGuard, TypeVar

__all__ = ["PLACEHOLDER", "UNDECIDED_WORDS", "Maybe", "Open", "Undecided", "is_decided"]

PLACEHOLDER = "〇〇〇〇"
"""What a document prints where a fact is 未定."""

UNDECIDED_WORDS = frozenset({"未定", "（未定）", "(未定)", "【未定】"})
"""Texts that mean 未定, besides any run of two or more 〇 or ○."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A fact that is 未定: written so, or left out where a document needs it.

    It has no truth value: `if contract.personal_data` on it would drop a clause in
    silence, so it raises instead. Ask `is_decided` first.

    Attributes:
        path: dotted path of the profile field, such as `contracts.ops.amount.total`.
        label: the field's Japanese name, such as 契約 ops の契約金額（総額）.
    """

    path: str
    label: str

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self.path} is 未定 and has no truth value; ask is_decided() first")

    def __str__(self) -> str:
        return PLACEHOLDER


T = TypeVar("T")

Open: TypeAlias = T | Undecided
"""A fact that a document needs: left out, it is 未定."""

Maybe: TypeAlias = T | Undecided | None
"""A fact that may be absent: left out, it is None and nothing is printed for it."""


def is_decided(value: Open[T]) -> TypeGuard[T]:
    """True when the value is a fact (or None), false when it is 未定."""
    return not isinstance(value, Undecided)
