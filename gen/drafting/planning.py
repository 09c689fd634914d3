"""What becomes of one document: new, changed, unchanged or left alone; and its files.

Hands out `plan_document`, `Plan`, `Outcome`, `Action`, `stamp_of` and `provenance_of`. Nothing is written
here. Leans on `selection`, `ledger`, `word.document`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from gen import __version__, law
from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import City
from gen.japanese import to_wareki
from gen.ledger import JsonValue, Life, Lock, LockEntry, State
from gen.report import Finding, Report, Severity

if TYPE_CHECKING:
    from gen.word.document import Document, Stamp

__all__ = [
    "Action",
    "Outcome",
    "Plan",
    "inputs_key",
    "is_same",
    "made_of",
    "plan_document",
    "provenance_of",
    "stamp_of",
]


class Action(StrEnum):
    """What becomes of a document."""

    CREATED = "created"
    CHANGED = "changed"
    MERGED = "merged"
    FINAL = "final"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True)
class Outcome:
    """One document after generating.

    Attributes:
        draft: which.
        action: what became of it.
        version: its 版.
        path: of its Word file.
        twin: its text now.
        before: its text as last recorded, "" where new.
        report: what is 未定 in it.
        reopened: True where a paper that was final becomes a draft again.
        touched: how its files differ from what is recorded (edited, missing), "" where they do not.
        conflicts: what the comments on conflicts say that nobody settled yet.
        dropped: path of an HTML page that goes, for it would not hold what a person wrote.
    """

    draft: Draft
    action: Action
    version: int
    path: str
    twin: str = ""
    before: str = ""
    report: Report = field(default_factory=Report)
    reopened: bool = False
    touched: str = ""
    conflicts: tuple[str, ...] = ()
    dropped: str = ""


@dataclass(frozen=True)
class Plan:
    """One document and what is to be written for it.

    Attributes:
        outcome: what becomes of it.
        entry: its new row of the lock; None where nothing changes.
        files: new files of the workspace; None takes one out.
        noted: of a document that stays as it is, the row that knows the inputs of today. It is
            written with the next revision, and spares later runs making the document anew.
    """

    outcome: Outcome
    entry: LockEntry | None
    files: Mapping[str, bytes | None]
    noted: LockEntry | None = None


def stamp_of(version: int, made_on: date, *, final: bool = False) -> Stamp:
    """The stamp of a 版 made on a day."""
    from gen.word.document import Stamp

    return Stamp(version, made_on.isoformat(), to_wareki(made_on), draft=not final)


def plan_document(
    studio: Studio, draft: Draft, lock: Lock, on: date, city: City, *, final: bool = False
) -> Plan:
    """What becomes of one document.

    Args:
        studio: makes it.
        draft: which.
        lock: what is recorded.
        on: 作成日 of a new 版.
        city: the workspace.
        final: without draft mark and comments. A paper that is final stays so until its
            text changes; making it final keeps 版, 作成日 and text.
    """
    entry = lock.documents.get(draft.id)
    path = f"{draft.path}.docx"
    if entry is not None and entry.life is not Life.DRAFT:
        return Plan(Outcome(draft, Action.KEPT, entry.version, path), None, {})
    key = inputs_key(studio, draft)
    was_final = entry is not None and entry.extra.get("final") is True
    if entry is not None and entry.extra.get("inputs") == key and (was_final or not final):
        report = _undecided_report(studio, draft, entry.extra.get("undecided"))
        return Plan(Outcome(draft, Action.UNCHANGED, entry.version, path, report=report), None, {})
    document = studio.make(draft)
    report = _undecided_report(studio, draft, document.undecided)
    kept = entry is not None and (was_final or not final)
    if entry is not None and kept and is_same(studio, draft, document, entry, final=was_final):
        outcome = Outcome(draft, Action.UNCHANGED, entry.version, path, document.twin, document.twin, report)
        extra = {**entry.extra, "inputs": key, "undecided": list[JsonValue](document.undecided)}
        return Plan(outcome, None, {}, replace(entry, extra=extra))
    if entry is not None and final and document.text_digest == made_of(entry)[1]:
        version, made_on, action = entry.version, entry.made_on, Action.FINAL
    else:
        version, made_on = (1 if entry is None else entry.version + 1), on
        action = Action.CREATED if entry is None else Action.CHANGED
    stamp = stamp_of(version, made_on, final=final)
    made = _entry(studio, draft, document, stamp, made_on, key)
    before = (city.workspace.read(f"{draft.path}.txt") or b"").decode(errors="replace")
    outcome = Outcome(
        draft, action, version, path, document.twin, before, report, reopened=was_final and not final
    )
    provenance = provenance_of(draft, made)
    files: dict[str, bytes | None] = {
        path: document.write(stamp, provenance),
        f"{draft.path}.txt": document.twin.encode(),
    }
    if (page := document.write_html(stamp, provenance)) is not None:
        files[f"{draft.path}.html"] = page
    return Plan(outcome, made, files)


def is_same(studio: Studio, draft: Draft, document: Document, entry: LockEntry, *, final: bool) -> bool:
    """Whether the facts make what is recorded, today or on the day on which it was made.

    A checklist prints its 基準日 and what was late on it; a new day alone makes no new paper.
    """
    stamp = stamp_of(entry.version, entry.made_on, final=final)
    recorded, _ = made_of(entry)
    if document.fingerprint(stamp) == recorded:
        return True
    if entry.made_on == studio.on or law.in_force(entry.made_on) != law.in_force(studio.on):
        return False
    return studio.on_day(entry.made_on).make(draft).fingerprint(stamp) == recorded


def made_of(entry: LockEntry) -> tuple[str, str]:
    """Fingerprint and text digest of what Kian last made, also where a person's file stands in its place."""
    made = entry.extra.get("generated")
    if entry.state is State.EDITED and isinstance(made, dict):
        return str(made.get("fingerprint")), str(made.get("text"))
    return entry.fingerprint, entry.text


