"""What is decided and designed: levels, inventory, tiers, generations, copies.

Hands out `DesignRows`. Leans on `book`, `knowledge`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal

from gen.backup.book import Book
from gen.backup.knowledge import DEFAULT_RPO, NFR_SOURCE, standards, tier_of, tiers
from gen.backup.levels import hours_of
from gen.backup.uptime import doubt_of
from gen.profile import System, Undecided
from gen.profile.model_plans import BackupCopy, BackupPlan, BackupTarget
from gen.word.marks import Value
from gen.word.printing import Printed
from gen.word.row import Row

__all__ = ["DesignRows"]

_DAY = Decimal(24)
_KNOWN = {"B": "二次資料による・要確認", "C": "推定・要確認"}
"""What a level of less than certainty A says of itself."""


class DesignRows(Book):
    """Tables of what is backed up, and how."""

    def targets(self) -> list[Row]:
        """NFR item, standard level, chosen level, reason, approver."""
        chosen = {str(one.item): (index, one) for index, one in enumerate(self._profile.backup.targets)}
        rows = []
        for item in standards():
            index, target = chosen.pop(item["item"], (0, None))
            path = f"backup.targets.{index}"
            rows.append(self._target(item["number"], item["item"], _standard(item), target, path))
        for name, (index, one) in chosen.items():
            rows.append(
                self._target(
                    "",
                    name,
                    one.standard if isinstance(one.standard, str) else "",
                    one,
                    f"backup.targets.{index}",
                )
            )
        return rows

    def _target(self, no: str, item: str, standard: str, target: BackupTarget | None, path: str) -> Row:
        p = self._printer
        blank = Value("", "backup.targets")
        return Row(
            number=Value(no),
            item=self.words(item),
            standard=self.words(standard or "確認できない（要確認）"),
            chosen=self._chosen(item, target, f"{path}.chosen") if target else blank,
            reason=p.optional(target.reason, f"{path}.reason") if target else blank,
            approver=self.person(target.approver, f"{path}.approver") if target else blank,
            approved_on=blank
            if target is None or target.approved_on is None
            else p.day(target.approved_on, f"{path}.approved_on"),
            source=Value(NFR_SOURCE if no else "プロファイル"),
        )

    def _chosen(self, item: str, target: BackupTarget, path: str) -> Printed:
        """The level as typed; beside a doubtful 稼働率, what to confirm."""
        chosen = self._printer.text(target.chosen, path)
        doubt = doubt_of(target.chosen) if item == "稼働率" and isinstance(target.chosen, str) else ""
        return self._printer.join(path, chosen, self.words(f"（{doubt}）")) if doubt else chosen

    def inventory(self) -> list[Row]:
        """様式1: the systems."""
        p, rows = self._printer, []
        for number, (key, one) in enumerate(self.systems(), 1):
            path = f"systems.{key}"
            rows.append(
                Row(
                    no=self.plain(str(number)),
                    name=p.text(one.name, f"{path}.name"),
                    business=p.text(one.business, f"{path}.business"),
                    product=self.product_today(key, one),
                    vendor=self.vendor_today(key, one),
                    csp=self._cloud(one, f"{path}.csp"),
                    confidentiality=p.optional(one.confidentiality, f"{path}.confidentiality"),
                    data=self._amount(one.data_gb, f"{path}.data_gb", "GB"),
                    growth=self._amount(one.growth_percent, f"{path}.growth_percent", "%"),
                    hours=p.optional(one.service_hours, f"{path}.service_hours"),
                    state=p.text(one.state, f"{path}.state"),
                )
            )
        return rows

    def _cloud(self, system: System, path: str) -> Printed:
        """The cloud; marked where the system is not there yet."""
        cloud = self._printer.optional(system.csp, path)
        if system.csp is None or not self.in_old_place(system):
            return cloud
        return self._printer.join(path, self.words("切替後は"), cloud)

    def tiers(self) -> list[Row]:
        """The tiers, the systems in each, and what is proposed for them."""
        rows, comma = [], self._wording.text("、")
        for tier in tiers():
            members = [one.name for _, one in self.systems() if tier_of(one) is tier]
            if members or tier.rank == 0:
                rows.append(
                    Row(
                        title=self.words(tier.title),
                        what=self.words(tier.what),
                        systems=Value(comma.join(members))
                        if members
                        else self.words("対象システムの一覧にない（回線・認証など）"),
                        rto=self._tier_rto(tier),
                        generations=self.default(tier.generations.in_words()),
                        note=self.words(tier.note),
                    )
                )
        return rows

    def designs(self) -> list[Row]:
        """What is kept of each system, how, how often, how long; defaults marked."""
        return [self.design(number, key, one) for number, (key, one) in enumerate(self.systems(), 1)]

    def design(self, number: int, key: str, system: System) -> Row:
        """One row of `designs`."""
        p, plan, tier = self._printer, self.plan(key), tier_of(system)
        path = f"backup.systems.{key}"
        return Row(
            no=self.plain(str(number)),
            name=p.text(system.name, f"systems.{key}.name"),
            tier=self.words(tier.title),
            rpo=self._target_length("RPO", plan and plan.rpo, f"{path}.rpo", DEFAULT_RPO),
            rto=self._target_length("RTO", plan and plan.rto, f"{path}.rto", tier.rto),
            interval=self._interval(plan, f"{path}.interval"),
            method=p.optional(plan and plan.method, f"{path}.method"),
            window=p.optional(plan and plan.window, f"{path}.window"),
            generations=self._generations(plan, path),
            retention=self._length(plan and plan.retention, f"{path}.retention"),
            legal=self._years(plan and plan.legal_years, f"{path}.legal_years"),
            safety=self._flag(plan and plan.safety, f"{path}.safety"),
            manual=p.optional(plan and plan.manual, f"{path}.manual"),
            source=Value("プロファイル" if plan else "初期値（要確認）"),
        )

    def _target_length(self, kind: Literal["RPO", "RTO"], value: object, path: str, default: str) -> Printed:
        """A target; one that is silent or weaker shows the level that the body chose."""
        if isinstance(value, Undecided):
            return self._printer.unknown(value.path)
        if value is None:
            found = self.bound_default(kind, default)
            if not found.path:
                return self.default(default)
            return self._printer.join(path, Value(found.words, found.path), self.words("（選んだ水準）"))
        own, level = self.plain(str(value), path), self.level(kind)
        hours = hours_of(str(value))
        if level is None or hours is None or hours <= level.hours:
            return own
        return self._printer.join(
            path, own, self.words("（選んだ水準の"), Value(level.words, level.path),
            self.words("に届かない。要確認）"),
        )  # fmt: skip

    def _interval(self, plan: BackupPlan | None, path: str) -> Printed:
        """How often; a default that cannot reach the RPO says so."""
        rpo = self.bound_default("RPO", DEFAULT_RPO)
        if plan is None and rpo.hours < _DAY:
            return self.words("1日（初期値。選んだ水準のRPOに届かない。要確認）")
        return self._length(plan and plan.interval, path, "1日")

    def _length(self, value: object, path: str, default: str = "") -> Printed:
        """A length; where the profile is silent its default, 〇〇〇〇 where there is none."""
        if value is None:
            return self.default(default) if default else self._printer.unknown(path)
        if isinstance(value, Undecided):
            return self._printer.unknown(value.path)
        return self.plain(str(value), path)

    def _years(self, value: object, path: str) -> Printed:
        return (
            self.plain(f"{value}年", path) if isinstance(value, int) else self._printer.optional(value, path)
        )

    def _flag(self, value: object, path: str) -> Printed:
        if isinstance(value, Undecided):
            return self._printer.unknown(value.path)
        return self.words("対象" if value else "", path)

    def _generations(self, plan: BackupPlan | None, path: str) -> Printed:
        """What is kept; nothing is taken for granted where the profile is silent."""
        kept = self.kept(plan)
        if not kept:
            return self._printer.unknown(f"{path}.generations")
        return self.words(kept.in_words(), f"{path}.generations")

    def copies(self, keys: Iterable[str] | None = None) -> list[Row]:
        """様式7: where each copy lies, of the systems that are where they belong."""
        return self._copies(keys, later=False)

    def copies_later(self, keys: Iterable[str] | None = None) -> list[Row]:
        """様式7 of the systems that have not moved: what the profile says is of the place to come."""
        return self._copies(keys, later=True)

    def _copies(self, keys: Iterable[str] | None, *, later: bool) -> list[Row]:
        p, rows = self._printer, []
        for key, system in self.systems():
            if (keys is not None and key not in keys) or self.in_old_place(system) is not later:
                continue
            plan = self.plan(key)
            for index, copy in enumerate(plan.copies if plan else ()):
                path = f"backup.systems.{key}.copies.{index}"
                rows.append(
                    Row(
                        system=p.text(system.name, f"systems.{key}.name"),
                        no=self.plain(str(index + 1)),
                        place=p.text(copy.place, f"{path}.place"),
                        kind=p.optional(copy.kind, f"{path}.kind"),
                        csp=p.optional(copy.csp, f"{path}.csp"),
                        since=p.day(system.cut_over, f"systems.{key}.cut_over") if later else Value(""),
                        region=p.optional(copy.region, f"{path}.region"),
                        account=p.optional(copy.account, f"{path}.account"),
                        locked=self._lock(copy.locked, copy.lock_days, path),
                        encrypted=self._encryption(copy, path),
                        keyholder=self._key(copy, path),
                    )
                )
        return rows

    def uncovered(self) -> list[Row]:
        """Systems of whose copies in use nothing is said: those that the profile skips or has yet to move."""
        return [
            Row(name=self._printer.text(one.name, f"systems.{key}.name"))
            for key, one in self.systems()
            if (plan := self.plan(key)) is None or not plan.copies or self.in_old_place(one)
        ]

    def _lock(self, locked: object, days: object, path: str) -> Printed:
        if isinstance(locked, Undecided):
            return self._printer.unknown(locked.path)
        if not locked:
            return self.words("なし" if locked is False else "", f"{path}.locked")
        return self.plain(f"あり（{days}日）" if isinstance(days, int) else "あり", f"{path}.locked")

    def _encryption(self, copy: BackupCopy, path: str) -> Printed:
        """Whether and how a copy is encrypted where it lies."""
        value = copy.encrypted
        if isinstance(value, Undecided):
            return self._printer.unknown(value.path)
        said = Value(
            {True: "あり", False: "なし"}.get(value, "") if value is not None else "", f"{path}.encrypted"
        )
        if not value or copy.encryption is None:
            return said
        how = self._printer.text(copy.encryption, f"{path}.encryption")
        return self._printer.join(f"{path}.encrypted", said, self.words("（"), how, self.words("）"))

    def _key(self, copy: BackupCopy, path: str) -> Printed:
        """Who holds the key: both where two are named."""
        holder = self._printer.optional(copy.key_holder, f"{path}.key_holder")
        if copy.key_holder is None or copy.key_deputy is None:
            return holder
        deputy = self._printer.text(copy.key_deputy, f"{path}.key_deputy")
        return self._printer.join(f"{path}.key_holder", holder, self.words("、"), deputy)


def _standard(item: Mapping[str, Any]) -> str:
    """A level of the standard with its note and how well it is known; "" where it is not."""
    if not item["standard"]:
        return ""
    marks = [item.get("note", ""), _KNOWN.get(item["certainty"], "")]
    said = "。".join(mark for mark in marks if mark)
    return f"{item['standard']}（{said}）" if said else str(item["standard"])
