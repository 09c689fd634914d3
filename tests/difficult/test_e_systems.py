"""Difficult but right inputs, part E: systems, the move, levels. One test a line, by its number.

At the end, the lines of parts A to D as far as they concern checklists and plans.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from drafting.scenario import ON, Paper, a_city, a_file, a_studio, a_workspace, facts_change, run
from lxml import html

from gen.drafting.planning import stamp_of
from gen.rules import check

ROOT = Path(__file__).parents[2]
MOVING = {
    "name": "住民記録システム",
    "business": "住民基本台帳",
    "state": "移行中",
    "vendor": "midori",
    "csp": "AWS",
    "cut_over": "令和9年1月4日",
    "owner": "市民課",
    "former_vendor": "midori",
    "former_until": "令和9年3月31日",
}
CITY_PAPERS = ("procedures/overview", "plans/backup", "plans/restore-test")
SYSTEM_PAPERS = ("procedures/migration", "plans/restore")
OF_CLOUDS = {
    "AWS": ("S3", "EC2", "RDS", "Glacier", "CloudFormation", "AWS"),
    "Azure": ("Blob Storage", "Recovery Services", "Entra", "Azure"),
    "Google Cloud": ("Cloud Storage", "BigQuery", "Cloud SQL", "Google"),
    "OCI": ("Object Storage", "Autonomous Database", "Oracle", "OCI"),
}
"""Words that only one cloud has."""


def systems(**rows: dict[str, Any] | None) -> dict[str, Any]:
    """The city with these systems and nothing that rests on others."""
    filled = {key: {**MOVING, **(row or {})} for key, row in rows.items()}
    return {
        "systems": {
            key: {n: v for n, v in row.items() if v is not None} for key, row in filled.items()
        },
        "contracts__ops__systems": [],
    }  # fmt: skip


def many(count: int) -> dict[str, Any]:
    return systems(**{f"s{n}": {"name": f"第{n:03}システム"} for n in range(1, count + 1)})


def paper(id: str, **changes: Any) -> Paper:
    """One paper of the city with these changes; the rules hold nothing against it."""
    profile = a_city(**{"city__style": {"digits": "半角"}, **changes})
    errors = check(profile, ON).errors
    assert not errors, [(one.rule, one.message) for one in errors]
    studio = a_studio(profile)
    (draft,) = studio.chosen([id])
    return Paper(profile, studio.make(draft), draft.id)


def every_paper(key: str = "juki", **changes: Any) -> list[Paper]:
    """The five kinds of paper, those of a system for this one."""
    ids = (*CITY_PAPERS, *(f"{name}@{key}" for name in SYSTEM_PAPERS))
    return [paper(id, **changes) for id in ids]


def rows(one: Paper, *words: str) -> list[str]:
    """The rows of tables that hold all the words."""
    return [line for line in one.lines if line.startswith("|") and all(word in line for word in words)]


def tables(one: Paper) -> list[html.HtmlElement]:
    page = one.document.write_html(stamp_of(1, ON), {}).decode()
    return list(html.document_fromstring(page).iter("table"))


# -- E ---------------------------------------------------------------------------------------


def test_e59_each_special_system_has_its_own_deadline() -> None:
    late = {"state": "特定移行支援", "cut_over": None, "reason": "事業者の要員の不足"}
    city = systems(
        zei={**late, "name": "税システム", "business": "固定資産税", "deadline": "令和10年3月31日"},
        kokuho={**late, "name": "国保システム", "business": "国民健康保険", "deadline": "令和13年3月31日"},
        juki=None,
    )
    for key, own, other in (("zei", "令和10年", "令和13年"), ("kokuho", "令和13年", "令和10年")):
        one = paper(f"procedures/migration@{key}", **city)
        assert f"{own}3月31日" in one.text and other not in one.text
        assert (
            "現行契約・機器の保守の延長" in one.text and "現行システムのバックアップと継続の確認" in one.text
        )
    plain = paper("procedures/migration@juki", **city)
    assert "現行契約・機器の保守の延長" not in plain.text.partition("付録1")[0]
    for one in every_paper(**city):
        assert not re.search(r"2025年度|2026年3月|令和7年度末|令和8年3月", one.text.partition("付録2")[0]), (
            one.id
        )
    plan = paper("plans/backup", **city)
    assert rows(plan, "税システム", "特定移行支援", "移行の期限", "令和10年3月31日", "みどり情報")
    assert rows(plan, "国保システム", "移行の期限", "令和13年3月31日")
    assert rows(plan, "住民記録システム", "切替日", "令和9年1月4日")


@pytest.mark.parametrize("count", [0, 1, 18, 20, 48, 100])
def test_e61_any_number_of_systems(count: int) -> None:
    city = many(count)
    for id in CITY_PAPERS:
        one = paper(id, **city)
        assert ("対象システムなし" in one.text) is (not count), id
        named = {name for line in rows(one) for name in re.findall(r"第\d{3}システム", line)}
        assert len(named) == count, id
        for table in tables(one):
            assert table.find("tbody") is not None and len(table.find("tbody")), (id, "an empty table")
            assert table.find("thead") is not None or table.find("tbody/tr/th") is not None, (id, "no header")
        headers = one.word_xml.count("<w:tblHeader")
        assert headers == sum(table.find("thead") is not None for table in tables(one)), id
    made = a_studio(a_city(**city)).chosen(())
    assert sum(draft.id.startswith("plans/restore@") for draft in made) == count


def test_e62_a_system_outside_of_the_twenty_businesses() -> None:
    city = systems(taino={"name": "滞納整理システム", "business": "滞納整理・徴収支援"})
    for one in every_paper("taino", **city):
        assert "滞納整理システム" in one.text, one.id
    plan = paper("plans/backup", **city)
    assert rows(plan, "滞納整理・徴収支援")
    assert rows(plan, "その他", "上記以外の業務", "滞納整理システム")
    steps = paper("procedures/migration@taino", **city).text.partition("付録1")[0]
    assert "要件の整理（標準化対象外）" in steps
    assert "標準仕様との比較分析" not in steps


@pytest.mark.parametrize("csp", [*OF_CLOUDS, "さくらのクラウド", "庁内サーバー", "未定"])
def test_e64_no_word_of_another_cloud(csp: str) -> None:
    clouds = [{"name": name} for name in (*OF_CLOUDS, "さくらのクラウド", "庁内サーバー")]
    city = {**systems(juki={"csp": csp}), "cloud__csps": clouds}
    for one in every_paper(**city):
        steps = one.text.partition("付録2")[0]  # the sources name their own titles
        found = {
            word for cloud, words in OF_CLOUDS.items() if cloud != csp for word in words
            if re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", steps)
        }  # fmt: skip
        assert not found, (one.id, found)
        if one.id in ("procedures/overview", "plans/backup", "procedures/migration@juki"):
            assert ("〇〇〇〇" if csp == "未定" else csp) in steps, one.id


def test_e64_each_system_has_its_own_cloud() -> None:
    city = {
        **systems(juki=None, zei={"name": "税システム", "business": "固定資産税", "csp": "Google Cloud"}),
        "cloud__csps": [{"name": "AWS"}, {"name": "Google Cloud"}],
    }
    assert "Google" not in paper("procedures/migration@juki", **city).text.partition("付録2")[0]
    assert "AWS" not in paper("procedures/migration@zei", **city).text.partition("付録2")[0]
    plan = paper("plans/backup", **city)
    assert rows(plan, "税システム", "Google Cloud") and rows(plan, "住民記録システム", "AWS")


def test_e65_some_systems_are_shared() -> None:
    city = {
        **systems(
            juki=None, zei={"name": "税システム", "use_mode": "共同利用方式", "business": "固定資産税"}
        ),
        "cloud__partners": ["からまつ村"],
    }
    own, shared = (
        paper(f"procedures/migration@{key}", **city).text.partition("付録1")[0] for key in ("juki", "zei")
    )
    for words in ("団体の間の責任分界", "利用料の按分"):
        assert words in shared and words not in own
    assert "運用管理補助者の契約" in own and "運用管理補助者の契約" not in shared
    moved = deepcopy(city)
    for system in moved["systems"].values():
        system["cut_over"] = "令和8年3月2日"
    assert "団体が依頼する" in paper("plans/restore@zei", **moved).text
    assert "団体が依頼する" not in paper("plans/restore@juki", **moved).text
    assert (
        "共同利用方式のシステムでは、団体はアカウントを直接操作しない" in paper("plans/backup", **city).text
    )
    assert rows(paper("procedures/overview", **city), "税システム", "共同利用方式")


def test_e65_a_system_in_the_house_is_restored_by_the_house() -> None:
    text = paper("plans/restore@juki", **systems(juki={"state": "オンプレミス", "csp": None})).text
    assert "運用管理補助者" not in text and "情報システム管理者" in text


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_e67_as_many_rehearsals_as_there_are(count: int) -> None:
    listed = [{"name": f"第{n}回", "on": f"令和8年{n + 5}月6日"} for n in range(1, count + 1)]
    for migration in [{"rehearsal_count": count}] + ([{"rehearsals": listed}] if listed else []):
        text = paper("procedures/migration@juki", **systems(juki=None), migration=migration).text
        body = text.partition("付録1")[0]
        assert len(re.findall(r"^\| \d-\d+ \| ☐ \| 移行リハーサル", body, re.MULTILINE)) == count
        assert ("移行リハーサルが0回である" in body) is (count == 0)
    for months, there in ((0, False), (2, True)):
        text = paper(
            "procedures/migration@juki", **systems(juki=None), migration={"parallel_months": months}
        ).text
        assert ("並行稼働・計算結果の突合" in text.partition("付録1")[0]) is there


def test_e68_uptime_keeps_its_digits_and_names_its_denominator() -> None:
    def chosen(level: str) -> Paper:
        return paper("plans/backup", backup={"targets": [{"item": "稼働率", "chosen": level}]})

    fine = chosen("99.95%")
    assert rows(fine, "A.1.5.1", "| 99.5%（二次資料による・要確認） | 99.95% |")
    assert rows(fine, "開庁日の12時間（242日。推定・要確認）", "99.95%（選んだ水準）", "1.5時間")
    assert rows(fine, "24時間365日", "8,760時間", "99.95%（選んだ水準）", "4.4時間")
    assert rows(chosen("99.9990%"), "99.9990%（選んだ水準）", "5.3分")
    assert "計画停止の扱いを決めた" in fine.text and "分母とする時間を決めた" in fine.text
    assert rows(chosen("100%"), "| 100%（停止を認めない値。要確認） |")
    assert rows(chosen("99"), "| 99（単位がない。要確認） |")


def test_e70_generations_and_retention_are_each_systems_own() -> None:
    kept = {
        "generations": {"daily": "35世代"},
        "retention": "3年",
        "rpo": "1営業日",
        "rto": "12時間",
        "interval": "1日",
    }
    city = {
        **systems(
            juki=None,
            zei={"name": "税システム", "business": "固定資産税"},
            shugaku={"name": "就学システム", "business": "就学"},
        ),
        "backup": {
            "systems": {
                "juki": kept,
                "zei": {**kept, "generations": {"monthly": "60世代"}, "retention": "7年"},
            }
        },
    }
    plan = paper("plans/backup", **city)
    assert rows(plan, "住民記録システム", "日次35 |", "| 3年 |")
    assert rows(plan, "税システム", "月次60 |", "| 7年 |")
    (silent,) = rows(plan, "就学システム", "1日（初期値・要確認）")
    assert silent.count("〇〇〇〇") == 2 and "日次" not in silent and "1年" not in silent
    assert {"backup.systems.shugaku.retention", "backup.systems.shugaku.generations"} <= set(plan.undecided)
    assert rows(paper("plans/restore@shugaku", **city), "世代 | 〇〇〇〇", "保存期間 | 〇〇〇〇")


ISLAND = {
    "city__name": "はなれ島村",
    "city__kind": "村",
    "city__population": "312人",
    "city__head": {"title": "はなれ島村長", "name": "渚　ひかり"},
    "people": {"nagisa": {"name": "渚　ひかり", "title": "主任"}},
    "roles": {role: {"person": "nagisa"} for role in ("cio", "project_leader", "security_manager", "contract_officer")},
}  # fmt: skip


def test_e71_an_island_has_no_offices_but_its_own() -> None:
    city = {**systems(juki={"owner": "住民係"}), **ISLAND}
    for one in every_paper(**city):
        body = one.text.partition("付録2")[0]
        found = re.findall(
            r"(?:情報(?:政策|システム|推進)|デジタル\w*|総務|企画|財政|契約\w*|法制|広報|市民|税務)(?:部|課|局|室)",
            body,
        )
        assert not found, (one.id, found)
        assert "駆け付け" not in body and "本市" not in body and "市長" not in body, one.id
    people = paper("procedures/migration@juki", **city)
    for role in ("CIO", "PMO（情報政策）", "情報セキュリティ担当", "契約担当"):
        assert rows(people, f"| {role} |", "渚　ひかり")
    plan = paper("plans/backup", **city)
    for role in ("CIO", "PMO（情報政策）", "情報セキュリティ担当"):
        assert rows(plan, f"| {role} | 渚　ひかり |  |")
    assert not rows(plan, "| 契約担当 |"), "nobody is called in an outage for the contract's sake"
    assert "project_leader" not in plan.text


def test_e73_several_buildings() -> None:
    other = {"name": "北庁舎", "address": "青葉台県青葉台市北町二丁目2番2号"}
    offices = [
        {
            "name": "市民課窓口",
            "address": "青葉台市役所",
            "counters": "6窓口",
            "reopens": "令和9年1月4日 8時30分",
        },
        {"name": "北庁舎窓口", "address": other["address"]},
    ]
    city = {**systems(juki=None), "city__addresses": [other], "migration": {"offices": offices}}
    plan = paper("plans/backup", **city)
    assert rows(plan, "主たる庁舎", "中央一丁目1番1号") and rows(plan, "北庁舎", "北町二丁目2番2号")
    assert "主たる庁舎" not in paper("plans/backup", **systems(juki=None)).text
    steps = paper("procedures/migration@juki", **city)
    assert rows(steps, "市民課窓口", "6", "令和9年1月4日 8時30分", "☐")
    assert rows(steps, "北庁舎窓口", "北町二丁目2番2号", "〇〇〇〇")


def test_e74_version_and_day_are_printed_and_a_hand_edit_stays(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "aobadai", **systems(juki=None))
    id = "procedures/migration@juki"
    assert run("generate", id, "--date", "R8.4.1", folder=folder).code == 0
    page = folder / f"documents/{id}.html"
    assert "第1版" in page.read_text(encoding="utf-8") and "令和8年4月1日" in page.read_text(encoding="utf-8")
    facts_change(folder, **systems(juki={"cut_over": "令和9年2月1日"}))
    assert run("generate", id, "--date", "R8.5.1", folder=folder).code == 0
    assert "第2版" in page.read_text(encoding="utf-8") and "令和8年5月1日" in page.read_text(encoding="utf-8")
    edited = page.read_text(encoding="utf-8").replace("使い方", "使い方（情報政策課で追記）")
    page.write_text(edited, encoding="utf-8")
    facts_change(folder, **systems(juki={"cut_over": "令和9年3月1日"}))
    refused = run("generate", id, "--date", "R8.6.1", folder=folder)
    assert refused.code == 3 and "migration@juki" in refused.err
    assert page.read_text(encoding="utf-8") == edited


# -- A to D, for checklists and plans -----------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["令和9年1月4日", "平成39年1月4日", "R9.1.4", "令和９年１月４日", "令和9年1月4日（月）"]
)
def test_a7_a11_d47_a_cut_over_however_it_is_typed(typed: str) -> None:
    plain = paper("procedures/migration@juki", **systems(juki=None))
    assert paper("procedures/migration@juki", **systems(juki={"cut_over": typed})).text == plain.text
    assert "切替日 | 令和9年1月4日" in plain.text


def test_a13_a14_a_contract_that_ends_with_any_month() -> None:
    for typed, printed in (("令和9年2月末日", "令和9年2月28日"), ("令和8年12月31日", "令和8年12月31日")):
        one = paper("procedures/migration@juki", **systems(juki={"former_until": typed}))
        assert f"現行契約の終わり | {printed}" in one.text


def test_b22_what_nobody_decided_stands_as_such() -> None:
    for one in every_paper(
        **systems(juki={"cut_over": "未定", "vendor": "未定", "owner": None, "product": None})
    ):
        assert not re.search(r"None|nan\b|null|undefined", one.text), one.id
    assert "〇〇〇〇" in paper("procedures/overview", **systems(juki={"cut_over": "未定"})).text


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("しらかば町", "町", "しらかば町長"),
        ("三ツ瀬広域連合", "広域連合", "三ツ瀬広域連合長"),
        ("港東区", "特別区", "港東区長"),
    ],
)
def test_c28_c31_no_paper_takes_a_city_or_a_head_for_granted(name: str, kind: str, title: str) -> None:
    city = {"city__name": name, "city__kind": kind, "city__head": {"title": title, "name": "架空　花"}}
    for one in every_paper(**systems(juki=None), **city):
        assert name in one.text and "青葉台市" not in one.text.replace(
            "青葉台市情報セキュリティポリシー", ""
        ), one.id
        assert "本市" not in one.text and "架空　花" not in one.text, one.id


def test_d43_d44_d50_names_stand_as_typed() -> None:
    city = {
        **systems(juki={"name": "驒ヶ丘𠮷システム", "owner": "市民 課", "product": "葛\U000e0100住記Ｖ２"}),
        "people": {"a": {"name": "髙　﨑𠮷", "title": "主査"}},
        "roles": {"cio": {"person": "a"}, "project_leader": {"person": "a"}},
    }
    for one in every_paper(**city):
        assert "驒ヶ丘𠮷システム" in one.text and "驒ヶ丘𠮷システム" in one.word_text, one.id
    steps = paper("procedures/migration@juki", **city)
    assert (
        "市民 課" in steps.text
        and "葛\U000e0100住記Ｖ２" in steps.text
        and rows(steps, "| CIO |", "髙　﨑𠮷")
    )


def test_d49_the_comma_and_the_conjunctions_of_the_city() -> None:
    style = {"city__style": {"comma": "，", "conjunction": "ひらがな"}}
    for one in every_paper(**systems(juki=None), **style):
        assert "，" in one.static, one.id
        left = [
            line
            for line in one.static.partition("付録2")[0].splitlines()
            if re.search("、|及び|又は|並びに|若しくは", line)
        ]
        assert not left, (one.id, left[:5])


def test_every_paper_of_every_kind_of_city_leaves_nothing_raw() -> None:
    for file in ("none", "union", "undecided"):
        studio = a_studio(a_file(ROOT / f"tests/profiles/{file}.yaml"))
        for draft in studio.chosen(()):
            text = studio.make(draft).twin
            assert not re.search(r"\{\{|\{%|\bNone\b|project_leader|contract_officer", text), (file, draft.id)
