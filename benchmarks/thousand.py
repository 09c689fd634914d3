"""Row 5: looking back on 1,000 revisions.

Hands out `rows`. The revisions are written by git fast-import from two that Kian recorded, each
with a message of full length and a sum of its own in the text, then unpacked into loose objects,
as recording them one by one would have left them.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.processes import DAY, KIAN
from benchmarks.timing import Row, interleaved, whole_process
from gen.word.clean_copy import clean_copy
from gen.word.package import read_package

__all__ = ["rows"]

_DOCUMENT = "contracts/operation-support@ops"
_WORD = "documents/contracts/operation-support@ops.docx"
_TWIN = "documents/contracts/operation-support@ops.txt"


def rows(folder: Path, revisions: int = 1000, rounds: int = 7) -> list[Row]:
    """History, diff, status and identify, whole processes, on objects one by one and packed."""
    city = _city(folder, revisions)
    found = _measure(city, "loose objects", rounds)
    _git(city, "repack", "-a", "-d", "-q")
    return found + _measure(city, "after git gc", rounds)


def _measure(city: Path, state: str, rounds: int) -> list[Row]:
    kian = [KIAN, "-C", str(city)]
    copy = _stripped(city)
    taken = interleaved(
        {
            "history": lambda: whole_process([*kian, "history"]),
            "diff": lambda: whole_process([*kian, "diff", _DOCUMENT, "500", "900"], allowed=1),
            "status": lambda: whole_process([*kian, "status", "--date", DAY]),
            "identify": lambda: whole_process([*kian, "identify", str(city / _WORD)], allowed=1),
            "identify COPY": lambda: whole_process([*kian, "identify", str(copy)], allowed=1),
        },
        rounds,
    )
    count = len(json.loads(whole_process([*kian, "history", "--format", "json"])))
    return [
        Row(
            f"`kian {name}`, whole process, {count} revisions, {state}",
            "–", str(time), "–", "≤ 1 s", time.wall <= 1,
        )
        for name, time in taken.items()
    ]  # fmt: skip


def _stripped(city: Path) -> Path:
    """A copy that says nothing of itself, with a sum that no revision has."""
    copy = city.parent / "copy.docx"
    package = read_package((city / _WORD).read_bytes(), _WORD)
    body = package.parts["word/document.xml"].replace(b"33,660,000", b"99,660,000")
    copy.write_bytes(
        clean_copy(package.with_parts({"word/document.xml": body}).write(), "copy", "2026-04-01", "copy")
    )
    return copy


def _city(folder: Path, revisions: int) -> Path:
    city = folder / "thousand"
    whole_process([KIAN, "demo", str(city), "--date", DAY])
    message = _git(city, "log", "-1", "--format=%B").encode()
    old, new = (_tree(city, name) for name in ("HEAD~1", "HEAD"))
    text = (city / _TWIN).read_bytes()
    branch = _git(city, "symbolic-ref", "HEAD").strip()
    start = _git(city, "rev-parse", "HEAD").strip()
    stream: list[bytes] = []
    missing = revisions - int(_git(city, "rev-list", "--count", "HEAD"))
    for number in range(missing):
        last = number == missing - 1  # the folder stands as the last revision has it
        twin = text if last else text.replace(b"33,660,000", f"{33_660_000 + number:,}".encode())
        stream.append(f"commit {branch}\n".encode())
        stream.append(
            f"committer 起案 花子 <hanako@example.invalid> {1_800_000_000 + number * 60} +0900\n".encode()
        )
        stream.append(b"data %d\n%s\n" % (len(message), message))
        stream.append(f"from {start}\n".encode() if number == 0 else b"")
        tree = new if last or number % 2 else old
        stream.extend(f"M 100644 {blob} {path}\n".encode() for path, blob in tree.items() if path != _TWIN)
        stream.append(f"M 100644 inline {_TWIN}\ndata {len(twin)}\n".encode() + twin + b"\n")
    _git(city, "-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet", stdin=b"".join(stream))
    return city


def _tree(city: Path, revision: str) -> dict[str, str]:
    rows = _git(city, "ls-tree", "-r", "-z", revision).split("\0")
    return {row.partition("\t")[2]: row.split()[2] for row in rows if row}


def _git(city: Path, *arguments: str, stdin: bytes | None = None) -> str:
    command = ["git", "-C", str(city), *arguments]
    return subprocess.run(command, input=stdin, check=True, stdout=subprocess.PIPE).stdout.decode()
