"""Targets of a backup plan: intervals, restore times, levels of the standard, uptime, the contract.

Registers the rules on RPO, RTO, 稼働率 and what the contracts promise. Leans on `backup_case`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gen.backup.service_hours import hours_a_year
from gen.backup.uptime import uptime_of
from gen.profile import Profile, System
from gen.profile.model_plans import BackupTarget
from gen.report import Severity
from gen.rules.backup_case import BackupCase, backup_rule, hours
from gen.rules.case import Case, known
from gen.rules.lengths import business_days, hours_at_least, hours_at_most
from gen.rules.registry import Problem, contract_rule, profile_rule

_RTO, _RPO, _UPTIME = re.compile("RTO|目標復旧時間"), re.compile("RPO|目標復旧時点"), re.compile("稼働率")
_DISASTER = re.compile("大規模災害")
_STANDARD_RTO, _STANDARD_RPO_DAYS = Decimal(12), 1
_LONGER = re.compile("[2-9]か月|[1-9][0-9]+か月|数か月|年")
_FIFTH = Decimal("1.2")


def _target(profile: Profile, item: re.Pattern[str]) -> tuple[int, BackupTarget] | None:
    rows = enumerate(profile.backup.targets)
    return next(((n, row) for n, row in rows if item.search(known(row.item) or "")), None)


def _has_reason(profile: Profile, item: re.Pattern[str]) -> bool:
    """Whether the city gives a reason for its level, or says that it is 未定."""
    found = _target(profile, item)
    return found is not None and found[1].reason is not None


def _is_standard(system: System) -> bool:
    """The standard of non-functional requirements is for the 20 businesses."""
    return system.standard


@backup_rule("backup-interval")
def interval(case: BackupCase) -> Iterator[Problem]:
    """A copy is taken often enough for the RPO, business days by the city's calendar."""
    plan, calendar = case.plan, case.calendar
    job = known(plan.job_hours) or Decimal(0)
    target, every = business_days(plan.rpo), business_days(plan.interval)
    longest = hours_at_most(plan.interval, calendar)
    if target is not None and every is not None:
        late = every > target
        said = f"「{plan.interval}」"
    elif target is not None:
        allowed = hours_at_least(plan.rpo, calendar)
        late = longest is not None and allowed is not None and longest > allowed
        said = f"「{plan.interval}」"
    else:
        allowed = hours_at_least(plan.rpo, calendar)
        late = longest is not None and allowed is not None and longest + job > allowed
        said = f"「{plan.interval}」"
        if every is not None and longest is not None:
            said += f"（連休をはさむと最長{hours(longest)}）"
        if job:
            said += f"と取得にかかる時間「{hours(job)}」の計"
    if late:
        message = f"{case.name}の取得の間隔{said}が、目標復旧時点「{plan.rpo}」を超えています。"
        yield Problem(case.path("interval"), message, "間隔を短くするか、目標復旧時点を見直してください。")


@backup_rule("backup-restore-rto")
def restore(case: BackupCase) -> Iterator[Problem]:
    """A restore, measured or expected, fits into the RTO."""
    needed, rto = case.restore_hours, case.rto_hours
    if needed is not None and rto is not None and needed > rto:
        how = "復元テストの実績" if case.measured_hours is not None else "復元の見込み時間"
        message = f"{case.name}の{how}「{hours(needed)}」が、目標復旧時間「{case.plan.rto}」を超えています。"
        hint = "復元の方法を改めるか、目標復旧時間を見直してください。判断と準備の時間も要ります。"
        yield Problem(case.path("rto"), message, hint)


@backup_rule("backup-restore-measured")
def measured(case: BackupCase) -> Iterator[Problem]:
    """What was measured beats what is expected."""
    expected, real = known(case.plan.restore_hours), case.measured_hours
    if expected is not None and real is not None and real > expected * _FIFTH:
        message = f"{case.name}の復元の見込み時間「{hours(expected)}」が、復元テストの実績「{hours(real)}」より2割を超えて短くなっています。"
        yield Problem(case.path("restore_hours"), message, "見込みを実績以上の時間に改めてください。")


@backup_rule("backup-rto-standard")
def rto_standard(case: BackupCase) -> Iterator[Problem]:
    """An RTO weaker than the standard's 12 hours has a reason."""
    rto = hours_at_most(case.plan.rto, case.calendar)
    weak = rto is not None and rto > _STANDARD_RTO
    if weak and _is_standard(case.system) and not _has_reason(case.profile, _RTO):
        message = f"{case.name}の目標復旧時間「{case.plan.rto}」が、標準の「12時間以内」より長いのに、理由がありません。"
        hint = "backup.targets の目標復旧時間（RTO）の行に、理由と承認者を書いてください。"
        yield Problem(case.path("rto"), message, hint)


@backup_rule("backup-rpo-standard")
def rpo_standard(case: BackupCase) -> Iterator[Problem]:
    """An RPO weaker than the standard's business day has a reason."""
    count, rpo = business_days(case.plan.rpo), hours_at_most(case.plan.rpo, case.calendar)
    weak = count > _STANDARD_RPO_DAYS if count is not None else rpo is not None and rpo > 24
    if weak and _is_standard(case.system) and not _has_reason(case.profile, _RPO):
        message = f"{case.name}の目標復旧時点「{case.plan.rpo}」が、標準の「1営業日前」より前なのに、理由がありません。"
        hint = "backup.targets の目標復旧時点（RPO）の行に、理由と承認者を書いてください。"
        yield Problem(case.path("rpo"), message, hint)


