"""Papers that a person edited in Word, when the facts change: recorded as they are, then merged.

Hands out `merged_plan`, `recorded_hands` and `with_hand`. Three versions meet: what Kian last
made (in git), what the person made of it (recorded first, as a revision of its own), what the facts make
now. Leans on `hands`, `planning`, `compare`, `ledger`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gen.compare import DOCUMENT, Paper, has_tracked_changes, read_paper
from gen.compare.merging import Merged, merge
from gen.compare.remarks import unsettled
from gen.compare.woven import Conflict
from gen.drafting.comparing import names_of
from gen.drafting.hands import Hand, base_path, page_of
from gen.drafting.planning import Action, Plan, provenance_of
from gen.drafting.starting import City, profile_at
from gen.errors import Place, Refused
from gen.ledger import JsonValue, LockEntry, State, history
from gen.profile import FieldChange, Profile, changes
from gen.report import Finding, Report, Severity
from gen.word.comments import COMMENTS, no_comments, without_comments
from gen.word.package import fingerprint
from gen.word.slots import with_provenance

__all__ = ["merged_plan", "recorded_hands", "with_hand"]

_SHOWN = 3


def with_hand(hand: Hand, twin: str) -> tuple[LockEntry, dict[str, bytes | None]]:
    """The row of the lock and the files that record a person's file as it is."""
    paper = read_paper(hand.theirs, hand.path)
    text = hand.path.removesuffix(".docx")
    entry = replace(
        hand.entry,
        fingerprint=fingerprint(paper.package.parts),
        text=hashlib.sha256(twin.encode()).hexdigest(),
        files=(f"{text}.docx", f"{text}.txt"),
        state=State.EDITED,
        extra={**hand.entry.extra, **_made(hand.entry)},
    )
    files: dict[str, bytes | None] = {
        hand.path: hand.theirs,
        f"{text}.txt": twin.encode(),
        base_path(hand.path): hand.base,
    }
    files.update({path: None for path in hand.entry.files if path not in entry.files})
    return entry, files


def _made(entry: LockEntry) -> dict[str, JsonValue]:
    """What the lock keeps of the file that Kian last made."""
    if entry.state is State.EDITED:
        return {}
    return {"generated": {"fingerprint": entry.fingerprint, "text": entry.text}}


def recorded_hands(hands: Sequence[Hand]) -> tuple[dict[str, LockEntry], dict[str, bytes | None]]:
    """Rows of the lock and files that record what persons did, before anything is merged."""
    entries: dict[str, LockEntry] = {}
    files: dict[str, bytes | None] = {}
    for hand in hands:
        entries[hand.document], more = with_hand(hand, read_paper(hand.theirs, hand.path).twin)
        files.update(more)
    return entries, files


def merged_plan(city: City, plan: Plan, hand: Hand, *, on: date, clean: bool, final: bool = False) -> Plan:
    """A plan whose files are the person's, with the new facts in them.

    Args:
        city: the workspace.
        plan: what the facts make now.
        hand: what the person made.
        on: day of the tracked changes.
        clean: True to write the new facts without marks.
        final: True to take off draft mark and comments.

    Raises:
        Refused: final, and the paper has open changes or conflicts.
    """
    assert plan.entry is not None
    draft = plan.outcome.draft
    before = profile_of(city, hand.document)
    theirs = read_paper(hand.theirs, hand.path)
    told = theirs.twin
    ours = plan.files[hand.path] or b""
    done = merge(
        read_paper(hand.base, base_path(hand.path)),
        theirs,
        read_paper(ours, hand.path),
        on=on,
        say=Saying(before, city.profile).of,
        clean=clean,
        names=(*names_of(city.profile), *(names_of(before) if before else ())),
    )
    if final:
        done = _finished(done, hand)
    paper = done.paper()
    entry = _merged_entry(plan.entry, done, paper)
    package = with_provenance(paper.package, provenance_of(draft, entry), hand.path)
    files: dict[str, bytes | None] = {
        hand.path: package.write(),
        f"{draft.path}.txt": paper.twin.encode(),
        base_path(hand.path): ours,
    }
    files.update({path: None for path in hand.entry.files if path not in entry.files})
    outcome = replace(
        plan.outcome,
        action=Action.FINAL if final else Action.MERGED,
        twin=paper.twin,
        before=told,
        conflicts=unsettled(paper.package),
        dropped=page_of(hand.entry),
        report=Report.of((*plan.outcome.report, *map(_citation, done.findings))),
    )
    return Plan(outcome, entry, files)


