"""Wording: the ways of official Japanese, as rows of `data/wording.yaml`.

Registers one rule a row; `WORDINGS` holds the rows with their examples. Patterns see only
static text: no tag, no quotation, no name of a law. Leans on `static` and `registry`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gen.authoring.desk import Desk
from gen.authoring.registry import LintRule, Remark, enter
from gen.authoring.sheet import Line, Sheet
from gen.authoring.static import worded_text
from gen.report import Severity

__all__ = ["WORDINGS", "WordingRow", "wordings"]

_FILE = Path(__file__).parent / "data" / "wording.yaml"
_CERTAINTY = {"A": "原文を確認", "B": "解説で確認", "C": "典拠は未確認"}


@dataclass(frozen=True)
class WordingRow:
    """One row: what is not written so, and how it is written.

    Attributes:
        id: of the rule.
        pattern: finds the wrong text in one paragraph.
        wrong, right: an example.
        why: Japanese.
        level: severity.
        basis: sources with address and certainty.
        roles: paragraphs that it is about; empty for all.
    """

    id: str
    pattern: re.Pattern[str]
    wrong: str
    right: str
    why: str
    level: Severity
    basis: str
    roles: tuple[str, ...] = ()

    def finds(self, line: Line) -> str:
        """The wrong text in a line, "" where there is none."""
        if line.role == "steer" or (self.roles and line.role not in self.roles):
            return ""
        found = self.pattern.search(worded_text(line))
        return found.group(0) if found else ""


@cache
def wordings() -> tuple[WordingRow, ...]:
    """Every row of the data."""
    import yaml

    data = yaml.load(_FILE.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(_row(row, data["sources"]) for row in data["rules"])


def _row(row: dict[str, Any], sources: dict[str, dict[str, str]]) -> WordingRow:
    named = [sources[key] for key in row["sources"]]
    said = "、".join(f"{one['title']}（{one['url']}）" if one["url"] else one["title"] for one in named)
    basis = f"{said or '公用文及び法令文の慣行'}［{_CERTAINTY[row['certainty']]}］"
    return WordingRow(
        row["id"],
        re.compile(row["pattern"], re.MULTILINE),
        row["wrong"],
        row["right"],
        row["why"],
        Severity(row["level"]),
        basis,
        tuple(row.get("roles", ())),
    )


def _register(row: WordingRow) -> None:
    def look(sheet: Sheet, desk: Desk) -> Iterator[Remark]:
        for line in sheet.lines:
            if line.role != "code" and (found := row.finds(line)):
                hint = f"{row.why}。例：{row.wrong} → {row.right}"
                at = line.text.find(found)
                said = f"「{found[:40]}」は、公用文の書き方と違います。"
                yield Remark(said, line, hint, at=at if at >= 0 else None)

    enter(LintRule(row.id, row.level, row.why, row.basis, look=look))


WORDINGS: tuple[WordingRow, ...] = wordings()
for _one in WORDINGS:
    _register(_one)
