"""Finding, opening and making a workspace; who records; a workspace that means harm."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gen.errors import ExitCode, MissingTool, Refused, UserError
from gen.ledger import (
    Lock,
    Workspace,
    gitattributes,
    gitignore,
    head,
    history,
    identity,
    read_file,
    record,
    remarks,
    status,
    writing,
)

from .scenario import (
    CONTRACT,
    HANAKO,
    NEW,
    OLD,
    a_person_edits,
    a_revision,
    a_workspace,
    git,
    is_whole,
    on_disk,
    plain_commit,
)


def test_a_new_workspace_is_one_revision_on_main(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "a" / "b")
    assert git(workspace.root, "branch", "--show-current") == "main"
    (first,) = history(workspace)
    assert (first.subject, first.reason, first.by_kian) == ("作業場所を作成", "運用開始", True)
    assert read_file(workspace, "HEAD", ".gitattributes") == gitattributes()
    assert read_file(workspace, "HEAD", ".gitignore") == gitignore()
    assert workspace.lock == Lock()
    is_whole(workspace)


def test_git_keeps_bytes_and_personal_data_out(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    for name in ("private.yaml", ".kian-tmp-000001", "documents/~$x.docx"):
        a_person_edits(workspace, name, b"090-0000-0000\n")
    git(workspace.root, "config", "core.autocrlf", "true")
    a_person_edits(workspace, "memo.txt", b"a\r\nb\n")
    plain_commit(workspace)
    assert read_file(workspace, "HEAD", "memo.txt") == b"a\r\nb\n"
    assert read_file(workspace, "HEAD", "private.yaml") is None
    assert read_file(workspace, "HEAD", ".kian-tmp-000001") is None
    assert status(workspace) == ()
    git(workspace.root, "checkout", "-q", "HEAD~1")
    git(workspace.root, "checkout", "-q", "main")
    assert on_disk(workspace, OLD) == OLD


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "仕様書.docx").touch()
    with pytest.raises(Refused, match=r"仕様書\.docx"):
        a_workspace(tmp_path)
    assert not (tmp_path / ".git").exists()
    with pytest.raises(Refused, match="空では"):
        a_workspace(a_workspace(tmp_path / "done").root)


def test_a_path_that_may_not_be_recorded_makes_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        a_workspace(tmp_path / "city", {"../x": b""})
    assert not (tmp_path / "city").exists()


def test_it_is_found_from_inside(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    assert Workspace.find(tmp_path / "documents" / "contracts") == workspace == Workspace.open(tmp_path)
    (tmp_path / "kian.lock").unlink()
    (tmp_path / "profile.yaml").unlink()
    (tmp_path / "profile").mkdir()
    assert Workspace.find(tmp_path / "documents") == workspace


def test_where_there_is_none_it_says_what_to_do(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    inner = tmp_path / "inner"
    inner.mkdir()
    for attempt in (Workspace.find, Workspace.open):
        with pytest.raises(UserError) as caught:
            attempt(inner)
        assert "kian init" in caught.value.hint
    (inner / "profile.yaml").touch()
    with pytest.raises(UserError, match="一番上"):
        Workspace.find(inner)
    with pytest.raises(UserError, match="フォルダがありません"):
        Workspace.open(tmp_path / "none")
    (inner / ".git").write_text("gitdir: /nowhere\n")
    with pytest.raises(UserError, match="開けません"):
        Workspace.open(inner)


@pytest.fixture
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = tmp_path / "gitconfig"
    settings.touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return settings


def test_who_records_comes_from_the_settings(tmp_path: Path, no_settings: Path) -> None:
    with pytest.raises(UserError, match="名前とメールアドレス") as caught:
        identity(tmp_path)
    assert "git config --global user.name" in caught.value.hint
    assert "git config --global user.email" in caught.value.hint
    no_settings.write_text("[user]\n\tname = 青葉 花子\n\temail = hanako@aobadai.example\n", encoding="utf-8")
    assert identity(tmp_path / "not" / "yet") == HANAKO
    workspace = a_workspace(tmp_path / "city")
    assert not remarks(workspace)
    git(workspace.root, "config", "user.email", "sender@example.com")
    git(workspace.root, "config", "extensions.worktreeConfig", "true")
    git(workspace.root, "config", "--worktree", "user.name", "送った人")
    assert identity(workspace.root) == HANAKO
    (said,) = remarks(workspace)
    assert "送った人 <sender@example.com>" in said
    no_settings.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="名前とメールアドレス"):
        identity(workspace.root)


def test_nothing_of_the_settings_is_needed_to_record(tmp_path: Path, no_settings: Path) -> None:
    workspace = a_workspace(tmp_path / "city")
    record(workspace, a_revision())
    is_whole(workspace)


def test_without_git_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gen.ledger import _process

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("GIT_PYTHON_GIT_EXECUTABLE", raising=False)
    _process._git_class.cache_clear()
    (tmp_path / ".git").mkdir()
    for attempt in (Workspace.open, identity, a_workspace):
        with pytest.raises(MissingTool, match="git") as caught:
            attempt(tmp_path / "new" if attempt is a_workspace else tmp_path)
        assert caught.value.exit_code is ExitCode.MISSING
        assert caught.value.hint


def test_the_folder_of_somebody_else_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = a_workspace(tmp_path / "city")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UserError, match="持ち主") as caught:
        Workspace.open(workspace.root)
    assert "safe.directory" in caught.value.hint


def test_a_full_disk_is_told_and_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from gen.ledger import _files

    workspace = a_workspace(tmp_path)
    real = _files.create_exclusive

    def full(path: Path, *rest: object) -> None:
        if path.name == ".kian-tmp-000001":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("gen.ledger._files.create_exclusive", full)
        with pytest.raises(UserError, match="空きがありません"):
            record(workspace, a_revision())
    assert on_disk(workspace, OLD) == OLD
    is_whole(workspace)


def test_importing_the_ledger_does_not_import_gitpython() -> None:
    code = "import sys, gen.ledger; sys.exit('git' in sys.modules)"
    folder = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=folder, check=False).returncode == 0


HOOKS = (
    *(
        "applypatch-msg",
        "commit-msg",
        "fsmonitor-watchman",
        "post-applypatch",
        "post-checkout",
        "post-commit",
    ),
    *(
        "post-index-change",
        "post-rewrite",
        "pre-applypatch",
        "pre-auto-gc",
        "pre-commit",
        "prepare-commit-msg",
    ),
    "reference-transaction",
)


@pytest.mark.skipif(sys.platform == "win32", reason="the traps are shell scripts")
def test_a_hostile_workspace_runs_nothing(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "city")
    pwned = tmp_path / "pwned"
    trap = tmp_path / "city" / ".git" / "trap"
    trap.write_text(f"#!/bin/sh\necho $0 $* >> '{pwned}'\ncat\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    git_dir = workspace.repository.git_dir
    for folder in (git_dir / "hooks",):
        folder.mkdir(parents=True, exist_ok=True)
        for hook in HOOKS:
            (folder / hook).symlink_to(trap)
    a_person_edits(workspace, "setup.txt", b"x")
    git(workspace.root, "-c", "core.hooksPath=/dev/null", "add", "-A")
    attributes = "* filter=evil diff=evil merge=evil text eol=crlf ident working-tree-encoding=UTF-16\n"
    (git_dir / "info").mkdir(exist_ok=True)
    (git_dir / "info" / "attributes").write_text(attributes)
    with (git_dir / "config").open("a") as config:
        config.write(
            f"""
