"""Finishing a revision, or undoing it: the same steps after a crash as without one.

Hands out `writing` (the lock, and whatever a crash left set right), `recover` and what `record`
needs to finish. Leans on the ledger's `journal`, `mutex`, `paths`, `_git` and `_files`.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Protocol

from gen.errors import Place, Refused, UserError
from gen.ledger import _files, _git, _refs, heads, mutex
from gen.ledger._safety import GitFailed
from gen.ledger.journal import Journal, Move, clear, load, save
from gen.ledger.paths import find_link, is_obstructed

__all__ = [
    "HasRepository",
    "Recovery",
    "Steps",
    "Stuck",
    "current_id",
    "drop_locks",
    "finish",
    "needs_recovery",
    "next_index",
    "no_steps",
    "open_in_word",
    "prepare_index",
    "recover",
    "release_index",
    "settle",
    "take_index",
    "writing",
]

Steps = Callable[[str], None]

_MARK = b"kian ledger\n"
_LASTING = ("lock", "guard", "journal.json", "heads")
_INDEX_WAIT, _ORPHAN_WAIT, _PAUSE = 2.0, 1.0, 0.05


class HasRepository(Protocol):
    """A workspace, as far as writing needs one."""

    @property
    def repository(self) -> _git.Repository:
        """The git repository of it."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What had to be set right after a crash.

    Attributes:
        finished: True when the revision had been recorded and is now wholly there.
        commit: that revision; None when it was undone.
        kept: files that a person has changed since; they were left alone.
    """

    finished: bool
    commit: str | None
    kept: tuple[str, ...]


class _Placed(Enum):
    DONE = 1
    KEPT = 2
    STUCK = 3


class Stuck(Refused):
    """A recorded file could not be moved into place; the journal remains."""


def no_steps(_: str) -> None:
    """Watch nothing."""


@contextlib.contextmanager
def writing(
    workspace: HasRepository, *, wait: float = 10.0, steps: Steps = no_steps
) -> Iterator[Recovery | None]:
    """Be the only writer, with what a crash left set right; may be entered again inside itself."""
    repository = workspace.repository
    with _files.explained():
        stack = contextlib.ExitStack()
        stack.enter_context(mutex.hold(repository.git_dir, wait))
    with stack:
        with _files.explained():
            recovery = recover(repository, steps)
        yield recovery


def needs_recovery(workspace: HasRepository) -> bool:
    """True when a crash left something that the next writer will set right."""
    git_dir = workspace.repository.git_dir
    return (git_dir / "kian" / "journal.json").exists() or _holds_mark(git_dir / "index.lock")


def settle(workspace: HasRepository) -> Recovery | None:
    """Set right what a crash left; without one nothing is locked or written, and None is given."""
    if not needs_recovery(workspace):
        return None
    with writing(workspace) as recovery:
        return recovery


def recover(repository: _git.Repository, steps: Steps = no_steps) -> Recovery | None:
    """Finish or undo what the journal tells of; to be called under the lock."""
    journal = load(repository.git_dir)
    if journal is None:
        release_index(repository)
        return None
    drop_locks(repository, journal)
    if not _has_moved(repository, journal):
        _sweep(repository, journal.moves)
        for folder in reversed(journal.folders):
            if not find_link(repository.root, folder):
                _files.remove_empty(repository.root / folder)
        clear(repository.git_dir)
        release_index(repository)
        return Recovery(False, None, ())
    take_index(repository)
    moves = _still_wanted(repository, journal)
    _sweep(repository, (move for move in journal.moves if move not in moves))
    _stage_again(repository, moves)
    prepare_index(repository, moves)
    kept = finish(repository, replace(journal, moves=moves), steps)
    return Recovery(True, journal.commit, kept)


def drop_locks(repository: _git.Repository, journal: Journal) -> None:
    """Remove what a git killed while it moved the branch or made a tag for us has left locked.

    One that is still alive ends within the wait, or fails to move the branch afterwards.
    """
    if journal.commit is None:
        return
    until = time.monotonic() + _ORPHAN_WAIT
    locks = [
        (repository.common_dir, f"{journal.branch}.lock", journal.commit),
        (repository.git_dir, "HEAD.lock", journal.commit),
        *((repository.common_dir, f"refs/tags/{name}.lock", oid) for name, oid in journal.tags),
    ]
    for folder, name, oid in locks:
        if find_link(folder, name):
            continue
        path, ours = folder / name, f"{oid}\n".encode()
        while (content := _files.read_regular(path)) is not None and time.monotonic() < until:
            time.sleep(_PAUSE)
        if content is not None and ours.startswith(content):  # git writes it in two parts
            _files.remove(path)


def _has_moved(repository: _git.Repository, journal: Journal) -> bool:
    if journal.commit is None:
        return False
    tip = _git.commit_of(repository, journal.branch)
    return tip is not None and (tip == journal.commit or _git.is_ancestor(repository, journal.commit, tip))


def _still_wanted(repository: _git.Repository, journal: Journal) -> tuple[Move, ...]:
    """The moves that HEAD still asks for: a person may have committed or switched since."""
    if _git.branch(repository) != journal.branch:
        return ()
    files = _git.tree(repository, journal.branch)

    def recorded(path: str) -> str | None:
        return files[path].oid if path in files else None

    return tuple(move for move in journal.moves if recorded(move.path) == move.new)


def _sweep(repository: _git.Repository, moves: Iterable[Move]) -> None:
    for move in moves:
        if not find_link(repository.root, move.beside):
            _files.remove(repository.root / move.beside)


def _stage_again(repository: _git.Repository, moves: tuple[Move, ...]) -> None:
    """Write the waiting files anew: a crash may have left them in parts or not at all."""
    wanted = [
        move
        for move in moves
        if move.new is not None
        and current_id(repository, move.path) in (None, move.old)
        and move.new != move.old
    ]
    contents = _git.read_objects(repository, [str(move.new) for move in wanted])
    for move, content in zip(wanted, contents, strict=True):
        if content is None:
            raise UserError(
                f"記録した「{move.path}」をgitから読めません。",
                place=Place(move.path),
                hint="git fsck で点検し、控えから戻してください。",
            )
        beside = repository.root / move.beside
        beside.parent.mkdir(parents=True, exist_ok=True)
        _files.remove(beside)
        _files.create_exclusive(beside, content, move.permissions)


def current_id(repository: _git.Repository, path: str) -> str | None:
    """The blob id of what lies in the folder now; None for nothing, "" for no regular file."""
    if is_obstructed(repository.root, path):
        return ""
    data = _files.read_regular(repository.root / path)
    if data is None:
        return None
    return "" if data == _files.UNREADABLE else repository.blob_id(data)


def take_index(repository: _git.Repository) -> None:
    """Take git's own lock of the index, so that no commit or checkout comes between."""
    path = repository.git_dir / "index.lock"
    until = time.monotonic() + _INDEX_WAIT
    while True:
        with contextlib.suppress(FileExistsError):
            _files.appear(path, _MARK, mutex.own_folder(repository.git_dir) / "mark")
            return
        if _holds_mark(path):
            return
        if time.monotonic() >= until:
            raise Refused(
                "gitのほかの処理が、この作業場所を使っています（index.lock があります）。何も書き込んでいません。",
                place=Place(str(path)),
                hint="その処理が終わってから、もう一度実行してください。動いているgitがないと確かめられたときは、このファイルを消してください。",
            )
        time.sleep(_PAUSE)


