"""Papers that a person edited in Word: which they are, and what Kian made of them last.

Hands out `Hand`, `hands_of`, `hand_of`, `base_path`, `is_another`, `text_in` and `page_of`. Apart from `merging`, which is loaded for a
paper that somebody did edit. Leans on `starting`, `ledger`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gen.drafting.draft import Draft
from gen.drafting.starting import City
from gen.errors import Place, Refused
from gen.ledger import Lock, LockEntry, State, head, history, read_file

__all__ = ["Hand", "base_path", "hand_of", "hands_of", "is_another", "page_of", "text_in"]


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

    def text(self) -> str:
        """What the person's file says, with what its tracked changes take out."""
        return text_in(self.theirs, self.path)


def text_in(data: bytes, path: str) -> str:
    """All words in a Word file, one part after another, tables, headers and comments too.

    Raises:
        UserError: it is no Word file.
    """
    from gen.word.package import parse_xml, read_package

    parts = read_package(data, path).parts
    found = []
    for name, part in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = parse_xml(part, path)
            found.append("".join(text for text in root.itertext() if isinstance(text, str)))
    return "\n".join(found)


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
        if entry is None or (theirs := city.workspace.read(path)) is None:
            continue
        known = entry.state is State.EDITED and path not in edited
        if known or path in edited or is_another(theirs, entry):
            found[draft.id] = hand_of(city, draft.id, path, entry, theirs, recorded=known)
    return found


def is_another(data: bytes, entry: LockEntry) -> bool:
    """Whether a Word file is another than the lock knows: so it is where plain git committed an edit."""
    from gen.word.package import fingerprint_of

    return fingerprint_of(data) != entry.fingerprint


def hand_of(city: City, document: str, path: str, entry: LockEntry, theirs: bytes, *, recorded: bool) -> Hand:
    """A person's file beside what Kian last made.

    Raises:
        Refused: what Kian last made is not in git any more.
    """
    where = base_path(path) if entry.state is State.EDITED else path
    base = _base(city, document, where, entry)
    if base is None:
        raise Refused(
            "Kianが最後に作ったファイルが記録にないため、手で直した内容と比べられません。何も書き込んでいません。",
            place=Place(where),
            hint="git log でそのファイルを探し、git restore で戻してから、もう一度実行してください。",
        )
    return Hand(document, path, entry, theirs, base, recorded)


def _base(city: City, document: str, path: str, entry: LockEntry) -> bytes | None:
    """What Kian made last, from the newest revision that holds it: an edit may have been committed since."""
    at = head(city.workspace)
    newest = read_file(city.workspace, at, path) if at else None
    if entry.state is State.EDITED or (newest is not None and not is_another(newest, entry)):
        return newest
    for info in history(city.workspace, document):
        made = read_file(city.workspace, info.commit, path)
        if made is not None and not is_another(made, entry):
            return made
    return None
