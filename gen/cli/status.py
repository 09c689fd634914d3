"""`kian status`: how each document stands."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, say, today
from gen.drafting.telling import standing_json, standing_text

__all__ = ["command"]


@click.command("status", short_help="文書の状態を示す")
@date_option
@format_option
@pass_session
def command(session: Session, on: date | None, form: str) -> int:
    """文書ごとに、古くなったもの、手で直されたもの、記録のないものを示す。

    \b
    例:  kian status
    """
    from gen.drafting import standings

    day = today(on)
    city = session.city(day)
    rows = standings(city, day)
    if form == "json":
        echo_json(standing_json(rows))
    else:
        say(standing_text(rows))
    session.remark(city.workspace)
    return 0
