"""団体コード, names of municipalities, 法人番号 and 登録番号."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.japanese import (
    CodeTextError,
    check_digit,
    find_municipality,
    is_valid_municipality_code,
    municipalities,
    parse_corporate_number,
    parse_invoice_number,
)


def found(text: str) -> str:
    match = find_municipality(text)
    assert match is not None
    return match.municipality.full_name


def notes(text: str) -> tuple[str, ...]:
    match = find_municipality(text)
    assert match is not None
    return match.notes


def test_the_list_holds_every_prefecture_and_municipality_with_its_check_digit() -> None:
    kinds = Counter(body.kind for body in municipalities())
    assert kinds == {"都道府県": 47, "指定都市": 20, "市": 772, "特別区": 23, "町": 743, "村": 183}
    assert [body for body in municipalities() if not is_valid_municipality_code(body.code)] == []


@given(st.sampled_from(municipalities()))
def test_every_body_is_found_by_its_code_and_by_its_full_name(body: object) -> None:
    for text in (body.code, body.full_name):  # type: ignore[attr-defined]
        match = find_municipality(text)
        assert match is not None
        assert (match.municipality, match.notes) == (body, ())


@given(st.sampled_from(municipalities()), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_figure_is_caught(body: object, place: int, off: int) -> None:
    code = body.code  # type: ignore[attr-defined]
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    # The last figure of the remainder by 11 cannot tell 0 from 10: one slip in many passes.
    if check_digit(wrong[:5]) != wrong[5]:
        assert not is_valid_municipality_code(wrong)
        with pytest.raises(CodeTextError, match="検査数字"):
            find_municipality(wrong)


def test_codes_are_read_in_the_forms_that_spreadsheets_leave() -> None:
    assert check_digit("01100") == "2"
    assert found("０１１００２") == "北海道札幌市"
    assert notes("01100") == ("団体コード「01100」に検査数字を補い、011002と読みました。",)
    assert notes("11002") == ("団体コード「11002」の先頭に0を補い、011002と読みました。",)
    with pytest.raises(CodeTextError, match="3桁です"):
        find_municipality("011")
    with pytest.raises(CodeTextError, match="先頭の5桁"):
        check_digit("0110")


def test_a_code_out_of_the_list_is_unknown_not_wrong() -> None:
    assert find_municipality("999997") is None
    assert find_municipality("青葉台市") is None


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("飛驒市", "岐阜県飛騨市"),
        ("檮原町", "高知県梼原町"),
        ("高知県高岡郡檮原町", "高知県梼原町"),
        ("葛\U000e0100城市", "奈良県葛城市"),
        ("葛\U000e0101飾区", "東京都葛飾区"),
        ("平\ufa10市", "神奈川県平塚市"),
        ("髙﨑市", "群馬県高崎市"),
        ("大\ufa11市", "宮城県大崎市"),
        ("諌早市", "長崎県諫早市"),
        ("⼭形県", "山形県"),
    ],
)
def test_variant_characters_find_the_body_and_are_told(typed: str, listed: str) -> None:  # 43
    assert found(typed) == listed
    (note,) = notes(typed)
    assert f"「{typed}」" in note and "入力のまま" in note


@pytest.mark.parametrize("typed", ["龍ヶ崎市", "茨城県龍ヶ崎市", "竜ヶ崎市"])
def test_a_different_ke_names_the_official_spelling(typed: str) -> None:  # difficult inputs, 44
    assert found(typed) == "茨城県龍ケ崎市"
    (note,) = notes(typed)
    assert "龍ケ崎市" in note
    assert ("正式名称は「龍ケ崎市」" in note) == (typed != "竜ヶ崎市")
    assert notes("鶴ヶ島市") == ()


def test_real_namesakes_are_told_apart() -> None:
    assert found("鹿嶋市") == "茨城県鹿嶋市"
    assert found("鹿島市") == "佐賀県鹿島市"
    assert found("広島県府中市") == "広島県府中市"
    with pytest.raises(CodeTextError, match=r"2つあります: 東京都府中市（132063）、広島県府中市（342084）"):
        find_municipality("府中市")


def test_counties_and_spaces_do_not_matter() -> None:
    assert found("岩手県岩手郡葛巻町") == found("岩手郡葛巻町") == found("葛 巻　町") == "岩手県葛巻町"
    assert found("郡山市") == "福島県郡山市"
    assert found("蒲郡市") == "愛知県蒲郡市"


@pytest.mark.parametrize("text", ["7000012050002", "７０００-０１２０-５０００２", "7 0000 1205 0002"])
def test_a_corporate_number_is_read_in_its_usual_forms(text: str) -> None:
    assert parse_corporate_number(text).value == "7000012050002"
    assert parse_invoice_number("Ｔ" + text).value == "T7000012050002"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("8000012050002", "検査用数字"),
        ("7000012050020", "検査用数字"),
        ("700001205000", "12桁です"),
        ("T7000012050002", "数字でない文字"),
        ("700001205000２²", "数字でない文字"),
        ("", "数字でない文字"),
    ],
)
def test_a_wrong_corporate_number_says_why(text: str, part: str) -> None:
    with pytest.raises(CodeTextError, match=part):
        parse_corporate_number(text)


@given(st.integers(0, 10**12 - 1))
def test_exactly_one_first_figure_fits(base: int) -> None:
    fitting = []
    for first in range(10):
        try:
            fitting.append(parse_corporate_number(f"{first}{base:012}").value)
        except CodeTextError:
            continue
    assert len(fitting) == 1


def test_an_invoice_number_may_belong_to_a_person() -> None:
    assert parse_invoice_number("t7000012050002").notes == ()
    (note,) = parse_invoice_number("T1234567890123").notes
    assert "法人であれば" in note
    with pytest.raises(CodeTextError, match="「T」がありません"):
        parse_invoice_number("7000012050002")
    with pytest.raises(CodeTextError, match="登録番号「T123」は3桁"):
        parse_invoice_number("T123")
