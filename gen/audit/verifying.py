"""Verifying a workspace: every revision weighed, documents made again, tags and the log held against them.

Hands out `verify` and `verify_all`. Rows stream, oldest revision first; work is shared between processes, one a core.
Leans on `steps`, `contents`, `remaking`, `outside`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from gen.audit.contents import weigh
from gen.audit.outside import weigh_folder, weigh_heads, weigh_tags
from gen.audit.remaking import Remaker
from gen.audit.rows import Result, Row, Verified
from gen.audit.steps import Step, Store, steps_of
from gen.drafting.comparing import find_revision
from gen.errors import UserError
from gen.ledger import LOCK_NAME, Workspace, history

__all__ = ["verify", "verify_all"]

Task = tuple[Step, tuple[str, ...], bool]
"""A revision, those of its documents that are to be made again, and whether it is to be weighed too."""
_ALONE = 60
"""Documents to be made again for which a second process is not worth its start."""
_PART = 8
"""Documents that one process makes before it takes the next part."""


def verify(
    workspace: Workspace,
    revision: str | None = None,
    *,
    all_of_them: bool = False,
    cores: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The rows of a workspace as they are found.

    Every revision is weighed by what it says of itself. Made again is the newest revision of each document;
    with `all_of_them` every revision; of one revision that is named, all its documents.

    Args:
        workspace: where the revisions are.
        revision: number in `kian history`, or a commit; all if None.
        all_of_them: True to make every revision again.
        cores: processes to use; as many as there are cores if None.
        progress: told which revision is done, of how many.

    Raises:
        UserError: no such revision.
    """
    revisions = history(workspace)
    steps = steps_of(workspace, revisions)
    if revision is not None:
        wanted = find_revision(workspace, revisions, revision)
        steps = [step for step in steps if step.info.commit == wanted.commit]
    tasks = [
        (step, _documents(step, steps, every=all_of_them or revision is not None), True) for step in steps
    ]
    parts = list(_parts(tasks))
    for done, rows in enumerate(_carried_out(workspace, parts, cores or os.cpu_count() or 1), 1):
        progress(f"{done * 100 // len(parts)}%")
        yield from rows
    if revision is None and steps:
        yield from weigh_tags(workspace, steps)
        yield from weigh_heads(workspace, steps)
        yield from weigh_folder(workspace, Store(workspace), steps[-1])


def verify_all(
    workspace: Workspace, *, all_of_them: bool = False, progress: Callable[[str], None] = lambda _: None
) -> Verified:
    """All rows of a workspace at once; see `verify`."""
    rows = tuple(verify(workspace, all_of_them=all_of_them, progress=progress))
    return Verified(rows, len(history(workspace)))


def _documents(step: Step, steps: Sequence[Step], *, every: bool) -> tuple[str, ...]:
    """The documents of a revision that are to be made again."""
    if every:
        return step.info.documents
    later = {name for other in steps if other.info.number > step.info.number for name in other.info.documents}
    return tuple(name for name in step.info.documents if name not in later)


def _parts(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """The tasks in parts of some documents each; a large revision is cut, and weighed by its first part."""
    part: list[Task] = []
    for step, documents, _ in tasks:
        for at in range(0, max(len(documents), 1), _PART):
            part.append((step, documents[at : at + _PART], at == 0))
            if sum(len(names) + 1 for _, names, _ in part) >= _PART:
                yield part
                part = []
    if part:
        yield part


def _carried_out(workspace: Workspace, parts: Sequence[list[Task]], cores: int) -> Iterator[list[Row]]:
    if cores < 2 or sum(len(documents) for part in parts for _, documents, _ in part) <= _ALONE:
        remaker = Remaker(Store(workspace))
        yield from (_weighed(remaker, part) for part in parts)
        return
    # A fresh process: a forked one would share git's pipes and whatever a test or a library has open.
    with ProcessPoolExecutor(min(cores, len(parts)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_in_a_process, ((str(workspace.root), part) for part in parts))


def _in_a_process(asked: tuple[str, Sequence[Task]]) -> list[Row]:
    root, part = asked
    return _weighed(_remaker(root), part)


@cache
def _remaker(root: str) -> Remaker:
    """One a process: the templates that a part compiled serve the next."""
    return Remaker(Store(Workspace.open(Path(root))))


def _weighed(remaker: Remaker, part: Sequence[Task]) -> list[Row]:
    found: list[Row] = []
    store = remaker.store
    for step, documents, first in part:
        rows = list(weigh(store, step))
        wrong = {row.document for row in rows if row.result is Result.ALTERED}
        found.extend(rows if first else ())
        found.extend(
            remaker.row(step, document)
            for document in documents
            if document not in wrong and _is_recorded(store, step, document)
        )
    return found


def _is_recorded(store: Store, step: Step, document: str) -> bool:
    try:
        return LOCK_NAME in step.tree and document in store.lock(step.tree).documents
    except UserError:
        return False
