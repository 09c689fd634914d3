"""Marks around every printed value: the proof that it reached the text, and its trace.

Hands out `Value` (text that knows its profile field), `Term` (the city's word for a
party), `Recorder` and the Jinja extension that marks each `{{ expression }}`.
Leans on `clauses` (tokens) and `unknown`.

A mark is U+FDD0 number U+FDD1 text U+FDD2; it is read back from the parsed document and
taken out of the bytes before anything is written.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token as LexToken
from jinja2.lexer import TokenStream
from jinja2.runtime import Context, Undefined
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from gen.clauses import SIGNS, BadCall, Token
from gen.word.figure import Figure, drawing_xml, figure_text
from gen.word.package import NOT_XML
from gen.word.unknown import BLANK, Choices, Unknown

__all__ = ["MARK", "Expression", "Mark", "MarkExpressions", "Recorder", "Term", "Value", "strip_marks"]

_OPEN, _MIDDLE, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
MARK = re.compile(f"{_OPEN}(\\d+){_MIDDLE}([^{_OPEN}{_MIDDLE}{_CLOSE}]*){_CLOSE}")
_UNPRINTABLE = re.compile(f"{SIGNS.pattern}|{NOT_XML.pattern}|\r")  # XML makes a newline of \r
_CARE = re.compile(f"[&<>'\"\n\t]|{_UNPRINTABLE.pattern}")  # by far most values hold none of these
_NONE: tuple[str, ...] = ()
_MAX_VALUE = 1_000_000  # letters
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)  # of text that is safe as it is
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


class Value(str):
    """Text as it is printed, that knows the profile field it came from.

    Attributes:
        path: field of the profile, such as `contracts.ops.amount.total`; "" where computed.
        undecided: fields that are 未定 and stand inside it as 〇〇〇〇.
    """

    __slots__ = ("path", "undecided")
    path: str
    undecided: tuple[str, ...]

    def __new__(cls, text: str, path: str = "", undecided: tuple[str, ...] = ()) -> Value:
        """Make a value; see the class."""
        self = super().__new__(cls, text)
        self.path = path
        self.undecided = undecided
        return self


class Term(Markup):
    """A word of the city's style, such as 甲 or 本市: printed, not marked."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A `{{ … }}` of a template: its text, the template and the line (paragraph) it stands in."""

    text: str
    template: str
    line: int


class Mark(NamedTuple):
    """One printed value: which expression of the recorder printed it, from which field, as which text.

    `undecided` names the fields that are 未定 in it.
    """

    expression: str
    path: str
    text: str
    undecided: tuple[str, ...] = ()


def strip_marks(text: str) -> str:
    """The text without the edges of its marks."""
    first, *rest = text.split(_OPEN)  # plain splitting: three times as fast as a pattern
    return first + "".join(part.partition(_MIDDLE)[2] for part in rest).replace(_CLOSE, "")


class Recorder:
    """What one rendering printed and what went wrong in it."""

    def __init__(self) -> None:
        self.expressions: dict[str, Expression] = {}
        self.marks: list[Mark] = []
        self.faults: list[tuple[str, str]] = []
        self.figures: list[Figure] = []
        self.choices = Choices()
        self._html = False

    def start(self) -> None:
        """Forget the last rendering; the expressions of compiled templates stay."""
        self.marks = []
        self.faults = []
        self.figures = []
        self.choices.start()

    @contextmanager
    def for_html(self) -> Iterator[list[Mark]]:
        """Record an HTML page beside the Word file: gives its marks; those of Word stay as they are."""
        kept = self.marks, self.faults, self.figures, self.choices
        self.marks, self.faults, self.figures, self.choices = [], [], [], Choices()
        self._html = True
        try:
            yield self.marks
        finally:
            self.marks, self.faults, self.figures, self.choices = kept
            self._html = False

    def filters(self) -> dict[str, Any]:
        """The filters that compiled templates call. They take the context only so that
        Jinja does not fold them away at compile time."""

        @pass_context
        def opened(_: Context, value: Any, uid: str) -> bool:
            return self.choices.open(value, uid)

        @pass_context
        def following(_: Context, value: Any, uid: str) -> bool:
            return self.choices.next(value, uid)

        @pass_context
        def pending(_: Context, uid: str) -> bool:
            return self.choices.pending(uid)

        @pass_context
        def sign(_: Context, uid: str, block: bool | str) -> Markup:
            return self.choices.sign(uid, block)

        @pass_context
        def keep(_: Context, value: Any) -> bool:
            return self.choices.keep(value)

        @pass_context
        def rows(_: Context, several: Any) -> Iterator[Any]:
            return self.choices.rows(several)

        @pass_context
        def pick(_: Context, value: Any, yes: Any, no: Any) -> Any:
            return self._pick(value, yes, no)

        return {
            "_mark": self._mark, "_open": opened, "_next": following, "_pending": pending, "_sign": sign,
            "_keep": keep, "_rows": rows, "_pick": pick, "_concat": concat,
        }  # fmt: skip

    def _pick(self, condition: Any, yes: Any, no: Any) -> Any:
        """An `if` inside a tag: one of two, or both where the condition is undecided."""
        if not isinstance(condition, Unknown):
            return yes if condition else no
        undecided = (condition._path, *_undecided(yes), *_undecided(no))
        if isinstance(yes, Token) or isinstance(no, Token):  # numbers come later, and are not marked
            self.choices.kept.extend((path, condition._label) for path in undecided)
            words = (one if isinstance(one, Token) else escape(str(one)) for one in (yes, no))
            return Token("【選択：{}　{}／{}】").format(condition._label, *words)
        if len(str(yes)) + len(str(no)) > _MAX_VALUE:
            raise BadCall("選択肢の文字が長すぎます。")
        return Value(f"【選択：{condition._label}　{yes}／{no}】", "", undecided)

    @pass_context
    def _mark(self, _: Context, value: Any, expression: str) -> Markup:
        kind = value.__class__
        if kind is Token:
            return value  # type: ignore[no-any-return]
        if kind is Term:
            return escape(str(value))
        if kind is Figure:
            return self._mark_figure(value, expression)
        path, undecided = "", _NONE
        if kind is Unknown:
            text, path = BLANK, value._path
            undecided = (path,)
        elif kind is Value:
            text, path, undecided = str(value), value.path, value.undecided
        elif isinstance(value, str) or (isinstance(value, int) and kind is not bool):
            text = str(value)
        else:
            text = ""
            self.faults.append((expression, _said(value)))
        number = len(self.marks)
        if not _CARE.search(text) and not (self._html and undecided):
            self.marks.append(Mark(expression, path, text, undecided))
            return _markup(f"{_OPEN}{number}{_MIDDLE}{text}{_CLOSE}")
        if found := _UNPRINTABLE.search(text):
            sign = f"U+{ord(found.group(0)):04X}"
            self.faults.append((expression, f"文書に書けない制御用の文字（{sign}）が入っています。"))
            text = _UNPRINTABLE.sub("", text)
        self.marks.append(Mark(expression, path, text, undecided))
        inner = str(escape(text))
        if self._html:
            inner = inner.replace("\n", "<br/>")
            inner = f'<span class="undecided">{inner}</span>' if undecided else inner
        elif "\n" in inner or "\t" in inner:
            for sign, element in _BREAKS.items():
                inner = inner.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
        return Markup(f"{_OPEN}{number}{_MIDDLE}{inner}{_CLOSE}")

    def _mark_figure(self, figure: Figure, expression: str) -> Markup:
        self.figures.append(figure)
        number = len(self.marks)
        self.marks.append(Mark(expression, "", figure_text(figure)))
        if self._html:
            inner = figure.inline_svg()
        else:
            drawing = drawing_xml(figure, len(self.figures))
            inner = f'</w:t>{drawing}<w:t xml:space="preserve">'
        return Markup(f"{_OPEN}{number}{_MIDDLE}{inner}{_CLOSE}")


