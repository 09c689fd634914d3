"""The city's style of wording: one switch each, for static text only."""

from __future__ import annotations

from xml.sax.saxutils import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.clauses import Wording
from gen.japanese import Digits

from .scenario import go, items, jo, refs, said


def test_commas_follow_the_city():
    assert Wording(comma="，").text("甲は、乙に、") == "甲は，乙に，"
    assert Wording().text("甲は、乙に、") == "甲は、乙に、"


@pytest.mark.parametrize(
    ("kanji", "kana"),
    [("及び", "および"), ("並びに", "ならびに"), ("又は", "または"), ("若しくは", "もしくは")],
)
def test_conjunctions_follow_the_city(kanji, kana):
    assert Wording(kanji_conjunctions=False).text(f"A{kanji}B") == f"A{kana}B"
    assert Wording().text(f"A{kanji}B") == f"A{kanji}B"


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        (Digits.HALF, "3日以内に10,000円、SHA-256"),
        (Digits.FULL, "３日以内に１０，０００円、SHA-256"),
        (Digits.MIXED, "３日以内に10,000円、SHA-256"),
    ],
)
def test_digits_follow_the_city_and_names_stay(digits, text):
    assert Wording(digits=digits).text("3日以内に10,000円、SHA-256") == text


def test_parties_have_their_words():
    assert [Wording(parties="甲乙").party(n) for n in range(3)] == ["甲", "乙", "丙"]
    assert [Wording().party(n) for n in range(3)] == ["発注者", "受注者", "丙"]
    assert [Wording(parties="委託者受託者").party(n) for n in range(2)] == ["委託者", "受託者"]


@pytest.mark.parametrize("style", ["発注者受注者", "委託者受託者"])
def test_a_kind_of_contract_has_words_of_its_own_for_the_parties(style):
    lease = Wording(parties=style, roles=("賃借人", "賃貸人"))
    assert [lease.party(n) for n in range(2)] == ["賃借人", "賃貸人"]
    assert Wording(parties="甲乙", roles=("賃借人", "賃貸人")).party(1) == "乙"


@given(st.text(alphabet="甲乙、，及びおよ又は0123456789０１,.-A ", max_size=40), st.sampled_from(Digits))
def test_wording_twice_is_wording_once(text, digits):
    wording = Wording(comma="，", kanji_conjunctions=False, digits=digits)
    assert wording.text(wording.text(text)) == wording.text(text)


def test_the_words_of_a_call_follow_the_city():
    wording = Wording(comma="，", kanji_conjunctions=False, digits=Digits.FULL)
    assert said(jo("a"), jo("b"), refs("a", "b", conj="、又は"), wording=wording) == "第１条，または第２条"


def test_quotes_and_ampersands_in_the_words_of_a_call_stay_sound_xml_in_any_digits():
    """`&#34;` would become `&#３４;` in full-width digits."""
    text = said(jo("a"), go(), go(), items("「1」\"'&<2>", "x"), wording=Wording(digits=Digits.FULL))
    assert unescape(text) == "「１」\"'&<２>"
