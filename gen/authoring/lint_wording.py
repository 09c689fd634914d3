"""Wording: the ways of official Japanese over templates.

Registers one rule a row of `gen.rules.wording`, the one home of the rows. Patterns see only
static text: no tag, no quotation, no name of a law. Leans on `static` and `registry`.
"""

from __future__ import annotations

from collections.abc import Iterator

from gen.authoring.desk import Desk
from gen.authoring.registry import LintRule, Remark, enter
from gen.authoring.sheet import Line, Sheet
from gen.authoring.static import worded_text
from gen.rules.wording import WordingRow, wordings

__all__ = ["WORDINGS", "finds"]


def finds(row: WordingRow, line: Line) -> str:
    """The wrong text in a line of a template, "" where there is none."""
    return "" if line.role == "steer" else row.finds(worded_text(line), line.role)


def _register(row: WordingRow) -> None:
    def look(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
        for line in sheet.lines:
            if line.role != "code" and (found := finds(row, line)):
                at = line.text.find(found)
                said = f"「{found[:40]}」は、公用文の書き方と違います。"
                yield Remark(said, line, row.hint, at=at if at >= 0 else None)

    enter(LintRule(row.id, row.level, row.why, row.basis, look=look))


WORDINGS: tuple[WordingRow, ...] = wordings()
for _one in WORDINGS:
    _register(_one)
