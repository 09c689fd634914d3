"""The templates that are linted, those that they belong to, and what is known about both.

Hands out `Desk`, which finds templates by name or path and reads each once.
Leans on `catalog`, `sheet`, `markdown_sheet`, `paper`, `known` and `compiling`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gen.authoring.compiling import refusals
from gen.authoring.conditions import Formula, World, all_of, from_when
from gen.authoring.known import CONTRACTS, HOUSE, Known, known, shared
from gen.authoring.markdown_sheet import faults_of, markdown_sheet
from gen.authoring.paper import Paper, paper_names, paper_of
from gen.authoring.sheet import MARKDOWN, WORD, Sheet, read_sheet, sheet_of_master
from gen.catalog import Catalog, Manifest
from gen.errors import Place, UserError
from gen.profile import utf8_text
from gen.shipped import shipped
from gen.word.markdown_tree import MarkdownError

__all__ = ["FAMILIES", "PREVIEW", "Desk", "Unread"]

FAMILIES = ("contracts", "clauses", "attachments", "forms", "papers", "procedures", "plans")
PREVIEW = ".preview"
_PARTS = ("clauses/", "attachments/")
_LIMIT = 4 * 1024 * 1024
_ENDINGS = {WORD: (".docx", ".txt"), MARKDOWN: (".md",)}


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
        self._faults: dict[str, tuple[MarkdownError, ...]] = {}
        self._worlds: dict[tuple[str, ...], World] = {}

    def known(self, sheet: Sheet) -> Known:
        """What a template can print and ask; of a part, what every paper that includes it can."""
        subjects = self._subjects(sheet)
        return known(subjects[0]) if len(subjects) == 1 else shared(subjects)

    def world(self, sheet: Sheet) -> World:
        """What conditions of a template by itself are read against."""
        subjects = self._subjects(sheet)
        if subjects not in self._worlds:
            one = self.known(sheet)
            self._worlds[subjects] = World(one.values, self._has, one.asked)
        return self._worlds[subjects]

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
            if not name.startswith(_PARTS) and name not in mains and (main := self.main(name)):
                mains[name] = main
        papers = [paper_of(main, self.included, self.world(main)) for main in mains.values()]
        return tuple(
            paper
            for paper in papers
            if paper.main.name in names or names.intersection(one.name for one in paper.included.values())
        )

    def sheet(self, name: str, form: str = WORD) -> Sheet | None:
        """A template of the catalog by its name and form, None where there is none that can be read."""
        key = _key(name, form)
        if key not in self._sheets:
            path = next(iter(self._files(name, form)), None)
            self._sheets[key] = None if path is None else self._read(path, name)
        return self._sheets[key]

    def included(self, file: str) -> Sheet | None:
        """The template that an include asks for, such as `clauses/secrecy.docx`."""
        name, _, ending = file.rpartition(".")
        return self.sheet(name, MARKDOWN if ending == "md" else WORD) if ending in ("md", "docx") else None

    def main(self, name: str) -> Sheet | None:
        """The template of a document; the first folder that has one wins, Word before Markdown."""
        for root in self._roots:
            for form, endings in _ENDINGS.items():
                if any((root / f"{name}{ending}").is_file() for ending in endings):
                    return self.sheet(name, form)
        return None

    def _files(self, name: str, form: str) -> Iterator[Path]:
        for root in self._roots:
            for ending in _ENDINGS[form]:
                if (path := root / f"{name}{ending}").is_file():
                    yield path

    def clause(self, name: str) -> str:
        """The full name of a clause or attachment that `has` asks for, "" where there is none."""
        found = (f"{family}{name}" for family in _PARTS)
        return next((one for one in found if self.sheet(one) is not None), "")

    def data(self, sheet: Sheet) -> bytes | None:
        """The file of a template, None where it has only a text master."""
        return self._data.get(_key(sheet.name, sheet.form))

    def faults(self, sheet: Sheet) -> tuple[MarkdownError, ...]:
        """All that the engine refuses in the form of a Markdown template."""
        data = self.data(sheet)
        if sheet.form != MARKDOWN or data is None:
            return ()
        if sheet.file not in self._faults:
            self._faults[sheet.file] = faults_of(sheet, data)
        return self._faults[sheet.file]

    @cached_property
    def refusals(self) -> dict[str, UserError]:
        """What the compiler of templates says against a linted template, by its file."""
        rows = [(one, data) for one in self.targets if (data := self.data(one)) and not self.faults(one)]
        return refusals(rows, self.is_part)

    @staticmethod
    def is_part(sheet: Sheet) -> bool:
        """Whether other templates include it."""
        return sheet.name.startswith(_PARTS)

    def asks_contract(self, sheet: Sheet) -> bool:
        """Whether a contract's facts fill the template."""
        return self._subjects(sheet) == (CONTRACTS,)

    def has_facts(self, sheet: Sheet) -> bool:
        """Whether it is known which facts fill the template; those of a 確認票 are not."""
        return sheet.manifest is None or sheet.manifest.subject in ("", CONTRACTS, *HOUSE)

    def _subjects(self, sheet: Sheet) -> tuple[str, ...]:
        """The sections of the profile that fill a template; several for a part, or where none is named."""
        named = sheet.manifest.subject if sheet.manifest else ""
        if named in HOUSE:
            return (named,)
        if sheet.form == WORD and not sheet.name.startswith(("procedures/", "plans/")):
            return (CONTRACTS,)
        found = {
            main.manifest.subject
            for main in self._mains.values()
            if main.manifest and sheet.name in paper_names(main, self.included)
        }
        return tuple(one for one in HOUSE if one in found) or HOUSE

    @cached_property
    def _mains(self) -> dict[str, Sheet]:
        """The Markdown templates that make a document of their own."""
        mains = {name: self.main(name) for name in self.catalog.names if not name.startswith(_PARTS)}
        return {name: main for name, main in mains.items() if main is not None and main.form == MARKDOWN}

    def _has(self, name: str) -> Formula | None:
        whole = self.clause(name)
        sheet = self.sheet(whole) if whole else None
        if sheet is None:
            return None
        taken = Formula("is", f"?{whole}", frozenset({True}))  # whether the document includes it at all
        return all_of([taken, from_when(sheet.manifest, self.world(sheet))])

    # -- finding files --------------------------------------------------------------------

    def _chosen(self) -> Iterator[Path]:
        if not self._wanted:
            yield from self._below(self._roots[0])
        for wanted in self._wanted:
            path = Path(wanted)
            named = (one for form in _ENDINGS for one in self._files(wanted, form))
            found = next(named, None)
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
            for ending in ("*.docx", "*.txt", "*.md")
            for path in folder.rglob(ending)
            if not path.stem.endswith(PREVIEW) and not path.name.startswith("~$")
            if path.suffix != ".md" or _is_template(path)
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
            key = _key(name, MARKDOWN if path.suffix == ".md" else WORD)
            if key not in self._sheets:
                self._sheets[key] = self._read(path, name)
            return self._sheets[key]
        return self._read(path, name)

    def _read(self, path: Path, name: str) -> Sheet | None:
        shown = _shown(path)
        try:
            if path.stat().st_size > _LIMIT:
                raise UserError(
                    "ファイルが大きすぎます（上限4MB）。",
                    place=Place(shown),
                    hint="画像を小さくするか、ひな形を分けてください。",
                )
            manifest = self._manifest(path, name)
            if path.suffix == ".md":
                self._data[_key(name, MARKDOWN)] = path.read_bytes()
                return markdown_sheet(self._data[_key(name, MARKDOWN)], name, shown, manifest)
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
        """The manifest beside a template, else that of the template that it overlays."""
        from gen.catalog.manifest import read_manifest

        file = path.with_suffix(".yaml")
        if "/" not in name:
            return None
        if file.is_file():
            return read_manifest(file.read_bytes(), name, _shown(file))
        overlays = any(path.resolve().is_relative_to(root.resolve()) for root in self._roots)
        return self.catalog.manifest(name) if overlays and name in self.catalog.names else None


def _key(name: str, form: str) -> str:
    return f"{name}.md" if form == MARKDOWN else name


def _is_template(path: Path) -> bool:
    """Whether a Markdown file in a folder is a template, and not a page to read."""
    return path.parent.resolve().name in FAMILIES or path.with_suffix(".yaml").is_file()


def _shown(path: Path) -> str:
    """The path from here, where it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)
