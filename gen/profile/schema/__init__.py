"""The schema of a profile: one cerberus rule a section, with labels and help in Japanese.

Hands out `schema()`. The reading, the Japanese names, the typed values and the reference
page all come from it. Leans on nothing but the models.
"""

from __future__ import annotations

from functools import cache

from gen.profile.schema.kinds import UNDECIDED, Rows, Rule, Schema

__all__ = ["UNDECIDED", "Rows", "Rule", "Schema", "schema"]


@cache
def schema() -> Schema:
    """Section name → rule, in the order of the documentation. Treat it as read-only."""
    from gen.profile.schema import city, contracts, plans, systems

    return {
        "city": city.city(),
        "people": city.people(),
        "roles": city.roles(),
        "rules": city.rules(),
        "vendors": systems.vendors(),
        "cloud": systems.cloud(),
        "systems": systems.systems(),
        "contracts": contracts.contracts(),
        "migration": plans.migration(),
        "backup": plans.backup(),
        "budget": plans.budget(),
        "confirmations": plans.confirmations(),
        "waivers": plans.waivers(),
    }
