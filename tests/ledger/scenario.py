"""Scenarios for the ledger: a workspace, what a person does to it, what must hold afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from gen.ledger import Identity, Revision, Workspace

HANAKO = Identity("青葉 花子", "hanako@aobadai.example")
JST = timezone(timedelta(hours=9))
WHEN = datetime(2026, 4, 1, 9, 30, tzinfo=JST)
CONTRACT = "documents/contracts/migration@main.docx"
TWIN = "documents/contracts/migration@main.txt"
OLD = {
    CONTRACT: b"old docx\r\n\x00\xff",
    TWIN: "旧\n".encode(),
    "kian.lock": b'{"documents": {}, "format": 1}\n',
}
NEW = {CONTRACT: b"new docx\r\n\x00\xfe", TWIN: "新\r\n".encode(), "documents/plans/backup.txt": b"plan\n"}

MANY = {f"documents/contracts/migration@{n:03}.txt": b"%d\n" % n for n in range(80)}


def git(root: Path, *args: str, check: bool = True, **environment: str) -> str:
    """What a person types; never through the code under test."""
    done = subprocess.run(
        ["git", "-c", "user.name=Person", "-c", "user.email=p@example.com", *args],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not check or done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


def a_workspace(folder: Path, files: dict[str, bytes] | None = None) -> Workspace:
    content = {"profile.yaml": b"city: aobadai\n", **(OLD if files is None else files)}
    return Workspace.create(folder, content, identity=HANAKO, when=WHEN, reason="運用開始")


def a_revision(files: dict[str, bytes | None] | None = None, **fields: object) -> Revision:
    defaults = {"subject": "契約書を作成", "reason": "金額の変更", "author": HANAKO, "when": WHEN}
    return Revision(NEW if files is None else files, **{**defaults, **fields})  # type: ignore[arg-type]


def a_person_edits(workspace: Workspace, path: str, content: bytes) -> None:
    target = workspace.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def plain_commit(workspace: Workspace, message: str = "person") -> str:
    git(workspace.root, "add", "-A")
    git(workspace.root, "commit", "-q", "--allow-empty", "-m", message)
    return tip(workspace)


def tip(workspace: Workspace) -> str:
    return git(workspace.root, "rev-parse", "HEAD")


def on_disk(workspace: Workspace, paths: dict[str, bytes]) -> dict[str, bytes]:
    return {p: (workspace.root / p).read_bytes() for p in paths if (workspace.root / p).exists()}


def is_whole(workspace: Workspace) -> None:
    """Folder, index and branch agree, the store is sound, and nothing of ours is left."""
    root = workspace.root
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "diff", "--cached", "--name-only") == ""
    git(root, "fsck", "--strict")
    own = workspace.repository.git_dir / "kian"
    assert {entry.name for entry in own.iterdir()} <= {"guard", "heads"}
    assert not (workspace.repository.git_dir / "index.lock").exists()
    assert not [path for path in root.rglob(".kian-tmp-*") if ".git" not in path.parts]


def run_script(script: str, *args: str, **kwargs: object) -> subprocess.CompletedProcess[str]:
    """A small program in a process of its own, which may be killed."""
    repository = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(repository), str(repository / "tests")))}
    return subprocess.run(
        [sys.executable, "-c", script, *args], env=environment, capture_output=True, text=True, check=False
    )
