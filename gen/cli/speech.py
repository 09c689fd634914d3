"""The words that click says itself, in Japanese: headings of the help, and what is wrong with a call.

Hands out `speak_japanese`, which a command tree is given once, and `show_usage_error`.
Leans on click. click looks its words up by the language of the machine; officials read
Japanese whatever the machine is set to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click

from gen.cli.common import say

__all__ = ["show_usage_error", "speak_japanese"]

_HEADINGS = {"Options": "指定", "Commands": "コマンド"}
_WORDS = (
    ("Show this message and exit.", "この説明を表示する"),
    ("[default: ", "[省略時: "),
    ("[required]", "[必須]"),
)
_USAGE = (("[OPTIONS]", "[指定]"), ("COMMAND [ARGS]...", "コマンド [引数]..."))
_SAID = (
    (r"No such option:? '?(?P<what>[^' ]+?)'?\.?(?: .*)?", "「{what}」という指定はありません。"),
    (r"No such command '(?P<what>[^']*)'\.(?: .*)?", "「{what}」というコマンドはありません。"),
    (
        r"Got unexpected extra arguments? \((?P<what>.*)\)",
        "余分な引数があります：{what}",
    ),
    (r"Option '?(?P<what>[^' ]+)'? requires an argument\.", "「{what}」の値がありません。"),
    (r"Option '?(?P<what>[^' ]+)'? does not take a value\.", "「{what}」に値は付けられません。"),
    (r"Missing command\.", "コマンドがありません。"),
    (
        r"'(?P<what>.*)' is not one of (?P<many>.*)\.",
        "「{what}」は使えません。{many} から選んでください。",
    ),
    (r"(?:\w+ )?'(?P<what>.*)' is a file\.", "「{what}」はファイルです。フォルダを指定してください。"),
    (r"(?:\w+ )?'(?P<what>.*)' is a directory\.", "「{what}」はフォルダです。ファイルを指定してください。"),
    (r"(?:\w+ )?'(?P<what>.*)' does not exist\.", "「{what}」がありません。"),
)

_NO_ARGUMENTS = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What newer versions of click raise to show the help."""


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """使い方: kian check [指定]."""
        super().write_usage(prog, _replaced(args, _USAGE), prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        """A heading in Japanese."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options and commands with their meaning."""
        super().write_dl([(name, _replaced(text, _WORDS)) for name, text in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


def speak_japanese(command: click.Command) -> None:
    """Let a command and all below it word their help in Japanese."""
    command.context_class = _Context
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        speak_japanese(below)


def show_usage_error(error: click.ClickException) -> None:
    """Say what is wrong with the call, and where its help is; the help itself where nothing was asked."""
    if isinstance(error, _NO_ARGUMENTS):
        say(error.message, err=True)
        return
    say(f"使い方の誤り: {_message(error)}", err=True)
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "kian"
    near = getattr(error, "possibilities", None) or ()
    hint = f"「{'」「'.join(near)}」ではありませんか。" if near else ""
    say(f"    対応: {hint}使い方は {path} --help で分かります。", err=True)


def _message(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter):
        kind = "引数" if isinstance(error.param, click.Argument) else "指定"
        return f"{kind}「{_name(error)}」がありません。"
    said = error.message
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            parts = {key: value.replace("'", "") for key, value in found.groupdict().items()}
            said = words.format(**parts)
            break
    return f"「{_name(error)}」：{said}" if isinstance(error, click.BadParameter) and error.param else said


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return error.param_hint if isinstance(error.param_hint, str) else "値"
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name.strip("[].")


def _replaced(text: str, words: Sequence[tuple[str, str]]) -> str:
    for english, japanese in words:
        text = text.replace(english, japanese)
    return text
