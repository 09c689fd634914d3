"""The rooms of the house lean on one another only in the order of docs/architecture.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .pages import DOCS, ROOT

_ROW = re.compile(r"^\| `(\w+)` \| ", re.MULTILINE)
_OUTSIDE = ("__init__", "__main__")


def _order() -> list[str]:
    """The rooms as the page lists them, ground floor first."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    return _ROW.findall(text.partition("## The rooms")[2].partition("\n## ")[0])


def _room(file: Path) -> str:
    return file.relative_to(ROOT / "gen").parts[0].removesuffix(".py")


def _sources() -> list[Path]:
    return sorted(file for file in (ROOT / "gen").rglob("*.py") if _room(file) not in _OUTSIDE)


def _imported(file: Path) -> Iterator[tuple[int, str]]:
    """Line and room of each import of the house, inside functions as well."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: imports are absolute here"
            names = (
                [f"gen.{alias.name}" for alias in node.names] if node.module == "gen" else [str(node.module)]
            )
        for name in names:
            if name.startswith("gen.") and name != "gen.__version__":
                yield node.lineno, name.split(".")[1]


def test_every_room_stands_in_the_table() -> None:
    assert set(map(_room, _sources())) <= set(_order())


def test_no_room_is_listed_twice() -> None:
    assert len(_order()) == len(set(_order()))


@pytest.mark.parametrize("room", _order())
def test_a_room_imports_only_rooms_above_it(room: str) -> None:
    order = _order()
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: {room} imports {other}"
        for file in _sources()
        if _room(file) == room
        for line, other in _imported(file)
        if other != room and (other not in order or order.index(other) > order.index(room))
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_ledger_knows_git() -> None:
    for file in _sources():
        if _room(file) != "ledger":
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(?:import|from) git(?:db)?\b", text, re.MULTILINE), file
