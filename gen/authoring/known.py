"""What templates of each kind can print and ask, taken from the code that fills them.

Hands out `Shape`, `Known`, `known` and `shipped_profile`: the names of the context, of the rows
of its tables, and of every fact with the values that it can have. Leans on `drafting.kinds`,
`profile`, `shipped`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, reduce
from typing import Any

from gen.catalog import Fact
from gen.clauses import CALLS
from gen.drafting.kinds import Kind, kinds_of
from gen.drafting.reference import with_every_table
from gen.profile import Profile, load_profile
from gen.profile.facts import rule_at
from gen.profile.private import EXAMPLE_ASIDE
from gen.shipped import shipped
from gen.word.marks import Term, Value
from gen.word.row import Row
from gen.word.unknown import Unknown

__all__ = ["CONTRACTS", "HOUSE", "Known", "Shape", "known", "shared", "shipped_profile"]

CONTRACTS = "contracts"
HOUSE = ("systems", "city")
"""The subjects whose papers are Markdown templates."""
_PROFILES = ("aobadai", "minatokita", "shirakaba")
_ON = date(2026, 4, 1)
_TERMS = "甲乙丙丁戊己庚辛壬癸"
_LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
_FLAG = frozenset({True, False})


@dataclass(frozen=True)
class Shape:
    """What can be done with a value.

    Attributes:
        fields: names that can be asked of it; empty for a value that prints.
        item: of a list, what its members are.
        values: all that it can be, where that is a closed list: yes and no, or the words that
            the profile's schema allows. Empty where it can be anything, None where it is not known.
        path: field of the profile that it comes from, "" where computed.
        example: as a shipped city prints it, "" where none does.
    """

    fields: Mapping[str, Shape] = field(default_factory=dict)
    item: Shape | None = None
    values: frozenset[bool | str] | None = None
    path: str = ""
    example: str = ""

    @property
    def is_flag(self) -> bool:
        """Whether it is yes or no, which conditions ask and nothing prints."""
        return self.values == _FLAG

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
        values: what each fact, and each name that conditions can ask, can be.
        labels: each fact's Japanese name.
        asked: how a template writes each of these names, and which of `values` it is.
    """

    names: Mapping[str, Shape]
    calls: frozenset[str]
    values: Mapping[str, tuple[bool | str, ...]]
    labels: Mapping[str, str]
    asked: Mapping[str, str]


@cache
def shipped_profile(name: str) -> Profile:
    """A shipped profile, loaded once."""
    loaded = load_profile(shipped("profiles") / f"{name}.yaml")
    if loaded.profile is None:
        raise RuntimeError(f"the shipped profile {name} does not load")
    return loaded.profile


@cache
def known(subject: str = CONTRACTS) -> Known:
    """What exists, from the contexts of all rows of all shipped profiles together.

    Args:
        subject: of the manifests, such as contracts or systems.
    """
    contexts: list[Mapping[str, Any]] = []
    facts: list[Mapping[str, Fact]] = []
    for kind, key in _rows(subject):
        facts.append(kind.facts(key))
        contexts.append({**kind.terms(key), **kind.context(key, {}, lambda _: ())})
    names = {name: shape for name, shape in _merged(contexts).items() if not name.startswith("_")}
    contract = subject == CONTRACTS
    calls = frozenset((*CALLS, "has")) if contract else frozenset()
    names |= {term: Shape() for term in _TERMS} if contract else {}
    names["loop"] = Shape({name: Shape() for name in _LOOP})
    names = {name: shape for name, shape in names.items() if name not in calls}
    values = _fact_values(facts)
    asked = {f"fact.{name}": name for name in values} if contract else {}
    if not contract:
        closed = dict(_closed(names))
        asked = {name: name for name in closed}
        values = {**closed, **values}
    labels = {fact.name: fact.label for row in facts for fact in row.values()}
    return Known(names, calls, values, labels, asked)


