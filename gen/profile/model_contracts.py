"""The typed facts of the city's contracts.

Hands out `Contract` and its parts, with the same names as the YAML; sums are whole yen.
Leans on `undecided`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from gen.profile.facts_class import facts
from gen.profile.model_plans import Duration
from gen.profile.undecided import Maybe, Open

__all__ = [
    "Amount",
    "Contract",
    "Day",
    "DayWord",
    "Deliverable",
    "Deposit",
    "Events",
    "Hours",
    "Instalment",
    "LevelItem",
    "Liability",
    "Manager",
    "Party",
    "Payment",
    "Period",
    "ServiceLevel",
    "Subcontract",
    "Sublet",
    "Task",
    "UnitPrice",
    "YearAmount",
]


class DayWord(StrEnum):
    """A day that the signing fixes, so that no date can be written yet."""

    SIGNING = "契約締結日"
    AFTER_SIGNING = "契約締結日の翌日"


Day: TypeAlias = date | DayWord
"""A date, or a day that follows from the signing."""

Side = Literal["発注者", "受注者"]
TaxKind = Literal["税込", "税抜", "非課税", "免税"]
Rounding = Literal["切捨て", "切上げ", "四捨五入"]
Cycle = Literal["毎月", "四半期", "半期", "年1回", "完了時一括", "分割"]
Method = Literal[
    "一般競争入札",
    "総合評価一般競争入札",
    "指名競争入札",
    "公募型プロポーザル",
    "指名型プロポーザル",
    "随意契約",
    "せり売り",
]
BudgetBasis = Literal["単年度", "債務負担行為", "長期継続契約"]
ContractState = Literal["案", "決裁済み", "締結済み", "終了"]


@facts
class Party:
    """One party of a contract of three and more: a key of `vendors`, or the city itself."""

    role: str
    vendor: Maybe[str] = None
    city: bool = False
    duty: Maybe[str] = None
    share: Maybe[Decimal] = None


@facts
class Period:
    """From a day to a day, both counted in."""

    start: Open[Day]
    end: Open[Day]


@facts
class UnitPrice:
    """The price of one unit of something."""

    item: Open[str]
    unit: Maybe[str] = None
    price: Open[int]


@facts
class Amount:
    """What the contract costs. `none` is true for a paper without money.

    `total` is None where there is no money or only unit prices.
    """

    none: bool = False
    tax_kind: Maybe[TaxKind] = None
    total: Maybe[int] = None
    tax: Maybe[int] = None
    monthly: Maybe[int] = None
    months: Maybe[int] = None
    first: Maybe[int] = None
    unit_prices: tuple[UnitPrice, ...] = ()
    rounding: Maybe[Rounding] = None


@facts
class YearAmount:
    """The sum that falls in one fiscal year (2026 is 令和8年度)."""

    year: int
    amount: Open[int]


@facts
class Instalment:
    """One payment of several."""

    label: Open[str]
    due: Maybe[date] = None
    amount: Open[int]


@facts
class Payment:
    """When the city pays; `days` counts from a lawful invoice."""

    cycle: Maybe[Cycle] = None
    days: Maybe[int] = None
    schedule: tuple[Instalment, ...] = ()


@facts
class Deposit:
    """The 契約保証金."""

    kind: Open[Literal["免除", "納付", "保証", "不要"]]
    article: Maybe[str] = None
    amount: Maybe[int] = None
    form: Maybe[str] = None


@facts
class Task:
    """One row of the 業務一覧."""

    name: Open[str]
    detail: Maybe[str] = None
    output: Maybe[str] = None
    when: Maybe[str] = None


@facts
class Deliverable:
    """One row of the 成果物一覧."""

    name: Open[str]
    form: Maybe[str] = None
    copies: Maybe[str] = None
    due: Maybe[str] = None


@facts
class Sublet:
    """A part of the work that the vendor asks to sublet. `vendor` is the name as typed."""

    vendor: Open[str]
    address: Maybe[str] = None
    work: Open[str]
    reason: Maybe[str] = None
    amount: Maybe[int] = None
    data: Maybe[str] = None
    control: Maybe[str] = None


@facts
class Events:
    """What happened in the course of a contract, as its forms print it; `inspector` is a key of `people`."""

    invited: Maybe[date] = None
    drafted: Maybe[date] = None
    started: Maybe[date] = None
    applied: Maybe[date] = None
    consented: Maybe[date] = None
    consent_number: Maybe[str] = None
    finished: Maybe[date] = None
    inspected: Maybe[date] = None
    inspector: Maybe[str] = None
    result: Maybe[Literal["合格", "不合格"]] = None
    billed: Maybe[date] = None
    billed_amount: Maybe[int] = None
    erased: Maybe[date] = None
    erase_method: Maybe[str] = None


@facts
class Subcontract:
    """Whether work may be sublet, and which core part never."""

    allowed: Open[bool]
    core: tuple[str, ...] = ()


@facts
class Manager:
    """The vendor's 業務責任者 for this contract."""

    title: Maybe[str] = None
    name: Open[str]


