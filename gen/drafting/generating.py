"""Generating: what the facts now make, compared with what is recorded, as one revision.

Hands out `generate`, `Generated` and `Outcome`. Unchanged facts make no revision; a
document that a person edited, or that was approved, is never overwritten.
Leans on `selection`, `starting`, `ledger`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from gen import __version__, law
from gen.catalog import is_catalog_file
from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import City, is_profile, profile_at
from gen.errors import Refused
from gen.japanese import to_wareki
from gen.ledger import (
    LOCK_NAME,
    DocumentNote,
    Identity,
    Life,
    Lock,
    LockEntry,
    RecordedRevision,
    Revision,
    Standing,
    State,
    digest,
    head,
    list_files,
    record,
    status,
    trailers_for,
)
from gen.profile import FieldChange, changes
from gen.report import Finding, Report, Severity
from gen.word.document import Document, Stamp

__all__ = ["Action", "Generated", "Outcome", "generate", "stamp_of"]

_SHOWN_CHANGES = 30


class Action(StrEnum):
    """What becomes of a document."""

    CREATED = "created"
    CHANGED = "changed"
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
    """

    draft: Draft
    action: Action
    version: int
    path: str
    twin: str = ""
    before: str = ""
    report: Report = field(default_factory=Report)


@dataclass(frozen=True)
class Generated:
    """What `generate` did, or (dry run) would do."""

    outcomes: tuple[Outcome, ...]
    changes: tuple[FieldChange, ...]
    revision: RecordedRevision | None
    subject: str
    report: Report


@dataclass(frozen=True)
class _Plan:
    outcome: Outcome
    entry: LockEntry | None
    files: Mapping[str, bytes]


def stamp_of(version: int, made_on: date) -> Stamp:
    """The stamp of a 版 made on a day."""
    return Stamp(version, made_on.isoformat(), to_wareki(made_on))


