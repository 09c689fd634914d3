"""Taking in what a person made: an edit, a mailed copy, a contract that Kian never made."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from compare.scenario import a_file, from_word, parts_of, rewritten
from compare.word_does import settled

from drafting.scenario import OPS, a_workspace, facts_change, git, run
from drafting.test_merging import (
    DOCX,
    NEW,
    NEW_SUM,
    OLD,
    OTHER_SUM,
    commits,
    duly,
    edited,
    entry,
    generate,
    state,
    twin,
)
from gen.compare import read_paper
from gen.ledger import Life
from gen.word.package import read_package
from gen.word.slots import read_provenance


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai")
    done = run("generate", "--date", "R8.4.1", folder=folder)
    assert done.code == 0, done.err
    return folder


def adopt(folder: Path, *words: object) -> str:
    done = run("adopt", *words, "--reason", "法務の修正", "--date", "R8.5.7", folder=folder)
    assert done.code == 0, done.err
    return done.out


def mailed(folder: Path, change: Callable[[str], str], source: bytes | None = None) -> Path:
    """A copy outside of the workspace, as another person edited it."""
    file = folder.parent / "相手方の案.docx"
    file.write_bytes(from_word(rewritten(source or (folder / DOCX).read_bytes(), change)))
    return file


def test_an_edit_in_the_workspace_is_recorded_with_its_reason(city: Path) -> None:
    theirs = edited(city, duly)
    assert "記録しました" in adopt(city, OPS)
    assert git(city, "status", "--porcelain") == ""
    assert (city / DOCX).read_bytes() == theirs
    assert "法務の修正" in git(city, "log", "-1", "--format=%B")
    assert (entry(city)["state"], state(city)["state"]) == ("edited", "current")
    assert "改訂は作りませんでした" in adopt(city, OPS)


def test_who_saved_it_last_in_word_stands_in_the_reason(city: Path) -> None:
    theirs = edited(city, duly)
    core = rewritten(
        theirs,
        lambda xml: xml.replace(
            "</cp:coreProperties>", "<cp:lastModifiedBy>総務　花子</cp:lastModifiedBy></cp:coreProperties>"
        ),
        "docProps/core.xml",
    )
    (city / DOCX).write_bytes(core)
    adopt(city, OPS)
    assert "Wordの最終更新者：総務　花子" in git(city, "log", "-1", "--format=%B")


def test_facts_come_into_an_adopted_edit(city: Path) -> None:
    edited(city, duly)
    adopt(city, OPS)
    facts_change(city, **NEW_SUM)
    generate(city)
    assert "適正" in twin(city) and NEW in twin(city)
    assert len(commits(city)) == 4, "the edit is not recorded twice"


def test_a_mailed_copy_takes_the_place_of_the_file(city: Path) -> None:
    copy = mailed(city, duly)
    adopt(city, OPS, copy)
    assert (city / DOCX).read_bytes() == copy.read_bytes()
    assert "ファイル：相手方の案.docx" in git(city, "log", "-1", "--format=%B")


def test_a_mailed_copy_of_an_older_version_does_not_take_back_newer_facts(city: Path) -> None:
    copy = mailed(city, duly)
    facts_change(city, **NEW_SUM)
    generate(city)
    out = adopt(city, OPS, copy)
    assert "適正" in twin(city) and NEW in twin(city) and OLD not in twin(city)
    assert "食い違い" not in out
    assert (
        read_paper(settled((city / DOCX).read_bytes(), accept=False, author="Kian"), "x").twin.count(OLD) >= 1
    )
    shown = read_paper(copy.read_bytes(), "x").twin
    assert git(city, "show", f"HEAD~1:{DOCX.replace('.docx', '.txt')}") == shown.rstrip("\n"), (
        "recorded first as it came"
    )
    facts_change(city, **OTHER_SUM)
    generate(city)
    assert "金15,840,000円" in twin(city) and "適正" in twin(city)


def restamped(data: bytes, stamp: str) -> bytes:
    """The file with another fingerprint in its properties, "" for none."""
    found = r'(<property(?:(?!</property>).)*?name="KianFingerprint"(?:(?!</property>).)*?<vt:lpwstr>)[^<]*'
    return rewritten(data, lambda xml: re.sub(found, rf"\g<1>{stamp}", xml), "docProps/custom.xml")


def stamp_of(data: bytes) -> str:
    return read_provenance(read_package(data, "x"), "x")["KianFingerprint"]


def with_new_sums(xml: str) -> str:
    """What a person types who knows the new sums already; the line reads like the newer version then."""
    for old, new in (("13,200,000", "14,520,000"), ("1,100,000", "1,210,000"), ("1,200,000", "1,320,000")):
        xml = xml.replace(old, new)
    return xml


@pytest.mark.parametrize("stamp", ["kept", "stripped"])
def test_the_stamp_tells_the_base_of_a_copy_that_reads_like_a_newer_version(city: Path, stamp: str) -> None:
    copy = mailed(city, with_new_sums)
    if stamp == "stripped":
        copy.write_bytes(restamped(copy.read_bytes(), ""))
    facts_change(city, **NEW_SUM, contracts__ops__title="ガバメントクラウド運用管理補助等業務委託")
    generate(city)
    adopt(city, OPS, copy)
    brought = "運用管理補助等業務委託" in twin(city)
    assert brought is (stamp == "kept"), "by likeness alone the newer title is taken back"


def mostly_taken_out(xml: str) -> str:
    """Title and sum stay, and the last line."""
    lines = re.findall(r"<w:p[ >].*?</w:p>", xml)
    for one in lines[3:-1]:
        xml = xml.replace(one, "", 1)
    return xml


@pytest.mark.parametrize("stamp", ["of another version", "of none"])
def test_a_stamp_that_lies_is_not_believed(city: Path, stamp: str) -> None:
    copy = mailed(city, duly)
    edited(city, mostly_taken_out)
    facts_change(city, **NEW_SUM)
    generate(city)
    lie = stamp_of((city / DOCX).read_bytes()) if stamp == "of another version" else "0" * 64
    assert lie != stamp_of(copy.read_bytes())
    copy.write_bytes(restamped(copy.read_bytes(), lie))
    adopt(city, OPS, copy)
    assert "適正" in twin(city) and NEW in twin(city) and OLD not in twin(city)


def test_a_mailed_copy_never_meets_an_unrecorded_edit(city: Path) -> None:
    copy = mailed(city, duly)
    theirs = edited(city, lambda xml: xml.replace("誠実に", "真摯に"))
    done = run("adopt", OPS, copy, "--reason", "x", folder=city)
    assert done.code == 3 and "記録していない手直し" in done.err
    assert (city / DOCX).read_bytes() == theirs


def test_a_copy_of_another_paper_is_refused(city: Path) -> None:
    other = city.parent / "別.docx"
    other.write_bytes(
        rewritten(
            (city / DOCX).read_bytes(),
            lambda xml: xml.replace(OPS, "contracts/other@x"),
            "docProps/custom.xml",
        )
    )
    done = run("adopt", OPS, other, "--reason", "x", folder=city)
    assert done.code == 3 and "contracts/other@x" in done.err


def test_facts_that_disagree_with_the_profile_are_told_with_their_place(city: Path) -> None:
    edited(city, lambda xml: xml.replace(OLD, "金13,000,000円"))
    told = run("adopt", OPS, "--reason", "x", "--format", "json", "--date", "R8.5.7", folder=city).json
    assert [(one["field"], one["paper"]) for one in told["disagreements"]] == [
        ("contracts.ops.amount.total", "金13,000,000円")
    ]
    line = (city / "profile.yaml").read_text().splitlines()[told["disagreements"][0]["line"] - 1]
    assert "13,200,000" in line
    assert "文書は「金13,000,000円」" in adopt(city, OPS)


def test_a_sum_that_ends_like_another_is_not_taken_for_it(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai", tiny=False)
    assert run("generate", OPS, "--date", "R8.4.1", folder=folder).code == 0
    assert "1,100,000円" in twin(folder) and "額　金100,000円" in twin(folder)
    edited(folder, lambda xml: xml.replace("1,100,000円", "1,000,000円"))
    told = run("adopt", OPS, "--reason", "x", "--format", "json", "--date", "R8.5.7", folder=folder).json
    said = {(one["profile"], one["paper"]) for one in told["disagreements"]}
    assert {old.removeprefix("金") for old, _ in said} == {"1,100,000円"}, said
    assert {new.removeprefix("金") for _, new in said} == {"1,000,000円"}, said


def test_an_edit_that_is_no_fact_disagrees_with_none(city: Path) -> None:
    edited(city, duly)
    assert "プロファイルと違う" not in adopt(city, OPS)


def test_a_concluded_paper_stays(city: Path) -> None:
    theirs = edited(city, duly)
    text = (city / "kian.lock").read_text()
    (city / "kian.lock").write_text(text.replace('"life": "draft"', f'"life": "{Life.CONCLUDED}"'))
    before = commits(city)
    assert run("adopt", OPS, "--reason", "x", folder=city).code == 3
    facts_change(city, **NEW_SUM)
    assert run("generate", OPS, "--date", "R8.5.7", folder=city).code == 0
    assert (city / DOCX).read_bytes() == theirs
    assert DOCX not in git(city, "log", "-1", "--name-only", "--format=").splitlines()
    assert len(commits(city)) <= len(before) + 1


FOREIGN = "contracts/network@kaisen"


def test_a_contract_that_kian_never_made_is_taken_in(city: Path) -> None:
    file = city.parent / "回線.docx"
    file.write_bytes(a_file("[title]回線契約書", "[jo]第1条　甲は、乙に回線を委託する。"))
    adopt(city, FOREIGN, file)
    path = city / f"documents/{FOREIGN}.docx"
    assert path.read_bytes() == file.read_bytes()
    assert (
        path.with_suffix(".txt").read_text(encoding="utf-8")
        == "回線契約書\n第1条　甲は、乙に回線を委託する。\n"
    )
    rows = {row["id"]: row["state"] for row in run("status", "--format", "json", folder=city).json}
    assert rows[FOREIGN] == "adopted"
    assert run("generate", "--date", "R8.5.7", folder=city).code == 0
    assert path.read_bytes() == file.read_bytes()
    file.write_bytes(a_file("[title]回線契約書", "[jo]第1条　甲は、乙に回線の保守を委託する。"))
    adopt(city, FOREIGN, file)
    done = run("diff", FOREIGN, folder=city)
    assert done.code == 1 and "+第1条　甲は、乙に回線の保守を委託する。" in done.out
    assert len(run("history", FOREIGN, "--format", "json", folder=city).json) == 2


@pytest.mark.parametrize("name", ["contracts/../x", "Contracts/A", "plans/x", "contracts/名前"])
def test_a_new_id_must_be_one(city: Path, name: str) -> None:
    file = city.parent / "x.docx"
    file.write_bytes(a_file("甲"))
    done = run("adopt", name, file, "--reason", "x", folder=city)
    assert done.code == 1 and "id" in done.err
    assert run("adopt", FOREIGN, "--reason", "x", folder=city).code == 1


def test_renumber_writes_a_file_beside_and_leaves_the_first_alone(tmp_path: Path) -> None:
    file, out = tmp_path / "案.docx", tmp_path / "案2.docx"
    file.write_bytes(a_file("[jo]第1条　甲。", "[jo]第3条　乙は、第3条による。"))
    before = file.read_bytes()
    done = run("renumber", file, "--out", out, "--date", "R8.4.1")
    assert done.code == 0, done.err
    assert "第3条 → 第2条" in done.out and "引用1箇所" in done.out
    assert read_paper(out.read_bytes(), "x").twin == "第1条　甲。\n第2条　乙は、第2条による。\n"
    assert file.read_bytes() == before
    assert b'w:date="2026-04-01' in parts_of(out.read_bytes())["word/document.xml"]
    assert run("renumber", file, "--out", out).code == 3
    assert "直す所はありません" in run("renumber", out).out
    assert run("renumber", tmp_path / "none.docx").code == 1
