"""Copies for the other party: without comments, 確認票 or provenance, outside of git.

Hands out `copies_for_counterparty`. Leans on `ledger` and `word.clean_copy`.
"""

from __future__ import annotations

import re
from pathlib import Path

from gen.compare import has_tracked_changes
from gen.drafting.selection import Studio
from gen.drafting.starting import City
from gen.errors import Place, Refused, UserError
from gen.ledger import resolved, write_by_rename
from gen.word.clean_copy import clean_copy
from gen.word.package import read_package

__all__ = ["copies_for_counterparty"]

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\s　]+')
_NAME_LIMIT = 60
_FAMILIES = ("contracts", "attachments")
"""What the other party gets; checklists and plans are the body's own."""


def copies_for_counterparty(
    city: City, studio: Studio, names: tuple[str, ...], folder: Path
) -> tuple[Path, ...]:
    """Write a clean copy of each document, as it was last recorded.

    Args:
        city: the workspace.
        studio: its documents.
        names: ids; none for all contracts.
        folder: where the copies go; nothing in it is overwritten.

    Raises:
        UserError: a document that was never generated, or one that is not for the other party.
        Refused: a file of that name is there, the folder lies in the workspace, or tracked changes wait.
    """
    target = resolved(folder)
    if target == city.workspace.root or target.is_relative_to(city.workspace.root):
        raise Refused(
            "相手方に渡す写しは、作業場所の外に書き出してください。何も書き込んでいません。",
            place=Place(str(folder)),
            hint="--for-counterparty に、作業場所の外のフォルダを指定してください。",
        )
    lock = city.workspace.lock
    written: dict[Path, bytes] = {}
    for draft in studio.chosen(names):
        if draft.of or draft.id.partition("/")[0] not in _FAMILIES:
            if names:
                raise UserError(
                    f"「{draft.id}」は内部の文書のため、相手方に渡す写しは作りません。何も書き込んでいません。",
                    hint="契約書又はその別記等の文書を指定してください。",
                )
            continue
        entry = lock.documents.get(draft.id)
        path = f"{draft.path}.docx"
        data = city.workspace.read(path) if entry else None
        if entry is None or data is None:
            raise UserError(
                f"文書「{draft.id}」がまだ作られていません。何も書き込んでいません。",
                hint="先に kian generate で文書を作ってください。",
            )
        _refuse_open(path, data)
        title = str(studio.profile.contracts[draft.subject].title)
        name = f"{_UNFIT.sub('_', draft.manifest.title)}_{_UNFIT.sub('_', title)}"[:_NAME_LIMIT]
        copy = target / f"{name}_第{entry.version}版.docx"
        if copy.exists() or copy in written:
            raise Refused(
                "同じ名前のファイルがあります。何も書き込んでいません。",
                place=Place(str(copy)),
                hint="別のフォルダを指定するか、そのファイルを移してください。",
            )
        written[copy] = clean_copy(data, title, entry.made_on.isoformat(), path)
    target.mkdir(parents=True, exist_ok=True)
    for copy, data in written.items():
        write_by_rename(copy, data)
    return tuple(written)


def _refuse_open(path: str, data: bytes) -> None:
    """Stop while tracked changes wait in a paper: they would show the other party who changed what."""
    if has_tracked_changes(read_package(data, path)):
        raise Refused(
            "変更履歴が残っているため、相手方に渡す写しを作りません。何も書き込んでいません。",
            place=Place(path),
            hint="Wordで変更履歴を承諾又は元に戻し、kian adopt で記録してから、もう一度実行してください。",
        )
