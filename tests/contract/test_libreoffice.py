"""LibreOffice opens every paper: pages, the title and the last clause are in the PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from drafting.scenario import ODD, SHIPPED, Paper, a_file, papers_of

_BATCH = 12  # LibreOffice gives up in silence after many papers in one start
TOOLS = ("soffice", "pdftotext", "pdfinfo")
pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not all(map(shutil.which, TOOLS)),
    reason="LibreOffice and poppler are not on this machine (in CI they must be)",
)


@pytest.fixture
def pdfs(tmp_path: Path) -> dict[str, tuple[Paper, Path]]:
    """Every paper as a PDF; one start of LibreOffice for all of them."""
    folder = tmp_path
    made: dict[str, Paper] = {}
    for path in [*SHIPPED, *ODD]:
        for paper in _some(papers_of(a_file(path))):
            name = f"{path.stem}-{re.sub('[^a-z0-9]+', '-', paper.id)}"
            (folder / f"{name}.docx").write_bytes(paper.word)
            made[name] = paper
    files = [str(folder / f"{name}.docx") for name in made]
    for start in range(0, len(files), _BATCH):
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation=file://{folder}/user", "--headless", "--convert-to", "pdf",
                "--outdir", str(folder), *files[start : start + _BATCH],
            ],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    return {name: (paper, folder / f"{name}.pdf") for name, paper in made.items()}


def _some(papers: Iterable[Paper]) -> Iterator[Paper]:
    """Every kind of paper, but of those that each system has only two: LibreOffice is slow."""
    seen: Counter[str] = Counter()
    for paper in papers:
        kind, _, subject = paper.id.partition("@")
        seen[kind] += 1
        if kind.startswith("contracts/") or not subject or seen[kind] <= 2:
            yield paper


def flat(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_every_paper_becomes_pages_that_hold_it_whole(
    pdfs: dict[str, tuple[Paper, Path]],
) -> None:
    for name, (paper, pdf) in pdfs.items():
        assert pdf.is_file(), name
        info = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
        pages = re.search(r"Pages:\s+(\d+)", info)
        assert pages and int(pages[1]) > 0, name
        told = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
        ).stdout
        text = flat(told)
        assert flat(paper.lines[0]) in text, name
        articles = [line for line in paper.lines if re.match("第[0-9０-９]+条　", line)]
        if articles:
            assert flat(articles[-1])[:24] in text, name
    _long_table_repeats_its_header(pdfs)


def _long_table_repeats_its_header(pdfs: dict[str, tuple[Paper, Path]]) -> None:
    """A table of a hundred rows has its header on every page."""
    name = next(one for one in pdfs if one.startswith("hundred-contracts"))
    told = subprocess.run(
        ["pdftotext", "-layout", str(pdfs[name][1]), "-"], check=True, capture_output=True, text=True
    ).stdout
    with_rows = [page for page in told.split("\f") if len(re.findall("システム", page)) > 15]
    assert len(with_rows) >= 2
    for page in with_rows:
        assert "番号" in page and "提供事業者" in flat(page)
