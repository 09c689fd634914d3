"""Links between a system that has moved and one that has not: from when until when a bridge is needed.

Hands out `Bridge`, `bridges_of` and `all_bridges`. Leans on `profile`. A bridge is needed from the first of the two
cut-overs until the second; where both move on one day there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gen.profile import Profile, System

__all__ = ["Bridge", "all_bridges", "bridges_of"]


@dataclass(frozen=True)
class Bridge:
    """One pair of systems.

    Attributes:
        reader: key of the system that depends on the other.
        source: key of the system that it depends on.
        first: key of the one that moves first; "" where nobody can say.
        start: when the first of them moves; None where nobody has said.
        end: when the second moves (or must have moved, `by_deadline`); None where nobody has said.
        by_deadline: whether the end is the 期限 of 特定移行支援, not a 切替日.
    """

    reader: str
    source: str
    first: str
    start: date | None
    end: date | None
    by_deadline: bool


def all_bridges(profile: Profile) -> list[Bridge]:
    """Every bridge of the city, in the order of the profile."""
    found = []
    for reader, system in profile.systems.items():
        for source in map(str, system.depends_on):
            other = profile.systems.get(source)
            if other is not None and (one := _bridge(profile, reader, source, system, other)):
                found.append(one)
    return found


def bridges_of(profile: Profile, key: str) -> Iterator[Bridge]:
    """The bridges of one system, to either side."""
    return (one for one in all_bridges(profile) if key in (one.reader, one.source))


def _bridge(profile: Profile, reader: str, source: str, mine: System, other: System) -> Bridge | None:
    """None where both have moved, one is no business of the move, or both move on the same day."""
    if "対象外" in (mine.state, other.state) or (mine.state == other.state == "移行済み"):
        return None
    moves = {reader: _moved(mine), source: _moved(other)}
    stays = [key for key in moves if profile.systems[key].state == "オンプレミス" and moves[key] is None]
    days = sorted((day, key) for key, day in moves.items() if day is not None)
    done = [key for key in (reader, source) if profile.systems[key].state == "移行済み"]
    if len(days) == 2 and days[0][0] == days[1][0] and not done:
        return None
    if len(stays) == 2:
        return None
    first = done[0] if done else days[0][1] if days else ""
    second = next((key for key in (reader, source) if key != first), "") if first else ""
    end = moves.get(second)
    deadline = profile.systems[second].deadline if second else None
    by_deadline = end is None and isinstance(deadline, date)
    start = moves.get(first)
    return Bridge(reader, source, first, start, deadline if by_deadline else end, by_deadline)  # type: ignore[arg-type]


def _moved(system: System) -> date | None:
    return system.cut_over if isinstance(system.cut_over, date) else None
