"""What a revision says of itself, held against what it holds: digests, lock, trailers, twins, its parent.

Hands out `weigh` and `weigh_files`. Nothing is made anew here. Leans on `ledger`, `word`, `compare`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from gen.audit.rows import Result, Row
from gen.audit.steps import Step, Store, Tree
from gen.audit.twins import first_difference, twins_of
from gen.drafting.hands import base_path
from gen.drafting.planning import made_of
from gen.errors import UserError
from gen.ledger import LOCK_NAME, DocumentNote, Life, Lock, LockEntry, State
from gen.word.package import Package, fingerprint, read_package

__all__ = ["weigh", "weigh_files"]

_OWN = ".kian/"
_INPUTS = ".kian/inputs/"
_ORDER = (Life.DRAFT, Life.APPROVED, Life.CONCLUDED, Life.ENDED)
_PASSING = ("inputs", "undecided")
"""Fields of the lock that say with which inputs a paper was compared last; they may change by themselves."""


def weigh(store: Store, step: Step) -> Iterator[Row]:
    """Every place where a revision does not hold what it says."""
    try:
        lock, before = store.lock(step.tree), store.lock(step.before)
    except UserError as error:
        if LOCK_NAME in step.changed:
            yield _row(step, "", f"kian.lock が読めない。{error}", LOCK_NAME)
        return
    if not step.info.by_kian:
        yield from _by_a_person(step, lock, before)
        return
    yield from _parent(step)
    noted = {note.document: note for note in step.info.notes}
    yield from _unnoted(step, lock, before, frozenset(noted))
    for document, note in noted.items():
        entry = lock.documents.get(document)
        if entry is None:
            yield _row(step, document, "kian.lock に記録がない。", f"{LOCK_NAME}: documents.{document}")
            continue
        yield from _trailers(step, note, entry)
        yield from _life(step, document, entry, before.documents.get(document))
        yield from (
            replace(row, number=step.info.number, commit=step.info.commit)
            for row in weigh_files(store, step.tree, document, entry)
        )


def _row(step: Step, document: str, detail: str, place: str, result: Result = Result.ALTERED) -> Row:
    return Row(step.info.number, step.info.commit, document, result, detail, place)


def _by_a_person(step: Step, lock: Lock, before: Lock) -> Iterator[Row]:
    """A commit that Kian did not make: it may hold facts and a person's own files, no recorded document."""
    owners = {**before.files, **lock.files}
    touched = [
        path for path in sorted(step.changed) if path in owners or path == LOCK_NAME or path.startswith(_OWN)
    ]
    for path in touched:
        who = f"{step.info.author}、{step.info.subject[:40]}"
        yield _row(
            step,
            owners.get(path, ""),
            f"{path} が、Kianの記録（trailer）のないコミットで変わっている（{who}）。",
            path,
        )
    if not touched:
        said = "Kianの記録（trailer）のないコミット。記録された文書は変わっていない"
        yield _row(step, "", f"{said}（{step.info.author}）。", "", Result.EDITED)


def _parent(step: Step) -> Iterator[Row]:
    said = step.info.values("Kian-Parent")
    parents = step.info.parents
    if said and (len(said) > 1 or said[0] not in parents[:1]):
        now = parents[0][:10] if parents else "なし"
        yield _row(
            step,
            "",
            f"記録した時の前の改訂は {said[0][:10]}、今の前の改訂は {now}。履歴が書き換えられている。",
            "trailer Kian-Parent",
        )
    elif not said and step.chained:
        yield _row(
            step, "", "前の改訂を示す記録がない。コミットの文が書き換えられている。", "trailer Kian-Parent"
        )


def _unnoted(step: Step, lock: Lock, before: Lock, noted: frozenset[str]) -> Iterator[Row]:
    """What changed of documents of which the revision says nothing."""
    for document in sorted({*lock.documents, *before.documents} - noted):
        old, new = before.documents.get(document), lock.documents.get(document)
        if old is None or new is None or _steady(old) != _steady(new):
            what = next((name for name in _fields(old, new)), "")
            place = f"{LOCK_NAME}: documents.{document}{'.' if what else ''}{what}"
            yield _row(step, document, "改訂の記録にない文書の、kian.lock の行が変わっている。", place)
    owners = {**before.files, **lock.files}
    owners.update({base_path(path): document for path, document in owners.items()})
    for path in sorted(step.changed):
        if path in owners and owners[path] not in noted:
            yield _row(step, owners[path], "改訂の記録にない文書のファイルが変わっている。", path)
        elif path.startswith(_OWN) and not path.startswith(_INPUTS) and path not in owners:
            yield _row(step, "", "Kianの知らないファイルがある。", path)


