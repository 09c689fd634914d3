"""What a history left behind, for those who verify it: changed files, contents by id, noted heads.

Hands out `changes_of`, `trees_of`, `read_blobs`, `blob_id`, `bundle`, `heads_of`, `noted_heads` and `Noted`.
Leans on the ledger's `_refs`, `_git`, `heads` and `recovery`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gen.ledger import _git, _refs
from gen.ledger._refs import Change
from gen.ledger.heads import Heads, read_heads
from gen.ledger.recovery import HasRepository

__all__ = [
    "Change",
    "Noted",
    "blob_id",
    "bundle",
    "changes_of",
    "heads_of",
    "noted_heads",
    "read_blobs",
    "trees_of",
]

_OURS = "kian: "


@dataclass(frozen=True, slots=True)
class Noted:
    """A commit that was a head once.

    Attributes:
        commit: its id.
        tree, parents, author, message: what it holds; "" each where git has it no more.
    """

    commit: str
    tree: str = ""
    parents: str = ""
    author: str = ""
    message: str = ""

    def is_like(self, other: Noted) -> bool:
        """Whether the other one is this one signed afterwards: all the same but for the signature."""
        mine = (self.tree, self.parents, self.author, self.message)
        return bool(self.tree) and mine == (other.tree, other.parents, other.author, other.message)


def bundle(workspace: HasRepository) -> bytes:
    """The whole history as one file: `git clone FILE` brings it back."""
    return _refs.bundle(workspace.repository)


def changes_of(
    workspace: HasRepository, commits: Sequence[str], under: Sequence[str] = ()
) -> Mapping[str, tuple[Change, ...]]:
    """The files that each commit changed against its only parent; of a merge, none. Of some folders if named."""
    return _refs.changes_of(workspace.repository, commits, under)


def trees_of(workspace: HasRepository, commit: str) -> dict[str, str]:
    """The blob id of every file of a commit by its path."""
    return {path: entry.oid for path, entry in _git.tree(workspace.repository, commit).items()}


def read_blobs(workspace: HasRepository, oids: Sequence[str]) -> dict[str, bytes]:
    """Contents by blob id, by one git process; an id that is not there is left out."""
    wanted = list(dict.fromkeys(oids))
    found = _git.read_objects(workspace.repository, wanted)
    return {oid: data for oid, data in zip(wanted, found, strict=True) if data is not None}


def blob_id(workspace: HasRepository, data: bytes) -> str:
    """The id that git gives to these bytes."""
    return workspace.repository.blob_id(data)


def heads_of(workspace: HasRepository) -> tuple[Heads, tuple[str, ...]]:
    """Kian's own log of heads; and, newest first, the commits that git noted as heads made by Kian."""
    repository = workspace.repository
    branch = _git.branch(repository)
    noted = _refs.branch_log(repository, branch) if branch else ()
    return read_heads(repository), tuple(commit for commit, note in noted if note.startswith(_OURS))


def noted_heads(workspace: HasRepository, commits: Sequence[str]) -> dict[str, Noted]:
    """What each commit holds, also of those that no branch has any more."""
    data = _git.read_objects(workspace.repository, list(commits), kind=b"commit")
    return {
        commit: Noted(commit) if raw is None else _noted(commit, raw)
        for commit, raw in zip(commits, data, strict=True)
    }


def _noted(commit: str, raw: bytes) -> Noted:
    head, _, text = raw.decode("utf-8", "replace").partition("\n\n")
    found: dict[str, list[str]] = {}
    for line in head.split("\n"):
        key, _, value = line.partition(" ")
        found.setdefault(key, []).append(value)
    tree, parents, author = (" ".join(found.get(key, ())) for key in ("tree", "parent", "author"))
    return Noted(commit, tree, parents, author, text)
