"""Other people's git: shared branches, settings, layouts and states that Kian did not make."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from drafting.scenario import HANAKO, OPS, Ran, facts_change, run
from drafting.scenario import a_workspace as a_city

from gen.errors import ExitCode, MissingTool, Refused, UserError
from gen.ledger import Workspace, history, read_file, record, remarks, status

from .scenario import (
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
    tip,
)

DAY = ("--date", "R8.4.1")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "city")


def shared(workspace: Workspace) -> str:
    """A bare repository beside the workspace, through which it is shared."""
    bare = workspace.root.with_name("shared.git")
    git(workspace.root.parent, "init", "-q", "--bare", "-b", "main", str(bare))
    git(workspace.root, "remote", "add", "origin", bare.as_uri())
    git(workspace.root, "push", "-q", "-u", "origin", "main")
    return bare.as_uri()


def cloned(workspace: Workspace, name: str, *options: str) -> Workspace:
    folder = workspace.root.with_name(name)
    git(workspace.root.parent, "clone", "-q", *options, shared(workspace), str(folder))
    return Workspace.open(folder)


def works(workspace: Workspace) -> None:
    """A revision is recorded, wholly, and read back."""
    before = len(history(workspace))
    assert record(workspace, a_revision()) is not None
    assert len(history(workspace)) == before + 1
    assert on_disk(workspace, NEW) == NEW
    assert read_file(workspace, "HEAD", TWIN) == NEW[TWIN]
    is_whole(workspace)


# -- several persons ------------------------------------------------------------------------


def test_two_persons_who_share_are_told_the_way_on(workspace: Workspace) -> None:
    other = cloned(workspace, "other")
    assert remarks(workspace) == remarks(other) == ()
    record(workspace, a_revision())
    assert "まだ共有していない改訂が1件" in remarks(workspace)[0]
    git(workspace.root, "push", "-q")
    assert remarks(workspace) == ()
    git(other.root, "fetch", "-q")
    assert "まだ取り込んでいない改訂が1件" in remarks(other)[0]
    record(other, a_revision({TWIN: b"theirs"}))
    with pytest.raises(AssertionError, match="rejected"):
        git(other.root, "push")
    (sentence,) = remarks(other)
    assert "こちらだけの改訂1件、共有の側だけの改訂1件" in sentence
    assert "git pull" in sentence


def said(done: Ran) -> Ran:
    assert done.code == 0, done.err
    return done


def test_two_persons_who_changed_the_same_fact_and_the_same_paper(tmp_path: Path) -> None:
    """The way that docs/ja/history.md tells, step by step; nothing of either is lost."""
    hanako = Workspace.open(a_city(tmp_path / "hanako"))
    said(run("generate", OPS, *DAY, folder=hanako.root))
    taro = cloned(hanako, "taro")
    for one, name in ((hanako, "青葉　次郎"), (taro, "青葉　三郎")):
        facts_change(one.root, city__head__name=name, contracts__ops__title=f"業務委託{name[-2:]}")
        said(run("generate", OPS, *DAY, folder=one.root))
    git(hanako.root, "push", "-q")
    with pytest.raises(AssertionError, match="rejected"):
        git(taro.root, "push")
    git(taro.root, "pull", "--no-rebase", check=False)

    stopped = run("generate", OPS, *DAY, folder=taro.root)
    assert stopped.code == ExitCode.FINDINGS
    assert "誤り[yaml-conflict]" in stopped.err
    assert "profile.yaml:" in stopped.err
    facts_change(taro.root, city__head__name="青葉　三郎", contracts__ops__title="業務委託")
    stopped = run("generate", OPS, *DAY, folder=taro.root)
    assert stopped.code in (ExitCode.FINDINGS, ExitCode.REFUSED)
    assert "統合" in stopped.err

    git(taro.root, "checkout", "MERGE_HEAD", "--", "kian.lock", "documents", ".kian")
    git(taro.root, "add", "-A")
    git(taro.root, "commit", "-q", "--no-edit")
    done = said(run("generate", OPS, *DAY, folder=taro.root))
    assert "[変更]" in done.out
    assert "git push" in done.err
    git(taro.root, "push", "-q")
    rows = said(run("history", "--format", "json", folder=taro.root)).json
    told = "".join(change for row in rows for change in row["changes"])
    assert all(name in told for name in ("青葉　次郎", "青葉　三郎"))
    is_whole(taro)


@pytest.mark.parametrize(
    ("begin", "words"),
    [
        (("merge", "theirs"), "git merge の途中です"),
        (("rebase", "theirs"), "git rebase の途中です"),
        (("cherry-pick", "theirs"), "git cherry-pick の途中です"),
    ],
)
def test_what_a_person_is_in_the_middle_of_is_not_recorded_into(
    workspace: Workspace, begin: tuple[str, ...], words: str
) -> None:
    git(workspace.root, "switch", "-q", "-c", "theirs")
    a_person_edits(workspace, "memo.txt", b"theirs\n")
    plain_commit(workspace)
    git(workspace.root, "switch", "-q", "main")
    a_person_edits(workspace, "memo.txt", b"ours\n")
    plain_commit(workspace)
    git(workspace.root, *begin, check=False)
    before = tip(workspace)
    with pytest.raises(Refused, match=words) as caught:
        record(workspace, a_revision())
    assert "--abort" in caught.value.hint
    assert (tip(workspace), on_disk(workspace, OLD)) == (before, OLD)
    assert b"<<<<<<<" in (workspace.root / "memo.txt").read_bytes()


# -- how a repository came here -----------------------------------------------------------


def test_a_shallow_clone(workspace: Workspace) -> None:
    record(workspace, a_revision({TWIN: b"second"}))
    clone = cloned(workspace, "shallow", "--depth", "1")
    assert len(history(clone)) == 1
    works(clone)
    git(clone.root, "push", "-q")


def test_a_partial_clone_fetches_nothing_by_itself(workspace: Workspace) -> None:
    """What is not here is said to be not here; a sent workspace must not reach into the network."""
    record(workspace, a_revision({TWIN: b"second"}))
    bare = shared(workspace)
    git(workspace.root.with_name("shared.git"), "config", "uploadpack.allowFilter", "true")
    folder = workspace.root.with_name("partial")
    git(workspace.root.parent, "clone", "-q", "--filter=blob:none", bare, str(folder))
    clone = Workspace.open(folder)
    assert read_file(clone, "HEAD", TWIN) == b"second"
    with pytest.raises(UserError) as caught:
        read_file(clone, "HEAD~1", TWIN)
    command = "git fetch --refetch --no-filter"
    assert command in caught.value.hint
    works(clone)
    git(clone.root, *command.split()[1:])
    assert read_file(clone, "HEAD~2", TWIN) == OLD[TWIN]


def test_a_sparse_checkout(workspace: Workspace) -> None:
    plain = cloned(workspace, "sparse")
    git(plain.root, "sparse-checkout", "set", "--cone", "documents/plans")
    assert not (plain.root / TWIN).exists()
    assert record(plain, a_revision()) is not None
    assert on_disk(plain, NEW) == NEW
    assert read_file(plain, "HEAD", "profile.yaml") == b"city: aobadai\n"
    git(plain.root, "fsck", "--strict")
    plain_commit(plain)
    assert read_file(plain, "HEAD", TWIN) == NEW[TWIN]


def test_a_workspace_that_is_a_submodule(workspace: Workspace, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    git(tmp_path, "init", "-q", "-b", "main", str(outer))
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", shared(workspace), "city")
    inner = Workspace.open(outer / "city")
    works(inner)
    assert git(outer, "status", "--porcelain").splitlines()[-1].endswith("city")
    git(inner.root, "checkout", "-q", "--detach")
    with pytest.raises(Refused, match="detached HEAD"):
        record(inner, a_revision({TWIN: b"x"}))


def test_a_workspace_that_holds_a_submodule(workspace: Workspace, tmp_path: Path) -> None:
    library = a_workspace(tmp_path / "library")
    git(
        workspace.root,
        *("-c", "protocol.file.allow=always", "submodule", "add", "-q", library.root.as_uri(), "library"),
    )
    git(workspace.root, "commit", "-qm", "submodule")
    works(workspace)
    assert "160000 commit" in git(workspace.root, "ls-tree", "HEAD", "library")
    with pytest.raises(Refused, match="同じ名前のフォルダ"):
        record(workspace, a_revision({"library/x.txt": b"x"}))


def test_the_sha256_object_format(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256", "-b", "main", "city")
    workspace = a_workspace(tmp_path / "city")
    assert len(tip(workspace)) == 64
    works(workspace)


def test_references_in_a_table_work_or_are_told(tmp_path: Path) -> None:
    """`git init --ref-format=reftable`, for a git that knows it, and for one that does not."""
    made = subprocess.run(
        ["git", "init", "-q", "-b", "main", "--ref-format=reftable", "city"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode == 0:
        works(a_workspace(tmp_path / "city"))
        return
    assert "unknown option" in made.stderr
    workspace = a_workspace(tmp_path / "city")
    git(workspace.root, "config", "core.repositoryFormatVersion", "1")
    git(workspace.root, "config", "extensions.refStorage", "reftable")
    with pytest.raises(MissingTool, match="新しい形式") as caught:
        Workspace.open(workspace.root)
    assert "新しくして" in caught.value.hint


def test_ten_thousand_files_of_others(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many git processes as for three files, and none that walks the folder."""
    from gen.ledger import _process

    def commands(of: Workspace, content: bytes) -> list[str]:
        seen: list[str] = []
        real = _process.command

        def noted(args: tuple[str, ...]) -> list[str]:
            seen.append(args[0])
            return real(args)

        with monkeypatch.context() as patched:
            patched.setattr("gen.ledger._process.command", noted)
            record(of, a_revision({TWIN: content}))
        return seen

    few = commands(workspace, b"few")
    stream = "".join(f"M 100644 inline data/{n:05}.txt\ndata 2\n{n % 10}\n" for n in range(10_000))
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=workspace.root, check=True, text=True,
        input=f"commit refs/heads/main\ncommitter P <p@e> 0 +0000\ndata 1\nx\nfrom refs/heads/main^0\n{stream}",
    )  # fmt: skip
    git(workspace.root, "reset", "-q", "--hard")
    for number in range(1_000):
        a_person_edits(workspace, f"loose/{number}.txt", b"")
    assert commands(workspace, b"many") == few
    assert not {"status", "add", "diff", "diff-index", "diff-files"} & set(few)
    assert len(git(workspace.root, "ls-files").splitlines()) > 10_000
    assert git(workspace.root, "status", "--porcelain") == "?? loose/"


