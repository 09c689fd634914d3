"""What the counted days of one system contradict: a judgement before its reports, an old system gone.

Hands out `clashes_of`. Leans on `notes`, `schedule`, `step_rows`. A note never moves a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gen.japanese import shift_months
from gen.procedure.notes import ACT, CARE, Note
from gen.procedure.schedule import OLD_MONTHS, Term
from gen.procedure.step_rows import Judged
from gen.procedure.wording import short_day
from gen.profile import Profile

__all__ = ["clashes_of"]

_RESTS_ON = (
    ("cut-plan", "build-rehearsal", "最後のリハーサル"),
    ("judge-month", "build-verify", "最後の検証"),
    ("judge-week", "build-verify", "最後の検証"),
)
"""A step, the step whose last report it needs, and how that is called."""

Terms = Sequence[tuple[Judged, Term]]


def clashes_of(profile: Profile, key: str, terms: Terms, on: date) -> Iterator[Note]:
    """The remarks that only the due dates show.

    Args:
        profile: the city's.
        key: of the system.
        terms: its steps with their windows.
        on: 基準日.
    """
    yield from _judged_too_early(terms)
    yield from _date_overdue(terms, on)
    yield from _old_gone(profile, key)


def _judged_too_early(terms: Terms) -> Iterator[Note]:
    for id, needed, called in _RESTS_ON:
        last = max((term.due for one, term in terms if one.step.id == needed and term.due), default=None)
        for one, term in terms:
            if one.step.id == id and term.due and last and term.due < last:
                text = (
                    f"「{one.step.title}」（{short_day(term.due)}）が、{called}（{short_day(last)}まで）より前である。"
                    "結果を見て決められるように、どちらかの日を改める。"
                )
                yield Note(ACT, text, term.path)


def _date_overdue(terms: Terms, on: date) -> Iterator[Note]:
    """A system whose cut-over should have been fixed by now."""
    for one, term in terms:
        if one.step.id == "special-date" and term.due and term.late(on):
            yield Note(
                ACT, f"切替日を確定する期限（{short_day(term.due)}、初期値・要確認）が過ぎている。", term.path
            )


def _old_gone(profile: Profile, key: str) -> Iterator[Note]:
    """The contract of the old system ends before the time for which it is to be kept."""
    system, months = profile.systems[key], profile.migration.old_system_months
    cut_over, until = system.cut_over, system.former_until
    if not isinstance(cut_over, date) or not isinstance(until, date):
        return
    said = isinstance(months, int)
    planned = shift_months(cut_over, months if isinstance(months, int) else OLD_MONTHS)
    if cut_over <= until < planned:
        term = "残す期間" if said else f"残す期間（書かれていないので{OLD_MONTHS}か月とした。要確認）"
        text = (
            f"現行の契約の終わり（{short_day(until)}）が、現行システムを{term}の終わり（{short_day(planned)}）より"
            "前である。参照と消去は契約の終わりまでに済むように数えた。足りなければ契約を延ばす。"
        )
        yield Note(ACT if said else CARE, text, f"systems.{key}.former_until")
