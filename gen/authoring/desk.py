"""The templates that are linted, those that they belong to, and what is known about both.

Hands out `Desk`, which finds templates by name or path and reads each once.
Leans on `catalog`, `sheet`, `paper` and `known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gen.authoring.conditions import Formula, World, all_of, from_when
from gen.authoring.known import Known, known
from gen.authoring.paper import Paper, paper_of
from gen.authoring.sheet import Sheet, read_sheet, sheet_of_master
from gen.catalog import Catalog, Manifest
from gen.clauses import Wording
from gen.errors import Place, UserError
from gen.profile import utf8_text
from gen.shipped import shipped
from gen.word.master import build
from gen.word.template import Templates

__all__ = ["FAMILIES", "PREVIEW", "Desk", "Unread"]

FAMILIES = ("contracts", "clauses", "attachments", "forms", "papers", "procedures", "plans")
PREVIEW = ".preview"
_PARTS = ("clauses/", "attachments/")
_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True)
class Unread:
    """A template that could not be read, and why."""

    file: str
    error: UserError


class Desk:
    """One run of lint.

    Args:
        own: a city's own templates, None where there are none; they overlay the shipped ones.
        wanted: names, files or folders; everything of the first root where empty.
    """

    def __init__(self, own: Path | None, wanted: Sequence[str] = ()) -> None:
        self._wanted = wanted
        self._roots = [root for root in (own, shipped("templates")) if root is not None]
        self.catalog = Catalog(self._roots)
        self.unread: list[Unread] = []
        self._sheets: dict[str, Sheet | None] = {}
        self._data: dict[str, bytes] = {}

    @property
    def known(self) -> Known:
        """What templates can print and ask."""
        return known()

    @cached_property
    def world(self) -> World:
        """What conditions of a template by itself are read against."""
        return World(self.known.values, self._has)

    @cached_property
    def targets(self) -> tuple[Sheet, ...]:
        """The templates that are linted."""
        found = dict.fromkeys(self._chosen())
        sheets = (self._of_path(path) for path in found)
        return tuple(sheet for sheet in sheets if sheet is not None)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The documents that the linted templates belong to."""
        names = {sheet.name for sheet in self.targets}
        mains = {sheet.name: sheet for sheet in self.targets if not sheet.name.startswith(_PARTS)}
        for name in self.catalog.names:
            if not name.startswith(_PARTS) and name not in mains and (main := self.sheet(name)):
                mains[name] = main
        papers = [paper_of(main, self.sheet, self.world) for main in mains.values()]
        return tuple(
            paper for paper in papers if paper.main.name in names or names.intersection(paper.included)
        )

    def sheet(self, name: str) -> Sheet | None:
        """A template of the catalog by its name, None where there is none that can be read."""
        if name not in self._sheets:
            path = next(
                (
                    root / f"{name}{ending}"
                    for root in self._roots
                    for ending in (".docx", ".txt")
                    if (root / f"{name}{ending}").is_file()
                ),
                None,
            )
            self._sheets[name] = None if path is None else self._read(path, name)
        return self._sheets[name]

    def clause(self, name: str) -> str:
        """The full name of a clause or attachment that `has` asks for, "" where there is none."""
        found = (f"{family}{name}" for family in _PARTS)
        return next((one for one in found if self.sheet(one) is not None), "")

    def data(self, sheet: Sheet) -> bytes | None:
        """The Word file of a template, None where it has only a text master."""
        return self._data.get(sheet.name)

    @cached_property
    def refusals(self) -> dict[str, UserError]:
        """What the compiler of templates says against a linted template, by its file."""
        held = {
            one.file: (data, one.name.startswith(_PARTS)) for one in self.targets if (data := self.data(one))
        }
        if _compiled(held.values()) is None:
            return {}
        said = {file: _compiled([one]) for file, one in held.items()}
        return {file: error for file, error in said.items() if error is not None}

    def asks_contract(self, sheet: Sheet) -> bool:
        """Whether a contract's facts fill the template; other kinds have names of their own."""
        subject = sheet.manifest.subject if sheet.manifest else ""
        return subject in ("", "contracts") and not sheet.name.startswith(("procedures/", "plans/"))

    def _has(self, name: str) -> Formula | None:
        whole = self.clause(name)
        sheet = self.sheet(whole) if whole else None
        if sheet is None:
            return None
        taken = Formula("is", f"?{whole}", frozenset({True}))  # whether the document includes it at all
        return all_of([taken, from_when(sheet.manifest, self.world)])

    # -- finding files --------------------------------------------------------------------

    def _chosen(self) -> Iterator[Path]:
        if not self._wanted:
            yield from self._below(self._roots[0])
        for wanted in self._wanted:
            path = Path(wanted)
            named = [root / f"{wanted}.docx" for root in self._roots]
            named += [root / f"{wanted}.txt" for root in self._roots]
            found = next((one for one in named if one.is_file()), None)
            if path.is_dir():
                yield from self._below(path)
            elif path.is_file():
                yield self._word_file(path)
            elif found is not None:
                yield found
            else:
                raise UserError(
                    f"ひな形「{wanted}」がありません。",
                    hint="ファイル、フォルダ、又は clauses/secrecy のような名前を指定してください。",
                )

    def _below(self, folder: Path) -> Iterator[Path]:
        found = {
            self._word_file(path)
            for ending in ("*.docx", "*.txt")
            for path in folder.rglob(ending)
            if not path.stem.endswith(PREVIEW) and not path.name.startswith("~$")
        }
        yield from sorted(found)

    def _word_file(self, path: Path) -> Path:
        word = path.with_suffix(".docx")
        return word if path.suffix == ".txt" and word.is_file() else path

    def _of_path(self, path: Path) -> Sheet | None:
        root = path.resolve().parent.parent
        name = f"{path.parent.resolve().name}/{path.stem}"
        if path.resolve().parent.name not in FAMILIES:
            return self._read(path, path.stem)
        if any(root == one.resolve() for one in self._roots):
            if name not in self._sheets:
                self._sheets[name] = self._read(path, name)
            return self._sheets[name]
        return self._read(path, name)

    def _read(self, path: Path, name: str) -> Sheet | None:
        shown = _shown(path)
        try:
            if path.stat().st_size > _LIMIT:
                raise UserError("ファイルが大きすぎます（上限4MB）。", place=Place(shown))
            manifest = self._manifest(path, name)
            master = path.with_suffix(".txt")
            text = utf8_text(_shown(master), master.read_bytes()) if master.is_file() else None
            if path.suffix == ".txt":
                return sheet_of_master(text or "", name, shown, manifest=manifest)
            beside = None if text is None else (_shown(master), text)
            self._data[name] = path.read_bytes()
            return read_sheet(self._data[name], name, shown, master=beside, manifest=manifest)
        except UserError as error:
            self.unread.append(Unread(error.place.file if error.place else shown, error))
        return None

    def _manifest(self, path: Path, name: str) -> Manifest | None:
        from gen.catalog.manifest import read_manifest

        file = path.with_suffix(".yaml")
        if "/" not in name or not file.is_file():
            return None
        return read_manifest(file.read_bytes(), name, _shown(file))


def _compiled(rows: Iterable[tuple[bytes, bool]]) -> UserError | None:
    """Compile Word files, those that are parts as a document includes them; what stands against it."""
    files = {f"{'part' if part else 'main'}{at}.docx": data for at, (data, part) in enumerate(rows)}
    parts = [name for name in files if name.startswith("part")]
    empty = build("", "empty.docx")  # in place of what a file includes: that is linted by itself
    files["host.docx"] = build("".join(f'{{%p include "{name}" %}}\n' for name in parts), "host.docx")
    templates = Templates(lambda name: files.get(name, empty), Wording())
    try:
        templates.includes("host.docx")
        for name in files.keys() - set(parts):
            templates.get(name)
    except UserError as error:
        return error
    return None


def _shown(path: Path) -> str:
    """The path from here, where it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)
