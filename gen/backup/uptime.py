"""A level of uptime as typed: its number, what is doubtful about it, how long it lets a system stand.

Hands out `uptime_of`, `doubt_of` and `standstill`. Leans on `arithmetic`. No digit is rounded away:
99.95 % and 99.9 % differ by hours a year.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from gen.backup.arithmetic import short

__all__ = ["doubt_of", "standstill", "uptime_of"]

_LEVEL = re.compile(r"(\d{1,3}(?:\.\d+)?)(%|パーセント)?")
_ALL = Decimal(100)


def uptime_of(typed: str) -> Decimal | None:
    """The percentage in a level such as 99.95%, with the digits typed; None where there is none."""
    found = _LEVEL.search(unicodedata.normalize("NFKC", typed))
    level = Decimal(found[1]) if found and found[2] else None
    return level if level is not None and level <= _ALL else None


def doubt_of(typed: str) -> str:
    """What a person must confirm in a level of uptime, "" where nothing is doubtful."""
    found = _LEVEL.search(unicodedata.normalize("NFKC", typed))
    if found and not found[2]:
        return "単位がない。要確認"
    if found and Decimal(found[1]) >= _ALL:
        return "停止を認めない値。要確認"
    return ""


def standstill(uptime: Decimal, hours_a_year: Decimal) -> str:
    """How long a year a system may stand still: 14.5時間, in minutes below one hour."""
    hours = hours_a_year * (_ALL - uptime) / _ALL
    value, unit = (hours * 60, "分") if hours < 1 else (hours, "時間")
    return f"{short(value.quantize(Decimal('0.1'), ROUND_HALF_UP))}{unit}"
