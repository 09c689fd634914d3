"""One writer at a time: a file in git's folder that names the process which writes.

Hands out `hold`; a lock that a dead process of this machine left is taken over.
Leans on `errors` and the ledger's `_files`.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gen.errors import Place, Refused
from gen.ledger import _files

__all__ = ["hold", "own_folder"]

_PAUSE = 0.05
_LIMITS = {
    "lock": 64 * 1024,
    "guard": 64 * 1024,
    "mark": 64 * 1024,
    "heads": 4 * 1024 * 1024,
    "journal": 256 * 1024 * 1024,
}
"""Bytes beyond which none of these is Kian's own."""
_held: set[Path] = set()


@dataclass(frozen=True, slots=True)
class _Owner:
    pid: int
    started: str
    host: str

    @classmethod
    def me(cls) -> _Owner:
        return cls(os.getpid(), _files.process_start(os.getpid()) or "", _files.host())

    @classmethod
    def read(cls, path: Path) -> _Owner | None:
        """Who holds the lock; None when nobody does, or nobody can be made out."""
        data = _files.read_regular(path)
        try:
            found = json.loads(data or b"null")
            return cls(int(found["pid"]), str(found["started"]), str(found["host"]))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None

    def to_bytes(self) -> bytes:
        return json.dumps({"pid": self.pid, "started": self.started, "host": self.host}).encode()

    @property
    def is_dead(self) -> bool:
        if self.host != _files.host():
            return False
        started = _files.process_start(self.pid)
        return started is None or bool(started and self.started and started != self.started)


def own_folder(git_dir: Path) -> Path:
    """Kian's own folder inside git's; never one that leads elsewhere."""
    folder = git_dir / "kian"
    if _files.is_link(folder):
        raise Refused(
            "gitの中の kian フォルダがリンクになっているため、使いません。",
            place=Place(str(folder)),
            hint="このリンクを誰が作ったか確かめ、消してください。",
        )
    folder.mkdir(exist_ok=True)
    for entry in os.scandir(folder):
        _refuse_foreign(Path(entry.path))
    return folder


def _refuse_foreign(path: Path) -> None:
    """Kian puts small plain files there; a folder, a pipe or a giant somebody else did."""
    try:
        found = path.lstat()
    except FileNotFoundError:  # another kian is just done with it
        return
    limit = _LIMITS.get(path.name.partition(".")[0])
    if stat.S_ISREG(found.st_mode) and (limit is None or found.st_size <= limit):
        return
    what = "大きすぎる" if stat.S_ISREG(found.st_mode) else "ファイルではない"
    raise Refused(
        f"gitの中の kian フォルダに、Kianが置いたのでない「{path.name}」（{what}）があるため、何も書き込んでいません。",
        place=Place(str(path)),
        hint="誰が置いたか確かめ、消してから、もう一度実行してください。",
    )


@contextlib.contextmanager
def hold(git_dir: Path, wait: float) -> Iterator[None]:
    """Be the only writer of this work tree; waits for another one up to `wait` seconds."""
    if git_dir in _held:
        yield
        return
    path = own_folder(git_dir) / "lock"
    _acquire(path, wait)
    _held.add(git_dir)
    try:
        yield
    finally:
        _held.discard(git_dir)
        with contextlib.suppress(OSError):  # the next writer takes over what a dead process left
            _files.remove(path)


def _acquire(path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while (owner := _try(path)) is not None:
        if time.monotonic() >= until:
            raise Refused(
                f"ほかの kian がこの作業場所に書き込んでいます（{owner.host}、プロセス{owner.pid}）。何も書き込んでいません。",
                place=Place(str(path)),
                hint="終わるのを待って、もう一度実行してください。動いている kian がないと確かめられたときは、このファイルを消してください。",
            )
        time.sleep(_PAUSE)


def _try(path: Path) -> _Owner | None:
    with _files.short_lock(path.with_name("guard")):
        owner = _Owner.read(path)
        if owner is not None and not owner.is_dead:
            return owner
        _files.remove(path)
        with contextlib.suppress(FileExistsError):
            _files.appear(path, _Owner.me().to_bytes(), path.with_name("lock.new"))
            return None
    return _Owner.read(path) or _Owner(0, "", "")
