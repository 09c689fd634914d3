"""Which steps the city has written down as done.

Hands out `Done`, `Marks`, `marks_of` and `step_named`. Leans on `profile` and `handbook`. A step is named as the
checklist prints it, or by its id; whatever is not written down counts as not done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gen.procedure.steps import Handbook, Step
from gen.profile import Profile

__all__ = ["Done", "Marks", "marks_of", "step_named"]


@dataclass(frozen=True)
class Done:
    """A step that is done.

    Attributes:
        on: the day.
        evidence: where its proof lies, "" where nobody said.
        path: its row in the profile.
    """

    on: date
    evidence: str
    path: str


Marks = Mapping[tuple[str, int], Done]
"""By id of the step and number of the rehearsal; 0 for a step that is done once."""


def step_named(book: Handbook, name: str) -> Step | None:
    """The step of that id or title; None where there is none."""
    found = book.steps.get(name.strip())
    return found or next((one for one in book.steps.values() if one.title == name.strip()), None)


def marks_of(profile: Profile, book: Handbook, key: str = "") -> Marks:
    """What is done for one system, or, without a key, for the whole city.

    Args:
        profile: the city's.
        book: the steps.
        key: of the system. A row that names systems counts for these only.
    """
    marks: dict[tuple[str, int], Done] = {}
    times: Counter[str] = Counter()
    for number, row in enumerate(profile.migration.done):
        step = step_named(book, row.step)
        if step is None or (row.systems and key not in row.systems):
            continue
        times[step.id] += 1
        place = (step.id, times[step.id] if step.repeat else 0)
        evidence = row.evidence if isinstance(row.evidence, str) else ""
        marks.setdefault(place, Done(row.on, evidence, f"migration.done.{number}"))
    return marks
