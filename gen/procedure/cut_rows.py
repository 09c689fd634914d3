"""One cut-over as its papers print it: the hours, the meetings that judge it, its rehearsals, its neighbours.

Hands out `CutRows`. Leans on `hours`, `own_days`, `rehearsals`, `owners`, `wording`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gen.japanese import why_closed
from gen.procedure.bridges import bridges_of
from gen.procedure.hours import Stop, stop_of
from gen.procedure.own_days import FINAL_DECISION, FIRST_DECISION, FREEZE, given_days
from gen.procedure.rehearsals import planned
from gen.procedure.schedule import Anchors, Term, term_of
from gen.procedure.steps import Handbook
from gen.procedure.wording import CHECK, Words
from gen.profile import Profile, Undecided
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row
from gen.word.unknown import Unknown

__all__ = ["CutRows"]

_JUDGE_MONTH, _JUDGE_WEEK = "judge-month", "judge-week"


class CutRows:
    """Rows around the cut-over of one system."""

    def __init__(
        self, profile: Profile, key: str, anchors: Anchors, printer: Printer, words: Words, book: Handbook
    ) -> None:
        self._profile = profile
        self._key = key
        self._anchors = anchors
        self._p = printer
        self._words = words
        self._book = book
        self.stop: Stop | Undecided = stop_of(profile, key)

    def move(self) -> Row:
        """First hour without service, opening, hours in reserve, the point of no return."""
        stop, migration = self.stop, self._profile.migration
        said = migration.point_of_no_return
        return Row(
            first=self._hour(stop.slots[0][0] if isinstance(stop, Stop) else None),
            opening_said=self._hour_in_full(stop.opening if isinstance(stop, Stop) else None),
            opening=self._hour(stop.opening if isinstance(stop, Stop) else None),
            first_source=self._told(stop.path if isinstance(stop, Stop) else "", "切替日の直前の閉庁日"),
            opening_source=self._told(stop.opening_path if isinstance(stop, Stop) else "", "初期値"),
            no_return=self._p.text(said, "migration.point_of_no_return"),
            no_return_said=isinstance(said, str),
            extract_by=self._p.text(migration.extract_by, "migration.extract_by"),
            old_until=self._old_until(),
        )

    def _told(self, path: str, default: str) -> Value:
        """Where it comes from: the field, or the default."""
        return Value(self._profile.label(path), path) if path else self._words.text(f"{default}{CHECK}")

    def _hour(self, moment: datetime | None) -> Printed:
        if moment is not None:
            return self._words.hour(moment)
        return self._p.unknown(f"systems.{self._key}.cut_over")

    def _hour_in_full(self, moment: datetime | None) -> Printed:
        return (
            self._p.unknown(f"systems.{self._key}.cut_over")
            if moment is None
            else self._words.full_hour(moment)
        )

    def _old_until(self) -> Printed:
        day, path = self._anchors.days["old-end"], self._anchors.paths["old-end"]
        if isinstance(day, Undecided):
            return Unknown(day.path, day.label)
        sure = path != f"systems.{self._key}.cut_over"
        return self._words.day(day, path, "" if sure else CHECK)

    # -- the meetings -----------------------------------------------------------------------

    def judgements(self) -> list[Row]:
        """The four moments at which somebody decides, the first two by the profile's days where it has them."""
        month, week = (
            term_of(self._book.steps[id].lead, self._anchors) for id in (_JUDGE_MONTH, _JUDGE_WEEK)
        )
        given = self._anchors.given
        rows = [
            self._judgement(
                "1か月前", "このまま進む・条件を付けて進む・日を改める", month, FIRST_DECISION in given
            ),
            self._judgement(
                "1週間前", "実施する・条件を付けて実施する・日を改める", week, FINAL_DECISION in given
            ),
        ]
        for name, choice in (("投入の後", "続ける・切り戻す"), ("窓口を開ける前", "窓口を開ける・切り戻す")):
            rows.append(
                Row(
                    name=self._words.text(name),
                    choice=self._words.text(choice),
                    on=self._words.text("切替手順書の時刻"),
                    title=Value(""),
                )
            )
        return rows

    def _judgement(self, name: str, choice: str, term: Term, given: bool) -> Row:
        on: Printed = (
            Unknown(term.open.path, term.open.label)
            if term.open is not None
            else self._words.day(term.due, term.path, "" if given else CHECK)
        )
        title: Printed = Value("")
        if given and term.path.startswith("migration.decisions."):
            number = int(term.path.split(".")[2])
            title = self._p.text(
                self._profile.migration.decisions[number].name, f"migration.decisions.{number}.name"
            )
        return Row(name=self._words.text(name), choice=self._words.text(choice), on=on, title=title)

    # -- rehearsals -------------------------------------------------------------------------

    def rehearsals(self) -> list[Row]:
        """One row a rehearsal, also for those whose day nobody has said; at least one where the count is open."""
        plan = planned(self._profile, self._key)
        count = plan.count if isinstance(plan.count, int) else 2
        rows = []
        for number in range(count):
            path, one = plan.dated[number] if number < len(plan.dated) else ("", None)
            on: Printed = (
                self._p.unknown("migration.rehearsals")
                if one is None
                else self._words.day(one.on, f"{path}.on")
            )
            rows.append(
                Row(
                    no=self._words.number(number + 1),
                    name=self._words.text(f"第{number + 1}回")
                    if one is None
                    else self._p.text(one.name, f"{path}.name"),
                    on=on,
                    closed=self._words.text(self._closed(one.on) if one is not None else ""),
                    purpose=Value("") if one is None else self._p.optional(one.purpose, f"{path}.purpose"),
                    last=number == count - 1,
                )
            )
        return rows

    def _closed(self, day: object) -> str:
        """閉庁日（土曜日）, for those who must come to work."""
        if not isinstance(day, date):
            return ""
        why = why_closed(day, self._anchors.closed)
        return f"閉庁日（{why}）" if why else ""

    # -- neighbours -------------------------------------------------------------------------

    def same_day(self) -> list[Row]:
        """The other systems that cut over on the same days, and whether the same vendor must be at both."""
        mine = self._profile.systems[self._key]
        if not isinstance(mine.cut_over, date):
            return []
        rows = []
        for key, other in self._profile.systems.items():
            if (
                key == self._key
                or not isinstance(other.cut_over, date)
                or other.state in ("対象外", "移行済み")
            ):
                continue
            if abs(other.cut_over - mine.cut_over) > timedelta(days=1):
                continue
            both = isinstance(mine.vendor, str) and mine.vendor == other.vendor
            old = isinstance(mine.former_vendor, str) and mine.former_vendor == other.former_vendor
            rows.append(
                Row(
                    name=self._p.text(other.name, f"systems.{key}.name"),
                    vendor=self._vendor(other.vendor, f"systems.{key}.vendor"),
                    owner=self._p.text(other.owner, f"systems.{key}.owner"),
                    shared=self._words.text(
                        "、".join(
                            word
                            for word, holds in (("新しい事業者が同じ", both), ("現行の事業者が同じ", old))
                            if holds
                        )
                        or "事業者は別"
                    ),
                )
            )
        return rows

    def bridges(self) -> list[Row]:
        """The links to systems that move on another day, with the time that a bridge must last."""
        rows = []
        for one in bridges_of(self._profile, self._key):
            other = one.source if one.reader == self._key else one.reader
            system, path = self._profile.systems[other], f"systems.{other}"
            rows.append(
                Row(
                    name=self._p.text(system.name, f"{path}.name"),
                    state=self._p.text(system.state, f"{path}.state"),
                    vendor=self._vendor(system.vendor, f"{path}.vendor"),
                    way=self._words.text("受け取る" if one.reader == self._key else "渡す"),
                    start=self._bridge_day(one.start, one.first or self._key),
                    end=self._bridge_day(
                        one.end, other if one.first == self._key else self._key, one.by_deadline
                    ),
                )
            )
        return rows

    def _bridge_day(self, day: date | None, key: str, by_deadline: bool = False) -> Printed:
        path = f"systems.{key}.{'deadline' if by_deadline else 'cut_over'}"
        return (
            self._p.unknown(path)
            if day is None
            else self._words.day(day, path, "（期限）" if by_deadline else "")
        )

    def stops(self) -> list[Row]:
        """The 停止期間 of this cut-over as the profile writes it, for those who must know when nothing works."""
        cut_over, rows = self._profile.systems[self._key].cut_over, []
        found = given_days(self._profile, cut_over).get(FREEZE)
        for number, one in enumerate(self._profile.migration.freeze):
            path = f"migration.freeze.{number}"
            if found is not None and found[1] == f"{path}.start":
                rows.append(
                    Row(
                        start=self._p.day(one.start, f"{path}.start"),
                        end=self._p.day(one.end, f"{path}.end"),
                        note=self._p.optional(one.note, f"{path}.note"),
                    )
                )
        return rows

    def _vendor(self, key: object, path: str) -> Printed:
        vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
        return self._p.text(vendor.name, f"vendors.{key}.name") if vendor else self._p.text(key, path)