# -- settings ---------------------------------------------------------------------------------


def test_line_ends_that_git_was_told_to_change(workspace: Workspace) -> None:
    clone = cloned(workspace, "windows", "-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    assert on_disk(clone, OLD) == OLD
    works(clone)
    git(clone.root, "rm", "-rq", "--cached", ".")
    git(clone.root, "reset", "-q", "--hard")
    assert on_disk(clone, NEW) == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="the hooks are shell scripts")
def test_hooks_that_fail_are_not_run(workspace: Workspace) -> None:
    """Neither those of the workspace nor those that the person's own settings name."""
    for hook in ("pre-commit", "commit-msg", "reference-transaction", "post-index-change", "post-commit"):
        path = workspace.repository.git_dir / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text("#!/bin/sh\nexit 1\n")
        path.chmod(0o755)
    git(workspace.root, "config", "core.hooksPath", str(workspace.repository.git_dir / "hooks"))
    assert record(workspace, a_revision()) is not None
    git(workspace.root, "config", "core.hooksPath", "/dev/null")
    is_whole(workspace)


def test_signing_with_a_key_that_is_missing(workspace: Workspace) -> None:
    git(workspace.root, "config", "commit.gpgSign", "true")
    git(workspace.root, "config", "user.signingKey", "DEADBEEF")
    works(workspace)
    (sentence,) = remarks(workspace)
    assert "commit.gpgSign" in sentence
    git(workspace.root, "config", "commit.gpgSign", "false")
    assert remarks(workspace) == ()


