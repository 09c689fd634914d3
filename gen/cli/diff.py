"""`kian diff`: what changed in a document."""

from __future__ import annotations

import re
from pathlib import Path

import click

from gen.cli.common import Session, echo_json, format_option, pass_session, say
from gen.errors import ExitCode

__all__ = ["command"]


@click.command("diff", short_help="文書の変更箇所を示す")
@click.argument("document", metavar="DOC")
@click.argument("old", metavar="[OLD", required=False)
@click.argument("new", metavar="[NEW]]", required=False)
@click.option(
    "--as",
    "shape",
    type=click.Choice(["text", "table", "redline"]),
    default="text",
    show_default=True,
    help="示し方：text は文面、table は新旧対照表（Word と HTML）、redline は変更履歴の付いたWordファイル（見え消し）",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="書き出すファイル（table と redline のとき。省略時は、今いるフォルダに文書の名前で）",
)
@format_option
@pass_session
def command(
    session: Session,
    document: str,
    old: str | None,
    new: str | None,
    shape: str,
    out: Path | None,
    form: str,
) -> int:
    """文書の二つの版を比べる。違いがあれば終了コードは 1。

    OLD と NEW は kian history の改訂の番号（3、改訂3 など。又はコミット）か、Wordファイル（.docx）。
    省くと、最後の改訂とその前を比べる。ファイルだけを書くと、最後の改訂を古い側、ファイルを新しい側とする。見え消しは、全て承諾すると新しい版、全て元に戻すと古い版の文面になる。
    新旧対照表は、-o の名前が .docx なら Word、.html なら HTML だけを、ほかは両方を書き出す。

    \b
    例:  kian diff contracts/operation-support@ops 2 3
         kian diff contracts/operation-support@ops 2 3 --as table
         kian diff contracts/operation-support@ops 相手方の案.docx --as redline --out 見え消し.docx
    """
    from gen.drafting.looking_back import text_diff

    if shape == "redline":
        return _redline(session, document, old, new, out, form)
    if shape == "table":
        return _table(session, document, old, new, out, form)
    if out is not None:
        raise click.UsageError("--out は、--as table 又は --as redline と一緒に使います。")

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


def _redline(
    session: Session, document: str, old: str | None, new: str | None, out: Path | None, form: str
) -> int:
    from gen.drafting.comparing import redline_of, write_new

    made, before, after = redline_of(session.workspace(), document, old, new)
    name = re.sub(r"[/@]", "_", document.partition("/")[2] or document)
    path = write_new(
        out or Path(f"{name}_見え消し_{Path(before.label).stem}_{Path(after.label).stem}.docx"), made
    )
    same = before.twin == after.twin
    if form == "json":
        echo_json(
            {"ok": same, "document": document, "old": before.number, "new": after.number, "path": str(path)}
        )
    else:
        click.echo(f"見え消し（{before.label}→{after.label}）を書き出しました：{path}")
        if same:
            click.echo("本文に違いはありません。")
    return ExitCode.DONE if same else ExitCode.FINDINGS


def _table(
    session: Session, document: str, old: str | None, new: str | None, out: Path | None, form: str
) -> int:
    from gen.drafting.tabling import table_of, write_table

    made = table_of(session.workspace(), document, old, new)
    paths = [str(path) for path in write_table(made, out)] if made.files else []
    if form == "json":
        echo_json({**made.to_json(), "paths": paths})
    elif not paths:
        click.echo("違いはありません。新旧対照表は作りませんでした。")
    for path in paths if form == "text" else ():
        click.echo(f"新旧対照表（{made.old.label}→{made.new.label}）を書き出しました：{path}")
    return ExitCode.FINDINGS if made.files else ExitCode.DONE
