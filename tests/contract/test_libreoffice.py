"""LibreOffice opens every paper of every profile, every style and every hard case: all of it is in the PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from drafting.scenario import ODD, SHIPPED, Paper, a_city, a_file, a_studio, contract
from printing.sheets import convert_all, pages_of

from contract.test_catalog import CONTRACTS, FULL, HARD, papers_about
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
    """Every kind of paper that applies to a profile, with what its events would call for, by file."""
    made: dict[str, Paper] = {}
    for path in [*SHIPPED, *ODD]:
        profile = a_file(path)
        studio = a_studio(profile)
        seen: dict[str, int] = {}
        for draft in studio.drafts:
            kind = draft.manifest.name
            if (
                not draft.applies
                or draft.part_of
                or draft.ending == "md"
                or seen.get(kind, 0) >= FIRST.get(draft.manifest.kind, 1)
            ):
                continue
            seen[kind] = seen.get(kind, 0) + 1
            paper = Paper(profile, studio.make(draft), draft.id)
            made[f"{path.stem}-{re.sub('[^a-z0-9]+', '-', paper.id)}"] = paper
    return made


FIRST = {"contract": 9}
"""How many of one template a profile gives: every contract, of a form and a city's paper one."""


def in_hard_cases() -> dict[str, Paper]:
    """27 parties; 100 systems, long names and nobody chosen: the contracts in turn, each other paper in both."""
    made: dict[str, Paper] = {}
    cases = {
        "parties": HARD["27 parties"],
        "systems": {**HARD["a hundred systems and a long name"], **contract(vendor="未定")},
    }
    for number, template in enumerate(CONTRACTS):
        for turn, (case, changes) in enumerate(cases.items()):
            if number > 1 and number % 2 != turn:
                continue
            papers = papers_about(a_city(**{**FULL, **contract(template=template), **changes}), "ops")
            for id, paper in papers.items():
                if id.startswith("contracts/") or number == 1:
                    made[f"{template}-{case}-{re.sub('[^a-z0-9]+', '-', id)}"] = paper
    return made


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


def test_every_paper_keeps_its_layout_in_hard_cases(tmp_path: Path) -> None:
    """No word of it stands off the sheet, nothing is lost."""
    for name, (paper, pdf) in opened(in_hard_cases(), tmp_path).items():
        _is_whole(name, paper, pdf)
        for number, page in enumerate(pages_of(pdf), 1):
            for text, x_min, _, x_max, y_max in page.words:
                assert x_min >= 0 and x_max <= page.width - 20 and y_max <= page.height, (name, number, text)


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
