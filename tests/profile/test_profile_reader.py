"""The reader: nothing is guessed, nothing crashes, everything has a place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from profile_scenario import ROOT, load, rules_of, the_finding

from gen.profile import load_profile_bytes
from gen.profile.reader import MAX_BYTES, read_yaml

CITY = "city:\n  name: 試験市\n  kind: 市\n"


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "says"),
    [
        ("city: &x\n  name: a\n", "yaml-anchor", 1, 7, "目印"),
        ("city: *x\n", "yaml-anchor", 1, 7, "別名"),
        ("city: !!str a\n", "yaml-tag", 1, 7, "型の指定"),
        ("a: 1\n---\nb: 2\n", "yaml-documents", 2, 1, "2つ目の文書"),
        ("city:\n  name: a\n  name: b\n", "yaml-duplicate-key", 3, 3, "2行目"),
        ("city：\n  name: a\n", "yaml-top", 1, 5, "項目名"),
        ("city:\n\tname: a\n", "yaml-syntax", 2, 1, "タブ"),
        ("city: 'a\n", "yaml-syntax", 2, 1, "引用符"),
        ("a: 株式会社: b\n", "yaml-syntax", 1, 8, "コロン"),
        ("a: [b\nc: d\n", "yaml-syntax", 2, 2, "閉じていない"),
        ("{[a]: b}\n", "yaml-key", 1, 2, "項目名のところ"),
        ("a: \ufdd0\n", "yaml-character", 1, 4, "U+FDD0"),
        ('a: "\\ufdd0"\n', "yaml-character", 1, 4, "U+FDD0"),
        ('a: "\\0"\n', "yaml-character", 1, 4, "U+0000"),
        ("あ: い\x07う\n", "yaml-character", 1, 5, "U+0007"),
    ],
)
def test_what_yaml_allows_and_a_profile_does_not(
    text: str, rule: str, line: int, column: int, says: str
) -> None:
    _, findings = read_yaml("p.yaml", text.encode())
    found = next(finding for finding in findings if finding.rule == rule)
    assert found.place and (found.place.line, found.place.column) == (line, column)
    assert says in found.message
    assert found.hint


def test_a_full_width_colon_is_named_as_the_cause() -> None:
    _, findings = read_yaml("p.yaml", "city：\n  name: a\n".encode())
    assert "全角のコロン" in findings[0].hint


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("city:\n  name: a\n  kind：市\n  code: 1\n", 3, 7, "コロン「：」が全角です。　この行：「kind：市」"),
        ("city:\n  name: a\n\u3000kind: 市\n  code: 1\n", 3, 1, "行頭に全角の空白があります。"),
        ("city：\n  name: a\n", 1, 5, "コロン「：」が全角です。"),
    ],
)
def test_the_place_is_the_line_with_the_full_width_sign(text: str, line: int, column: int, says: str) -> None:
    _, findings = read_yaml("p.yaml", text.encode())
    assert [str(one.place) for one in findings] == [f"p.yaml:{line}:{column}"]
    assert says in findings[0].message
    assert "半角" in findings[0].hint


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 50_000, "- " * 50_000, "a: " + "[" * 50_000])
def test_fifty_thousand_brackets_do_not_crash_libyaml(text: str) -> None:
    tree, findings = read_yaml("p.yaml", text.encode())
    assert tree is None
    assert findings


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (CITY.encode("cp932"), "Shift_JIS"),
        (CITY.encode("utf-16"), "UTF-16"),
        (CITY.encode("utf-16-le"), "UTF-16"),
        (CITY.encode("utf-32"), "UTF-16"),
        (b"city: \xff\xfe\xfd\n", "UTF-8"),
        (CITY.encode("euc-jp"), "UTF-8"),
    ],
)
def test_another_encoding_is_named(data: bytes, says: str) -> None:
    loaded = load_profile_bytes({"profile.yaml": data})
    finding = next(iter(loaded.report))
    assert finding.rule == "yaml-encoding"
    assert says in finding.message
    assert finding.place and finding.place.line


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = load(CITY).profile
    windows = load_profile_bytes(
        {"profile.yaml": b"\xef\xbb\xbf" + CITY.replace("\n", "\r\n").encode()}
    ).profile
    assert plain is not None
    assert plain == windows
    assert windows is not None and windows.place("city.kind").line == 3


def test_a_file_too_large_is_refused_before_it_is_parsed() -> None:
    _, findings = read_yaml("p.yaml", b"#" * (MAX_BYTES + 1))
    assert findings[0].rule == "yaml-size"


def test_everything_is_a_text_with_its_place() -> None:
    tree, findings = read_yaml("p.yaml", b"a: 011002\nb: [1e3, yes, 2026-04-01, 0x10, 12:30:00]\n")
    assert tree is not None and not findings
    assert tree.value == {"a": "011002", "b": ["1e3", "yes", "2026-04-01", "0x10", "12:30:00"]}
    place = tree.place(("b", 2))
    assert place is not None and (place.line, place.column) == (2, 15)


def test_columns_count_characters_not_bytes() -> None:
    loaded = load("city: {name: 𠮷野市, kind: 市い}\n")
    assert the_finding(loaded, "profile-choice").place.column == 25  # type: ignore[union-attr]


def test_a_sum_with_commas_in_braces_does_not_become_ten_yen() -> None:
    loaded = load(CITY + "contracts:\n  ops:\n    template: t\n    amount: {total: 10,560,000円}\n")
    assert rules_of(loaded).count("profile-unknown-field") == 2
    assert any("囲んで" in finding.hint for finding in loaded.report)


def test_sections_may_stand_in_files_of_their_own() -> None:
    files = {"profile/a.yaml": CITY.encode(), "profile/b.yaml": b"vendors:\n  x: {name: X, taxable: yes}\n"}
    loaded = load_profile_bytes(files)
    assert loaded.profile is not None
    assert str(loaded.profile.place("vendors.x.name")) == "profile/b.yaml:2:13"
    assert loaded.files == files


def test_a_section_in_two_files_is_a_finding_in_the_second() -> None:
    loaded = load_profile_bytes({"profile/a.yaml": CITY.encode(), "profile/b.yaml": CITY.encode()})
    finding = the_finding(loaded, "profile-section-twice")
    assert finding.place and finding.place.file == "profile/b.yaml"
    assert "profile/a.yaml:1:1" in finding.message


def test_a_broken_file_does_not_make_its_sections_seem_missing() -> None:
    loaded = load_profile_bytes(
        {
            "profile/city.yaml": b"city: [\n",
            "profile/contracts.yaml": b"contracts: {ops: {template: t, vendor: x, titel: y}}\n",
        }
    )
    assert sorted(rules_of(loaded)) == ["profile-unknown-field", "yaml-syntax"]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
)
def test_no_bytes_raise_anything(data: bytes) -> None:
    loaded = load_profile_bytes({"profile.yaml": data})
    assert loaded.profile is None
    assert all(finding.place and finding.place.line and finding.place.column for finding in loaded.report)


_SCRAPS = st.sampled_from(
    [
        "city",
        "name",
        "kind",
        "市",
        "contracts",
        "ops",
        "amount",
        "total",
        "未定",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "#",
        "|",
        ">",
        "&a",
        "*a",
        "!",
        "systems",
        "depends_on",
        "令和8年4月1日",
        "members",
        "head",
        "cloud",
        "csps",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_SCRAPS, max_size=40).map("".join))
def test_no_scraps_of_yaml_raise_anything(text: str) -> None:
    loaded = load(text)
    assert loaded.profile is not None or not loaded.report.is_ok
    assert all(finding.place and finding.place.line and finding.place.column for finding in loaded.report)


_LINES = (ROOT / "profiles" / "shirakaba.yaml").read_text(encoding="utf-8").split("\n")
_SLIPS = {
    "gone": lambda line: "",
    "indented": lambda line: "  " + line,
    "undecided": lambda line: line.split(":")[0] + ": 未定",
    "emptied": lambda line: line.split(":")[0] + ":",
    "listed": lambda line: line.replace(": ", ": [", 1),
}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(_LINES) - 1), st.sampled_from(sorted(_SLIPS)))
def test_no_slip_in_a_real_profile_raises_anything(number: int, slip: str) -> None:
    lines = [*_LINES[:number], _SLIPS[slip](_LINES[number]), *_LINES[number + 1 :]]
    loaded = load("\n".join(lines))
    assert loaded.profile is not None or loaded.report.errors
    assert loaded.profile is None or len(loaded.profile.digest) == 64
