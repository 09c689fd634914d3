"""長期継続契約: its 条例 and the years that it allows.

Registers the rules under 地方自治法234条の3. Leans on `case`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gen.profile import Profile, Undecided
from gen.report import Severity
from gen.rules.case import Case, Span, day, known, yen
from gen.rules.registry import Problem, contract_rule, profile_rule

_LAW = "地方自治法第234条の3、地方自治法施行令第167条の17"
_BY_LAW_ITSELF = re.compile("電気通信|通信サービス|回線|電話")
"""Services that 234条の3 names itself, so that no 条例 is needed."""


def _is_longterm(case: Case) -> bool:
    return known(case.contract.budget_basis) == "長期継続契約"


@contract_rule("contract-longterm-ordinance")
def ordinance(case: Case) -> Iterator[Problem]:
    """A 条例 is named, except for what the law names itself."""
    if not _is_longterm(case) or case.profile.rules.longterm_ordinance is not None:
        return
    title = known(case.contract.title)
    by_law = title is None or _BY_LAW_ITSELF.search(title) is not None
    message = f"{case.label('budget_basis')}が「長期継続契約」ですが、長期継続契約の条例（rules.longterm_ordinance）がありません。"
    hint = "条例の名称と番号を書いてください。"
    if by_law:
        hint += "電気通信役務の提供を受ける契約なら、条例は要りません。"
    yield Problem(case.path("budget_basis"), message, hint, severity=Severity.WARNING if by_law else None)


@profile_rule("rules-longterm-number")
def number(profile: Profile, on: date) -> Iterator[Problem]:
    """The number of the 条例, once, when a contract needs it."""
    found = profile.rules.longterm_ordinance
    used = any(_is_longterm(Case(profile, key, on)) for key in profile.contracts)
    if used and found is not None and found.number is None:
        name = "" if isinstance(found.name, Undecided) else f"「{found.name}」"
        message = f"長期継続契約の条例{name}の番号がありません。"
        hint = "「平成17年青葉台市条例第40号」のように書いてください。"
        yield Problem("rules.longterm_ordinance.number", message, hint)


@contract_rule("contract-longterm-years")
def years(case: Case) -> Iterator[Problem]:
    """The paid period within the cap; a free period before it may or may not count."""
    found, whole = case.profile.rules.longterm_ordinance, case.span
    cap = known(found.years_cap) if found else None
    if not _is_longterm(case) or cap is None or whole is None or not _exceeds(whole, cap):
        return
    paid = case.paid
    light = Severity.WARNING if paid and not _exceeds(paid, cap) else None
    message = f"{case.label('period')}「{whole}」が、長期継続契約の条例の上限「{cap}年」を超えています（{day(_last_day(whole, cap))}まで）。"
    hint = "終期を直してください。"
    if light:
        hint = "準備期間を年数に数えるか、条例と運用を確かめてください。課金期間は上限の内です。"
    yield Problem(case.path("period.end"), message, hint, severity=light)


def _exceeds(span: Span, cap: int) -> bool:
    return span.start.year + cap <= span.end.year and span.end > _last_day(span, cap)


def _last_day(span: Span, cap: int) -> date:
    """The day before the same day `cap` years on (民法143条2項); the last of February where there is none."""
    year = span.start.year + cap
    try:
        return span.start.replace(year=year) - timedelta(days=1)
    except ValueError:
        return date(year, 2, 28)


@contract_rule("contract-longterm-price")
def price(case: Case) -> Iterator[Problem]:
    """The sum within the cap of the ordinance, where it has one; it may be one of a year."""
    found, whole = case.profile.rules.longterm_ordinance, case.payable
    cap = known(found.price_cap) if found else None
    if not _is_longterm(case) or cap is None or whole is None or whole <= cap:
        return
    place = case.profile.place("rules.longterm_ordinance.price_cap")
    yearly = -(-whole * 12 // case.months) if case.months else None
    message = f"{case.label('amount.total')}（税込「{yen(whole)}」）が、長期継続契約の条例の額の上限「{yen(cap)}」（{place}）を超えています。"
    if yearly is not None and yearly <= cap:
        hint = f"条例の上限が年額か総額かを確かめてください。年額にすると{yen(yearly)}で、上限の内です。"
        yield Problem(case.path("amount.total"), message, hint, severity=Severity.WARNING)
    else:
        yield Problem(
            case.path("amount.total"), message, "額を確かめ、超えるのなら債務負担行為によってください。"
        )


_WORDS = re.compile("[一-龥]{2,}|[ァ-ヶー]{3,}")
_COMMON = frozenset({"業務", "委託", "契約"})
"""Words of nearly every title, which tell no kind."""


@contract_rule("contract-longterm-kind")
def kind(case: Case) -> Iterator[Problem]:
    """The ordinance lists kinds, and the title shares a word with one of them."""
    found, title = case.profile.rules.longterm_ordinance, known(case.contract.title)
    if not _is_longterm(case) or found is None or title is None or _BY_LAW_ITSELF.search(title):
        return
    pairs = {word[n : n + 2] for word in _WORDS.findall(title) for n in range(len(word) - 1)} - _COMMON
    if any(pair in kind for kind in found.kinds for pair in pairs):
        return
    if found.kinds:
        kinds = "、".join(f"「{kind}」" for kind in found.kinds)
        message = f"契約 {case.key} の件名「{title}」が、長期継続契約の条例の対象（{kinds}）のどれに当たるか、件名からは読めません。"
        hint = "条例の対象に当たることを確かめてください。当たらなければ、債務負担行為によります。"
    else:
        message = "長期継続契約の条例の対象の種類（rules.longterm_ordinance.kinds）が書かれていません。"
        hint = "条例が対象とする契約の種類を書き、この契約がそれに当たるか確かめてください。"
    yield Problem(case.path("budget_basis"), message, hint)


@contract_rule("contract-longterm-cancel")
def cancel(case: Case) -> Iterator[Problem]:
    """What happens when the budget is cut is settled in a 長期継続契約, and only there."""
    basis, written = known(case.contract.budget_basis), case.contract.budget_cancel
    if basis == "長期継続契約" and written is None:
        message = f"{case.label('budget_basis')}が「長期継続契約」ですが、予算の減額等による解除の扱い（budget_cancel）がありません。"
        hint = "「損害賠償なし」か「協議」を書いてください。決まっていなければ「未定」と書きます。"
        yield Problem(case.path("budget_basis"), message, hint)
    elif basis in ("債務負担行為", "単年度") and known(written) is not None:
        message = f"予算の減額等による解除の扱い「{written}」がありますが、{case.label('budget_basis')}は「{basis}」です。"
        hint = "予算で債務を負担する契約には、この解除の条項を入れません。行を消してください。"
        yield Problem(case.path("budget_cancel"), message, hint)
