"""Markdown templates are linted by the rules and the facts of their papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.authoring import lint
from gen.authoring.known import HOUSE, Shape, known
from gen.report import Finding, Severity
from gen.word.package import read_package

from .scenario import a_paper, a_template, of_rule, severe


def _rules(folder: Path, *wanted: str) -> list[str]:
    return [finding.rule for finding in lint(wanted, folder)]


def _place(finding: Finding) -> tuple[int | None, int | None]:
    assert finding.place is not None
    return finding.place.line, finding.place.column


# -- names, against what the paper is really given ----------------------------------------


def test_an_undeclared_name_is_told_with_line_column_text_and_the_right_word(tmp_path: Path) -> None:
    own = a_paper(tmp_path, "# 表\n\n業務は、{{ system.busines }}である。\n")
    (found,) = of_rule("name-undeclared", own)
    assert _place(found) == (3, 5)
    assert "system.busines" in found.message and "段落: 業務は" in found.message
    assert "system.business" in found.hint


def test_a_name_is_followed_through_loops_by_its_full_path(tmp_path: Path) -> None:
    text = (
        "{% for phase in phases %}\n\n## {{ phase.title }}\n\n{% for row in phase.rows %}\n"
        "- {{ row.titel }}\n{% endfor %}\n\n{% endfor %}\n"
    )
    (found,) = of_rule("name-undeclared", a_paper(tmp_path, text))
    assert "row.titel" in found.message and "row.title" in found.hint and _place(found)[0] == 6


def test_a_name_of_another_kind_of_paper_is_undeclared(tmp_path: Path) -> None:
    text = "{{ overview.count }}\n"
    assert of_rule("name-undeclared", a_paper(tmp_path / "a", text))
    assert not of_rule("name-undeclared", a_paper(tmp_path / "b", text, subject="city"))


def test_the_front_matter_is_read_too(tmp_path: Path) -> None:
    (found,) = of_rule("name-undeclared", a_paper(tmp_path, "---\ntitle: 表 {{ sytem.name }}\n---\n文\n"))
    assert _place(found) == (2, 10)


def test_a_part_may_print_only_what_every_paper_that_includes_it_can(tmp_path: Path) -> None:
    own = a_paper(
        tmp_path, '{% include "clauses/part.md" %}\n', parts={"part": "{{ city.name }}{{ system.name }}\n"}
    )
    assert not of_rule("name-undeclared", own)
    a_paper(tmp_path, '{% include "clauses/part.md" %}\n', "plans/own", subject="city")
    (found,) = of_rule("name-undeclared", own)
    assert "system.name" in found.message and str(found.place).endswith("part.md:1:16")


@pytest.mark.parametrize("subject", HOUSE)
def test_every_list_that_a_paper_is_given_has_its_rows(subject: str) -> None:
    def lists(shapes: dict[str, Shape]) -> list[Shape]:
        found = [shape.item for shape in shapes.values() if shape.item is not None]
        return found + [inner for item in found for inner in lists(dict(item.fields))]

    items = lists(dict(known(subject).names))
    assert len(items) > 8 and sum(not item.fields for item in items) <= 1  # links are plain words


# -- conditions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{% if system.state == "移行中止" %}x{% endif %}\n', "移行中止"),
        ('{% for row in premises %}\n\n{% if shared_use == "はい" %}x{% endif %}\n\n{% endfor %}\n', "はい"),
        ("{% if shared_use %}{% if not shared_use %}x{% endif %}{% endif %}\n", "あり得ません"),
    ],
)
def test_a_condition_that_nothing_can_meet_is_told(text: str, said: str, tmp_path: Path) -> None:
    found = of_rule("condition-impossible", a_paper(tmp_path, text))
    assert len(found) == 1 and said in found[0].message


def test_a_condition_of_the_manifest_asks_a_fact_of_its_own_kind(tmp_path: Path) -> None:
    own = a_paper(tmp_path, "文\n", when={"moving": True, "state": ["移行済"]})
    said = [f.message + f.hint for f in of_rule("when-unknown-fact", own)]
    assert len(said) == 2 and any("moves" in one for one in said) and any("移行済み" in one for one in said)


def test_a_loop_variable_may_have_the_name_of_a_fact(tmp_path: Path) -> None:
    text = (
        "{% if system.special %}\n\n{% for system in backup_needs %}\n\n{% if not system.name %}x{% endif %}"
        "{{ system.name }}\n\n{% endfor %}\n\n{% endif %}\n"
    )
    assert not severe(a_paper(tmp_path, text))


# -- the form -----------------------------------------------------------------------------


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = (
        "| a | b |\n| --- | --- |\n| 1 |\n| 2 | 3 | 4 |\n\n##### 五\n\n- a\n  - b\n\n"
        "{% set x = 1 %}\n\n{{ gone }} <b>x</b>\n\n{pagebrake}\n\n```\nx\n"
    )
    found = {(f.rule, _place(f)[0]) for f in lint((), a_paper(tmp_path, text))}
    assert {
        ("table-cells", 3), ("table-cells", 4), ("heading-level", 6), ("item-indent", 9), ("tag-forbidden", 11),
        ("name-undeclared", 13), ("html-raw", 13), ("directive-unknown", 15), ("code-unclosed", 17),
    } == found  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|\n| 1 | 2 |\n| 3 | 4 |\n",
        "| 1 | 2 |\n| 3 | 4 |\n\n文\n",
    ],
)
def test_a_table_without_its_heading_is_told_once(text: str, tmp_path: Path) -> None:
    assert _rules(a_paper(tmp_path, text)) == ["table-cells"]


@pytest.mark.parametrize(
    "text",
    [
        "{% if shared_use %}文\n\n文{% endif %}\n",
        "**{% if shared_use %}a** b{% endif %}\n",
        "| a |\n|---|\n| {% for row in notes %}{{ row.text }} |\n| b{% endfor %} |\n",
    ],
)
def test_a_tag_that_splits_a_block_is_told(text: str, tmp_path: Path) -> None:
    assert "tag-splits-block" in _rules(a_paper(tmp_path, text))


def test_a_word_tag_in_markdown_is_told_how_to_write_it(tmp_path: Path) -> None:
    (found,) = of_rule("tag-forbidden", a_paper(tmp_path, "{%p if shared_use %}\n\nx\n\n{%p endif %}\n"))[:1]
    assert "「p」を付けずに" in found.hint


def test_a_sign_of_the_engine_is_told_in_both_forms(tmp_path: Path) -> None:
    (found,) = of_rule("character-forbidden", a_paper(tmp_path / "md", "文\n\n文\ufdd3\n"))
    assert _place(found) == (3, 2) and "U+FDD3" in found.message
    word = a_template(tmp_path / "word", "[body] 文〓\n") / "contracts/operation-support.docx"
    package = read_package(word.read_bytes(), "x")
    body = package.parts["word/document.xml"].replace("〓".encode(), "\ufdd3".encode())
    word.write_bytes(package.with_parts({"word/document.xml": body}).write())
    assert [f.rule for f in severe(tmp_path / "word")] == ["character-forbidden"]


def test_code_is_left_alone(tmp_path: Path) -> None:
    text = "```\n<b>{x}</b> 及び、 https://example.jp/\n```\n\n`<b>`\n"
    assert not severe(a_paper(tmp_path, text))


def test_wording_is_read_in_cells_headings_and_items(tmp_path: Path) -> None:
    text = "## 又、体制\n\n| a |\n| --- |\n| 並びに、書類 |\n\n- **並びに、** 記録\n"
    lines = {_place(f)[0] for f in lint((), a_paper(tmp_path, text)) if f.rule.startswith("wording-")}
    assert lines >= {5, 7}


def test_an_article_needs_the_name_of_its_law(tmp_path: Path) -> None:
    text = "第12条による。\n\n地方自治法（昭和22年法律第67号）第244条の6による。\n\n契約書第5条による。\n"
    (found,) = of_rule("reference-literal", a_paper(tmp_path, text))
    assert _place(found) == (1, 1)


# -- includes and manifests ---------------------------------------------------------------


def test_an_include_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    own = a_paper(tmp_path, '文\n\n{% include "clauses/prat.md" %}\n', parts={"part": "文\n"})
    (found,) = of_rule("clause-unknown", own)
    assert _place(found) == (3, 1) and "clauses/part.md" in found.hint


def test_an_include_that_goes_round_is_told_and_ends(tmp_path: Path) -> None:
    parts = {"a": '{% include "clauses/b.md" %}\n' * 3, "b": '{% include "clauses/a.md" %}\n' * 3}
    own = a_paper(tmp_path, '{% include "clauses/a.md" %}\n', parts=parts)
    assert of_rule("include-endless", own)


def test_includes_that_multiply_end(tmp_path: Path) -> None:
    parts = {f"p{n}": f'{{% include "clauses/p{n + 1}.md" %}}\n\n' * 10 for n in range(15)} | {"p15": "文\n"}
    own = a_paper(tmp_path, '{% include "clauses/p0.md" %}\n', parts=parts)
    assert of_rule("include-endless", own)


def test_a_template_without_a_manifest_and_one_of_a_wrong_kind_are_told(tmp_path: Path) -> None:
    own = a_paper(tmp_path, "文\n", subject="cities")
    (own / "procedures/other.md").write_text("文\n", encoding="utf-8")
    assert sorted(set(_rules(own))) == ["manifest-missing", "manifest-wrong"]


def test_an_overlay_takes_the_manifest_of_the_shipped_template(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/backup.md").write_text("{{ plan.review }}{{ system.name }}\n", encoding="utf-8")
    assert _rules(tmp_path) == ["name-undeclared"]


# -- folders and hostile files ------------------------------------------------------------


def test_a_folder_gives_both_kinds_and_no_page_to_read(tmp_path: Path) -> None:
    own = a_paper(a_template(tmp_path, "[body] {{ k.totel }}\n"), "{{ system.nama }}\n")
    (own / "README.md").write_text("{{ nothing }}\n", encoding="utf-8")
    files = {str(f.place).rpartition("/")[2] for f in of_rule("name-undeclared", own, str(own))}
    assert {one.split(":")[0] for one in files} == {"operation-support.docx", "own.md"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a" * 300_000, "大きすぎます"),
        ("あ".encode("cp932"), "UTF-8"),
        (b"a" * 5_000, "長すぎます"),
        (b">" * 1_000 + b" a", "入れ子が深すぎます"),
        (b"`" * 1_500, "「`」が多すぎます"),
        (b"{{ " + b"(" * 900 + b")" * 900 + b" }}", "入れ子が深すぎます"),
        (b"{% for row in notes %}\n\n" * 40 + b"x\n\n" + b"{% endfor %}\n\n" * 40, "複雑すぎ"),
    ],
)
def test_a_hostile_file_ends_in_words(data: bytes, said: str, tmp_path: Path) -> None:
    found = [f for f in lint((), a_paper(tmp_path, data)) if f.severity is Severity.ERROR]
    assert found and any(said in f.message for f in found)
