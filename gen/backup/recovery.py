"""The order of recovery: what waits for what, and who can do only one thing at a time.

Hands out `plan_recovery`, `Recovered` and `find_cycle`. Hours from the decision to recover.
Leans on nothing but the facts handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Job", "Recovered", "find_cycle", "plan_recovery"]


@dataclass(frozen=True, slots=True)
class Job:
    """One system to restore.

    Attributes:
        key: of the system.
        tier: 0 comes first.
        hours: how long it takes.
        needs: systems that must be back before.
        team: whoever does it; one team restores one system at a time, "" where unknown.
    """

    key: str
    tier: int
    hours: Decimal
    needs: tuple[str, ...] = ()
    team: str = ""


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
