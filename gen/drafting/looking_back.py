"""Looking back: the history of a workspace, and what changed in a document.

Hands out `told_history`, `ToldRevision`, `text_diff` and `TextDiff`. Leans on `ledger`.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass

from gen.errors import Place, UserError
from gen.ledger import LOCK_NAME, RevisionInfo, Workspace, history, read_file, resolve

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
        old, new: numbers of the revisions.
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
        old: a revision (its number in `kian history`, or a commit); the one before `new` if None.
        new: likewise; the last one that holds the document if None.

    Raises:
        UserError: no such document or revision.
    """
    entry = workspace.lock.documents.get(document)
    everything = history(workspace)
    revisions = tuple(one for one in everything if document in one.documents)
    if entry is None or not revisions:
        raise UserError(
            f"文書「{document}」は記録されていません。",
            hint="記録のある文書は kian status、id は kian list で分かります。",
        )
    newest = _find(workspace, everything, new) if new else revisions[0]
    older = _find(workspace, everything, old) if old else _before(revisions, newest)
    path = next((file for file in entry.files if file.endswith(".txt")), "")
    if not path:
        raise UserError(
            f"文書「{document}」には文面（.txt）の記録がありません。",
            place=Place(LOCK_NAME),
            hint="kian generate で作り直してください。",
        )
    texts = [
        "" if one is None else (read_file(workspace, one.commit, path) or b"").decode(errors="replace")
        for one in (older, newest)
    ]
    numbers = [0 if one is None else one.number for one in (older, newest)]
    lines = difflib.unified_diff(
        texts[0].splitlines(),
        texts[1].splitlines(),
        f"{path}（{_said(numbers[0])}）",
        f"{path}（{_said(numbers[1])}）",
        lineterm="",
        n=1,
    )
    return TextDiff(document, numbers[0], numbers[1], tuple(lines))


def _said(number: int) -> str:
    return f"改訂{number}" if number else "記録なし"


def _before(revisions: tuple[RevisionInfo, ...], newest: RevisionInfo) -> RevisionInfo | None:
    return next((one for one in revisions if one.number < newest.number), None)


def _find(workspace: Workspace, revisions: tuple[RevisionInfo, ...], name: str) -> RevisionInfo:
    number = unicodedata.normalize("NFKC", name).removeprefix("改訂").strip()
    if number.isdecimal() and len(number) < 6:
        found = next((one for one in revisions if one.number == int(number)), None)
    else:
        commit = resolve(workspace, name)
        found = next((one for one in revisions if one.commit == commit), None)
    if found is None:
        raise UserError(
            f"改訂「{name}」がありません。", hint="kian history に表示される番号で指定してください。"
        )
    return found
