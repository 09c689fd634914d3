"""What a rule is, and the list that every rule enters by its decorator.

Hands out `Rule`, `Problem`, `Problems`, the decorators `contract_rule` and `profile_rule`, and `registered`.
What a rule says of itself is data. Leans on `case`, `texts` and `gen.report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gen.profile import Profile
from gen.report import Finding, Severity
from gen.rules.case import Case
from gen.rules.texts import RuleText, text_of

__all__ = ["Problem", "Problems", "Rule", "contract_rule", "profile_rule", "registered"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of a rule.

    Attributes:
        field: dotted path of the field that is wrong.
        message: Japanese: what is wrong, quoting the facts.
        hint: Japanese: what to do.
        basis: the legal basis where it is not that of the rule, such as a law value's own.
        severity: lighter than the rule's own where the paper can still be right.
    """

    field: str
    message: str
    hint: str = ""
    basis: str = ""
    severity: Severity | None = None


Problems = Iterable[Problem]
ContractCheck = Callable[[Case], Problems]
ProfileCheck = Callable[[Profile, date], Problems]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, and the function that looks.

    Attributes:
        id: kebab-case ASCII; the row of `texts` that says what it is.
        look: gives the breaches of a profile on a day.
    """

    id: str
    look: ProfileCheck

    @property
    def text(self) -> RuleText:
        """What it says of itself."""
        return text_of(self.id)

    def findings(self, profile: Profile, on: date) -> Iterator[Finding]:
        """Every breach as a finding at its place."""
        for problem in self.look(profile, on):
            text = self.text
            yield Finding(
                self.id,
                problem.severity or text.severity,
                problem.message,
                profile.place(problem.field),
                problem.field,
                problem.basis or text.basis,
                problem.hint,
            )


_RULES: dict[str, Rule] = {}


def registered() -> tuple[Rule, ...]:
    """Every rule that entered so far, in that order."""
    return tuple(_RULES.values())


def profile_rule(id: str) -> Callable[[ProfileCheck], ProfileCheck]:
    """Enter a function over the whole profile as a rule."""

    def enter(look: ProfileCheck) -> ProfileCheck:
        if id in _RULES:
            raise ValueError(f"two rules are called {id}")
        _RULES[id] = Rule(id, look)
        return look

    return enter


def contract_rule(id: str) -> Callable[[ContractCheck], ContractCheck]:
    """Enter a function over one contract as a rule; it is asked for every contract."""

    def enter(look: ContractCheck) -> ContractCheck:
        def every(profile: Profile, on: date) -> Iterator[Problem]:
            for key in profile.contracts:
                yield from look(Case(profile, key, on))

        profile_rule(id)(every)
        return look

    return enter
