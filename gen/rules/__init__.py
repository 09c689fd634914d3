"""The checks across facts that must hold before a paper is made from them.

Hands out `check`, `RULES`, `rules`, `Rule`. 未定 silences a rule; nothing is computed with it. Leans on `profile`, `japanese`, `law`.
Of the legal checks R1 to R36 these wait for the rules over papers: R4–R8, R16–R21, R23–R25, R29–R34, R36, and the paper half of R10, R11, R22, R28, R35.
"""

from __future__ import annotations

from datetime import date

from gen.profile import Profile
from gen.report import Report
from gen.rules import budget, deposit, law_limits, longterm, parties, periods, procurement, sums, tax
from gen.rules.registry import Rule, registered

__all__ = ["RULES", "Rule", "check", "rules"]

_MODULES = (sums, tax, periods, budget, longterm, deposit, law_limits, procurement, parties)

RULES: tuple[Rule, ...] = registered()
"""Every rule; its order is that of the modules by name."""


def check(profile: Profile, on: date) -> Report:
    """Weigh a profile by every rule.

    Args:
        profile: the facts.
        on: 基準日, for the values of laws where a contract is not signed yet.

    Returns:
        All findings, each once, in the order of their places.
    """
    findings = (finding for rule in RULES for finding in rule.findings(profile, on))
    return Report.of(dict.fromkeys(findings))


def rules() -> list[dict[str, str]]:
    """Id, severity, title and basis of every rule, as `kian rules` lists them."""
    return [
        {"id": rule.id, "severity": rule.severity.value, "title": rule.title, "basis": rule.basis}
        for rule in RULES
    ]
