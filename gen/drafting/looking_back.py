"""Looking back: the history of a workspace, and what changed in a document.

Hands out `told_history`, `ToldRevision`, `text_diff` and `TextDiff`. Leans on `ledger` and `comparing`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gen.compare import label_of
from gen.drafting.comparing import Side, sides, text_path
from gen.errors import UserError
from gen.ledger import RevisionInfo, Workspace, changes_of, history

__all__ = ["TextDiff", "ToldRevision", "text_diff", "told_history"]


_HUNK = re.compile(r"@@ -([0-9]+)(?:,[0-9]+)? \+([0-9]+)(?:,[0-9]+)? @@")
_TEMPLATES = ".kian/inputs/templates/"


@dataclass(frozen=True)
class ToldRevision:
    """One revision as a person reads it: who changed what, when and why, on whose approval.

    Attributes:
        info: what its commit says.
        changes: the facts that changed, by their Japanese name, old → new.
        templates: the templates and clauses that its documents had otherwise before.
    """

    info: RevisionInfo
    changes: tuple[str, ...]
    templates: tuple[str, ...] = ()

    @property
    def versions(self) -> dict[str, int]:
        """The 版 of each document in it."""
        notes = self.info.notes
        return {note.document: int(note.version) for note in notes if note.version.isdecimal()}

    def _said(self, key: str) -> str:
        return next(iter(self.info.values(key)), "")

    @property
    def life(self) -> str:
        """`approved`, `withdrawn`, `concluded` or `ended` where it is such a step, else ""."""
        return self._said("Kian-Life")

    @property
    def approval(self) -> str:
        """Number, person and day of a 決裁, 締結 or 終了, "" where it is none."""
        return self._said("Kian-Approval")

    @property
    def operator(self) -> str:
        """Account of the operating system, "" where it is not known."""
        return self._said("Kian-Operator")

    def to_json(self) -> dict[str, object]:
        """The JSON shape of `kian history`."""
        return {
            "revision": self.info.number,
            "commit": self.info.commit,
            "date": self.info.when.isoformat(),
            "author": self.info.author,
            "subject": self.info.subject,
            "reason": self.info.reason,
            "operator": self.operator,
            "documents": list(self.info.documents),
            "changes": list(self.changes),
            "versions": self.versions,
            "life": self.life,
            "approval": self.approval,
            "templates": list(self.templates),
        }


@dataclass(frozen=True)
class TextDiff:
    """Two revisions of a document's text.

    Attributes:
        old, new: numbers of the revisions; 0 for a file.
        lines: unified diff, empty where nothing changed.
    """

    document: str
    old: int
    new: int
    lines: tuple[str, ...]

    @property
    def is_ok(self) -> bool:
        """True when nothing differs."""
        return not self.lines


def told_history(workspace: Workspace, document: str | None = None) -> tuple[ToldRevision, ...]:
    """The revisions, newest first.

    Raises:
        UserError: none of them made the document that was asked for.
    """
    revisions = history(workspace, document or None)
    if document and not revisions:
        raise UserError(
            f"文書「{document}」の改訂はありません。",
            hint="文書の id は kian list、記録のある文書は kian status で分かります。",
        )
    templates = _templates(workspace, revisions)
    return tuple(
        ToldRevision(info, info.values("Kian-Change"), templates.get(info.commit, ())) for info in revisions
    )


def _templates(workspace: Workspace, revisions: Sequence[RevisionInfo]) -> dict[str, tuple[str, ...]]:
    """The templates that changed in a revision, by commit; git is asked only where a digest says so."""
    before: dict[str, str] = {}
    changed = []
    for info in reversed(revisions):
        notes = [note for note in info.notes if note.template]
        if any(before.get(note.document, note.template) != note.template for note in notes):
            changed.append(info.commit)
        before.update({note.document: note.template for note in notes})
    return {
        commit: tuple(
            dict.fromkeys(
                change.path.removeprefix(_TEMPLATES).rpartition(".")[0]
                for change in changes
                if change.path.startswith(_TEMPLATES) and change.old is not None
            )
        )
        for commit, changes in (changes_of(workspace, changed) if changed else {}).items()
    }


def text_diff(workspace: Workspace, document: str, old: str | None, new: str | None) -> TextDiff:
    """What changed in a document's text.

    Args:
        workspace: where it is recorded.
        document: its id.
        old, new: see `sides`.

    Raises:
        UserError: no such document, revision or file.
    """
    before, after = sides(workspace, document, old, new)
    path = text_path(workspace, document)
    lines = difflib.unified_diff(
        before.twin.splitlines(),
        after.twin.splitlines(),
        f"{path}（{before.label}）",
        f"{path}（{after.label}）",
        lineterm="",
        n=1,
    )
    owners = _owners(after), _owners(before)
    return TextDiff(
        document, before.number, after.number, tuple(_with_clause(line, *owners) for line in lines)
    )


def _owners(side: Side) -> tuple[str, ...]:
    """The article in which each line of a text stands, "" outside of one."""
    owners, now = [], ""
    for line in side.twin.splitlines():
        label = label_of(line)
        if label.role in ("jo", "attach"):
            now = label.number
        owners.append(now)
    return tuple(owners)


def _with_clause(line: str, new: Sequence[str], old: Sequence[str]) -> str:
    """The head of a stretch with the article in which it begins behind it, as git does with functions."""
    found = _HUNK.fullmatch(line)
    if found is None:
        return line
    rows, at = (new, int(found[2])) if new else (old, int(found[1]))
    owner = rows[min(at, len(rows) - 1)] if rows else ""
    return f"{line} {owner}" if owner else line
