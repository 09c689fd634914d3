"""少額随意契約 beyond one contract's limit: the city's own 規則, contracts that were split, leases.

Registers those rules. Leans on `case` and on `procurement`, which knows kinds and limits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gen.japanese import nendo, nendo_wareki
from gen.profile import Profile
from gen.rules.case import Case, known, yen
from gen.rules.procurement import Limit, limit_of, says_first_item
from gen.rules.registry import Problem, contract_rule, profile_rule


@contract_rule("rules-zuikei-missing")
def own_rule_missing(case: Case) -> Iterator[Problem]:
    """The limit is the city's own; where it is not written, the law's stands in."""
    limit = limit_of(case) if says_first_item(case) else None
    if limit is not None and limit.own is None and limit.by_law is not None:
        message = f"団体の規則の少額随意契約の限度額（{limit.words}、rules.zuikei.{limit.field}）がないため、政令の額「{yen(limit.by_law)}」で見ています。"
        hint = "規則の額を書いてください。規則が改正されていなければ、改正前の額が限度です。"
        yield Problem(case.path("method_article"), message, hint)


@contract_rule("contract-zuikei-lease")
def lease(case: Case) -> Iterator[Problem]:
    """Whether a lease of years is weighed by its yearly or its whole rent is for the city's 規則 to say."""
    limit = limit_of(case) if says_first_item(case) else None
    if limit is None or limit.field != "lease_in" or case.span is None or len(case.span.years) == 1:
        return
    message = f"少額随意契約とする借入れの期間が「{case.span}」にわたります。限度額を年額で見るか総額で見るかは、団体の規則によります。"
    hint = "規則を確かめてください。期間を分けて限度額の内にすることはできません。"
    yield Problem(case.path("period"), message, hint)


@profile_rule("contract-zuikei-split")
def split(profile: Profile, on: date) -> Iterator[Problem]:
    """Several small contracts of one kind with one vendor in one year that together exceed the limit."""
    groups: dict[tuple[str, str, int], list[tuple[Case, Limit, int]]] = defaultdict(list)
    for key in profile.contracts:
        case = Case(profile, key, on)
        vendor, span, price = known(case.contract.vendor), case.span, case.payable
        limit = limit_of(case) if says_first_item(case) else None
        if limit is None or limit.least is None or vendor is None or span is None or price is None:
            continue
        if price <= limit.least:
            groups[vendor, limit.field, nendo(span.start)].append((case, limit, price))
    for (_, _, year), rows in groups.items():
        together, limit = sum(price for *_, price in rows), rows[0][1]
        if len(rows) > 1 and limit.least is not None and together > limit.least:
            case = rows[-1][0]
            names = "、".join(one.key for one, *_ in rows)
            message = f"{nendo_wareki(year)}の同じ相手方との少額随意契約（{names}）を合わせると「{yen(together)}」となり、限度額「{yen(limit.least)}」（{limit.words}）を超えます。"
            hint = "一つの契約を分けたものでないか確かめてください。分けて限度額の内にすることはできません。"
            yield Problem(case.path("method_article"), message, hint)
