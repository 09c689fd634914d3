"""Word templates, compiled once a process and filled many times.

Hands out `Templates` and `TemplateError`. docxtpl prepares the XML, a sandboxed Jinja
with autoescape compiles it, `marks` and `unknown` see to it that nothing is lost and
nothing invented. Leans on `prepare`, `marks`, `unknown`, `package`, `clauses`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Any, TypeVar

from jinja2 import Template, TemplateSyntaxError

from gen.clauses import Wording
from gen.errors import Place, UserError
from gen.word.late import Late
from gen.word.markdown_template import MarkdownFiles, is_markdown
from gen.word.markdown_tree import MarkdownError
from gen.word.marks import Mark, Recorder
from gen.word.package import Package, read_package
from gen.word.prepare import SourceMap, TemplateSourceError, body_of, prepare
from gen.word.sandbox import Sandbox
from gen.word.saying import said, said_of_syntax, undefined_name
from gen.word.slots import with_slots

__all__ = ["CompiledTemplate", "Filled", "TemplateError", "Templates"]

_DOCUMENT = "word/document.xml"
_FILLED_PARTS = re.compile(r"word/(?:header|footer)\d*\.xml")
_MAX_TEXT = 32 * 1024 * 1024
_INCLUDE = re.compile(r"""\{%-?\s*include\s+["']([^"']+)["']""")
_MEND = "ひな形のこの段落を直してください。"
_FILE_END = re.compile("[#@]")
_T = TypeVar("_T")
_AT_FAULT = re.compile(r"(?:tag|got) '(.+?)'|（(\w+)）")


class TemplateError(UserError):
    """A template that cannot be compiled or filled: names file, paragraph and condition."""


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to be filled: its package, the parts that hold tags, and its HTML page.

    Only a Markdown template has a page.
    """

    name: str
    package: Package
    parts: Mapping[str, Template]
    page: Template | None = None


@dataclass(frozen=True)
class Filled:
    """What filling gave: the text of each filled part, marks and tokens still inside.

    The HTML page has marks of its own. `cited` finds the templates and paragraphs that hold a
    token, for a message about it.
    """

    compiled: CompiledTemplate
    texts: Mapping[str, str]
    recorder: Recorder
    page: str | None = None
    page_marks: Sequence[Mark] = ()
    cited: Callable[[str], Sequence[tuple[str, str]]] = lambda _: ()


class Templates:
    """All templates of one workspace, in one style of wording.

    Not for several threads at once: a rendering is recorded in one place.

    Args:
        read: gives the file of a template by its name (`contracts/x.docx`, `plans/y.md`), None
            where there is none.
        wording: the city's style.
        terms: words such as 甲 and what stands for them.
        shown: gives the path by which a person finds the file of a template.
    """

    def __init__(
        self,
        read: Callable[[str], bytes | None],
        wording: Wording,
        terms: Mapping[str, str] | None = None,
        shown: Callable[[str], str] = str,
    ) -> None:
        self._read = read
        self._shown = shown
        self._markdown = MarkdownFiles(self._file, wording, terms or {})
        self._terms = terms or {}
        self.wording = wording
        self._environment = Sandbox(self._load)
        self._compiled: dict[str, CompiledTemplate] = {}
        self._packages: dict[str, Package] = {}
        self._hosts: dict[str, Package] = {}
        self._maps: dict[str, SourceMap] = {}
        self._sources: dict[str, str] = {}
        self._includes: dict[str, tuple[str, ...]] = {}

    def get(self, name: str) -> CompiledTemplate:
        """The compiled template.

        Raises:
            TemplateError: it does not exist or does not compile.
        """
        if name not in self._compiled:
            package = self._host(name)
            wanted = [part for part in sorted(package.parts) if part == _DOCUMENT or _has_tags(package, part)]
            for part in wanted:
                if part != _DOCUMENT and not _FILLED_PARTS.fullmatch(part):
                    raise TemplateError(
                        f"ひな形「{name}」: 本文・ヘッダー・フッターの外（{part}）では {{{{ … }}}} や {{% … %}} は使えません。",
                        place=Place(name),
                        hint="脚注・コメント・グラフなどの中のタグを消してください。",
                    )
            parts = {part: self._template(f"{name}#{part}") for part in wanted}
            page = self._template(f"{name}#html") if is_markdown(name) else None
            self._compiled[name] = CompiledTemplate(name, package.deflate_all(), parts, page)
        return self._compiled[name]

    def fill(self, name: str, context: Mapping[str, Any]) -> Filled:
        """Fill a template; what comes back still holds marks and tokens.

        Raises:
            TemplateError: a name that does not exist, a value that cannot be printed.
        """
        compiled = self.get(name)
        if isinstance(context, Late):
            context = {one: context[one] for one in self._asked(name) if one in context}
        recorder = self._environment.recorder
        recorder.start()
        self._environment.budget.start()
        texts = {part: self._run(template, context) for part, template in compiled.parts.items()}
        if recorder.faults:
            number, message = recorder.faults[0]
            expression = recorder.expressions[number]
            asked = expression.text.replace(" . ", ".")
            told, at = f"{{{{ {asked} }}}}: {message}", (expression.template, expression.line)
            raise self._error(told, *at, what=asked)
        kept = copy(recorder)  # the next filling begins with lists of its own
        kept.choices = copy(recorder.choices)
        if compiled.page is None:
            return Filled(compiled, texts, kept, cited=partial(self._cited, name))
        with recorder.for_html() as marks:
            page = self._run(compiled.page, context)
        return Filled(compiled, texts, kept, page, marks)

    def _asked(self, name: str) -> set[str]:
        """The names that a template and all that it may include ask for; the rest is not made."""
        parts = [*self._compiled[name].parts.values(), *map(self._template, self.includes(name)[1:])]
        return set().union(*(self._environment.asked[part.name or ""] for part in parts))

    def _cited(self, name: str, token: str) -> list[tuple[str, str]]:
        """Each template and paragraph of a document that holds a token."""
        sources = (
            (one, self._maps[one if one != name else f"{name}#{_DOCUMENT}"]) for one in self.includes(name)
        )
        return [
            (one, source.paragraph(line))
            for one, source in sources
            for line, text in enumerate(source.source.split("\n"), 1)
            if token in text
        ]

    def includes(self, name: str) -> tuple[str, ...]:
        """Every template that this one may include, itself first, each once.

        They are read, not compiled: most papers leave some of their clauses out.

        Raises:
            TemplateError: one of them does not exist or cannot be made ready.
        """
        if name not in self._includes:
            found = [name]
            for one in found:
                source, *_ = self._load(one if one != name else f"{name}#{_DOCUMENT}")
                found.extend(inner for inner in _INCLUDE.findall(source) if inner not in found)
            self._includes[name] = tuple(found)
        return self._includes[name]

    def compile_all(self, names: Iterable[str]) -> None:
        """Compile templates that others include.

        Raises:
            TemplateError: one of them does not exist or does not compile.
        """
        for name in names:
            self._template(name)

    def place(self, template: str, line: int) -> str:
        """The paragraph of a template on a line, for a message."""
        source = self._maps.get(template)
        return source.paragraph(line) if source else ""

    # -- loading --------------------------------------------------------------------

    def _host(self, name: str) -> Package:
        """The package of a template that is filled itself: with its draft mark and properties."""
        if name not in self._hosts:
            self._hosts[name] = with_slots(self._package(name), name)
        return self._hosts[name]

    def _package(self, name: str) -> Package:
        if name not in self._packages:
            markdown = is_markdown(name)
            self._packages[name] = (
                self._of_markdown(self._markdown.package, name)
                if markdown
                else read_package(self._file(name), name)
            )
        return self._packages[name]

    def _file(self, name: str) -> bytes:
        data = self._read(name)
        if data is None:
            raise TemplateError(
                f"ひな形「{name}」がありません。",
                hint="名前を確かめてください。使えるひな形は kian list で分かります。",
            )
        return data

    def _of_markdown(self, make: Callable[[str], _T], name: str) -> _T:
        try:
            return make(name)
        except MarkdownError as error:
            place = error.place and replace(error.place, file=self._shown(error.place.file))
            raise TemplateError(error.message, place=place, hint=error.hint) from error
        except RecursionError as error:
            raise TemplateError(
                f"ひな形「{name}」の入れ子が深すぎます。", place=Place(self._shown(name))
            ) from error

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]]:
        if name not in self._sources:
            self._sources[name] = self._source(name)
        return self._sources[name], name, lambda: True

    def _source(self, name: str) -> str:
        if is_markdown(name):
            source, self._maps[name] = self._of_markdown(self._markdown.source, name)
            return source
        file, _, part = name.partition("#")
        package = self._host(file) if part else self._package(file)
        try:
            data = package.parts[part or _DOCUMENT]
            source = prepare(data, file, self.wording, self._terms, clause=not part)
        except TemplateSourceError as error:
            raise TemplateError(f"ひな形「{file}」: {error}", place=Place(file), hint=_MEND) from error
        if not part:
            body = body_of(source, file)
            source = f'{{% if _applies("{file}") %}}{body}{{% endif %}}'
        if any(is_markdown(inner) for inner in _INCLUDE.findall(source)):
            raise TemplateError(
                f"ひな形「{file}」: Wordのひな形は、Markdownのひな形（.md）を取り込めません。",
                place=Place(file),
                hint="取り込むひな形をWordファイルで作ってください。",
            )
        self._maps[name] = SourceMap(source)
        return source

    def _template(self, name: str) -> Template:
        try:
            return self._environment.get_template(name)
        except TemplateSyntaxError as error:
            raise self._syntax_error(error, name) from error
        except RecursionError as error:
            file = _FILE_END.split(name, maxsplit=1)[0]
            raise TemplateError(
                f"ひな形「{file}」の入れ子が深すぎます。", place=Place(file), hint=_MEND
            ) from error
        except (SyntaxError, ValueError) as error:  # Python's own limits: nested blocks, digits of a number
            raise self._error("式や入れ子が複雑すぎて扱えません。", name, 0) from error

    # -- filling --------------------------------------------------------------------

    def _run(self, template: Template, context: Mapping[str, Any]) -> str:
        pieces: list[str] = []
        size = 0
        try:
            for piece in template.root_render_func(template.new_context(dict(context))):
                pieces.append(piece)
                size += len(piece)
                if size > _MAX_TEXT:
                    raise self._error(
                        "できあがる文書が大きすぎます（繰り返しの誤りの疑い）。", template.name or "", 0
                    )
        except UserError as error:
            if error.place is not None:
                raise
            name, line = _where(error.__traceback__, template.name or "")  # what it includes is not there
            raise self._error(error.message, name, line) from error
        except TemplateSyntaxError as error:  # of an included template
            raise self._syntax_error(error, template.name or "") from error
        except Exception as error:
            name, line = _where(error.__traceback__, template.name or "")
            wrong = undefined_name(error)
            whole = self._maps[name].whole_name(wrong, line) if name in self._maps else wrong
            raise self._error(said(error, whole), name, line, whole) from error
        return "".join(pieces)

    def _syntax_error(self, error: TemplateSyntaxError, name: str) -> TemplateError:
        message = str(error.message)
        word = _AT_FAULT.search(message)
        what = word[1] or word[2] if word else ""
        return self._error(said_of_syntax(message), error.name or name, error.lineno, what)

    def _error(self, message: str, name: str, line: int, what: str = "") -> TemplateError:
        """What is wrong and where; `what` is the word at fault, which may steer what follows a paragraph."""
        source = self._maps.get(name)
        file = _FILE_END.split(name, maxsplit=1)[0]
        paragraph = source.paragraph(line, what) if source else ""
        around = source.around(line) if source else []
        text = f"ひな形「{file}」: {message}"
        if paragraph:
            text += f"\n    段落: {paragraph[:120]}"
        if around:
            text += f"\n    条件: {' → '.join(around)}"
        page = "paper-fields" if source and source.numbered else "template-fields"
        return TemplateError(
            text,
            place=Place(self._shown(file), line, source.column(line, what))
            if source and source.numbered and line
            else Place(self._shown(file)),
            hint=f"{_MEND}使える名前は docs/{page}.md にあります。",
        )


def _has_tags(package: Package, part: str) -> bool:
    """True where the text of a part holds a tag, torn apart by Word or not."""
    data = package.parts[part]
    if not part.startswith("word/") or not part.endswith(".xml") or b"{" not in data:
        return False
    return bool(re.search(rb"\{[{%#]", re.sub(rb"<[^>]*>", b"", data)))


def _where(trace: TracebackType | None, name: str) -> tuple[str, int]:
    """The innermost template frame of a traceback: its name and line."""
    line = 0
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            name, line = template.name or name, template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return name, line
