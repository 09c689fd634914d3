"""A disk that refuses what a command writes outside of the ledger: said in Japanese, nothing half there."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest
from drafting.scenario import OPS, ROOT, a_workspace, run
from drafting.test_finality import SETTLED
from fire.scenario import kian, said_by
from fire.tracer import Answer, Call, traced

from gen.errors import ExitCode, MissingTool, UserError, explain

DAY = ("--date", "R8.4.1")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (PermissionError(errno.EACCES, "x", "a"), MissingTool, "ほかのソフトが開いています"),
        (OSError(errno.EROFS, "x", "a"), MissingTool, "読み取り専用"),
        (OSError(errno.ENOSPC, "x", "a"), UserError, "空きがありません"),
        (FileNotFoundError(errno.ENOENT, "x", "a"), UserError, "フォルダがありません"),
        (FileNotFoundError(errno.ENOENT, "x", "a" * 260), UserError, "長すぎます"),
        (OSError(errno.ENAMETOOLONG, "x", "a" * 300), UserError, "長すぎます"),
        (OSError(errno.EIO, "x"), UserError, "読み書きできません"),
    ],
)
def test_what_a_system_refuses_is_explained(error: OSError, kind: type[UserError], words: str) -> None:
    told = explain(error)
    assert type(told) is kind
    assert words in told.message
    assert told.hint
    assert (told.place is None) is (error.filename is None)


def test_a_folder_that_is_not_there_is_no_bug(tmp_path: Path) -> None:
    clause = ROOT / "templates" / "clauses" / "secrecy.docx"
    done = run("template", "preview", clause, "--out", tmp_path / "none" / "x.docx", *DAY)
    assert done.code == ExitCode.FINDINGS
    assert "ファイル又はフォルダがありません。" in done.err
    assert "対応: " in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="ptrace and seccomp are Linux's")
@pytest.mark.parametrize("name", ["open", "write", "fsync", "rename"])
def test_a_copy_for_the_other_party_is_whole_or_not_there(tmp_path: Path, name: str) -> None:
    city = a_workspace(tmp_path / "city", **SETTLED)
    assert run("generate", OPS, *DAY, folder=city).code == 0
    out = tmp_path / "out"

    def visit(call: Call) -> Answer:
        return errno.ENOSPC if call.name == name else None

    command = kian(city, "-C", str(city), "generate", "--for-counterparty", str(out), OPS, *DAY)
    assert traced(command, out, visit) == ExitCode.FINDINGS
    assert "ディスクの空きがありません。" in said_by(city).read_text(encoding="utf-8")
    assert list(out.iterdir()) == []
    assert run("generate", "--for-counterparty", out, OPS, *DAY, folder=city).code == 0
    assert [path.suffix for path in out.iterdir()] == [".docx"]
