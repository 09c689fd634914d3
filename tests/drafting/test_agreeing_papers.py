"""Papers of one city, edited in Word, that do not agree any more: each noun is found, with both places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .scenario import ROOT, run
from .test_checking import edit

CONTRACT = "documents/contracts/operation-support@ops.docx"
PLAN = "documents/plans/backup.docx"
CHECKLIST = "documents/procedures/migration@koseki.docx"
EDITS = {
    "names": (CONTRACT, "そらまどクラウド運用株式会社", "そらまどクラウド株式会社", "paper-name"),
    "sums": (CONTRACT, "31,680,000", "31,860,000", "paper-sum"),
    "periods": (CONTRACT, "令和11年３月31日", "令和11年３月30日", "paper-period"),
    "days of the move": (CHECKLIST, "令和８年11月24日", "令和８年11月25日", "paper-period"),
    "RTO": (PLAN, "12時間", "24時間", "paper-stated-level"),
    "uptime": (PLAN, "99.5%", "99.9%", "paper-stated-level"),
    "contacts": (PLAN, "若葉　花子", "若菜　花子", "paper-contact"),
    "holders of keys": (PLAN, "情報政策課", "情報課", "paper-contact"),
    "retention": (PLAN, "150年", "50年", "paper-retention"),
    "systems in the list of the contract": (CONTRACT, "住民記録システム", "住記システム", "paper-system"),
    "systems in the checklist": (CHECKLIST, "戸籍システム", "戸籍シス", "paper-system"),
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """All edits at once, each in its own line, and what one check says of them."""
    folder = tmp_path_factory.mktemp("cities") / "aobadai"
    assert run("init", str(folder), "--profile", str(ROOT / "profiles" / "aobadai.yaml")).code == 0
    names = [
        Path(file).relative_to("documents").with_suffix("").as_posix() for file in (CONTRACT, PLAN, CHECKLIST)
    ]
    assert run("generate", *names, "--date", "R8.4.1", folder=folder).code == 0
    for file, old, new, _ in EDITS.values():
        edit(folder / file, old, new)
    yield run("check", "--date", "R8.4.1", "--format", "json", folder=folder).json["findings"]


@pytest.mark.parametrize("noun", EDITS)
def test_a_noun_changed_in_word_is_found(noun: str, findings: list[dict[str, Any]]) -> None:
    file, old, _, rule = EDITS[noun]
    rows = [row for row in findings if (row["file"], row["rule"]) == (file, rule) and old in row["message"]]
    assert len(rows) == 1, findings
    assert rows[0]["line"] and "profile.yaml:" in rows[0]["message"], "both places are shown"


def test_nothing_else_is_said_of_the_papers(findings: list[dict[str, Any]]) -> None:
    assert len([row for row in findings if row["rule"].startswith("paper-")]) == len(EDITS)
