"""Papers that a person edited in Word: which they are, and what Kian made of them last.

Hands out `Hand`, `hands_of`, `hand_of`, `base_path` and `page_of`. Apart from `merging`, which is loaded for a
paper that somebody did edit. Leans on `starting`, `ledger`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gen.drafting.draft import Draft
from gen.drafting.starting import City
from gen.errors import Place, Refused
from gen.ledger import Lock, LockEntry, State, head, read_file

__all__ = ["Hand", "base_path", "hand_of", "hands_of", "page_of"]


@dataclass(frozen=True)
class Hand:
    """A paper that a person edited.

    Attributes:
        document: its id.
        path: of its Word file.
        entry: its row of the lock, as recorded.
        theirs: the Word file as the person left it.
        base: the Word file as Kian last made it.
        recorded: True where the person's file stands in git already.
    """

    document: str
    path: str
    entry: LockEntry
    theirs: bytes
    base: bytes
    recorded: bool


def base_path(path: str) -> str:
    """Where the file that Kian last made lies, once a person's stands in its place."""
    return f".kian/base/{path}"


def page_of(entry: LockEntry) -> str:
    """The HTML page of a paper, "" where it has none; it says what Kian made, so it goes with an edit."""
    return next((path for path in entry.files if path.endswith(".html")), "")


def hands_of(city: City, lock: Lock, drafts: Sequence[Draft], edited: frozenset[str]) -> dict[str, Hand]:
    """Those of the documents whose Word file a person edited, recorded or not, by id.

    Args:
        city: the workspace.
        lock: what is recorded.
        drafts: the documents.
        edited: paths of files that differ from what is recorded.
    """
    found: dict[str, Hand] = {}
    for draft in drafts:
        entry = lock.documents.get(draft.id)
        path = f"{draft.path}.docx"
        if entry is None or not (path in edited or entry.state is State.EDITED):
            continue
        theirs = city.workspace.read(path)
        if theirs is not None:
            found[draft.id] = hand_of(city, draft.id, path, entry, theirs, recorded=path not in edited)
    return found


def hand_of(city: City, document: str, path: str, entry: LockEntry, theirs: bytes, *, recorded: bool) -> Hand:
    """A person's file beside what Kian last made.

    Raises:
        Refused: what Kian last made is not in git any more.
    """
    at = head(city.workspace)
    where = base_path(path) if entry.state is State.EDITED else path
    base = read_file(city.workspace, at, where) if at else None
    if base is None:
        raise Refused(
            "Kianが最後に作ったファイルが記録にないため、手で直した内容と比べられません。何も書き込んでいません。",
            place=Place(where),
            hint="git log でそのファイルを探し、git restore で戻してから、もう一度実行してください。",
        )
    return Hand(document, path, entry, theirs, base, recorded)
