"""What an auditor asks: whose copy is this, where does this sum come from, what happened, what must be kept."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from drafting.scenario import OPS, a_workspace, facts_change, git, run

from gen.word.clean_copy import clean_copy
from gen.word.package import read_package

from .scenario import DAY, TWIN, WORD, a_city, a_life, approve, facts, ok, types


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_life(tmp_path_factory.mktemp("asked") / "aobadai")


@pytest.fixture
def city(life: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(life, tmp_path / "copy", symlinks=True))


def recorded(city: Path, number: int, to: Path) -> Path:
    commit = git(city, "rev-list", "--reverse", "HEAD").split()[number - 1]
    data = subprocess.run(
        ["git", "show", f"{commit}:{WORD}"], cwd=city, capture_output=True, check=True
    ).stdout
    to.write_bytes(data)
    return to


# -- identify ------------------------------------------------------------------------------------


def test_the_concluded_file_itself(city: Path) -> None:
    told = run("identify", city / WORD, "--format", "json", folder=city).json
    assert (told["how"], told["document"], told["revision"], told["life"]) == ("file", OPS, 8, "concluded")


def test_an_older_file_is_known_and_what_stands_now_is_told(city: Path, tmp_path: Path) -> None:
    done = run("identify", recorded(city, 3, tmp_path / "旧.docx"), folder=city)
    assert done.code == 0
    assert "第2版（案）" in done.out and "改訂3" in done.out and "今は第3版（締結済み）" in done.out


def test_a_copy_without_provenance_and_comments_is_known_by_its_text(city: Path, tmp_path: Path) -> None:
    old = recorded(city, 3, tmp_path / "a.docx")
    copy = tmp_path / "写し.docx"
    copy.write_bytes(clean_copy(old.read_bytes(), "x", "2026-04-01", "x"))
    package = read_package(copy.read_bytes(), "x")
    body = package.parts["word/document.xml"].replace(b"<w:sectPr", b'<w:sectPr w:rsidR="00AA00AA"', 1)
    copy.write_bytes(package.with_parts({"word/document.xml": body}).write())
    told = run("identify", copy, "--format", "json", folder=city).json
    assert (told["how"], told["said"], told["document"], told["revision"]) == ("text", "", OPS, 3)


def test_an_altered_copy_is_known_by_its_lines_and_says_what_differs(city: Path, tmp_path: Path) -> None:
    copy = recorded(city, 3, tmp_path / "写し.docx")
    types(copy, "金13,200,000円", "金93,200,000円")
    copy.write_bytes(clean_copy(copy.read_bytes(), "x", "2026-04-01", "x"))
    done = run("identify", copy, "--format", "json", folder=city)
    assert done.code == 1
    assert (done.json["how"], done.json["revision"]) == ("near", 3)
    assert any("金13,200,000円" in line and "金93,200,000円" in line for line in done.json["differences"])


def test_a_stranger_is_no_document_of_this_workspace(city: Path, tmp_path: Path) -> None:
    from gen.word.master import build

    (tmp_path / "x.docx").write_bytes(build("[title] 別の書類\n[jo] 何もない。\n", "x.txt"))
    done = run("identify", tmp_path / "x.docx", folder=city)
    assert done.code == 1 and "この作業場所の文書ではありません" in done.out
    assert run("identify", tmp_path / "none.docx", folder=city).code == 1


# -- trace ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped contract of forty articles, with a changed sum."""
    from drafting.scenario import contract

    city = a_workspace(tmp_path_factory.mktemp("trace") / "aobadai", tiny=False)
    ok("generate", OPS, *DAY, "--reason", "案の作成", folder=city)
    facts_change(city, **contract(plan_days="20日"))
    ok("generate", OPS, *DAY, "--reason", "期限の変更", folder=city)
    return city


def test_every_printed_value_has_its_field_its_line_and_its_revision(whole: Path) -> None:
    told = run("trace", OPS, "--format", "json", folder=whole).json
    twin = (whole / TWIN).read_text(encoding="utf-8").splitlines()
    assert len(told["values"]) > 30
    for row in told["values"]:
        assert row["text"].replace("\n", "↵").split("|")[0] in twin[row["line"] - 1]
        assert row["template"] and row["revision"] in (2, 3)
    days = next(row for row in told["values"] if row["field"] == "contracts.ops.plan_days")
    lines = (whole / "profile.yaml").read_text(encoding="utf-8").splitlines()
    assert "20日" in lines[days["file_line"] - 1] and days["file"] == "profile.yaml"
    assert (days["source"], days["revision"]) == ("field", 3)
    total = next(row for row in told["values"] if row["field"] == "contracts.ops.amount.total")
    assert total["revision"] == 2
    tax = next(row for row in told["values"] if row["field"] == "contracts.ops.amount.tax")
    assert tax["source"] == "computed"


