"""The typed facts of a city: the body itself, its people, rules, vendors, cloud and systems.

Hands out one frozen dataclass a YAML mapping, with the same names as the YAML.
Leans on `undecided`; contracts and plans stand in `model_contracts` and `model_plans`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Literal

from gen.profile.facts_class import facts
from gen.profile.undecided import Maybe, Open

__all__ = [
    "STANDARD_BUSINESSES",
    "Account",
    "Acting",
    "Assessment",
    "City",
    "Cloud",
    "Csp",
    "DepositRule",
    "Deputation",
    "FormerBody",
    "Head",
    "LongTermOrdinance",
    "Member",
    "NamedAddress",
    "Operator",
    "PenaltyRate",
    "Person",
    "Role",
    "RuleText",
    "Rules",
    "Signatory",
    "Style",
    "System",
    "Vendor",
    "VendorManager",
    "ZuikeiLimits",
]

CityKind = Literal["都道府県", "指定都市", "中核市", "市", "特別区", "町", "村", "一部事務組合", "広域連合"]
UseMode = Literal["単独利用方式", "共同利用方式"]
OperatorRole = Literal["運用管理補助者", "統合運用管理補助者", "ASP", "回線"]
SystemState = Literal["移行済み", "移行中", "特定移行支援", "対象外", "オンプレミス"]
Confidentiality = Literal[
    "機密性1",
    "機密性2",
    "機密性3",
    "機密性3A",
    "機密性3B",
    "機密性3C",
    "自治体機密性1",
    "自治体機密性2",
    "自治体機密性3A",
    "自治体機密性3B",
    "自治体機密性3C",
]

STANDARD_BUSINESSES: tuple[str, ...] = (
    "住民基本台帳",
    "選挙人名簿管理",
    "固定資産税",
    "個人住民税",
    "法人住民税",
    "軽自動車税",
    "国民健康保険",
    "国民年金",
    "障害者福祉",
    "後期高齢者医療",
    "介護保険",
    "児童手当",
    "健康管理",
    "就学",
    "児童扶養手当",
    "生活保護",
    "子ども・子育て支援",
    "印鑑登録",
    "戸籍",
    "戸籍の附票",
)
"""The businesses that 令和4年政令第1号 makes subject to standardisation (標準化法2条1項)."""


@facts
class NamedAddress:
    """One of several offices or places of installation."""

    name: Open[str]
    address: Open[str]


@facts
class Acting:
    """The person who acts for the head: 職務代理者."""

    title: Open[str]
    name: Open[str]


@facts
class Head:
    """The head of the city."""

    title: Open[str]
    name: Open[str]
    acting: Acting | None = None


@facts
class Signatory:
    """Somebody who signs for the city by delegation."""

    title: Open[str]
    name: Open[str]
    body: Maybe[str] = None
    basis: Maybe[str] = None


@facts
class FormerBody:
    """A body that this one succeeded or an earlier name of it."""

    name: Open[str]
    code: Maybe[str] = None
    until: Maybe[date] = None
    note: Maybe[str] = None


@facts
class Style:
    """How the city writes: every choice holds for a whole document."""

    parties: Literal["甲乙", "発注者受注者", "委託者受託者"] = "甲乙"
    comma: Literal["、", "，"] = "、"
    conjunction: Literal["漢字", "ひらがな"] = "漢字"
    digits: Literal["全角", "半角", "混在"] = "混在"
    form: Literal["約款", "条文"] = "約款"
    new_side: Literal["左", "右"] = "左"
    remarks: Literal["なし", "あり"] = "なし"


@facts
class City:
    """The body that signs: who and where it is, and how it writes."""

    name: str
    kind: CityKind
    code: Maybe[str] = None
    prefecture: Maybe[str] = None
    address: Open[str]
    addresses: tuple[NamedAddress, ...] = ()
    wards: tuple[str, ...] = ()
    court: Open[str]
    head: Head
    signatories: Mapping[str, Signatory] = field(default_factory=dict)
    self_word: str
    former: tuple[FormerBody, ...] = ()
    style: Style
    closed_days: tuple[date, ...] = ()
    population: Maybe[int] = None
    fictional: bool = False


@facts
class Person:
    """A member of the staff, with office contacts only."""

    name: Open[str]
    title: Maybe[str] = None
    department: Maybe[str] = None
    email: Maybe[str] = None
    telephone: Maybe[str] = None


@facts
class Role:
    """Who fills a role; one person may fill many. Both are keys of `people`."""

    person: Open[str]
    deputy: Maybe[str] = None


@facts
class RuleText:
    """One of the city's own 規則, 条例 or 方針."""

    name: Open[str]
    number: Maybe[str] = None
    article: Maybe[str] = None


@facts
class LongTermOrdinance:
    """The 条例 under 地方自治法234条の3."""

    name: Open[str]
    number: Maybe[str] = None
    article: Maybe[str] = None
    years_cap: Maybe[int] = None
    price_cap: Maybe[int] = None
    kinds: tuple[str, ...] = ()