@facts
class Liability:
    """A limit to the vendor's damages; without this mapping the law alone applies."""

    cap: Open[Literal["上限なし", "契約金額", "金額"]]
    amount: Maybe[int] = None


@facts
class Hours:
    """When the vendor works for the city."""

    text: Open[str]


@facts
class LevelItem:
    """A level that the profile has no field for, as a row of the サービスレベル合意書."""

    item: Open[str]
    measure: Maybe[str] = None
    level: Open[str]


@facts
class ServiceLevel:
    """What the vendor promises; `hours` is the time that `uptime` is a share of."""

    rto: Maybe[Duration] = None
    rpo: Maybe[Duration] = None
    uptime: Maybe[Decimal] = None
    hours: Maybe[str] = None
    penalty: Maybe[Literal["目標", "減額"]] = None
    items: tuple[LevelItem, ...] = ()


@facts
class Contract:
    """One contract. `vendor`, `signatory` and `systems` hold keys of the profile.

    `vendor` is None where `parties` names them all.
    """

    template: str
    title: Open[str]
    number: Maybe[str] = None
    vendor: Maybe[str] = None
    parties: tuple[Party, ...] = ()
    city_as: Side = "発注者"
    signatory: Maybe[str] = None
    place: Open[str]
    period: Period
    open_ended: Open[bool] = False
    free_period: Period | None = None
    paid_period: Period | None = None
    signed_on: Maybe[date] = None
    amount: Amount
    tax_rate: Maybe[Decimal] = None
    yearly: tuple[YearAmount, ...] = ()
    payment: Payment
    account: Maybe[str] = None
    method: Open[Method]
    method_article: Maybe[str] = None
    estimate: Maybe[int] = None
    budget_basis: Open[BudgetBasis]
    budget_condition: Open[bool] = False
    budget_item: Maybe[str] = None
    budget_limit: Maybe[int] = None
    deposit: Deposit
    sign_mode: Open[Literal["紙", "電子"]]
    copies: Maybe[int] = None
    systems: tuple[str, ...] = ()
    former_note: bool = False
    coordinates: bool = False
    assembly: Open[bool] = False
    split: Literal["別契約", "一体"] = "一体"
    linked: Maybe[str] = None
    run_period: Period | None = None
    deliverables: tuple[Deliverable, ...] = ()
    sublets: tuple[Sublet, ...] = ()
    events: Events
    reason: Maybe[str] = None
    tasks: tuple[Task, ...] = ()
    personal_data: Open[bool]
    my_number: Open[bool]
    subcontract: Subcontract
    manager: Manager | None = None
    plan_days: Maybe[int] = None
    inspect_days: Maybe[int] = None
    report_day: Maybe[int] = None
    first_report_minutes: Maybe[int] = None
    liability: Liability | None = None
    warranty_months: Maybe[int] = None
    copyright: Maybe[Literal["譲渡", "許諾", "該当なし"]] = None
    hours: Hours | None = None
    sla: ServiceLevel | None = None
    cost_limit: Maybe[int] = None
    notice_months: Maybe[int] = None
    log_months: Maybe[int] = None
    eol_months: Maybe[int] = None
    budget_cancel: Maybe[Literal["損害賠償なし", "協議"]] = None
    exclude: tuple[str, ...] = ()
    next_year: Maybe[Literal["別契約", "継続"]] = None
    state: ContractState = "案"
    note: Maybe[str] = None
