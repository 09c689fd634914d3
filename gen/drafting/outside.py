"""A file that a person names, anywhere on the machine: read within a limit.

Hands out `read_outside`. Leans on `errors`.
"""

from __future__ import annotations

from pathlib import Path

from gen.errors import Place, UserError

__all__ = ["read_outside"]

_MAX_FILE = 100 * 1024 * 1024


def read_outside(path: Path) -> bytes:
    """A Word file that a person names.

    Raises:
        UserError: it is not there, or too large.
    """
    name = str(path)
    if not path.is_file():
        raise UserError(
            "ファイルがありません。",
            place=Place(name),
            hint="Wordファイル（.docx）の場所を確かめてください。",
        )
    if path.stat().st_size > _MAX_FILE:
        raise UserError(f"ファイルが大きすぎます（{_MAX_FILE // 2**20}MBまで）。", place=Place(name))
    return path.read_bytes()
