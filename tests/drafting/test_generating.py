"""The flow: the same facts make no revision, a changed fact makes exactly one."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from drafting.scenario import (
    OPS,
    TINY,
    a_profile_text,
    a_workspace,
    contract,
    facts_change,
    git,
    kian,
    own_template,
    run,
    tree_of,
)
from gen.drafting.selection import Studio

TWO = {
    "contracts__net": {
        **json.loads(a_profile_text())["contracts"]["ops"],
        "title": "接続回線運用監視業務委託",
        "vendor": "hibari",
    }
}
NET = "contracts/operation-support@net"
FILES = ("documents/contracts/operation-support@ops.docx", "documents/contracts/operation-support@ops.txt")
NEW_SUM = contract(amount={"tax_kind": "税込", "total": "14,520,000円", "monthly": "1,210,000円"})


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai", **TWO)
    done = run("generate", "--date", "R8.4.1", folder=folder)
    assert done.code == 0, done.err
    return folder


def commits(folder: Path) -> int:
    return int(git(folder, "rev-list", "--count", "HEAD"))


def lock(folder: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads((folder / "kian.lock").read_text())["documents"]
    return found


def test_the_first_run_makes_one_revision_with_all_papers(city: Path) -> None:
    assert commits(city) == 2
    assert git(city, "status", "--porcelain") == ""
    assert set(lock(city)) >= {OPS, NET}
    for file in FILES:
        assert (city / file).is_file()


@pytest.mark.parametrize("day", ["R8.4.1", "R8.4.2", "令和９年１月５日"])
def test_unchanged_facts_make_no_revision_on_any_day(city: Path, day: str) -> None:
    before = tree_of(city)
    done = run("generate", "--date", day, folder=city)
    assert done.code == 0
    assert "改訂は作りませんでした" in done.out
    assert tree_of(city) == before


def test_another_way_of_writing_the_same_facts_makes_no_revision(city: Path) -> None:
    text = (city / "profile.yaml").read_text().replace("13,200,000円", "１３，２００千円")
    (city / "profile.yaml").write_text(f"# 覚え書き\n{text}")
    done = run("generate", "--date", "R8.5.1", folder=city)
    assert (done.code, commits(city)) == (0, 2)


def test_a_changed_fact_makes_one_revision_of_the_papers_that_print_it(city: Path) -> None:
    old = lock(city)
    untouched = (city / "documents/contracts/operation-support@net.docx").read_bytes()
    facts_change(city, **TWO, **NEW_SUM)
    done = run("generate", "--date", "R8.5.7", "--reason", "増員", folder=city)
    assert done.code == 0, done.err
    assert commits(city) == 3
    new = lock(city)
    assert (new[OPS]["version"], new[OPS]["made_on"]) == (2, "2026-05-07")
    assert new[OPS]["fingerprint"] != old[OPS]["fingerprint"]
    assert (new[NET]["version"], new[NET]["made_on"]) == (1, "2026-04-01")
    assert new[NET]["fingerprint"] == old[NET]["fingerprint"]
    assert (city / "documents/contracts/operation-support@net.docx").read_bytes() == untouched
    assert "13,200,000円 → 14,520,000円" in done.out
    message = git(city, "log", "-1", "--format=%B")
    assert "増員" in message
    assert f"Kian-Document: {OPS}" in message
    assert NET not in message


def test_the_commit_says_from_what_it_was_made(city: Path) -> None:
    facts_change(city, **TWO, **NEW_SUM)
    run("generate", OPS, "--date", "R8.5.7", "--reason", "増員", folder=city)
    trailers = dict(
        line.split(": ", 1)
        for line in git(city, "log", "-1", "--format=%(trailers:only,unfold)").splitlines()
        if not line.startswith("Kian-Change")
    )
    entry = lock(city)[OPS]
    assert trailers["Kian-Document"] == OPS
    assert trailers["Kian-Fingerprint"] == entry["fingerprint"]
    assert trailers["Kian-Profile"] == entry["profile_digest"]
    assert trailers["Kian-Template"] == f"contracts/operation-support {entry['template_digest']}"
    assert trailers["Kian-Version"] == "2"
    assert trailers["Kian-Reason"] == "増員"
    assert trailers["Kian-Operator"]
    assert git(city, "log", "-1", "--format=%an <%ae>") == "青葉 花子 <hanako@aobadai.example>"


def test_the_lock_has_the_shape_that_others_rely_on(city: Path) -> None:
    content = json.loads((city / "kian.lock").read_text())
    entry = content["documents"][OPS]
    assert entry["template"] == "contracts/operation-support"
    assert (entry["state"], entry["life"]) == ("generated", "draft")
    assert len(entry["fingerprint"]) == len(entry["text"]) == 64
    assert entry["files"] == list(FILES)


def test_a_fact_that_no_paper_prints_is_recorded_without_a_new_paper(city: Path) -> None:
    facts_change(city, **TWO, **contract(note="前年度からの継続"))
    done = run("generate", "--date", "R8.4.1", folder=city)
    assert (done.code, commits(city)) == (0, 3)
    assert "プロファイルの事実を変更" in git(city, "log", "-1", "--format=%s")
    assert lock(city)[OPS]["version"] == 1


def test_a_paper_that_a_change_left_as_it_is_is_not_made_again_only_to_compare_it(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts_change(city, **TWO, **NEW_SUM)
    assert run("generate", "--date", "R8.5.7", folder=city).code == 0
    monkeypatch.setattr(Studio, "make", lambda *_: pytest.fail("made although nothing changed"))
    assert run("generate", "--date", "R8.5.8", folder=city).code == 0
    states = json.loads(run("status", "--date", "R8.5.8", "--format", "json", folder=city).out)
    assert {row["state"] for row in states} == {"current"}


def test_one_paper_by_name_and_the_rest_later_with_the_reason_that_is_true(city: Path) -> None:
    facts_change(city, **TWO, city__name="新青葉台市")
    assert run("generate", OPS, "--date", "R8.5.7", folder=city).code == 0
    assert (lock(city)[OPS]["version"], lock(city)[NET]["version"]) == (2, 1)
    assert run("generate", "--date", "R8.5.8", folder=city).code == 0
    assert (lock(city)[OPS]["version"], lock(city)[NET]["version"]) == (2, 2)
    assert "ひな形" not in git(city, "log", "-1", "--format=%B")


def test_a_dry_run_tells_the_sums_and_writes_nothing(city: Path) -> None:
    facts_change(city, **TWO, **NEW_SUM)
    before = tree_of(city)
    done = run("generate", "--dry-run", "--date", "R8.5.7", folder=city)
    assert done.code == 0
    assert "-４　委託料" in done.out or "金14,520,000円" in done.out
    assert "13,200,000円 → 14,520,000円" in done.out
    assert "何も書き込んでいません" in done.out
    assert tree_of(city) == before


def test_the_json_of_generate_tells_the_same(city: Path) -> None:
    facts_change(city, **TWO, **NEW_SUM)
    told = run("generate", "--dry-run", "--format", "json", "--date", "R8.5.7", folder=city).json
    assert told["revision"] is None
    actions = {one["id"]: one["action"] for one in told["documents"]}
    assert (actions[OPS], actions[NET]) == ("changed", "unchanged")
    assert [one["field"] for one in told["changes"]] == [
        "contracts.ops.amount.total",
        "contracts.ops.amount.monthly",
    ]
    told = run("generate", "--format", "json", "--date", "R8.5.7", folder=city).json
    assert told["revision"] == git(city, "rev-parse", "HEAD")


def test_a_twin_edited_by_hand_is_never_overwritten(city: Path) -> None:
    file = FILES[1]  # what is edited in the Word file is merged
    with (city / file).open("ab") as edited:
        edited.write(b"by hand")
    facts_change(city, **TWO, **NEW_SUM)
    before = tree_of(city)
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert done.code == 3
    assert file in done.err
    assert "何も書き込んでいません" in done.err
    assert f"\n        git restore {file}\n" in done.err
    assert tree_of(city) == before


def test_unchanged_facts_tell_of_a_paper_that_was_edited_or_taken_away(city: Path) -> None:
    with (city / FILES[1]).open("ab") as edited:
        edited.write(b"by hand")
    (city / "documents/contracts/operation-support@net.docx").unlink()
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert done.code == 0
    assert f"[変更なし（手直しあり）] {OPS}　第1版　{FILES[1]}" in done.out
    assert f"[変更なし（ファイルなし。git restore で戻せます）] {NET}　" in done.out
    told = run("generate", "--format", "json", "--date", "R8.5.7", folder=city).json
    states = {one["id"]: one["touched"] for one in told["documents"]}
    assert (states[OPS], states[NET]) == ("edited", "missing")


def test_a_paper_edited_by_hand_does_not_stop_the_others(city: Path) -> None:
    with (city / FILES[0]).open("ab") as edited:
        edited.write(b"by hand")
    facts_change(city, **TWO, contracts__net__place="北庁舎", contracts__net__title="回線監視業務委託")
    assert run("generate", "--date", "R8.5.7", folder=city).code == 0
    assert lock(city)[NET]["version"] == 2
    assert (city / FILES[0]).read_bytes().endswith(b"by hand")


def test_a_deleted_paper_is_told_and_comes_back_with_the_next_change(city: Path) -> None:
    (city / FILES[0]).unlink()
    states = {row["id"]: row for row in run("status", "--format", "json", folder=city).json}
    assert states[OPS]["state"] == "missing"
    assert "git restore" in states[OPS]["detail"]
    facts_change(city, **TWO, **NEW_SUM)
    assert run("generate", "--date", "R8.5.7", folder=city).code == 0
    assert (city / FILES[0]).is_file()


def test_an_error_in_the_profile_stops_everything_with_its_place(city: Path) -> None:
    text = (city / "profile.yaml").read_text()
    (city / "profile.yaml").write_text(text.replace('"税込"', '"税こみ"'))
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "税込" in row)
    before = tree_of(city)
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert done.code == 1
    assert f"profile.yaml:{line}:" in done.err
    assert "税こみ" in done.err
    assert "何も書き込んでいません" in done.err
    assert tree_of(city) == before


def test_inputs_hold_every_file_that_was_read(city: Path) -> None:
    inputs = {str(path.relative_to(city / ".kian/inputs")) for path in (city / ".kian/inputs").rglob("*.*")}
    assert {
        "law/values.yaml",
        "templates/contracts/operation-support.docx",
        "templates/contracts/operation-support.yaml",
        "templates/clauses/secrecy.docx",
        "templates/clauses/secrecy.yaml",
    } <= inputs
    assert (city / ".kian/inputs/templates/contracts/operation-support.docx").read_bytes() == (
        city / "templates/contracts/operation-support.docx"
    ).read_bytes()


def test_the_citys_own_template_overlays_the_shipped_one_and_is_recorded(city: Path) -> None:
    own_template(
        city,
        "clauses/secrecy",
        '[midashi] （秘密）\n[jo] {{ jo("secrecy") }}　{{乙}}は、{{本市}}の秘密を守る。\n',
    )
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert done.code == 0, done.err
    assert commits(city) == 3
    assert "第２条　乙は、本市の秘密を守る。" in (city / FILES[1]).read_text()
    assert "templates/clauses/secrecy.docx" in git(city, "ls-files").splitlines()
    assert git(city, "status", "--porcelain") == ""
    (city / "templates/clauses/secrecy.docx").unlink()
    (city / "templates/clauses/secrecy.yaml").unlink()
    assert run("generate", "--date", "R8.5.8", folder=city).code == 0
    assert "templates/clauses/secrecy.docx" not in git(city, "ls-files").splitlines()
    assert git(city, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[body] {{ k.nonsense }}を支払う。", "nonsense"),
        ("[body] {% if k.title %}閉じていない。", "if"),
        ('[body] {{ ref("nowhere") }}による。', "nowhere"),
    ],
)
def test_a_wrong_template_writes_nothing_and_names_itself(city: Path, line: str, said: str) -> None:
    own_template(city, "contracts/operation-support", f"{TINY}{line}\n")
    before = tree_of(city)
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert done.code == 1
    assert "contracts/operation-support.docx" in done.err
    assert said in done.err
    assert tree_of(city) == before


def test_the_paragraph_of_a_wrong_name_is_quoted_with_its_condition(city: Path) -> None:
    own_template(
        city,
        "contracts/operation-support",
        f"{TINY}{{%p if not fact.no_amount %}}\n[body] 委託料は{{{{ k.nonsense }}}}とする。\n{{%p endif %}}\n",
    )
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert "段落: 委託料は" in done.err
    assert "条件: " in done.err


def test_two_runs_at_once_leave_one_whole_history(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai", **TWO)
    from drafting.scenario import HANAKO, ROOT

    environment = {**os.environ, **HANAKO, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    runs = [
        subprocess.Popen(
            _command(folder, document),
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )
        for document in (OPS, NET)
    ]  # fmt: skip
    ended = [(one.wait(), one.communicate()[1]) for one in runs]
    assert {code for code, _ in ended} <= {0, 3}, ended
    assert 0 in {code for code, _ in ended}
    done = run("generate", "--date", "R8.4.1", folder=folder)
    assert done.code == 0
    assert set(lock(folder)) >= {OPS, NET}
    assert git(folder, "status", "--porcelain") == ""
    git(folder, "fsck", "--strict")


def _command(folder: Path, document: str) -> list[str]:
    import sys

    return [sys.executable, "-m", "gen", "-C", str(folder), "generate", document, "--date", "R8.4.1"]


def test_the_profile_may_be_a_folder(tmp_path: Path) -> None:
    source = tmp_path / "source" / "profile"
    source.mkdir(parents=True)
    for section, value in json.loads(a_profile_text()).items():
        text = json.dumps({section: value}, ensure_ascii=False, indent=1)
        (source / f"{section}.yaml").write_text(text)
    folder = tmp_path / "aobadai"
    done = run("init", folder, "--profile", source, "--date", "R8.4.1")
    assert done.code == 0, done.err
    own_template(folder, "contracts/operation-support", TINY)
    assert run("generate", "--date", "R8.4.1", folder=folder).code == 0
    path = folder / "profile" / "contracts.yaml"
    path.write_text(path.read_text().replace("13,200,000", "14,520,000").replace("1,100,000", "1,210,000"))
    done = run("generate", "--date", "R8.5.7", folder=folder)
    assert "13,200,000円 → 14,520,000円" in done.out
    path.write_text(path.read_text().replace('"税込"', '"税こみ"'))
    assert "profile/contracts.yaml:" in run("generate", folder=folder).err


def test_a_profile_split_into_a_folder_keeps_its_history(city: Path) -> None:
    sections = json.loads((city / "profile.yaml").read_text())
    (city / "profile.yaml").unlink()
    (city / "profile").mkdir()
    sections["contracts"]["ops"]["place"] = "北庁舎"
    for section, value in sections.items():
        (city / "profile" / f"{section}.yaml").write_text(json.dumps({section: value}, ensure_ascii=False))
    done = run("generate", "--date", "R8.5.7", folder=city)
    assert done.code == 0, done.err
    assert "青葉台市役所 → 北庁舎" in done.out
    assert git(city, "status", "--porcelain") == ""
    assert "profile.yaml" not in git(city, "ls-files").splitlines()
    sections["contracts"]["ops"]["place"] = "南庁舎"
    (city / "profile" / "contracts.yaml").write_text(
        json.dumps({"contracts": sections["contracts"]}, ensure_ascii=False)
    )
    assert "北庁舎 → 南庁舎" in run("generate", "--date", "R8.5.8", folder=city).out


def test_what_is_open_is_told_on_every_run(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai", **contract(amount={"tax_kind": "税込", "total": "未定"}))
    for _ in range(2):
        done = run("generate", OPS, "--date", "R8.4.1", "--format", "json", folder=folder)
        assert done.code == 0
        found = done.json["findings"]
        assert {one["field"] for one in found} == {"contracts.ops.amount.total"}
        assert found[0]["line"] and found[0]["column"]
    assert "注意 1件" in run("generate", OPS, "--date", "R8.4.1", folder=folder).out


def test_the_same_inputs_give_the_same_fingerprint_in_another_process(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai", tiny=False)
    assert run("generate", "--date", "R8.4.1", folder=folder).code == 0
    other = a_workspace(tmp_path / "other", tiny=False)
    done = kian(
        "-C", other, "generate", "--date", "R8.4.1",
        TZ="America/Caracas", LC_ALL="C.UTF-8", PYTHONHASHSEED="7",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert lock(folder)[OPS]["fingerprint"] == lock(other)[OPS]["fingerprint"]
    for file in FILES:
        if file.endswith(".txt"):
            assert (folder / file).read_bytes() == (other / file).read_bytes()