def test_a_clause_with_its_template_reason_and_law(whole: Path) -> None:
    told = run("trace", OPS, "--clause", "8", "--format", "json", folder=whole).json
    assert [one["number"] for one in told["clauses"]] == ["第８条"]
    assert told["clauses"][0]["template"] == "clauses/plan" and told["clauses"][0]["why"]
    assert {row["clause"] for row in told["values"]} == {"第８条"}
    told = run("trace", OPS, "--clause", "特約第8条", "--format", "json", folder=whole).json
    assert {one["template"].partition("/")[0] for one in told["clauses"]} == {"attachments"}
    assert run("trace", OPS, "--clause", "999", folder=whole).code == 1


def test_a_text_that_the_template_itself_says(whole: Path) -> None:
    told = run("trace", OPS, "--text", "第三者に漏らし", "--format", "json", folder=whole).json
    assert told["values"] and {row["source"] for row in told["values"]} == {"template"}
    assert "clauses/secrecy" in {row["template"] for row in told["values"]}
    assert run("trace", OPS, "--text", "どこにもない言葉", folder=whole).code == 1


def test_a_value_that_a_law_sets(tmp_path: Path) -> None:
    from drafting.scenario import GONE, contract

    city = a_workspace(tmp_path / "aobadai", tiny=False, **contract(inspect_days=GONE))
    ok("generate", OPS, *DAY, folder=city)
    told = run("trace", OPS, "--format", "json", folder=city).json
    row = next(row for row in told["values"] if row["field"] == "contracts.ops.inspect_days")
    assert row["source"] == "law" and "政府契約の支払遅延防止等に関する法律" in row["basis"]


def test_the_last_change_is_that_of_the_recorded_text_not_of_the_folder(whole: Path, tmp_path: Path) -> None:
    city = Path(shutil.copytree(whole, tmp_path / "copy", symlinks=True))
    from drafting.scenario import contract

    facts_change(city, **contract(plan_days="25日"))
    told = run("trace", OPS, "--text", "20", "--format", "json", folder=city).json
    assert any(row["field"] == "contracts.ops.plan_days" and row["text"] == "20" for row in told["values"])


# -- history -------------------------------------------------------------------------------------


def test_history_says_the_version_the_account_and_the_approval(city: Path) -> None:
    rows = run("history", OPS, "--format", "json", folder=city).json
    assert [row["life"] for row in rows][:3] == ["concluded", "", "approved"]
    assert rows[2]["approval"] == "総総第123号　市長　青葉　太郎　令和8年3月31日"
    assert rows[0]["versions"] == {OPS: 3}
    text = run("history", folder=city).out
    assert "第3版" in text and "決裁: 総総第123号" in text and "アカウント" in text


def test_history_names_the_templates_that_changed(city: Path, tmp_path: Path) -> None:
    from drafting.scenario import TINY, own_template

    other = a_city(tmp_path / "other")
    own_template(other, "contracts/operation-support", TINY.replace("誠実に", "誠実かつ適正に"))
    ok("generate", OPS, *DAY, "--reason", "文言の見直し", folder=other)
    rows = run("history", OPS, "--format", "json", folder=other).json
    assert rows[0]["templates"] == ["contracts/operation-support"] and rows[1]["templates"] == []


# -- the audit paper and the export --------------------------------------------------------------


