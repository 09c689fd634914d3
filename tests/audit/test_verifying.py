"""Each thing that can be altered is named with its place; nothing honest is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from drafting.scenario import OPS, git, run

from gen.ledger import DocumentNote, Identity, Life, Revision, Workspace, record, trailers_for

from .scenario import (
    DAY,
    TWIN,
    WORD,
    a_city,
    a_life,
    altered,
    approve,
    commits,
    facts,
    ok,
    types,
    verified,
)

TAG = "kian/contracts/operation-support@ops/v3-approved"


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_life(tmp_path_factory.mktemp("life") / "aobadai")


@pytest.fixture
def city(life: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(life, tmp_path / "copy", symlinks=True))


def plain(city: Path, message: str = "修正") -> None:
    """What somebody does with git alone, and without a word of Kian's."""
    git(city, "add", "-A")
    git(city, "commit", "-q", "-m", message)


def rewritten(city: Path, number: int, change: Callable[[Path], None], message: str | None = None) -> None:
    """A commit in the middle made anew with a change, all later ones on top of it, messages kept."""
    all_of_them = commits(city)
    git(city, "checkout", "-q", all_of_them[number - 1])
    change(city)
    git(city, "add", "-A")
    words = ("-m", message) if message is not None else ("--no-edit",)
    git(city, "commit", "-q", "--amend", "--allow-empty", *words)
    for commit in all_of_them[number:]:
        git(city, "cherry-pick", "--allow-empty", "-X", "theirs", commit)
    git(city, "branch", "-f", "main", "HEAD")
    git(city, "checkout", "-q", "main")


def nothing(_: Path) -> None:
    """A commit whose message alone changes."""


# -- honest ------------------------------------------------------------------------------------


def test_a_whole_life_is_reproduced_or_edited_and_never_altered(city: Path) -> None:
    told = verified(city, "--all")
    results = [row["result"] for row in told["revisions"] if row["document"] == OPS]
    assert told["ok"] and results == [
        "reproduced",
        "reproduced",
        "edited",
        "reproduced",
        "edited",
        "edited",
        "edited",
    ]
    assert {row["commit"] for row in told["revisions"]} <= set(commits(city))


def test_without_all_each_document_is_made_again_once(city: Path) -> None:
    rows = verified(city)["revisions"]
    assert [(row["revision"], row["document"]) for row in rows] == [(8, OPS)]


def test_one_revision_by_its_number(city: Path) -> None:
    rows = verified(city, "3")["revisions"]
    assert [(row["revision"], row["result"]) for row in rows] == [(3, "reproduced")]
    assert run("verify", "99", folder=city).code == 1


def test_a_clone_verifies_by_itself(city: Path, tmp_path: Path) -> None:
    git(city, "clone", "-q", str(city), str(tmp_path / "clone"))
    assert verified(tmp_path / "clone", "--all")["ok"]


def test_a_persons_own_commit_of_facts_is_told_and_no_alteration(city: Path) -> None:
    facts(city, title="別の業務委託")
    plain(city, "事実の更新")
    rows = verified(city)["revisions"]
    assert [row["detail"] for row in rows if row["result"] == "edited" and not row["document"]]
    assert altered(city) == []


def test_a_commit_that_was_signed_afterwards_is_no_alteration(city: Path) -> None:
    head = git(city, "cat-file", "commit", "HEAD")
    before, _, message = head.partition("\n\n")
    (city / ".git" / "signed").write_text(f"{before}\ngpgsig -----X-----\n \n\n{message}\n", encoding="utf-8")
    new = git(city, "hash-object", "-t", "commit", "-w", "--literally", ".git/signed")
    git(city, "update-ref", "refs/heads/main", new)
    (city / ".git" / "signed").unlink()
    git(city, "tag", "-d", TAG.replace("approved", "concluded"))
    assert [place for _, _, place in altered(city)] == [f"tag {TAG.replace('approved', 'concluded')}"]


def test_an_edit_that_nobody_recorded_yet_is_told_and_no_alteration(tmp_path: Path) -> None:
    city = a_city(tmp_path / "aobadai")
    types(city / WORD, "誠実に履行", "確実に履行")
    rows = verified(city)["revisions"]
    assert rows[-1]["result"] == "edited" and "記録していない" in rows[-1]["detail"]


def test_another_version_is_told_and_no_alteration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = a_city(tmp_path / "aobadai")
    monkeypatch.setattr("gen.audit.remaking.engine", lambda: "kian 9.9.9; docxtpl 1; jinja2 4; markdown 5")
    monkeypatch.setattr("gen.word.document.Document.fingerprint", lambda *_: "0" * 64)
    rows = verified(city)["revisions"]
    assert [row["result"] for row in rows] == ["other-version"]


