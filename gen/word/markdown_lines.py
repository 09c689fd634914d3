"""The lines of a Markdown template made ready for python-markdown.

Hands out `arrange` and `LEVELS`, how deep lists may be. A tag alone on its line is put where Markdown keeps it: as an item of
its list, as a row of its table, or as a paragraph between blocks. Lines that Markdown
would misread without a word (a cell too many, an item moved by two spaces) are refused.
Leans on `markdown_source`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gen.word.markdown_source import BAR, BREAK, MARK, SPACES, Source, special
from gen.word.markdown_tree import PageSetting, TableSetting

__all__ = ["LEVELS", "SPECIAL", "Arranged", "arrange"]

SPECIAL = re.compile("\ufde4(\\d+)\ufde5")
_PREFIX = re.compile(r"((?: {0,3}> ?)*)( *)(.*)", re.DOTALL)
_ITEM = re.compile(r"([-*+]|\d{1,9}\.)(?:[ \ufde0]+|$)")
_DELIMITER = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_FENCE = re.compile(r"```[A-Za-z]*")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *")
_HEADING = re.compile(r"(#{1,})(.*)")
_CODE = re.compile(r"(`+)(?:(?!\1).)+?\1(?!`)")
_BREAK = re.compile(r"(?:[ ]*\\\\[ ]*)")
_INDENT = 4
LEVELS = 3
_BLOCKS = ("steer", "special", "include", "fence", "heading")


@dataclass
class _Line:
    number: int
    quote: str
    indent: int
    text: str
    kind: str
    level: str = ""  # of a steering line: block, list, row
    like: str = ""  # bullet of the list that it steers


@dataclass(frozen=True)
class Arranged:
    """Lines for python-markdown, and what the special marks in them stand for."""

    lines: list[str]
    specials: list[PageSetting | TableSetting | str | list[str]]
    special_lines: list[int]


def arrange(source: Source) -> Arranged:
    """Put every line into a form that Markdown reads as it is meant.

    Raises:
        MarkdownError: with the line that is wrong.
    """
    arranged = Arranged([], [], [])
    lines = list(_classified(source, arranged))
    _check_rows(source, lines)
    _set_levels(source, lines)
    _write(lines, arranged)
    return arranged


# -- what each line is ------------------------------------------------------------------


def _classified(source: Source, arranged: Arranged) -> Iterator[_Line]:
    fence: list[str] | None = None
    opened = 0
    for number, text in enumerate(source.lines, source.first):
        found = _PREFIX.fullmatch(text)
        assert found is not None
        quote, indent, rest = found.group(1), len(found.group(2)), found.group(3).rstrip(" ")
        if fence is not None:
            if rest == "```":
                yield _special(arranged, fence, _Line(opened, quote, indent, "", "fence"))
                fence = None
            else:
                fence.append(text.removeprefix(quote)[_fence_indent(source, opened) :])
        elif _FENCE.fullmatch(rest):
            fence, opened = [], number
        else:
            hard = "  " if found.group(3).endswith("  ") and rest else ""
            line = _line(source, arranged, _Line(number, quote, indent, rest + hard, "text"))
            if line is not None:
                yield line
    if fence is not None:
        raise source.wrong("「```」が閉じていません。", opened, rule="code-unclosed")


def _fence_indent(source: Source, line: int) -> int:
    found = _PREFIX.fullmatch(source.lines[line - source.first])
    return len(found.group(2)) if found else 0


def _line(source: Source, arranged: Arranged, line: _Line) -> _Line | None:
    text = line.text.strip()
    if not text:
        line.kind, line.text = "blank", ""
        return None if source.raw[line.number - 1].strip(" >") else line  # a comment alone is no line at all
    marks = MARK.sub("", text).strip()
    tags = [source.tags[int(number)] for number in MARK.findall(text)]
    asked = special(source, text, line.number)
    if asked is not None:
        return _special(arranged, asked, line)
    if not marks and tags and all(tag.steers for tag in tags):
        line.kind = "steer"
    elif any(tag.kind == "include" for tag in tags):
        if marks or len(tags) > 1:
            raise source.wrong(
                "取り込み（include）は、それだけで1行にしてください。", line.number, rule="tag-splits-block"
            )
        line.kind = "include"
    elif _ITEM.match(text) and not _RULE.fullmatch(text):
        line.kind = "item"
        if line.indent % _INDENT or line.indent >= _INDENT * LEVELS:
            raise source.wrong(
                f"箇条書きの字下げが{line.indent}文字です。",
                line.number,
                "入れ子にする項目は、1段につき半角の空白4つで下げてください（3段まで）。",
                rule="item-indent",
            )
    elif text.startswith("|"):
        line.kind = "delimiter" if _DELIMITER.fullmatch(text) else "row"
    elif _RULE.fullmatch(text):
        line.kind = "special"
        return _special(arranged, "rule", line)
    elif found := _HEADING.match(text):
        line.kind = "heading"
        line.text = _heading(source, line, *found.groups())
    if line.kind not in ("row", "delimiter", "steer"):
        line.text = _prepared(line.text)
    return line


def _special(arranged: Arranged, asked: PageSetting | TableSetting | str | list[str], line: _Line) -> _Line:
    arranged.specials.append(asked)
    arranged.special_lines.append(line.number)
    line.kind, line.text = "special", f"\ufde4{len(arranged.specials) - 1}\ufde5"
    return line


def _heading(source: Source, line: _Line, hashes: str, text: str) -> str:
    if len(hashes) > 4:
        raise source.wrong("見出しは #### までです。", line.number, rule="heading-level")
    if not text.strip():
        raise source.wrong("見出しの文字がありません。", line.number, rule="heading-level")
    bare = text.rstrip()
    ending = len(bare) - len(bare.rstrip("#"))
    return f"{hashes}{bare[: len(bare) - ending]}" + "\\#" * ending


def _prepared(text: str) -> str:
    r"""Breaks written `\\`, and spaces that Markdown would strip, as signs; code is left alone."""
    for space, sign in SPACES.items():
        text = text.replace(space, sign)
    out, at = [], 0
    for code in _CODE.finditer(text):
        out += [_BREAK.sub(BREAK, text[at : code.start()]), code.group(0)]
        at = code.end()
    hard = text.endswith("  ")
    return "".join([*out, _BREAK.sub(BREAK, text[at:].rstrip(" ") if hard else text[at:])]) + (
        "  " if hard else ""
    )


# -- tables -----------------------------------------------------------------------------


def _check_rows(source: Source, lines: list[_Line]) -> None:
    columns = 0
    for at, line in enumerate(lines):
        if line.kind == "row":
            cells = _cells(source, line)
            following = lines[at + 1] if at + 1 < len(lines) else None
            if following is not None and following.kind == "delimiter":
                columns = len(cells)
                line.kind = "header"
            if not columns:
                raise source.wrong(
                    "表の見出しの行と、|---|---| の行がありません。", line.number, rule="table-cells"
                )
            if len(cells) != columns:
                raise source.wrong(
                    f"表の行の列の数が合いません（{len(cells)}列、見出しは{columns}列）。",
                    line.number,
                    "セルの中の縦線は \\| と書いてください。",
                    rule="table-cells",
                )
            line.text = f"| {' | '.join(cells)} |"
        elif line.kind == "delimiter":
            if not at or lines[at - 1].kind != "header" or line.text.count("|") - 1 != columns:
                raise source.wrong(
                    "表の |---|---| の行が、見出しの行と合いません。", line.number, rule="table-cells"
                )
        elif line.kind != "steer":
            columns = 0


def _cells(source: Source, line: _Line) -> list[str]:
    text = _CODE.sub(lambda found: found.group(0).replace("\\|", BAR).replace("|", BAR), line.text.strip())
    text = text.replace("\\|", BAR)
    if len(text) < 2 or not text.endswith("|"):
        raise source.wrong("表の行は | で始め、| で終えてください。", line.number, rule="table-cells")
    cells = [_prepared(cell.strip(" ")) for cell in text[1:-1].split("|")]
    if any(cell.count("`") % 2 for cell in cells):
        raise source.wrong("セルの中の「`」が閉じていません。", line.number, rule="code-unclosed", what="`")
    return cells


# -- tags alone on their line -----------------------------------------------------------


def _set_levels(source: Source, lines: list[_Line]) -> None:
    stack: list[_Line] = []
    for at, line in enumerate(lines):
        if line.kind != "steer":
            continue
        for tag in (source.tags[int(number)] for number in MARK.findall(line.text)):
            if tag.kind == "open":
                line.level, line.like, line.indent = _level(source, lines, at, line)
                stack.append(line)
            elif not stack:
                raise source.wrong(
                    f"「{tag.source}」に合う始まりのタグがありません。",
                    line.number,
                    rule="tag-broken",
                    what=tag.source,
                )
            else:
                line.level, line.like, line.indent = stack[-1].level, stack[-1].like, stack[-1].indent
                if tag.kind == "close":
                    stack.pop()
    if stack:
        raise source.wrong("この行のタグが閉じていません。", stack[-1].number, rule="tag-broken")


def _level(source: Source, lines: list[_Line], at: int, line: _Line) -> tuple[str, str, int]:
    """Whether the tag steers items, rows or blocks: items and rows stand directly below it."""
    block = ("block", "", line.indent)
    first = next(
        (i for i in range(at + 1, len(lines)) if lines[i].kind != "steer" or _closes(source, lines[i])), None
    )
    if first is None:
        return block
    one = lines[first]
    if one.kind == "row":
        return "row", "", one.indent
    if one.kind != "item":
        return block
    for i in range(first, _end(source, lines, at)):
        other = lines[i]
        outside = other.indent <= one.indent and other.kind not in ("item", "steer", "blank")
        if outside and (other.kind != "text" or lines[i - 1].kind == "blank"):
            return block
    return "list", "-" if one.text[0] in "-*+" else "1.", one.indent


def _closes(source: Source, line: _Line) -> bool:
    first = MARK.search(line.text)
    return first is not None and source.tags[int(first.group(1))].kind != "open"


def _end(source: Source, lines: list[_Line], at: int) -> int:
    depth = 0
    for i in range(at, len(lines)):
        if lines[i].kind != "steer":
            continue
        for number in MARK.findall(lines[i].text):
            depth += {"open": 1, "close": -1}.get(source.tags[int(number)].kind, 0)
        if depth <= 0:
            return i
    return len(lines)


# -- writing ----------------------------------------------------------------------------


def _write(lines: list[_Line], arranged: Arranged) -> None:
    out = arranged.lines
    before = _Line(0, "", 0, "", "blank")
    in_list = False
    for line in lines:
        if line.kind == "blank":
            out.append(line.quote.rstrip(" "))
            before = line
            continue
        kind = {"list": "item", "row": "row"}.get(line.level, line.kind)
        if line.kind == "steer" and line.level == "list":
            text = "\n".join(" " * line.indent + f"{line.like} {mark}" for mark in _marks(line))
        elif line.kind == "steer" and line.level == "row":
            text = "\n".join(f"| {mark} |" for mark in _marks(line))
        else:
            text = " " * line.indent + line.text
        if _needs_gap(kind, before.kind, in_list) or (
            before.quote.strip() != line.quote.strip() and before.kind != "blank"
        ):
            out.append(line.quote.rstrip(" ") if before.quote.strip() == line.quote.strip() else "")
        out.extend(line.quote + one for one in text.split("\n"))
        in_list = kind == "item" or (in_list and not (line.indent == 0 and before.kind == "blank"))
        before = _Line(line.number, line.quote, line.indent, line.text, kind)


def _marks(line: _Line) -> list[str]:
    return [found.group(0) for found in MARK.finditer(line.text)]


def _needs_gap(kind: str, before: str, in_list: bool) -> bool:
    if before == "blank":
        return False
    if kind in _BLOCKS or before in _BLOCKS:
        return True
    rows = ("row", "header", "delimiter")
    if kind == "header" or ((kind in rows) != (before in rows)):
        return True
    return kind == "item" and before != "item" and not in_list
