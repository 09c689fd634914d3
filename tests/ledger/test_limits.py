"""Git that never ends or never stops talking, and what does not belong into Kian's own folder inside of `.git`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.errors import Refused, UserError
from gen.ledger import Workspace, _git, _process, head, identity, list_files, read_file, record, settle

from .scenario import a_revision, a_workspace, git, is_whole


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "city")


def a_pipe_in_the_settings(city: Workspace, condition: str = "include") -> None:
    os.mkfifo(city.root / "pipe")
    with (city.root / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write(f"[{condition}]\n\tpath = {city.root / 'pipe'}\n")


@pytest.mark.parametrize("condition", ["include", 'includeIf "gitdir:/**"', 'includeIf "onbranch:main"'])
@pytest.mark.parametrize("ask", [Workspace.open, Workspace.find, identity])
def test_a_pipe_that_the_settings_include_keeps_nobody_waiting(
    condition: str, ask: Callable[[Path], object], city: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_process, "_QUICK_SECONDS", 0.5)
    a_pipe_in_the_settings(city, condition)
    with pytest.raises(UserError, match="秒たっても終わらない") as told:
        ask(city.root)
        head(Workspace.open(city.root))  # where git asks for the branch only then
    assert "include.path" in told.value.hint


def test_a_git_that_stops_answering_in_the_midst_of_a_revision_is_ended_and_undone(
    city: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = head(city), _process.command

    def hanging(args: tuple[str, ...]) -> list[str]:
        return ["sleep", "1000"] if args[0] == "update-ref" else real(args)

    with monkeypatch.context() as patched:
        patched.setattr(_process, "_SECONDS", 0.5)
        patched.setattr(_process, "command", hanging)
        with pytest.raises(UserError, match="update-ref"):
            record(city, a_revision())
    assert head(city) == before
    is_whole(city)


def test_a_few_folders_that_hold_one_another_a_billion_times_are_refused(
    city: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """https://kate.io/blog/making-your-own-exploding-git-repos/"""
    monkeypatch.setattr(_process, "_MOST_BYTES", 1024 * 1024)
    kind, oid = "100644 blob", git(city.root, "hash-object", "-w", "profile.yaml")
    for _ in range(10):
        rows = "".join(f"{kind} {oid}\td{number}\n" for number in range(10))
        done = subprocess.run(
            ["git", "mktree"], cwd=city.root, input=rows, capture_output=True, text=True, check=True
        )
        kind, oid = "040000 tree", done.stdout.strip()
    bomb = git(city.root, "commit-tree", oid, "-p", "HEAD", "-m", "x")
    with pytest.raises(UserError, match="結果が大きすぎる") as told:
        list_files(city, bomb)
    assert told.value.hint


def test_a_giant_in_the_history_is_refused(city: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_git, "MAX_FILE", 1000)
    (city.root / "documents/giant.txt").write_bytes(b"\0" * 1001)
    git(city.root, "add", "-A")
    git(city.root, "commit", "-q", "-m", "giant")
    with pytest.raises(UserError, match=r"documents/giant\.txt.*大きすぎます"):
        read_file(city, "HEAD", "documents/giant.txt")


def a_folder(path: Path) -> None:
    path.mkdir()


def a_link(path: Path) -> None:
    path.symlink_to(path.parent.parent / "config")


def a_giant(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1 << 34)


@pytest.mark.parametrize("make", [a_folder, a_link, os.mkfifo, a_giant])
@pytest.mark.parametrize(
    "name", ["lock", "lock.new", "guard", "mark", "heads", "journal.json", "journal.json.new"]
)
def test_what_is_not_kians_own_in_its_folder_is_told_in_japanese(
    name: str, make: Callable[[Path], None], city: Workspace
) -> None:
    path = city.root / ".git/kian" / name
    path.unlink(missing_ok=True)
    make(path)
    before = (city.root / ".git/config").read_bytes()
    with pytest.raises(Refused, match=f"「{name}」") as told:
        record(city, a_revision())
    assert told.value.hint and told.value.place and told.value.place.file == str(path)
    assert (city.root / ".git/config").read_bytes() == before
    if name == "journal.json" and make is not a_link:
        with pytest.raises(Refused):
            settle(city)


@pytest.mark.parametrize("size", [0, 11, 1 << 30])
def test_a_lock_of_the_index_by_somebody_else_is_not_read_to_its_end(size: int, city: Workspace) -> None:
    with (city.root / ".git/index.lock").open("wb") as stream:
        stream.truncate(size)
    with pytest.raises(Refused, match=r"index\.lock"):
        record(city, a_revision())
    assert (city.root / ".git/index.lock").stat().st_size == size


@pytest.mark.parametrize(
    "owner", [b"", b"[]", b'{"pid": 1e999}', b'{"pid": "x"}', b"[" * 60_000, b'{"pid": ' + b"9" * 5000 + b"}", b'{"pid": -1}',
              b'{"pid": 99999999999999999999, "started": 1, "host": "\\ud800"}', b"\xff\xfe"],
)  # fmt: skip
def test_an_owner_of_the_lock_that_is_none_is_taken_over_or_told(owner: bytes, city: Workspace) -> None:
    path = city.root / ".git/kian/lock"
    path.write_bytes(owner)
    try:
        assert record(city, a_revision(), wait=0.0)
    except Refused as told:
        assert "ほかの kian" in told.message
        assert path.read_bytes() == owner


def test_a_folder_whose_name_has_two_lines_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "二\n行"
    with pytest.raises(UserError, match="改行"):
        a_workspace(folder)
    assert not folder.exists()
    folder.mkdir()
    with pytest.raises(UserError, match="改行"):
        a_workspace(folder)
    assert not list(folder.iterdir())
