"""Who signs: enough parties, shares that make a whole, the data they handle, the way they sign.

Registers the rules on parties and vendors; that names and leads exist is the profile's own check.
Leans on `case`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from gen.profile import Maybe, Profile, Undecided, is_decided
from gen.rules.case import Case, known
from gen.rules.registry import Problem, contract_rule, profile_rule

_WHOLE = 100


def _shares(shares: Sequence[Maybe[Decimal]]) -> tuple[Decimal, ...] | None:
    """The shares where any is given and none is 未定."""
    if any(isinstance(share, Undecided) for share in shares):
        return None
    return tuple(share for share in shares if isinstance(share, Decimal)) or None


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"


def _not_whole(field: str, words: str, shares: Sequence[Maybe[Decimal]]) -> Iterator[Problem]:
    given = _shares(shares)
    if given is None:
        return
    if len(given) < len(shares):
        message = f"{words}が、{len(shares)}者のうち{len(given)}者にしか書かれていません。"
        yield Problem(field, message, "全員に書くか、決まっていなければ「未定」と書いてください。")
    elif sum(given) != _WHOLE:
        message = (
            f"{words}の合計が{_percent(sum(given, Decimal(0)))}です（{'、'.join(map(_percent, given))}）。"
        )
        yield Problem(field, message, "合計が100%になるように直してください。")


@contract_rule("contract-parties")
def parties(case: Case) -> Iterator[Problem]:
    """Nobody contracts with himself."""
    if len(case.contract.parties) == 1:
        message = f"{case.label('parties')}が1者（{case.contract.parties[0].role}）しかありません。"
        yield Problem(case.path("parties"), message, "この団体を含む全員を書いてください。")


@contract_rule("contract-party-shares")
def party_shares(case: Case) -> Iterator[Problem]:
    """Shares of the parties who have one make a whole; a party without one bears nothing."""
    given = [party.share for party in case.contract.parties if party.share is not None]
    yield from _not_whole(case.path("parties"), f"{case.label('parties')}の負担割合", given)


@contract_rule("contract-former-note")
def former_note(case: Case) -> Iterator[Problem]:
    """A note on contracts taken over names the bodies that concluded them."""
    if case.contract.former_note and not case.profile.city.former:
        message = f"{case.label('former_note')}が「はい」ですが、旧団体（city.former）が書かれていません。"
        hint = "city.former に旧団体を書くか、この項目を消してください。"
        yield Problem(case.path("former_note"), message, hint)


@profile_rule("vendor-members")
def members(profile: Profile, on: date) -> Iterator[Problem]:
    """One firm is no 共同企業体."""
    for key, vendor in profile.vendors.items():
        if vendor.kind == "共同企業体" and len(vendor.members) == 1:
            name = key if isinstance(vendor.name, Undecided) else vendor.name
            message = f"共同企業体「{name}」の構成員が1者しかありません。"
            yield Problem(f"vendors.{key}.members", message, "代表者を含む全員を書いてください。")


@profile_rule("vendor-shares")
def member_shares(profile: Profile, on: date) -> Iterator[Problem]:
    """Shares of the members make a whole."""
    for key, vendor in profile.vendors.items():
        name = key if isinstance(vendor.name, Undecided) else vendor.name
        shares = [member.share for member in vendor.members]
        yield from _not_whole(f"vendors.{key}.members", f"共同企業体「{name}」の構成員の割合", shares)


@contract_rule("contract-my-number")
def my_number(case: Case) -> Iterator[Problem]:
    """特定個人情報 are 個人情報."""
    personal = case.contract.personal_data
    if known(case.contract.my_number) and is_decided(personal) and not personal:
        message = f"契約 {case.key} は、特定個人情報を取り扱うのに、個人情報の取扱い（personal_data）が「いいえ」です。"
        hint = "個人情報の取扱い（personal_data）を「はい」にしてください。特記事項が付きます。"
        yield Problem(case.path("personal_data"), message, hint)


@contract_rule("contract-electronic-rule")
def electronic(case: Case) -> Iterator[Problem]:
    """電子 has a rule of the city behind it."""
    if known(case.contract.sign_mode) == "電子" and case.profile.rules.electronic_contract_rule is None:
        message = f"{case.label('sign_mode')}が「電子」ですが、電子契約の規則（rules.electronic_contract_rule）がありません。"
        yield Problem(case.path("sign_mode"), message, "規則や要綱があれば、名称を書いてください。")
