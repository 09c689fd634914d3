"""The typed facts for migration, backup and budget, the confirmations and waivers.

Hands out the dataclasses of those sections, with the same names as the YAML.
Leans on `undecided`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from gen.profile.facts_class import facts
from gen.profile.undecided import Maybe, Open

__all__ = [
    "Backup",
    "BackupCopy",
    "BackupCost",
    "BackupPlan",
    "BackupTarget",
    "Budget",
    "BudgetLine",
    "Confirmation",
    "DataExport",
    "DebtBurden",
    "DoneStep",
    "Duration",
    "Generations",
    "Migration",
    "Milestone",
    "Office",
    "OutsideContact",
    "PartnerLevel",
    "Preparation",
    "Rehearsal",
    "RestoreTest",
    "Subsidy",
    "Waiver",
    "Window",
]

DurationUnit = Literal["分", "時間", "日", "営業日", "週", "か月", "年"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the unit that the person wrote; units are never converted here."""

    value: Decimal
    unit: DurationUnit

    def __str__(self) -> str:
        return f"{self.value:f}{self.unit}"


@facts
class Window:
    """A stretch of days, both counted in: a freeze, an assembly session, a busy season."""

    name: Open[str]
    start: Open[date]
    end: Open[date]
    note: Maybe[str] = None


@facts
class Milestone:
    """A named day."""

    name: Open[str]
    on: Open[date]
    note: Maybe[str] = None


@facts
class Rehearsal:
    """One 移行リハーサル; `systems` are keys, none of them means all."""

    name: Open[str]
    on: Open[date]
    purpose: Maybe[str] = None
    systems: tuple[str, ...] = ()


@facts
class Office:
    """A place that serves citizens and feels the cut-over."""

    name: Open[str]
    address: Maybe[str] = None
    counters: Maybe[int] = None
    reopens: Maybe[str] = None


@facts
class Preparation:
    """What must be in place before a move, and from which day it is; no `systems` means all."""

    name: Open[str]
    kind: Open[Literal["例規の施行", "回線の開通", "連携のテスト", "その他"]]
    on: Open[date]
    systems: tuple[str, ...] = ()


@facts
class DoneStep:
    """A step of the checklist that is done, by its title or id; no `systems` means all that move.

    Of a step that is repeated with each rehearsal the first row is of the first one, and so on.
    """

    step: str
    on: date
    evidence: Maybe[str] = None
    systems: tuple[str, ...] = ()


@facts
class Migration:
    """What the migration checklists need to know. Nought rehearsals are said by `rehearsal_count`."""

    freeze: tuple[Window, ...] = ()
    busy: tuple[Window, ...] = ()
    rehearsals: tuple[Rehearsal, ...] = ()
    rehearsal_count: Maybe[int] = None
    parallel_months: Maybe[int] = None
    decisions: tuple[Milestone, ...] = ()
    offices: tuple[Office, ...] = ()
    assembly: tuple[Window, ...] = ()
    extract_by: Maybe[Literal["現行事業者", "新事業者"]] = None
    point_of_no_return: Maybe[str] = None
    old_system_months: Maybe[int] = None
    preparations: tuple[Preparation, ...] = ()
    done: tuple[DoneStep, ...] = ()


@facts
class BackupTarget:
    """A level of the 非機能要件の標準 and what the city chose; `approver` is a key of `people`.

    For 稼働率, `hours` is the time that it is a share of and `planned_stops` whether a planned stop
    counts as standing still: without them the level is ambiguous by a factor of three.
    """

    item: Open[str]
    standard: Maybe[str] = None
    chosen: Open[str]
    hours: Maybe[str] = None
    planned_stops: Maybe[Literal["含める", "含めない"]] = None
    reason: Maybe[str] = None
    approver: Maybe[str] = None
    approved_on: Maybe[date] = None


@facts
class Generations:
    """How many copies of each kind are kept."""

    daily: Maybe[int] = None
    weekly: Maybe[int] = None
    monthly: Maybe[int] = None
    yearly: Maybe[int] = None


