"""How long copies are kept and locked, and what must be kept longer elsewhere.

Registers the rules on generations, retention and locks. Leans on `backup_case` and on the
arithmetic of `backup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from gen.backup.arithmetic import Generations, oldest_days
from gen.japanese import to_wareki
from gen.report import Severity
from gen.rules.backup_case import BackupCase, backup_rule
from gen.rules.case import Case, known
from gen.rules.lengths import days_of
from gen.rules.registry import Problem

_SECRET = re.compile("3[AB]$")
_LOOK_BACK = 90
_SLACK = Decimal("1.1")
"""A month counts 30 days in the arithmetic and up to 31 in the calendar."""


def _kept(case: BackupCase) -> Generations | None:
    """The generations, None where one of them is 未定 or none is written."""
    rows = case.plan.generations
    values = (rows.daily, rows.weekly, rows.monthly, rows.yearly)
    if any(value is not None and known(value) is None for value in values):
        return None
    kept = Generations(*(known(value) or 0 for value in values))
    return kept if kept else None


@backup_rule("backup-lock-retention")
def lock_retention(case: BackupCase) -> Iterator[Problem]:
    """A lock ends no later than the retention: nothing can be deleted before."""
    days = days_of(case.plan.retention)
    for number, copy in enumerate(case.plan.copies):
        locked = known(copy.lock_days)
        if (
            locked is not None
            and days is not None
            and known(copy.locked) is not False
            and locked > days * _SLACK
        ):
            message = f"{case.name}の写し「{known(copy.place) or number + 1}」の禁止の日数「{locked}日」が、保存期間「{case.plan.retention}」より長くなっています。"
            hint = "禁止の間は削除できません。保存期間を延ばすか、禁止の日数を短くしてください。"
            yield Problem(case.path(f"copies.{number}.lock_days"), message, hint)


@backup_rule("backup-lock-contract")
def lock_contract(case: BackupCase) -> Iterator[Problem]:
    """Copies locked today outlast no contract that nobody follows."""
    locks = [known(copy.lock_days) or 0 for copy in case.plan.copies if known(copy.locked)]
    ends = [
        (span.end, key)
        for key, contract in case.profile.contracts.items()
        if case.key in contract.systems
        and contract.next_year is None
        and (span := Case(case.profile, key, case.on).span) is not None
    ]
    if not locks or not ends:
        return
    end, key = max(ends)
    free = case.on + timedelta(days=max(locks))
    if case.on <= end < free:
        message = f"{case.name}の写しは、今取ると{to_wareki(free)}まで消せませんが、契約 {key} は{to_wareki(end)}に終わります。"
        hint = "終わった後の保管料を払う者と、引き継ぐ契約（next_year）を決めてください。"
        yield Problem(case.path("copies"), message, hint)


@backup_rule("backup-generations")
def generations(case: BackupCase) -> Iterator[Problem]:
    """The generations reach back as far as the retention says, and no further."""
    kept, days = _kept(case), days_of(case.plan.retention)
    if kept is None or days is None:
        return
    oldest = oldest_days(kept)
    if oldest > days * _SLACK:
        message = f"{case.name}の世代（{kept.in_words()}）は{oldest}日前まで要りますが、保存期間は「{case.plan.retention}」です。"
        yield Problem(case.path("retention"), message, "保存期間を延ばすか、世代を減らしてください。")
    elif oldest * _SLACK < days:
        message = f"{case.name}の保存期間は「{case.plan.retention}」ですが、世代（{kept.in_words()}）は{oldest}日前までしかありません。"
        hint = "月次や年次の世代を加えるか、保存期間を世代に合わせてください。"
        yield Problem(case.path("retention"), message, hint, severity=Severity.WARNING)


@backup_rule("backup-look-back")
def look_back(case: BackupCase) -> Iterator[Problem]:
    """For residents' data, some copy that nobody can change is 90 days old."""
    level = known(case.system.confidentiality)
    locks = [known(copy.lock_days) for copy in case.plan.copies if known(copy.locked)]
    if level is None or not _SECRET.search(level) or not locks or None in locks:
        return
    longest = max(lock for lock in locks if lock is not None)
    if longest < _LOOK_BACK:
        message = f"{case.name}（{level}）の写しの変更・削除の禁止が、最長でも{longest}日です。"
        hint = "侵入に気付くまでの間に備え、90日以上前の写しを変更・削除できないようにしてください。"
        yield Problem(case.path("copies"), message, hint)


@backup_rule("backup-legal")
def legal(case: BackupCase) -> Iterator[Problem]:
    """What the law keeps longer than a backup has a place of its own."""
    years, days = known(case.plan.legal_years), days_of(case.plan.retention)
    if years is None or days is None or case.plan.archive is not None:
        return
    if years * 365 > days * _SLACK:
        message = f"{case.name}の法定の保存年数「{years}年」は、バックアップの保存期間「{case.plan.retention}」より長いのに、長期の保存先（archive）がありません。"
        hint = "バックアップは長期の保存になりません。本番のデータベースなど、残す所を書いてください。"
        yield Problem(case.path("legal_years"), message, hint)


@backup_rule("backup-over-retention")
def over_retention(case: BackupCase) -> Iterator[Problem]:
    """Personal data do not stay in backups after the law's years."""
    years, days = known(case.plan.legal_years), days_of(case.plan.retention)
    if years is not None and days is not None and days > years * 365 * _SLACK:
        message = f"{case.name}のバックアップの保存期間「{case.plan.retention}」が、法定の保存年数「{years}年」より長くなっています。"
        hint = "保存年数を過ぎた個人情報は、バックアップからも遅滞なく消してください。"
        yield Problem(case.path("retention"), message, hint)
