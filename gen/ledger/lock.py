"""`kian.lock`: which document stands in which state, and what it was made from.

Hands out `Lock`, `LockEntry`, `State` and `Life`; fields of a later Kian are kept as they are.
Leans on `errors`, `japanese` and the ledger's `paths`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import NoReturn, TypeAlias, TypeVar

from gen.errors import Place, UserError
from gen.japanese import to_wareki
from gen.ledger.paths import checked

__all__ = ["LOCK_NAME", "JsonValue", "Life", "Lock", "LockEntry", "State"]

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

LOCK_NAME = "kian.lock"
_FORMAT = 1
_FOLDER = "documents/"
_TEXTS = ("template", "template_digest", "profile_digest", "fingerprint", "text")
_FIELDS = (*_TEXTS, "state", "life", "version", "made_on", "files")
_DIGITS = 15
_HALF = re.compile("[\ud800-\udfff]")
_RESTORE = "git log -- kian.lock で前の内容を探し、git restore --source=コミット kian.lock で戻してください。"


class State(StrEnum):
    """Who wrote the text of a document last."""

    GENERATED = "generated"
    EDITED = "edited"


class Life(StrEnum):
    """案 → 決裁 → 締結 → 終了."""

    DRAFT = "draft"
    APPROVED = "approved"
    CONCLUDED = "concluded"
    ENDED = "ended"


_Kind = TypeVar("_Kind", State, Life)


@dataclass(frozen=True, slots=True)
class LockEntry:
    """One document: what it was made from, its digests, 版, 作成日, state and life.

    Attributes:
        text: SHA-256 of the twin.
        files: its files in the workspace, relative, with "/".
        extra: all other fields, kept as they were read.
    """

    template: str
    template_digest: str
    profile_digest: str
    fingerprint: str
    text: str
    version: int
    made_on: date
    files: tuple[str, ...]
    state: State = State.GENERATED
    life: Life = Life.DRAFT
    extra: Mapping[str, JsonValue] = field(default_factory=dict)

    def to_json(self) -> dict[str, JsonValue]:
        """The entry as it stands in the file."""
        return {
            **self.extra,
            "template": self.template,
            "template_digest": self.template_digest,
            "profile_digest": self.profile_digest,
            "fingerprint": self.fingerprint,
            "text": self.text,
            "version": self.version,
            "made_on": self.made_on.isoformat(),
            "files": list(self.files),
            "state": self.state.value,
            "life": self.life.value,
        }


@dataclass(frozen=True, slots=True)
class Lock:
    """The documents of a workspace by id."""

    documents: Mapping[str, LockEntry] = field(default_factory=dict)
    extra: Mapping[str, JsonValue] = field(default_factory=dict)

    @classmethod
    def parse(cls, data: bytes, file: str = LOCK_NAME) -> Lock:
        """Read the file's bytes; a damaged one is a `UserError` that says where."""
        top = _object(_decode(data, file), file, "")
        version = top.pop("format", None)
        if isinstance(version, int) and version > _FORMAT:
            raise UserError(
                f"{file} は新しい Kian で書かれています（形式{version}、この Kian は形式{_FORMAT}まで）。",
                place=Place(file),
                hint="Kian を新しくしてください。",
            )
        if version != _FORMAT or isinstance(version, bool):
            _damaged(file, f"「format」が{_FORMAT}ではありません。")
        documents = _object(top.pop("documents", None), file, "documents")
        entries = {key: _entry(value, file, key) for key, value in documents.items()}
        _refuse_shared(entries, file)
        return cls(entries, top)

    def to_bytes(self) -> bytes:
        """The file's bytes: sorted keys, so that git shows only what changed."""
        content: dict[str, JsonValue] = {
            **self.extra,
            "format": _FORMAT,
            "documents": {key: entry.to_json() for key, entry in self.documents.items()},
        }
        text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
        return f"{text}\n".encode()

    def with_entries(self, entries: Mapping[str, LockEntry]) -> Lock:
        """A lock in which these documents stand so."""
        return Lock({**self.documents, **entries}, self.extra)

    def without(self, document: str) -> Lock:
        """A lock that does not know the document."""
        return Lock({key: entry for key, entry in self.documents.items() if key != document}, self.extra)

    @property
    def files(self) -> dict[str, str]:
        """Every recorded file, and the document that it belongs to."""
        return {path: key for key, entry in sorted(self.documents.items()) for path in entry.files}


