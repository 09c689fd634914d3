"""The text of a Markdown template before it is parsed: front matter, tags, and special lines.

Hands out `read_source`, which gives each line with its Jinja tags as opaque marks that
Markdown cannot touch, and `Source`. Leans on `markdown_tree`, `clauses`.

A mark is a noncharacter, a number, a noncharacter: refused in templates and values alike,
so that nothing can be mistaken for one. They never leave the parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gen.clauses import CALLS, SIGNS
from gen.word.markdown_limits import check_limits
from gen.word.markdown_tree import PAPERS, MarkdownError, PageSetting, TableSetting, Tag, problem

__all__ = [
    "BAR",
    "BREAK",
    "MARK",
    "SPACES",
    "FrontMatter",
    "Source",
    "read_source",
    "special",
    "table_setting",
]

MARK = re.compile("\ufdda(\\d+)\ufddb")
SPACES = {"\u3000": "\ufde0", "\u00a0": "\ufde1"}  # Markdown strips lines, and Python's strip takes these too
BREAK, BAR = "\ufde2", "\ufde3"

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_FRONT = re.compile(r"([a-z]+)\s*:\s*(.*?)\s*")
_FRONT_KEYS = ("title", "paper", "orientation", "handling")
_ORIENTATIONS = {"portrait": False, "landscape": True}
_CALL = re.compile(rf"\b({'|'.join(CALLS)})\s*\(")
_TERM = re.compile(r"\{\{\s*([^\s{}().\x00-\x7f]+)\s*\}\}")
_INCLUDE = re.compile(r"""\{%\s*include\s+["']([^"'#]+\.md)["']\s*%\}""")
_STRINGS = re.compile(r""""[^"]*"|'[^']*'""")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_KINDS = {
    "if": "open", "for": "open", "elif": "middle", "else": "middle", "endif": "close", "endfor": "close",
    "include": "include",
}  # fmt: skip
_OPTION = re.compile(r"([a-z]+)=([0-9A-Za-z,.]+)")


@dataclass(frozen=True)
class FrontMatter:
    """What stands between the two `---` at the top.

    Attributes:
        title: text with tags, "" where none is to be printed.
        handling: the handling class, with tags.
        page: paper and orientation.
        lines: the line of each key.
    """

    title: str = ""
    handling: str = ""
    page: PageSetting = field(default_factory=PageSetting)
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Source:
    """A template with marks in the place of its tags.

    Attributes:
        file: its name, for messages.
        raw: its lines as typed.
        front: its front matter.
        first: number of the first line after the front matter.
        lines: the lines after the front matter, marked.
        tags: what the marks stand for.
        terms: words such as 甲 and what stands for them.
    """

    file: str
    raw: Sequence[str]
    front: FrontMatter = field(default_factory=FrontMatter)
    first: int = 1
    lines: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    terms: Mapping[str, str] = field(default_factory=dict)

    def wrong(
        self, message: str, line: int, hint: str = "", *, rule: str = "", what: str = ""
    ) -> MarkdownError:
        """The error of a line; `rule` and `what` as for `problem`."""
        text = self.raw[line - 1] if 0 < line <= len(self.raw) else ""
        return problem(message, self.file, line, text, hint, rule=rule, what=what)

    def marked(self, text: str, line: int) -> str:
        """A line with its tags as marks, comments taken out."""
        out = _TAG.sub(lambda found: self._mark(found.group(0), line), text)
        if found := _LOOSE.search(out):
            raise self.wrong(
                f"タグの始まりと終わりが合いません（{found.group(0)}）。",
                line,
                "タグは1行の中に書いてください。",
                rule="tag-broken",
                what=found.group(0),
            )
        return out

    def _mark(self, source: str, line: int) -> str:
        if source.startswith("{#"):
            return ""
        if (found := _TERM.fullmatch(source)) and found.group(1) in self.terms:
            return self.terms[found.group(1)]
        self.tags.append(self._tag(source, line))
        return f"\ufdda{len(self.tags) - 1}\ufddb"

    def _tag(self, source: str, line: int) -> Tag:
        inside = source[2:-2]
        if inside.startswith("-") or inside.endswith("-"):
            raise self._forbidden(
                "空白を取るタグ（{%- と -%}）は使えません。", line, source, "「-」を消してください。"
            )
        if found := _CALL.search(_STRINGS.sub("", inside)):
            raise self._forbidden(
                f"番号や引用（{found.group(1)}）は、Markdownのひな形では使えません。", line, source
            )
        if source.startswith("{{"):
            return Tag("print", "", source, line)
        word = (inside.split() or [""])[0]
        if word not in _KINDS:
            raise self._forbidden(f"この書き方（{word}）はひな形では使えません。", line, source)
        if word == "include" and not _INCLUDE.fullmatch(source):
            raise self._forbidden(
                "取り込めるのはMarkdownのひな形だけです。",
                line,
                source,
                '{% include "clauses/名前.md" %} の形で書いてください。',
            )
        return Tag(_KINDS[word], word, source, line)

    def _forbidden(self, message: str, line: int, source: str, hint: str = "") -> MarkdownError:
        return self.wrong(message, line, hint, rule="tag-forbidden", what=source)


