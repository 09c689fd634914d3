"""The log of heads: it never ends, and yet never grows beyond what a machine reads at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.ledger import heads
from gen.ledger.heads import note, read_heads

from .scenario import a_workspace

MAIN = "refs/heads/main"


def commit(number: int) -> str:
    return f"{number:040x}"


def test_the_log_folds_its_older_half_and_its_chain_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = a_workspace(tmp_path / "city").repository
    log = repository.git_dir / "kian" / "heads"
    monkeypatch.setattr(heads, "MOST", 2_000)
    already = len(read_heads(repository).commits)
    for number in range(1, 101):
        note(repository, commit(number), MAIN)
        assert log.stat().st_size <= 2_000
        found = read_heads(repository)
        assert found.broken_at is None
        assert found.commits[-1] == (commit(number), MAIN)
        assert found.folded + len(found.commits) == already + number
    assert found.folded > 80 and len(found.commits) > 5

    lines = log.read_text(encoding="utf-8").splitlines()
    digest = lines[0].rpartition(" ")[2]
    for changed, at in (
        ([lines[0].replace(digest, "0" * 64), *lines[1:]], 2),
        ([*lines[:2], *lines[3:]], 3),
        (lines[1:], 1),
    ):
        log.write_text("".join(f"{line}\n" for line in changed), encoding="utf-8")
        assert read_heads(repository).broken_at == at


def test_a_giant_in_its_place_is_not_read(tmp_path: Path) -> None:
    repository = a_workspace(tmp_path / "city").repository
    with (repository.git_dir / "kian" / "heads").open("r+b") as stream:
        stream.truncate(1 << 40)
    assert read_heads(repository).broken_at == 1
