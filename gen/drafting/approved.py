"""An approved paper without its draft mark: the one step that may still be taken on it.

Hands out `final_of` and `bare`. The recorded files are taken, never made anew: facts that changed since
the 決裁 cannot reach the paper. Leans on `planning`, `ledger`, `compare`.
"""

from __future__ import annotations

from dataclasses import replace

from gen.compare import DOCUMENT, has_tracked_changes, read_parts
from gen.compare.remarks import unsettled
from gen.drafting.planning import Action, Outcome, Plan, stamp_of
from gen.drafting.selection import Draft
from gen.drafting.starting import City
from gen.errors import Place, Refused, UserError
from gen.ledger import Life, LockEntry, head, read_files
from gen.word.comments import COMMENTS, no_comments, without_comments
from gen.word.markdown_page import without_draft
from gen.word.package import Package, fingerprint, read_package
from gen.word.slots import set_draft, with_provenance

__all__ = ["bare", "final_of", "waits_for_final"]


def waits_for_final(entry: LockEntry | None) -> bool:
    """Whether a paper is approved and still shows that it is a draft."""
    return entry is not None and entry.life is Life.APPROVED and entry.extra.get("final") is not True


def final_of(city: City, draft: Draft, entry: LockEntry) -> Plan:
    """What `--final` makes of an approved paper: the same text without draft mark and comments.

    Raises:
        Refused: tracked changes or conflicts wait in it, or its text would change.
    """
    path = f"{draft.path}.docx"
    at = head(city.workspace)
    files = read_files(city.workspace, at, entry.files) if at else {}
    data = files.get(path)
    if data is None:
        raise UserError(
            "記録されたWordファイルがありません。", place=Place(path), hint="git log で確かめてください。"
        )
    package = read_package(data, path)
    if has_tracked_changes(package) or unsettled(package):
        raise Refused(
            "変更履歴か食い違いが残っているため、確定できません。何も書き込んでいません。",
            place=Place(path),
            hint="kian approve --withdraw で決裁を取り下げ、Wordで承諾又は元に戻してから、決裁を取り直してください。",
        )
    done = bare(package)
    text = (files.get(f"{draft.path}.txt") or b"").decode(errors="replace")
    if read_parts(done, path).twin != read_parts(package, path).twin:
        raise Refused(
            "案の表示を消すと文面が変わるため、中止しました。何も書き込んでいません。", place=Place(path)
        )
    new = replace(entry, fingerprint=fingerprint(done.parts), extra={**entry.extra, "final": True})
    told = {"KianFingerprint": new.fingerprint}
    written: dict[str, bytes | None] = {path: with_provenance(done, told, path).write()}
    if (page := files.get(f"{draft.path}.html")) is not None:
        mark = stamp_of(entry.version, entry.made_on).mark or ""
        shown = without_draft(page.decode(), mark).replace(entry.fingerprint, new.fingerprint)
        written[f"{draft.path}.html"] = shown.encode()
    outcome = Outcome(draft, Action.FINAL, entry.version, path, text, text)
    return Plan(outcome, new, written)


def bare(package: Package) -> Package:
    """A paper without the paragraph of its draft mark and without any comment."""
    parts: dict[str, bytes | None] = {
        name: set_draft(data.decode(), None).encode()
        for name, data in package.parts.items()
        if name.startswith("word/header") and b"KianDraft" in data
    }
    parts[DOCUMENT] = without_comments(package.parts[DOCUMENT].decode()).encode()
    if COMMENTS in package.parts:
        parts[COMMENTS] = no_comments()
    return package.with_parts(parts)
