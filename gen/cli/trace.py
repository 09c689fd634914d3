"""`kian trace`: where what a paper says comes from."""

from __future__ import annotations

import click

from gen.cli.common import Session, echo_json, format_option, pass_session, say

__all__ = ["command"]


@click.command("trace", short_help="印字された値と条の出所を示す")
@click.argument("document", metavar="DOC")
@click.option("--clause", metavar="番号", default="", help="この条だけ（12、第12条、第3条の2）")
@click.option("--text", metavar="文字", default="", help='この文字を印字した所だけ（"1,234" など）')
@format_option
@pass_session
def command(session: Session, document: str, clause: str, text: str, form: str) -> int:
    """印字された値ごとに、プロファイルの項目（ファイル:行）、法令の値又はひな形と、最後に変えた改訂を示す。

    条ごとに、もとのひな形、入る理由及び根拠の法令も示す。

    \b
    例:  kian trace contracts/operation-support@ops --clause 12
         kian trace contracts/operation-support@ops --text "31,680,000"
    """
    from gen.audit.telling import traced_text
    from gen.audit.tracing import trace

    found = trace(session.workspace(), document, clause, text)
    if form == "json":
        echo_json(found.to_json())
    else:
        say(traced_text(found))
    return 0
