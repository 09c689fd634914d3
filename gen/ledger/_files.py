"""What differs between operating systems: durable writes, replacing, locks, live processes.

Hands out small functions over paths; no other module of the ledger calls the system so.
Leans on `errors`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from gen.errors import Place, UserError, explain

__all__ = [
    "UNREADABLE",
    "Kind",
    "apart",
    "appear",
    "begins_with",
    "close_to_writing",
    "copy_age",
    "create_exclusive",
    "end_all",
    "explained",
    "host",
    "is_link",
    "is_open_in_word",
    "kind_of",
    "process_start",
    "read_regular",
    "remove",
    "remove_empty",
    "remove_tree",
    "replace",
    "resolved",
    "short_lock",
    "sync_folder",
    "write_by_rename",
]

UNREADABLE = b"\x00unreadable"
"""What `read_regular` gives for something that is there and is no regular file."""

_NAME_SURROGATE = 0x20000000
_RETRY_DELAYS = (0.05, 0.1, 0.2, 0.4, 0.8)


def create_exclusive(path: Path, data: bytes, permissions: int = 0o666) -> None:
    """Write a new file to the disk; FileExistsError when anything is there already."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, permissions), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def appear(path: Path, data: bytes, draft: Path) -> None:
    """Create a lock file with its content in one step; FileExistsError when it is there already."""
    remove(draft)
    create_exclusive(draft, data)
    try:
        if sys.platform == "win32":
            _patiently(lambda: draft.rename(path))
        else:
            os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        create_exclusive(path, data)
    finally:
        remove(draft)


def write_by_rename(path: Path, data: bytes) -> None:
    """Replace a file's content so that a crash leaves the old or the new, never a part."""
    draft = path.with_name(path.name + ".new")
    remove(draft)
    try:
        create_exclusive(draft, data)
        replace(draft, path)
    except OSError:
        with contextlib.suppress(OSError):
            remove(draft)
        raise
    sync_folder(path.parent)


def replace(source: Path, target: Path) -> None:
    """`os.replace`, tried again while Windows says that somebody reads the target."""
    _patiently(lambda: source.replace(target))


def _patiently(act: Callable[[], object]) -> None:
    """A virus scanner or an indexer holds a file on Windows for moments only; Word holds it for long."""
    for delay in _RETRY_DELAYS if sys.platform == "win32" else ():
        try:
            act()
            return
        except PermissionError:
            time.sleep(delay)
    act()


def copy_age(source: Path, target: Path) -> None:
    """Let the target be as old as the source."""
    age = source.stat().st_mtime_ns
    os.utime(target, ns=(age, age))


def remove(path: Path) -> None:
    """Delete a file if it is there."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        _patiently(path.unlink)


def remove_empty(folder: Path) -> bool:
    """Delete a folder if it is empty; tells whether it is gone."""
    with contextlib.suppress(OSError):
        folder.rmdir()
        return True
    return False


def remove_tree(folder: Path) -> None:
    """Delete a folder of our own with all in it, if it is there; never what a link leads to."""
    if folder.is_dir() and not is_link(folder):
        shutil.rmtree(folder)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Kind(Enum):
    """What lies at a path, a link not followed."""

    LINK = 1
    FOLDER = 2
    OTHER = 3


def kind_of(path: Path | str) -> Kind | None:
    """What lies there: one question to the system, for a slow share answers each with a delay."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    surrogate: int = getattr(found, "st_reparse_tag", 0) & _NAME_SURROGATE
    if stat.S_ISLNK(found.st_mode) or surrogate:
        return Kind.LINK
    return Kind.FOLDER if stat.S_ISDIR(found.st_mode) else Kind.OTHER


def is_link(path: Path | str) -> bool:
    """True for a symbolic link or a junction; a cloud placeholder is none."""
    return kind_of(path) is Kind.LINK


def resolved(path: Path) -> Path:
    """The path with every link followed.

    Raises:
        UserError: links that lead in a circle.
    """
    try:
        whole = path.resolve()
        whole.stat()
    except FileNotFoundError:
        return whole
    except (RuntimeError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.ELOOP:
            return path.absolute()
        raise UserError(
            "リンクが輪になっていて、たどれません。",
            place=Place(str(path)),
            hint="リンクを消すか、本物のフォルダを指定してください。",
        ) from error
    return whole


def read_regular(path: Path, most: int | None = None) -> bytes | None:
    """A regular file's bytes, None when nothing is there, `UNREADABLE` for anything else or larger than `most`."""
    try:
        found = path.lstat()
        if is_link(path) or not stat.S_ISREG(found.st_mode) or (most is not None and found.st_size > most):
            return UNREADABLE
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def begins_with(path: Path, data: bytes) -> bool:
    """Whether a regular file is there that begins so; the rest of it is not read."""
    try:
        if is_link(path) or not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as stream:
            return stream.read(len(data)) == data
    except (FileNotFoundError, NotADirectoryError):
        return False


def close_to_writing(path: Path) -> bool:
    """True when a file is there and may not be written: read-only, or open in Word."""
    try:
        with path.open("r+b"):
            return False
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    except PermissionError:
        return True


def is_open_in_word(path: Path) -> bool:
    """True when the owner file lies beside that Word keeps while it has a document open."""
    name = path.name
    return any((path.parent / f"~${kept}").exists() for kept in (name, name[1:], name[2:]))


@contextlib.contextmanager
def short_lock(path: Path) -> Iterator[None]:
    """Hold an operating-system lock, which dies with the process, for a moment.

    A share that knows no such lock is used without; the exclusive creation inside still holds.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        with contextlib.suppress(OSError):
            _lock_descriptor(descriptor)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Tell a person in Japanese what the operating system would not do."""
    try:
        yield
    except OSError as error:
        raise explain(error) from error


def host() -> str:
    """This machine, and the kind of process numbers it has (Windows and WSL share a name)."""
    return f"{platform.node()}/{sys.platform}"


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _lock_descriptor(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def process_start(pid: int) -> str | None:
        """When a process began, "" where that is not told, None when there is no such process."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(0x1000, False, pid)
        if not handle:
            access_denied = 5
            return "" if ctypes.get_last_error() == access_denied else None
        try:
            code, times = ctypes.c_ulong(), [ctypes.c_ulonglong() for _ in range(4)]
            kernel.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(code))
            still_active = 259
            if code.value != still_active:
                return None
            kernel.GetProcessTimes(ctypes.c_void_p(handle), *(ctypes.byref(t) for t in times))
            return str(times[0].value)
        finally:
            kernel.CloseHandle(ctypes.c_void_p(handle))

else:
    import fcntl

    def _lock_descriptor(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def process_start(pid: int) -> str | None:
        """When a process began, "" where that is not told, None when there is no such process."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except (PermissionError, OverflowError):
            pass
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return ""
        return None if fields[0] == "Z" else fields[19]


def apart() -> dict[str, Any]:
    """How `subprocess.Popen` starts a program so that `end_all` ends what it started too."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def end_all(process: subprocess.Popen[bytes]) -> None:
    """End a program that was started `apart`, and what it started, also where it has ended itself."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