def test_signing_with_a_key_that_works_is_the_persons_own_step(workspace: Workspace, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    for name, value in {
        "gpg.format": "ssh",
        "user.signingKey": f"{key}.pub",
        "commit.gpgSign": "true",
    }.items():
        git(workspace.root, "config", name, value)
    works(workspace)
    assert "gpgsig" not in git(workspace.root, "cat-file", "commit", "HEAD")
    assert "git commit --amend --no-edit -S" in remarks(workspace)[0]
    newest = history(workspace)[0]
    git(workspace.root, "commit", "-q", "--amend", "--no-edit", "-S")
    assert "gpgsig" in git(workspace.root, "cat-file", "commit", "HEAD")
    signed = history(workspace)[0]
    assert (signed.subject, signed.reason, signed.notes) == (newest.subject, newest.reason, newest.notes)
    record(workspace, a_revision({TWIN: b"next"}))
    is_whole(workspace)


def test_names_that_differ_by_case_only(workspace: Workspace) -> None:
    git(workspace.root, "config", "core.ignoreCase", "true")
    with pytest.raises(UserError, match="大文字と小文字だけが違います"):
        record(workspace, a_revision({TWIN.replace("migration", "Migration"): b"x"}))
    works(workspace)


def test_names_whose_marks_stand_apart(workspace: Workspace) -> None:
    """A Mac writes か゛ as two signs: a person's file of that kind stays, ours is refused."""
    apart = unicodedata.normalize("NFD", "別紙がある.txt")
    git(workspace.root, "config", "core.precomposeUnicode", "true")
    a_person_edits(workspace, apart, b"x")
    plain_commit(workspace)
    works(workspace)
    assert (workspace.root / apart).read_bytes() == b"x"
    with pytest.raises(UserError, match="NFCでない文字"):
        record(workspace, a_revision({apart: b"y"}))


@pytest.mark.parametrize(("length", "fits"), [(180, True), (181, False)])
def test_a_path_that_windows_would_not_take_under_a_usual_root(
    workspace: Workspace, length: int, fits: bool
) -> None:
    path = "documents/" + "契" * 40 + "/" + "約" * 60 + "/"
    path += "x" * (length - len(path))
    if fits:
        assert record(workspace, a_revision({path: b"x"})) is not None
        return
    with pytest.raises(UserError, match="長すぎます") as caught:
        record(workspace, a_revision({path: b"x"}))
    assert "259文字" in caught.value.message


def test_an_owner_whom_git_does_not_trust(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in HANAKO.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    done = run("history", folder=workspace.root)
    assert done.code == ExitCode.FINDINGS
    assert "持ち主が別の人" in done.err
    assert f'git config --global --add safe.directory "{workspace.root.as_posix()}"' in done.err


# -- files under other programs --------------------------------------------------------------


def test_a_file_that_was_moved_away_in_between(workspace: Workspace) -> None:
    """Another program renames the waiting file, or takes the old one."""

    def steps(step: str) -> None:
        if step == "moved":
            (workspace.root / TWIN).rename(workspace.root / "elsewhere.txt")

    record(workspace, a_revision(), steps=steps)
    assert on_disk(workspace, NEW) == NEW
    assert (workspace.root / "elsewhere.txt").read_bytes() == OLD[TWIN]


def test_a_waiting_file_that_was_taken_away(workspace: Workspace) -> None:
    """As a virus scanner does with a file that it distrusts; the next command has it from git."""

    def steps(step: str) -> None:
        if step == "moved":
            next((workspace.root / "documents" / "contracts").glob(".kian-tmp-*1")).unlink()

    with pytest.raises(Refused, match="履歴には記録しました"):
        record(workspace, a_revision(), steps=steps)
    record(workspace, a_revision())
    assert on_disk(workspace, NEW) == NEW
    is_whole(workspace)


def test_a_file_that_word_holds_is_named_so(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace.root / "documents" / "contracts" / "~$gration@main.docx").touch()
    monkeypatch.setattr("gen.ledger._files.close_to_writing", lambda path: path.suffix == ".docx")
    with pytest.raises(Refused, match=r"migration@main\.docx（Wordで開いています）") as caught:
        record(workspace, a_revision())
    assert caught.value.place is not None
    assert caught.value.place.file.endswith(".docx")
    assert status(workspace) == ()
