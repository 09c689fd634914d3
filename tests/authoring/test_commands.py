"""`kian template lint` and `preview` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gen.cli.main import cli
from gen.errors import ExitCode
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
