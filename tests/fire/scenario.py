"""Scenarios of faults: a city with a person's open work, a command that a fault hits, what must hold.

Hands out the city, the faults (`Strike`) and `mended`. Leans on `tracer` and the ledger's scenarios.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ledger.scenario import CONTRACT, NEW, OLD, a_person_edits, a_revision, a_workspace, git, on_disk, tip

from gen.cli import main
from gen.errors import UserError
from gen.ledger import TagSpec, Workspace, needs_recovery, record, recorded_tags, writing

from .tracer import Answer, Call, Kill, traced

REVISION: dict[str, bytes | None] = {**NEW, "documents/gone.txt": None}
"""One file changed, one new in a new folder, one taken out."""
TAG = TagSpec("kian/v1", "決裁", (("Kian-Life", "approved"),))
"""As 決裁 and 締結 have one: it names the revision, or there is neither."""
BEFORE = {**OLD, "documents/gone.txt": b"gone\n"}
AFTER = {**OLD, **NEW}
OPEN_WORK = {"profile.yaml": b"city: later\n", "memo.txt": b"memo\n", "private.yaml": b"tel: 1\n"}
STAGED = ["A  memo.txt", "MM profile.yaml"]
_JAPANESE = re.compile("[ぁ-ん]")


def a_city_at_work(folder: Path) -> Workspace:
    """A workspace in which a person has staged one thing, edited another and ignored a third."""
    workspace = a_workspace(folder, BEFORE)
    a_person_edits(workspace, "profile.yaml", b"city: midori\n")
    a_person_edits(workspace, "memo.txt", OPEN_WORK["memo.txt"])
    git(folder, "add", "-A")
    for path, content in OPEN_WORK.items():
        a_person_edits(workspace, path, content)
    return workspace


@dataclass
class Strike:
    """A fault at the n-th writing call, and what was seen until then.

    Attributes:
        at: number of the call, from 1.
        answer: what happens at it and, with `lasting`, at each later call that `hits` names.
        by_git: count only the calls of git, or only those of Kian; None counts both.
        folder: where files that were not synced lose their content, as in a power cut.
        killed: process that dies at the call, where it is another one than that which makes it.
    """

    at: int
    answer: Answer
    by_git: bool | None = None
    lasting: bool = False
    hits: Callable[[Call], bool] = lambda _: True
    folder: Path | None = None
    struck: Call | None = None
    seen: int = 0
    _unsynced: set[int] = field(default_factory=set)
    _about: tuple[str, int] | None = None

    def __call__(self, call: Call) -> Answer:
        """Told by the tracer."""
        if self.folder is not None:
            self._note(call)
        if self.struck is not None:
            return self.answer if self.lasting and self.hits(call) else None
        if (self.by_git is not None and call.by_git is not self.by_git) or not self.hits(call):
            return None
        self.seen += 1
        if self.seen < self.at:
            return None
        self.struck = call
        return self.answer

    def _note(self, call: Call) -> None:
        """What was written before this call is on the disk only if it was synced since."""
        if self._about is not None:
            name, inode = self._about
            (self._unsynced.discard if name == "fsync" else self._unsynced.add)(inode)
        writes = call.name in ("write", "writev", "pwrite", "fsync")
        self._about = (call.name, call.path.stat().st_ino) if writes and call.path.exists() else None

    def cut_the_power(self) -> bool:
        """Empty each file whose content was never synced; tells whether there is one."""
        assert self.folder is not None
        lost = [p for p in self.folder.rglob("*") if p.is_file() and p.stat().st_ino in self._unsynced]
        for path in lost:
            os.truncate(path, 0)
        return bool(lost)


FAULTS = {
    "full": (errno.ENOSPC, True, lambda c: c.name in ("open", "write", "mkdir", "link", "symlink", "fsync")),
    "read-only": (errno.EROFS, True, lambda c: c.name != "fsync"),
    "denied": (errno.EACCES, False, lambda c: c.name not in ("write", "fsync")),
    "broken": (errno.EIO, False, lambda c: True),
}
"""A disk that is full from the call on, or read-only; a folder that is closed; one bad sector."""


def each_call(
    base: Path, run: Callable[[Path], Callable[[], int]], strike: Callable[[int, Path], Strike], step: int = 1
) -> Iterator[tuple[Path, Strike, int]]:
    """Run a command in a fresh copy of a folder for each of its calls, until a fault comes too late.

    Gives the copy, the fault that struck, and the exit status (negative: a signal).
    """
    at = 1
    while True:
        copy = base.with_name(f"{base.name}-{at}")
        if base.exists():
            shutil.copytree(base, copy, symlinks=True)
        fault = strike(at, copy)
        status = traced(run(copy), copy, fault)
        if fault.struck is None:
            assert status == 0
            assert at > step, "the tracer saw nothing"
            shutil.rmtree(copy)
            return
        yield copy, fault, status
        shutil.rmtree(copy)
        at += step


def recording(folder: Path) -> Callable[[], int]:
    """Record; gives the exit code of an error that a person can read, whole and in Japanese."""

    def command() -> int:
        try:
            record(Workspace.open(folder), a_revision(REVISION, tag=TAG))
        except UserError as error:
            assert _JAPANESE.search(error.message), error.message
            assert _JAPANESE.search(error.hint), error.message
            return int(error.exit_code)
        return 0

    return command


def kian(folder: Path, *args: str) -> Callable[[], int]:
    """The command line itself; what it says goes to a file beside the folder."""

    def command() -> int:
        sys.argv = ["kian", *args]
        with said_by(folder).open("w", encoding="utf-8") as sys.stdout:
            sys.stderr = sys.stdout
            try:
                main()
            except SystemExit as end:
                return int(end.code or 0)
        return 99

    return command


def said_by(folder: Path) -> Path:
    """Where the words of a command end up."""
    return folder.with_name(f"{folder.name}.said")


def mended(folder: Path, *, old_tip: str) -> bool:
    """What must hold after the next command; tells whether the revision stands."""
    workspace = Workspace.open(folder)
    is_sound(folder)
    assert not needs_recovery(workspace)
    moved = tip(workspace) != old_tip
    tags = {name: tag.commit for name, tag in recorded_tags(workspace).items()}
    assert tags == ({TAG.name: tip(workspace)} if moved else {})
    paths = {**BEFORE, **AFTER}
    assert on_disk(workspace, paths) == (AFTER if moved else BEFORE)
    assert on_disk(workspace, OPEN_WORK) == OPEN_WORK
    assert git(folder, "status", "--porcelain").splitlines() == STAGED
    assert git(folder, "show", ":profile.yaml") == "city: midori"
    return moved


def is_sound(folder: Path) -> None:
    """After the next writer: the store is sound, and nothing of ours is left anywhere."""
    with writing(Workspace.open(folder)):
        pass
    git(folder, "fsck", "--strict")
    own = folder / ".git" / "kian"
    assert {entry.name for entry in own.iterdir()} <= {"guard", "heads"}
    left = [p for p in folder.rglob("*") if p.name.startswith(".kian-tmp-") or p.suffix == ".lock"]
    left = [path for path in left if path.name != "kian.lock"]
    assert not left, left


def was_killed(status: int) -> bool:
    """Whether the process ended by SIGKILL."""
    return status == -signal.SIGKILL


__all__ = [
    "CONTRACT",
    "FAULTS",
    "Kill",
    "Strike",
    "a_city_at_work",
    "each_call",
    "is_sound",
    "kian",
    "mended",
    "recording",
    "said_by",
    "was_killed",
]
