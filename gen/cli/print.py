"""`kian print`: papers that are made and not recorded."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, say, today

__all__ = ["command"]


@click.command("print", short_help="記録しない紙（連絡網など）を作る")
@click.argument("documents", metavar="[DOC]...", nargs=-1)
@click.option("--since", metavar="番号", type=int, help="会議資料を、この番号の改訂と比べる")
@click.option("--overwrite", is_flag=True, help="同じ名前のファイルを置き換える")
@date_option
@format_option
@pass_session
def command(
    session: Session,
    documents: tuple[str, ...],
    since: int | None,
    overwrite: bool,
    on: date | None,
    form: str,
) -> int:
    """連絡網と切替手順書に private.yaml の電話番号を、進捗会議資料に前の改訂から変わった事実を印字する。

    作ったファイルは private/ に置き、git には入れない。private.yaml がないとき、番号の欄は空欄になる。

    \b
    例:  kian print plans/contacts
         kian print procedures/meeting --since 3
    """
    from gen.drafting.printing import print_papers

    made = print_papers(session.city(today(on)), documents, on=today(on), since=since, overwrite=overwrite)
    if form == "json":
        echo_json(made.to_json())
    else:
        say(made.to_text())
    return 0
