"""What the conditions of procedures can ask, each fact with its Japanese name.

Hands out `system_facts`, `city_facts` and their tables. Leans on `profile`, `catalog`,
`businesses`. What the profile leaves open is `Undecided`: the step stays, marked 要確認.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gen.catalog import Fact
from gen.procedure.businesses import business_of, is_gov_cloud
from gen.procedure.rehearsals import COUNT, planned
from gen.profile import Profile, System, Undecided

__all__ = ["CITY_FACTS", "SYSTEM_FACTS", "FactRule", "city_facts", "system_facts"]

FactValue = bool | str | Undecided


@dataclass(frozen=True)
class _Case:
    """The system that is asked about."""

    profile: Profile
    key: str

    @property
    def system(self) -> System:
        return self.profile.systems[self.key]

    def open(self, field: str) -> Undecided:
        path = _path(self.key, field)
        return Undecided(path, self.profile.label(path))


@dataclass(frozen=True)
class FactRule:
    """How one fact is found: its label, the field that it rests on, and the question."""

    label: str
    field: str
    ask: Callable[[Any], FactValue]


def _path(key: str, field: str) -> str:
    """A field of the system, or one that begins with another section of the profile."""
    outside = field.startswith(("cloud.", "migration.", "budget.")) or field == "systems"
    return field if outside else f"systems.{key}.{field}"


# -- one system ----------------------------------------------------------------------------


def _use_mode(case: _Case) -> FactValue:
    """The system's own, else the city's."""
    own = case.system.use_mode
    return case.profile.cloud.use_mode if own is None else own


def _gov_cloud(case: _Case) -> FactValue:
    if case.system.state == "オンプレミス":
        return False
    csp = case.system.csp
    if csp is None or isinstance(csp, Undecided):
        return case.open("csp")
    return is_gov_cloud(csp)


def _standard(case: _Case) -> FactValue:
    business = case.system.business
    return business if isinstance(business, Undecided) else case.system.standard


def _trait(flag: str) -> Callable[[_Case], FactValue]:
    """What the table of businesses says; a business of its own must be asked."""

    def ask(case: _Case) -> FactValue:
        business = business_of(case.system.business)
        answer = None if business is None else getattr(business, flag)
        return case.open("business") if answer is None else bool(answer)

    return ask


def _links(case: _Case) -> FactValue:
    business = business_of(case.system.business)
    return case.open("business") if business is None else bool(business.links)


def _pia_full(case: _Case) -> FactValue:
    """The number of persons decides it (never the population of the city): what the body judged from it."""
    business, found = business_of(case.system.business), case.system.pia
    if business is not None and business.my_number is False:
        return False
    level = None if found is None else found.level
    return level == "全項目" if isinstance(level, str) else case.open("pia.level")


def _gaiji(case: _Case) -> FactValue:
    count = case.system.gaiji_count
    return case.open("gaiji_count") if count is None or isinstance(count, Undecided) else count > 0


def _vendor_change(case: _Case) -> FactValue:
    new, old = case.system.vendor, case.system.former_vendor
    if not isinstance(new, str) or not isinstance(old, str):
        return case.open("vendor" if not isinstance(new, str) else "former_vendor")
    return new != old


def _rehearsal(case: _Case) -> FactValue:
    count = planned(case.profile, case.key).count
    return count if isinstance(count, Undecided) else count > 0


def _parallel(case: _Case) -> FactValue:
    months = case.profile.migration.parallel_months
    return months if isinstance(months, Undecided) else bool(months)


def _moves(case: _Case) -> FactValue:
    """Whether there is a move to prepare: a system that stays in the house has none."""
    system = case.system
    if system.state in ("移行中", "特定移行支援"):
        return True
    return system.state == "オンプレミス" and (system.standard or system.cut_over is not None)


def _given(field: str) -> Callable[[_Case], FactValue]:
    def ask(case: _Case) -> FactValue:
        value = getattr(case.system, field)
        return value is not None and not isinstance(value, Undecided)

    return ask


def _state(word: str) -> Callable[[_Case], FactValue]:
    return lambda case: case.system.state == word


SYSTEM_FACTS: dict[str, FactRule] = {
    "state": FactRule("状態", "state", lambda case: str(case.system.state)),
    "moves": FactRule("これから移行する", "state", _moves),
    "special": FactRule("特定移行支援システム", "state", _state("特定移行支援")),
    "on_premises": FactRule("オンプレミス", "state", _state("オンプレミス")),
    "use_mode": FactRule("利用方式", "use_mode", _use_mode),
    "gov_cloud": FactRule("ガバメントクラウドの利用", "csp", _gov_cloud),
    "csp_given": FactRule("クラウドが決まっている", "csp", _given("csp")),
    "standard": FactRule("標準化対象の20業務", "business", _standard),
    "my_number": FactRule("個人番号の取扱い", "business", _trait("my_number")),
    "pia_full": FactRule("全項目評価の要否", "pia.level", _pia_full),
    "certificates": FactRule("証明書の発行", "business", _trait("certificates")),
    "online": FactRule("オンライン手続", "business", _trait("online")),
    "addresses": FactRule("住所・町字のコード", "business", _trait("addresses")),
    "external_links": FactRule("外部との連携", "business", _links),
    "multi_vendor": FactRule("事業者が2者以上", "systems", lambda case: _vendors(case.profile)),
    "vendor_change": FactRule("事業者の変更", "former_vendor", _vendor_change),
    "gaiji": FactRule("外字", "gaiji_count", _gaiji),
    "freeze": FactRule(
        "停止期間の記載", "migration.freeze", lambda case: bool(case.profile.migration.freeze)
    ),
    "rehearsal": FactRule("移行リハーサルの実施", COUNT, _rehearsal),
    "parallel": FactRule("並行稼働の実施", "migration.parallel_months", _parallel),
    "dated": FactRule(
        "切替日が決まっている", "cut_over", lambda case: isinstance(case.system.cut_over, date)
    ),
    "deadline_given": FactRule("移行の期限の記載", "deadline", _given("deadline")),
    "reason_given": FactRule("理由の記載", "reason", _given("reason")),
}
"""Every fact of one system by name."""


def system_facts(profile: Profile, key: str) -> dict[str, Fact]:
    """The facts of one system.

    Args:
        profile: the city's.
        key: of the system.
    """
    case = _Case(profile, key)
    facts = {
        name: Fact(name, rule.ask(case), rule.label, _path(key, rule.field))
        for name, rule in SYSTEM_FACTS.items()
    }
    if case.system.use_mode is None:
        mode = facts["use_mode"]
        facts["use_mode"] = Fact(mode.name, mode.value, mode.label, "cloud.use_mode")
    return facts


# -- the whole city ------------------------------------------------------------------------


def _vendors(profile: Profile) -> FactValue:
    """Two known vendors are several, whatever else is open."""
    named = [system.vendor for system in profile.systems.values() if system.state != "対象外"]
    known = {vendor for vendor in named if isinstance(vendor, str)}
    if len(known) > 1:
        return True
    if any(not isinstance(vendor, str) for vendor in named):
        return Undecided("systems", profile.label("systems"))
    return False


def _some(name: str) -> Callable[[Profile], FactValue]:
    """Whether a fact holds of a system that moves; open where none surely does and one is open."""

    def ask(profile: Profile) -> FactValue:
        found: list[FactValue] = []
        for key in profile.systems:
            case = _Case(profile, key)
            if SYSTEM_FACTS["moves"].ask(case):
                found.append(SYSTEM_FACTS[name].ask(case))
        if any(value is True for value in found):
            return True
        return next((value for value in found if isinstance(value, Undecided)), False)

    return ask


def _joint(profile: Profile) -> FactValue:
    """Whether any system is shared with other bodies."""
    if profile.cloud.partners:
        return True
    modes = [SYSTEM_FACTS["use_mode"].ask(_Case(profile, key)) for key in profile.systems]
    modes = modes or [profile.cloud.use_mode]
    if any(mode == "共同利用方式" for mode in modes):
        return True
    return next((mode for mode in modes if isinstance(mode, Undecided)), False)


def _some_mode(mode: str) -> Callable[[Profile], FactValue]:
    """Whether a system on ガバメントクラウド that moves is used in this way; open as `_some`."""

    def ask(profile: Profile) -> FactValue:
        open_: Undecided | None = None
        for key in profile.systems:
            case = _Case(profile, key)
            if not SYSTEM_FACTS["moves"].ask(case):
                continue
            cloud, used = SYSTEM_FACTS["gov_cloud"].ask(case), SYSTEM_FACTS["use_mode"].ask(case)
            if cloud is True and used == mode:
                return True
            if cloud is not False and used == mode and isinstance(cloud, Undecided):
                open_ = cloud if open_ is None else open_
            elif cloud is not False and isinstance(used, Undecided):
                open_ = used if open_ is None else open_
        return False if open_ is None else open_

    return ask


def _any_state(word: str) -> Callable[[Profile], FactValue]:
    return lambda profile: any(system.state == word for system in profile.systems.values())


CITY_FACTS: dict[str, FactRule] = {
    "kind": FactRule("団体の種別", "city.kind", lambda profile: str(profile.city.kind)),
    "use_mode": FactRule("団体全体の利用方式", "cloud.use_mode", lambda profile: profile.cloud.use_mode),
    "joint": FactRule("共同利用", "cloud.partners", _joint),
    "gov_cloud": FactRule("ガバメントクラウドの利用", "systems", _some("gov_cloud")),
    "has_systems": FactRule("システムの記載", "systems", lambda profile: bool(profile.systems)),
    "moves": FactRule("これから移行するシステム", "systems", _some("moves")),
    "special": FactRule("特定移行支援システム", "systems", _any_state("特定移行支援")),
    "on_premises": FactRule("オンプレミスのシステム", "systems", _any_state("オンプレミス")),
    "multi_vendor": FactRule("事業者が2者以上", "systems", _vendors),
    "single": FactRule("単独利用方式のシステム", "systems", _some_mode("単独利用方式")),
    "shared": FactRule("共同利用方式のシステム", "systems", _some_mode("共同利用方式")),
    "my_number": FactRule("個人番号を取り扱うシステム", "systems", _some("my_number")),
    "certificates": FactRule("証明書を発行するシステム", "systems", _some("certificates")),
    "online": FactRule("オンライン手続のあるシステム", "systems", _some("online")),
    "addresses": FactRule("住所・町字のコードを持つシステム", "systems", _some("addresses")),
    "clouds": FactRule("利用するクラウドの記載", "cloud.csps", lambda profile: bool(profile.cloud.csps)),
    "subsidy": FactRule("補助金の記載", "budget.subsidies", lambda profile: bool(profile.budget.subsidies)),
}
"""Every fact of the city by name."""


def city_facts(profile: Profile) -> dict[str, Fact]:
    """The facts of the whole city."""
    return {name: Fact(name, rule.ask(profile), rule.label, rule.field) for name, rule in CITY_FACTS.items()}
