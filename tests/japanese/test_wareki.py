"""Dates as officials type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.japanese import (
    DateTextError,
    Digits,
    nendo,
    nendo_wareki,
    parse_date,
    parse_nendo,
    to_wareki,
    to_wareki_short,
    wareki_month,
)

days = st.dates(date(1868, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "令和8年4月1日",
        "令和　８年　４月　１日",
        "令和八年四月一日",
        "㋿8年4月1日",
        "R8.4.1",
        "r8/4/1",
        "Ｒ８．４．１",
        "2026-04-01",
        "2026−04−01",
        "2026/4/1",
        "2026年4月1日",
        "西暦2026年4月1日",
        "20260401",
        "令和8年4月1日（水）",
        "R8.4.1(水)",
        "R8.4.1㈬",
        "2026年4月1日 水曜日",
    ],
)
def test_every_usual_form_means_the_same_day_and_needs_no_note(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.date, parsed.notes) == (date(2026, 4, 1), ())


@given(days)
def test_a_printed_date_reads_back(day: date) -> None:
    for style in Digits:
        assert parse_date(to_wareki(day, digits=style)).date == day
    assert parse_date(to_wareki_short(day)).date == day


def test_an_era_year_past_its_era_is_taken_and_explained() -> None:  # difficult inputs, 7
    parsed = parse_date("平成32年4月1日")
    assert parsed.date == date(2020, 4, 1)
    (note,) = parsed.notes
    assert "平成32年4月1日" in note and "令和2年4月1日" in note and "平成31年4月30日まで" in note


def test_an_era_year_before_its_era_is_taken_and_explained() -> None:
    parsed = parse_date("令和元年4月1日")
    assert parsed.date == date(2019, 4, 1)
    (note,) = parsed.notes
    assert "平成31年4月1日" in note and "令和元年5月1日から" in note


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1912, 7, 29), "明治45年7月29日"),
    ],
)
def test_the_era_changes_on_its_day(day: date, printed: str) -> None:
    assert to_wareki(day) == printed
    assert parse_date(printed).notes == ()


def test_the_first_year_is_read_both_ways_and_printed_gannen() -> None:  # difficult inputs, 8
    assert parse_date("令和1年5月1日") == parse_date("令和元年5月1日")
    assert to_wareki(date(2019, 5, 1)) == "令和元年5月1日"
    assert nendo_wareki(2019) == "令和元年度"
    assert nendo_wareki(1989) == "平成元年度"


def test_a_leap_day_exists_only_in_leap_years() -> None:  # difficult inputs, 10
    assert parse_date("2028-02-29").date == date(2028, 2, 29)
    with pytest.raises(DateTextError, match=r"2026-02-30.*2026年2月は28日まで") as caught:
        parse_date("2026-02-30")
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "real"), [("令和8年4月1日(木)", "水曜日"), ("2026年11月23日 火曜日", "月曜日")]
)
def test_a_wrong_weekday_is_told(text: str, real: str) -> None:  # difficult inputs, 11
    (note,) = parse_date(text).notes
    assert text in note and real in note


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和9年3月末日", date(2027, 3, 31)),
        ("令和8年4月末", date(2026, 4, 30)),
        ("R9.3末", date(2027, 3, 31)),
        ("令和10年2月末", date(2028, 2, 29)),
        ("2027年2月末日", date(2027, 2, 28)),
        ("令和8年度末", date(2027, 3, 31)),
    ],
)
def test_the_end_of_a_month_becomes_its_last_day_with_a_note(text: str, day: date) -> None:  # 14
    parsed = parse_date(text)
    assert parsed.date == day
    (note,) = parsed.notes
    assert text in note and to_wareki(day) in note


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("4月末", "年がありません"),
        ("令和8年4月", "月日がそろっていません"),
        ("令和1年", "月日がそろっていません"),
        ("R8.13.1", "13月はありません"),
        ("R0.4.1", "元号の年が0"),
        ("平成300年1月1日", "2288年"),
        ("1867年12月31日", "扱える範囲"),
        ("2201-01-01", "扱える範囲"),
        ("2026.4/1", "読み取れません"),
        ("春ごろ", "読み取れません"),
        ("²026-04-01", "読み取れません"),
        ("", "日付が空"),
        ("令和" + "八" * 5000 + "年4月1日", "長すぎます"),
    ],
)
def test_what_is_not_a_date_is_refused_in_japanese(text: str, part: str) -> None:
    with pytest.raises(DateTextError, match=part):
        parse_date(text)


def test_a_date_pasted_with_radicals_is_read_and_told() -> None:
    parsed = parse_date("令和8年4⽉1⽇")
    assert parsed.date == date(2026, 4, 1)
    assert ["⽉" in note or "⽇" in note for note in parsed.notes] == [True, True]


def test_a_date_before_the_solar_calendar_is_told() -> None:
    assert "太陽暦" in parse_date("明治5年12月31日").notes[0]
    assert parse_date("明治6年1月1日").notes == ()


def test_digits_follow_the_house_style() -> None:
    day = date(2028, 4, 10)
    assert to_wareki(day, digits=Digits.FULL) == "令和１０年４月１０日"
    assert to_wareki(day, digits=Digits.MIXED) == "令和10年４月10日"
    assert wareki_month(day, digits=Digits.MIXED) == "令和10年４月"
    assert to_wareki_short(date(2019, 5, 1)) == "R1.5.1"


@given(st.dates(date(1868, 4, 1), date(2200, 12, 31)))
def test_a_fiscal_year_reads_back(day: date) -> None:
    year = nendo(day)
    assert date(year, 4, 1) <= day < date(year + 1, 4, 1)
    assert parse_nendo(nendo_wareki(year)) == year


def test_fiscal_years_are_named_by_their_first_day() -> None:
    assert (nendo(date(2027, 3, 31)), nendo(date(2027, 4, 1))) == (2026, 2027)
    assert nendo_wareki(2026) == "令和8年度"
    assert nendo_wareki(1988) == "昭和63年度"
    assert parse_nendo("平成31年度") == 2019
    assert parse_nendo("2026年度") == 2026
    with pytest.raises(DateTextError, match="年度「来年」"):
        parse_nendo("来年")
    with pytest.raises(DateTextError):
        nendo_wareki(1800)


def test_a_day_outside_the_eras_is_refused() -> None:
    for day in (date(1867, 12, 31), date(2201, 1, 1)):
        with pytest.raises(DateTextError):
            to_wareki(day)
