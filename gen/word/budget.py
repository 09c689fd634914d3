"""How much a template may make the machine do: counted steps, the same on every machine.

Hands out `Budget`, which a sandbox gives to the trees that it compiles and to its filters, and
`TooMuch`. A clock would stop the same template on a slow machine only, and signals do not exist
on Windows; so every turn of a loop and every inclusion pays for what it holds, and everything
that handles long texts pays for their length. Leans on Jinja's nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from jinja2 import TemplateSyntaxError, nodes, pass_context

from gen.errors import UserError

__all__ = ["Budget", "TooMuch"]

_MAX_STEPS = 10_000_000  # a city with a hundred systems takes 50,000 for its largest paper
_MAX_EXPRESSION = 2_000  # as compiled: a condition inside a condition is compiled several times
_MAX_TEMPLATE = 100_000  # the largest of ours has 800
_COSTS: dict[type[nodes.Node], int] = {nodes.Include: 60, nodes.For: 10}  # a context, a frame of their own
_LETTERS = 64  # handled in the time of one step


class TooMuch(UserError):
    """A template that would keep the machine busy, or fill it, without end."""


class Budget:
    """What one rendering may still spend."""

    def __init__(self) -> None:
        self._left = _MAX_STEPS

    def start(self) -> None:
        """Begin a rendering."""
        self._left = _MAX_STEPS

    def spend(self, steps: int) -> None:
        """Pay for some work.

        Raises:
            TooMuch: there is not as much left.
        """
        self._left -= steps
        if self._left < 0:
            raise TooMuch("繰り返しや取り込みが多すぎます（終わらない繰り返しの疑い）。")

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters that `charge` puts into a tree."""

        def paid(steps: int) -> str:
            self.spend(steps)
            return ""

        def turns(values: Any, steps: int) -> Iterator[Any]:
            for value in values:
                self.spend(steps)
                yield value

        return {"_paid": _volatile(paid), "_turns": _volatile(turns)}

    def metered(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that pays for the length of what it is given."""

        @wraps(plain)  # keeps Jinja's sign that it takes the context first
        def kept(*args: Any) -> Any:
            size = 0
            for one in args:  # most are short texts: this is asked for each printed value
                if isinstance(one, str):
                    size += len(one) // _LETTERS
                elif isinstance(one, (list, tuple, dict)):
                    size += len(one)
            if size:
                self.spend(size)
            return plain(*args)

        return kept

    def charge(self, tree: nodes.Template, name: str | None) -> None:
        """Make every loop and the template itself pay; the tree is changed.

        Args:
            tree: a template, conditions already rewritten.
            name: its name.

        Raises:
            TemplateSyntaxError: an expression, or the whole, is too large to be compiled.
        """
        weights: dict[int, int] = {}
        whole = _weigh(tree, weights, name)
        if whole > _MAX_TEMPLATE:
            raise TemplateSyntaxError("ひな形が大きすぎます（タグが多すぎます）。", 1, name)
        for loop in list(tree.find_all(nodes.For)):
            body = sum(weights[id(child)] for child in (*loop.body, *((loop.test,) if loop.test else ())))
            loop.iter = _filter(loop.iter, "_turns", 1 + body)
        tree.body.insert(0, nodes.ExprStmt(_filter(nodes.Const(whole), "_paid")))


def _volatile(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that Jinja does not work out while it compiles."""

    @pass_context
    def kept(_: Any, *args: Any) -> Any:
        return plain(*args)

    return kept


def _filter(node: nodes.Node, name: str, *args: int) -> nodes.Filter:
    constants: list[nodes.Expr] = [nodes.Const(one) for one in args]
    return nodes.Filter(node, name, constants, [], None, None, lineno=node.lineno or 1)


def _weigh(node: nodes.Node, weights: dict[int, int], name: str | None) -> int:
    """How many nodes are compiled; one that hangs in several places counts in each."""
    known = weights.get(id(node))
    if known is None:
        known = _COSTS.get(type(node), 1)
        known += sum(_weigh(child, weights, name) for child in node.iter_child_nodes())
        if isinstance(node, nodes.Expr) and known > _MAX_EXPRESSION:
            raise TemplateSyntaxError(
                "式が複雑すぎます。条件を分けて書いてください。", node.lineno or 1, name
            )
        weights[id(node)] = known
    return known
