"""PDFs for the export: LibreOffice is not there, fails, hangs, is given an attack; and LibreOffice itself."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from drafting.scenario import run

from gen.audit import pdfs
from gen.audit.pdfs import pdfs_of
from gen.word.master import build
from gen.word.package import read_package

from .scenario import DAY, a_city

Office = Callable[[str], None]
_PDF = 'print("%PDF-1.7\\n%%EOF", file=open(f"{out}/{name}.pdf", "w"))'
_SCRIPT = """#!{python}
import os, subprocess, sys, time
out = sys.argv[sys.argv.index("--outdir") + 1]
os.makedirs(out, exist_ok=True)
for name in (os.path.basename(one)[:-5] for one in sys.argv if one.endswith(".docx")):
    {act}
"""


def paper(text: str) -> bytes:
    return build(f"[title] {text}\n[jo] 第１　{text}を定める。\n".replace("第１　", ""), "x.txt")


def hostile() -> bytes:
    package = read_package(paper("攻撃"), "x.docx")
    body = package.parts["word/document.xml"].replace(
        b"<w:sectPr", b'<w:p><w:fldSimple w:instr=" DDEAUTO cmd calc "/></w:p><w:sectPr', 1
    )
    return package.with_parts({"word/document.xml": body}).write()


PAPERS = {"a.docx": paper("甲"), "b.docx": paper("乙"), "c.docx": paper("丙")}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A soffice of our own that does with each paper what it is told."""
    place = tmp_path / "bin"
    place.mkdir()

    def made(act: str) -> None:
        script = place / "soffice"
        script.write_text(_SCRIPT.format(python=sys.executable, act=act), encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")

    return made


def test_without_libreoffice_there_are_no_pdfs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdfs_of(PAPERS) == {}


def test_a_libreoffice_that_always_fails_is_given_up_soon(office: Office, tmp_path: Path) -> None:
    office(f'open("{tmp_path}/asked", "a").write("x"); sys.exit(1)')
    assert pdfs_of({f"{number}.docx": PAPERS["a.docx"] for number in range(20)}) == {}
    assert len((tmp_path / "asked").read_text(encoding="utf-8")) == 1 + 3


def test_a_paper_that_holds_libreoffice_spoils_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pdfs, "_START", 3.0)
    monkeypatch.setattr(pdfs, "_EACH", 0.0)
    held = tmp_path / "held"
    child = (
        f"import fcntl, time; held = open('{held}', 'w'); fcntl.flock(held, fcntl.LOCK_EX); time.sleep(600)"
    )
    office(f'{_PDF} if name != "0001" else subprocess.run([sys.executable, "-c", "{child}"])')
    made = pdfs_of(PAPERS)
    assert set(made) == {"a.docx", "c.docx"}
    assert is_let_go(held), "what LibreOffice had started went on"


def is_let_go(file: Path) -> bool:
    """Whether the process that locks the file ends; the system takes its lock away then."""
    with file.open() as stream:
        for _ in range(300):
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.1)
            else:
                return True
    return False


def test_half_a_pdf_is_none(office: Office) -> None:
    office('open(f"{out}/{name}.pdf", "w").write("%PDF-1.7 half")')
    assert pdfs_of(PAPERS) == {}


def test_the_export_names_the_papers_without_a_pdf(office: Office, tmp_path: Path) -> None:
    city = a_city(tmp_path / "aobadai")
    office(f'{_PDF} if name != "0000" else None')
    done = run("export", tmp_path / "保存用", *DAY, folder=city)
    assert done.code == 0
    left = [path for path in (tmp_path / "保存用").rglob("*.docx") if not path.with_suffix(".pdf").exists()]
    assert len(left) == 1 and left[0].name in done.err and "PDFにできませんでした" in done.err


@pytest.mark.skipif(
    not os.environ.get("CI") and shutil.which("soffice") is None,
    reason="LibreOffice is not on this machine (in CI it must be)",
)
def test_libreoffice_itself_prints_the_papers_and_never_sees_a_hostile_one() -> None:
    made = pdfs_of({"甲.docx": PAPERS["a.docx"], "攻撃.docx": hostile(), "壊.docx": b"PK\x03\x04broken"})
    assert set(made) == {"甲.docx"}
    assert len(made["甲.docx"]) > 1_000
