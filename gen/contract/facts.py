"""What the conditions of a contract's templates can ask, each fact with its Japanese name.

Hands out `contract_facts`. Leans on `profile` and `catalog`. A fact that the profile
leaves open is `Undecided`, so that every alternative is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gen.catalog import Fact
from gen.japanese import nendo
from gen.profile import Contract, Profile, Undecided

__all__ = ["FACTS", "contract_facts"]

FactValue = bool | str | Undecided


@dataclass(frozen=True)
class _Case:
    """The contract that is asked about."""

    profile: Profile
    key: str
    contract: Contract

    def body_kind(self, key: object) -> str | None:
        """What kind a party is, by its key of `vendors`; None where it is 未定."""
        vendor = self.profile.vendors.get(key) if isinstance(key, str) else None
        return None if vendor is None else vendor.kind

    @property
    def contractors(self) -> tuple[str | None, ...]:
        """The kinds of all who work for the one that orders (乙 first); a city is a 自治体."""
        if self.contract.parties:
            return tuple(
                "自治体" if party.city else self.body_kind(party.vendor)
                for party in self.contract.parties[1:]
            )
        if self.contract.city_as == "受注者":
            return ("自治体",)
        return (self.body_kind(self.contract.vendor),)

    def open(self, field: str) -> Undecided:
        path = f"contracts.{self.key}.{field}"
        return Undecided(path, self.profile.label(path))


@dataclass(frozen=True)
class FactRule:
    """How one fact is found: its label, the field of the contract it rests on, and the question."""

    label: str
    field: str
    ask: Callable[[_Case], Any]


def _plain(field: str) -> Callable[[_Case], Any]:
    def ask(case: _Case) -> Any:
        value: Any = case.contract
        for name in field.split("."):
            if isinstance(value, Undecided) or value is None:
                break
            value = getattr(value, name)
        return case.open(field) if value is None else value

    return ask


def _is(field: str, word: str) -> Callable[[_Case], Any]:
    def ask(case: _Case) -> Any:
        value = _plain(field)(case)
        return value if isinstance(value, Undecided) else value == word

    return ask


def _vendor_is(kind: str) -> Callable[[_Case], Any]:
    """What 乙 is; 未定 counts as a company, the ordinary case of a draft for a tender."""
    return lambda case: case.contractors[:1] == (kind,)


def _all_bodies(case: _Case) -> bool:
    return bool(case.contractors) and all(kind == "自治体" for kind in case.contractors)


def _taxable(case: _Case) -> Any:
    kind = case.contract.amount.tax_kind
    if kind is None or isinstance(kind, Undecided):
        return False if case.contract.amount.none else case.open("amount.tax_kind")
    return kind in ("税込", "税抜")


def _unit_price(case: _Case) -> bool:
    return bool(case.contract.amount.unit_prices) and case.contract.amount.total is None


def _monthly(case: _Case) -> bool:
    return case.contract.amount.monthly is not None


def _has_payments(case: _Case) -> bool:
    return not case.contract.amount.none and not _unit_price(case)


def _multi_year(case: _Case) -> Any:
    start, end = case.contract.period.start, case.contract.period.end
    if isinstance(start, date) and isinstance(end, date):
        return nendo(start) != nendo(end)
    basis = case.contract.budget_basis
    return basis if isinstance(basis, Undecided) else basis != "単年度"


def _shared_use(case: _Case) -> Any:
    """True where one system is shared; a system without a mode of its own has the city's."""
    whole = case.profile.cloud.use_mode
    own = [case.profile.systems[key].use_mode for key in case.contract.systems]
    modes = [whole if mode is None else mode for mode in own] or [whole]
    if any(mode == "共同利用方式" for mode in modes):
        return True
    return next((mode for mode in modes if isinstance(mode, Undecided)), False)


def _penalty(case: _Case) -> bool:
    return case.profile.rules.cancel_penalty is not None


def _cost_limit(case: _Case) -> bool:
    return case.contract.cost_limit is not None


def _city_orders(case: _Case) -> bool:
    parties = case.contract.parties
    return parties[0].city if parties else case.contract.city_as == "発注者"


