"""Taking in what a person made: an edited paper, a mailed copy, a contract that Kian never made.

Hands out `adopt`, `Who`, `Adopted` and `Disagreement`. The file is recorded as it is, as a revision of its own; facts in
it that disagree with the profile are told, with the place in the profile where they stand.
Leans on `merging`, `comparing`, `ledger`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from gen.compare import Block, Paper, align, compare_texts, read_paper
from gen.compare.merging import merge
from gen.compare.remarks import unsettled
from gen.drafting.comparing import names_of
from gen.drafting.hands import Hand, hand_of, page_of, text_in
from gen.drafting.likeness import contents, likenesses, recorded_papers
from gen.drafting.merging import Saying, profile_of, with_hand
from gen.drafting.outside import read_outside
from gen.drafting.planning import engine, stamp_of
from gen.drafting.privacy import refuse_private
from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import City
from gen.errors import Place, Refused, UserError
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
    Workspace,
    checked_path,
    digest,
    history,
    record,
    status,
    trailers_for,
)
from gen.profile import Undecided
from gen.word.package import fingerprint, read_package
from gen.word.slots import read_provenance

__all__ = ["Adopted", "Disagreement", "Who", "adopt"]

_ID = re.compile(r"contracts/[a-z][a-z0-9-]*(?:@[a-z0-9][a-z0-9_-]*)?")
_OUTSIDE = "（Kian外）"
_STAMP = "KianFingerprint"
_PLAUSIBLE = 0.75  # of the likeness of the nearest revision


@dataclass(frozen=True)
class Disagreement:
    """A fact that a paper prints otherwise than the profile has it.

    Attributes:
        field: its path.
        label: its Japanese name.
        fact: as the profile's value is printed.
        paper: what stands in the paper instead; "" where it is gone.
        place: where the fact stands in the profile.
    """

    field: str
    label: str
    fact: str
    paper: str
    place: Place | None


@dataclass(frozen=True)
class Adopted:
    """What was taken in.

    Attributes:
        document: its id.
        path: of its Word file.
        revision: None where nothing had changed.
        disagreements: facts that differ from the profile.
        conflicts: what a person must decide, where an older copy was merged with newer facts.
        editor: whom Word names as the last to save the file.
        dropped: path of the HTML page that went, for it did not hold what the person wrote.
    """

    document: str
    path: str
    revision: RecordedRevision | None
    disagreements: tuple[Disagreement, ...]
    conflicts: tuple[str, ...]
    editor: str
    dropped: str = ""


@dataclass(frozen=True)
class Who:
    """Who adopts, when and why: author and date of the revision, the person's reason, the OS account."""

    when: datetime
    author: Identity
    reason: str
    operator: str = ""


def adopt(city: City, document: str, file: Path | None, *, on: date, who: Who) -> Adopted:
    """Record a paper as a person made it.

    Args:
        city: the workspace with its facts.
        document: its id; a new one (`contracts/NAME@KEY`) takes in a contract that Kian never made.
        file: a copy from outside; the file in the workspace if None.
        on: day of the tracked changes, where an older copy meets newer facts.
        who: who adopts, when and why.

    Raises:
        UserError: no such document or file, not a Word file.
        Refused: the paper is approved or concluded, or two edits would meet unrecorded.
    """
    refuse_private(city.workspace, {"理由": who.reason})
    entry = city.workspace.lock.documents.get(document)
    if entry is None or entry.extra.get("adopted"):
        return _take_in(city, document, entry, file, on, who)
    if entry.life is not Life.DRAFT:
        raise Refused(
            f"文書「{document}」は決裁又は締結を経ているため、差し替えられません。何も書き込んでいません。",
            hint="契約を変えるときは、変更契約の手続を取ってください。",
        )
    path = next((name for name in entry.files if name.endswith(".docx")), "")
    if not path:
        raise UserError(f"文書「{document}」にはWordファイルの記録がありません。", place=Place(LOCK_NAME))
    theirs = _theirs(city, path, file)
    refuse_private(city.workspace, {path: text_in(theirs, path)})
    hand = hand_of(city, document, path, entry, theirs, recorded=False)
    paper = read_paper(theirs, path)
    editor = _editor(paper)
    brought = _brought_up(city, hand, paper, file, on)  # before anything is recorded
    revision = _record_hand(city, hand, paper.twin, replace(who, reason=_reason(who.reason, editor, file)))
    if brought is not None:
        paper = read_paper(brought, path)
        again = replace(who, reason="古い版を直したものに、その後に記録された内容を反映")
        revision = _record_hand(city, replace(hand, theirs=brought), paper.twin, again)
    studio = Studio(city.profile, city.catalog, on, city.report)
    draft = next(
        (one for one in studio.chosen((), city.workspace.lock.documents) if one.id == document), None
    )
    found = tuple(_disagreements(studio, draft, paper)) if draft is not None else ()
    return Adopted(document, path, revision, found, unsettled(paper.package), editor, page_of(entry))


