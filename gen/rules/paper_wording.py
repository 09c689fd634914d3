"""Official wording over edited papers and own templates: what can safely be mended, and what to ask.

Hands out `check_wording` and `WordingReport`. Leans on `papers` and `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gen.errors import Place
from gen.profile import Profile
from gen.report import Finding, Report, Severity
from gen.rules.papers import Paper, PaperLine
from gen.rules.waivers import waived
from gen.rules.wording import WordingRow, neutral, of_style

__all__ = ["WordingReport", "check_wording"]

_SHOWN = 40


@dataclass(frozen=True)
class WordingReport:
    """What is not official wording.

    Attributes:
        safe: mending it changes no meaning.
        ask: a person must judge.
    """

    safe: Report
    ask: Report


def check_wording(papers: Iterable[Paper], profile: Profile, on: date) -> WordingReport:
    """Weigh the lines that people wrote by the rows that fit the city's style.

    Args:
        papers: edited papers, and templates of the city's own.
        profile: for style, names and waivers.
        on: 基準日, for the waivers.
    """
    rows = of_style(profile.city.style)
    found = [
        (row.is_safe, finding)
        for paper in papers
        for line in paper.edits
        for row, finding in _of_line(paper, line, rows)
    ]
    safe = [finding for is_safe, finding in found if is_safe]
    ask = [finding for is_safe, finding in found if not is_safe]
    return WordingReport(*(Report.of(waived(profile, dict.fromkeys(one), on)) for one in (safe, ask)))


def _of_line(
    paper: Paper, line: PaperLine, rows: Iterable[WordingRow]
) -> Iterator[tuple[WordingRow, Finding]]:
    text = neutral(line.text, [fact.text for fact in line.facts])
    made = neutral(line.made or "", [fact.text for fact in line.facts])
    for row in rows:
        wrong = row.finds(text, line.role)
        if wrong and wrong not in made:
            severity = Severity.WARNING if row.is_safe else Severity.INFO
            message = f"「{wrong[:_SHOWN]}」は、公用文の書き方と違います。"
            place = Place(paper.file, line.number or None)
            yield row, Finding(row.id, severity, message, place, "", row.basis, f"{row.hint}。")
