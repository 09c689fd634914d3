"""`kian history`: who changed what, when and why."""

from __future__ import annotations

import click

from gen.cli.common import Session, echo_json, format_option, pass_session, say
from gen.drafting.telling import history_text

__all__ = ["command"]


@click.command("history", short_help="改訂の履歴を示す")
@click.argument("document", metavar="[DOC]", required=False)
@format_option
@pass_session
def command(session: Session, document: str | None, form: str) -> int:
    """改訂を新しい順に示す。DOC を付けると、その文書の改訂だけを示す。

    \b
    例:  kian history contracts/operation-support@ops
    """
    from gen.drafting.looking_back import told_history

    rows = told_history(session.workspace(), document)
    if form == "json":
        echo_json([row.to_json() for row in rows])
    else:
        say(history_text(rows))
    return 0
