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
from gen.procedure.assessment import Needed, needed_level
from gen.procedure.bridges import Bridge, all_bridges
from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS
from gen.procedure.handbook import asked_facts, handbook
from gen.procedure.hours import Stop, planned_hours, stop_of
from gen.procedure.sheets import Line, read_sheet, sheet
from gen.procedure.tables import CITY_SHEETS, SYSTEM_SHEETS
from gen.profile import Profile, Undecided
from gen.profile.model import Assessment

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
    said = line.text + line.check + line.note
    plain = not re.search(r"です|ます|ください", said)
    assert plain or (
        id == "resident-notice" and line in sheet(id).tables["stops"] + sheet(id).tables["changes"]
    )
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
            assert set(asked_facts(manifest.when)) <= facts[manifest.subject], manifest.name


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


# -- the assessment of 特定個人情報 ------------------------------------------------------------


@pytest.mark.parametrize(
    ("subjects", "handlers", "incident", "level", "sure"),
    [
        (999, 900, True, "対象外", True),
        (1_000, 900, True, "基礎項目", False),
        (9_999, None, None, "基礎項目", False),
        (10_000, 499, False, "基礎項目", False),
        (10_000, 500, False, "重点項目", False),
        (99_999, 10, True, "重点項目", False),
        (100_000, 499, False, "重点項目", True),
        (100_000, 500, None, "全項目", True),
        (299_999, None, True, "全項目", True),
        (300_000, None, None, "全項目", True),
    ],
)
def test_the_kind_of_assessment_follows_from_the_numbers(
    subjects: int, handlers: int | None, incident: bool | None, level: str, sure: bool
) -> None:
    assert needed_level(Assessment(subjects=subjects, handlers=handlers, incident=incident), ON) == Needed(
        level, sure=sure
    )


@pytest.mark.parametrize(
    ("found", "open_", "least"),
    [
        (None, "subjects", ""),
        (Assessment(handlers=10), "subjects", ""),
        (Assessment(subjects=150_000, incident=False), "handlers", "重点項目"),
        (Assessment(subjects=150_000, handlers=10), "incident", "重点項目"),
    ],
)
def test_a_number_that_decides_and_is_not_known_decides_nothing(
    found: Assessment | None, open_: str, least: str
) -> None:
    assert needed_level(found, ON) == Needed("", open_, least=least)


def test_only_a_full_assessment_hears_the_residents() -> None:
    def paper(**pia: object) -> str:
        return text_of(a_move(pia=pia), "procedures/pia@juki")

    full, light, open_ = (
        paper(subjects=300_000, level="全項目"),
        paper(subjects=5_000, level="基礎項目"),
        paper(),
    )
    assert "住民等の意見の聴取" in full and "当てはまるか要確認" not in full
    assert "住民等の意見の聴取" not in light and "| 数から求められる種類 | 基礎項目（要確認） |" in light
    assert "種類が決まっていないため" in open_ and "住民等の意見の聴取" in open_
    assert "しきい値の判断をやり直した" in paper(subjects=300_000, level="基礎項目")
    ids = {draft.id for draft in a_studio(a_move(business="印鑑登録"), ON).chosen(())}
    assert "procedures/pia@juki" not in ids, "nothing to assess"


# -- bridges, waves, sessions ------------------------------------------------------------------


def a_pair(**other: object) -> Profile:
    """住記 moves on 2027-01-04; 税 depends on it."""
    row = {
        "name": "税システム",
        "business": "個人住民税",
        "state": "移行中",
        "vendor": "midori",
        "csp": "AWS",
    }
    return a_move(others={"zei": {**row, "depends_on": ["juki"], **other}})


@pytest.mark.parametrize(
    ("other", "first", "start", "end", "by_deadline"),
    [
        ({"cut_over": "令和9年5月6日"}, "juki", date(2027, 1, 4), date(2027, 5, 6), False),
        ({"cut_over": "令和8年10月1日"}, "zei", date(2026, 10, 1), date(2027, 1, 4), False),
        (
            {"state": "移行済み", "cut_over": "令和8年1月5日"},
            "zei",
            date(2026, 1, 5),
            date(2027, 1, 4),
            False,
        ),
        (
            {"state": "特定移行支援", "deadline": "令和10年3月31日"},
            "juki",
            date(2027, 1, 4),
            date(2028, 3, 31),
            True,
        ),
        ({}, "juki", date(2027, 1, 4), None, False),
    ],
)
def test_a_bridge_lasts_from_the_first_cut_over_to_the_second(
    other: dict[str, object], first: str, start: date, end: date | None, by_deadline: bool
) -> None:
    assert all_bridges(a_pair(**other)) == [Bridge("zei", "juki", first, start, end, by_deadline)]


