"""新旧対照表 of two versions of a document, as Word and HTML, in the city's style.

Hands out `table_of`, `Tabled` and `write_table`. Leans on `comparing`, `starting` and `compare`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gen.compare.table import Comparison, comparison
from gen.compare.table_grid import laid_out
from gen.compare.table_html import table_html
from gen.compare.table_word import Labels, table_word
from gen.drafting.comparing import Side, names_of, sides, write_new
from gen.drafting.planning import engine
from gen.drafting.starting import profile_at
from gen.errors import Place, Refused
from gen.japanese import to_wareki
from gen.ledger import Workspace
from gen.profile import Profile, find_profile, load_profile
from gen.report import FindingsError
from gen.word.package import fingerprint, read_package

__all__ = ["KINDS", "Tabled", "table_of", "write_table"]

KINDS = (".docx", ".html")
_LEAD = "下線の部分は改正部分を、「（略）」は改正のない部分を示す。"
_NUMBERS = "番号のみに下線を付した条項は、番号を改めるものである。"
_NO_DAY = "2000-01-01"


@dataclass(frozen=True)
class Tabled:
    """Two versions side by side.

    Attributes:
        document: its id.
        old, new: the versions.
        table: what stands beside what.
        files: Word and HTML by their ending; none where nothing differs.
    """

    document: str
    old: Side
    new: Side
    table: Comparison
    files: dict[str, bytes]

    @property
    def stem(self) -> str:
        """The name of the files without their ending."""
        name = self.document.partition("/")[2] or self.document
        versions = "_".join(Path(side.label).stem for side in (self.old, self.new))
        return f"{name.replace('/', '_').replace('@', '_')}_新旧対照表_{versions}"

    def to_json(self) -> dict[str, object]:
        """The JSON shape of `kian diff --as table`."""
        return {
            "ok": self.table.is_same,
            "document": self.document,
            "old": self.old.number,
            "new": self.new.number,
            "changes": [{"place": row.place, "kind": row.remark} for row in self.table.rows if row.remark],
        }


def table_of(workspace: Workspace, document: str, old: str | None, new: str | None) -> Tabled:
    """The table of two versions of a document.

    Args:
        workspace: where it is recorded.
        document: its id.
        old, new: see `sides`.

    Raises:
        UserError: no such document, revision or file, or one that is no Word file.
    """
    before, after = sides(workspace, document, old, new)
    known = [profile_at(workspace, side.commit) for side in (before, after) if side.commit]
    names = tuple(name for profile in known if profile is not None for name in names_of(profile))
    table = comparison(before.paper(), after.paper(), names)
    made = Tabled(document, before, after, table, {})
    if table.is_same:
        return made
    style = _facts(workspace, known).city.style
    sheet = laid_out(
        table, (_said(after), _said(before)), new_left=style.new_side == "左", remarks=style.remarks == "あり"
    )
    moved = any(row.remark == "番号の変更" for row in table.rows)
    day = max((side.day.isoformat() for side in (before, after) if side.day), default=_NO_DAY)
    lead = (_LEAD, _NUMBERS) if moved else (_LEAD,)
    labels = Labels(f"{table.title or document}　新旧対照表", lead, day)
    provenance = _provenance(made)
    word, html = table_word(sheet, labels, provenance), table_html(sheet, labels, provenance)
    return replace(made, files=dict(zip(KINDS, (word, html), strict=True)))


def write_table(made: Tabled, out: Path | None) -> tuple[Path, ...]:
    """Write the files; those that are there already with the same content stay.

    Args:
        made: the table.
        out: a file, whose ending says which form; both forms where it has neither ending; beside
            where the person works, by the document's name, if None.

    Raises:
        Refused: another file of that name is there. Nothing is written.
        UserError: it cannot be written.
    """
    stem = out or Path(made.stem)
    if stem.suffix.lower() in KINDS:
        files = {stem: made.files[stem.suffix.lower()]}
    else:
        files = {stem.with_name(stem.name + kind): data for kind, data in made.files.items()}
    wanted = {path: data for path, data in files.items() if not _is_there(path, data)}
    if taken := [path for path in wanted if path.exists()]:
        raise Refused(
            "同じ名前のファイルがあります。何も書き込んでいません。",
            place=Place(str(taken[0])),
            hint="--out で別の名前を指定するか、そのファイルを移してください。",
        )
    for path, data in wanted.items():
        write_new(path, data)
    return tuple(files)


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _facts(workspace: Workspace, recorded: Sequence[Profile | None]) -> Profile:
    """The facts as they stand in the folder; while those hold errors, as they were recorded."""
    loaded = load_profile(find_profile(workspace.root))
    for profile in (loaded.profile, *reversed(recorded)):
        if profile is not None:
            return profile
    raise FindingsError(loaded.report)


def _said(side: Side) -> str:
    return f"{side.label}（{to_wareki(side.day)}）" if side.day else side.label


def _provenance(made: Tabled) -> dict[str, str]:
    found = {"KianDocument": made.document, "KianEngine": engine()}
    for name, side in (("Old", made.old), ("New", made.new)):
        assert side.word is not None
        found[f"Kian{name}"] = side.label
        found[f"Kian{name}Fingerprint"] = fingerprint(read_package(side.word, side.label).parts)
    return found
