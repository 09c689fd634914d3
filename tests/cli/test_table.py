"""`kian diff --as table` as a person and as a program see it: files, exit codes, the city's switches."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare.scenario import from_word, rewritten
from drafting.scenario import OPS, a_workspace, facts_change, git, run, tree_of

from gen.compare import read_paper
from gen.word.package import read_package
from gen.word.slots import read_provenance

NEXT = "contracts__ops__amount"
MORE = {"tax_kind": "税込", "total": "14,520,000円", "monthly": "1,210,000円"}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A contract in two versions: revision 2, and revision 3 with another sum."""
    folder = a_workspace(tmp_path / "aobadai")
    assert run("generate", OPS, "--date", "R8.4.1", folder=folder).code == 0
    facts_change(folder, **{NEXT: MORE})
    assert run("generate", OPS, "--date", "R8.5.1", folder=folder).code == 0
    return folder


def rows(path: Path) -> list[str]:
    return [block.text for block in read_paper(path.read_bytes(), path.name).body if block.is_row]


def test_a_word_file_and_a_page_are_written_where_one_works(
    city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("diff", OPS, "--as", "table", folder=city)
    name = "operation-support_ops_新旧対照表_改訂2_改訂3"
    assert done.code == 1
    assert done.out.splitlines() == [
        f"新旧対照表（改訂2→改訂3）を書き出しました：{name}{kind}" for kind in (".docx", ".html")
    ]
    assert "| ２　委託料　金14,520,000円 | ２　委託料　金13,200,000円 |" in rows(tmp_path / f"{name}.docx")
    assert "<u>金14,520,000円</u>" in (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    assert git(city, "status", "--porcelain") == ""


def test_the_ending_says_which_form_and_other_names_give_both(city: Path, tmp_path: Path) -> None:
    for name, written in {
        "a.docx": ["a.docx"],
        "b.HTML": ["b.HTML"],
        "c.1": ["c.1.docx", "c.1.html"],
    }.items():
        before = {path.name for path in tmp_path.iterdir()}
        assert run("diff", OPS, "2", "3", "--as", "table", "-o", tmp_path / name, folder=city).code == 1
        assert sorted({path.name for path in tmp_path.iterdir()} - before) == written


def test_a_file_of_a_person_is_never_overwritten_and_then_nothing_is_written(
    city: Path, tmp_path: Path
) -> None:
    (tmp_path / "t.html").write_text("大事")
    done = run("diff", OPS, "--as", "table", "-o", tmp_path / "t", folder=city)
    assert (done.code, (tmp_path / "t.html").read_text(), (tmp_path / "t.docx").exists()) == (
        3,
        "大事",
        False,
    )
    assert "t.html" in done.err and "何も書き込んでいません" in done.err


def test_the_same_command_gives_the_same_files_and_may_be_repeated(city: Path, tmp_path: Path) -> None:
    words = ("diff", OPS, "--as", "table", "-o", tmp_path / "t")
    first = run(*words, folder=city)
    before = (tmp_path / "t.docx").read_bytes()
    again = run(*words, folder=city)
    assert (again.code, again.out) == (first.code, first.out) == (1, first.out)
    assert run(*words[:-1], tmp_path / "u", folder=city).code == 1
    assert (tmp_path / "t.docx").read_bytes() == (tmp_path / "u.docx").read_bytes() == before


def test_the_city_chooses_the_side_of_the_new_text_and_the_remarks(city: Path, tmp_path: Path) -> None:
    facts_change(city, city__style={"new_side": "右", "remarks": "あり"}, **{NEXT: MORE})
    run("diff", OPS, "2", "3", "--as", "table", "-o", tmp_path / "t", folder=city)
    shown = rows(tmp_path / "t.docx")
    assert shown[0].startswith("| 改正前（旧）\n改訂2")
    assert "| ２　委託料　金13,200,000円 | ２　委託料　金14,520,000円 | 変更 |" in shown


def test_facts_with_an_error_do_not_hold_up_a_table(city: Path, tmp_path: Path) -> None:
    facts_change(city, city__kind="邑")
    assert run("diff", OPS, "--as", "table", "-o", tmp_path / "t", folder=city).code == 1


def test_versions_that_are_alike_make_no_table(city: Path, tmp_path: Path) -> None:
    done = run("diff", OPS, "3", "3", "--as", "table", "-o", tmp_path / "t", folder=city)
    assert (done.code, done.out) == (0, "違いはありません。新旧対照表は作りませんでした。\n")
    assert not (tmp_path / "t.docx").exists()


def test_a_mailed_copy_is_set_beside_a_revision(city: Path, tmp_path: Path) -> None:
    mailed = tmp_path / "相手方.docx"
    word = from_word((city / f"documents/{OPS}.docx").read_bytes())
    mailed.write_bytes(rewritten(word, lambda text: text.replace("誠実に", "誠実かつ公正に")))
    before = tree_of(city)
    done = run("diff", OPS, "3", mailed, "--as", "table", "-o", tmp_path / "t.docx", folder=city)
    assert done.code == 1 and "改訂3→相手方.docx" in done.out
    assert any("誠実かつ公正に" in row and "誠実に" in row for row in rows(tmp_path / "t.docx"))
    assert tree_of(city) == before


def test_a_program_learns_what_changed_and_where(city: Path, tmp_path: Path) -> None:
    done = run("diff", OPS, "--as", "table", "-o", tmp_path / "t", "--format", "json", folder=city)
    assert done.json == {
        "ok": False, "document": OPS, "old": 2, "new": 3,
        "changes": [{"place": "頭書第２項", "kind": "変更"}],
        "paths": [str(tmp_path / "t.docx"), str(tmp_path / "t.html")],
    }  # fmt: skip
    same = run("diff", OPS, "3", "3", "--as", "table", "--format", "json", folder=city)
    assert (same.json["ok"], same.json["paths"], same.code) == (True, [], 0)


def test_the_file_says_which_versions_it_compares(city: Path, tmp_path: Path) -> None:
    run("diff", OPS, "--as", "table", "-o", tmp_path / "t.docx", folder=city)
    found = read_provenance(read_package((tmp_path / "t.docx").read_bytes(), "t"), "t")
    own = read_provenance(read_package((city / f"documents/{OPS}.docx").read_bytes(), "d"), "d")
    assert (found["KianDocument"], found["KianOld"], found["KianNew"]) == (OPS, "改訂2", "改訂3")
    assert found["KianNewFingerprint"] == own["KianFingerprint"] != found["KianOldFingerprint"]


def test_a_folder_that_is_not_there_is_said_to_be_so(city: Path, tmp_path: Path) -> None:
    done = run("diff", OPS, "--as", "table", "-o", tmp_path / "none" / "t", folder=city)
    assert done.code == 1 and "書き出せません" in done.err


def test_a_name_of_the_facts_is_not_torn(city: Path, tmp_path: Path) -> None:
    facts_change(city, **{NEXT: MORE, "vendors__midori__name": "みどり情報運用株式会社"})
    assert run("generate", OPS, "--date", "R8.6.1", folder=city).code == 0
    run("diff", OPS, "--as", "table", "-o", tmp_path / "t.html", folder=city)
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "<u>みどり情報運用株式会社</u>" in page and "<u>みどり情報システム株式会社</u>" in page