def _theirs(city: City, path: str, file: Path | None) -> bytes:
    """The person's file; a copy from outside must not meet an edit in the workspace."""
    now = city.workspace.read(path)
    if file is None:
        if now is None:
            raise UserError("ファイルがありません。", place=Place(path), hint="git restore で戻せます。")
        return now
    if any(one.path == path and one.standing is Standing.EDITED for one in status(city.workspace)):
        raise Refused(
            "作業場所のファイルにも、まだ記録していない手直しがあります。何も書き込んでいません。",
            place=Place(path),
            hint="先に FILE を付けずに kian adopt を行い、それからもう一度実行してください。",
        )
    return read_outside(file)


def _brought_up(city: City, hand: Hand, theirs: Paper, file: Path | None, on: date) -> bytes | None:
    """A copy of an older version with what was recorded since; None where it is a copy of the last."""
    told = read_provenance(theirs.package, hand.path)
    if told.get("KianDocument", hand.document) != hand.document:
        raise Refused(
            f"このファイルは別の文書「{told['KianDocument']}」です。何も書き込んでいません。",
            place=Place(str(file or hand.path)),
            hint="文書の id を確かめてください。",
        )
    now = city.workspace.read(hand.path)
    older = _ancestor(city.workspace, hand, theirs) if file is not None else None
    if now is None or older is None or older == now:
        return None
    done = merge(
        read_paper(older, hand.path), read_paper(hand.theirs, hand.path), read_paper(now, hand.path), on=on,
        say=Saying(profile_of(city, hand.document), city.profile).of, names=names_of(city.profile),
    )  # fmt: skip
    return done.package.write()


def _ancestor(workspace: Workspace, hand: Hand, theirs: Paper) -> bytes | None:
    """The recorded file that a copy was made of.

    The stamp in the copy says it, where a revision carries the same one and reads nearly as much like the copy as
    any: a stamp may be copied from file to file. Where it was stripped, or lies: the revision that shares most
    lines with the copy, the newest of several.
    """
    recorded = recorded_papers(workspace, history(workspace))
    ours = [one for one in recorded[::-1] if one.document == hand.document and one.text and one.word]
    near = sorted(likenesses(workspace, ours, theirs.twin), key=lambda one: -one[0])
    if not near:
        return None
    stamp = read_provenance(theirs.package, hand.path).get(_STAMP)
    plausible = [one.word for share, one in near if stamp and share >= near[0][0] * _PLAUSIBLE]
    files = contents(workspace, list(dict.fromkeys(plausible)))
    stamped = next((data for data in files if _stamp(data, hand.path) == stamp), None)
    return stamped or next(contents(workspace, [near[0][1].word]))


def _stamp(data: bytes, path: str) -> str:
    return read_provenance(read_package(data, path), path).get(_STAMP, "")


def _take_in(
    city: City, document: str, known: LockEntry | None, file: Path | None, on: date, who: Who
) -> Adopted:
    """Record a contract that Kian never made, or another version of it."""
    path = known.files[0] if known is not None else f"documents/{document}.docx"
    if known is None:
        _check_new(city, document, path, file)
    data = _theirs(city, path, file) if known is not None else read_outside(file or Path(path))
    paper = read_paper(data, str(file or path))
    refuse_private(city.workspace, {str(file or path): text_in(data, path)})
    text = f"{path.removesuffix('.docx')}.txt"
    entry = LockEntry(
        template=_OUTSIDE,
        template_digest="",
        profile_digest=city.profile.digest,
        fingerprint=fingerprint(paper.package.parts),
        text=hashlib.sha256(paper.twin.encode()).hexdigest(),
        version=1 if known is None else known.version,
        made_on=on if known is None else known.made_on,
        files=(path, text),
        state=State.EDITED,
        extra={"adopted": True, "engine": engine()},
    )
    if known is not None and entry.fingerprint != known.fingerprint:
        entry = replace(entry, version=known.version + 1, made_on=on)
    editor = _editor(paper)
    told = replace(who, reason=_reason(who.reason, editor, file))
    files: dict[str, bytes | None] = {path: data, text: paper.twin.encode()}
    subject = f"契約書を取込み（{document}）" if known is None else f"取り込んだ契約書を更新（{document}）"
    revision = _record(city, document, entry, files, subject, told) if entry != known else None
    return Adopted(document, path, revision, (), unsettled(paper.package), editor)


