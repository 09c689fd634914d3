"""From the files of templates to packages and Jinja sources, each made once.

Hands out `Sources` and `TemplateError`. Leans on `slots`, `package`; `prepare` and `markdown_template`
are loaded for the first template that no earlier run has compiled.

The names of sources: `x.docx#word/document.xml` for a part of a template that is filled itself,
`x.docx` for one that others include; `markdown_template` tells those of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from gen.clauses import Wording
from gen.errors import Place, UserError
from gen.word.markdown_names import is_markdown
from gen.word.package import Package, read_package
from gen.word.slots import with_slots

if TYPE_CHECKING:
    from gen.word.markdown_template import MarkdownFiles
    from gen.word.prepare import SourceMap

__all__ = ["DOCUMENT", "INCLUDE", "MEND", "Sources", "TemplateError", "file_of"]

DOCUMENT = "word/document.xml"
INCLUDE = re.compile(r"""\{%-?\s*include\s+["']([^"']+)["']""")
MEND = "ひな形のこの段落を直してください。"
_FILE_END = re.compile("[#@]")
_T = TypeVar("_T")


class TemplateError(UserError):
    """A template that cannot be compiled or filled: names file, paragraph and condition."""


def file_of(source: str) -> str:
    """The file of a template by the name of one of its sources."""
    return _FILE_END.split(source, maxsplit=1)[0]


class Sources:
    """The files of one workspace's templates.

    Args:
        read: gives the file of a template by its name, None where there is none.
        wording: the city's style.
        terms: words such as 甲 and what stands for them.
        shown: gives the path by which a person finds the file of a template.
    """

    def __init__(
        self,
        read: Callable[[str], bytes | None],
        wording: Wording,
        terms: Mapping[str, str],
        shown: Callable[[str], str],
    ) -> None:
        self._read = read
        self._wording = wording
        self._terms = terms
        self.shown = shown
        self._packages: dict[str, Package] = {}
        self._hosts: dict[str, Package] = {}
        self._texts: dict[str, str] = {}
        self._maps: dict[str, SourceMap] = {}

    @cached_property
    def _markdown(self) -> MarkdownFiles:
        from gen.word.markdown_template import MarkdownFiles

        return MarkdownFiles(self.file, self._wording, self._terms)

    def file(self, name: str) -> bytes:
        """The file of a template.

        Raises:
            TemplateError: there is none.
        """
        data = self._read(name)
        if data is None:
            raise TemplateError(
                f"ひな形「{name}」がありません。",
                hint="名前を確かめてください。使えるひな形は kian list で分かります。",
            )
        return data

    def host(self, name: str) -> Package:
        """The package of a template that is filled itself: with its draft mark and properties."""
        if name not in self._hosts:
            self._hosts[name] = with_slots(self._package(name), name)
        return self._hosts[name]

    def text(self, name: str) -> str:
        """A Jinja source.

        Raises:
            TemplateError: its file does not exist or cannot be made ready.
        """
        if name not in self._texts:
            self._texts[name] = self._made(name)
        return self._texts[name]

    def map(self, name: str) -> SourceMap | None:
        """The paragraphs of a source, for a message; None where it cannot be made ready."""
        if name not in self._maps:
            try:
                self.text(name)
            except UserError:
                return None
        return self._maps.get(name)

    def _package(self, name: str) -> Package:
        if name not in self._packages:
            self._packages[name] = (
                self._of_markdown(lambda one: self._markdown.package(one), name)
                if is_markdown(name)
                else read_package(self.file(name), name)
            )
        return self._packages[name]

    def _of_markdown(self, make: Callable[[str], _T], name: str) -> _T:
        from gen.word.markdown_tree import MarkdownError

        try:
            return make(name)
        except MarkdownError as error:
            place = error.place and replace(error.place, file=self.shown(error.place.file))
            raise TemplateError(error.message, place=place, hint=error.hint) from error
        except RecursionError as error:
            raise TemplateError(
                f"ひな形「{name}」の入れ子が深すぎます。", place=Place(self.shown(name))
            ) from error

    def _made(self, name: str) -> str:
        from gen.word.prepare import SourceMap, TemplateSourceError, body_of, prepare

        if is_markdown(name):
            source, self._maps[name] = self._of_markdown(lambda one: self._markdown.source(one), name)
            return source
        file, _, part = name.partition("#")
        package = self.host(file) if part else self._package(file)
        try:
            data = package.parts[part or DOCUMENT]
            source = prepare(data, file, self._wording, self._terms, clause=not part)
        except TemplateSourceError as error:
            raise TemplateError(f"ひな形「{file}」: {error}", place=Place(file), hint=MEND) from error
        if not part:
            body = body_of(source, file)
            source = f'{{% if _applies("{file}") %}}{body}{{% endif %}}'
        if any(is_markdown(inner) for inner in INCLUDE.findall(source)):
            raise TemplateError(
                f"ひな形「{file}」: Wordのひな形は、Markdownのひな形（.md）を取り込めません。",
                place=Place(file),
                hint="取り込むひな形をWordファイルで作ってください。",
            )
        self._maps[name] = SourceMap(source)
        return source
