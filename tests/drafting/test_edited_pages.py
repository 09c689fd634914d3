"""An HTML page says what Kian made; beside a paper that somebody edited in Word it must not stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from compare.scenario import from_word, parts_of, rewritten

from drafting.scenario import a_workspace, facts_change, git, run
from gen.compare import read_paper

OVERVIEW = "procedures/overview"
PAGE, WORD = f"documents/{OVERVIEW}.html", f"documents/{OVERVIEW}.docx"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai", tiny=False)
    assert run("generate", OVERVIEW, "--date", "R8.4.1", folder=folder).code == 0
    return folder


def edited(folder: Path) -> None:
    text = (folder / WORD).with_suffix(".txt").read_text(encoding="utf-8").splitlines()[0]
    data = rewritten((folder / WORD).read_bytes(), lambda xml: xml.replace(text, f"{text}（情報政策課）", 1))
    assert data != (folder / WORD).read_bytes()
    (folder / WORD).write_bytes(from_word(data))


def test_generate_takes_the_page_away_and_says_so(city: Path) -> None:
    edited(city)
    assert (city / PAGE).exists()
    rows = run("status", "--date", "R8.4.1", "--format", "json", folder=city).json
    told = next(row for row in rows if row["id"] == OVERVIEW)
    assert told["state"] == "edited" and "HTMLのページは、直した内容を含みません" in told["detail"]
    facts_change(city, city__name="青葉野市")
    done = run("generate", OVERVIEW, "--date", "R8.5.7", folder=city)
    assert done.code == 0, done.err
    assert f"HTMLのページ（{PAGE}）は" in done.out and "PDF" in done.out
    assert not (city / PAGE).exists() and PAGE not in git(city, "ls-files").splitlines()
    text = read_paper((city / WORD).read_bytes(), WORD).twin
    assert "（情報政策課）" in text and "青葉野市" in text
    lock = json.loads((city / "kian.lock").read_text())["documents"][OVERVIEW]
    assert lock["files"] == [WORD, WORD.replace(".docx", ".txt")]
    facts_change(city, city__name="青葉丘市")
    again = run("generate", OVERVIEW, "--date", "R8.5.8", folder=city)
    assert again.code == 0 and "HTMLのページ" not in again.out and not (city / PAGE).exists()


def test_a_dry_run_tells_that_the_page_would_go(city: Path) -> None:
    edited(city)
    facts_change(city, city__name="青葉野市")
    done = run("generate", OVERVIEW, "--date", "R8.5.7", "--dry-run", "--format", "json", folder=city)
    assert done.json["documents"][0]["dropped"] == PAGE
    assert (city / PAGE).exists()


def test_adopt_takes_the_page_away_and_says_so(city: Path) -> None:
    edited(city)
    done = run("adopt", OVERVIEW, "--reason", "課名の追記", "--date", "R8.5.7", folder=city)
    assert done.code == 0 and f"HTMLのページ（{PAGE}）は" in done.out
    assert not (city / PAGE).exists() and "word/document.xml" in parts_of((city / WORD).read_bytes())
