"""Recording a revision: all of its files in git, in the folder and in the index, or none.

Hands out `record`, `Revision`, `RecordedRevision`, `digest` and `STEPS`.
Leans on `errors` and the ledger's `journal`, `message`, `paths`, `recovery` and `_git`.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gen.errors import Place, Refused, UserError
from gen.ledger import _files, _git, message, paths, recovery
from gen.ledger.identity import Identity
from gen.ledger.journal import Journal, Move, save
from gen.ledger.recovery import HasRepository, Steps, current_id
from gen.ledger.tags import TagSpec, written_tag

__all__ = ["STEPS", "RecordedRevision", "Revision", "digest", "record"]

STEPS = (
    "locked",
    "index-locked",
    "planned",
    "staged",
    "blobs",
    "commit",
    "index-prepared",
    "journaled",
    "moved",
    "file",
    "indexed",
    "cleared",
    "index-released",
)
"""The points that `record` passes, in order; `staged` and `file` once a file."""

_UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
_NOTHING = "何も書き込んでいません。"


@dataclass(frozen=True, slots=True)
class Revision:
    """What is to be recorded.

    Attributes:
        files: new bytes by path relative to the workspace; None takes a file out.
        subject: one Japanese line of what changed.
        reason: why, as the person gave it.
        author: who records; author and committer of the commit.
        when: date of the commit, with its time zone. No clock is asked.
        trailers: see `trailers_for`; the reason's own trailer is added.
        expected: `digest` of what the caller has read, by path; None where it found no file.
            When one of them has changed since, nothing is recorded.
        tag: an annotated tag that the revision is to have, with it or not at all.
    """

    files: Mapping[str, bytes | None]
    subject: str
    reason: str
    author: Identity
    when: datetime
    trailers: message.Trailers = ()
    expected: Mapping[str, str | None] = field(default_factory=dict)
    tag: TagSpec | None = None


@dataclass(frozen=True, slots=True)
class RecordedRevision:
    """A revision that stands in the history.

    Attributes:
        kept: files that a person changed in the very moment; recorded, but left alone in the folder.
    """

    commit: str
    parent: str | None
    branch: str
    changed: tuple[str, ...]
    kept: tuple[str, ...] = ()


def digest(data: bytes) -> str:
    """SHA-256, as `Revision.expected` wants it."""
    return hashlib.sha256(data).hexdigest()


def record(
    workspace: HasRepository, revision: Revision, *, wait: float = 10.0, steps: Steps = recovery.no_steps
) -> RecordedRevision | None:
    """Record a revision; None when it would change nothing.

    Raises `Refused` before anything is moved when a person's work stands in the way, when the
    branch moves in between, or when another writer does not end within `wait` seconds.
    """
    if revision.when.utcoffset() is None:
        raise ValueError("a revision's date needs its time zone")
    message.build(revision.subject, revision.reason, revision.trailers)  # a fault shows before the lock
    paths.check_all(revision.files, ())
    paths.check_sizes(revision.files)
    repository = workspace.repository
    with recovery.writing(workspace, wait=wait), _files.explained():
        steps("locked")
        recovery.take_index(repository)
        try:
            steps("index-locked")
            journal = _plan(repository, revision)
            if journal is None:
                recovery.release_index(repository)
                return None
            return _carry_out(repository, revision, journal, _message(revision, journal.parent), steps)
        except recovery.Stuck:
            raise
        except BaseException:
            # The same as after a crash: undo, or finish when the branch has moved already.
            with contextlib.suppress(OSError, UserError):
                recovery.recover(repository)
            raise


def _message(revision: Revision, parent: str | None) -> str:
    """The message; it names its parent, so that a history that was rewritten shows."""
    chained = parent is not None and any(key.startswith("Kian-") for key, _ in revision.trailers)
    chain = (("Kian-Parent", parent),) if chained and parent else ()
    return message.build(revision.subject, revision.reason, (*revision.trailers, *chain))


def _plan(repository: _git.Repository, revision: Revision) -> Journal | None:
    branch = _branch(repository)
    _refuse_surprises(repository, revision.expected)
    parent = _git.commit_of(repository, branch)
    before = _git.tree(repository, parent)
    gone = {path for path, data in revision.files.items() if data is None}
    paths.check_all(revision.files, before.keys() - gone)
    moves = tuple(
        Move(
            path,
            before[path].mode if path in before else _git.REGULAR,
            old,
            new,
            f"{paths.TEMPORARY}{number:06d}",
        )
        for number, (path, data) in enumerate(sorted(revision.files.items()))
        for old in (before[path].oid if path in before else None,)
        for new in (None if data is None else repository.blob_id(data),)
        if old != new
    )
    if not moves:
        return None
    _refuse_obstacles(repository, moves, before)
    _refuse_edits(repository, moves)
    return Journal(branch, parent, None, moves, _missing_folders(repository, moves))


def _branch(repository: _git.Repository) -> str:
    for name, command in _UNDER_WAY.items():
        if (repository.git_dir / name).exists():
            raise Refused(
                f"git {command} の途中です。{_NOTHING}",
                place=Place(str(repository.root)),
                hint=f"git {command} --continue で終えるか、git {command} --abort でやめてから、もう一度実行してください。",
            )
    branch = _git.branch(repository)
    if branch is None:
        raise Refused(
            f"過去の版を開いているため（detached HEAD）、記録しても枝に残りません。{_NOTHING}",
            place=Place(str(repository.root)),
            hint="git switch main などで枝に戻ってから、もう一度実行してください。",
        )
    return branch


def _refuse_surprises(repository: _git.Repository, expected: Mapping[str, str | None]) -> None:
    def now(path: str) -> str | None:
        data = paths.read_current(repository.root, path)
        return None if data is None else digest(data)

    changed = [path for path, was in sorted(expected.items()) if now(path) != was]
    _refuse(changed, "処理の途中で、次のファイルが書き換えられました。", "もう一度実行してください。")


def _refuse_obstacles(
    repository: _git.Repository, moves: Iterable[Move], before: Mapping[str, _git.Entry]
) -> None:
    folders = {path[: path.rfind("/")] for path in before if "/" in path}
    folders |= {str(parent) for folder in folders for parent in _above(folder)}
    links = [m.path for m in moves if paths.find_link(repository.root, m.path)]
    _refuse(
        links,
        "次の場所はリンクで、作業場所の外へ書き込むおそれがあります。",
        "リンクを消し、本物のフォルダを置いてください。",
    )
    blocked = [
        m.path
        for m in moves
        if current_id(repository, m.path) == ""
        or m.path in folders
        or any(part in before for part in _above(m.path))
        or m.mode not in (_git.REGULAR, "100755")
    ]
    _refuse(
        blocked,
        "次の場所に、ファイルでないものか同じ名前のフォルダがあります。",
        "名前を変えるか、移してください。",
    )
    closed = [m.path for m in moves if _files.close_to_writing(repository.root / m.path)]
    _refuse(
        closed,
        "次のファイルは、Wordなどで開いているか、読み取り専用です。",
        "閉じるか読み取り専用を外してから、もう一度実行してください。",
        lambda path: recovery.open_in_word(repository, path),
    )


def _refuse_edits(repository: _git.Repository, moves: Iterable[Move]) -> None:
    """The heart of it: what a person has not yet recorded is never overwritten."""
    edited = [m.path for m in moves if current_id(repository, m.path) not in (None, m.old, m.new)]
    _refuse(
        edited,
        "次のファイルには、まだ記録していない変更があります。上書きしないように中止しました。",
        "残す変更は、別の名前で保存するか、git add と git commit で記録してください。捨てる変更は、git restore で元に戻してください。それから、もう一度実行してください。",
    )
    staged = _git.staged(repository, repository.git_dir / "index")
    held = [
        m.path
        for m in moves
        for entry in (staged.get(m.path),)
        if (entry.oid if entry else None) not in (m.old, m.new) or (entry and entry.stage)
    ]
    _refuse(
        held,
        "次のファイルには、git add したまま記録していない変更があります。",
        "git commit で記録するか、git restore --staged で取り消してから、もう一度実行してください。",
    )


def _refuse(files: list[str], what: str, hint: str, remark: Callable[[str], str] = lambda _: "") -> None:
    if files:
        names = "\n".join(f"  {path}{remark(path)}" for path in files)
        raise Refused(f"{what}{_NOTHING}\n{names}", place=Place(files[0]), hint=hint)


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _missing_folders(repository: _git.Repository, moves: Iterable[Move]) -> tuple[str, ...]:
    wanted = {folder for move in moves if move.new for folder in _above(move.path)}
    return tuple(sorted(folder for folder in wanted if not (repository.root / folder).exists()))


def _carry_out(
    repository: _git.Repository, revision: Revision, journal: Journal, text: str, steps: Steps
) -> RecordedRevision:
    save(repository.git_dir, journal)
    steps("planned")
    commit = _write_commit(repository, revision, journal, text, steps)
    recovery.prepare_index(repository, journal.moves)
    steps("index-prepared")
    tag = revision.tag
    tags = ((tag.name, written_tag(repository, tag, commit, revision.author, revision.when)),) if tag else ()
    journal = replace(journal, commit=commit, tags=tags)
    save(repository.git_dir, journal)
    steps("journaled")
    _refuse_edits(repository, journal.moves)
    who = _git.authorship(revision.author.name, revision.author.email, revision.when)
    note = f"kian: {text.partition(chr(10))[0]}"
    # `git checkout -b` takes no lock of the index, so HEAD may have left the branch.
    stays = _git.branch(repository) == journal.branch
    if not stays or not _git.move_branch(repository, journal.branch, commit, journal.parent, note, who):
        raise Refused(
            f"記録の途中で、ほかの人がこの枝に記録したか、枝を切り替えました。{_NOTHING}",
            place=Place(str(repository.root)),
            hint="git log で確かめ、もう一度実行してください。",
        )
    steps("moved")
    recovery.drop_locks(repository, journal)
    kept = recovery.finish(repository, journal, steps)
    changed = tuple(move.path for move in journal.moves)
    return RecordedRevision(commit, journal.parent, journal.branch, changed, kept)


def _write_commit(
    repository: _git.Repository, revision: Revision, journal: Journal, text: str, steps: Steps
) -> str:
    for folder in journal.folders:
        (repository.root / folder).mkdir(exist_ok=True)
    waiting = [move for move in journal.moves if move.new]
    for move in waiting:
        content = revision.files[move.path] or b""
        _files.create_exclusive(repository.root / move.beside, content, move.permissions)
        steps("staged")
    written = _git.write_blobs(repository, [move.beside for move in waiting])
    if written != tuple(move.new for move in waiting):
        raise Refused(
            f"書き込んだファイルを、ほかのソフトが書き換えました。{_NOTHING}",
            place=Place(str(repository.root)),
            hint="同期ソフトやウイルス対策ソフトの対象から外すか、しばらくして、もう一度実行してください。",
        )
    steps("blobs")
    entries = {m.path: _git.Entry(m.mode, m.new) if m.new else None for m in journal.moves}
    private = recovery.next_index(repository).with_suffix(".private")
    _files.remove(private)
    tree_id = _git.write_tree(repository, private, journal.parent, entries)
    _files.remove(private)
    who = _git.authorship(revision.author.name, revision.author.email, revision.when)
    commit = _git.write_commit(repository, tree_id, journal.parent, text, who)
    steps("commit")
    return commit
