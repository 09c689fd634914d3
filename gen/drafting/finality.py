"""What a paper must have settled before it is printed without its draft mark.

Hands out `refuse_unsettled`. Leans on `selection`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from gen.drafting.selection import Draft, Studio
from gen.ledger import Life, Lock
from gen.report import Finding, FindingsError, Report, Severity

if TYPE_CHECKING:
    from gen.contract import ConfirmRow

__all__ = ["refuse_unsettled"]


def refuse_unsettled(studio: Studio, drafts: Iterable[Draft], lock: Lock) -> None:
    """Stop while a draft has a field that is 未定 or a row that nobody has confirmed.

    An approved paper is weighed by what it was approved with, as the lock has it.

    Raises:
        FindingsError: with every such field and row.
    """
    own = [draft for draft in drafts if not (draft.of or draft.part_of)]
    open_drafts = {draft.id: list(_open(studio, draft, lock)) for draft in own}
    findings = [finding for found in open_drafts.values() for finding in found]
    if findings:
        raise FindingsError(
            Report.of(findings),
            "未定又は未確認の事項があるため、確定した文書にできません。何も書き込んでいません。",
            hint=_remedy(studio, open_drafts),
        )


def _remedy(studio: Studio, found: Mapping[str, Sequence[Finding]]) -> str:
    """What to do, once for all findings."""
    unconfirmed = [
        id for id, findings in found.items() if any(one.rule == "final-unconfirmed" for one in findings)
    ]
    if not unconfirmed:
        return ""
    contracts = [
        f"contracts.{one.subject}" for one in studio.chosen(unconfirmed) if one.manifest.kind == "contract"
    ]
    whole = (
        f"契約の全部をまとめて確認したときは、id に {'、'.join(contracts)} と書きます。" if contracts else ""
    )
    return (
        "判断する者は確認票にあります。確認したら、プロファイルの confirmations に id（括弧の中の名前）、"
        f"by、date、note を書いてください。{whole}"
    )


def _undecided(studio: Studio, draft: Draft, lock: Lock) -> Sequence[str]:
    entry = lock.documents.get(draft.id)
    if entry is None or entry.life is Life.DRAFT:
        return studio.make(draft).undecided
    found = entry.extra.get("undecided")
    return [path for path in found if isinstance(path, str)] if isinstance(found, list) else ()


def _open(studio: Studio, draft: Draft, lock: Lock) -> Iterator[Finding]:
    profile = studio.profile
    for path in _undecided(studio, draft, lock):
        yield Finding(
            "final-undecided",
            Severity.ERROR,
            f"文書「{draft.id}」の{profile.label(path)}が未定です。",
            profile.place(path),
            path,
            hint="プロファイルに書いてから、もう一度実行してください。",
        )
    by_template: dict[str, list[ConfirmRow]] = {}
    for row in studio.unsettled(draft):
        by_template.setdefault(row.template, []).append(row)
    for rows in by_template.values():
        ids = "、".join(row.id for row in rows)
        yield Finding(
            "final-unconfirmed",
            Severity.ERROR,
            f"文書「{draft.id}」の「{rows[0].title}」に、確認されていない事項が{len(rows)}件あります（{ids}）。",
            profile.place("confirmations"),
            "confirmations",
        )
