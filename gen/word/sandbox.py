"""The Jinja environment of templates: a sandbox that escapes, marks and never guesses.

Hands out `Sandbox`. It allows the few kinds of tags that a template needs and no others.
Leans on `allowed`, `budget`, `marks`, `unknown`, `row`, `clauses`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gen.clauses import CALLS
from gen.word.allowed import check_node, walk
from gen.word.budget import Budget
from gen.word.marks import MarkExpressions, Recorder
from gen.word.row import Row
from gen.word.unknown import LOGIC, Unknown, of_unknown, rewrite

__all__ = ["Sandbox"]

_MAX_INT = 10**15
_SAFE_FILTERS = ("length", "count", "first", "last")


class Sandbox(ImmutableSandboxedEnvironment):
    """Sandbox with autoescape and strict undefined; conditions are three-valued.

    Attributes:
        recorder: of what a rendering prints.
        budget: of what a rendering may spend.
        asked: the names that each compiled template asks for.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, load: Callable[[str], tuple[str, str, Callable[[], bool]]]) -> None:
        self.recorder = Recorder()
        self.budget = Budget()
        self.asked: dict[str, frozenset[str]] = {}
        self._uids = itertools.count(1)
        super().__init__(
            loader=FunctionLoader(load),
            extensions=[MarkExpressions],
            undefined=StrictUndefined,
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            optimized=False,  # nearly all that a template prints is known only when it is filled
        )
        kept = {name: of_unknown(self.filters[name]) for name in _SAFE_FILTERS}
        self.filters.clear()
        metered = {name: self.budget.metered(one) for name, one in (LOGIC | self.recorder.filters()).items()}
        self.filters.update({**kept, **metered, **self.budget.filters()})
        self.tests = {name: self.tests[name] for name in ("defined", "undefined", "none", "string", "number")}
        self.globals.clear()
        self.globals.update(CALLS)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        asked: set[str] = set()
        for node in walk(tree):
            check_node(node, name)
            if isinstance(node, nodes.TemplateData):
                node.data = node.data.replace("\n", "")
            elif isinstance(node, nodes.Name):
                asked.add(node.name)
        self.asked[name or ""] = frozenset(asked)
        rewritten = rewrite(tree, self._uids)
        self.budget.charge(rewritten, name)
        return rewritten

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A name of a row, looked up at once; anything else by the sandbox's rules."""
        if obj.__class__ is Row and attribute[:1] != "_":
            fields = obj._fields
            if attribute in fields:
                return fields[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums of small whole numbers only: a template does not calculate."""
        for side in (left, right):
            if isinstance(side, Unknown):
                return side
        whole = all(isinstance(side, int) and abs(side) < _MAX_INT for side in (left, right))
        if whole and operator in ("+", "-"):
            return left + right if operator == "+" else left - right
        raise SecurityError(f"計算「{operator}」はひな形では使えません。")
