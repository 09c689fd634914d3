"""The city's own 条例, 規則 and 方針 that its contracts lean on, and how many copies are signed.

Registers the rules on what `rules` of the profile must name. Leans on `case`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from gen.law import all_values
from gen.profile import Contract, Profile
from gen.rules.case import Case, day, known, law_value
from gen.rules.registry import Problem, contract_rule, profile_rule

_LATE = "late-interest-rate"
_USUAL_RATES = (Decimal(10), Decimal(20))


def _vendors(profile: Profile) -> Iterator[tuple[str, Contract]]:
    """The contracts for money with somebody who is no public body."""
    for key, contract in profile.contracts.items():
        vendor = profile.vendors.get(known(contract.vendor) or "")
        if not contract.amount.none and (vendor is None or vendor.kind != "自治体"):
            yield key, contract


def _needed(
    profile: Profile, field: str, words: str, hint: str, when: Callable[[Contract], bool]
) -> Iterator[Problem]:
    """One problem where a contract needs what `rules` does not name."""
    found = [key for key, contract in _vendors(profile) if when(contract)]
    if found and getattr(profile.rules, field) is None:
        names = "、".join(found)
        message = f"契約（{names}）に要る{words}（rules.{field}）が書かれていません。"
        yield Problem(f"contracts.{found[0]}", message, hint)


@profile_rule("rules-penalty-rate")
def penalty_rate(profile: Profile, on: date) -> Iterator[Problem]:
    """The rate of the vendor's delay penalty is the city's own."""
    hint = (
        "規則の率か「支払遅延防止法の率」を書いてください。契約書は、率を書かなければ規則の定めによります。"
    )
    yield from _needed(profile, "penalty_rate", "受注者の遅延違約金の率", hint, lambda _: True)


@profile_rule("rules-penalty-literal")
def penalty_literal(profile: Profile, on: date) -> Iterator[Problem]:
    """A rate that was once the law's, typed as a number, changes when the law's does."""
    rule = profile.rules.penalty_rate
    typed = known(rule.value) if rule is not None and known(rule.mode) == "率" else None
    once = {row.value for row in all_values() if row.id == _LATE and row.is_confirmed}
    law = law_value(_LATE, on)
    if typed is None or typed not in once or law is None or (law.is_confirmed and law.value == typed):
        return
    if law.is_confirmed:
        message = (
            f"受注者の遅延違約金の率「年{typed:f}%」は、前の支払遅延防止法の率です。今は年{law.value}%です。"
        )
    else:
        message = f"要確認：受注者の遅延違約金の率「年{typed:f}%」は、{_until(typed)}までの支払遅延防止法の率です。この日の率は確認できていません。"
    hint = "法律の率によるのなら「支払遅延防止法の率」と書いてください。団体の規則が定めた率なら、そのままで構いません。"
    yield Problem("rules.penalty_rate", message, hint, law.basis)


def _until(rate: Decimal) -> str:
    """The last day on which the law had this rate."""
    days = [row.until for row in all_values() if row.id == _LATE and row.value == rate and row.until]
    return day(max(days)) if days else "前"


@profile_rule("rules-personal-info")
def personal_info(profile: Profile, on: date) -> Iterator[Problem]:
    """The city's rule on personal data, where a contract handles them."""
    hint = "個人情報の保護に関する法律施行条例などの名称と番号を書いてください。特記事項は、公告や見積依頼のときに相手方に示します。"
    yield from _needed(
        profile,
        "personal_info_rule",
        "個人情報の保護の条例",
        hint,
        lambda contract: known(contract.personal_data) is True,
    )


@profile_rule("rules-security-policy")
def security_policy(profile: Profile, on: date) -> Iterator[Problem]:
    """The city's security policy, which the vendor has to keep."""
    hint = (
        "情報セキュリティポリシーの名称と改定の日を書いてください。受注者が守る方針として契約書が引きます。"
    )
    yield from _needed(profile, "security_policy", "情報セキュリティポリシー", hint, lambda _: True)


@profile_rule("rules-bouhai")
def bouhai(profile: Profile, on: date) -> Iterator[Problem]:
    """The 条例 that the special terms against organised crime rest on."""
    hint = "暴力団排除条例の名称と番号を書いてください。"
    yield from _needed(profile, "bouhai_ordinance", "暴力団排除条例", hint, lambda _: True)


@profile_rule("rules-dango")
def dango(profile: Profile, on: date) -> Iterator[Problem]:
    """The rate of damages for bid-rigging is given, and one of the two usual ones."""
    hint = "団体の約款の率（10%又は20%が多い）を書いてください。"
    yield from _needed(profile, "dango_rate", "談合等の不正行為に係る賠償金の率", hint, lambda _: True)
    rate = known(profile.rules.dango_rate)
    if rate is not None and rate not in _USUAL_RATES and any(True for _ in _vendors(profile)):
        message = f"談合等の不正行為に係る賠償金の率「{rate.normalize():f}%」は、多くの団体の約款の率（10%又は20%）と違います。"
        yield Problem("rules.dango_rate", message, "団体の約款の率を確かめてください。")


@contract_rule("contract-copies")
def copies(case: Case) -> Iterator[Problem]:
    """One paper copy for each party; an electronic contract has none."""
    written, mode = known(case.contract.copies), known(case.contract.sign_mode)
    parties = len(case.contract.parties) or 2
    if written is None:
        return
    if mode == "電子":
        message = f"{case.label('sign_mode')}が「電子」ですが、通数「{written}通」が書かれています。"
        yield Problem(
            case.path("copies"),
            message,
            "電子契約に通数はありません。行を消すか、締結の方式を直してください。",
        )
    elif mode == "紙" and written < parties:
        message = f"{case.label('copies')}「{written}通」が、当事者の数「{parties}」に足りません。"
        hint = "当事者が1通ずつ持つ通数にしてください。写しを持つ当事者があるときは、そのままで構いません。"
        yield Problem(case.path("copies"), message, hint)
