"""How the other side was chosen: small contracts without tender, and the WTO threshold.

Registers the rules on the method of contract; hands out `Limit`, `limit_of`, `says_first_item`. Leans on `case` and on the law's values by date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gen.japanese import to_halfwidth_digits
from gen.rules.case import Case, known, law_value, yen
from gen.rules.registry import Problem, contract_rule

__all__ = ["Limit", "limit_of", "says_first_item"]

_FIRST_ITEM = re.compile("(?<![0-9一二三四五六七八九十])[1一]号")
_KINDS = (
    ("lease-in", "lease_in", "物件の借入れ", re.compile("賃貸借|賃借|リース|借入")),
    ("purchase", "purchase", "財産の買入れ", re.compile("購入|買入")),
    ("other", "other", "その他（業務委託など）", re.compile("")),
)
"""Name of the law value, field of the city's rule, words, and how a title tells."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit of one kind of small contract.

    Attributes:
        field: of the city's own rule in `rules.zuikei`.
        words: the kind in Japanese.
        own, by_law: the city's and the law's on the day, None where not known.
    """

    field: str
    words: str
    own: int | None
    by_law: int | None

    @property
    def least(self) -> int | None:
        """The one that binds."""
        return min((limit for limit in (self.own, self.by_law) if limit is not None), default=None)


def says_first_item(case: Case) -> bool:
    """Whether the contract rests on 令167条の2第1項第1号."""
    article = known(case.contract.method_article)
    return (
        known(case.contract.method) == "随意契約"
        and article is not None
        and _FIRST_ITEM.search(to_halfwidth_digits(article)) is not None
    )


def limit_of(case: Case) -> Limit:
    """The limit for the kind that the title tells."""
    title = known(case.contract.title) or ""
    name, field, words, _ = next(kind for kind in _KINDS if kind[3].search(title))
    law = law_value(f"small-contract-limit/{name}", case.law_day, case.profile.city.kind)
    by_law = law.value if law and isinstance(law.value, int) else None
    return Limit(field, words, _own_limit(case, field), by_law)


def _own_limit(case: Case, field: str) -> int | None:
    limits = case.profile.rules.zuikei
    found = getattr(limits, field) if limits else None
    return found if isinstance(found, int) else None


@contract_rule("contract-zuikei-limit")
def small_contract(case: Case) -> Iterator[Problem]:
    """The 予定価格, else the total with tax, within the city's own limit, else within the law's on the day."""
    price = known(case.contract.estimate)
    said, field = case.label("estimate"), "estimate"
    if price is None:
        price, said, field = case.payable, case.label("amount.total"), "method_article"
    limit = limit_of(case) if says_first_item(case) else None
    least = limit.least if limit else None
    if price is None or limit is None or least is None or price <= least:
        return
    whose = "団体の規則" if limit.own == least else "地方自治法施行令"
    message = f"{said}（税込「{yen(price)}」）が、少額随意契約の限度額「{yen(least)}」（{whose}、{limit.words}）を超えています。"
    hint = "随意契約の根拠の号を確かめてください。限度額は予定価格で見ます。種類が違うときは、その種類の限度額によります。"
    yield Problem(case.path(field), message, hint)


@contract_rule("rules-zuikei-limit")
def own_rule(case: Case) -> Iterator[Problem]:
    """The city's own limit no higher than the law's, where a contract rests on it."""
    if not says_first_item(case):
        return
    for name, field, words, _ in _KINDS:
        own = _own_limit(case, field)
        law = law_value(f"small-contract-limit/{name}", case.law_day, case.profile.city.kind)
        if own is not None and law and isinstance(law.value, int) and own > law.value:
            message = f"少額随意契約の限度額（{words}）「{yen(own)}」が、政令の額「{yen(law.value)}」を超えています。"
            yield Problem(f"rules.zuikei.{field}", message, "規則の額を確かめてください。", law.basis)


@contract_rule("contract-wto-threshold")
def wto(case: Case) -> Iterator[Problem]:
    """For prefectures and designated cities: at or over the threshold, or a threshold not confirmed."""
    law = law_value("wto-threshold/services", case.law_day, case.profile.city.kind)
    value, said, field = _expected_price(case)
    if law is None or value is None:
        return
    label = f"{said}（税込「{yen(value)}」）"
    if not law.is_confirmed or not isinstance(law.value, int):
        message = f"要確認：{label}が特例政令の適用基準額以上かどうか。この日の基準額は確認できていません。"
        hint = "総務大臣の告示を確かめ、基準額以上なら特例政令の手続によってください。"
        yield Problem(case.path(field), message, hint, law.basis)
    elif value >= law.value:
        message = f"{label}は、特例政令の適用基準額「{yen(law.value)}」以上です。"
        hint = "特例政令の手続（公示、随意契約の理由など）によっているか確かめてください。"
        yield Problem(case.path(field), message, hint, law.basis)


def _expected_price(case: Case) -> tuple[int | None, str, str]:
    """The 予定価額 of 特例政令3条 with its words and field: for a contract without end 48 months of it."""
    monthly = _with_tax(case, known(case.contract.amount.monthly))
    months = law_value("wto-open-term-months", case.law_day, case.profile.city.kind)
    if known(case.contract.open_ended) and monthly is not None and months and isinstance(months.value, int):
        said = f"期間の定めのない{case.label('amount.monthly')}の{months.value}か月分"
        return monthly * months.value, said, "amount.monthly"
    estimate = known(case.contract.estimate)
    if estimate is not None:
        return estimate, case.label("estimate"), "estimate"
    return case.payable, case.label("amount.total"), "amount.total"


def _with_tax(case: Case, amount: int | None) -> int | None:
    kind, tax = known(case.contract.amount.tax_kind), case.tax_of(amount)
    if amount is None or kind is None or tax is None:
        return None
    return amount + tax if kind == "税抜" else amount