def document_endings(document: Document) -> tuple[str, ...]:
    """The endings of a document's files, sorted: a page only where its template makes one."""
    return ("docx", "txt") if document.page is None else ("docx", "html", "txt")


def inputs_key(studio: Studio, draft: Draft) -> str:
    """A digest over everything that a document is made from: the same key, the same document."""
    parts = (
        __version__,
        draft.id,
        studio.profile.digest,
        studio.catalog.whole_digest,
        studio.data_digest,
        *law.in_force(studio.on),
        *(finding.message for finding in (studio.report if draft.of else ())),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _entry(studio: Studio, draft: Draft, document: Document, stamp: Stamp, on: date, key: str) -> LockEntry:
    return LockEntry(
        template=draft.manifest.name,
        template_digest=studio.template_digest(draft),
        profile_digest=studio.profile.digest,
        fingerprint=document.fingerprint(stamp),
        text=document.text_digest,
        version=stamp.version,
        made_on=on,
        files=tuple(f"{draft.path}.{ending}" for ending in document_endings(document)),
        state=State.GENERATED,
        life=Life.DRAFT,
        extra={
            "inputs": key,
            "law": law.digest(),
            "engine": engine(),
            "undecided": list(document.undecided),
            **({} if stamp.draft else {"final": True}),
        },
    )


@cache
def engine() -> str:
    """The versions of what made a document."""
    from importlib.metadata import PackageNotFoundError, version

    def of(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "?"

    return f"kian {__version__}; docxtpl {of('docxtpl')}; jinja2 {of('jinja2')}; markdown {of('markdown')}"


def provenance_of(draft: Draft, entry: LockEntry) -> dict[str, str]:
    """What a paper's file says of where it came from."""
    return {
        "KianDocument": draft.id,
        "KianTemplate": entry.template,
        "KianTemplateDigest": entry.template_digest,
        "KianProfile": entry.profile_digest,
        "KianLaw": str(entry.extra["law"]),
        "KianEngine": str(entry.extra["engine"]),
        "KianVersion": str(entry.version),
        "KianFingerprint": entry.fingerprint,
        "KianText": entry.text,
    }


def _undecided_report(studio: Studio, draft: Draft, paths: object) -> Report:
    """Each field that is 未定 in a document, as a finding; the paths may come from the lock."""
    profile = studio.profile
    known = [path for path in paths if isinstance(path, str)] if isinstance(paths, list | tuple) else []
    return Report.of(
        Finding(
            rule="undecided",
            severity=Severity.WARNING,
            message=f"{profile.label(path)}が未定です。文書「{draft.id}」には「〇〇〇〇」又は選択肢のまま印字しました。",
            place=profile.place(path),
            field=path,
            hint="決まったらプロファイルに書き、kian generate をもう一度実行してください。",
        )
        for path in known
    )
