"""The same work seen by month, by office, by person and in a meeting, as rows.

Hands out `WorkRows` and `Work`. Leans on `system_paper` (the steps of each system with their windows), `owners`, `wording`.
What `migration.done` holds is done; the rest that lies before the 基準日 is late, as far as is written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gen.japanese import shift_months
from gen.procedure.schedule import Term
from gen.procedure.step_rows import Judged
from gen.procedure.steps import Handbook, Role
from gen.procedure.system_paper import SystemPaper
from gen.procedure.wording import DEFAULT, Words
from gen.profile import Profile, Undecided
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["MONTHS", "Work", "WorkRows"]

MONTHS = 6
"""How far the checklists look ahead."""

_GROUPS = {
    "plan": ("plan", "select"),
    "pia": ("pia",),
    "cloud": ("cloud",),
    "build": ("build",),
    "around": ("bylaw", "notice"),
    "cut": ("cutover",),
    "after": ("after", "special"),
}
"""The phases of data/steps.yaml as the columns of a meeting's page."""


@dataclass(frozen=True)
class Work:
    """One step of one system, with the day on which it is due."""

    key: str
    one: Judged
    term: Term
    due: date
    role: Role
    done: bool


class WorkRows:
    """Rows over the steps of all systems that move.

    Args:
        profile: the city's.
        book: the steps and their phases.
        papers: the checklists of the systems by key.
        printer, words: the city's style.
        on: 基準日.
    """

    def __init__(
        self,
        profile: Profile,
        book: Handbook,
        papers: Mapping[str, SystemPaper],
        printer: Printer,
        words: Words,
        on: date,
    ) -> None:
        self._profile = profile
        self._book = book
        self._papers = papers
        self._p = printer
        self._words = words
        self._on = on

    @cached_property
    def _all(self) -> list[Work]:
        """Every step that has a due day, in the order of the days."""
        found = []
        for key, paper in self._papers.items():
            for one in paper.steps:
                term = paper.rows.term(one)
                if term.due is not None:
                    role, done = paper.rows.roles(one.step)[0], paper.rows.done(one) is not None
                    found.append(Work(key, one, term, term.due, role, done))
        return sorted(found, key=lambda work: (work.due, work.key))

    @cached_property
    def _ahead(self) -> list[Work]:
        last = shift_months(self._on.replace(day=1), MONTHS)
        return [work for work in self._all if self._on <= work.due < last and not work.done]

    # -- by month ---------------------------------------------------------------------------

    def months(self) -> list[Row]:
        """The months ahead, each with its work."""
        found: dict[tuple[int, int], list[Work]] = {}
        for work in self._ahead:
            found.setdefault((work.due.year, work.due.month), []).append(work)
        return [
            Row(
                title=Value(self._words.month(works[0].due)),
                count=self._words.counted(len(works), "件", ""),
                rows=[self._row(work) for work in works],
            )
            for works in found.values()
        ]

    def _row(self, work: Work) -> Row:
        system = self._profile.systems[work.key]
        return Row(
            due=self._due(work),
            system=self._p.text(system.name, f"systems.{work.key}.name"),
            title=self._words.text(work.one.title),
            lead=self._words.text(work.role.title),
            owner=self._papers[work.key].rows.owner(work.role),
            outputs=self._words.list(work.one.step.outputs),
        )

    def _due(self, work: Work) -> Printed:
        given = work.term.given or work.one.step.timing != "C"
        return self._words.day(work.due, work.term.path, "" if given else DEFAULT)

    # -- by office and by person --------------------------------------------------------------

    def departments(self) -> list[Row]:
        """Each 業務主管課 with its systems, its work ahead and what to ask about."""
        offices: dict[str, list[str]] = {}
        for key in self._papers:
            owner = self._profile.systems[key].owner
            offices.setdefault("" if owner is None or isinstance(owner, Undecided) else owner, []).append(key)
        rows = []
        for keys in offices.values():
            system = self._profile.systems[keys[0]]
            mine = [work for work in self._ahead if work.key in keys and work.role.origin == "department"]
            rows.append(
                Row(
                    name=self._p.text(system.owner, f"systems.{keys[0]}.owner"),
                    systems=[self._system(key) for key in keys],
                    rows=[self._row(work) for work in mine],
                    past=self._past(
                        [work for work in self._all if work.key in keys and work.role.origin == "department"]
                    ),
                )
            )
        return rows

    def _system(self, key: str) -> Row:
        system, path = self._profile.systems[key], f"systems.{key}"
        return Row(
            name=self._p.text(system.name, f"{path}.name"),
            cut_over=self._words.day(system.cut_over, f"{path}.cut_over")
            if system.cut_over is not None
            else self._p.unknown(f"{path}.cut_over"),
        )

    def persons(self) -> list[Row]:
        """Each person of the body who fills a role, with the work ahead under that person's name."""
        rows = []
        for person, roles in self._people().items():
            mine = [work for work in self._ahead if work.role.id in roles or self._leads(work, person)]
            if not mine:
                continue
            one, path = self._profile.people[person], f"people.{person}"
            titles = [role.title for role in self._book.roles.values() if role.id in roles]
            rows.append(
                Row(
                    name=self._p.text(one.name, f"{path}.name"),
                    place=self._p.optional(one.department, f"{path}.department"),
                    roles=self._words.list(titles),
                    count=self._words.counted(len(mine), "件", ""),
                    rows=[self._row(work) for work in mine],
                )
            )
        return rows

    def _people(self) -> dict[str, set[str]]:
        """The roles of the steps by the person who fills them; the first key of a role that is filled counts."""
        found: dict[str, set[str]] = {key: set() for key in self._profile.people}
        for role in self._book.roles.values():
            if role.origin:
                continue
            named = next((self._profile.roles[key] for key in role.keys if key in self._profile.roles), None)
            if named is not None and str(named.person) in found:
                found[str(named.person)].add(role.id)
        return found

    def _leads(self, work: Work, person: str) -> bool:
        """Whether this person leads the work of the office that the system belongs to."""
        return work.role.origin == "department" and self._papers[work.key].rows.leader(work.role) == person

    # -- in a meeting -------------------------------------------------------------------------

    def status(self) -> list[Row]:
        """For each system how much is done and how much is late, phase by phase."""
        rows = []
        for key in self._papers:
            mine = [work for work in self._all if work.key == key]
            system, path = self._profile.systems[key], f"systems.{key}"
            following = next((work for work in mine if work.due >= self._on and not work.done), None)
            rows.append(
                Row(
                    name=self._p.text(system.name, f"{path}.name"),
                    owner=self._p.text(system.owner, f"{path}.owner"),
                    cut_over=self._system(key).cut_over,
                    **{name: self._cell(mine, phases) for name, phases in _GROUPS.items()},
                    next=self._words.text(following.one.title) if following else Value(""),
                    due=self._due(following) if following else Value(""),
                )
            )
        return rows

    def _cell(self, works: Sequence[Work], phases: Sequence[str]) -> Value:
        """Done, of all, and late: 3／12 遅2."""
        own = [work for work in works if work.one.step.phase in phases]
        done, late = sum(work.done for work in own), sum(self._late(work) for work in own)
        return self._words.text(f"{done}／{len(own)}{f' 遅{late}' if late else ''}" if own else "―")

    def _late(self, work: Work) -> bool:
        return work.due < self._on and not work.done

    def late(self) -> list[Row]:
        """Of each system what was due before the 基準日 and is not written down as done."""
        rows = []
        for key in self._papers:
            mine = [work for work in self._all if work.key == key and self._late(work)]
            if mine:
                rows.append(
                    Row(
                        name=self._p.text(self._profile.systems[key].name, f"systems.{key}.name"),
                        count=self._words.counted(len(mine), "件", ""),
                        titles=self._past(mine),
                    )
                )
        return rows

    def _past(self, works: Iterable[Work]) -> Value:
        return self._words.list(dict.fromkeys(work.one.title for work in works if self._late(work)))
