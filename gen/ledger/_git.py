"""The whole git surface of Kian: named functions over hardened plumbing commands.

Hands out `Repository` and functions that take one. Leans on the ledger's `_process`, `_files`,
`_insides` and `_safety`, and on `errors`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from gen.errors import Place, UserError
from gen.ledger import _files
from gen.ledger._insides import another_record, own_git_dir, refuse_traps, refuse_unusable
from gen.ledger._process import conversation, execute
from gen.ledger._safety import ENVIRONMENT, GitFailed, not_a_repository
from gen.ledger.paths import MAX_FILE

_LOG_FORMAT = "--format=%H%n%P%n%at%n%ai%n%an%n%ae%n%B"
REGULAR = "100644"
_KEPT = b"fast-import"
_MANY, _IN_MEMORY = 50, 64 * 1024 * 1024  # files, bytes; a pack for each small revision slows git down


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree's root and where git keeps its own files for it."""

    root: Path
    git_dir: Path
    common_dir: Path
    object_format: str = "sha1"

    @property
    def zero(self) -> str:
        """The id that means "no object"."""
        return "0" * len(hashlib.new(self.object_format).hexdigest())

    def blob_id(self, data: bytes) -> str:
        """The id that git gives to these bytes."""
        return hashlib.new(self.object_format, b"blob %d\x00" % len(data) + data).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a tree or in an index; a stage above 0 belongs to an unfinished merge."""

    mode: str
    oid: str
    stage: int = 0


def run(
    repository: Repository,
    *args: str,
    stdin: bytes = b"",
    index: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What a plumbing command of git prints about this repository; any exit code but 0 is a `GitFailed`.

    Only the ledger's modules that begin with `_` call it: all others call the named functions.
    """
    return ask(repository, *args, stdin=stdin, index=index, environment=environment, fine=(0,))[1]


def ask(
    repository: Repository,
    *args: str,
    stdin: bytes = b"",
    index: Path | None = None,
    environment: Mapping[str, str] | None = None,
    fine: tuple[int, ...] = (0, 1),
) -> tuple[int, bytes]:
    """The same where git answers by its exit code: the code, one of the fine ones, and what it prints."""
    return execute(repository.root, args, stdin, _environment(repository, environment or {}, index), fine)


