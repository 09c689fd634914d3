"""`kian audit`: the paper for whoever audits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import (
    Session,
    date_option,
    day_option,
    echo_json,
    format_option,
    pass_session,
    progress,
    say,
    today,
)
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("audit", short_help="監査資料を作る")
@day_option("--from", "start", "期間の初日（省略時は初めから）")
@day_option("--to", "end", "期間の末日（省略時は現在まで）")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="書き出すフォルダ（省略時は今いる所の 監査資料）",
)
@click.option(
    "--all",
    "all_of_them",
    is_flag=True,
    help="全ての改訂の文書を作り直して検証する（省略時は各文書の最後の版）",
)
@date_option
@format_option
@pass_session
def command(
    session: Session,
    start: date | None,
    end: date | None,
    out: Path | None,
    all_of_them: bool,
    on: date | None,
    form: str,
) -> int:
    """改訂、決裁と締結、検証の結果、残っている指摘、説明のない変更、契約台帳を、一つの資料にする。

    Word、HTML 及び CSV を書き出す。検証で違いが見つかったときも資料は作り、終了コードは 1。

    \b
    例:  kian audit --from R8.4.1 --to R9.3.31 --out 監査資料
    """
    from gen.audit.paper import audit_book, audit_files
    from gen.audit.verifying import verify_all
    from gen.drafting.comparing import write_folder

    if start and end and start > end:
        raise click.UsageError("--from が --to より後です。")
    day = today(on)
    city = session.city(day)
    verified = verify_all(city.workspace, all_of_them=all_of_them, progress=progress("検証中"))
    book = audit_book(city, verified, day, start, end)
    paths = write_folder(out or Path("監査資料"), audit_files(city, book))
    if form == "json":
        echo_json({**book.to_json(), "paths": [str(path) for path in paths]})
    else:
        for path in paths:
            say(f"書き出しました：{path}")
        say(
            "検証の結果：記録されたとおりです。"
            if book.verified.is_ok
            else "検証の結果：記録と違うところがあります。"
        )
    return ExitCode.DONE if book.verified.is_ok else ExitCode.FINDINGS
