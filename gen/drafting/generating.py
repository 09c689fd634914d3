"""Generating: what the facts now make, compared with what is recorded, as one revision.

Hands out `generate` and `Generated`. Unchanged facts make no revision; a
document that a person edited is recorded first and then merged with the new facts; one that
was approved is never changed. Leans on `selection`, `starting`, `hands`, `ledger`; `merging` is
loaded where a person edited a paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from gen.catalog import is_catalog_file
from gen.drafting.approved import final_of, waits_for_final
from gen.drafting.finality import refuse_unsettled
from gen.drafting.hands import Hand, hands_of
from gen.drafting.planning import Action, Outcome, Plan, plan_document
from gen.drafting.privacy import refuse_private
from gen.drafting.selection import Studio
from gen.drafting.starting import City, is_profile, profile_files
from gen.errors import Refused
from gen.ledger import (
    LOCK_NAME,
    DocumentNote,
    Identity,
    Life,
    Lock,
    RecordedRevision,
    Revision,
    Standing,
    digest,
    head,
    list_files,
    record,
    status,
    trailers_for,
)
from gen.profile import FieldChange, changes, load_profile_bytes
from gen.report import Report

__all__ = ["Generated", "generate"]

_SHOWN_CHANGES = 30


@dataclass(frozen=True)
class Generated:
    """What `generate` did, or (dry run) would do."""

    outcomes: tuple[Outcome, ...]
    changes: tuple[FieldChange, ...]
    revision: RecordedRevision | None
    subject: str
    report: Report


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
    final: bool = False,
    clean: bool = False,
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
        final: without draft mark and comments; refused while anything is 未定 or unconfirmed.
        clean: write new facts into edited papers without tracked changes.
        progress: told each document's id.

    Raises:
        FindingsError: the facts or a template hold errors.
        Refused: a person's edit stands in the way.
    """
    studio = Studio(city.profile, city.catalog, on, city.report)
    recorded = city.workspace.read(LOCK_NAME)
    run = _Run(city, studio, recorded, Lock() if recorded is None else Lock.parse(recorded), final, clean)
    plans = run.plans(names, progress)
    touched = _touched(city)
    hands = run.hands(plans, touched)
    _refuse_edited(touched, plans, hands)
    if not dry_run:
        _refuse_private(city, hands, reason)
    plans = run.merged(plans, hands)
    at = head(city.workspace)
    changed = _changed(city, at)
    outcomes = tuple(_as_found(plan, touched) for plan in plans)
    report = city.notes + Report.of(finding for outcome in outcomes for finding in outcome.report)
    subject = _subject(outcomes, changed)
    revision = None
    if not dry_run and (changed or any(plan.entry is not None for plan in plans)):
        why = reason or _own_reason(outcomes, changed, late=run.is_late(plans))
        by = _By(author, when, operator)
        run = run.with_recorded([hand for hand in hands.values() if not hand.recorded], by)
        revision = run.record(plans, changed, _gone(city, at), subject, why, by)
    return Generated(outcomes, changed, revision, subject, report)


def _refuse_private(city: City, hands: Mapping[str, Hand], reason: str) -> None:
    """Stop before a private number is recorded that somebody wrote into the facts, a reason or a paper."""
    facts = {name: data.decode(errors="replace") for name, data in city.loaded.files.items()}
    papers = {hand.path: hand.text() for hand in hands.values() if not hand.recorded}
    refuse_private(city.workspace, {"理由": reason, **facts, **papers})


@dataclass(frozen=True)
class _By:
    """Who records, and when."""

    author: Identity
    when: datetime
    operator: str


