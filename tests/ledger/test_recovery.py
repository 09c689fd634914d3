"""A process killed at any step leaves the old revision or the new one, never a part of either."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gen.errors import Refused, UserError
from gen.ledger import Workspace, _git, needs_recovery, record, writing
from gen.ledger.record import STEPS

from .scenario import (
    CONTRACT,
    MANY,
    NEW,
    OLD,
    TWIN,
    a_person_edits,
    a_revision,
    a_workspace,
    git,
    is_whole,
    on_disk,
    plain_commit,
    run_script,
    tip,
)

ADDED = "documents/plans/backup.txt"
BEFORE_THE_MOVE = STEPS[: STEPS.index("moved")]

KILLED = """
import os, signal, sys
from pathlib import Path
from ledger.scenario import MANY, a_revision
from gen.ledger import Workspace, record, writing

def steps(step, left=[int(sys.argv[3])]):
    left[0] -= step == sys.argv[2]
    if step == sys.argv[2] and not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)

workspace = Workspace.open(Path(sys.argv[1]))
if sys.argv[4] == "record":
    record(workspace, a_revision(), steps=steps)
elif sys.argv[4] == "record many":
    record(workspace, a_revision(MANY), steps=steps)
else:
    with writing(workspace, steps=steps):
        pass
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")


def killed_at(workspace: Workspace, step: str, times: int = 1, verb: str = "record") -> None:
    done = run_script(KILLED, str(workspace.root), step, str(times), verb)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "city")


def content(workspace: Workspace) -> dict[str, bytes]:
    return on_disk(workspace, {**OLD, **NEW})


@pytest.mark.parametrize(
    ("step", "times"),
    [*((step, 1) for step in STEPS), ("staged", 2), ("staged", 3), ("file", 2), ("file", 3)],
)
def test_killed_at_any_step_the_next_command_makes_it_whole(
    workspace: Workspace, step: str, times: int
) -> None:
    before = tip(workspace)
    killed_at(workspace, step, times)
    assert needs_recovery(workspace) is (step not in ("locked", "index-released"))
    with writing(workspace) as recovery:
        pass
    is_whole(workspace)
    moved = step not in BEFORE_THE_MOVE
    assert content(workspace) == ({**OLD, **NEW} if moved else OLD)
    assert (tip(workspace) != before) is moved
    if recovery is not None:
        assert (recovery.finished, recovery.kept) == (moved, ())
    assert not needs_recovery(workspace)
    assert not moved or record(workspace, a_revision()) is None
    record(workspace, a_revision({TWIN: b"next"}))
    is_whole(workspace)


@pytest.mark.parametrize("step", ["staged", "journaled", "moved", "file", "indexed"])
def test_the_first_revision_of_all(tmp_path: Path, step: str) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    workspace = Workspace.open(tmp_path)
    killed_at(workspace, step)
    with writing(workspace):
        pass
    moved = step not in BEFORE_THE_MOVE
    assert content(workspace) == (NEW if moved else {})
    assert moved or [entry.name for entry in tmp_path.iterdir()] == [".git"]
    is_whole(workspace)


@pytest.mark.parametrize("step", ["staged", "blobs", "commit", "journaled", "moved"])
def test_a_revision_of_many_files_is_whole_too(workspace: Workspace, step: str) -> None:
    """Many files become one pack, not loose objects."""
    before = tip(workspace)
    killed_at(workspace, step, verb="record many")
    with writing(workspace):
        pass
    moved = step not in BEFORE_THE_MOVE
    is_whole(workspace)
    assert on_disk(workspace, MANY) == (MANY if moved else {})
    assert (tip(workspace) != before) is moved
    assert record(workspace, a_revision({**MANY, TWIN: b"next"})) is not None
    is_whole(workspace)
    packs = (workspace.repository.git_dir / "objects" / "pack").iterdir()
    assert {path.suffix for path in packs} == {".pack", ".idx"}


@pytest.mark.parametrize("step", ["file", "indexed", "cleared", "index-released"])
def test_killed_again_while_finishing(workspace: Workspace, step: str) -> None:
    killed_at(workspace, "moved")
    killed_at(workspace, step, verb="recover")
    with writing(workspace):
        pass
    assert content(workspace) == {**OLD, **NEW}
    is_whole(workspace)


@pytest.mark.parametrize("step", ["moved", "file", "indexed"])
def test_what_a_person_edits_after_the_crash_is_kept(workspace: Workspace, step: str) -> None:
    killed_at(workspace, step)
    a_person_edits(workspace, TWIN, b"by hand")
    with writing(workspace) as recovery:
        assert recovery is not None
        assert recovery.kept == (TWIN,)
    assert content(workspace) == {**OLD, **NEW, TWIN: b"by hand"}
    assert git(workspace.root, "status", "--porcelain") == f" M {TWIN}"


