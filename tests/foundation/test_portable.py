"""Officials work on Windows, and no test runs there: what would break there is looked for in the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ONE_PLACE = ROOT / "gen" / "ledger" / "_files.py"
"""The module in which operating systems may differ."""
MODULES = {
    *("fcntl", "grp", "posix", "pty", "pwd", "resource", "select", "syslog", "termios", "tty", "crypt"),
    *("msvcrt", "winreg", "_winapi", "ctypes", "signal", "zoneinfo"),
}
OF_OS = {
    *("chmod", "chown", "fchmod", "fchown", "lchmod", "link", "symlink", "readlink", "mkfifo", "mknod"),
    *("fork", "forkpty", "kill", "killpg", "getuid", "geteuid", "getgid", "getegid", "setsid", "umask"),
    *("nice", "sync", "fsync", "fdatasync", "posix_spawn", "wait", "waitpid", "statvfs", "getloadavg"),
    *("O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_SYNC", "uname", "ttyname", "sched_getaffinity"),
}
OF_PATHS = {"chmod", "lchmod", "symlink_to", "hardlink_to", "rename"}
"""`Path.rename` over a file that is there works on POSIX only; `_files.replace` works on both."""
TEXT = {"read_text": 0, "write_text": 1}


def sources() -> list[Path]:
    return [path for path in sorted((ROOT / "gen").rglob("*.py")) if path != ONE_PLACE]


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, str(node.module).partition(".")[0]
            if node.module == "os":
                yield from ((node.lineno, f"os.{alias.name}") for alias in node.names)


def used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of_os = isinstance(node.value, ast.Name) and node.value.id == "os"
            yield node.lineno, f"os.{node.attr}" if of_os else f".{node.attr}()"


def in_the_encoding_of_the_machine(tree: ast.AST) -> Iterator[int]:
    """Calls that read or write text as cp932 on a Japanese Windows."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or any(word.arg == "encoding" for word in node.keywords):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        constants = [str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)]
        as_text = any(not text.strip("rwaxt+") for text in constants)
        bare = isinstance(node.func, ast.Name) and not any("b" in text for text in constants)
        if (name in TEXT and len(node.args) <= TEXT[name]) or (name == "open" and (as_text or bare)):
            yield node.lineno


def formats(tree: ast.AST) -> Iterator[str]:
    """Every pattern by which a date is printed."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "strftime"
        ):
            yield from (
                a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            )


def found(tree: ast.AST) -> list[tuple[int, str]]:
    forbidden = MODULES | {f"os.{name}" for name in OF_OS} | {f".{name}()" for name in OF_PATHS}
    return [use for use in (*imported(tree), *used(tree)) if use[1] in forbidden]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_one_module_knows_the_operating_system(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not found(tree)
    assert not list(in_the_encoding_of_the_machine(tree))
    assert not any(re.search("%[-#]", text) for text in formats(tree)), "strftime differs on Windows"


def test_the_look_is_sharp() -> None:
    tree = ast.parse("import fcntl\nfrom os import fork\nimport os\nos.chmod(a, 1)\npath.rename(b)\n")
    assert [name for _, name in found(tree)] == ["fcntl", "os.fork", "os.chmod", ".rename()"]
    text = ast.parse("p.read_text()\nopen(p)\nopen(p, 'rb')\np.open('r', encoding='utf-8')\n")
    assert list(in_the_encoding_of_the_machine(text)) == [1, 2]


def test_the_one_module_has_another_way_on_windows_for_all_it_uses() -> None:
    """Each call of its kind stands under `sys.platform`, behind `getattr`, or works on both."""
    source = ONE_PLACE.read_text(encoding="utf-8")
    names = {name.removeprefix("os.") for _, name in found(ast.parse(source))}
    on_windows_too = {"fsync", "chmod"}
    under_a_condition = {"fcntl", "msvcrt", "ctypes", "kill", "killpg", "signal", "link", ".rename()"}
    assert names <= on_windows_too | under_a_condition
    assert source.count('sys.platform == "win32"') >= 3
