"""The same profile gives the same papers in two unlike environments."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from .reproduce import ROOT, compare, environments, for_another_user, shipped_profiles


@pytest.mark.parametrize("profile", shipped_profiles(variants=False), ids=lambda path: path.stem)
def test_time_zone_locale_hash_seed_and_umask_do_not_enter_a_paper(profile: Path) -> None:
    among = [
        replace(one, variables={**one.variables, "PYTHONPATH": str(ROOT)})
        for one in environments([sys.executable])
    ]

    problems, count = compare([profile], among)

    assert problems == []
    assert count > 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another user")
def test_another_user_makes_the_same_papers() -> None:
    among = [
        replace(one, variables={**one.variables, "PYTHONPATH": str(ROOT)})
        for one in environments([sys.executable])
    ]
    other = for_another_user(among)
    if isinstance(other, str):
        pytest.skip(f"{other}; .ci/run tries with the system's Python")

    problems, _ = compare(shipped_profiles(variants=False)[:1], [among[0], other])

    assert problems == []
