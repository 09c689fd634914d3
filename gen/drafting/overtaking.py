"""An approved or concluded paper that facts have overtaken: which facts, and what an amendment would say.

Hands out `overtaken`, `Overtaken` and `place_of`. The recorded paper is held against what today's facts
would make; the wording is a help for whoever prepares the amendment, no clause of one.
Leans on `compare`, `selection`, `ledger`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gen.compare import Block, align, compare_texts, read_paper
from gen.drafting.comparing import names_of
from gen.drafting.planning import stamp_of
from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import City, profile_at
from gen.ledger import LockEntry, history
from gen.profile import FieldChange, Profile, changes

__all__ = ["Overtaken", "differences", "overtaken", "place_of"]

_SHORT = 120


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


def differences(old: Sequence[Block], new: Sequence[Block], names: Sequence[str]) -> Iterator[str]:
    """Each place where two papers differ, as a sentence: 第5条第2項中「…」を「…」に改める。"""
    for pair in align(old, new).pairs:
        if pair.old is None and pair.new is not None and pair.new.text.strip():
            yield f"{place_of(pair.new)}に「{_short(pair.new.text)}」を加える。"
        elif pair.new is None and pair.old is not None and pair.old.text.strip():
            yield f"{place_of(pair.old)}の「{_short(pair.old.text)}」を削る。"
        elif pair.old is not None and pair.new is not None and pair.changed:
            for stretch in compare_texts(pair.old.text, pair.new.text, tuple(names)):
                if stretch.same:
                    continue
                if not stretch.new.strip():
                    yield f"{place_of(pair.old)}中「{_short(stretch.old)}」を削る。"
                elif not stretch.old.strip():
                    yield f"{place_of(pair.old)}に「{_short(stretch.new)}」を加える。"
                else:
                    yield f"{place_of(pair.old)}中「{_short(stretch.old)}」を「{_short(stretch.new)}」に改める。"


def place_of(block: Block) -> str:
    """Where a line stands, as a person cites it: 第5条第2項, 別記1, 委託料の行."""
    if block.role == "jo" or (block.owner and block.owner == block.number):
        return block.number
    if block.role == "ko" and block.number.strip().isdigit() and block.owner:
        return f"{block.owner}第{block.number.strip()}項"
    if block.owner:
        inner = f"（{block.number}）" if block.number and block.number[0] not in "(（" else block.number
        return f"{block.owner}{inner}" if block.role in ("go", "sai", "sai2") else block.owner
    if block.number:
        return f"「{block.number}　{_short(block.body, 20)}」の行"
    return f"「{_short(block.text, 24)}」の行"


def _short(text: str, limit: int = _SHORT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit]}…"
