"""Any edit in Word, any new fact, in a whole workspace: a third run changes nothing, a concluded paper stays."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from compare.hands import EDITS, a_hand, written
from compare.word_does import settled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafting.scenario import OPS, a_workspace, contract, facts_change, git, run
from drafting.test_merging import DOCX, NEW_SUM, OTHER_SUM, SETTLED, generate

DAY = ("--date", "R8.4.1")
_HANDS = st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=4)
_FACTS = st.sampled_from([NEW_SUM, OTHER_SUM, contract(title="運用支援業務委託")])


def _edited(folder: str, chance: Random, names: list[str]) -> tuple[Path, bytes]:
    """A workspace whose contract a person edited, and their file."""
    city = a_workspace(Path(folder, "aobadai"), **SETTLED)
    assert run("generate", OPS, *DAY, folder=city).code == 0
    theirs = a_hand((city / DOCX).read_bytes(), chance, names)
    (city / DOCX).write_bytes(theirs)
    return city, theirs


def _all(city: Path) -> tuple[str, dict[str, bytes]]:
    files = {one: (city / one).read_bytes() for one in git(city, "ls-files").splitlines()}
    return git(city, "rev-parse", "HEAD"), files


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(_HANDS, st.randoms(use_true_random=False), _FACTS)
def test_a_third_run_changes_nothing(names: list[str], chance: Random, facts: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        city, theirs = _edited(folder, chance, names)
        facts_change(city, **SETTLED, **facts)
        generate(city)
        second = _all(city)
        merged = settled((city / DOCX).read_bytes(), accept=True, author="Kian")
        assert not written(theirs) - written(merged)
        generate(city)
        assert _all(city) == second


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(_HANDS, st.randoms(use_true_random=False), _FACTS)
def test_a_concluded_paper_stays_as_it_is(names: list[str], chance: Random, facts: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        city, _ = _edited(folder, chance, names)
        theirs = settled((city / DOCX).read_bytes(), accept=True)  # an open change is not approved
        (city / DOCX).write_bytes(theirs)
        steps = (
            ("adopt", OPS, "--reason", "法務の修正"),
            ("approve", OPS, "--number", "総総第1号", "--by", "市長　青葉　太郎"),
            ("conclude", OPS, "--number", "契第1号"),
        )
        for step in steps:
            done = run(*step, *DAY, folder=city)
            assert done.code == 0, done.err
        facts_change(city, **SETTLED, **facts)
        for _ in range(2):
            assert run("generate", OPS, *DAY, folder=city).code == 0
        assert (city / DOCX).read_bytes() == theirs
