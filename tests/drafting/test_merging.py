"""An official edits a draft in Word, then the facts change: the edit stays, the facts come in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from compare.scenario import from_word, parts_of, rewritten
from compare.word_does import settled
from tools.check_docx import findings as docx_findings

from drafting.scenario import OPS, a_workspace, contract, facts_change, git, run
from gen.compare import read_paper

DOCX, TXT = "documents/contracts/operation-support@ops.docx", "documents/contracts/operation-support@ops.txt"
BASE = f".kian/base/{DOCX}"
NEW_SUM = contract(amount={"tax_kind": "税込", "total": "14,520,000円", "monthly": "1,210,000円"})
OTHER_SUM = contract(amount={"tax_kind": "税込", "total": "15,840,000円", "monthly": "1,320,000円"})
SETTLED = {
    "confirmations": [
        {"id": "contracts.ops", "by": "総務部　欅　みどり", "date": "令和8年3月25日", "note": "確認"}
    ]
}
OLD, NEW = "金13,200,000円", "金14,520,000円"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai")
    done = run("generate", "--date", "R8.4.1", folder=folder)
    assert done.code == 0, done.err
    return folder


def edited(folder: Path, change: Callable[[str], str]) -> bytes:
    """What a person does in Word; the file as it stands then."""
    data = from_word(rewritten((folder / DOCX).read_bytes(), change))
    (folder / DOCX).write_bytes(data)
    return data


def duly(xml: str) -> str:
    assert "誠実に履行する" in xml
    return xml.replace("誠実に履行する", "誠実かつ適正に履行する")


def generate(folder: Path, *words: str) -> str:
    done = run("generate", "--date", "R8.5.7", *words, folder=folder)
    assert done.code == 0, done.err
    return done.out


def twin(folder: Path) -> str:
    return read_paper((folder / DOCX).read_bytes(), DOCX).twin


def entry(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "kian.lock").read_text())["documents"][OPS]
    return found


def commits(folder: Path) -> list[str]:
    return git(folder, "log", "--format=%s").splitlines()


def state(folder: Path) -> dict[str, object]:
    rows = run("status", "--date", "R8.5.7", "--format", "json", folder=folder).json
    found: dict[str, object] = next(row for row in rows if row["id"] == OPS)
    return found


def test_the_edit_stays_and_the_new_sum_comes_as_a_tracked_change(city: Path, tmp_path: Path) -> None:
    theirs = edited(city, duly)
    facts_change(city, **NEW_SUM)
    out = generate(city)
    assert f"[統合] {OPS}" in out
    text = twin(city)
    assert "誠実かつ適正に履行する" in text and NEW in text and OLD not in text
    assert (city / TXT).read_text(encoding="utf-8") == text
    file = (city / DOCX).read_bytes()
    assert read_paper(settled(file, accept=False, author="Kian"), "x").twin == read_paper(theirs, "x").twin
    assert re.findall(rb'<w:ins [^>]*w:author="([^"]*)" w:date="([^"]*)"', parts_of(file)["word/document.xml"])[0] == (
        b"Kian", b"2026-05-07T00:00:00Z",
    )  # fmt: skip
    (tmp_path / "x.docx").write_bytes(file)
    assert docx_findings(tmp_path / "x.docx") == []


def test_the_persons_file_is_recorded_first_as_its_own_revision(city: Path) -> None:
    theirs = edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    assert commits(city)[:2] == [
        "文書1件を手直しと統合（契約 ops の契約金額（総額）、契約 ops の月額）",
        "手で直された文書1件を記録",
    ]
    shown = git_bytes(city, f"HEAD~1:{DOCX}")
    assert shown == theirs
    assert git(city, "status", "--porcelain") == ""
    assert "Kian-Document: contracts/operation-support@ops" in git(city, "log", "-1", "--format=%B", "HEAD~1")


def git_bytes(folder: Path, name: str) -> bytes:
    import subprocess

    return subprocess.run(["git", "show", name], cwd=folder, capture_output=True, check=True).stdout


@pytest.mark.parametrize("later", [False, True], ids=["last commit", "facts recorded since"])
def test_an_edit_that_plain_git_committed_is_merged_too(city: Path, later: bool) -> None:
    """Git then calls the file unchanged; what Kian made last is the file that the lock's fingerprint names."""
    edited(city, duly)
    git(city, "commit", "-qam", "手で直した")
    if later:
        facts_change(city, city__address="葉野県青葉台市本町一丁目1番2号")
        git(city, "commit", "-qam", "所在地")
    (row,) = (one for one in run("status", "--format", "json", folder=city).json if one["id"] == OPS)
    assert row["state"] == "edited"
    facts_change(city, **NEW_SUM)
    generate(city, "--date", "R8.5.7")
    text = read_paper((city / DOCX).read_bytes(), DOCX).twin
    assert "誠実かつ適正に履行する" in text and NEW in text
    assert read_paper((city / BASE).read_bytes(), BASE).twin.count("誠実に履行する")


