"""The papers on backup, made for every kind of city."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gen.catalog import shipped_catalog
from gen.drafting import Studio
from gen.profile import load_profile

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 23)
PROFILES = [
    *(ROOT / "profiles" / f"{name}.yaml" for name in ("aobadai", "shirakaba", "minatokita")),
    *(ROOT / "tests" / "profiles" / f"{name}.yaml" for name in ("undecided", "none", "union")),
]


def a_studio(path: Path, on: date = ON) -> Studio:
    profile = load_profile(path).profile
    assert profile is not None
    return Studio(profile, shipped_catalog(), on)


def twin(studio: Studio, id: str) -> str:
    return studio.make(studio.chosen([id])[0]).twin


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_city_gets_its_plan_without_a_number_made_up(path: Path) -> None:
    studio = a_studio(path)
    text = twin(studio, "plans/backup")
    covered = [one for one in studio.profile.systems.values() if one.state != "対象外"]
    assert all(one.name in text for one in covered)
    assert ("対象システムなし" in text) == (not covered)
    assert "None" not in text
    for line in text.splitlines():
        if "初期値" in line:
            assert "要確認" in line


def test_what_the_profile_is_silent_about_is_marked_as_a_default() -> None:
    text = twin(a_studio(PROFILES[0]), "plans/backup")
    juki = [line for line in text.splitlines() if "住民記録システム" in line]
    tax = [line for line in text.splitlines() if "固定資産税システム" in line]
    assert any("12時間 " in line and "要確認" not in line for line in juki)
    assert any("１日（初期値・要確認）" in line for line in tax)
    assert any("12時間以内（選んだ水準）" in line for line in tax)


def test_the_city_chooses_and_the_standard_stands_beside_it() -> None:
    text = twin(a_studio(PROFILES[0]), "plans/backup")
    row = next(line for line in text.splitlines() if line.startswith("| A.1.5.1"))
    assert row.count("99.5%") == 2
    assert "若葉" in row


def test_shared_use_never_gives_the_city_steps_in_the_account() -> None:
    shared, single = a_studio(PROFILES[1]), a_studio(PROFILES[0])
    key = next(iter(shared.profile.systems))
    assert "運用管理補助者（団体が依頼する。）" in twin(shared, f"plans/restore@{key}")
    assert "団体が依頼する" not in twin(single, "plans/restore@juki")
    assert "団体はアカウントを直接操作しない" in twin(shared, "plans/backup")
    assert "団体はアカウントを直接操作しない" not in twin(single, "plans/backup")


def test_a_measured_restore_stands_in_the_plan_with_its_basis() -> None:
    text = twin(a_studio(PROFILES[0]), "plans/backup")
    row = next(line for line in text.splitlines() if "復元テストの実績" in line and "住民記録" in line)
    assert "5.5時間" in row


def test_the_calendar_of_tests_avoids_the_peaks_and_names_every_system() -> None:
    studio = a_studio(PROFILES[0])
    rows = [line for line in twin(studio, "plans/restore-test").splitlines() if line.startswith("| ☐")]
    assert len(rows) == len(studio.profile.systems)
    peaks = ("２月 ", "３月 ", "４月 ", "５月 ", "６月 ", "12月 ")
    assert not any(month in row.split("|")[2] for row in rows for month in peaks)
    said = twin(studio, "plans/restore-test")
    assert "確定申告から当初課税まで：" in said and "転入転出の繁忙期：３月、４月" in said
    school = next(row for row in rows if "| 就学システム |" in row)
    assert "就学の通知（要確認）" in school and not re.search("(10|11|12|１)月", school.split("|")[2])


def test_a_city_that_names_no_season_keeps_out_of_the_default_one() -> None:
    said = twin(a_studio(PROFILES[1]), "plans/restore-test")
    rows = [row for row in said.splitlines() if row.startswith("| ☐ | 令")]
    assert rows and "確定申告から当初課税まで（要確認）：" in said
    assert {row.split("|")[2].strip().partition("年")[2] for row in rows} <= {
        f"{month}月" for month in (7, 8, 9, 10, 11, 1)
    }


def test_the_denominator_of_the_profile_is_printed_and_not_asked_again() -> None:
    said = section(twin(a_studio(PROFILES[0]), "plans/backup"), "水準の決定と受け入れるリスク")
    assert "分母とする時間は、「平日8時から20時まで」とする" in said
    assert "計画停止は、停止の時間に含めない" in said
    assert "決めた" not in said
    asked = section(twin(a_studio(PROFILES[1]), "plans/backup"), "水準の決定と受け入れるリスク")
    assert "☐ 分母とする時間を決めた" in asked.replace("\t", " ") and "計画停止の扱いを決めた" in asked


def test_copies_of_the_place_to_come_are_not_those_in_use() -> None:
    for on, moved in ((date(2026, 11, 23), False), (date(2026, 11, 24), True)):
        studio = a_studio(PROFILES[0], on)
        plan, runbook = twin(studio, "plans/backup"), twin(studio, "plans/restore@koseki")
        used, _, later = plan.partition("切替日から使う写しの保管場所")
        assert ("| 戸籍システム | １ | 大阪リージョン |" in used) is moved
        assert ("| 戸籍システム | １ | 大阪リージョン |" in later) is not moved
        assert ("切替日から使う写し" in runbook) is not moved


def test_a_restore_that_is_expected_is_not_called_measured() -> None:
    studio = a_studio(PROFILES[0])
    old = studio.profile.backup.systems["juki"]
    plans = {**studio.profile.backup.systems, "juki": replace(old, restore_tests=())}
    backup = replace(studio.profile.backup, systems=plans)
    changed = Studio(replace(studio.profile, backup=backup), shipped_catalog(), ON)
    row = next(
        line
        for line in twin(changed, "plans/backup").splitlines()
        if "住民記録システム" in line and "プロファイルの見込み" in line
    )
    assert "| ６時間 |" in row and row.count("―") == 3


def test_each_vendor_is_called_by_what_it_does_and_where() -> None:
    people = section(twin(a_studio(PROFILES[2]), "plans/backup"), "体制（様式８）")
    assert "| 運用管理補助者（OCI） | つばき" in people
    assert "| 運用管理補助者（AWS、Google Cloud） |" in people


def section(text: str, heading: str) -> str:
    """The text between a numbered heading and the next."""
    parts = re.split(r"^[0-9０-９]+　(.*)$", text, flags=re.MULTILINE)
    return next(body for title, body in zip(parts[1::2], parts[2::2], strict=True) if title == heading)


def rows_of(text: str, heading: str, *words: str) -> list[str]:
    """The rows of a section's tables that hold all the words."""
    lines = section(text, heading).splitlines()
    return [line for line in lines if line.startswith("|") and all(word in line for word in words)]