def _paid_part(case: _Case) -> bool:
    """Whether another time than the whole contract is paid for, and no 準備期間 says why."""
    c = case.contract
    return c.free_period is None and c.paid_period is not None and c.paid_period != c.period


def _next_year(case: _Case) -> Any:
    return "" if case.contract.next_year is None else case.contract.next_year


def _has_linked(case: _Case) -> bool:
    return case.contract.linked is not None


def _on(event: str) -> Callable[[_Case], bool]:
    """Whether the day of an event is written; a day that is 未定 has not come."""
    return lambda case: isinstance(getattr(case.contract.events, event), date)


def _single_source(case: _Case) -> Any:
    """地方自治法施行令第167条の2第1項: a プロポーザル chooses the party of a 随意契約."""
    method = case.contract.method
    return method if isinstance(method, Undecided) else method == "随意契約" or "プロポーザル" in method


def _sla_penalty(case: _Case) -> Any:
    """The fee is cut by the uptime that was missed: without an uptime there is nothing to cut by."""
    sla = case.contract.sla
    return "目標" if sla is None or sla.penalty is None or sla.uptime is None else sla.penalty


def _extract_by(case: _Case) -> Any:
    by = case.profile.migration.extract_by
    return Undecided("migration.extract_by", case.profile.label("migration.extract_by")) if by is None else by


def _result(case: _Case) -> Any:
    return "" if case.contract.events.result is None else case.contract.events.result


def _cap(case: _Case) -> Any:
    return "上限なし" if case.contract.liability is None else case.contract.liability.cap


