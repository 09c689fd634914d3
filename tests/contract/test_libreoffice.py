"""LibreOffice opens every contract and every style: pages, title and last article are in the PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from drafting.scenario import ODD, SHIPPED, Paper, a_file, papers_of
from printing.sheets import convert_all

from contract.test_pairwise import ROWS, a_paper

TOOLS = ("soffice", "pdftotext", "pdfinfo")
pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not all(map(shutil.which, TOOLS)),
    reason="LibreOffice and poppler are not on this machine (in CI they must be)",
)


def opened(papers: dict[str, Paper], folder: Path) -> dict[str, tuple[Paper, Path]]:
    """Each paper with its PDF, made by LibreOffice in a few starts."""
    files = {name: folder / f"{name}.docx" for name in papers}
    for name, paper in papers.items():
        files[name].write_bytes(paper.word)
    pdfs = convert_all(list(files.values()), folder)
    return {name: (paper, pdfs[files[name]]) for name, paper in papers.items()}


def shown(pdf: Path) -> str:
    """The text of a PDF, page by page, as it is laid out."""
    return subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout


def of_profiles() -> dict[str, Paper]:
    """Every paper of every profile, by the name of its file."""
    made: dict[str, Paper] = {}
    for path in [*SHIPPED, *ODD]:
        for paper in _some(papers_of(a_file(path))):
            made[f"{path.stem}-{re.sub('[^a-z0-9]+', '-', paper.id)}"] = paper
    return made


def _some(papers: Iterable[Paper]) -> Iterator[Paper]:
    """What goes with a contract; `tests/printing` opens every checklist and plan."""
    return (paper for paper in papers if paper.document.html is None)


def flat(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _is_whole(name: str, paper: Paper, pdf: Path) -> None:
    assert pdf.is_file(), name
    info = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    pages = re.search(r"Pages:\s+(\d+)", info)
    assert pages and int(pages[1]) > 0, name
    text = flat(shown(pdf))
    assert flat(paper.lines[0]) in text, name
    articles = [line for line in paper.lines if re.match("第[0-9０-９]+条　", line)]
    if articles:
        assert flat(articles[-1])[:24] in text, name


def test_every_paper_becomes_pages_that_hold_it_whole(tmp_path: Path) -> None:
    made = opened(of_profiles(), tmp_path)
    for name, (paper, pdf) in made.items():
        _is_whole(name, paper, pdf)
    _long_table_repeats_its_header(
        next(pdf for name, (_, pdf) in made.items() if name.startswith("hundred-contracts"))
    )


def test_every_pair_of_switches_becomes_pages_that_hold_it_whole(tmp_path: Path) -> None:
    rows = {f"row{number}": a_paper(row) for number, row in enumerate(ROWS)}
    for name, (paper, pdf) in opened(rows, tmp_path).items():
        _is_whole(name, paper, pdf)
        assert "Error" not in shown(pdf) and "エラー" not in flat(shown(pdf)), name


def _long_table_repeats_its_header(pdf: Path) -> None:
    """A table of a hundred rows has its header on every page."""
    with_rows = [page for page in shown(pdf).split("\f") if len(re.findall("システム", page)) > 15]
    assert len(with_rows) >= 2
    for page in with_rows:
        assert "番号" in page and "提供事業者" in flat(page)
