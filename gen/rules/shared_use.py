"""What bodies that share systems must agree on: with whom, at whose cost, at which level.

Registers those rules. Leans on `case` and `registry`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gen.profile import Profile
from gen.rules.case import known
from gen.rules.registry import Problem, profile_rule

_SHARED = "共同利用方式"
_LEVELS = (("rpo", "目標復旧時点"), ("rto", "目標復旧時間"))


def _mode(profile: Profile, key: str) -> str | None:
    """How a system is used: as it says itself, else as the city does."""
    return known(profile.systems[key].use_mode) or known(profile.cloud.use_mode)


def _planned(profile: Profile) -> list[str]:
    """The shared systems that have a plan."""
    return [
        key for key in profile.backup.systems if key in profile.systems and _mode(profile, key) == _SHARED
    ]


@profile_rule("cloud-shared")
def shared(profile: Profile, on: date) -> Iterator[Problem]:
    """What is shared names with whom, and how the cost is split."""
    found = next((key for key, one in profile.systems.items() if one.use_mode == _SHARED), None)
    if profile.cloud.use_mode != _SHARED and found is None:
        return
    path = "cloud.use_mode" if profile.cloud.use_mode == _SHARED else f"systems.{found}.use_mode"
    for field, words in (("partners", "共同利用の相手団体"), ("cost_share", "費用の按分方法")):
        if getattr(profile.cloud, field) in (None, ()):
            message = f"共同利用方式ですが、{words}（cloud.{field}）が書かれていません。"
            hint = "責任分界と費用の按分は団体の間で取り決め、契約でそろえます。書いてください。"
            yield Problem(path, message, hint)


@profile_rule("backup-shared")
def one_level(profile: Profile, on: date) -> Iterator[Problem]:
    """Systems that are shared as one product have one level, with the other bodies too."""
    first: dict[tuple[str, str], str] = {}
    for key in _planned(profile):
        product, vendor = known(profile.systems[key].product), known(profile.systems[key].vendor)
        if product is not None and vendor is not None:
            other = first.setdefault((product, vendor), key)
            yield from _apart(profile, f"共同利用する製品「{product}」", key, other)
    yield from _of_partners(profile)


def _apart(profile: Profile, what: str, key: str, other: str) -> Iterator[Problem]:
    mine, theirs = profile.backup.systems[key], profile.backup.systems[other]
    for field, words in _LEVELS:
        one, two = known(getattr(mine, field)), known(getattr(theirs, field))
        if one is not None and two is not None and one != two:
            place = profile.place(f"backup.systems.{other}.{field}")
            message = f"{what}の{words}が、「{one}」と「{two}」（{place}）に分かれています。"
            hint = "共同利用では、全ての団体とシステムが一つの水準を選びます。どちらかにそろえてください。"
            yield Problem(f"backup.systems.{key}.{field}", message, hint)


def _of_partners(profile: Profile) -> Iterator[Problem]:
    for number, row in enumerate(profile.backup.partners):
        plan = profile.backup.systems.get(row.system)
        for field, words in _LEVELS if plan is not None else ():
            theirs, mine = known(getattr(row, field)), known(getattr(plan, field))
            if theirs is not None and mine is not None and theirs != mine:
                place = profile.place(f"backup.systems.{row.system}.{field}")
                body = known(row.body) or "相手団体"
                message = f"共同利用する「{profile.systems[row.system].name}」の{words}が、{body}の「{theirs}」と、この団体の「{mine}」（{place}）で違います。"
                hint = "共同利用では、全ての団体が一つの水準を選びます。団体の間で合意し、そろえてください。"
                yield Problem(f"backup.partners.{number}.{field}", message, hint)


@profile_rule("backup-partners")
def partners(profile: Profile, on: date) -> Iterator[Problem]:
    """Of every shared system with a plan it is written what the other bodies chose."""
    bodies = profile.cloud.partners
    for key in _planned(profile):
        have = [row.body for row in profile.backup.partners if row.system == key]
        left = [body for body in bodies if body not in have]
        if left and all(known(body) is not None for body in have):
            message = f"共同利用する「{profile.systems[key].name}」について、{'、'.join(left)}が選んだ水準（backup.partners）が書かれていません。"
            hint = "共同利用では、全ての団体が一つの水準を選びます。相手団体の目標復旧時点と目標復旧時間を確かめて書いてください。"
            yield Problem(f"backup.systems.{key}", message, hint)
    for number, row in enumerate(profile.backup.partners):
        body = known(row.body)
        if body is not None and bodies and body not in bodies:
            message = f"他団体の水準の「{body}」が、共同利用の相手団体（cloud.partners）にありません。"
            hint = "団体の名称をそろえるか、相手団体に加えてください。"
            yield Problem(f"backup.partners.{number}.body", message, hint)
