"""The log of heads: each revision that was recorded on this machine, a line each, never taken back.

Hands out `note`, `read_heads` and `Heads`. It lies in git's own folder, outside of what a rewritten
history can reach; each line holds a digest over all before it, so that none can be changed alone.
Leans on the ledger's `_files`, `mutex` and `_git`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from gen.ledger import _files, _git
from gen.ledger.mutex import own_folder

__all__ = ["Heads", "note", "read_heads"]

_NAME = "heads"
_LINE = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64}) (refs/heads/\S+) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Heads:
    """What the log says.

    Attributes:
        commits: the heads and their branch, oldest first.
        broken_at: the first line (from 1) that does not fit what stands before it; None where all fit.
    """

    commits: tuple[tuple[str, str], ...]
    broken_at: int | None = None


def note(repository: _git.Repository, commit: str, branch: str) -> None:
    """Add a head; one that is the last already is not added again."""
    path = own_folder(repository.git_dir) / _NAME
    data = _files.read_regular(path) or b""
    lines = data.decode("utf-8", "replace").splitlines()
    if lines and lines[-1].startswith(f"{commit} "):
        return
    last = lines[-1].rpartition(" ")[2] if lines else ""
    line = f"{commit} {branch} {_digest(last, commit, branch)}\n"
    _files.write_by_rename(path, data + line.encode())


def read_heads(repository: _git.Repository) -> Heads:
    """The log, held against its own digests; empty where nothing was recorded on this machine."""
    data = _files.read_regular(repository.git_dir / "kian" / _NAME)
    found: list[tuple[str, str]] = []
    last = ""
    for number, line in enumerate((data or b"").decode("utf-8", "replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None or match[3] != _digest(last, match[1], match[2]):
            return Heads(tuple(found), number)
        found.append((match[1], match[2]))
        last = match[3]
    return Heads(tuple(found))


def _digest(last: str, commit: str, branch: str) -> str:
    return hashlib.sha256(f"{last} {commit} {branch}".encode()).hexdigest()
