"""A final paper says that it is final, and says so when it becomes a draft again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drafting.scenario import ON, OPS, a_workspace, contract, facts_change, run
from gen.drafting.demo import run_demo
from gen.ledger import Identity

SETTLED = {
    "confirmations": [
        {"id": "contracts.ops", "by": "総務部　欅　みどり", "date": "令和8年3月25日", "note": "確認"}
    ]
}
NEW_TITLE = contract(title="運用支援業務委託")


@pytest.fixture
def final(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai", **SETTLED)
    assert run("generate", OPS, "--date", "R8.4.1", folder=folder).code == 0
    done = run("generate", OPS, "--final", "--date", "R8.4.1", folder=folder)
    assert done.code == 0, done.err
    assert f"[確定] {OPS}　第1版" in done.out
    return folder


def row(folder: Path) -> dict[str, object]:
    rows = run("status", "--date", "R8.4.1", "--format", "json", folder=folder).json
    return next(one for one in rows if one["id"] == OPS)


def test_status_shows_a_final_paper_as_final(final: Path) -> None:
    assert f"[最新] {OPS}　第1版（確定）" in run("status", "--date", "R8.4.1", folder=final).out
    assert (row(final)["life"], row(final)["final"]) == ("draft", True)


def test_a_final_paper_that_becomes_a_draft_again_is_told(final: Path) -> None:
    facts_change(final, **SETTLED, **NEW_TITLE)
    assert "新しい版の案に戻ります" in str(row(final)["detail"])
    tried = run("generate", OPS, "--dry-run", "--date", "R8.5.7", folder=final)
    assert "確定した文書を、新しい版の案に戻します" in tried.out
    done = run("generate", OPS, "--date", "R8.5.7", folder=final)
    assert f"[変更] {OPS}　第2版" in done.out
    assert "確定した文書を、新しい版の案に戻しました" in done.out
    assert f"{OPS}　第2版（案）" in run("status", "--date", "R8.5.7", folder=final).out


def test_a_final_paper_made_final_again_is_no_draft(final: Path) -> None:
    facts_change(final, **SETTLED, **NEW_TITLE)
    done = run("generate", OPS, "--final", "--format", "json", "--date", "R8.5.7", folder=final)
    assert [one["reopened"] for one in done.json["documents"]] == [False]
    assert row(final)["final"] is True


def test_no_revision_of_the_demonstration_lies_in_the_future(tmp_path: Path) -> None:
    now = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
    made = run_demo(tmp_path / "demo", "aobadai", identity=Identity("a", "a@example.com"), when=now, on=ON)
    whens = [one.info.when for one in made.history]
    assert whens == [now, now - timedelta(minutes=1), now - timedelta(minutes=2)]
