"""Paths inside a workspace: which ones may be recorded, and that none leads out of it.

Hands out `checked`, `check_all`, `find_link`, `is_obstructed`, `refuse_link` and `read_current`; every path is relative, with "/".
Leans on `errors` and the ledger's `_files`.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gen.errors import Place, Refused, UserError
from gen.ledger import _files

__all__ = [
    "MAX_FILE",
    "MAX_TOTAL",
    "TEMPORARY",
    "check_all",
    "check_sizes",
    "checked",
    "find_link",
    "is_obstructed",
    "read_current",
    "refuse_link",
]

MAX_FILE = 100 * 1024 * 1024
MAX_TOTAL = 1024 * 1024 * 1024
_MAX_PATH, _MAX_NAME = 180, 200
"""In UTF-16 units, as Windows counts: 259 a whole path, less a usual root such as
`C:\\Users\\0123456\\Documents\\ガバメントクラウド移行\\aobadai\\` and the name of a file on its way; in bytes."""
TEMPORARY = ".kian-tmp-"
"""How the names of files that are being moved into place begin."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
_GIT = re.compile(r"\.git|git~[0-9]+", re.IGNORECASE)
_PRIVATE, _PRIVATE_FOLDER = "private.yaml", "private/"


def checked(path: str) -> str:
    """The path itself when it may be recorded, else an error that says why not."""
    reason = _reason_against(path)
    if reason:
        raise UserError(
            f"ファイルの場所「{path}」は使えません。{reason}",
            place=Place(path),
            hint="半角英数字、日本語、「-」「_」だけの名前に直してください。",
        )
    return path


def _reason_against(path: str) -> str:
    if not path or path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "作業場所の中の相対パスではありません。"
    if len(path.encode("utf-16-le", "surrogatepass")) // 2 > _MAX_PATH:
        return (
            f"長すぎます（{_MAX_PATH}文字まで。Windowsでは、フォルダの場所と合わせて259文字しか使えません）。"
        )
    if unicodedata.normalize("NFC", path) != path:
        return "濁点などが分かれた文字（NFCでない文字）を含みます。"
    if path.casefold() == _PRIVATE or path.casefold().startswith(_PRIVATE_FOLDER):
        return "個人の情報を持つため、記録してはならないファイルです。"
    return next((reason for part in path.split("/") if (reason := _reason_against_name(part))), "")


def _reason_against_name(name: str) -> str:
    if name in ("", ".", ".."):
        return "「..」や空の名前を含みます。"
    if _GIT.fullmatch(name):
        return "gitが使う名前を含みます。"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name):
        return "見えない文字を含みます。"
    if _FORBIDDEN.search(name):
        return 'Windowsで使えない文字（< > : " | ? * \\）を含みます。'
    if _RESERVED.fullmatch(name):
        return f"「{name}」はWindowsが予約している名前です。"
    if name[-1] in " .":
        return "名前が空白かピリオドで終わっています。"
    return f"「{name}」は長すぎます。" if len(name.encode()) > _MAX_NAME else ""


def check_all(paths: Iterable[str], beside: Iterable[str]) -> None:
    """Check every path, and that no folder or file differs only by case from another one."""
    known = {part.casefold(): part for path in beside for part in _with_folders(path)}
    for path in paths:
        for part in _with_folders(checked(path)):
            other = known.setdefault(part.casefold(), part)
            if other != part:
                raise UserError(
                    f"「{part}」と「{other}」は大文字と小文字だけが違います。Windowsでは同じものになります。",
                    place=Place(path),
                    hint="どちらかの名前を変えてください。",
                )


def _with_folders(path: str) -> Iterator[str]:
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)
    yield path


def check_sizes(files: Mapping[str, bytes | None]) -> None:
    """Stop before a file, or all of them, grow past what a revision may hold."""
    for path, data in files.items():
        if data is not None and len(data) > MAX_FILE:
            raise Refused(
                f"「{path}」が大きすぎます（{len(data):,}バイト）。1ファイルは{MAX_FILE:,}バイトまでです。",
                place=Place(path),
                hint="画像を小さくするか、ファイルを分けてください。",
            )
    total = sum(len(data) for data in files.values() if data is not None)
    if total > MAX_TOTAL:
        raise Refused(
            f"一度に記録する量が大きすぎます（{total:,}バイト）。{MAX_TOTAL:,}バイトまでです。",
            hint="文書を指定して、何回かに分けて記録してください。",
        )


def find_link(root: Path, path: str) -> str | None:
    """The first part of the path, itself included, that is a link; None where there is none."""
    here = str(root)  # no Path for each part: a revision asks this of hundreds of files
    for number, part in enumerate(parts := path.split("/"), 1):
        here = f"{here}{os.sep}{part}"
        if _files.is_link(here):
            return "/".join(parts[:number])
    return None


def is_obstructed(root: Path, path: str) -> bool:
    """Whether a link stands in the path, itself included, or something else than a folder above its file."""
    here, parts = str(root), path.split("/")
    for above, part in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
        here = f"{here}{os.sep}{part}"
        kind = _files.kind_of(here)
        if kind is None:
            return False  # nothing there, so nothing below
        if kind is _files.Kind.LINK or (above and kind is not _files.Kind.FOLDER):
            return True
    return False


def refuse_link(root: Path, path: str) -> None:
    """Stop where a file or folder is a link, or lies behind one."""
    if link := find_link(root, path):
        raise Refused(
            f"「{link}」はリンクのため使いません。",
            place=Place(path),
            hint="リンクを消し、本物のファイルを置いてください。",
        )


def _refuse_giant(root: Path, path: str) -> None:
    """Refuse by its size what would fill the memory, before it is read."""
    target = root / path
    if target.is_file() and (size := target.stat().st_size) > MAX_FILE:
        raise UserError(
            f"「{path}」が大きすぎます（{size:,}バイト）。1ファイルは{MAX_FILE:,}バイトまでです。",
            place=Place(path),
            hint="本物のファイルか確かめ、git restore で元に戻してください。",
        )


def read_current(root: Path, path: str) -> bytes | None:
    """The bytes of a file as they stand in the folder now; None when it is not there."""
    refuse_link(root, checked(path))
    with _files.explained():
        _refuse_giant(root, path)
        data = _files.read_regular(root / path)
    if data == _files.UNREADABLE:
        raise UserError(
            f"「{path}」はファイルではありません。",
            place=Place(path),
            hint="同じ名前のフォルダなどがないか確かめてください。",
        )
    return data
