"""An attachment of a paper, printed apart from it.

Hands out `attachment_of`. The text is cut out of the finished paper, so that numbers and
citations stay those of the contract; a citation that leads out of the attachment becomes
plain text. Leans on `document`, `comments`, `reading`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gen.clauses import bookmark_name
from gen.word.comments import COMMENTS
from gen.word.document import Document
from gen.word.package import parse_xml
from gen.word.reading import lines_of

__all__ = ["attachment_of"]

_DOCUMENT = "word/document.xml"
_START = re.compile(r'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="KianAttach"/>')
_FIELD = re.compile(r'<w:fldSimple w:instr=" REF (\S+) \\h ">(.*?)</w:fldSimple>', re.DOTALL)
_BOOKMARK = re.compile(r'<w:bookmarkStart [^>]*w:name="([^"]+)"')
_COMMENT = re.compile(r'<w:comment [^>]*w:id="(\d+)".*?</w:comment>', re.DOTALL)
_USED = re.compile(r'<w:commentReference w:id="(\d+)"/>')


def attachment_of(document: Document, name: str, title: str) -> Document | None:
    """The attachment as a document of its own; None where the paper does not have it.

    Args:
        document: the whole paper.
        name: of the attachment, as `attach("name", …)` gives it.
        title: of the new document.
    """
    whole = document.package.parts[_DOCUMENT].decode()
    starts = [found.start() for found in _START.finditer(whole)]
    end_of_all = whole.rindex("<w:sectPr")
    sign = f'w:name="{bookmark_name(name)}"'
    spans = zip(starts, [*starts[1:], end_of_all], strict=True)
    span = next(((start, end) for start, end in spans if sign in whole[start:end]), None)
    if span is None:
        return None
    body = _plain_citations(whole[span[0] : span[1]])
    head = whole[: whole.index(">", whole.index("<w:body")) + 1]
    text = f"{head}{body}{whole[end_of_all:]}"
    twin = _twin(text, name)
    first = document.twin[: document.twin.index(twin)].count("\n")
    count = twin.count("\n")
    trace = tuple(
        row._replace(line=row.line - first) for row in document.trace if first < row.line <= first + count
    )
    parts = {_DOCUMENT: text.encode(), COMMENTS: _comments(document.package.parts[COMMENTS].decode(), body)}
    open_paths = dict.fromkeys(row.path for row in trace if row.path in document.undecided)
    return replace(
        document,
        title=title,
        package=document.package.with_parts(parts),
        twin=twin,
        trace=trace,
        undecided=tuple(open_paths),
        _stamped={},
    )


def _plain_citations(body: str) -> str:
    inside = set(_BOOKMARK.findall(body))
    return _FIELD.sub(lambda found: found.group(0) if found.group(1) in inside else found.group(2), body)


def _comments(part: str, body: str) -> bytes:
    used = set(_USED.findall(body))
    return _COMMENT.sub(lambda found: found.group(0) if found.group(1) in used else "", part).encode()


def _twin(text: str, name: str) -> str:
    lines = lines_of(parse_xml(text.encode(), name))
    return "".join(line.text.replace("\n", "↵") + "\n" for line in lines)
