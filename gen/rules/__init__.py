"""The checks across facts that must hold before a paper is made from them.

Hands out `check`, `RULES`, `Rule`, `RuleText`, `text_of`, `texts`, `rule_files` and `applies`. 未定 silences a rule;
nothing is computed with it. Leans on `profile`, `japanese`, `law`.
"""

from __future__ import annotations

from datetime import date

from gen.profile import Profile
from gen.report import Report
from gen.rules import (
    backup_copies,
    backup_keeping,
    backup_keys,
    backup_recovery,
    backup_targets,
    budget,
    city_rules,
    deposit,
    law_limits,
    longterm,
    methods,
    migration,
    parties,
    periods,
    procurement,
    protection,
    readiness,
    shared_use,
    small_contracts,
    sums,
    tax,
    waivers,
)
from gen.rules.registry import Rule, registered
from gen.rules.texts import RuleText, rule_files, text_of, texts
from gen.rules.waivers import applies, idle, waived

__all__ = ["RULES", "Rule", "RuleText", "applies", "check", "rule_files", "text_of", "texts"]

_MODULES = (
    sums,
    tax,
    periods,
    budget,
    longterm,
    deposit,
    law_limits,
    procurement,
    small_contracts,
    methods,
    parties,
    city_rules,
    protection,
    backup_targets,
    backup_copies,
    backup_keeping,
    backup_keys,
    backup_recovery,
    migration,
    readiness,
    shared_use,
    waivers,
)

RULES: tuple[Rule, ...] = registered()
"""Every rule over the facts; its order is that of the modules by name."""


def check(profile: Profile, on: date) -> Report:
    """Weigh a profile by every rule.

    Args:
        profile: the facts.
        on: 基準日, for the values of laws where a contract is not signed yet.

    Returns:
        All findings, each once, in the order of their places, as the city's waivers have them.
    """
    found = list(dict.fromkeys(finding for rule in RULES for finding in rule.findings(profile, on)))
    unneeded = idle(profile, found, (rule.id for rule in RULES), on) if profile.waivers else ()
    return Report.of((*waived(profile, found, on), *unneeded))
