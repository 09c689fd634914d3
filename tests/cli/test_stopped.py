"""Stopped from the keyboard, or by a reader that has gone: no traceback, and an exit code that tells the truth."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from drafting.scenario import HANAKO, ROOT, a_workspace, git, run

from gen.errors import ExitCode

_STOP = """
import sys

stop = sys.argv.pop(1)

class CtrlC:
    def find_spec(self, name, path=None, target=None):
        if name == stop:
            raise KeyboardInterrupt

sys.meta_path.insert(0, CtrlC())
from gen.__main__ import main
main()
"""


def _stopped_at(module: str, *args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **HANAKO, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", _STOP, module, *args],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "module", ["gen.cli", "click", "gen.cli.generate", "yaml", "lxml", "git", "gen.ledger.record"]
)
def test_ctrl_c_at_any_import_is_a_sentence(module: str, tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    before = git(city, "rev-parse", "HEAD")
    done = _stopped_at(module, "generate", "--date", "R8.4.1", folder=city)
    assert done.returncode == ExitCode.STOPPED
    assert done.stderr.strip() == "中止しました。"
    assert git(city, "rev-parse", "HEAD") == before


def test_ctrl_c_in_the_midst_of_a_revision_undoes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gen.ledger import _git

    city = a_workspace(tmp_path / "city")
    before = git(city, "rev-parse", "HEAD")

    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(_git, "write_commit", stop)
        with pytest.raises(KeyboardInterrupt):
            run("generate", "--date", "R8.4.1", folder=city)
    assert git(city, "rev-parse", "HEAD") == before
    assert sorted(path.name for path in (city / ".git/kian").iterdir()) == ["guard", "heads"]
    assert run("generate", "--date", "R8.4.1", folder=city).code == ExitCode.DONE


def _unheard(*args: str, folder: Path) -> tuple[int, str]:
    """A command whose output nobody reads: its exit code, and what it says of that."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gen", *args],
            cwd=folder, env={**os.environ, **HANAKO, "PYTHONPATH": str(ROOT)}, stdout=writing, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "args",
    [("history",), ("history", "--format", "json"), ("--help",), ("history", "--help"), ("--version",)],
)
def test_a_reader_that_has_gone_is_no_fault(args: tuple[str, ...], tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    assert _unheard(*args, folder=city) == (ExitCode.DONE, "")


def test_findings_nobody_reads_are_still_findings(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    (city / "profile.yaml").write_text("city: 1\n", encoding="utf-8")
    assert _unheard("check", folder=city)[0] == ExitCode.FINDINGS


def test_work_that_nobody_watches_is_done_to_its_end(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    code, said = _unheard("generate", "--date", "R8.4.1", folder=city)
    assert code == ExitCode.DONE and "Traceback" not in said
    assert git(city, "log", "--format=%s").count("\n") == 1
