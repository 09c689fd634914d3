"""What must be in place before a move: by-laws, lines, contracts, tests between vendors, who decides.

Registers those rules for systems that still move and whose day is known. Leans on `case` and
`migration`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gen.japanese import to_wareki
from gen.procedure.businesses import is_gov_cloud
from gen.profile import Profile, System
from gen.profile.model_plans import Preparation
from gen.rules.case import Case, known
from gen.rules.migration import moving
from gen.rules.registry import Problem, profile_rule

_FORCE, _LINE, _TEST = "例規の施行", "回線の開通", "連携のテスト"


def _dated(profile: Profile) -> Iterator[tuple[str, System, date]]:
    for key, system in moving(profile):
        day = known(system.cut_over)
        if day is not None:
            yield key, system, day


def _for(profile: Profile, key: str) -> Iterator[tuple[int, Preparation]]:
    """The preparations of one system."""
    for number, row in enumerate(profile.migration.preparations):
        if not row.systems or key in row.systems:
            yield number, row


@profile_rule("system-ready")
def ready(profile: Profile, on: date) -> Iterator[Problem]:
    """By-laws are in force, lines open, tests done and contracts running when a system begins."""
    for key, system, day in _dated(profile):
        where = f"（切替日は{profile.place(f'systems.{key}.cut_over')}）"
        for number, row in _for(profile, key):
            held, kind = known(row.on), known(row.kind)
            late = held is not None and (held > day if kind == _FORCE else held >= day)
            if held is not None and late:
                message = f"「{system.name}」の切替日「{to_wareki(day)}」に、{kind or '準備'}「{known(row.name) or ''}」（{to_wareki(held)}）が間に合いません{where}。"
                hint = (
                    "期日を早めるか、切替日を改めてください。整わないまま、移行の判定を「可」にできません。"
                )
                yield Problem(f"migration.preparations.{number}.on", message, hint)
        yield from _contracts(profile, key, day, where, on)


def _contracts(profile: Profile, key: str, day: date, where: str, on: date) -> Iterator[Problem]:
    """The first of the contracts that name a system runs when the system begins."""
    named = [name for name, contract in profile.contracts.items() if key in contract.systems]
    starts = {name: Case(profile, name, on).day_of(profile.contracts[name].period.start) for name in named}
    begun = [start for start in starts.values() if start is None or start <= day]
    if begun or not starts:
        return
    first, name = min((start, name) for name, start in starts.items() if start is not None)
    message = f"「{profile.systems[key].name}」の切替日「{to_wareki(day)}」に、契約 {name} がまだ始まっていません（{to_wareki(first)}から）{where}。"
    hint = "始期を切替日までに早めるか、切替日から始期までを受け持つ契約を書いてください。"
    yield Problem(f"contracts.{name}.period.start", message, hint)


@profile_rule("system-preparations")
def written(profile: Profile, on: date) -> Iterator[Problem]:
    """From which day by-laws are in force and lines are open is written for every move."""
    for kind in (_FORCE, _LINE):
        left = [
            f"「{system.name}」"
            for key, system, _ in _dated(profile)
            if all(known(row.kind) not in (kind, None) for _, row in _for(profile, key))
            and (kind == _FORCE or is_gov_cloud(known(system.csp) or ""))
        ]
        if left:
            message = f"切替日の決まったシステムに、{kind}の日（migration.preparations）が書かれていません：{'、'.join(left)}"
            hint = "切替日までに整っているかを確かめられません。日を書いてください。要らないときも、確かめた日を書きます。"
            yield Problem("migration", message, hint)


@profile_rule("migration-vendors")
def vendors(profile: Profile, on: date) -> Iterator[Problem]:
    """Where several vendors move systems, they test together and one meeting decides for all."""
    firms = {vendor: system for _, system, _ in _dated(profile) if (vendor := known(system.vendor))}
    if len(firms) < 2:
        return
    named = "、".join(
        f"「{known(profile.vendors[vendor].name) if vendor in profile.vendors else vendor}」"
        for vendor in firms
    )
    of = f"移行中のシステムの事業者が{len(firms)}者です（{named}）が、"
    rows = profile.migration.preparations
    if all(known(row.kind) not in (_TEST, None) for row in rows):
        message = f"{of}事業者をまたぐ連携のテスト（migration.preparations）が書かれていません。"
        hint = "連携ごとに受持ちを決め、新旧が混ざる間の仮の連携も含めて試す日を書いてください。"
        yield Problem("migration", message, hint)
    if not profile.migration.decisions:
        message = f"{of}切替を合わせて判定する日（migration.decisions）が書かれていません。"
        hint = "一方だけが切り替わることのないように、合同の移行判定会議の日を書いてください。"
        yield Problem("migration", message, hint)
