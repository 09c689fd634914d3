"""Numbers and citations of any Word file mended into a file beside it.

Hands out `mend` and `Mended`. Leans on `compare` and `comparing`; needs no workspace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gen.compare import DOCUMENT, read_paper
from gen.compare.merging import AUTHOR
from gen.compare.parts import with_roots
from gen.compare.pen import Pen
from gen.compare.renumbering import Renumbered, renumber
from gen.drafting.comparing import write_new
from gen.drafting.outside import read_outside

__all__ = ["Mended", "mend"]


@dataclass(frozen=True)
class Mended:
    """What was mended.

    Attributes:
        told: numbers, citations, findings.
        path: the new file; None where there was nothing to mend.
    """

    told: Renumbered
    path: Path | None

    def to_json(self) -> dict[str, object]:
        """The JSON shape of `kian renumber`."""
        return {
            "ok": self.told.is_ok,
            "path": str(self.path) if self.path else None,
            "numbers": [{"old": old, "new": new} for old, new in self.told.numbers],
            "citations": self.told.citations,
            "findings": list(self.told.findings),
        }

    def to_text(self) -> str:
        """The same for a person."""
        lines = [f"  {old} → {new}" for old, new in self.told.numbers]
        if self.told.citations:
            lines.append(f"  引用{self.told.citations}箇所")
        if self.path is not None:
            lines = ["変更履歴として書き込みました：", *lines, f"書き出しました：{self.path}"]
        elif not self.told.findings:
            lines = ["番号と引用に、直す所はありません。"]
        if self.told.findings:
            lines += ["手で確かめる所：", *(f"  {one}" for one in self.told.findings)]
        return "\n".join(lines)


def mend(file: Path, out: Path | None, on: date) -> Mended:
    """Mend a Word file into another one.

    Args:
        file: any Word file; it is not changed.
        out: the new file; beside nothing that is there already.
        on: day of the tracked changes.

    Raises:
        UserError: no such file, or not a Word file.
        Refused: the new file is there already.
    """
    paper = read_paper(read_outside(file), str(file))
    told = renumber(paper, Pen(AUTHOR, on.isoformat()))
    if not (told.numbers or told.citations):
        return Mended(told, None)
    made = with_roots(paper, [DOCUMENT]).write()
    return Mended(told, write_new(out or Path(f"{file.stem}_番号.docx"), made))