def _citation(message: str) -> Finding:
    """A citation that could not follow when the numbers of an edited paper were made anew."""
    return Finding(
        rule="edited-citation",
        severity=Severity.WARNING,
        message=message,
        hint="Wordで引用先を確かめてください。番号は kian renumber で整えられます。",
    )


def _finished(done: Merged, hand: Hand) -> Merged:
    """A merged paper without comments, once nothing in it is open any more."""
    parts = done.package.parts
    if done.changes or has_tracked_changes(done.package) or unsettled(done.package):
        raise Refused(
            "承諾も元に戻しもしていない変更履歴か、決めていない食い違いがあるため、確定できません。何も書き込んでいません。",
            place=Place(hand.path),
            hint="kian generate で新しい事実を反映し、Wordで変更履歴を承諾又は元に戻し、コメントを解決してから、"
            "もう一度実行してください。",
        )
    bare: dict[str, bytes | None] = {
        name: without_comments(parts[name].decode()).encode() for name in parts if name == DOCUMENT
    }
    if COMMENTS in parts:
        bare[COMMENTS] = no_comments()
    return replace(done, package=done.package.with_parts(bare))


def _merged_entry(made: LockEntry, done: Merged, paper: Paper) -> LockEntry:
    return replace(
        made,
        fingerprint=fingerprint(done.package.parts),
        text=hashlib.sha256(paper.twin.encode()).hexdigest(),
        files=tuple(path for path in made.files if path.endswith((".docx", ".txt"))),
        state=State.EDITED,
        extra={**made.extra, **_made(made)},
    )


def profile_of(city: City, document: str) -> Profile | None:
    """The facts with which a document was last recorded."""
    revisions = history(city.workspace, document, 1)
    return profile_at(city.workspace, revisions[0].commit) if revisions else None


class Saying:
    """The words of the comment on a conflict: which fact changed, what both texts are, what to do.

    Args:
        before: the facts with which the paper was last made.
        now: the facts.
    """

    def __init__(self, before: Profile | None, now: Profile) -> None:
        self._changes: Sequence[FieldChange] = changes(before, now) if before is not None else ()

    def of(self, conflict: Conflict) -> str:
        """The comment."""
        about = "、".join(f"{one.label}（{one.old}→{one.new}）" for one in self._named(conflict))
        fact = f"プロファイルの{about}が変わりました。" if about else "ひな形又は事実が変わりました。"
        fact = f"{_where(conflict)}{fact}"
        lines = {
            "text": (
                f"{fact}手で直された所と重なるため、両方を残しました。",
                f"手で直された文言：{_short(conflict.theirs) or '（削除）'}",
                f"新しい事実による文言：{_short(conflict.ours) or '（なし）'}",
                "採る方だけを残し、このコメントを削除又は解決してください。",
            ),
            "gone": (
                f"{fact}手で削除された所ですが、新しい文言を入れました。",
                "要らないときは元に戻し、このコメントを削除又は解決してください。",
            ),
            "kept": (
                f"{fact}新しい事実ではこの部分は要りませんが、手で直されているか、コメントなどが付いているため、残しました。",
                "要らないときは消し、このコメントを削除又は解決してください。",
            ),
        }
        return "\n".join(lines[conflict.kind])

    def _named(self, conflict: Conflict) -> Sequence[FieldChange]:
        """The changed facts of which the new words speak; the first ones where none is named."""
        said = _plain(conflict.ours or conflict.base)
        close = [
            one for one in self._changes if any(_plain(word) in said for word in (one.new, one.old) if word)
        ]
        return (close or self._changes)[:_SHOWN]


def _where(conflict: Conflict) -> str:
    """Header and footer take no comment; theirs stands at the head of the text and says so."""
    part = conflict.block.part.rpartition("/")[2]
    kind = next(
        (name for key, name in (("header", "ヘッダー"), ("footer", "フッター")) if part.startswith(key)), ""
    )
    return f"{kind}の食い違いです（{kind}にはコメントを付けられないため、ここに示します）。" if kind else ""


def _plain(text: str) -> str:
    """A text without what ways of writing differ in: width, 金."""
    return unicodedata.normalize("NFKC", text).removeprefix("金").replace(" ", "")


def _short(text: str) -> str:
    line = text.replace("\n", "　").strip()
    return line if len(line) <= 80 else f"{line[:80]}…"