def row_of(text: str, heading: str, *words: str) -> str:
    """The one row of a section's tables that holds all the words."""
    found = rows_of(text, heading, *words)
    assert len(found) == 1, (heading, words, found)
    return found[0]


@pytest.mark.parametrize(
    ("on", "product", "vendor"),
    [
        (date(2026, 11, 23), "やまなみ戸籍（庁内設置）", "〇〇〇〇"),
        (date(2027, 1, 31), "やまなみ戸籍（庁内設置）", "〇〇〇〇"),
        (date(2027, 2, 1), "やまなみ戸籍", "株式会社やまなみ行政システム"),
    ],
)
def test_until_the_cut_over_a_recovery_is_of_what_runs_today(on: date, product: str, vendor: str) -> None:
    studio = a_studio(PROFILES[1], on)
    runbook, plan = twin(studio, "plans/restore@koseki"), twin(studio, "plans/backup")
    old = vendor == "〇〇〇〇"
    assert f"製品 | {product} | 提供事業者 | {vendor} |" in runbook
    assert f"| {product} | {vendor} |" in row_of(plan, "情報システムの一覧（様式1）", "| 戸籍システム |")
    assert f"| {vendor} |" in row_of(runbook, "手順", "全体の写しを戻す")
    target = row_of(runbook, "手順", "戻す先を用意する")
    assert ("運用管理補助者" in target) is not old
    assert ("切替後は" in row_of(plan, "情報システムの一覧（様式1）", "| 戸籍システム |")) is old
    if old:
        assert "株式会社やまなみ行政システム" not in row_of(plan, "復旧の順序", "| 戸籍システム |")


def test_no_default_is_weaker_than_the_level_that_the_city_chose() -> None:
    text = twin(a_studio(PROFILES[2]), "plans/backup")
    silent = row_of(text, "システムごとの目標", "軽自動車税")
    assert silent.count("（選んだ水準）") == 2 and "障害発生時点" in silent and "初期値" not in silent
    assert "1日（初期値。選んだ水準のRPOに届かない。要確認）".replace("1", "１") in row_of(
        text, "バックアップの設計（様式7）".replace("7", "７"), "軽自動車税", "初期値"
    )
    town = twin(a_studio(PROFILES[1]), "plans/backup")
    assert all("12時間以内（選んだ水準）" in row for row in rows_of(town, "システムごとの目標", "| その他 |"))


