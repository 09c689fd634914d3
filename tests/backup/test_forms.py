"""The forms of an emergency, made for every kind of city from its own facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gen.drafting import Studio

from .test_papers import PROFILES, a_studio, twin

FORMS = (
    "backup-failure", "contacts", "decision", "drill-record", "ict-bcp", "incident-report", "key-register",
    "responsibility", "risk-acceptance",
)  # fmt: skip
AOBADAI, SHIRAKABA, NONE = PROFILES[0], PROFILES[1], PROFILES[4]


def form(studio: Studio, name: str) -> str:
    return twin(studio, f"plans/{name}")


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_form_is_made_for_every_city(path: Path, name: str) -> None:
    studio = a_studio(path)
    made = studio.make(studio.chosen([f"plans/{name}"])[0])
    assert "None" not in made.twin and "基準日" in made.twin.splitlines()[1]
    for line in made.twin.splitlines():
        assert "初期値" not in line or "要確認" in line


def test_the_form_set_lists_what_the_plan_lists() -> None:
    studio = a_studio(AOBADAI)
    forms, plan = form(studio, "ict-bcp"), twin(studio, "plans/backup")
    for number in ("１", "２", "７", "８", "９", "10"):
        assert f"様式{number}　" in forms
    for system in studio.profile.systems.values():
        assert system.name in forms and system.name in plan
    assert "12時間以内（選んだ水準）" not in forms
    assert "| 東京リージョンのバックアップ専用アカウント |" in forms
    for person in ("若葉　花子",):
        assert person in forms


def test_contracts_that_are_over_stand_in_no_form() -> None:
    now, later = (form(a_studio(AOBADAI, on), "ict-bcp") for on in (date(2026, 11, 23), date(2030, 4, 1)))
    assert "青葉台市ガバメントクラウド運用管理補助業務委託" in now and "60分以内" in now
    assert "青葉台市ガバメントクラウド運用管理補助業務委託" not in later


def test_only_where_use_is_shared_others_are_asked() -> None:
    town, city = a_studio(SHIRAKABA), a_studio(AOBADAI)
    assert "団体は環境に入れない" in form(town, "responsibility")
    assert "団体は環境に入れない" not in form(city, "responsibility")
    assert "共同利用" in form(town, "drill-record") and "共同利用" not in form(city, "drill-record")


def test_a_city_without_systems_gets_forms_and_no_empty_tables() -> None:
    studio = a_studio(NONE)
    assert "対象システムなし" in form(studio, "backup-failure") and "復旧の順序が決まっていない" in form(
        studio, "decision"
    )
    assert "様式７" in form(studio, "ict-bcp") and "| 番号 | システム | 方式" not in form(studio, "ict-bcp")


def test_private_numbers_stand_in_no_form() -> None:
    for name in FORMS:
        assert "090" not in form(a_studio(AOBADAI), name)
