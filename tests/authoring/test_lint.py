"""Lint in depth: what it must see through, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as NewDocument

from gen.authoring import lint
from gen.authoring.conditions import BONDS
from gen.authoring.known import known
from gen.contract import contract_facts
from gen.contract.facts import FACTS
from gen.errors import UserError
from gen.profile import load_profile
from gen.report import Severity, to_json
from gen.shipped import shipped
from gen.word.house import house_package

from .scenario import a_template, of_rule, severe


def _paragraph(*runs: str, style: str = "KianBody") -> str:
    inner = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def _word(tmp_path: Path, body: str, name: str = "notice.docx") -> str:
    path = tmp_path / name
    path.write_bytes(house_package(body).write())
    return str(path)


def _rules(*wanted: str, own: Path | None = None) -> set[str]:
    return {finding.rule for finding in lint(wanted, own)}


# -- the shipped templates ----------------------------------------------------------------


def test_the_shipped_templates_are_clean() -> None:
    found = [f"{f.place}: {f.rule} {f.message}" for f in lint() if f.severity is not Severity.INFO]
    assert not found


def test_a_clause_is_linted_by_its_name() -> None:
    assert lint(["clauses/secrecy"]).is_ok


def test_a_name_that_does_not_exist_is_the_persons_error() -> None:
    with pytest.raises(UserError, match="clauses/secrecies"):
        lint(["clauses/secrecies"])


# -- what is known ------------------------------------------------------------------------


def test_every_fact_has_its_values_and_every_table_its_rows() -> None:
    assert set(known().values) == set(FACTS)
    assert all(len(values) >= 2 for values in known().values.values())
    lists = {name: shape.item for name, shape in known().names.items() if shape.item is not None}
    assert {"payments", "yearly", "unit_prices", "systems", "tasks", "operators", "parties"} <= set(lists)
    assert all(item.fields for item in lists.values() if item is not None)


def test_the_bonds_between_facts_hold_in_every_shipped_profile() -> None:
    for file in sorted(shipped("profiles").rglob("*.yaml")):
        profile = load_profile(file).profile
        assert profile is not None
        for key in profile.contracts:
            facts = contract_facts(profile, key)
            values = {n: f.value for n, f in facts.items() if isinstance(f.value, (bool, str))}
            assert all(bond.holds(values) is not False for bond in BONDS), (file, key)


def test_every_fact_of_a_bond_exists() -> None:
    assert {fact for bond in BONDS for fact in bond.facts} <= set(FACTS)


# -- names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("[body] {{ k.totel }}", "k.totel", "k.total"),
        ("{%p for row in systems %}\n[body] {{ row.nama }}\n{%p endfor %}", "row.nama", "row.name"),
        (
            "{%p for p in parties %}\n{%p for l in p.line %}\n[body] {{ l }}\n{%p endfor %}\n{%p endfor %}",
            "p.line",
            "p.lines",
        ),
        ("{%p if fact.elektronic %}\n[body] あ\n{%p endif %}", "fact.elektronic", "fact.electronic"),
        ("[body] {% if k.total and kity.name %}あ{% endif %}", "kity.name", "city.name"),
    ],
)
def test_an_undeclared_name_is_told_by_its_path_with_the_right_word(
    text: str, wrong: str, right: str, tmp_path: Path
) -> None:
    found = of_rule("name-undeclared", a_template(tmp_path, text))
    assert len(found) == 1
    assert wrong in found[0].message and right in found[0].hint


def test_names_of_loops_and_their_rows_are_known(tmp_path: Path) -> None:
    text = (
        "{%p for p in parties %}\n[sign] {{ p.role }}{% if not loop.last %}、{% endif %}\n"
        "{%p for line in p.lines %}\n[sign] {{ line }}\n{%p endfor %}\n{%p endfor %}\n"
    )
    assert not severe(a_template(tmp_path, text))


def test_a_loop_variable_ends_with_its_loop(tmp_path: Path) -> None:
    text = (
        "{%p for p in parties %}\n[sign] {{ p.role }}\n{%p endfor %}\n[sign] {{ p.role }}{{ loop.index }}\n"
    )
    assert {f.message.split("\n")[0] for f in of_rule("name-undeclared", a_template(tmp_path, text))} == {
        "「p.role」という名前はありません。",
        "「loop.index」という名前はありません。",
    }


def test_one_wrong_tag_hides_no_other(tmp_path: Path) -> None:
    text = "[body] {{ k. }}{{ k.totel }}\n{%p fi %}\n[body] {{ city.nome }}\n"
    found = lint((), a_template(tmp_path, text))
    assert [f.rule for f in found].count("tag-broken") == 2
    assert [f.rule for f in found].count("name-undeclared") == 2


@pytest.mark.parametrize(
    "tag",
    ["{% set a = 1 %}", "{% filter upper %}", "{% macro a() %}", "{% call a() %}", "{{r k.title }}", "{{ 2 * 3 }}",
     "{{ k.title|upper }}", "{% raw %}", "{% import 'a' as b %}"],
)  # fmt: skip
def test_constructs_that_the_engine_refuses_are_told(tag: str, tmp_path: Path) -> None:
    assert "tag-forbidden" in _rules(_word(tmp_path, _paragraph(tag)))


# -- conditions ---------------------------------------------------------------------------


def test_a_value_outside_its_enumeration_names_the_values(tmp_path: Path) -> None:
    text = '{%p if fact.deposit in ["免税", "納付"] %}\n[body] あ\n{%p endif %}\n'
    found = of_rule("condition-impossible", a_template(tmp_path, text))
    assert len(found) == 1 and "免税" in found[0].message
    assert "免除、納付、保証、不要" in found[0].hint


def test_conditions_that_exclude_one_another_are_impossible(tmp_path: Path) -> None:
    text = '{%p if fact.deposit == "免除" %}\n{%p if fact.deposit == "納付" %}\n[body] あ\n{%p endif %}\n{%p endif %}\n'
    assert len(of_rule("condition-impossible", a_template(tmp_path, text))) == 1


def test_facts_that_hang_together_count(tmp_path: Path) -> None:
    text = "{%p if fact.my_number and not fact.personal_data %}\n[body] あ\n{%p endif %}\n"
    assert of_rule("condition-impossible", a_template(tmp_path, text))


def test_a_condition_under_its_own_manifest_is_constant(tmp_path: Path) -> None:
    text = "{%p if fact.personal_data %}\n[body] あ\n{%p endif %}\n"
    own = a_template(tmp_path, text, "clauses/notes", when={"personal_data": True})
    assert [f.severity for f in of_rule("condition-constant", own)] == [Severity.INFO]


def test_a_manifest_asks_for_a_value_that_exists(tmp_path: Path) -> None:
    own = a_template(tmp_path, "[body] あ\n", "clauses/notes", when={"any": [{"deposit": ["免税"]}]})
    assert "免税" in of_rule("when-unknown-fact", own)[0].message


def test_conditions_over_very_many_things_end_without_a_claim(tmp_path: Path) -> None:
    odd = " != ".join(f"systems[{n}].name" for n in range(2))
    opens = "".join(
        f"{{%p if systems[{n}].name or ({odd}) %}}\n[body] あ\n{{%p endif %}}\n" for n in range(40)
    )
    tests = " and ".join(f"(systems[{n}].name or systems[{n + 1}].name)" for n in range(40))
    text = f"{opens}{{%p if {tests} %}}\n[jo] {{{{ jo('a') }}}}　あ。\n{{%p endif %}}\n[body] {{{{ ref('a') }}}}\n"
    assert not of_rule("condition-impossible", a_template(tmp_path, text))


@pytest.mark.parametrize(
    "test", ["fact.deposit == []", "fact.deposit in ()", "fact.cap == 1.5", "has()", "has(k.title)"]
)
def test_strange_conditions_do_not_stop_lint(test: str, tmp_path: Path) -> None:
    lint((), a_template(tmp_path, f"{{%p if {test} %}}\n[body] あ\n{{%p endif %}}\n"))


# -- references ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "民法第415条の規定",
        "地方自治法（昭和22年法律第67号）第234条の2第1項",
        "番号法第48条及び第49条",
        "刑法（明治40年法律第45号）第96条の6若しくは第198条に規定する罪",
        "民法第138条から第143条まで",
        "個人情報保護法第176条及び第180条並びに番号法第48条",
        "民法第656条において準用する同法第651条第1項",
        "{{ rule.contract_rule }}第30条第3号",
        "施行令第167条の2",
        "私的独占の禁止及び公正取引の確保に関する法律（昭和22年法律第54号。以下「独占禁止法」という。）第49条",
        "独占禁止法第8条の率及び同条に定める計算の方法",
        "独占禁止法第23条第1項の措置（同項に規定するものをいう。）",
        "令和7年総務省告示第12号に従う",
        "見出しは「第5条」と書く",
        "本条例の規定",
    ],
)
def test_a_reference_to_a_law_is_literal_by_right(text: str, tmp_path: Path) -> None:
    rules = _rules(_word(tmp_path, _paragraph(f"{text}。")))
    assert not rules & {"reference-literal", "reference-same"}


@pytest.mark.parametrize(
    "text",
    ["第5条の規定", "第2項の規定", "前条の規定", "前各号の規定", "前2項の規定", "別記1のとおり", "別紙のとおり", "次条に定める",
     "この方法第3条", "命令第4条", "{{ k.title }}第5条", "民法第5条による。なお、第6条による"],
)  # fmt: skip
def test_a_reference_without_a_name_is_told(text: str, tmp_path: Path) -> None:
    assert "reference-literal" in _rules(_word(tmp_path, _paragraph(f"{text}。")))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{{ prev("a", ko="b") }}ただし書において同項各号に', True),
        ('{{ ref("a", ko="b") }}による。ただし、同項の場合', True),
        ('{{ ref("a") }}の規定は、同条の場合', True),
        ('{{ ref("a") }}の規定は、同項の場合', False),
        ('{{ ref("a", go="b") }}の場合の同号の額', True),
        ("同条の規定", False),
        ('{{ refs("a", "b") }}の規定は、同条の場合', True),
    ],
)
def test_same_needs_what_it_points_to(text: str, kept: bool, tmp_path: Path) -> None:
    rules = _rules(_word(tmp_path, _paragraph(text)))
    assert ("reference-same" not in rules) is kept


def test_same_article_is_not_the_one_being_read(tmp_path: Path) -> None:
    text = '{{ jo("a", ko="b") }}　あ。'
    own = _paragraph('{{ ko() }}　{{ prev("a", ko="b") }}の規定は、同条の場合', style="KianKo")
    assert "reference-same" in _rules(_word(tmp_path, _paragraph(text, style="KianJo") + own))


# -- whole documents ----------------------------------------------------------------------


def test_a_citation_that_some_city_loses_names_its_facts(tmp_path: Path) -> None:
    text = (
        '[jo] {{ jo("a") }}　{{ ref("b") }}の規定による。\n'
        '{%p if fact.electronic %}\n[jo] {{ jo("b") }}　あ。\n{%p endif %}\n'
    )
    found = of_rule("citation-missing", a_template(tmp_path, text))
    assert [f.severity for f in found] == [Severity.WARNING]
    assert "electronic＝いいえ" in found[0].message


def test_a_citation_under_the_condition_of_its_target_is_fine(tmp_path: Path) -> None:
    text = (
        '[jo] {{ jo("a") }}　{% if fact.electronic %}{{ ref("b") }}の規定による。{% endif %}\n'
        '{%p if fact.electronic %}\n[jo] {{ jo("b") }}　あ。\n{%p endif %}\n'
    )
    assert not of_rule("citation-missing", a_template(tmp_path, text))


def test_has_stands_for_the_condition_of_the_clause(tmp_path: Path) -> None:
    text = '[jo] {{ jo("a") }}　{% if has("n") %}{{ ref("n") }}による。{% endif %}\n{%p include "clauses/n.docx" %}\n'
    own = a_template(tmp_path, text, beside={"clauses/n": '[jo] {{ jo("n") }}　あ。\n'})
    (tmp_path / "clauses/n.yaml").write_text(
        "title: あ\nkind: clause\nwhen: {electronic: true}\n", encoding="utf-8"
    )
    assert not of_rule("citation-missing", own)


def test_a_missing_part_of_an_article_is_told(tmp_path: Path) -> None:
    text = '[jo] {{ jo("a", ko="b") }}　あ。\n[ko] {{ ko() }}　{{ prev("a", ko="c") }}による。\n'
    assert "a の中の c" in of_rule("citation-missing", a_template(tmp_path, text))[0].message


def test_an_article_between_two_forms_owns_its_paragraphs(tmp_path: Path) -> None:
    text = (
        '[jo] {% if fact.electronic %}{{ jo("a", ko="x") }}{% else %}{{ jo("b", ko="x") }}{% endif %}　あ。\n'
        '[ko] {{ ko("y") }}　{% if fact.electronic %}{{ ref("a", ko="y") }}{% else %}{{ ref("b", ko="y") }}{% endif %}\n'
    )
    assert not severe(a_template(tmp_path, text))


def test_a_clause_that_breaks_the_shipped_ones_is_told(tmp_path: Path) -> None:
    text = (shipped("templates") / "clauses/staff.txt").read_text(encoding="utf-8")
    own = a_template(tmp_path, text.replace('ko="manager"', 'ko="boss"'), "clauses/staff")
    for wanted in ((), ("clauses/staff",)):
        found = of_rule("citation-missing", own, *wanted)
        assert found and all("staff の中の manager" in one.message for one in found)


def test_an_elif_is_weighed_against_the_branches_before_it(tmp_path: Path) -> None:
    text = (
        '{%p if fact.deposit == "免除" %}\n[body] あ\n{%p elif fact.deposit == "納付" %}\n[body] い\n'
        '{%p elif fact.deposit == "免除" %}\n[body] う\n{%p endif %}\n'
    )
    assert len(of_rule("condition-impossible", a_template(tmp_path, text))) == 1


def test_what_stands_inside_an_impossible_condition_is_told_once(tmp_path: Path) -> None:
    text = '{%p if fact.deposit == "免税" %}\n[body] {% if fact.electronic %}あ{% endif %}\n{%p endif %}\n'
    assert len(of_rule("condition-impossible", a_template(tmp_path, text))) == 1


def test_a_clause_tells_what_the_document_around_it_finds(tmp_path: Path) -> None:
    text = '{%p include "clauses/n.docx" %}\n[jo] {{ jo("a") }}　{{ ref("zz") }}\n'
    own = a_template(tmp_path, text, beside={"clauses/n": '[jo] {{ jo("n") }}　{{ ref("zzz") }}による。\n'})
    found = of_rule("citation-missing", own, "clauses/n")
    assert len(found) == 1 and found[0].field == "clauses/n"


# -- Word files ---------------------------------------------------------------------------


def test_a_tag_that_word_tore_apart_is_information(tmp_path: Path) -> None:
    found = lint([_word(tmp_path, _paragraph("件名は{{ k.ti", "tle }}とする。"))])
    assert [(f.rule, f.severity) for f in found] == [("tag-split", Severity.INFO)]


def test_a_foreign_style_is_told(tmp_path: Path) -> None:
    assert _rules(_word(tmp_path, _paragraph("あ", style="Heading1"))) == {"style-unknown"}


def test_a_foreign_style_is_told_once_for_all_its_paragraphs(tmp_path: Path) -> None:
    found = list(lint([_word(tmp_path, _paragraph("あ", style="Heading1") * 3)]))
    assert len(found) == 1 and "3段落" in found[0].message


def test_typed_numbers_of_a_citys_own_contract_are_told(tmp_path: Path) -> None:
    body = "".join(
        _paragraph(text, style="a") for text in ("第5条　あ。", "2　い。", "(1)　う", "10日以内に行う。")
    )
    found = [f for f in lint([_word(tmp_path, body)]) if f.rule in ("number-typed", "reference-literal")]
    assert [f.rule for f in found] == ["number-typed"] * 3
    assert ["jo(" in f.hint or "ko(" in f.hint or "go(" in f.hint for f in found] == [True] * 3


def test_a_citation_in_the_header_is_told(tmp_path: Path) -> None:
    package = house_package(_paragraph("あ"))
    header = package.parts["word/header1.xml"].decode()
    text = header.replace("</w:hdr>", _paragraph('{{ k.totel }}{{ ref("a") }}') + "</w:hdr>")
    (tmp_path / "h.docx").write_bytes(package.with_parts({"word/header1.xml": text.encode()}).write())
    found = list(lint([str(tmp_path / "h.docx")]))
    assert {"name-undeclared", "tag-in-margin"} <= {f.rule for f in found}


def test_a_word_file_of_another_program_is_read(tmp_path: Path) -> None:
    document = NewDocument()
    document.add_paragraph("委託料は、{{ k.totel }}とする。")
    document.save(str(tmp_path / "own.docx"))
    found = list(lint([str(tmp_path / "own.docx")]))
    assert {f.rule for f in found} == {"name-undeclared", "style-unknown"}
    assert "1番目の段落" in found[0].message


def test_a_clause_that_leans_on_parts_of_its_own_file_is_refused(tmp_path: Path) -> None:
    body = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>あ</w:t></w:r></w:p>'
    (tmp_path / "clauses").mkdir()
    assert "template-refused" in _rules(_word(tmp_path / "clauses", body))


def test_a_master_that_differs_is_told_and_the_word_file_linted(tmp_path: Path) -> None:
    own = a_template(tmp_path, "[body] あ {{ k.totel }}\n", master=True)
    (tmp_path / "contracts/operation-support.txt").write_text("[body] い\n", encoding="utf-8")
    assert {f.rule for f in severe(own)} == {"master-differs", "name-undeclared"}


def test_a_master_gives_its_line_numbers(tmp_path: Path) -> None:
    own = a_template(tmp_path, "# 注\n\n[body] あ\n[body] {{ k.totel }}\n", master=True)
    place = of_rule("name-undeclared", own)[0].place
    assert place is not None and place.file.endswith(".txt") and place.line == 4


def test_a_file_that_is_no_word_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no")
    report = lint([str(tmp_path)])
    assert not report.is_ok and {f.rule for f in report} == {"template-unreadable"}


def test_the_report_has_the_shape_of_the_others(tmp_path: Path) -> None:
    row = to_json(lint((), a_template(tmp_path, "[body] {{ k.totel }}\n")))["findings"][0]
    assert row["rule"] == "name-undeclared" and row["field"] == "contracts/operation-support"
    assert "段落: {{ k.totel }}" in row["message"]
