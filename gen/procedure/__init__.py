"""What a checklist of the move needs beyond the profile: steps, facts, due dates, charts.

Hands out `system_facts`, `city_facts`, `system_context`, `city_context`, `handbook` and
`data_files`. Leans on `profile`, `catalog` (facts), `japanese` (the calendar) and the values of `word`.
"""

from gen.procedure.context import city_context, system_context
from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS, city_facts, system_facts
from gen.procedure.handbook import handbook
from gen.procedure.tables import data_files

__all__ = [
    "CITY_FACTS",
    "SYSTEM_FACTS",
    "city_context",
    "city_facts",
    "data_files",
    "handbook",
    "system_context",
    "system_facts",
]
