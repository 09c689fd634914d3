"""案 → 決裁 → 締結: what is fixed stays fixed, is named by a tag, and says what facts have overtaken it."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from drafting.scenario import OPS, Ran, a_workspace, contract, facts_change, git, kian, run
from gen.compare import read_paper
from gen.ledger import Workspace
from gen.word.package import read_package

DAY = ("--date", "R8.4.1")
WORD = "documents/contracts/operation-support@ops.docx"
TAG = "kian/contracts/operation-support@ops/v1-approved"
SETTLED = {
    "confirmations": [
        {"id": "contracts.ops", "by": "総務部　欅　みどり", "date": "令和8年3月25日", "note": "確認"}
    ]
}
NEW_TITLE = contract(title="運用支援業務委託")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai", **SETTLED)
    assert run("generate", OPS, *DAY, folder=folder).code == 0
    return folder


def approved(city: Path, *more: str) -> Ran:
    words = ("--number", "総総第123号", "--by", "市長　青葉　太郎", "--date", "R8.3.31")
    return run("approve", OPS, *words, *more, folder=city)


def a_person_types(path: Path, old: str, new: str) -> None:
    package = read_package(path.read_bytes(), path.name)
    body = package.parts["word/document.xml"].decode()
    assert old in body
    path.write_bytes(package.with_parts({"word/document.xml": body.replace(old, new).encode()}).write())


def test_an_approved_document_is_named_by_an_annotated_tag_and_stands_still(city: Path) -> None:
    before = (city / WORD).read_bytes()
    assert approved(city).code == 0
    row = Workspace.open(city).lock.documents[OPS]
    told = git(city, "cat-file", "-p", TAG)
    assert row.life == "approved"
    assert f"object {git(city, 'rev-parse', 'HEAD')}" in told
    for word in (row.fingerprint, row.text, "総総第123号　市長　青葉　太郎　令和8年3月31日"):
        assert word in told
    facts_change(city, **SETTLED, **NEW_TITLE)
    assert run("generate", OPS, *DAY, folder=city).code == 0
    assert (city / WORD).read_bytes() == before


def test_status_tells_the_facts_that_changed_and_what_an_amendment_would_say(city: Path) -> None:
    approved(city)
    facts_change(city, **SETTLED, **NEW_TITLE)
    rows = run("status", *DAY, "--format", "json", folder=city).json
    row = next(one for one in rows if one["id"] == OPS)
    assert (row["state"], row["life"]) == ("overtaken", "approved")
    assert [(one["field"], one["new"]) for one in row["later"]] == [
        ("contracts.ops.title", "運用支援業務委託")
    ]
    assert any("運用支援業務委託" in line and "改める" in line for line in row["amendment"])


def test_final_takes_the_draft_mark_off_an_approved_paper_and_nothing_else(city: Path) -> None:
    approved(city)
    text = (city / WORD.replace(".docx", ".txt")).read_bytes()
    facts_change(city, **SETTLED, **NEW_TITLE)
    before = Workspace.open(city).lock.documents[OPS]
    assert run("generate", OPS, "--final", *DAY, folder=city).code == 0
    after = Workspace.open(city).lock.documents[OPS]
    package = read_package((city / WORD).read_bytes(), WORD)
    assert (after.text, after.version, after.life, after.extra["final"]) == (before.text, 1, "approved", True)
    assert (city / WORD.replace(".docx", ".txt")).read_bytes() == text
    assert not any("【案】".encode() in data for data in package.parts.values())
    count = git(city, "rev-list", "--count", "HEAD")
    run("generate", OPS, "--final", *DAY, folder=city)
    assert git(city, "rev-list", "--count", "HEAD") == count


def test_a_final_paper_is_what_the_facts_of_the_approval_make(city: Path, tmp_path: Path) -> None:
    approved(city)
    run("generate", OPS, "--final", *DAY, folder=city)
    other = a_workspace(tmp_path / "other", **SETTLED)
    assert run("generate", OPS, *DAY, folder=other).code == 0
    assert run("generate", OPS, "--final", *DAY, folder=other).code == 0
    mine, theirs = (Workspace.open(one).lock.documents[OPS].fingerprint for one in (city, other))
    assert mine == theirs


def test_an_edited_paper_is_approved_as_it_stands(city: Path) -> None:
    a_person_types(city / WORD, "誠実に履行", "確実に履行")
    refused = approved(city)
    assert refused.code == 3 and "kian adopt" in refused.err
    assert run("adopt", OPS, "--reason", "法務の修正", *DAY, folder=city).code == 0
    assert approved(city).code == 0
    facts_change(city, **SETTLED, **NEW_TITLE)
    assert run("generate", OPS, "--final", *DAY, folder=city).code == 0
    assert "確実に履行" in read_paper((city / WORD).read_bytes(), WORD).twin
    assert "運用支援業務委託" not in read_paper((city / WORD).read_bytes(), WORD).twin


def test_a_withdrawn_paper_follows_the_facts_again(city: Path) -> None:
    approved(city)
    assert run("approve", OPS, "--withdraw", folder=city).code == 1
    assert run("approve", OPS, "--withdraw", "--reason", "仕様の見直し", folder=city).code == 0
    facts_change(city, **SETTLED, **NEW_TITLE)
    assert run("generate", OPS, *DAY, folder=city).code == 0
    assert "運用支援業務委託" in (city / WORD.replace(".docx", ".txt")).read_text(encoding="utf-8")
    assert approved(city).code == 0
    assert git(city, "tag", "--list", "kian/*").split() == [TAG, TAG.replace("v1", "v2")]


def test_the_same_version_approved_again_has_a_tag_of_its_own(city: Path) -> None:
    approved(city)
    run("approve", OPS, "--withdraw", "--reason", "日付の誤り", folder=city)
    assert approved(city).code == 0
    assert git(city, "tag", "--list", "kian/*").split() == [TAG, f"{TAG}-2"]


def test_a_concluded_paper_never_changes_again(city: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "契約書.pdf"
    pdf.write_bytes(b"%PDF-1.7 signed")
    early = run("conclude", OPS, "--number", "契第45号", *DAY, folder=city)
    assert early.code == 3 and "kian approve" in early.err
    approved(city)
    run("generate", OPS, "--final", *DAY, folder=city)
    done = run("conclude", OPS, "--number", "契第45号", *DAY, "--file", pdf, folder=city)
    assert done.code == 0 and "案の表示" not in done.out
    row = Workspace.open(city).lock.documents[OPS]
    assert row.life == "concluded"
    assert (city / WORD.replace(".docx", ".signed.pdf")).read_bytes() == pdf.read_bytes()
    assert git(city, "tag", "--list", "*concluded") == TAG.replace("approved", "concluded")
    assert run("approve", OPS, "--withdraw", "--reason", "x", folder=city).code == 3
    assert approved(city).code == 3
    assert run("adopt", OPS, "--reason", "x", *DAY, folder=city).code == 3
    facts_change(city, **SETTLED, **NEW_TITLE)
    before = (city / WORD).read_bytes()
    for words in (("generate", OPS), ("generate", OPS, "--final")):
        run(*words, *DAY, folder=city)
    assert (city / WORD).read_bytes() == before


def test_a_signed_paper_with_personal_data_stays_outside(city: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "契約書.pdf"
    pdf.write_bytes(b"%PDF-1.7 signed")
    approved(city)
    assert (
        run("conclude", OPS, "--number", "契第45号", *DAY, "--file", pdf, "--outside", folder=city).code == 0
    )
    assert "signed.pdf" not in git(city, "ls-tree", "-r", "--name-only", "HEAD")
    assert str(Workspace.open(city).lock.documents[OPS].extra["conclusion"]).count("契約書.pdf") == 1


def test_what_private_yaml_holds_is_never_recorded(city: Path) -> None:
    (city / "private.yaml").write_text("people:\n  sato:\n    phone: 090-1234-5678\n", encoding="utf-8")
    before = git(city, "rev-parse", "HEAD")
    done = approved(city, "--reason", "")
    assert done.code == 0
    run("approve", OPS, "--withdraw", "--reason", "誤り", folder=city)
    words = ("--number", "総1", "--by", "市長（０９０１２３４５６７８）", "--date", "R8.3.31")
    refused = run("approve", OPS, *words, folder=city)
    assert refused.code == 3 and "private.yaml:3:" in refused.err and before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("approve", OPS), 2),
        (("approve", OPS, "--withdraw", "--number", "1"), 2),
        (("approve", "contracts/nothing", "--number", "1", "--by", "市長"), 1),
        (("approve", OPS, "--number", " ", "--by", "市長"), 1),
        (("conclude", OPS), 2),
        (("conclude", OPS, "--number", "1", "--outside"), 2),
        (("conclude", OPS, "--number", "1", "--date", "昨日"), 2),
    ],
)
def test_a_wrong_call_says_so_and_records_nothing(city: Path, words: tuple[str, ...], code: int) -> None:
    before = git(city, "rev-parse", "HEAD")
    done = run(*words, folder=city)
    assert done.code == code and done.err and "Traceback" not in done.err
    assert (git(city, "rev-parse", "HEAD"), git(city, "tag")) == (before, "")


# -- signatures ------------------------------------------------------------------------------


@pytest.fixture
def person(tmp_path: Path) -> dict[str, str]:
    """Somebody whose own git signs with an SSH key."""
    home = tmp_path / "home"
    home.mkdir()
    key = home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (home / ".gitconfig").write_text(
        f"[user]\n\tsigningKey = {key}\n[gpg]\n\tformat = ssh\n[tag]\n\tgpgSign = true\n", encoding="utf-8"
    )
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home)}


APPROVE = ("approve", OPS, "--number", "1", "--by", "市長", "--date", "R8.3.31")


def test_a_tag_is_signed_where_the_persons_git_signs(
    city: Path, person: dict[str, str], tmp_path: Path
) -> None:
    done = kian("-C", city, *APPROVE, **person)
    assert done.returncode == 0 and "署名付き" in done.stdout, done.stderr
    allowed = tmp_path / "allowed"
    public = Path(person["HOME"], "key.pub").read_text(encoding="utf-8")
    allowed.write_text(f"hanako@aobadai.example {public}", encoding="utf-8")
    git(city, "-c", f"gpg.ssh.allowedSignersFile={allowed}", "verify-tag", TAG)


def test_a_key_that_is_missing_records_nothing(city: Path, person: dict[str, str]) -> None:
    Path(person["HOME"], "key").unlink()
    before = git(city, "rev-parse", "HEAD")
    done = kian("-C", city, *APPROVE, **person)
    assert done.returncode == 4 and "署名" in done.stderr
    assert (git(city, "rev-parse", "HEAD"), git(city, "tag"), git(city, "status", "--porcelain")) == (
        before,
        "",
        "",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the trap is a shell script")
@pytest.mark.parametrize("form", ["ssh", "openpgp"])
def test_a_workspace_that_was_sent_names_no_program_for_signing(
    city: Path, tmp_path: Path, form: str
) -> None:
    pwned, trap = tmp_path / "pwned", tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{pwned}'\n", encoding="utf-8")
    trap.chmod(stat.S_IRWXU)
    for name, value in (
        *(("tag.gpgSign", "true"), ("gpg.format", form), ("user.signingKey", "x"), ("gpg.program", trap)),
        *((f"gpg.{form}.program", trap), ("gpg.ssh.defaultKeyCommand", trap)),
    ):
        git(city, "config", name, str(value))
    home = tmp_path / "nobody"
    home.mkdir()
    done = kian("-C", city, *APPROVE, HOME=str(home), XDG_CONFIG_HOME=str(home))
    assert done.returncode == 0 and "署名付き" not in done.stdout
    assert not pwned.exists()


# -- 終了 ----------------------------------------------------------------------------------------


def concluded(city: Path) -> Path:
    approved(city)
    run("generate", OPS, "--final", *DAY, folder=city)
    assert run("conclude", OPS, "--number", "契第45号", *DAY, folder=city).code == 0
    return city


def standing(city: Path, day: str) -> tuple[str, str, str]:
    rows = run("status", "--date", day, "--format", "json", folder=city).json
    row = next(one for one in rows if one["id"] == OPS)
    return row["state"], row["life"], row["detail"]


def test_a_contract_whose_last_day_is_over_has_ended_by_itself(city: Path) -> None:
    concluded(city)
    facts_change(city, **SETTLED, **NEW_TITLE)
    assert standing(city, "R9.3.31")[:2] == ("overtaken", "concluded")
    state, life, detail = standing(city, "R9.4.1")
    assert (state, life) == ("current", "concluded") and "終期（令和9年3月31日）を過ぎています" in detail
    for day, said in (("R9.3.31", "締結済み"), ("R9.4.1", "終了")):
        told = run("audit", "--date", day, "--out", city.parent / day, "--format", "json", folder=city).json
        assert told["contracts"][0]["state"] == said


def test_a_contract_that_was_cancelled_is_ended_and_its_paper_stays(city: Path) -> None:
    words = ("end", OPS, "--date", "R8.5.31", "--reason", "合意解除")
    for _ in (0, 1):
        assert run(*words, folder=city).code == 3
        approved(city)
    assert run("conclude", OPS, "--number", "契第45号", *DAY, folder=city).code == 0
    before = (city / WORD).read_bytes()
    for wrong in ("R8.3.31", "R80.1.1"):
        done = run("end", OPS, "--date", wrong, "--reason", "x", folder=city)
        assert done.code == 1 and "締結の日から今日まで" in done.err
    done = run(*words, "--number", "総総第456号", folder=city)
    assert done.code == 0 and "終了を記録しました" in done.out, done.err
    assert git(city, "tag", "--list", "*ended") == TAG.replace("approved", "ended")
    facts_change(city, **SETTLED, **NEW_TITLE)
    assert standing(city, "R8.6.1")[:2] == ("current", "ended")
    for again in (
        words,
        ("conclude", OPS, "--number", "x", *DAY),
        ("approve", OPS, "--withdraw", "--reason", "x"),
    ):
        assert run(*again, folder=city).code == 3
    run("generate", OPS, *DAY, folder=city)
    assert (city / WORD).read_bytes() == before
    row = run("history", OPS, "--format", "json", folder=city).json[0]
    assert (row["life"], row["approval"], row["reason"]) == (
        "ended",
        "総総第456号　令和8年5月31日",
        "合意解除",
    )
    assert run("verify", "--all", folder=city).code == 0
    told = run("audit", *DAY, "--out", city.parent / "監査", "--format", "json", folder=city).json
    assert told["lives"][-1]["kind"] == "終了" and told["contracts"][0]["state"] == "終了"