def _check_new(city: City, document: str, path: str, file: Path | None) -> None:
    if file is None:
        raise UserError(
            f"文書「{document}」は記録されていません。",
            hint="Kianの作っていない契約を取り込むときは、Wordファイルの場所も書いてください。",
        )
    if not _ID.fullmatch(document):
        raise UserError(
            f"文書の id「{document}」が正しくありません。",
            hint="contracts/名前 又は contracts/名前@鍵 の形で、英小文字、数字、ハイフンで書いてください。",
        )
    if city.workspace.read(checked_path(path)) is not None:
        raise Refused("同じ名前のファイルがあります。何も書き込んでいません。", place=Place(path))


def _record_hand(city: City, hand: Hand, twin: str, who: Who) -> RecordedRevision | None:
    entry, files = with_hand(hand, twin)
    if entry == hand.entry:
        return None
    return _record(city, hand.document, entry, files, f"手で直された文書を採用（{hand.document}）", who)


def _record(
    city: City,
    document: str,
    entry: LockEntry,
    files: Mapping[str, bytes | None],
    subject: str,
    who: Who,
) -> RecordedRevision | None:
    content = city.workspace.read(LOCK_NAME)
    lock = Lock() if content is None else Lock.parse(content)
    template = f"{entry.template} {entry.template_digest}".strip()
    note = DocumentNote(document, template, entry.fingerprint, str(entry.version))
    expected: dict[str, str | None] = {LOCK_NAME: None if content is None else digest(content)}
    return record(
        city.workspace,
        Revision(
            {**files, LOCK_NAME: lock.with_entries({document: entry}).to_bytes()},
            subject,
            who.reason,
            who.author,
            who.when,
            trailers_for([note], operator=who.operator),
            expected,
        ),
    )


def _reason(reason: str, editor: str, file: Path | None) -> str:
    """The person's reason, with the file's name and whom Word names as its last editor."""
    told = [f"ファイル：{file.name}"] if file is not None else []
    told += [f"Wordの最終更新者：{editor}"] if editor else []
    return f"{reason}（{'、'.join(told)}）" if told else reason


def _editor(paper: Paper) -> str:
    data = paper.package.parts.get("docProps/core.xml", b"")
    found = re.search(rb"<cp:lastModifiedBy>([^<]{1,200})</cp:lastModifiedBy>", data)
    return found.group(1).decode(errors="replace").strip() if found else ""


# -- facts in the paper beside facts in the profile ----------------------------------------------


def _disagreements(studio: Studio, draft: Draft, paper: Paper) -> Iterator[Disagreement]:
    """Each fact that the facts would print, and that stands otherwise in the paper."""
    document = studio.make(draft)
    ours = read_paper(document.write(stamp_of(1, studio.on), {}), draft.id)
    pairs = align(ours.body, paper.body).of_old()
    lines: dict[int, list[tuple[str, str]]] = {}
    for row in document.trace:
        if row.path and row.text and not isinstance(studio.profile.flat().get(row.path), Undecided):
            lines.setdefault(row.line - 1, []).append((row.path, row.text))
    seen: set[tuple[str, str]] = set()
    names = names_of(studio.profile)
    for at, values in lines.items():
        pair = pairs.get(at)
        if pair is None or pair.new is None or not pair.changed:
            continue
        for field, text in values:
            said = _instead(ours.body[at], pair.new, text, names)
            if said is not None and (field, said) not in seen:
                seen.add((field, said))
                profile = studio.profile
                yield Disagreement(field, profile.label(field), text, said, profile.place(field))


def _instead(ours: Block, theirs: Block, text: str, names: Sequence[str]) -> str | None:
    """What stands in the place of a printed value; None where the value is there."""
    whole = re.compile(rf"(?<![0-9０-９,，]){re.escape(text)}")  # 100,000円 is no part of 1,100,000円
    if len(whole.findall(theirs.text)) >= len(whole.findall(ours.text)):
        return None
    words = names if text[:1].isdigit() else (*names, text)  # sums are whole words by themselves
    found = [
        one.new
        for one in compare_texts(ours.text, theirs.text, words)
        if not one.same and whole.search(one.old)
    ]
    return found[0].strip() if found else ""
