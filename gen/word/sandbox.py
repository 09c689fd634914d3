"""The Jinja environment of templates: a sandbox that escapes, marks and never guesses.

Hands out `Sandbox`. It allows the few kinds of tags that a template needs and no others.
Leans on `allowed`, `budget`, `marks`, `unknown`, `row`, `clauses`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gen.clauses import CALLS
from gen.word.allowed import check_node, walk
from gen.word.budget import Budget
from gen.word.marks import Expression, MarkExpressions, Recorder
from gen.word.row import Row
from gen.word.unknown import LOGIC, Unknown, of_unknown, rewrite

__all__ = ["Sandbox"]

_MAX_INT = 10**15
_SAFE_FILTERS = ("length", "count", "first", "last")


class _Loader(BaseLoader):
    """Gives templates by their compiled code.

    Args:
        compiled: gives the code of a source by its name.
    """

    def __init__(self, compiled: Callable[[str], CodeType]) -> None:
        self._compiled = compiled

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """The template."""
        code = self._compiled(name)
        return environment.template_class.from_code(environment, code, globals or {}, lambda: True)


class Sandbox(ImmutableSandboxedEnvironment):
    """Sandbox with autoescape and strict undefined; conditions are three-valued.

    Args:
        compiled: gives the code of a source by its name; it was compiled by a sandbox like this one.

    Attributes:
        recorder: of what a rendering prints.
        budget: of what a rendering may spend.
        asked: the names that each compiled template asks for.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, compiled: Callable[[str], CodeType]) -> None:
        self.recorder = Recorder()
        self.budget = Budget()
        self.asked: dict[str, tuple[str, ...]] = {}
        super().__init__(
            loader=_Loader(compiled),
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
        self.asked[name or ""] = tuple(sorted(asked))
        rewritten = rewrite(tree, name or "")
        self.budget.charge(rewritten, name)
        return rewritten

    def knows(self, name: str) -> tuple[tuple[str, ...], tuple[tuple[str, str, int], ...]]:
        """What compiling a source told: the names that it asks for; key, text and line of what it prints."""
        expressions = self.recorder.expressions.items()
        own = ((key, one.text, one.line) for key, one in expressions if one.template == name)
        return self.asked[name], tuple(own)

    def learn(self, name: str, asked: Iterable[str], expressions: Iterable[tuple[str, str, int]]) -> None:
        """Take over what another sandbox knew of a source that it compiled."""
        self.asked[name] = tuple(asked)
        self.recorder.expressions.update(
            (key, Expression(text, name, line)) for key, text, line in expressions
        )

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