@facts
class DepositRule:
    """What the city's 規則 says on the 契約保証金; the rate is in percent."""

    article: Maybe[str] = None
    exempt_article: Maybe[str] = None
    rate: Maybe[Decimal] = None


@facts
class PenaltyRate:
    """The vendor's delay penalty: the rate of the 支払遅延防止法, or a yearly percentage."""

    mode: Open[Literal["支払遅延防止法の率", "率"]]
    value: Maybe[Decimal] = None


@facts
class ZuikeiLimits:
    """The limits of 少額随意契約 by the city's own 規則, in yen."""

    construction: Maybe[int] = None
    purchase: Maybe[int] = None
    lease_in: Maybe[int] = None
    sale: Maybe[int] = None
    lease_out: Maybe[int] = None
    other: Maybe[int] = None


@facts
class Rules:
    """The city's own 規則 and 条例 that a contract names."""

    contract_rule: RuleText | None = None
    longterm_ordinance: LongTermOrdinance | None = None
    deposit: DepositRule | None = None
    security_policy: RuleText | None = None
    bouhai_ordinance: RuleText | None = None
    personal_info_rule: RuleText | None = None
    records_rule: RuleText | None = None
    electronic_contract_rule: RuleText | None = None
    delegation_rule: RuleText | None = None
    penalty_rate: PenaltyRate | None = None
    dango_rate: Maybe[Decimal] = None
    cancel_penalty: Maybe[Decimal] = None
    zuikei: ZuikeiLimits | None = None


@facts
class Member:
    """A member of a 共同企業体: a key of `vendors`, or a name of its own."""

    vendor: Maybe[str] = None
    name: Maybe[str] = None
    address: Maybe[str] = None
    lead: bool = False
    share: Maybe[Decimal] = None


@facts
class Deputation:
    """Who represents a vendor."""

    title: Open[str]
    name: Open[str]


@facts
class VendorManager:
    """The vendor's person in charge; an office contact only."""

    title: Maybe[str] = None
    name: Open[str]
    contact: Maybe[str] = None


@facts
class Vendor:
    """The other side of a contract."""

    name: Open[str]
    kind: Literal["法人", "個人", "共同企業体", "自治体"]
    corporate_number: Maybe[str] = None
    invoice_number: Maybe[str] = None
    address: Open[str]
    head: Deputation
    taxable: Open[bool]
    members: tuple[Member, ...] = ()
    manager: VendorManager | None = None


@facts
class Csp:
    """A cloud that the city uses."""

    name: Open[str]
    regions: tuple[str, ...] = ()
    environment: Maybe[str] = None


@facts
class Operator:
    """A vendor at work in the cloud, and as what. The vendor is a key of `vendors`.

    `csps` are the clouds that it works in; none of them means all.
    """

    vendor: Open[str]
    role: Open[OperatorRole]
    csps: tuple[str, ...] = ()
    scope: Maybe[str] = None


@facts
class Account:
    """A cloud account of the city; the holder is a key of `vendors`."""

    name: Open[str]
    csp: Maybe[str] = None
    environment: Maybe[str] = None
    holder: Maybe[str] = None


@facts
class Cloud:
    """How the city uses ガバメントクラウド. Sums are yen a month, the alert is in percent."""

    use_mode: Open[UseMode]
    csps: tuple[Csp, ...] = ()
    operators: tuple[Operator, ...] = ()
    accounts: tuple[Account, ...] = ()
    partners: tuple[str, ...] = ()
    cost_share: Maybe[str] = None
    cost_limit: Maybe[int] = None
    budget_alert: Maybe[Decimal] = None


@facts
class Assessment:
    """The 特定個人情報保護評価 of one 事務: how many persons, how many who handle, what was done."""

    subjects: Maybe[int] = None
    handlers: Maybe[int] = None
    incident: Maybe[bool] = None
    level: Maybe[Literal["対象外", "基礎項目", "重点項目", "全項目"]] = None
    published_on: Maybe[date] = None


@facts
class System:
    """One system. `vendor`, `former_vendor` and `depends_on` hold keys of the profile."""

    name: str
    business: Open[str]
    state: SystemState
    product: Maybe[str] = None
    vendor: Maybe[str] = None
    csp: Maybe[str] = None
    use_mode: Maybe[UseMode] = None
    cut_over: Maybe[date] = None
    data_gb: Maybe[Decimal] = None
    growth_percent: Maybe[Decimal] = None
    service_hours: Maybe[str] = None
    region: Maybe[str] = None
    owner: Maybe[str] = None
    depends_on: tuple[str, ...] = ()
    confidentiality: Maybe[Confidentiality] = None
    deadline: Maybe[date] = None
    reason: Maybe[str] = None
    gaiji_count: Maybe[int] = None
    former_vendor: Maybe[str] = None
    former_product: Maybe[str] = None
    former_until: Maybe[date] = None
    pia: Assessment | None = None
    notes: Maybe[str] = None

    @property
    def standard(self) -> bool:
        """True when its business is one of the 20 that the law standardises."""
        return self.business in STANDARD_BUSINESSES