@cache
def shared(subjects: tuple[str, ...]) -> Known:
    """What papers of all these subjects can print, for a part that several of them include."""
    several = [known(one) for one in subjects]
    names = reduce(_common, (dict(one.names) for one in several))
    asked = dict(_closed(names))
    values = {name: found for one in several for name, found in one.values.items()}
    labels = {name: label for one in several for name, label in one.labels.items()}
    return Known(names, frozenset(), {**values, **asked}, labels, {name: name for name in asked})


def _rows(subject: str) -> Iterator[tuple[Kind, str]]:
    """Every row of every shipped profile that papers of the subject are made of."""
    for profile in map(shipped_profile, _PROFILES):
        keys: Iterable[str] = {CONTRACTS: profile.contracts, "systems": profile.systems}.get(subject, ("",))
        kind = kinds_of(profile, _ON, aside=EXAMPLE_ASIDE)[subject]
        for key in keys:
            whole = with_every_table(profile, key) if subject == CONTRACTS else None
            yield (kind if whole is None else kinds_of(whole, _ON, aside=EXAMPLE_ASIDE)[subject]), key


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
    if isinstance(value, bool):
        return Shape(values=_FLAG)
    if isinstance(value, Unknown):
        return Shape()
    path = value.path if isinstance(value, Value) else ""
    return Shape(values=_allowed(str(value), path), path=path, example=str(value))


def _allowed(text: str, path: str) -> frozenset[bool | str]:
    """The words of the field that a text comes from; none where it is not printed as typed."""
    rule = rule_at(path) if path else None
    words = frozenset[bool | str](rule.get("allowed", ())) if rule else frozenset[bool | str]()
    return words if text in words else frozenset()


def _both(left: Shape, right: Shape) -> Shape:
    names = (*left.fields, *(name for name in right.fields if name not in left.fields))
    fields = {name: _both(left.fields.get(name, Shape()), right.fields.get(name, Shape())) for name in names}
    item = _both(left.item, right.item) if left.item and right.item else left.item or right.item
    return Shape(fields, item, _values(left, right), left.path or right.path, left.example or right.example)


def _values(left: Shape, right: Shape) -> frozenset[bool | str] | None:
    if left.values is None or right.values is None:
        return right.values if left.values is None else left.values
    return left.values | right.values if left.values and right.values else frozenset()


def _common(left: dict[str, Shape], right: dict[str, Shape]) -> dict[str, Shape]:
    """The names that both have, through rows and lists."""
    out: dict[str, Shape] = {}
    for name in left.keys() & right.keys():
        one, other = left[name], right[name]
        if bool(one.fields) == bool(other.fields) and (one.item is None) == (other.item is None):
            fields = _common(dict(one.fields), dict(other.fields))
            item = None
            if one.item is not None and other.item is not None:
                item = replace(one.item, fields=_common(dict(one.item.fields), dict(other.item.fields)))
            out[name] = replace(one, fields=fields, item=item, values=_values(one, other))
    return out


def _closed(names: Mapping[str, Shape], stem: str = "") -> Iterator[tuple[str, tuple[bool | str, ...]]]:
    """Every name outside of lists that can be only a few things."""
    for name, shape in names.items():
        if shape.values and shape.prints:
            yield f"{stem}{name}", tuple(sorted(shape.values, key=str, reverse=True))
        yield from _closed(shape.fields, f"{stem}{name}.")


def _fact_values(rows: Iterable[Mapping[str, Fact]]) -> dict[str, tuple[bool | str, ...]]:
    """The values of each fact: yes and no, or the words that the profile's schema allows."""
    seen: dict[str, list[Fact]] = {}
    for row in rows:
        for fact in row.values():
            seen.setdefault(fact.name, []).append(fact)
    out: dict[str, tuple[bool | str, ...]] = {}
    for name, facts in seen.items():
        words = {fact.value for fact in facts if isinstance(fact.value, str)}
        rules = [rule for fact in facts if (rule := rule_at(fact.path)) is not None]
        allowed = [word for rule in rules for word in rule.get("allowed", ())] if words else []
        out[name] = tuple(dict.fromkeys((*allowed, *sorted(words)))) if words else (True, False)
    return out
