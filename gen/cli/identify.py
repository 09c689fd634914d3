"""`kian identify`: which revision a copy came from."""

from __future__ import annotations

from pathlib import Path

import click

from gen.cli.common import Session, echo_json, format_option, pass_session, say
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("identify", short_help="手元の写しがどの改訂かを調べる")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@format_option
@pass_session
def command(session: Session, file: Path, form: str) -> int:
    """Wordファイルが、どの文書のどの改訂か、決裁又は締結を経たものかを示す。

    作成情報のない写しは、文面で調べる。同じ文面の改訂がないときは、最も近い改訂との違いを示し、終了コードは 1。

    \b
    例:  kian identify 机の上の契約書.docx
    """
    from gen.audit.identifying import identify
    from gen.audit.telling import identified_text

    found = identify(session.workspace(), file)
    if form == "json":
        echo_json(found.to_json())
    else:
        say(identified_text(found))
    return ExitCode.DONE if found.is_ok else ExitCode.FINDINGS
