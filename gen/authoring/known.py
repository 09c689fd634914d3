"""What a contract's templates can print and ask, taken from the code that fills them.

Hands out `Shape`, `Known`, `known` and `with_every_table`: the names of the context, of the rows of its tables,
and of every fact with the values that it can have. Leans on `contract`, `profile`, `shipped`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from gen.clauses import CALLS
from gen.contract import contract_context, contract_facts
from gen.contract.facts import FACTS
from gen.profile import Profile, load_profile
from gen.profile.facts import rule_at
from gen.profile.model_contracts import Party, UnitPrice
from gen.shipped import shipped
from gen.word.marks import Term
from gen.word.row import Row

__all__ = ["Known", "Shape", "known", "shipped_profile", "with_every_table"]

_PROFILES = ("aobadai", "minatokita", "shirakaba")
_ON = date(2026, 4, 1)
_TERMS = "甲乙丙丁戊己庚辛壬癸"
_LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")


@dataclass(frozen=True)
class Shape:
    """What can be done with a value.

    Attributes:
        fields: names that can be asked of it; empty for a value that prints.
        item: of a list, what its members are.
    """

    fields: Mapping[str, Shape] = field(default_factory=dict)
    item: Shape | None = None

    @property
    def prints(self) -> bool:
        """Whether it can be printed as it is."""
        return not self.fields and self.item is None


@dataclass(frozen=True)
class Known:
    """The names of the context, and the facts with their values.

    Attributes:
        names: every name at the top, with its shape.
        calls: names that are called.
        values: each fact's values: True and False, or words.
        labels: each fact's Japanese name.
    """

    names: Mapping[str, Shape]
    calls: frozenset[str]
    values: Mapping[str, tuple[bool | str, ...]]
    labels: Mapping[str, str]


@cache
def shipped_profile(name: str) -> Profile:
    """A shipped profile, loaded once."""
    loaded = load_profile(shipped("profiles") / f"{name}.yaml")
    if loaded.profile is None:
        raise RuntimeError(f"the shipped profile {name} does not load")
    return loaded.profile


@cache
def known() -> Known:
    """What exists, from the contexts of all shipped contracts together."""
    contexts: list[dict[str, Any]] = []
    seen: dict[str, set[bool | str]] = {name: set() for name in FACTS}
    for profile in map(shipped_profile, _PROFILES):
        for key in profile.contracts:
            facts = contract_facts(profile, key)
            for name, fact in facts.items():
                if isinstance(fact.value, (bool, str)):
                    seen[name].add(fact.value)
            contexts.append(contract_context(with_every_table(profile, key), key, facts, {}, _ON))
    names = {name: shape for name, shape in _merged(contexts).items() if not name.startswith("_")}
    names |= {term: Shape() for term in _TERMS}
    names["loop"] = Shape({name: Shape() for name in _LOOP})
    calls = frozenset((*CALLS, "has"))
    values = {name: _values(name, words) for name, words in seen.items()}
    return Known(
        {name: shape for name, shape in names.items() if name not in calls},
        calls,
        values,
        {name: rule.label for name, rule in FACTS.items()},
    )


def with_every_table(profile: Profile, key: str) -> Profile:
    """The profile with rows in the tables that no shipped contract has."""
    contract = profile.contracts[key]
    amount = replace(contract.amount, unit_prices=(UnitPrice(item="設定の変更", unit="回", price=11000),))
    parties = (Party(role="甲", city=True, share=Decimal(100)), Party(role="乙", vendor=contract.vendor))
    changed = replace(contract, amount=amount, parties=contract.parties or parties)
    return replace(profile, contracts={**profile.contracts, key: changed})


def _merged(contexts: Iterable[Mapping[str, Any]]) -> dict[str, Shape]:
    out: dict[str, Shape] = {}
    for context in contexts:
        for name, value in context.items():
            shape = _shape(value)
            out[name] = _both(out[name], shape) if name in out else shape
    return out


def _shape(value: Any) -> Shape:
    if isinstance(value, Row):
        return Shape({name: _shape(getattr(value, name)) for name in value.names()})
    if isinstance(value, (list, tuple)) and not isinstance(value, Term):
        item = Shape()
        for one in value:
            item = _both(item, _shape(one))
        return Shape(item=item)
    return Shape()


def _both(left: Shape, right: Shape) -> Shape:
    names = (*left.fields, *(name for name in right.fields if name not in left.fields))
    fields = {name: _both(left.fields.get(name, Shape()), right.fields.get(name, Shape())) for name in names}
    if left.item is None or right.item is None:
        return Shape(fields, left.item or right.item)
    return Shape(fields, _both(left.item, right.item))


def _values(name: str, seen: set[bool | str]) -> tuple[bool | str, ...]:
    """The values of a fact: yes and no, or the words that the profile's schema allows."""
    words = [value for value in seen if isinstance(value, str)]
    if not words:
        return (True, False)
    asked = FACTS[name].field
    rule = rule_at(f"contracts.any.{asked}") or rule_at(asked)
    allowed = list(rule.get("allowed", ())) if rule else []
    return tuple(dict.fromkeys((*allowed, *sorted(words))))
