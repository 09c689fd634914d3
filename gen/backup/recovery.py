"""The order of recovery: what waits for what, and who can do only one thing at a time.

Hands out `plan_recovery`, `Recovered` and `find_cycle`. Hours from the decision to recover.
Leans on nothing but the facts handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Job", "Recovered", "find_cycle", "join_jobs", "joined", "plan_recovery"]


@dataclass(frozen=True, slots=True)
class Job:
    """One system to restore.

    Attributes:
        key: of the system.
        tier: 0 comes first.
        hours: how long it takes.
        needs: systems that must be back before.
        team: whoever does it; one team restores one system at a time, "" where unknown.
        lane: what is restored in one go, "" for a job of its own; see `joined`.
    """

    key: str
    tier: int
    hours: Decimal
    needs: tuple[str, ...] = ()
    team: str = ""
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Recovered:
    """When a system starts and is back, and what it waited for."""

    key: str
    start: Decimal
    finish: Decimal
    waited_for: str


def find_cycle(needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A ring of systems that wait for one another, empty where there is none."""
    state: dict[str, int] = {}
    path: list[str] = []

    def visit(key: str) -> tuple[str, ...]:
        state[key] = 1
        path.append(key)
        for other in needs.get(key, ()):
            if state.get(other) == 1:
                return (*path[path.index(other) :], other)
            if other not in state and other in needs and (ring := visit(other)):
                return ring
        path.pop()
        state[key] = 2
        return ()

    for key in needs:
        if key not in state and (ring := visit(key)):
            return ring
    return ()


def joined(jobs: Sequence[Job]) -> tuple[tuple[Job, ...], ...]:
    """The jobs by their lanes: systems of one product and vendor come back together.

    A lane is split where one of its systems waits for another that itself waits for the lane:
    then its systems stand alone, so that no ring is made.
    """
    lanes: dict[str, list[Job]] = {}
    for job in jobs:
        lanes.setdefault(job.lane or f"\0{job.key}", []).append(job)
    return tuple(
        part
        for lane in lanes.values()
        for part in ([tuple(lane)] if _whole(lane, jobs) else [(job,) for job in lane])
    )


def _whole(lane: Sequence[Job], jobs: Sequence[Job]) -> bool:
    """Whether nothing outside of the lane stands between two of its systems."""
    own, known, seen = {job.key for job in lane}, {job.key: job for job in jobs}, set[str]()
    ahead = [need for job in lane for need in job.needs if need not in own]
    while ahead:
        key = ahead.pop()
        if key in own:
            return False
        if key in known and key not in seen:
            seen.add(key)
            ahead.extend(known[key].needs)
    return True


def join_jobs(parts: Sequence[tuple[Job, ...]]) -> tuple[Job, ...]:
    """One job a part: the first tier in it, the longest time, all that it needs from outside.

    Systems of one product share their preparation and their check, so the part lasts as long
    as its longest system; a joint restore that is slower shows itself in a test of it.
    """
    head = {job.key: part[0].key for part in parts for job in part}
    out = []
    for part in parts:
        first = part[0]
        needs = dict.fromkeys(head.get(need, need) for job in part for need in job.needs)
        needs.pop(first.key, None)
        out.append(
            Job(
                first.key,
                min(job.tier for job in part),
                max(job.hours for job in part),
                tuple(needs),
                first.team,
            )
        )
    return tuple(out)


def plan_recovery(jobs: Sequence[Job]) -> tuple[Recovered, ...]:
    """The systems in the order in which they start.

    A system starts when all it needs are back and its team is free; among those that
    could start, the lower tier and then the order of the profile decides.

    Raises:
        ValueError: the systems wait for one another in a ring.
    """
    known = {job.key: job for job in jobs}
    ring = find_cycle({job.key: tuple(one for one in job.needs if one in known) for job in jobs})
    if ring:
        raise ValueError(" → ".join(ring))
    done: dict[str, Recovered] = {}
    free: dict[str, Decimal] = {}
    waiting = list(jobs)
    while waiting:
        ready = [job for job in waiting if all(one in done or one not in known for one in job.needs)]
        job = min(ready, key=lambda one: (one.tier, _earliest(one, done, free)[0]))
        start, because = _earliest(job, done, free)
        done[job.key] = Recovered(job.key, start, start + job.hours, because)
        if job.team:
            free[job.team] = start + job.hours
        waiting.remove(job)
    return tuple(sorted(done.values(), key=lambda one: (one.start, known[one.key].tier)))


def _earliest(job: Job, done: Mapping[str, Recovered], free: Mapping[str, Decimal]) -> tuple[Decimal, str]:
    start, because = Decimal(0), ""
    for need in job.needs:
        if need in done and done[need].finish > start:
            start, because = done[need].finish, need
    if job.team and free.get(job.team, Decimal(0)) > start:
        start, because = free[job.team], f"team:{job.team}"
    return start, because
