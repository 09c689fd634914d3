"""Wording: the ways of official Japanese, as rows of `data/wording.yaml`.

Hands out `WordingRow`, `wordings`, `neutral` and `of_style`. The one home of these rows: the lint of
templates and the check of edited papers both read them here. Leans on `gen.report` and `profile`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from gen.profile.model import Style
from gen.report import Severity
from gen.rules.texts import rule_files

__all__ = ["WordingRow", "mask_quotes", "neutral", "of_style", "wordings"]

_CERTAINTY = {"A": "原文を確認", "B": "解説で確認", "C": "典拠は未確認"}
_QUOTE = re.compile(r"「[^「」]*」")
_LAW = re.compile(
    r"[^。、（）「」◆\s0-9]{0,120}(?:法律|法|政令|省令|令|規則|条例|規程)(?=（(?:明治|大正|昭和|平成|令和))"
)
_CONJUNCTIONS = ("wording-mataha", "wording-oyobi", "wording-narabini", "wording-moshikuha")


@dataclass(frozen=True)
class WordingRow:
    """One row: what is not written so, and how it is written.

    Attributes:
        id: of the rule.
        pattern: finds the wrong text in one paragraph.
        wrong, right: an example.
        why: Japanese.
        level: error and warning where mending changes no meaning, info where a person must judge.
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

    @property
    def is_safe(self) -> bool:
        """Whether mending it never changes the meaning."""
        return self.level is not Severity.INFO

    @property
    def hint(self) -> str:
        """Japanese: why, and an example."""
        return f"{self.why}。例：{self.wrong} → {self.right}"

    def finds(self, text: str, role: str) -> str:
        """The wrong text in a paragraph that is neutral already, "" where there is none."""
        if self.roles and role not in self.roles:
            return ""
        found = self.pattern.search(text)
        return found.group(0) if found else ""


@cache
def wordings() -> tuple[WordingRow, ...]:
    """Every row of the data."""
    import yaml

    data = yaml.load(rule_files()["wording.yaml"], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
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


def of_style(style: Style) -> tuple[WordingRow, ...]:
    """The rows that fit a city's own style: one that writes または is not told to write 又は."""
    left_out: set[str] = set()
    if style.conjunction == "ひらがな":
        left_out.update(_CONJUNCTIONS)
    if style.comma == "，":
        left_out.add("wording-comma")
    return tuple(row for row in wordings() if row.id not in left_out)


def mask_quotes(text: str) -> str:
    """The text with what stands in 「」 made neutral; its length stays."""
    return _QUOTE.sub(lambda found: f"「{'〓' * (len(found.group(0)) - 2)}」", text)


def neutral(text: str, names: Collection[str] = ()) -> str:
    """The text with quotations, names of laws and the given names made neutral.

    Args:
        text: a paragraph.
        names: values of facts, which are printed as the city wrote them.
    """
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, "〓" * len(name))
    return _LAW.sub(lambda found: "〓" * len(found.group(0)), mask_quotes(text))
