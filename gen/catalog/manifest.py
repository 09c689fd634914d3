"""A template's manifest: what it is, when it belongs, and on what law it rests.

Hands out `Manifest`, `read_manifest` and what their fields may say. Manifests may come from a city's own folder, so
every field is checked. Leans on `profile` for the YAML reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gen.errors import Place, UserError
from gen.profile import Tree, read_yaml

__all__ = ["FEE", "KINDS", "SUBJECTS", "Basis", "Confirm", "Manifest", "Source", "read_manifest"]

KINDS = ("contract", "clause", "attachment", "form", "paper", "procedure", "plan")
_KNOWN = (
    "title", "kind", "subject", "when", "event", "roles", "fee", "basis", "sources", "attachments", "confirm", "note", "host",
    "printed",
)  # fmt: skip
SUBJECTS = ("contracts", "systems", "city", "drafts")
"""What the documents of a template may serve: a section of the profile, the city, or other drafts."""

FEE = "委託料"
"""What a contract calls its price unless its manifest says otherwise."""

_CERTAINTIES = ("A", "B", "C")
_TRUTH = {"true": True, "false": False}

Path = tuple[str | int, ...]
"""Keys and indices from the top of a manifest to a value."""


@dataclass(frozen=True)
class Basis:
    """A law, standard or paper that a template rests on."""

    law: str
    article: str = ""
    url: str = ""
    certainty: str = "C"
    note: str = ""

    def __str__(self) -> str:
        return f"{self.law}{self.article}"


@dataclass(frozen=True)
class Source:
    """What was read for a clause."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Confirm:
    """Something that counsel or the city must confirm before the paper is final.

    Attributes:
        id: stable name, "" where the row has none.
        item, reason: Japanese; `{{甲}}` and the like stand for the city's words for the parties.
        who: counsel or city.
        when: facts that must hold for the row to matter; see `conditions`.
    """

    id: str = ""
    item: str = ""
    reason: str = ""
    who: str = ""
    when: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What a template says of itself.

    Attributes:
        name: family and name, such as `clauses/secrecy`.
        title: Japanese.
        kind: contract, clause, attachment, form, paper, procedure or plan.
        subject: section of the profile whose rows it serves, "" for one a city.
        when: facts that must hold; see `conditions`.
        event: fact of the profile that calls for a paper made in the course of a contract, such as
            `finished`; until it holds, the paper is made only when it is named. "" for the rest.
        host: `contract` for a form or paper whose text asks by `has` what its contract holds.
        roles: of a contract, what it calls its parties where the city does not say 甲乙.
        fee: of a contract, what it calls its price.
        basis: law or paper that it rests on.
        sources: what was read for it.
        attachments: templates that go with it, in their order.
        confirm: what counsel or the city must confirm, as rows of the 確認票.
        printed: what `kian print` adds that is never recorded, in Japanese; "" for a paper that has no such thing.
    """

    name: str
    title: str
    kind: str
    subject: str = ""
    when: Mapping[str, Any] = field(default_factory=dict)
    event: str = ""
    host: str = ""
    roles: tuple[str, ...] = ()
    fee: str = FEE
    basis: tuple[Basis, ...] = ()
    sources: tuple[Source, ...] = ()
    attachments: tuple[str, ...] = ()
    confirm: tuple[Confirm, ...] = ()
    printed: str = ""


def read_manifest(data: bytes, name: str, file: str) -> Manifest:
    """Read a manifest.

    Args:
        data: the YAML.
        name: family and name of the template.
        file: for messages.

    Raises:
        UserError: it does not have the form.
    """
    tree = _read(data, file)
    content = tree.value
    for key in content:
        if key not in _KNOWN:
            raise _wrong(tree.place((key,)), f"知らない項目「{key}」があります。", file)
    kind = content.get("kind", "clause" if name.startswith("clauses/") else "")
    if kind not in KINDS:
        raise _wrong(
            tree.place(("kind",)),
            f"kind「{kind}」は使えません。{'、'.join(KINDS)} のどれかにしてください。",
            file,
        )
    when = _when(content.get("when") or {}, tree, ("when",), file)
    return Manifest(
        name=name,
        title=_text(content.get("title"), tree.place(("title",)), "title", file),
        kind=kind,
        subject=_word(tree, "subject", file),
        when=when,
        event=_word(tree, "event", file),
        host=_host(tree, file),
        roles=_words(tree, "roles", file),
        fee=_word(tree, "fee", file) or FEE,
        printed=_word(tree, "printed", file),
        basis=tuple(_basis(row, place, file) for row, place in _rows(tree, "basis", file)),
        sources=tuple(
            Source(_text(row.get("title"), place, "sources", file), _plain(row, "url"))
            for row, place in _rows(tree, "sources", file)
        ),
        attachments=_words(tree, "attachments", file),
        confirm=tuple(
            _confirm(row, tree, ("confirm", at), file)
            for at, (row, _) in enumerate(_rows(tree, "confirm", file))
        ),
    )


def _when(when: Any, tree: Tree, path: Path, file: str) -> dict[str, Any]:
    """A condition: facts by name, each with a value or a list of values; `any` holds conditions."""
    if not isinstance(when, dict):
        raise _wrong(tree.place(path), "when は「事実: 値」の形で書いてください。", file)
    read: dict[str, Any] = {}
    for fact, wanted in when.items():
        here = (*path, fact)
        if fact == "any":
            if not isinstance(wanted, list):
                raise _wrong(tree.place(here), "when の any は「- {事実: 値}」の並びで書いてください。", file)
            read[fact] = [_when(one, tree, (*here, at), file) for at, one in enumerate(wanted)]
            continue
        values = wanted if isinstance(wanted, list) else [wanted]
        if not all(isinstance(one, str) for one in values):
            raise _wrong(tree.place(here), f"when の「{fact}」には、値又は値の並びを書いてください。", file)
        known = [_TRUTH.get(one, one) for one in values]
        read[fact] = known if isinstance(wanted, list) else known[0]
    return read


def _read(data: bytes, file: str) -> Tree:
    if len(data) > 256 * 1024:
        raise _wrong(None, "大きすぎます（上限256KB）。", file)
    tree, findings = read_yaml(file, data)
    if tree is None or findings:
        first = findings[0]
        raise UserError(first.message, place=first.place, hint=first.hint)
    return tree


def _rows(tree: Tree, key: str, file: str) -> list[tuple[Mapping[str, Any], Place | None]]:
    rows = tree.value.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(tree.place((key,)), f"{key} は「- {{項目: 値}}」の並びで書いてください。", file)
    return [(row, tree.place((key, at))) for at, row in enumerate(rows)]


def _basis(row: Mapping[str, Any], place: Place | None, file: str) -> Basis:
    certainty = _plain(row, "certainty") or "C"
    if certainty not in _CERTAINTIES:
        raise _wrong(place, f"certainty「{certainty[:40]}」は A、B、C のどれかにしてください。", file)
    return Basis(
        law=_text(row.get("law"), place, "basis の law", file),
        article=_plain(row, "article"),
        url=_plain(row, "url"),
        certainty=certainty,
        note=_plain(row, "note"),
    )


def _confirm(row: Mapping[str, Any], tree: Tree, path: Path, file: str) -> Confirm:
    texts = {name: _plain(row, name) for name in ("id", "item", "reason", "who")}
    return Confirm(**texts, when=_when(row.get("when") or {}, tree, (*path, "when"), file))


def _word(tree: Tree, key: str, file: str) -> str:
    value = tree.value.get(key) or ""
    return _text(value, tree.place((key,)), key, file) if value else ""


def _host(tree: Tree, file: str) -> str:
    """Only a contract holds clauses that another paper can ask for."""
    host = _word(tree, "host", file)
    if host not in ("", "contract"):
        raise _wrong(tree.place(("host",)), "host に書けるのは contract だけです。", file)
    return host


def _words(tree: Tree, key: str, file: str) -> tuple[str, ...]:
    found = tree.value.get(key) or []
    if not isinstance(found, list):
        raise _wrong(tree.place((key,)), f"{key} は「- 名前」の並びで書いてください。", file)
    return tuple(_text(one, tree.place((key, at)), key, file) for at, one in enumerate(found))


def _plain(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _text(value: Any, place: Place | None, key: str, file: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(place, f"{key} がありません。", file)
    return value


def _wrong(place: Place | None, message: str, file: str) -> UserError:
    return UserError(
        f"ひな形の説明ファイルが正しくありません。{message}",
        place=place or Place(file),
        hint="docs/templates.md の「The manifest」の例に合わせてください。",
    )
