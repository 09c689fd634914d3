"""`kian generate`: make the documents and record one revision."""

from __future__ import annotations

from datetime import date

import click

from gen.cli.common import (
    Session,
    date_option,
    echo_json,
    format_option,
    now,
    operator,
    pass_session,
    progress,
    today,
)
from gen.drafting.telling import generated_json, generated_text

__all__ = ["command"]


@click.command("generate", short_help="文書を作り、改訂を記録する")
@click.argument("documents", metavar="[DOC]...", nargs=-1)
@click.option("--reason", default="", metavar="理由", help="改訂の理由（履歴に残る）")
@click.option("--dry-run", is_flag=True, help="何が変わるかだけを示し、何も書き込まない")
@date_option
@format_option
@pass_session
def command(
    session: Session, documents: tuple[str, ...], reason: str, dry_run: bool, on: date | None, form: str
) -> int:
    """プロファイルから文書を作り、点検し、一つの改訂として記録する。

    DOC を省くと、当てはまる文書を全て作る。事実が変わらなければ、改訂は作らない。

    \b
    例:  kian generate --reason "予算の議決による契約金額の変更"
         kian generate --dry-run
    """
    from gen.drafting import generate

    day = today(on)
    city = session.city(day)
    done = generate(
        city,
        documents,
        on=day,
        when=now(),
        author=session.identity(city.workspace.root),
        reason=reason,
        operator=operator(),
        dry_run=dry_run,
        progress=progress("作成中"),
    )
    if form == "json":
        echo_json(generated_json(done))
    else:
        click.echo(generated_text(done, dry_run=dry_run))
    return 0
