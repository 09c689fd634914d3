"""A real Chromium prints every kind of HTML paper of every test profile: whole, on its sheet, from one file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .browser import Browser, find_chromium
from .sheets import PROFILES, assert_prints_whole, pages_of, sheet_papers

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not (find_chromium() and shutil.which("pdftotext")),
    reason="Chromium and poppler are not on this machine (in CI they must be)",
)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.name.removesuffix(".yaml"))
def test_every_page_prints_whole_on_its_sheet_and_asks_for_nothing(profile: Path, tmp_path: Path) -> None:
    papers = list(sheet_papers(profile))
    assert papers or profile.parent.name == "variants"
    if not papers:
        return
    with Browser.started(tmp_path) as chromium:
        for one in papers:
            assert not one.addresses, one.name
            page = tmp_path / f"{one.name}.html"
            page.write_text(one.page, encoding="utf-8")
            printed = chromium.print(page)
            asked, wide = printed.asked, printed.wide[:3]
            assert asked == (page.as_uri(),), (one.name, asked)
            assert not wide, (one.name, wide)
            pdf = page.with_suffix(".pdf")
            pdf.write_bytes(printed.pdf)
            assert_prints_whole(one, pages_of(pdf), figures=True)


def test_what_reaches_out_or_stands_out_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    cell = '<td style="white-space: nowrap; width: 20mm">' + "長" * 90 + "</td>"
    page.write_text(
        '<html><body><main><section class="a4-portrait"><img src="https://example.invalid/x.png"/>'
        f'<table style="table-layout: fixed; width: 100%"><tr>{cell}</tr></table></section></main></body></html>',
        encoding="utf-8",
    )
    with Browser.started(tmp_path) as chromium:
        printed = chromium.print(page)
    assert printed.asked == (page.as_uri(), "https://example.invalid/x.png")
    assert [one.split()[0] for one in printed.wide] == ["TD"]
