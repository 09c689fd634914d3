"""Personal data stays out of git, which cannot forget: what `private.yaml` holds is never recorded.

Hands out `refuse_private`. Leans on `profile` and `ledger`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from gen.errors import Place, Refused
from gen.ledger import Workspace
from gen.profile import read_yaml
from gen.profile.private import PRIVATE_FILE

__all__ = ["refuse_private"]

_SHORTEST = 6
"""Digits; a shorter value, such as a room number, says nothing about a person by itself, and a name or a
remark without digits stands in many papers."""


def refuse_private(workspace: Workspace, texts: Mapping[str, str]) -> None:
    """Stop where a text that is about to be recorded for good holds a value of `private.yaml`.

    Args:
        workspace: the city's.
        texts: each text by what a person calls it.

    Raises:
        Refused: with the place in `private.yaml`; nothing is written.
    """
    path = workspace.root / PRIVATE_FILE
    if path.is_symlink() or not path.is_file():
        return
    tree, _ = read_yaml(PRIVATE_FILE, path.read_bytes())
    if tree is None:
        return
    plain = {name: _plain(text) for name, text in texts.items()}
    for at, value in _values(tree.value, ()):
        said = _plain(value)
        if sum(c.isdigit() for c in said) < _SHORTEST:
            continue
        found = next((name for name, text in plain.items() if said in text), None)
        if found is not None:
            raise Refused(
                f"{found}に、{PRIVATE_FILE} の値（個人の情報）が入っています。gitの記録は消せないため、中止しました。"
                "何も書き込んでいません。",
                place=tree.place(at) or Place(PRIVATE_FILE),
                hint="その値を消してから、もう一度実行してください。",
            )


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _values(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield at, value
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield from _values(inner, (*at, key))