def test_systems_that_move_on_one_day_need_no_bridge_and_share_a_wave() -> None:
    profile = a_pair(cut_over="令和9年1月4日")
    assert not all_bridges(profile)
    text = text_of(profile, "procedures/waves")
    assert "住民記録システム、税システム | ２ | みどり" in text
    assert "R9.1.4（月） | みどり | 住民記録システム、税システム" in text, "one vendor at two cut-overs"
    apart = text_of(a_pair(cut_over="令和9年1月4日", vendor="hibari"), "procedures/waves")
    assert "二つ以上の切替に立ち会う事業者はない" in apart


def test_the_session_is_the_last_that_ends_before_the_cut_over() -> None:
    sessions = [
        {"name": "9月定例会", "start": "令和8年9月1日", "end": "令和8年9月25日"},
        {"name": "12月定例会", "start": "令和8年12月1日", "end": "令和8年12月18日"},
        {"name": "3月定例会", "start": "令和9年3月1日", "end": "令和9年3月20日"},
    ]
    text = text_of(a_move({"assembly": sessions}), "procedures/bylaws")
    assert "| 12月定例会 | R8.10.30（金）（要確認） | R8.12.1（火） | R8.12.18（金） | 17日 |" in text, (
        "1 November is a Sunday"
    )
    assert "| 〇〇〇〇 | 〇〇〇〇 |" in text_of(a_move(), "procedures/bylaws")


# -- the same work by month, office and person -------------------------------------------------


def test_the_work_of_six_months_stands_in_its_month_and_nowhere_else() -> None:
    text = text_of(a_move(), "procedures/by-month")
    months = re.findall(r"\n令和(\S+年\S+月)（", text)
    assert (
        months
        and "９年" not in "".join(months)
        and "8年10月" not in text.replace("８", "8").split("基準日より前")[0]
    )
    assert "R8.7.3（金）※ | 住民記録システム | 環境の構築" in text


def test_an_office_and_a_person_read_their_own_work_only() -> None:
    offices = text_of(shipped(AOBADAI), "procedures/by-department", date(2026, 8, 1))
    part = re.split(r"\n(?=\S+課\n)", offices)
    welfare = next(one for one in part if one.startswith("生活福祉課"))
    assert "戸籍" not in welfare and "生活保護システム" in welfare
    persons = text_of(shipped(AOBADAI), "procedures/by-person", date(2026, 8, 1))
    assert "鈴蘭　夏美" in persons and "みどり情報システム" not in persons


def test_a_meeting_claims_nothing_done_and_calls_late_what_is_not() -> None:
    text = text_of(a_move(), "procedures/meeting", date(2026, 12, 1))
    assert "遅れている作業" in text and "切替の組" in text
    row = next(line for line in text.splitlines() if line.startswith("| 住民記録システム"))
    assert "| 0/14 遅14 | 0/6 遅６ |" in row, "all planning and assessing lies before December"


def test_a_town_that_shares_applies_for_nothing_itself() -> None:
    town, city = (text_of(shipped(file), "procedures/onboarding") for file in (SHIRAKABA, AOBADAI))
    assert (
        "団体が自ら行うこと" not in town
        and "アカウントの台帳" not in town
        and "利用料を団体の間で分ける式" in town
    )
    assert "団体が自ら行うこと" in city and "団体の間で分ける式" not in city


def test_a_resident_reads_whole_dates_and_only_what_the_business_does() -> None:
    text = text_of(shipped(AOBADAI), "procedures/resident-notice@koseki").partition("〔担当者用〕")[0]
    assert "令和８年11月24日（火）８時30分に新しくします" in text
    assert not re.search(r"R8\.|※|出典", text), "what is handed out has no marks of the house"
    assert "納付" not in text and "コンビニエンスストア" in text
    welfare = text_of(shipped(AOBADAI), "procedures/resident-notice@seiho").partition("〔担当者用〕")[0]
    assert "証明書" not in welfare and "支給の日" in welfare
