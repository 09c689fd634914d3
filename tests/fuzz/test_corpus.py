"""Every file of the corpus is replayed: refused in Japanese or made, soon, and never a crash."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from .targets import CORPUS, TARGETS

FILES = sorted(path for target in TARGETS for path in (CORPUS / target).iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_of_the_corpus_breaks_nothing(path: Path) -> None:
    began = time.process_time()
    TARGETS[path.parent.name](path.read_bytes())
    assert time.process_time() - began < 10


def test_every_file_of_the_corpus_says_what_it_stands_for() -> None:
    said = (CORPUS / "README.md").read_text(encoding="utf-8")
    for path in FILES:
        assert f"| `{path.parent.name}/{path.name}` | " in said, path
        assert path.stat().st_size < 64 * 1024
    assert said.count("\n| `") == len(FILES)


@pytest.mark.parametrize("target", TARGETS)
def test_a_slice_of_what_make_fuzz_does(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from fuzz.__main__ import fuzz

    assert fuzz(target, time.monotonic() + 2) == 0
