"""Difficult but right inputs, part D: characters, addresses, numbers. One test a line, by its number."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from compare.scenario import a_file, a_paper
from drafting.scenario import (
    GONE,
    OPS,
    a_contract,
    a_workspace,
    contract,
    facts_change,
    findings_of,
    git,
    quiet,
    run,
    told,
)

from gen.compare import align

REAL = {"city__fictional": GONE}
ODD_NAMES = [
    "𠮷田　髙志",
    "山﨑　德",
    "葛\U000e0100城　邊",
    "\ufa10本　逹",
    "森鷗外",
    "Ａ＆B <c>　太郎",
    "{{ k.title }}",
]


@pytest.mark.parametrize(
    ("name", "code", "prefecture"), [("飛騨市", "212172", "岐阜県"), ("檮原町", "394050", "高知県")]
)
def test_d43_variants_of_a_kanji_are_the_same_body(name: str, code: str, prefecture: str) -> None:
    other = name.replace("騨", "驒").replace("檮", "梼")
    kind = "町" if name.endswith("町") else "市"
    for typed in (name, other):
        city = {
            "city__name": typed, "city__kind": kind, "city__code": code, "city__prefecture": prefecture, **REAL,
        }  # fmt: skip
        assert not [f for f in findings_of(**city) if f.rule.startswith("profile-code")]
        paper = a_contract(**city)
        assert f"{typed}（以下「甲」という。）" in paper.text


def test_d44_large_and_small_ke() -> None:
    city = {"city__code": "142077", "city__prefecture": "神奈川県", **REAL}
    found = told("profile-name-note", "「茅ヶ崎市」", city__name="茅ケ崎市", **city)
    assert found.severity == "info"
    quiet(city__name="茅ヶ崎市", **city)
    assert "茅ケ崎市（以下" in a_contract(city__name="茅ケ崎市", **city).text


def test_d46_radicals_pasted_from_a_pdf() -> None:
    head = {"title": "青葉台市⻑", "name": "青葉　太郎"}
    found = told("profile-radical", "「⻑」", "「長」（U+9577）", city__head=head)
    assert found.severity == "warning"
    assert found.field == "city.head.title"
    assert "青葉台市⻑" in a_contract(city__head=head).text
    for name in ODD_NAMES[:5]:
        assert not [
            f for f in findings_of(city__head={"title": "市長", "name": name}) if f.rule == "profile-radical"
        ]


def test_d47_marks_and_widths() -> None:
    typed = contract(
        amount={"tax_kind": "税込", "total": "１３，２００千円", "monthly": "１，１００，０００円"},
        period={"start": "Ｒ８．４．１", "end": "令和９年３月３１日"},
    )
    quiet(**typed)
    assert a_contract(**typed).text == a_contract().text
    found = told("profile-company-mark", "㈱", "株式会社", vendors__midori__name="㈱みどり情報システム")
    assert found.severity == "warning"
    assert (
        "㈱みどり情報システム（以下「乙」という。）"
        in a_contract(vendors__midori__name="㈱みどり情報システム").text
    )
    kana = told("profile-halfwidth", "ﾐﾄﾞﾘ", "ミドリ", vendors__midori__name="株式会社ﾐﾄﾞﾘ")
    assert kana.severity == "info"


def static_text(**changes: Any) -> str:
    """The paper without any value of the profile."""
    return a_contract(**changes).static


def test_d49_a_comma_of_its_own() -> None:
    text = static_text(city__style={"comma": "，"}, **contract(personal_data="はい"))
    assert "，" in text
    assert "、" not in text


def test_d49_conjunctions_in_kana() -> None:
    everything = contract(personal_data="はい", my_number="はい", copyright="許諾")
    text = static_text(city__style={"conjunction": "ひらがな"}, **everything)
    for kanji, kana in (
        ("及び", "および"),
        ("又は", "または"),
        ("並びに", "ならびに"),
        ("若しくは", "もしくは"),
    ):
        assert kana in text
        assert kanji not in text
    plain = static_text(**everything)
    for kana in ("および", "または", "ならびに", "もしくは"):
        assert kana not in plain


def test_d49_values_of_the_profile_keep_their_own_style() -> None:
    paper = a_contract(
        city__style={"comma": "，", "conjunction": "ひらがな", "digits": "全角"},
        **contract(title="A、B及びC業務12号"),
    )
    assert "A、B及びC業務12号" in paper.text


def test_d50_a_wide_space_in_a_name() -> None:
    paper = a_contract(city__head={"title": "青葉台市長", "name": "青 葉　太 郎"})
    assert "青葉台市長　青 葉　太 郎" in paper.text


def test_d50_names_never_reach_file_names(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai", vendors__midori__name="みどり　情報/システム 株式会社")
    assert run("generate", "--date", "R8.4.1", folder=folder).code == 0
    files = git(folder, "-c", "core.quotepath=off", "ls-files", "documents").splitlines()
    assert "documents/contracts/operation-support@ops.docx" in files
    assert not [file for file in files if "　" in file or "みどり" in file or " " in file]


@pytest.mark.parametrize("key", ["../ops", "a/b", "ops ", "運用 補助", "a" * 200, "."])
def test_d50_a_key_that_no_file_can_have_is_refused(key: str) -> None:
    from drafting.scenario import CITY

    found = findings_of(contracts={key: CITY["contracts"]["ops"]})
    assert [f.severity for f in found] == ["error"], found
    assert found[0].place and found[0].place.line


@pytest.mark.parametrize(
    "address",
    [
        "京都府京都市中京区寺町通御池上る上本能寺前町488番地",
        "東京都千代田区霞が関１－３－１",
        "北海道札幌市中央区北1条西2丁目",
        "沖縄県島尻郡渡名喜村1917番地の3",
        "青葉台県青葉台市大字中央字中央一丁目１番地１　青葉ビル3階",
    ],
)
def test_d52_any_shape_of_address(address: str) -> None:
    quiet(city__address=address, vendors__midori__address=address)
    assert a_contract(city__address=address).text.count(address) == 1


def test_d53_an_office_outside_the_citys_own_ground() -> None:
    quiet(city__address="東京都港区虎ノ門一丁目1番1号")


FAULTY = (
    "（総則）",
    "第1条　甲及び乙は、誠実に履行する。",
    "（検査）",
    "第2条　甲は、10日以内に検査する。",
    "（支払）",
    "第2条　甲は、30日以内に支払う。",  # the number again, as in published contracts
    "（秘密）",
    "第9条　乙は、秘密を漏らしてはならない。",
)


def test_d55_wrong_numbers_of_a_source_pair_by_heading() -> None:
    right = (line.replace("第2条　甲は、30", "第3条　甲は、45").replace("第9条", "第4条") for line in FAULTY)
    pairs = align(a_paper(*FAULTY).body, a_paper(*right).body).pairs
    bodies = [(pair.old.body, pair.new.body) for pair in pairs if pair.old and pair.new]
    assert len(pairs) == len(bodies) == len(FAULTY)
    assert ("甲は、30日以内に支払う。", "甲は、45日以内に支払う。") in bodies
    assert ("甲は、10日以内に検査する。",) * 2 in bodies


def test_d55_a_source_with_wrong_numbers_is_taken_in_line_by_line(tmp_path: Path) -> None:
    source = tmp_path / "既存の契約書.docx"
    source.write_bytes(a_file(*FAULTY))
    shown = run("template", "text", source).out
    assert [line for line in FAULTY if line not in shown] == []


def test_d56_articles_excluded_in_the_head() -> None:
    paper = a_contract(**contract(exclude=["set-off", "secrecy"]))
    said = re.search("契約約款のうち(.*)の規定は", paper.line("６　適用除外条項"))
    assert said
    numbers = re.findall("第[0-9０-９]+条", said[1])
    assert len(numbers) == 2
    for number, heading in zip(numbers, ("相殺", "秘密の保持"), strict=True):
        at = next(i for i, line in enumerate(paper.lines) if line.startswith(f"{number}　"))
        assert heading in paper.lines[at - 1]


def test_d56_an_article_that_the_facts_leave_out_needs_no_exclusion() -> None:
    paper = a_contract(**contract(exclude=["copyright"]))
    assert "適用除外" not in paper.head
    both = a_contract(**contract(exclude=["copyright", "secrecy"]))
    assert "適用除外条項" in both.head


@pytest.mark.parametrize("name", ["secrecyy", "著作権"])
def test_d56_an_article_that_is_none_is_told_at_its_place(tmp_path: Path, name: str) -> None:
    folder = a_workspace(tmp_path / "aobadai", tiny=False)
    facts_change(folder, **contract(exclude=[name]))
    done = run("generate", OPS, folder=folder)
    assert done.code == 1
    assert "profile.yaml:" in done.err and name in done.err
    assert "secrecy" in done.err
    assert not (folder / "documents").exists()


def test_d58_a_body_without_a_code() -> None:
    quiet(city__code=GONE, city__prefecture=GONE)
    assert a_contract(city__code=GONE).text == a_contract().text


@pytest.mark.parametrize("name", ODD_NAMES)
def test_d_names_come_out_as_they_went_in(name: str) -> None:
    paper = a_contract(
        city__head={"title": "青葉台市長", "name": name},
        vendors__midori__name=f"{name}商店",
        **contract(title=name),
    )
    assert f"青葉台市長　{name}" in paper.text
    assert f"青葉台市長　{name}" in paper.word_text
    assert f"{name}商店" in paper.text
    assert f"{name}商店" in paper.word_text


def test_d_a_comma_or_a_bar_in_a_table_loses_nothing() -> None:
    tasks = [{"name": "A|B", "detail": "1*2*3 <b>太字</b> & R&D", "output": "表\\|裏", "when": "毎月"}]
    paper = a_contract(**contract(tasks=tasks))
    assert "1*2*3 <b>太字</b> & R&D" in paper.text
    assert "A|B" in paper.word_text
    assert "表\\|裏" in paper.word_text
