"""Coming back: order, tests, windows, people, scope, the old system and the money.

Registers those rules. Leans on `backup_case` and on the order of recovery of `backup`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gen.backup.knowledge import tier_of
from gen.backup.service_hours import overlap, spans_of
from gen.japanese import nendo, shift_months, to_wareki
from gen.profile import Profile
from gen.report import Severity
from gen.rules.backup_case import BackupCase, backup_rule, hours, is_remote
from gen.rules.case import known, yen
from gen.rules.lengths import hours_at_most
from gen.rules.registry import Problem, profile_rule

_YEAR, _QUARTER = timedelta(days=365), timedelta(days=90)
_EXPORT_HOURS = 72
_FIRST_TIERS = 2
_ONLINE = ("オンライン", "無停止", "スナップショット", "ログ")
_SCOPE = ("設定", "構成情報", "文書", "この計画")


@backup_rule("backup-dependency")
def dependency(case: BackupCase) -> Iterator[Problem]:
    """A system is back within its RTO after all that it waits for."""
    own, mine = case.rto_hours, case.restore_hours
    for needed in case.system.depends_on:
        if needed not in case.profile.backup.systems or needed not in case.profile.systems or own is None:
            continue
        first = BackupCase(case.profile, needed, case.on)
        place = case.profile.place(first.path("rto"))
        if first.rto_hours is not None and first.rto_hours > own:
            message = f"{case.name}が先に要る{first.name}の目標復旧時間「{first.plan.rto}」（{place}）が、{case.name}の「{case.plan.rto}」より長くなっています。"
            yield Problem(
                case.path("rto"), message, "先に動くシステムの目標を短くするか、この目標を見直してください。"
            )
        elif first.restore_hours is not None and mine is not None and first.restore_hours + mine > own:
            message = f"{first.name}の復元「{hours(first.restore_hours)}」の後に{case.name}の復元「{hours(mine)}」を行うと、目標復旧時間「{case.plan.rto}」を超えます。"
            yield Problem(case.path("rto"), message, "復元を速めるか、目標復旧時間を見直してください。")


@backup_rule("backup-common-point")
def common_point(case: BackupCase) -> Iterator[Problem]:
    """Linked systems go back to one point, or it is written how they are linked again."""
    mine = hours_at_most(case.plan.rpo, case.calendar)
    for needed in case.system.depends_on:
        if needed not in case.profile.backup.systems or needed not in case.profile.systems:
            continue
        other = BackupCase(case.profile, needed, case.on)
        theirs = hours_at_most(other.plan.rpo, case.calendar)
        if mine is not None and theirs is not None and mine != theirs and case.plan.manual is None:
            message = f"連携する{case.name}と{other.name}の目標復旧時点が、「{case.plan.rpo}」と「{other.plan.rpo}」（{case.profile.place(other.path('rpo'))}）で違います。"
            hint = "同じ時点にそろえるか、戻した後に突き合わせる手順を、止まったときの手作業（manual）に書いてください。"
            yield Problem(case.path("rpo"), message, hint)


@backup_rule("backup-export")
def export(case: BackupCase) -> Iterator[Problem]:
    """Data for finding people can be had within 72 hours, and that was tried."""
    if known(case.plan.safety) is not True:
        return
    found = case.plan.export
    if found is None:
        message = f"{case.name}は安否確認に要るデータですが、その抽出の方法（export）が書かれていません。"
        hint = "大規模災害のときに72時間以内に使える形で取り出す方法を書いてください。"
        yield Problem(case.path("safety"), message, hint)
        return
    taken = known(found.hours)
    if taken is not None and taken > _EXPORT_HOURS:
        message = f"{case.name}の安否確認のデータの抽出が、訓練で「{hours(taken)}」かかっています。72時間以内に要ります。"
        yield Problem(case.path("export.hours"), message, "方法を改め、もう一度訓練してください。")
    elif found.tested_on is None:
        message = f"{case.name}の安否確認のデータの抽出を、まだ訓練していません。"
        hint = "訓練の日（tested_on）とかかった時間（hours）を書いてください。"
        yield Problem(case.path("export"), message, hint, severity=Severity.WARNING)


@backup_rule("backup-restore-test")
def restore_test(case: BackupCase) -> Iterator[Problem]:
    """A restore was tried within the year; of the first systems, from the remote copy."""
    if case.system.state not in ("移行済み", "オンプレミス"):
        return
    days = [day for test in case.plan.restore_tests if (day := known(test.on)) is not None]
    last = max([*days, *([day] if (day := known(case.system.cut_over)) else [])], default=None)
    if last is not None and case.on - last > _YEAR:
        said = f"最後の復元テストは{to_wareki(max(days))}です" if days else "復元テストの記録がありません"
        message = f"{case.name}の{said}。1年に1回は試します。"
        yield Problem(
            case.path("restore_tests" if days else ""),
            message,
            "復元テストをし、日とかかった時間を書いてください。",
        )
    elif days and tier_of(case.system).rank < _FIRST_TIERS:
        remote = [known(copy.place) or "" for copy in case.plan.copies if is_remote(copy)]
        used = [text for test in case.plan.restore_tests if (text := known(test.copy))]
        if remote and used and not any(text in place or place in text for text in used for place in remote):
            message = f"{case.name}の復元テストは、遠隔地の写し（{'、'.join(remote)}）から行われていません。"
            hint = "優先して復旧するシステムは、1年に1回は遠隔地の写しから復元してください。"
            yield Problem(case.path("restore_tests"), message, hint)


@backup_rule("backup-window")
def window(case: BackupCase) -> Iterator[Problem]:
    """Copies are taken while nobody works, unless the method does not mind."""
    text, offered = known(case.plan.window), known(case.system.service_hours)
    method = known(case.plan.method) or ""
    if text is None or offered is None or any(word in method for word in _ONLINE):
        return
    if any(overlap(one, other) for one in spans_of(text) for other in spans_of(offered)):
        message = f"{case.name}の取得の時間帯「{text}」が、提供時間「{offered}」と重なっています。"
        hint = "時間帯をずらすか、止めずに取る方式なら、方式（method）に「オンライン」と書いてください。"
        yield Problem(case.path("window"), message, hint)


@profile_rule("backup-people")
def people(profile: Profile, on: date) -> Iterator[Problem]:
    """Who acts and who stands in are two people."""
    for key, role in profile.roles.items():
        person, deputy = known(role.person), known(role.deputy)
        if person is not None and person == deputy:
            name = known(profile.people[person].name) if person in profile.people else None
            message = f"役割 {key} の担当者と代理が、同じ人（{name or person}）です。"
            yield Problem(f"roles.{key}.deputy", message, "代理を別の人にしてください。")


@profile_rule("backup-outside-contact")
def outside_contact(profile: Profile, on: date) -> Iterator[Problem]:
    """Somebody away from the disaster can be reached, and was reached of late."""
    found, path = profile.backup.outside_contact, "backup.outside_contact"
    if not profile.backup.systems:
        return
    if found is None:
        message = "バックアップ計画に、区域外の連絡先（outside_contact）が書かれていません。"
        hint = "庁舎も職員も被災したときに連絡を受け継ぐ、離れた所の団体や事業者を書いてください。個人の番号は書きません。"
        yield Problem("backup", message, hint)
        return
    checked = known(found.checked_on)
    if found.checked_on is None:
        message = f"区域外の連絡先「{known(found.name) or ''}」に通じることを確かめた日が、書かれていません。"
        yield Problem(path, message, "連絡してみて、その日を checked_on に書いてください。")
    elif checked is not None and on - checked > _QUARTER:
        message = f"区域外の連絡先「{known(found.name) or ''}」に通じることを確かめたのが、{to_wareki(checked)}で、90日より前です。"
        yield Problem(f"{path}.checked_on", message, "もう一度連絡してみて、日を改めてください。")


@profile_rule("backup-scope")
def scope(profile: Profile, on: date) -> Iterator[Problem]:
    """Not only data: settings, configuration, documents and this plan, which also lies on paper."""
    if not profile.backup.systems:
        return
    if profile.backup.paper_copy is None:
        message = "バックアップ計画の紙の控えの場所（paper_copy）が書かれていません。"
        hint = "システムが止まると、中にある計画は読めません。紙の控えを置く場所を書いてください。"
        yield Problem("backup", message, hint)
    left = [word for word in _SCOPE if word not in profile.backup.scope]
    if profile.backup.scope and left:
        message = f"バックアップの対象に、{'、'.join(left)}がありません。"
        yield Problem("backup.scope", message, "データだけでは元に戻せません。対象に加えてください。")


@profile_rule("backup-old-system")
def old_system(profile: Profile, on: date) -> Iterator[Problem]:
    """The old system stays as long as the city said, so its contract does too."""
    months = known(profile.migration.old_system_months)
    moving = [key for key, system in profile.systems.items() if system.state == "移行中"]
    if moving and profile.migration.old_system_months is None:
        message = (
            "移行中のシステムがありますが、現行システムを残す期間（old_system_months）が書かれていません。"
        )
        hint = "検査に合格した後も、現行のデータとバックアップを残す月数を書いてください。"
        yield Problem("migration", message, hint)
    for key in moving if months is not None else ():
        system = profile.systems[key]
        cut_over, until = known(system.cut_over), known(system.former_until)
        if months is None or cut_over is None or until is None:
            continue
        keep = shift_months(cut_over, months)
        if until < keep:
            message = f"「{system.name}」の現行契約の終わる日「{to_wareki(until)}」が、切替日から{months}か月の「{to_wareki(keep)}」より前です。"
            hint = "現行の契約を延ばすか、残す期間（migration.old_system_months）を見直してください。"
            yield Problem(f"systems.{key}.former_until", message, hint)


@profile_rule("backup-cost")
def cost(profile: Profile, on: date) -> Iterator[Problem]:
    """What backup costs is in the budget of the year, at prices of late."""
    found = profile.backup.cost
    if found is None:
        return
    yearly, priced = known(found.yearly), known(found.priced_on)
    lines = [line for line in profile.budget.lines if line.year == nendo(on)]
    amounts = [
        known(line.amount)
        for line in lines
        if "クラウド" in (known(line.label) or "") or "バックアップ" in (known(line.label) or "")
    ]
    if yearly is not None and amounts and None not in amounts:
        budget = sum(amount for amount in amounts if amount is not None)
        if yearly > budget:
            message = f"バックアップの費用「{yen(yearly)}」が、その年度のクラウドの予算「{yen(budget)}」を超えています。"
            yield Problem("backup.cost.yearly", message, "予算か、世代と写しの数を見直してください。")
    if priced is not None and on - priced > _QUARTER:
        message = f"バックアップの費用の単価が、{to_wareki(priced)}のもので、90日より前です。"
        yield Problem("backup.cost.priced_on", message, "為替と単価を確かめ、年額を改めてください。")
