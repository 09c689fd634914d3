"""Every test that docs/security.md names is there."""

from __future__ import annotations

import ast
import re

import pytest

from .pages import DOCS, ROOT

_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
NAMED = sorted(set(_NAMED.findall((DOCS / "security.md").read_text(encoding="utf-8"))))


def test_the_page_names_tests() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize(("file", "test"), NAMED, ids=str)
def test_a_test_that_the_page_names_exists(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert not test or test in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_a_row_of_a_fault_or_an_attack_names_its_test() -> None:
    text = (DOCS / "security.md").read_text(encoding="utf-8").partition("\n## Faults")[2]
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.endswith("| test |")]
    missing = [row for row in rows if "---" not in row and not _NAMED.search(row)]
    assert rows
    assert not missing
