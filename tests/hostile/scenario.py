"""Scenarios of attack: somebody's file is put where Kian reads it, a command runs, nothing happens.

Hands out `refused` (the command says in Japanese what is wrong and changes no byte around it),
`with_template` (a workspace whose own template is this Word file) and Word files that are sound
but for one thing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from drafting.scenario import ROOT, Ran, a_workspace, run, tree_of
from word.scenario import a_docx, parts_of

TEMPLATE = "templates/contracts/operation-support.docx"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def refused(folder: Path, *args: object, beside: Path | None = None) -> str:
    """What the person is told; the folder around the workspace stays as it was, to the byte.

    Args:
        folder: the workspace.
        args: the command.
        beside: what is watched; the folder around the workspace where None.
    """
    around = beside or folder.parent
    before = tree_of(around)
    done = run(*args, folder=folder)
    said_in_japanese(done)
    assert tree_of(around) == before, "something was written"
    return done.out + done.err


def said_in_japanese(done: Ran) -> None:
    """Refused, with what to do, no traceback, no bug, no sign that steers a terminal."""
    whole = done.out + done.err
    assert done.code in (1, 2, 3), (done.code, whole[-2000:])
    assert re.search("[ぁ-ん]", whole) and "対応" in whole, whole
    assert "Traceback" not in whole and "不具合" not in whole, whole
    assert not UNSEEN.search(whole), repr(whole)


def with_template(folder: Path, data: bytes) -> Path:
    """A workspace whose own contract is this Word file."""
    workspace = a_workspace(folder, tiny=False)
    target = workspace / TEMPLATE
    target.parent.mkdir(parents=True)
    target.write_bytes(data)
    shipped = ROOT / "templates/contracts/operation-support.yaml"
    target.with_suffix(".yaml").write_bytes(shipped.read_bytes())
    return workspace


def relation(kind: str, target: str, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rIdX" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def with_relation(row: str, part: str = "word/_rels/document.xml.rels") -> bytes:
    """A sound Word file with one more relation."""
    parts = parts_of(a_docx("<w:p/>"))
    head = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    before = parts.get(part, head.encode()).decode()
    return a_docx("<w:p/>", parts={part: before.replace("</Relationships>", f"{row}</Relationships>")})


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