def release_index(repository: _git.Repository) -> None:
    """Give git's lock back if it is ours, and drop every draft that was not put in place."""
    for draft in mutex.own_folder(repository.git_dir).iterdir():
        if draft.name not in _LASTING and draft.is_file():
            _files.remove(draft)
    path = repository.git_dir / "index.lock"
    if _holds_mark(path):
        _files.remove(path)


def _holds_mark(path: Path) -> bool:
    try:
        return _files.begins_with(path, _MARK)
    except OSError:
        return False


def next_index(repository: _git.Repository) -> Path:
    """Where the real index's next content is made ready."""
    # A git process that outlives a killed kian must not write into the next one's draft.
    return mutex.own_folder(repository.git_dir) / f"index-{os.getpid()}"


def prepare_index(repository: _git.Repository, moves: tuple[Move, ...]) -> None:
    """Make the index ready in which exactly these paths are new; all else stays as staged."""
    draft, real = next_index(repository), repository.git_dir / "index"
    _files.remove(draft)
    if not moves:
        return
    if (data := _files.read_regular(real)) is not None:
        _files.create_exclusive(draft, data)
        _files.copy_age(real, draft)
    staged = _git.staged(repository, draft)

    def is_old(move: Move) -> bool:
        entry = staged.get(move.path)
        return (entry.oid if entry else None) == move.old and not (entry and entry.stage)

    entries = {m.path: _git.Entry(m.mode, m.new) if m.new else None for m in moves if is_old(m)}
    _git.update_index(repository, draft, entries)