FACTS: dict[str, FactRule] = {
    "personal_data": FactRule("個人情報の取扱い", "personal_data", _plain("personal_data")),
    "my_number": FactRule("個人番号の取扱い", "my_number", _plain("my_number")),
    "electronic": FactRule("電子契約", "sign_mode", _is("sign_mode", "電子")),
    "article_form": FactRule(
        "条文形式の契約書", "city.style.form", lambda case: case.profile.city.style.form == "条文"
    ),
    "penalty": FactRule("解除に伴う違約金の定めの有無", "rules.cancel_penalty", _penalty),
    "shared_use": FactRule("共同利用方式", "systems", _shared_use),
    "has_systems": FactRule("対象システムの有無", "systems", lambda case: bool(case.contract.systems)),
    "has_tasks": FactRule("業務一覧の有無", "tasks", lambda case: bool(case.contract.tasks)),
    "has_number": FactRule("契約番号の有無", "number", lambda case: case.contract.number is not None),
    "has_exclude": FactRule("適用除外条項の有無", "exclude", lambda case: bool(case.contract.exclude)),
    "has_payments": FactRule("支払表の要否", "amount", _has_payments),
    "multi_year": FactRule("年度をまたぐ契約", "period", _multi_year),
    "budget_condition": FactRule("予算の成立が条件", "budget_condition", _plain("budget_condition")),
    "budget_basis": FactRule("予算の根拠", "budget_basis", _plain("budget_basis")),
    "budget_cancel": FactRule("予算の減額等による解除の扱い", "budget_cancel", _plain("budget_cancel")),
    "free_period": FactRule(
        "無償の準備期間の有無", "free_period", lambda case: case.contract.free_period is not None
    ),
    "paid_part": FactRule("委託料の支払の対象とする期間の定めの有無", "paid_period", _paid_part),
    "deposit": FactRule("契約保証金の扱い", "deposit.kind", _plain("deposit.kind")),
    "cycle": FactRule("支払の周期", "payment.cycle", _plain("payment.cycle")),
    "monthly": FactRule("月額の定めの有無", "amount.monthly", _monthly),
    "unit_price": FactRule("単価による契約", "amount.unit_prices", _unit_price),
    "no_amount": FactRule("金額のない契約", "amount.none", lambda case: case.contract.amount.none),
    "taxable": FactRule("消費税等の有無", "amount.tax_kind", _taxable),
    "tax_kind": FactRule("税区分", "amount.tax_kind", _plain("amount.tax_kind")),
    "vendor_is_person": FactRule("相手方が個人", "vendor", _vendor_is("個人")),
    "vendor_is_jv": FactRule("相手方が共同企業体", "vendor", _vendor_is("共同企業体")),
    "vendor_is_body": FactRule("相手方が自治体", "vendor", _all_bodies),
    "subcontract_allowed": FactRule("再委託の可否", "subcontract.allowed", _plain("subcontract.allowed")),
    "copyright": FactRule("著作権の扱い", "copyright", _plain("copyright")),
    "cap": FactRule("損害賠償の上限", "liability.cap", _cap),
    "cost_limit": FactRule("有償の変更の上限額の有無", "cost_limit", _cost_limit),
    "city_orders": FactRule("この団体が発注する契約", "city_as", _city_orders),
    "many_parties": FactRule("三者以上の契約", "parties", lambda case: len(case.contract.parties) > 2),
    "has_shares": FactRule(
        "負担割合の有無", "parties", lambda case: any(one.share is not None for one in case.contract.parties)
    ),
    "has_duties": FactRule(
        "当事者ごとの義務の有無",
        "parties",
        lambda case: any(one.duty is not None for one in case.contract.parties),
    ),
    "has_former": FactRule(
        "旧団体の契約の承継の注記",
        "former_note",
        lambda case: bool(case.profile.city.former) and case.contract.former_note,
    ),
    "split": FactRule("構築と運用の契約", "split", _plain("split")),
    "has_linked": FactRule("関連する契約の有無", "linked", _has_linked),
    "has_run_period": FactRule(
        "運用期間の有無", "run_period", lambda case: case.contract.run_period is not None
    ),
    "has_deliverables": FactRule(
        "成果物一覧の有無", "deliverables", lambda case: bool(case.contract.deliverables)
    ),
    "has_sublets": FactRule("再委託先の有無", "sublets", lambda case: bool(case.contract.sublets)),
    "has_sla": FactRule("サービスの水準の有無", "sla", lambda case: case.contract.sla is not None),
    "sla_penalty": FactRule("サービスの水準の未達の扱い", "sla.penalty", _sla_penalty),
    "assembly": FactRule("議会の議決を要する契約", "assembly", _plain("assembly")),
    "coordinates": FactRule("統合運用管理補助", "coordinates", _plain("coordinates")),
    "extract_by": FactRule("データを抽出する者", "migration.extract_by", _extract_by),
    "single_source": FactRule("随意契約（プロポーザル方式を含む。）", "method", _single_source),
    "invited": FactRule("公告等の日の有無", "events.invited", _on("invited")),
    "drafted": FactRule("起案日の有無", "events.drafted", _on("drafted")),
    "started": FactRule("着手日の有無", "events.started", _on("started")),
    "applied": FactRule("再委託の申請日の有無", "events.applied", _on("applied")),
    "consented": FactRule("再委託の承諾日の有無", "events.consented", _on("consented")),
    "finished": FactRule("完了日の有無", "events.finished", _on("finished")),
    "inspected": FactRule("検査日の有無", "events.inspected", _on("inspected")),
    "result": FactRule("検査の結果", "events.result", _result),
    "billed": FactRule("請求日の有無", "events.billed", _on("billed")),
    "erased": FactRule("消去日の有無", "events.erased", _on("erased")),
    "next_year": FactRule("翌年度以降の扱い", "next_year", _next_year),
}
"""Every fact by name. `docs/template-fields.md` lists them."""


def contract_facts(profile: Profile, key: str) -> dict[str, Fact]:
    """The facts of one contract.

    Args:
        profile: the city's.
        key: of the contract.
    """
    case = _Case(profile, key, profile.contracts[key])
    return {
        name: Fact(name, _value(rule.ask(case)), rule.label, _path(key, rule.field))
        for name, rule in FACTS.items()
    }


def _path(key: str, field: str) -> str:
    """A field of the contract, or one that begins with another section of the profile."""
    return field if field.startswith(("city.", "rules.", "migration.")) else f"contracts.{key}.{field}"


def _value(value: Any) -> FactValue:
    if isinstance(value, (bool, str, Undecided)):
        return value
    raise TypeError(f"not a fact: {value!r}")
