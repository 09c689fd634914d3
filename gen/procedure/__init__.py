"""What a checklist of the move needs beyond the profile: steps, facts, due dates, charts.

Hands out `system_facts`, `city_facts`, `system_context`, `city_context` and
`data_files`. Leans on `profile`, `catalog` (facts), `japanese` (the calendar) and the values of `word`.
"""

from typing import TYPE_CHECKING

from gen.lazy import lazy

if TYPE_CHECKING:
    from gen.procedure.context import city_context, system_context
    from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS, city_facts, system_facts
    from gen.procedure.tables import data_files

__all__ = [
    "CITY_FACTS",
    "SYSTEM_FACTS",
    "city_context",
    "city_facts",
    "data_files",
    "system_context",
    "system_facts",
]

__getattr__ = lazy(
    __name__,
    {
        "context": "city_context system_context",
        "facts": "CITY_FACTS SYSTEM_FACTS city_facts system_facts",
        "tables": "data_files",
    },
)
