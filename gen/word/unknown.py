"""未定 inside a template: prints 〇〇〇〇, and keeps every alternative of a condition.

Hands out `Unknown`, the three-valued logic over it, `of_unknown` for filters, and `rewrite`, which makes a Jinja
tree use that logic. Leans on Jinja's own node classes (design: never invent a fact).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from gen.errors import UserError

__all__ = ["BLANK", "LOGIC", "Choices", "Unknown", "framed", "of_unknown", "rewrite"]

BLANK = "〇〇〇〇"
_MAX_STEPS = 1_000_000
_FRAME, _SEAM = "\ufdd9", "\ufddf"
_FIRST_TEXT = re.compile(r"<w:t(?: [^>]*)?(?<!/)>")
_UNSEEN = re.compile(
    r"\s*(?:<w:(?:bookmark|proofErr|perm|commentRange|moveFromRange|moveToRange)[A-Za-z]*(?: [^>]*)?/>\s*)*"
)
_BLOCK = re.compile(r"<w:(?:p|tbl|sdt|customXml)[ >]")
_ROW = re.compile(r"<w:(?:tr|tc|r|hyperlink|ins|smartTag)[ >]")


class Unknown:
    """A value that nobody has decided yet; whatever is asked of it is unknown too."""

    __slots__ = ("_label", "_path")

    def __init__(self, path: str, label: str) -> None:
        self._path = path
        self._label = label

    def __getattr__(self, name: str) -> Unknown:
        if name.startswith("_"):
            raise AttributeError(name)
        return Unknown(f"{self._path}.{name}", self._label)

    def __getitem__(self, key: object) -> Unknown:
        return Unknown(f"{self._path}.{key}", self._label)

    def __iter__(self) -> Iterator[Unknown]:
        yield self

    def __str__(self) -> str:
        return BLANK

    def __bool__(self) -> bool:
        raise TypeError(f"{self._path} is undecided and has no truth value")


def _truth(value: Any) -> bool | None:
    return None if isinstance(value, Unknown) else bool(value)


def _not(value: Any) -> Any:
    return value if isinstance(value, Unknown) else not value


def _and(left: Any, right: Any) -> Any:
    if isinstance(right, Unknown):
        return right
    return (left if isinstance(left, Unknown) else True) if right else False


def _or(left: Any, right: Any) -> Any:
    if isinstance(right, Unknown):
        return right
    return True if right else (left if isinstance(left, Unknown) else False)


def _compare(left: Any, op: str, right: Any) -> Any:
    for side in (left, right):
        if isinstance(side, Unknown):
            return side
    if op in ("in", "notin"):
        if isinstance(right, str):
            return (str(left) in right) is (op == "in")
        unknown = next((one for one in right if isinstance(one, Unknown)), None)
        found = any(one == left for one in right if not isinstance(one, Unknown))
        if unknown is not None and not found:
            return unknown
        return found if op == "in" else not found
    return {
        "eq": lambda: left == right,
        "ne": lambda: left != right,
        "lt": lambda: left < right,
        "lteq": lambda: left <= right,
        "gt": lambda: left > right,
        "gteq": lambda: left >= right,
    }[op]()


LOGIC = {
    "_not": _not,
    "_and": _and,
    "_or": _or,
    "_cmp": _compare,
    "_maybe": lambda value: _truth(value) is not False,
    "_sure": lambda value: _truth(value) is True,
}
"""Filters that compiled templates call; their names begin with _ so that no author writes them."""


def of_unknown(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that hands 未定 on instead of counting it."""

    @wraps(plain)  # keeps Jinja's sign that it takes the environment first
    def kept(*args: Any) -> Any:
        return args[-1] if isinstance(args[-1], Unknown) else plain(*args)

    return kept