def generate(
    city: City,
    names: Sequence[str],
    *,
    on: date,
    when: datetime,
    author: Identity,
    reason: str = "",
    operator: str = "",
    dry_run: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Generated:
    """Make the documents that the facts ask for and record them as one revision.

    Args:
        city: a workspace with its facts.
        names: ids of documents; none for all that apply.
        on: 基準日 and 作成日.
        when: date of the revision.
        author: who records.
        reason: why, as the person says.
        operator: account of the operating system.
        dry_run: tell only.
        progress: told each document's id.

    Raises:
        FindingsError: the facts or a template hold errors.
        Refused: a person's edit stands in the way.
    """
    studio = Studio(city.profile, city.catalog, on, city.report)
    recorded = city.workspace.read(LOCK_NAME)
    lock = Lock() if recorded is None else Lock.parse(recorded)
    plans: list[_Plan] = []
    for draft in studio.chosen(names):
        progress(draft.id)
        plans.append(_plan(studio, draft, lock, on, city))
    _refuse_edited(city, plans)
    at = head(city.workspace)
    before = profile_at(city.workspace, at) if at else None
    changed = tuple(changes(before, city.profile)) if before is not None else ()
    outcomes = tuple(plan.outcome for plan in plans)
    report = Report.of(finding for outcome in outcomes for finding in outcome.report)
    subject = _subject(outcomes, changed)
    late = any(
        plan.entry is not None
        and (old := lock.documents.get(plan.outcome.draft.id)) is not None
        and old.profile_digest != plan.entry.profile_digest
        for plan in plans
    )
    revision = None
    if not dry_run and (changed or any(plan.entry is not None for plan in plans)):
        files = {**_gone(city, at), **_files(city, studio, lock, plans)}
        trailers = _trailers(city, plans, changed, operator)
        expected: dict[str, str | None] = {name: digest(data) for name, data in city.loaded.files.items()}
        expected[LOCK_NAME] = None if recorded is None else digest(recorded)
        revision = record(
            city.workspace,
            Revision(
                files,
                subject,
                reason or _own_reason(outcomes, changed, late=late),
                author,
                when,
                trailers,
                expected,
            ),
        )
    return Generated(outcomes, changed, revision, subject, report)


def _plan(studio: Studio, draft: Draft, lock: Lock, on: date, city: City) -> _Plan:
    entry = lock.documents.get(draft.id)
    path = f"{draft.path}.docx"
    if entry is not None and entry.life is not Life.DRAFT:
        return _Plan(Outcome(draft, Action.KEPT, entry.version, path), None, {})
    key = _inputs_key(studio, draft)
    if entry is not None and entry.extra.get("inputs") == key:
        report = _undecided_report(studio, draft, entry.extra.get("undecided"))
        return _Plan(Outcome(draft, Action.UNCHANGED, entry.version, path, report=report), None, {})
    document = studio.make(draft)
    report = _undecided_report(studio, draft, document.undecided)
    if entry is not None:
        stamp = stamp_of(entry.version, entry.made_on)
        if document.fingerprint(stamp) == entry.fingerprint:
            outcome = Outcome(
                draft, Action.UNCHANGED, entry.version, path, document.twin, document.twin, report
            )
            return _Plan(outcome, None, {})
    version = 1 if entry is None else entry.version + 1
    stamp = stamp_of(version, on)
    made = _entry(studio, draft, document, stamp, on, key)
    before = (city.workspace.read(f"{draft.path}.txt") or b"").decode(errors="replace")
    action = Action.CREATED if entry is None else Action.CHANGED
    outcome = Outcome(draft, action, version, path, document.twin, before, report)
    files = {
        path: document.write(stamp, _provenance(studio, draft, made)),
        f"{draft.path}.txt": document.twin.encode(),
    }
    return _Plan(outcome, made, files)


def _inputs_key(studio: Studio, draft: Draft) -> str:
    """A digest over everything that a document is made from: the same key, the same document."""
    parts = (
        __version__,
        draft.id,
        studio.profile.digest,
        studio.catalog.whole_digest,
        law.digest(),
        *law.in_force(studio.on),
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
        files=(f"{draft.path}.docx", f"{draft.path}.txt"),
        state=State.GENERATED,
        life=Life.DRAFT,
        extra={
            "inputs": key,
            "law": law.digest(),
            "engine": engine(),
            "undecided": list(document.undecided),
        },
    )


def engine() -> str:
    """The versions of what made a document."""
    from importlib.metadata import PackageNotFoundError, version

    def of(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "?"

    return f"kian {__version__}; docxtpl {of('docxtpl')}; jinja2 {of('jinja2')}"


def _provenance(studio: Studio, draft: Draft, entry: LockEntry) -> dict[str, str]:
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


def _refuse_edited(city: City, plans: Iterable[_Plan]) -> None:
    wanted = {plan.outcome.draft.id for plan in plans if plan.entry is not None}
    edited = [
        state.path
        for state in status(city.workspace)
        if state.document in wanted and state.standing is Standing.EDITED
    ]
    if edited:
        raise Refused(
            f"手で直された文書があるため中止しました。何も書き込んでいません：{'、'.join(edited)}",
            hint="直した内容を残すときは、別の名前で保存してから git restore でファイルを元に戻し、"
            "もう一度実行してください。直した内容を捨てるときは、git restore だけを実行してください。",
        )


def _files(city: City, studio: Studio, lock: Lock, plans: Sequence[_Plan]) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = dict(city.loaded.files)
    entries: dict[str, LockEntry] = {}
    for plan in plans:
        files.update(plan.files)
        if plan.entry is not None:
            entries[plan.outcome.draft.id] = plan.entry
    if entries:
        files[LOCK_NAME] = lock.with_entries(entries).to_bytes()
        files.update({f".kian/inputs/{name}": data for name, data in studio.inputs().items()})
    for name, data in city.catalog.own_files().items():
        files[f"templates/{name}"] = data
    return files


def _gone(city: City, at: str | None) -> dict[str, None]:
    """Files of the profile and the city's own templates that were recorded and are no more."""
    names = list_files(city.workspace, at) if at else ()
    return {
        name: None
        for name in names
        if (is_profile(name) or _is_own_template(name)) and not (city.workspace.root / name).exists()
    }


def _is_own_template(name: str) -> bool:
    folder, _, file = name.partition("/")
    return folder == "templates" and is_catalog_file(file)


def _trailers(
    city: City, plans: Sequence[_Plan], changed: Sequence[FieldChange], operator: str
) -> tuple[tuple[str, str], ...]:
    notes = [
        DocumentNote(
            plan.outcome.draft.id,
            f"{plan.entry.template} {plan.entry.template_digest}",
            plan.entry.fingerprint,
            str(plan.entry.version),
        )
        for plan in plans
        if plan.entry is not None
    ]
    told = [("Kian-Change", f"{one.label}: {one.old} → {one.new}") for one in changed[:_SHOWN_CHANGES]]
    if len(changed) > _SHOWN_CHANGES:
        told.append(("Kian-Change", f"ほか{len(changed) - _SHOWN_CHANGES}件"))
    return (*trailers_for(notes, profile=city.profile.digest, operator=operator), *told)


def _subject(outcomes: Sequence[Outcome], changed: Sequence[FieldChange]) -> str:
    created = sum(one.action is Action.CREATED for one in outcomes)
    updated = sum(one.action is Action.CHANGED for one in outcomes)
    words = [f"文書{created}件を作成" if created else "", f"文書{updated}件を変更" if updated else ""]
    said = "、".join(word for word in words if word)
    if not said:
        return "プロファイルの事実を変更" if changed else "変更なし"
    about = "、".join(dict.fromkeys(one.label for one in changed[:3]))
    return f"{said}（{about}{'など' if len(changed) > 3 else ''}）" if about else said


def _own_reason(outcomes: Sequence[Outcome], changed: Sequence[FieldChange], *, late: bool) -> str:
    """Why, where the person gave no reason; `late`: the facts were recorded before, by themselves."""
    if changed:
        return "プロファイルの事実が変わったため：" + "、".join(
            f"{one.label}（{one.old}→{one.new}）" for one in changed[:5]
        )
    if any(one.action is Action.CREATED for one in outcomes):
        return "プロファイルから文書を作成"
    if late:
        return "先に記録したプロファイルの変更を、文書に反映"
    return "ひな形又は法令の値が変わったため"
