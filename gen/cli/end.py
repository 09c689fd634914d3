"""`kian end`: record that a concluded contract has ended."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import Session, day_option, format_option, pass_session, today
from gen.cli.stepping import told

__all__ = ["command"]


@click.command("end", short_help="契約の終了を記録する")
@click.argument("document", metavar="DOC")
@day_option("--date", "on", "終わった日（R9.3.31、2027-03-31 など。省略時は今日）")
@click.option("--number", metavar="番号", default="", help="解除、解約等の文書番号（あるとき）")
@click.option("--reason", metavar="理由", required=True, help="理由（履行の完了、合意解除など。履歴に残る）")
@format_option
@pass_session
def command(session: Session, document: str, on: date | None, number: str, reason: str, form: str) -> int:
    """締結した契約の終了（履行の完了、解除、解約など）を記録する。

    文書は変わらない。終期を過ぎた契約は、記録しなくても kian status と契約台帳に終了と示す。

    \b
    例:  kian end contracts/operation-support@ops --date R8.9.30 --number 総総第456号 --reason "合意解除"
    """
    from gen.drafting.life import Decision, end

    workspace = session.workspace()
    who = session.who(workspace, reason)
    return told(end(workspace, document, Decision(number, today(on)), who), form)
