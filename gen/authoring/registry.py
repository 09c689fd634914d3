"""What a lint rule is, and the list that every rule enters by its decorator.

Hands out `LintRule`, `Remark`, the decorators `sheet_rule` and `paper_rule`, `engine_rule`, `enter`
and `registered`.
Leans on `desk` and `gen.report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gen.authoring.desk import Desk
from gen.authoring.paper import Paper
from gen.authoring.sheet import MARKDOWN, WORD, Line, Sheet
from gen.report import Severity

__all__ = [
    "BOTH",
    "LintRule",
    "PaperLook",
    "Remark",
    "SheetLook",
    "engine_rule",
    "enter",
    "paper_rule",
    "registered",
    "sheet_rule",
]

BOTH = (WORD, MARKDOWN)


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
        at: where in the line, from 0; None for its first letter.
    """

    message: str
    line: Line | None = None
    hint: str = ""
    sheet: Sheet | None = None
    severity: Severity | None = None
    causes: frozenset[str] = frozenset()
    at: int | None = None


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
        forms: of the templates that it is about. Where both looks are None, the engine of
            Markdown tells it.
    """

    id: str
    severity: Severity
    title: str
    basis: str
    look: SheetLook | None = None
    look_paper: PaperLook | None = None
    forms: tuple[str, ...] = BOTH


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


def sheet_rule(
    id: str, severity: Severity, title: str, basis: str, forms: tuple[str, ...] = BOTH
) -> Callable[[SheetLook], SheetLook]:
    """Enter a function over one template as a rule."""

    def entered(look: SheetLook) -> SheetLook:
        enter(LintRule(id, severity, title, basis, look=look, forms=forms))
        return look

    return entered


def engine_rule(id: str, title: str, basis: str) -> None:
    """Enter a rule that the engine of Markdown tells when it refuses a line."""
    enter(LintRule(id, Severity.ERROR, title, basis, forms=(MARKDOWN,)))


def paper_rule(id: str, severity: Severity, title: str, basis: str) -> Callable[[PaperLook], PaperLook]:
    """Enter a function over a document with all that it includes as a rule."""

    def entered(look: PaperLook) -> PaperLook:
        enter(LintRule(id, severity, title, basis, look_paper=look))
        return look

    return entered
