"""`kian export`: all that must be kept, readable without Kian."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gen.cli.common import Session, date_option, echo_json, format_option, pass_session, progress, say, today

__all__ = ["command"]


@click.command("export", short_help="保存用に、全てをフォルダか ZIP に書き出す")
@click.argument("target", metavar="DIR|FILE.zip", type=click.Path(path_type=Path))
@click.option("--no-pdf", is_flag=True, help="PDFを作らない（LibreOffice があっても）")
@date_option
@format_option
@pass_session
def command(session: Session, target: Path, no_pdf: bool, on: date | None, form: str) -> int:
    """文書、PDF、事実、監査資料、全ての改訂と一覧を書き出す。Kian がなくても読める。

    PDFは LibreOffice のあるパソコンでだけ作る。private.yaml は入らない。

    \b
    例:  kian export 保存用.zip
    """
    from gen.audit.exporting import export_files, write_export
    from gen.audit.paper import audit_book
    from gen.audit.verifying import verify_all

    day = today(on)
    city = session.city(day)
    book = audit_book(city, verify_all(city.workspace, progress=progress("検証中")), day)
    done = write_export(export_files(city, book, pdf=not no_pdf, progress=progress("書き出し中")), target)
    if form == "json":
        echo_json(
            {
                "path": str(done.path),
                "files": done.files,
                "pdfs": done.pdfs,
                "without_pdf": list(done.unmade),
                "verified": book.verified.is_ok,
            }
        )
        return 0
    say(f"{done.files}個のファイルを書き出しました（うちPDF {done.pdfs}個）：{done.path}")
    if done.without_pdf and not no_pdf:
        say("LibreOffice がないため、PDFは作りませんでした。", err=True)
    elif done.unmade and not no_pdf:
        say("注意: 次の文書は、PDFにできませんでした。Wordで開いて確かめてください。", err=True)
        say("\n".join(f"  {name}" for name in done.unmade), err=True)
    if not book.verified.is_ok:
        say("注意: 検証で、記録と違うところが見つかりました。kian verify で確かめてください。", err=True)
    return 0
