"""What git's own folder may be made of, looked at before any git command runs in it.

Hands out `own_git_dir`, `refuse_traps`, `another_record` and `refuse_unusable`. A workspace may come from anybody: git follows
a link at its logs, references or objects out of the folder, and waits for ever on a pipe.
Leans on `errors` and the ledger's `_files`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from gen.errors import Place, Refused, UserError
from gen.ledger import _files

__all__ = ["another_record", "own_git_dir", "refuse_traps", "refuse_unusable"]

_KIB, _MIB = 1024, 1024 * 1024
_FILES = {
    "HEAD": 64 * _KIB,
    "HEAD.lock": 64 * _KIB,
    "commondir": 64 * _KIB,
    "gitdir": 64 * _KIB,
    "config": 8 * _MIB,
    "config.worktree": 8 * _MIB,
    "index": 1024 * _MIB,
    "index.lock": 1024 * _MIB,
    "packed-refs": 1024 * _MIB,
    "packed-refs.lock": 1024 * _MIB,
    "shallow": 64 * _MIB,
    "info/attributes": 64 * _MIB,
    "info/exclude": 64 * _MIB,
    "info/sparse-checkout": 64 * _MIB,
    "objects/info/alternates": 64 * _KIB,
}
"""Files that git reads whole or writes, and the bytes beyond which none of them is sound."""
_FOLDERS = ("info", "objects", "objects/info", "objects/pack")
_TREES = ("refs", "logs", "reftable")
"""Written by git wherever a reference lies: nothing in them may lead elsewhere."""


def own_git_dir(root: Path) -> Path:
    """The folder that `.git` is, or names, without asking git; git says itself what else is wrong.

    Raises:
        Refused: a link, a pipe, or another thing than a folder or a short file.
    """
    path = root / ".git"
    if _files.is_link(path):
        raise another_record(root)
    if path.is_dir():
        return path
    return _named(path, root) or path


def refuse_traps(git_dir: Path) -> None:
    """Stop where git would write through a link, wait on a pipe, or write to another record.

    Raises:
        Refused: what lies there, and what to do about it.
    """
    common = _named(git_dir / "commondir", git_dir) or git_dir
    if common != git_dir and common / "worktrees" != git_dir.resolve().parent:
        raise UserError(
            "この .git の commondir が、別の場所のgitの記録を指しています。",
            place=Place(str(git_dir / "commondir")),
            hint="その記録に書き込まないよう中止しました。git clone か git worktree add で作り直したフォルダを使ってください。",
        )
    for folder in dict.fromkeys((git_dir, common)):
        for name, limit in _FILES.items():
            _check_file(folder / name, limit)
        for name in (*_FOLDERS, *_TREES):
            _check_folder(folder / name)
        for name in _TREES:
            _check_all(folder / name)
        for entry in _entries(folder / "objects"):  # git writes an object below its first two letters
            if len(entry.name) == 2:
                _check_folder(Path(entry.path))
        for entry in _entries(folder / "objects" / "pack"):
            _check_file(Path(entry.path), None)


def another_record(root: Path) -> UserError:
    """What a person is told of a `.git` that leads to a record which does not know the folder."""
    return UserError(
        "このフォルダの .git が、別の場所のgitの記録を指しています。",
        place=Place(str(root / ".git")),
        hint="その記録に書き込まないよう中止しました。git clone か git worktree add で作り直したフォルダを使ってください。",
    )


def refuse_unusable(folder: Path) -> None:
    """Stop at a folder whose name git cannot give in one line, before anything is made there."""
    if "\n" in str(folder):
        raise UserError(
            "フォルダの名前に改行があるため、使えません。何も書き込んでいません。",
            place=Place(str(folder)),
            hint="フォルダの名前を変えてください。",
        )


def _named(path: Path, beside: Path) -> Path | None:
    """The folder that a small file of git's names; None where there is no such file."""
    _check_file(path, _FILES["commondir"])
    data = _files.read_regular(path)
    if data is None:
        return None
    text = os.fsdecode(data).removeprefix("gitdir:").strip(" \r\n")
    return Path(os.path.realpath(beside / text.replace("\0", "")))


def _check_all(folder: Path) -> None:
    for entry in _entries(folder):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            _check_folder(path)
            _check_all(path)
        else:
            _check_file(path, None)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from found
    except (FileNotFoundError, NotADirectoryError):
        return


def _check_file(path: Path, limit: int | None) -> None:
    found = _kind(path)
    if found is None:
        return
    if not stat.S_ISREG(found.st_mode):
        _refuse(path, "通常のファイルではありません")
    if limit is not None and found.st_size > limit:
        _refuse(path, f"大きすぎます（{found.st_size:,}バイト、上限{limit:,}バイト）")


def _check_folder(path: Path) -> None:
    found = _kind(path)
    if found is not None and not stat.S_ISDIR(found.st_mode):
        _refuse(path, "フォルダではありません")


def _kind(path: Path) -> os.stat_result | None:
    if _files.is_link(path):
        _refuse(path, "リンクです")
    try:
        return path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _refuse(path: Path, what: str) -> NoReturn:
    raise Refused(
        f"gitの記録の中の「{path.name}」が{what}。作業場所の外へ書き込むおそれなどがあるため、使いません。",
        place=Place(str(path)),
        hint="誰が作ったか確かめてください。確かな場所から git clone し直したフォルダなら使えます。",
    )
