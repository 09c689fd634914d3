"""Building from text and back: the encoding is told, nothing is overwritten in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting.scenario import ROOT, run

SECRECY = ROOT / "templates" / "clauses" / "secrecy.docx"
MASTER = "[midashi] （秘密）\n[body] 秘密を守る。\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-16", "UTF-16など"), ("utf-16-le", "UTF-16など"), ("cp932", "Shift_JIS（ANSI）")],
)
@pytest.mark.parametrize("verb", ["build", "lint", "preview"])
def test_a_master_in_another_encoding_is_told_so(tmp_path: Path, verb: str, encoding: str, said: str) -> None:
    file = tmp_path / "clauses" / "secrecy.txt"
    file.parent.mkdir()
    file.write_bytes(MASTER.encode(encoding))
    done = run("template", verb, file)
    told = done.out + done.err
    assert done.code == 1, told
    assert said in told and "UTF-8" in told
    assert "secrecy.txt" in told


def test_a_master_with_a_byte_order_mark_and_windows_line_ends_builds(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(MASTER.replace("\n", "\r\n").encode("utf-8-sig"))
    assert run("template", "build", file).code == 0
    assert run("template", "text", tmp_path / "a.docx").out == MASTER


def test_the_text_goes_into_a_file_and_never_over_another(tmp_path: Path) -> None:
    out = tmp_path / "secrecy.txt"
    shown = run("template", "text", SECRECY).out
    assert run("template", "text", SECRECY, "--out", out).code == 0
    assert out.read_text(encoding="utf-8") == shown
    out.write_text("直した文面", encoding="utf-8")
    done = run("template", "text", SECRECY, "--out", out)
    assert done.code == 3
    assert "何も書き込んでいません" in done.err and "--overwrite" in done.err
    assert out.read_text(encoding="utf-8") == "直した文面"
    assert run("template", "text", SECRECY, "--out", out, "--overwrite").code == 0
    assert out.read_text(encoding="utf-8") == shown


def test_what_is_no_word_file_is_told_without_english(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"no zip")
    done = run("template", "text", file)
    assert done.code == 1
    assert "Wordファイル（.docx）として読めません。" in done.err
    assert "zip" not in done.err
