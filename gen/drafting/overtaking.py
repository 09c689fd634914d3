"""An approved or concluded paper that facts have overtaken: which facts, and what an amendment would say.

Hands out `overtaken` and `Overtaken`. The recorded paper is held against what today's facts
would make; the wording is a help for whoever prepares the amendment, no clause of one.
Leans on `compare`, `selection`, `ledger`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.compare import read_paper
from gen.drafting.comparing import names_of
from gen.drafting.differing import differences
from gen.drafting.planning import stamp_of
from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import City, profile_at
from gen.ledger import LockEntry, history
from gen.profile import FieldChange, Profile, changes

__all__ = ["Overtaken", "overtaken"]


@dataclass(frozen=True)
class Overtaken:
    """What changed since a paper was fixed.

    Attributes:
        changes: the facts that are otherwise now, those of the paper's own row first.
        amendment: Japanese, one line a place: what would be put in the place of what.
    """

    changes: tuple[FieldChange, ...] = ()
    amendment: tuple[str, ...] = ()


def overtaken(city: City, studio: Studio, draft: Draft, entry: LockEntry) -> Overtaken:
    """What today's facts would change in a paper that stands still."""
    path = f"{draft.path}.docx"
    data = city.workspace.read(path)
    if data is None:
        return Overtaken()
    before = _facts(city, draft.id, entry)
    names = (*names_of(city.profile), *(names_of(before) if before else ()))
    now = studio.make(draft).write(stamp_of(entry.version, entry.made_on), {})
    old, new = read_paper(data, path), read_paper(now, path)
    said = tuple(differences(old.body, new.body, names))
    found = changes(before, city.profile) if before else []
    own = f".{draft.subject}."
    return Overtaken(tuple(sorted(found, key=lambda one: own not in one.path)), said)


def _facts(city: City, document: str, entry: LockEntry) -> Profile | None:
    """The facts from which the paper was made: those of the first revision that has its 版."""
    made = [
        info
        for info in history(city.workspace, document)
        if any(note.document == document and note.version == str(entry.version) for note in info.notes)
    ]
    return profile_at(city.workspace, made[-1].commit) if made else None
