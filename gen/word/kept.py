"""Compiled templates kept from one run to the next, where Python keeps the bytecode of Kian itself.

Hands out `Kept` and `beside_bytecode`. Jinja needs 5 ms for a template and a city's first contract
has 50, so what was compiled is written beside the bytecode of this module and read again. Leans on
the standard library.

What is read is run, so three things must hold (docs/security.md, "Compiled templates").

The place: whoever can write there can write Python's bytecode of Kian as well, and so gains nothing.
It is asked of Python, never of a workspace, a profile or a variable of Kian's own.

The key: SHA-256 over all that decides what is compiled: the template's file, its name, the city's
wording and terms, the sources of this engine with the sandbox and all of its options, Python and the
versions of the libraries. It is hashed together with the content, so that a file that belongs to
another key, or that was torn by a crash, is no file.

The loss: a place that cannot be written, or what cannot be read, costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import platform
import sys
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import Any

__all__ = ["Kept", "beside_bytecode"]

_FORMAT = b"kian templates 1"
_LIBRARIES = ("docxtpl", "jinja2", "lxml", "markdown", "markupsafe")
_ROOMS = ("clauses", "japanese", "word")
_MAX_FILES = 4_000
_MAX_FILE = 4 * 1024 * 1024
_DIGEST = hashlib.sha256().digest_size


class Kept:
    """What was made of templates, by slot and key.

    Args:
        folder: in which the files lie; only code that could change Kian itself may write there.
        engine: a digest of all that makes compiled templates, but for the template.
    """

    def __init__(self, folder: Path, engine: bytes) -> None:
        self._folder = folder
        self._engine = engine

    def read(self, slot: Sequence[str], content: bytes) -> Any:
        """What `write` kept for the same slot and content; None where there is nothing of that key.

        Args:
            slot: whose place it is: names and settings that tell one use of a file from another.
            content: the file that it was made from.
        """
        try:
            with self._path(slot).open("rb") as stream:
                data = stream.read(_MAX_FILE)
            sign, payload = data[:_DIGEST], data[_DIGEST:]
            return marshal.loads(payload) if sign == self._sign(slot, content, payload) else None
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def write(self, slot: Sequence[str], content: bytes, value: Any) -> None:
        """Keep what was made of a file, in place of what the slot held; or do nothing.

        Args:
            slot: see `read`.
            content: see `read`.
            value: of types that marshal knows: code, texts, bytes, numbers, tuples, dicts, frozensets.
        """
        payload = marshal.dumps(value)
        if len(payload) + _DIGEST > _MAX_FILE:
            return
        path = self._path(slot)
        draft = path.with_suffix(f".{os.getpid()}")
        try:
            self._make_room()
            with draft.open("xb") as stream:
                stream.write(self._sign(slot, content, payload) + payload)
            draft.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()

    def _path(self, slot: Sequence[str]) -> Path:
        return self._folder / f"{hashlib.sha256(_joined(slot)).hexdigest()[:32]}.kept"

    def _sign(self, slot: Sequence[str], content: bytes, payload: bytes) -> bytes:
        sign = hashlib.sha256(self._engine)
        for part in (_joined(slot), content, payload):
            sign.update(len(part).to_bytes(8, "big") + part)
        return sign.digest()

    def _make_room(self) -> None:
        """The folder, emptied when uses that nobody has any more have filled it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with os.scandir(self._folder) as entries:
            files = [entry.path for entry in entries]
        for file in files if len(files) >= _MAX_FILES else ():
            Path(file).unlink(missing_ok=True)


def _joined(parts: Sequence[str]) -> bytes:
    return b"".join(len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts)


@cache
def beside_bytecode() -> Kept | None:
    """What is kept beside Python's bytecode of this module; None where Python keeps no bytecode."""
    if sys.dont_write_bytecode or sys.implementation.cache_tag is None or not Path(__file__).is_file():
        return None
    folder = Path(cache_from_source(__file__)).parent
    if not folder.is_absolute():  # a PYTHONPYCACHEPREFIX that would lead into whatever folder kian runs in
        return None
    return Kept(folder / f"templates.{sys.implementation.cache_tag}", _engine_digest())


def _engine_digest() -> bytes:
    whole = hashlib.sha256(_FORMAT)
    for part in _engine_parts():
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()


def _engine_parts() -> Iterator[bytes]:
    """All that decides what a template compiles to, but for the template and the city's words."""
    yield MAGIC_NUMBER
    yield sys.version.encode()
    yield platform.machine().encode()
    yield zlib.ZLIB_RUNTIME_VERSION.encode()
    yield str(sys.flags.optimize).encode()
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}".encode()
        except PackageNotFoundError:
            yield name.encode()
    home = Path(__file__).resolve().parents[1]
    for path in sorted(path for room in _ROOMS for path in (home / room).rglob("*.py")):
        yield path.relative_to(home).as_posix().encode()
        yield path.read_bytes()
