"""What is worked out: capacity, restore times, downtime, the order of recovery.

Hands out `FigureRows`. Leans on `book`, `arithmetic`, `recovery`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from gen.backup.arithmetic import DEFAULTS, RestoreTime, capacity, oldest_days, restore_time
from gen.backup.book import Book, short
from gen.backup.knowledge import Tier, tier_of, tiers
from gen.backup.levels import Level, in_business_days
from gen.backup.recovery import Job, Recovered, find_cycle, join_jobs, joined, plan_recovery
from gen.backup.service_hours import hours_a_year
from gen.backup.uptime import standstill, uptime_of
from gen.profile import System
from gen.word.marks import Value
from gen.word.row import Row

__all__ = ["FigureRows"]

_BASE = "foundation"
_STANDARD = Decimal("99.5")
"""A.1.5.1 of the standard of non-functional requirements; see `standards.yaml`."""
_YEARS = (("開庁日の12時間（242日。推定・要確認）", Decimal(2904)), ("24時間365日", Decimal(8760)))


class FigureRows(Book):
    """Tables of figures, each with its inputs."""

    def capacities(self) -> list[Row]:
        """Storage, with every input shown."""
        rows = []
        for key, one in self.systems():
            if not isinstance(one.data_gb, Decimal):
                rows.append(self._no_capacity(key, one))
                continue
            plan = self.plan(key)
            kept = self.kept(plan) or tier_of(one).generations
            growth = one.growth_percent if isinstance(one.growth_percent, Decimal) else Decimal(0)
            places = max(len(plan.copies), 1) if plan else 1
            found = capacity(one.data_gb, growth, kept, places)
            rows.append(
                Row(
                    name=self._printer.text(one.name, f"systems.{key}.name"),
                    data=self.plain(f"{short(one.data_gb)}GB", f"systems.{key}.data_gb"),
                    growth=self._assumed(f"{short(growth)}%", isinstance(one.growth_percent, Decimal)),
                    grown=self.plain(f"{short(found.grown)}GB"),
                    fulls=self.plain(str(found.fulls)),
                    increments=self.plain(str(found.increments)),
                    places=self._assumed(str(places), bool(plan and plan.copies)),
                    total=self.plain(f"{short(found.total)}GB"),
                    oldest=self.plain(f"{oldest_days(kept)}日前"),
                    note=self.words("" if self.kept(plan) else "世代は階層の案（要確認）"),
                )
            )
        return rows

    def _assumed(self, text: str, known: bool) -> Value:
        """A figure of the profile, or one that the sum had to take for granted."""
        return self.plain(text) if known else self.words(f"{text}（要確認）")

    def _no_capacity(self, key: str, system: System) -> Row:
        blank = Value("")
        return Row(
            name=self._printer.text(system.name, f"systems.{key}.name"),
            data=self._printer.unknown(f"systems.{key}.data_gb"),
            growth=blank,
            grown=blank,
            fulls=blank,
            increments=blank,
            places=blank,
            total=blank,
            oldest=blank,
            note=self.words("データ量が要る"),
        )

    def assumptions(self) -> list[Row]:
        """The numbers of the arithmetic that no source fixes."""
        return [
            Row(
                label=self.words(one.label),
                value=self.plain(f"{short(one.value)}{one.unit}"),
                mark=self.words("初期値・要確認"),
            )
            for one in DEFAULTS.values()
        ]

    def downtime(self) -> list[Row]:
        """What the standard's uptime and the chosen one mean, by their denominator."""
        return [
            Row(
                label=self.words(label),
                hours=self.plain(f"{short(hours)}時間"),
                uptime=self.words(f"{level}%（{origin}）"),
                downtime=self.plain(standstill(level, hours)),
            )
            for level, origin in self._levels()
            for label, hours in (*self._chosen_year(), *_YEARS)
        ]

    def _chosen_year(self) -> Iterator[tuple[str, Decimal]]:
        """The denominator that the body chose, where it is none of those that are always shown."""
        target = self.uptime_target
        hours = hours_a_year(target.hours) if target and isinstance(target.hours, str) else None
        if hours is not None and hours not in [year for _, year in _YEARS]:
            yield f"選んだ分母（{target.hours}）" if target else "", hours

    def _levels(self) -> Iterator[tuple[Decimal, str]]:
        yield _STANDARD, "標準"
        target = self.uptime_target
        level = uptime_of(target.chosen) if target and isinstance(target.chosen, str) else None
        if level is not None and level != _STANDARD:
            yield level, "選んだ水準"

    def restores(self, keys: Iterable[str] | None = None) -> list[Row]:
        """How long each system takes, measured or by the formula."""
        rows = []
        for key, one in self.systems():
            if keys is not None and key not in keys:
                continue
            time = self._time(key, one)
            if time is None:
                continue
            path = f"backup.systems.{key}"
            tested = bool(self._measured(key))
            rows.append(
                Row(
                    name=self._printer.text(one.name, f"systems.{key}.name"),
                    prepare=self._part(time.prepare, known=time.measured),
                    transfer=self._part(time.transfer, known=time.measured),
                    validate=self._part(time.validate, known=time.measured),
                    total=self.plain(f"{short(time.total)}時間", f"{path}.restore_tests" if tested else ""),
                    basis=self.words(
                        "復元テストの実績"
                        if tested
                        else "プロファイルの見込み"
                        if time.measured
                        else "算式（要確認）"
                    ),
                )
            )
        return rows

    def _part(self, hours: Decimal, *, known: bool) -> Value:
        """A part of the formula; none where the whole is known and is not its sum."""
        if known:
            return self.plain("―")
        return self.plain(f"{short(hours)}時間" if hours else "0.1時間未満")

    def _measured(self, key: str) -> list[Decimal]:
        plan = self.plan(key)
        return [test.hours for test in plan.restore_tests if isinstance(test.hours, Decimal)] if plan else []

    def _time(self, key: str, system: System) -> RestoreTime | None:
        plan, tests = self.plan(key), self._measured(key)
        measured = max(tests) if tests else None
        if measured is None and plan and isinstance(plan.restore_hours, Decimal):
            measured = plan.restore_hours
        if not isinstance(system.data_gb, Decimal):
            return None if measured is None else restore_time(Decimal(0), measured)
        return restore_time(system.data_gb, measured)

    @cached_property
    def cycle(self) -> tuple[str, ...]:
        """Systems that wait for one another in a ring."""
        return find_cycle({key: one.depends_on for key, one in self.systems()})

    def cycle_text(self) -> Value:
        """The ring by the systems' names."""
        names = [self._profile.systems[key].name for key in self.cycle if key in self._profile.systems]
        return Value(" → ".join(names), "systems")

    def recovery(self) -> list[Row]:
        """The systems in the order of recovery with start and finish."""
        if self.cycle:
            return []
        if not self.systems():
            return []
        parts = joined([self._job(key, one) for key, one in self.systems()])
        members = {part[0].key: [job.key for job in part] for part in parts}
        ground = tiers()[0]
        base = Job(_BASE, -1, ground.hours)
        jobs = [base, *(replace(job, needs=(_BASE, *job.needs)) for job in join_jobs(parts))]
        first, *rest = plan_recovery(jobs)
        rows = [self._ground(first)]
        for number, one in enumerate(rest, 1):
            rows.extend(self._recovered(number, key, one) for key in members[one.key])
        return rows

    def _ground(self, one: Recovered) -> Row:
        """Row 0: lines, identity, keys and the console of the copies, before every system."""
        ground = tiers()[0]
        return Row(
            no=self.plain("0"),
            name=self.words("回線、認証、鍵、バックアップの管理画面"),
            tier=self.words(ground.title),
            start=self.plain(f"{short(one.start)}時間後"),
            finish=self.plain(f"{short(one.finish)}時間後"),
            waited=Value(""),
            rto=self._tier_rto(ground),
            judgement=self.words("初期値（要確認）"),
        )

    def _job(self, key: str, system: System) -> Job:
        time = self._time(key, system)
        tier = tier_of(system)
        hours = time.total if time else self._taken_for(tier)
        needs = tuple(str(one) for one in system.depends_on)
        team, product = self.team_today(system), self.product_today(key, system)
        known = team and isinstance(product, Value) and str(product)
        lane = f"{team}/{product}" if known else ""
        return Job(key, tier.rank, hours, needs, team, lane)

    def _taken_for(self, tier: Tier) -> Decimal:
        """The hours of a restore that nothing is known of: what the tier and the chosen level allow."""
        return min(tier.hours, self.bound_default("RTO", tier.rto).hours or tier.hours)

    def _recovered(self, number: int, key: str, one: Recovered) -> Row:
        system = self._profile.systems[key]
        rto = self.rto_of(key, tier_of(system))
        return Row(
            no=self.plain(str(number)),
            name=self._printer.text(system.name, f"systems.{key}.name"),
            tier=self.words(tier_of(system).title),
            start=self.plain(f"{short(one.start)}時間後"),
            finish=self.plain(f"{short(one.finish)}時間後"),
            waited=self._waited(one.waited_for),
            rto=Value("") if rto is None else self.plain(rto.words, rto.path),
            judgement=self.words(_judged(one.finish, rto)),
        )

    def _waited(self, key: str) -> Value:
        if not key:
            return Value("")
        if key == _BASE:
            return self.words("基盤の復旧")
        if key.startswith("team:"):
            vendor = self._profile.vendors.get(key.removeprefix("team:"))
            return Value(f"{vendor.name if vendor else key.removeprefix('team:')}の作業の空き")
        return Value(f"{self._profile.systems[key].name}の復旧")


def _judged(finish: Decimal, rto: Level | None) -> str:
    """What the hours worked out mean against the RTO."""
    if rto is None:
        return "RTOが未定（要確認）"
    if in_business_days(rto.words):
        return f"RTOは{rto.words}。営業日との比較は要確認"
    return f"RTO（{rto.words}）を超える（要検討）" if finish > rto.hours else "収まる"
