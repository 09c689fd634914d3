"""One run of git: hardened, within a time and an amount that no sound repository reaches.

Hands out `execute`, `conversation` and `command`. A workspace that somebody sent may let git wait on
a pipe for ever (`include.path`) or list a few objects a billion times (folders in folders in folders).
Leans on GitPython, imported on first use because that is slow, on `_safety` and on `errors`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from gen.errors import MissingTool
from gen.ledger._safety import ELSEWHERE, ENVIRONMENT, SAFE, GitFailed, GitOverflows, GitStands

if TYPE_CHECKING:
    from git.cmd import Git

__all__ = ["command", "conversation", "execute"]

_MIB = 1024 * 1024
_QUICK = ("rev-parse", "config", "symbolic-ref")
_SECONDS, _QUICK_SECONDS = 600.0, 30.0
"""How long git may take: to answer what it answers at once even on a slow share, and anything else."""
_MOST = {"cat-file": 1024 * _MIB + 64 * _MIB}
_MOST_BYTES, _MOST_COMPLAINTS = 128 * _MIB, _MIB
"""What git may print: a revision's files, lists and histories, complaints."""
_CHUNK = 64 * 1024  # what a pipe holds; for more, Python only takes memory and gives it back


@cache
def _git_class() -> type[Git]:
    _at_home()
    if not shutil.which("git"):
        raise MissingTool(
            "このパソコンに git が見つかりません。",
            hint="Git for Windows（https://gitforwindows.org/）などを入れてから、もう一度実行してください。",
        )
    from git.cmd import Git

    return Git


def _at_home() -> None:
    """A variable that a surrounding git hook, or anybody, left must not lead to another repository."""
    for name in ELSEWHERE:
        os.environ.pop(name, None)


def command(args: Sequence[str]) -> list[str]:
    """The whole command line: git, its settings over those of a workspace, and what it is to do."""
    safe = [part for name, value in SAFE.items() for part in ("-c", f"{name}={value}")]
    return [_git_class().GIT_PYTHON_GIT_EXECUTABLE or "git", "--no-pager", *safe, *args]


def execute(
    folder: Path, args: Sequence[str], stdin: bytes, environment: Mapping[str, str], fine: tuple[int, ...]
) -> tuple[int, bytes]:
    """Run a git command to its end; its exit code and what it printed.

    Raises:
        GitFailed: it ended with another code than the fine ones.
        GitStands: it did not end in time.
        GitOverflows: it printed more than any sound repository holds.
    """
    with tempfile.TemporaryFile() as stream:
        stream.write(stdin)
        stream.seek(0)
        with _started(folder, args, {**ENVIRONMENT, **environment}, stream.fileno()) as git:
            output, errors = _gather(git, args[0])
    if git.returncode not in fine:
        raise GitFailed(args[0], git.returncode, errors.decode("utf-8", "replace"))
    return git.returncode, output


@contextlib.contextmanager
def conversation(
    folder: Path, args: Sequence[str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A git that is talked to; one that does not answer is ended, as if it had been killed."""
    with _started(folder, args, environment, subprocess.PIPE) as git:
        patience = threading.Timer(_SECONDS, git.kill)
        patience.daemon = True
        patience.start()
        try:
            yield git
        finally:
            patience.cancel()


@contextlib.contextmanager
def _started(
    folder: Path, args: Sequence[str], environment: Mapping[str, str], stdin: int
) -> Iterator[subprocess.Popen[bytes]]:
    _at_home()
    process = _git_class()(folder).execute(
        command(args),
        istream=stdin,
        as_process=True,
        env=environment,
    )
    git = cast("subprocess.Popen[bytes]", process.proc)
    try:
        yield git
    finally:
        if git.poll() is None:
            git.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                git.wait(5)


class _Reader(threading.Thread):
    """Reads a stream to its end, or to the byte that is too many; what hangs on it never holds kian."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._left = most
        self._parts: list[bytes] = []

    def run(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # closed under us: git has been ended
            while self._left >= 0 and (part := os.read(self._stream.fileno(), _CHUNK)):
                self._parts.append(part)
                self._left -= len(part)

    @property
    def is_full(self) -> bool:
        """More came than may come."""
        return self._left < 0

    @property
    def data(self) -> bytes:
        """What was read."""
        return b"".join(self._parts)


def _gather(git: subprocess.Popen[bytes], verb: str) -> tuple[bytes, bytes]:
    """What git prints, and what it complains of, until it ends."""
    if git.stdout is None or git.stderr is None:
        raise ValueError("git was started without pipes")
    seconds = _QUICK_SECONDS if verb in _QUICK else _SECONDS
    until = time.monotonic() + seconds
    output = _Reader(git.stdout, _MOST.get(verb, _MOST_BYTES))
    errors = _Reader(git.stderr, _MOST_COMPLAINTS)
    for reader in (output, errors):
        reader.start()
    for reader in (output, errors):
        reader.join(max(0.0, until - time.monotonic()))
        if reader.is_alive():
            raise GitStands(verb, seconds)
        if reader.is_full:
            raise GitOverflows(verb)
    try:
        git.wait(max(1.0, until - time.monotonic()))
    except subprocess.TimeoutExpired as late:
        raise GitStands(verb, seconds) from late
    return output.data, errors.data
