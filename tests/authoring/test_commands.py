"""`kian template lint` and `preview` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gen.cli.main import cli
from gen.errors import ExitCode, Refused, UserError
from gen.shipped import shipped

from .scenario import a_paper, a_template


def _run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["template", *args], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return int(result.return_value or 0), result.stdout


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_findings_end_with_one_and_their_json(tmp_path: Path) -> None:
    own = a_template(tmp_path / "own", "[body] {{ k.totel }}\n")
    code, out = _run("lint", "--format", "json", str(own))
    assert code == ExitCode.FINDINGS
    report = json.loads(out)
    assert not report["ok"] and [row["rule"] for row in report["findings"]] == ["name-undeclared"]


def test_a_clean_template_ends_with_nothing() -> None:
    code, out = _run("lint", "clauses/set-off")
    assert code == ExitCode.DONE and "指摘はありません" in out


def test_a_preview_stands_beside_its_template(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text(
        '[jo] {{ jo("n") }}　{{ ref("fee") }}の委託料を支払う。\n', encoding="utf-8"
    )
    code, out = _run("preview", str(tmp_path / "n.txt"))
    assert code == ExitCode.DONE and "〔fee〕の委託料" in out
    assert (tmp_path / "n.preview.docx").read_bytes().startswith(b"PK")
    assert "n.preview" not in _run("lint", str(tmp_path))[1]


def test_a_preview_can_be_put_elsewhere(tmp_path: Path) -> None:
    clause = shipped("templates") / "clauses/deposit.docx"
    code, out = _run("preview", str(clause), "--set", "deposit.kind=免除", "--out", str(tmp_path / "p.docx"))
    assert code == ExitCode.DONE and "免除する" in out
    assert (tmp_path / "p.docx").is_file() and not clause.with_name("deposit.preview.docx").exists()


def test_a_markdown_preview_has_a_page_and_is_no_template(tmp_path: Path) -> None:
    own = a_paper(tmp_path / "own", "{{ system.name }}\n")
    code, out = _run("preview", str(own / "procedures/own.md"))
    assert code == ExitCode.DONE and "システム" in out
    made = {path.name for path in (own / "procedures").iterdir()}
    assert {"own.preview.docx", "own.preview.html"} <= made
    assert _run("lint", str(own)) == (ExitCode.DONE, "指摘はありません。\n")


def test_the_text_of_a_markdown_template_is_itself(tmp_path: Path) -> None:
    own = a_paper(tmp_path / "own", "# {{ system.name }}\n")
    assert _run("text", str(own / "procedures/own.md")) == (ExitCode.DONE, "# {{ system.name }}\n")


# -- nothing is written over unasked -------------------------------------------------------


def _a_page(folder: Path) -> Path:
    return a_paper(folder / "own", "{{ system.name }}\n") / "procedures/own.md"


@pytest.mark.parametrize("there", ["p.docx", "p.html"])
def test_a_preview_replaces_a_file_of_a_person_only_when_told_so(there: str, tmp_path: Path) -> None:
    (tmp_path / there).write_bytes(b"a person's own")
    call = ("preview", str(_a_page(tmp_path)), "--out", str(tmp_path / "p.docx"))
    with pytest.raises(Refused, match="同じ名前のファイル"):
        _run(*call)
    assert (tmp_path / there).read_bytes() == b"a person's own"
    assert len({*tmp_path.glob("p.*")}) == 1
    assert _run(*call, "--overwrite")[0] == ExitCode.DONE
    assert (tmp_path / "p.docx").read_bytes().startswith(b"PK")
    assert b"<html" in (tmp_path / "p.html").read_bytes()


@pytest.mark.parametrize("how", ["itself", "a link of it", "its master"])
def test_a_preview_is_never_put_over_its_template(how: str, tmp_path: Path) -> None:
    own = a_template(tmp_path / "own", "[body] {{ k.title }}\n")
    template = next(own.rglob("*.docx"))
    before = template.read_bytes()
    shown, out = template, template
    if how == "a link of it":
        out = tmp_path / "other.docx"
        out.hardlink_to(template)
    if how == "its master":
        shown = template.with_suffix(".txt")
        shown.write_text("[body] {{ k.title }}\n", encoding="utf-8")
    with pytest.raises(Refused, match="ひな形そのもの"):
        _run("preview", str(shown), "--out", str(out), "--overwrite")
    assert template.read_bytes() == before


def test_a_preview_has_the_name_of_a_word_file(tmp_path: Path) -> None:
    for name in ("p.html", "p", ".", str(tmp_path)):
        with pytest.raises(UserError, match=r"\.docx"):
            _run("preview", str(_a_page(tmp_path)), "--out", name)


def test_a_preview_beside_its_template_is_made_anew_each_time(tmp_path: Path) -> None:
    page = _a_page(tmp_path)
    assert _run("preview", str(page)) == _run("preview", str(page))
