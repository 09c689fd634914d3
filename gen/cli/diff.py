"""`kian diff`: what changed in a document."""

from __future__ import annotations

import click

from gen.cli.common import Session, echo_json, format_option, pass_session, say
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("diff", short_help="文書の変更箇所を示す")
@click.argument("document", metavar="DOC")
@click.argument("old", metavar="[OLD", required=False)
@click.argument("new", metavar="[NEW]]", required=False)
@click.option("--as", "shape", type=click.Choice(["text"]), default="text", show_default=True, help="示し方")
@format_option
@pass_session
def command(session: Session, document: str, old: str | None, new: str | None, shape: str, form: str) -> int:
    """文書の文面を、二つの改訂の間で比べる。違いがあれば終了コードは 1。

    OLD と NEW は kian history の改訂の番号（3、改訂3 など。又はコミット）。省くと、最後の改訂とその前を比べる。

    \b
    例:  kian diff contracts/operation-support@ops 2 3
    """
    from gen.drafting.looking_back import text_diff

    found = text_diff(session.workspace(), document, old, new)
    if form == "json":
        echo_json(
            {
                "ok": found.is_ok,
                "document": found.document,
                "old": found.old,
                "new": found.new,
                "lines": found.lines,
            }
        )
    else:
        say("\n".join(found.lines) if found.lines else "違いはありません。")
    return ExitCode.DONE if found.is_ok else ExitCode.FINDINGS