def test_the_audit_paper_tells_what_happened(city: Path, tmp_path: Path) -> None:
    facts(city, title="別の業務委託")
    git(city, "add", "-A")
    git(city, "commit", "-q", "-m", "事実の更新")
    out = tmp_path / "監査"
    done = run("audit", *DAY, "--out", out, "--format", "json", folder=city)
    assert done.code == 0, done.err
    told = done.json
    assert [row["kind"] for row in told["lives"]] == ["決裁", "締結"]
    assert [row["revision"] for row in told["unexplained"]] == ["9"]
    row = told["contracts"][0]
    assert (row["number"], row["total"], row["end"], row["notice"], row["state"]) == (
        *("契第45号", "13,200,000円", "令和9年3月31日", "令和8年12月31日", "締結済み"),
    )
    assert {path.suffix for path in out.iterdir()} == {".docx", ".html", ".csv"}
    rows = list(csv.DictReader(io.StringIO((out / "監査資料_改訂.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 9 and "法務の修正" in rows[3]["理由"]
    page = (out / "監査資料.html").read_text(encoding="utf-8")
    assert "総総第123号" in page and "説明のない変更" in page
    assert run("audit", *DAY, "--out", out, folder=city).code == 3


def test_the_period_narrows_the_list_and_a_wrong_one_is_refused(city: Path, tmp_path: Path) -> None:
    told = run("audit", *DAY, "--to", "R7.1.1", "--out", tmp_path / "a", "--format", "json", folder=city).json
    assert told["revisions"] == [] and told["contracts"]
    assert run("audit", "--from", "R8.4.1", "--to", "R7.1.1", folder=city).code == 2


def test_an_alteration_stands_in_the_audit_paper(city: Path, tmp_path: Path) -> None:
    (city / TWIN).write_bytes(b"x")
    done = run("audit", *DAY, "--out", tmp_path / "a", "--format", "json", folder=city)
    assert done.code == 1 and done.json["altered"][0]["place"] == TWIN


def test_an_error_in_the_facts_stands_in_the_audit_paper(city: Path, tmp_path: Path) -> None:
    facts(city, inspect_days="14日")  # 政府契約の支払遅延防止等に関する法律第5条第1項
    assert run("check", *DAY, folder=city).code == 1
    done = run("audit", *DAY, "--out", tmp_path / "a", "--format", "json", folder=city)
    assert done.code == 0, done.err
    (found,) = (one for one in done.json["findings"] if one["severity"] == "誤り")
    assert "14日" in found["message"] and found["place"].startswith("profile.yaml:")
    for asked in ("verify", "history"):
        assert run(asked, folder=city).code == 0, asked


def test_a_cell_never_becomes_a_formula(city: Path, tmp_path: Path) -> None:
    git(city, "commit", "-q", "--allow-empty", "-m", "=HYPERLINK(1)")
    run("audit", *DAY, "--out", tmp_path / "a", folder=city)
    rows = list(
        csv.reader(io.StringIO((tmp_path / "a" / "監査資料_改訂.csv").read_text(encoding="utf-8-sig")))
    )
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


@pytest.mark.parametrize("name", ["保存用.zip", "保存用"])
def test_the_export_is_whole_and_reads_without_kian(city: Path, tmp_path: Path, name: str) -> None:
    (city / "private.yaml").write_text("phone: 090-0000-0000\n", encoding="utf-8")
    target = tmp_path / name
    done = run("export", target, "--no-pdf", *DAY, folder=city)
    assert done.code == 0, done.err
    if target.suffix:
        zipfile.ZipFile(target).extractall(tmp_path / "out")
        target = tmp_path / "out"
    for line in (target / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, file = line.partition("  ")
        assert hashlib.sha256((target / file).read_bytes()).hexdigest() == digest
    git(tmp_path, "clone", "-q", str(target / "history.bundle"), "again")
    assert git(tmp_path / "again", "rev-parse", "HEAD") == git(city, "rev-parse", "HEAD")
    assert git(tmp_path / "again", "tag").split() == git(city, "tag").split()
    assert f'href="{WORD}"' in (target / "index.html").read_text(encoding="utf-8")
    assert (target / WORD).read_bytes() == (city / WORD).read_bytes()
    assert not list(target.rglob("private.yaml"))
    assert run("export", target, *DAY, folder=city).code == 3


def test_an_approved_draft_is_refused_twice(tmp_path: Path) -> None:
    city = a_city(tmp_path / "aobadai")
    assert approve(city).code == 0
    assert approve(city).code == 3


def test_an_export_without_pdfs_is_the_same_bytes_again(city: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.ZIP"):
        ok("export", tmp_path / name, "--no-pdf", *DAY, folder=city)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.ZIP").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


def test_an_export_is_written_through_no_link_and_over_nothing(city: Path, tmp_path: Path) -> None:
    for make in (
        lambda path: path.symlink_to(tmp_path / "elsewhere"),
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b"mine"),
    ):
        target = tmp_path / f"{make.__code__.co_firstlineno}.zip"
        make(target)
        done = run("export", target, "--no-pdf", *DAY, folder=city)
        assert (done.code, (tmp_path / "elsewhere").exists()) == (3, False)
    (tmp_path / "file").write_bytes(b"mine")
    for target in (tmp_path / "file" / "x.zip", tmp_path / "file" / "x"):
        done = run("export", target, "--no-pdf", *DAY, folder=city)
        assert done.code == 1 and "対応" in done.err, done.err
