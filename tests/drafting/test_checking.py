"""`kian check` over a workspace: edited papers beside the facts, own templates, wording apart."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from .scenario import TINY, a_workspace, contract, facts_change, git, own_template, run, tree_of

FILE = "documents/contracts/operation-support@ops.docx"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai")
    assert run("generate", "--date", "R8.4.1", folder=folder).code == 0
    return folder


def edit(file: Path, old: str, new: str) -> None:
    """What a lawyer does in Word, in the smallest."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    assert old in body
    parts["word/document.xml"] = body.replace(old, new, 1).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_paper_that_nobody_edited_agrees(city: Path) -> None:
    done = run("check", folder=city)
    assert (done.code, done.out) == (0, "指摘はありません。\n")


def test_a_sum_changed_by_hand_is_found_with_both_places(city: Path) -> None:
    edit(city / FILE, "13,200,000", "13,300,000")
    before = tree_of(city)
    done = run("check", "--date", "R8.4.1", "--format", "json", folder=city)
    assert done.code == 1
    (finding,) = done.json["findings"]
    assert (finding["rule"], finding["file"], finding["severity"]) == ("paper-sum", FILE, "error")
    lines = (city / FILE).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert "13,200,000円" in lines[finding["line"] - 1]
    assert "13,300,000円" in finding["message"] and "profile.yaml:" in finding["message"]
    assert tree_of(city) == before, "a check writes nothing"


def test_an_edit_that_was_recorded_is_still_read(city: Path) -> None:
    """A revision of a person's edit leaves nothing changed in the folder; the lock remembers it."""
    edit(city / FILE, "みどり情報システム株式会社", "みどり情報株式会社")
    lock = city / "kian.lock"
    id = "contracts/operation-support@ops"
    facts = json.loads(lock.read_text(encoding="utf-8"))
    facts["documents"][id]["state"] = "edited"
    lock.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    git(city, "add", "-A")
    git(city, "commit", "-qm", "手で直した")
    found = run("check", "--date", "R8.4.1", "--format", "json", folder=city).json["findings"]
    assert [row["rule"] for row in found] == ["paper-name"]


@pytest.mark.parametrize("later", [False, True], ids=["last commit", "Kian recorded since"])
def test_an_edit_committed_with_plain_git_alone_is_told_apart(city: Path, later: bool) -> None:
    """Git calls the file unchanged; only its fingerprint is not that of the lock."""
    edit(city / FILE, "13,200,000", "13,300,000")
    git(city, "commit", "-qam", "手で直した")
    if later:
        lock = city / "kian.lock"
        lock.write_text(lock.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        git(city, "commit", "-qam", "別の文書を記録した")
    found = run("check", "--date", "R8.4.1", "--format", "json", folder=city).json["findings"]
    assert [(row["rule"], row["file"]) for row in found] == [("paper-sum", FILE)]


def test_a_paper_saved_again_without_a_change_is_no_edit(city: Path) -> None:
    """Other compression, other dates in the ZIP, other document properties: the same fingerprint."""
    edit(city / FILE, "13,200,000", "13,200,000")
    git(city, "commit", "-qam", "保存し直した")
    assert run("check", "--date", "R8.4.1", folder=city).out == "指摘はありません。\n"


def test_an_edit_of_words_alone_is_nobodys_business(city: Path) -> None:
    edit(city / FILE, "誠実に履行する", "誠実に、かつ、速やかに履行する")
    assert run("check", "--date", "R8.4.1", folder=city).out == "指摘はありません。\n"


def test_wrong_facts_come_before_papers(city: Path) -> None:
    edit(city / FILE, "13,200,000", "13,300,000")
    facts_change(city, **contract(inspect_days="11日"))
    rules = [row["rule"] for row in run("check", "--format", "json", folder=city).json["findings"]]
    assert "contract-inspect-days" in rules and "paper-sum" not in rules


def test_wording_is_read_only_when_asked_and_stands_apart(city: Path) -> None:
    edit(city / FILE, "誠実に履行する", "誠実に履行する事とし、図面及び写真及び日報を出す")
    assert "wording-" not in run("check", "--date", "R8.4.1", folder=city).out
    done = run("check", "--date", "R8.4.1", "--wording", folder=city)
    assert done.code == 0
    safe, _, ask = done.out.partition("■ 公用文の書き方（人が確かめるもの）")
    assert "wording-koto" in safe and "wording-oyobi-twice" in ask
    found = run("check", "--date", "R8.4.1", "--wording", "--format", "json", folder=city).json
    assert [row["rule"] for row in found["wording"]["safe"]] == ["wording-koto"]
    assert [row["rule"] for row in found["wording"]["ask"]] == ["wording-oyobi-twice"]


def test_a_rate_typed_into_an_own_template_is_found(city: Path) -> None:
    typed = TINY.replace("誠実に履行する。", "誠実に履行する。遅延利息は、年2.6パーセントの割合とする。")
    own_template(city, "contracts/operation-support", typed)
    rows = run("check", "--date", "R6.4.1", "--format", "json", folder=city).json["findings"]
    (finding,) = [row for row in rows if row["rule"] == "paper-stale-law"]
    assert "2.5%" in finding["message"]
    assert finding["file"].endswith("templates/contracts/operation-support.docx") and finding["line"]


def test_wording_without_papers(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "new", tiny=False)
    done = run("check", "--wording", "--date", "R8.4.1", folder=folder)
    assert done.code == 0 and done.out.count("指摘はありません。") == 3