@dataclass(frozen=True)
class _Run:
    """One run: what there is, and what is asked for.

    Attributes:
        city: the workspace with its facts.
        studio: makes the documents.
        recorded: the bytes of the lock, None where there is none yet.
        lock: them, read.
        final: papers without draft mark and comments.
        clean: new facts in edited papers without tracked changes.
    """

    city: City
    studio: Studio
    recorded: bytes | None
    lock: Lock
    final: bool
    clean: bool

    def plans(self, names: Sequence[str], progress: Callable[[str], None]) -> list[Plan]:
        """What becomes of each document, a person's hand left aside."""
        found: list[Plan] = []
        for draft in self.studio.chosen(names, self.lock.documents):
            progress(draft.id)
            entry = self.lock.documents.get(draft.id)
            if self.final and entry is not None and waits_for_final(entry):
                found.append(final_of(self.city, draft, entry))
                continue
            final = self.final and not draft.of
            found.append(plan_document(self.studio, draft, self.lock, self.studio.on, self.city, final=final))
        if self.final:
            moving = [plan.outcome.draft for plan in found if plan.outcome.action is not Action.KEPT]
            refuse_unsettled(self.studio, moving, self.lock)
        return found

    def hands(
        self, plans: Iterable[Plan], touched: Mapping[str, list[tuple[Standing, str]]]
    ) -> dict[str, Hand]:
        """The edited papers among those that the facts change."""
        edited = {path for rows in touched.values() for standing, path in rows if standing is Standing.EDITED}
        drafts = [
            plan.outcome.draft for plan in plans if plan.entry is not None and plan.entry.life is Life.DRAFT
        ]
        return hands_of(self.city, self.lock, drafts, frozenset(edited))

    def merged(self, plans: Sequence[Plan], hands: Mapping[str, Hand]) -> list[Plan]:
        """The plans, those of edited papers with what the person wrote in them."""
        if not hands:
            return list(plans)
        from gen.drafting.merging import merged_plan

        return [
            plan
            if (hand := hands.get(plan.outcome.draft.id)) is None
            else merged_plan(self.city, plan, hand, on=self.studio.on, clean=self.clean, final=self.final)
            for plan in plans
        ]

    def is_late(self, plans: Iterable[Plan]) -> bool:
        """Whether a document follows facts that were recorded before, by themselves."""
        return any(
            plan.entry is not None
            and (old := self.lock.documents.get(plan.outcome.draft.id)) is not None
            and old.profile_digest != plan.entry.profile_digest
            for plan in plans
        )

    def with_recorded(self, hands: Sequence[Hand], by: _By) -> _Run:
        """Record what persons did as a revision of its own; the run with the lock as it stands then."""
        if not hands:
            return self
        from gen.drafting.merging import recorded_hands

        entries, files = recorded_hands(hands)
        content = self.lock.with_entries(entries).to_bytes()
        notes = [
            DocumentNote(id, f"{one.template} {one.template_digest}", one.fingerprint, str(one.version))
            for id, one in entries.items()
        ]
        expected: dict[str, str | None] = {hand.path: digest(hand.theirs) for hand in hands}
        record(
            self.city.workspace,
            Revision(
                {**files, LOCK_NAME: content},
                f"手で直された文書{len(hands)}件を記録",
                "新しい事実を反映する前に、Wordで直された内容をそのまま記録",
                by.author,
                by.when,
                trailers_for(notes, operator=by.operator),
                {**expected, LOCK_NAME: self._lock_digest()},
            ),
        )
        return replace(self, recorded=content, lock=Lock.parse(content))

    def record(
        self,
        plans: Sequence[Plan],
        changed: Sequence[FieldChange],
        gone: Mapping[str, bytes | None],
        subject: str,
        reason: str,
        by: _By,
    ) -> RecordedRevision | None:
        """Record facts and documents as one revision."""
        city = self.city
        files = {**gone, **_files(city, self.studio, self.lock, plans)}
        expected: dict[str, str | None] = {name: digest(data) for name, data in city.loaded.files.items()}
        expected[LOCK_NAME] = self._lock_digest()
        trailers = _trailers(city, plans, changed, by.operator)
        return record(
            city.workspace, Revision(files, subject, reason, by.author, by.when, trailers, expected)
        )

    def _lock_digest(self) -> str | None:
        return None if self.recorded is None else digest(self.recorded)


def _changed(city: City, at: str | None) -> tuple[FieldChange, ...]:
    """The facts that differ from the last revision's; the same bytes are not checked twice."""
    recorded = profile_files(city.workspace, at) if at else {}
    if not recorded or recorded == dict(city.loaded.files):
        return ()
    before = load_profile_bytes(recorded).profile
    return tuple(changes(before, city.profile)) if before is not None else ()


def _touched(city: City) -> dict[str, list[tuple[Standing, str]]]:
    """The files that a person edited or took away, by document."""
    found: dict[str, list[tuple[Standing, str]]] = {}
    for state in status(city.workspace):
        if state.standing in (Standing.EDITED, Standing.MISSING):
            found.setdefault(state.document, []).append((state.standing, state.path))
    return found


def _as_found(plan: Plan, touched: Mapping[str, list[tuple[Standing, str]]]) -> Outcome:
    """The outcome; of a paper that is left alone, also what a person did to its files."""
    files = touched.get(plan.outcome.draft.id)
    if plan.entry is not None or not files:
        return plan.outcome
    standing, path = min(files, key=lambda one: one[0] is not Standing.EDITED)
    return replace(plan.outcome, touched=standing.value, path=path)


def _refuse_edited(
    touched: Mapping[str, list[tuple[Standing, str]]], plans: Iterable[Plan], hands: Mapping[str, Hand]
) -> None:
    """Stop before a file is overwritten that cannot be merged: a twin or a page edited by hand."""
    merged = {hand.path for hand in hands.values()}
    edited = [
        path
        for plan in plans
        if plan.entry is not None
        for standing, path in touched.get(plan.outcome.draft.id, ())
        if standing is Standing.EDITED and path not in merged
    ]
    if edited:
        names = "".join(f"\n  {path}" for path in edited)
        commands = "".join(f"\n        git restore {path}" for path in edited)
        raise Refused(
            f"手で直された文書があるため中止しました。何も書き込んでいません：{names}",
            hint="直した内容を残すときは、先に作業場所の外に別の名前で保存してください。"
            f"元に戻すには、作業場所のフォルダで次のように打ち、もう一度実行してください：{commands}",
        )


def _files(city: City, studio: Studio, lock: Lock, plans: Sequence[Plan]) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = dict(city.loaded.files)
    for plan in plans:
        files.update(plan.files)
    rows = ((plan.outcome.draft.id, plan.entry or plan.noted) for plan in plans)
    entries = {id: entry for id, entry in rows if entry is not None}
    if entries:
        files[LOCK_NAME] = lock.with_entries(entries).to_bytes()
    if any(plan.entry is not None for plan in plans):
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
    city: City, plans: Sequence[Plan], changed: Sequence[FieldChange], operator: str
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
    counts = Counter(one.action for one in outcomes)
    words = [
        f"文書{counts[action]}件を{word}" if counts[action] else ""
        for action, word in (
            (Action.CREATED, "作成"),
            (Action.CHANGED, "変更"),
            (Action.MERGED, "手直しと統合"),
            (Action.FINAL, "確定"),
        )
    ]
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
