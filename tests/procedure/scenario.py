"""A system on the move in a few words, and what its checklist says.

Hands out `a_move`, `checklist`, `overview`, `rows_of`, `PROFILES` and `moving_systems`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gen.clauses import Wording
from gen.procedure import city_context, system_context, system_facts
from gen.profile import Profile, load_profile, load_profile_bytes
from gen.word.row import Row

ROOT = Path(__file__).parents[2]
PROFILES = (*sorted((ROOT / "profiles").glob("*.yaml")), *sorted((ROOT / "tests/profiles").glob("*.yaml")))
ON = date(2026, 4, 1)
KEY = "juki"


def a_move(
    migration: dict[str, Any] | None = None,
    cloud: dict[str, Any] | None = None,
    others: dict[str, dict[str, Any]] | None = None,
    **system: Any,
) -> Profile:
    """A city with one system (and others as typed); a field that is None is left out."""
    row = {
        "name": "住民記録システム",
        "business": "住民基本台帳",
        "state": "移行中",
        "vendor": "midori",
        "csp": "AWS",
        "cut_over": "令和9年1月4日",
        "owner": "市民課",
        "former_vendor": "midori",
        "former_until": "令和9年3月31日",
        **system,
    }
    midori = {"name": "みどり", "address": "一番地", "head": {"title": "代表", "name": "例"}}
    document = {
        "city": {
            "name": "青葉台市",
            "kind": "市",
            "fictional": "はい",
            "address": "一番地",
            "court": "青葉台地方裁判所",
            "head": {"title": "市長", "name": "青葉　太郎"},
            "closed_days": ["令和8年11月2日"],
        },
        "people": {"hana": {"name": "花水木　健", "title": "課長", "department": "情報政策課"}},
        "roles": {"project_leader": {"person": "hana"}, "cio": {"person": "hana"}},
        "vendors": {"midori": midori, "hibari": {**midori, "name": "ひばり"}},
        "cloud": {
            "use_mode": "単独利用方式",
            "csps": [{"name": "AWS"}, {"name": "庁内サーバー"}],
            **(cloud or {}),
        },
        "systems": {KEY: {name: value for name, value in row.items() if value is not None}, **(others or {})},
        "migration": migration or {},
    }
    loaded = load_profile_bytes({"profile.yaml": json.dumps(document, ensure_ascii=False).encode()})
    assert loaded.profile is not None, [one.message for one in loaded.report.errors]
    return loaded.profile


def shipped(file: Path) -> Profile:
    profile = load_profile(file).profile
    assert profile is not None
    return profile


def checklist(profile: Profile, key: str = KEY, on: date = ON) -> dict[str, Any]:
    return dict(system_context(profile, key, Wording(), on))


def overview(profile: Profile, on: date = ON) -> dict[str, Any]:
    return dict(city_context(profile, Wording(), on))


def rows_of(context: dict[str, Any]) -> dict[str, Row]:
    """Every step of the checklist by id; a repeated one by id and its place among the rehearsals."""
    found: dict[str, Row] = {}
    for phase in context["phases"]:
        for row in phase.rows:
            name = str(row.id)
            found[
                name if name not in found else f"{name} {sum(one.startswith(name) for one in found) + 1}"
            ] = row
    return found


def moving_systems() -> Iterator[tuple[Path, str]]:
    """Every system of every profile that has a checklist."""
    for file in PROFILES:
        profile = shipped(file)
        for key, system in profile.systems.items():
            facts = system_facts(profile, key)
            if facts["moves"].value is True and system.state != "移行済み":
                yield file, key
