"""Every lint rule: one template that breaks it, one that keeps it, and its place on the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gen.authoring import RULES, lint, rules
from gen.authoring.lint_wording import WORDINGS, finds
from gen.authoring.reference import examples, paper_fields_page, template_lint_page
from gen.authoring.sheet import MARKDOWN, WORD, Line
from gen.report import Severity
from gen.rules.wording import WordingRow
from gen.word.master import MasterError

from .scenario import a_paper, a_template, of_rule

ROOT = Path(__file__).resolve().parents[2]
_FILES = {WORD: "operation-support.docx", MARKDOWN: "own.md"}
_WORDING = {row.id for row in WORDINGS}
_SHOWN = [id for id, example in examples().items() if not example.shown_only]


def _role(row: WordingRow) -> str:
    return row.roles[0] if row.roles else "body"


def _line(row: WordingRow, text: str) -> Line:
    number = "{{ go() }}　" if _role(row) == "go" else ""
    return Line(1, _role(row), number + text.removeprefix("(1)　"))


def _written(folder: Path, form: str, text: str, when: dict[str, Any]) -> Path:
    return (a_paper if form == MARKDOWN else a_template)(folder, text, when=when)


@pytest.mark.parametrize("id", _SHOWN)
def test_the_wrong_example_breaks_its_rule(id: str, tmp_path: Path) -> None:
    example = examples()[id]
    if id == "template-unreadable":
        (tmp_path / "a.txt").write_text(example.wrong, encoding="utf-8")
        assert [f.rule for f in lint([str(tmp_path / "a.txt")])] == [id]
        return
    found = of_rule(id, _written(tmp_path, example.form, example.wrong, example.when))
    assert found and all(finding.message and finding.basis for finding in found)
    place = found[0].place
    assert place is not None and place.file.endswith(_FILES[example.form])
    assert example.form != MARKDOWN or (place.line and place.column)


@pytest.mark.parametrize("id", _SHOWN)
def test_the_right_example_keeps_its_rule(id: str, tmp_path: Path) -> None:
    example = examples()[id]
    assert not of_rule(id, _written(tmp_path, example.form, example.right, example.when_right))


@pytest.mark.parametrize("row", WORDINGS, ids=lambda row: row.id)
def test_a_wording_row_finds_its_wrong_text_and_not_its_right_one(row: WordingRow) -> None:
    assert finds(row, _line(row, row.wrong))
    assert not finds(row, _line(row, row.right))


@pytest.mark.parametrize("row", WORDINGS, ids=lambda row: row.id)
def test_a_wording_row_leaves_quotations_and_tags_alone(row: WordingRow) -> None:
    quoted = row.wrong.replace("「", "『").replace("」", "』")
    assert not finds(row, Line(1, "body", f"この契約は、「{quoted}」を見本とする。"))
    assert not finds(row, Line(1, "body", "{{ k.title }}{# " + quoted.replace("}", "") + " #}"))


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert {rule.id for rule in RULES} - _WORDING == set(examples())


def test_ids_are_told_apart_and_every_rule_says_what_must_hold() -> None:
    listed = rules()
    assert len({row["id"] for row in listed}) == len(listed)
    assert all(row["title"] and row["basis"] for row in listed)


def test_the_page_is_what_the_code_says() -> None:
    assert (ROOT / "docs/ja/template-lint.md").read_text(encoding="utf-8") == template_lint_page()


def test_the_page_of_names_is_what_papers_are_given() -> None:
    assert (ROOT / "docs/paper-fields.md").read_text(encoding="utf-8") == paper_fields_page()


def test_only_rows_that_change_no_meaning_are_more_than_information() -> None:
    assert {row.level for row in WORDINGS} == {Severity.ERROR, Severity.WARNING, Severity.INFO}


def test_a_master_that_cannot_be_built_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(MasterError):
        a_template(tmp_path, "[joubun] 役割の名前が違う行")
