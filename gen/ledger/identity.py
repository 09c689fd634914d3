"""Who records: the name and address that git's settings give.

Hands out `Identity` and `identity`. Leans on `errors` and the ledger's `_git`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gen.errors import UserError
from gen.ledger import _files, _git

__all__ = ["Identity", "identity"]


@dataclass(frozen=True, slots=True)
class Identity:
    """The name and address under which a revision is recorded."""

    name: str
    email: str


def identity(folder: Path) -> Identity:
    """Who records, by git's settings as seen from this folder or the nearest one above it."""
    here = _files.resolved(Path(folder))
    existing = next(place for place in (here, *here.parents) if place.is_dir())
    settings = _git.config(existing, r"^user\.(name|email)$")
    name, email = (" ".join(settings.get(f"user.{key}", "").split()) for key in ("name", "email"))
    if not name or not email:
        raise UserError(
            "記録する人の名前とメールアドレスが、gitに設定されていません。",
            hint='次の2行を自分のものに直して実行してください: git config --global user.name "青葉 花子" / '
            'git config --global user.email "hanako@example.lg.jp"',
        )
    return Identity(name, email)
