"""Word templates, compiled once and filled many times.

Hands out `Templates` and `TemplateError`. docxtpl prepares the XML, a sandboxed Jinja
with autoescape compiles it, `marks` and `unknown` see to it that nothing is lost and
nothing invented. Leans on `sources`, `kept`, `sandbox`, `marks`, `package`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from types import CodeType, TracebackType
from typing import Any, NamedTuple

from jinja2 import Template, TemplateSyntaxError

from gen.clauses import Wording
from gen.errors import Place, UserError
from gen.word.kept import Kept
from gen.word.late import Late
from gen.word.markdown_names import is_markdown
from gen.word.marks import Mark, Recorder
from gen.word.package import Package
from gen.word.sandbox import Sandbox
from gen.word.saying import said, said_of_syntax, undefined_name
from gen.word.sources import DOCUMENT, INCLUDE, MEND, Sources, TemplateError, file_of

__all__ = ["CompiledTemplate", "Filled", "TemplateError", "Templates"]

_FILLED_PARTS = re.compile(r"word/(?:header|footer)\d*\.xml")
_MAX_TEXT = 32 * 1024 * 1024
_AT_FAULT = re.compile(r"(?:tag|got) '(.+?)'|（(\w+)）")


class _Source(NamedTuple):
    """What is known of a Jinja source; plain, so that it can be kept for the next run.

    Attributes:
        includes: the names of the templates that it may include.
        code: it, compiled; None where nobody has asked for that yet.
        asked: the names that it asks for.
        expressions: the key, text and line of each of its tags that print.
    """

    includes: tuple[str, ...]
    code: CodeType | None = None
    asked: tuple[str, ...] = ()
    expressions: tuple[tuple[str, str, int], ...] = ()


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
        kept: what was compiled in earlier runs; None compiles anew.
    """

    def __init__(
        self,
        read: Callable[[str], bytes | None],
        wording: Wording,
        terms: Mapping[str, str] | None = None,
        shown: Callable[[str], str] = str,
        kept: Kept | None = None,
    ) -> None:
        self._sources = Sources(read, wording, terms or {}, shown)
        self._terms = terms or {}
        self._kept = kept
        self.wording = wording
        self._environment = Sandbox(self._compile)
        self._compiled: dict[str, CompiledTemplate] = {}
        self._known: dict[str, _Source] = {}
        self._includes: dict[str, tuple[str, ...]] = {}

    def get(self, name: str) -> CompiledTemplate:
        """The compiled template.

        Raises:
            TemplateError: it does not exist or does not compile.
        """
        if name not in self._compiled:
            package = self._package(name)
            wanted = [part for part in sorted(package.parts) if part == DOCUMENT or _has_tags(package, part)]
            for part in wanted:
                if part != DOCUMENT and not _FILLED_PARTS.fullmatch(part):
                    raise TemplateError(
                        f"ひな形「{name}」: 本文・ヘッダー・フッターの外（{part}）では {{{{ … }}}} や {{% … %}} は使えません。",
                        place=Place(name),
                        hint="脚注・コメント・グラフなどの中のタグを消してください。",
                    )
            parts = {part: self._template(f"{name}#{part}") for part in wanted}
            page = self._template(f"{name}#html") if is_markdown(name) else None
            self._compiled[name] = CompiledTemplate(name, package, parts, page)
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
            (one, self._sources.map(one if one != name else f"{name}#{DOCUMENT}"))
            for one in self.includes(name)
        )
        return [
            (one, source.paragraph(line))
            for one, source in sources
            if source is not None
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
                source = self._source(one if one != name else f"{name}#{DOCUMENT}")
                found.extend(inner for inner in source.includes if inner not in found)
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
        source = self._sources.map(template)
        return source.paragraph(line) if source else ""

    # -- compiling -------------------------------------------------------------------

    def _compile(self, name: str) -> CodeType:
        """The code of a source; what it asks for and prints is known to the environment with it."""
        source = self._source(name)
        if source.code is None:
            code = self._environment.compile(self._sources.text(name), name, name)
            asked, expressions = self._environment.knows(name)
            self._remember(name, _Source(source.includes, code, asked, expressions))
            return code
        self._environment.learn(name, source.asked, source.expressions)
        return source.code

    def _source(self, name: str) -> _Source:
        """What is known of a source: from an earlier run, or what it includes."""
        if name not in self._known:
            kept = self._recall(name)
            if kept is not None:
                self._known[name] = _Source(*kept)
            else:
                text = self._sources.text(name)
                self._remember(name, _Source(tuple(dict.fromkeys(INCLUDE.findall(text)))))
        return self._known[name]

    def _remember(self, name: str, source: _Source) -> None:
        self._known[name] = source
        self._keep(name, tuple(source))

    def _package(self, name: str) -> Package:
        """The package of a template that is filled itself, every part deflated."""
        if (kept := self._recall(f"{name}#")) is not None:
            return Package(*kept)
        package = self._sources.host(name).deflate_all()
        self._keep(f"{name}#", package.plain())
        return package

    def _recall(self, name: str) -> Any:
        return self._kept and self._kept.read(self._slot(name), self._sources.file(file_of(name)))

    def _keep(self, name: str, value: tuple[object, ...]) -> None:
        if self._kept is not None:
            self._kept.write(self._slot(name), self._sources.file(file_of(name)), value)

    def _slot(self, name: str) -> list[str]:
        terms = (part for term in sorted(self._terms.items()) for part in term)
        return [name, repr(self.wording), *terms]

    def _template(self, name: str) -> Template:
        try:
            return self._environment.get_template(name)
        except TemplateSyntaxError as error:
            raise self._syntax_error(error, name) from error
        except RecursionError as error:
            file = file_of(name)
            raise TemplateError(
                f"ひな形「{file}」の入れ子が深すぎます。", place=Place(file), hint=MEND
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
            source = self._sources.map(name)
            whole = source.whole_name(wrong, line) if source else wrong
            raise self._error(said(error, whole), name, line, whole) from error
        return "".join(pieces)

    def _syntax_error(self, error: TemplateSyntaxError, name: str) -> TemplateError:
        message = str(error.message)
        word = _AT_FAULT.search(message)
        what = word[1] or word[2] if word else ""
        return self._error(said_of_syntax(message), error.name or name, error.lineno, what)

    def _error(self, message: str, name: str, line: int, what: str = "") -> TemplateError:
        """What is wrong and where; `what` is the word at fault, which may steer what follows a paragraph."""
        source = self._sources.map(name)
        file = file_of(name)
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
            place=Place(self._sources.shown(file), line, source.column(line, what))
            if source and source.numbered and line
            else Place(self._sources.shown(file)),
            hint=f"{MEND}使える名前は docs/{page}.md にあります。",
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
