"""Any copy finds its home: the revision that a Word file came from, its life, and what differs.

Hands out `identify`, `Identified`. Asked first is what the file says of itself; a copy that was stripped of
it is known by its text: the same text to the letter, else the revision that shares most of its lines.
Leans on `ledger`, `compare`, `drafting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gen.audit.twins import own_twin
from gen.compare import Paper, read_paper
from gen.drafting.likeness import Recorded, likenesses, recorded_papers
from gen.drafting.outside import read_outside
from gen.ledger import (
    LOCK_NAME,
    Life,
    Lock,
    RevisionInfo,
    Workspace,
    blob_id,
    history,
    read_file,
)
from gen.word.package import fingerprint
from gen.word.slots import read_provenance

__all__ = ["Identified", "identify"]

_SHOWN = 100
_LEAST = 0.2
"""Share of common lines below which a file is none of the workspace's."""


@dataclass(frozen=True)
class Identified:
    """Where a file came from.

    Attributes:
        file: its name.
        how: `file` (the same parts), `text` (the same text), `near` (the nearest), `none`.
        said: document id that the file itself names; "" where it names none.
        document: its id; "" where nothing is near.
        revision: the revision; None where nothing is near.
        version: its 版.
        life: in that revision.
        now: its life today.
        newest: 版 of the document today.
        differences: what the file says otherwise than the revision, a sentence each.
        share: of its lines that the revision has too, 0 to 1.
    """

    file: str
    how: str
    said: str = ""
    document: str = ""
    revision: RevisionInfo | None = None
    version: int = 0
    life: str = ""
    now: str = ""
    newest: int = 0
    differences: tuple[str, ...] = ()
    share: float = 1.0

    @property
    def is_ok(self) -> bool:
        """True when the text is that of a revision."""
        return self.how in ("file", "text")

    def to_json(self) -> dict[str, Any]:
        """The JSON shape of `kian identify`."""
        info = self.revision
        return {
            "ok": self.is_ok,
            "file": self.file,
            "how": self.how,
            "said": self.said,
            "document": self.document,
            "revision": info.number if info else 0,
            "commit": info.commit if info else "",
            "date": info.when.isoformat() if info else "",
            "author": info.author if info else "",
            "version": self.version,
            "life": self.life,
            "now": {"version": self.newest, "life": self.now},
            "share": round(self.share, 3),
            "differences": list(self.differences),
        }


def identify(workspace: Workspace, file: Path) -> Identified:
    """The revision that a Word file came from.

    Raises:
        UserError: no such file, or no Word file.
    """
    data = read_outside(file)
    paper = read_paper(data, str(file))
    said = read_provenance(paper.package, str(file))
    revisions = history(workspace)
    own = fingerprint(paper.package.parts)
    found = next(
        (
            (info, note.document)
            for info in revisions
            for note in info.notes
            if note.fingerprint == own and said.get("KianDocument", note.document) == note.document
        ),
        None,
    )
    if found is not None:
        return _told(workspace, file, "file", said, found)
    papers = recorded_papers(workspace, revisions)
    twins = {blob_id(workspace, twin) for twin in (own_twin(paper.package, str(file)), paper.twin.encode())}
    wanted = said.get("KianDocument", "")
    same = [one for one in papers if one.text in twins]
    if same:
        best = next((one for one in same[::-1] if one.document == wanted), same[-1])
        return _told(workspace, file, "text", said, (_last(revisions, papers, best), best.document))
    near = _nearest(workspace, papers, paper.twin, wanted)
    if near is None:
        return Identified(file.name, "none", wanted, share=0.0)
    share, one = near
    return _told(workspace, file, "near", said, (one.info, one.document), paper, share)


def _last(revisions: Sequence[RevisionInfo], papers: Sequence[Recorded], found: Recorded) -> RevisionInfo:
    """The newest revision in which a text still stood: its 決裁 or 締結, where it had one."""
    later = [
        one.info.number
        for one in papers
        if one.document == found.document and one.text != found.text and one.info.number > found.info.number
    ]
    until = min(later, default=revisions[0].number + 1)
    of_it = (info for info in revisions if info.number < until and found.document in info.documents)
    return next(of_it, found.info)


def _nearest(
    workspace: Workspace, papers: Sequence[Recorded], twin: str, wanted: str
) -> tuple[float, Recorded] | None:
    """The paper that shares most lines with a text, the newest of several; of the document that the file names."""
    rows = ([one for one in papers if one.document == wanted] or list(papers))[::-1]
    near = max(likenesses(workspace, rows, twin), key=lambda one: one[0], default=None)
    return near if near is not None and near[0] >= _LEAST else None


def _told(
    workspace: Workspace,
    file: Path,
    how: str,
    said: dict[str, str],
    found: tuple[RevisionInfo, str],
    paper: Paper | None = None,
    share: float = 1.0,
) -> Identified:
    info, document = found
    data = read_file(workspace, info.commit, LOCK_NAME)
    entry = (Lock() if data is None else Lock.parse(data)).documents.get(document)
    now = workspace.lock.documents.get(document)
    changed: tuple[str, ...] = ()
    path = next((name for name in entry.files if name.endswith(".docx")), "") if entry else ""
    recorded = read_file(workspace, info.commit, path) if paper is not None and path else None
    if paper is not None and recorded is not None:
        changed = tuple(_changed(recorded, paper, path))
    return Identified(
        file.name,
        how,
        said.get("KianDocument", ""),
        document,
        info,
        entry.version if entry else 0,
        (entry.life if entry else Life.DRAFT).value,
        (now.life if now else Life.DRAFT).value,
        now.version if now else 0,
        changed,
        share,
    )


def _changed(recorded: bytes, new: Paper, path: str) -> Iterator[str]:
    from gen.drafting.differing import differences  # most copies are known without it

    old = read_paper(recorded, path)
    for number, line in enumerate(differences(old.body, new.body, ())):
        if number == _SHOWN:
            return
        yield line