# -- altered in the folder -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [WORD, TWIN, "kian.lock", ".kian/inputs/law/values.yaml", f".kian/base/{WORD}"]
)
def test_a_byte_in_the_folder(city: Path, path: str) -> None:
    data = bytearray((city / path).read_bytes())
    data[len(data) // 2] ^= 1
    (city / path).write_bytes(data)
    assert path in [place for _, _, place in altered(city)]


def test_a_byte_of_a_draft_breaks_its_zip(tmp_path: Path) -> None:
    city = a_city(tmp_path / "aobadai")
    data = bytearray((city / WORD).read_bytes())
    data[len(data) // 2] ^= 1
    (city / WORD).write_bytes(data)
    assert (0, OPS, WORD) in altered(city)


def test_a_file_that_is_gone(city: Path) -> None:
    (city / WORD).unlink()
    assert altered(city) == [(0, OPS, WORD)]


# -- altered and committed -----------------------------------------------------------------------


@pytest.mark.parametrize("path", [WORD, TWIN, "kian.lock", f".kian/base/{WORD}"])
def test_a_file_that_somebody_committed_without_kian(city: Path, path: str) -> None:
    (city / path).write_bytes((city / path).read_bytes() + b" ")
    plain(city)
    assert (9, path) in [(number, place) for number, _, place in altered(city)]


def test_an_edit_in_the_newest_revision_itself(city: Path) -> None:
    types(city / WORD, "確実に履行", "誠実に履行")
    git(city, "add", "-A")
    git(city, "commit", "-q", "--amend", "--no-edit")
    found = altered(city)
    assert (8, OPS, WORD) in found
    assert any(place.startswith(".git/kian/heads:") for _, _, place in found)


def test_a_twin_that_differs_from_its_word_file(tmp_path: Path) -> None:
    """Somebody who knows the lock changes twin, lock and trailers alike: the Word file tells."""
    import hashlib

    city = a_city(tmp_path / "aobadai")
    lock = json.loads((city / "kian.lock").read_text(encoding="utf-8"))
    text = (city / TWIN).read_text(encoding="utf-8").replace("13,200,000", "93,200,000")
    (city / TWIN).write_text(text, encoding="utf-8")
    lock["documents"][OPS]["text"] = hashlib.sha256(text.encode()).hexdigest()
    (city / "kian.lock").write_text(
        json.dumps(lock, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
    git(city, "add", "-A")
    git(city, "commit", "-q", "--amend", "--no-edit")
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "93,200,000" in row)
    assert (2, OPS, f"{TWIN}:{line}") in altered(city)


def test_a_whole_paper_exchanged_with_all_its_digests(tmp_path: Path) -> None:
    """Paper, twin, lock and trailers agree with one another; the recorded facts make another paper."""
    city = a_city(tmp_path / "aobadai")
    other = a_city(tmp_path / "other")
    facts(other, title="別の業務委託")
    ok("generate", OPS, *DAY, folder=other)
    made = json.loads((other / "kian.lock").read_text(encoding="utf-8"))["documents"][OPS]
    facts(city, title="第三の業務委託")
    ok("generate", OPS, *DAY, "--reason", "件名", folder=city)
    lock = json.loads((city / "kian.lock").read_text(encoding="utf-8"))
    old = lock["documents"][OPS]
    message = git(city, "log", "-1", "--format=%B").replace(old["fingerprint"], made["fingerprint"])
    lock["documents"][OPS] = {**old, "fingerprint": made["fingerprint"], "text": made["text"]}
    (city / "kian.lock").write_text(
        json.dumps(lock, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
    for name in (WORD, TWIN):
        shutil.copy(other / name, city / name)
    git(city, "add", "-A")
    git(city, "commit", "-q", "--amend", "-m", message)
    shutil.rmtree(city / ".git" / "kian")
    shutil.rmtree(city / ".git" / "logs")
    found = altered(city)
    assert [(number, document) for number, document, _ in found] == [(3, OPS)]
    assert found[0][2].startswith(f"{TWIN}:")


# -- trailers, history ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("Kian-Fingerprint: ", "Kian-Fingerprint: 0", "trailer Kian-Fingerprint"),
        ("Kian-Version: 3", "Kian-Version: 2", "trailer Kian-Version"),
        ("Kian-Text: ", "Kian-Text: 0", "trailer Kian-Text"),
        ("Kian-Life: concluded", "Kian-Life: approved", "trailer Kian-Life"),
        ("Kian-Parent: ", "Kian-Parent: 0", "trailer Kian-Parent"),
        ("契第45号", "契第46号", "tag "),
        ("Kian-Reason: 契約の締結", "Kian-Reason: 別の理由", ".git/kian/heads"),
    ],
)
def test_a_trailer_of_the_newest_revision(city: Path, old: str, new: str, place: str) -> None:
    message = git(city, "log", "-1", "--format=%B")
    assert old in message
    git(city, "commit", "-q", "--amend", "-m", message.replace(old, new))
    assert any(found.startswith(place) for _, _, found in altered(city))


def test_a_message_in_the_middle_made_anew(city: Path) -> None:
    message = git(city, "log", "-1", "--format=%B", commits(city)[2]).replace("件名の変更", "別の理由")
    rewritten(city, 3, nothing, message)
    shutil.rmtree(city / ".git" / "kian")
    shutil.rmtree(city / ".git" / "logs")
    found = altered(city)
    assert (4, "", "trailer Kian-Parent") in found
    assert (0, "", "") not in found


def test_a_commit_that_was_put_in_between(city: Path) -> None:
    rewritten(city, 3, lambda folder: (folder / "memo.txt").write_text("x", encoding="utf-8") and None)
    assert (4, "", "trailer Kian-Parent") in altered(city)


def test_a_history_that_was_cut_off(city: Path) -> None:
    git(city, "reset", "-q", "--hard", "HEAD~2")
    found = altered(city)
    assert [place for _, _, place in found if place.startswith(".git/kian/heads:")] == [
        ".git/kian/heads:7",
        ".git/kian/heads:8",
    ]
    assert len([place for _, _, place in found if place.startswith("tag ")]) == 1


def test_a_trailer_that_was_taken_out(city: Path) -> None:
    message = git(city, "log", "-1", "--format=%B")
    lines = [line for line in message.splitlines() if not line.startswith("Kian-Parent")]
    git(city, "commit", "-q", "--amend", "-m", "\n".join(lines))
    assert (8, "", "trailer Kian-Parent") in altered(city)


# -- tags and the log ----------------------------------------------------------------------------


def test_a_tag_that_was_moved(city: Path) -> None:
    git(city, "tag", "-f", "-a", "-m", "moved", TAG, "HEAD~3")
    assert (6, OPS, f"tag {TAG}") in altered(city)


def test_a_tag_that_is_gone_or_no_annotated_one(city: Path) -> None:
    at = git(city, "rev-parse", f"{TAG}^{{commit}}")
    git(city, "tag", "-d", TAG)
    assert altered(city) == [(6, OPS, f"tag {TAG}")]
    git(city, "tag", TAG, at)
    assert altered(city) == [(6, OPS, f"tag {TAG}")]


def test_a_tag_with_other_words_for_the_same_commit(city: Path) -> None:
    content = git(city, "cat-file", "-p", TAG).replace("総総第123号", "総総第999号")
    (city / ".git" / "tag").write_text(f"{content}\n", encoding="utf-8")
    oid = git(city, "hash-object", "-t", "tag", "-w", ".git/tag")
    git(city, "update-ref", f"refs/tags/{TAG}", oid)
    assert altered(city) == [(6, OPS, f"tag {TAG}")]


def test_a_tag_that_no_revision_knows(city: Path) -> None:
    git(city, "tag", "-a", "-m", "x", "kian/contracts/other/v1-approved")
    assert altered(city) == [(0, "", "tag kian/contracts/other/v1-approved")]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda lines: [lines[0].replace("main", "maim"), *lines[1:]], ".git/kian/heads:1"),
        (lambda lines: [*lines[:2], *lines[3:]], ".git/kian/heads:3"),
        (lambda lines: lines[:-2], ".git/kian/heads"),
        (lambda lines: [], ".git/kian/heads"),
    ],
    ids=["a word", "a line", "its end", "all of it"],
)
def test_the_log_itself(city: Path, change: Callable[[list[str]], list[str]], place: str) -> None:
    log = city / ".git" / "kian" / "heads"
    lines = change(log.read_text(encoding="utf-8").splitlines())
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert altered(city) == [(0, "", place)]