def test_a_systems_own_value_below_the_chosen_level_is_flagged_beside_it() -> None:
    text = twin(a_studio(PROFILES[2]), "plans/backup")
    own = row_of(text, "システムごとの目標", "住民記録")
    assert "１時間（選んだ水準の障害発生時点に届かない。要確認）" in own
    assert "| ６時間 |" in own
    late = row_of(text, "復旧の順序", "滞納整理")
    assert "を超える（要検討）" in late


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_whoever_decides_has_a_row_and_the_world_outside_is_told(path: Path) -> None:
    text = twin(a_studio(path), "plans/backup")
    people = section(text, next(title for title in ("体制（様式8）", "体制（様式８）") if title in text))
    decided = section(text, "発動の判断")
    for role in ("CISO", "情報システム管理者"):
        assert role in decided and re.search(rf"^\| {role} \| \S", people, re.MULTILINE), role
    for outside in ("都道府県", "総務省", "警察", "個人情報保護委員会"):
        assert f"| {outside} |" in people, outside


def test_the_partners_and_todays_vendor_are_among_the_contacts() -> None:
    people = section(twin(a_studio(PROFILES[1]), "plans/backup"), "体制（様式8）")
    assert "| 共同利用の他団体 | からまつ村 |" in people
    assert people.count("| 提供事業者 | 株式会社やまなみ行政システム |") == 1


def test_a_runbook_names_the_department_of_its_system() -> None:
    runbook = twin(a_studio(PROFILES[1]), "plans/restore@kokuho")
    assert "業務主管課（住民課）" in row_of(runbook, "手順", "業務の確認をする")
    assert not re.search(r"業務主管課(?!（住民課）)", section(runbook, "手順"))


def test_the_foundation_comes_back_first_and_everything_waits_for_it() -> None:
    for path in PROFILES[:3]:
        rows = rows_of(twin(a_studio(path), "plans/backup"), "復旧の順序", "時間後")
        zero, *rest = [row.translate(str.maketrans("０１２３４５６７８９", "0123456789")) for row in rows]
        assert zero.startswith("| 0 |") and "| 基盤 | 0時間後 | 6時間後 |" in zero
        starts = [float(found[1]) for row in rest if (found := re.search(r"\| ([\d.]+)時間後 \|", row))]
        assert len(starts) == len(rest) and min(starts) == 6


def test_systems_of_one_product_and_vendor_are_restored_together() -> None:
    rows = rows_of(twin(a_studio(PROFILES[1]), "plans/backup"), "復旧の順序", "時間後")
    assert {row.split("|")[1].strip() for row in rows if "戸籍" not in row} == {"0", "1"}
    ends = [
        float(found[1]) for row in rows if (found := re.search(r"\| ([\d.]+)時間後 \| [^|]*\| [^|]*\|$", row))
    ]
    assert max(ends) < 72


def test_a_level_of_the_standard_says_how_well_it_is_known() -> None:
    text = twin(a_studio(PROFILES[1]), "plans/backup")
    levels = "水準の決定と受け入れるリスク"
    assert "（安否確認に要るデータは72時間以内。二次資料による・要確認）" in row_of(text, levels, "A.1.4.1")
    assert "（RPOの標準から導いた値。推定・要確認）" in row_of(text, levels, "C.1.2.5")
    assert "推定・要確認" in row_of(text, levels, "2,904時間")


def test_a_figure_that_the_sum_took_for_granted_is_marked() -> None:
    text = twin(a_studio(PROFILES[2]), "plans/backup")
    silent = row_of(text, "容量", "軽自動車税")
    assert "| ０%（要確認） |" in silent and "| １（要確認） |" in silent
    assert "| ２ |" in row_of(text, "容量", "住民記録")
    assert "毎年４月" in text and "毎年4月" not in text


@pytest.mark.parametrize(("path", "shared"), [(PROFILES[1], True), (PROFILES[2], False)])
def test_partners_in_shared_use_agree_on_levels_and_tests(path: Path, shared: bool) -> None:
    studio = a_studio(path)
    for id in ("plans/backup", "plans/restore-test"):
        assert (re.search("☐.*共同利用の他団体(と|の)合意", twin(studio, id)) is not None) is shared, id
