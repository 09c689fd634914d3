"""A filled document: inspected, numbered, with its twin, trace and fingerprint.

Hands out `Document` and `finish`. Nothing leaves this module that lost a value or kept a
tag. Leans on `template`, `fields`, `inspection`, `slots`, `package`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gen.clauses import TOKEN, Wording
from gen.errors import Place
from gen.report import Finding, FindingsError, Report, Severity
from gen.word.comments import (
    COMMENTS,
    comments_part,
    next_number,
    no_comments,
    place_comments,
    without_comments,
)
from gen.word.fields import TokenProblem, place_tokens
from gen.word.figure import with_figures
from gen.word.inspection import TraceRow, inspect
from gen.word.markdown_names import is_markdown
from gen.word.markdown_page import Page, finished_page
from gen.word.markdown_writer import number_lists
from gen.word.marks import strip_marks
from gen.word.package import Package, fingerprint, parse_xml
from gen.word.slots import property_parts, set_draft
from gen.word.template import Filled

__all__ = ["Document", "Stamp", "finish"]

_DOCUMENT = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a paper says of its own making.

    Attributes:
        version: 版, from 1.
        made_on: 作成日, ISO.
        made_on_text: 作成日 as printed.
        draft: True while the draft mark stands in the header.
    """

    version: int
    made_on: str
    made_on_text: str
    draft: bool = True

    @property
    def mark(self) -> str | None:
        """The text of the draft mark."""
        return f"【案】　第{self.version}版　作成日　{self.made_on_text}" if self.draft else None


@dataclass(frozen=True)
class Document:
    """A document in memory.

    Attributes:
        title: of the paper.
        package: its parts, but for draft mark and provenance, which `stamped` adds.
        headers: header parts, whose draft mark depends on the stamp.
        twin: its text, a 条・項・号 or table row a line.
        trace: every printed value and where it came from.
        undecided: fields printed as 〇〇〇〇, or asked by a condition while undecided.
        page: its HTML page; None where the template is a Word file.
    """

    title: str
    package: Package
    headers: Mapping[str, str]
    twin: str
    trace: tuple[TraceRow, ...]
    undecided: tuple[str, ...]
    page: Page | None = None
    _stamped: dict[Stamp, Package] = field(default_factory=dict, repr=False, compare=False)

    @property
    def text_digest(self) -> str:
        """SHA-256 of the twin, hexadecimal."""
        return hashlib.sha256(self.twin.encode()).hexdigest()

    def stamped(self, stamp: Stamp) -> Package:
        """The package as the stamp says, with draft mark and comments or without; no provenance yet."""
        if stamp not in self._stamped:
            parts: dict[str, bytes | None] = {
                name: set_draft(text, stamp.mark).encode() for name, text in self.headers.items()
            }
            if not stamp.draft:
                parts[COMMENTS] = no_comments()
                parts[_DOCUMENT] = without_comments(self.package.parts[_DOCUMENT].decode()).encode()
            self._stamped[stamp] = self.package.with_parts(parts)
        return self._stamped[stamp]

    def fingerprint(self, stamp: Stamp) -> str:
        """SHA-256 over the parts outside `docProps/` when stamped so."""
        return fingerprint(self.stamped(stamp).parts)

    def write(self, stamp: Stamp, provenance: Mapping[str, str]) -> bytes:
        """The Word file."""
        parts = property_parts(self.title, stamp.made_on, provenance)
        return self.stamped(stamp).with_parts(parts).write()

    @property
    def html(self) -> str | None:
        """The HTML page without draft mark and provenance; None where it has none."""
        return None if self.page is None else self.page.written(self.title, None, {})

    def write_html(self, stamp: Stamp, provenance: Mapping[str, str]) -> bytes | None:
        """The HTML file; None where the template is a Word file."""
        if self.page is None:
            return None
        return self.page.written(self.title, stamp.mark, provenance).encode()


