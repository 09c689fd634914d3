"""The overview of all systems and its chart: none, one, a hundred."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.japanese import display_width
from gen.procedure.city_paper import PER_CHART
from gen.procedure.gantt import KINDS, Bar, Chart, Line, draw
from gen.word.svg import read_svg

from .scenario import PROFILES, ROOT, overview, shipped

AOBADAI, MINATOKITA = (ROOT / f"profiles/{name}.yaml" for name in ("aobadai", "minatokita"))
HUNDRED, NONE = (ROOT / f"tests/profiles/{name}.yaml" for name in ("hundred", "none"))
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize("file", PROFILES, ids=lambda file: file.stem)
def test_every_system_is_listed_once_in_its_wave(file) -> None:  # type: ignore[no-untyped-def]
    profile, context = shipped(file), overview(shipped(file))
    names = [str(row.name) for row in context["systems"]]
    assert sorted(names) == sorted(str(system.name) for system in profile.systems.values())
    assert [str(row.no) for row in context["systems"]] == [str(n + 1) for n in range(len(names))]
    assert context["has_systems"] is bool(names)


def test_no_system_makes_no_table_and_no_chart() -> None:
    context = overview(shipped(NONE))
    assert not context["has_systems"] and not context["systems"] and not context["charts"]
    assert not context["city_steps"] and not context["left_out"]


def test_a_hundred_systems_are_split_over_charts_of_the_same_months() -> None:
    charts = overview(shipped(HUNDRED))["charts"]
    assert len(charts) == -(-100 // PER_CHART)
    axes = {re.findall(r'font-size="11"[^>]*>(令和\d+年)', chart.figure.svg)[0] for chart in charts}
    assert len(axes) == 1
    for chart in charts:
        assert chart.figure.height_mm <= 200 and chart.figure.width_mm <= 370


def test_the_next_step_is_the_first_that_is_still_ahead() -> None:
    rows = {str(row.name): row for row in overview(shipped(AOBADAI))["systems"]}
    assert rows["住民記録システム"].next == "（移行済み）"
    assert rows["健康管理システム"].next and "R8" in rows["健康管理システム"].due
    special = {str(row.name): row for row in overview(shipped(MINATOKITA))["systems"]}[
        "湊北市固定資産税システム"
    ]
    assert special.next == "切替日の確定" and str(special.due) == "R8.3.31（火）頃　期限経過"
    assert special.deadline == "R10.3.31（金）"


def test_the_steps_of_the_city_count_from_the_first_cut_over_ahead() -> None:
    rows = {str(row.id): row for row in overview(shipped(AOBADAI))["city_steps"]}
    assert rows["cloud-line"].due.startswith("R8.5.22"), "six months before 戸籍 on R8.11.24, a Sunday before"


def test_a_chart_is_the_same_each_time_and_says_itself_in_words() -> None:
    one, two = (overview(shipped(MINATOKITA))["charts"][0].figure for _ in range(2))
    assert one == two
    assert "湊北市固定資産税システムは切替日未定、期限はR10.3.31（金）" in one.alt
    assert "湊北市滞納整理支援システムはR10.9.30（土）まで庁内に置く" in one.alt


def test_what_is_special_or_on_site_looks_different_without_colour() -> None:
    svg = overview(shipped(MINATOKITA))["charts"][0].figure.svg
    colours = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', svg))
    assert all(one[1:3] == one[3:5] == one[5:7] for one in colours), "greys only"
    assert KINDS["keep"] in svg and KINDS["on-site"] in svg and "stroke-dasharray" in svg


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(list(KINDS)), DAYS, st.integers(0, 900)), max_size=6),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), DAYS),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=60
    ),
    DAYS,
    st.integers(40, 2500),
)
def test_a_chart_of_anything_can_be_drawn_in_word_and_stays_on_its_sheet(
    bars: list[tuple[str, date, int]],
    cut_over: date | None,
    deadline: date | None,
    name: str,
    start: date,
    days: int,
) -> None:
    start = start.replace(day=1)
    line = Line(
        name,
        tuple(Bar(kind, day, day + timedelta(days=n)) for kind, day, n in bars),
        cut_over,
        deadline,
        "切替日 〇〇〇〇",
    )
    svg, width, _ = draw(Chart((line, line), start, (start + timedelta(days=days)).replace(day=1), start))
    for shape in read_svg(svg).shapes:
        xs = shape.points[::2] if shape.kind in ("line", "polygon", "polyline") else shape.points[:1]
        assert all(-1 <= x <= width + 9 for x in xs), shape


def test_a_long_name_does_not_run_into_the_bars() -> None:
    svg, _, _ = draw(Chart((Line("と" * 60),), date(2026, 1, 1), date(2027, 1, 1), date(2026, 4, 1)))
    shown = max(re.findall(r">(と+…?)<", svg), key=len)
    assert display_width(shown) <= 32


def test_a_system_whose_day_is_overdue_is_told_of_in_the_overview() -> None:
    context = overview(shipped(MINATOKITA), date(2026, 11, 24))
    texts = [str(row.text) for row in context["notes"]]
    late = [text for text in texts if text.startswith("要対応") and "切替日を確定する期限" in text]
    assert {text.split("：")[1] for text in late} == {
        "湊北市固定資産税システム",
        "湊北市個人住民税システム",
        "湊北市法人住民税システム",
    }
    due = {str(row.name): str(row.due) for row in context["systems"]}
    assert due["湊北市国民健康保険システム"] == "R11.3.30（金）頃", "not late: its own 期限 is later"


def test_the_legend_says_every_mark_that_is_drawn_and_no_other() -> None:
    bar = Bar("build", date(2025, 1, 1), date(2026, 6, 1))
    ends = date(2025, 4, 1), date(2027, 4, 1)
    marked = Line("甲", (bar,), cut_over=date(2026, 6, 1), deadline=date(2027, 3, 31), wave=True)
    drawn, _, height = draw(Chart((marked,), *ends, on=date(2026, 4, 1)))
    for said in ("切替日", "特定移行支援の期限", "図より前から", "切替日の区切り", "基準日"):
        assert f">{said}</text>" in drawn
    assert all(float(y) < height for y in re.findall(r'<text x="[^"]*" y="([^"]*)"', drawn))
    plain, _, _ = draw(Chart((Line("乙"),), *ends, on=date(2030, 1, 1)))
    assert not re.search("図より前から|切替日|基準日|期限", plain)
