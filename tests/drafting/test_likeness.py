"""The recorded paper that a text reads most like: of every revision, read once, and no more than is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ledger.scenario import CONTRACT, TWIN, a_person_edits, a_revision, a_workspace, plain_commit

from gen.drafting import likeness
from gen.drafting.likeness import Recorded, contents, likenesses, recorded_papers
from gen.ledger import Lock, LockEntry, Workspace, history, read_blobs, record

ID = "contracts/migration@main"
LINES = [f"第{n}条　{'あ' * n}\n" for n in range(1, 9)]


def text(*changed: int) -> bytes:
    return "".join(f"{n}改\n" if n in changed else line for n, line in enumerate(LINES)).encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    entry = LockEntry("contracts/migration", "", "", "", "", 1, date(2026, 4, 1), (CONTRACT, TWIN))
    files = {CONTRACT: b"1", TWIN: text(), "kian.lock": Lock().with_entries({ID: entry}).to_bytes()}
    return a_workspace(tmp_path / "city", files)


def brought(workspace: Workspace) -> list[Recorded]:
    return recorded_papers(Workspace.open(workspace.root), history(workspace))


def test_a_word_file_that_changed_alone_keeps_its_text_and_a_text_its_word_file(workspace: Workspace) -> None:
    record(workspace, a_revision({CONTRACT: b"2"}))
    a_person_edits(workspace, TWIN, text(1))
    a_person_edits(workspace, "memo.txt", text(2))
    plain_commit(workspace)
    found = brought(workspace)
    assert [one.info.number for one in found] == [1, 2, 3]
    assert {one.document for one in found} == {ID}
    data = read_blobs(workspace, [oid for one in found for oid in (one.word, one.text)])
    assert [(data[one.word], data[one.text]) for one in found] == [
        *((b"1", text()), (b"2", text()), (b"2", text(1))),
    ]


def test_the_share_is_that_of_the_lines_that_both_have(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n, changed in enumerate(((1, 2, 3, 4), (), (1, 2))):
        record(workspace, a_revision({CONTRACT: b"%d" % (n + 2), TWIN: text(*changed)}))
    read: list[str] = []
    monkeypatch.setattr(
        likeness, "read_blobs", lambda folder, oids: read.extend(oids) or read_blobs(folder, oids)
    )
    found = likenesses(workspace, brought(workspace), text(1).decode())
    assert [round(share, 3) for share, _ in found] == [0.8, 0.5, 0.8, 0.8]
    assert [one.info.number for _, one in found] == [1, 2, 3, 4]
    assert len(read) == len(set(read)) == 3, "the text of revisions 1 and 3 is one, and read once"


def test_no_more_is_unpacked_than_is_looked_at(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    oid = brought(workspace)[0].text
    asked: list[int] = []
    monkeypatch.setattr(
        likeness, "read_blobs", lambda _, oids: asked.append(len(oids)) or dict.fromkeys(oids, b"x")
    )
    assert next(contents(workspace, [oid] * 10_000)) == b"x"
    assert sum(asked) < 1_000
    assert len(list(contents(workspace, [oid] * 1_000))) == 1_000
