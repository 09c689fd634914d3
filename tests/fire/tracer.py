"""A process stopped at each system call with which it, or a git that it starts, writes into a folder.

Hands out `traced` and `Call`. The child is forked, so what it needs is imported already; a
seccomp filter stops it at the calls below and at no other, and the tracer then lets the call be
made, lets it fail, or kills. Leans on Linux (ptrace, seccomp) and the standard library.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_BY_FD, _BY_PATH, _BY_FOLDER = "fd", "path", "folder and path"
_X86 = {
    "write": (1, _BY_FD, 0),
    "pwrite": (18, _BY_FD, 0),
    "writev": (20, _BY_FD, 0),
    "sendfile": (40, _BY_FD, 0),
    "fsync": (74, _BY_FD, 0),
    "fdatasync": (75, _BY_FD, 0),
    "truncate": (76, _BY_PATH, 0),
    "ftruncate": (77, _BY_FD, 0),
    "rename": (82, _BY_PATH, 1),
    "mkdir": (83, _BY_PATH, 0),
    "rmdir": (84, _BY_PATH, 0),
    "link": (86, _BY_PATH, 1),
    "unlink": (87, _BY_PATH, 0),
    "symlink": (88, _BY_PATH, 1),
    "chmod": (90, _BY_PATH, 0),
    "fchmod": (91, _BY_FD, 0),
    "open": (257, _BY_FOLDER, 0),
    "mkdirat": (258, _BY_FOLDER, 0),
    "unlinkat": (263, _BY_FOLDER, 0),
    "renameat": (264, _BY_FOLDER, 2),
    "linkat": (265, _BY_FOLDER, 2),
    "symlinkat": (266, _BY_FOLDER, 1),
    "fchmodat": (268, _BY_FOLDER, 0),
    "utimensat": (280, _BY_FOLDER, 0),
    "renameat2": (316, _BY_FOLDER, 2),
    "copy_file_range": (326, _BY_FD, 2),
}
_ARM = {
    "mkdirat": 34,
    "unlinkat": 35,
    "symlinkat": 36,
    "linkat": 37,
    "renameat": 38,
    "truncate": 45,
    "ftruncate": 46,
    "fchmod": 52,
    "fchmodat": 53,
    "open": 56,
    "write": 64,
    "writev": 66,
    "pwrite": 68,
    "sendfile": 71,
    "fsync": 82,
    "fdatasync": 83,
    "utimensat": 88,
    "renameat2": 276,
    "copy_file_range": 285,
}
_IS_X86 = platform.machine() == "x86_64"
_CALLS = (
    {number: (name, how, at) for name, (number, how, at) in _X86.items()}
    if _IS_X86
    else {number: (name, *_X86[name][1:]) for name, number in _ARM.items()}
)
_OPEN = next(number for number, call in _CALLS.items() if call[0] == "open")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_AT_FDCWD = 0xFFFFFF9C

_TRACEME, _CONT, _SETOPTIONS, _GET_SYSCALL_INFO = 0, 7, 0x4200, 0x420E
_POKEUSER, _GETREGSET, _SETREGSET = 6, 0x4204, 0x4205
_FORKS_EXEC_SECCOMP_EXITKILL = 0x2 | 0x4 | 0x8 | 0x10 | 0x80 | 0x100000
_SECCOMP_EVENT = 7
_WALL = 0x40000000

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = [ctypes.c_long] * 4
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]


@dataclass(frozen=True)
class Call:
    """A writing call that is about to be made.

    Attributes:
        number: counts from 1, over all processes.
        name: of the system call.
        path: the file or folder that it is about to write.
        by_git: whether a child makes it, not the traced process itself.
    """

    number: int
    name: str
    path: Path
    by_git: bool


@dataclass(frozen=True)
class Kill:
    """Kills the process that makes the call; every one, as a power cut does; or only the first one."""

    all: bool = False
    parent: bool = False


Answer = int | Kill | None
"""An errno with which the call fails unmade; a `Kill`; None: the call is made."""


def traced(command: Callable[[], int], folder: Path, visit: Callable[[Call], Answer]) -> int:
    """Run a command in a forked child.

    Args:
        command: gives the exit status.
        folder: calls that write elsewhere are not told.
        visit: told each call before it is made.

    Returns:
        The exit status; negative is the signal that killed it.
    """
    child = os.fork()
    if child == 0:
        _be_traced(command)
    os.waitpid(child, 0)
    _ptrace(_SETOPTIONS, child, 0, _FORKS_EXEC_SECCOMP_EXITKILL)
    _ptrace(_CONT, child)
    return _follow(child, folder, visit)


def _be_traced(command: Callable[[], int]) -> None:
    status = 99
    try:
        _ptrace(_TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _filter_calls()
        status = command()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _follow(child: int, folder: Path, visit: Callable[[Call], Answer]) -> int:
    result, number, known = 99, 0, {child}
    while True:
        try:
            pid, status = os.waitpid(-1, _WALL)
        except ChildProcessError:
            return result
        if not os.WIFSTOPPED(status):
            known.discard(pid)
            result = os.waitstatus_to_exitcode(status) if pid == child else result
            continue
        passed_on = 0
        if status >> 16 == _SECCOMP_EVENT:
            name, path = _call(pid)
            if path is not None and path.is_relative_to(folder):
                number += 1
                answer = visit(Call(number, name, path, pid != child))
                if isinstance(answer, Kill):
                    for one in known if answer.all else {child if answer.parent else pid}:
                        os.kill(one, signal.SIGKILL)
                elif answer is not None:
                    _let_fail(pid, answer)
        elif status >> 16 == 0 and not (pid not in known and os.WSTOPSIG(status) == signal.SIGSTOP):
            passed_on = os.WSTOPSIG(status)
        known.add(pid)
        try:
            _ptrace(_CONT, pid, 0, passed_on)
        except ProcessLookupError:
            continue


def _let_fail(pid: int, error: int) -> None:
    if _IS_X86:
        _ptrace(_POKEUSER, pid, 15 * 8, -1)  # orig_rax: no such call, so none is made
        _ptrace(_POKEUSER, pid, 10 * 8, -error)  # rax: what it gives
        return
    general, call = ctypes.create_string_buffer(34 * 8), ctypes.c_int(-1)
    words = (ctypes.c_ulong * 2)(ctypes.addressof(general), ctypes.sizeof(general))
    _ptrace(_GETREGSET, pid, 1, ctypes.addressof(words))
    general[0:8] = (-error).to_bytes(8, "little", signed=True)
    _ptrace(_SETREGSET, pid, 1, ctypes.addressof(words))
    words = (ctypes.c_ulong * 2)(ctypes.addressof(call), ctypes.sizeof(call))
    _ptrace(_SETREGSET, pid, 0x404, ctypes.addressof(words))


def _call(pid: int) -> tuple[str, Path | None]:
    about = (ctypes.c_uint64 * 11)()
    _ptrace(_GET_SYSCALL_INFO, pid, ctypes.sizeof(about), ctypes.addressof(about))
    name, how, at = _CALLS[about[3]]
    arguments = about[4:10]
    if how == _BY_FD:
        return name, _opened(pid, arguments[at])
    if how == _BY_PATH:
        return name, _path(pid, _AT_FDCWD, arguments[at])
    return name, _path(pid, arguments[at], arguments[at + 1])


def _opened(pid: int, descriptor: int) -> Path | None:
    try:
        return Path(f"/proc/{pid}/fd/{descriptor & 0xFFFFFFFF}").readlink()
    except OSError:
        return None


def _path(pid: int, folder: int, address: int) -> Path | None:
    if address == 0:
        return _opened(pid, folder)
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        memory.seek(address)
        text = memory.read(4096).partition(b"\0")[0]
    base = Path(f"/proc/{pid}/cwd").readlink() if folder & 0xFFFFFFFF == _AT_FDCWD else _opened(pid, folder)
    return None if base is None else base / os.fsdecode(text)


def _filter_calls() -> None:
    """Stop at the calls of the table, at `openat` only where it may write."""
    allow, trace = 0x7FFF0000, 0x7FF00000
    others = [number for number in _CALLS if number != _OPEN]
    steps = [(0x20, 0, 0, 0)]  # load the call's number
    steps += [(0x15, len(others) - at + 3, 0, number) for at, number in enumerate(others)]
    steps += [
        (0x15, 0, 2, _OPEN),
        (0x20, 0, 0, 16 + 2 * 8),  # load the flags
        (0x45, 1, 0, _WRITING),
        (0x06, 0, 0, allow),
        (0x06, 0, 0, trace),
    ]
    code = b"".join(
        op.to_bytes(2, "little") + bytes((yes, no)) + k.to_bytes(4, "little") for op, yes, no, k in steps
    )
    program = ctypes.create_string_buffer(code)
    told = (ctypes.c_uint64 * 2)(len(steps), ctypes.addressof(program))
    for arguments in ((38, 1, 0, 0, 0), (22, 2, ctypes.addressof(told), 0, 0)):
        if _libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def _ptrace(request: int, pid: int, address: int = 0, data: int = 0) -> None:
    if _libc.ptrace(request, pid, address, data) < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
