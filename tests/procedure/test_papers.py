"""The templates of procedures filled for every city: whole, with nothing lost and nothing left."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from gen.catalog import Catalog, shipped_catalog
from gen.contract import wording_of
from gen.procedure import city_context, system_context, system_facts
from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS
from gen.profile import Profile
from gen.word.document import Document, finish
from gen.word.template import Templates

from .scenario import PROFILES, ROOT, a_move, moving_systems, shipped

ON = date(2026, 4, 1)


@cache
def _templates(key: object) -> Templates:
    return Templates(shipped_catalog().read, key)  # type: ignore[arg-type]


def paper(profile: Profile, key: str = "") -> Document:
    wording = wording_of(profile.city)
    name = "procedures/migration" if key else "procedures/overview"
    context = system_context(profile, key, wording, ON) if key else city_context(profile, wording, ON)
    return finish(_templates(wording).fill(f"{name}.md", context), "手順", wording)


@pytest.mark.parametrize("file", PROFILES, ids=lambda file: file.stem)
def test_an_overview_of_every_city(file: Path) -> None:
    profile = shipped(file)
    made = paper(profile)
    assert made.html is not None and "取扱注意" in made.html
    for system in profile.systems.values():
        assert str(system.name) in made.twin
    assert ("対象システムなし" in made.twin) is (not profile.systems)


@pytest.mark.parametrize(("file", "key"), [*moving_systems()][::9], ids=lambda one: getattr(one, "stem", one))
def test_a_checklist_of_a_system(file: Path, key: str) -> None:
    made = paper(shipped(file), key)
    assert made.twin.count("☐") >= 60
    assert "取扱注意" in (made.html or "") and "切り替えない" in made.twin


def test_no_system_makes_no_empty_table() -> None:
    twin = paper(shipped(ROOT / "tests/profiles/none.yaml")).twin
    assert "業務主管課" not in twin and "工程表" not in twin


def test_a_special_system_never_reads_of_the_general_deadline() -> None:
    twin = paper(shipped(ROOT / "profiles/minatokita.yaml"), "kotei").twin
    assert "令和10年３月31日" in twin or "令和10年3月31日" in twin
    assert not [words for words in ("2025年度", "令和7年度末", "令和７年度末") if words in twin]


def test_the_papers_of_the_town_and_of_the_great_city_differ() -> None:
    town = paper(shipped(ROOT / "profiles/shirakaba.yaml"), "koseki").twin
    great = paper(shipped(ROOT / "profiles/minatokita.yaml"), "kenko").twin
    in_town, in_great = (twin.partition("付録1")[0].partition("付録１")[0] for twin in (town, great))
    assert "利用料の按分" in in_town and "利用料の按分" not in in_great
    assert "アカウント・環境の作成" in in_great and "アカウント・環境の作成" not in in_town


@pytest.mark.parametrize("text", ["A|B*C*", "<script>x</script>", "{{ k }}", "𠮷野家🎌", "1*2*3"])
def test_whatever_a_city_types_is_printed_as_typed(text: str) -> None:
    profile = a_move(
        {"freeze": [{"name": text, "start": "令和8年12月29日", "end": "令和9年1月3日", "note": text}]},
        name=f"住記{text}",
        product=text,
        owner=text,
    )
    made = paper(profile, "juki")
    assert made.twin.replace("\\|", "|").count(text) >= 4
    assert text in paper(profile).twin.replace("\\|", "|")


def test_the_manifests_ask_facts_that_exist() -> None:
    catalog: Catalog = shipped_catalog()
    assert set(catalog.manifest("procedures/migration").when) <= set(SYSTEM_FACTS)
    assert set(catalog.manifest("procedures/overview").when) <= set(CITY_FACTS)


def test_a_system_that_stays_in_the_house_has_no_checklist() -> None:
    profile = shipped(ROOT / "profiles/minatokita.yaml")
    assert system_facts(profile, "tainou")["moves"].value is False
