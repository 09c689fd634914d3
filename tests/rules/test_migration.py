"""The move of each system."""

import pytest

from gen.report import Severity
from rules.backup_scenario import a_city, broken, kept
from rules.scenario import Scene

WARNING = Severity.WARNING
SYSTEM = "systems.juki"


def moving(system: str = "", *, state: str = "移行中", rest: str = "", city: str = "") -> Scene:
    more = f", {system}" if system else ""
    return a_city(
        f"city: {{name: 青葉台市, kind: 市{city}}}\n"
        f"systems:\n  juki: {{name: 住記, business: 住民基本台帳, state: {state}{more}}}\n{rest}"
    )


def test_what_is_shared_names_with_whom() -> None:
    rule = "cloud-shared"
    shared = "cloud:\n  use_mode: 共同利用方式\n"
    partners, share = "  partners: [しらかば村]\n", "  cost_share: 均等割\n"
    broken(rule, moving(rest=shared + share), "cloud.use_mode", "共同利用方式", WARNING)
    broken(rule, moving(rest=shared + partners), "cloud.use_mode", "共同利用方式", WARNING)
    kept(rule, moving(rest=shared + partners + share))
    kept(rule, moving(rest="cloud:\n  use_mode: 単独利用方式\n"))
    own = moving("use_mode: 共同利用方式", rest="cloud:\n" + share)
    broken(rule, own, f"{SYSTEM}.use_mode", "共同利用方式", WARNING)


def test_a_special_system_has_reason_and_deadline() -> None:
    rule, both = "system-special", "reason: 要員不足, deadline: 令和10年3月31日"
    found = broken(rule, moving(state="特定移行支援"), f"{SYSTEM}.state", "特定移行支援", WARNING)
    assert "理由" in found.message and "期限" in found.message
    kept(rule, moving(both, state="特定移行支援"))
    kept(rule, moving("reason: 未定, deadline: 未定", state="特定移行支援"))
    kept(rule, moving())


@pytest.mark.parametrize(
    ("system", "field", "at", "severity"),
    [
        ("cut_over: 令和10年4月3日, deadline: 令和10年3月31日", "cut_over", "令和10年4月3日", Severity.ERROR),
        ("cut_over: 令和9年1月4日, former_until: 令和8年12月31日", "former_until", "令和8年12月31日", WARNING),
        ("cut_over: 未定, deadline: 令和10年3月31日, former_until: 令和9年3月31日", "former_until", "令和9年3月31日", WARNING),
    ],
)  # fmt: skip
def test_days_that_do_not_fit(system: str, field: str, at: str, severity: Severity) -> None:
    broken("system-deadline", moving(system, state="特定移行支援"), f"{SYSTEM}.{field}", at, severity)


def test_days_that_fit() -> None:
    right = "cut_over: 令和9年1月4日, deadline: 令和10年3月31日, former_until: 令和9年1月4日"
    kept("system-deadline", moving(right, state="特定移行支援"))
    kept("system-deadline", moving(right.replace("令和9年1月4日, d", "令和11年1月4日, d"), state="移行済み"))


def test_no_move_in_the_busy_season() -> None:
    rule = "system-cutover-busy"
    day = "cut_over: 令和9年2月16日"
    found = broken(rule, moving(day), f"{SYSTEM}.cut_over", "令和9年2月16日", WARNING)
    assert "要確認" in found.message
    kept(rule, moving("cut_over: 令和9年2月15日"))
    kept(rule, moving(day, state="移行済み"))
    own = "migration:\n  busy:\n    - {name: 選挙, start: 令和9年1月1日, end: 令和9年1月31日}\n"
    kept(rule, moving(day, rest=own))
    assert (
        "選挙"
        in broken(
            rule, moving("cut_over: 令和9年1月4日", rest=own), f"{SYSTEM}.cut_over", "令和9年1月4日", WARNING
        ).message
    )


