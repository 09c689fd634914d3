"""A redline: 全て承諾 gives the new text, 全て元に戻す the old one, and Word and LibreOffice open it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.check_docx import findings as docx_findings

from gen.compare import read_paper
from gen.compare.redline import redline

from .scenario import a_file, from_word, p, parts_of, rewritten, run, table
from .word_does import settled, text_of

ON = date(2026, 4, 1)
CITES = '<w:p>{}<w:fldSimple w:instr=" REF _k_{} \\h "><w:r><w:t>{}</w:t></w:r></w:fldSimple>{}</w:p>'


def cites(before: str, name: str, shown: str, after: str) -> str:
    return CITES.format(run(before), name, shown, run(after))


def redlined(old: bytes, new: bytes) -> bytes:
    return redline(read_paper(old, "旧"), read_paper(new, "新"), author="Kian", on=ON)


def holds(old: bytes, new: bytes, folder: Path | None = None) -> str:
    """Assert that accepting gives the new text and reverting the old one; the body's XML."""
    out = redlined(old, new)
    assert text_of(settled(out, accept=True)) == text_of(settled(new, accept=True))
    assert text_of(settled(out, accept=False)) == text_of(settled(old, accept=True))
    if folder is not None:
        (folder / "redline.docx").write_bytes(out)
        assert docx_findings(folder / "redline.docx") == []
    return parts_of(out)["word/document.xml"].decode()


def marked(xml: str) -> list[str]:
    """The marks of a file in reading order: -deleted and +inserted text."""
    found = re.finditer(r"<w:(ins|del) [^>]*>(.*?)</w:\1>", xml, re.DOTALL)
    texts = (
        ("-" if one[1] == "del" else "+") + re.sub(r"<w:instrText.*?</w:instrText>|<[^>]*>", "", one[2])
        for one in found
    )
    return [text for text in texts if len(text) > 1]


def test_a_sum_is_struck_and_written_whole(tmp_path: Path) -> None:
    old, new = (
        a_file("[head]<fee>1　委託料\t金5,500,000円", "以上"),
        a_file("[head]<fee>1　委託料\t金6,050,000円", "以上"),
    )
    assert marked(holds(old, new, tmp_path)) == ["-金5,500,000円", "+金6,050,000円"]


def test_author_and_day_are_those_given_and_no_clock_is_asked() -> None:
    xml = holds(a_file("甲は10日"), a_file("甲は14日"))
    assert set(re.findall(r'w:author="([^"]*)" w:date="([^"]*)"', xml)) == {("Kian", "2026-04-01T00:00:00Z")}
    assert redlined(a_file("甲は10日"), a_file("甲は14日")) == redlined(
        a_file("甲は10日"), a_file("甲は14日")
    )


def test_the_number_stays_in_its_bookmark_when_it_changes() -> None:
    xml = holds(a_file("[jo]<a>第1条　甲。"), a_file("[jo]<z>第1条　新。", "[jo]<a>第2条　甲。"))
    inside = re.search(r'w:name="_k_a"/>(.*?)<w:bookmarkEnd', xml, re.DOTALL)
    assert inside and marked(inside[1]) == ["-第1条", "+第2条"]


def test_what_is_inserted_after_a_number_stands_outside_of_its_bookmark() -> None:
    xml = holds(a_file("[jo]<a>第1条甲。"), a_file("[jo]<a>第1条乙及び甲。"))
    assert "乙及び" not in re.search(r'w:name="_k_a"/>(.*?)<w:bookmarkEnd', xml, re.DOTALL)[1]


def test_a_citation_that_shows_another_number_stays_a_field(tmp_path: Path) -> None:
    old = a_file("[jo]<a>第1条　甲。", cites("乙は、", "a", "第1条", "による。"))
    new = a_file("[jo]<a>第2条　甲。", cites("乙は、", "a", "第2条", "による。"))
    xml = holds(old, new, tmp_path)
    assert xml.count("fldSimple w:instr") == 1
    assert marked(xml)[-2:] == ["-第1条", "+第2条"]


