"""Weighing edited papers by every rule over papers.

Hands out `check_papers` and `PAPER_RULES`. Leans on the modules of those rules and on `waivers`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gen.profile import Profile
from gen.report import Report
from gen.rules import agreement, paper_texts
from gen.rules.papers import Paper, PaperRule, paper_rules
from gen.rules.waivers import waived

__all__ = ["PAPER_RULES", "check_papers"]

_MODULES = (agreement, paper_texts)

PAPER_RULES: tuple[PaperRule, ...] = paper_rules()
"""Every rule over papers."""


def check_papers(papers: Iterable[Paper], profile: Profile, on: date) -> Report:
    """Weigh edited papers by every rule, as the city's waivers have it."""
    found = dict.fromkeys(
        finding for paper in papers for rule in PAPER_RULES for finding in rule.findings(paper, profile, on)
    )
    return Report.of(waived(profile, found, on))