def _fields(old: LockEntry | None, new: LockEntry | None) -> Iterator[str]:
    if old is not None and new is not None:
        one, other = _steady(old).to_json(), _steady(new).to_json()
        yield from sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def _steady(entry: LockEntry) -> LockEntry:
    return replace(entry, extra={key: value for key, value in entry.extra.items() if key not in _PASSING})


def _trailers(step: Step, note: DocumentNote, entry: LockEntry) -> Iterator[Row]:
    pairs = (
        ("Kian-Fingerprint", note.fingerprint, entry.fingerprint),
        ("Kian-Version", note.version, str(entry.version)),
        ("Kian-Template", note.template, f"{entry.template} {entry.template_digest}".strip()),
        *(("Kian-Text", said, entry.text) for said in step.info.values("Kian-Text")),
        *(
            ("Kian-Life", said.replace("withdrawn", "draft"), entry.life.value)
            for said in step.info.values("Kian-Life")
        ),
    )
    for name, said, held in pairs:
        if said != held:
            yield _row(
                step,
                note.document,
                f"コミットの {name} は「{said[:60]}」、kian.lock は「{held[:60]}」。",
                f"trailer {name} / {LOCK_NAME}: documents.{note.document}",
            )


def _life(step: Step, document: str, entry: LockEntry, old: LockEntry | None) -> Iterator[Row]:
    """An approved text stays; a concluded paper stays wholly."""
    if old is None or old.life is Life.DRAFT:
        return
    if old.life is Life.APPROVED and step.info.values("Kian-Life") == ("withdrawn",):
        return
    place = f"{LOCK_NAME}: documents.{document}"
    if _ORDER.index(entry.life) < _ORDER.index(old.life):
        yield _row(step, document, "決裁、締結又は終了が、取下げの記録なく消えている。", f"{place}.life")
    elif entry.text != old.text or entry.version != old.version:
        yield _row(step, document, "決裁の後に文面が変わっている。", f"{place}.text")
    elif entry.fingerprint != old.fingerprint and (
        old.life is not Life.APPROVED or not entry.extra.get("final")
    ):
        yield _row(
            step, document, "決裁又は締結の後に、案の表示のほかが変わっている。", f"{place}.fingerprint"
        )


def weigh_files(store: Store, tree: Tree, document: str, entry: LockEntry) -> Iterator[Row]:
    """Each file of a document that is not what the lock says of it."""

    def wrong(detail: str, place: str) -> Row:
        return Row(0, "", document, Result.ALTERED, detail, place)

    package: Package | None = None
    for path in entry.files:
        data = store.read(tree, path)
        if data is None:
            yield wrong("記録されたはずのファイルがない。", path)
        elif path.endswith(".docx"):
            try:
                package = read_package(data, path)
            except UserError as error:
                yield wrong(f"Wordファイルが壊れている。{error.message}", path)
                continue
            if fingerprint(package.parts) != entry.fingerprint:
                yield wrong("Wordファイルの指紋が kian.lock と違う。", path)
        elif path.endswith(".html") and entry.fingerprint.encode() not in data:
            yield wrong("HTMLの作成情報が kian.lock と違う。", path)
        elif path.endswith(".pdf"):
            conclusion = entry.extra.get("conclusion")
            held = conclusion.get("file_digest") if isinstance(conclusion, dict) else None
            if hashlib.sha256(data).hexdigest() != held:
                yield wrong("署名されたPDFの要約値が kian.lock と違う。", path)
    yield from _twin(store, tree, document, entry, package)
    if entry.state is State.EDITED and not entry.extra.get("adopted"):
        yield from _base(store, tree, document, entry)


def _twin(
    store: Store, tree: Tree, document: str, entry: LockEntry, package: Package | None
) -> Iterator[Row]:
    path = next((name for name in entry.files if name.endswith(".txt")), "")
    data = store.read(tree, path) if path else None
    if data is None:
        return
    if hashlib.sha256(data).hexdigest() != entry.text:
        yield Row(0, "", document, Result.ALTERED, "文面（.txt）の要約値が kian.lock と違う。", path)
    elif package is not None and data not in (said := twins_of(package, path)):
        line = first_difference(data.decode(errors="replace"), said[0].decode())
        yield Row(0, "", document, Result.ALTERED, "文面（.txt）がWordファイルと違う。", f"{path}:{line}")


def _base(store: Store, tree: Tree, document: str, entry: LockEntry) -> Iterator[Row]:
    path = base_path(next(name for name in entry.files if name.endswith(".docx")))
    data = store.read(tree, path)
    try:
        same = data is not None and fingerprint(read_package(data, path).parts) == made_of(entry)[0]
    except UserError:
        same = False
    if not same:
        yield Row(
            0, "", document, Result.ALTERED, "Kianが最後に作ったファイルの控えが kian.lock と違う。", path
        )
