"""`kian init`: make a workspace from a profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import Session, date_option, now, pass_session, say, today

__all__ = ["command"]


@click.command("init", short_help="作業場所を作る")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--profile",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE|DIR|NAME",
    help="団体のプロファイル。又は、同梱のプロファイルの名前（aobadai など）",
)
@date_option
@pass_session
def command(session: Session, directory: Path, source: Path, on: date | None) -> int:
    """プロファイルから作業場所（git のリポジトリ）を作る。

    \b
    例:  kian init aobadai --profile profile.yaml
         kian init mihon --profile aobadai
    """
    from gen.drafting import initialise

    identity = session.identity(directory)
    workspace = initialise(directory, source, identity=identity, when=now(), on=today(on))
    say(f"作業場所を作りました：{workspace.root}")
    say(f"次は  kian -C {directory} generate  で文書を作ります。")
    return 0
