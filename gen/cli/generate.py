"""`kian generate`: make the documents and record one revision."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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
    say,
    today,
)
from gen.drafting.telling import generated_json, generated_text

if TYPE_CHECKING:
    from gen.drafting.starting import City

__all__ = ["command"]


@click.command("generate", short_help="文書を作り、改訂を記録する")
@click.argument("documents", metavar="[DOC]...", nargs=-1)
@click.option("--reason", default="", metavar="理由", help="改訂の理由（履歴に残る）")
@click.option(
    "--final", is_flag=True, help="案の表示とコメントのない、確定した文書にする（未定・未確認があれば中止）"
)
@click.option(
    "--for-counterparty",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="相手方に渡す写し（コメント・作成情報なし）を、作業場所の外の DIR に書き出す",
)
@click.option(
    "--clean", is_flag=True, help="手で直した文書に、新しい事実を変更履歴なしで書き込む（食い違いは残す）"
)
@click.option("--dry-run", is_flag=True, help="何が変わるかだけを示し、何も書き込まない")
@date_option
@format_option
@pass_session
def command(
    session: Session,
    documents: tuple[str, ...],
    reason: str,
    dry_run: bool,
    clean: bool,
    final: bool,
    folder: Path | None,
    on: date | None,
    form: str,
) -> int:
    """プロファイルから文書を作り、点検し、一つの改訂として記録する。

    DOC を省くと、当てはまる文書を全て作る。事実が変わらなければ、改訂は作らない。
    Wordで直した文書は、直した内容を先に記録し、新しい事実だけを変更履歴（変更者 Kian）として書き込む。

    \b
    例:  kian generate --reason "予算の議決による契約金額の変更"
         kian generate --dry-run
         kian generate --for-counterparty /tmp/soufu
    """
    from gen.drafting import generate

    if folder is not None and (dry_run or final or clean or reason):
        raise click.UsageError(
            "--for-counterparty は、他の指定（--final、--clean、--dry-run、--reason）と一緒には使えません。"
        )
    day = today(on)
    city = session.city(day)
    if folder is not None:
        return _send(city, documents, folder, day)
    done = generate(
        city,
        documents,
        on=day,
        when=now(),
        author=session.identity(city.workspace.root),
        reason=reason,
        operator=operator(),
        dry_run=dry_run,
        final=final,
        clean=clean,
        progress=progress("作成中"),
    )
    if form == "json":
        echo_json(generated_json(done))
    else:
        say(generated_text(done, dry_run=dry_run))
    if done.revision is not None:
        session.remark(city.workspace)
    return 0


def _send(city: City, documents: tuple[str, ...], folder: Path, day: date) -> int:
    from gen.drafting import Studio
    from gen.drafting.sending import copies_for_counterparty

    studio = Studio(city.profile, city.catalog, day, city.report)
    for path in copies_for_counterparty(city, studio, documents, folder):
        say(f"相手方に渡す写しを書き出しました：{path}")
    return 0
