"""LibreOffice opens every kind of checklist and plan of every test profile, a first and a last of each."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .sheets import PROFILES, assert_prints_whole, convert_all, pages_of, sheet_papers

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not all(map(shutil.which, ("soffice", "pdftotext"))),
    reason="LibreOffice and poppler are not on this machine (in CI they must be)",
)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.name.removesuffix(".yaml"))
def test_every_word_file_prints_whole_on_its_sheet(profile: Path, tmp_path: Path) -> None:
    papers = {tmp_path / f"{one.name}.docx": one for one in sheet_papers(profile)}
    assert papers or profile.parent.name == "variants"
    for file, one in papers.items():
        file.write_bytes(one.paper.word)
    for file, pdf in convert_all(list(papers), tmp_path).items():
        assert pdf.is_file(), file.stem
        assert_prints_whole(papers[file], pages_of(pdf), figures=False)
