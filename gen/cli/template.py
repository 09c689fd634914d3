"""`kian template`: for those who write templates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, say, today
from gen.errors import ExitCode, UserError

__all__ = ["command"]


@click.group("template", short_help="ひな形を書く人のための道具")
def command() -> None:
    """ひな形を点検し、試し刷りし、文面と Word ファイルを行き来する。

    \b
    例:  kian template lint
    """


@command.command("text", short_help="Word のひな形を文面で示す")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="示す代わりに、UTF-8 のファイルに書き出す",
)
@click.option("--overwrite", is_flag=True, help="--out のファイルが既にあれば、置き換える")
def text(file: Path, out: Path | None, overwrite: bool) -> int:
    """Word のひな形を、1段落1行の文面（docs/templates.md の形）で示す。

    Markdown のひな形は、それ自体が文面なので、そのまま示す。

    \b
    例:  kian template text templates/clauses/secrecy.docx --out secrecy.txt
    """
    from gen.authoring import save_text, template_text

    made = template_text(file)
    if out is None:
        say(made, end="")
    else:
        save_text(made, out, overwrite=overwrite)
        say(f"{out} を作りました。")
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
        say(f"{one.path}: {'文面と食い違っています' if check else '作りました'}")
    say(f"{len(built)}件のうち{len(changed)}件が変わりました。")
    return ExitCode.FINDINGS if check and changed else ExitCode.DONE


@command.command("lint", short_help="ひな形を点検する")
@click.argument("wanted", metavar="[PATH|NAME]...", nargs=-1)
@format_option
@pass_session
def lint(session: Session, wanted: tuple[str, ...], form: str) -> int:
    """ひな形の名前、番号、引用、条件及び用字を点検し、指摘を全て示す。

    省略時は作業場所の独自のひな形を、なければ同梱のひな形を全て点検する。

    \b
    例:  kian template lint clauses/secrecy
    """
    from gen.authoring import lint as lint_templates
    from gen.report import to_json, to_text

    report = lint_templates(wanted, _own(session))
    if form == "json":
        echo_json(to_json(report))
    else:
        say(to_text(report))
    return ExitCode.DONE if report.is_ok else ExitCode.FINDINGS


@command.command("preview", short_help="ひな形を試し刷りする")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--profile", default="aobadai", show_default=True, metavar="NAME", help="同梱のプロファイルの名前"
)
@click.option("--set", "settings", metavar="PATH=VALUE", multiple=True, help="プロファイルの値を置き換える")
@click.option("--out", type=click.Path(path_type=Path), help="書き出す Word ファイル（省略時はひな形の隣）")
@click.option("--overwrite", is_flag=True, help="--out のファイルが既にあれば、置き換える")
@date_option
@pass_session
def preview(
    session: Session,
    file: Path,
    profile: str,
    settings: tuple[str, ...],
    out: Path | None,
    overwrite: bool,
    on: date | None,
) -> int:
    """ひな形一つに見本の事実を入れ、Word ファイルと文面にする。

    条文、別記等、契約書、手順書及び計画のどれでもよい。Markdown のひな形は HTML にもする。
    記録はしない。条文だけの試し刷りでは、そこにない条の引用を〔名前〕と印字する。

    \b
    例:  kian template preview templates/clauses/deposit.docx --set deposit.kind=納付
    """
    from gen.authoring import preview as fill
    from gen.authoring import save_preview
    from gen.report import to_text

    made = fill(file, today(on), profile=profile, settings=settings, own=_own(session))
    written = save_preview(made, file, out, overwrite=overwrite)
    say(made.text, end="")
    if made.report:
        say(to_text(made.report), err=True)
    say(f"{'、'.join(map(str, written))} を作りました。", err=True)
    return ExitCode.DONE


def _own(session: Session) -> Path | None:
    """The folder of the city's own templates, None where there is no workspace or no folder."""
    try:
        folder = session.workspace().root / "templates"
    except UserError:
        if session.directory is not None:
            raise
        return None
    return folder if any(any(folder.rglob(ending)) for ending in ("*.docx", "*.md")) else None
