"""`kian verify`: whether every revision is what was recorded."""

from __future__ import annotations

import click

from gen.cli.common import Session, echo_json, format_option, pass_session, progress, say
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("verify", short_help="改訂が記録されたとおりかを検証する")
@click.argument("revision", metavar="[REV]", required=False)
@click.option(
    "--all",
    "all_of_them",
    is_flag=True,
    help="全ての改訂の文書を作り直して比べる（省略時は各文書の最後の版）",
)
@format_option
@pass_session
def command(session: Session, revision: str | None, all_of_them: bool, form: str) -> int:
    """記録された入力から文書を作り直し、記録と比べる。違いがあれば終了コードは 1。

    指紋、文面、kian.lock、コミットの記録、タグ、履歴のつながり、記録の控えは、全ての改訂で確かめる。
    REV は kian history の改訂の番号かコミット。手直しとの統合は、記録された3つのファイルからやり直す。

    \b
    例:  kian verify
         kian verify --all
         kian verify 12
    """
    from gen.audit.rows import Verified
    from gen.audit.telling import row_text, verified_json, verified_summary
    from gen.audit.verifying import verify
    from gen.ledger import history

    if revision and all_of_them:
        raise click.UsageError("REV と --all は一緒に使えません。")
    workspace = session.workspace()
    rows = []
    tell = progress("検証中")
    for row in verify(workspace, revision, all_of_them=all_of_them, progress=tell):
        rows.append(row)
        if form == "text":
            say(row_text(row))
    done = Verified(tuple(rows), 1 if revision else len(history(workspace)))
    if form == "json":
        echo_json(verified_json(done))
    else:
        say(verified_summary(done))
    return ExitCode.DONE if done.is_ok else ExitCode.FINDINGS
