"""The papers that somebody edited, beside what Kian makes of the facts, ready for the rules.

Hands out `edited_papers`. Leans on `selection`, `ledger` and `compare`; only papers that differ from
the last revision are made anew, so a check without edits stays quick.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import City
from gen.ledger import LockEntry
from gen.profile import Profile
from gen.rules.papers import Paper, PaperLine, Printed
from gen.word.document import Document

__all__ = ["edited_papers"]

_WORD, _TWIN = ".docx", ".txt"


def edited_papers(city: City, on: date, changed: Collection[str]) -> list[Paper]:
    """The Word files that a person changed, each beside what Kian makes of the facts.

    Args:
        city: with facts that hold no error.
        on: 基準日.
        changed: ids of the documents.

    Raises:
        BadWordFile: a file that is no Word file any more.
    """
    if not changed:
        return []
    recorded = city.workspace.lock.documents
    studio = Studio(city.profile, city.catalog, on, city.report)
    drafts = {draft.id: draft for draft in studio.chosen((), recorded)}
    twins = _twins(city.workspace.root, recorded)
    papers = []
    for id in sorted(set(changed) & drafts.keys()):
        file = next((name for name in recorded[id].files if name.endswith(_WORD)), None)
        if file is not None and (city.workspace.root / file).is_file():
            others = {name: lines for name, lines in twins.items() if name not in recorded[id].files}
            papers.append(_paper(studio, drafts[id], city.workspace.root, file, others))
    return papers


def _twins(root: Path, recorded: Mapping[str, LockEntry]) -> dict[str, Sequence[str]]:
    """The texts beside all papers, by file."""
    names = [name for entry in recorded.values() for name in entry.files if name.endswith(_TWIN)]
    paths = {name: root / name for name in sorted(names)}
    return {
        name: path.read_text(encoding="utf-8", errors="replace").splitlines()
        for name, path in paths.items()
        if path.is_file()
    }


def _paper(studio: Studio, draft: Draft, root: Path, file: str, others: Mapping[str, Sequence[str]]) -> Paper:
    from gen.compare import align, read_paper, read_parts
    from gen.compare.remarks import blocks_in_conflict, unsettled

    made = studio.make(draft)
    facts = _facts(made)
    old, new = read_parts(made.package, draft.id), read_paper((root / file).read_bytes(), file)
    lines: dict[int, PaperLine] = {}
    open_ = blocks_in_conflict(new)
    gone = []
    for pair in align(old.body, new.body).pairs:
        printed = facts.get(pair.old.text, ()) if pair.old is not None else ()
        if pair.new is None:
            if pair.old is not None:
                gone.append(PaperLine(0, pair.old.role, pair.old.text, pair.old.text, printed))
            continue
        text = pair.new.text
        # a number that moved (条ずれ) is no edit of the sentence
        was = None if pair.old is None else text if not pair.changed else pair.old.text
        lines[pair.new.index] = PaperLine(
            pair.new.index + 1, pair.new.role, text, was, printed, pair.new.index in open_
        )
    return Paper(
        draft.id,
        file,
        tuple(lines[index] for index in sorted(lines)),
        tuple(gone),
        _contract(draft, studio.profile),
        frozenset(block.number for block in new.body if block.role == "jo" and block.number),
        others,
        len(unsettled(new.package)),
    )


def _contract(draft: Draft, profile: Profile) -> str:
    """The key of the contract that a draft is, "" for its 確認票 and for all other papers."""
    is_contract = draft.manifest.kind == "contract" and draft.subject in profile.contracts
    return draft.subject if is_contract else ""


def _facts(made: Document) -> dict[str, tuple[Printed, ...]]:
    """What is printed in each line, by the line's text."""
    twin = made.twin.splitlines()
    found: dict[str, list[Printed]] = defaultdict(list)
    for row in made.trace:
        if row.path and row.text and row.line <= len(twin):
            found[twin[row.line - 1].replace("↵", "\n")].append(Printed(row.path, row.text))
    return {text: tuple(dict.fromkeys(rows)) for text, rows in found.items()}
