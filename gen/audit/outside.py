"""What no revision can hold itself: tags, the log of heads, and the folder as it stands now.

Hands out `weigh_tags`, `weigh_heads` and `weigh_folder`. Leans on `ledger` and `contents`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gen.audit.rows import Result, Row
from gen.audit.steps import Step, Store
from gen.errors import UserError
from gen.ledger import (
    LOCK_NAME,
    Heads,
    Life,
    Lock,
    RecordedTag,
    Workspace,
    blob_id,
    check_signature,
    heads_of,
    noted_heads,
    recorded_tags,
)

__all__ = ["weigh_folder", "weigh_heads", "weigh_tags"]

_PROMISED = (
    "Kian-Document",
    "Kian-Template",
    "Kian-Fingerprint",
    "Kian-Version",
    "Kian-Approval",
    "Kian-Life",
    "Kian-Text",
)


def weigh_tags(workspace: Workspace, steps: Sequence[Step]) -> Iterator[Row]:
    """Each tag of a life that was moved, changed, taken away or made by somebody else."""
    tags = recorded_tags(workspace)
    promised = {name: step for step in steps for name in step.info.values("Kian-Tag")}
    for name, step in promised.items():
        detail = _tag(workspace, name, tags.get(name), step)
        if detail:
            document = next(iter(step.info.documents), "")
            yield Row(step.info.number, step.info.commit, document, Result.ALTERED, detail, f"tag {name}")
    for name in tags.keys() - promised.keys():
        detail = "どの改訂にも記録されていないタグがある。"
        yield Row(0, tags[name].commit, "", Result.ALTERED, detail, f"tag {name}")


def _tag(workspace: Workspace, name: str, tag: RecordedTag | None, step: Step) -> str:
    info = step.info
    if tag is None:
        return "決裁又は締結のタグがない。"
    if not tag.commit:
        return "タグが、注釈付きのタグではない。"
    if tag.commit != info.commit:
        return f"タグが別のコミット {tag.commit[:10]} を指している。"
    held = [(key, value) for key, value in info.trailers if key in _PROMISED]
    if tag.inner != name or [row for row in tag.trailers if row[0] in _PROMISED] != held:
        return "タグの内容が、改訂の記録と違う。"
    if not tag.tagger.startswith(f"{info.author} <") or f" {int(info.when.timestamp())} " not in tag.tagger:
        return "タグの作成者又は日時が、改訂と違う。"
    if check_signature(workspace, tag) is False:
        return "タグの署名が、タグの内容に合わない。"
    return ""


def weigh_heads(workspace: Workspace, steps: Sequence[Step]) -> Iterator[Row]:
    """Revisions that this machine recorded and that the history has no more; and a log that was changed."""
    log, by_git = heads_of(workspace)
    place = ".git/kian/heads"
    if log.broken_at is not None:
        detail = "記録の控え（heads）の行が書き換えられている。"
        yield Row(0, "", "", Result.ALTERED, detail, f"{place}:{log.broken_at}")
        return
    known = {step.info.commit for step in steps}
    ours = [commit for commit, _ in log.commits]
    first = 2 if log.folded else 1
    lost = [commit for commit in ours if commit not in known]
    if lost:
        noted = noted_heads(workspace, [*lost, *known])
        for commit in lost:
            if not any(noted[commit].is_like(noted[other]) for other in known):
                detail = "このパソコンで記録した改訂が、履歴にない。履歴が書き換えられている。"
                yield Row(0, commit, "", Result.ALTERED, detail, f"{place}:{ours.index(commit) + first}")
    missing = _unlogged(log, steps, by_git)
    if missing and (ours or _has_parents(steps, missing)):
        detail = "このパソコンで記録した改訂が、記録の控え（heads）にない。控えの行が消されている。"
        yield Row(0, missing[0], "", Result.ALTERED, detail, place)


def _unlogged(log: Heads, steps: Sequence[Step], by_git: Sequence[str]) -> list[str]:
    """The revisions that git noted as made by Kian and the log has not; but none from before it was folded."""
    numbers = {step.info.commit: step.info.number for step in steps}
    ours = {commit for commit, _ in log.commits}
    since = min((numbers[commit] for commit in ours if commit in numbers), default=0) if log.folded else 0
    return [commit for commit in by_git if numbers.get(commit, -1) >= since and commit not in ours]


def _has_parents(steps: Sequence[Step], commits: Sequence[str]) -> bool:
    """Whether one of them was made by a Kian that keeps the log: such a revision names its parent."""
    return any(step.info.commit in commits and step.info.values("Kian-Parent") for step in steps)


def weigh_folder(workspace: Workspace, store: Store, head: Step) -> Iterator[Row]:
    """What lies in the folder otherwise than the last revision has it."""

    def altered(document: str, detail: str, place: str) -> Row:
        return Row(0, "", document, Result.ALTERED, detail, place)

    try:
        lock = store.lock(head.tree)
    except UserError:
        return  # told with the revision
    if LOCK_NAME in head.tree:
        now = workspace.read(LOCK_NAME)
        if now is None or blob_id(workspace, now) != head.tree[LOCK_NAME]:
            yield altered("", f"フォルダの {LOCK_NAME} が、最後の改訂と違う。{_said(now)}", LOCK_NAME)
    for path in sorted(head.tree):
        if not path.startswith(".kian/"):
            continue
        data = workspace.read(path)
        if data is None or blob_id(workspace, data) != head.tree[path]:
            yield altered("", "フォルダの控えが、最後の改訂と違う。", path)
    for document, entry in sorted(lock.documents.items()):
        for path in entry.files:
            data = workspace.read(path)
            if data is None or path not in head.tree or blob_id(workspace, data) == head.tree[path]:
                if data is None:
                    yield altered(document, "フォルダにファイルがない。git restore で戻せる。", path)
                continue
            if path.endswith(".docx") and entry.life is Life.DRAFT and _readable(data, path):
                yield Row(
                    0, "", document, Result.EDITED, "まだ記録していない手直しがある（kian adopt）。", path
                )
            else:
                yield altered(document, "フォルダのファイルが、最後の改訂と違う。", path)


def _readable(data: bytes, path: str) -> bool:
    from gen.word.package import read_package

    try:
        read_package(data, path)
    except UserError:
        return False
    return True


def _said(data: bytes | None) -> str:
    if data is None:
        return "ファイルがない。"
    try:
        Lock.parse(data)
    except UserError as error:
        return str(error)
    return ""
