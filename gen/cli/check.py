"""`kian check`: everything that is found wrong with the facts."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, say, today
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("check", short_help="プロファイルを点検する")
@click.option("--undecided", is_flag=True, help="未定の項目を、件数ではなく一つずつ示す")
@date_option
@format_option
@pass_session
def command(session: Session, undecided: bool, on: date | None, form: str) -> int:
    """プロファイルと規則を点検し、指摘を全て（ファイル:行:列）示す。

    \b
    例:  kian check --date R8.4.1
         kian check --undecided
    """
    from gen.drafting.starting import open_facts
    from gen.report import to_json, to_text

    city = session.city(today(on))
    report = city.report + city.notes
    if city.loaded.profile is not None:
        report += open_facts(city.loaded.profile, each=undecided)
    if form == "json":
        echo_json(to_json(report))
    else:
        say(to_text(report))
    return ExitCode.DONE if report.is_ok else ExitCode.FINDINGS
