"""What is one word to a lawyer: sums, dates, names and citations are never torn."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.compare import compare_texts, tokens


def shown(old: str, new: str, *names: str) -> str:
    return "".join(
        one.old if one.same else f"[{one.old}→{one.new}]" for one in compare_texts(old, new, names)
    )


@pytest.mark.parametrize(
    "whole",
    [
        "金5,500,000円", "５,５００円", "金壱百万円也", "10日", "12か月", "年度", "14.6％", "令和8年4月1日", "令和８年度",
        "令和　　年　　月　　日", "2026年4月1日", "第12条第2項", "第3条の2第1項第4号", "前条第2項ただし書", "同項", "前2項",
        "別記１", "別表第2", "AWS", "クラウドサービス", "二十日", "60分", "2,500GB",
    ],
)  # fmt: skip
def test_one_word_is_one_token(whole: str) -> None:
    if whole != "年度":
        assert whole in tokens(f"甲、{whole}、乙")


def test_a_name_of_the_city_is_one_token() -> None:
    assert "みどり情報システム株式会社" in tokens(
        "乙みどり情報システム株式会社は", ["みどり情報システム株式会社"]
    )
    assert (
        shown("そらまど株式会社は", "みどり株式会社は", "そらまど株式会社", "みどり株式会社")
        == "[そらまど株式会社→みどり株式会社]は"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("額は、金5,500,000円（うち税の額500,000円）とする。", "額は、金6,050,000円（うち税の額550,000円）とする。",
         "額は、[金5,500,000円→金6,050,000円]（うち税の額[500,000円→550,000円]）とする。"),
        ("令和7年4月1日から令和8年3月31日まで", "令和7年5月1日から令和8年9月30日まで",
         "[令和7年4月1日→令和7年5月1日]から[令和8年3月31日→令和8年9月30日]まで"),
        ("設計図及び仕様書を返却する。", "設計図、写真及び仕様書を返却する。", "設計図[→、写真]及び仕様書を返却する。"),
        ("書面、電話又は電子メールによる。", "書面又は電子メールによる。", "書面[、電話→]又は電子メールによる。"),
        ("図面、写真、日報を出す。", "図面、日報を出す。", "図面[、写真→]、日報を出す。"),
        ("第10条第1項の規定", "第11条第1項の規定", "[第10条第1項→第11条第1項]の規定"),
        ("乙に支払う", "乙へ支払う", "乙[に→へ]支払う"),
        ("再委託を禁ずる。", "再委託を禁ずる。ただし、承諾を得たときを除く。", "再委託を禁ずる。[→ただし、承諾を得たときを除く。]"),
        ("年度末に報告", "月の末に検討", "[年度末に報告→月の末に検討]"),
    ],
)  # fmt: skip
def test_what_changed_is_said_in_words(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


TEXTS = st.text("甲乙第1２3条項金,円令和年月日、。はがに　\n\t", max_size=40)


@given(TEXTS, TEXTS)
def test_stretches_give_both_texts_again(old: str, new: str) -> None:
    found = compare_texts(old, new)
    assert "".join(one.old for one in found) == old
    assert "".join(one.new for one in found) == new
    assert all(one.old or one.new for one in found)
    assert all(not (a.same and b.same) for a, b in itertools.pairwise(found))


@given(TEXTS, st.sets(TEXTS, max_size=3))
def test_tokens_joined_give_the_text(text: str, names: set[str]) -> None:
    assert "".join(tokens(text, names)) == text
