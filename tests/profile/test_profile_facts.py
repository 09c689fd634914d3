"""The typed profile: digest, changes, places, and the profiles that come with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from profile_scenario import BASE, ROOT, SHIPPED, TESTS, VARIANTS, a_profile, load, with_changes

from gen.errors import UserError
from gen.japanese.codes import find_municipality
from gen.profile import FieldChange, Profile, Undecided, changes, find_profile, load_profile
from gen.profile.facts import is_leaf, printable, root, rule_at
from gen.profile.schema import Rule

ALL = [*SHIPPED, *VARIANTS, *TESTS]


def loaded(path: Path) -> Profile:
    result = load_profile(path)
    assert result.profile is not None, [(str(f.place), f.message) for f in result.report]
    return result.profile


def test_the_digest_sees_facts_only() -> None:
    one = load(
        "# a\ncity: {name: 試験市, kind: 市}\nvendors:\n  a: {name: A, taxable: true}\n  b: {name: B}\n"
    )
    two = load(
        'vendors:\n  b:\n    name: "B"\n  a: {taxable: はい, name: A}\ncity:\n  kind: 市  # b\n  name: 試験市\n'
    )
    assert one.profile is not None and two.profile is not None
    assert one.profile.digest == two.profile.digest
    assert changes(one.profile, two.profile) == []


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("contracts__ops__period", {"end": "令和9年3月31日"}, {"end": "2027-3-31"}),
        ("contracts__ops__amount", {"total": "1,234千円"}, {"total": "１２３４０００"}),
        ("rules", {"dango_rate": "10.0%"}, {"dango_rate": "10"}),
        ("contracts__ops__budget_condition", "いいえ", None),
        ("contracts__ops__title", "未定", None),
    ],
)
def test_other_ways_of_writing_a_fact_change_no_digest(path: str, one: Any, other: Any) -> None:
    first, second = a_profile(**{path: one}), a_profile(**{path: other})
    assert first.digest == second.digest
    assert changes(first, second) == []


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("contracts__ops__amount", {"total": "5,000円"}, "未定", "5,000円"),
        ("contracts__ops__my_number", "はい", "未定", "はい"),
        ("contracts__ops__number", "第1号", "（記載なし）", "第1号"),
        ("contracts__ops__number", "未定", "（記載なし）", "未定"),
        ("contracts__ops__signed_on", "2026-04-01", "（記載なし）", "令和8年4月1日"),
        ("rules", {"dango_rate": "20%"}, "（記載なし）", "20%"),
        ("city__style", {"comma": "，"}, "、", "，"),
    ],
)
def test_a_change_is_told_in_japanese_and_seen_by_the_digest(
    path: str, value: Any, old: str, new: str
) -> None:
    before, after = a_profile(), a_profile(**{path: value})
    (change,) = changes(before, after)
    assert (change.old, change.new) == (old, new)
    assert before.digest != after.digest


def test_an_added_contract_is_all_of_its_facts() -> None:
    after = a_profile(contracts__new={"template": "t", "vendor": "midori"})
    told = changes(a_profile(), after)
    assert FieldChange("contracts.new.template", "契約 new のひな型", "（記載なし）", "t") in told
    assert all(change.path.startswith("contracts.new.") for change in told)


def test_a_place_is_that_of_the_value_or_the_nearest_mapping() -> None:
    profile = load("city:\n  name: 試験市\n  kind: 市\ncontracts:\n  ops:\n    template: t\n").profile
    assert profile is not None
    assert str(profile.place("city.name")) == "profile.yaml:2:9"
    assert str(profile.place("contracts.ops.amount.total")) == "profile.yaml:5:3"
    assert str(profile.place("budget.lines")) == "profile.yaml:1:1"


def test_what_a_document_needs_is_undecided_when_left_out_and_the_rest_is_none() -> None:
    contract = a_profile().contracts["ops"]
    assert contract.amount.total == Undecided("contracts.ops.amount.total", "契約 ops の契約金額（総額）")
    assert isinstance(contract.personal_data, Undecided)
    assert contract.number is None and contract.liability is None and contract.parties == ()


def test_a_paper_without_money_owes_no_sum() -> None:
    contract = a_profile(contracts__ops__amount={"none": "はい"}).contracts["ops"]
    assert (
        contract.amount.total is None and contract.amount.tax_kind is None and contract.payment.cycle is None
    )


def test_unit_prices_need_no_total() -> None:
    amount = {"unit_prices": [{"item": "仮想サーバー", "price": "12,000円"}]}
    assert a_profile(contracts__ops__amount=amount).contracts["ops"].amount.total is None


def test_zero_yen_is_a_sum_and_not_undecided() -> None:
    assert a_profile(contracts__ops__amount={"total": "0"}).contracts["ops"].amount.total == 0


@pytest.mark.parametrize(
    ("kind", "name", "word"),
    [
        ("市", "試験市", "本市"),
        ("町", "試験町", "本町"),
        ("特別区", "試験区", "本区"),
        ("都道府県", "試験県", "本県"),
        ("都道府県", "試験府", "本府"),
        ("一部事務組合", "試験組合", "本組合"),
        ("広域連合", "試験広域連合", "本広域連合"),
    ],
)
def test_the_word_for_itself_follows_the_kind(kind: str, name: str, word: str) -> None:
    assert a_profile(city__kind=kind, city__name=name).city.self_word == word
    assert a_profile(city__kind=kind, city__name=name, city__self_word="当団体").city.self_word == "当団体"


def test_whether_a_vendor_is_taxable_is_never_invented() -> None:
    assert isinstance(a_profile().vendors["midori"].taxable, Undecided)
    assert isinstance(a_profile(vendors__midori__invoice_number="未定").vendors["midori"].taxable, Undecided)
    assert a_profile(vendors__midori__invoice_number="T7000012050002").vendors["midori"].taxable is True


def test_a_group_may_be_undecided_as_a_whole() -> None:
    contract = a_profile(contracts__ops__hours="未定", contracts__ops__period="未定").contracts["ops"]
    assert contract.hours is not None and isinstance(contract.hours.text, Undecided)
    assert isinstance(contract.period.start, Undecided)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_profile_in_the_house_loads_without_warning(path: Path) -> None:
    result = load_profile(path)
    assert [f.message for f in result.report if f.severity != "info"] == []
    assert result.profile is not None and result.profile.city.fictional


@pytest.mark.parametrize("path", [*SHIPPED, *TESTS], ids=lambda path: path.stem)
def test_no_profile_names_a_real_body(path: Path) -> None:
    profile = loaded(path)
    for code in [profile.city.code, *[body.code for body in profile.city.former]]:
        assert not isinstance(code, str) or find_municipality(code) is None
    assert find_municipality(profile.city.name) is None


@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.stem)
def test_a_variant_differs_in_its_one_fact_only(path: Path) -> None:
    name, what = path.stem.split(".")
    told = changes(loaded(ROOT / "profiles" / f"{name}.yaml"), loaded(path))
    paths = {change.path for change in told}
    if what == "head":
        assert all(re.search(r"\.(name|title)$", field) for field in paths) and "city.head.name" in paths
        return
    contracts = {field.split(".")[1] for field in paths if field.startswith("contracts.")}
    assert len(contracts) == 1
    assert {"amount.total", "amount.tax", "amount.monthly", "yearly.0.amount"} <= {
        field.split(".", 2)[2] for field in paths
    }


@pytest.mark.parametrize("path", [*SHIPPED, *VARIANTS], ids=lambda path: path.stem)
def test_the_sums_of_shipped_profiles_agree(path: Path) -> None:
    for contract in loaded(path).contracts.values():
        amount = contract.amount
        assert isinstance(amount.total, int)
        if isinstance(amount.monthly, int):
            assert isinstance(amount.months, int)
            first = amount.first if isinstance(amount.first, int) else amount.monthly
            assert amount.total == first + amount.monthly * (amount.months - 1)
        elif contract.payment.schedule:
            rows = [row.amount for row in contract.payment.schedule]
            assert amount.total == sum(row for row in rows if isinstance(row, int))
        else:
            assert contract.payment.cycle == "完了時一括"
        assert amount.total == sum(row.amount for row in contract.yearly if isinstance(row.amount, int))
        assert amount.tax == amount.total * 10 // 110
        assert not isinstance(contract.budget_limit, int) or contract.budget_limit >= amount.total


def test_the_shipped_profiles_are_what_they_are_said_to_be() -> None:
    aobadai, minatokita, shirakaba = map(loaded, SHIPPED)
    assert (aobadai.city.kind, len(aobadai.systems), aobadai.cloud.use_mode) == ("市", 20, "単独利用方式")
    assert {c.budget_basis for c in aobadai.contracts.values()} == {
        "債務負担行為",
        "長期継続契約",
        "単年度",
    }
    assert (shirakaba.city.self_word, shirakaba.cloud.use_mode) == ("本町", "共同利用方式")
    assert shirakaba.contracts["ops"].sign_mode == "電子"
    states = [system.state for system in minatokita.systems.values()]
    assert minatokita.city.kind == "指定都市" and minatokita.city.wards and len(minatokita.cloud.csps) == 3
    assert "特定移行支援" in states and states.count("オンプレミス") == 2
    assert {c.template for p in (aobadai, minatokita, shirakaba) for c in p.contracts.values()} == {
        "data-extraction",
        "migration-support",
        "operation-support",
        "system-build",
        "system-maintenance",
        "system-use",
    }


def test_the_undecided_profile_is_undecided_wherever_it_may_be() -> None:
    facts = loaded(ROOT / "tests" / "profiles" / "undecided.yaml").flat()
    seen = {shape_of(path) for path, value in facts.items() if isinstance(value, Undecided)}
    assert set(undecidable(root(), "")) - seen == set()


def shape_of(path: str) -> str:
    """The path with keys and indices made one."""
    rule, parts = root(), list[str]()
    for segment in path.split("."):
        fixed = rule["type"] == "dict" and "schema" in rule
        parts.append(segment if fixed else "*")
        rule = rule_at(".".join(path.split(".")[: len(parts)])) or rule
    return ".".join(parts)


def undecidable(rule: Rule, path: str) -> list[str]:
    if is_leaf(rule):
        return [] if rule["meta"]["decided"] else [path]
    if rule["type"] == "list" or "valuesrules" in rule:
        return undecidable(rule.get("valuesrules") or rule["schema"], f"{path}.*")
    return [
        found
        for name, below in rule["schema"].items()
        for found in undecidable(below, f"{path}.{name}".lstrip("."))
    ]


def test_test_profiles_hold_what_they_are_for() -> None:
    by_name = {path.stem: loaded(path) for path in TESTS}
    assert len(by_name["hundred"].systems) == 100
    assert not by_name["none"].systems
    assert by_name["union"].city.code is None and by_name["union"].contracts["ops"].city_as == "受注者"
    assert len(by_name["union"].contracts["share"].parties) == 4


def test_a_folder_is_one_profile(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    for section, value in BASE.items():
        (folder / f"{section}.yaml").write_text(
            yaml.safe_dump({section: value}, allow_unicode=True), encoding="utf-8"
        )
    (folder / "memo.txt").write_text("x", encoding="utf-8")
    assert loaded(folder) == with_changes().profile
    assert find_profile(tmp_path) == folder


def test_a_workspace_without_or_with_two_profiles_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ありません"):
        find_profile(tmp_path)
    (tmp_path / "profile.yaml").write_text("", encoding="utf-8")
    (tmp_path / "profile").mkdir()
    with pytest.raises(UserError, match="両方"):
        find_profile(tmp_path)
    assert load_profile(tmp_path / "profile").report.errors
    assert load_profile(tmp_path / "nothing.yaml").report.errors


def test_a_change_of_a_counted_fact_says_its_unit() -> None:
    path = "contracts.ops.inspect_days"
    assert printable(path, 10) == "10日"
    assert printable("city.population", 50123) == "50,123人"
    assert printable("contracts.ops.log_months", 12) == "12か月"


def _counted(rule: Rule, path: str) -> list[str]:
    if is_leaf(rule):
        return [path] if rule["meta"]["kind"] == "count" else []
    if rule["type"] == "list" or "valuesrules" in rule:
        return _counted(rule.get("valuesrules") or rule["schema"], f"{path}.x")
    return [one for name, below in rule["schema"].items() for one in _counted(below, f"{path}.{name}")]


@pytest.mark.parametrize("path", _counted(root(), ""))
def test_the_example_of_a_counted_fact_gives_its_unit(path: str) -> None:
    rule = rule_at(path.removeprefix("."))
    assert rule is not None
    assert re.fullmatch(r"[0-9,]+[^0-9,]+", rule["meta"]["example"])
