"""Reading revisions: the list of them, and files as they stood.

Hands out `history`, `RevisionInfo`, `head`, `resolve`, `read_file`, `read_files` and `list_files`.
Leans on `errors` and the ledger's `message`, `workspace` and `_git`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from gen.errors import UserError
from gen.ledger import _git, message
from gen.ledger.workspace import Workspace

__all__ = ["RevisionInfo", "head", "history", "list_files", "read_file", "read_files", "resolve"]

_REVISION = re.compile(r"[\w./@{}~^+][\w./@{}~^+-]*")
_FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class RevisionInfo:
    """One revision as the history tells it.

    Attributes:
        number: 改訂n of the workspace: its place counted from the first commit.
        when: the author's date.
        documents: ids from its `Kian-Document` trailers.
        by_kian: True when it carries Kian's trailers; a person's own commit does not.
    """

    number: int
    commit: str
    parents: tuple[str, ...]
    when: datetime
    author: str
    email: str
    subject: str
    reason: str
    documents: tuple[str, ...]
    trailers: message.Trailers
    by_kian: bool

    def values(self, key: str) -> tuple[str, ...]:
        """What the trailers of this name say, in order."""
        return tuple(value for name, value in self.trailers if name == key)

    @property
    def notes(self) -> tuple[message.DocumentNote, ...]:
        """The trailers again, gathered by document."""
        return message.notes_of(self.trailers)


def history(
    workspace: Workspace, document: str | None = None, limit: int | None = None
) -> tuple[RevisionInfo, ...]:
    """The revisions, newest first, by one git process; of one document if asked."""
    records = _git.log(workspace.repository)
    found: list[RevisionInfo] = []
    for number, text in zip(range(len(records), 0, -1), records, strict=True):
        if limit is not None and len(found) >= limit:
            break
        revision = _parse(number, text)
        if document is None or document in revision.documents:
            found.append(revision)
    return tuple(found)


def _parse(number: int, text: str) -> RevisionInfo:
    commit, parents, seconds, stamp, author, email, body = text.split("\n", 6)
    parsed = message.parse(body)
    return RevisionInfo(
        number,
        commit,
        tuple(parents.split()),
        _when(seconds, stamp),
        author,
        email,
        parsed.subject,
        parsed.reason,
        tuple(dict.fromkeys(value for key, value in parsed.trailers if key == "Kian-Document")),
        parsed.trailers,
        any(key.startswith("Kian-") for key, _ in parsed.trailers),
    )


@lru_cache(maxsize=32)  # a history has few, and the same again and again
def _offset(stamp: str) -> tzinfo:
    return datetime.strptime(stamp, "%z").tzinfo or UTC


def _when(seconds: str, stamp: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), _offset(stamp[-5:]))
    except (ValueError, OverflowError, OSError):  # a damaged commit; its text is still worth showing
        return datetime(1970, 1, 1, tzinfo=timezone(timedelta(0)))


def head(workspace: Workspace) -> str | None:
    """The commit that the folder stands at; None before the first one."""
    return _git.commit_of(workspace.repository, "HEAD")


def resolve(workspace: Workspace, revision: str) -> str:
    """The full id of a commit by any name that git knows for it."""
    if _FULL_ID.fullmatch(revision):
        return revision
    found = _git.commit_of(workspace.repository, revision) if _REVISION.fullmatch(revision) else None
    if found is None:
        raise UserError(
            f"「{revision}」という版はありません。",
            hint="kian history で版の一覧を確かめてください。",
        )
    return found


def read_file(workspace: Workspace, revision: str, path: str) -> bytes | None:
    """A file as it stood in a revision; None when it was not there."""
    return read_files(workspace, revision, (path,))[path]


def read_files(workspace: Workspace, revision: str, paths: Sequence[str]) -> dict[str, bytes | None]:
    """Files as they stood in a revision, by one git process; None for each that was not there."""
    commit = resolve(workspace, revision)
    asked = [path for path in paths if "\n" not in path and "\0" not in path]
    contents = _git.read_objects(workspace.repository, [f"{commit}:{path}" for path in asked])
    return {**dict.fromkeys(paths), **dict(zip(asked, contents, strict=True))}


def list_files(workspace: Workspace, revision: str, under: str = "") -> tuple[str, ...]:
    """The paths of all files of a revision, or of those in one folder, sorted."""
    folder = f"{under.rstrip('/')}/" if under else ""
    files = _git.tree(workspace.repository, resolve(workspace, revision))
    return tuple(sorted(path for path in files if path.startswith(folder)))
