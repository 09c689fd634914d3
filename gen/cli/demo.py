"""`kian demo`: the whole story in one command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import Session, date_option, now, pass_session, say, today
from gen.drafting.telling import demo_text

__all__ = ["command"]


@click.command("demo", short_help="同梱の架空の市で、ひととおりの流れを実演する")
@click.argument("directory", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("kian-demo"))
@click.option(
    "--profile", "name", default="aobadai", show_default=True, metavar="NAME", help="同梱のプロファイル"
)
@date_option
@pass_session
def command(session: Session, directory: Path, name: str, on: date | None) -> int:
    """作業場所を作り、文書を作り、事実を一つ変え、もう一度作り、履歴を示す。

    \b
    例:  kian demo /tmp/kian-demo
    """
    from gen.drafting.demo import run_demo
    from gen.errors import MissingTool, UserError
    from gen.ledger import Identity

    try:
        identity = session.identity(directory)
    except MissingTool:
        raise
    except UserError:  # nobody has told git a name yet; a demonstration needs none
        identity = Identity("起案 デモ", "demo@kian.invalid")
    say(demo_text(run_demo(directory, name, identity=identity, when=now(), on=today(on))))
    return 0
