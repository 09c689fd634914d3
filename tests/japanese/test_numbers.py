"""Sums of yen, kanji numerals and the width of figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.japanese import (
    MAX_NUMBER,
    AmountTextError,
    Digits,
    comma,
    daiji,
    kansuji,
    parse_amount,
    style_digits,
    to_halfwidth_digits,
)

numbers = st.integers(0, MAX_NUMBER)


@pytest.mark.parametrize(
    ("number", "kanji", "formal"),
    [
        (0, "〇", "零"),
        (1, "一", "壱"),
        (10, "十", "壱拾"),
        (111, "百十一", "壱百壱拾壱"),
        (10_000, "一万", "壱万"),
        (12_345_600, "千二百三十四万五千六百", "壱千弐百参拾四万五千六百"),
        (100_000_001, "一億一", "壱億壱"),
        (1_000_000_000_000, "一兆", "壱兆"),
        (1_500_000_000_000, "一兆五千億", "壱兆五千億"),
    ],
)
def test_kanji_numerals(number: int, kanji: str, formal: str) -> None:
    assert (kansuji(number), daiji(number)) == (kanji, formal)


@given(numbers)
def test_every_written_sum_reads_back(number: int) -> None:
    for text in (comma(number), kansuji(number), daiji(number)):
        assert parse_amount(text) == number
        assert parse_amount(f"金{text}円也") == number
    assert parse_amount(comma(-number)) == -number


@given(numbers, numbers)
def test_different_numbers_are_written_differently(one: int, other: int) -> None:
    assert (kansuji(one) == kansuji(other)) == (one == other)
    assert (daiji(one) == daiji(other)) == (one == other)


def test_kanji_numerals_have_their_limits() -> None:
    for number in (-1, MAX_NUMBER + 1):
        with pytest.raises(AmountTextError, match="漢数字にできません"):
            kansuji(number)


@pytest.mark.parametrize(  # difficult inputs, B: the forms of sums
    ("text", "yen"),
    [
        ("12,345,000", 12_345_000),
        ("12345000", 12_345_000),
        ("１２，３４５円", 12_345),
        ("金 12,345,000 円", 12_345_000),
        ("金12,345,000円也", 12_345_000),
        ("¥12,345,000-", 12_345_000),
        ("￥12,345.-", 12_345),
        ("\\1,000", 1_000),
        ("1,234千円", 1_234_000),
        ("12百万円", 12_000_000),
        ("1.5百万円", 1_500_000),
        ("120万円", 1_200_000),
        ("3億5千万円", 350_000_000),
        ("３億５，０００万円", 350_000_000),
        ("1.5億円", 150_000_000),
        ("1.23456億5円", 123_456_005),
        ("1億2,345万6千円", 123_456_000),
        ("金壱百弐拾万円", 1_200_000),
        ("一二三〇〇〇円", 123_000),
        ("0円", 0),
        ("△1,000円", -1_000),
        ("▲1,000千円", -1_000_000),
        ("-1,000", -1_000),
    ],
)
def test_sums_as_officials_write_them(text: str, yen: int) -> None:
    assert parse_amount(text) == yen


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1,23,000", "桁区切り"),
        ("12.345.000", "桁区切り"),
        ("1.234千円", "小数"),
        ("100.5円", "小数"),
        ("12,345,000円（税込）", "税込・税抜"),
        ("1千2千円", "読み取れません"),
        ("1万20,000円", "読み取れません"),
        ("5千1234円", "読み取れません"),
        ("万円", "読み取れません"),
        ("3万億円", "読み取れません"),
        ("1万0億円", "読み取れません"),
        ("-△1円", "読み取れません"),
        ("10²円", "読み取れません"),
        ("①円", "読み取れません"),
        ("約100万円", "読み取れません"),
        ("100ドル", "読み取れません"),
        ("nan", "読み取れません"),
        ("99999999999999999", "大きすぎます"),
        (" ", "金額が空"),
        ("1" * 5000, "長すぎます"),
    ],
)
def test_what_is_not_a_sum_is_refused_in_japanese(text: str, part: str) -> None:
    with pytest.raises(AmountTextError, match=part) as caught:
        parse_amount(text)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "full", "mixed"),
    [
        ("第1条", "第１条", "第１条"),
        ("第１２条", "第１２条", "第12条"),
        ("金1,234円", "金１，２３４円", "金1,234円"),
        ("年10.5％", "年１０．５％", "年10.5％"),
        ("9:00から", "９：００から", "9:00から"),
        ("03-1234-5678", "０３－１２３４－５６７８", "03-1234-5678"),
        ("１，２３４件のうち３件", "１，２３４件のうち３件", "1,234件のうち３件"),
        ("3,4の項", "３,４の項", "３,４の項"),
        ("1,2345の項", "１,２３４５の項", "１,2345の項"),
        ("SHA-256とA4とT1234567890123", "SHA-256とA4とT1234567890123", "SHA-256とA4とT1234567890123"),
        ("https://example.lg.jp/1/2", "https://example.lg.jp/1/2", "https://example.lg.jp/1/2"),
    ],
)
def test_figures_in_the_house_style(text: str, full: str, mixed: str) -> None:  # difficult inputs, 47
    assert style_digits(text, Digits.FULL) == full
    assert style_digits(text, Digits.MIXED) == mixed


def test_half_width_brings_the_marks_of_a_number_along() -> None:
    assert style_digits("金１，２３４．５円、４件", Digits.HALF) == "金1,234.5円、4件"
    assert to_halfwidth_digits("１，２３４Ａ") == "1，234Ａ"


@given(
    st.text(alphabet="0123456789０１２３４５６７８９,.，．:/-－条件A円、", max_size=30),
    st.sampled_from(Digits),
)
def test_styling_twice_is_styling_once_and_keeps_every_figure(text: str, style: Digits) -> None:
    once = style_digits(text, style)
    assert style_digits(once, style) == once
    assert len(once) == len(text)
    assert [char for char in to_halfwidth_digits(once) if char.isdigit()] == [
        char for char in to_halfwidth_digits(text) if char.isdigit()
    ]
