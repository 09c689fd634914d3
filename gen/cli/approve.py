"""`kian approve`: record a 決裁, or take one back."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import Session, day_option, format_option, pass_session, today
from gen.cli.stepping import told

__all__ = ["command"]


@click.command("approve", short_help="決裁を記録し、文書を固定する")
@click.argument("document", metavar="DOC")
@click.option("--number", metavar="番号", default="", help="決裁の文書番号（総総第123号 など）")
@click.option("--by", metavar="職名・氏名", default="", help="決裁した者の職名と氏名")
@day_option("--date", "on", "決裁の日（R8.4.1、2026-04-01 など。省略時は今日）")
@click.option("--withdraw", is_flag=True, help="決裁を取り下げ、案に戻す（--reason が要る）")
@click.option("--reason", metavar="理由", default="", help="理由（履歴に残る）")
@format_option
@pass_session
def command(
    session: Session,
    document: str,
    number: str,
    by: str,
    on: date | None,
    withdraw: bool,
    reason: str,
    form: str,
) -> int:
    """決裁を記録する。その文書は、kian generate では変わらなくなる。

    記録には、文書番号、決裁した者、日、文書の指紋と文面の要約値の付いたタグを付ける。
    案の表示は kian generate DOC --final で消せる（文面は変わらない）。

    \b
    例:  kian approve contracts/operation-support@ops --number 総総第123号 --by "市長　青葉　太郎" --date R8.3.31
         kian approve contracts/operation-support@ops --withdraw --reason "仕様の見直し"
    """
    from gen.drafting.life import Decision, approve
    from gen.drafting.life import withdraw as take_back

    if withdraw and (number or by or on):
        raise click.UsageError("--withdraw は、--reason とだけ一緒に使います。")
    if not withdraw and not (number and by):
        raise click.UsageError(
            "--number と --by を書いてください。取り下げるときは --withdraw --reason です。"
        )
    workspace = session.workspace()
    who = session.who(workspace, reason)
    if withdraw:
        done = take_back(workspace, document, who)
    else:
        done = approve(workspace, document, Decision(number, today(on), by), who)
    return told(done, form)
