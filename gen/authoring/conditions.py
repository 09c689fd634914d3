"""Conditions as formulas over facts, and whether a city can exist that meets them.

Hands out `Formula`, `World`, `all_of`, `any_of`, `negated`, `compared`, `from_when` and `example`.
The values of facts are few, so a city is looked for by trying them all. Leans on `known`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jinja2 import nodes

from gen.authoring.tags import Guard, dotted
from gen.catalog import Manifest

__all__ = ["BONDS", "Formula", "World", "all_of", "any_of", "compared", "example", "from_when", "negated"]

Values = Mapping[str, Any]
_LIMIT = 5_000
_UNSURE: dict[str, Any] = {}


@dataclass(frozen=True)
class Formula:
    """A condition: `op` is is, all, any or not; `wanted` the values that `is` accepts."""

    op: str
    fact: str = ""
    wanted: frozenset[Any] = frozenset()
    parts: tuple[Formula, ...] = ()

    def holds(self, values: Values) -> bool | None:
        """Whether it is met by these values; None while facts that decide it are missing."""
        if self.op == "is":
            return values[self.fact] in self.wanted if self.fact in values else None
        if self.op == "not":
            inner = self.parts[0].holds(values)
            return None if inner is None else not inner
        decisive = self.op == "any"
        open_ = False
        for part in self.parts:
            result = part.holds(values)
            if result is decisive:
                return decisive
            open_ = open_ or result is None
        return None if open_ else not decisive

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that it asks."""
        mine = {self.fact} if self.op == "is" else set()
        return frozenset(mine.union(*(part.facts for part in self.parts)))


YES = Formula("all")
NO = Formula("any")


def all_of(parts: Iterable[Formula]) -> Formula:
    """Every one of them."""
    kept = tuple(dict.fromkeys(part for part in parts if part != YES))
    return kept[0] if len(kept) == 1 else Formula("all", parts=kept)


def any_of(parts: Iterable[Formula]) -> Formula:
    """At least one of them."""
    kept = tuple(dict.fromkeys(part for part in parts if part != NO))
    return YES if YES in kept else kept[0] if len(kept) == 1 else Formula("any", parts=kept)


def negated(part: Formula) -> Formula:
    """Not that."""
    return part.parts[0] if part.op == "not" else Formula("not", parts=(part,))


def _is(fact: str, *wanted: Any) -> Formula:
    return Formula("is", fact, frozenset(wanted))


_MONEY = negated(_is("no_amount", True))
BONDS: tuple[Formula, ...] = (
    any_of([negated(_is("has_payments", True)), all_of([_MONEY, negated(_is("unit_price", True))])]),
    any_of([_is("has_payments", True), _is("no_amount", True), _is("unit_price", True)]),
    any_of([negated(_is("unit_price", True)), _MONEY]),
    any_of([negated(_is("taxable", True)), _MONEY]),
    any_of([negated(_is("monthly", True)), _MONEY]),
    any_of([negated(_is("taxable", True)), _is("tax_kind", "税込", "税抜")]),
    any_of([_is("taxable", True), _is("no_amount", True), _is("tax_kind", "非課税", "免税")]),
    any_of([negated(_is("my_number", True)), _is("personal_data", True)]),
    any_of([negated(_is("vendor_is_person", True)), negated(_is("vendor_is_jv", True))]),
    any_of([negated(_is("vendor_is_person", True)), negated(_is("vendor_is_body", True))]),
    any_of([negated(_is("vendor_is_jv", True)), negated(_is("vendor_is_body", True))]),
)
"""How facts hang together; every contract keeps these, a test holds them against the shipped ones."""


