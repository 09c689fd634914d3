"""What the overview of all systems can print: one table, charts, the steps of the whole city.

Hands out `CityPaper`. Leans on `system_paper`, `gantt`, `schedule`, `owners`, `handbook`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, partial
from typing import Any

from gen.clauses import Wording
from gen.japanese import shift_months, to_wareki
from gen.procedure.city_rows import change_rows, cloud_rows, subsidy_rows, trait_rows
from gen.procedure.done import Marks, marks_of
from gen.procedure.facts import city_facts, system_facts
from gen.procedure.gantt import Bar, Chart, Line, draw
from gen.procedure.handbook import handbook
from gen.procedure.misfits import busy_reason
from gen.procedure.owners import Owners
from gen.procedure.schedule import Anchors, Term, anchors_of, order_of_systems
from gen.procedure.sheet_rows import SheetRows
from gen.procedure.step_rows import Judged, StepRows, judged
from gen.procedure.steps import ANCHORS
from gen.procedure.system_paper import SystemPaper
from gen.procedure.tables import CITY_SHEETS
from gen.procedure.wave_rows import WaveRows
from gen.procedure.wording import Words, short_day
from gen.procedure.work_rows import WorkRows
from gen.profile import Profile, System, Undecided
from gen.profile.private import NOTHING_ASIDE, Aside
from gen.word.figure import Figure
from gen.word.late import Late
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["PER_CHART", "CityPaper"]

PER_CHART = 24
"""Systems in one chart: what an A3 sheet shows in letters that can be read."""

_BARS = {
    "prepare": ("plan", "select", "pia", "cloud"),
    "build": ("build", "bylaw", "notice"),
    "after": ("after",),
}
_WIDTH_MM, _TALLEST_MM = 370.0, 200.0
_FAR = date(9999, 12, 31)


class CityPaper:
    """All systems of a city on one sheet."""

    def __init__(self, profile: Profile, wording: Wording, on: date, aside: Aside = NOTHING_ASIDE) -> None:
        self._profile = profile
        self._wording = wording
        self._on = on
        self._aside = aside
        self._words = Words(wording)
        self._p = Printer(profile, wording)
        self._book = handbook()
        self._owners = Owners(profile, self._p, None, wording.comma, aside.private)
        self.facts = city_facts(profile)
        self._order = order_of_systems(profile)

    @cached_property
    def _papers(self) -> dict[str, SystemPaper]:
        """The checklists of the systems that move."""
        return {
            key: SystemPaper(self._profile, key, self._wording, self._on)
            for key, system in self._profile.systems.items()
            if system.state not in ("対象外", "移行済み")
            and system_facts(self._profile, key)["moves"].value is True
        }

    @cached_property
    def _judged(self) -> tuple[list[Judged], list[Judged]]:
        return judged(self._book.of("city"), self.facts)

    @cached_property
    def _rows(self) -> StepRows:
        anchors, marks = self._anchors(), self._marks
        return StepRows(self._book, self._owners, anchors, self._words, self._on, marks=marks)

    @cached_property
    def _marks(self) -> Marks:
        return marks_of(self._profile, self._book)

    def context(self) -> Late:
        """Every name that the template can print."""
        keys = self._sorted()
        return Late(
            {
                "city": lambda: Row(name=self._p.text(self._profile.city.name, "city.name")),
                "overview": lambda: self._head(keys),
                "based_on": lambda: Value(to_wareki(self._on, digits=self._wording.digits)),
                "has_systems": lambda: bool(keys),
                "systems": lambda: [self._system(number, key) for number, key in enumerate(keys, 1)],
                "charts": lambda: list(self._charts(keys)),
                "counts": self._counts,
                "notes": lambda: list(self._notes(keys)),
                "city_steps": lambda: self._steps() if keys else [],
                "left_out": lambda: self._rows.left_out(self._judged[1]) if keys else [],
                "people": lambda: self._owners.rows(self._roles(self._judged[0])),
                "signs": self._signs,
                **self._round(),
            }
        )

    def _round(self) -> dict[str, Callable[[], Any]]:
        """What the other papers of the whole city print, by name."""
        return {
            "waves": lambda: self._waves.waves(),
            "undated": lambda: self._waves.undated(),
            "doubles": lambda: self._waves.doubles(),
            "bridges": lambda: self._waves.bridges(),
            "sessions": lambda: self._waves.sessions(),
            "months": lambda: self._work.months(),
            "departments": lambda: self._work.departments(),
            "persons": lambda: self._work.persons(),
            "status": lambda: self._work.status(),
            "late": lambda: self._work.late(),
            "printed": lambda: self._aside.printed,
            "since": lambda: self._words.text(self._aside.since),
            "changed": lambda: change_rows(self._aside),
            "clouds": lambda: cloud_rows(self._profile, self._p, self._words),
            "subsidies": lambda: subsidy_rows(self._profile, self._p, self._words),
            "traits": lambda: trait_rows(self._profile, self._papers, self._p, self._words),
            **{name.replace("-", "_"): partial(self._sheet, name) for name in CITY_SHEETS},
        }

    @cached_property
    def _waves(self) -> WaveRows:
        return WaveRows(
            self._profile, [key for key in self._sorted() if key in self._papers], self._p, self._words
        )

    @cached_property
    def _work(self) -> WorkRows:
        return WorkRows(self._profile, self._book, self._papers, self._p, self._words, self._on)

    def _sheet(self, name: str) -> Row:
        anchors, marks = self._anchors(), self._marks
        rows = SheetRows(self._book, self.facts, self._owners, anchors, self._words, self._on, marks=marks)
        return rows.row(name)

    def _steps(self) -> list[Row]:
        return [self._rows.row(str(number), one) for number, one in enumerate(self._judged[0], 1)]

    def _signs(self) -> list[Row]:
        return [Row(role=self._words.text(role)) for role in ("作成", "確認（PMO）", "承認（CIO）")]

    def _roles(self, steps: list[Judged]) -> list[Any]:
        used = {id for one in steps for id in one.step.roles}
        return [role for id, role in self._book.roles.items() if id in used]

    def _sorted(self) -> list[str]:
        """In waves: by cut-over, those without one behind; in a wave, after what they depend on."""
        place = {key: number for number, key in enumerate(self._order)}
        return sorted(self._profile.systems, key=lambda key: (self._wave(key), place[key]))

    def _wave(self, key: str) -> tuple[int, date]:
        system = self._profile.systems[key]
        group = ("移行済み", "移行中", "特定移行支援", "オンプレミス", "対象外").index(system.state)
        day = system.cut_over if isinstance(system.cut_over, date) else None
        if day is None and isinstance(system.deadline, date):
            day = system.deadline
        return (0 if group == 1 else 1 if group == 2 else 2 if group == 0 else group), day or _FAR

    # -- the table ------------------------------------------------------------------------

    def _head(self, keys: list[str]) -> Row:
        digits = self._wording.digits
        return Row(
            on=Value(to_wareki(self._on, digits=digits)),
            count=self._words.number(len(keys)),
            moving=self._words.number(len(self._papers)),
            use_mode=self._p.text(self._profile.cloud.use_mode, "cloud.use_mode"),
            partners=Value(self._wording.comma.join(self._profile.cloud.partners), "cloud.partners"),
            checked=self._words.text(to_wareki(date.fromisoformat(self._book.checked))),
        )

    def _counts(self) -> list[Row]:
        """How many systems are in each state."""
        states = [str(system.state) for system in self._profile.systems.values()]
        names = ("移行済み", "移行中", "特定移行支援", "オンプレミス", "対象外")
        return [
            Row(state=self._words.text(name), count=self._words.number(states.count(name)))
            for name in names
            if name in states
        ]

    def _system(self, number: int, key: str) -> Row:
        s, p, path = self._profile.systems[key], self._p, f"systems.{key}"
        owners = Owners(self._profile, p, key, self._wording.comma)
        on_site = s.state in ("オンプレミス", "対象外")
        facts = system_facts(self._profile, key)
        used = facts["use_mode"].value
        title, due = self._next(key)
        return Row(
            no=self._words.number(number),
            name=p.text(s.name, f"{path}.name"),
            business=p.text(s.business, f"{path}.business"),
            state=p.text(s.state, f"{path}.state"),
            vendor=owners.name(self._book.roles["vendor"]),
            csp=Value("―", f"{path}.state") if on_site else p.text(s.csp, f"{path}.csp"),
            use_mode=Value("―", f"{path}.state") if on_site else p.text(used, facts["use_mode"].path),
            cut_over=self._cut_over(s, path, on_site),
            deadline=self._words.day(s.deadline, f"{path}.deadline"),
            next=title,
            due=due,
            owner=p.text(s.owner, f"{path}.owner"),
        )

    def _cut_over(self, system: System, path: str, on_site: bool) -> Printed:
        if system.cut_over is None and on_site:
            return Value("―", f"{path}.state")
        if isinstance(system.cut_over, date):
            return self._words.day(system.cut_over, f"{path}.cut_over")
        return self._p.unknown(f"{path}.cut_over")

    def _next(self, key: str) -> tuple[Value, Printed]:
        """The first step that is still ahead, and its day; overdue where the cut-over should be fixed."""
        paper, system = self._papers.get(key), self._profile.systems[key]
        if paper is None:
            moved = {"移行済み": "（移行済み）", "対象外": "（対象外）"}
            return self._words.text(moved.get(system.state, "（移行の予定の記載なし）")), Value("")
        if not isinstance(system.cut_over, date):
            return self._words.text("切替日の確定"), self._date_due(paper, key)
        ahead = [
            (term.due, one, term)
            for one, term in _terms(paper)
            if term.due and term.due >= self._on and paper.rows.done(one) is None
        ]
        if not ahead:
            return self._words.text("状態の確認（期限の残る作業なし）"), Value("")
        due, one, term = min(ahead, key=lambda found: found[0])
        return self._words.text(one.title), self._words.day(
            due, term.path, "頃" if one.step.timing == "C" else ""
        )

    def _date_due(self, paper: SystemPaper, key: str) -> Printed:
        """When the cut-over is to be fixed: what the checklist of the system says."""
        for one, term in _terms(paper):
            if one.step.id == "special-date" and term.due:
                late = "　期限経過" if term.late(self._on) else ""
                return self._words.day(term.due, term.path, f"頃{late}")
        return self._p.unknown(f"systems.{key}.cut_over")

    # -- the charts -----------------------------------------------------------------------

    def _charts(self, keys: list[str]) -> Iterator[Row]:
        """As many charts as keep the letters readable, over the same months."""
        if not keys:
            return
        start, end = self._span()
        pages = [keys[at : at + PER_CHART] for at in range(0, len(keys), PER_CHART)]
        for number, page in enumerate(pages, 1):
            lines = [self._line(key) for key in page]
            waves = [n > 0 and self._wave(key) != self._wave(page[n - 1]) for n, key in enumerate(page)]
            marked = tuple(
                Line(one.name, one.bars, one.cut_over, one.deadline, one.said, wave)
                for one, wave in zip(lines, waves, strict=True)
            )
            svg, width, height = draw(Chart(marked, start, end, self._on))
            scale = min(_WIDTH_MM / width, _TALLEST_MM / height)
            alt = f"システムの移行の予定（{number}枚目）。" + "。".join(map(_said, lines)) + "。"
            title = f"工程表（{number}／{len(pages)}）" if len(pages) > 1 else "工程表"
            figure = Figure(svg, round(width * scale, 1), round(height * scale, 1), alt)
            yield Row(title=self._words.text(title), figure=figure)

    def _span(self) -> tuple[date, date]:
        """From half a year before the 基準日 to a quarter after the last known day."""
        days = [
            day
            for system in self._profile.systems.values()
            for day in (system.cut_over, system.deadline)
            if isinstance(day, date) and system.state != "対象外"
        ]
        first, last = shift_months(self._on, -6), shift_months(max([*days, self._on]), 4)
        return first.replace(day=1), max(last, shift_months(self._on, 6)).replace(day=1)

    def _line(self, key: str) -> Line:
        system = self._profile.systems[key]
        name, cut_over = str(system.name), system.cut_over if isinstance(system.cut_over, date) else None
        deadline = (
            system.deadline if isinstance(system.deadline, date) and system.state == "特定移行支援" else None
        )
        start, end = self._span()
        if system.state in ("対象外", "オンプレミス") and cut_over is None:
            here = system.state == "オンプレミス"
            known = isinstance(system.former_until, date)
            until = min(system.former_until, end) if isinstance(system.former_until, date) else end
            said = "" if not known else f"{short_day(until)}まで" if until < end else ""
            stays = (Bar("on-site", start, max(start, until)),) if here else ()
            return Line(name, stays, said=said if here else "対象外")
        paper = self._papers.get(key)
        bars = tuple(_bars(paper)) if paper is not None else ()
        if system.state == "特定移行支援":
            until = cut_over or deadline or end
            bars = (Bar("keep", start, until), *bars)
        said = "移行済み" if system.state == "移行済み" else "" if cut_over else "切替日 〇〇〇〇"
        return Line(name, bars, cut_over, deadline, said)

    # -- around ---------------------------------------------------------------------------

    def _anchors(self) -> Anchors:
        """The steps of the whole city count from the first cut-over that is still ahead."""
        moving = [
            (system.cut_over, key)
            for key, system in self._profile.systems.items()
            if key in self._papers and isinstance(system.cut_over, date) and system.cut_over >= self._on
        ]
        if moving:
            return anchors_of(self._profile, min(moving)[1])
        open_key = next(iter(self._papers), "")
        path = f"systems.{open_key}.cut_over" if open_key else "systems"
        unknown = Undecided(path, self._profile.label(path))
        return Anchors(dict.fromkeys(ANCHORS, unknown), dict.fromkeys(ANCHORS, path))

    def _notes(self, keys: list[str]) -> Iterator[Row]:
        """What the systems together show."""
        systems = self._profile.systems
        for key in keys:
            system = systems[key]
            if key not in self._papers:
                if system.state == "オンプレミス" and isinstance(system.notes, str):
                    yield self._note("{}：{}", f"systems.{key}.notes", system.name, system.notes)
                continue
            if isinstance(system.cut_over, date):
                busy = busy_reason(self._profile, system.cut_over)
                if busy is not None:
                    text = "{}の切替日（{}）が繁忙期（{}）に当たる。"
                    yield self._note(
                        text, f"systems.{key}.cut_over", system.name, short_day(system.cut_over), busy[0]
                    )
            yield from self._order_notes(key)
            for note in self._papers[key].clashes:
                yield self._note(
                    "{}：{}：{}", note.path, note.level, system.name, self._words.text(note.text)
                )

    def _order_notes(self, key: str) -> Iterator[Row]:
        system = self._profile.systems[key]
        for needed in system.depends_on:
            other = self._profile.systems.get(str(needed))
            if (
                other is None
                or other.state in ("移行済み", "対象外")
                or not isinstance(system.cut_over, date)
            ):
                continue
            if not isinstance(other.cut_over, date) or other.cut_over > system.cut_over:
                undated = not isinstance(other.cut_over, date)
                then = (
                    "の切替日が決まっていない。仮の連携の要否を決める。"
                    if undated
                    else "の切替日が後である。仮の連携が要る。"
                )
                text = f"{{}}より先に動くはずの{{}}{then}"
                yield self._note(text, f"systems.{key}.depends_on", system.name, other.name)

    def _note(self, text: str, path: str, *words: object) -> Row:
        return Row(text=self._words.filled(text, *words), path=Value(path))


def _terms(paper: SystemPaper) -> Iterator[tuple[Judged, Term]]:
    for one in paper.steps:
        yield one, paper.rows.term(one)


def _bars(paper: SystemPaper) -> Iterator[Bar]:
    """One bar a group of phases, from its first day to its last."""
    terms = [(one.step.phase, term) for one, term in _terms(paper) if term.start and term.due]
    cut_over = paper.anchors.days["cut-over"]
    for kind, phases in _BARS.items():
        starts = [term.start for phase, term in terms if phase in phases and term.start]
        ends = [term.due for phase, term in terms if phase in phases and term.due]
        if starts and isinstance(cut_over, date):
            end = max(ends) if kind == "after" else min(max(ends), cut_over)
            yield Bar(kind, max(min(starts), cut_over) if kind == "after" else min(starts), end)


def _said(line: Line) -> str:
    """A line of the chart in words."""
    if line.cut_over is not None:
        return f"{line.name}は{short_day(line.cut_over)}に切替"
    if line.deadline is not None:
        return f"{line.name}は切替日未定、期限は{short_day(line.deadline)}"
    if line.bars and line.said:
        return f"{line.name}は{line.said}庁内に置く"
    return f"{line.name}は{line.said or '庁内に置く'}"
