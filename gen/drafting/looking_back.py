"""Looking back: the history of a workspace, and what changed in a document.

Hands out `told_history`, `ToldRevision`, `text_diff` and `TextDiff`. Leans on `ledger` and `comparing`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from gen.drafting.comparing import sides, text_path
from gen.errors import UserError
from gen.ledger import RevisionInfo, Workspace, history

__all__ = ["TextDiff", "ToldRevision", "text_diff", "told_history"]


@dataclass(frozen=True)
class ToldRevision:
    """One revision as a person reads it: who changed what, when and why."""

    info: RevisionInfo
    changes: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The JSON shape of `kian history`."""
        return {
            "revision": self.info.number,
            "commit": self.info.commit,
            "date": self.info.when.isoformat(),
            "author": self.info.author,
            "subject": self.info.subject,
            "reason": self.info.reason,
            "operator": next(iter(self.info.values("Kian-Operator")), ""),
            "documents": list(self.info.documents),
            "changes": list(self.changes),
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
    return tuple(ToldRevision(info, info.values("Kian-Change")) for info in revisions)


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
    return TextDiff(document, before.number, after.number, tuple(lines))
