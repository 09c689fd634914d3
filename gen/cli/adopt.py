"""`kian adopt`: record what a person made of a paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import (
    Session,
    date_option,
    echo_json,
    format_option,
    pass_session,
    say,
    today,
)
from gen.drafting.telling import adopted_json, adopted_text

__all__ = ["command"]


@click.command("adopt", short_help="手で直した文書を採用して記録する")
@click.argument("document", metavar="DOC")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--reason", required=True, metavar="理由", help="採用の理由（履歴に残る）")
@date_option
@format_option
@pass_session
def command(
    session: Session, document: str, file: Path | None, reason: str, on: date | None, form: str
) -> int:
    """Wordで直した文書を、直した者の文面のまま記録する。事実との違いも示す。

    FILE は、メールなどで受け取った写し（.docx）。省くと、作業場所のファイルを記録する。
    記録のない id と FILE を書くと、Kianの作っていない契約書を取り込む。

    \b
    例:  kian adopt contracts/operation-support@ops --reason "法務の修正"
         kian adopt contracts/operation-support@ops 相手方の案.docx --reason "相手方の修正"
         kian adopt contracts/network@kairyu 回線契約書.docx --reason "既存の契約の取込み"
    """
    from gen.drafting.adopting import adopt

    day = today(on)
    city = session.city(day)
    done = adopt(city, document, file, on=day, who=session.who(city.workspace, reason))
    if form == "json":
        echo_json(adopted_json(done))
    else:
        say(adopted_text(done))
    return 0
