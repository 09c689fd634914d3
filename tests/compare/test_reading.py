"""Any Word file as blocks: role, number, heading and article of each, whoever saved the file last."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from drafting.scenario import ROOT, papers_of
from drafting.scenario import a_file as a_profile

from gen.compare import Block, read_paper
from gen.errors import UserError

from .scenario import a_file, a_paper, a_zip, from_word, p, parts_of, run, saved_by_libreoffice, table

CONTRACT = (
    "[title]業務委託契約書",
    "[head]<fee>1　委託料\t金5,500,000円",
    "[midashi]（総則）",
    "[jo]<general>第1条　甲及び乙は、信義に従う。",
    "[ko]2　乙は、業務を行う。",
    "[midashi]（秘密の保持）",
    "[jo]<secrecy>第2条　乙は、次に掲げる秘密を守る。",
    "[go](1)　設計書",
    "[attach]<table>別紙1　業務",
    table(["番号", "額"], ["1", "金1,000円"]),
)


def facts(block: Block) -> tuple[object, ...]:
    return block.role, block.number, block.heading, block.owner, block.names, block.text


def test_each_block_knows_its_role_number_and_article() -> None:
    found = [(b.role, b.number, b.heading, b.owner) for b in a_paper(*CONTRACT).body]
    assert found == [
        ("title", "", "", ""),
        ("head", "1", "", ""),
        ("midashi", "", "（総則）", "第1条"),
        ("jo", "第1条", "（総則）", "第1条"),
        ("ko", "2", "（総則）", "第1条"),
        ("midashi", "", "（秘密の保持）", "第2条"),
        ("jo", "第2条", "（秘密の保持）", "第2条"),
        ("go", "(1)", "（秘密の保持）", "第2条"),
        ("attach", "別紙1", "", ""),
        ("row", "", "", ""),
        ("row", "", "", ""),
    ]


def test_a_row_has_its_cells_and_reads_as_in_the_twin() -> None:
    row = a_paper(table(["a|b", "c\nd"])).body[0]
    assert row.text == "| a\\|b | c\nd |"
    assert [[block.text for block in cell] for cell in row.cells] == [["a|b"], ["c\nd"]]


@pytest.mark.parametrize(
    ("line", "role", "number"),
    [
        ("第十二条　甲は", "jo", "第十二条"),
        ("第１条の２　甲は", "jo", "第１条の２"),
        ("第3条（目的）　甲は", "jo", "第3条"),
        ("第3条の規定により、甲は", "plain", ""),
        ("２　乙は", "ko", "２"),
        ("2. 乙は", "ko", "2."),
        ("1.5倍とする", "plain", ""),
        ("② 乙は", "ko", "②"),
        ("（３）　図面", "go", "（３）"),
        ("⑷　図面", "go", "⑷"),
        ("ア　平面図", "sai", "ア"),
        ("（ア）　断面図", "sai2", "（ア）"),
        ("別記様式　報告書", "plain", ""),
        ("別表第１　単価", "attach", "別表第１"),
        ("第２章　雑則", "chapter", "第２章"),
    ],
)
def test_a_contract_that_kian_never_made_is_read_by_its_form(line: str, role: str, number: str) -> None:
    block = a_paper(f"<w:p>{run(line)}</w:p>").body[0]
    assert (block.role, block.number) == (role, number)


def test_a_heading_in_brackets_is_one_only_before_an_article() -> None:
    paper = a_paper(*(f"<w:p>{run(line)}</w:p>" for line in ("（目的）", "第1条　甲は", "（注）", "以上")))
    assert [b.role for b in paper.body] == ["midashi", "jo", "plain", "plain"]
    assert paper.body[1].heading == "（目的）"


def test_what_word_adds_while_one_types_changes_nothing() -> None:
    data = a_file(*CONTRACT)
    plain, worked = read_paper(data, "a"), read_paper(from_word(data), "b")
    assert list(map(facts, plain.body)) == list(map(facts, worked.body))


def test_every_shipped_paper_reads_as_its_twin() -> None:
    papers = [
        paper for name in ("aobadai", "shirakaba") for file in (ROOT / "profiles").glob(f"{name}.yaml")
        for paper in papers_of(a_profile(file))
    ]  # fmt: skip
    assert papers
    for paper in papers:
        assert read_paper(paper.word, paper.id).twin == paper.text, paper.id


INSERTED = '<w:ins w:id="1" w:author="花子"><w:r><w:t>保守</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="2" w:author="花子"><w:r><w:delText>運用</w:delText></w:r></w:del>'
ENDS_DELETED = '<w:pPr><w:rPr><w:del w:id="3" w:author="花子"/></w:rPr></w:pPr>'


def test_text_stands_with_tracked_changes_accepted() -> None:
    assert a_paper(f"<w:p>{run('甲は')}{DELETED}{INSERTED}{run('をする')}</w:p>").twin == "甲は保守をする\n"


def test_paragraphs_joined_by_a_tracked_change_read_as_one() -> None:
    paper = a_paper(f"<w:p>{ENDS_DELETED}{run('前半')}</w:p>", f"<w:p>{run('後半')}</w:p>", p("次"))
    assert [b.text for b in paper.body] == ["前半後半", "次"]
    assert len(paper.body[0].elements) == 2


def test_a_paragraph_deleted_whole_is_not_there() -> None:
    paper = a_paper(f"<w:p>{ENDS_DELETED}{DELETED}</w:p>", p("次"))
    assert [b.text for b in paper.body] == ["次"]


def test_a_row_deleted_by_a_tracked_change_is_not_there() -> None:
    gone = table(["a"]).replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="4" w:author="花子"/></w:trPr>')
    assert [b.text for b in a_paper(gone, table(["b"])).body] == ["| b |"]


def test_fields_show_their_result_and_say_what_they_cite() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _k_a \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("第1条")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert a_paper(f"<w:p>{run('乙は、')}{field}{run('による。')}</w:p>").twin == "乙は、第1条による。\n"


def test_content_controls_and_links_are_read_through() -> None:
    control = f"<w:sdt><w:sdtContent>{p('中の段落')}</w:sdtContent></w:sdt>"
    link = f'<w:p><w:hyperlink w:anchor="x">{run("こちら")}</w:hyperlink></w:p>'
    assert a_paper(control, link).twin == "中の段落\nこちら\n"


def test_what_is_no_word_file_or_hostile_is_refused_in_japanese() -> None:
    with pytest.raises(UserError, match="読めません"):
        read_paper(b"no file", "x.docx")
    parts = parts_of(a_file("甲"))
    parts["word/header1.xml"] = b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    with pytest.raises(UserError, match="DOCTYPE"):
        read_paper(a_zip(parts), "x.docx")


@pytest.mark.skipif(
    not os.environ.get("CI") and not shutil.which("soffice"),
    reason="LibreOffice is not on this machine (in CI it must be)",
)
def test_a_file_saved_again_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    files = {"own": a_file(*CONTRACT), "word": from_word(a_file(*CONTRACT))}
    for name, data in saved_by_libreoffice(tmp_path, files).items():
        assert list(map(facts, read_paper(data, name).body)) == list(map(facts, a_paper(*CONTRACT).body))
