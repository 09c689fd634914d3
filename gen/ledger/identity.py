"""Who records: the name and address that the person's own settings of git give.

A folder that somebody sent brings settings of its own; nobody records under the sender's name by them.
Hands out `Identity`, `identity` and `set_aside`. Leans on `errors` and the ledger's `_git`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gen.errors import UserError
from gen.ledger import _files, _git

__all__ = ["Identity", "identity", "set_aside"]

_OF_THE_FOLDER = ("local", "worktree")


@dataclass(frozen=True, slots=True)
class Identity:
    """The name and address under which a revision is recorded."""

    name: str
    email: str


def identity(folder: Path) -> Identity:
    """Who records, by the settings of this person and machine, seen from this folder or the nearest above.

    Raises:
        UserError: they name nobody.
    """
    name, email = _names(setting for setting in _settings(folder) if setting[0] not in _OF_THE_FOLDER)
    if not name or not email:
        raise UserError(
            "記録する人の名前とメールアドレスが、gitに設定されていません。",
            hint='次の2行を自分のものに直して実行してください: git config --global user.name "青葉 花子" / '
            'git config --global user.email "hanako@example.lg.jp"（作業場所の中だけの設定は、作った人のものかもしれないので使いません）',
        )
    return Identity(name, email)


def set_aside(folder: Path) -> Identity | None:
    """Whom the folder's own settings would have record in the person's place; None where nobody else."""
    settings = _settings(folder)
    whole = _names(settings)
    own = _names(setting for setting in settings if setting[0] not in _OF_THE_FOLDER)
    return None if own == whole else Identity(*whole)


def _settings(folder: Path) -> list[tuple[str, str, str]]:
    here = _files.resolved(Path(folder))
    existing = next(place for place in (here, *here.parents) if place.is_dir())
    return _git.config(existing, r"^user\.(name|email)$")


def _names(settings: Iterable[tuple[str, str, str]]) -> tuple[str, str]:
    found = {name: " ".join(value.split()) for _, name, value in settings}
    return found.get("user.name", ""), found.get("user.email", "")
