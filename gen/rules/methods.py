"""How the other side is chosen, beyond the limits: the article, the 予定価格, the assembly's vote.

Registers the rules on method, estimate, advance payment and 議決. Leans on `case` and on the
law's values by date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.japanese import to_halfwidth_digits
from gen.rules.case import Case, day, known, law_value, yen
from gen.rules.registry import Problem, contract_rule

_ITEM = re.compile("(?<![0-9一二三四五六七八九])([1-9一二三四五六七八九])号")
_WORKS = re.compile("工事|製造の請負")
_PURCHASE = re.compile("購入|買入れ")


@contract_rule("contract-method-article")
def article(case: Case) -> Iterator[Problem]:
    """A 随意契約 names its item; a プロポーザル is one under item 2; a tender names none."""
    method, written = known(case.contract.method), case.contract.method_article
    if method is None or (written is not None and known(written) is None):
        return
    text = to_halfwidth_digits(known(written) or "")
    items = {found.translate(_KANJI) for found in _ITEM.findall(text)}
    if method == "随意契約" and not items:
        what = f"の根拠「{written}」に号がありません" if written is not None else "の根拠の号がありません"
        message = f"{case.label('method')}「随意契約」{what}。"
        hint = (
            "「地方自治法施行令第167条の2第1項第2号」のように号まで書き、随意契約の理由書を作ってください。"
        )
    elif "プロポーザル" in method and items != {"2"}:
        said = f"は「{written}」ですが" if written is not None else "が書かれていません"
        end = "、プロポーザル" if written is not None else "。プロポーザル"
        message = f"{case.label('method')}「{method}」の根拠{said}{end}で選んだ者との契約は、随意契約（第2号）です。"
        hint = (
            "「地方自治法施行令第167条の2第1項第2号」と書き、競争入札に適しない理由を理由書に書いてください。"
        )
    elif "入札" in method and "167条の2" in text:
        message = f"{case.label('method')}は「{method}」ですが、根拠は随意契約の条「{written}」です。"
        hint = "契約の方法か根拠を直してください。"
    else:
        return
    yield Problem(case.path("method_article" if written is not None else "method"), message, hint)


_KANJI = str.maketrans("一二三四五六七八九", "123456789")


@contract_rule("contract-estimate")
def estimate(case: Case) -> Iterator[Problem]:
    """The sum with tax within the 予定価格."""
    written, payable = known(case.contract.estimate), case.payable
    if written is not None and payable is not None and payable > written:
        message = f"{case.label('amount.total')}（税込「{yen(payable)}」）が、予定価格「{yen(written)}」を{yen(payable - written)}超えています。"
        hint = "額を確かめてください。予定価格の制限の範囲内でなければ、契約の相手方とすることができません。"
        yield Problem(case.path("amount.total"), message, hint)


@contract_rule("contract-assembly-works")
def works(case: Case) -> Iterator[Problem]:
    """工事又は製造の請負 at or over the sum that needs a vote."""
    yield from _vote(case, _WORKS, "assembly-approval/works", "工事又は製造の請負")


@contract_rule("contract-assembly-purchase")
def purchase(case: Case) -> Iterator[Problem]:
    """Buying things at or over the sum that needs a vote."""
    yield from _vote(case, _PURCHASE, "assembly-approval/purchase", "財産の取得")


def _vote(case: Case, titles: re.Pattern[str], id: str, words: str) -> Iterator[Problem]:
    title, price = known(case.contract.title), known(case.contract.estimate) or case.payable
    law = law_value(id, case.law_day, case.profile.city.kind)
    if title is None or price is None or not titles.search(title) or law is None:
        return
    if not isinstance(law.value, int) or price < law.value:
        return
    sure = "" if law.is_confirmed else "要確認："
    message = f"{sure}契約 {case.key} の件名「{title}」は{words}と読めます。その額（税込「{yen(price)}」）は、議会の議決を要する額「{yen(law.value)}」以上です。"
    hint = "団体の条例の額を確かめ、議決を要するときは仮契約とし、議決を経てから本契約としてください。"
    yield Problem(case.path("title"), message, hint, law.basis)


@contract_rule("contract-advance-payment")
def advance(case: Case) -> Iterator[Problem]:
    """No instalment falls due on or before the first day of the work."""
    span = case.span
    for number, row in enumerate(case.contract.payment.schedule if span else ()):
        due = known(row.due)
        if span and due is not None and due <= span.start:
            message = f"契約 {case.key} の支払表の{number + 1}行目の期日「{day(due)}」が、契約期間の始期「{day(span.start)}」より後になっていません。前金払に当たります。"
            hint = "前金払ができる経費（地方自治法施行令第163条）か、団体の規則とともに確かめてください。"
            yield Problem(case.path(f"payment.schedule.{number}.due"), message, hint)
