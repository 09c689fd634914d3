"""The log of heads: each revision that was recorded on this machine, a line each, never taken back.

Hands out `note`, `read_heads` and `Heads`. It lies in git's own folder, outside of what a rewritten
history can reach; each line holds a digest over all before it, so that none can be changed alone. It never
grows beyond `MOST`: then the older half becomes one line that holds their number and the last digest of them.
Leans on the ledger's `_files`, `mutex` and `_git`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from gen.ledger import _files, _git
from gen.ledger.mutex import own_folder

__all__ = ["MOST", "Heads", "note", "read_heads"]

MOST = 1024 * 1024
"""Bytes of the log: some eight thousand revisions. What is larger than four times this is none of Kian's."""
_NAME = "heads"
_LINE = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64}) (refs/heads/\S+) ([0-9a-f]{64})")
_FOLDED = re.compile(r"folded ([0-9]{1,12}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Heads:
    """What the log says.

    Attributes:
        commits: the heads and their branch, oldest first.
        broken_at: the first line (from 1) that does not fit what stands before it; None where all fit.
        folded: how many older heads became the first line, and are known no more.
    """

    commits: tuple[tuple[str, str], ...]
    broken_at: int | None = None
    folded: int = 0


def note(repository: _git.Repository, commit: str, branch: str) -> None:
    """Add a head; one that is the last already is not added again."""
    path = own_folder(repository.git_dir) / _NAME
    lines = (_files.read_regular(path) or b"").decode("utf-8", "replace").splitlines()
    if lines and lines[-1].startswith(f"{commit} "):
        return
    last = lines[-1].rpartition(" ")[2] if lines else ""
    lines.append(f"{commit} {branch} {_digest(last, commit, branch)}")
    if sum(len(line) + 1 for line in lines) > MOST:
        lines = _folded(lines)
    _files.write_by_rename(path, "".join(f"{line}\n" for line in lines).encode())


def _folded(lines: list[str]) -> list[str]:
    """The newer half behind one line for the older one; the chain of digests goes on from there."""
    earlier = _FOLDED.fullmatch(lines[0])
    half = len(lines) // 2
    count = half + (int(earlier[1]) - 1 if earlier else 0)
    return [f"folded {count} {lines[half - 1].rpartition(' ')[2]}", *lines[half:]]


def read_heads(repository: _git.Repository) -> Heads:
    """The log, held against its own digests; empty where nothing was recorded on this machine."""
    data = _files.read_regular(repository.git_dir / "kian" / _NAME, most=4 * MOST)
    lines = (data or b"").decode("utf-8", "replace").splitlines()
    earlier = _FOLDED.fullmatch(lines[0]) if lines else None
    folded, last = (int(earlier[1]), earlier[2]) if earlier else (0, "")
    found: list[tuple[str, str]] = []
    for number, line in enumerate(lines[1:] if earlier else lines, 2 if earlier else 1):
        match = _LINE.fullmatch(line)
        if match is None or match[3] != _digest(last, match[1], match[2]):
            return Heads(tuple(found), number, folded)
        found.append((match[1], match[2]))
        last = match[3]
    return Heads(tuple(found), None, folded)


def _digest(last: str, commit: str, branch: str) -> str:
    return hashlib.sha256(f"{last} {commit} {branch}".encode()).hexdigest()