@facts
class BackupCopy:
    """One copy of a system's data, where it lies, how it is encrypted and who holds the key."""

    place: Open[str]
    kind: Maybe[Literal["スナップショット", "別領域の写し", "遠隔地の写し", "オフライン", "複製"]] = None
    csp: Maybe[str] = None
    region: Maybe[str] = None
    account: Maybe[str] = None
    locked: Maybe[bool] = None
    lock_days: Maybe[int] = None
    encrypted: Maybe[bool] = None
    encrypted_in_transit: Maybe[bool] = None
    encryption: Maybe[str] = None
    key_holder: Maybe[str] = None
    key_deputy: Maybe[str] = None
    key_region: Maybe[str] = None
    key_until: Maybe[date] = None


@facts
class RestoreTest:
    """A restore that was tried: when, from what, how long it took."""

    on: Open[date]
    copy: Maybe[str] = None
    hours: Maybe[Decimal] = None
    result: Maybe[Literal["成功", "一部失敗", "失敗"]] = None
    note: Maybe[str] = None


@facts
class DataExport:
    """How the data for finding people are taken out within 72 hours, and how long a drill took."""

    method: Open[str]
    tested_on: Maybe[date] = None
    hours: Maybe[Decimal] = None


@facts
class BackupCost:
    """What backup costs a year, and the day of the prices."""

    yearly: Open[int]
    priced_on: Maybe[date] = None


@facts
class BackupPlan:
    """How one system is backed up."""

    rpo: Open[Duration]
    rto: Open[Duration]
    method: Maybe[str] = None
    interval: Open[Duration]
    job_hours: Maybe[Decimal] = None
    window: Maybe[str] = None
    generations: Generations
    retention: Open[Duration]
    legal_years: Maybe[int] = None
    archive: Maybe[str] = None
    copies: tuple[BackupCopy, ...] = ()
    restore_hours: Maybe[Decimal] = None
    restore_tests: tuple[RestoreTest, ...] = ()
    safety: Open[bool] = False
    export: DataExport | None = None
    manual: Maybe[str] = None


@facts
class OutsideContact:
    """Whom to reach where the same disaster does not strike; an office, never a private number."""

    name: Open[str]
    place: Maybe[str] = None
    contact: Maybe[str] = None
    checked_on: Maybe[date] = None


@facts
class PartnerLevel:
    """What another body of a shared use chose for a system; `system` is a key of `systems`."""

    body: Open[str]
    system: str
    rpo: Maybe[Duration] = None
    rto: Maybe[Duration] = None


@facts
class Backup:
    """What the backup plan needs to know; the keys of `systems` are system keys."""

    targets: tuple[BackupTarget, ...] = ()
    systems: Mapping[str, BackupPlan] = field(default_factory=dict)
    scope: tuple[Literal["データ", "設定", "構成情報", "文書", "この計画"], ...] = ()
    paper_copy: Maybe[str] = None
    review_month: Maybe[int] = None
    cost: BackupCost | None = None
    outside_contact: OutsideContact | None = None
    partners: tuple[PartnerLevel, ...] = ()


@facts
class BudgetLine:
    """One sum of one fiscal year."""

    year: int
    label: Open[str]
    account: Maybe[str] = None
    amount: Open[int]
    source: Maybe[str] = None


@facts
class Subsidy:
    """A subsidy that the city uses or expects."""

    name: Open[str]
    year: Maybe[int] = None
    amount: Maybe[int] = None
    limit: Maybe[int] = None


@facts
class DebtBurden:
    """A 債務負担行為 (地方自治法214条): the matter, its years and its limit."""

    title: Open[str]
    start_year: Maybe[int] = None
    end_year: Maybe[int] = None
    limit: Open[int]
    decided_on: Maybe[date] = None


@facts
class Budget:
    """The money side: accounts, yearly sums, subsidies, 債務負担行為."""

    accounts: tuple[str, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    debt: tuple[DebtBurden, ...] = ()


@facts
class Confirmation:
    """A row of the 確認票 that somebody settled."""

    id: str
    by: Open[str]
    date: Open[date]
    note: Maybe[str] = None


@facts
class Waiver:
    """A rule that the city lowers or leaves out, and on whose approval; `approver` is a key of `people`.

    `field` narrows it to one part of the profile; it holds until `until`, counted in.
    """

    rule: str
    level: Literal["注意", "情報", "示さない"]
    field: str | None = None
    reason: str
    approver: str
    on: date
    until: date | None = None
