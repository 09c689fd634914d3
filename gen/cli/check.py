"""`kian check`: everything that is found wrong with the facts, and with papers that were edited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, say, today
from gen.errors import ExitCode

if TYPE_CHECKING:
    from gen.rules.papers import Paper

__all__ = ["command"]


@click.command("check", short_help="プロファイルと、手で直した文書を点検する")
@click.option("--undecided", is_flag=True, help="未定の項目を、件数ではなく一つずつ示す")
@click.option("--wording", is_flag=True, help="手で直した文書と独自のひな形の、公用文の書き方も見る")
@date_option
@format_option
@pass_session
def command(session: Session, undecided: bool, wording: bool, on: date | None, form: str) -> int:
    """プロファイルと規則を点検し、指摘を全て（ファイル:行:列）示す。

    手で直した文書があれば、事実及びほかの文書と合わない所も、両方の場所とともに示す。

    \b
    例:  kian check --date R8.4.1
         kian check --undecided
         kian check --wording
    """
    from gen.drafting.checking import check_city, checked_json, checked_text

    city = session.city(today(on))
    checked = check_city(city, today(on), _own_papers, undecided=undecided, wording=wording)
    if form == "json":
        echo_json(checked_json(checked))
    else:
        say(checked_text(checked))
    return ExitCode.DONE if checked.report.is_ok else ExitCode.FINDINGS


def _own_papers(folder: Path) -> Iterable[Paper]:
    from gen.authoring.own_papers import own_papers

    return own_papers(folder)
