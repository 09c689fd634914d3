"""How the copies are encrypted, who holds the keys, and whether a key serves when it is needed.

Registers the rules on encryption and keys. Leans on `backup_case` and `regions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from gen.japanese import to_wareki
from gen.profile import Undecided
from gen.profile.model_plans import BackupCopy
from gen.report import Severity
from gen.rules.backup_case import BackupCase, backup_rule
from gen.rules.case import known
from gen.rules.lengths import days_of
from gen.rules.regions import is_one_region
from gen.rules.registry import Problem

_SECRET = re.compile("3[AB]$|^機密性3$")


def _said(copy: BackupCopy) -> str:
    return f"「{known(copy.place) or '写し'}」"


def _secret(case: BackupCase) -> str:
    """The confidentiality of residents' data, "" for any other."""
    level = known(case.system.confidentiality)
    return level if level is not None and _SECRET.search(level) else ""


@backup_rule("backup-encryption")
def encryption(case: BackupCase) -> Iterator[Problem]:
    """Copies of residents' data are encrypted where they lie and on their way."""
    level = _secret(case)
    for number, copy in enumerate(case.plan.copies if level else ()):
        of = f"{case.name}（{level}）の写し{_said(copy)}"
        if known(copy.encrypted) is False:
            message = f"{of}が、暗号化されていません。"
            yield Problem(case.path(f"copies.{number}.encrypted"), message, "暗号化してください。")
        elif copy.encrypted is None:
            message = f"{of}を暗号化しているか、書かれていません。"
            hint = "encrypted に「はい」か「いいえ」を書いてください。"
            yield Problem(case.path(f"copies.{number}"), message, hint, severity=Severity.WARNING)
        if known(copy.encrypted_in_transit) is False:
            message = f"{of}を送るときに、暗号化していません。"
            hint = "TLSや専用線の上の暗号化などにより、送る間も暗号化してください。"
            yield Problem(case.path(f"copies.{number}.encrypted_in_transit"), message, hint)


@backup_rule("backup-encryption-method")
def method(case: BackupCase) -> Iterator[Problem]:
    """For residents' data it is written how a copy is encrypted, and whether it is on its way too."""
    for number, copy in enumerate(case.plan.copies if _secret(case) else ()):
        wanted = [
            ("暗号化の方式（encryption）", copy.encryption),
            ("送るときの暗号化（encrypted_in_transit）", copy.encrypted_in_transit),
        ]
        if known(copy.kind) == "オフライン":
            wanted.pop()
        left = [words for words, value in wanted if value is None]
        if known(copy.encrypted) and left:
            message = f"{case.name}の暗号化した写し{_said(copy)}に、{'と'.join(left)}が書かれていません。"
            hint = "「AES-256」のような方式と、送るときの暗号化の「はい」「いいえ」を書いてください。"
            yield Problem(case.path(f"copies.{number}"), message, hint)


@backup_rule("backup-key")
def key(case: BackupCase) -> Iterator[Problem]:
    """An encrypted copy names who holds the key, and not one person alone."""
    people = {known(person.name) for person in case.profile.people.values()}
    for number, copy in enumerate(case.plan.copies):
        if not known(copy.encrypted) or isinstance(copy.key_holder, Undecided):
            continue
        holder, deputy = known(copy.key_holder), known(copy.key_deputy)
        if holder is None:
            message = f"{case.name}の暗号化した写し{_said(copy)}に、鍵の管理者（key_holder）がありません。"
            hint = "鍵がなければ復元できません。2人以上で管理する課や係を書いてください。"
            yield Problem(case.path(f"copies.{number}"), message, hint)
        elif holder == deputy:
            message = f"{case.name}の写し{_said(copy)}の鍵の、2人の管理者が同じ「{holder}」です。"
            yield Problem(case.path(f"copies.{number}.key_deputy"), message, "別の人か課を書いてください。")
        elif holder in people and copy.key_deputy is None:
            message = f"{case.name}の写し{_said(copy)}の鍵を、1人（{holder}）だけが管理しています。"
            hint = "もう1人の管理者（key_deputy）を書くか、2人以上で管理する課や係に改めてください。"
            yield Problem(case.path(f"copies.{number}.key_holder"), message, hint)


@backup_rule("backup-key-use")
def key_use(case: BackupCase) -> Iterator[Problem]:
    """A key can be used where the copy is restored, as long as copies are kept."""
    days = days_of(case.plan.retention)
    for number, copy in enumerate(case.plan.copies):
        place, region, until = known(copy.key_region), known(copy.region), known(copy.key_until)
        if place is not None and region is not None and not is_one_region(place, region):
            message = f"{case.name}の写し{_said(copy)}はリージョン「{region}」にありますが、鍵を使えるのは「{place}」です。"
            hint = (
                "本番のリージョンが失われても復元できるように、写しのある所でも鍵を使えるようにしてください。"
            )
            yield Problem(case.path(f"copies.{number}.key_region"), message, hint)
        if until is None or days is None:
            continue
        last = case.on + timedelta(days=int(days))
        if until < last:
            message = f"{case.name}の写し{_said(copy)}の鍵の有効期限「{to_wareki(until)}」が、今取る写しを残す「{to_wareki(last)}」（保存期間「{case.plan.retention}」）より前です。"
            hint = "鍵がなくなると、残っている写しも復元できません。期限を延ばすか、古い鍵を残してください。"
            yield Problem(case.path(f"copies.{number}.key_until"), message, hint)
