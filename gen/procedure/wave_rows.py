"""Systems that cut over together, vendors at two cut-overs at once, bridges, and sessions of the assembly, as rows.

Hands out `WaveRows`. Leans on `bridges`, `hours`, `wording`. Days are the profile's; what it does not say is 〇〇〇〇.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gen.japanese import previous_business_day, shift_months
from gen.procedure.bridges import all_bridges
from gen.procedure.misfits import busy_reason
from gen.procedure.own_days import FREEZE, given_days
from gen.procedure.wording import CHECK, Words
from gen.profile import Profile
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["WaveRows"]

_HANDED_IN = 1
"""Months before a session that a bill must be ready (要確認)."""


class WaveRows:
    """Rows over the cut-overs of a whole city.

    Args:
        profile: the city's.
        keys: the systems that move, in their order.
        printer, words: the city's style.
    """

    def __init__(self, profile: Profile, keys: Sequence[str], printer: Printer, words: Words) -> None:
        self._profile = profile
        self._keys = keys
        self._p = printer
        self._words = words

    def _days(self) -> Mapping[date, list[str]]:
        """The systems that move by their 切替日."""
        found: dict[date, list[str]] = {}
        for key in self._keys:
            day = self._profile.systems[key].cut_over
            if isinstance(day, date):
                found.setdefault(day, []).append(key)
        return dict(sorted(found.items()))

    def waves(self) -> list[Row]:
        """One row a day on which systems cut over."""
        rows = []
        for number, (day, keys) in enumerate(self._days().items(), 1):
            freeze = given_days(self._profile, day).get(FREEZE)
            busy = busy_reason(self._profile, day)
            rows.append(
                Row(
                    no=self._words.number(number),
                    on=self._words.day(day, f"systems.{keys[0]}.cut_over"),
                    systems=self._names(keys),
                    count=self._words.number(len(keys)),
                    vendors=self._vendors(keys, "vendor"),
                    former=self._vendors(keys, "former_vendor"),
                    stop=self._words.day(freeze[0], freeze[1], "から") if freeze else Value(""),
                    busy=Value(busy[0], busy[1]) if busy else Value(""),
                )
            )
        return rows

    def undated(self) -> list[Row]:
        """The systems that move and have no day yet."""
        rows = []
        for key in self._keys:
            system, path = self._profile.systems[key], f"systems.{key}"
            if not isinstance(system.cut_over, date):
                rows.append(
                    Row(
                        name=self._p.text(system.name, f"{path}.name"),
                        state=self._p.text(system.state, f"{path}.state"),
                        deadline=self._words.day(system.deadline, f"{path}.deadline"),
                        vendor=self._vendor(system.vendor, f"{path}.vendor"),
                    )
                )
        return rows

    def doubles(self) -> list[Row]:
        """Each vendor that must be at two cut-overs or more on one day, as the new one, the old one or both."""
        return [
            Row(
                on=self._words.day(day, f"systems.{keys[0]}.cut_over"),
                vendor=self._vendor(vendor, f"vendors.{vendor}.name"),
                systems=self._names(keys),
                count=self._words.number(len(keys)),
                offices=self._owners(keys),
            )
            for day, vendor, keys in self._double()
        ]

    def _double(self) -> Iterator[tuple[date, str, list[str]]]:
        for day, keys in self._days().items():
            at: dict[str, list[str]] = {}
            for key in keys:
                system = self._profile.systems[key]
                for vendor in dict.fromkeys((system.vendor, system.former_vendor)):
                    if isinstance(vendor, str):
                        at.setdefault(vendor, []).append(key)
            yield from ((day, vendor, found) for vendor, found in at.items() if len(found) > 1)

    def bridges(self) -> list[Row]:
        """Every link between systems that move on different days."""
        rows = []
        for one in all_bridges(self._profile):
            later = one.reader if one.first == one.source else one.source
            rows.append(
                Row(
                    source=self._name(one.source),
                    reader=self._name(one.reader),
                    first=self._name(one.first) if one.first else Value(""),
                    start=self._day(one.start, f"systems.{one.first or one.source}.cut_over"),
                    end=self._day(
                        one.end,
                        f"systems.{later}.{'deadline' if one.by_deadline else 'cut_over'}",
                        "（期限）" if one.by_deadline else "",
                    ),
                )
            )
        return rows

    def sessions(self) -> list[Row]:
        """For each day of cut-over the last session of the assembly that ends before it."""
        rows = []
        for day, keys in self._days().items():
            found = [
                (window.end, window.start, number)
                for number, window in enumerate(self._profile.migration.assembly)
                if isinstance(window.end, date) and isinstance(window.start, date) and window.end <= day
            ]
            end, start, number = max(found) if found else (None, None, -1)
            path = f"migration.assembly.{number}" if found else "migration.assembly"
            name: Printed = (
                self._p.text(self._profile.migration.assembly[number].name, f"{path}.name")
                if found
                else self._p.unknown(path)
            )
            ready = None if start is None else self._handed_in(start)
            rows.append(
                Row(
                    on=self._words.day(day, f"systems.{keys[0]}.cut_over"),
                    systems=self._names(keys),
                    session=name,
                    start=self._day(start, f"{path}.start" if found else path),
                    end=self._day(end, f"{path}.end" if found else path),
                    ready=self._day(ready, f"{path}.start" if found else path, CHECK),
                    left=Value("") if end is None else self._words.counted((day - end).days, "日", path),
                )
            )
        return rows

    def _handed_in(self, start: date) -> date:
        """A month before the session, on a day on which the office is open."""
        return previous_business_day(
            shift_months(start, -_HANDED_IN), frozenset(self._profile.city.closed_days)
        )

    # -- words ------------------------------------------------------------------------------

    def _day(self, day: date | None, path: str, after: str = "") -> Printed:
        return self._p.unknown(path) if day is None else self._words.day(day, path, after)

    def _name(self, key: str) -> Printed:
        return self._p.text(self._profile.systems[key].name, f"systems.{key}.name")

    def _names(self, keys: Sequence[str]) -> Printed:
        return self._joined([self._name(key) for key in keys])

    def _owners(self, keys: Sequence[str]) -> Printed:
        offices = {str(self._profile.systems[key].owner): key for key in keys}
        return self._joined(
            [
                self._p.text(self._profile.systems[key].owner, f"systems.{key}.owner")
                for key in offices.values()
            ]
        )

    def _vendors(self, keys: Sequence[str], field: str) -> Printed:
        found: dict[str, Printed] = {}
        for key in keys:
            value = getattr(self._profile.systems[key], field)
            found.setdefault(str(value), self._vendor(value, f"systems.{key}.{field}"))
        return self._joined(list(found.values()))

    def _vendor(self, key: object, path: str) -> Printed:
        vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
        return self._p.text(vendor.name, f"vendors.{key}.name") if vendor else self._p.text(key, path)

    def _joined(self, pieces: Sequence[Printed]) -> Printed:
        between: list[str | Printed] = []
        for piece in pieces:
            between += [str(self._words.text("、")), piece] if between else [piece]
        return self._p.join("", *between)
