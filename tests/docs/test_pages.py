"""The pages that are made from the code say what the code says."""

from __future__ import annotations

import pytest

from .pages import PAGES, ROOT


@pytest.mark.parametrize("path", PAGES)
def test_a_made_page_equals_the_code(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    made = PAGES[path]()
    assert text.split() == made.split(), f"make {path} again: python -m tests.docs.pages"
