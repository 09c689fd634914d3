"""A preview shows a template with a city's facts and leaves nothing behind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gen.authoring import preview
from gen.errors import UserError
from gen.report import FindingsError, Severity
from gen.shipped import shipped

from .scenario import a_paper, a_template

ON = date(2026, 4, 1)


def _shipped(name: str) -> Path:
    return shipped("templates") / f"{name}.docx"


def test_a_clause_alone_prints_what_it_cites_by_name() -> None:
    made = preview(_shipped("clauses/duties"), ON)
    assert made.text.startswith("（指示及び法令の遵守）")
    assert "〔staff〕に規定する業務責任者" in made.text
    assert {f.severity for f in made.report} == {Severity.INFO}


def test_a_whole_contract_is_filled_with_the_first_contract_of_the_profile() -> None:
    made = preview(_shipped("contracts/operation-support"), ON)
    assert "青葉台市" in made.text and "〔" not in made.text
    assert not made.report


def test_another_profile_can_be_named() -> None:
    first = preview(_shipped("clauses/jurisdiction"), ON).text
    assert first != preview(_shipped("clauses/jurisdiction"), ON, profile="minatokita").text


def test_facts_can_be_set() -> None:
    settings = ["deposit.kind=納付", "deposit.amount=100,000円"]
    text = preview(_shipped("clauses/deposit"), ON, settings=settings).text
    assert "金100,000円" in text and "納付しなければならない" in text


def test_a_fact_of_the_city_can_be_set_by_its_full_path() -> None:
    text = preview(_shipped("clauses/jurisdiction"), ON, settings=["city.court=見本地方裁判所"]).text
    assert "見本地方裁判所" in text


def test_a_wrong_setting_is_told_as_the_profile_tells_it() -> None:
    with pytest.raises(FindingsError):
        preview(_shipped("clauses/deposit"), ON, settings=["deposit.kind=免税"])


@pytest.mark.parametrize("setting", ["deposit.kind", "=納付", "title.a.b=1"])
def test_a_setting_that_cannot_be_placed_is_the_persons_error(setting: str) -> None:
    with pytest.raises(UserError):
        preview(_shipped("clauses/deposit"), ON, settings=[setting])


@pytest.mark.parametrize(
    "setting",
    ["title=[", "title={a", "title=*x", "title=!!python/object:os.system x", "title=\n- 1", "title=a\nb: c", "title=\"", "title=---\n---",
     "title=\x1b[2J", "title=\udcff", "title=\ufdd0", "\udcff=1", "\x1b=1", "title=" + "[" * 5000, "title=" + "[" * 49 + "]" * 49,
     "a." * 5000 + "b=1", "cloud.csps.²=1", "cloud.csps." + "9" * 5000 + "=1", "cloud.csps.-1=1", ".=1", "..=1", "title.=1", " =1"],
    ids=lambda one: ascii(one)[:40],
)  # fmt: skip
def test_a_torn_setting_is_the_persons_error(setting: str) -> None:
    with pytest.raises(UserError) as told:
        preview(_shipped("clauses/deposit"), ON, settings=[setting])
    assert "set" in str(told.value) or isinstance(told.value, FindingsError)


@pytest.mark.parametrize(
    "text",
    ["city: " + "[" * 5000, "a: *x", "\ufeffcity: &a 1", "- 1", "", "city: 1\ncity: 2", "\x00"],
    ids=ascii,
)
def test_a_torn_profile_with_settings_is_told_with_its_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FindingsError) as told:
        preview(_shipped("clauses/deposit"), ON, profile=str(tmp_path / "p.yaml"), settings=["title=a"])
    assert all(found.place and found.place.file == "p.yaml" for found in told.value.report)


@pytest.mark.parametrize("path", ["", ".", "/", "/dev/zero", "a" * 5000])
def test_a_template_that_is_no_file_is_the_persons_error(path: str) -> None:
    with pytest.raises((UserError, OSError)):
        preview(Path(path), ON)


def test_a_clause_that_does_not_apply_is_printed_all_the_same() -> None:
    made = preview(_shipped("clauses/joint-venture"), ON)
    assert "連帯して負担する" in made.text
    assert [f.rule for f in made.report][:1] == ["preview-not-applied"]


def test_a_text_master_needs_no_word_file(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text('[jo] {{ jo("n") }}　{{甲}}は、{{ k.title }}を行う。\n', encoding="utf-8")
    assert "第１条　甲は、青葉台市" in preview(tmp_path / "n.txt", ON).text


def test_a_citys_own_clause_is_found_before_the_shipped_one(tmp_path: Path) -> None:
    text = '{%p include "clauses/set-off.docx" %}\n'
    own = a_template(tmp_path, text, beside={"clauses/set-off": '[jo] {{ jo("set-off") }}　独自の条文\n'})
    made = preview(own / "contracts/operation-support.docx", ON, own=own)
    assert "独自の条文" in made.text


def test_the_same_template_and_day_give_the_same_bytes() -> None:
    first, second = (preview(_shipped("clauses/fee"), ON).data for _ in range(2))
    assert first == second


def test_a_missing_file_and_a_missing_profile_are_the_persons_errors(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ファイルがありません"):
        preview(tmp_path / "none.docx", ON)
    with pytest.raises(UserError, match="プロファイル「edo」"):
        preview(_shipped("clauses/fee"), ON, profile="edo")


# -- Markdown -----------------------------------------------------------------------------


def test_a_paper_of_a_system_is_filled_with_the_first_system_that_it_is_for() -> None:
    made = preview(shipped("templates") / "procedures/migration.md", ON)
    assert "移行中" in made.text and "{{" not in made.text
    assert made.page is not None and "健康管理" in made.page.decode()
    assert not made.report


def test_facts_of_a_system_can_be_set() -> None:
    settings = ["state=特定移行支援", "reason=延期の理由", "deadline=令和10年3月31日"]
    made = preview(shipped("templates") / "procedures/migration.md", ON, settings=settings)
    assert "延期の理由" in made.text


def test_a_paper_of_the_city_is_filled() -> None:
    assert "湊北市" in preview(shipped("templates") / "plans/backup.md", ON, profile="minatokita").text


def test_a_markdown_part_alone_is_filled_with_the_facts_of_its_papers(tmp_path: Path) -> None:
    own = a_paper(
        tmp_path,
        '{% include "clauses/part.md" %}\n',
        subject="city",
        parts={"part": "{{ overview.count }}件\n"},
    )
    assert preview(own / "clauses/part.md", ON, own=own).text.strip().endswith("件")


def test_a_wrong_markdown_template_names_its_line_and_column(tmp_path: Path) -> None:
    own = a_paper(tmp_path, "文\n\n{{ system.nmae }}\n")
    with pytest.raises(UserError, match="nmae") as error:
        preview(own / "procedures/own.md", ON)
    assert str(error.value.place) == "procedures/own.md:3:4"
