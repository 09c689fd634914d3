"""Killed, or cut off from power, at each system call that writes: the old revision, or the new one with its tag."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from ledger.scenario import tip

from gen.ledger import Workspace

from .scenario import Kill, Strike, a_city_at_work, each_call, mended, recording, was_killed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ptrace and seccomp are Linux's")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return a_city_at_work(tmp_path / "city").root


def test_killed_with_its_git_at_each_call(base: Path) -> None:
    """kill -9 of the whole group, or a closed terminal."""
    old = tip_of(base)
    stands = []
    for copy, _, status in each_call(base, recording, lambda at, _: Strike(at, Kill(all=True))):
        assert was_killed(status)
        stands.append(mended(copy, old_tip=old))
    assert stands == sorted(stands), "once the branch has moved, no later kill undoes it"
    assert {False, True} == set(stands)


def test_killed_alone_while_its_git_goes_on(base: Path) -> None:
    old = tip_of(base)
    for copy, _, status in each_call(
        base, recording, lambda at, _: Strike(at, Kill(parent=True), by_git=True)
    ):
        assert was_killed(status)
        mended(copy, old_tip=old)


def test_a_git_that_is_killed_is_told_and_undone(base: Path) -> None:
    """As the kernel does when memory is short: Kian itself sets right what it can."""
    old = tip_of(base)
    for copy, _, status in each_call(base, recording, lambda at, _: Strike(at, Kill(), by_git=True)):
        assert status in (0, 1, 3), status
        assert mended(copy, old_tip=old) is (status == 0)


def test_a_power_cut_at_each_call(base: Path) -> None:
    """What was written and never synced is empty afterwards, whatever name it has by then."""
    old = tip_of(base)
    for copy, strike, _ in each_call(base, recording, lambda at, f: Strike(at, Kill(all=True), folder=f)):
        if strike.cut_the_power():  # else it is what a kill leaves
            mended(copy, old_tip=old)


def tip_of(folder: Path) -> str:
    return tip(Workspace.open(folder))
