"""Errors that a person may be shown, and the exit codes of the command.

Hands out `UserError` and its precise children, and `explain`, which words what the operating
system refused; anything else that escapes is a bug and exits with `ExitCode.BUG`. Leans on nothing.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import IntEnum

__all__ = ["ExitCode", "MissingTool", "Place", "Refused", "UserError", "explain"]

_WINDOWS_PATH = 259
"""Characters of a whole path that Windows takes where long paths are not switched on."""

_SYSTEM = {
    "EISDIR": "ファイルのはずのところに、フォルダがあります。",
    "ENOTDIR": "フォルダのはずのところに、ファイルがあります。",
    "EEXIST": "同じ名前のファイル又はフォルダが、既にあります。",
    "ENOTEMPTY": "フォルダが空ではありません。",
    "ELOOP": "リンクが輪になっているか、使えない場所にリンクがあります。",
    "EIO": "ディスクが読み書きの誤りを返しました。",
    "EBUSY": "ほかのソフトが使っています。",
    "ETXTBSY": "ほかのソフトが使っています。",
    "EMFILE": "開いているファイルが多すぎます。",
    "ENFILE": "開いているファイルが多すぎます。",
    "EFBIG": "ファイルの大きさの上限を超えます。",
    "ENXIO": "パイプか装置で、ファイルではありません。",
    "ENODEV": "パイプか装置で、ファイルではありません。",
    "EINVAL": "名前か場所が、この装置では使えません。",
    "EXDEV": "別の装置にまたがっています。",
    "EPIPE": "受け取る側のソフトが先に終わりました。",
    "ENAMETOOLONG": "名前が長すぎます。",
}
"""What systems say in English, by the names of their errors."""


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    """The work is done; there may be warnings."""
    FINDINGS = 1
    """Error findings, or differences that the command was asked to look for."""
    USAGE = 2
    """The command line itself is wrong."""
    REFUSED = 3
    """Refused, to protect somebody's work."""
    MISSING = 4
    """Something is missing on this machine (git, LibreOffice)."""
    BUG = 5
    """A bug of Kian."""
    STOPPED = 130
    """Stopped from the keyboard (Ctrl-C), as shells count it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file and, where known, a line and a column (both from 1)."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class UserError(Exception):
    """A problem that the person can mend; the message is Japanese and complete.

    Args:
        message: what is wrong, in Japanese, as one or more sentences.
        place: where it is wrong.
        hint: what to do about it, in Japanese.
    """

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint


class Refused(UserError):
    """Kian stops rather than touch somebody's work."""

    exit_code = ExitCode.REFUSED


class MissingTool(UserError):
    """A program or a right that this machine lacks."""

    exit_code = ExitCode.MISSING


def explain(error: OSError) -> UserError:
    """What the operating system would not do, in Japanese: no right, no room, or a damaged disk."""
    place = Place(str(error.filename)) if error.filename else None
    if isinstance(error, PermissionError):
        return MissingTool(
            "ファイルへ書き込む権限がないか、ほかのソフトが開いています。",
            place=place,
            hint="フォルダの権限を確かめ、Wordなどで開いていれば閉じてから、もう一度実行してください。",
        )
    if error.errno == errno.EROFS:
        return MissingTool(
            "書き込めない場所です（読み取り専用のディスク又は共有フォルダ）。",
            place=place,
            hint="書き込める場所に移すか、管理者に確かめてから、もう一度実行してください。",
        )
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return UserError(
            "ディスクの空きがありません。",
            place=place,
            hint="空きを作ってから、もう一度実行してください。",
        )
    if error.errno == errno.ENOENT and len(str(error.filename or "")) <= _WINDOWS_PATH:
        return UserError(
            "ファイル又はフォルダがありません。",
            place=place,
            hint="場所を確かめてください。ほかの人やソフトが移したのなら、元に戻して、もう一度実行してください。",
        )
    if error.errno in (errno.ENAMETOOLONG, errno.ENOENT) and len(str(error.filename or "")) > _WINDOWS_PATH:
        return UserError(
            "フォルダの場所とファイルの名前が、合わせて長すぎます。",
            place=place,
            hint="作業場所を、C:\\kian のような浅い場所に移してください。",
        )
    why = _SYSTEM.get(errno.errorcode.get(error.errno or 0, ""), "") or error.strerror or str(error)
    return UserError(
        f"ファイルを読み書きできません。{why}",
        place=place,
        hint="ディスクや共有フォルダの状態を確かめてください。",
    )
