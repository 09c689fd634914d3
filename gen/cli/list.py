"""`kian list`: the catalog for this city, and why."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, say, today
from gen.drafting.telling import clause_rows, draft_rows, rows_text

__all__ = ["command"]


@click.command("list", short_help="作れる文書と、その理由を示す")
@click.option("--why", "document", metavar="DOC", help="この文書の条文ごとに、入る・入らない理由を示す")
@date_option
@format_option
@pass_session
def command(session: Session, document: str | None, on: date | None, form: str) -> int:
    """この団体で作る文書の一覧と、当てはまる・当てはまらない理由を示す。

    \b
    例:  kian list --why contracts/operation-support@ops
    """
    from gen.drafting import Studio

    day = today(on)
    city = session.city(day)
    studio = Studio(city.profile, city.catalog, day, city.report)
    rows = clause_rows(studio, document) if document else draft_rows(studio)
    if form == "json":
        echo_json([row.to_json() for row in rows])
    else:
        say(rows_text(rows) if rows or not document else "この文書が取り込む条文はありません。")
    return 0
