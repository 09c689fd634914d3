"""`kian renumber`: mend numbers and citations of an edited Word file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import date_option, echo_json, format_option, today
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("renumber", short_help="直したWordファイルの条・項・号の番号と引用を整える")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="書き出すファイル（省略時は、今いるフォルダに「元の名前_番号.docx」）",
)
@date_option
@format_option
def command(file: Path, out: Path | None, on: date | None, form: str) -> int:
    """条・項・号の番号を並び順に振り直し、引用を追随させ、変更履歴として別のファイルに書き出す。

    元のファイルは変えない。第○条の2 と「削除」は残す。引用先を決められない所は示すだけで、終了コードは 1。

    \b
    例:  kian renumber 契約書案.docx --out 契約書案2.docx
    """
    from gen.drafting.mending import mend

    done = mend(file, out, today(on))
    if form == "json":
        echo_json(done.to_json())
    else:
        click.echo(done.to_text())
    return ExitCode.DONE if not done.told.findings else ExitCode.FINDINGS
