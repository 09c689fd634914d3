"""The pipeline: from a city's profile to documents in memory, and from there to a revision.

Hands out what the command line and any other front call; each name is loaded when it is
first asked for. Leans on every room before it; only `authoring` and `cli` lean on it.
"""

from typing import TYPE_CHECKING

from gen.lazy import lazy

if TYPE_CHECKING:
    from gen.drafting.generating import Generated, generate
    from gen.drafting.planning import Outcome
    from gen.drafting.selection import Draft, Studio
    from gen.drafting.standing import DocumentStanding, standings
    from gen.drafting.starting import initialise, load_workspace

__all__ = [
    "DocumentStanding",
    "Draft",
    "Generated",
    "Outcome",
    "Studio",
    "generate",
    "initialise",
    "load_workspace",
    "standings",
]

__getattr__ = lazy(
    __name__,
    {
        "generating": "Generated generate",
        "planning": "Outcome",
        "selection": "Draft Studio",
        "standing": "DocumentStanding standings",
        "starting": "initialise load_workspace",
    },
)