def _environment(
    repository: Repository, more: Mapping[str, str], index: Path | None = None
) -> dict[str, str]:
    return {
        **ENVIRONMENT,
        "GIT_DIR": str(repository.git_dir),
        "GIT_WORK_TREE": str(repository.root),
        "GIT_INDEX_FILE": str(index or repository.git_dir / "index"),
        "GIT_OBJECT_DIRECTORY": str(repository.common_dir / "objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_NAMESPACE": "",
        "GIT_GRAFT_FILE": str(repository.git_dir / "kian" / "no-grafts"),
        **more,
    }


def locate(root: Path) -> Repository:
    """The repository whose work tree begins at this folder."""
    refuse_unusable(root)
    refuse_traps(own_git_dir(root))
    args = ("rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-object-format")
    try:
        _, output = execute(root, args, b"", {"GIT_CEILING_DIRECTORIES": str(root.parent)}, (0,))
    except GitFailed as failure:
        raise not_a_repository(root, failure) from failure
    # The name of a folder may hold whatever else is called an end of line.
    said = output.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
    if len(said) != 3 or not _belongs(root, Path(said[0])):
        raise another_record(root)
    git_dir, common_dir, object_format = said
    return Repository(root, Path(git_dir), _files.resolved(root / common_dir), object_format)


def _belongs(root: Path, git_dir: Path) -> bool:
    """Whether a `.git` that leads elsewhere leads to a record that knows this folder: as a work tree
    that git added, or as a submodule. Else a folder that somebody sent would write into another one.
    """
    link = root / ".git"
    if not link.is_symlink() and _files.resolved(git_dir) == _files.resolved(link):
        return True
    try:
        back = (git_dir / "gitdir").read_text(encoding="utf-8", errors="surrogateescape").strip()
    except FileNotFoundError:
        args = ("config", "--file", str(git_dir / "config"), "--get", "core.worktree")
        back = execute(root, args, b"", {}, (0, 1))[1].decode("utf-8", "surrogateescape").strip()
        return (
            bool(back) and not link.is_symlink() and _files.resolved(git_dir / back) == _files.resolved(root)
        )
    return not link.is_symlink() and _files.resolved(git_dir / back) == _files.resolved(link)


def init(root: Path) -> None:
    """Make an empty repository with the branch main."""
    args = ("-c", "init.defaultBranch=main", "init", "--quiet", "--template=", str(root))
    execute(root, args, b"", {}, (0,))


def config(folder: Path, names: str) -> list[tuple[str, str, str]]:
    """The settings whose names match, as git sees them from this folder: scope, name, value; the last holds.

    The scope is `local` or `worktree` where the repository itself says so, which anybody may have sent.
    """
    args = ("config", "-z", "--show-scope", "--get-regexp", names)
    _, output = execute(folder, args, b"", {}, (0, 1))
    parts = iter(output.decode("utf-8", "replace").split("\0"))
    return [(scope, *said.partition("\n")[::2]) for scope, said in zip(parts, parts, strict=False)]


def wants_signatures(repository: Repository) -> bool:
    """Whether the person's settings ask for signed commits, though Kian's own switch it off."""
    _, output = execute(
        repository.root,
        ("config", "-z", "--get-all", "commit.gpgSign"),
        b"",
        _environment(repository, {}),
        (0, 1),
    )
    *theirs, _ours = output.decode("utf-8", "replace").removesuffix("\0").split("\0")
    return bool(theirs) and theirs[-1].lower() in ("true", "yes", "on", "1", "")


def branch(repository: Repository) -> str | None:
    """The full name of the branch that HEAD is on, born or not; None when HEAD is detached."""
    status, output = ask(repository, "symbolic-ref", "--quiet", "HEAD")
    name = output.decode().strip()
    return name if status == 0 and name.startswith("refs/heads/") else None


def commit_of(repository: Repository, revision: str) -> str | None:
    """The full id of a commit; None when there is none by that name."""
    status, output = ask(
        repository, "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}", fine=(0, 1, 128)
    )
    return output.decode().strip() if status == 0 else None


def upstream(repository: Repository) -> tuple[str, int, int] | None:
    """The branch that HEAD's is shared through, how many commits only we have, and only it has.

    As known here: nothing is asked over the network. None where the branch is not shared.
    """
    status, name = ask(
        repository, "rev-parse", "--quiet", "--abbrev-ref", "--verify", "@{upstream}", fine=(0, 1, 128)
    )
    if status != 0 or commit_of(repository, "HEAD") is None:
        return None
    counted = run(repository, "rev-list", "--left-right", "--count", "HEAD...@{upstream}").split()
    return name.decode("utf-8", "replace").strip(), int(counted[0]), int(counted[1])


def is_ancestor(repository: Repository, commit: str, of: str) -> bool:
    """True when the one commit is the other, or among its ancestors."""
    return ask(repository, "merge-base", "--is-ancestor", commit, of, fine=(0, 1, 128))[0] == 0


def tree(repository: Repository, revision: str | None) -> dict[str, Entry]:
    """All files of a commit by path."""
    of = _files_of if len(revision or "") == len(repository.zero) else _files_of.__wrapped__
    return dict(of(repository, revision)) if revision else {}


@lru_cache(maxsize=4)  # what an id names never changes
def _files_of(repository: Repository, revision: str) -> Mapping[str, Entry]:
    files: dict[str, Entry] = {}
    for item in _items(run(repository, "ls-tree", "-r", "-z", "--full-tree", revision)):
        about, _, path = item.partition("\t")
        mode, _, oid = about.split(" ")
        files[path] = Entry(mode, oid)
    return files


def staged(repository: Repository, index: Path) -> dict[str, Entry]:
    """All files of an index by path; of an unmerged path its highest stage."""
    files: dict[str, Entry] = {}
    for item in _items(run(repository, "ls-files", "--stage", "-z", index=index)):
        about, _, path = item.partition("\t")
        mode, oid, stage = about.split(" ")
        files[path] = Entry(mode, oid, int(stage))
    return files


def _items(output: bytes) -> Iterable[str]:
    return (item for item in output.decode("utf-8", "surrogateescape").split("\0") if item)


def write_blobs(repository: Repository, paths: Sequence[str]) -> tuple[str, ...]:
    """Put these files of the work tree into the object store, byte for byte.

    Few become loose objects, each synced on its own; many one pack, synced once.
    """
    if not paths:
        return ()
    sizes = ((repository.root / path).stat().st_size for path in paths)
    if len(paths) >= _MANY and sum(sizes) <= _IN_MEMORY:
        return _write_pack(repository, paths)
    names = "".join(f"{path}\n" for path in paths).encode()
    command = ("hash-object", "-w", "--no-filters", "--stdin-paths")
    return tuple(run(repository, *command, stdin=names).decode().split())


def _write_pack(repository: Repository, paths: Sequence[str]) -> tuple[str, ...]:
    _take_keeps(repository)
    stream: list[bytes] = []
    for number, path in enumerate(paths, 1):
        data = (repository.root / path).read_bytes()
        stream.append(b"blob\nmark :%d\ndata %d\n%s\nget-mark :%d\n" % (number, len(data), data, number))
    command = ("fast-import", "--quiet", "--depth=0")  # different papers share no deltas worth the search
    return tuple(run(repository, *command, stdin=b"".join(stream)).decode().split())


def _take_keeps(repository: Repository) -> None:
    """Take away the marks that a killed fast-import left: it makes none over one that is there.

    Such a mark holds the word of fast-import, or nothing yet; a person's own `.keep` says something else.
    """
    for keep in (repository.common_dir / "objects" / "pack").glob("pack-*.keep"):
        plain = keep.is_file() and not keep.is_symlink() and keep.stat().st_size <= len(_KEPT)
        if plain and keep.read_bytes() in (b"", _KEPT):
            keep.unlink()


def update_index(repository: Repository, index: Path, entries: Mapping[str, Entry | None]) -> None:
    """Set exactly these entries of an index file; None takes one out.

    Git would run a workspace's own filters over files that look as young as the index. So it
    is shown an empty work tree, and the index keeps the age by which git doubts such files.
    """
    gone = Entry("0", repository.zero)
    lines = ((path, entry or gone) for path, entry in entries.items())
    stdin = "".join(f"{entry.mode} {entry.oid}\t{path}\0" for path, entry in lines).encode()
    age = index.stat().st_mtime_ns if index.exists() else None
    with tempfile.TemporaryDirectory() as empty:
        elsewhere = replace(repository, root=Path(empty))
        run(elsewhere, "update-index", "-z", "--index-info", stdin=stdin, index=index)
    if age is not None:
        os.utime(index, ns=(age, age))


def write_tree(
    repository: Repository, index: Path, parent: str | None, entries: Mapping[str, Entry | None]
) -> str:
    """The tree of the parent with these entries changed, built in a private index."""
    run(repository, "read-tree", parent or "--empty", index=index)
    update_index(repository, index, entries)
    return run(repository, "write-tree", index=index).decode().strip()


def write_commit(
    repository: Repository, tree_id: str, parent: str | None, message: str, who: Mapping[str, str]
) -> str:
    """An unsigned commit object; `who` is what `authorship` gave."""
    parents = ("-p", parent) if parent else ()
    args = ("commit-tree", tree_id, *parents, "-F", "-")
    return run(repository, *args, stdin=message.encode(), environment=who).decode().strip()


def authorship(name: str, email: str, when: datetime) -> dict[str, str]:
    """The environment that names author and committer, so that no clock is asked."""
    stamp = f"@{int(when.timestamp())} {when:%z}"
    roles = ("AUTHOR", "COMMITTER")
    parts = (("NAME", name), ("EMAIL", email), ("DATE", stamp))
    return {f"GIT_{role}_{part}": value for role in roles for part, value in parts}


def move_branch(
    repository: Repository, name: str, new: str, old: str | None, note: str, who: Mapping[str, str]
) -> bool:
    """Compare-and-swap of a branch; False when it no longer stands at the old commit.

    Git is told to commit only after it has locked the branch. So when kian is killed here, the
    branch's lock file shows to the next one that a git which outlived it may still move the branch.
    """
    args = ("update-ref", "--create-reflog", "-m", note, "-z", "--stdin")
    wish = f"start\0update {name}\0{new}\0{old or repository.zero}\0prepare\0".encode()
    with conversation(repository.root, args, _environment(repository, who)) as git:
        try:
            done = _tell(git, wish, 2) and _tell(git, b"commit\0", 1)
        finally:
            _, errors = git.communicate()
    if done:
        return True
    stands = commit_of(repository, name)
    if stands == old:
        raise GitFailed("update-ref", git.returncode, errors.decode("utf-8", "replace"))
    return stands == new  # git died after it had moved the branch


def _tell(git: subprocess.Popen[bytes], words: bytes, answers: int) -> bool:
    if git.stdin is None or git.stdout is None:
        return False
    try:
        git.stdin.write(words)
        git.stdin.flush()
    except BrokenPipeError:
        return False
    return all(git.stdout.readline().endswith(b": ok\n") for _ in range(answers))


def log(repository: Repository) -> list[str]:
    """Every commit that HEAD descends from, newest first: six lines about it, then its message."""
    if commit_of(repository, "HEAD") is None:
        return []
    output = run(
        repository, "log", "-z", "--topo-order", "--no-color", "--no-notes", _LOG_FORMAT, "HEAD", "--"
    )
    return output.decode("utf-8", "replace").removesuffix("\0").split("\0")


def read_objects(repository: Repository, names: Sequence[str], kind: bytes = b"blob") -> list[bytes | None]:
    """The objects by these names (ids, or `commit:path`), None for each that is not there.

    Raises:
        UserError: one that is larger than anything that is recorded.
    """
    stdin = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    output = run(repository, "cat-file", "--batch", stdin=stdin) if names else b""
    found: list[bytes | None] = []
    at = 0
    for name in names:
        end = output.index(b"\n", at)
        about = output[at:end].rsplit(b" ", 2)
        at = end + 1
        if about[-1] in (b"missing", b"ambiguous"):
            found.append(None)
            continue
        size = int(about[2])
        if size > MAX_FILE:
            raise UserError(
                f"履歴の中の「{name.partition(':')[2] or name}」が大きすぎます（{size:,}バイト）。",
                place=Place(str(repository.root)),
                hint=f"1ファイルは{MAX_FILE:,}バイトまでです。誰が記録したか、git log で確かめてください。",
            )
        found.append(output[at : at + size] if about[1] == kind else None)
        at += size + 1
    return found
