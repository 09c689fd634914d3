"""Which days of the profile belong to the cut-over of one system.

Hands out `given_days`, its names, `fits` and `read_day`. Leans on `profile`, `japanese`. The profile lists the days of
the whole move; a paper of one system must not take those of another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from gen.japanese import DateTextError, parse_date
from gen.profile import Profile

__all__ = ["FINAL_DECISION", "FIRST_DECISION", "FREEZE", "fits", "given_days", "read_day"]

FREEZE, FIRST_DECISION, FINAL_DECISION = "freeze-start", "first-decision", "final-decision"
_FREEZE_NEAR = timedelta(days=31)
_DECISIONS_NEAR = timedelta(days=62)
_FINAL = timedelta(days=20)
"""A single 移行判定 nearer to the cut-over than this is the last one."""

_REOPENS_AFTER = timedelta(days=7)
_DAY = re.compile(r".*?日")

Given = Mapping[str, tuple[date, str]]


def given_days(profile: Profile, cut_over: object) -> Given:
    """The days that the profile gives this cut-over, each with its field.

    Args:
        profile: the city's.
        cut_over: of the system; 未定 has no days of its own.

    Returns:
        By name: start of the freeze, first and last 移行判定; a name is missing where none fits.
    """
    if not isinstance(cut_over, date):
        return {}
    return {**_freeze(profile, cut_over), **_decisions(profile, cut_over)}


def _freeze(profile: Profile, cut_over: date) -> dict[str, tuple[date, str]]:
    """The freeze that ends last before the cut-over, within a month of it."""
    found = [
        (one.end, one.start, f"migration.freeze.{number}.start")
        for number, one in enumerate(profile.migration.freeze)
        if isinstance(one.start, date)
        and isinstance(one.end, date)
        and cut_over - _FREEZE_NEAR <= one.end <= cut_over
        and one.start <= cut_over
    ]
    return {FREEZE: max(found)[1:]} if found else {}


def _decisions(profile: Profile, cut_over: date) -> dict[str, tuple[date, str]]:
    """Those within two months before it, behind every other cut-over."""
    others = {system.cut_over for system in profile.systems.values()} - {cut_over}
    found = sorted(
        (one.on, f"migration.decisions.{number}.on")
        for number, one in enumerate(profile.migration.decisions)
        if isinstance(one.on, date)
        and cut_over - _DECISIONS_NEAR <= one.on <= cut_over
        and not any(isinstance(day, date) and one.on <= day < cut_over for day in others)
    )
    if not found:
        return {}
    if len(found) > 1:
        return {FIRST_DECISION: found[0], FINAL_DECISION: found[-1]}
    return {FINAL_DECISION if cut_over - found[0][0] <= _FINAL else FIRST_DECISION: found[0]}


def fits(day: date, cut_over: object) -> bool:
    """Whether a counter that opens again on this day does so because of this cut-over."""
    return isinstance(cut_over, date) and cut_over <= day <= cut_over + _REOPENS_AFTER


def read_day(text: object) -> date | None:
    """The day at the head of 「令和9年1月4日 8時45分」; None where there is none."""
    found = _DAY.match(text) if isinstance(text, str) else None
    try:
        return parse_date(found[0]).date if found else None
    except DateTextError:
        return None