def finish(repository: _git.Repository, journal: Journal, steps: Steps) -> tuple[str, ...]:
    """Bring folder and index to the revision that the branch has; gives the files left alone."""
    placed: dict[Move, _Placed] = {}
    for move in journal.moves:
        placed[move] = _place(repository, move)
        steps("file")
    for folder in {(repository.root / move.path).parent for move in journal.moves}:
        if folder.is_dir():
            _files.sync_folder(folder)
    if next_index(repository).exists():
        _files.replace(next_index(repository), repository.git_dir / "index")
    steps("indexed")
    if journal.commit is not None:
        heads.note(repository, journal.commit, journal.branch)
    _name(repository, journal)
    stuck = tuple(move for move, how in placed.items() if how is _Placed.STUCK)
    if stuck:
        save(repository.git_dir, replace(journal, moves=stuck))
    else:
        clear(repository.git_dir)
    steps("cleared")
    release_index(repository)
    steps("index-released")
    if stuck:
        raise _stuck(repository, stuck)
    return tuple(move.path for move, how in placed.items() if how is _Placed.KEPT)


def _name(repository: _git.Repository, journal: Journal) -> None:
    """Make the tags; once more where a git was killed at it, for the branch has moved already."""
    for name, oid in journal.tags:
        try:
            _refs.create_tag(repository, name, oid)
        except GitFailed:
            drop_locks(repository, journal)
            _refs.create_tag(repository, name, oid)


def _place(repository: _git.Repository, move: Move) -> _Placed:
    found = current_id(repository, move.path)
    target, beside = repository.root / move.path, repository.root / move.beside
    try:
        if found in (None, move.old) and found != move.new:
            if move.new is None:
                _files.remove(target)
                _remove_empty_above(repository.root, target)
            else:
                _files.replace(beside, target)
            return _Placed.DONE
        _sweep(repository, (move,))
    except OSError:
        return _Placed.STUCK
    return _Placed.DONE if found == move.new else _Placed.KEPT


def _remove_empty_above(root: Path, target: Path) -> None:
    for folder in target.parents:
        if folder == root or not _files.remove_empty(folder):
            return


def open_in_word(repository: _git.Repository, path: str) -> str:
    """What to say behind a file's name when Word has it open, else nothing."""
    return "（Wordで開いています）" if _files.is_open_in_word(repository.root / path) else ""


def _stuck(repository: _git.Repository, moves: tuple[Move, ...]) -> Stuck:
    names = "\n".join(f"  {move.path}{open_in_word(repository, move.path)}" for move in moves)
    return Stuck(
        f"履歴には記録しましたが、次のファイルを新しい内容に置き換えられませんでした。\n{names}",
        place=Place(moves[0].path),
        hint="Wordなどで開いていれば閉じ、書き込めるかを確かめてください。次に kian を実行すると、置き換えの続きをします。",
    )
