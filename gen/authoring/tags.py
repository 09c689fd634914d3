"""The tags of a template's text, each parsed by itself, so that one wrong tag hides no other.

Hands out `Tag`, `Call`, `Guard`, `Placed`, `Balance`, `tags_of`, `placed`, `calls_in`, `dotted`.
Leans on Jinja's parser and on the names of the calls that `clauses` defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from gen.clauses import CALLS

__all__ = [
    "TAG",
    "Balance",
    "Call",
    "Guard",
    "Placed",
    "Tag",
    "TagFault",
    "calls_in",
    "dotted",
    "placed",
    "tags_of",
]

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STEER = re.compile(r"\{%[-+]?(p|tr|tc|r)?\s+?(\S+?)\b(.*?)\s*[-+]?%\}\Z", re.DOTALL)
_LOOSE = re.compile(r"\{%[-+]?\s*(\S*)")
_LIFTED = re.compile(r"\A\{\{(?:p|tr|tc|r)\s")
_DEEPEST = 60
_QUOTES = str.maketrans("“”‘’", "\"\"''")  # docxtpl sets them straight inside tags as well
_OPENERS = {"if": "endif", "for": "endfor"}
_CLOSERS = {close: opener for opener, close in _OPENERS.items()}
_BRANCHES = ("elif", "else")
_FORBIDDEN = ("set", "filter", "macro", "call", "block", "extends", "import", "from", "raw", "do", "with",
              "autoescape", "trans", "colspan", "cellbg", "vm", "hm", "hm2")  # fmt: skip
_FILTERS = ("length", "count", "first", "last")
_TESTS = ("defined", "undefined", "none", "string", "number")
_ENVIRONMENT = Environment()  # parses only; nothing is ever rendered with it


@dataclass(frozen=True)
class Tag:
    """One tag.

    Attributes:
        text: as typed.
        start, end: where it stands in its line.
        kind: print, steer or comment.
        lift: p, tr, tc or r where the tag takes its paragraph, row, cell or run with it.
        word: if, for, include … of a steering tag.
        node: what it says: an expression, a `For` or an `Include`; None where it says nothing.
        fault: Japanese: why it cannot be read, "" where it can.
        forbidden: whether it is a construct that the engine refuses.
    """

    text: str
    start: int
    end: int
    kind: str
    lift: str = ""
    word: str = ""
    node: nodes.Node | None = None
    fault: str = ""
    forbidden: bool = False


@dataclass(frozen=True)
class Call:
    """A call such as `ref("secrecy", ko="duty")` whose arguments are all written out."""

    name: str
    args: tuple[Any, ...]
    named: Mapping[str, Any]

    def get(self, name: str, position: int) -> Any:
        """An argument by name or position, None where it is not given."""
        return self.args[position] if position < len(self.args) else self.named.get(name)


@dataclass(frozen=True)
class Guard:
    """A condition that is open around a tag, and whether it holds there."""

    test: nodes.Expr
    holds: bool


@dataclass(frozen=True)
class Placed:
    """A tag with its line and what is open around it.

    Attributes:
        tag: the tag.
        line: index of its line.
        guards: conditions, the outermost first; those of an `elif` hold its own.
        before, after: conditions of the text directly before and after the tag.
        loops: loop variables and what they run over, the innermost last.
    """

    tag: Tag
    line: int
    guards: tuple[Guard, ...] = ()
    before: tuple[Guard, ...] = ()
    after: tuple[Guard, ...] = ()
    loops: tuple[tuple[str, nodes.Expr], ...] = ()


@dataclass(frozen=True)
class Balance:
    """The tags of a template in their order.

    Attributes:
        tags: each with what is open around it.
        starts: for each line the conditions at its beginning.
        faults: what is out of balance.
    """

    tags: tuple[Placed, ...]
    starts: tuple[tuple[Guard, ...], ...]
    faults: tuple[TagFault, ...]


@dataclass(frozen=True)
class TagFault:
    """A tag that is out of balance; `line` is the index of its line, `at` where it stands in it."""

    line: int
    message: str
    at: int = 0


def tags_of(text: str) -> tuple[Tag, ...]:
    """The tags of one line."""
    return tuple(_tag(found.group(0), found.start(), found.end()) for found in TAG.finditer(text))


def _tag(text: str, start: int, end: int) -> Tag:
    kind, lift, word, node, fault, forbidden = _read(text.translate(_QUOTES))
    return Tag(text, start, end, kind, lift, word, node, fault, forbidden)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[str, str, str, nodes.Node | None, str, bool]:
    if text.startswith("{#"):
        return "comment", "", "", None, "", False
    if text.startswith("{{"):
        if _LIFTED.match(text):
            return "print", "r", "", None, "", True
        return ("print", "", "", *_parsed(text))
    found = _STEER.match(text)
    if found is None:
        loose = _LOOSE.match(text)
        return "steer", "", loose.group(1) if loose else "", None, "タグの書き方が正しくありません。", False
    lift, word, rest = found.group(1) or "", found.group(2), found.group(3)
    if word in _FORBIDDEN:
        return "steer", lift, word, None, "", True
    if word in _CLOSERS or word == "else":
        fault = f"「{word}」の後に余分な字があります。" if rest.strip() else ""
        return "steer", lift, word, None, fault, False
    if word in ("if", "elif"):
        return ("steer", lift, word, *_parsed(f"{{{{ {rest} }}}}"))
    if word == "for":
        return ("steer", lift, word, *_parsed(f"{{% for {rest} %}}{{% endfor %}}"))
    if word == "include":
        return ("steer", lift, word, *_parsed(f"{{% include {rest} %}}"))
    return "steer", lift, word, None, f"「{word}」という命令はありません。{_nearest(word)}", False


def _nearest(word: str) -> str:
    import difflib

    known = (*_OPENERS, *_CLOSERS, *_BRANCHES, "include")
    turned = {"fi": "endif", "end": "endif", "elseif": "elif", "elsif": "elif", "rof": "endfor"}
    near = turned.get(word) or next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.5)), "")
    return f"「{near}」ではありませんか。" if near else ""


def _parsed(source: str) -> tuple[nodes.Node | None, str, bool]:
    try:
        node = _ENVIRONMENT.parse(source).body[0]
        if _depth(node) > _DEEPEST:
            return None, "タグの中の式の入れ子が深すぎます。", False
    except TemplateSyntaxError:
        return None, "タグの中の式が正しくありません。", False
    except RecursionError:
        return None, "タグの中の式の入れ子が深すぎます。", False
    except IndexError:
        return None, "タグの中が空です。", False
    said: nodes.Node = node.nodes[0] if isinstance(node, nodes.Output) else node
    if isinstance(said, nodes.TemplateData):
        return None, "タグの中が空です。", False
    return said, "", _is_forbidden(said)


def _depth(node: nodes.Node) -> int:
    """How deep an expression is nested; counted without recursion, up to where it is too deep."""
    level, depth = [node], 0
    while level and depth <= _DEEPEST:
        level = [child for one in level for child in one.iter_child_nodes()]
        depth += 1
    return depth


def _is_forbidden(node: nodes.Node) -> bool:
    """Whether the engine refuses it: what is not an expression, a recursive loop, an unsafe filter."""
    if isinstance(node, nodes.For) and node.recursive:
        return True
    if isinstance(node, nodes.Include) and not isinstance(node.template, nodes.Const):
        return True
    for part in (node, *node.find_all(nodes.Node)):
        if isinstance(part, nodes.Filter) and part.name not in _FILTERS:
            return True
        if isinstance(part, nodes.Test) and part.name not in _TESTS:
            return True
        if isinstance(part, nodes.BinExpr) and not isinstance(
            part, (nodes.And, nodes.Or, nodes.Add, nodes.Sub)
        ):
            return True
    return False


@dataclass
class _Open:
    word: str
    line: int
    text: str
    at: int = 0
    passed: list[nodes.Expr] = field(default_factory=list)
    guards: tuple[Guard, ...] = ()
    loop: tuple[tuple[str, nodes.Expr], ...] = ()
    closed: bool = False  # after `else`


def placed(lines: Iterable[str]) -> Balance:
    """Every tag of the lines in order with what is open around it, and what is out of balance."""
    out: list[Placed] = []
    starts: list[tuple[Guard, ...]] = []
    faults: list[TagFault] = []
    stack: list[_Open] = []
    for number, text in enumerate(lines):
        starts.append(_guards(stack))
        for tag in tags_of(text):
            before = _guards(stack)
            if tag.word in _BRANCHES or tag.word in _CLOSERS:
                problem = _turn(stack, tag)
                if problem:
                    faults.append(TagFault(number, problem, tag.start))
            guards = _guards(stack)
            loops = tuple(loop for one in stack for loop in one.loop)
            if tag.word in _OPENERS:
                stack.append(_opened(tag, number))
            out.append(Placed(tag, number, guards, before, _guards(stack), loops))
    faults.extend(
        TagFault(one.line, f"「{one.text}」が閉じていません（{_OPENERS[one.word]} がありません）。", one.at)
        for one in stack
    )
    return Balance(tuple(out), tuple(starts), tuple(faults))


def _guards(stack: list[_Open]) -> tuple[Guard, ...]:
    return tuple(guard for one in stack for guard in one.guards)


def _opened(tag: Tag, line: int) -> _Open:
    one = _Open(tag.word, line, tag.text, tag.start)
    if tag.word == "if" and isinstance(tag.node, nodes.Expr):
        one.passed = [tag.node]
        one.guards = (Guard(tag.node, True),)
    elif isinstance(tag.node, nodes.For):
        names = [tag.node.target.name] if isinstance(tag.node.target, nodes.Name) else []
        one.loop = (
            tuple((name, tag.node.iter) for name in names) if isinstance(tag.node.iter, nodes.Expr) else ()
        )
    return one


def _turn(stack: list[_Open], tag: Tag) -> str:
    """Go on to the next branch of the innermost `if`, or close it; what is wrong, "" if nothing."""
    wanted = "if" if tag.word in _BRANCHES else _CLOSERS[tag.word]
    looped = tag.word == "else" and bool(stack) and stack[-1].word == "for"
    if not stack or (stack[-1].word != wanted and not looped):
        return f"「{tag.text}」に対応する {wanted} がありません。"
    top = stack[-1]
    if tag.word in _CLOSERS:
        stack.pop()
        return ""
    problem = f"「{tag.text}」が else の後にあります。" if top.closed else ""
    before = tuple(Guard(test, False) for test in top.passed)
    if tag.word == "else":
        top.closed, top.guards = True, before
    elif isinstance(tag.node, nodes.Expr):
        top.guards = (*before, Guard(tag.node, True))
        top.passed.append(tag.node)
    return problem


def calls_in(node: nodes.Node | None) -> Iterator[Call]:
    """The calls of `clauses` and `has` in an expression, those whose arguments are written out."""
    if node is None:
        return
    found = [node] if isinstance(node, nodes.Call) else []
    for call in (*found, *node.find_all(nodes.Call)):
        if isinstance(call.node, nodes.Name) and (call.node.name in CALLS or call.node.name == "has"):
            try:
                args = tuple(arg.as_const() for arg in call.args)
                named = {one.key: one.value.as_const() for one in call.kwargs}
            except nodes.Impossible:
                continue
            yield Call(call.node.name, args, named)


def dotted(node: nodes.Node) -> str:
    """k.title of an attribute chain; "" where it is none."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = dotted(node.node)
        return f"{before}.{node.attr}" if before else ""
    return ""
