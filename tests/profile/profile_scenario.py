"""Helpers for the tests of the profile: a small right profile, changed by a few words.

Hands out `a_profile`, `load`, `rules_of` and the paths of the shipped and test profiles.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gen.profile import Loaded, Profile, load_profile_bytes
from gen.report import Finding

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "profiles").glob("*.yaml"))
VARIANTS = sorted((ROOT / "profiles" / "variants").glob("*.yaml"))
TESTS = sorted((ROOT / "tests" / "profiles").glob("*.yaml"))

BASE: dict[str, Any] = {
    "city": {
        "name": "試験市",
        "kind": "市",
        "fictional": "はい",
        "head": {"title": "試験市長", "name": "試験　太郎"},
    },
    "vendors": {"midori": {"name": "みどり株式会社"}},
    "systems": {"juki": {"name": "住記", "business": "住民基本台帳", "state": "移行済み"}},
    "contracts": {"ops": {"template": "operation-support", "vendor": "midori"}},
}


def load(text: str) -> Loaded:
    return load_profile_bytes({"profile.yaml": text.encode()})


def with_changes(**changes: Any) -> Loaded:
    """Load the base with values put at paths; `__` stands for a dot, None takes a key away."""
    document = json.loads(json.dumps(BASE))
    for path, value in changes.items():
        *around, last = path.split("__")
        row = document
        for key in around:
            row = row.setdefault(key, {})
        if value is None:
            row.pop(last, None)
        else:
            row[last] = value
    return load(json.dumps(document, ensure_ascii=False, indent=1))


def a_profile(**changes: Any) -> Profile:
    loaded = with_changes(**changes)
    assert loaded.profile is not None, [finding.message for finding in loaded.report]
    return loaded.profile


def the_finding(loaded: Loaded, rule: str) -> Finding:
    found = [finding for finding in loaded.report if finding.rule == rule]
    assert len(found) == 1, [(finding.rule, finding.message) for finding in loaded.report]
    return found[0]


def rules_of(loaded: Loaded) -> list[str]:
    return [finding.rule for finding in loaded.report]
