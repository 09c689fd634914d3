"""docs/rules.md maps every row of the three lists to rules that exist, and leaves no rule out."""

from __future__ import annotations

import re
from pathlib import Path

from gen.rules import texts

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([RBP])([0-9]+) \| .+ \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = set(
    re.findall(r"`((?:contract|rules|vendor|backup|system|cloud|migration|paper|waiver)-[a-z-]+)`", PAGE)
)


def test_no_row_is_missing() -> None:
    expected = [
        (list_, str(n)) for list_, last in (("R", 36), ("B", 34), ("P", 9)) for n in range(1, last + 1)
    ]
    assert [row[:2] for row in ROWS] == expected


def test_every_row_says_what_weighs_it() -> None:
    assert [row for row in ROWS if "`" not in row[2] and "Print" not in row[2]] == []


def test_rules_and_page_name_the_same() -> None:
    assert {id for id, row in texts().items() if row.family not in ("reading", "wording")} == NAMED