def _damaged(file: str, what: str, line: int | None = None, column: int | None = None) -> NoReturn:
    raise UserError(f"{file} が壊れています。{what}", place=Place(file, line, column), hint=_RESTORE)


def _decode(data: bytes, file: str) -> JsonValue:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _damaged(file, "UTF-8 ではない文字があります。", data.count(b"\n", 0, error.start) + 1)
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            _damaged(file, "gitの統合で解決していない箇所（<<<<<<<、>>>>>>>）があります。", number)
    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=lambda pairs: _unique(pairs, file),
            parse_int=lambda digits: _whole(digits, file),
            parse_float=lambda digits: _broken(digits, file),
            parse_constant=lambda c: _damaged(file, c),
        )
    except json.JSONDecodeError as error:
        _damaged(file, "JSONとして読めません。", error.lineno, error.colno)
    except (RecursionError, ValueError):
        _damaged(file, "JSONとして読めません。入れ子が深すぎるか、数が長すぎます。")
    if "\\u" in text and _HALF.search(json.dumps(value, ensure_ascii=False)):
        _damaged(file, "文字の片割れ（\\ud800 など）があります。")
    return value


def _whole(digits: str, file: str) -> int:
    """A number that can be counted on from, and written again."""
    return int(digits) if len(digits) <= _DIGITS else _damaged(file, f"数が長すぎます（{len(digits)}桁）。")


def _broken(digits: str, file: str) -> float:
    """A number with a fraction, of a later Kian; infinite where it has too large an exponent."""
    value = float(digits)
    return value if isfinite(value) else _damaged(file, f"数「{digits[:_DIGITS]}」が大きすぎます。")


def _unique(pairs: list[tuple[str, JsonValue]], file: str) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in found:
            _damaged(file, f"「{key}」が2回あります。")
        found[key] = value
    return found


def _object(value: JsonValue, file: str, at: str) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        _damaged(file, f"「{at or '全体'}」が {{…}} の形ではありません。")
    return dict(value)


def _entry(value: JsonValue, file: str, key: str) -> LockEntry:
    fields = _object(value, file, f"documents.{key}")
    at = f"documents.{key}"
    texts = {name: _text(fields.get(name), file, f"{at}.{name}") for name in _TEXTS}
    version = fields.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        _damaged(file, f"「{at}.version」が1以上の整数ではありません。")
    return LockEntry(
        **texts,
        version=version,
        made_on=_date(fields.get("made_on"), file, f"{at}.made_on"),
        files=_files(fields.get("files"), file, f"{at}.files"),
        state=_choice(State, fields.get("state"), file, f"{at}.state"),
        life=_choice(Life, fields.get("life"), file, f"{at}.life"),
        extra={name: other for name, other in fields.items() if name not in _FIELDS},
    )


def _text(value: JsonValue, file: str, at: str) -> str:
    return value if isinstance(value, str) else _damaged(file, f"「{at}」が文字列ではありません。")


def _date(value: JsonValue, file: str, at: str) -> date:
    text = _text(value, file, at)
    try:
        day = date.fromisoformat(text)
        to_wareki(day)
    except ValueError:
        _damaged(file, f"「{at}」の「{text}」は日付（例 2026-04-01）ではありません。")
    return day


def _files(value: JsonValue, file: str, at: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        _damaged(file, f"「{at}」が […] の形ではありません。")
    paths = tuple(checked(_text(path, file, at)) for path in value)
    for path in paths:
        if not path.startswith(_FOLDER):
            _damaged(file, f"「{at}」の「{path}」が {_FOLDER} の下にありません。")
    return paths


def _refuse_shared(entries: Mapping[str, LockEntry], file: str) -> None:
    """A file belongs to one document; else one paper would be taken for another."""
    owners: dict[str, str] = {}
    for key, entry in entries.items():
        for path in entry.files:
            other = owners.setdefault(path.casefold(), key)
            if other != key:
                _damaged(file, f"「{path}」が「{other}」と「{key}」の両方のファイルになっています。")


def _choice(kind: type[_Kind], value: JsonValue, file: str, at: str) -> _Kind:
    try:
        return kind(_text(value, file, at))
    except ValueError:
        names = "、".join(kind)
        _damaged(file, f"「{at}」の「{value}」は {names} のどれでもありません。")
