"""`kian conclude`: record that a contract was signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import Session, day_option, format_option, pass_session, today
from gen.cli.stepping import told

__all__ = ["command"]


@click.command("conclude", short_help="締結を記録し、文書を動かなくする")
@click.argument("document", metavar="DOC")
@click.option("--number", metavar="番号", required=True, help="契約番号（契第45号 など）")
@day_option("--date", "on", "締結の日（R8.4.1、2026-04-01 など。省略時は今日）")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    metavar="PDF",
    help="署名又は押印した契約書のPDF。文書の隣に記録する",
)
@click.option(
    "--outside", is_flag=True, help="PDFそのものは記録せず、要約値だけを残す（個人の情報が写っているとき）"
)
@click.option("--reason", metavar="理由", default="", help="理由（履歴に残る）")
@format_option
@pass_session
def command(
    session: Session,
    document: str,
    number: str,
    on: date | None,
    file: Path | None,
    outside: bool,
    reason: str,
    form: str,
) -> int:
    """契約の締結を記録する。その文書は、二度と変わらない。

    決裁を記録した文書と、取り込んだ契約書（kian adopt）に使える。

    \b
    例:  kian conclude contracts/operation-support@ops --number 契第45号 --date R8.4.1 --file 契約書.pdf
    """
    from gen.drafting.life import Decision, conclude

    if outside and file is None:
        raise click.UsageError("--outside は、--file と一緒に使います。")
    workspace = session.workspace()
    who = session.who(workspace, reason)
    done = conclude(workspace, document, Decision(number, today(on)), who, file, outside=outside)
    return told(done, form)