def test_text_names_the_place_and_what_to_look_at(city: Path) -> None:
    (city / TWIN).write_bytes(b"x")
    done = run("verify", folder=city)
    assert done.code == 1
    assert f"場所: {TWIN}" in done.out and "記録と違うところがあります" in done.out
    assert approve(city).code == 3


@pytest.mark.parametrize(
    ("stands", "change", "field"),
    [
        ("draft", {}, "life"),
        ("approved", {}, "life"),
        ("concluded", {"version": 4}, "text"),
        ("concluded", {"fingerprint": "0" * 64}, "fingerprint"),
    ],
)
def test_a_revision_that_moves_a_concluded_paper(
    city: Path, stands: str, change: dict[str, Any], field: str
) -> None:
    """Whoever knows Kian records it with every digest, trailer and log in order; but a 締結 never goes back."""
    workspace = Workspace.open(city)
    entry = replace(workspace.lock.documents[OPS], life=Life(stands), **change)
    note = DocumentNote(
        OPS, f"{entry.template} {entry.template_digest}", entry.fingerprint, str(entry.version)
    )
    files = {"kian.lock": workspace.lock.with_entries({OPS: entry}).to_bytes()}
    who = Identity("青葉 花子", "hanako@aobadai.example")
    when = datetime(2026, 6, 1, tzinfo=UTC)
    assert record(workspace, Revision(files, "更新", "別の理由", who, when, trailers_for([note])))
    found = altered(city)
    assert (9, OPS, f"kian.lock: documents.{OPS}.{field}") in found
    assert not [place for _, _, place in found if "heads" in place or "trailer" in place]
