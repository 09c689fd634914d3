"""What is written down as done is printed so everywhere, and is late nowhere."""

from __future__ import annotations

from datetime import date

from drafting.scenario import a_studio

from gen.procedure.done import marks_of
from gen.procedure.handbook import handbook
from gen.profile import Profile

from .scenario import a_move, checklist, overview, rows_of

ON = date(2026, 12, 1)


def first_late(profile: Profile) -> str:
    """The title of the first step that is late."""
    return next(str(row.title) for row in rows_of(checklist(profile, on=ON)).values() if row.late)


def with_done(*rows: dict[str, object]) -> Profile:
    return a_move({"done": list(rows), "rehearsal_count": "2回"})


def test_what_is_done_is_ticked_with_its_day_and_proof_and_no_longer_late() -> None:
    title = first_late(with_done())
    done = with_done({"step": title, "on": "令和8年6月30日", "evidence": "情政第123号"})
    before, after = (
        {str(row.title): row for row in rows_of(checklist(one, on=ON)).values()}
        for one in (with_done(), done)
    )
    assert before[title].late and "期限経過" in before[title].note and not before[title].is_done
    assert not after[title].late and "期限経過" not in after[title].note and after[title].is_done
    assert "30日" in after[title].done and "情政第123号" in after[title].done
    studio = a_studio(done, ON)
    line = next(
        line
        for line in studio.make(studio.chosen(["procedures/migration@juki"])[0]).twin.splitlines()
        if title in line and "情政第123号" in line
    )
    assert "☑" in line or "☒" in line


def test_a_meeting_counts_what_is_done_and_names_what_is_late() -> None:
    title = first_late(with_done())
    done = with_done({"step": title, "on": "令和8年6月30日"})
    (before,), (after,) = (overview(one, ON)["late"] for one in (with_done(), done))
    assert title in before.titles and title not in after.titles
    (status,) = overview(done, ON)["status"]
    cells = [
        str(getattr(status, name)) for name in ("plan", "pia", "cloud", "build", "around", "cut", "after")
    ]
    assert sum(int(cell.split("／")[0]) for cell in cells if "／" in cell) == 1


def test_of_a_repeated_step_the_first_row_is_the_first_rehearsal() -> None:
    done = with_done({"step": "build-rehearsal", "on": "令和8年9月5日"})
    found = [row for row in rows_of(checklist(done, on=ON)).values() if row.id == "build-rehearsal"]
    assert [row.is_done for row in found] == [True, False]


def test_a_row_that_names_systems_counts_for_these_only() -> None:
    other = {"juminzei": {"name": "住民税", "business": "個人住民税", "state": "移行中", "owner": "税務課"}}
    row = {"step": "build-rehearsal", "on": "令和8年9月5日", "systems": ["juki"]}
    profile = a_move({"done": [row]}, others=other)
    counts = [len(marks_of(profile, handbook(), key)) for key in ("juki", "juminzei", "")]
    assert counts == [1, 0, 0]
