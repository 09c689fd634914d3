"""The export: all that a city must keep, in a folder or ZIP that can be read without Kian.

Hands out `export_files`, `write_export` and `Exported`. It holds the whole history as a git bundle, every
recorded document of the last revision with its PDF where LibreOffice is there, the audit paper, an index page
and a list of digests. Leans on `paper`, `ledger`.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from gen.audit.paper import Book, audit_files
from gen.audit.pdfs import has_office, pdfs_of
from gen.drafting.comparing import write_new
from gen.drafting.starting import City
from gen.errors import Place, Refused, UserError
from gen.japanese import to_wareki
from gen.ledger import LOCK_NAME, STANDS, Lock, bundle, checked_path, head, list_files, read_files

__all__ = ["Exported", "export_files", "write_export"]

_NOT = (".kian/", ".git")
_FIXED = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16
_README = """\
{city}　ガバメントクラウド移行文書の書き出し
作成の日：{day}
最後の改訂：{head}

Kian がなくても読めます。

index.html        一覧。ブラウザで開きます。
documents/        文書（.docx は Word、.html はブラウザ、.txt は文面、.pdf は PDF）
profile.yaml ほか  文書のもとになった事実
audit/            監査資料（.docx、.html、.csv）
history.bundle    全ての改訂。git clone history.bundle 履歴 で、フォルダに戻せます。
SHA256SUMS        各ファイルの要約値。sha256sum -c SHA256SUMS で確かめられます。
                  Windows では certutil -hashfile ファイル SHA256
"""
_STYLE = (
    "body{font-family:sans-serif;margin:2em;line-height:1.6}table{border-collapse:collapse}"
    "td,th{border:1px solid #999;padding:.2em .6em;text-align:left}code{font-size:.8em}"
)


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        path: the folder or ZIP.
        files: how many.
        pdfs: how many of them were made as PDF.
        unmade: the Word files without a PDF.
        without_pdf: True where LibreOffice was not there.
    """

    path: Path
    files: int
    pdfs: int
    unmade: tuple[str, ...]
    without_pdf: bool


def export_files(
    city: City, book: Book, *, pdf: bool = True, progress: Callable[[str], None] = lambda _: None
) -> dict[str, bytes]:
    """Every file of the export by its name.

    Args:
        city: the workspace with its facts.
        book: the audit paper's.
        pdf: make PDFs where LibreOffice is there.
        progress: told each step.

    Raises:
        UserError: nothing is recorded yet.
    """
    at = head(city.workspace)
    if at is None:
        raise UserError("記録された改訂がありません。", hint="先に kian generate で文書を作ってください。")
    names = [name for name in list_files(city.workspace, at) if not name.startswith(_NOT)]
    held = {name: data for name, data in read_files(city.workspace, at, names).items() if data is not None}
    files = {checked_path(name): data for name, data in held.items()}
    files.update({f"audit/{name}": data for name, data in audit_files(city, book).items()})
    progress("履歴")
    files["history.bundle"] = bundle(city.workspace)
    if pdf:
        progress("PDF")
        papers = {name: data for name, data in files.items() if name.endswith(".docx")}
        files.update({f"{name[:-5]}.pdf": made for name, made in pdfs_of(papers).items()})
    lock = Lock.parse(held[LOCK_NAME]) if LOCK_NAME in held else Lock()
    files["index.html"] = _index(book, files, lock)
    told = _README.format(city=book.city, day=to_wareki(book.on), head=at)
    files["README.txt"] = told.encode("utf-8-sig")
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return {**files, "SHA256SUMS": sums.encode()}


def write_export(files: Mapping[str, bytes], target: Path) -> Exported:
    """Write the export; nothing that is there is replaced.

    Args:
        files: of `export_files`.
        target: a new ZIP (`….zip`), or a folder that is empty or not there.

    Raises:
        Refused: something is there.
    """
    is_zip = target.suffix.lower() == ".zip"
    if target.is_symlink() or (target.exists() and (is_zip or not target.is_dir() or any(target.iterdir()))):
        raise Refused(
            "同じ名前のファイル又は空でないフォルダがあります。何も書き込んでいません。",
            place=Place(str(target)),
            hint="別の名前を指定してください。",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    if is_zip:
        write_new(target, _zip(files))
    else:
        for name, data in sorted(files.items()):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    papers = sorted(name for name in files if name.endswith(".docx"))
    unmade = tuple(name for name in papers if f"{name[:-5]}.pdf" not in files)
    return Exported(target, len(files), len(papers) - len(unmade), unmade, not has_office())


def _zip(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes, whatever the day and the system; each may be read when unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _index(book: Book, files: Mapping[str, bytes], lock: Lock) -> bytes:
    """The page that leads to every document, and says what it is."""
    rows = []
    for document, entry in sorted(lock.documents.items()):
        stem = next((name[:-5] for name in entry.files if name.endswith(".docx")), "")
        links = "　".join(
            f'<a href="{quote(name, safe="/@")}">{escape(name.rpartition(".")[2])}</a>'
            for name in (*entry.files, f"{stem}.pdf")
            if name in files
        )
        rows.append(
            f"<tr><td>{escape(document)}</td><td>第{entry.version}版</td><td>{STANDS[entry.life]}</td>"
            f"<td>{to_wareki(entry.made_on)}</td><td>{links}</td><td><code>{escape(entry.fingerprint)}</code></td></tr>"
        )
    others = "".join(
        f'<li><a href="{quote(name, safe="/@")}">{escape(name)}</a></li>'
        for name in sorted(files)
        if name.startswith("audit/") or name in ("history.bundle", "profile.yaml", LOCK_NAME)
    )
    return (
        '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"/>'
        f"<title>{escape(book.city)}　文書の一覧</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(book.city)}　文書の一覧</h1><p>{to_wareki(book.on)}　最後の改訂 <code>{book.head}</code></p>"
        "<table><thead><tr><th>文書</th><th>版</th><th>状態</th><th>作成日</th><th>ファイル</th><th>指紋</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table><h2>そのほか</h2><ul>{others}</ul></body></html>\n"
    ).encode()
