"""The arithmetic of a backup plan: capacity, restore time, oldest point.

Hands out pure functions over exact numbers, each with its inputs named, so that a plan can
show how a figure came about. Hours, GB and days throughout. Leans on nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = [
    "DEFAULTS",
    "Assumption",
    "Capacity",
    "Generations",
    "RestoreTime",
    "capacity",
    "oldest_days",
    "restore_time",
    "short",
]

_SECONDS = Decimal(3600)
_MB_PER_GB = Decimal(1000)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that no source fixes: printed as 初期値・要確認."""

    label: str
    value: Decimal
    unit: str


DEFAULTS = {
    "daily_change": Assumption("1日の変更の割合", Decimal(3), "%"),
    "speed": Assumption("復元の速さ", Decimal(100), "MB/秒"),
    "prepare": Assumption("準備（判断、環境、鍵）", Decimal(2), "時間"),
    "validate": Assumption("確認（技術、業務）", Decimal(2), "時間"),
    "years": Assumption("見込む年数", Decimal(3), "年"),
}
"""Assumptions of the arithmetic, by name. A city that knows better writes its own figures."""


@dataclass(frozen=True, slots=True)
class Generations:
    """How many generations of each kind are kept."""

    daily: int = 0
    weekly: int = 0
    monthly: int = 0
    yearly: int = 0

    def __bool__(self) -> bool:
        return any((self.daily, self.weekly, self.monthly, self.yearly))

    def in_words(self) -> str:
        """日次35、週次5 …"""
        words = {"日次": self.daily, "週次": self.weekly, "月次": self.monthly, "年次": self.yearly}
        return "、".join(f"{word}{count}" for word, count in words.items() if count)


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much the copies of one system need, in GB.

    Attributes:
        full: one whole copy now.
        grown: one whole copy after the years looked ahead.
        fulls, increments: how many of each are kept.
        one_place: all generations in one place.
        total: over all places.
    """

    full: Decimal
    grown: Decimal
    fulls: int
    increments: int
    one_place: Decimal
    total: Decimal


def capacity(data_gb: Decimal, growth_percent: Decimal, kept: Generations, places: int) -> Capacity:
    """Storage for the generations of one system.

    One full copy a week, month and year is kept; the other days are increments of the
    assumed daily change.

    Args:
        data_gb: size of the data now.
        growth_percent: growth a year.
        kept: generations.
        places: in how many places.
    """
    years = int(DEFAULTS["years"].value)
    grown = data_gb * (1 + growth_percent / 100) ** years
    fulls = max(kept.weekly + kept.monthly + kept.yearly, 1)
    increments = max(kept.daily - kept.weekly, 0)
    one = grown * fulls + grown * DEFAULTS["daily_change"].value / 100 * increments
    return Capacity(data_gb, _round(grown), fulls, increments, _round(one), _round(one * places))


@dataclass(frozen=True, slots=True)
class RestoreTime:
    """How long one system takes to come back, in hours."""

    prepare: Decimal
    transfer: Decimal
    validate: Decimal
    total: Decimal
    measured: bool


def restore_time(data_gb: Decimal, measured_hours: Decimal | None) -> RestoreTime:
    """The time to restore; a measured time beats the formula.

    Transfer is size / speed: 1,000 GB at 100 MB/s takes 2.8 hours.
    """
    prepare, validate = DEFAULTS["prepare"].value, DEFAULTS["validate"].value
    transfer = data_gb * _MB_PER_GB / DEFAULTS["speed"].value / _SECONDS
    if measured_hours is not None:
        return RestoreTime(prepare, _round(transfer), validate, measured_hours, measured=True)
    return RestoreTime(
        prepare, _round(transfer), validate, _round(prepare + transfer + validate), measured=False
    )


def oldest_days(kept: Generations) -> int:
    """How many days back the oldest generation reaches."""
    return max(kept.daily, kept.weekly * 7, kept.monthly * 30, kept.yearly * 365)


def short(value: Decimal) -> str:
    """A number without needless zeros: 2.50 is 2.5, 1000 is 1,000."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _round(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)
