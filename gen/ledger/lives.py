"""A document's life in words: how a paper stands, what a step is called, what is said once it is recorded.

Hands out `STANDS`, `STEPS` and `step_of`. Leans on the ledger's `lock`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gen.ledger.lock import Life

__all__ = ["STANDS", "STEPS", "Step", "step_of"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a life.

    Attributes:
        life: how the paper stands after it.
        name: what it is called.
        recorded: what is said when it was recorded.
    """

    life: Life
    name: str
    recorded: str


STANDS: Mapping[str, str] = {
    Life.DRAFT: "案",
    Life.APPROVED: "決裁済み",
    Life.CONCLUDED: "締結済み",
    Life.ENDED: "終了",
}
"""How a paper stands, by its life."""
STEPS: Mapping[str, Step] = {
    "approved": Step(Life.APPROVED, "決裁", "決裁を記録しました"),
    "withdrawn": Step(Life.DRAFT, "決裁の取下げ", "決裁を取り下げ、案に戻しました"),
    "concluded": Step(Life.CONCLUDED, "締結", "締結を記録しました"),
    "ended": Step(Life.ENDED, "終了", "終了を記録しました"),
}
"""The steps by what `Kian-Life` says of them."""


def step_of(life: Life) -> Step:
    """The step that leads to a life."""
    return next(step for step in STEPS.values() if step.life is life)
