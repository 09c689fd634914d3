"""Reading back: the list of revisions, files as they stood, how the folder stands now."""

from __future__ import annotations

from pathlib import Path

import pytest
from dulwich.repo import Repo

from gen.errors import UserError
from gen.ledger import (
    DocumentNote,
    FileState,
    Lock,
    Standing,
    Workspace,
    head,
    history,
    list_files,
    read_file,
    read_files,
    record,
    resolve,
    status,
    trailers_for,
)
from gen.ledger.message import build

from .scenario import (
    CONTRACT,
    HANAKO,
    NEW,
    OLD,
    TWIN,
    WHEN,
    a_person_edits,
    a_revision,
    a_workspace,
    git,
    plain_commit,
    tip,
)
from .test_lock import ENTRY

NOTE = DocumentNote("contracts/migration@main", "contracts/migration", "sha256:f", "2")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path / "city")


def test_the_history_tells_every_revision_newest_first(workspace: Workspace) -> None:
    record(workspace, a_revision(trailers=trailers_for([NOTE]), reason="増額\n\n議会の議決による"))
    theirs = plain_commit(workspace, "手で直した")
    third, second, first = history(workspace)
    assert [r.number for r in (first, second, third)] == [1, 2, 3]
    assert (second.subject, second.reason) == ("契約書を作成", "増額\n\n議会の議決による")
    assert (second.author, second.email, second.when) == (HANAKO.name, HANAKO.email, WHEN)
    assert second.when.isoformat() == WHEN.isoformat()
    assert (second.documents, second.notes, second.by_kian) == ((NOTE.document,), (NOTE,), True)
    assert second.values("Kian-Version") == ("2",)
    assert (third.commit, third.parents, third.by_kian) == (theirs, (second.commit,), False)
    assert (third.author, third.subject, third.reason) == ("Person", "手で直した", "")
    assert head(workspace) == theirs


def test_the_history_of_one_document_keeps_the_numbers(workspace: Workspace) -> None:
    for n in range(3):
        record(workspace, a_revision({TWIN: b"%d" % n}, trailers=trailers_for([NOTE])))
        record(workspace, a_revision({CONTRACT: b"%d" % n}))
    assert [r.number for r in history(workspace, NOTE.document)] == [6, 4, 2]
    assert [r.number for r in history(workspace, NOTE.document, limit=2)] == [6, 4]
    assert [r.number for r in history(workspace, limit=1)] == [7]
    assert history(workspace, "no/such") == ()


def test_the_history_is_the_same_whatever_the_settings(workspace: Workspace) -> None:
    record(workspace, a_revision())
    plain = history(workspace)
    (workspace.root / ".mailmap").write_text("Somebody <x@example.com> <hanako@aobadai.example>\n")
    for name, value in {
        "i18n.logOutputEncoding": "cp932",
        "log.date": "relative",
        "log.decorate": "full",
        "log.mailmap": "true",
        "format.pretty": "oneline",
        "color.ui": "always",
        "log.showSignature": "true",
        "core.quotePath": "true",
        "log.showRoot": "true",
    }.items():
        git(workspace.root, "config", name, value)
    assert history(workspace) == plain


def test_a_damaged_date_does_not_hide_the_history(workspace: Workspace) -> None:
    tree = git(workspace.root, "rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nauthor A <a> 99999999999999999999 +9999\ncommitter A <a> 1 +0000\n\nx\n"
    (workspace.root / "raw").write_text(raw)
    commit = git(workspace.root, "hash-object", "-t", "commit", "-w", "--literally", "raw")
    git(workspace.root, "update-ref", "HEAD", commit)
    assert [r.subject for r in history(workspace)] == ["x"]


def test_files_are_read_as_they_stood(workspace: Workspace) -> None:
    before = tip(workspace)
    record(workspace, a_revision())
    asked = (CONTRACT, "no such", TWIN, "documents", "a\nb", "documents/plans/backup.txt")
    assert read_files(workspace, before, asked) == {
        **dict.fromkeys(asked),
        CONTRACT: OLD[CONTRACT],
        TWIN: OLD[TWIN],
    }
    assert read_file(workspace, "HEAD", CONTRACT) == NEW[CONTRACT]
    assert read_file(workspace, "HEAD~1", CONTRACT) == OLD[CONTRACT]
    assert read_files(workspace, "HEAD", ()) == {}
    assert list_files(workspace, "HEAD", "documents/plans") == ("documents/plans/backup.txt",)
    assert CONTRACT in list_files(workspace, before)
    assert "documents/plans/backup.txt" not in list_files(workspace, before)


@pytest.mark.parametrize(
    "name", ["", "no-such", "--all", "-h", "HEAD^{tree}\nHEAD", "HEAD:profile.yaml", "a b", "f" * 39]
)
def test_a_revision_that_is_not_there_is_said_so(workspace: Workspace, name: str) -> None:
    with pytest.raises(UserError, match="版はありません") as caught:
        resolve(workspace, name)
    assert caught.value.hint


def test_how_the_files_of_the_lock_stand(workspace: Workspace) -> None:
    names = [f"documents/{name}.txt" for name in ("same", "edited", "gone", "never", "folder")]
    from dataclasses import replace

    lock = Lock({"plans/p": replace(ENTRY, files=tuple(names))}).to_bytes()
    record(workspace, a_revision({**dict.fromkeys(names, b"x\n"), names[3]: None, "kian.lock": lock}))
    a_person_edits(workspace, names[1], b"x\r\n")
    for name in (names[2], names[4]):
        (workspace.root / name).unlink()
    (workspace.root / names[4]).mkdir()
    a_person_edits(workspace, names[3], b"x\n")
    standings = [Standing.UNCHANGED, Standing.EDITED, Standing.MISSING, Standing.UNRECORDED, Standing.EDITED]
    assert status(workspace) == tuple(
        FileState("plans/p", name, standing) for name, standing in zip(names, standings, strict=True)
    )


def test_another_implementation_of_git_reads_the_same(workspace: Workspace) -> None:
    trailers = (*trailers_for([NOTE]), ("Kian-Parent", tip(workspace)))
    record(workspace, a_revision(trailers=trailers_for([NOTE])))
    with Repo(str(workspace.root)) as repo:
        commit = repo[repo.head()]
        assert commit.id.decode() == tip(workspace)
        assert commit.message.decode() == build("契約書を作成", "金額の変更", trailers)
        assert commit.author == commit.committer == f"{HANAKO.name} <{HANAKO.email}>".encode()
        assert (commit.author_time, commit.author_timezone) == (int(WHEN.timestamp()), 9 * 3600)
        index = repo.open_index()
        assert not list(index.changes_from_tree(repo.object_store, commit.tree))
        for path, content in NEW.items():
            assert repo[index[path.encode()].sha].data == content
