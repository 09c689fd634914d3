"""A hundred random honest histories: facts, edits, adoptions, merges, 決裁, 取下げ, 締結, 終了. Nothing is altered."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from drafting.scenario import OPS, git, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .scenario import DAY, WORD, a_city, altered, approve, facts, types

ACTS = (
    "facts",
    "edit",
    "adopt",
    "merge",
    "approve",
    "withdraw",
    "final",
    "conclude",
    "end",
    "commit",
    "nothing",
)
ANY = st.lists(st.sampled_from(ACTS), min_size=1, max_size=4)
LIVES = st.lists(st.sampled_from(ACTS), max_size=2).map(lambda acts: ["approve", "conclude", *acts, "end"])
"""Chance alone leads hardly one history to its end."""
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_city(tmp_path_factory.mktemp("honest") / "aobadai")


def act(city: Path, name: str, number: int) -> None:
    """One thing that people do; what is refused changes nothing."""
    if name == "facts":
        facts(city, title=f"第{number}業務委託")
        run("generate", OPS, *DAY, "--reason", "件名の変更", folder=city)
    elif name in ("edit", "adopt", "merge"):
        try:
            types(city / WORD, "は、本市", f"は、本市{number}")
        except AssertionError:
            return  # an earlier edit took the word away
        if name == "adopt":
            run("adopt", OPS, "--reason", "法務の修正", *DAY, folder=city)
        elif name == "merge":
            facts(city, title=f"第{number}業務委託")
            run("generate", OPS, *DAY, *(("--clean",) if number % 2 else ()), folder=city)
    elif name == "approve":
        approve(city, f"総総第{number}号")
    elif name == "withdraw":
        run("approve", OPS, "--withdraw", "--reason", "見直し", folder=city)
    elif name == "final":
        run("generate", OPS, "--final", *DAY, folder=city)
    elif name == "conclude":
        run("conclude", OPS, "--number", f"契第{number}号", *DAY, folder=city)
    elif name == "end":
        run("end", OPS, "--reason", "合意解除", *DAY, folder=city)
    elif name == "commit":
        (city / f"memo{number}.txt").write_text("覚え\n", encoding="utf-8")
        git(city, "add", f"memo{number}.txt")
        git(city, "commit", "-q", "-m", "覚え")
    else:
        run("generate", OPS, *DAY, folder=city)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.one_of(ANY, ANY, LIVES))
def test_nothing_honest_is_reported(seed: Path, tmp_path: Path, acts: list[str]) -> None:
    city = Path(shutil.copytree(seed, tmp_path / f"city{next(_NUMBERS)}", symlinks=True))
    for number, name in enumerate(acts, 1):
        act(city, name, number)
    found = altered(city, "--all")
    still_there = [row for row in found if row[0] or not row[1]]
    assert not still_there, (acts, found)
    assert all(place == WORD for _, _, place in found), (acts, found)
    shutil.rmtree(city)
