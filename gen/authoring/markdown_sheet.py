"""A Markdown template as lint reads it: each line as typed, with its role and its bare words.

Hands out `markdown_sheet` and `faults_of`. What is wrong with the form is asked of the engine
itself, again and again without the lines that it has refused, so that all of it is told at
once. Leans on `word`, `sheet`, `tags`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.authoring.sheet import MARKDOWN, Line, Sheet
from gen.authoring.tags import TAG, tags_of
from gen.catalog import Manifest
from gen.clauses import Wording
from gen.word.markdown_limits import check_limits
from gen.word.markdown_parse import parse
from gen.word.markdown_template import markdown_text
from gen.word.markdown_tree import MarkdownError

__all__ = ["faults_of", "markdown_sheet"]

_FRONT = re.compile(r"[a-z]+\s*:\s*")
_PREFIX = re.compile(r"(?:\s*>)*\s*(?:#{1,6}\s*|[-*+]\s+|\d{1,9}\.\s+)?(?:\[[ xX]\]\s*)?")
_FENCE = re.compile(r"(?:> ?)*```[A-Za-z]*")
_DELIMITER = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"`+[^`]*`+")
_STRESS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|\[[ xX]\]")
_DROPPED = "{# #}"  # a line that holds only a comment is no line
_AT_ONCE = 50
_LETTERS = 2_000_000  # read again and again; so large a template is not read to its last fault
_OPENING = re.compile(r"\{%\s*(?:if|for)\b")
_TURNING = re.compile(r"\{%\s*(?:elif|else|end(?:if|for))\b")
_CLOSING = re.compile(r"\{%\s*end(?:if|for)\b")


def markdown_sheet(data: bytes, name: str, file: str, manifest: Manifest | None = None) -> Sheet:
    """Read a Markdown template.

    Args:
        data: the file.
        name: of the template.
        file: for messages.
        manifest: of the template.

    Raises:
        MarkdownError: it is not in UTF-8, or beyond what a paper needs.
    """
    text = _unified(markdown_text(data, file))
    check_limits(text.split("\n"), file)
    return Sheet(name, file, tuple(_lines(text)), manifest, form=MARKDOWN)


def _unified(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str) -> Iterator[Line]:
    front = fence = False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if number == 1 and bare == "---":
            front = True
        elif front:
            front = bare != "---"
            if front and bare and not bare.startswith("#"):
                yield Line(number, "front", line, said=_FRONT.sub("", bare, count=1))
        elif _FENCE.fullmatch(bare):
            fence = not fence
        elif bare:
            yield _code(number, line) if fence else _line(number, line, bare)


def _code(number: int, line: str) -> Line:
    return Line(number, "code", line)


def _line(number: int, line: str, bare: str) -> Line:
    rest = TAG.sub("", bare).strip(" >")
    if not rest:
        prints = any(tag.kind == "print" for tag in tags_of(bare))
        return Line(number, "body" if prints else "steer", line)
    if bare.startswith("|"):
        cells = tuple(_words(cell) for cell in _BAR.split(bare)[1:-1])
        said = "\u3000".join(cells)
        return Line(number, "steer" if _DELIMITER.fullmatch(bare) else "row", line, cells=cells, said=said)
    if re.fullmatch(r"\{[^{}%]*\}|-{3}\w*-{3}|([-*_])(?: *\1){2,}", rest):
        return Line(number, "directive", line)
    role = {"#": "heading", ">": "note"}.get(bare[0], "item" if re.match(r"[-*+] |\d+\. ", bare) else "body")
    return Line(number, role, line, said=_words(bare))


def _words(text: str) -> str:
    """What a line says, its tags in their places, without the signs of Markdown."""
    kept = [found.group(0) for found in TAG.finditer(text)]
    text = TAG.sub("\ufdd2", text)
    text = _CODE.sub("◆", _PREFIX.sub("", text, count=1))
    text = _STRESS.sub("", re.sub(r" *\\\\ *", "\u3000", text)).replace("\\|", "|").strip()
    return re.sub("\ufdd2", lambda _: kept.pop(0) if kept else "", text)


# -- what the engine refuses --------------------------------------------------------------


def faults_of(sheet: Sheet, data: bytes) -> tuple[MarkdownError, ...]:
    """All that the engine refuses in a template, each with its line.

    Args:
        sheet: of the template.
        data: its file.
    """
    lines = _unified(markdown_text(data, sheet.file)).split("\n")
    out: list[MarkdownError] = []
    read = 0
    while len(out) < _AT_ONCE and read < _LETTERS:
        text = "\n".join(lines)
        read += len(text)
        error = _refusal(text, sheet.file)
        line = error.place.line if error is not None and error.place is not None else None
        if error is None or line is None:
            break
        out.append(error)
        gone = _with_partners(lines, line - 1)
        if _FENCE.fullmatch(lines[line - 1].strip()):  # never closed: what follows is its content
            gone |= {at for at in range(line, len(lines)) if not _TURNING.match(lines[at].strip())}
        if error.rule == "front-matter" or all(lines[at].strip() == _DROPPED for at in gone):
            break  # what follows cannot be read without it
        for at in gone:
            lines[at] = _DROPPED
        if error.rule == "table-cells":
            _drop_headless(lines, line - 1, text.split("\n"))
    return tuple(out)


def _refusal(text: str, file: str) -> MarkdownError | None:
    try:
        parse(text, file, Wording(), {})
    except MarkdownError as error:
        return error
    except RecursionError:
        return None  # the compiler tells it
    return None


def _with_partners(lines: list[str], at: int) -> set[int]:
    """A line, and those that hold the other ends of its tags."""
    groups: list[set[int]] = []
    found = {at}
    for number, line in enumerate(lines):
        for tag in TAG.finditer(line):
            if _OPENING.match(tag.group(0)):
                groups.append({number})
            elif groups and _TURNING.match(tag.group(0)):
                groups[-1].add(number)
                if _CLOSING.match(tag.group(0)) and at in (group := groups.pop()):
                    found |= group
    return found


def _drop_headless(lines: list[str], at: int, before: list[str]) -> None:
    """Where the row of |---| is not above the line, the whole table goes: its rows are not refused one by one."""
    block = [at]
    for step in (-1, 1):
        one = at + step
        while 0 <= one < len(lines) and (
            before[one].strip().startswith("|") or TAG.match(before[one].strip())
        ):
            block.append(one)
            one += step
    if any(_DELIMITER.fullmatch(before[one].strip()) for one in block if one < at):
        return
    for one in block:
        if before[one].strip().startswith("|"):
            lines[one] = _DROPPED
