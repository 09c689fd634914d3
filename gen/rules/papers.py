"""A paper that somebody edited, before the rules: what Kian makes of it, and what stands there now.

Hands out `Paper`, `PaperLine`, `Printed`, `Remark`, `PaperRule`, the decorator `paper_rule` and
`paper_rules`. Leans on `texts`; the papers are handed in, read and aligned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gen.errors import Place
from gen.profile import Contract, Profile
from gen.report import Finding, Severity
from gen.rules.texts import RuleText, text_of

__all__ = ["Paper", "PaperLine", "PaperRule", "Printed", "Remark", "paper_rule", "paper_rules"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A fact that Kian prints in a line.

    Attributes:
        path: of the field.
        text: as printed.
    """

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paragraph or table row.

    Attributes:
        number: its place in the paper, from 1; 0 for one that is gone.
        role: of the paragraph: jo, ko, go, midashi, row …
        text: as it stands.
        made: as Kian makes it; None for one that somebody added.
        facts: what Kian prints in it.
        in_conflict: whether it holds two texts, between which a person must decide.
    """

    number: int
    role: str
    text: str
    made: str | None = None
    facts: tuple[Printed, ...] = ()
    in_conflict: bool = False

    @property
    def edited(self) -> bool:
        """Whether somebody wrote it or changed it."""
        return self.text != self.made


@dataclass(frozen=True)
class Paper:
    """A paper with its edits, or a template of the city's own, whose lines are all its own.

    Attributes:
        id: of the document, or the template's name.
        file: its name in the workspace.
        lines: as they stand.
        gone: lines that Kian makes and somebody took out.
        contract: the key of its contract, "" where it is no contract's.
        articles: the numbers of its articles, 第1条 …; empty where they are not counted.
        others: the lines of the other papers by file, to name where a fact stands too.
        conflicts: how many places hold a person's text and that of the facts, undecided still.
    """

    id: str
    file: str
    lines: tuple[PaperLine, ...]
    gone: tuple[PaperLine, ...] = ()
    contract: str = ""
    articles: frozenset[str] = frozenset()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    conflicts: int = 0

    @property
    def edits(self) -> Iterator[PaperLine]:
        """The lines that somebody wrote or changed; not those in conflict, which hold both texts."""
        return (line for line in self.lines if line.edited and line.text.strip() and not line.in_conflict)

    @property
    def text(self) -> str:
        """All of it as it stands."""
        return "\n".join(line.text for line in self.lines)

    def row(self, profile: Profile) -> Contract | None:
        """The contract that it is, None where it is none."""
        return profile.contracts.get(self.contract)


@dataclass(frozen=True, slots=True)
class Remark:
    """One breach of a rule over papers.

    Attributes:
        message: Japanese: what is wrong, quoting the paper.
        line: where; 0 for the paper as a whole.
        hint: Japanese: what to do.
        field: of the profile, "" where none.
        severity: lighter than the rule's own.
        basis: the legal basis where it is not that of the rule.
    """

    message: str
    line: int = 0
    hint: str = ""
    field: str = ""
    severity: Severity | None = None
    basis: str = ""


PaperCheck = Callable[[Paper, Profile, date], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class PaperRule:
    """A rule over papers: its name, and the function that looks."""

    id: str
    look: PaperCheck

    @property
    def text(self) -> RuleText:
        """What it says of itself."""
        return text_of(self.id)

    def findings(self, paper: Paper, profile: Profile, on: date) -> Iterator[Finding]:
        """Every breach as a finding at its line."""
        for remark in self.look(paper, profile, on):
            yield Finding(
                self.id,
                remark.severity or self.text.severity,
                remark.message,
                Place(paper.file, remark.line or None),
                remark.field,
                remark.basis or self.text.basis,
                remark.hint,
            )


_RULES: dict[str, PaperRule] = {}


def paper_rules() -> tuple[PaperRule, ...]:
    """Every rule over papers, in the order in which they entered."""
    return tuple(_RULES.values())


def paper_rule(id: str) -> Callable[[PaperCheck], PaperCheck]:
    """Enter a function over one paper as a rule."""

    def enter(look: PaperCheck) -> PaperCheck:
        if id in _RULES:
            raise ValueError(f"two rules are called {id}")
        _RULES[id] = PaperRule(id, look)
        return look

    return enter
