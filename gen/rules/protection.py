"""What laws outside the Local Autonomy Act ask of a contract: notice of defects, stamps, small vendors.

Registers the rules on 民法637条, 印紙税, フリーランス法 and 取適法. Leans on `case` and on the law's values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.law import LawLookupError, stamp_duty
from gen.profile import Vendor
from gen.rules.case import Case, day, known, law_value, yen
from gen.rules.registry import Problem, contract_rule

_WORK = re.compile("構築|開発|製造|改修|作成|導入|移行作業|データ移行")
_LONG_CYCLES = ("四半期", "半期", "年1回")
_MONTHS = 12


def _vendor(case: Case) -> Vendor | None:
    return case.profile.vendors.get(known(case.contract.vendor) or "")


@contract_rule("contract-warranty")
def warranty(case: Case) -> Iterator[Problem]:
    """The time to give notice of a defect is no shorter than the law's."""
    written, law = known(case.contract.warranty_months), law_value("nonconformity-notice", case.law_day)
    if written is None or law is None or not isinstance(law.value, int) or written >= law.value * _MONTHS:
        return
    message = f"契約 {case.key} の契約不適合の通知期間「{written}か月」が、民法の期間「{law.value}年」より短くなっています。"
    hint = "発注者に不利な特約です。仕様や価格に見合う理由がなければ、12か月以上にしてください。"
    yield Problem(case.path("warranty_months"), message, hint, law.basis)


@contract_rule("contract-stamp")
def stamp(case: Case) -> Iterator[Problem]:
    """A paper contract whose title reads like work (請負) may need a stamp."""
    title, price, vendor = known(case.contract.title), case.payable, _vendor(case)
    if title is None or price is None or known(case.contract.sign_mode) != "紙" or not _WORK.search(title):
        return
    if vendor is not None and vendor.kind == "自治体":
        return
    shown = (
        price - (case.tax_of(case.total) or 0)
        if known(case.contract.amount.tax_kind) == "税込"
        else case.total
    )
    try:
        duty = stamp_duty(shown or 0, case.law_day)
    except LawLookupError:
        return
    if not isinstance(duty.value, int) or duty.value == 0:
        return
    message = f"要確認：契約 {case.key} の件名「{title}」が請負に当たるなら、団体が持つ1通に印紙税「{yen(duty.value)}」がかかります（税抜「{yen(shown or 0)}」）。"
    hint = "請負か準委任かを確かめ、請負なら印紙を貼る者を確かめてください。受注者が持つ1通と電子契約にはかかりません。"
    yield Problem(case.path("title"), message, hint, duty.basis)


@contract_rule("contract-freelance-payment")
def freelance_payment(case: Case) -> Iterator[Problem]:
    """A person who works alone is paid within 60 days of the service."""
    vendor, cycle, span = _vendor(case), known(case.contract.payment.cycle), case.span
    law = law_value("freelance-payment-days", case.law_day)
    if vendor is None or vendor.kind != "個人" or law is None or cycle is None:
        return
    whole = cycle == "完了時一括" and span is not None and span.months > 1
    if cycle in _LONG_CYCLES or whole:
        message = f"契約 {case.key} は、個人の相手方「{known(vendor.name) or case.contract.vendor}」への支払が「{cycle}」のため、初めの月の業務から{law.value}日を超えることがあります。"
        hint = "従業員を使用しない個人なら、毎月の支払にしてください。地方公共団体が同法の業務委託事業者に当たるかは確認できていません（要確認）。"
        yield Problem(case.path("payment.cycle"), message, hint, law.basis)


@contract_rule("contract-freelance-notice")
def freelance_notice(case: Case) -> Iterator[Problem]:
    """A contract of six months and more with such a person is ended with 30 days' notice."""
    vendor, span, written = _vendor(case), case.span, known(case.contract.notice_months)
    law = law_value("freelance-notice-days", case.law_day)
    if vendor is None or vendor.kind != "個人" or law is None or span is None or span.months < 6:
        return
    if written == 0:
        message = f"契約 {case.key} は個人の相手方との6か月以上の契約ですが、任意解除の予告が「0か月」です。解除の予告は少なくとも{law.value}日前までに要ります。"
        hint = "1か月以上にしてください。地方公共団体が同法の業務委託事業者に当たるかは確認できていません（要確認）。"
        yield Problem(case.path("notice_months"), message, hint, law.basis)


@contract_rule("contract-fair-dealing")
def fair_dealing(case: Case) -> Iterator[Problem]:
    """The law on fair dealing with subcontractors has its new title from its day on."""
    vendor = _vendor(case)
    if not known(case.contract.subcontract.allowed) or (vendor is not None and vendor.kind == "自治体"):
        return
    if law_value("subcontract-act", case.law_day) is None:
        message = f"契約 {case.key} の日（{day(case.law_day)}）には、再委託の条が引く取適法の題名は施行されていません（令和8年1月1日から）。"
        hint = "その日に結ぶ契約では「下請代金支払遅延等防止法」と読み替えて確かめてください。"
        yield Problem(case.path("subcontract.allowed"), message, hint)
