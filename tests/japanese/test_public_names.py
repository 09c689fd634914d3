"""What the room hands out, and how little it costs to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

import gen.japanese as japanese


def test_every_public_name_is_there_and_no_other() -> None:
    assert sorted(japanese.__all__) == dir(japanese)
    for name in japanese.__all__:
        assert getattr(japanese, name).__class__ is not None
    with pytest.raises(AttributeError, match="parse_dates"):
        japanese.parse_dates  # noqa: B018


def test_importing_the_room_loads_none_of_its_modules() -> None:
    code = (
        "import sys, gen.japanese; print([name for name in sys.modules if name.startswith('gen.japanese.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
