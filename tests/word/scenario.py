"""Scenarios for Word templates: a body, its facts, and the document that comes of them."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from gen.clauses import Wording
from gen.report import FindingsError
from gen.word.document import Document, Stamp, finish
from gen.word.house import house_package
from gen.word.template import TemplateError, Templates
from gen.word.unknown import Unknown

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHECKER = Path(__file__).resolve().parents[1] / "tools" / "check_docx.py"
DRAFT = Stamp(1, "2026-04-01", "令和8年4月1日")
FINAL = Stamp(1, "2026-04-01", "令和8年4月1日", draft=False)
UNKNOWN = Unknown("k.x", "予定価格")


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(text: str = "", style: str = "KianBody") -> str:
    """A paragraph; what begins with a tag of Word is taken as its runs."""
    inner = text if text.startswith("<") else run(text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def steer(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def tr(*cells: str) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>{p(cell, "KianCell")}</w:tc>'
        for cell in cells
    )
    return f"<w:tr>{inner}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="1000"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="2000" w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def a_docx(*blocks: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file of the house; `parts` replaces or adds parts."""
    package = house_package("".join(blocks))
    changed = {name: part.encode() if isinstance(part, str) else part for name, part in (parts or {}).items()}
    return package.with_parts(changed).write()


def templates(
    files: Mapping[str, bytes], wording: Wording | None = None, terms: Mapping[str, str] | None = None
) -> Templates:
    return Templates(files.get, wording or Wording(), terms)


def made(
    *blocks: str,
    clauses: Mapping[str, bytes] | None = None,
    wording: Wording | None = None,
    terms: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    **facts: object,
) -> Document:
    """The document that a template of these blocks makes of the facts."""
    return made_of(a_docx(*blocks, parts=parts), clauses=clauses, wording=wording, terms=terms, **facts)


def made_of(
    data: bytes,
    clauses: Mapping[str, bytes] | None = None,
    wording: Wording | None = None,
    terms: Mapping[str, str] | None = None,
    **facts: object,
) -> Document:
    files = {"main.docx": data, **{f"clauses/{name}.docx": one for name, one in (clauses or {}).items()}}
    facts.setdefault("_applies", lambda name: True)
    wording = wording or Wording()
    return finish(templates(files, wording, terms).fill("main.docx", facts), "契約書", wording)


def twin(*blocks: str, **options: object) -> str:
    return made(*blocks, **options).twin  # type: ignore[arg-type]


def refused(*blocks: str, **options: object) -> str:
    """What the person is told where a template cannot be filled."""
    try:
        made(*blocks, **options)  # type: ignore[arg-type]
    except TemplateError as error:
        return f"{error.message}\n{error.place}"
    except FindingsError as error:
        return "\n".join(finding.message for finding in error.report)
    raise AssertionError("it was not refused")


def xml_of(document: Document, part: str = "word/document.xml", stamp: Stamp = DRAFT) -> etree._Element:
    return etree.fromstring(document.stamped(stamp).parts[part])


def parts_of(data: bytes) -> dict[str, bytes]:
    """Read by the standard library, never through the code under test."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def a_zip(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def is_sound(data: bytes, folder: Path, allowed: str = "") -> None:
    """The file follows the schema of Word, and its package is whole."""
    file = folder / "checked.docx"
    file.write_bytes(data)
    allow = ["--allow", allowed] if allowed else []
    done = subprocess.run(
        [sys.executable, CHECKER, *allow, file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
