"""LibreOffice reads the numbers and citations as Word does: one start for all that is asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from gen.clauses import Wording
from gen.japanese import Digits
from gen.word.document import Document

from .scenario import DRAFT, UNKNOWN, a_zip, made, p, parts_of, table, tr

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not all(map(shutil.which, ("soffice", "pdftotext"))),
    reason="LibreOffice and poppler are not on this machine (in CI they must be)",
)


def a_contract(**options: object) -> Document:
    return made(
        p("業務委託契約書", "KianTitle"), p("{{ hd('fee') }}　契約金額", "KianHead"),
        p("{{ jo('a') }}　甲は、{{ ref('fee') }}の額を{{ v }}に払う。", "KianJo"),
        p("{{ ko('k') }}　乙は、{{ ref('b') }}による。", "KianKo"),
        p("{{ jo('b') }}　{{ prev('a') }}及び{{ ref('a', ko='k') }}による。", "KianJo"),
        p("{{ jo('c') }}　{{ ref('a') }}及び{{ refs('a', 'b') }}による。", "KianJo"),
        table(tr("{{ ref('b') }}", "{{ v }}")), p("終"),
        v="R&D<課>", **options,
    )  # fmt: skip


def retyped(data: bytes) -> bytes:
    """The file after a person typed another number over that of the first article."""
    parts = parts_of(data)
    before = b'<w:t xml:space="preserve">\xe7\xac\xac1\xe6\x9d\xa1</w:t></w:r><w:bookmarkEnd'
    assert parts["word/document.xml"].count(before) == 1
    parts["word/document.xml"] = parts["word/document.xml"].replace(before, before.replace(b"1", b"77"))
    return a_zip(parts)


def converted(folder: Path, files: dict[str, bytes], kind: str) -> dict[str, Path]:
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    out = folder / kind.partition(":")[0]
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/user", "--headless", "--convert-to", kind,
         "--outdir", str(out), *(str(folder / f"{name}.docx") for name in files)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: out / f"{name}.{kind.partition(':')[0]}" for name in files}


def updated(folder: Path, data: bytes) -> str:
    """The text after LibreOffice updated the fields, as it does for a PDF."""
    pdf = converted(folder, {"retyped": data}, "pdf")["retyped"]
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return flat(done.stdout)


def flat(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def lines(file: Path) -> list[str]:
    """The paragraphs of a text file; cells come one a line."""
    return [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def expected(document: Document) -> list[str]:
    out: list[str] = []
    for line in document.twin.splitlines():
        out.extend(line.strip("| ").split(" | ") if line.startswith("|") else [line])
    return out


def test_libreoffice_shows_the_text_of_the_twin_and_citations_follow_a_retyped_number(tmp_path: Path) -> None:
    plain, full = a_contract(), a_contract(wording=Wording(digits=Digits.FULL))
    open_ = made(p("{{ jo('a') }}　{{ u }}と{{ ref('a') }}", "KianJo"), u=UNKNOWN)
    papers = {"plain": plain, "full": full, "open": open_}
    files = {name: paper.write(DRAFT, {"KianVersion": "1"}) for name, paper in papers.items()}
    shown = converted(tmp_path, files, "txt:Text (encoded):UTF8")
    for name, paper in papers.items():
        assert lines(shown[name]) == expected(paper), name

    kept = converted(tmp_path, files, "odt")
    for name, data in files.items():
        cited = re.findall(rb"REF (_k_\w+)", parts_of(data)["word/document.xml"])
        content = parts_of(kept[name].read_bytes())["content.xml"]
        assert re.findall(rb'<text:bookmark-ref [^>]*text:ref-name="(_k_\w+)"', content) == cited, name

    told = updated(tmp_path, retyped(files["plain"]))
    assert flat("第77条　甲は、") in told
    assert flat("前条及び第77条第2項による。") in told
    assert flat("第77条及び第77条及び第2条による。") in told
