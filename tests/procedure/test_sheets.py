"""The sheets hold together, and the papers made of them are whole for every city."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from drafting.scenario import a_studio
from hypothesis import given
from hypothesis import strategies as st

from gen.catalog import shipped_catalog
from gen.errors import UserError
from gen.procedure import data_files
from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS
from gen.procedure.handbook import handbook
from gen.procedure.hours import Stop, planned_hours, stop_of
from gen.procedure.sheets import Line, read_sheet, sheet
from gen.procedure.tables import CITY_SHEETS, SYSTEM_SHEETS
from gen.profile import Profile, Undecided

from .scenario import ON, PROFILES, ROOT, a_move, shipped

SHEETS = (*SYSTEM_SHEETS, *CITY_SHEETS)
LINES = [(id, line) for id in SHEETS for lines in sheet(id).tables.values() for line in lines]
AOBADAI, MINATOKITA, SHIRAKABA = (
    ROOT / f"profiles/{name}.yaml" for name in ("aobadai", "minatokita", "shirakaba")
)


def text_of(profile: Profile, id: str, on: date = ON) -> str:
    """What a paper says, without its appendix."""
    studio = a_studio(profile, on)
    return re.split("付録　出典", studio.make(studio.chosen([id])[0]).twin)[0]


# -- the tables ----------------------------------------------------------------------------


@pytest.mark.parametrize(("id", "line"), LINES, ids=[f"{id}-{line.id}" for id, line in LINES])
def test_a_line_is_backed_or_a_default_and_speaks_plainly(id: str, line: Line) -> None:
    assert line.sources or line.certainty == "C"
    assert not re.search(r"です|ます|ください", line.text + line.check + line.note)
    assert not re.search(r"他の者に|等。|など。など", line.text)


@pytest.mark.parametrize("id", SHEETS)
def test_a_sheet_is_printed_by_its_template_table_by_table(id: str) -> None:
    template = (ROOT / f"templates/procedures/{id}.md").read_text(encoding="utf-8")
    name = id.replace("-", "_")
    asked = set(re.findall(rf"\b{name}\.(\w+)", template))
    known = {*sheet(id).tables, "steps", "sources", "left_out", "checked"}
    assert set(sheet(id).tables) <= asked <= known
    assert ("steps" in asked) == bool(sheet(id).steps)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rolle": ["pmo"]}, "知らない項目「rolle」"),
        ({"roles": ["mayor"]}, "roles「mayor」はありません"),
        ({"sources": ["blog"]}, "sources「blog」はありません"),
        ({"certainty": "A", "sources": []}, "sources が要ります"),
        ({"when": {"moon": "full"}}, "ない事実「moon」"),
        ({"lead": {"from": "noon", "months": [0, 0]}}, "lead は from"),
        ({"text": " "}, "text がありません"),
        ({"id": "partners-told"}, "1つずつ違う名前"),
    ],
)
def test_a_wrong_line_is_told_in_japanese(change: dict[str, object], words: str) -> None:
    content = yaml.safe_load(data_files()["sheet-cutover.yaml"])
    content["tables"]["before"][2].update(change)
    with pytest.raises(UserError, match=words):
        read_sheet("cutover", yaml.safe_dump(content, allow_unicode=True).encode(), handbook())


def test_a_sheet_cannot_carry_out_a_step_whose_condition_it_cannot_ask() -> None:
    content = {"scope": "city", "steps": ["pia-hearing", "gone"], "tables": {}}
    with pytest.raises(UserError, match=r"(?s)尋ねられません.*「gone」はありません"):
        read_sheet("x", yaml.safe_dump(content).encode(), handbook())


# -- the hours -----------------------------------------------------------------------------


@given(
    st.integers(0, 6),
    st.integers(6, 20),
    st.lists(st.integers(0, 9), min_size=1, max_size=25),
)
def test_the_hours_follow_one_another_and_leave_the_reserve(days: int, hour: int, shares: list[int]) -> None:
    opening = datetime(2026, 11, 24, hour)
    stop = Stop(opening.date() - timedelta(days=days), opening, "", "")
    lines = [Line(str(number), "x", share=share) for number, share in enumerate(shares)]
    hours = planned_hours(lines, stop)
    assert set(hours) == {one.id for one in lines if one.share}
    worked = [moment for one in lines if one.id in hours for moment in hours[one.id]]
    assert worked == sorted(worked)
    for moment in worked:
        assert any(start <= moment <= end for start, end in stop.slots)
        assert moment.minute in (0, 30)
    if worked:
        length = sum((end - start for start, end in stop.slots), timedelta())
        left = sum((max(end - max(start, worked[-1]), timedelta()) for start, end in stop.slots), timedelta())
        assert left >= length / 5 - timedelta(minutes=30)


def test_the_stop_is_that_of_the_profile() -> None:
    stop = stop_of(shipped(AOBADAI), "koseki")
    assert isinstance(stop, Stop)
    assert (stop.first, stop.opening) == (date(2026, 11, 21), datetime(2026, 11, 24, 8, 30))
    assert stop.opening_path == "migration.offices.0.reopens"


def test_a_cut_over_without_a_freeze_takes_the_closed_days_before_it_or_the_night() -> None:
    monday, thursday = (
        stop_of(a_move(cut_over=day), "juki") for day in ("令和8年10月19日", "令和8年10月22日")
    )
    assert isinstance(monday, Stop) and isinstance(thursday, Stop)
    assert monday.first == date(2026, 10, 17) and len(monday.slots) == 2
    assert thursday.slots == ((datetime(2026, 10, 21, 18), datetime(2026, 10, 22, 6)),)
    assert "（要確認）" in text_of(a_move(cut_over="令和8年10月22日"), "procedures/cutover@juki")


def test_an_undated_cut_over_has_no_hours() -> None:
    assert isinstance(stop_of(a_move(cut_over=None), "juki"), Undecided)
    text = text_of(a_move(cut_over=None), "procedures/cutover@juki")
    assert "| 〇〇〇〇 | 窓口の受付を締め" in text and "R8." not in text


# -- the papers ----------------------------------------------------------------------------


def _papers(file: Path) -> list[str]:
    """Of each kind of this room the first paper that applies and the last."""
    studio = a_studio(shipped(file), ON)
    kinds: dict[str, list[str]] = {}
    for draft in studio.chosen(()):
        if draft.manifest.kind == "procedure":
            kinds.setdefault(draft.manifest.name, []).append(draft.id)
    return [id for ids in kinds.values() for id in dict.fromkeys((ids[0], ids[-1]))]


@pytest.mark.parametrize("file", PROFILES, ids=lambda file: file.stem)
def test_every_kind_of_procedure_is_made_for_every_city(file: Path) -> None:
    studio = a_studio(shipped(file), ON)
    for draft in studio.chosen(_papers(file)):
        made = studio.make(draft)
        assert made.html and "handling" in made.html, draft.id
        assert "※" not in made.twin or "初期値（要確認）" in made.twin, draft.id
        assert "（）" not in made.twin and "None" not in made.twin, draft.id


def test_the_manifests_ask_facts_that_exist() -> None:
    catalog = shipped_catalog()
    facts = {"systems": set(SYSTEM_FACTS), "city": set(CITY_FACTS)}
    for manifest in catalog.documents():
        if manifest.kind == "procedure":
            assert set(manifest.when) <= facts[manifest.subject], manifest.name


def test_a_system_without_a_day_gets_no_paper_of_the_day() -> None:
    ids = {draft.id for draft in a_studio(shipped(MINATOKITA), ON).chosen(())}
    assert "procedures/cutover@kenko" in ids and "procedures/cutover@kotei" not in ids
    assert "procedures/cutover@juki" not in ids, "移行済み"


def test_a_town_that_shares_never_reads_what_it_cannot_do() -> None:
    town = text_of(shipped(SHIRAKABA), "procedures/go-no-go@koseki")
    city = text_of(shipped(AOBADAI), "procedures/go-no-go@koseki")
    assert "共同利用の他団体の判定" in town and "共同利用" not in city
    assert "連携する全ての事業者が" not in text_of(shipped(SHIRAKABA), "procedures/cutover@koseki")


def test_what_is_counted_depends_on_the_business() -> None:
    def counted(business: str) -> str:
        return text_of(a_move(business=business), "procedures/data-verification@juki")

    assert "世帯数" in counted("住民基本台帳") and "調定額" not in counted("住民基本台帳")
    assert "調定額" in counted("個人住民税") and "世帯数" not in counted("個人住民税")
    assert "宛名の件数" in counted("滞納整理")


def test_there_is_a_report_for_each_rehearsal() -> None:
    text = text_of(shipped(AOBADAI), "procedures/rehearsal@koseki")
    assert text.count("\n結果報告書　") == 3 and "結果報告書　第1回リハーサル（R8.7.11（土）" in text
    none = text_of(a_move({"rehearsal_count": 0}), "procedures/rehearsal@juki")
    assert "2回以上行う（要対応）" in none.replace("２", "2") and "\n結果報告書　" not in none


def test_the_hours_and_the_point_of_no_return_are_those_of_the_city() -> None:
    text = text_of(shipped(AOBADAI), "procedures/cutover@koseki")
    assert "戻せなくなる時刻 | 切替の最終日の正午" in text
    assert "戸籍附票システム | つばき戸籍サービス株式会社" in text, "the same vendor on the same day"
    assert "R8.11.21（土）８時30分～９時30分" in text