@pytest.mark.parametrize("lock", ["refs/heads/main.lock", "HEAD.lock"])
@pytest.mark.parametrize("content", ["", "ours", "theirs"])
def test_a_git_killed_while_it_moved_the_branch_locks_nobody_out(
    workspace: Workspace, lock: str, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.ledger.recovery._ORPHAN_WAIT", 0.1)
    killed_at(workspace, "journaled")
    git_dir = workspace.repository.git_dir
    commit = json.loads((git_dir / "kian" / "journal.json").read_text(encoding="utf-8"))["commit"]
    told = {"": "", "ours": f"{commit}\n", "theirs": f"{tip(workspace)}\n"}
    (git_dir / lock).write_text(told[content])
    for draft in ("index-1.lock", "index-1.private.lock"):
        (git_dir / "kian" / draft).touch()
    with writing(workspace):
        pass
    assert (git_dir / lock).exists() is (content == "theirs")
    if content == "theirs":
        with pytest.raises(UserError) as caught:
            record(workspace, a_revision())
        assert ".lock" in caught.value.hint
        (git_dir / lock).unlink()
    assert record(workspace, a_revision())
    is_whole(workspace)


def test_a_git_that_outlives_the_kill_and_still_moves_the_branch(workspace: Workspace) -> None:
    killed_at(workspace, "journaled")
    git_dir = workspace.repository.git_dir
    commit = json.loads((git_dir / "kian" / "journal.json").read_text(encoding="utf-8"))["commit"]
    lock = git_dir / "refs" / "heads" / "main.lock"
    lock.write_text(f"{commit}\n")
    outliving = threading.Timer(0.2, lambda: lock.replace(lock.with_suffix("")))
    outliving.start()
    with writing(workspace) as recovery:
        assert recovery is not None
        assert recovery.finished
    outliving.join()
    assert content(workspace) == {**OLD, **NEW}
    is_whole(workspace)


def test_a_file_that_a_person_made_where_the_undone_revision_would_is_kept(workspace: Workspace) -> None:
    killed_at(workspace, "journaled")
    a_person_edits(workspace, ADDED, b"by hand")
    with writing(workspace) as recovery:
        assert recovery is not None
        assert not recovery.finished
    assert (workspace.root / ADDED).read_bytes() == b"by hand"


def test_a_person_who_removes_the_lock_and_commits_decides(workspace: Workspace) -> None:
    """Git itself advises to remove a stale index.lock; what is committed then is not undone."""
    killed_at(workspace, "moved")
    (workspace.repository.git_dir / "index.lock").unlink()
    a_person_edits(workspace, CONTRACT, b"by hand")
    theirs = plain_commit(workspace)
    shown = {path: git(workspace.root, "show", f"HEAD:{path}") for path in (CONTRACT, TWIN)}
    assert shown == {CONTRACT: "by hand", TWIN: "旧"}
    with writing(workspace) as recovery:
        assert recovery is not None
        assert recovery.finished
    assert tip(workspace) == theirs
    assert content(workspace)[CONTRACT] == b"by hand"
    is_whole(workspace)


def test_a_person_who_removes_the_lock_and_switches_the_branch(workspace: Workspace) -> None:
    git(workspace.root, "branch", "other")
    killed_at(workspace, "moved")
    (workspace.repository.git_dir / "index.lock").unlink()
    git(workspace.root, "symbolic-ref", "HEAD", "refs/heads/other")
    with writing(workspace):
        pass
    assert content(workspace) == OLD
    is_whole(workspace)


def test_a_person_who_resets_the_revision_away(workspace: Workspace) -> None:
    before = tip(workspace)
    killed_at(workspace, "file", 2)
    (workspace.repository.git_dir / "index.lock").unlink()
    git(workspace.root, "reset", "-q", "--hard", before)
    with writing(workspace) as recovery:
        assert recovery is not None
        assert not recovery.finished
    assert tip(workspace) == before
    is_whole(workspace)


def test_a_killed_creation_can_be_repeated(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    killed_at(Workspace.open(folder), "journaled")
    assert list(folder.rglob(".kian-tmp-*"))
    is_whole(a_workspace(folder))


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"branch": 1}', "move"])
def test_a_damaged_or_hostile_journal_moves_nothing(
    workspace: Workspace, tmp_path: Path, damage: str
) -> None:
    killed_at(workspace, "moved")
    journal = workspace.repository.git_dir / "kian" / "journal.json"
    if damage == "move":
        told = json.loads(journal.read_text(encoding="utf-8"))
        told["moves"][0]["path"] = "../escaped"
        damage = json.dumps(told)
    journal.write_text(damage, encoding="utf-8")
    with pytest.raises(UserError, match="控え"), writing(workspace):
        pass
    assert not (tmp_path / "escaped").exists()
    assert content(workspace) == OLD


def test_an_exception_in_between_undoes_or_finishes(workspace: Workspace) -> None:
    for step in STEPS[1:-2]:
        before, old = tip(workspace), content(workspace)

        def steps(seen: str, step: str = step) -> None:
            if seen == step:
                raise KeyboardInterrupt

        new = {CONTRACT: step.encode(), f"documents/{step}.txt": b"x"}
        with pytest.raises(KeyboardInterrupt):
            record(workspace, a_revision(new), steps=steps)
        moved = step not in BEFORE_THE_MOVE
        assert (tip(workspace) != before) is moved
        assert on_disk(workspace, {**old, **new}) == ({**old, **new} if moved else old)
        is_whole(workspace)


WRITER = """
import sys
from pathlib import Path
from ledger.scenario import a_revision
from gen.ledger import Workspace, record
for number in range(5):
    path = f"documents/{sys.argv[2]}-{number}.txt"
    assert record(Workspace.open(Path(sys.argv[1])), a_revision({path: b"x", "shared.txt": path.encode()}))
"""


def test_writers_at_the_same_time_take_turns(workspace: Workspace) -> None:
    repository = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{repository}{os.pathsep}{repository / 'tests'}"}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(workspace.root), str(n)], env=environment)
        for n in range(3)
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert int(git(workspace.root, "rev-list", "--count", "HEAD")) == 1 + 15
    assert len(list((workspace.root / "documents").glob("?-?.txt"))) == 15
    is_whole(workspace)


HOLDER = """
import sys
from pathlib import Path
from gen.ledger import Workspace, writing
with writing(Workspace.open(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_waits_and_then_stops_cleanly(workspace: Workspace) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", HOLDER, str(workspace.root)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Refused, match=f"プロセス{holder.pid}"):
            record(workspace, a_revision(), wait=0.1)
        holder.kill()
    record(workspace, a_revision(), wait=0.1)
    is_whole(workspace)


def owner(workspace: Workspace, **changes: object) -> Path:
    from gen.ledger import _files

    lock = workspace.repository.git_dir / "kian" / "lock"
    told = {
        "pid": os.getpid(),
        "started": _files.process_start(os.getpid()),
        "host": _files.host(),
        **changes,
    }
    lock.write_text(json.dumps(told))
    return lock


@pytest.mark.parametrize("changes", [{"pid": 2**22 + 1}, {"started": "another time"}])
def test_the_lock_of_a_dead_process_is_taken_over(workspace: Workspace, changes: dict[str, object]) -> None:
    owner(workspace, **changes)
    record(workspace, a_revision(), wait=0.1)
    is_whole(workspace)


@pytest.mark.parametrize("changes", [{}, {"host": "other/linux", "pid": 2**22 + 1}])
def test_a_lock_that_may_be_alive_is_left_alone(workspace: Workspace, changes: dict[str, object]) -> None:
    lock = owner(workspace, **changes)
    with pytest.raises(Refused, match="ほかの kian"):
        record(workspace, a_revision(), wait=0.1)
    assert lock.exists()
    assert content(workspace) == OLD


def test_writing_may_be_entered_inside_itself(workspace: Workspace) -> None:
    with writing(workspace):
        record(workspace, a_revision())
        record(workspace, a_revision({TWIN: b"second"}))
        assert (workspace.repository.git_dir / "kian" / "lock").exists()
    is_whole(workspace)


def test_a_mark_that_a_killed_pack_left_stops_nobody(tmp_path: Path) -> None:
    """Git makes no mark over one that is there: the same files would never be recorded again."""
    workspace = a_workspace(tmp_path / "city")
    git(workspace.root, "gc", "-q")
    (pack,) = (workspace.repository.git_dir / "objects/pack").glob("pack-*.pack")
    left, own = pack.with_suffix(".keep"), pack.with_name("pack-of-mine.keep")
    left.write_bytes(b"fast-import")
    own.write_bytes(b"mine")
    _git.write_blobs(workspace.repository, ["profile.yaml"] * 60)
    assert not left.exists() and own.read_bytes() == b"mine"