def test_the_first_day_of_use_is_a_working_day() -> None:
    rule = "system-cutover-closed"
    broken(rule, moving("cut_over: 令和9年1月3日"), f"{SYSTEM}.cut_over", "令和9年1月3日", WARNING)
    kept(rule, moving("cut_over: 令和9年1月4日"))
    own = moving("cut_over: 令和9年1月4日", city=", closed_days: [令和9年1月4日]")
    broken(rule, own, f"{SYSTEM}.cut_over", "令和9年1月4日", WARNING)
    kept(rule, moving("cut_over: 未定"))


def rehearsed(*days: str) -> str:
    rows = "".join(f"    - {{name: 第{n}回, on: {day}}}\n" for n, day in enumerate(days, 1))
    return f"migration:\n  rehearsals:\n{rows}"


def test_more_than_one_rehearsal() -> None:
    rule, day = "system-rehearsals", "cut_over: 令和9年1月4日"
    first, second, third = "令和8年8月22日", "令和8年10月17日", "令和8年12月5日"
    broken(rule, moving(day, rest=rehearsed(first)), "migration.rehearsals", "rehearsals", WARNING)
    broken(
        rule, moving(day, rest=rehearsed(first, second)), "migration.rehearsals", "rehearsals", Severity.INFO
    )
    kept(rule, moving(day, rest=rehearsed(first, second, third)))
    counted = "migration:\n  rehearsal_count: 1回\n"
    broken(rule, moving(day, rest=counted), "migration.rehearsal_count", "1回", WARNING)
    kept(rule, moving(day))
    kept(rule, moving("cut_over: 未定", rest=rehearsed(first)))
    kept(rule, moving(day, state="移行済み", rest=rehearsed(first)))


def test_a_rehearsal_comes_before_the_move() -> None:
    rule, day = "system-rehearsal-late", "cut_over: 令和9年1月4日"
    found = broken(
        rule,
        moving(day, rest=rehearsed("令和9年1月4日")),
        "migration.rehearsals.0.on",
        "令和9年1月4日",
        WARNING,
    )
    assert "profile.yaml:3:" in found.message
    kept(rule, moving(day, rest=rehearsed("令和9年1月3日")))


@pytest.mark.parametrize(
    ("subjects", "more", "needed"),
    [
        (999, "", "対象外"),
        (1_000, "", "基礎項目"),
        (99_999, "", "基礎項目"),
        (10_000, ", handlers: 500人", "重点項目"),
        (10_000, ", incident: はい", "重点項目"),
        (100_000, "", "重点項目"),
        (100_000, ", handlers: 500人", "全項目"),
        (300_000, "", "全項目"),
    ],
)
def test_the_kind_of_assessment_by_numbers(subjects: int, more: str, needed: str) -> None:
    levels = ("対象外", "基礎項目", "重点項目", "全項目")
    for level in levels:
        scene = moving(f"pia: {{subjects: {subjects}{more}, level: {level}}}")
        if levels.index(level) < levels.index(needed):
            found = broken("system-pia", scene, f"{SYSTEM}.pia.level", level, WARNING)
            assert f"「{needed}」" in found.message
        else:
            kept("system-pia", scene)


def test_an_assessment_is_public_before_the_move() -> None:
    rule, day = "system-pia", "cut_over: 令和9年1月4日, pia: {published_on: 令和9年1月4日}"
    broken(rule, moving(day), f"{SYSTEM}.pia.published_on", "令和9年1月4日", WARNING)
    kept(rule, moving(day.replace("on: 令和9年1月4日", "on: 令和8年12月28日")))
    kept(rule, moving(day, state="移行済み"))


def test_a_business_without_numbers_needs_no_assessment() -> None:
    scene = a_city(
        "city: {name: 青葉台市, kind: 市}\nsystems:\n"
        "  juki: {name: 印鑑, business: 印鑑登録, state: 移行中, pia: {level: 基礎項目}}\n"
    )
    broken("system-pia", scene, f"{SYSTEM}.pia.level", "基礎項目", WARNING)
