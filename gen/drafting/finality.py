"""What a paper must have settled before it is printed without its draft mark.

Hands out `refuse_unsettled`. Leans on `selection`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gen.drafting.selection import Draft, Studio
from gen.report import Finding, FindingsError, Report, Severity

__all__ = ["refuse_unsettled"]


def refuse_unsettled(studio: Studio, drafts: Iterable[Draft]) -> None:
    """Stop while a draft has a field that is 未定 or a row that nobody has confirmed.

    Raises:
        FindingsError: with every such field and row.
    """
    findings = [
        finding for draft in drafts if not (draft.of or draft.part_of) for finding in _open(studio, draft)
    ]
    if findings:
        raise FindingsError(
            Report.of(findings),
            "未定又は未確認の事項があるため、確定した文書にできません。何も書き込んでいません。",
        )


def _open(studio: Studio, draft: Draft) -> Iterator[Finding]:
    profile = studio.profile
    for path in studio.make(draft).undecided:
        yield Finding(
            "final-undecided",
            Severity.ERROR,
            f"文書「{draft.id}」の{profile.label(path)}が未定です。",
            profile.place(path),
            path,
            hint="プロファイルに書いてから、もう一度実行してください。",
        )
    for row in studio.unsettled(draft):
        yield Finding(
            "final-unconfirmed",
            Severity.ERROR,
            f"文書「{draft.id}」の確認事項「{row.id}」（{row.item}）が確認されていません。",
            profile.place("confirmations"),
            "confirmations",
            hint=f"{row.who}が確認し、プロファイルの confirmations に id: {row.id} として、by、date、note を書いてください"
            f"（契約の全部をまとめて確認したときは id: contracts.{draft.subject}）。",
        )
