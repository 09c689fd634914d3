"""One system's backup before the rules: its facts where they are known, and how to ask for them.

Hands out `BackupCase` and the decorator `backup_rule`, which asks a function for every system
that has a plan. Leans on `profile`, `backup`, `lengths` and `registry`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from gen.profile import Profile, System
from gen.profile.model_plans import BackupCopy, BackupPlan
from gen.rules.case import known
from gen.rules.lengths import Calendar, hours_at_least
from gen.rules.registry import Problem, Problems, profile_rule

__all__ = ["BackupCase", "backup_rule", "hours", "is_remote"]


def hours(value: Decimal) -> str:
    """Hours as findings print them: 12時間, 5.5時間."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text}時間"


def is_remote(copy: BackupCopy) -> bool:
    """A copy away from the main place: one in another region, or media taken elsewhere."""
    return known(copy.kind) in ("遠隔地の写し", "オフライン")


@dataclass(frozen=True)
class BackupCase:
    """One system with its plan, to be weighed on a day."""

    profile: Profile
    key: str
    on: date

    @cached_property
    def plan(self) -> BackupPlan:
        """Its plan."""
        return self.profile.backup.systems[self.key]

    @cached_property
    def system(self) -> System:
        """The system itself."""
        return self.profile.systems[self.key]

    @property
    def name(self) -> str:
        """Its name in quotation marks."""
        return f"「{self.system.name}」"

    @cached_property
    def calendar(self) -> Calendar:
        """The city's working days."""
        return Calendar(self.on, frozenset(self.profile.city.closed_days))

    def path(self, field: str = "") -> str:
        """The dotted path of the plan, or of one of its fields."""
        return f"backup.systems.{self.key}.{field}" if field else f"backup.systems.{self.key}"

    @cached_property
    def copies(self) -> tuple[BackupCopy, ...]:
        """The copies that can bring something back: a mere replica follows every deletion."""
        return tuple(copy for copy in self.plan.copies if known(copy.kind) != "複製")

    @cached_property
    def rto_hours(self) -> Decimal | None:
        """The RTO in hours, business days at their shortest."""
        return hours_at_least(self.plan.rto, self.calendar)

    @cached_property
    def restore_hours(self) -> Decimal | None:
        """How long a restore takes: the longest that was measured, else what is expected."""
        measured = self.measured_hours
        return known(self.plan.restore_hours) if measured is None else measured

    @cached_property
    def measured_hours(self) -> Decimal | None:
        """The longest restore that was tried."""
        tried = (known(test.hours) for test in self.plan.restore_tests)
        return max((value for value in tried if value is not None), default=None)


BackupCheck = Callable[[BackupCase], Problems]


def backup_rule(id: str) -> Callable[[BackupCheck], BackupCheck]:
    """Enter a function over one system's backup as a rule; it is asked for every plan."""

    def enter(look: BackupCheck) -> BackupCheck:
        def every(profile: Profile, on: date) -> Iterator[Problem]:
            for key in profile.backup.systems:
                if key in profile.systems and profile.systems[key].state != "対象外":
                    yield from look(BackupCase(profile, key, on))

        profile_rule(id)(every)
        return look

    return enter
