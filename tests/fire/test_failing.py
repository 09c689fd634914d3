"""The disk is full, read-only, closed to us or broken at each system call that writes.

The person reads what is wrong in Japanese, and either nothing is recorded or all of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from ledger.scenario import tip

from gen.ledger import Workspace

from .scenario import FAULTS, Strike, a_city_at_work, each_call, mended, recording

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ptrace and seccomp are Linux's")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("gen.ledger.recovery._ORPHAN_WAIT", 0.1)  # no git outlives anything here
    return a_city_at_work(tmp_path / "city").root


@pytest.mark.parametrize("by_git", [False, True], ids=["kian", "git"])
@pytest.mark.parametrize("fault", FAULTS)
def test_each_call_may_fail(base: Path, fault: str, by_git: bool) -> None:
    errno, lasting, hits = FAULTS[fault]
    old = tip(Workspace.open(base))

    def strike(at: int, _: Path) -> Strike:
        return Strike(at, errno, by_git=by_git, lasting=lasting, hits=hits)

    for copy, struck, status in each_call(base, recording, strike):
        assert status in (0, 1, 3, 4), (status, struck.struck)
        moved = mended(copy, old_tip=old)
        assert moved or status != 0, struck.struck