def test_a_citation_of_another_article_is_replaced_as_a_field(tmp_path: Path) -> None:
    old = a_file("[jo]<a>第1条　甲。", "[jo]<b>第2条　乙。", cites("丙は、", "a", "第1条", "による。"))
    new = a_file("[jo]<a>第1条　甲。", "[jo]<b>第2条　乙。", cites("丙は、", "b", "第2条", "による。"))
    xml = holds(old, new, tmp_path)
    assert "<w:delInstrText" in xml and "REF _k_b" in xml and "fldSimple" not in xml


def test_a_citation_written_out_by_word_is_struck_from_begin_to_end(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF _k_a \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("第")}{run("1条")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    old = a_file(f"<w:p>{run('乙は、')}{field}{run('による。')}</w:p>")
    xml = holds(old, a_file("<w:p>" + run("乙は、法令による。") + "</w:p>"), tmp_path)
    assert len(re.findall(r"<w:del [^>]*>(?:(?!</w:del>).)*<w:fldChar", xml, re.DOTALL)) >= 1


LINES = {
    "paragraph in between": (["甲。", "丙。"], ["甲。", "乙は、新しい義務を負う。", "丙。"]),
    "paragraph first": (["丙。"], ["乙は、新しい義務を負う。", "丙。"]),
    "paragraph last": (["甲。"], ["甲。", "乙は、新しい義務を負う。"]),
    "two paragraphs last": (["[jo]第1条　甲。"], ["[jo]第1条　甲。", "[ko]2　乙。", "[go](1)　丙。"]),
    "paragraph gone": (["甲。", "乙は、義務を負う。", "丙。"], ["甲。", "丙。"]),
    "last paragraph gone": (["甲。", "乙は、義務を負う。"], ["甲。"]),
    "two last paragraphs gone": (["[jo]第1条　甲。", "[ko]2　乙。", "[go](1)　丙。"], ["[jo]第1条　甲。"]),
    "last paragraph another": (["甲。", "[jo]<a>第1条　古い。"], ["甲。", "[jo]<b>第1条　全く新しい条文。"]),
    "all another": (["古い文。"], ["[jo]<b>第1条　全く新しい条文。", "[ko]2　次。"]),
    "moved": (["[jo]<a>第1条　甲は払う。", "[jo]<b>第2条　乙は作る。", "末。"], ["[jo]<b>第1条　乙は作る。", "[jo]<a>第2条　甲は払う。", "末。"]),
    "row added": ([table(["月", "額"], ["4月", "1円"]), "末"], [table(["月", "額"], ["4月", "1円"], ["5月", "2円"]), "末"]),
    "row added first": ([table(["4月", "1円"]), "末"], [table(["月", "額"], ["4月", "1円"]), "末"]),
    "row gone": ([table(["月", "額"], ["4月", "1円"], ["5月", "2円"]), "末"], [table(["月", "額"], ["5月", "2円"]), "末"]),
    "rows moved": ([table(["あ", "1円"], ["い", "2円"], ["う", "3円"]), "末"], [table(["う", "3円"], ["あ", "1円"], ["い", "2円"]), "末"]),
    "cell": ([table(["月", "額"], ["4月", "1,000円"]), "末"], [table(["月", "額"], ["4月", "1,100円"]), "末"]),
    "table moved": (["[jo]<a>第1条　甲は払う。", "[jo]<b>第2条　乙は作る。", table(["月", "額"]), "間", "末"], [table(["月", "額"]), "間", "[jo]<a>第1条　甲は払う。", "[jo]<b>第2条　乙は作る。", "末"]),
    "two tables made one": ([table(["月", "1円"]), "間", table(["日", "2円"], ["年", "3円"]), "末"], [table(["月", "1円"], ["日", "2円"], ["週", "9円"], ["年", "3円"]), "末"]),
    "column more": ([table(["月", "額"]), "末"], [table(["月", "額", "税"]), "末"]),
    "table new": (["前", "末"], ["前", table(["月", "額"]), "末"]),
    "table gone": (["前", table(["月", "額"]), "末"], ["前", "末"]),
    "table first": (["末"], [table(["月", "額"]), "末"]),
    "tab and break": (["甲\t1円"], ["甲\t2円\n乙\t3円"]),
    "nothing left": (["甲。", "乙。"], [""]),
    "special signs": (["A&B<C>"], ["A&D<C>「D」"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_accepting_gives_the_new_text_and_reverting_the_old(name: str, tmp_path: Path) -> None:
    old, new = LINES[name]
    holds(a_file(*old), a_file(*new), tmp_path)
    holds(from_word(a_file(*old)), a_file(*new))
    holds(a_file(*old), from_word(a_file(*new)))


def test_a_paper_beside_itself_has_no_mark() -> None:
    data = a_file(*LINES["moved"][0])
    assert marked(holds(data, data)) == []


def test_headers_and_footers_are_redlined_too() -> None:
    def headed(text: str) -> bytes:
        return rewritten(
            a_file("甲"),
            lambda xml: xml.replace("</w:p></w:hdr>", f"{run(text)}</w:p></w:hdr>"),
            "word/header1.xml",
        )

    out = redlined(headed("取扱注意　令和8年"), headed("取扱注意　令和9年"))
    assert marked(parts_of(out)["word/header1.xml"].decode()) == ["-令和8年", "+令和9年"]


def test_what_a_note_or_picture_stands_beside_changes_and_the_note_stays() -> None:
    note = '<w:r><w:rPr/><w:t>10日</w:t><w:footnoteReference w:id="2"/><w:t>以内</w:t></w:r>'
    old, new = a_file(f"<w:p>{note}</w:p>"), a_file("14日以内")
    xml = parts_of(redlined(old, new))["word/document.xml"].decode()
    assert re.search(r'<w:r>(?:<w:rPr/>)?<w:footnoteReference w:id="2"/>', xml)
    assert not re.search(r"<w:del [^>]*>(?:(?!</w:del>).)*footnoteReference", xml, re.DOTALL)


def test_formatting_of_what_is_replaced_is_kept() -> None:
    bold = f"<w:p>{run('金5円', '<w:rPr><w:b/></w:rPr>')}</w:p>"
    xml = holds(a_file(bold), a_file("金6円"))
    assert re.search(r"<w:ins [^>]*><w:r><w:rPr><w:b/></w:rPr><w:t[^>]*>金6円", xml)


_LINE = st.tuples(
    st.sampled_from(["jo", "ko", "go", "midashi", "body"]),
    st.text("甲乙金第1条2項、。\t（）A&<", max_size=8),
    st.sampled_from(["", "", "a", "b", "c"]),
).map(lambda one: f"[{one[0]}]" + (f"<{one[2]}>第{len(one[1])}条　" if one[2] else "") + one[1])
_TABLE = st.lists(st.lists(st.text("月円1２", max_size=3), min_size=2, max_size=2), min_size=1, max_size=4)
_PAPERS = st.lists(_LINE | _TABLE.map(lambda rows: table(*rows)), max_size=7)


@settings(max_examples=200)
@given(_PAPERS, _PAPERS, st.booleans())
def test_any_two_papers(old: list[str], new: list[str], word: bool) -> None:
    # A document ends with a paragraph, as Word sees to it; two tables in a row are one to Word.
    before, after = (a_file(*_apart(lines), "末") for lines in (old, new))
    holds(from_word(before) if word else before, after)


def _apart(lines: list[str]) -> list[str]:
    return [one for line in lines for one in ((line, p("間")) if line.startswith("<w:tbl") else (line,))]


@pytest.mark.skipif(
    not os.environ.get("CI") and not shutil.which("soffice"),
    reason="LibreOffice is not on this machine (in CI it must be)",
)
def test_libreoffice_opens_redlines_and_shows_both_texts(tmp_path: Path) -> None:
    for at, (old, new) in enumerate(LINES.values()):
        (tmp_path / f"{at}.docx").write_bytes(redlined(a_file(*old, "終わり"), a_file(*new, "終わり")))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/user", "--headless", "--convert-to", "txt:Text",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{at}.docx") for at in range(len(LINES)))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for at in range(len(LINES)):
        assert "終わり" in (tmp_path / f"{at}.txt").read_text(encoding="utf-8")
