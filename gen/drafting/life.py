"""A document's life: 案 → 決裁 → 締結 → 終了. Each step is a revision with an annotated tag of its own.

Hands out `approve`, `withdraw`, `conclude`, `end`, `Decision` and `Lived`. From the 決裁 on the document stands
still. Leans on `ledger`, `compare` and `privacy`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from gen.compare import has_tracked_changes
from gen.compare.remarks import unsettled
from gen.drafting.adopting import Who
from gen.drafting.outside import read_outside
from gen.drafting.privacy import refuse_private
from gen.errors import Place, Refused, UserError
from gen.japanese import to_wareki
from gen.ledger import (
    LOCK_NAME,
    STANDS,
    DocumentNote,
    JsonValue,
    Life,
    Lock,
    LockEntry,
    RecordedRevision,
    Revision,
    Standing,
    TagSpec,
    Trailers,
    Workspace,
    digest,
    record,
    recorded_tags,
    status,
    tag_for,
    trailers_for,
)
from gen.word.package import read_package

__all__ = ["Decision", "Lived", "approve", "conclude", "end", "withdraw"]

_CONTRACTS = ("contracts/", "attachments/", "forms/")
_MAX = 200
_NOTHING = "何も書き込んでいません。"


@dataclass(frozen=True)
class Decision:
    """A 決裁 or a 締結: its number, its day, and of a 決裁 who decided (職名・氏名)."""

    number: str
    on: date
    by: str = ""

    def said(self) -> str:
        """As a trailer and the history show it."""
        return "　".join(part for part in (self.number, self.by, to_wareki(self.on)) if part)

    def to_json(self, entry: LockEntry, tag: str) -> dict[str, JsonValue]:
        """As the lock keeps it, with what it was given for."""
        told: dict[str, JsonValue] = {"number": self.number, "date": self.on.isoformat(), "tag": tag}
        by: dict[str, JsonValue] = {"by": self.by} if self.by else {}
        return {**told, **by, "fingerprint": entry.fingerprint, "text": entry.text}


@dataclass(frozen=True)
class Lived:
    """A step of a document's life that was recorded.

    Attributes:
        document: its id.
        life: where it stands now.
        version: its 版.
        revision: that recorded it.
        tag: short name of its tag, "" where it has none.
        signed: True where the tag has a signature.
        remarks: Japanese: what whoever did this should know.
    """

    document: str
    life: Life
    version: int
    revision: RecordedRevision | None
    tag: str = ""
    signed: bool = False
    remarks: tuple[str, ...] = field(default_factory=tuple)


def approve(workspace: Workspace, document: str, decision: Decision, who: Who) -> Lived:
    """Record a 決裁: from now on the document stands still.

    Args:
        workspace: where it is recorded.
        document: its id.
        decision: number, day and who decided.
        who: who records it, and when.

    Raises:
        UserError: no such document, or a word is missing.
        Refused: it is approved already, edited and not recorded, or changes wait in it.
    """
    entry, twin = _standing(workspace, document)
    if entry.life is not Life.DRAFT:
        raise Refused(
            f"文書「{document}」は、既に{STANDS[entry.life]}です。{_NOTHING}",
            hint="決裁を取り直すときは、先に kian approve --withdraw --reason 理由 で取り下げてください。"
            if entry.life is Life.APPROVED
            else "契約を変えるときは、変更契約の手続を取ってください。",
        )
    _refuse_words(workspace, decision, {"文書の文面": twin})
    tag = tag_for(workspace, document, "approved", entry.version)
    kept = {key: value for key, value in entry.extra.items() if key != "withdrawn"}
    new = replace(entry, life=Life.APPROVED, extra={**kept, "approval": decision.to_json(entry, tag)})
    trailers = (("Kian-Life", Life.APPROVED.value), ("Kian-Text", entry.text))
    subject = f"決裁（{document} 第{entry.version}版、{decision.number}）"
    reason = who.reason or f"{decision.by}の決裁による"
    step = _Step(document, entry, new, subject, replace(who, reason=reason), decision.said(), trailers, tag)
    return _lived(workspace, step, _left_open(entry))


def withdraw(workspace: Workspace, document: str, who: Who) -> Lived:
    """Take a 決裁 back: the document is a 案 again. The tag stays, for what was decided stays decided.

    Raises:
        UserError: no such document, or no reason.
        Refused: it is not approved; a concluded one never comes back.
    """
    entry, _ = _standing(workspace, document)
    if entry.life is not Life.APPROVED:
        what = "締結済みのため、取り下げられません" if entry.life is not Life.DRAFT else "決裁を経ていません"
        raise Refused(
            f"文書「{document}」は{what}。{_NOTHING}", hint="kian status で状態を確かめてください。"
        )
    if not who.reason.strip():
        raise UserError(f"取下げの理由がありません。{_NOTHING}", hint="--reason に理由を書いてください。")
    refuse_private(workspace, {"理由": who.reason})
    approval = entry.extra.get("approval")
    said = str(approval.get("number", "")) if isinstance(approval, dict) else ""
    kept = {key: value for key, value in entry.extra.items() if key != "approval"}
    new = replace(entry, life=Life.DRAFT, extra={**kept, "withdrawn": approval})
    subject = f"決裁を取下げ（{document} 第{entry.version}版、{said}）"
    trailers = (("Kian-Life", "withdrawn"), ("Kian-Text", entry.text))
    return _lived(workspace, _Step(document, entry, new, subject, who, said, trailers, ""), ())


def conclude(
    workspace: Workspace,
    document: str,
    decision: Decision,
    who: Who,
    file: Path | None = None,
    *,
    outside: bool = False,
) -> Lived:
    """Record a 締結: the document never changes again.

    Args:
        workspace: where it is recorded.
        document: its id.
        decision: number of the contract, and the day on which it was signed.
        who: who records it, and when.
        file: the signed paper (PDF), recorded beside the document.
        outside: True to record only the digest of the signed paper, and leave the paper out of git.

    Raises:
        UserError: no such document or file, or one that nobody signs.
        Refused: it is not approved, or the file is no PDF.
    """
    entry, twin = _standing(workspace, document)
    if not document.startswith(_CONTRACTS):
        raise UserError(
            f"文書「{document}」は契約書ではないため、締結できません。{_NOTHING}",
            hint="手順書と計画は、kian approve で決裁を記録してください。",
        )
    if entry.life not in (Life.APPROVED, Life.DRAFT) or (
        entry.life is Life.DRAFT and not entry.extra.get("adopted")
    ):
        told = "既に締結済みです" if entry.life is not Life.DRAFT else "決裁を経ていません"
        raise Refused(
            f"文書「{document}」は{told}。{_NOTHING}",
            hint="先に kian approve で決裁を記録してください。"
            if entry.life is Life.DRAFT
            else "契約を変えるときは、変更契約の手続を取ってください。",
        )
    _refuse_words(workspace, decision, {"文書の文面": twin})
    more, written, said = _signed_paper(workspace, entry, file, outside=outside)
    tag = tag_for(workspace, document, "concluded", entry.version)
    conclusion: dict[str, JsonValue] = {**decision.to_json(entry, tag), **more}
    new = replace(
        entry,
        life=Life.CONCLUDED,
        files=(*entry.files, *(path for path in written if path not in entry.files)),
        extra={**entry.extra, "conclusion": conclusion},
    )
    trailers = (("Kian-Life", Life.CONCLUDED.value), ("Kian-Text", entry.text), *said)
    subject = f"締結（{document} 第{entry.version}版、{decision.number}）"
    step = _Step(
        document, entry, new, subject, replace(who, reason=who.reason or "契約の締結"), decision.said(), trailers, tag
    )  # fmt: skip
    marked = entry.extra.get("final") is not True and not entry.extra.get("adopted")
    remark = (
        ("Wordファイルに案の表示が残っています。締結の前に kian generate DOC --final で消せました。",)
        if marked
        else ()
    )
    return _lived(workspace, step, remark, written)


def end(workspace: Workspace, document: str, decision: Decision, who: Who) -> Lived:
    """Record that a concluded contract has ended: carried out, cancelled, dissolved. Its paper stays as it is.

    Args:
        workspace: where it is recorded.
        document: its id.
        decision: the day of the end, and the number of the paper that ended it, "" where there is none.
        who: who records it, when, and why it ended.

    Raises:
        UserError: no such document, no reason, or a day that has not come or lies before the 締結.
        Refused: it is not concluded.
    """
    entry, _ = _standing(workspace, document)
    if entry.life is not Life.CONCLUDED:
        raise Refused(
            f"文書「{document}」は{STANDS[entry.life]}です。終了を記録できるのは、締結した契約だけです。{_NOTHING}",
            hint="kian status で状態を確かめてください。",
        )
    if not who.reason.strip():
        raise UserError(f"終了の理由がありません。{_NOTHING}", hint="--reason に理由を書いてください。")
    conclusion = entry.extra.get("conclusion")
    since = str(conclusion.get("date", "")) if isinstance(conclusion, dict) else ""
    if decision.on.isoformat() < since or decision.on > who.when.date():
        raise UserError(
            f"終了の日（{to_wareki(decision.on)}）は、締結の日から今日までの日でなければなりません。{_NOTHING}",
            hint="--date に、終わった日を書いてください。先の日に終わる契約は、その日が来てから記録してください。",
        )
    _refuse_words(workspace, replace(decision, number=decision.number or "―"), {"理由": who.reason})
    tag = tag_for(workspace, document, "ended", entry.version)
    new = replace(entry, life=Life.ENDED, extra={**entry.extra, "end": decision.to_json(entry, tag)})
    trailers = (("Kian-Life", Life.ENDED.value), ("Kian-Text", entry.text))
    subject = f"終了（{document} 第{entry.version}版、{to_wareki(decision.on)}）"
    return _lived(workspace, _Step(document, entry, new, subject, who, decision.said(), trailers, tag), ())


@dataclass(frozen=True)
class _Step:
    """What a step records."""

    document: str
    old: LockEntry
    new: LockEntry
    subject: str
    who: Who
    approval: str
    trailers: Trailers
    tag: str


def _lived(
    workspace: Workspace, step: _Step, remarks: tuple[str, ...], files: Mapping[str, bytes] | None = None
) -> Lived:
    content = workspace.read(LOCK_NAME)
    lock = Lock() if content is None else Lock.parse(content)
    entry, who = step.new, step.who
    note = DocumentNote(
        step.document,
        f"{entry.template} {entry.template_digest}".strip(),
        entry.fingerprint,
        str(entry.version),
    )
    trailers = (*trailers_for([note], approval=step.approval, operator=who.operator), *step.trailers)
    tag = TagSpec(step.tag, step.subject, trailers) if step.tag else None
    named = (("Kian-Tag", step.tag),) if step.tag else ()
    expected: dict[str, str | None] = {LOCK_NAME: None if content is None else digest(content)}
    expected.update({path: _digest(workspace, path) for path in step.old.files})
    written: dict[str, bytes | None] = {**(files or {})}
    written[LOCK_NAME] = lock.with_entries({step.document: entry}).to_bytes()
    revision = record(
        workspace,
        Revision(
            written, step.subject, who.reason, who.author, who.when, (*trailers, *named), expected, tag
        ),
    )  # fmt: skip
    signed = bool(step.tag) and recorded_tags(workspace)[step.tag].is_signed
    return Lived(step.document, entry.life, entry.version, revision, step.tag, signed, remarks)


def _digest(workspace: Workspace, path: str) -> str | None:
    data = workspace.read(path)
    return None if data is None else digest(data)


def _standing(workspace: Workspace, document: str) -> tuple[LockEntry, str]:
    """The row of the lock and the text of a document that stands as it was recorded."""
    entry = workspace.lock.documents.get(document)
    if entry is None:
        raise UserError(
            f"文書「{document}」は記録されていません。",
            hint="記録のある文書は kian status、id は kian list で分かります。",
        )
    touched = [
        one
        for one in status(workspace)
        if one.document == document and one.standing is not Standing.UNCHANGED
    ]
    if touched:
        raise Refused(
            f"記録していない手直しがあるか、ファイルがありません。{_NOTHING}",
            place=Place(touched[0].path),
            hint="手直しを残すときは kian adopt、捨てるときは git restore を行ってから、もう一度実行してください。",
        )
    path = next((name for name in entry.files if name.endswith(".docx")), "")
    data = workspace.read(path) if path else None
    if data is not None:
        package = read_package(data, path)
        if has_tracked_changes(package) or unsettled(package):
            raise Refused(
                f"承諾も元に戻しもしていない変更履歴か、決めていない食い違いがあります。{_NOTHING}",
                place=Place(path),
                hint="Wordで決めて、kian adopt で記録してから、もう一度実行してください。",
            )
    text = next((name for name in entry.files if name.endswith(".txt")), "")
    return entry, ((workspace.read(text) if text else None) or b"").decode(errors="replace")


def _refuse_words(workspace: Workspace, decision: Decision, texts: Mapping[str, str]) -> None:
    for name, value in (("--number", decision.number), ("--by", decision.by)):
        if len(value) > _MAX or "\n" in value:
            raise UserError(f"{name} は1行、{_MAX}文字までです。{_NOTHING}")
    if not decision.number.strip():
        raise UserError(f"番号がありません。{_NOTHING}", hint="--number に文書番号を書いてください。")
    refuse_private(workspace, {"--number": decision.number, "--by": decision.by, **texts})


def _left_open(entry: LockEntry) -> tuple[str, ...]:
    """What an approved text still leaves open."""
    found = entry.extra.get("undecided")
    if not isinstance(found, list) or not found:
        return ()
    return (f"未定の項目が{len(found)}件、〇〇〇〇又は選択肢のまま残っています（kian check --undecided）。",)


def _signed_paper(
    workspace: Workspace, entry: LockEntry, file: Path | None, *, outside: bool
) -> tuple[dict[str, JsonValue], dict[str, bytes], Trailers]:
    """What the lock, the folder and the trailers hold of the signed paper."""
    if file is None:
        return {}, {}, ()
    data = read_outside(file)
    if not data.startswith(b"%PDF-"):
        raise Refused(
            f"PDFファイルではありません。{_NOTHING}",
            place=Place(str(file)),
            hint="署名済みのPDFを指定してください。",
        )
    path = f"{next(name for name in entry.files if name.endswith('.docx')).removesuffix('.docx')}.signed.pdf"
    if not outside and workspace.read(path) is not None:
        raise Refused(f"同じ名前のファイルがあります。{_NOTHING}", place=Place(path))
    told: dict[str, JsonValue] = {"file": file.name if outside else path, "file_digest": digest(data)}
    return told, {} if outside else {path: data}, (("Kian-File", f"{told['file']} {told['file_digest']}"),)
