"""The checklist of one system: no step that cannot apply, nobody invented, everything said."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.procedure import system_facts
from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS
from gen.procedure.handbook import handbook
from gen.word.unknown import Unknown

from .scenario import KEY, ROOT, a_move, checklist, moving_systems, rows_of, shipped

OWN = {
    "cloud-apply-single",
    "cloud-agreement-single",
    "cloud-accounts",
    "cloud-operator",
    "cloud-cost-single",
}
SHARED = {
    "cloud-apply-joint",
    "cloud-agreement-joint",
    "cloud-share",
    "cloud-reports",
    "cloud-boundary-joint",
}
SHARED |= {"select-levels-joint"}


def said(context: dict) -> str:  # type: ignore[type-arg]
    return "\n".join(f"{note.level} {note.text}" for note in context["notes"])


def left_out(context: dict) -> dict[str, str]:  # type: ignore[type-arg]
    return {str(row.title): str(row.why) for row in context["left_out"]}


def test_every_step_is_on_the_paper_or_among_those_left_out_with_a_reason() -> None:
    for file, key in moving_systems():
        context = checklist(shipped(file), key)
        printed = {str(row.id) for phase in context["phases"] for row in phase.rows}
        printed |= {str(row.id) for row in context["city_steps"]}
        assert len(printed) + len(context["left_out"]) == len(handbook().steps), (file, key)
        assert all(str(row.why) and str(row.path) for row in context["left_out"])


def test_shared_use_has_no_step_of_an_account_of_ones_own() -> None:
    shared = rows_of(checklist(a_move(cloud={"use_mode": "共同利用方式", "partners": ["からまつ村"]})))
    single = rows_of(checklist(a_move()))
    assert not OWN & set(shared) and set(shared) >= SHARED
    assert not SHARED & set(single) and set(single) >= OWN


def test_an_undecided_mode_keeps_both_and_asks() -> None:
    context = checklist(a_move(cloud={"use_mode": "未定"}))
    rows = rows_of(context)
    assert set(rows) >= OWN | SHARED
    assert "当てはまるか要確認（利用方式）" in rows["cloud-accounts"].note
    assert "両方の手順を残した" in said(context)


def test_the_town_that_shares_and_the_great_city_get_different_papers() -> None:
    town = rows_of(checklist(shipped(ROOT / "profiles/shirakaba.yaml"), "koseki"))
    great = rows_of(checklist(shipped(ROOT / "profiles/minatokita.yaml"), "kotei"))
    assert set(town) - set(great) >= SHARED
    assert set(great) - set(town) >= OWN | {"build-joint-test", "special-report", "special-extend"}


def test_on_premises_leaves_the_cloud_out() -> None:
    context = checklist(a_move(state="オンプレミス", csp=None))
    rows = rows_of(context)
    assert not {id for id in rows if id.startswith("cloud-")} - {"cloud-onprem"}
    assert "該当なし" in context["system"].csp
    assert "運用管理補助者" not in {str(row.role) for row in context["people"]}


def test_a_cloud_that_is_none_of_the_government_cloud_is_said() -> None:
    context = checklist(a_move(csp="庁内サーバー"))
    assert "cloud-onprem" in rows_of(context)
    assert "クラウド「庁内サーバー」は" in said(context)


@pytest.mark.parametrize(
    ("system", "moves"),
    [
        ({"state": "移行中"}, True),
        ({"state": "特定移行支援"}, True),
        ({"state": "移行済み"}, False),
        ({"state": "対象外"}, False),
        ({"state": "オンプレミス"}, True),
        ({"state": "オンプレミス", "business": "滞納整理", "cut_over": None}, False),
        ({"state": "オンプレミス", "business": "滞納整理"}, True),
    ],
)
def test_what_moves(system: dict[str, str | None], moves: bool) -> None:
    assert system_facts(a_move(**system), KEY)["moves"].value is moves


def test_a_business_without_personal_numbers_has_no_assessment() -> None:
    context = checklist(a_move(business="印鑑登録"))
    assert not [id for id in rows_of(context) if id.startswith("pia-")]
    assert "個人番号を取り扱わないものとした（要確認）" in said(context)


def test_a_business_of_the_citys_own_keeps_what_must_be_asked() -> None:
    context = checklist(a_move(business="滞納整理"))
    rows = rows_of(context)
    assert "plan-needs" in rows and "plan-fit-gap" not in rows
    assert "当てはまるか要確認（個人番号の取扱い）" in rows["pia-threshold"].note
    assert str(context["system"].business) == "滞納整理"


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_there_are_as_many_rehearsals_as_are_planned(count: int) -> None:
    rows = rows_of(checklist(a_move({"rehearsal_count": count})))
    own = [row for id, row in rows.items() if id.startswith("build-rehearsal")]
    checks = [row for id, row in rows.items() if id.startswith("build-verify")]
    assert len(own) == len(checks) == count
    order = [id.split(" ")[0] for id in rows if id.startswith(("build-rehearsal", "build-verify"))]
    assert order == ["build-rehearsal", "build-verify"] * count


def test_no_rehearsal_is_a_warning_and_an_unknown_number_is_asked() -> None:
    none = checklist(a_move({"rehearsal_count": 0}))
    assert "build-rehearsal" not in rows_of(none) and "build-verify" in rows_of(none)
    assert "要対応 移行リハーサルが0回である" in said(none)
    assert "要対応 移行リハーサルが1回である" in said(checklist(a_move({"rehearsal_count": 1})))
    assert "参考 移行リハーサルは2回である" in said(checklist(a_move({"rehearsal_count": 2})))
    unknown = checklist(a_move())
    assert "回数が決まっていない" in said(unknown)
    assert "当てはまるか要確認" in rows_of(unknown)["build-rehearsal"].note


def test_parallel_running_comes_and_goes() -> None:
    assert "build-parallel" in rows_of(checklist(a_move({"parallel_months": 1})))
    assert "build-parallel" not in rows_of(checklist(a_move({"parallel_months": 0})))
    out = checklist(a_move())
    assert left_out(out)["並行稼働・計算結果の突合"] == "並行稼働の実施＝いいえ"


def test_a_special_system_has_its_own_deadline_and_no_other() -> None:
    context = checklist(
        a_move(state="特定移行支援", cut_over="未定", deadline="令和10年3月31日", reason="事業者の要員不足")
    )
    rows = rows_of(context)
    assert {"special-report", "special-deadline", "special-extend", "special-protect", "special-date"} <= set(
        rows
    )
    assert "令和10年3月31日" in said(context)
    assert "R7" not in str(rows["special-date"].due) and "R8.3.31" in str(rows["special-date"].due)
    assert "要対応 特定移行支援システムの理由が書かれていない" in said(
        checklist(a_move(state="特定移行支援"))
    )
    assert "special-date" not in rows_of(checklist(a_move(state="特定移行支援", deadline="令和10年3月31日")))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("令和9年3月1日", "繁忙期（2月中旬から6月まで。初期値・要確認）"),
        ("令和9年6月30日", "繁忙期"),
        ("令和9年1月3日", "閉庁日（年末年始の休日）"),
        ("令和9年1月11日", "閉庁日（成人の日）"),
        ("令和8年11月2日", "閉庁日（団体の定める閉庁日）"),
        ("令和9年4月1日", "現行の契約が、切替日より前に終わる"),
        ("令和8年1月5日", "切替日が基準日より前である"),
    ],
)
def test_a_day_that_does_not_fit_is_said(day: str, words: str) -> None:
    assert words in said(checklist(a_move(cut_over=day)))


def test_a_quiet_day_says_nothing_of_the_season() -> None:
    assert "繁忙期" not in said(checklist(a_move(cut_over="令和9年7月1日")))


def test_the_citys_own_season_counts_in_place_of_the_default() -> None:
    busy = {"busy": [{"name": "大祭{}", "start": "令和8年10月1日", "end": "令和8年10月31日"}]}
    assert "繁忙期（大祭{}）" in said(checklist(a_move(busy, cut_over="令和8年10月5日")))
    assert "繁忙期" not in said(checklist(a_move(busy, cut_over="令和9年3月1日")))


def test_a_system_that_must_come_first_but_comes_later_is_said() -> None:
    profile = shipped(ROOT / "profiles/minatokita.yaml")
    assert "先に動く湊北市個人住民税システムの切替日が決まっていない" in said(checklist(profile, "shogai"))


def test_nobody_is_invented_and_one_person_may_do_much() -> None:
    context = checklist(a_move())
    people = {str(row.role): row for row in context["people"]}
    assert people["CIO"].name == people["PMO（情報政策）"].name == "花水木　健"
    assert str(people["財政担当"].name) == "〇〇〇〇"
    assert isinstance(people["財政担当"].name, Unknown)
    assert people["業務主管課"].place == "市民課"
    assert str(people["業務主管課"].name) == "〇〇〇〇", "the head of another office is not its owner"


def test_the_owner_of_another_office_is_not_taken_for_this_one() -> None:
    aobadai = shipped(ROOT / "profiles/aobadai.yaml")
    own = {str(row.role): str(row.name) for row in checklist(aobadai, "koseki")["people"]}
    other = {str(row.role): str(row.name) for row in checklist(aobadai, "kenko")["people"]}
    assert own["業務主管課"] == "桜　由美" and other["業務主管課"] == "〇〇〇〇"


def test_the_rows_carry_the_field_they_rest_on() -> None:
    row = rows_of(checklist(a_move()))["build-test"]
    assert row.due.path == "systems.juki.cut_over"
    assert row.owner.path == "vendors.midori.name"


def test_the_judgement_asks_what_belongs_to_this_system() -> None:
    shared = {str(row.text) for row in checklist(a_move(cloud={"use_mode": "共同利用方式"}))["criteria"]}
    single = {str(row.text) for row in checklist(a_move())["criteria"]}
    assert "共同利用の団体の全てが、切替に同意した" in shared - single


def test_the_events_near_the_cut_over_are_listed() -> None:
    events = {str(row.name) for row in checklist(shipped(ROOT / "profiles/aobadai.yaml"), "koseki")["events"]}
    assert "戸籍の切替" in events and "年末年始の切替" not in events


@pytest.mark.parametrize("table", [SYSTEM_FACTS, CITY_FACTS], ids=["system", "city"])
def test_every_fact_has_a_japanese_name_of_its_own(table: dict) -> None:  # type: ignore[type-arg]
    labels = [rule.label for rule in table.values()]
    assert all(not label.isascii() or label == "CIO" for label in labels)
    assert len(set(labels)) == len(labels)


def test_everything_undecided_makes_a_paper_all_the_same() -> None:
    profile = shipped(Path(ROOT / "tests/profiles/undecided.yaml"))
    context = checklist(profile, "a")
    assert context["phases"] and str(context["system"].cut_over) == "〇〇〇〇"


@pytest.mark.parametrize("name", [*SYSTEM_FACTS, *CITY_FACTS])
def test_every_fact_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs/procedures.md").read_text(encoding="utf-8")


def test_every_role_of_the_profile_that_papers_look_for_is_documented() -> None:
    page = (ROOT / "docs/procedures.md").read_text(encoding="utf-8")
    keys = {key for role in handbook().roles.values() for key in role.keys}
    assert not [key for key in keys if f"`{key}`" not in page]


def test_the_shipped_cities_fill_every_role_but_one_on_purpose() -> None:
    open_roles = set()
    for file, key in moving_systems():
        if file.parent.name == "profiles" and file.parents[1] == ROOT:
            people = checklist(shipped(file), key)["people"]
            own = [
                row for row in people if str(row.name) == "〇〇〇〇" and not str(row.role).endswith("事業者")
            ]
            open_roles |= {(file.stem, str(row.role)) for row in own if str(row.role) != "業務主管課"}
    assert open_roles == {("shirakaba", "住居表示担当")}
    assert "住居表示" in (ROOT / "profiles/README.md").read_text(encoding="utf-8")
