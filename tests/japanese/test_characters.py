"""Characters that look right and are not; and names, which nothing here may change."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.japanese import (
    Digits,
    display_width,
    find_company_marks,
    find_controls,
    find_halfwidth_kana,
    find_municipality,
    find_radicals,
    style_digits,
    to_halfwidth_digits,
)

NAMES = ["葛\U000e0100城", "髙\ufa11　翔", "𠮷田", "大\ufa10", "檮原　騨", "邊邉", "渡辺\ufe00", "\ue000外字"]


@pytest.mark.parametrize("name", NAMES)
def test_names_pass_through_everything_unchanged(name: str) -> None:  # difficult inputs, 45
    for style in Digits:
        assert style_digits(name, style) == name
    assert to_halfwidth_digits(name) == name
    assert (find_radicals(name), find_controls(name), find_halfwidth_kana(name)) == ((), (), ())
    find_municipality(name)


def test_radicals_from_a_pdf_are_found_with_the_kanji_to_use() -> None:  # difficult inputs, 46
    (mountain, civilian, stroke) = find_radicals("⼭形県⺠⻔")
    assert (mountain.position, mountain.char, mountain.suggestion) == (0, "\u2f2d", "山")
    assert (civilian.position, civilian.suggestion) == (3, "民")
    assert (stroke.position, stroke.suggestion) == (4, "")
    assert find_radicals("山形県民") == ()


def test_every_kangxi_radical_has_one_ordinary_kanji() -> None:
    signs = "".join(map(chr, range(0x2F00, 0x2FD6)))
    radicals = find_radicals(signs)
    assert len(radicals) == 214
    assert all(unicodedata.name(radical.suggestion).startswith("CJK UNIFIED") for radical in radicals)


@given(st.text(max_size=40))
def test_positions_point_at_what_was_found(text: str) -> None:
    for radical in find_radicals(text):
        assert text[radical.position] == radical.char
    for control in find_controls(text):
        assert text[control.position] == control.char


@pytest.mark.parametrize(
    ("char", "code", "reason"),
    [
        ("\u202e", "U+202E", "向き"),
        ("\u2066", "U+2066", "向き"),
        ("\x07", "U+0007", "制御文字"),
        ("\u200b", "U+200B", "見えない"),
        ("\ufeff", "U+FEFF", "見えない"),
        ("\ufdd0", "U+FDD0", "使えない"),
        ("\ud800", "U+D800", "使えない"),
    ],
)
def test_hidden_characters_are_found(char: str, code: str, reason: str) -> None:
    (control,) = find_controls(f"契約\t{char}書\n")
    assert (control.position, control.code) == (3, code)
    assert reason in control.reason


def test_half_width_kana_get_a_suggestion() -> None:  # difficult inputs, 47
    (run,) = find_halfwidth_kana("株式会社ｶﾞﾊﾞﾒﾝﾄ商事")
    assert (run.position, run.text, run.suggestion) == (4, "ｶﾞﾊﾞﾒﾝﾄ", "ガバメント")


def test_company_marks_get_the_word_of_the_register() -> None:  # difficult inputs, 47
    marks = find_company_marks("㈱青葉、（有）若葉、株式会社みどり")
    assert [(mark.position, mark.text, mark.suggestion) for mark in marks] == [
        (0, "㈱", "株式会社"),
        (4, "（有）", "有限会社"),
    ]


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("市長", 4), ("ｶﾞ", 2), ("葛\U000e0100城", 4), ("𠮷", 2), ("A\u200b", 1), ("①", 2)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width
