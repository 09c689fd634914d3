"""What every table of a backup plan shares: texts, defaults, names, the systems covered.

Hands out `Book`, `DEFAULT_MARK` and `short`. Leans on `profile` and `word.printing`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from gen.backup.arithmetic import Generations, short
from gen.backup.knowledge import Tier
from gen.backup.levels import Level, hours_of
from gen.clauses import Wording
from gen.profile import Profile, System, Undecided
from gen.profile.model_plans import BackupPlan, BackupTarget
from gen.profile.private import Private, Reach
from gen.word.marks import Value
from gen.word.printing import Printed, Printer

__all__ = ["DEFAULT_MARK", "Book", "short"]

DEFAULT_MARK = "（初期値・要確認）"
_LEFT_OUT = ("対象外",)


class Book:
    """The profile, read for a backup plan as it stands on a day (基準日)."""

    def __init__(self, profile: Profile, wording: Wording, on: date, private: Private | None = None) -> None:
        self._profile = profile
        self._private = private or Private()
        self._on = on
        self._wording = wording
        self._printer = Printer(profile, wording)

    def plain(self, text: str, path: str = "") -> Value:
        """A text that Kian makes, digits in the city's style."""
        return Value(self._wording.number(text), path)

    def words(self, text: str, path: str = "") -> Value:
        """Words of Kian's own, 読点 and conjunctions in the city's style too."""
        return Value(self._wording.text(text), path)

    def reach(self, one: Reach | None) -> Value:
        """A number with its remark, for a paper that is not recorded; else empty, to be written in by hand."""
        return Value("" if one is None else f"{one.telephone}{'　' if one.note else ''}{one.note}")

    def default(self, text: str) -> Value:
        """A default, marked so."""
        return self.words(f"{text}{DEFAULT_MARK}")

    def systems(self) -> list[tuple[str, System]]:
        """The systems that the plan covers: all but those that are no business of the city."""
        return [(key, one) for key, one in self._profile.systems.items() if one.state not in _LEFT_OUT]

    def plan(self, key: str) -> BackupPlan | None:
        """What the profile says on a system's backup."""
        return self._profile.backup.systems.get(key)

    def level(self, kind: Literal["RPO", "RTO"]) -> Level | None:
        """The level that the body chose for all systems; None where it chose none that is a length."""
        for index, one in enumerate(self._profile.backup.targets):
            if isinstance(one.item, str) and isinstance(one.chosen, str) and kind in one.item:
                hours = hours_of(one.chosen)
                if hours is not None:
                    return Level(one.chosen, hours, f"backup.targets.{index}.chosen")
        return None

    @property
    def uptime_target(self) -> BackupTarget | None:
        """What the body chose for 稼働率."""
        return next((one for one in self._profile.backup.targets if one.item == "稼働率"), None)

    def bound_default(self, kind: Literal["RPO", "RTO"], default: str) -> Level:
        """What holds where a system's own value is silent: the default, but never weaker than the level."""
        level, hours = self.level(kind), hours_of(default)
        if hours is None:
            raise ValueError(f"not a length: {default}")
        return level if level and level.hours <= hours else Level(default, hours, "")

    def _tier_rto(self, tier: Tier) -> Printed:
        found = self.bound_default("RTO", tier.rto)
        if not found.path:
            return self.default(f"{tier.rto}以内")
        return self._printer.join("", Value(found.words, found.path), self.words("（選んだ水準）"))

    def rto_of(self, key: str, tier: Tier) -> Level | None:
        """The RTO that a recovery is held against, the tighter of the own and the chosen one."""
        plan, level = self.plan(key), self.level("RTO")
        if plan is None:
            return self.bound_default("RTO", tier.rto)
        if isinstance(plan.rto, Undecided):
            return level
        own = Level(str(plan.rto), hours_of(str(plan.rto)) or Decimal(0), f"backup.systems.{key}.rto")
        return level if level and level.hours < own.hours else own

    def in_old_place(self, system: System) -> bool:
        """Whether a system that moves still runs where it was: its day of cut-over has not come.

        A system that stays in the house has no other place; one without a day is as its state says.
        """
        if system.state == "オンプレミス":
            return False
        if isinstance(system.cut_over, date):
            return self._on < system.cut_over
        return system.state != "移行済み"

    def product_today(self, key: str, system: System) -> Printed:
        """What runs today: until the cut-over the former product, which a recovery cannot do without."""
        if self.in_old_place(system):
            return self._printer.text(system.former_product, f"systems.{key}.former_product")
        return self._printer.optional(system.product, f"systems.{key}.product")

    def vendor_today(self, key: str, system: System) -> Printed:
        """Who looks after it today: until the cut-over the former vendor."""
        if not self.in_old_place(system):
            return self.vendor(system.vendor, f"systems.{key}.vendor")
        path = f"systems.{key}.former_vendor"
        if system.former_vendor is None:
            return self._printer.unknown(path)
        return self.vendor(system.former_vendor, path)

    def owner(self, key: str, system: System) -> Printed:
        """The department that the system belongs to, 〇〇〇〇 where nobody is named."""
        return self._printer.text(system.owner, f"systems.{key}.owner")

    def team_today(self, system: System) -> str:
        """The vendor's key in `vendors`, or its name; "" where nobody knows."""
        found = system.former_vendor if self.in_old_place(system) else system.vendor
        return "" if found is None or isinstance(found, Undecided) else found

    def vendor(self, key: object, path: str) -> Printed:
        """A vendor's name by its key."""
        vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
        if vendor is not None:
            return self._printer.text(vendor.name, f"vendors.{key}.name")
        return self._printer.optional(key, path)

    def person(self, key: object, path: str) -> Printed:
        """A person's name by the key in `people`."""
        person = self._profile.people.get(key) if isinstance(key, str) else None
        return (
            self._printer.text(person.name, f"people.{key}.name")
            if person
            else self._printer.optional(key, path)
        )

    def _amount(self, value: object, path: str, unit: str) -> Printed:
        if isinstance(value, Decimal):
            return self.plain(f"{short(value)}{unit}", path)
        return self._printer.optional(value, path)

    def months(self, value: object, path: str) -> Printed:
        """A number of months."""
        return (
            self.plain(f"{value}か月", path)
            if isinstance(value, int)
            else self._printer.optional(value, path)
        )

    def kept(self, plan: BackupPlan | None) -> Generations:
        """The generations that the profile names, none where it is silent."""
        if plan is None:
            return Generations()
        values = (getattr(plan.generations, kind) for kind in ("daily", "weekly", "monthly", "yearly"))
        return Generations(*(value if isinstance(value, int) else 0 for value in values))