def read_source(text: str, file: str, terms: Mapping[str, str]) -> Source:
    """Read a template: its front matter, and its lines with marks.

    Raises:
        MarkdownError: with the line that is wrong.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    raw = text.split("\n")
    check_limits(raw, file)
    source = Source(file, raw, terms=terms)
    for number, line in enumerate(raw, 1):
        if found := SIGNS.search(line) or _CONTROL.search(line):
            raise source.wrong(
                "使えない制御用の文字が入っています。",
                number,
                "その文字を消してください。",
                rule="character-forbidden",
                what=found.group(0),
            )
    if raw[0].rstrip() == "---":
        source.front, source.first = _front_matter(source)
    source.lines = [
        source.marked(line, number) for number, line in enumerate(raw, 1) if number >= source.first
    ]
    return source


def include_of(tag: Tag) -> str:
    """The name that an include tag asks for."""
    found = _INCLUDE.fullmatch(tag.source)
    assert found is not None
    return found.group(1)


def _front_matter(source: Source) -> tuple[FrontMatter, int]:
    given: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(source.raw[1:], 2):
        if line.rstrip() == "---":
            return _front(source, given, lines), number + 1
        found = _FRONT.fullmatch(line)
        if not line.strip() or line.startswith("#"):
            continue
        if not found or found.group(1) not in _FRONT_KEYS or found.group(1) in given:
            raise source.wrong(
                "ひな形の初めの設定が読めません。",
                number,
                f"使える項目は {'、'.join(_FRONT_KEYS)} です。各1回だけ書けます。",
                rule="front-matter",
            )
        given[found.group(1)] = _unquoted(found.group(2))
        lines[found.group(1)] = number
    raise source.wrong("ひな形の初めの設定が「---」で閉じていません。", 1, rule="front-matter")


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _front(source: Source, given: Mapping[str, str], lines: Mapping[str, int]) -> FrontMatter:
    page = {key: given[key] for key in ("paper", "orientation") if key in given}
    line = lines.get("paper", lines.get("orientation", 1))
    setting = _page(source, page, line, PageSetting(), "front-matter")
    return FrontMatter(given.get("title", ""), given.get("handling", ""), setting, lines)


def _page(source: Source, given: Mapping[str, str], line: int, home: PageSetting, rule: str) -> PageSetting:
    paper = given.get("paper", home.paper)
    orientation = given.get("orientation", "landscape" if home.landscape else "portrait")
    if paper not in PAPERS or orientation not in _ORIENTATIONS:
        raise source.wrong(
            "用紙の設定が読めません。",
            line,
            "paper は A4 か A3、orientation は portrait（縦）か landscape（横）です。",
            rule=rule,
        )
    return PageSetting(paper, _ORIENTATIONS[orientation])


def special(source: Source, text: str, line: int) -> PageSetting | TableSetting | str | None:
    """What a line in braces asks for: a section, the look of a table, "pagebreak", "section" or nothing."""
    if text in ("{pagebreak}", "---pagebreak---"):
        return "pagebreak"
    if text == "{section}":
        return "section"
    if not (text.startswith("{") and text.endswith("}")):
        return None
    inner = text[1:-1].removeprefix("section ")
    pairs = [_OPTION.fullmatch(one) for one in inner.split()]
    if not all(pairs) or not pairs:
        return None
    options = {one.group(1): one.group(2) for one in pairs if one}
    if text.startswith("{section "):
        if set(options) - {"paper", "orientation"}:
            raise source.wrong(
                "用紙の設定が読めません。",
                line,
                "{section paper=A3 orientation=landscape} の形で書いてください。",
                rule="directive-wrong",
            )
        return _page(source, options, line, source.front.page, "directive-wrong")
    return table_setting(source, options, line)


def table_setting(source: Source, options: Mapping[str, str], line: int) -> TableSetting:
    """The setting of a table.

    Raises:
        MarkdownError: an option that does not exist, or a number that is none.
    """
    try:
        widths = tuple(float(one) for one in options["widths"].split(",")) if "widths" in options else ()
        heads, height = int(options.get("head", "1")), int(options.get("height", "0"))
        sound = not set(options) - {"widths", "head", "grid", "side", "height"}
    except ValueError:
        widths, heads, height, sound = (), 0, 0, False
    if not sound or any(width <= 0 for width in widths) or not 0 <= height <= 200:
        raise source.wrong(
            "表の設定が読めません。",
            line,
            "{widths=10,30,60 head=1} のように書いてください。ほかに grid=0、side=1、height=10 があります。",
            rule="directive-wrong",
        )
    return TableSetting(widths, heads, options.get("grid") != "0", options.get("side") == "1", height)
