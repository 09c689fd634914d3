"""Every verb as a person and as a program see it: text, JSON, exit codes, what is written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from compare.scenario import rewritten
from drafting.scenario import (
    GONE,
    OPS,
    SHIPPED,
    a_profile_text,
    a_workspace,
    contract,
    facts_change,
    git,
    kian,
    run,
    tree_of,
)

from gen.compare import read_paper

ENGLISH = ("Usage", "Error", "Missing", "No such", "Invalid", "Try ", "Traceback", "Show this")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "aobadai")
    assert run("generate", "--date", "R8.4.1", folder=folder).code == 0
    return folder


# -- init ------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", SHIPPED, ids=lambda path: path.stem)
def test_init_makes_a_workspace_of_every_shipped_profile(tmp_path: Path, profile: Path) -> None:
    folder = tmp_path / "new"
    done = run("init", folder, "--profile", profile, "--date", "R8.4.1")
    assert done.code == 0
    assert str(folder) in done.out
    assert "generate" in done.out
    assert (folder / "profile.yaml").read_bytes() == profile.read_bytes()
    assert git(folder, "rev-list", "--count", "HEAD") == "1"
    assert git(folder, "status", "--porcelain") == ""


def test_init_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("大事")
    before = tree_of(tmp_path)
    done = run("init", tmp_path, "--profile", SHIPPED[0])
    assert done.code == 3
    assert "memo.txt" in done.err
    assert tree_of(tmp_path) == before


def test_init_with_a_wrong_profile_makes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "p.yaml"
    source.write_text(a_profile_text(city__kind="邑"))
    done = run("init", tmp_path / "new", "--profile", source)
    assert done.code == 1
    assert "p.yaml:" in done.err
    assert "邑" in done.err
    assert not (tmp_path / "new").exists()


def test_init_without_a_profile_file_says_so(tmp_path: Path) -> None:
    done = run("init", tmp_path / "new", "--profile", tmp_path / "nothing.yaml")
    assert done.code == 1
    assert "nothing.yaml" in done.err
    assert not (tmp_path / "new").exists()


def test_init_takes_the_name_of_a_shipped_profile(tmp_path: Path) -> None:
    assert run("init", tmp_path / "new", "--profile", "aobadai", "--date", "R8.4.1").code == 0
    shipped = next(path for path in SHIPPED if path.stem == "aobadai")
    assert (tmp_path / "new/profile.yaml").read_bytes() == shipped.read_bytes()
    done = run("init", tmp_path / "other", "--profile", "nowhere")
    assert done.code == 1
    assert "aobadai" in done.err


def test_init_takes_a_profile_of_any_file_name(tmp_path: Path) -> None:
    source = tmp_path / "青葉台市 R8.yaml"
    source.write_text(a_profile_text())
    assert run("init", tmp_path / "new", "--profile", source).code == 0
    assert (tmp_path / "new/profile.yaml").is_file()


# -- check -----------------------------------------------------------------------------------


def test_check_is_content_with_a_complete_profile(city: Path) -> None:
    done = run("check", folder=city)
    assert (done.code, done.out) == (0, "指摘はありません。\n")
    assert run("check", "--format", "json", folder=city).json == {"ok": True, "findings": []}


def test_check_tells_all_findings_at_once_with_place_and_remedy(city: Path) -> None:
    facts_change(
        city,
        city__kind="邑",
        city__nmae="x",
        vendors__midori__corporate_number="6999900000012",
        contracts__ops__period={"start": "令和9年3月31日", "end": "令和8年4月1日"},
    )
    before = tree_of(city)
    done = run("check", folder=city)
    assert done.code == 1
    assert done.out.count("誤り[") >= 3
    assert all(f"profile.yaml:{n}:" not in done.out for n in (0,))
    assert tree_of(city) == before


def test_the_json_of_check_has_the_promised_shape(city: Path) -> None:
    facts_change(city, **contract(deposit={"kind": "免除"}), rules__deposit=GONE)
    done = run("check", "--format", "json", folder=city)
    assert done.code == 1
    assert set(done.json) >= {"ok", "findings"}
    assert done.json["ok"] is False
    (found,) = done.json["findings"]
    assert set(found) >= {
        "rule", "severity", "message", "file", "line", "column", "field", "basis", "hint",
    }  # fmt: skip
    assert (found["rule"], found["severity"]) == ("contract-deposit-exempt", "error")
    assert (found["file"], found["field"]) == ("profile.yaml", "contracts.ops.deposit.kind")
    text = (city / "profile.yaml").read_text().splitlines()
    assert '"kind": "免除"' in text[found["line"] - 1]
    assert found["column"] == text[found["line"] - 1].index('"免除"') + 1
    assert found["basis"] and found["hint"]


def test_a_warning_is_no_failure(city: Path) -> None:
    facts_change(city, vendors__midori__name="㈱みどり情報システム")
    done = run("check", folder=city)
    assert done.code == 0
    assert "注意" in done.out


def test_check_takes_the_day_in_japanese(city: Path) -> None:
    for day in ("R8.4.1", "令和8年4月1日", "2026-04-01", "令和八年四月一日"):
        assert run("check", "--date", day, folder=city).code == 0


def test_a_contract_whose_template_does_not_exist_is_an_error_at_its_place(city: Path) -> None:
    facts_change(city, **contract(template="nothing"))
    text = (city / "profile.yaml").read_text().splitlines()
    line = next(number for number, row in enumerate(text, 1) if '"nothing"' in row)
    column = text[line - 1].index('"nothing"') + 1
    for verb in ("check", "list", "generate", "status"):
        done = run(verb, folder=city)
        assert done.code == 1, verb
        assert f"profile.yaml:{line}:{column}: 誤り[profile-template]" in done.out + done.err
        assert "ひな形「nothing」はありません。使えるひな形：" in done.out + done.err
        assert "、operation-support、" in done.out + done.err


def test_a_template_of_the_citys_own_can_be_named(city: Path) -> None:
    facts_change(city, **contract(template="line-monitoring"))
    shipped = city / "templates/contracts"
    for ending in ("docx", "yaml"):
        source = shipped / f"operation-support.{ending}"
        (shipped / f"line-monitoring.{ending}").write_bytes(source.read_bytes())
    assert run("check", folder=city).code == 0


def test_check_counts_what_is_undecided_and_lists_it_when_asked(city: Path) -> None:
    facts_change(city, **contract(number="未定", place="未定"))
    done = run("check", folder=city)
    assert done.code == 0
    assert "未定の項目が2件あります（契約 ops の" in done.out and "kian check --undecided" in done.out
    rows = run("check", "--undecided", "--format", "json", folder=city).json["findings"]
    assert {row["field"] for row in rows} == {"contracts.ops.number", "contracts.ops.place"}
    assert all(row["line"] and row["severity"] == "info" for row in rows)


# -- list ------------------------------------------------------------------------------------


def test_list_tells_what_applies_and_why(city: Path) -> None:
    rows = run("list", "--format", "json", folder=city).json
    assert {row["id"] for row in rows} >= {OPS}
    for row in rows:
        assert set(row) >= {"id", "title", "kind", "applies", "why"}
        assert row["kind"] in ("contract", "attachment", "form", "paper", "procedure", "plan")
        assert isinstance(row["applies"], bool)
        assert row["why"]
    assert f"○ {OPS}" in run("list", folder=city).out


def test_list_says_that_a_contract_calls_for_its_template(city: Path) -> None:
    text = run("list", folder=city).out
    assert "契約 ops がこのひな形を指定している" in text
    assert "契約 ops の案に添える" in text


def test_list_why_goes_clause_by_clause(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai", tiny=False)
    rows = {row["id"]: row for row in run("list", "--why", OPS, "--format", "json", folder=folder).json}
    assert rows["clauses/personal-data"]["applies"] is False
    assert any("個人情報の取扱い＝いいえ" in why for why in rows["clauses/personal-data"]["why"])
    assert rows["clauses/secrecy"]["applies"] is True
    assert rows["clauses/bouhai"]["basis"]
    text = run("list", "--why", OPS, folder=folder).out
    assert "× clauses/personal-data" in text
    assert "contracts.ops.personal_data" in text


def test_an_unknown_paper_is_told_with_the_nearest_id(city: Path) -> None:
    for verb in (("list", "--why"), ("generate",)):
        done = run(*verb, "contracts/operation-suport@ops", folder=city)
        assert done.code == 1
        assert OPS in done.err


# -- status ----------------------------------------------------------------------------------


def status(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        row["id"]: row for row in run("status", "--date", "R8.4.1", "--format", "json", folder=folder).json
    }


def test_status_in_every_state(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai")
    docx = folder / "documents/contracts/operation-support@ops.docx"
    assert status(folder)[OPS]["state"] == "new"
    run("generate", "--date", "R8.4.1", folder=folder)
    assert (status(folder)[OPS]["state"], status(folder)[OPS]["version"]) == ("current", 1)
    assert status(folder)[OPS]["life"] == "draft"
    facts_change(folder, **contract(title="運用支援業務委託"))
    assert status(folder)[OPS]["state"] == "stale"
    facts_change(folder, contracts={})
    assert status(folder)[OPS]["state"] == "orphan"
    facts_change(folder)
    made = docx.read_bytes()
    docx.write_bytes(made + b"x")
    assert status(folder)[OPS]["state"] == "edited"
    docx.unlink()
    assert status(folder)[OPS]["state"] == "missing"
    docx.write_bytes(made)
    lock = json.loads((folder / "kian.lock").read_text())
    lock["documents"][OPS]["life"] = "approved"
    (folder / "kian.lock").write_text(json.dumps(lock))
    assert (status(folder)[OPS]["state"], status(folder)[OPS]["life"]) == ("current", "approved")
    facts_change(folder, **contract(title="運用支援業務委託"))
    assert status(folder)[OPS]["state"] == "overtaken"
    text = run("status", folder=folder).out
    assert "決裁済み" in text


def test_generate_never_touches_an_approved_paper(city: Path) -> None:
    lock = json.loads((city / "kian.lock").read_text())
    lock["documents"][OPS]["life"] = "concluded"
    (city / "kian.lock").write_text(json.dumps(lock))
    git(city, "commit", "-qam", "締結")
    facts_change(city, **contract(title="運用支援業務委託"))
    docx = city / "documents/contracts/operation-support@ops.docx"
    before = docx.read_bytes()
    done = run("generate", OPS, folder=city)
    assert done.code == 0
    assert "据置き" in done.out
    assert docx.read_bytes() == before


def test_reading_verbs_write_nothing(city: Path) -> None:
    before = tree_of(city)
    for verb in (("check",), ("list",), ("list", "--why", OPS), ("status",), ("history",), ("diff", OPS)):
        run(*verb, folder=city)
        assert tree_of(city) == before, verb


# -- history and diff ------------------------------------------------------------------------


def changed(folder: Path) -> None:
    facts_change(folder, **contract(title="運用支援業務委託"))
    assert run("generate", "--date", "R8.5.7", "--reason", "件名の整理", folder=folder).code == 0


def test_history_tells_who_what_when_and_why(city: Path) -> None:
    changed(city)
    rows = run("history", "--format", "json", folder=city).json
    assert [row["revision"] for row in rows] == [3, 2, 1]
    for row in rows:
        assert set(row) >= {"revision", "commit", "date", "author", "reason", "documents", "changes"}
    assert rows[0]["commit"] == git(city, "rev-parse", "HEAD")
    assert (rows[0]["author"], rows[0]["reason"]) == ("青葉 花子", "件名の整理")
    assert OPS in rows[0]["documents"]
    assert rows[0]["changes"] == [
        "契約 ops の件名: ガバメントクラウド運用管理補助業務委託 → 運用支援業務委託"
    ]
    assert rows[1]["changes"] == []
    text = run("history", OPS, folder=city).out
    assert "件名の整理" in text and "改訂3" in text and "改訂1" not in text


def test_diff_tells_a_difference_by_its_exit_code(city: Path) -> None:
    changed(city)
    done = run("diff", OPS, "2", "3", folder=city)
    assert done.code == 1
    assert "-１　件名\tガバメントクラウド運用管理補助業務委託" in done.out
    assert "+１　件名\t運用支援業務委託" in done.out
    assert run("diff", OPS, folder=city).out == done.out
    same = run("diff", OPS, "3", "3", folder=city)
    assert (same.code, same.out) == (0, "違いはありません。\n")
    told = run("diff", OPS, "--format", "json", folder=city).json
    assert (told["ok"], told["old"], told["new"]) == (False, 2, 3)


@pytest.mark.parametrize("name", ["3", "３", "改訂3", "改訂３"])
def test_diff_takes_a_revision_as_the_history_names_it(city: Path, name: str) -> None:
    changed(city)
    done = run("diff", OPS, "改訂2", name, folder=city)
    assert done.code == 1
    assert "（改訂2）" in done.out and "（改訂3）" in done.out


def test_diff_of_the_first_revision_has_nothing_before_it(city: Path) -> None:
    done = run("diff", OPS, folder=city)
    assert "（記録なし）" in done.out and "（改訂2）" in done.out and "第0版" not in done.out


def test_diff_as_redline_writes_a_word_file_and_overwrites_none(city: Path, tmp_path: Path) -> None:
    changed(city)
    out = tmp_path / "見え消し.docx"
    words = ("diff", OPS, "2", "3", "--as", "redline", "--out", out)
    done = run(*words, folder=city)
    assert (done.code, done.out) == (1, f"見え消し（改訂2→改訂3）を書き出しました：{out}\n")
    paper = read_paper(out.read_bytes(), "見え消し")
    assert paper.twin == (city / f"documents/{OPS}.txt").read_text(encoding="utf-8")
    assert b"KianFingerprint" not in b"".join(paper.package.parts.values())
    before = out.read_bytes()
    again = run(*words, folder=city)
    assert again.code == 3 and out.read_bytes() == before


def test_diff_takes_a_file_on_either_side(city: Path, tmp_path: Path) -> None:
    changed(city)
    mailed = tmp_path / "相手方.docx"
    mailed.write_bytes((city / f"documents/{OPS}.docx").read_bytes())
    assert run("diff", OPS, "3", mailed, folder=city).code == 0
    assert (
        "+１　件名\tガバメントクラウド運用管理補助業務委託" in run("diff", OPS, mailed, "2", folder=city).out
    )
    done = run(
        "diff",
        OPS,
        "3",
        mailed,
        "--as",
        "redline",
        "--out",
        tmp_path / "r.docx",
        "--format",
        "json",
        folder=city,
    )
    assert (done.code, done.json["ok"], done.json["new"]) == (0, True, 0)
    mailed.write_bytes(rewritten(mailed.read_bytes(), lambda xml: xml.replace("誠実に", "真摯に")))
    alone = run("diff", OPS, mailed, folder=city)
    assert alone.code == 1 and "--- " in alone.out and "（改訂3）" in alone.out.split("\n")[0]
    assert any(line.startswith("+") and "真摯に" in line for line in alone.out.splitlines())
    assert "ファイルがありません" in run("diff", OPS, "3", "none.docx", folder=city).err
    (tmp_path / "bad.docx").write_bytes(b"x")
    assert "読めません" in run("diff", OPS, "3", tmp_path / "bad.docx", folder=city).err
    assert run("diff", OPS, "--out", tmp_path / "x.docx", folder=city).code == 2


def test_history_of_an_unknown_paper_says_so(city: Path) -> None:
    done = run("history", "contracts/none@ops", folder=city)
    assert (done.code, done.out) == (1, "")
    assert "文書「contracts/none@ops」の改訂はありません。" in done.err
    assert "kian list" in done.err


def test_diff_of_what_is_not_there_says_so(city: Path) -> None:
    assert run("diff", "contracts/none@ops", folder=city).code == 1
    assert "kian history" in run("diff", OPS, "99", folder=city).err
    assert run("diff", OPS, "nosuchcommit", folder=city).code == 1


# -- what goes wrong -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("nosuch",),
        ("--nosuch",),
        ("generate", "--nosuch"),
        ("generate", "--date", "いつか"),
        ("check", "--format", "xml"),
        ("check", "too", "many"),
        ("diff",),
        ("init", "x"),
        ("generate", "--date"),
    ],
    ids=" ".join,
)
def test_bad_usage_is_told_in_japanese_with_code_2(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.code == 2
    assert done.err.strip()
    assert not [word for word in ENGLISH if word in done.err], done.err
    assert "--help" in done.err


@pytest.mark.parametrize(
    "verb", ["", "init", "check", "list", "generate", "status", "history", "diff", "demo", "template"]
)
def test_every_help_is_japanese_and_has_an_example(verb: str) -> None:
    done = run(*filter(None, (verb,)), "--help")
    assert done.code == 0
    assert "例:" in done.out
    assert not [word for word in ENGLISH if word in done.out], done.out


def test_without_a_workspace_the_remedy_is_init(tmp_path: Path) -> None:
    done = kian("status", cwd=tmp_path)
    assert done.returncode == 1
    assert "kian init" in done.stderr
    assert run("status", folder=tmp_path / "none").code == 1


def test_the_workspace_is_found_from_a_folder_inside(city: Path) -> None:
    done = kian("history", "--format", "json", cwd=city / "documents" / "contracts")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 2


def test_without_git_the_code_is_4_and_the_sentence_japanese(city: Path, tmp_path: Path) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    for verb in (("status",), ("generate",), ("init", tmp_path / "x", "--profile", SHIPPED[0])):
        done = kian(*(() if verb[0] == "init" else ("-C", city)), *verb, PATH=str(empty))
        assert done.returncode == 4, (verb, done.stderr)
        assert "git" in done.stderr and "対応" in done.stderr
        assert "Traceback" not in done.stderr


def test_check_needs_no_git(city: Path, tmp_path: Path) -> None:
    """A profile can be checked where there is no git, or it says what is missing."""
    done = kian("-C", city, "check", PATH=str(tmp_path))
    assert done.returncode in (0, 4)
    assert "Traceback" not in done.stderr


def test_a_bug_is_code_5_without_a_traceback(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gen.drafting.looking_back as module

    monkeypatch.setattr(module, "told_history", lambda *_: 1 / 0)
    done = run("history", folder=city)
    assert done.code == 5
    assert "不具合" in done.err
    assert "ZeroDivisionError" in done.err
    assert "Traceback" not in done.err


def test_a_damaged_lock_is_told_with_its_place(city: Path) -> None:
    (city / "kian.lock").write_text('{"format": 1, "documents": {\n<<<<<<< HEAD\n')
    done = run("generate", folder=city)
    assert done.code == 1
    assert "kian.lock:2" in done.err


def test_nobody_known_to_git_is_told_how_to_say_who(city: Path, tmp_path: Path) -> None:
    facts_change(city, **contract(title="運用支援業務委託"))
    done = kian(
        "-C", city, "generate",
        HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path), GIT_CONFIG_COUNT="0",
        GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull,
    )  # fmt: skip
    assert done.returncode == 1
    assert "git config --global user.name" in done.stderr


def test_the_whole_story_as_a_process(tmp_path: Path) -> None:
    done = kian("demo", tmp_path / "demo", "--date", "R8.4.1")
    assert done.returncode == 0, done.stderr
    assert "改訂3" in done.stdout
    assert "→" in done.stdout
    again = kian("demo", tmp_path / "demo")
    assert again.returncode == 3
    none = kian("demo", tmp_path / "other", "--profile", "nowhere")
    assert none.returncode == 1
    assert "aobadai" in none.stderr
    assert not (tmp_path / "other").exists()


def test_a_closed_pipe_is_no_bug(city: Path) -> None:
    import subprocess
    import sys

    from drafting.scenario import ROOT

    shell = shutil.which("bash")
    assert shell
    command = f"{sys.executable} -m gen -C {city} list --why {OPS} | head -n 0; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        [shell, "-c", command],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() in "01", done
    assert "Traceback" not in done.stderr and "不具合" not in done.stderr
