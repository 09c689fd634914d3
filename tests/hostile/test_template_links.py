"""A link where a template verb writes: nothing is written where it leads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from drafting.scenario import ROOT, run

from .scenario import said_in_japanese


@pytest.mark.parametrize("verb", ["build", "text", "preview"])
def test_no_template_verb_writes_through_a_link(verb: str, tmp_path: Path) -> None:
    source = ROOT / "templates" / "clauses" / "deposit"
    for ending in (".txt", ".docx", ".yaml"):
        shutil.copy(source.with_suffix(ending), tmp_path)
    file, victim = tmp_path / "deposit.docx", tmp_path / "victim"
    link = {"build": file, "text": tmp_path / "t.txt", "preview": tmp_path / "deposit.preview.docx"}[verb]
    link.unlink(missing_ok=True)
    link.symlink_to(victim)
    said = {"build": (tmp_path / "deposit.txt",), "text": (file, "--out", link), "preview": (file,)}[verb]
    done = run("template", verb, *said)
    assert not victim.exists()
    said_in_japanese(done)
