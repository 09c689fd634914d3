"""The history as steps: each revision beside the files that it has and those of the revision before.

Hands out `Step`, `steps_of` and `Store`. Leans on `ledger`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gen.errors import UserError
from gen.ledger import LOCK_NAME, Lock, RevisionInfo, Workspace, changes_of, read_blobs, trees_of

__all__ = ["Step", "Store", "steps_of"]

Tree = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One revision.

    Attributes:
        info: what its commit says.
        tree: blob ids by path.
        before: those of its first parent; empty where it has none.
        others: those of the further parents of a merge.
        chained: True where a revision before it names its parent, so that this one must too.
    """

    info: RevisionInfo
    tree: Tree
    before: Tree
    others: tuple[Tree, ...] = ()
    chained: bool = False

    @property
    def changed(self) -> frozenset[str]:
        """The paths that no parent has so."""
        parents = (self.before, *self.others)
        paths = {*self.tree, *(path for tree in parents for path in tree)}
        return frozenset(
            path for path in paths if all(tree.get(path) != self.tree.get(path) for tree in parents)
        )


def steps_of(workspace: Workspace, revisions: Sequence[RevisionInfo]) -> list[Step]:
    """The steps, oldest first. Few git processes, whatever the number of revisions.

    Args:
        workspace: where they are recorded.
        revisions: all of them, newest first, as `history` gives them.
    """
    ordered = sorted(revisions, key=lambda info: info.number)
    changes = changes_of(workspace, [info.commit for info in ordered if len(info.parents) < 2])
    trees: dict[str, Tree] = {}
    chained: dict[str, bool] = {}
    steps: list[Step] = []
    for info in ordered:
        parents = [trees[parent] for parent in info.parents if parent in trees]
        if info.commit in changes and len(parents) == len(info.parents):
            tree = dict(parents[0]) if parents else {}
            for change in changes[info.commit]:
                if change.new is None:
                    tree.pop(change.path, None)
                else:
                    tree[change.path] = change.new
        else:
            tree = trees_of(workspace, info.commit)
        trees[info.commit] = tree
        earlier = any(chained.get(parent, False) for parent in info.parents)
        chained[info.commit] = earlier or bool(info.values("Kian-Parent"))
        first = parents[0] if parents else {}
        steps.append(Step(info, tree, first, tuple(parents[1:]), earlier))
    return steps


@dataclass
class Store:
    """Contents of files by blob id, read in few git processes, and locks parsed once."""

    workspace: Workspace
    _data: dict[str, bytes] = field(default_factory=dict)
    _locks: dict[str, Lock | str] = field(default_factory=dict)

    def load(self, oids: Iterable[str]) -> None:
        """Read these at once."""
        wanted = [oid for oid in dict.fromkeys(oids) if oid not in self._data]
        self._data.update(read_blobs(self.workspace, wanted))

    def read(self, tree: Tree, path: str) -> bytes | None:
        """A file of a revision; None where it is not there."""
        oid = tree.get(path)
        if oid is None:
            return None
        if oid not in self._data:
            self.load([oid])
        return self._data.get(oid)

    def files(self, tree: Tree, under: str) -> dict[str, bytes]:
        """All files of a folder, by their path in it."""
        found = {path: oid for path, oid in tree.items() if path.startswith(under)}
        self.load(found.values())
        return {path.removeprefix(under): self._data[oid] for path, oid in found.items() if oid in self._data}

    def lock(self, tree: Tree) -> Lock:
        """The lock of a revision; empty where it has none.

        Raises:
            UserError: it cannot be read.
        """
        oid = tree.get(LOCK_NAME, "")
        if oid not in self._locks:
            data = self.read(tree, LOCK_NAME)
            try:
                self._locks[oid] = Lock() if data is None else Lock.parse(data)
            except UserError as error:
                self._locks[oid] = str(error)
        found = self._locks[oid]
        if isinstance(found, str):
            raise UserError(found)
        return found
