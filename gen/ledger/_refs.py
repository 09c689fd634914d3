"""What verifying and tagging ask of git beside `_git`: tags, changed paths, where a branch stood.

Hands out named functions that take a `Repository`. Leans on the ledger's `_git`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gen.ledger import _git

__all__ = [
    "Change",
    "TagRef",
    "branch_log",
    "bundle",
    "changes_of",
    "create_tag",
    "raw_tags",
    "tag_refs",
    "write_tag",
]

_ROOT = "refs/tags/kian/"
_LITERAL = {"GIT_LITERAL_PATHSPECS": "1"}


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit has otherwise than its first parent: blob ids, None where there is no file."""

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class TagRef:
    """A tag below `kian/`: its short name, the object that it names, that object's type."""

    name: str
    oid: str
    kind: str


def write_tag(repository: _git.Repository, content: bytes) -> str:
    """Put an annotated tag into the object store; its id."""
    args = ("hash-object", "-t", "tag", "-w", "--stdin")
    return _git.run(repository, *args, stdin=content).decode().strip()


def create_tag(repository: _git.Repository, name: str, oid: str) -> None:
    """Let a tag of this short name be; done again after a crash it changes nothing, and never moves one."""
    if any(ref.name == name for ref in tag_refs(repository)):
        return
    _git.run(repository, "update-ref", f"refs/tags/{name}", oid, repository.zero)


def tag_refs(repository: _git.Repository) -> tuple[TagRef, ...]:
    """Every tag below `kian/`, by name."""
    form = "--format=%(refname:short) %(objectname) %(objecttype)"
    lines = _git.run(repository, "for-each-ref", form, _ROOT).decode("utf-8", "replace").splitlines()
    rows = (line.rsplit(" ", 2) for line in lines)
    return tuple(TagRef(name.removeprefix("tags/"), oid, kind) for name, oid, kind in rows)


def raw_tags(repository: _git.Repository, refs: Sequence[TagRef]) -> dict[str, bytes]:
    """The content of each annotated tag by its short name."""
    wanted = [ref for ref in refs if ref.kind == "tag"]
    contents = _git.read_objects(repository, [ref.oid for ref in wanted], kind=b"tag")
    return {ref.name: data for ref, data in zip(wanted, contents, strict=True) if data is not None}


def changes_of(
    repository: _git.Repository, commits: Sequence[str], under: Sequence[str] = ()
) -> Mapping[str, tuple[Change, ...]]:
    """The files that each commit changed against its only parent; of a merge, none. One git process.

    Those in some folders, where they are named: git then reads no others.
    """
    args = (
        "diff-tree",
        "--stdin",
        "--root",
        "-r",
        "--no-renames",
        "--raw",
        "-z",
        "--no-abbrev",
        "--",
        *under,
    )
    stdin = "".join(f"{commit}\n" for commit in commits).encode()
    found: dict[str, list[Change]] = {commit: [] for commit in commits}
    output = _git.run(repository, *args, stdin=stdin, environment=_LITERAL) if commits else b""
    for commit, change in _changes(output.decode("utf-8", "surrogateescape"), repository.zero):
        found[commit].append(change)
    return {commit: tuple(changes) for commit, changes in found.items()}


def _changes(output: str, zero: str) -> Iterator[tuple[str, Change]]:
    commit = ""
    items = iter(output.split("\0"))
    for item in items:
        if item.startswith(":"):
            _, _, old, new, _ = item.split(" ")
            yield commit, Change(next(items), *(None if oid == zero else oid for oid in (old, new)))
        elif item.strip():
            commit = item.strip()


def branch_log(repository: _git.Repository, branch: str) -> tuple[tuple[str, str], ...]:
    """Where git itself noted that the branch stood: commit and remark, newest first."""
    args = ("log", "--walk-reflogs", "--no-color", "--format=%H %gs", branch, "--")
    _, output = _git.ask(repository, *args, fine=(0, 128))
    rows = (line.partition(" ") for line in output.decode("utf-8", "replace").splitlines())
    return tuple((commit, note) for commit, _, note in rows)


def bundle(repository: _git.Repository) -> bytes:
    """Every branch, tag and HEAD with all their revisions as one file that git can clone."""
    return _git.run(repository, "bundle", "create", "--quiet", "-", "HEAD", "--branches", "--tags")
