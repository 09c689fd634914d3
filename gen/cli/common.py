"""What every verb shares: the workspace, formats, dates, how errors are shown.

Hands out `Session`, options and printers. Leans on click; the house is imported late.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gen.errors import UserError

if TYPE_CHECKING:
    from gen.drafting.adopting import Who
    from gen.drafting.starting import City
    from gen.ledger import Identity, Workspace

__all__ = [
    "Session",
    "date_option",
    "day_option",
    "echo_json",
    "format_option",
    "operator",
    "pass_session",
    "progress",
    "say",
    "show_error",
    "today",
]

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_GONE = (errno.EPIPE, errno.EINVAL)
"""How a system says that a pipe's reader has gone; the second one is Windows."""
F = TypeVar("F", bound=Callable[..., Any])

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="出力の形式",
    show_default=True,
)


class _Day(click.ParamType):  # type: ignore[type-arg]
    """A date as officials write it."""

    name = "日付"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from gen.japanese import DateTextError, parse_date

        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value)).date
        except DateTextError as error:
            self.fail(f"{error.message} {error.hint}", param, ctx)


def day_option(option: str, name: str, help_text: str) -> Callable[[F], F]:
    """An option that takes a day as officials write it."""
    return click.option(option, name, type=_Day(), metavar="日付", help=help_text)


date_option = day_option("--date", "on", "基準日（R8.4.1、2026-04-01 など。省略時は今日）")


@dataclass(frozen=True)
class Session:
    """One run of the command: where the workspace is."""

    directory: Path | None

    def workspace(self) -> Workspace:
        """The workspace, by -C or from here upwards; what a crash left in it is set right first."""
        from gen.drafting.telling import recovery_text
        from gen.ledger import Workspace, settle

        if self.directory is not None:
            workspace = Workspace.open(self.directory)
        else:
            workspace = Workspace.find(Path.cwd())
        if recovery := settle(workspace):
            say(recovery_text(recovery), err=True)
        return workspace

    def city(self, on: date) -> City:
        """The workspace with its facts, checked."""
        from gen.drafting.starting import load_workspace

        return load_workspace(self.workspace(), on)

    def remark(self, workspace: Workspace) -> None:
        """Say on stderr what others' revisions and settings of git mean for this workspace."""
        from gen.ledger import remarks

        for sentence in remarks(workspace):
            say(f"注意: {sentence}", err=True)

    def identity(self, folder: Path) -> Identity:
        """Who records."""
        from gen.ledger import identity

        return identity(folder)

    def who(self, workspace: Workspace, reason: str) -> Who:
        """Who records, now, and for which reason."""
        from gen.drafting.adopting import Who

        return Who(now(), self.identity(workspace.root), reason, operator())


pass_session = click.make_pass_decorator(Session)


def today(on: date | None) -> date:
    """The 基準日: what was asked for, else today. The only place that asks the calendar."""
    return on or date.today()


def now() -> datetime:
    """The moment of recording, with its time zone. The only place that asks the clock."""
    return datetime.now().astimezone().replace(microsecond=0)


def operator() -> str:
    """The account of the operating system, "" where it is not known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def say(text: str, *, err: bool = False, end: str = "\n") -> None:
    """Print for a person.

    What a file, a person or git handed over may hold signs that steer a terminal, or that turn
    the order of letters; each is shown by its number instead.
    """
    _put(_shown(text) + end, err=err)


def _put(text: str, *, err: bool = False) -> None:
    """Write it. Where nobody reads any more (`kian history | head -1`), the work goes on unheard, for
    its exit code tells how it ended."""
    try:
        click.echo(text, err=err, nl=False)
    except OSError as error:
        if error.errno not in _GONE:
            raise
        deaf = os.open(os.devnull, os.O_WRONLY)
        os.dup2(deaf, (sys.stderr if err else sys.stdout).fileno())
        os.close(deaf)


def _shown(text: str) -> str:
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def echo_json(value: object) -> None:
    """Print JSON for another program; signs that steer a terminal stay escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    _put(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def progress(label: str) -> Callable[[str], None]:
    """Tells each step on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: _put(f"\r\033[K{_shown(f'{label}: {step}')}", err=True)


def show_error(error: UserError) -> None:
    """Print an error that a person can mend."""
    from gen.report import FindingsError, to_text

    if isinstance(error, FindingsError):
        say(to_text(error.report), err=True)
    place = f"{error.place}: " if error.place else ""
    say(f"{place}{error.message}", err=True)
    if error.hint:
        say(f"    対応: {error.hint}", err=True)
