"""What the checklist of one system can print.

Hands out `SystemPaper`. Leans on `step_rows`, `notes`, `owners`, `schedule`, `handbook`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, partial

from gen.catalog import judge
from gen.clauses import Wording
from gen.japanese import to_wareki
from gen.procedure.businesses import business_of
from gen.procedure.clashes import clashes_of
from gen.procedure.cut_rows import CutRows
from gen.procedure.done import marks_of
from gen.procedure.facts import city_facts, system_facts
from gen.procedure.handbook import handbook
from gen.procedure.move_rows import MoveRows
from gen.procedure.notes import Note, in_order, notes_of
from gen.procedure.owners import Owners
from gen.procedure.pia_rows import PiaRows
from gen.procedure.rehearsals import planned
from gen.procedure.schedule import Anchors, anchors_of
from gen.procedure.sheet_rows import SheetRows
from gen.procedure.step_rows import Judged, StepRows, judged
from gen.procedure.steps import Source, Step
from gen.procedure.tables import SYSTEM_SHEETS
from gen.procedure.wording import CHECK, Words
from gen.profile import Profile, Undecided
from gen.profile.private import NOTHING_ASIDE, Aside
from gen.word.late import Late
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row
from gen.word.unknown import Unknown

__all__ = ["SystemPaper"]

_JUDGING = ("judge-month", "judge-week", "cut-over")


class SystemPaper:
    """The steps of one system and all that stands around them."""

    def __init__(
        self, profile: Profile, key: str, wording: Wording, on: date, aside: Aside = NOTHING_ASIDE
    ) -> None:
        self._profile = profile
        self._key = key
        self._system = profile.systems[key]
        self._path = f"systems.{key}"
        self._wording = wording
        self._on = on
        self._aside = aside
        self._words = Words(wording)
        self._p = Printer(profile, wording)
        self._book = handbook()
        self._move = MoveRows(profile, self._system.cut_over, self._p, self._words)
        self.facts = system_facts(profile, key)
        self._skipped = ("operator", "carrier") if self.facts["gov_cloud"].value is False else ()
        self._owners = Owners(profile, self._p, key, wording.comma, aside.private)
        self.anchors: Anchors = anchors_of(profile, key)
        self._marks = marks_of(profile, self._book, key)
        self.rows = StepRows(
            self._book, self._owners, self.anchors, self._words, on, self._skipped, self._marks
        )

    @cached_property
    def steps(self) -> list[Judged]:
        """The steps of this system that apply or may apply."""
        return self._judged[0]

    @cached_property
    def _judged(self) -> tuple[list[Judged], list[Judged]]:
        return judged(self._book.of("system"), self.facts, planned(self._profile, self._key))

    @cached_property
    def _whole(self) -> tuple[list[Judged], list[Judged]]:
        return judged(self._book.of("city"), city_facts(self._profile))

    def context(self) -> Late:
        """Every name that the template can print."""
        return Late(
            {
                "city": lambda: Row(name=self._p.text(self._profile.city.name, "city.name")),
                "system": self.system,
                "head": self._head,
                "premises": self._premises,
                "notes": self._notes,
                "people": self._people,
                "printed": lambda: self._aside.printed,
                "phases": lambda: self._phases,
                "city_steps": lambda: self._city_steps,
                "events": lambda: list(self._move.events()),
                "offices": self._move.offices,
                "criteria": lambda: list(self._criteria()),
                "links": self.links,
                "left_out": lambda: self.rows.left_out([*self._judged[1], *self._whole[1]]),
                "sources": self._sources,
                "signs": self._signs,
                "based_on": lambda: Value(to_wareki(self._on, digits=self._wording.digits)),
                "move": lambda: self._cut.move(),
                "judgements": lambda: self._cut.judgements(),
                "rehearsals": lambda: self._cut.rehearsals(),
                "same_day": lambda: self._cut.same_day(),
                "bridges": lambda: self._cut.bridges(),
                "stops": lambda: self._cut.stops(),
                "pia_numbers": lambda: self._pia.numbers(),
                "pia_thresholds": lambda: self._pia.thresholds(),
                "pia_crowd": lambda: self._pia.crowd(),
                **{name.replace("-", "_"): partial(self._sheet, name) for name in SYSTEM_SHEETS},
            }
        )

    def _sheet(self, name: str) -> Row:
        return self._sheets.row(name)

    @cached_property
    def _pia(self) -> PiaRows:
        return PiaRows(self._profile, self._key, self._p, self._words, self._on)

    @cached_property
    def _cut(self) -> CutRows:
        return CutRows(self._profile, self._key, self.anchors, self._p, self._words, self._book)

    @cached_property
    def _sheets(self) -> SheetRows:
        business = self._system.business
        return SheetRows(
            self._book,
            self.facts,
            self._owners,
            self.anchors,
            self._words,
            self._on,
            self._skipped,
            business if isinstance(business, str) else "",
            self._cut.stop,
            self._marks,
        )

    def _notes(self) -> list[Row]:
        """What must be said before the work, the pressing first."""
        own = notes_of(self._profile, self._key, self.facts, self._on)
        return [self._note(note) for note in in_order([*own, *self.clashes])]

    @cached_property
    def clashes(self) -> list[Note]:
        """What only the counted days show."""
        terms = [(one, self.rows.term(one)) for one in self.steps]
        return list(clashes_of(self._profile, self._key, terms, self._on))

    def _signs(self) -> list[Row]:
        roles = ("作成", "確認（業務主管課）", "確認（PMO）", "承認（CIO）")
        return [Row(role=self._words.text(role)) for role in roles]

    # -- the head ---------------------------------------------------------------------------

    def system(self) -> Row:
        """What the system is."""
        s, p, path = self._system, self._p, self._path
        mode = self.facts["use_mode"]
        return Row(
            key=Value(self._key),
            name=p.text(s.name, f"{path}.name"),
            business=p.text(s.business, f"{path}.business"),
            state=p.text(s.state, f"{path}.state"),
            product=p.text(s.product, f"{path}.product"),
            vendor=self._owners.name(self._book.roles["vendor"]),
            csp=self._no_cloud() or p.text(s.csp, f"{path}.csp"),
            use_mode=self._no_cloud() or self._known(mode.value, mode.path),
            cut_over=p.day(s.cut_over, f"{path}.cut_over"),
            owner=p.text(s.owner, f"{path}.owner"),
            special=self.facts["special"].value is True,
            deadline=p.day(s.deadline, f"{path}.deadline"),
            reason=p.text(s.reason, f"{path}.reason"),
            former_vendor=self._owners.name(self._book.roles["former-vendor"]),
            former_product=p.text(s.former_product, f"{path}.former_product"),
            former_until=p.day(s.former_until, f"{path}.former_until"),
            confidentiality=p.optional(s.confidentiality, f"{path}.confidentiality"),
        )

    def _no_cloud(self) -> Value | None:
        on_site = self._system.state == "オンプレミス"
        return Value("該当なし（オンプレミス）", f"{self._path}.state") if on_site else None

    def _known(self, value: object, path: str) -> Printed:
        if isinstance(value, Undecided):
            return Unknown(value.path, value.label)
        return self._words.text({True: "はい", False: "いいえ"}.get(value, str(value)), path)  # type: ignore[call-overload]

    def _head(self) -> Row:
        own = [row for phase in self._phases for row in phase.rows]
        late = sum(1 for row in own if row.late)
        return Row(
            on=Value(to_wareki(self._on, digits=self._wording.digits)),
            count=self._words.number(len(own)),
            late=self._words.number(late),
            whole=self._words.number(len(self._whole[0])),
            checked=self._words.text(to_wareki(date.fromisoformat(self._book.checked))),
        )

    def _premises(self) -> list[Row]:
        """The facts that chose the steps, each with its field."""
        shown = (
            "state", "use_mode", "gov_cloud", "standard", "my_number", "certificates", "online", "multi_vendor",
            "vendor_change", "gaiji", "rehearsal", "parallel",
        )  # fmt: skip
        rows = []
        for name in shown:
            fact = self.facts[name]
            rows.append(
                Row(
                    label=self._words.text(fact.label),
                    value=self._premise(name, fact.value, fact.path),
                    origin=Value(fact.path),
                )
            )
        return rows

    def _premise(self, name: str, value: object, path: str) -> Printed:
        business = business_of(self._system.business)
        by_table = name in ("my_number", "certificates", "online")
        if isinstance(value, Undecided):
            return (
                self._words.text("要確認")
                if by_table or name == "multi_vendor"
                else Unknown(value.path, value.label)
            )
        said = self._known(value, path)
        unsure = by_table and business is not None and business.certainty == "C"
        return self._words.text(f"{said}{CHECK}", path) if unsure else said

    def _note(self, note: Note) -> Row:
        return Row(
            level=self._words.text(note.level),
            text=self._words.filled(note.text, *note.words),
            path=Value(note.path),
        )

    def _people(self) -> list[Row]:
        """Every role of the steps once, in the order of the table of roles."""
        used = {role.id for one in (*self.steps, *self._whole[0]) for role in self.rows.roles(one.step)}
        return self._owners.rows(role for id, role in self._book.roles.items() if id in used)

    # -- the steps --------------------------------------------------------------------------

    @cached_property
    def _phases(self) -> list[Row]:
        """The phases that have steps, numbered without a gap."""
        found = [
            (phase, [one for one in self.steps if one.step.phase == phase.id]) for phase in self._book.phases
        ]
        return [
            Row(
                no=self._words.number(number),
                title=self._words.text(phase.title),
                rows=self._rows((f"{number}-{place}", one) for place, one in enumerate(own, 1)),
            )
            for number, (phase, own) in enumerate(((phase, own) for phase, own in found if own), 1)
        ]

    @cached_property
    def _city_steps(self) -> list[Row]:
        return self._rows((str(number), one) for number, one in enumerate(self._whole[0], 1))

    def _rows(self, steps: Iterable[tuple[str, Judged]]) -> list[Row]:
        """Steps as rows, which cite the numbers that their sources have in the list of all."""
        numbered, _ = self._numbered
        return [numbered.row(number, one) for number, one in steps]

    @cached_property
    def _numbered(self) -> tuple[StepRows, list[Source]]:
        """The rows once they know the numbers of their sources, and these in their order."""
        phases = {phase.id: place for place, phase in enumerate(self._book.phases)}
        own = sorted(self.steps, key=lambda one: phases[one.step.phase])
        return self.rows, self.rows.number_sources(one.step for one in (*own, *self._whole[0]))

    def _criteria(self) -> Iterator[Row]:
        """What the 移行判定 asks of this system."""
        number = 0
        for one in self._book.criteria:
            verdict = judge(one.when, self.facts, one.id)
            if verdict.value is not False:
                number += 1
                step: Step = self._book.steps[one.step]
                reporter = self._book.roles[step.roles[0]]
                yield Row(
                    no=self._words.number(number),
                    text=self._words.text(one.text),
                    evidence=self._words.text(one.evidence),
                    judge=self._words.text(self._book.roles[one.judge].title),
                    reporter=self._words.text(reporter.title),
                )

    def links(self) -> Value:
        """The outside systems that the business is usually linked with."""
        business = business_of(self._system.business)
        return self._words.list(() if business is None else business.links)

    def _sources(self) -> list[Row]:
        """Every source of the printed steps once, numbered in their order; the rows cite the numbers."""
        return [
            Row(
                no=self._words.number(number),
                short=self._words.text(one.short),
                title=self._words.text(one.title),
                url=Value(one.url),
            )
            for number, one in enumerate(self._numbered[1], 1)
        ]