[core]
	fsmonitor = {trap}
	hooksPath = {git_dir / "hooks"}
	pager = {trap}
	editor = {trap}
	sshCommand = {trap}
	askPass = {trap}
	alternateRefsCommand = {trap}
	worktree = {tmp_path}
	autocrlf = true
	splitIndex = true
	repositoryFormatVersion = 1
[extensions]
	partialClone = origin
[remote "origin"]
	url = ext::{trap}
	uploadpack = {trap}
	promisor = true
[filter "evil"]
	clean = {trap}
	smudge = {trap}
	process = {trap}
	required = true
[diff]
	external = {trap}
[diff "evil"]
	textconv = {trap}
	command = {trap}
[gpg]
	program = {trap}
[commit]
	gpgSign = true
[log]
	showSignature = true
[gc]
	auto = 1
	recentObjectsHook = {trap}
[trailer "Kian-Reason"]
	command = {trap}
[alias]
	log = !{trap}
[pager]
	log = {trap}
"""
        )
    workspace = Workspace.open(workspace.root)
    record(workspace, a_revision())
    missing = "1" * 40
    assert read_file(workspace, "HEAD", CONTRACT) == NEW[CONTRACT]
    assert read_file(workspace, missing, CONTRACT) is None
    assert len(history(workspace)) == 2
    assert head(workspace)
    status(workspace)
    with writing(workspace):
        pass
    identity_or_none(workspace)
    assert not pwned.exists(), pwned.read_text()
    assert on_disk(workspace, NEW) == NEW


def identity_or_none(workspace: Workspace) -> None:
    try:
        identity(workspace.root)
    except UserError:
        return


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_in_the_place_of_our_own_folder_is_refused(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "city")
    own = workspace.repository.git_dir / "kian"
    shutil.rmtree(own)
    own.symlink_to(tmp_path)
    with pytest.raises(Refused, match="リンク"):
        record(workspace, a_revision())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_reading_follows_no_link(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "city")
    (workspace.root / "kian.lock").unlink()
    (workspace.root / "kian.lock").symlink_to("/etc/hostname")
    with pytest.raises(Refused, match="リンク"):
        _ = workspace.lock
