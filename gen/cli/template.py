"""`kian template`: for those who write templates."""

from __future__ import annotations

from pathlib import Path

import click

from gen.errors import ExitCode

__all__ = ["command"]


@click.group("template", short_help="ひな形を書く人のための道具")
def command() -> None:
    """ひな形の文面と Word ファイルを行き来する。

    \b
    例:  kian template text templates/contracts/operation-support.docx
    """


@command.command("text", short_help="Word のひな形を文面で示す")
@click.argument("file", type=click.Path(path_type=Path))
def text(file: Path) -> int:
    """Word のひな形を、1段落1行の文面（docs/templates.md の形）で示す。

    \b
    例:  kian template text templates/clauses/secrecy.docx
    """
    from gen.authoring import template_text

    click.echo(template_text(file), nl=False)
    return 0


@command.command("build", short_help="文面から Word のひな形を作る")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="書き込まず、食い違いがあれば終了コード 1")
def build(paths: tuple[Path, ...], check: bool) -> int:
    """文面（.txt）から、団体の書式の Word ファイル（.docx）を作る。

    \b
    例:  kian template build templates
    """
    from gen.authoring import build_templates

    built = build_templates(list(paths), write=not check)
    changed = [one for one in built if one.changed]
    for one in changed:
        click.echo(f"{one.path}: {'文面と食い違っています' if check else '作りました'}")
    click.echo(f"{len(built)}件のうち{len(changed)}件が変わりました。")
    return ExitCode.FINDINGS if check and changed else ExitCode.DONE
