"""Consumption tax in whole yen.

Hands out `tax_on`, `tax_included`, `tax_inside`, `round_yen`, `percent` and `Rounding`.
Leans on nothing; exact fractions only, the rate itself comes from the law values by date.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

__all__ = ["Rounding", "percent", "round_yen", "tax_included", "tax_inside", "tax_on"]


class Rounding(StrEnum):
    """What becomes of a fraction of a yen."""

    DOWN = "切捨て"
    UP = "切上げ"
    HALF_UP = "四捨五入"


def percent(text: str | int) -> Fraction:
    """A rate from its percent: `"10"` → 1/10, `"2.5"` → 1/40.

    Raises:
        ValueError: the text is not a number.
    """
    return Fraction(text) / 100


def round_yen(amount: Fraction, rounding: Rounding) -> int:
    """Whole yen. A decrease rounds as the increase of the same size does.

    Args:
        amount: yen, exact.
        rounding: the way the clause or the body's rule prescribes.
    """
    whole, rest = divmod(abs(amount.numerator), amount.denominator)
    if rounding is Rounding.UP:
        whole += rest > 0
    elif rounding is Rounding.HALF_UP:
        whole += rest * 2 >= amount.denominator
    return whole if amount >= 0 else -whole


def tax_on(price: int, rate: Fraction, rounding: Rounding = Rounding.DOWN) -> int:
    """The tax on a price without tax (消費税法第28条第1項・第29条, 地方税法第72条の82・第72条の83).

    Args:
        price: yen without tax.
        rate: national and local tax together, such as `percent(10)`.
        rounding: fraction of a yen; cut off unless the body rules otherwise.

    Returns:
        The tax in yen.

    Raises:
        ValueError: the rate is not between 0 and 1.
    """
    return round_yen(price * _checked(rate), rounding)


def tax_included(price: int, rate: Fraction, rounding: Rounding = Rounding.DOWN) -> int:
    """The price with its tax, in yen; arguments and errors as `tax_on`."""
    return price + tax_on(price, rate, rounding)


def tax_inside(total: int, rate: Fraction, rounding: Rounding = Rounding.DOWN) -> int:
    """The tax inside a total with tax: 110分の10 of it at 10 %.

    This is the 「うち取引に係る消費税及び地方消費税の額」 of a contract (消費税法第28条第1項・第29条,
    地方税法第72条の82・第72条の83).

    Args:
        total: yen with tax.
        rate: national and local tax together.
        rounding: fraction of a yen; cut off unless the body rules otherwise.

    Returns:
        The tax in yen; `total` less it is the price without tax.

    Raises:
        ValueError: the rate is not between 0 and 1.
    """
    return round_yen(total * _checked(rate) / (1 + rate), rounding)


def _checked(rate: Fraction) -> Fraction:
    if not 0 <= rate < 1:
        raise ValueError(f"a tax rate is a fraction such as percent(10), not {rate}")
    return rate
