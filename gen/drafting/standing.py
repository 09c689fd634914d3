"""How each document stands: current, stale, edited by hand, missing, or overtaken.

Hands out `standings`, `ended_by_itself` and `DocumentStanding`. Leans on `selection`, `ledger`, `generating`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gen.compare.remarks import unsettled
from gen.drafting.hands import is_another, page_of
from gen.drafting.overtaking import Overtaken, overtaken
from gen.drafting.planning import inputs_key, is_same, made_of
from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import City
from gen.japanese import to_wareki
from gen.ledger import Life, LockEntry, Standing, State, status
from gen.word.package import BadWordFile, read_package

__all__ = ["DocumentStanding", "ended_by_itself", "standings"]


@dataclass(frozen=True)
class DocumentStanding:
    """One document.

    Attributes:
        id: of the document.
        state: new, current, stale, conflict, edited, missing, unrecorded, overtaken, adopted or orphan.
        version: its 版, 0 where it was never made.
        life: 案, 決裁, 締結, 終了.
        detail: Japanese: what it means and what to do.
        final: True while it stands without its draft mark.
        conflicts: what the comments on conflicts say that nobody settled yet.
        overtaken: of a paper that stands still, what changed since.
    """

    id: str
    state: str
    version: int
    life: str
    detail: str
    final: bool = False
    conflicts: tuple[str, ...] = ()
    overtaken: Overtaken = field(default_factory=Overtaken)


_DETAIL = {
    "new": "まだ作られていません。kian generate で作ります。",
    "current": "今の事実と一致しています。",
    "stale": "事実、ひな形又は法令の値が変わりました。kian generate で作り直します。",
    "conflict": "手直しと新しい事実の食い違いがあります。Wordのコメントで示した所を決め、コメントを削除又は解決してください。",
    "edited": "手で直されています。kian generate は、直した内容を先に記録し、新しい事実だけを書き込みます。",
    "missing": "ファイルがありません。git restore で戻せます。",
    "unrecorded": "記録されていません。",
    "overtaken": "決裁又は締結の後に事実が変わりました。この文書は変わりません。変更の手続を検討してください。",
    "adopted": "Kianの作っていない契約書として取り込まれています。",
    "orphan": "今の事実では、この文書は作られません。",
}

_ENDED = "契約は終了しています。この文書は変わりません。"
_STILL = "決裁又は締結を経ているため、kian generate では変わりません。"


def standings(city: City, on: date) -> tuple[DocumentStanding, ...]:
    """Every document that is recorded or that the facts ask for, by id."""
    studio = Studio(city.profile, city.catalog, on, city.report)
    files: dict[str, set[Standing]] = {}
    for one in status(city.workspace):
        files.setdefault(one.document, set()).add(one.standing)
    recorded = city.workspace.lock.documents
    drafts = {draft.id: draft for draft in studio.chosen((), recorded)}
    return tuple(
        _standing(studio, city, id, drafts.get(id), recorded.get(id), files.get(id, set()))
        for id in sorted({*drafts, *recorded})
    )


def _standing(
    studio: Studio, city: City, id: str, draft: Draft | None, entry: LockEntry | None, files: set[Standing]
) -> DocumentStanding:
    life = entry.life if entry else Life.DRAFT
    state = _state(studio, draft, entry, files | _committed(city, entry))
    until = ended_by_itself(city, id, studio.on)
    if state == "overtaken" and (life is Life.ENDED or until is not None):
        state = "current"  # what facts say now is no matter of a contract that has ended
    final = entry is not None and entry.extra.get("final") is True
    conflicts = _conflicts(city, entry)
    if conflicts and state in ("current", "stale", "edited", "adopted"):
        state = "conflict"
    detail = _DETAIL[state]
    if final and state == "stale":
        detail += "確定した文書は、新しい版の案に戻ります。"
    if state == "edited" and entry is not None and page_of(entry):
        detail += "HTMLのページは、直した内容を含みません。"
    later = Overtaken()
    if state == "current" and life is not Life.DRAFT:
        detail = _at_rest(life, until)
    elif state == "overtaken" and draft is not None and entry is not None:
        later = overtaken(city, studio, draft, entry)
    return DocumentStanding(
        id, state, entry.version if entry else 0, life.value, detail, final, conflicts, later
    )


def _at_rest(life: Life, until: date | None) -> str:
    """What is said of a paper that stands still, and that nothing has overtaken."""
    if life is Life.ENDED:
        return _ENDED
    if life is Life.CONCLUDED and until is not None:
        return f"契約の終期（{to_wareki(until)}）を過ぎています。{_ENDED}"
    return _STILL


def ended_by_itself(city: City, document: str, on: date) -> date | None:
    """The last day of a document's contract where that lies before the 基準日; None else, or without a contract."""
    contract = city.profile.contracts.get(document.partition("@")[2])
    until = contract.period.end if contract is not None else None
    return until if isinstance(until, date) and until < on else None


def _committed(city: City, entry: LockEntry | None) -> set[Standing]:
    """That a draft was edited and committed with plain git: git calls the file unchanged, the lock does not."""
    if entry is None or entry.life is not Life.DRAFT or entry.state is State.EDITED:
        return set()
    path = next((file for file in entry.files if file.endswith(".docx")), "")
    data = city.workspace.read(path) if path else None
    return {Standing.EDITED} if data is not None and is_another(data, entry) else set()


def _conflicts(city: City, entry: LockEntry | None) -> tuple[str, ...]:
    """The open conflicts in a paper that was edited by hand, as its file stands now."""
    if entry is None or entry.state is not State.EDITED:
        return ()
    path = next((file for file in entry.files if file.endswith(".docx")), "")
    data = city.workspace.read(path) if path else None
    try:
        return () if data is None else unsettled(read_package(data, path))
    except BadWordFile:
        return ()  # the state says that it was edited


def _state(studio: Studio, draft: Draft | None, entry: LockEntry | None, files: set[Standing]) -> str:
    if entry is None:
        return "new"
    for found, word in (
        (Standing.EDITED, "edited"),
        (Standing.MISSING, "missing"),
        (Standing.UNRECORDED, "unrecorded"),
    ):
        if found in files:
            return word
    if draft is None:
        return "adopted" if entry.extra.get("adopted") else "orphan"
    if entry.extra.get("inputs") == inputs_key(studio, draft):
        return "current"  # the same inputs make the same document
    document = studio.make(draft)
    same = is_same(studio, draft, document, entry, final=entry.extra.get("final") is True)
    if same or (entry.life is not Life.DRAFT and document.text_digest == made_of(entry)[1]):
        return "current"
    return "stale" if entry.life is Life.DRAFT else "overtaken"
