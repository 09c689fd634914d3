"""Word files as PDF, by the LibreOffice of this machine; a paper that it cannot print spoils no other.

Hands out `pdfs_of` and `has_office`. All papers are given to one LibreOffice; those that it did not make are
given to it once more one by one, each with a deadline. A paper that Kian itself would not read is not given
to it at all. Leans on `ledger` and `word`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gen.errors import UserError
from gen.ledger import run_program
from gen.word.package import read_package

__all__ = ["has_office", "pdfs_of"]

_START, _EACH = 120.0, 15.0
"""Seconds that LibreOffice may take: to start with a profile of its own, and for a paper."""
_GIVE_UP = 3
"""So many papers alone that came to nothing, one after the other: it is LibreOffice that is broken."""


def has_office() -> bool:
    """Whether LibreOffice is on this machine."""
    return shutil.which("soffice") is not None


def pdfs_of(papers: Mapping[str, bytes]) -> dict[str, bytes]:
    """The PDF of each Word file by the name of that file; none for a paper that could not be made.

    Args:
        papers: Word files by name.
    """
    soffice = shutil.which("soffice")
    sound = [name for name, data in papers.items() if _is_sound(name, data)]
    if soffice is None or not sound:
        return {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = _Desk(Path(folder), soffice)
        numbers = {name: f"{number:04}" for number, name in enumerate(sound)}
        for name, number in numbers.items():
            (desk.folder / f"{number}.docx").write_bytes(papers[name])
        desk.convert([*numbers.values()])
        failed = 0
        for number in numbers.values():
            if failed < _GIVE_UP and not desk.made(number):
                desk.convert([number])
                failed = 0 if desk.made(number) else failed + 1
        return {name: data for name, number in numbers.items() if (data := desk.made(number))}


def _is_sound(name: str, data: bytes) -> bool:
    """Whether Kian would read it: no macros, nothing that leads out, no bomb."""
    try:
        read_package(data, name)
    except UserError:
        return False
    return True


class _Desk:
    """A folder in which LibreOffice works, with a profile of its own: no settings or macros of the person."""

    def __init__(self, folder: Path, soffice: str) -> None:
        self.folder = folder
        self._soffice = soffice

    def convert(self, numbers: list[str]) -> None:
        """Let LibreOffice print these papers; what came of it, `made` tells."""
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        options = ("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(self.folder / "out"))
        papers = [str(self.folder / f"{number}.docx") for number in numbers]
        run_program(
            [self._soffice, profile, *options, *papers],
            self.folder,
            _START + _EACH * len(papers),
            {"SOURCE_DATE_EPOCH": "315532800"},
        )

    def made(self, number: str) -> bytes:
        """The PDF; empty where there is none, or no whole one."""
        path = self.folder / "out" / f"{number}.pdf"
        data = path.read_bytes() if path.is_file() else b""
        return data if data.startswith(b"%PDF-") and b"%%EOF" in data[-64:] else b""
