"""新旧対照表 as files: a Word file of the house and a page that needs nothing but itself."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree
from tools.check_docx import findings as docx_findings

from gen.compare import read_paper
from gen.compare.table import comparison
from gen.compare.table_grid import laid_out
from gen.compare.table_html import table_html
from gen.compare.table_word import Labels, table_word
from gen.word.package import read_package
from gen.word.slots import read_provenance

from .scenario import a_paper, table
from .test_table import FOUR, PAPERS, after, put

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LABELS = Labels("業務委託契約書　新旧対照表", ("下線の部分は改正部分を示す。",), "2026-04-01")
SOURCES = ("改訂3", "改訂2")
NEW = after(
    put(put(FOUR, "5,500,000円", "6,050,000円"), "2,000円", "2,200円"), "<talk>", "[ko]<talk2>2　A<B>&C"
)


def made(
    old: tuple[str, ...] = FOUR, new: tuple[str, ...] = NEW, *, new_left: bool = True, remarks: bool = False
) -> tuple[bytes, bytes]:
    """The Word file and the page."""
    found = comparison(a_paper(*old), a_paper(*new))
    sheet = laid_out(found, SOURCES, new_left=new_left, remarks=remarks)
    return table_word(sheet, LABELS, {"KianDocument": "x"}), table_html(sheet, LABELS, {"KianDocument": "x"})


def word_rows(data: bytes) -> list[list[str]]:
    """The rows of the Word table, cell by cell; underlined words stand between low lines."""
    root = etree.fromstring(read_package(data, "t").parts["word/document.xml"])
    return [
        [
            "/".join("".join(map(_run, p.iter(f"{W}r"))) for p in cell.iter(f"{W}p"))
            for cell in row.iter(f"{W}tc")
        ]
        for row in root.iter(f"{W}tr")
    ]


def _run(run: etree._Element) -> str:
    text = "".join(map(str, run.itertext(f"{W}t")))
    return _words((text, run.find(f"{W}rPr/{W}u[@{W}val='single']") is not None))


def page_rows(data: bytes) -> list[list[str]]:
    """The same of the page."""
    root = etree.fromstring(data.partition(b"<html")[2].join([b"<html", b""]))
    return [
        ["/".join("".join(map(_words, _inline(p))) for p in (cell.iter("p") if cell.tag == "td" else [cell])) for cell in row]
        for row in root.iter("tr")
    ]  # fmt: skip


def _inline(p: etree._Element) -> list[tuple[str, bool]]:
    found = [(p.text or "", False)]
    for child in p:
        found += [("".join(map(str, child.itertext())), child.tag == "u"), (child.tail or "", False)]
    return found


def _words(part: tuple[str, bool]) -> str:
    text, is_marked = part
    return f"_{text}_" if is_marked and text else text


def test_word_and_page_show_the_same_rows() -> None:
    word, page = made()
    shown = word_rows(word)
    assert shown[0] == ["改正後（新）/改訂3", "改正前（旧）/改訂2"]
    assert ["_2　A<B>&C_", "（新設）"] in shown
    assert ["試験", "_2,200円_", "試験", "_2,000円_"] in shown
    assert page_rows(page)[1:] == shown[1:]


def test_the_new_text_stands_on_the_side_that_the_city_chose() -> None:
    word, page = made(new_left=False)
    for rows in (word_rows(word), page_rows(page)):
        assert rows[0][0].startswith("改正前（旧）")
        assert ["（新設）", "_2　A<B>&C_"] in rows


def test_the_column_of_remarks_says_what_became_of_each_row() -> None:
    word, page = made(remarks=True)
    for rows in (word_rows(word), page_rows(page)):
        assert all(row[-1] != "" or "_" not in "".join(row) for row in rows)
        assert ["_2　A<B>&C_", "（新設）", "新設"] in rows
        assert ["試験", "_2,200円_", "試験", "_2,000円_", "変更"] in rows


def test_both_columns_are_of_one_width_and_the_head_stands_on_every_page() -> None:
    for remarks in (False, True):
        root = etree.fromstring(read_package(made(remarks=remarks)[0], "t").parts["word/document.xml"])
        head = next(root.iter(f"{W}tr"))
        left, right = (cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w") for cell in list(head.iter(f"{W}tc"))[:2])  # type: ignore[union-attr]
        assert left == right
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in root.iter(f"{W}tr")][:2] == [
            True,
            False,
        ]


def test_the_cells_of_each_row_fill_the_table() -> None:
    wide = table([str(n) for n in range(7)], ["金1,000円"] * 7)
    narrow = table(["a", "b", "c"], ["金1,000円"] * 3)
    old = (wide, "間", narrow)
    word, _ = made(old, tuple(one.replace("1,000", "2,000") for one in old))
    root = etree.fromstring(read_package(word, "t").parts["word/document.xml"])
    grid = [int(one.get(f"{W}w", "")) for one in root.iter(f"{W}gridCol")]
    for row in root.iter(f"{W}tr"):
        at = 0
        for cell in row.iter(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            count = int(span.get(f"{W}val", "")) if span is not None else 1
            width = cell.find(f"{W}tcPr/{W}tcW")
            assert width is not None and int(width.get(f"{W}w", "")) == sum(grid[at : at + count])
            at += count
        assert at == len(grid)


def test_a_table_of_many_columns_turns_the_page() -> None:
    wide = (table([str(n) for n in range(5)], ["甲"] * 5),)
    new = (wide[0].replace("甲", "乙", 1),)
    assert b'w:orient="landscape"' in read_package(made(wide, new)[0], "t").parts["word/document.xml"]
    assert b"a4-landscape" in made(wide, new)[1]
    assert b'w:orient="landscape"' not in read_package(made()[0], "t").parts["word/document.xml"]


def test_the_same_papers_give_the_same_bytes_and_the_file_says_what_it_is() -> None:
    word, page = made()
    assert (word, page) == made()
    assert read_provenance(read_package(word, "t"), "t") == {"KianDocument": "x"}
    assert b'<meta name="KianDocument" content="x"/>' in page


def test_the_page_asks_nothing_of_the_network_and_runs_nothing() -> None:
    page = made()[1].decode()
    assert "A&lt;B&gt;&amp;C" in page
    assert not any(
        word in page for word in ("<script", "http:", "https:", "url(", "@import", 'src="', "href=")
    )
    assert "default-src 'none'" in page and "table-header-group" in page and "@page a4-portrait" in page


@settings(max_examples=25)
@given(PAPERS, PAPERS)
def test_every_table_is_a_sound_file_in_which_no_word_is_lost(old: list[str], new: list[str]) -> None:
    word, page = made(tuple(old), tuple(new), remarks=len(old) > len(new))
    assert not docx_findings(io.BytesIO(word))
    assert read_paper(word, "t").body
    assert page_rows(page)[1:] == word_rows(word)[1:]


@pytest.mark.skipif(
    not os.environ.get("CI") and not all(map(shutil.which, ("soffice", "pdftotext"))),
    reason="LibreOffice is not on this machine (in CI it must be)",
)
def test_libreoffice_opens_it_with_the_head_on_each_page(tmp_path: Path) -> None:
    many = tuple(f"[ko]{n}　乙は、{n}番目の報告を甲に対して遅滞なく行う。" for n in range(2, 90))
    (tmp_path / "t.docx").write_bytes(made(many, tuple(one.replace("遅滞なく", "直ちに") for one in many))[0])
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/user", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "t.docx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    run = subprocess.run(
        ["pdftotext", str(tmp_path / "t.pdf"), "-"], check=True, capture_output=True, text=True
    )
    pages = [page for page in run.stdout.split("\f") if page.strip()]
    assert len(pages) > 2
    assert all("改正後（新）" in page for page in pages)
