"""The pipeline: from a city's profile to documents in memory, and from there to a revision.

Hands out what the command line and any other front call; each name is loaded when it is
first asked for. Leans on every room before it; only `authoring` and `cli` lean on it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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

_HOMES = {
    "DocumentStanding": "standing",
    "Draft": "selection",
    "Generated": "generating",
    "Outcome": "planning",
    "Studio": "selection",
    "generate": "generating",
    "initialise": "starting",
    "load_workspace": "starting",
    "standings": "standing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
