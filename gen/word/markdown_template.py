"""Markdown templates as the compiler of Word templates takes them: a package, and Jinja sources.

Hands out `MarkdownFiles` and `markdown_text`. A file is parsed once; its Word and its HTML
form are written from the same tree. Leans on `markdown_parse`, `markdown_word`,
`markdown_html`, `markdown_house`, `prepare`.

The names of sources: `x.md#word/document.xml`, `x.md#word/header1.xml` and `x.md#html` for
a document, `x.md@word@a4-portrait` and `x.md@html@a4-portrait` for what is included in a
section of that setting, `x.md` for an included one as such.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gen.clauses import Wording
from gen.word.markdown_house import document_xml, header_xml, markdown_package
from gen.word.markdown_html import CHOICE as HTML_CHOICE
from gen.word.markdown_html import html_page, html_part
from gen.word.markdown_limits import LIMIT
from gen.word.markdown_names import NAME
from gen.word.markdown_parse import Markdown, parse
from gen.word.markdown_tree import PageSetting, problem
from gen.word.markdown_word import CHOICE as WORD_CHOICE
from gen.word.markdown_word import word_body, word_header
from gen.word.package import Package
from gen.word.prepare import SourceMap
from gen.word.unknown import framed

__all__ = ["MarkdownFiles", "markdown_text"]

_HEADER = "word/header1.xml"


class MarkdownFiles:
    """The Markdown templates of one workspace, parsed once each.

    Args:
        read: gives the file of a template by its name.
        wording: the city's style.
        terms: words such as 甲 and what stands for them.
    """

    def __init__(self, read: Callable[[str], bytes], wording: Wording, terms: Mapping[str, str]) -> None:
        self._read = read
        self._wording = wording
        self._terms = terms
        self._parsed: dict[str, Markdown] = {}

    def package(self, file: str) -> Package:
        """The Word file of a template, its header not yet filled.

        Raises:
            MarkdownError: a line that cannot be used.
        """
        header = header_xml(word_header(self._template(file)))
        return markdown_package().with_parts({_HEADER: header.encode()})

    def source(self, name: str) -> tuple[str, SourceMap]:
        """A Jinja source, and the lines of its Markdown for messages.

        Raises:
            MarkdownError: a line that cannot be used.
        """
        found = NAME.fullmatch(name)
        assert found is not None
        file, part, form, paper, orientation = found.groups()
        template = self._template(file)
        if part == "html":
            source = html_page(template)
        elif part == _HEADER:
            source = header_xml(word_header(template))
        elif part:
            source = document_xml(word_body(template, template.front.page, whole=True))
        else:
            setting = PageSetting(paper.upper(), orientation == "landscape") if paper else PageSetting()
            source = _included(file, template, setting, html=form == "html")
        return source, SourceMap("\n".join(template.source.raw), numbered=True)

    def _template(self, file: str) -> Markdown:
        if file not in self._parsed:
            data = self._read(file)
            self._parsed[file] = parse(markdown_text(data, file), file, self._wording, self._terms)
        return self._parsed[file]


def markdown_text(data: bytes, file: str) -> str:
    """The text of a template's file.

    Raises:
        MarkdownError: it is too large, or not in UTF-8.
    """
    if len(data) > LIMIT:
        message = f"ファイルが大きすぎます（上限{LIMIT // 1024}KB）。"
        raise problem(message, file, 1, "", "ひな形を分けてください。", rule="template-unreadable")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "メモ帳などで、文字コードを UTF-8 にして保存し直してください。"
        message = "文字コードがUTF-8ではありません。"
        raise problem(message, file, line, "", hint, rule="template-unreadable") from error


def _included(file: str, template: Markdown, setting: PageSetting, *, html: bool) -> str:
    body = html_part(template, setting) if html else word_body(template, setting, whole=False)
    choice = HTML_CHOICE if html else WORD_CHOICE
    return f'{{% if _applies("{file}") %}}{framed(*choice)}{body}{{% endif %}}'
