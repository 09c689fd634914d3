"""YAML without guessing: every scalar a string, every value with its line and column.

Hands out `read_yaml`, which gives a `Tree` or findings, never an exception for what a
person may have typed. Leans on PyYAML's events and on `yaml_words` for its messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gen.errors import Place
from gen.profile.yaml_words import decode, in_japanese, mistyped
from gen.report import Finding, Severity

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_SCALARS", "Path", "Tree", "read_yaml"]

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 50
MAX_SCALARS = 200_000

Path = tuple[str | int, ...]
"""Keys and list indices from the top of the profile to a value."""

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MANY = 20
_FLATTER = "同梱のプロファイルの形に合わせてください。括弧の閉じ忘れがないかも確かめてください。"

_CONFLICT, _CONFLICT_ENDS = re.compile(r"^<{7} ", re.MULTILINE), re.compile(r"^>{7} ", re.MULTILINE)
_BOTH_CHANGED = "gitの統合で、二人が同じところを直しています（<<<<<<< から >>>>>>> まで）。"
_CHOOSE = "残すほうの行だけにし、「<<<<<<<」「=======」「>>>>>>>」の行を消してください。"


@dataclass
class Tree:
    """What one file says: dicts, lists and strings, and where each of them stands.

    Attributes:
        value: the top mapping.
        keys: the place of the key (or of the list row) that leads to each path.
        values: the place of each scalar that is not empty.
    """

    value: dict[str, Any] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place | None:
        """Where the value stands, else its key, else the nearest thing around it."""
        for length in range(len(path), 0, -1):
            found = self.values.get(path[:length]) or self.keys.get(path[:length])
            if found:
                return found
        return None


class _Stop(Exception):
    """The rest of the file cannot be read sensibly."""


def read_yaml(name: str, data: bytes) -> tuple[Tree | None, list[Finding]]:
    """Read one file of a profile.

    Args:
        name: the file's name as it shall stand in findings.
        data: its bytes.

    Returns:
        The tree (None when the file cannot be read as a whole) and all findings.
    """
    if len(data) > MAX_BYTES:
        message = f"ファイルが大きすぎます。{MAX_BYTES:,}バイトまで読めます。"
        return None, [
            _finding("yaml-size", message, Place(name, 1, 1), "profile/ フォルダに分けて書いてください。")
        ]
    text, trouble = decode(name, data)
    if text is None:
        return None, trouble
    refused = list(_refused_characters(name, text))
    if refused:
        return None, refused
    if (conflict := _CONFLICT.search(text)) and _CONFLICT_ENDS.search(text, conflict.end()):
        place = Place(name, text.count("\n", 0, conflict.start()) + 1, 1)
        return None, [_finding("yaml-conflict", _BOTH_CHANGED, place, _CHOOSE)]
    reader = _Reader(name, text)
    tree = reader.read()
    return tree, reader.findings


def _finding(rule: str, message: str, place: Place, hint: str = "") -> Finding:
    return Finding(rule, Severity.ERROR, message, place, hint=hint)


def _refused_characters(name: str, text: str) -> Iterator[Finding]:
    for count, found in enumerate(_REFUSED.finditer(text)):
        if count >= _MANY:
            return
        before = text[: found.start()]
        place = Place(name, before.count("\n") + 1, found.start() - before.rfind("\n"))
        yield _character(found.group(), place)


def _character(char: str, place: Place) -> Finding:
    message = f"使えない文字 U+{ord(char):04X} があります（制御文字など、目に見えない文字です）。"
    return _finding("yaml-character", message, place, "その文字を消してください。")


@dataclass
class _Frame:
    """An open mapping or list: its value, its path, and the key that waits for a value."""

    value: dict[str, Any] | list[Any]
    path: Path
    skip: bool = False
    key: str | None = None
    seen: dict[str, Place] = field(default_factory=dict)

    def next_path(self) -> Path:
        if isinstance(self.value, dict):
            return (*self.path, self.key or "")
        return (*self.path, len(self.value))


def _ignore(event: Any) -> None:
    """Events that say nothing: the ends of stream and document."""


class _Reader:
    """One pass over the events with a stack of our own, so that depth cannot overflow."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.findings: list[Finding] = []
        self.tree = Tree()
        self.stack: list[_Frame] = []
        self.scalars = 0
        self.documents = 0

    def read(self) -> Tree | None:
        import yaml

        handlers: dict[str, Any] = {}
        try:
            for event in yaml.parse(self.text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
                name = type(event).__name__
                handler = handlers.get(name) or handlers.setdefault(
                    name, getattr(self, f"_on_{name}", _ignore)
                )
                handler(event)
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self.findings.append(in_japanese(self.name, self.text, error))
            return None
        return self.tree

    def _complain(self, rule: str, message: str, event: Any, hint: str = "") -> None:
        self.findings.append(_finding(rule, message, self._place(event), hint))

    def _place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _on_DocumentStartEvent(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "「---」で区切られた2つ目の文書があります。1つのファイルには1つの文書だけを書けます。"
            self._complain(
                "yaml-documents", message, event, "「---」の行を消すか、ファイルを分けてください。"
            )
            raise _Stop

    def _on_AliasEvent(self, event: Any) -> None:
        message = f"別名「*{event.anchor}」は使えません。"
        self._complain("yaml-anchor", message, event, "参照せずに、値をそのまま書いてください。")
        self._put(None, event)

    def _on_MappingStartEvent(self, event: Any) -> None:
        self._open({}, event)

    def _on_SequenceStartEvent(self, event: Any) -> None:
        self._open([], event)

    def _on_MappingEndEvent(self, event: Any) -> None:
        self.stack.pop()

    def _on_SequenceEndEvent(self, event: Any) -> None:
        self.stack.pop()

    def _on_ScalarEvent(self, event: Any) -> None:
        self.scalars += 1
        if self.scalars > MAX_SCALARS:
            self._complain("yaml-size", f"項目が多すぎます。{MAX_SCALARS:,}個まで読めます。", event, _FLATTER)
            raise _Stop
        self._check_extras(event)
        bad = _REFUSED.search(event.value)
        if bad:
            self.findings.append(_character(bad.group(), self._place(event)))
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._take_key(frame, event)
        else:
            self._put(event.value, event)

    def _check_extras(self, event: Any) -> None:
        if event.anchor is not None:
            message = f"目印「&{event.anchor}」は使えません。"
            self._complain("yaml-anchor", message, event, "「&」で始まる語は「'」で囲むか、消してください。")
        if event.tag is not None:
            message = f"型の指定「{event.tag}」は使えません。"
            self._complain("yaml-tag", message, event, "「!」で始まる語は「'」で囲むか、消してください。")

    def _take_key(self, frame: _Frame, event: Any) -> None:
        key = event.value
        place = self._place(event)
        frame.key = key
        frame.skip = key in frame.seen
        if frame.skip:
            message = f"項目「{key}」が2度書かれています（1度目は{frame.seen[key].line}行目）。"
            self._complain("yaml-duplicate-key", message, event, "どちらか一方にしてください。")
        else:
            frame.seen[key] = place
            self.tree.keys.setdefault((*frame.path, key), place)

    def _open(self, value: dict[str, Any] | list[Any], event: Any) -> None:
        self._check_extras(event)
        if len(self.stack) >= MAX_DEPTH:
            self._complain("yaml-depth", f"入れ子が深すぎます。{MAX_DEPTH}段まで読めます。", event, _FLATTER)
            raise _Stop
        frame = self.stack[-1] if self.stack else None
        if frame is None and isinstance(value, dict):
            self.tree.value = value
            self.stack.append(_Frame(value, ()))
            return
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            message = "項目名のところに「{…}」や「[…]」があります。"
            self._complain("yaml-key", message, event, "波括弧や角括弧で始まる値は「'」で囲んでください。")
            raise _Stop
        path = frame.next_path() if frame else ()
        self._put(value, event)
        self.stack.append(_Frame(value, path))

    def _put(self, value: Any, event: Any) -> None:
        """Hand the value to the open mapping or list."""
        frame = self.stack[-1] if self.stack else None
        if frame is None:
            self._top_level(value, event)
            return
        path = frame.next_path()
        if isinstance(frame.value, list):
            self.tree.keys[path] = self._place(event)
            frame.value.append("" if value is None else value)
        elif not frame.skip:
            frame.value[frame.key or ""] = "" if value is None else value
        if isinstance(value, str) and value and not frame.skip:
            self.tree.values[path] = self._place(event)
        frame.key = None

    def _top_level(self, value: Any, event: Any) -> None:
        if value in ("", None):
            return
        message = "いちばん外側は「項目名: 値」の並びでなければなりません。"
        hint, place = "「city:」のように、半角のコロンと空白で項目を書いてください。", self._place(event)
        if found := mistyped(self.text.split("\n"), None):
            message += found.message
            hint, place = found.hint, Place(self.name, found.line, found.column)
        self.findings.append(_finding("yaml-top", message, place, hint))
        raise _Stop
