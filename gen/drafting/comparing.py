"""Two versions of a document, each a revision or a file: their texts, and the redline of one on the other.

Hands out `sides`, `Side`, `redline_of`, `text_path`, `find_revision`, `write_folder` and `write_new`. Leans on `ledger` and `compare`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gen.compare import Paper, read_paper
from gen.compare.redline import redline
from gen.drafting.outside import read_outside
from gen.drafting.starting import profile_at
from gen.errors import Place, Refused, UserError
from gen.ledger import LOCK_NAME, RevisionInfo, Workspace, history, read_files, resolve
from gen.profile import Profile

__all__ = [
    "Side",
    "find_revision",
    "names_of",
    "redline_of",
    "sides",
    "text_path",
    "write_folder",
    "write_new",
]

_NAMES = (".name", ".title", ".court", ".product")


@dataclass(frozen=True)
class Side:
    """One version of a document.

    Attributes:
        label: as a person reads it: 改訂2, a file's name, 記録なし.
        number: of the revision; 0 for a file, or where there is none.
        commit: of the revision, "" else.
        day: of the revision; None for a file.
        word: the Word file; None where the document was not there.
        twin: its text.
    """

    label: str
    number: int
    commit: str
    day: date | None
    word: bytes | None
    twin: str

    def paper(self) -> Paper:
        """The Word file, read.

        Raises:
            UserError: there is none.
        """
        if self.word is None:
            raise UserError(
                f"「{self.label}」には、この文書のWordファイルがありません。",
                hint="kian history に文書の id を付けて、文書のある改訂を確かめてください。",
            )
        return read_paper(self.word, self.label)


def sides(workspace: Workspace, document: str, old: str | None, new: str | None) -> tuple[Side, Side]:
    """The two versions that a person named.

    Args:
        workspace: where the document is recorded.
        document: its id.
        old: a revision (its number in `kian history`, or a commit) or a Word file; the revision before
            `new` if None. A file that is named alone is the new side, beside the last revision.
        new: likewise; the last revision that holds the document if None.

    Raises:
        UserError: no such document, revision or file.
    """
    everything = history(workspace)
    revisions = tuple(one for one in everything if document in one.documents)
    if document not in workspace.lock.documents or not revisions:
        raise UserError(
            f"文書「{document}」は記録されていません。",
            hint="記録のある文書は kian status、id は kian list で分かります。",
        )
    path = text_path(workspace, document).removesuffix(".txt")

    def side(name: str) -> Side:
        if _is_file(name):
            return _file(name)
        return _revision(workspace, path, find_revision(workspace, everything, name))

    if old and new is None and _is_file(old):
        return _revision(workspace, path, revisions[0]), _file(old)
    after = side(new) if new else _revision(workspace, path, revisions[0])
    if old:
        return side(old), after
    before = next((one for one in revisions if not after.number or one.number < after.number), None)
    return _revision(workspace, path, before), after


def text_path(workspace: Workspace, document: str) -> str:
    """Where the text of a recorded document lies.

    Raises:
        UserError: the lock names none.
    """
    path = next((file for file in workspace.lock.documents[document].files if file.endswith(".txt")), "")
    if not path:
        raise UserError(
            f"文書「{document}」には文面（.txt）の記録がありません。",
            place=Place(LOCK_NAME),
            hint="kian generate で作り直してください。",
        )
    return path


def redline_of(
    workspace: Workspace, document: str, old: str | None, new: str | None
) -> tuple[bytes, Side, Side]:
    """The redline of two versions, and the two; None of them is asked for the time of day."""
    before, after = sides(workspace, document, old, new)
    one, other = before.paper(), after.paper()
    known = next((side for side in (after, before) if side.commit), None)
    profile = profile_at(workspace, known.commit) if known else None
    day = after.day or before.day or date(2000, 1, 1)
    title = f"{document}　見え消し（{before.label}→{after.label}）"
    made = redline(one, other, author="Kian", on=day, title=title, names=names_of(profile) if profile else ())
    return made, before, after


def names_of(profile: Profile) -> tuple[str, ...]:
    """The proper nouns among the facts: who and what is called by a name."""
    found = (value for path, value in profile.flat().items() if path.endswith(_NAMES))
    return tuple(dict.fromkeys(value for value in found if isinstance(value, str) and len(value) > 1))


def write_new(path: Path, data: bytes) -> Path:
    """Write a file that is not there yet.

    Raises:
        Refused: it is there already.
        UserError: it cannot be written.
    """
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise Refused(
            "同じ名前のファイルがあります。何も書き込んでいません。",
            place=Place(str(path)),
            hint="--out で別の名前を指定するか、そのファイルを移してください。",
        ) from error
    except OSError as error:
        raise UserError(
            "ファイルを書き出せません。",
            place=Place(str(path)),
            hint="フォルダがあるか、書き込めるかを確かめてください。",
        ) from error
    return path


def _is_file(name: str) -> bool:
    return name.lower().endswith(".docx")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files that are not there yet into a folder, which is made where it is missing.

    Raises:
        Refused: one of them is there already; nothing is written.
    """
    paths = {folder / name: data for name, data in files.items()}
    if taken := [path for path in paths if path.exists()]:
        raise Refused(
            "同じ名前のファイルがあります。何も書き込んでいません。",
            place=Place(str(taken[0])),
            hint="--out で別のフォルダを指定するか、そのファイルを移してください。",
        )
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(write_new(path, data) for path, data in paths.items())


def _file(name: str) -> Side:
    data = read_outside(Path(name))
    return Side(Path(name).name, 0, "", None, data, read_paper(data, name).twin)


def _revision(workspace: Workspace, path: str, info: RevisionInfo | None) -> Side:
    if info is None:
        return Side("記録なし", 0, "", None, None, "")
    names = (f"{path}.docx", f"{path}.txt")
    found = read_files(workspace, info.commit, names)
    word, text = found[names[0]], found[names[1]]
    return Side(
        f"改訂{info.number}",
        info.number,
        info.commit,
        info.when.date(),
        word,
        (text or b"").decode(errors="replace"),
    )


def find_revision(workspace: Workspace, revisions: tuple[RevisionInfo, ...], name: str) -> RevisionInfo:
    """The revision that a person named, by its number in `kian history` or by its commit."""
    number = unicodedata.normalize("NFKC", name).removeprefix("改訂").strip()
    if number.isdecimal() and len(number) < 6:
        found = next((one for one in revisions if one.number == int(number)), None)
    else:
        commit = resolve(workspace, name)
        found = next((one for one in revisions if one.commit == commit), None)
    if found is None:
        raise UserError(
            f"改訂「{name}」がありません。", hint="kian history に表示される番号で指定してください。"
        )
    return found
