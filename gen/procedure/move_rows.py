"""The days and the counters of the profile that one cut-over touches, as rows.

Hands out `MoveRows`. Leans on `own_days`, `wording`. A system whose cut-over is undecided has none
of either: those of the profile belong to other systems.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gen.procedure.own_days import fits, read_day
from gen.procedure.wording import Words
from gen.profile import Profile
from gen.profile.model_plans import Office
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["MoveRows"]

_BEFORE, _AFTER = timedelta(days=62), timedelta(days=7)


class MoveRows:
    """What the profile says around one cut-over."""

    def __init__(self, profile: Profile, cut_over: object, printer: Printer, words: Words) -> None:
        self._profile = profile
        self._cut_over = cut_over if isinstance(cut_over, date) else None
        self._p = printer
        self._words = words

    def events(self) -> Iterator[Row]:
        """The freezes, seasons, sessions and judgements of two months before the cut-over until it."""
        migration = self._profile.migration
        for kind, windows, field in (
            ("停止期間", migration.freeze, "freeze"),
            ("繁忙期", migration.busy, "busy"),
            ("議会", migration.assembly, "assembly"),
        ):
            for number, one in enumerate(windows):
                if self._near(one.start) or self._near(one.end):
                    path = f"migration.{field}.{number}"
                    yield self._event(kind, path, one.name, (one.start, "start"), (one.end, "end"), one.note)
        for number, day in enumerate(migration.decisions):
            if self._near(day.on):
                path = f"migration.decisions.{number}"
                yield self._event("判定", path, day.name, (day.on, "on"), (day.on, "on"), day.note)

    def _event(
        self,
        kind: str,
        path: str,
        name: object,
        start: tuple[object, str],
        end: tuple[object, str],
        note: object,
    ) -> Row:
        return Row(
            kind=self._words.text(kind),
            name=self._p.text(name, f"{path}.name"),
            start=self._words.day(start[0], f"{path}.{start[1]}"),
            end=self._words.day(end[0], f"{path}.{end[1]}"),
            note=self._p.optional(note, f"{path}.note"),
        )

    def offices(self) -> list[Row]:
        """Every counter that this cut-over touches, wherever it is."""
        p, rows = self._p, []
        for number, one in enumerate(self._profile.migration.offices):
            if not self._reopens(one):
                continue
            path = f"migration.offices.{number}"
            count = self._words.number(one.counters) if isinstance(one.counters, int) else one.counters
            rows.append(
                Row(
                    name=p.text(one.name, f"{path}.name"),
                    address=self._address(one, path),
                    counters=p.optional(count, f"{path}.counters"),
                    reopens=p.text(one.reopens, f"{path}.reopens"),
                )
            )
        return rows

    def _address(self, office: Office, path: str) -> Printed:
        """Its own, else that of the building of the same name."""
        if office.address is None:
            for number, one in enumerate(self._profile.city.addresses):
                if one.name == office.name:
                    return self._p.text(one.address, f"city.addresses.{number}.address")
        return self._p.optional(office.address, f"{path}.address")

    def _reopens(self, office: Office) -> bool:
        """Whether it opens again because of this cut-over; a text without a day is of every one."""
        if self._cut_over is None:
            return False
        day = read_day(office.reopens)
        return day is None or fits(day, self._cut_over)

    def _near(self, day: object) -> bool:
        if self._cut_over is None:
            return False
        if not isinstance(day, date):
            return True
        return self._cut_over - _BEFORE <= day <= self._cut_over + _AFTER
