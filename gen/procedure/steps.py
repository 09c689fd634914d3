"""All steps of the move as data: what, who, when, after what, by which source.

Hands out `Handbook`, `Step`, `Lead`, `Role`, `Source`, `Phase`, `Criterion`: the types only;
`handbook` reads them. Leans on `own_days` for the names of days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gen.procedure.own_days import FINAL_DECISION, FIRST_DECISION, FREEZE

__all__ = [
    "ANCHORS",
    "GIVEN",
    "Criterion",
    "Handbook",
    "Lead",
    "Phase",
    "Role",
    "Source",
    "Step",
]

ANCHORS = {
    "cut-over": "切替日",
    "fiscal-year-end": "切替の年度末",
    "contract-end": "現行契約の終わる日",
    "deadline": "特定移行支援の期限",
    "old-end": "現行システムを残す終わり",
    "parallel-start": "並行稼働の始め",
}
"""The days that leads are counted from."""

GIVEN = {
    FREEZE: "停止期間の始め",
    FIRST_DECISION: "最初の移行判定",
    FINAL_DECISION: "最後の移行判定",
}
"""The days that a profile may give itself."""


@dataclass(frozen=True)
class Source:
    """What was read for a step."""

    key: str
    title: str
    url: str
    short: str


@dataclass(frozen=True)
class Role:
    """Who does it: the keys of the profile's `roles`, or where else it comes from."""

    id: str
    title: str
    keys: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Phase:
    """A stretch of the move."""

    id: str
    title: str


@dataclass(frozen=True)
class Lead:
    """When: a window counted from an anchor, or how often.

    Attributes:
        anchor: key of `ANCHORS`, "" where it recurs.
        unit: months or business_days.
        start: when to begin; negative is before the anchor.
        due: when it must be done.
        every: 毎月 and the like, "" where it has a window.
        since: key of `ANCHORS` or `GIVEN` that the window begins with, in place of `start`.
        given: key of `GIVEN`: the day that stands in place of the window where the profile has it.
    """

    anchor: str = ""
    unit: str = ""
    start: int = 0
    due: int = 0
    every: str = ""
    since: str = ""
    given: str = ""


@dataclass(frozen=True)
class Step:
    """One step; the fields are explained at the head of data/steps.yaml."""

    id: str
    phase: str
    title: str
    what: str
    why: str
    roles: tuple[str, ...]
    outputs: tuple[str, ...]
    lead: Lead
    scope: str
    task: str
    timing: str
    inputs: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    when: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    repeat: bool = False
    gate: bool = False
    official_no: str = ""


@dataclass(frozen=True)
class Criterion:
    """What the 移行判定 asks, which step gives the evidence, which role of the city judges it."""

    id: str
    text: str
    evidence: str
    step: str
    judge: str
    when: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Handbook:
    """All of it; mappings are in the order of the files."""

    phases: tuple[Phase, ...]
    steps: Mapping[str, Step]
    roles: Mapping[str, Role]
    sources: Mapping[str, Source]
    criteria: tuple[Criterion, ...]
    checked: str

    def of(self, scope: str) -> tuple[Step, ...]:
        """The steps of one scope: system or city."""
        return tuple(step for step in self.steps.values() if step.scope == scope)