class Choices:
    """Which alternatives of an undecided condition were kept, in one rendering."""

    def __init__(self) -> None:
        self._state: dict[str, tuple[bool, Unknown | None]] = {}
        self.kept: list[tuple[str, str]] = []
        self._steps = 0

    def start(self) -> None:
        """Forget the last rendering."""
        self._state.clear()
        self._steps = 0
        self.kept = []

    def open(self, condition: Any, uid: str) -> bool:
        """The `if`: true when its body is to be printed."""
        self._step()
        self._state[uid] = (False, None)
        return self.next(condition, uid)

    def rows(self, several: Any) -> Iterator[Any]:
        """The members that a loop runs over, counted: a loop inside a loop may never end."""
        return map(self._counted, iter(several))

    def _counted(self, one: Any) -> Any:
        self._step()
        return one

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise UserError(
                f"繰り返しと条件が多すぎます（上限{_MAX_STEPS}回）。繰り返しの入れ子の誤りの疑いがあります。"
            )

    def next(self, condition: Any, uid: str) -> bool:
        """The `elif`: true when its body is to be printed."""
        truth = _truth(condition)
        unknown = self._state[uid][1]
        if truth is None:
            unknown = condition if unknown is None else unknown
            self.kept.append((condition._path, condition._label))
        self._state[uid] = (truth is True, unknown)
        return truth is not False

    def keep(self, condition: Any) -> bool:
        """The `if` of a loop: true when the row is to be printed."""
        if (truth := _truth(condition)) is None:
            self.kept.append((condition._path, condition._label))
        return truth is not False

    def pending(self, uid: str) -> bool:
        """True while no earlier branch was surely taken."""
        return not self._state[uid][0]

    def sign(self, uid: str, block: bool | str) -> Markup:
        """【選択：項目名】 before an alternative, or nothing where all is decided.

        `block`: True for a Word paragraph of its own, or what stands before and after it.
        """
        unknown = self._state[uid][1]
        if unknown is None:
            return Markup("")
        text = Markup("【選択：{}】").format(unknown._label)
        if not block:
            return text
        if isinstance(block, str):
            before, _, after = block.partition(_SEAM)
            return Markup(f"{before}{text}{after}")
        return Markup(f'<w:p><w:pPr><w:pStyle w:val="KianChoice"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>')


def framed(before: str, after: str) -> str:
    """What a template writes directly behind `if`, `elif` or `else` to say how 【選択：…】 is set there."""
    return f"{_FRAME}{before}{_SEAM}{after}{_FRAME}"


def rewrite(tree: nodes.Template, name: str) -> nodes.Template:
    """Make every condition of the tree three-valued; the tree is changed and handed back.

    Args:
        tree: a parsed template.
        name: of the template; its conditions are told by it from those of templates that it includes.
    """
    return cast(nodes.Template, _Rewriter(name).visit(tree))


