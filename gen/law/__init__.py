"""What the law fixes in numbers, as data with dates and sources.

Hands out `look_up`, `stamp_duty`, `all_values`, `digest`, `stale_literals` and their types.
Leans on `gen.errors`; the rows stand in data/values.yaml.
"""

from gen.law.literals import Stale, stale_literals
from gen.law.values import (
    KINDS,
    Certainty,
    LawLookupError,
    LawValue,
    NotApplicableError,
    all_values,
    data,
    digest,
    in_force,
    look_up,
    stamp_duty,
)

__all__ = [
    "KINDS",
    "Certainty",
    "LawLookupError",
    "LawValue",
    "NotApplicableError",
    "Stale",
    "all_values",
    "data",
    "digest",
    "in_force",
    "look_up",
    "stale_literals",
    "stamp_duty",
]
