"""For those who write templates: from text masters to Word files and back.

Hands out `build_templates`, `template_text`, `save_text`, `put_file`, `refuse_existing` and `BuiltTemplate`.
Leans on `word.master` and the ledger's way of writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gen.errors import Place, Refused, UserError
from gen.ledger import paths, write_by_rename
from gen.profile import utf8_text
from gen.word.markdown_template import markdown_text
from gen.word.master import build, text_of
from gen.word.package import fingerprint, read_package

__all__ = ["BuiltTemplate", "build_templates", "put_file", "refuse_existing", "save_text", "template_text"]

_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True)
class BuiltTemplate:
    """A Word template and whether building it changed it."""

    path: Path
    changed: bool


def build_templates(paths: list[Path], *, write: bool = True) -> tuple[BuiltTemplate, ...]:
    """Build the Word file beside each text master.

    Args:
        paths: masters (`.txt`), or folders that are searched for them.
        write: False only compares, for a check in CI.

    Raises:
        MasterError: a line that cannot be built; nothing of that master is written.
    """
    masters = [
        master for path in paths for master in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])
    ]
    if not masters:
        raise UserError(
            "組み立てる文面ファイル（.txt）がありません。",
            place=Place(str(paths[0]) if paths else "."),
            hint="文面ファイル又はそれが入っているフォルダを指定してください。",
        )
    built: list[BuiltTemplate] = []
    for master in masters:
        data = build(utf8_text(str(master), _read(master)), str(master))
        target = master.with_suffix(".docx")
        changed = not target.exists() or not _same(target.read_bytes(), data, str(target))
        if changed and write:
            put_file(target, data)
        built.append(BuiltTemplate(target, changed))
    return tuple(built)


def template_text(path: Path) -> str:
    """The text form of a Word template; a Markdown template is its own, and is read as such.

    Raises:
        UserError: a file that cannot be read.
    """
    data = _read(path)
    return markdown_text(data, str(path)) if path.suffix == ".md" else text_of(data, str(path))


def save_text(text: str, path: Path, *, overwrite: bool = False) -> None:
    """Write the text form of a template.

    Raises:
        Refused: the file is there already, and nobody said that it may be replaced.
    """
    if not overwrite:
        refuse_existing(path)
    put_file(path, text.encode())


def refuse_existing(path: Path) -> None:
    """Stop where a file is in the way, and nobody said that it may be replaced.

    Raises:
        Refused: what lies there.
    """
    if path.exists():
        raise Refused(
            "同じ名前のファイルがあります。何も書き込んでいません。",
            place=Place(str(path)),
            hint="別の名前を指定するか、置き換えてよければ --overwrite を付けてください。",
        )


def put_file(path: Path, data: bytes) -> None:
    """Write a file wholly or not at all, and through no link.

    Raises:
        Refused: a link lies there, whether or not it leads anywhere.
    """
    paths.refuse_link(path.parent, path.name)
    write_by_rename(path, data)


def _same(old: bytes, new: bytes, source: str) -> bool:
    """Whether two Word files hold the same parts; the ZIP around them may differ by machine."""
    return fingerprint(read_package(old, source).parts) == fingerprint(read_package(new, source).parts)


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(
            "ファイルがありません。", place=Place(str(path)), hint="名前と場所を確かめてください。"
        )
    if path.stat().st_size > _LIMIT:
        raise UserError(
            "ファイルが大きすぎます（上限4MB）。",
            place=Place(str(path)),
            hint="画像を小さくするか、ひな形を分けてください。",
        )
    return path.read_bytes()