def _said(value: Any) -> str:
    if isinstance(value, Undefined):
        return f"「{value._undefined_name}」という名前はありません。"
    return f"印字できない値です（{_kind(value)}）。"


def concat(*values: Any) -> Value:
    """Texts joined by `~`; what is undecided in them stays known.

    Raises:
        BadCall: one is a number of an article, a citation, or nothing to print.
    """
    for value in values:
        if isinstance(value, Undefined):
            str(value)  # raises, and names it
        if isinstance(value, Token):
            raise BadCall("条の番号や引用は「~」でつなげられません。別の {{ … }} に分けてください。")
        if not isinstance(value, (str, int, Unknown)) or isinstance(value, bool):
            raise BadCall(f"「~」でつなげられない値です（{_kind(value)}）。")
    if sum(len(value) for value in values if isinstance(value, str)) > _MAX_VALUE:
        raise BadCall("「~」でつなげた文字が長すぎます。")
    undecided = itertools.chain.from_iterable(map(_undecided, values))
    return Value("".join(map(str, values)), "", tuple(dict.fromkeys(undecided)))


def _undecided(value: Any) -> tuple[str, ...]:
    if isinstance(value, Unknown):
        return (value._path,)
    return value.undecided if isinstance(value, Value) else _NONE


def _kind(value: Any) -> str:
    if value is None:
        return "値なし"
    if isinstance(value, bool):
        return "真偽値"
    return "表や一覧" if isinstance(value, (list, tuple, dict)) else "書式を決めていない値"


class MarkExpressions(Extension):
    """Turns `{{ expression }}` into `{{ (expression)|_mark(key) }}` and remembers the expression.

    The key is the template's name and a number in it, so that a template compiles to the same code
    whatever was compiled before it.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[LexToken]:
        """Rewrite the tokens of one template."""
        recorder: Recorder = self.environment.recorder  # type: ignore[attr-defined]
        words: list[str] | None = None
        count = itertools.count(1)
        for token in stream:
            if token.type == "variable_begin":
                words = []
                yield token
                yield LexToken(token.lineno, "lparen", "(")
            elif token.type == "variable_end":
                name, key = stream.name or "", f"{stream.name or ''}:{next(count)}"
                recorder.expressions[key] = Expression(" ".join(words or ()), name, token.lineno)
                yield LexToken(token.lineno, "rparen", ")")
                yield LexToken(token.lineno, "pipe", "|")
                yield LexToken(token.lineno, "name", "_mark")
                yield LexToken(token.lineno, "lparen", "(")
                yield LexToken(token.lineno, "string", key)
                yield LexToken(token.lineno, "rparen", ")")
                yield token
                words = None
            else:
                if token.type == "name" and token.value == "_mark":
                    raise TemplateSyntaxError("「_mark」はひな形では使えません。", token.lineno, stream.name)
                if words is not None:
                    words.append(f'"{token.value}"' if token.type == "string" else str(token.value))
                yield token
