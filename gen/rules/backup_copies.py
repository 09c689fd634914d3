"""Where the copies lie, and who can change them.

Registers the rules on remote, locked and separate copies. Leans on `backup_case` and `regions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gen.profile import Profile, Undecided
from gen.profile.model_plans import BackupCopy
from gen.report import Severity
from gen.rules.backup_case import BackupCase, backup_rule, is_remote
from gen.rules.case import known
from gen.rules.regions import Where, is_one_region, region_of
from gen.rules.registry import Problem, profile_rule

_FEWEST = 3


def _said(copy: BackupCopy) -> str:
    return f"「{known(copy.place) or '写し'}」"


def _is_open(value: object) -> bool:
    return isinstance(value, Undecided)


@backup_rule("backup-remote")
def remote(case: BackupCase) -> Iterator[Problem]:
    """One copy lies in another region than the main data."""
    copies, main = case.copies, known(case.system.region)
    if any(_is_open(copy.kind) for copy in copies):
        return
    away = [copy for copy in copies if is_remote(copy)]
    hint = (
        "本番と違うリージョンの写し（遠隔地の写し）を加えてください。同じリージョンの別の区画では足りません。"
    )
    if not case.plan.copies:
        message = f"{case.name}のバックアップの写し（copies）が書かれていません。"
        yield Problem(case.path(), message, hint, severity=Severity.WARNING)
    elif not away:
        message = f"{case.name}に、遠隔地の写しがありません（写し{len(case.plan.copies)}件）。"
        yield Problem(case.path("copies"), message, hint)
    elif main is not None:
        for number, copy in enumerate(case.plan.copies):
            region = known(copy.region)
            if known(copy.kind) == "遠隔地の写し" and region is not None and is_one_region(main, region):
                message = (
                    f"{case.name}の遠隔地の写し{_said(copy)}が、本番と同じリージョン「{region}」にあります。"
                )
                yield Problem(case.path(f"copies.{number}.region"), message, hint)


@backup_rule("backup-hazard")
def hazard(case: BackupCase) -> Iterator[Problem]:
    """Main data and remote copy are not expected to suffer one disaster."""
    main = known(case.system.region)
    for number, copy in enumerate(case.plan.copies if main else ()):
        region = known(copy.region)
        if main is None or region is None or not is_remote(copy) or is_one_region(main, region):
            continue
        both = region_of(main).hazards & region_of(region).hazards
        if both:
            message = f"{case.name}の本番「{main}」と遠隔地の写し「{region}」が、同じ災害（{'、'.join(sorted(both))}）の想定区域にあります。"
            hint = "要確認：施設の所在地を確かめ、同時に被災しない場所に写しを加えてください。"
            yield Problem(case.path(f"copies.{number}.region"), message, hint)


@profile_rule("backup-japan")
def japan(profile: Profile, on: date) -> Iterator[Problem]:
    """Data and their copies stay in Japan."""
    named = [
        (f"cloud.csps.{n}.regions.{m}", region)
        for n, csp in enumerate(profile.cloud.csps)
        for m, region in enumerate(csp.regions)
    ]
    named += [
        (f"systems.{key}.region", region)
        for key, system in profile.systems.items()
        if (region := known(system.region)) is not None
    ]
    named += [
        (f"backup.systems.{key}.copies.{n}.region", region)
        for key, plan in profile.backup.systems.items()
        for n, copy in enumerate(plan.copies)
        if (region := known(copy.region)) is not None
    ]
    for path, region in named:
        where = region_of(region).where
        if where is Where.ABROAD:
            message = f"リージョン「{region}」は、国外です。データもバックアップも国内に置きます。"
            yield Problem(path, message, "国内のリージョンにしてください。")
        elif where is Where.UNKNOWN:
            message = f"要確認：リージョン「{region}」が国内にあるか分かりません。"
            hint = "「東京」「大阪」のような地名か、クラウドの正式な識別名で書いてください。国内と確かめたら、点検の例外にできます。"
            yield Problem(path, message, hint, severity=Severity.WARNING)


@backup_rule("backup-locked")
def locked(case: BackupCase) -> Iterator[Problem]:
    """One copy can be neither changed nor deleted, or is offline."""
    copies = case.copies
    if not copies or any(_is_open(copy.locked) or _is_open(copy.kind) for copy in copies):
        return
    if not any(known(copy.locked) or known(copy.kind) == "オフライン" for copy in copies):
        message = f"{case.name}に、変更・削除を禁じた写し（locked）も、オフラインの写しもありません。"
        hint = "身代金要求型の攻撃では写しも消されます。少なくとも1つを変更・削除の禁止にするか、オフラインにしてください。"
        yield Problem(case.path("copies"), message, hint)


@backup_rule("backup-copies")
def count(case: BackupCase) -> Iterator[Problem]:
    """Three copies with the main data, in two kinds of place."""
    copies = case.copies
    if not copies:
        return
    places = {(known(copy.account), known(copy.region), known(copy.kind)) for copy in copies}
    if len(copies) + 1 < _FEWEST:
        message = f"{case.name}のデータは、本番を含めて{len(copies) + 1}つしかありません。"
    elif len(places) < _FEWEST - 1:
        message = f"{case.name}の写し{len(copies)}件が、全て同じアカウント、リージョン、種類です。"
    else:
        return
    hint = "本番を含めて3つ以上を、2種類以上の場所に持ってください（3-2-1）。"
    yield Problem(case.path("copies"), message, hint)


@backup_rule("backup-replica")
def replica(case: BackupCase) -> Iterator[Problem]:
    """A replica follows deletion and encryption, so it is no backup."""
    if case.plan.copies and not case.copies:
        message = f"{case.name}の写しは「複製」だけです。複製は、誤った削除や暗号化にも追随するため、バックアップになりません。"
        yield Problem(case.path("copies"), message, "世代を持つ写しを加えてください。")


@backup_rule("backup-separation")
def separation(case: BackupCase) -> Iterator[Problem]:
    """Who runs the system cannot also delete every copy."""
    holders = {
        known(account.name): known(account.holder)
        for account in case.profile.cloud.accounts
        if known(account.holder) is not None
    }
    vendor = known(case.system.vendor)
    named = [known(copy.account) for copy in case.copies if known(copy.kind) != "オフライン"]
    if vendor is None or not named or len(named) < len(case.copies):
        return
    if all(holders.get(account) == vendor for account in named):
        firm = case.profile.vendors.get(vendor)
        said = (known(firm.name) if firm else None) or vendor
        message = f"{case.name}の写しのアカウントは、全て、そのシステムの事業者「{said}」が管理しています。"
        hint = "少なくとも1つの写しを、別の者が管理するアカウントに置き、削除には2人の承認が要るようにしてください。"
        yield Problem(case.path("copies"), message, hint)
