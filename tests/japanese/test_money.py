"""Consumption tax in whole yen."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.japanese import Rounding, percent, round_yen, tax_included, tax_inside, tax_on

yen = st.integers(0, 10**13)
TEN = percent(10)


def test_the_tax_of_a_contract() -> None:
    assert tax_included(5_000_000, TEN) == 5_500_000
    assert tax_inside(5_500_000, TEN) == 500_000
    assert tax_included(5_000_000, percent("8")) == 5_400_000


@pytest.mark.parametrize(
    ("rounding", "on_price", "inside"),
    [(Rounding.DOWN, 123, 112), (Rounding.UP, 124, 113), (Rounding.HALF_UP, 124, 112)],
)
def test_each_rounding_has_its_own_answer(rounding: Rounding, on_price: int, inside: int) -> None:
    assert tax_on(1_235, TEN, rounding) == on_price
    assert tax_inside(1_236, TEN, rounding) == inside


@pytest.mark.parametrize(
    ("amount", "down", "up", "half"),
    [("1/2", 0, 1, 1), ("-1/2", 0, -1, -1), ("-7/3", -2, -3, -2), ("3", 3, 3, 3), ("1/3", 0, 1, 0)],
)
def test_a_decrease_rounds_as_an_increase(amount: str, down: int, up: int, half: int) -> None:
    got = [round_yen(Fraction(amount), way) for way in (Rounding.DOWN, Rounding.UP, Rounding.HALF_UP)]
    assert got == [down, up, half]


@given(yen)
def test_the_tax_put_on_is_the_tax_found_inside(price: int) -> None:
    total = tax_included(price, TEN)
    assert total - tax_inside(total, TEN) == price


@given(yen, st.sampled_from(Rounding))
def test_roundings_differ_by_less_than_a_yen(total: int, rounding: Rounding) -> None:
    assert abs(tax_inside(total, TEN, rounding) - Fraction(total, 11)) < 1


def test_a_rate_given_as_a_whole_number_is_refused() -> None:
    for function in (tax_on, tax_inside, tax_included):
        with pytest.raises(ValueError, match="percent"):
            function(1_000, Fraction(10))
    assert percent("2.5") == Fraction(1, 40)
