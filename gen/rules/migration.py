"""The move of each system: its day, its deadline, its rehearsals, its assessment.

Registers those rules for systems that still move, and hands out `moving`. Leans on what `procedure` knows of rehearsals,
busy seasons and assessments.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gen.japanese import to_wareki
from gen.law import LawLookupError
from gen.procedure.assessment import LEVELS, needed_level
from gen.procedure.businesses import business_of
from gen.procedure.done import step_named
from gen.procedure.handbook import handbook
from gen.procedure.misfits import (
    FEWEST_REHEARSALS,
    after_deadline,
    busy_reason,
    closed_reason,
    contract_too_short,
    late_rehearsals,
)
from gen.procedure.rehearsals import planned
from gen.profile import Profile, System
from gen.profile.model import Assessment
from gen.report import Severity
from gen.rules.case import known
from gen.rules.registry import Problem, profile_rule

__all__ = ["moving"]

_MOVING = ("移行中", "特定移行支援")


def moving(profile: Profile) -> Iterator[tuple[str, System]]:
    """The systems that still move, by key."""
    for key, system in profile.systems.items():
        if system.state in _MOVING:
            yield key, system


@profile_rule("system-special")
def special(profile: Profile, on: date) -> Iterator[Problem]:
    """A 特定移行支援システム has its reason and its own deadline."""
    for key, system in moving(profile):
        if system.state != "特定移行支援":
            continue
        wanted = (("reason", "理由"), ("deadline", "期限"))
        left = [f"{words}（{field}）" for field, words in wanted if getattr(system, field) is None]
        if left:
            message = f"「{system.name}」は特定移行支援システムですが、{'と'.join(left)}が書かれていません。"
            hint = "国に報告した理由と期限を書いてください。ほかのシステムの期限は当てはまりません。"
            yield Problem(f"systems.{key}.state", message, hint)


@profile_rule("system-deadline")
def deadline(profile: Profile, on: date) -> Iterator[Problem]:
    """The day of the move is no later than the deadline; the old contract lasts until the move."""
    for key, system in moving(profile):
        last, day, until = known(system.deadline), known(system.cut_over), known(system.former_until)
        short = contract_too_short(system)
        if after_deadline(system) and day is not None and last is not None:
            message = f"「{system.name}」の切替日「{to_wareki(day)}」が、移行の期限「{to_wareki(last)}」より後です。"
            yield Problem(f"systems.{key}.cut_over", message, "切替日を早めるか、期限を確かめてください。")
        if short is not None and until is not None and day is not None:
            message = f"「{system.name}」の現行契約が「{to_wareki(until)}」に終わり、切替日「{to_wareki(day)}」まで使えません。"
            hint = "現行の契約を切替日の後まで延ばしてください。"
            yield Problem(f"systems.{key}.former_until", message, hint, severity=Severity.WARNING)
        elif short is not None and until is not None:
            message = f"「{system.name}」の現行契約が「{to_wareki(until)}」に終わりますが、移行の期限は「{to_wareki(short)}」です。"
            hint = "切替日が決まるまで、現行の契約と機器の保守を期限まで延ばしてください。"
            yield Problem(f"systems.{key}.former_until", message, hint, severity=Severity.WARNING)


@profile_rule("system-cutover-busy")
def busy(profile: Profile, on: date) -> Iterator[Problem]:
    """No move in the busy season without a written exception."""
    for key, system in moving(profile):
        day = known(system.cut_over)
        found = busy_reason(profile, day) if day is not None else None
        if day is not None and found is not None:
            message = f"「{system.name}」の切替日「{to_wareki(day)}」が、繁忙期（{found[0]}）に当たります。"
            hint = "日を改めるか、例外とする理由を点検の例外（waivers）に書いてください。"
            yield Problem(f"systems.{key}.cut_over", message, hint)


@profile_rule("system-cutover-closed")
def closed(profile: Profile, on: date) -> Iterator[Problem]:
    """The first day of use is a day on which the offices are open."""
    for key, system in moving(profile):
        day = known(system.cut_over)
        why = closed_reason(profile, day) if day is not None else None
        if day is not None and why is not None:
            message = f"「{system.name}」の切替日「{to_wareki(day)}」は、閉庁日（{why}）です。"
            hint = "切替の作業をする日ではなく、業務で使い始める日を書いてください。"
            yield Problem(f"systems.{key}.cut_over", message, hint)


@profile_rule("system-rehearsals")
def rehearsals(profile: Profile, on: date) -> Iterator[Problem]:
    """More than one rehearsal, each before the move."""
    few: dict[int, list[str]] = defaultdict(list)
    for key, system in moving(profile):
        if known(system.cut_over) is None:
            continue
        plan = planned(profile, key)
        if isinstance(plan.count, int) and plan.count <= FEWEST_REHEARSALS:
            few[plan.count].append(f"「{system.name}」")
    dated = bool(profile.migration.rehearsals)
    path = "migration.rehearsals" if dated else "migration.rehearsal_count"
    for count, names in sorted(few.items()):
        said = "、".join(names)
        if count < FEWEST_REHEARSALS:
            message = f"移行リハーサルが{count}回の、移行中のシステムがあります：{said}"
            hint = "変換の確認、是正の確認、本番と同じ時間での通しのために、2回以上を予定してください。"
            yield Problem(path, message, hint)
        else:
            message = f"移行リハーサルが2回です：{said}"
            hint = "そのうち1回は、本番と同じ手順と時間で通してください。"
            yield Problem(path, message, hint, severity=Severity.INFO)


@profile_rule("system-rehearsal-late")
def late(profile: Profile, on: date) -> Iterator[Problem]:
    """A rehearsal comes before the move that it is for."""
    for key, system in moving(profile):
        day = known(system.cut_over)
        for path, one, held in late_rehearsals(profile, key):
            if day is not None:
                message = f"リハーサル「{known(one.name) or ''}」の期日「{to_wareki(held)}」が、「{system.name}」の切替日「{to_wareki(day)}」より前ではありません（切替日は{profile.place(f'systems.{key}.cut_over')}）。"
                yield Problem(f"{path}.on", message, "期日か対象のシステムを直してください。")


@profile_rule("system-pia")
def assessment(profile: Profile, on: date) -> Iterator[Problem]:
    """The 特定個人情報保護評価 is of the kind that the numbers ask, and public before the move."""
    for key, system in profile.systems.items():
        found, path = system.pia, f"systems.{key}.pia"
        if found is None:
            continue
        business = business_of(known(system.business))
        needed, level = _lightest(found, on), known(found.level)
        if needed and level is not None and LEVELS.index(level) < LEVELS.index(needed):
            message = f"「{system.name}」の評価の区分「{level}」が、対象人数「{found.subjects:,}人」から求められる「{needed}」より軽くなっています。"
            hint = "事務ごとの対象人数、取扱者数（委託先を含む）、1年以内の重大事故でしきい値を判断し直してください。"
            yield Problem(f"{path}.level", message, hint)
        if business is not None and business.my_number is False and level not in (None, "対象外"):
            message = f"「{system.name}」の事務は個人番号を取り扱わないものとしていますが、評価の区分が「{level}」です。"
            yield Problem(
                f"{path}.level", message, "個人番号を取り扱うか、番号法の別表と条例で確かめてください。"
            )
        public, day = known(found.published_on), known(system.cut_over)
        if system.state in _MOVING and public is not None and day is not None and public >= day:
            message = f"「{system.name}」の評価書の公表「{to_wareki(public)}」が、切替日「{to_wareki(day)}」より前になっていません。"
            hint = "評価書は、特定個人情報ファイルを保有する前に公表します。"
            yield Problem(f"{path}.published_on", message, hint)


def _lightest(found: Assessment, on: date) -> str:
    """The lightest kind that the numbers allow; "" where they are not known."""
    try:
        needed = needed_level(found, on)
    except LawLookupError:
        return ""
    return needed.level or needed.least


@profile_rule("migration-done")
def done(profile: Profile, on: date) -> Iterator[Problem]:
    """What is written down as done is a step that there is, done by the 基準日."""
    titles = {step.title for step in handbook().steps.values()} if profile.migration.done else set()
    for number, row in enumerate(profile.migration.done):
        path = f"migration.done.{number}"
        if step_named(handbook(), row.step) is None:
            near = difflib.get_close_matches(row.step, titles, n=1)
            hint = (
                f"「{near[0]}」ではありませんか。"
                if near
                else "チェックリストの作業の名前のとおりに書いてください。"
            )
            yield Problem(f"{path}.step", f"済んだ作業「{row.step[:40]}」という作業はありません。", hint)
        if row.on > on:
            message = f"済んだ作業「{row.step[:40]}」の日「{to_wareki(row.on)}」が、基準日より後です。"
            yield Problem(f"{path}.on", message, "済んだ日を確かめてください。済んでいない作業は書きません。")
