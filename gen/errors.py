"""Errors that a person may be shown, and the exit codes of the command.

Hands out `UserError` and its precise children; anything else that escapes is a bug
and exits with `ExitCode.BUG`. Leans on nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

__all__ = ["ExitCode", "MissingTool", "Place", "Refused", "UserError"]


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
