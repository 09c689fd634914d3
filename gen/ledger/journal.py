"""The journal of a revision on its way: enough to finish or undo it after a crash.

Hands out `Journal`, `Move`, `load`, `save` and `clear`; it lies in git's own folder.
Leans on `errors` and the ledger's `paths`, `mutex` and `_files`.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gen.errors import Place, UserError
from gen.ledger import _files
from gen.ledger.mutex import own_folder
from gen.ledger.paths import TEMPORARY, checked

__all__ = ["Journal", "Move", "clear", "load", "save"]

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_MODE = re.compile(r"100644|100755")
_BRANCH = re.compile(r"refs/heads/[^\x00-\x20\x7f~^:?*\[\\]{1,200}")
_NO_BRANCH = re.compile(r"\.\.|//|/\.|@\{|\.lock(?:/|$)|[/.]$|\s")
"""As `git check-ref-format` has it: a branch's name becomes the place of its lock below git's folder."""
_TAG = re.compile(r"kian/[A-Za-z0-9._@/-]{1,200}")
_TEMPORARY = re.compile(re.escape(TEMPORARY) + r"\d{6}")


@dataclass(frozen=True, slots=True)
class Move:
    """One file on its way from the parent's content to the revision's (None: no file)."""

    path: str
    mode: str
    old: str | None
    new: str | None
    temporary: str

    @property
    def permissions(self) -> int:
        """What the file may be used for, before the person's umask."""
        return 0o777 if self.mode == "100755" else 0o666

    @property
    def beside(self) -> str:
        """Where the new content waits: in the file's own folder, so that a rename suffices."""
        return self.path[: self.path.rfind("/") + 1] + self.temporary


@dataclass(frozen=True, slots=True)
class Journal:
    """What a revision is about to do.

    Attributes:
        branch: full name of the branch that will move.
        parent: the commit it stands at, None when it is unborn.
        commit: the revision's commit; None as long as the branch cannot have moved.
        folders: folders that the revision makes, inner ones last.
        tags: short names of tags that the revision has, and the tag objects.
    """

    branch: str
    parent: str | None
    commit: str | None
    moves: tuple[Move, ...]
    folders: tuple[str, ...]
    tags: tuple[tuple[str, str], ...] = ()

    def to_bytes(self) -> bytes:
        """The journal as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def parse(cls, data: bytes) -> Journal:
        """Read it back, trusting nothing: a workspace may come from anywhere."""
        content: dict[str, Any] = json.loads(data)
        branch = str(content["branch"])
        if not _BRANCH.fullmatch(branch) or _NO_BRANCH.search(branch):
            raise ValueError(branch)
        return cls(
            branch,
            _oid(content["parent"]),
            _oid(content["commit"]),
            tuple(_move(move) for move in content["moves"]),
            tuple(checked(str(folder)) for folder in content["folders"]),
            tuple(_tag(name, oid) for name, oid in content.get("tags", ())),
        )


def _oid(value: object) -> str | None:
    if value is not None and not _OID.fullmatch(str(value)):
        raise ValueError(value)
    return None if value is None else str(value)


def _tag(name: str, oid: str) -> tuple[str, str]:
    if not _TAG.fullmatch(name) or _NO_BRANCH.search(name) or _oid(oid) is None:
        raise ValueError(name)
    return name, oid


def _move(content: dict[str, Any]) -> Move:
    mode, temporary = str(content["mode"]), str(content["temporary"])
    if not _MODE.fullmatch(mode) or not _TEMPORARY.fullmatch(temporary):
        raise ValueError(content)
    return Move(checked(str(content["path"])), mode, _oid(content["old"]), _oid(content["new"]), temporary)


def _path(git_dir: Path) -> Path:
    return own_folder(git_dir) / "journal.json"


def load(git_dir: Path) -> Journal | None:
    """The journal that a crash left, if any."""
    path = _path(git_dir)
    data = _files.read_regular(path)
    if data is None:
        return None
    try:
        return Journal.parse(data)
    except (ValueError, KeyError, TypeError, RecursionError, UserError) as error:
        raise UserError(
            "前の処理の控え（journal.json）が壊れているため、続きを確かめられません。",
            place=Place(str(path)),
            hint="git status で文書が揃っているか確かめ、このファイルを別の場所へ移してから、もう一度実行してください。",
        ) from error


def save(git_dir: Path, journal: Journal) -> None:
    """Put the journal on the disk, wholly or not at all."""
    _files.write_by_rename(_path(git_dir), journal.to_bytes())


def clear(git_dir: Path) -> None:
    """Forget the journal: the revision is wholly done or wholly undone."""
    _files.remove(_path(git_dir))
    _files.sync_folder(own_folder(git_dir))