def test_a_third_run_with_nothing_new_changes_nothing(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    before = (commits(city), (city / DOCX).read_bytes(), (city / "kian.lock").read_bytes())
    assert "変わった事実も文書もないため" in generate(city)
    assert "変わった事実も文書もないため" in generate(city, "--date", "R8.6.1")
    assert (commits(city), (city / DOCX).read_bytes(), (city / "kian.lock").read_bytes()) == before
    assert state(city)["state"] == "current"


def test_the_lock_says_edited_and_keeps_what_kian_made(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    told = entry(city)
    assert (told["state"], told["version"]) == ("edited", 2)
    assert set(told["generated"]) == {"fingerprint", "text"}  # type: ignore[call-overload]
    pure = read_paper((city / BASE).read_bytes(), BASE).twin
    assert NEW in pure and "かつ適正" not in pure


def test_facts_that_change_again_come_into_the_same_edit(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    facts_change(city, **OTHER_SUM)
    generate(city)
    assert "誠実かつ適正に履行する" in twin(city) and "金15,840,000円" in twin(city) and NEW not in twin(city)
    xml = parts_of((city / DOCX).read_bytes())["word/document.xml"].decode()
    assert NEW not in re.sub("<[^>]*>", "", xml), "what was but pending does not pile up"
    assert OLD in read_paper(settled((city / DOCX).read_bytes(), accept=False, author="Kian"), "x").twin
    assert len(commits(city)) == 5


def test_the_person_accepts_in_word_and_goes_on(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    accepted = settled((city / DOCX).read_bytes(), accept=True)
    (city / DOCX).write_bytes(accepted)
    assert state(city)["state"] == "edited"
    facts_change(city, **OTHER_SUM)
    generate(city)
    assert "金15,840,000円" in twin(city) and "適正" in twin(city)
    assert (
        read_paper(settled((city / DOCX).read_bytes(), accept=False), "x").twin
        == read_paper(accepted, "x").twin
    )


def test_a_conflict_keeps_both_and_status_tells_it_until_it_is_settled(city: Path) -> None:
    edited(city, lambda xml: xml.replace(OLD, "金13,000,000円"))
    facts_change(city, **NEW_SUM)
    out = generate(city)
    assert "食い違いが1件あります" in out
    assert "契約 ops の契約金額（総額）（13,200,000円→14,520,000円）" in out
    assert "金13,000,000円" in twin(city) and NEW in twin(city)
    told = state(city)
    assert told["state"] == "conflict" and len(told["conflicts"]) == 1  # type: ignore[arg-type]
    comments = parts_of((city / DOCX).read_bytes())["word/comments.xml"].decode()
    assert "【食い違い】" in comments and "14,520,000円" in comments
    settle(city)
    assert state(city)["conflicts"] == []
    facts_change(city, **OTHER_SUM)
    assert "食い違いが1件あります" in generate(city), "the person's sum still stands against the facts"


def test_check_says_of_a_paper_in_conflict_that_it_is_and_accuses_neither_side(city: Path) -> None:
    edited(city, lambda xml: xml.replace(OLD, "金13,000,000円"))
    facts_change(city, **NEW_SUM)
    generate(city)

    def rules() -> list[str]:
        told = run("check", "--date", "R8.5.7", "--format", "json", folder=city).json["findings"]
        return [one["rule"] for one in told if one["rule"].startswith("paper-")]

    assert rules() == ["paper-conflict"]
    settle(city)
    assert set(rules()) == {"paper-sum"}, "decided, the person's sum is weighed again"


def settle(folder: Path) -> None:
    """The person reverts Kian's text and deletes the comment."""
    data = settled((folder / DOCX).read_bytes(), accept=False, author="Kian")
    data = rewritten(
        data,
        lambda xml: re.sub(r"<w:comment (?:(?!</w:comment>).)*【食い違い】.*?</w:comment>", "", xml),
        "word/comments.xml",
    )
    (folder / DOCX).write_bytes(data)


def test_clean_writes_the_facts_without_marks(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city, "--clean")
    assert "適正" in twin(city) and NEW in twin(city)
    assert not re.search(rb"<w:(?:ins|del) ", parts_of((city / DOCX).read_bytes())["word/document.xml"])


def test_a_dry_run_tells_the_merge_and_writes_nothing(city: Path) -> None:
    theirs = edited(city, lambda xml: xml.replace(OLD, "金13,000,000円"))
    facts_change(city, **NEW_SUM)
    before = commits(city)
    out = generate(city, "--dry-run")
    assert "[統合]" in out and "食い違いが1件" in out
    assert (city / DOCX).read_bytes() == theirs and commits(city) == before and not (city / BASE).exists()


def test_the_draft_mark_says_the_new_version_without_a_tracked_change(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    header = parts_of((city / DOCX).read_bytes())["word/header1.xml"].decode()
    assert "第2版" in re.sub("<[^>]*>", "", header) and "<w:ins" not in header


def test_what_a_person_attached_is_kept_byte_for_byte(city: Path) -> None:
    data = edited(city, duly)
    parts = parts_of(data)
    parts["word/media/image1.png"] = b"\x89PNG picture"
    parts["customXml/item1.xml"] = b"<label/>"
    from compare.scenario import a_zip

    (city / DOCX).write_bytes(a_zip(parts))
    facts_change(city, **NEW_SUM)
    generate(city)
    after = parts_of((city / DOCX).read_bytes())
    same = {name for name in parts if after.get(name) == parts[name]}
    assert set(parts) - same <= {"word/document.xml", "word/header1.xml", "docProps/custom.xml"}
    assert set(after) == set(parts)


def test_a_file_that_is_no_word_file_any_more_stops_the_run(city: Path) -> None:
    (city / DOCX).write_bytes(b"damaged")
    facts_change(city, **NEW_SUM)
    before = commits(city)
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert done.code == 1 and "読めません" in done.err and DOCX in done.err
    assert commits(city) == before


def test_a_final_paper_needs_every_tracked_change_settled(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **SETTLED, **NEW_SUM)
    generate(city)
    done = run("generate", OPS, "--final", "--date", "R8.5.8", folder=city)
    assert done.code == 3 and "変更履歴" in done.err
    (city / DOCX).write_bytes(settled((city / DOCX).read_bytes(), accept=True))
    done = run("generate", OPS, "--final", "--date", "R8.5.8", folder=city)
    assert done.code == 0, done.err
    assert "適正" in twin(city) and entry(city)["final"] is True
    assert "【案】" not in re.sub(
        "<[^>]*>", "", parts_of((city / DOCX).read_bytes())["word/header1.xml"].decode()
    )
    assert state(city)["state"] == "current"
    facts_change(city, **SETTLED, **OTHER_SUM)
    assert "新しい版の案に戻しました" in generate(city)
    assert "【案】　第3版" in re.sub(
        "<[^>]*>", "", parts_of((city / DOCX).read_bytes())["word/header1.xml"].decode()
    )


def test_the_provenance_is_that_of_the_merge(city: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    custom = parts_of((city / DOCX).read_bytes())["docProps/custom.xml"].decode()
    assert str(entry(city)["fingerprint"]) in custom
    assert custom.count('name="KianVersion"') == 1


def test_no_copy_for_the_other_party_shows_tracked_changes(city: Path, tmp_path: Path) -> None:
    edited(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    words = ("generate", OPS, "--for-counterparty", tmp_path / "写し", "--date", "R8.5.7")
    done = run(*words, folder=city)
    assert done.code == 3 and "変更履歴" in done.err and not (tmp_path / "写し").exists()
    (city / DOCX).write_bytes(settled((city / DOCX).read_bytes(), accept=True))
    assert run("adopt", OPS, "--reason", "承諾", folder=city).code == 0
    assert run(*words, folder=city).code == 0
