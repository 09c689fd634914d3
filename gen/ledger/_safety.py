"""What every git command is given, so that nothing of a workspace is run, and how its failure is told.

Hands out `SAFE` (settings), `ENVIRONMENT`, `ELSEWHERE`, `GitFailed` and its kin, and `not_a_repository`. Leans on `errors`.
"""

from __future__ import annotations

from pathlib import Path

from gen.errors import MissingTool, Place, UserError

__all__ = ["ELSEWHERE", "ENVIRONMENT", "SAFE", "GitFailed", "GitOverflows", "GitStands", "not_a_repository"]

SAFE = {
    # Nothing that a workspace brings along is ever run.
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "log.showSignature": "false",
    "commit.gpgSign": "false",
    "protocol.allow": "never",
    "protocol.ext.allow": "never",
    # Bytes stay as they are, and what git calls written is on the disk.
    "core.autocrlf": "false",
    "core.safecrlf": "false",
    "core.fsync": "all",
    "i18n.commitEncoding": "UTF-8",
    "i18n.logOutputEncoding": "UTF-8",
    # Fast, and what fast-import is given becomes one pack.
    "core.compression": "1",
    "fastimport.unpackLimit": "1",
    # A git that outlives a killed kian gives up the branch's lock within moments.
    "core.filesRefLockTimeout": "2000",
    # The index is one plain file without shadows.
    "core.splitIndex": "false",
    "core.sparseCheckout": "false",
    "index.sparse": "false",
    "core.protectNTFS": "true",
    "core.protectHFS": "true",
    "core.longPaths": "true",
}
ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_QUARANTINE_PATH",
    "GIT_CONFIG",
    "GIT_ATTR_SOURCE",
    "GIT_DEFAULT_HASH",
    "GIT_DEFAULT_REF_FORMAT",
    "GIT_REFERENCE_BACKEND",
    "GIT_TEMPLATE_DIR",
    "GIT_PYTHON_GIT_EXECUTABLE",
)
"""Variables that lead git to another record, or GitPython to another program; they are cleared."""
_HINTS = (
    (
        ".lock",
        "動いているgitがないことを確かめ、残っている .lock ファイルを消して、もう一度実行してください。",
    ),
    (
        "promisor remote",
        "一部だけを取り寄せた写し（partial clone）です。git fetch --refetch --no-filter で全部を取り寄せてください。",
    ),
)
_HINT = "ディスクの空きとフォルダの権限を確かめてください。続くときは git fsck で点検してください。"


class GitFailed(UserError):
    """A git command that should have worked did not."""

    def __init__(self, command: str, status: int, stderr: str) -> None:
        hint = next((hint for part, hint in _HINTS if part in stderr), _HINT)
        super().__init__(
            f"gitの処理「{command}」に失敗しました（終了コード{status}）。{stderr.strip()}", hint=hint
        )
        self.status = status
        self.stderr = stderr


class GitStands(UserError):
    """A git command did not end within any sensible time."""

    def __init__(self, command: str, seconds: float) -> None:
        super().__init__(
            f"gitの処理「{command}」が{seconds:.0f}秒たっても終わらないため、やめました。",
            hint="gitの設定（.git/config の include.path など）がパイプや装置を指していないか、共有フォルダが応答するか、確かめてください。"
            "人から受け取ったフォルダなら、確かな場所から git clone し直してください。",
        )


class GitOverflows(UserError):
    """A git command printed more than any sound repository holds."""

    def __init__(self, command: str) -> None:
        super().__init__(
            f"gitの処理「{command}」の結果が大きすぎるため、やめました。",
            hint="この記録に、巨大なファイルや際限なく入れ子になったフォルダがないか、作った人に確かめてください。",
        )


def not_a_repository(root: Path, failure: GitFailed) -> UserError:
    """What a person is told of a folder that git does not open."""
    if "dubious ownership" in failure.stderr:
        return UserError(
            "このフォルダの持ち主が別の人になっているため、gitが開きません。",
            place=Place(str(root)),
            hint=f'信頼できるフォルダなら、次を実行してください: git config --global --add safe.directory "{root.as_posix()}"',
        )
    if (
        "unknown repository extension" in failure.stderr
        or "expected git repo version" in failure.stderr.lower()
    ):
        return MissingTool(
            "このリポジトリは、このパソコンのgitが知らない新しい形式です。",
            place=Place(str(root)),
            hint="Git for Windows などを新しくしてから、もう一度実行してください。",
        )
    return UserError(
        f"gitのリポジトリとして開けません。{failure.stderr.strip()}",
        place=Place(str(root)),
        hint="フォルダの場所を確かめるか、kian init で作ってください。",
    )