def finish(
    filled: Filled,
    title: str,
    wording: Wording,
    *,
    own_name: str = "契約約款",
    say: Callable[[str], str] = "{}が未定です。".format,
) -> Document:
    """Number, inspect and close a filled template.

    Args:
        filled: by `Templates.fill`.
        title: of the paper.
        wording: the city's style.
        own_name: what attachments call the articles of the paper itself.
        say: the words of the Word comment for a field that is undecided.

    Raises:
        FindingsError: a citation without target, a value lost, a tag left over.
    """
    recorder, name = filled.recorder, filled.compiled.name
    labelled = not is_markdown(name)
    placed = place_tokens(
        _whole_cells(number_lists(filled.texts[_DOCUMENT], wording)),
        wording,
        alternatives=bool(recorder.choices.kept),
        own_name=own_name,
    )
    own = filled.compiled.package.parts[COMMENTS]
    body, comments = place_comments(placed.text, recorder.marks, say, next_number(own))
    faults = [_not_placed(problem, filled) for problem in placed.problems]
    root = parse_xml(body.encode(), name)
    others = [parse_xml(text.encode(), name) for part, text in filled.texts.items() if part != _DOCUMENT]
    read = inspect(root, recorder.marks, recorder.expressions, placed.labels if labelled else None, others)
    faults.extend(read.faults)
    parts: dict[str, bytes | None] = {_DOCUMENT: _closed(body)}
    if comments:
        parts[COMMENTS] = comments_part(own, comments)
    headers: dict[str, str] = {}
    for part, data in filled.compiled.package.parts.items():
        if part.startswith("word/header") and b"KianDraft" in data:
            headers[part] = strip_marks(filled.texts.get(part, "")) or data.decode()
    for part, text in filled.texts.items():
        if part == _DOCUMENT:
            continue
        if "KianFigure" in text:
            faults.append(f"ヘッダー・フッターに図は置けません（{part}）。")
        if TOKEN.search(text):
            faults.append(f"ヘッダー・フッターでは条の番号や引用は使えません（{part}）。")
        elif part not in headers:
            parts[part] = _closed(text)
    page = None
    if filled.page is not None:
        page, more = finished_page(
            number_lists(filled.page, wording), filled.page_marks, recorder.expressions, read.twin
        )
        faults.extend(more)
    if faults:
        raise FindingsError(Report.of(_finding(fault, name) for fault in faults))
    undecided = [path for mark in recorder.marks for path in mark.undecided]
    undecided += [path for path, _ in recorder.choices.kept]
    package = with_figures(filled.compiled.package.with_parts(parts), recorder.figures, name)
    return Document(title, package, headers, read.twin, read.trace, tuple(dict.fromkeys(undecided)), page)


def _not_placed(problem: TokenProblem, filled: Filled) -> str:
    """A number or citation that cannot stand: what is wrong, and in which paragraph of which template."""
    places = filled.cited(problem.token)
    near = [place for place in places if problem.before.strip()[-8:] in place[1]] or places
    if not near or (len(places) > 1 and "引用先" not in problem.message):
        return f"{problem.message}（{problem.before}…）"
    template, paragraph = near[0]
    return f"{problem.message}\n    ひな形: {template}\n    段落: {paragraph[:120]}"


def _whole_cells(text: str) -> str:
    """Every cell ends with a paragraph, even one whose paragraphs all fell away; else Word sees damage."""
    for end in ("</w:tcPr>", "</w:tbl>"):
        text = text.replace(f"{end}</w:tc>", f"{end}<w:p/></w:tc>")
    return text


def _closed(text: str) -> bytes:
    body = strip_marks(text)
    if not body.startswith("<?xml"):
        body = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body
    return body.encode()


def _finding(message: str, name: str) -> Finding:
    return Finding(
        rule="document-inspection",
        severity=Severity.ERROR,
        message=message,
        place=Place(name),
        hint="ひな形の該当する箇所を直してください。文書は書き出していません。",
    )
