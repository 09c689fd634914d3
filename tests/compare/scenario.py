"""Scenarios for comparing: Word files in a few words, as Kian, Word and LibreOffice write them.

`a_paper("第1条　…", …)` is a file of the house with Kian's bookmarks; `from_word` makes of any file
what Word leaves after a person worked on it: split runs, revision ids, proofing marks.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from gen.compare import Block, Paper, align, read_paper
from gen.word.house import house_package

STYLES = {
    "jo": "KianJo", "ko": "KianKo", "go": "KianGo", "midashi": "KianMidashi", "title": "KianTitle",
    "head": "KianHead", "sign": "KianSign", "attach": "KianAttach",
}  # fmt: skip
_LINE = re.compile(r"(?:\[(?P<role>\w+)\])?(?:<(?P<name>[\w-]+)>)?(?P<text>.*)", re.DOTALL)
_NUMBER = re.compile(r"第[^条　]+条?|[0-9０-９]+|\([0-9]+\)")


def run(text: str, properties: str = "") -> str:
    """A run; tabs and line breaks as Word has them."""
    inside = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(part, f'<w:t xml:space="preserve">{escape(part)}</w:t>')
        for part in re.split("([\t\n])", text)
        if part
    )
    return f"<w:r>{properties}{inside}</w:r>"


def p(line: str, number: int = 0) -> str:
    """A paragraph: `[jo]<fee>第3条　…` has style KianJo and its number in the bookmark `_k_fee`."""
    if line.startswith("<w:"):
        return line
    found = _LINE.fullmatch(line)
    assert found
    role, name, text = found["role"] or "", found["name"], found["text"]
    style = f'<w:pPr><w:pStyle w:val="{STYLES.get(role, "KianBody")}"/></w:pPr>'
    label = _NUMBER.match(text) if name else None
    if not label:
        return f"<w:p>{style}{run(text)}</w:p>"
    mark = f'<w:bookmarkStart w:id="{number}" w:name="_k_{name}"/>{run(label[0])}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p>{style}{mark}{run(text[label.end() :])}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of these cells."""
    inside = "".join(
        "<w:tr>"
        + "".join(f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{p(cell)}</w:tc>' for cell in row)
        + "</w:tr>"
        for row in rows
    )
    grid = '<w:gridCol w:w="2000"/>' * len(rows[0])
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{inside}</w:tbl>"
    )


def a_file(*lines: str) -> bytes:
    """A Word file of these lines; what begins with a tag of Word stands as it is."""
    return house_package("".join(p(line, at) for at, line in enumerate(lines, 1))).write()


def a_paper(*lines: str) -> Paper:
    """The same, read."""
    return read_paper(a_file(*lines), "test.docx")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def a_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def rewritten(data: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """The file with one part changed as text."""
    parts = parts_of(data)
    parts[part] = change(parts[part].decode()).encode()
    return a_zip(parts)


def from_word(data: bytes, part: str = "word/document.xml") -> bytes:
    """What Word leaves: revision ids, proofing marks, a bookmark where the cursor was, split runs."""

    def worked_on(text: str) -> str:
        text = re.sub(r"<w:p>", '<w:p w:rsidR="00A11B22" w:rsidRDefault="00A11B22">', text)
        text = re.sub(r"<w:r>", '<w:r w:rsidRPr="00C33D44">', text)
        text = re.sub(r'<w:t xml:space="preserve">([^<]{2,})</w:t></w:r>', _split, text)
        mark = '<w:bookmarkStart w:id="900" w:name="_GoBack"/><w:bookmarkEnd w:id="900"/>'
        at = text.rindex("</w:p>")
        return text[:at] + mark + text[at:]

    return rewritten(data, worked_on, part)


def _split(found: re.Match[str]) -> str:
    text = found[1]
    if "&" in text:
        return found[0]
    half = len(text) // 2
    fonts = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return (
        f'<w:t xml:space="preserve">{text[:half]}</w:t></w:r><w:proofErr w:type="spellStart"/>'
        f'<w:r w:rsidR="00E55F66">{fonts}<w:t xml:space="preserve">{text[half:]}</w:t></w:r><w:proofErr w:type="spellEnd"/>'
    )


def saved_by_libreoffice(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files after LibreOffice opened and saved them; one start for all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/user", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(folder / "saved"),
         *(str(folder / f"{name}.docx") for name in files)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: (folder / "saved" / f"{name}.docx").read_bytes() for name in files}


def told(old: Paper, new: Paper) -> list[str]:
    """An alignment in a line a pair: `=`, `~` changed, `+`, `-`, `>` moved, `#` renumbered."""
    return [_line(*pair) for pair in ((x.old, x.new, x) for x in align(old.body, new.body).pairs)]


def _line(old: Block | None, new: Block | None, pair: object) -> str:
    if old is None or new is None:
        return f"{'+' if new else '-'} {_head(new or old)}"
    signs = "".join(
        sign
        for sign, on in (
            (">", getattr(pair, "moved", False)),
            ("#", getattr(pair, "renumbered", False)),
            ("~", getattr(pair, "changed", False)),
        )
        if on
    )
    return f"{signs or '='} {_head(new)}"


def _head(block: Block | None) -> str:
    assert block is not None
    return block.text.replace("　", " ")[:13]
