"""What somebody put inside of the `.git` that they sent: links, pipes, giants, a journal, another record's name."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from drafting.scenario import tree_of

from gen.errors import UserError
from gen.ledger import Workspace, identity, record, settle
from gen.ledger.paths import read_current

from .scenario import a_revision, a_workspace, git

FILES = ("HEAD", "config", "index", "index.lock", "packed-refs", "commondir", "logs/HEAD", "logs/refs/heads/main",
         "refs/heads/main", "objects/info/alternates")  # fmt: skip
FOLDERS = ("objects", "objects/info", "refs", "refs/heads", "logs", "logs/refs", "logs/refs/heads")


def emptied(workspace: Workspace, name: str) -> Path:
    target = workspace.root / ".git" / name
    if target.is_dir():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def a_sparse_giant(target: Path) -> None:
    with target.open("wb") as stream:
        stream.truncate(1 << 34)


def opening_is_refused(workspace: Workspace) -> UserError:
    with pytest.raises(UserError) as told:
        Workspace.open(workspace.root)
    assert told.value.hint
    return told.value


@pytest.mark.parametrize("name", FILES + FOLDERS)
def test_a_link_inside_of_git_is_never_followed(name: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    city = a_workspace(tmp_path / "city")
    target = emptied(city, name)
    if name in FOLDERS:
        outside.mkdir()
    else:
        outside.write_bytes(b"")
    target.symlink_to(outside)
    assert "リンク" in opening_is_refused(city).message
    assert (not list(outside.iterdir())) if outside.is_dir() else outside.read_bytes() == b""


def test_an_object_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    (tmp_path / "outside").mkdir()
    for number in range(256):
        folder = city.root / ".git/objects" / f"{number:02x}"
        if not folder.exists():
            folder.symlink_to(tmp_path / "outside")
    assert "リンク" in opening_is_refused(city).message


@pytest.mark.parametrize("make", [os.mkfifo, a_sparse_giant])
@pytest.mark.parametrize(
    "name", ["HEAD", "packed-refs", "commondir", "index.lock", "objects/info/alternates", "config"]
)
def test_a_pipe_or_a_giant_inside_of_git_keeps_nobody_waiting(
    make: Callable[[Path], None], name: str, tmp_path: Path
) -> None:
    city = a_workspace(tmp_path / "city")
    make(emptied(city, name))
    opening_is_refused(city)


def test_a_commondir_that_names_another_record_writes_nothing_there(tmp_path: Path) -> None:
    victim, city = a_workspace(tmp_path / "victim"), a_workspace(tmp_path / "city")
    (city.root / ".git/commondir").write_text(f"{victim.root / '.git'}\n", encoding="utf-8")
    before = tree_of(victim.root)
    assert "別の場所" in opening_is_refused(city).message
    assert tree_of(victim.root) == before


def test_work_trees_and_packed_references_stay_usable(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    git(city.root, "pack-refs", "--all")
    git(city.root, "worktree", "add", "-q", "../beside")
    beside = Workspace.open(tmp_path / "beside")
    assert record(beside, a_revision())
    assert record(Workspace.open(city.root), a_revision())


@pytest.mark.parametrize(
    "branch",
    [
        "refs/heads/../../../../out/victim",
        "refs/heads//x",
        "refs/heads/a/../b",
        "refs/heads/.x",
        "refs/heads/x.lock",
    ],
)
def test_a_journal_whose_branch_leads_out_deletes_nothing(branch: str, tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    (tmp_path / "out").mkdir()
    victim = tmp_path / "out" / "victim.lock"
    victim.write_bytes(b"")
    content = {
        "branch": branch,
        "parent": None,
        "commit": git(city.root, "rev-parse", "HEAD"),
        "moves": [],
        "folders": [],
    }
    (city.root / ".git/kian/journal.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UserError, match=r"journal\.json"):
        settle(city)
    assert victim.exists()


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PYTHON_GIT_EXECUTABLE"]
)
def test_variables_lead_to_no_other_record_and_no_other_program(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = a_workspace(tmp_path / "city")
    monkeypatch.setenv(name, "/bin/false" if "PYTHON" in name else str(tmp_path))
    assert record(Workspace.open(city.root), a_revision())


@pytest.mark.parametrize("name", ["kian.lock", "documents/plan.docx"])
def test_a_giant_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    a_sparse_giant(tmp_path / name)
    with pytest.raises(UserError, match="大きすぎます"):
        read_current(tmp_path, name)


def test_a_folder_that_links_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for ask in (Workspace.open, Workspace.find, identity):
        with pytest.raises(UserError, match="輪"):
            ask(tmp_path / "loop")
