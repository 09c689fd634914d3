"""Steps as rows of a checklist: number, who, when, evidence, remarks, source.

Hands out `StepRows` and `Judged`. Leans on `steps`, `schedule`, `owners`, `rehearsals`, `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gen.catalog import Fact, Reason, Verdict, judge
from gen.japanese import (
    add_business_days,
    is_business_day,
    nendo,
    nendo_wareki,
    next_business_day,
    why_closed,
)
from gen.procedure.done import Done, Marks
from gen.procedure.owners import Owners
from gen.procedure.rehearsals import Planned
from gen.procedure.schedule import Anchors, Term, term_of
from gen.procedure.steps import Handbook, Role, Source, Step
from gen.procedure.wording import CHECK, Words
from gen.profile import Undecided
from gen.profile.model_plans import Rehearsal
from gen.word.marks import Value
from gen.word.printing import Printed
from gen.word.row import Row
from gen.word.unknown import Unknown

__all__ = ["Judged", "StepRows", "judged"]

_LATE = "期限経過。"
_VERIFY_DAYS = 10
_REHEARSAL = "build-rehearsal"
_BUDGET, _CONTRACT = "select-budget", "select-contract"
_REQUESTS_END = (11, 30)
"""Requests for the first budget of a year end in the autumn before it (a default, 要確認)."""

_VENDOR_SIDE = ("vendor", "former-vendor", "operator", "carrier")
_CITY, _VENDOR, _BOTH = "団体", "事業者", "団体・事業者"


@dataclass(frozen=True)
class Judged:
    """A step, whether it applies, and (where it is repeated) which rehearsal it is of."""

    step: Step
    verdict: Verdict
    times: int = 0
    of: int = 0
    rehearsal: Rehearsal | None = None
    path: str = ""

    @property
    def title(self) -> str:
        """The title, with the number of the rehearsal where there are several."""
        return f"{self.step.title}（{self.times}回目）" if self.of > 1 else self.step.title


def judged(
    steps: Iterable[Step], facts: Mapping[str, Fact], plan: Planned | None = None
) -> tuple[list[Judged], list[Judged]]:
    """The steps that apply or may apply, repeated as often as there are rehearsals; and the rest."""
    inside: list[Judged] = []
    outside: list[Judged] = []
    group: list[Judged] = []
    for step in steps:
        one = Judged(step, judge(step.when, facts, step.id))
        if one.verdict.value is False:
            outside.append(one)
        elif step.repeat and plan is not None:
            group.append(one)
        else:
            inside += _interleaved(group, plan)
            group = []
            inside.append(one)
    return inside + _interleaved(group, plan), outside


def _interleaved(group: Sequence[Judged], plan: Planned | None) -> list[Judged]:
    """第1回 with its check, then 第2回 with its check."""
    if not group or plan is None:
        return []
    count = plan.count if isinstance(plan.count, int) else 1
    rows: list[Judged] = []
    for number in range(max(count, 1)):
        path, rehearsal = plan.dated[number] if number < len(plan.dated) else ("", None)
        rows += [replace(one, times=number + 1, of=count, rehearsal=rehearsal, path=path) for one in group]
    return rows


class StepRows:
    """Makes the rows of one paper."""

    def __init__(
        self,
        book: Handbook,
        owners: Owners,
        anchors: Anchors,
        words: Words,
        on: date,
        skipped: Iterable[str] = (),
        marks: Marks | None = None,
    ) -> None:
        self._book = book
        self._owners = owners
        self._anchors = anchors
        self._words = words
        self._on = on
        self._skipped = frozenset(skipped)
        self._marks = marks or {}
        self._numbers: Mapping[str, int] = {}

    def term(self, one: Judged) -> Term:
        """When it is due: by the rehearsal's own day where the profile has one."""
        day = None if one.rehearsal is None else one.rehearsal.on
        if day is None:
            return term_of(one.step.lead, self._anchors)
        path = f"{one.path}.on"
        if isinstance(day, Undecided):
            return Term(open=day, path=path)
        if one.step.id == _REHEARSAL:
            return Term(day, day, path=path)
        closed = self._anchors.closed
        start = next_business_day(add_business_days(day, 1, closed), closed)
        return Term(start, add_business_days(day, _VERIFY_DAYS, closed), path=path)

    def done(self, one: Judged) -> Done | None:
        """What the profile says of its being done; None where it says nothing."""
        return self._marks.get((one.step.id, one.times if one.step.repeat else 0))

    def late(self, one: Judged, term: Term) -> bool:
        """Whether it was due before the 基準日 and is not written down as done."""
        return term.late(self._on) and self.done(one) is None

    def roles(self, step: Step) -> list[Role]:
        """Who takes part, the one in charge first."""
        return [self._book.roles[id] for id in step.roles if id not in self._skipped]

    def owner(self, role: Role) -> Printed:
        """The name behind a role."""
        return self._owners.name(role)

    def leader(self, role: Role) -> str:
        """The key of the person behind a role, "" where no person is named."""
        return self._owners.person(role)

    def row(self, number: str, one: Judged) -> Row:
        """One step as a row."""
        step, words, term = one.step, self._words, self.term(one)
        roles = self.roles(step)
        return Row(
            no=words.number(number),
            id=Value(step.id),
            title=words.text(one.title),
            what=words.text(step.what),
            why=words.text(step.why),
            side=words.text(_side(roles)),
            lead=words.text(roles[0].title),
            owner=self._owners.name(roles[0]),
            helpers=words.list(role.title for role in roles[1:]),
            start=words.text("期日") if _given(one) or term.given else self._day(term.start, term),
            due=self._due(one, term),
            inputs=words.list(step.inputs),
            outputs=words.list(step.outputs),
            note=Value("".join(self._notes(one, term))),
            source=words.list(source.short for source in step.sources),
            refs=words.text(self._refs(step)),
            mark=words.text(_mark(step)),
            cited=words.text(_backed(self._refs(step), step)),
            basis=words.text(_backed("、".join(source.short for source in step.sources), step)),
            late=self.late(one, term),
            is_done=self.done(one) is not None,
            done=self._done(one),
        )

    def _done(self, one: Judged) -> Value:
        """The day on which it was done, and where the proof lies; empty for a person to fill in."""
        done = self.done(one)
        if done is None:
            return Value("")
        said = f"{self._words.whole_day(done.on)}{'　' if done.evidence else ''}{done.evidence}"
        return Value(said, f"{done.path}.on")

    def _day(self, day: date | None, term: Term) -> Printed:
        if term.open is not None:
            return Unknown(term.open.path, term.open.label)
        return self._words.day(day, term.path)

    def _due(self, one: Judged, term: Term) -> Printed:
        if term.every:
            return self._words.text(term.every)
        unsure = one.step.timing == "C" and not _given(one) and not term.given
        if term.open is not None:
            return Unknown(term.open.path, term.open.label)
        return self._words.day(term.due, term.path, CHECK if unsure else "")

    def _notes(self, one: Judged, term: Term) -> Iterator[str]:
        """What is to be said of it: unsure, late, the profile's own words, on a closed day."""
        words = self._words
        if one.verdict.value is None:
            asked = dict.fromkeys(reason.fact.label for reason in one.verdict.reasons if reason.holds is None)
            yield words.text(f"当てはまるか要確認（{'、'.join(asked)}）。")
        if self.late(one, term):
            yield words.text(_LATE)
        if one.step.id == _BUDGET and term.due is not None:
            yield from self._budget(term.due)
        if one.rehearsal is not None and one.step.id == _REHEARSAL:
            purpose = one.rehearsal.purpose
            yield f"{one.rehearsal.name}{f'：{purpose}' if isinstance(purpose, str) else ''}。"
            day, closed = term.due, self._anchors.closed
            if day is not None and not is_business_day(day, closed):
                yield words.text(f"閉庁日（{why_closed(day, closed)}）に行う。")

    def _budget(self, due: date) -> Iterator[str]:
        """Said where the request comes after the autumn before the fiscal year of the contract."""
        contract = term_of(self._book.steps[_CONTRACT].lead, self._anchors).start
        if contract is not None and due > date(nendo(contract) - 1, *_REQUESTS_END):
            year = nendo_wareki(nendo(contract))
            yield self._words.text(
                f"契約の始まる{year}の当初予算の要求（前の年の秋）より後に当たるため、"
                "補正予算又は債務負担行為のときの期限である。"
            )

    def number_sources(self, steps: Iterable[Step]) -> list[Source]:
        """Number the sources of these steps in the order of their first use."""
        found = {source.key: source for step in steps for source in step.sources}
        self._numbers = {key: number for number, key in enumerate(found, 1)}
        return list(found.values())

    def number_sources_as(self, places: Mapping[str, int]) -> None:
        """Cite sources by these numbers: of a list that other tables share."""
        self._numbers = places

    def _refs(self, step: Step) -> str:
        """出典3・7: the numbers of the list at the end."""
        numbers = [str(self._numbers[source.key]) for source in step.sources if source.key in self._numbers]
        return f"出典{'・'.join(numbers)}" if numbers else ""

    def left_out(self, rows: Iterable[Judged]) -> list[Row]:
        """The steps that do not apply, each with the facts that say so and where they stand."""
        return [
            Row(
                phase=self._words.text(self._phase(one.step)),
                title=self._words.text(one.step.title),
                why=self._words.text(
                    "、".join(dict.fromkeys(reason.fact.said() for reason in _no(one.verdict)))
                ),
                path=Value(
                    str(self._words.text("、")).join(
                        dict.fromkeys(reason.fact.path for reason in _no(one.verdict))
                    )
                ),
            )
            for one in rows
        ]

    def _phase(self, step: Step) -> str:
        return next(phase.title for phase in self._book.phases if phase.id == step.phase)


def _given(one: Judged) -> bool:
    """Whether its day is a fact of the profile, not counted."""
    return one.rehearsal is not None and one.step.id == _REHEARSAL and isinstance(one.rehearsal.on, date)


def _no(verdict: Verdict) -> list[Reason]:
    return [reason for reason in verdict.reasons if reason.holds is False]


def _side(roles: Sequence[Role]) -> str:
    sides = {_VENDOR if role.origin in _VENDOR_SIDE else _CITY for role in roles}
    return _BOTH if len(sides) > 1 else sides.pop()


def _mark(step: Step) -> str:
    """A, B or 要確認; the certainty of the window stands beside the day."""
    return "要確認" if step.task == "C" else step.task


def _backed(named: str, step: Step) -> str:
    """The sources and how well they back the step; 出典なし（要確認） where there is none."""
    return f"{named or '出典なし'}{CHECK if step.task == 'C' else f' {step.task}'}"
