"""A revision's documents made again from what it recorded: facts, templates, days; and merges run again.

Hands out `Remaker`. The data that a revision read lie in its `.kian/inputs/`; where those of laws, steps or
rules are not this Kian's, or another version made the paper, that is told. Leans on `drafting`, `compare`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product

from gen.audit.rows import Result, Row
from gen.audit.steps import Step, Store, Tree
from gen.audit.twins import first_difference, twins_of
from gen.catalog import Catalog
from gen.compare import read_paper
from gen.compare.merging import merge
from gen.drafting.approved import bare
from gen.drafting.comparing import names_of
from gen.drafting.hands import base_path
from gen.drafting.merging import Saying
from gen.drafting.planning import engine, made_of, provenance_of, stamp_of
from gen.drafting.selection import Draft, Studio
from gen.drafting.starting import check_facts, is_profile
from gen.errors import UserError
from gen.ledger import Life, LockEntry, State
from gen.profile import Loaded, Profile, load_profile_bytes
from gen.report import FindingsError
from gen.word.comments import COMMENTS, no_comments, without_comments
from gen.word.document import Document
from gen.word.package import Package, fingerprint, read_package
from gen.word.slots import read_provenance

__all__ = ["Remade", "Remaker"]

_TEMPLATES = ".kian/inputs/templates/"
_INPUTS = ".kian/inputs/"
_DOCUMENT = "word/document.xml"
_STUDIOS = 8


class Remade(Exception):
    """What stands in the way of making a document again, in Japanese, and the exact place."""

    def __init__(self, result: Result, detail: str, place: str = "") -> None:
        super().__init__(detail)
        self.result, self.detail, self.place = result, detail, place


class Remaker:
    """Makes documents of recorded revisions; what two revisions share is read and compiled once.

    Args:
        store: gives recorded files.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._facts: dict[tuple[tuple[str, str], ...], Loaded] = {}
        self._catalogs: dict[tuple[tuple[str, str], ...], Catalog] = {}
        self._studios: dict[tuple[object, ...], Studio] = {}

    def row(self, step: Step, document: str) -> Row:
        """How a document of a revision stands, once it is made again."""
        info = step.info
        entry = self.store.lock(step.tree).documents[document]
        before = self.store.lock(step.before).documents.get(document)
        try:
            result, detail = self._weigh(step, document, entry, before)
            return Row(info.number, info.commit, document, result, detail)
        except Remade as found:
            return Row(info.number, info.commit, document, found.result, found.detail, found.place)
        except (UserError, FindingsError) as error:
            result, place = self._unmade(step, entry), str(error.place or "")
            return Row(info.number, info.commit, document, result, f"作り直せない。{error}", place)

    def _weigh(
        self, step: Step, document: str, entry: LockEntry, before: LockEntry | None
    ) -> tuple[Result, str]:
        who = step.info.author
        path = next(name for name in entry.files if name.endswith(".docx"))
        if before is not None and step.info.values("Kian-Life"):
            if step.tree.get(path) != step.before.get(path):
                raise Remade(Result.ALTERED, "決裁、取下げ又は締結の改訂で、文書が変わっている。", path)
            result = Result.EDITED if entry.state is State.EDITED else Result.REPRODUCED
            return result, f"文書は前の改訂のまま（{step.info.subject}）"
        if entry.extra.get("adopted"):
            return Result.EDITED, f"Kianの外で作られた文書（記録：{who}）"
        if before is not None and before.life is not Life.DRAFT:
            self._final_of_approved(step, entry, path)
            result = Result.EDITED if entry.state is State.EDITED else Result.REPRODUCED
            return result, "決裁を経た文書から、案の表示だけを消した"
        if entry.state is State.EDITED:
            if before is not None and made_of(before) == made_of(entry):
                return Result.EDITED, f"手で直された（記録：{who}）"
            if before is None:
                raise Remade(Result.ALTERED, "前の改訂にない文書が、手で直されたことになっている。", path)
            self._merged(step, document, entry, before, path)
            return Result.REPRODUCED, "手直しと新しい事実の統合を、記録された3つのファイルからやり直した"
        self._generated(step, document, entry, path)
        return Result.REPRODUCED, ""

    # -- papers that Kian made -------------------------------------------------------------------

    def _generated(self, step: Step, document: str, entry: LockEntry, path: str) -> None:
        draft, made = self.document(step, document, entry)
        stamp = stamp_of(entry.version, entry.made_on, final=entry.extra.get("final") is True)
        recorded = read_package(self.store.read(step.tree, path) or b"", path)
        if made.fingerprint(stamp) != fingerprint(recorded.parts):
            raise self._differs(step, entry, made, recorded, path)
        provenance = provenance_of(draft, entry)
        if read_provenance(recorded, path) != provenance:
            raise Remade(
                Result.ALTERED, "Wordファイルの作成情報が、記録と違う。", f"{path}: docProps/custom.xml"
            )
        page = path.replace(".docx", ".html")
        html = made.write_html(stamp, provenance)
        if html is not None and html != self.store.read(step.tree, page):
            raise Remade(self._unmade(step, entry), "HTMLが、作り直したものと違う。", page)

    def _differs(self, step: Step, entry: LockEntry, made: Document, recorded: Package, path: str) -> Remade:
        result = self._unmade(step, entry)
        if result is Result.OTHER_VERSION:
            return Remade(result, self._other(step, entry))
        text = path.replace(".docx", ".txt")
        said = twins_of(recorded, path)[0].decode()
        if said != made.twin:
            place = f"{text}:{first_difference(said, made.twin)}"
            return Remade(result, "記録された入力から作り直した文面と違う。", place)
        return Remade(result, "文面は同じだが、書式又は部品が、作り直したものと違う。", path)

    def document(self, step: Step, document: str, entry: LockEntry) -> tuple[Draft, Document]:
        """The document of a revision, made again in memory.

        Raises:
            Remade: the facts are not those that the lock names, or they make no such document.
        """
        studio = self.studio(step.tree, entry.made_on)
        if studio.profile.digest != entry.profile_digest:
            raise Remade(
                Result.ALTERED, "プロファイルが、記録された要約値と違う。", self._profile_name(step.tree)
            )
        draft = next((one for one in studio.drafts if one.id == document), None)
        if draft is None:
            raise Remade(self._unmade(step, entry), "記録された入力からは、この文書ができない。")
        made = studio.make(draft)
        if studio.template_digest(draft) != entry.template_digest:
            raise Remade(
                self._unmade(step, entry),
                "ひな形が、記録された要約値と違う。",
                f"{_TEMPLATES}{entry.template}",
            )
        return draft, made

    def studio(self, tree: Tree, on: date) -> Studio:
        """Facts and templates of a revision, on a day.

        Raises:
            Remade: the facts cannot be read.
        """
        facts = _key(tree, is_profile)
        inputs = _key(tree, lambda path: path.startswith(_TEMPLATES))
        key = (facts, inputs, on)
        if key not in self._studios:
            loaded = self._loaded(tree)
            if loaded.profile is None:
                raise Remade(Result.ALTERED, "プロファイルが読めない。", self._profile_name(tree))
            if inputs not in self._catalogs:
                self._catalogs[inputs] = Catalog(frozen=self.store.files(tree, _TEMPLATES))
            catalog = self._catalogs[inputs]
            studio = Studio(loaded.profile, catalog, on, check_facts(loaded, on, catalog))
            known = next((one for one in self._studios.values() if one.catalog is catalog), None)
            self._studios[key] = studio if known is None else known.with_facts(studio)
            while len(self._studios) > _STUDIOS:
                del self._studios[next(iter(self._studios))]
        return self._studios[key]

    def profile(self, tree: Tree) -> Profile | None:
        """The facts of a revision; None where they hold errors."""
        return self._loaded(tree).profile

    def _loaded(self, tree: Tree) -> Loaded:
        key = _key(tree, is_profile)
        if key not in self._facts:
            self._facts[key] = load_profile_bytes(
                {path: self.store.read(tree, path) or b"" for path, _ in key}
            )
        return self._facts[key]

    def _profile_name(self, tree: Tree) -> str:
        return next((path for path in sorted(tree) if is_profile(path)), "profile.yaml")

    # -- papers that a person had a hand in --------------------------------------------------------

    def _final_of_approved(self, step: Step, entry: LockEntry, path: str) -> None:
        old = read_package(self.store.read(step.before, path) or b"", path)
        if fingerprint(bare(old).parts) != entry.fingerprint:
            raise Remade(Result.ALTERED, "決裁を経た文書から、案の表示のほかも変わっている。", path)

    def _merged(self, step: Step, document: str, entry: LockEntry, before: LockEntry, path: str) -> None:
        """The merge again, of what Kian made before, what the person made of it and what the facts make."""
        first = base_path(path) if before.state is State.EDITED else path
        places = ((step.before, first), (step.before, path), (step.tree, base_path(path)))
        files = [(self.store.read(tree, name) or b"", name) for tree, name in places]
        self._base(step, document, entry, read_package(*files[2]), base_path(path))
        now = self.profile(step.tree)
        facts = self.profile(step.before)
        names = (*(names_of(now) if now else ()), *(names_of(facts) if facts else ()))
        final = entry.extra.get("final") is True
        for on, clean in product(_days(step, entry), (False, True)):
            say = Saying(facts, now).of if now is not None else lambda _: ""
            base, theirs, ours = (
                read_paper(data, name) for data, name in files
            )  # merging changes their trees
            done = merge(base, theirs, ours, on=on, say=say, clean=clean, names=names)
            package = _finished(done.package) if final else done.package
            if fingerprint(package.parts) == entry.fingerprint:
                return
        result = self._unmade(step, entry)
        if result is Result.OTHER_VERSION:
            raise Remade(result, self._other(step, entry))
        raise Remade(result, "記録された3つのファイルから統合し直したものと違う。", path)

    def _base(self, step: Step, document: str, entry: LockEntry, kept: Package, path: str) -> None:
        """What the facts made, before it met the person's text: kept in `.kian/base/`, and made again."""
        _, made = self.document(step, document, entry)
        stamp = stamp_of(entry.version, entry.made_on, final=entry.extra.get("final") is True)
        if made.fingerprint(stamp) != fingerprint(kept.parts):
            raise self._differs(step, entry, made, kept, path)

    # -- another version -----------------------------------------------------------------------

    def _unmade(self, step: Step, entry: LockEntry) -> Result:
        return Result.OTHER_VERSION if self._other(step, entry) else Result.ALTERED

    def _other(self, step: Step, entry: LockEntry) -> str:
        """How what made a paper differs from this Kian; "" where it does not."""
        if entry.extra.get("engine") != engine():
            return f"別の版で作られた（{entry.extra.get('engine')}）。要約値は一致する。"
        data = self._data()
        held = self.store.files(step.tree, _INPUTS)
        names = [name for name, content in data.items() if held.get(name) != content]
        return f"別の{'、'.join(names)}で作られた。要約値は一致する。" if names else ""

    def _data(self) -> Mapping[str, bytes]:
        studio = next(iter(self._studios.values()), None)
        return {} if studio is None else studio.data


def _key(tree: Tree, wanted: Callable[[str], bool]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((path, oid) for path, oid in tree.items() if wanted(path)))


def _days(step: Step, entry: LockEntry) -> Iterator[date]:
    """The days on which a merge may have been asked for; its tracked changes carry it."""
    yield from dict.fromkeys((entry.made_on, step.info.when.date()))


def _finished(package: Package) -> Package:
    parts: dict[str, bytes | None] = {_DOCUMENT: without_comments(package.parts[_DOCUMENT].decode()).encode()}
    if COMMENTS in package.parts:
        parts[COMMENTS] = no_comments()
    return package.with_parts(parts)
