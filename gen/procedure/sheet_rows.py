"""The lines of a sheet as rows: who by name, when by the city's own days, why, by which source.

Hands out `SheetRows`. Leans on `sheets`, `step_rows`, `hours`, `owners`, `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from gen.catalog import Fact, Verdict, judge
from gen.procedure.done import Marks
from gen.procedure.hours import Stop, planned_hours
from gen.procedure.owners import Owners
from gen.procedure.schedule import Anchors, term_of
from gen.procedure.sheets import Line, Sheet, sheet
from gen.procedure.step_rows import Judged, StepRows, judged
from gen.procedure.steps import Handbook, Role, Source
from gen.procedure.wording import DEFAULT, Words
from gen.profile import Undecided
from gen.word.marks import Value
from gen.word.printing import Printed
from gen.word.row import Row
from gen.word.unknown import Unknown

__all__ = ["SheetRows"]

Chosen = list[tuple[Line, Verdict]]


class SheetRows:
    """Makes the tables of sheets for one system or for the whole city.

    Args:
        book: steps, roles, sources.
        facts: what conditions ask.
        owners: the people behind the roles.
        anchors: the days that windows are counted from.
        words: the city's style.
        on: 基準日.
        skipped: roles that nobody fills here, such as the operator of a cloud that is not used.
        business: of the system, "" for the whole city.
        stop: the hours without service; None where the paper has none.
        marks: the steps that are done.
    """

    def __init__(
        self,
        book: Handbook,
        facts: Mapping[str, Fact],
        owners: Owners,
        anchors: Anchors,
        words: Words,
        on: date,
        skipped: Iterable[str] = (),
        business: str = "",
        stop: Stop | Undecided | None = None,
        marks: Marks | None = None,
    ) -> None:
        self._book = book
        self._facts = facts
        self._owners = owners
        self._anchors = anchors
        self._words = words
        self._on = on
        self._skipped = frozenset(skipped)
        self._business = business
        self._stop = stop
        self._marks = marks

    def row(self, id: str) -> Row:
        """A sheet: its tables by name, and `steps`, `sources` and `left_out`."""
        found = sheet(id)
        steps, out = judged((self._book.steps[one] for one in found.steps), self._facts)
        chosen = {name: self._chosen(lines) for name, lines in found.tables.items()}
        kept = {name: [one for one in rows if one[1].value is not False] for name, rows in chosen.items()}
        numbered = StepRows(
            self._book, self._owners, self._anchors, self._words, self._on, self._skipped, self._marks
        )
        sources = _sources(steps, kept.values())
        places = {source.key: number for number, source in enumerate(sources, 1)}
        numbered.number_sources_as(places)
        hours = self._hours(found, kept)
        return Row(
            **{
                name: [self._line(number, one, hours, places) for number, one in enumerate(rows, 1)]
                for name, rows in kept.items()
            },
            steps=[numbered.row(str(number), one) for number, one in enumerate(steps, 1)],
            sources=[self._source(number, source) for number, source in enumerate(sources, 1)],
            left_out=[*numbered.left_out(out), *self._left_out(chosen.values())],
            checked=self._words.text(self._words.whole_day(date.fromisoformat(self._book.checked))),
        )

    def _chosen(self, lines: Iterable[Line]) -> Chosen:
        """The lines of this business, each with whether it applies."""
        mine = (one for one in lines if not one.businesses or self._business in one.businesses)
        return [(one, judge(one.when, self._facts, one.id)) for one in mine]

    def _hours(self, found: Sheet, kept: Mapping[str, Chosen]) -> Mapping[str, tuple[datetime, datetime]]:
        if not isinstance(self._stop, Stop):
            return {}
        hours: dict[str, tuple[datetime, datetime]] = {}
        for name in found.tables:
            hours |= planned_hours([line for line, _ in kept[name]], self._stop)
        return hours

    # -- one line ---------------------------------------------------------------------------

    def _line(
        self,
        number: int,
        one: tuple[Line, Verdict],
        hours: Mapping[str, tuple[datetime, datetime]],
        places: Mapping[str, int],
    ) -> Row:
        line, verdict = one
        roles = [self._book.roles[id] for id in line.roles if id not in self._skipped]
        return Row(
            no=self._words.number(number),
            id=Value(line.id),
            text=self._words.text(f"{line.text}{self._cited(line, places)}"),
            plain=self._words.text(line.text),
            check=self._words.text(line.check),
            out=self._words.text(line.out),
            lead=self._words.text(roles[0].title if roles else ""),
            who=self._who(roles),
            due=self._due(line),
            span=self._span(line, hours.get(line.id)),
            note=self._words.text("".join(_notes(line, verdict))),
        )

    def _who(self, roles: Sequence[Role]) -> Printed:
        """Who is in charge by name, then the roles that help."""
        if not roles:
            return Value("")
        first, *rest = roles
        helpers = f"（{self._words.list(role.title for role in rest)}）" if rest else ""
        title = "" if first.origin == "department" else f"{self._words.text(first.title)}　"
        return self._owners.joined(title, self._owners.name(first), helpers)

    def _due(self, line: Line) -> Printed:
        """Its last day, with the mark of a default."""
        if line.lead is None:
            return Value("")
        term = term_of(line.lead, self._anchors)
        if term.every:
            return self._words.text(term.every)
        if term.open is not None:
            return Unknown(term.open.path, term.open.label)
        late = "　期限経過" if term.late(self._on) else ""
        return self._words.day(term.due, term.path, f"{'' if term.given else DEFAULT}{late}")

    def _span(self, line: Line, hours: tuple[datetime, datetime] | None) -> Printed:
        """From when to when, 〇〇〇〇 where the cut-over is open."""
        if hours is not None:
            return self._words.hours(*hours)
        if (line.share or line.opening is not None) and isinstance(self._stop, Undecided):
            return Unknown(self._stop.path, self._stop.label)
        return Value("")

    def _cited(self, line: Line, places: Mapping[str, int]) -> str:
        """〔出典3・7 A〕, or the mark of a default."""
        if not line.sources:
            return DEFAULT
        numbers = "・".join(str(places[source.key]) for source in line.sources)
        return (
            f"〔出典{numbers} {line.certainty}〕" if line.certainty != "C" else f"〔出典{numbers}〕{DEFAULT}"
        )

    # -- around -----------------------------------------------------------------------------

    def _source(self, number: int, source: Source) -> Row:
        return Row(
            no=self._words.number(number),
            short=self._words.text(source.short),
            title=self._words.text(source.title),
            url=Value(source.url),
        )

    def _left_out(self, tables: Iterable[Chosen]) -> list[Row]:
        """The lines that do not apply, with the facts that say so."""
        rows = []
        for line, verdict in (one for table in tables for one in table if one[1].value is False):
            reasons = [reason.fact for reason in verdict.reasons if reason.holds is False]
            rows.append(
                Row(
                    phase=Value(""),
                    title=self._words.text(line.text),
                    why=self._words.list(dict.fromkeys(fact.said() for fact in reasons)),
                    path=Value("、".join(dict.fromkeys(fact.path for fact in reasons))),
                )
            )
        return rows


def _notes(line: Line, verdict: Verdict) -> Iterator[str]:
    """What must be asked before it is done, and the line's own note."""
    if verdict.value is None:
        asked = dict.fromkeys(reason.fact.label for reason in verdict.reasons if reason.holds is None)
        yield f"当てはまるか要確認（{'、'.join(asked)}）。"
    if line.note:
        yield line.note


def _sources(steps: Sequence[Judged], tables: Iterable[Chosen]) -> list[Source]:
    """Every source once, in the order of first use."""
    found = {source.key: source for one in steps for source in one.step.sources}
    found |= {source.key: source for table in tables for line, _ in table for source in line.sources}
    return list(found.values())
