"""Names: what is printed and asked exists, and what a loop names is used.

Registers the rules on names and conditions. Leans on `known`, which takes them from the code.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from jinja2 import nodes

from gen.authoring.conditions import Formula, World, all_of, compared, example, from_when, negated
from gen.authoring.desk import Desk
from gen.authoring.known import Shape
from gen.authoring.registry import Remark, sheet_rule
from gen.authoring.sheet import MARKDOWN, WORD, Sheet
from gen.authoring.tags import Placed, dotted
from gen.report import Severity

__all__: list[str] = []  # its rules enter the registry

_FIELDS = "使える名前の一覧（docs/template-fields.md、docs/paper-fields.md）"
_BASIS = "ひな形の書き方（docs/templates.md）"
_CASE = {WORD: "契約", MARKDOWN: "団体やシステム"}


class _Scope:
    """The names that can be used at one tag: those of the context and of the loops around it."""

    def __init__(self, sheet: Sheet, desk: Desk, placed: Placed) -> None:
        known = desk.known(sheet)
        self.calls = known.calls
        self.shadowed = any(name in known.names for name, _ in placed.loops)
        names = dict(known.names)
        self.inside = bool(placed.loops)
        for name, source in placed.loops:
            shape, _ = look(names, source)
            names[name] = (shape.item if shape is not None else None) or Shape()
        if not self.inside:
            names.pop("loop", None)
        self.names: Mapping[str, Shape] = names


def look(names: Mapping[str, Shape], node: nodes.Node) -> tuple[Shape | None, str]:
    """The shape of an attribute chain, and the right word where it does not exist ("" if unknown)."""
    if isinstance(node, nodes.Name):
        shape = names.get(node.name)
        return shape, "" if shape is not None else _near(node.name, names)
    if isinstance(node, nodes.Getattr):
        before, near = look(names, node.node)
        if before is None:
            return None, near and f"{near}.{node.attr}"
        found = before.fields.get(node.attr)
        stem = dotted(node.node)
        word = _near(node.attr, before.fields)
        return found, "" if found is not None or not word else f"{stem}.{word}"
    return None, ""


def _near(word: str, known: Iterable[str]) -> str:
    return _nearest(word, tuple(known))


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(word[:100], known, n=1, cutoff=0.5)), "")


def _chains(node: nodes.Node) -> Iterator[nodes.Node]:
    """The longest attribute chains of an expression; the name of a call is none."""
    if isinstance(node, (nodes.Name, nodes.Getattr)) and dotted(node):
        yield node
        return
    if isinstance(node, nodes.For):
        yield from _chains(node.iter)
        return
    for child in node.iter_child_nodes():
        if isinstance(node, nodes.Call) and child is node.node and isinstance(child, nodes.Name):
            continue
        yield from _chains(child)


@sheet_rule("name-undeclared", Severity.ERROR, "印字し、又は尋ねる名前が存在する", _FIELDS)
def undeclared(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Every name exists, through loops and rows, by its full path."""
    if not desk.has_facts(sheet):
        return
    for placed in sheet.tags:
        node = placed.tag.node
        if node is None:
            continue
        scope = _Scope(sheet, desk, placed)
        for chain in _chains(node):
            shape, near = look(scope.names, chain)
            if shape is None:
                hint = f"「{near}」ではありませんか。" if near else ""
                message = f"「{dotted(chain)}」という名前はありません。"
                yield Remark(
                    message,
                    sheet.lines[placed.line],
                    hint or f"使える名前は {_page(sheet, desk)} にあります。",
                    at=placed.tag.start,
                )
        for call in node.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name not in scope.calls:
                near = _near(call.node.name, scope.calls)
                message = f"「{call.node.name}(…)」という書き方はありません。"
                yield Remark(
                    message, sheet.lines[placed.line], f"「{near}(…)」ではありませんか。" if near else ""
                )