@dataclass(frozen=True)
class World:
    """What conditions are read against.

    Attributes:
        values: each fact's values.
        asked: how a template writes a fact, and its name in `values`.
        has: the condition under which a clause or attachment is in the paper; None where
            it is not known.
        answers: what was looked for before.
    """

    values: Mapping[str, tuple[bool | str, ...]]
    has: Callable[[str], Formula | None]
    asked: Mapping[str, str]
    answers: dict[Any, dict[str, Any] | None] = field(default_factory=dict, compare=False, repr=False)

    def of_guards(self, guards: Iterable[Guard]) -> Formula:
        """The conditions around a tag as one."""
        return all_of(self.of(one.test) if one.holds else negated(self.of(one.test)) for one in guards)

    def of(self, node: nodes.Node) -> Formula:
        """A test of a template; what it asks beyond the facts may be either way."""
        if isinstance(node, nodes.Not):
            return negated(self.of(node.node))
        if isinstance(node, nodes.And):
            return all_of([self.of(node.left), self.of(node.right)])
        if isinstance(node, nodes.Or):
            return any_of([self.of(node.left), self.of(node.right)])
        if isinstance(node, nodes.Const) and isinstance(node.value, bool):
            return YES if node.value else NO
        if isinstance(node, nodes.Compare) and len(node.ops) == 1:
            return self._compared(node)
        if isinstance(node, nodes.Call):
            return self._called(node)
        fact = self.fact(node)
        if fact:
            return _is(fact, *(value for value in self.values[fact] if value))
        return _is(f"?{node!r}", True)

    def fact(self, node: nodes.Node) -> str:
        """The fact that an expression asks, "" where it is none."""
        return self.asked.get(dotted(node), "")

    def _compared(self, node: nodes.Compare) -> Formula:
        read, fact = compared(node), self.fact(node.expr)
        if read is None or not fact:
            return _is(f"?{node!r}", True)
        given, wanted = read
        return _is(fact, *given) if wanted else negated(_is(fact, *given))

    def _called(self, node: nodes.Call) -> Formula:
        try:
            name = node.args[0].as_const() if node.args else None
        except nodes.Impossible:
            name = None
        asked = isinstance(node.node, nodes.Name) and node.node.name == "has" and isinstance(name, str)
        found = self.has(str(name)) if asked else None
        return _is(f"?{node!r}", True) if found is None else found

    def domain(self, fact: str) -> tuple[Any, ...]:
        """The values that a fact of a formula can have."""
        return self.values.get(fact, (True, False))


def compared(node: nodes.Compare) -> tuple[tuple[Any, ...], bool] | None:
    """The values that something is compared with, and whether they are wanted; None where unknown."""
    operand = node.ops[0]
    try:
        value = operand.expr.as_const()
    except nodes.Impossible:
        return None
    if len(node.ops) != 1 or operand.op not in ("eq", "ne", "in", "notin"):
        return None
    several = operand.op in ("in", "notin") and isinstance(value, (list, tuple))
    given = tuple(value) if several else (value,)
    if not all(isinstance(one, (bool, str, int, type(None))) for one in given):
        return None
    return given, operand.op in ("eq", "in")


def from_when(manifest: Manifest | None, world: World) -> Formula:
    """The condition of a manifest."""
    return YES if manifest is None else _when(manifest.when, world)


def _when(when: Mapping[str, Any], world: World) -> Formula:
    parts: list[Formula] = []
    for key, wanted in when.items():
        if key == "any":
            several = wanted if isinstance(wanted, list) else []
            parts.append(any_of(_when(one, world) for one in several if isinstance(one, dict)))
        elif key in world.values:
            given = wanted if isinstance(wanted, list) else [wanted]
            parts.append(_is(key, *(value for value in given if isinstance(value, (bool, str)))))
    return all_of(parts)


def example(formula: Formula, world: World, unsure: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """Values that meet the formula and hang together; None where no city can have them.

    Args:
        formula: the condition.
        world: the values of facts.
        unsure: the answer where too many values would have to be tried.
    """
    if formula == YES:
        return {}
    bonds = [bond for bond in BONDS if bond.facts & formula.facts and bond.facts <= set(world.values)]
    key = (formula, tuple(bonds))
    if key not in world.answers:
        others = frozenset[str]().union(*(bond.facts for bond in bonds)) - formula.facts
        asked = (*sorted(formula.facts), *sorted(others))
        tries = itertools.count()
        try:
            world.answers[key] = _search((formula, *bonds), asked, {}, world, tries)
        except _TooMany:
            world.answers[key] = _UNSURE
    found = world.answers[key]
    if found is _UNSURE:
        return unsure
    return None if found is None else {fact: found[fact] for fact in sorted(formula.facts) if fact in found}


class _TooMany(Exception):
    """A condition over so many facts that an answer would take too long."""


def _search(
    wanted: Sequence[Formula],
    asked: Sequence[str],
    values: dict[str, Any],
    world: World,
    tries: Iterator[int],
) -> dict[str, Any] | None:
    """Values for the facts that are still asked such that every formula holds."""
    if next(tries) > _LIMIT:
        raise _TooMany
    results = [one.holds(values) for one in wanted]
    if False in results:
        return None
    if all(results):
        return values
    for value in world.domain(asked[0]):
        found = _search(wanted, asked[1:], {**values, asked[0]: value}, world, tries)
        if found is not None:
            return found
    return None
