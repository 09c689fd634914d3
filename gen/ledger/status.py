"""How the files of the lock stand: as recorded, edited, missing or never recorded.

Hands out `status`, `FileState` and `Standing`; compares contents and never asks git's own status.
Leans on the ledger's `recovery`, `workspace` and `_git`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gen.ledger import _files, _git
from gen.ledger.recovery import current_id
from gen.ledger.workspace import Workspace

__all__ = ["FileState", "Standing", "status"]


class Standing(StrEnum):
    """A file in the folder, beside the same file in the last revision."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    MISSING = "missing"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class FileState:
    """One file of one document."""

    document: str
    path: str
    standing: Standing


def status(workspace: Workspace) -> tuple[FileState, ...]:
    """Every file that the lock names, sorted by document; two git processes."""
    repository = workspace.repository
    files = workspace.lock.files
    recorded = _git.tree(repository, _git.commit_of(repository, "HEAD"))

    def standing(path: str) -> Standing:
        if path not in recorded:
            return Standing.UNRECORDED
        with _files.explained():
            found = current_id(repository, path)
        if found is None:
            return Standing.MISSING
        return Standing.UNCHANGED if found == recorded[path].oid else Standing.EDITED

    return tuple(FileState(document, path, standing(path)) for path, document in files.items())