@backup_rule("backup-uptime-rto")
def uptime(case: BackupCase) -> Iterator[Problem]:
    """One outage as long as the RTO stays within what the uptime allows in a year."""
    found, offered = _target(case.profile, _UPTIME), known(case.system.service_hours)
    rate = uptime_of(known(found[1].chosen) or "") if found else None
    year = hours_a_year(offered) if offered else None
    if rate is None or year is None or case.rto_hours is None:
        return
    allowed = year * (100 - rate) / 100
    if case.rto_hours > allowed:
        message = (
            f"{case.name}の目標復旧時間「{case.plan.rto}」が、稼働率{rate:f}%で1年に止まってよい時間"
            f"「{hours(allowed)}」（提供時間「{offered}」、1年{hours(year)}）を超えています。"
        )
        yield Problem(case.path("rto"), message, "稼働率か目標復旧時間のどちらかを見直してください。")


@profile_rule("backup-uptime-base")
def uptime_base(profile: Profile, on: date) -> Iterator[Problem]:
    """A share of time says of which time: 99.5 % of office hours is a third of 99.5 % of all hours."""
    found = _target(profile, _UPTIME)
    said = "に「平日8時から20時まで」のように書いてください。24時間365日と開庁時間では、止まってよい時間が3倍違います。"
    if found is not None and known(found[1].chosen) is not None and found[1].hours is None:
        number, row = found
        message = f"稼働率「{row.chosen}」の分母（どの時間に対する割合か）が書かれていません。"
        hint = f"目標の行の hours {said}"
        yield Problem(f"backup.targets.{number}.chosen", message, hint, severity=Severity.WARNING)
    for key, contract in profile.contracts.items():
        level = contract.sla
        if level is not None and known(level.uptime) is not None and level.hours is None:
            message = f"契約 {key} のサービスの水準の稼働率に、分母（sla.hours）がありません。"
            hint = f"契約の sla.hours {said}"
            yield Problem(f"contracts.{key}.sla.uptime", message, hint)


@profile_rule("backup-disaster")
def disaster(profile: Profile, on: date) -> Iterator[Problem]:
    """After a disaster within a month, and by hand until then."""
    found = _target(profile, _DISASTER)
    chosen = known(found[1].chosen) if found else None
    if found is not None and chosen and _LONGER.search(chosen) and found[1].reason is None:
        message = f"大規模災害時の再開「{chosen}」が、標準の「1か月以内」より長いのに、理由がありません。"
        yield Problem(f"backup.targets.{found[0]}.chosen", message, "理由と承認者を書いてください。")
    for key, plan in profile.backup.systems.items():
        if plan.manual is None and key in profile.systems:
            message = f"「{profile.systems[key].name}」に、止まったときの手作業（manual）が書かれていません。"
            hint = "再開するまで窓口が何をするか、書いてください。"
            yield Problem(f"backup.systems.{key}", message, hint)


@contract_rule("backup-contract")
def contract(case: Case) -> Iterator[Problem]:
    """What a contract promises is what the plan needs."""
    level = case.contract.sla
    for key in case.contract.systems if level is not None else ():
        plan = case.profile.backup.systems.get(key)
        if plan is None or level is None:
            continue
        weighed = BackupCase(case.profile, key, case.on)
        for field, words, needed in (("rto", "目標復旧時間", plan.rto), ("rpo", "目標復旧時点", plan.rpo)):
            promised = getattr(level, field)
            mine, theirs = (hours_at_most(one, weighed.calendar) for one in (needed, promised))
            if mine is not None and theirs is not None and theirs > mine:
                message = f"契約 {case.key} の{words}「{promised}」が、バックアップ計画の{weighed.name}の「{needed}」より緩くなっています（計画は{case.profile.place(weighed.path(field))}）。"
                hint = "契約で約束させる水準を、計画の水準以上にしてください。"
                yield Problem(case.path(f"sla.{field}"), message, hint)


@contract_rule("backup-contract-uptime")
def contract_uptime(case: Case) -> Iterator[Problem]:
    """The uptime of the contract is that of the plan."""
    found = _target(case.profile, _UPTIME)
    planned = uptime_of(known(found[1].chosen) or "") if found else None
    promised = known(case.contract.sla.uptime) if case.contract.sla else None
    if found is None or planned is None or promised is None or promised == planned:
        return
    place = case.profile.place(f"backup.targets.{found[0]}.chosen")
    message = f"契約 {case.key} の稼働率「{promised.normalize():f}%」が、バックアップ計画の稼働率「{planned:f}%」と違います（計画は{place}）。"
    yield Problem(case.path("sla.uptime"), message, "どちらかを直し、分母もそろえてください。")


@profile_rule("backup-target-system")
def target_of_system(profile: Profile, on: date) -> Iterator[Problem]:
    """No system's RTO is weaker than the one that the city chose for all."""
    found = _target(profile, _RTO)
    text = known(found[1].chosen) if found else None
    number = re.search(r"([0-9]+)時間", text or "")
    if found is None or number is None or found[1].reason is not None:
        return
    for key in profile.backup.systems:
        case = BackupCase(profile, key, on)
        rto = hours_at_most(case.plan.rto, case.calendar)
        if key in profile.systems and _is_standard(case.system) and rto is not None and rto > int(number[1]):
            place = profile.place(f"backup.targets.{found[0]}.chosen")
            message = f"{case.name}の目標復旧時間「{case.plan.rto}」が、団体が選んだ「{text}」（{place}）より長くなっています。"
            yield Problem(case.path("rto"), message, "どちらかを直すか、目標の行に理由を書いてください。")
