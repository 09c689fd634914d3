"""The command `kian` and what it does with errors.

Hands out `main` and `cli`. A `UserError` is shown as Japanese sentences; anything else is
a bug, said so without a traceback (KIAN_DEBUG=1 shows it).
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from gen import __version__
from gen.cli import (
    adopt,
    approve,
    audit,
    check,
    conclude,
    demo,
    diff,
    end,
    export,
    generate,
    history,
    identify,
    init,
    renumber,
    rules,
    status,
    template,
    trace,
    verify,
)
from gen.cli import list as list_
from gen.cli import print as print_
from gen.cli.common import Session, say, show_error
from gen.cli.speech import show_usage_error, speak_japanese
from gen.errors import ExitCode, UserError, explain

__all__ = ["cli", "main"]


_SELDOM = (100_000, 50, 50)  # a short run leaves few cycles; looking for them takes a tenth of it


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="例:  kian demo /tmp/kian-demo",
)
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="作業場所のフォルダ（省略時はここから上へ探す）",
)
@click.version_option(
    __version__, "--version", prog_name="kian", message="%(prog)s %(version)s", help="版を表示する"
)
@click.pass_context
def cli(context: click.Context, directory: Path | None) -> None:
    """起案（Kian）：団体のプロファイルから、契約書・手順書・計画を作り、改訂を git に記録する。"""
    context.obj = Session(directory)


_VERBS = (
    *(demo, init, check, rules, list_, generate, print_, status, history, diff),
    *(adopt, approve, conclude, end, verify, identify, trace, audit, export, renumber, template),
)
for _verb in _VERBS:
    cli.add_command(_verb.command)
speak_japanese(cli)


def main() -> None:
    """Run the command and exit."""
    _in_utf8()
    gc.set_threshold(*_SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_run())


def _in_utf8() -> None:
    """Begin anew in UTF-8 where the machine is set to ASCII: names, paths and messages are Japanese."""
    if sys.getfilesystemencoding().lower() not in ("utf-8", "utf8") and not sys.flags.utf8_mode:
        command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execv(sys.executable, command)


def _run() -> int:
    try:
        result = cli.main(prog_name="kian", standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitCode.DONE
    except click.exceptions.Abort as stop:  # so click words Ctrl-C, and the end of a file that is a bug
        if isinstance(stop.__cause__, EOFError):
            return _bug(stop.__cause__)
        raise KeyboardInterrupt from stop
    except SystemExit:  # click's own words, help and version, have lost their reader
        return ExitCode.DONE
    except click.ClickException as error:
        show_usage_error(error)
        return ExitCode.USAGE
    except UserError as error:
        show_error(error)
        return error.exit_code
    except OSError as error:
        if os.environ.get("KIAN_DEBUG"):
            raise
        explained = explain(error)
        show_error(explained)
        return explained.exit_code
    except Exception as error:
        return _bug(error)


def _bug(error: Exception) -> int:
    if os.environ.get("KIAN_DEBUG"):
        raise error
    say(f"Kian の不具合です（{type(error).__name__}: {error}）。", err=True)
    say("    対応: 環境変数 KIAN_DEBUG=1 を付けて実行した結果を、開発者に知らせてください。", err=True)
    return ExitCode.BUG
