"""Levels of RPO and RTO: how long a typed one is, so that two of them can be compared.

Hands out `Level`, `hours_of` and `in_business_days`. Leans on nothing.

A level that the body chose binds (非機能要件の標準（第1.2版）: a chosen level is what the contract
holds), so no default may be weaker, and a system's own value that is weaker must be seen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Level", "hours_of", "in_business_days"]

_HOURS = {
    "分": Decimal(1) / 60,
    "時間": Decimal(1),
    "営業日": Decimal(24),
    "日": Decimal(24),
    "週": Decimal(168),
    "週間": Decimal(168),
    "か月": Decimal(720),
    "年": Decimal(8760),
}
"""Hours of each unit. A 営業日 lasts at least a day; weekends may make it longer."""
_LENGTH = re.compile(
    rf"(\d+(?:\.\d+)?)({'|'.join(sorted(_HOURS, key=len, reverse=True))})(?:以内|前|前の時点)?"
)
_AT_ONCE = "障害発生時点"


@dataclass(frozen=True, slots=True)
class Level:
    """A level chosen for all systems: its words as typed, its hours, its place in the profile."""

    words: str
    hours: Decimal
    path: str


def hours_of(typed: str) -> Decimal | None:
    """How many hours a level such as 12時間以内 or 1営業日前の時点 is; None where it is no length.

    障害発生時点 is no hour at all.
    """
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    if plain == _AT_ONCE:
        return Decimal(0)
    found = _LENGTH.fullmatch(plain)
    return Decimal(found[1]) * _HOURS[found[2]] if found else None


def in_business_days(typed: str) -> bool:
    """Whether a level counts 営業日, which no sum of hours can be held against."""
    return "営業日" in typed
