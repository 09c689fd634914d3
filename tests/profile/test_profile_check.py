"""The schema's check: what was typed, what is allowed, where, all of it at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from profile_scenario import a_profile, load, rules_of, the_finding, with_changes

from gen.profile import DayWord, Undecided
from gen.profile.model_plans import Duration
from gen.report import Severity


def test_every_finding_comes_at_once_with_its_place() -> None:
    loaded = load(
        "city:\n  name: 試験市\n  kind: 町い\n  coort: x\nsystems:\n  juki: {name: a, business: b, state: 移行ずみ}\n"
        "contracts:\n  ops: {template: t, period: {start: 2026-02-30}, vendor: nobody, tasks: 一つ}\n"
    )
    assert {(f.rule, str(f.place)) for f in loaded.report} == {
        ("profile-choice", "profile.yaml:3:9"),
        ("profile-unknown-field", "profile.yaml:4:3"),
        ("profile-choice", "profile.yaml:6:39"),
        ("profile-date", "profile.yaml:8:38"),
        ("profile-reference", "profile.yaml:8:59"),
        ("profile-shape", "profile.yaml:8:74"),
    }


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("city: {name: a, kind: 市, coort: x}", "「court」"),
        ("city: {name: a, kind: 市, 団体コード: x}", "「code」"),
        ("city: {name: a, kind: 市, Self-Word: x}", "「self_word」"),
        ("citi: {name: a}", "「city」"),
        ("city: {name: a, kind: 市}\nqqqq: b", "書ける項目"),
        ("city: {name: a, kind: 市, dango_rate: 10}", "rules.dango_rate"),
    ],
)
def test_an_unknown_field_is_refused_with_the_right_word(text: str, hint: str) -> None:
    found = [finding for finding in load(text).report if finding.rule == "profile-unknown-field"]
    assert len(found) == 1
    assert hint in found[0].hint


def test_a_missing_field_points_to_what_should_hold_it() -> None:
    finding = the_finding(load("city:\n  name: 試験市\n"), "profile-missing")
    assert (str(finding.place), finding.field) == ("profile.yaml:1:1", "city.kind")
    assert "団体の種別" in finding.message


def test_a_field_left_empty_points_to_itself() -> None:
    finding = the_finding(load("city:\n  name: 試験市\n  kind:\n"), "profile-missing")
    assert str(finding.place) == "profile.yaml:3:3"


def test_an_empty_profile_says_what_is_missing() -> None:
    assert rules_of(load("")) == ["profile-missing"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和8年4月1日", date(2026, 4, 1)),
        ("R8.4.1", date(2026, 4, 1)),
        ("２０２６年４月１日", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("2028-02-29", date(2028, 2, 29)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("契約締結日", DayWord.SIGNING),
        ("契約締結の日の翌日", DayWord.AFTER_SIGNING),
        ("本契約締結日の翌日", DayWord.AFTER_SIGNING),
    ],
)
def test_a_period_starts_on_any_date_or_at_the_signing(typed: str, day: object) -> None:
    profile = a_profile(contracts__ops__period={"start": typed})
    assert profile.contracts["ops"].period.start == day


@pytest.mark.parametrize(
    ("typed", "day", "severity", "says"),
    [
        ("平成38年4月1日", date(2026, 4, 1), Severity.INFO, "令和8年"),
        ("令和9年3月末日", date(2027, 3, 31), Severity.INFO, "3月31日"),
        ("令和8年4月1日（月）", date(2026, 4, 1), Severity.WARNING, "水曜日"),
    ],
)
def test_a_date_that_had_to_be_reckoned_is_told(typed: str, day: date, severity: Severity, says: str) -> None:
    loaded = with_changes(contracts__ops__period={"end": typed})
    finding = the_finding(loaded, "profile-date-note")
    assert (finding.severity, finding.field) == (severity, "contracts.ops.period.end")
    assert says in finding.message and typed in finding.message
    assert loaded.profile is not None and loaded.profile.contracts["ops"].period.end == day


@pytest.mark.parametrize(
    ("typed", "yen"),
    [
        ("12,345,000", 12345000),
        ("１２，３４５，０００円", 12345000),
        ("1,234千円", 1234000),
        ("0円", 0),
        ("金3億5千万円", 350000000),
    ],
)
def test_a_sum_is_read_in_the_ways_of_officials(typed: str, yen: int) -> None:
    assert a_profile(contracts__ops__amount={"total": typed}).contracts["ops"].amount.total == yen


@pytest.mark.parametrize("typed", ["12,34", "-5円", "100.5円", "NaN", "1e6", "税込100円", "99" * 40])
def test_a_sum_that_is_none_is_told(typed: str) -> None:
    loaded = with_changes(contracts__ops__amount={"total": typed})
    assert loaded.profile is None
    assert len(loaded.report.errors) == 1


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        ("年2.5%", "2.5"),
        ("１０％", "10"),
        ("10", "10"),
        ("100分の10", "10"),
        ("2.5パーセント", "2.5"),
        ("0.10%", "0.1"),
    ],
)
def test_a_percentage_is_exact(typed: str, percent: str) -> None:
    assert a_profile(rules={"dango_rate": typed}).rules.dango_rate == Decimal(percent)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("12時間", Duration(Decimal(12), "時間")),
        ("1営業日", Duration(Decimal(1), "営業日")),
        ("6ヶ月", Duration(Decimal(6), "か月")),
        ("６箇月", Duration(Decimal(6), "か月")),
        ("30分", Duration(Decimal(30), "分")),
    ],
)
def test_a_length_keeps_its_unit(typed: str, length: Duration) -> None:
    assert a_profile(backup={"systems": {"juki": {"rto": typed}}}).backup.systems["juki"].rto == length


@pytest.mark.parametrize(
    ("typed", "flag"),
    [("true", True), ("はい", True), ("有", True), ("No", False), ("いいえ", False), ("無", False)],
)
def test_yes_and_no(typed: str, flag: bool) -> None:
    assert a_profile(contracts__ops__personal_data=typed).contracts["ops"].personal_data is flag


@pytest.mark.parametrize("typed", ["null", "~", "None", "nan", "N/A"])
def test_words_for_nothing_never_reach_a_paper(typed: str) -> None:
    assert with_changes(contracts__ops__title=typed).profile is None


def test_the_penalty_is_a_rate_or_the_rate_of_the_law() -> None:
    assert a_profile(rules={"penalty_rate": "年2.5%"}).rules.penalty_rate.value == Decimal("2.5")  # type: ignore[union-attr]
    by_law = a_profile(rules={"penalty_rate": "支払遅延防止法の率"}).rules.penalty_rate
    assert by_law is not None and (by_law.mode, by_law.value) == ("支払遅延防止法の率", None)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"city__code": "011003"}, "profile-code"),
        ({"city__code": "1234"}, "profile-code"),
        ({"vendors__midori__corporate_number": "1234567890123"}, "profile-corporate-number"),
        ({"vendors__midori__invoice_number": "7000012050002"}, "profile-invoice-number"),
        ({"vendors__midori__invoice_number": "T1234567890123"}, "profile-invoice-number"),
        (
            {
                "vendors__midori__corporate_number": "7000012050002",
                "vendors__midori__invoice_number": "T5000012050004",
            },
            "profile-invoice-number",
        ),
    ],
)
def test_a_number_with_a_wrong_check_digit_is_an_error(changes: dict[str, Any], rule: str) -> None:
    assert the_finding(with_changes(**changes), rule).severity is Severity.ERROR


def test_leading_zeros_stay_and_five_digits_are_completed() -> None:
    assert a_profile(city__code="011002", city__name="札幌市", city__kind="指定都市").city.code == "011002"
    assert a_profile(city__code="01100").city.code == "011002"


def test_a_code_that_the_list_does_not_know_is_only_a_warning() -> None:
    loaded = with_changes(city__code="991236", city__fictional="いいえ")
    assert the_finding(loaded, "profile-code-unknown").severity is Severity.WARNING
    assert loaded.profile is not None


@pytest.mark.parametrize(
    ("name", "code"), [("飛騨市", "212172"), ("飛驒市", "212172"), ("梼原町", "394050"), ("檮原町", "394050")]
)
def test_variant_characters_are_the_same_city_and_stay_as_typed(name: str, code: str) -> None:
    kind = name[-1]
    loaded = with_changes(city={"name": name, "kind": kind, "code": code})
    assert loaded.profile is not None and loaded.profile.city.name == name
    assert "profile-code-name" not in rules_of(loaded)


def test_a_code_of_another_city_is_a_warning() -> None:
    loaded = with_changes(city={"name": "試験市", "kind": "市", "code": "011002"})
    assert the_finding(loaded, "profile-code-name").severity is Severity.WARNING


def test_names_come_out_as_they_went_in() -> None:
    names = ["葛\U000e0100城　太郎", "髙﨑　𠮷子", "塚\ufa10　一", "ﾔﾏﾀﾞ　花子"]
    for name in names:
        assert a_profile(city__head={"title": "市長", "name": name}).city.head.name == name


def test_a_pasted_radical_is_named_with_the_kanji_meant() -> None:
    loaded = with_changes(city__head={"title": "⻘葉台市⻑", "name": "⼭⽥"})
    found = [finding for finding in loaded.report if finding.rule == "profile-radical"]
    assert len(found) == 4
    assert all(finding.severity is Severity.WARNING for finding in found)
    assert any("「山」" in finding.hint for finding in found)
    assert loaded.profile is not None and loaded.profile.city.head.name == "⼭⽥"


def test_an_abbreviated_company_name_asks_to_be_confirmed() -> None:
    loaded = with_changes(vendors__midori__name="㈱みどり")
    assert the_finding(loaded, "profile-company-mark").severity is Severity.WARNING
    assert loaded.profile is not None and loaded.profile.vendors["midori"].name == "㈱みどり"


def test_a_private_telephone_number_is_warned_of() -> None:
    assert (
        "private.yaml"
        in the_finding(
            with_changes(people={"a": {"name": "x", "telephone": "０９０−1234−5678"}}),
            "profile-private-number",
        ).hint
    )


def test_an_invisible_character_in_a_name_is_an_error() -> None:
    assert "U+202E" in the_finding(with_changes(city__head={"name": "a\u202eb"}), "profile-character").message


def test_an_own_business_is_taken_and_a_near_name_is_told() -> None:
    assert not a_profile(systems__juki__business="図書館").systems["juki"].standard
    assert (
        "住民基本台帳"
        in the_finding(with_changes(systems__juki__business="住民記録"), "profile-business").hint
    )


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"contracts__ops__vendor": "midoli"}, "「midori」"),
        ({"contracts__ops__systems": ["jukki"]}, "「juki」"),
        ({"roles": {"cio": {"person": "sato"}}}, "people"),
        ({"contracts__ops__signatory": "x"}, "city.signatories"),
        ({"backup": {"systems": {"zei": {}}}}, "juki"),
        ({"cloud": {"csps": [{"name": "AWS"}]}, "systems__juki__csp": "AWs"}, "「AWS」"),
    ],
)
def test_a_key_that_leads_nowhere_is_told_with_the_nearest(changes: dict[str, Any], hint: str) -> None:
    assert hint in the_finding(with_changes(**changes), "profile-reference").hint


def test_systems_that_need_one_another_are_named() -> None:
    systems = {
        key: {"name": key, "business": key, "state": "移行中", "depends_on": [other]}
        for key, other in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
    }
    assert "a → b → c → a" in the_finding(with_changes(systems=systems), "profile-cycle").message
    alone = {"a": {"name": "a", "business": "a", "state": "移行中", "depends_on": ["a"]}}
    assert "a → a" in the_finding(with_changes(systems=alone), "profile-cycle").message


def test_a_chain_of_a_thousand_systems_is_no_cycle() -> None:
    systems = {
        f"s{n}": {
            "name": "x",
            "business": "x",
            "state": "移行中",
            "depends_on": [f"s{n + 1}"] if n < 999 else [],
        }
        for n in range(1000)
    }
    assert with_changes(systems=systems).report.is_ok


@pytest.mark.parametrize("key", ["a b", "a.b", "a/b", "../x", "未定", "-a", "a@b", "x" * 61])
def test_a_key_must_make_a_file_name(key: str) -> None:
    assert "profile-key" in rules_of(with_changes(vendors={key: {"name": "X"}, "midori": {"name": "Y"}}))


def test_keys_may_be_japanese_but_not_differ_in_width_only() -> None:
    assert (
        a_profile(systems={"住記": {"name": "x", "business": "y", "state": "移行中"}}).systems["住記"].name
        == "x"
    )
    row = {"name": "x", "business": "y", "state": "移行中"}
    assert (
        the_finding(with_changes(systems={"Juki": row, "ｊｕｋｉ": row}), "profile-key").field
        == "systems.ｊｕｋｉ"
    )


@pytest.mark.parametrize(
    ("parties", "says"),
    [
        ([{"role": "甲", "vendor": "midori"}, {"role": "乙", "vendor": "midori"}], "1つになっていません"),
        ([{"role": "甲", "city": "はい"}, {"role": "甲", "vendor": "midori"}], "2度"),
        ([{"role": "甲", "city": "はい"}, {"role": "乙"}], "どちらか一方"),
    ],
)
def test_parties_of_three_and_more_must_be_clear(parties: list[Any], says: str) -> None:
    loaded = with_changes(contracts__ops={"template": "t", "parties": parties})
    assert says in the_finding(loaded, "profile-parties").message


def test_a_contract_names_its_vendor_or_its_parties_not_both() -> None:
    parties = [{"role": "甲", "city": "はい"}, {"role": "乙", "vendor": "midori"}]
    assert (
        the_finding(with_changes(contracts__ops__parties=parties), "profile-parties").field
        == "contracts.ops.vendor"
    )


def test_a_joint_venture_has_one_lead_and_named_members() -> None:
    rows = [{"vendor": "midori", "share": "60%"}, {"lead": "いいえ"}]
    loaded = with_changes(vendors__jv={"name": "共同企業体", "members": rows})
    assert rules_of(loaded).count("profile-members") == 2


def test_what_decides_the_structure_cannot_be_undecided() -> None:
    for changes in (
        {"city__kind": "未定"},
        {"systems__juki__state": "未定"},
        {"contracts__ops__template": "未定"},
    ):
        assert "未定にできません" in the_finding(with_changes(**changes), "profile-undecided").message


def test_a_list_of_one_still_needs_its_dash() -> None:
    finding = the_finding(with_changes(contracts__ops__systems="juki"), "profile-shape")
    assert "「- 」" in finding.hint and "juki" in finding.message


@pytest.mark.parametrize("wrong", ["x", ["x"], {"x": "y"}, [["x"]], [{"a": {"b": ["c"]}}]])
@pytest.mark.parametrize(
    "section", ["city", "people", "cloud", "systems", "contracts", "confirmations", "backup"]
)
def test_any_shape_anywhere_is_a_finding_never_a_crash(section: str, wrong: Any) -> None:
    assert not with_changes(**{section: wrong}).report.is_ok


def test_undecided_has_no_truth_value() -> None:
    flag = a_profile(contracts__ops__my_number="未定").contracts["ops"].my_number
    assert flag == Undecided("contracts.ops.my_number", "契約 ops の特定個人情報の取扱い")
    assert str(flag) == "〇〇〇〇"
    with pytest.raises(TypeError, match=r"contracts\.ops\.my_number"):
        bool(flag)


@pytest.mark.parametrize("typed", ["未定", "〇〇〇〇", "○○○○", "○○　○○", "（未定）"])
def test_blanks_mean_undecided(typed: str) -> None:
    assert isinstance(a_profile(contracts__ops__title=typed).contracts["ops"].title, Undecided)
