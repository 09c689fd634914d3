"""Recording: what a revision changes, and what it must leave alone."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gen.errors import ExitCode, Refused, UserError
from gen.ledger import Workspace, _git, digest, head, history, read_files, record, writing

from .scenario import (
    CONTRACT,
    NEW,
    OLD,
    TWIN,
    WHEN,
    a_person_edits,
    a_revision,
    a_workspace,
    git,
    is_whole,
    on_disk,
    plain_commit,
    tip,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "青葉台 市")


def test_a_revision_stands_in_branch_index_and_folder(workspace: Workspace) -> None:
    before = tip(workspace)
    done = record(workspace, a_revision())
    assert done is not None
    assert (done.parent, done.commit, done.branch) == (before, tip(workspace), "refs/heads/main")
    assert done.changed == tuple(sorted(NEW))
    assert on_disk(workspace, NEW) == NEW == read_files(workspace, "HEAD", tuple(NEW))
    is_whole(workspace)


def test_author_committer_and_dates_are_the_given_ones(workspace: Workspace) -> None:
    record(workspace, a_revision())
    seen = git(workspace.root, "log", "-1", "--format=%an <%ae> %aI / %cn <%ce> %cI")
    who = f"青葉 花子 <hanako@aobadai.example> {WHEN.isoformat()}"
    assert seen == f"{who} / {who}"
    assert str(int(WHEN.timestamp())) in git(workspace.root, "reflog", "-1", "--date=unix", "main")


def test_git_is_told_to_bring_all_it_writes_to_the_disk(workspace: Workspace) -> None:
    """No test that kills a process sees the difference; a power cut does."""
    git(workspace.root, "config", "core.fsync", "none")
    *_, (_, _, holds) = _git.config(workspace.root, r"^core\.fsync$")
    assert holds == "all"


def test_the_same_input_gives_the_same_commit(tmp_path: Path) -> None:
    commits = []
    for name in ("one", "two"):
        done = record(a_workspace(tmp_path / name), a_revision())
        assert done is not None
        commits.append(done.commit)
    assert commits[0] == commits[1]


def test_nothing_changed_makes_no_revision(workspace: Workspace) -> None:
    record(workspace, a_revision())
    before = tip(workspace)
    assert record(workspace, a_revision(subject="もう一度")) is None
    assert tip(workspace) == before
    is_whole(workspace)


def test_a_file_is_taken_out_with_its_empty_folder(workspace: Workspace) -> None:
    record(workspace, a_revision({CONTRACT: None, TWIN: None}))
    assert not (workspace.root / "documents").exists()
    is_whole(workspace)


def test_a_plain_commit_afterwards_undoes_nothing(workspace: Workspace) -> None:
    record(workspace, a_revision())
    plain_commit(workspace)
    assert read_files(workspace, "HEAD", tuple(NEW)) == NEW
    git(workspace.root, "commit", "-q", "--allow-empty", "-m", "without add")
    assert read_files(workspace, "HEAD", tuple(NEW)) == NEW
    is_whole(workspace)


def test_what_a_person_staged_elsewhere_stays_staged(workspace: Workspace) -> None:
    a_person_edits(workspace, "profile.yaml", b"city: midori\n")
    a_person_edits(workspace, "memo.txt", b"memo\n")
    git(workspace.root, "add", "-A")
    a_person_edits(workspace, "profile.yaml", b"city: later\n")
    record(workspace, a_revision())
    assert git(workspace.root, "status", "--porcelain").splitlines() == ["A  memo.txt", "MM profile.yaml"]
    assert git(workspace.root, "show", ":profile.yaml") == "city: midori"
    assert "memo.txt" not in git(workspace.root, "ls-tree", "-r", "--name-only", "HEAD")


def test_an_edit_as_young_as_the_index_is_still_seen(workspace: Workspace) -> None:
    """Git tells by the ages of index and file that it must look inside; ours must not hide that."""
    a_person_edits(workspace, "memo.txt", b"one\n")
    git(workspace.root, "add", "memo.txt")
    age = (workspace.root / "memo.txt").stat().st_mtime_ns
    os.utime(workspace.repository.git_dir / "index", ns=(age, age))
    a_person_edits(workspace, "memo.txt", b"two\n")
    os.utime(workspace.root / "memo.txt", ns=(age, age))
    record(workspace, a_revision())
    assert git(workspace.root, "status", "--porcelain") == "AM memo.txt"


def refused(workspace: Workspace, *names: str, files: dict[str, bytes | None] | None = None) -> str:
    """Recording is refused, the message names the files, and nothing at all has moved."""
    before, seen = tip(workspace), git(workspace.root, "status", "--porcelain")
    with pytest.raises(Refused) as caught:
        record(workspace, a_revision(files))
    assert caught.value.exit_code is ExitCode.REFUSED
    assert caught.value.hint
    assert all(name in caught.value.message for name in names)
    assert tip(workspace) == before
    assert git(workspace.root, "status", "--porcelain") == seen
    assert not (workspace.repository.git_dir / "index.lock").exists()
    assert not list(workspace.root.rglob(".kian-tmp-*"))
    return caught.value.message


def test_an_unrecorded_edit_is_never_overwritten(workspace: Workspace) -> None:
    a_person_edits(workspace, CONTRACT, b"by hand")
    assert TWIN not in refused(workspace, CONTRACT)
    assert (workspace.root / CONTRACT).read_bytes() == b"by hand"


def test_an_untracked_file_of_the_same_name_is_never_overwritten(workspace: Workspace) -> None:
    a_person_edits(workspace, "documents/plans/backup.txt", b"by hand")
    refused(workspace, "documents/plans/backup.txt")


def test_an_edit_that_is_only_staged_is_never_overwritten(workspace: Workspace) -> None:
    a_person_edits(workspace, TWIN, b"staged")
    git(workspace.root, "add", "-A")
    a_person_edits(workspace, TWIN, OLD[TWIN])
    refused(workspace, TWIN)
    assert git(workspace.root, "show", f":{TWIN}") == "staged"


def test_an_edited_file_is_not_deleted(workspace: Workspace) -> None:
    a_person_edits(workspace, CONTRACT, b"by hand")
    refused(workspace, CONTRACT, files={CONTRACT: None})


def test_a_hand_edit_itself_can_be_recorded(workspace: Workspace) -> None:
    a_person_edits(workspace, CONTRACT, b"by hand")
    assert record(workspace, a_revision({CONTRACT: b"by hand"}))
    is_whole(workspace)


def test_a_missing_file_may_be_written_again(workspace: Workspace) -> None:
    (workspace.root / CONTRACT).unlink()
    record(workspace, a_revision())
    is_whole(workspace)


def test_an_edit_during_the_recording_is_refused(workspace: Workspace) -> None:
    def steps(step: str) -> None:
        if step == "journaled":
            a_person_edits(workspace, TWIN, b"by hand")

    before = tip(workspace)
    with pytest.raises(Refused, match="まだ記録していない"):
        record(workspace, a_revision(), steps=steps)
    assert tip(workspace) == before
    assert (workspace.root / TWIN).read_bytes() == b"by hand"
    a_person_edits(workspace, TWIN, OLD[TWIN])
    is_whole(workspace)


def test_an_edit_after_the_branch_moved_is_kept_and_reported(workspace: Workspace) -> None:
    def steps(step: str) -> None:
        if step == "moved":
            a_person_edits(workspace, TWIN, b"by hand")

    done = record(workspace, a_revision(), steps=steps)
    assert done is not None
    assert done.kept == (TWIN,)
    assert (workspace.root / TWIN).read_bytes() == b"by hand"
    assert git(workspace.root, "status", "--porcelain") == f" M {TWIN}"


def test_inputs_that_changed_since_they_were_read_stop_it(workspace: Workspace) -> None:
    was = digest(b"city: aobadai\n")
    expected = {"profile.yaml": was, "private.txt": None}
    record(workspace, a_revision(expected=expected))
    a_person_edits(workspace, "profile.yaml", b"city: midori\n")
    with pytest.raises(Refused, match=r"profile\.yaml"):
        record(workspace, a_revision({TWIN: b"x"}, expected=expected))
    a_person_edits(workspace, "profile.yaml", b"city: aobadai\n")
    a_person_edits(workspace, "private.txt", b"")
    with pytest.raises(Refused, match=r"private\.txt"):
        record(workspace, a_revision({TWIN: b"x"}, expected=expected))


def test_a_commit_that_comes_between_is_not_lost(workspace: Workspace) -> None:
    theirs = ""

    def steps(step: str) -> None:
        nonlocal theirs
        if step == "journaled":
            tree = git(workspace.root, "rev-parse", "HEAD^{tree}")
            theirs = git(workspace.root, "commit-tree", tree, "-p", "HEAD", "-m", "theirs")
            git(workspace.root, "update-ref", "refs/heads/main", theirs)

    with pytest.raises(Refused, match="ほかの人が"):
        record(workspace, a_revision(), steps=steps)
    assert tip(workspace) == theirs
    assert on_disk(workspace, OLD) == OLD
    is_whole(workspace)


def test_a_plain_add_commit_or_reset_cannot_come_between(workspace: Workspace) -> None:
    seen: list[str] = []

    def steps(step: str) -> None:
        if step in ("index-locked", "moved"):
            seen.append(step)
            for command in (["add", "-A"], ["commit", "-m", "x", "--allow-empty"], ["reset", "--hard"]):
                assert "index.lock" in git_error(workspace, *command)

    record(workspace, a_revision(), steps=steps)
    assert len(seen) == 2
    is_whole(workspace)


def test_a_new_branch_that_comes_between_is_not_written_over(workspace: Workspace) -> None:
    """`git checkout -b` needs no lock of the index."""

    def steps(step: str) -> None:
        if step == "journaled":
            git(workspace.root, "checkout", "-b", "other")

    with pytest.raises(Refused, match="枝"):
        record(workspace, a_revision(), steps=steps)
    assert on_disk(workspace, OLD) == OLD
    is_whole(workspace)


def git_error(workspace: Workspace, *args: str) -> str:
    with pytest.raises(AssertionError) as caught:
        git(workspace.root, *args)
    return str(caught.value)


def test_a_git_at_work_is_waited_for_and_then_left_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.ledger.recovery._INDEX_WAIT", 0.1)
    lock = workspace.repository.git_dir / "index.lock"
    lock.touch()
    with pytest.raises(Refused, match=r"index\.lock"):
        record(workspace, a_revision())
    assert lock.exists()
    lock.unlink()
    is_whole(workspace)


def test_the_unborn_branch(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    workspace = Workspace.open(tmp_path)
    assert head(workspace) is None
    assert history(workspace) == ()
    done = record(workspace, a_revision())
    assert done is not None
    assert (done.parent, done.branch) == (None, "refs/heads/trunk")
    is_whole(workspace)


def test_a_detached_head_is_refused(workspace: Workspace) -> None:
    git(workspace.root, "checkout", "-q", "--detach")
    assert "detached" in refused(workspace)


def test_an_unfinished_merge_is_refused(workspace: Workspace) -> None:
    (workspace.repository.git_dir / "MERGE_HEAD").write_text(tip(workspace) + "\n")
    assert "merge" in refused(workspace)


def test_a_linked_worktree(workspace: Workspace, tmp_path: Path) -> None:
    git(workspace.root, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = Workspace.open(tmp_path / "side")
    done = record(side, a_revision())
    assert done is not None
    assert done.branch == "refs/heads/side"
    is_whole(side)
    assert git(workspace.root, "status", "--porcelain") == ""
    assert on_disk(workspace, OLD) == OLD


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
@pytest.mark.parametrize("link", ["documents", "documents/contracts", CONTRACT])
def test_a_link_out_of_the_workspace_is_never_written_through(
    workspace: Workspace, tmp_path: Path, link: str
) -> None:
    outside = tmp_path / "outside"
    where = workspace.root / link
    where.rename(outside)
    where.symlink_to(outside)
    kept = outside.read_bytes() if outside.is_file() else sorted(outside.rglob("*"))
    refused(workspace, CONTRACT)
    assert kept == (outside.read_bytes() if outside.is_file() else sorted(outside.rglob("*")))


def test_a_file_where_a_folder_is_and_the_other_way_round(workspace: Workspace) -> None:
    refused(workspace, "documents", files={"documents": b"x"})
    refused(workspace, "profile.yaml/x", files={"profile.yaml/x": b"x"})
    a_person_edits(workspace, "notes", b"x")
    refused(workspace, "notes/x", files={"notes/x": b"x"})


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_is_refused(workspace: Workspace) -> None:
    (workspace.root / CONTRACT).chmod(0o444)
    refused(workspace, CONTRACT)


def test_a_file_that_is_open_in_word_is_refused_first(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.ledger._files.close_to_writing", lambda path: path.name.endswith(".docx"))
    assert "Word" in refused(workspace, CONTRACT)


def test_a_file_that_word_opens_too_late_is_replaced_by_the_next_command(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gen.ledger import _files

    real = _files.replace

    def locked(source: Path, target: Path) -> None:
        if target.name.endswith(".docx"):
            raise PermissionError(13, "open in Word", str(target))
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("gen.ledger._files.replace", locked)
        with pytest.raises(Refused, match="履歴には記録しました"):
            record(workspace, a_revision())
    assert (workspace.root / CONTRACT).read_bytes() == OLD[CONTRACT]
    with writing(workspace) as recovery:
        assert recovery is not None
        assert recovery.finished
    assert on_disk(workspace, NEW) == NEW
    is_whole(workspace)


@pytest.mark.parametrize(
    "path",
    [
        *("", "/etc/passwd", "C:/x", "../x", "a/../x", "a//x", "./x", "a/.", ".git/config", "a/.GIT/x"),
        *(
            "a/git~1",
            "a\\b",
            "a:b",
            "con",
            "Aux.txt",
            "x/LPT1.docx",
            "x.",
            "x ",
            "a\nb",
            "a\u200db",
            "か\u3099",
        ),
        *("private.yaml", "Private.YAML", "x" * 201, "a/" * 250 + "x", 'a"b', "\ud800"),
    ],
)
def test_paths_that_may_not_be_recorded(workspace: Workspace, path: str) -> None:
    with pytest.raises(UserError) as caught:
        record(workspace, a_revision({path: b"x"}))
    assert caught.value.hint
    is_whole(workspace)


def test_names_that_windows_takes_for_one_are_refused(workspace: Workspace) -> None:
    for files in ({"a.txt": b"", "A.txt": b""}, {CONTRACT.upper(): b""}, {"Documents/new.txt": b""}):
        with pytest.raises(UserError, match="大文字と小文字"):
            record(workspace, a_revision(files))


def test_sizes_have_a_limit(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.ledger.paths.MAX_FILE", 10)
    with pytest.raises(Refused, match="大きすぎ"):
        record(workspace, a_revision({"a.txt": b"x" * 11}))
    monkeypatch.setattr("gen.ledger.paths.MAX_TOTAL", 15)
    with pytest.raises(Refused, match="一度に"):
        record(workspace, a_revision({"a.txt": b"x" * 10, "b.txt": b"x" * 10}))


def test_a_date_without_its_zone_is_a_bug(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="time zone"):
        record(workspace, replace(a_revision(), when=WHEN.replace(tzinfo=None)))


def test_a_variable_left_by_a_git_hook_leads_nowhere_else(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_workspace(tmp_path / "other")
    before = tip(other)
    with monkeypatch.context() as patched:
        patched.setenv("GIT_DIR", str(other.repository.git_dir))
        patched.setenv("GIT_INDEX_FILE", str(other.repository.git_dir / "index"))
        patched.setenv("GIT_WORK_TREE", str(other.root))
        patched.setenv("GIT_AUTHOR_NAME", "Somebody else")
        record(Workspace.open(workspace.root), a_revision())
        third = a_workspace(tmp_path / "third")
    assert tip(other) == before
    for one in (workspace, other, third):
        is_whole(one)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bit")
def test_an_executable_file_stays_executable(workspace: Workspace) -> None:
    a_person_edits(workspace, "tool.sh", b"1\n")
    (workspace.root / "tool.sh").chmod(0o755)
    plain_commit(workspace)
    record(workspace, a_revision({"tool.sh": b"2\n"}))
    is_whole(workspace)
