"""The figures of a backup plan, and the order in which systems come back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.backup.arithmetic import Generations, capacity, oldest_days, restore_time
from gen.backup.levels import hours_of
from gen.backup.recovery import Job, find_cycle, join_jobs, joined, plan_recovery
from gen.backup.uptime import doubt_of, standstill, uptime_of


def a_job(key: str, tier: int = 1, hours: int = 4, needs: tuple[str, ...] = (), team: str = "") -> Job:
    return Job(key, tier, Decimal(hours), needs, team)


def test_uptime_means_three_times_as_much_downtime_over_the_whole_day() -> None:
    assert standstill(Decimal("99.5"), Decimal(2904)) == "14.5時間"
    assert standstill(Decimal("99.5"), Decimal(8760)) == "43.8時間"
    assert standstill(Decimal("99.999"), Decimal(8760)) == "5.3分"


@pytest.mark.parametrize(
    ("typed", "level", "doubt"),
    [
        ("99.95%", "99.95", ""),
        ("９９．９０％以上", "99.90", ""),
        ("99.9パーセント", "99.9", ""),
        ("100%", "100", "停止を認めない値。要確認"),
        ("99", None, "単位がない。要確認"),
        ("停止しないこと", None, ""),
    ],
)
def test_a_level_of_uptime_keeps_its_digits_and_a_doubtful_one_is_asked(
    typed: str, level: str | None, doubt: str
) -> None:
    found = uptime_of(typed)
    assert (found if found is None else str(found)) == level
    assert doubt_of(typed) == doubt


def test_a_thousand_gigabytes_take_nearly_three_hours_to_transfer() -> None:
    time = restore_time(Decimal(1000), None)
    assert time.transfer == Decimal("2.8")
    assert time.total == time.prepare + time.transfer + time.validate
    assert not time.measured


def test_a_measured_restore_beats_the_formula() -> None:
    time = restore_time(Decimal(1000), Decimal("5.5"))
    assert (time.total, time.measured) == (Decimal("5.5"), True)


def test_more_places_need_as_many_times_the_room() -> None:
    kept = Generations(daily=35, weekly=5, monthly=12)
    one = capacity(Decimal(100), Decimal(0), kept, 1)
    assert one.one_place == Decimal(100) * 17 + Decimal(3) * 30
    assert capacity(Decimal(100), Decimal(0), kept, 3).total == one.one_place * 3


def test_the_oldest_generation_decides_how_far_back_one_can_go() -> None:
    assert oldest_days(Generations(daily=35, weekly=5, monthly=12)) == 360
    assert oldest_days(Generations(daily=14, weekly=1)) == 14


def test_a_system_waits_for_what_it_needs() -> None:
    order = plan_recovery([a_job("tax", needs=("juki",)), a_job("juki")])
    assert [one.key for one in order] == ["juki", "tax"]
    assert order[1].start == order[0].finish
    assert order[1].waited_for == "juki"


def test_one_vendor_restores_one_system_at_a_time() -> None:
    order = plan_recovery([a_job("a", team="v"), a_job("b", team="v"), a_job("c", team="w")])
    spans = {one.key: (one.start, one.finish) for one in order}
    assert spans["a"][1] <= spans["b"][0] or spans["b"][1] <= spans["a"][0]
    assert spans["c"][0] == 0


def test_a_lower_tier_goes_first() -> None:
    order = plan_recovery([a_job("late", tier=3, team="v"), a_job("first", tier=0, team="v")])
    assert [one.key for one in order] == ["first", "late"]


def test_a_ring_of_systems_is_named() -> None:
    jobs = [a_job("a", needs=("b",)), a_job("b", needs=("c",)), a_job("c", needs=("a",))]
    assert find_cycle({job.key: job.needs for job in jobs}) == ("a", "b", "c", "a")
    with pytest.raises(ValueError, match="a → b → c → a"):
        plan_recovery(jobs)


@st.composite
def _jobs(draw: st.DrawFn) -> list[Job]:
    count = draw(st.integers(0, 12))
    out = []
    for number in range(count):
        needs = draw(st.lists(st.integers(0, number - 1), unique=True, max_size=3)) if number else []
        out.append(
            a_job(
                f"s{number}",
                draw(st.integers(0, 3)),
                draw(st.integers(1, 9)),
                tuple(f"s{need}" for need in needs),
                draw(st.sampled_from(["", "v", "w"])),
            )
        )
    return out


@given(_jobs())
def test_nobody_starts_before_what_it_needs_and_no_team_works_twice_at_once(jobs: list[Job]) -> None:
    done = {one.key: one for one in plan_recovery(jobs)}
    assert set(done) == {job.key for job in jobs}
    for job in jobs:
        assert done[job.key].finish - done[job.key].start == job.hours
        assert all(done[need].finish <= done[job.key].start for need in job.needs)
    for team in ("v", "w"):
        spans = sorted((done[job.key].start, done[job.key].finish) for job in jobs if job.team == team)
        assert all(spans[at][1] <= spans[at + 1][0] for at in range(len(spans) - 1))


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("障害発生時点", 0), ("６時間以内", 6), ("90分", Decimal("1.5")), ("1営業日前の時点", 24), ("2日", 48)],
)
def test_a_level_is_as_long_as_it_says(typed: str, hours: Decimal) -> None:
    assert hours_of(typed) == hours


@pytest.mark.parametrize("typed", ["", "できるだけ早く", "時間", "12", "1営業日以上"])
def test_what_is_no_length_is_not_taken_for_one(typed: str) -> None:
    assert hours_of(typed) is None


def test_a_joint_restore_lasts_as_long_as_its_longest_and_is_split_where_it_would_wait_for_itself() -> None:
    together = [Job("a", 1, Decimal(3), lane="p"), Job("b", 2, Decimal(5), ("a", "x"), lane="p")]
    (one,) = join_jobs(joined(together))
    assert one == Job("a", 1, Decimal(5), ("x",))
    through = [*together, Job("x", 1, Decimal(1), ("a",))]
    assert {len(part) for part in joined(through)} == {1}
    assert [done.key for done in plan_recovery(join_jobs(joined(through)))] == ["a", "x", "b"]