@sheet_rule("name-not-printable", Severity.ERROR, "印字するのは、一つの値だけ", _FIELDS)
def not_printable(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A group of values, a table or a fact of yes and no is not a text."""
    if not desk.has_facts(sheet):
        return
    for placed in sheet.tags:
        node = placed.tag.node
        if placed.tag.kind != "print" or node is None or not dotted(node):
            continue
        shape, _ = look(_Scope(sheet, desk, placed).names, node)
        flag = shape is not None and shape.is_flag
        if (shape is not None and not shape.prints) or flag:
            kind = "はい・いいえの事実" if flag else "値のまとまり又は表"
            yield Remark(
                f"「{dotted(node)}」は{kind}なので、印字できません。",
                sheet.lines[placed.line],
                "その中の一つの値を指定するか、{% if … %} 又は {%tr for … %} で使ってください。",
                at=placed.tag.start,
            )


@sheet_rule("loop-not-a-list", Severity.ERROR, "繰り返すのは、表の行の並びだけ", _FIELDS)
def not_a_list(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A loop over one value would run over its letters."""
    if not desk.has_facts(sheet):
        return
    for placed in sheet.tags:
        node = placed.tag.node
        if isinstance(node, nodes.For):
            shape, _ = look(_Scope(sheet, desk, placed).names, node.iter)
            if shape is not None and shape.item is None:
                yield Remark(
                    f"「{dotted(node.iter)}」は並びではないので、繰り返せません。",
                    sheet.lines[placed.line],
                    "payments、systems などの表の名前を指定してください。",
                    at=placed.tag.start,
                )


@sheet_rule("loop-variable-unused", Severity.WARNING, "繰り返しの変数を、その中で使う", _BASIS)
def unused_variable(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A loop that never uses its variable prints the same text again and again."""
    for placed in sheet.tags:
        node = placed.tag.node
        if not isinstance(node, nodes.For) or not isinstance(node.target, nodes.Name):
            continue
        loop = (node.target.name, node.iter)
        inside = [one for one in sheet.tags if loop in one.loops and one.tag.node is not None]
        used = (dotted(chain).split(".")[0] for one in inside for chain in _chains(one.tag.node or node))
        if node.target.name not in used:
            yield Remark(
                f"繰り返しの変数「{node.target.name}」が使われていません。",
                sheet.lines[placed.line],
                f"「{{{{ {node.target.name}.… }}}}」で行の値を印字するか、繰り返しをやめてください。",
                at=placed.tag.start,
            )


@sheet_rule("when-unknown-fact", Severity.ERROR, "説明ファイルの when が、ある事実とその値を尋ねる", _FIELDS)
def unknown_fact(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """The manifest's conditions ask facts that exist, for values that they can have."""
    if sheet.manifest is None or not desk.has_facts(sheet):
        return
    facts = {name: desk.known(sheet).values[name] for name in desk.known(sheet).labels}
    whens = [sheet.manifest.when, *(row.when for row in sheet.manifest.confirm)]
    for fact, wanted in itertools.chain.from_iterable(map(_asked, whens)):
        values = facts.get(fact)
        if values is None:
            near = _near(fact, facts)
            hint = (
                f"「{near}」ではありませんか。" if near else f"事実の一覧は {_page(sheet, desk)} にあります。"
            )
            yield Remark(f"when が、ない事実「{fact}」を尋ねています。", None, hint)
            continue
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if value not in values:
                said = "、".join(_said(one) for one in values)
                yield Remark(
                    f"when の {fact} に「{_said(value)}」という値はありません。",
                    None,
                    f"使える値は {said} です。",
                )


def _asked(when: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, wanted in when.items():
        if key == "any" and isinstance(wanted, list):
            for one in wanted:
                yield from _asked(one if isinstance(one, dict) else {})
        else:
            yield key, wanted


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) or "（記載なし）"


@sheet_rule("condition-impossible", Severity.ERROR, "条件に、当てはまる団体があり得る", _FIELDS)
def impossible(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """A fact is compared with a value that it can have, and conditions do not exclude one another."""
    if not desk.has_facts(sheet):
        return
    for placed in sheet.tags:
        test = placed.tag.node
        if placed.tag.word not in ("if", "elif") or not isinstance(test, nodes.Expr):
            continue
        world, scope = desk.world(sheet), _Scope(sheet, desk, placed)
        strange = list(_strange(test, world, scope))
        for name, value, allowed in strange:
            said = "、".join(_said(one) for one in allowed)
            message = f"{name} に「{_said(value)}」という値はありません。"
            yield Remark(message, sheet.lines[placed.line], f"使える値は {said} です。", at=placed.tag.start)
        around = _around(sheet, placed, world)
        if strange or scope.shadowed or example(around, world, {}) is None:
            continue  # told already: where the outer condition cannot be met, no inner one can
        if example(all_of([around, world.of(test)]), world, {}) is None:
            yield Remark(
                f"条件「{placed.tag.text}」に当てはまる{_CASE[sheet.form]}はあり得ません。",
                sheet.lines[placed.line],
                "外側の条件及び説明ファイルの when と突き合わせてください。",
                at=placed.tag.start,
            )


@sheet_rule("condition-constant", Severity.INFO, "条件が、場合により異なる結果になる", _FIELDS)
def constant(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
    """Where nothing else is possible, the condition can be left out."""
    if not desk.has_facts(sheet):
        return
    for placed in sheet.tags:
        test = placed.tag.node
        if placed.tag.word != "if" or not isinstance(test, nodes.Expr):
            continue
        world, scope = desk.world(sheet), _Scope(sheet, desk, placed)
        if scope.shadowed or list(_strange(test, world, scope)):
            continue
        around = _around(sheet, placed, world)
        possible = example(around, world) is not None
        if possible and example(all_of([around, negated(world.of(test))]), world, {}) is None:
            yield Remark(
                f"条件「{placed.tag.text}」は、ここでは常に成り立ちます。",
                sheet.lines[placed.line],
                "条件を外せます。",
                at=placed.tag.start,
            )


def _around(sheet: Sheet, placed: Placed, world: World) -> Formula:
    """The conditions around a test, without its own."""
    guards = placed.guards[:-1] if placed.tag.word == "elif" else placed.guards
    return all_of([world.of_guards(guards), from_when(sheet.manifest, world)])


def _strange(
    test: nodes.Expr, world: World, scope: _Scope
) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    """Names, the values they are compared with but cannot have, and those that they can have."""
    own = [test] if isinstance(test, nodes.Compare) else []
    for compare in (*own, *test.find_all(nodes.Compare)):
        read, name = compared(compare), dotted(compare.expr)
        if read is None or not name:
            continue
        fact = world.fact(compare.expr) if not scope.shadowed else ""
        shape, _ = look(scope.names, compare.expr)
        closed = sorted(shape.values or (), key=str) if shape is not None else ()
        allowed = world.values[fact] if fact else tuple(closed)
        yield from ((name, value, allowed) for value in read[0] if allowed and value not in allowed)


def _page(sheet: Sheet, desk: Desk) -> str:
    """The page of names for papers of this kind."""
    return "docs/template-fields.md" if desk.asks_contract(sheet) else "docs/paper-fields.md"
