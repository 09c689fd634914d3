"""Papers that are made and not recorded: with private numbers, and with what changed since a revision.

Hands out `print_papers` and `Made`. Leans on `selection`, `starting`, `ledger`. They lie in `private/`, which git ignores by
the workspace's `.gitignore` and by one of its own; nothing else of the workspace is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gen.drafting.draft import Draft
from gen.drafting.planning import stamp_of
from gen.drafting.selection import Studio
from gen.drafting.starting import City, profile_at
from gen.errors import Place, Refused, UserError
from gen.japanese import to_wareki
from gen.ledger import RevisionInfo, history, write_by_rename
from gen.profile import FieldChange, changes
from gen.profile.loader import beginning
from gen.profile.private import PRIVATE_FILE, Aside, Private, read_private
from gen.report import FindingsError

__all__ = ["FOLDER", "Made", "print_papers"]

FOLDER = "private"
_IGNORE = "# kian print の紙は、記録しない。\n*\n"


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        paths: the files, in the workspace.
        numbers: how many numbers `private.yaml` holds.
        since: what the meeting's page compares with.
    """

    paths: tuple[Path, ...]
    numbers: int
    since: str

    def to_json(self) -> dict[str, object]:
        """The JSON shape of `kian print`."""
        return {
            "paths": [path.as_posix() for path in self.paths],
            "numbers": self.numbers,
            "since": self.since,
        }

    def to_text(self) -> str:
        """What `kian print` says."""
        made = [f"作成    {path.as_posix()}" for path in self.paths]
        told = f"{PRIVATE_FILE} の連絡先 {self.numbers}件。作った紙は記録していません。用が済んだら、ファイルも消してください。"
        return "\n".join((*made, told))


def print_papers(
    city: City, names: Sequence[str], *, on: date, since: int | None = None, overwrite: bool = False
) -> Made:
    """Make the papers that print more than may be recorded.

    Args:
        city: the workspace with its facts.
        names: ids; none for all that apply.
        on: 基準日.
        since: number of the revision that a meeting's page compares with; None for the last one whose
            facts are not those of now.
        overwrite: replace files of the same name.

    Raises:
        FindingsError: `private.yaml` or the facts hold errors; nothing is written.
        UserError: an id that is recorded instead, or that there is not; no such revision.
        Refused: a file of that name is there, or the folder is a link.
    """
    private = _private(city)
    told, changed = _changes(city, since)
    studio = Studio(city.profile, city.catalog, on, city.report, Aside(True, private, changed, told))
    files: dict[str, bytes] = {}
    for draft in _chosen(studio, names):
        made, stamp = studio.make(draft), stamp_of(_version(city, draft), on, final=True)
        stem = f"{FOLDER}/{draft.path.rpartition('/')[2]}_{on.isoformat()}"
        files[f"{stem}.docx"] = made.write(stamp, {"KianDocument": draft.id})
        if (page := made.write_html(stamp, {"KianDocument": draft.id})) is not None:
            files[f"{stem}.html"] = page
    _write(city, files, overwrite=overwrite)
    count = len(private.people) + len(private.vendors) + len(private.others)
    return Made(tuple(Path(name) for name in files), count, told)


def _private(city: City) -> Private:
    city.workspace.refuse_link(FOLDER)
    path = city.workspace.root / PRIVATE_FILE
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused(
            f"{PRIVATE_FILE} がリンク又はフォルダのため、読みません。何も書き込んでいません。",
            place=Place(PRIVATE_FILE),
            hint="本物のファイルに置き換えてください。",
        )
    private, report = read_private(beginning(path) if path.exists() else None, city.profile)
    if not report.is_ok:
        raise FindingsError(report)
    return private


def _chosen(studio: Studio, names: Sequence[str]) -> list[Draft]:
    found = [draft for draft in studio.chosen(names) if draft.manifest.printed]
    if other := [name for name in names if name not in {draft.id for draft in found}]:
        raise UserError(
            f"文書「{'」「'.join(other)}」には、記録しない値がありません。何も書き込んでいません。",
            hint=f"kian generate で作ってください。kian print で作るのは、{'、'.join(_printed(studio))}です。",
        )
    return found


def _printed(studio: Studio) -> list[str]:
    """The titles of the papers that are printed and not recorded."""
    return list(dict.fromkeys(draft.manifest.title for draft in studio.drafts if draft.manifest.printed))


def _version(city: City, draft: Draft) -> int:
    entry = city.workspace.lock.documents.get(draft.id)
    return 1 if entry is None else entry.version


def _changes(city: City, since: int | None) -> tuple[str, tuple[FieldChange, ...]]:
    """What a meeting's page compares with, and what changed."""
    found = history(city.workspace)
    if since is not None and since not in {info.number for info in found}:
        raise UserError(
            f"改訂{since}はありません。何も書き込んでいません。",
            hint="kian history で改訂の番号を確かめてください。",
        )
    for info in found:
        if since is not None and info.number != since:
            continue
        then = profile_at(city.workspace, info.commit)
        if then is not None and (since is not None or then.digest != city.profile.digest):
            return _said(info), tuple(changes(then, city.profile))
    return _said(found[-1]) if found else "", ()


def _said(info: RevisionInfo) -> str:
    return f"改訂{info.number}（{to_wareki(info.when.date())}）"


def _write(city: City, files: dict[str, bytes], *, overwrite: bool) -> None:
    root = city.workspace.root
    for name in files:
        city.workspace.refuse_link(name)
        if not overwrite and (root / name).exists() and (root / name).read_bytes() != files[name]:
            raise Refused(
                "同じ名前のファイルがあります。何も書き込んでいません。",
                place=Place(name),
                hint="そのファイルを消すか移し、置き換えてよければ --overwrite を付けてください。",
            )
    folder = root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    write_by_rename(folder / ".gitignore", _IGNORE.encode())
    for name, data in files.items():
        write_by_rename(root / name, data)