def _filter(node: nodes.Expr, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


class _Rewriter(NodeTransformer):
    def __init__(self, name: str) -> None:
        self._name = name
        self._count = itertools.count(1)

    def visit_Not(self, node: nodes.Not) -> nodes.Node:
        return _filter(self._expr(node.node), "_not")

    def visit_And(self, node: nodes.And) -> nodes.Node:
        *terms, result = (self._expr(term) for term in _terms(node))
        for left in reversed(terms):  # nested to the right: each term is compiled twice, not 2ⁿ times
            both = _filter(left, "_and", result)
            result = nodes.CondExpr(_filter(left, "_maybe"), both, nodes.Const(False), lineno=node.lineno)
        return result

    def visit_Or(self, node: nodes.Or) -> nodes.Node:
        *terms, result = [self._expr(term) for term in _terms(node)]
        for left in reversed(terms):
            either = _filter(left, "_or", result)
            result = nodes.CondExpr(_filter(left, "_sure"), nodes.Const(True), either, lineno=node.lineno)
        return result

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        result: nodes.Expr | None = None
        left = self._expr(node.expr)
        for operand in node.ops:
            right = self._expr(operand.expr)
            one: nodes.Expr = _filter(left, "_cmp", nodes.Const(operand.op), right)
            if result is not None:  # 1 < x < 3
                both = _filter(result, "_and", one)
                one = nodes.CondExpr(_filter(result, "_maybe"), both, nodes.Const(False), lineno=node.lineno)
            result = one
            left = right
        assert result is not None
        return result

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:
        test, yes = self._expr(node.test), self._expr(node.expr1)
        no: nodes.Expr = self._expr(node.expr2) if node.expr2 is not None else nodes.Const("")
        nothing = nodes.Const("")
        yes = nodes.CondExpr(_filter(test, "_maybe"), yes, nothing, lineno=node.lineno)
        no = nodes.CondExpr(_filter(test, "_sure"), nothing, no, lineno=node.lineno)
        return _filter(test, "_pick", yes, no)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        first, *rest = (self._expr(one) for one in node.nodes)
        return _filter(first, "_concat", *rest)

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        node.iter = _filter(cast(nodes.Expr, node.iter), "_rows")
        if node.test is not None:
            node.test = _filter(cast(nodes.Expr, node.test), "_keep")
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        """Left out where the part surely does not belong, so that it is not even compiled."""
        file = cast(nodes.Const, node.template).value.partition("@")[0]
        belongs = nodes.Name("_applies", "load", lineno=node.lineno)
        asked = nodes.Call(belongs, [nodes.Const(file)], [], None, None, lineno=node.lineno)
        return nodes.If(_filter(asked, "_maybe"), [node], [], [], lineno=node.lineno)

    def visit_If(self, node: nodes.If) -> list[nodes.Node]:
        uid = nodes.Const(f"{self._name}:{next(self._count)}")
        pending = _filter(uid, "_pending")
        bodies = [node.body, *(other.body for other in node.elif_), node.else_]
        level = next(filter(None, map(_level, bodies)), "")  # an empty alternative has none of its own
        opened = _filter(self._expr(node.test), "_open", uid)
        out = [self._branch(opened, uid, node.body, level, node.lineno)]
        for other in node.elif_:
            test = nodes.And(pending, _filter(self._expr(other.test), "_next", uid), lineno=other.lineno)
            out.append(self._branch(test, uid, other.body, level, other.lineno))
        if node.else_:
            out.append(self._branch(pending, uid, node.else_, level, node.lineno))
        return out

    def _branch(
        self, test: nodes.Expr, uid: nodes.Const, body: list[nodes.Node], level: str, lineno: int
    ) -> nodes.Node:
        frame = _taken_frame(body)
        level = "" if frame else level
        sign = _filter(uid, "_sign", nodes.Const(frame or level == "p"))
        new: list[nodes.Node] = []
        for child in body:
            visited = self.visit(child)
            new.extend(visited if isinstance(visited, list) else [visited])
        if level == "tr":
            _into_first_text(new, sign)
        else:
            new.insert(0, nodes.Output([sign], lineno=lineno))
        return nodes.If(test, new, [], [], lineno=lineno)

    def _expr(self, node: nodes.Node) -> nodes.Expr:
        return cast(nodes.Expr, self.visit(node))


def _taken_frame(body: list[nodes.Node]) -> str:
    """The frame that the branch begins with, taken out of it; "" where it has none."""
    first = body[0].nodes[0] if body and isinstance(body[0], nodes.Output) and body[0].nodes else None
    if not isinstance(first, nodes.TemplateData) or not first.data.startswith(_FRAME):
        return ""
    frame, _, first.data = first.data[1:].partition(_FRAME)
    return frame


def _level(body: list[nodes.Node]) -> str:
    """What a branch holds: "p" paragraphs or tables, "tr" rows, cells or runs, "" text of a line."""
    for node in body:
        if isinstance(node, nodes.Include):
            return "p"
        if isinstance(node, (nodes.If, nodes.For)):
            inside = [node.body, node.else_]
            inside += [other.body for other in node.elif_] if isinstance(node, nodes.If) else []
            if level := next(filter(None, map(_level, inside)), ""):
                return level
        elif isinstance(node, nodes.Output):
            first = node.nodes[0]
            data = first.data if isinstance(first, nodes.TemplateData) else "text"
            data = _UNSEEN.sub("", data, count=1)
            if _BLOCK.match(data):
                return "p"
            if _ROW.match(data):
                return "tr"
            if data:
                return ""
    return ""


def _terms(node: nodes.BinExpr) -> list[nodes.Expr]:
    """The terms of `a and b and c`, which Jinja nests to the left."""
    terms: list[nodes.Expr] = []
    left: nodes.Expr = node
    while type(left) is type(node):
        assert isinstance(left, nodes.BinExpr)
        terms.append(left.right)
        left = left.left
    return [left, *reversed(terms)]


def _into_first_text(body: list[nodes.Node], sign: nodes.Expr) -> bool:
    """Put the sign where the first text begins; in loops and conditions too, which may print nothing."""
    for node in body:
        if isinstance(node, (nodes.If, nodes.For)):
            _into_first_text(node.body, sign)
        elif isinstance(node, nodes.Output) and _into_output(node, sign):
            return True
    return False


def _into_output(node: nodes.Output, sign: nodes.Expr) -> bool:
    for at, piece in enumerate(node.nodes):
        if isinstance(piece, nodes.TemplateData) and (found := _FIRST_TEXT.search(piece.data)):
            before, after = piece.data[: found.end()], piece.data[found.end() :]
            node.nodes[at : at + 1] = [nodes.TemplateData(before), sign, nodes.TemplateData(after)]
            return True
    return False
