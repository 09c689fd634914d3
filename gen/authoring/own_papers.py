"""The city's own templates as papers, for the rules over what people wrote.

Hands out `own_papers` and `rule_texts`, which tells the rules over templates as those over facts are
told. Leans on `desk`, `static`, `linting` and on `gen.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gen.authoring.desk import Desk
from gen.authoring.static import plain_text
from gen.rules import RuleText
from gen.rules.papers import Paper, PaperLine

__all__ = ["own_papers", "rule_texts"]

_WHY = (
    "ひな形の点検（kian template lint）の規則です。誤りの例と正しい例は docs/ja/template-lint.md にあります。"
)


def own_papers(folder: Path) -> Iterator[Paper]:
    """The templates of a folder; every line of them is somebody's own.

    Args:
        folder: of the city's own templates, which holds at least one.
    """
    for sheet in Desk(folder, ()).targets:
        lines = (PaperLine(line.number, line.role, plain_text(line)) for line in sheet.lines)
        yield Paper(
            sheet.name, sheet.file, tuple(line for line in lines if line.role not in ("steer", "code"))
        )


def rule_texts() -> dict[str, RuleText]:
    """Every rule over templates, by id."""
    from gen.authoring.linting import RULES

    return {
        rule.id: RuleText(rule.id, "templates", rule.severity, rule.title, rule.basis, _WHY, (), "", "", ())
        for rule in RULES
    }
