"""What must be said at the top of a checklist: rules over the facts of one system.

Hands out `Note`, its levels, `in_order` and `notes_of`. Leans on `profile`, `misfits`, `rehearsals`.
A note never changes a date; it says what does not fit and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gen.catalog import Fact
from gen.japanese import nendo, to_wareki
from gen.procedure.businesses import business_of
from gen.procedure.misfits import (
    FEWEST_REHEARSALS,
    after_deadline,
    busy_reason,
    closed_reason,
    contract_too_short,
    late_rehearsals,
)
from gen.procedure.rehearsals import planned
from gen.profile import Profile, System, Undecided

__all__ = ["ACT", "CARE", "INFO", "Note", "in_order", "notes_of"]

ACT, CARE, INFO = "要対応", "注意", "参考"
_NEAR = timedelta(days=31)


@dataclass(frozen=True)
class Note:
    """One remark.

    Attributes:
        level: 要対応, 注意 or 参考.
        text: Japanese; {} stands for each of the words.
        path: the field that it speaks of.
        words: of the profile, printed as typed.
    """

    level: str
    text: str
    path: str
    words: tuple[object, ...] = ()


def notes_of(profile: Profile, key: str, facts: Mapping[str, Fact], on: date) -> list[Note]:
    """Every remark on one system, the pressing ones first.

    Args:
        profile: the city's.
        key: of the system.
        facts: of `system_facts`.
        on: 基準日.
    """
    system = profile.systems[key]
    makers = (_mode, _special, _pia, _cut_over, _bridge, _rehearsals, _freeze, _needs, _budget, _cloud)
    return in_order(note for make in makers for note in make(profile, key, system, facts, on))


def in_order(notes: Iterable[Note]) -> list[Note]:
    """The pressing ones first."""
    return sorted(notes, key=lambda note: (ACT, CARE, INFO).index(note.level))


Facts = Mapping[str, Fact]


def _mode(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    if facts["gov_cloud"].value is False:
        return
    mode, path = facts["use_mode"].value, facts["use_mode"].path
    if mode == "共同利用方式":
        yield Note(
            INFO,
            "共同利用方式のため、アカウントの作成など団体が自ら行う手順を除き、報告の受取り、費用の按分、団体の間の責任分界の手順を加えた。",
            path,
        )
    elif mode == "単独利用方式":
        yield Note(
            INFO,
            "単独利用方式のため、団体の名での契約、アカウントの管理、運用管理補助者の契約の手順を入れた。",
            path,
        )
    else:
        yield Note(CARE, "利用方式が決まっていないため、単独利用と共同利用の両方の手順を残した。", path)
    if facts["multi_vendor"].value is True:
        yield Note(
            INFO,
            "事業者が2者以上のため、事業者をまたぐ連携のテストと、事業者の同意の基準を入れた。",
            "systems",
        )


def _special(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    if facts["special"].value is not True:
        return
    path = f"systems.{key}"
    if facts["reason_given"].value is False:
        yield Note(ACT, "特定移行支援システムの理由が書かれていない。", f"{path}.reason")
    if facts["deadline_given"].value is False:
        yield Note(ACT, "特定移行支援システムの期限が書かれていない。", f"{path}.deadline")
    if isinstance(system.deadline, date):
        yield Note(
            INFO,
            f"このシステムの期限は{to_wareki(system.deadline)}である。ほかのシステムの期限を当てはめない。",
            f"{path}.deadline",
        )
        if after_deadline(system):
            yield Note(ACT, "切替日が、特定移行支援の期限より後である。", f"{path}.cut_over")
        if contract_too_short(system) == system.deadline:
            yield Note(
                CARE, "現行契約の終わる日が期限より前である。延長を取り決める。", f"{path}.former_until"
            )


def _pia(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    value, path = facts["my_number"].value, f"systems.{key}.business"
    business = business_of(system.business)
    if isinstance(value, Undecided):
        yield Note(
            CARE,
            "個人番号を取り扱うか分からないため、評価の手順を残した。プロファイルに答える欄はない。業務主管課が確かめ、要らない作業は線で消す。",
            "",
        )
    elif business is not None and business.certainty == "C":
        said = "取り扱う" if value else "取り扱わない"
        yield Note(
            CARE, f"この業務は個人番号を{said}ものとした（要確認）。番号法の別表と条例で確かめる。", path
        )


def _cut_over(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    day, path = system.cut_over, f"systems.{key}.cut_over"
    if not isinstance(day, date):
        yield Note(ACT, "切替日が決まっていないため、期限を数えられない。", path)
        return
    if day < on:
        yield Note(ACT, "切替日が基準日より前である。移行が済んだのなら、状態を移行済みに改める。", path)
    why = closed_reason(profile, day)
    if why is not None:
        yield Note(CARE, f"切替日が閉庁日（{why}）である。業務を始める日を別に決める。", path)
    busy = busy_reason(profile, day)
    if busy is not None:
        yield Note(
            CARE, "切替日が繁忙期（{}）に当たる。例外とする理由を書面に残す。", busy[1] or path, busy[:1]
        )


def _bridge(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    until, path = system.former_until, f"systems.{key}.former_until"
    if until is None or isinstance(until, Undecided):
        yield Note(CARE, "現行契約の終わる日が書かれていない。", path)
    elif contract_too_short(system) == system.cut_over:
        yield Note(ACT, "現行の契約が、切替日より前に終わる。", path)


def _rehearsals(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    plan = planned(profile, key)
    path = "migration.rehearsals" if plan.dated else "migration.rehearsal_count"
    if isinstance(plan.count, Undecided):
        yield Note(CARE, "移行リハーサルの回数が決まっていない。2回以上を予定する。", path)
        return
    if plan.count < FEWEST_REHEARSALS:
        yield Note(
            ACT,
            f"移行リハーサルが{plan.count}回である。是正を確かめるため、本番の前に2回以上行う。",
            path,
        )
    elif plan.count == FEWEST_REHEARSALS:
        yield Note(INFO, "移行リハーサルは2回である。本番と同じ時間で通す回を1回入れる。", path)
    for where, one, _ in late_rehearsals(profile, key):
        yield Note(ACT, "{}が切替日より前でない。", f"{where}.on", (one.name,))


def _freeze(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    day = system.cut_over
    if not isinstance(day, date):
        return
    ends = [window.end for window in profile.migration.freeze]
    if not any(isinstance(end, date) and day - _NEAR <= end <= day for end in ends):
        yield Note(CARE, "切替日の前の停止期間が書かれていない。", "migration.freeze")


def _needs(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    for needed in system.depends_on:
        other = profile.systems.get(str(needed))
        if other is None or other.state in ("移行済み", "対象外"):
            continue
        path = f"systems.{needed}.cut_over"
        mine, theirs = system.cut_over, other.cut_over
        if not isinstance(theirs, date):
            yield Note(
                CARE, "先に動く{}の切替日が決まっていない。仮の連携の要否を決める。", path, (other.name,)
            )
        elif isinstance(mine, date) and theirs > mine:
            yield Note(
                CARE, "先に動く{}の切替日が、このシステムより後である。仮の連携が要る。", path, (other.name,)
            )


def _budget(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    for name, contract in profile.contracts.items():
        start, end = contract.period.start, contract.period.end
        if key not in contract.systems or not isinstance(start, date) or not isinstance(end, date):
            continue
        if nendo(start) != nendo(end) and contract.budget_basis == "単年度":
            yield Note(
                ACT,
                "契約「{}」が年度をまたぐのに、債務負担行為も長期継続契約もない。",
                f"contracts.{name}.budget_basis",
                (contract.title,),
            )


def _cloud(profile: Profile, key: str, system: System, facts: Facts, on: date) -> Iterator[Note]:
    value, path = facts["gov_cloud"].value, f"systems.{key}.csp"
    if system.state == "オンプレミス":
        yield Note(INFO, "オンプレミスのため、ガバメントクラウドの手順を除いた。", f"systems.{key}.state")
    elif isinstance(value, Undecided):
        yield Note(CARE, "クラウドが決まっていないため、ガバメントクラウドの手順を残した。", path)
    elif value is False:
        yield Note(
            CARE,
            "クラウド「{}」はガバメントクラウドの名前と合わないため、その手順を除いた。合うはずなら名前を直す。",
            path,
            (system.csp,),
        )
