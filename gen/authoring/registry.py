"""What a lint rule is, and the list that every rule enters by its decorator.

Hands out `LintRule`, `Remark`, the decorators `sheet_rule` and `paper_rule`, `enter` and `registered`.
Leans on `desk` and `gen.report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gen.authoring.desk import Desk
from gen.authoring.paper import Paper
from gen.authoring.sheet import Line, Sheet
from gen.report import Severity

__all__ = ["LintRule", "PaperLook", "Remark", "SheetLook", "enter", "paper_rule", "registered", "sheet_rule"]


@dataclass(frozen=True)
class Remark:
    """One breach of a rule.

    Attributes:
        message: Japanese: what is wrong.
        line: where, None for the template as a whole.
        hint: Japanese: what to do.
        sheet: the template, where a rule over papers speaks.
        severity: lighter than the rule's own.
        causes: files of other templates that may be the ones to mend.
    """

    message: str
    line: Line | None = None
    hint: str = ""
    sheet: Sheet | None = None
    severity: Severity | None = None
    causes: frozenset[str] = frozenset()


SheetLook = Callable[[Sheet, Desk], Iterable[Remark]]
PaperLook = Callable[[Paper, Desk], Iterable[Remark]]


@dataclass(frozen=True)
class LintRule:
    """A rule: what a template must be, why, and the function that looks.

    Attributes:
        id: kebab-case ASCII.
        severity: of its findings; some are lighter.
        title: Japanese: what must hold.
        basis: what it rests on.
        look: gives the breaches of one template; None where it looks at whole papers.
        look_paper: gives the breaches of a document with all that it includes.
    """

    id: str
    severity: Severity
    title: str
    basis: str
    look: SheetLook | None = None
    look_paper: PaperLook | None = None


_RULES: dict[str, LintRule] = {}


def registered() -> tuple[LintRule, ...]:
    """Every rule that entered so far, in that order."""
    return tuple(_RULES.values())


def enter(rule: LintRule) -> None:
    """Enter a rule.

    Raises:
        ValueError: its id is taken.
    """
    if rule.id in _RULES:
        raise ValueError(f"two lint rules are called {rule.id}")
    _RULES[rule.id] = rule


def sheet_rule(id: str, severity: Severity, title: str, basis: str) -> Callable[[SheetLook], SheetLook]:
    """Enter a function over one template as a rule."""

    def entered(look: SheetLook) -> SheetLook:
        enter(LintRule(id, severity, title, basis, look=look))
        return look

    return entered


def paper_rule(id: str, severity: Severity, title: str, basis: str) -> Callable[[PaperLook], PaperLook]:
    """Enter a function over a document with all that it includes as a rule."""

    def entered(look: PaperLook) -> PaperLook:
        enter(LintRule(id, severity, title, basis, look_paper=look))
        return look

    return entered
