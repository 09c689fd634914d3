"""What goes wrong in a template, said in Japanese: Jinja's own words are English.

Hands out `said` (an error while filling), `said_of_syntax` (one while compiling),
`not_allowed` and `undefined_name`. Leans on Jinja's messages, which have been stable for years.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import TemplateNotFound, nodes
from jinja2.exceptions import SecurityError, UndefinedError

from gen.clauses import BadCall

__all__ = ["not_allowed", "said", "said_of_syntax", "undefined_name"]

_UNDEFINED = re.compile(r"(?:no attribute |no element )'?(.+?)'?$|^'(.+?)' is undefined")
_NO_TEST = re.compile(r"No test named '(.+?)'")
_TAGS: dict[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "import",
}
"""Nodes whose tag has another name than their class."""

_TOKENS = {
    "end of statement block": "「%}」",
    "end of print statement": "「}}」",
    "begin of statement block": "「{%」",
    "begin of print statement": "「{{」",
    "end of template": "ひな形の終わり",
    "template data / text": "タグの外の文字",
    "name": "名前",
    "string": "文字列",
    "integer": "数",
    "default": "「default」",
}
_ENDS = {"if": "endif", "for": "endfor"}


def _token(word: str) -> str:
    return _TOKENS.get(word, f"「{word}」")


def _unclosed(found: re.Match[str]) -> str:
    return f"「{found[1]}」が閉じていません。「{_ENDS.get(found[1], f'end{found[1]}')}」を書いてください。"


def _unknown_tag(found: re.Match[str]) -> str:
    tag = found[1]
    if tag in (*_ENDS.values(), "else", "elif"):
        begin = "if" if tag != "endfor" else "for"
        return f"「{tag}」に対応する「{begin}」がありません。"
    return f"「{tag}」というタグはありません。使えるタグは if、elif、else、endif、for、endfor、include です。"


_SYNTAX: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (
        r"Encountered unknown tag '(.+?)'\. You probably made a nesting mistake.* closed is '(.+?)'",
        lambda m: f"「{m[1]}」の前に、「{m[2]}」が閉じていません。「{_ENDS.get(m[2], f'end{m[2]}')}」を先に書いてください。",
    ),
    (r"Encountered unknown tag '(.+?)'", _unknown_tag),
    (r"Unexpected end of template.* closed is '(.+?)'", _unclosed),
    (r"expected token '.+?', got '='", lambda _: "等しいかどうかは「=」ではなく「==」と書きます。"),
    (
        r"expected token '\)', got '(.+?)'",
        lambda m: f"{_token(m[1])}の前で、括弧「)」又はタグ「}}}}」が閉じていません。",
    ),
    (r"expected token '(.+?)', got '(.+?)'", lambda m: f"{_token(m[2])}の所には{_token(m[1])}が要ります。"),
    (r"unexpected '(.+?)', expected '(.+?)'", lambda m: f"「{m[1]}」の前に「{m[2]}」が要ります。"),
    (r"unexpected char '(.+?)'", lambda m: f"「{m[1]}」という文字はタグの中に書けません（全角の記号など）。"),
    (r"Expected an expression, got '(.+?)'", lambda m: f"{_token(m[1])}の前に、値又は名前がありません。"),
    (r"unexpected '(.+?)'", lambda m: f"「{m[1]}」をここに書くことはできません。タグが閉じているか確かめてください。"),
    (r"No filter named '(.+?)'", lambda m: f"フィルター「{m[1]}」は使えません。"),
    (r"No test named '(.+?)'", lambda m: f"「is {m[1]}」は使えません。"),
    (r"Missing end of comment tag", lambda _: "注釈「{#」が「#}」で閉じていません。"),
    (r"tag name expected", lambda _: "「{%」の後に、if などのタグの名前がありません。"),
)  # fmt: skip


def said_of_syntax(message: str) -> str:
    """Why a template does not compile; a message that is Japanese already stays as it is."""
    for pattern, words in _SYNTAX:
        if found := re.match(pattern, message, re.DOTALL):
            return words(found)
    return "タグの書き方に誤りがあります。" if message.isascii() else message


def not_allowed(node: nodes.Node) -> str:
    """A way of writing that Jinja knows and a template must not use."""
    if isinstance(node, nodes.Getattr):
        return f"「{node.attr}」のように「_」で始まる名前は、ひな形では使えません。"
    word = _TAGS.get(type(node), type(node).__name__.lower())
    return f"この書き方（{word}）はひな形では使えません。"


def undefined_name(error: Exception) -> str:
    """The name that a template asks for and that does not exist, "" where that is not the matter."""
    found = _UNDEFINED.search(str(error)) if isinstance(error, UndefinedError) else None
    return (found[1] or found[2]) if found else ""


def said(error: Exception, name: str = "") -> str:
    """What went wrong while filling.

    Args:
        error: the exception.
        name: the name that does not exist, as the template writes it.
    """
    if isinstance(error, BadCall):
        return str(error)
    if isinstance(error, UndefinedError):
        return f"「{name}」という名前はありません。" if name else "ない名前が使われています。"
    if isinstance(error, RecursionError):
        return "取り込みが循環しています（ひな形が自分自身を取り込んでいます）。"
    if isinstance(error, SecurityError):
        return "許されていない操作です。" if str(error).isascii() else f"許されていない操作です（{error}）。"
    if isinstance(error, TemplateNotFound):
        return f"取り込むひな形「{error}」がありません。"
    if found := _NO_TEST.match(str(error)):
        return f"「is {found[1]}」は使えません。"
    if isinstance(error, TypeError) and "not supported between" in str(error):
        return "文字と数のように、大小を比べられない値を比べています。"
    return "この式の値を扱えません。"
