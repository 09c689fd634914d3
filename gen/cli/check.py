"""`kian check`: everything that is found wrong with the facts."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, today
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("check", short_help="プロファイルを点検する")
@date_option
@format_option
@pass_session
def command(session: Session, on: date | None, form: str) -> int:
    """プロファイルと規則を点検し、指摘を全て（ファイル:行:列）示す。

    \b
    例:  kian check --date R8.4.1
    """
    from gen.report import to_json, to_text

    report = session.city(today(on)).report
    if form == "json":
        echo_json(to_json(report))
    else:
        click.echo(to_text(report))
    return ExitCode.DONE if report.is_ok else ExitCode.FINDINGS
