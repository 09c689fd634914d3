"""Law values by date and kind of body."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest

from gen.law import (
    KINDS,
    Certainty,
    LawLookupError,
    LawValue,
    NotApplicableError,
    all_values,
    digest,
    look_up,
    stamp_duty,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("on", "rate"), [(date(2019, 9, 30), "8"), (date(2019, 10, 1), "10"), (TODAY, "10")])
def test_the_consumption_tax_changed_in_october_2019(on: date, rate: str) -> None:
    row = look_up("consumption-tax-rate", on)
    assert row.value == Decimal(rate)
    assert row.ratio == Fraction(int(rate), 100)


@pytest.mark.parametrize(
    ("contract", "before", "after", "upper_before", "upper_after"),
    [
        ("works", 130, 200, 250, 400),
        ("purchase", 80, 150, 160, 300),
        ("lease-in", 40, 80, 80, 150),
        ("sale", 30, 50, 50, 100),
        ("lease-out", 30, 30, 30, 50),
        ("other", 50, 100, 100, 200),
    ],
)
def test_the_limit_of_small_contracts_rose_in_april_2025(
    contract: str, before: int, after: int, upper_before: int, upper_after: int
) -> None:
    name, eve, day = f"small-contract-limit/{contract}", date(2025, 3, 31), date(2025, 4, 1)
    for kind in ("市", "特別区", "町", "村", "中核市", "町村"):
        assert look_up(name, eve, kind).value == before * 10_000
        assert look_up(name, day, kind).value == after * 10_000
    for kind in ("都道府県", "指定都市"):
        assert look_up(name, eve, kind).value == upper_before * 10_000
        assert look_up(name, day, kind).value == upper_after * 10_000


@pytest.mark.parametrize(
    ("on", "rate"),
    [
        (date(2016, 4, 1), "2.8"),
        (date(2017, 4, 1), "2.7"),
        (date(2020, 4, 1), "2.6"),
        (date(2021, 4, 1), "2.5"),
        (date(2025, 3, 31), "2.5"),
    ],
)
def test_the_rate_of_late_interest_has_a_history(on: date, rate: str) -> None:
    row = look_up("late-interest-rate", on)
    assert (row.value, row.is_confirmed) == (Decimal(rate), True)


@pytest.mark.parametrize(
    ("name", "last_known", "kind"),
    [
        ("late-interest-rate", date(2025, 3, 31), None),
        ("wto-threshold/services", date(2026, 3, 31), "指定都市"),
    ],
)
def test_what_is_not_confirmed_has_no_value(name: str, last_known: date, kind: str | None) -> None:
    assert look_up(name, last_known, kind).is_confirmed
    row = look_up(name, last_known + timedelta(days=1), kind)
    assert (row.value, row.certainty, row.is_confirmed) == (None, Certainty.UNCONFIRMED, False)
    assert "未確認" in row.note
    with pytest.raises(LawLookupError, match="確認できていません"):
        _ = row.ratio


def test_inspection_and_payment_have_their_days() -> None:
    days = {
        name: look_up(name, TODAY).value
        for name in (
            "inspection-days/other",
            "inspection-days/works",
            "inspection-days/unstated",
            "payment-days/other",
            "payment-days/works",
            "payment-days/unstated",
        )
    }
    assert list(days.values()) == [10, 14, 10, 30, 40, 15]


@pytest.mark.parametrize(
    ("kind", "works", "purchase"),
    [
        ("都道府県", 500_000_000, 70_000_000),
        ("指定都市", 300_000_000, 40_000_000),
        ("市", 150_000_000, 20_000_000),
        ("町", 50_000_000, 7_000_000),
    ],
)
def test_the_assembly_decides_from_these_sums(kind: str, works: int, purchase: int) -> None:
    assert look_up("assembly-approval/works", TODAY, kind).value == works
    assert look_up("assembly-approval/purchase", TODAY, kind).value == purchase


@pytest.mark.parametrize(
    ("amount", "duty"),
    [
        (0, 0),
        (9_999, 0),
        (10_000, 200),
        (1_000_000, 200),
        (1_000_001, 400),
        (5_000_000, 2_000),
        (10_000_001, 20_000),
        (500_000_000, 100_000),
        (5_000_000_001, 600_000),
    ],
)
def test_the_stamp_duty_follows_the_sum(amount: int, duty: int) -> None:
    assert stamp_duty(amount, TODAY).value == duty


def test_the_stamp_duty_table_leaves_no_sum_out() -> None:
    rows = [row for row in all_values() if row.id.startswith("stamp-duty-work/")]
    assert [row.over for row in rows] == [None, *(row.up_to for row in rows[:-1])]
    assert rows[-1].up_to is None


def test_a_refused_look_up_says_why_in_japanese() -> None:
    with pytest.raises(LawLookupError, match="「no-such」はありません") as caught:
        look_up("no-such", TODAY)
    assert isinstance(caught.value, LookupError)
    with pytest.raises(LawLookupError, match="2000-01-01の値を持っていません"):
        look_up("consumption-tax-rate", date(2000, 1, 1))
    with pytest.raises(NotApplicableError, match="市には定めがありません"):
        look_up("wto-threshold/services", TODAY, "市")
    with pytest.raises(LawLookupError, match="団体の種別が要ります"):
        look_up("assembly-approval/works", TODAY)
    with pytest.raises(LawLookupError, match="「藩」という種別"):
        look_up("assembly-approval/works", TODAY, "藩")
    with pytest.raises(LawLookupError, match="地方自治法第292条"):
        look_up("assembly-approval/works", TODAY, "広域連合")
    with pytest.raises(LawLookupError, match="負の金額"):
        stamp_duty(-1, TODAY)


def test_a_value_that_is_the_same_for_all_needs_no_kind() -> None:
    assert look_up("payment-days/other", TODAY, "広域連合") == look_up("payment-days/other", TODAY)


def _overlap(one: LawValue, other: LawValue) -> bool:
    days = one.is_in_force(other.start) or other.is_in_force(one.start)
    return days and any(one.applies(kind) and other.applies(kind) for kind in KINDS)


def test_no_two_rows_speak_for_the_same_day_and_kind() -> None:
    clashes = [
        (one.id, one.start, other.start)
        for one, other in combinations(all_values(), 2)
        if one.id == other.id and _overlap(one, other)
    ]
    assert clashes == []


def test_a_value_that_changed_has_no_gap_in_its_history() -> None:
    for row in all_values():
        if row.until is not None:
            kind = (row.applies_to or (None,))[0]
            assert look_up(row.id, row.until + timedelta(days=1), kind).start > row.until


@pytest.mark.parametrize("row", all_values(), ids=lambda row: f"{row.id} {row.start}")
def test_every_row_is_backed(row: LawValue) -> None:
    assert row.source.startswith(("https://", "http://"))
    assert row.law and row.article and row.title and row.unit in ("円", "%", "日", "月", "年", "人")
    assert set(row.applies_to or ()) <= set(KINDS)
    assert row.until is None or row.start <= row.until
    assert row.value is not None or row.certainty is Certainty.UNCONFIRMED
    assert row.certainty is not Certainty.UNCONFIRMED or "未確認" in row.note


def test_the_basis_names_law_and_article() -> None:
    assert look_up("nonconformity-notice", TODAY).basis == "民法第637条第1項"
    assert look_up("consumption-tax-rate", TODAY).basis == "消費税法第29条、地方税法第72条の83"
    assert look_up("late-interest-rate", date(2024, 4, 1)).basis.startswith(
        "政府契約の支払遅延防止等に関する法律第8条"
    )
    assert look_up("assembly-approval/works", TODAY, "市").basis.startswith("地方自治法第96条")


def test_the_data_have_a_digest() -> None:
    assert len(digest()) == 64 and digest() == digest()
