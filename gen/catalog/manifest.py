"""A template's manifest: what it is, when it belongs, and on what law it rests.

Hands out `Manifest` and `read_manifest`. Manifests may come from a city's own folder, so
every field is checked. Leans on `profile` for the YAML reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gen.errors import Place, UserError
from gen.profile import utf8_text, yaml_error

__all__ = ["KINDS", "Basis", "Confirm", "Manifest", "Source", "read_manifest"]

KINDS = ("contract", "clause", "attachment", "form", "paper", "procedure", "plan")
_KNOWN = ("title", "kind", "subject", "when", "basis", "sources", "attachments", "confirm", "note")
_CERTAINTIES = ("A", "B", "C")


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
        basis: law or paper that it rests on.
        sources: what was read for it.
        attachments: templates that go with it, in their order.
        confirm: what counsel or the city must confirm, as rows of the 確認票.
    """

    name: str
    title: str
    kind: str
    subject: str = ""
    when: Mapping[str, Any] = field(default_factory=dict)
    basis: tuple[Basis, ...] = ()
    sources: tuple[Source, ...] = ()
    attachments: tuple[str, ...] = ()
    confirm: tuple[Confirm, ...] = ()


def read_manifest(data: bytes, name: str, file: str) -> Manifest:
    """Read a manifest.

    Args:
        data: the YAML.
        name: family and name of the template.
        file: for messages.

    Raises:
        UserError: it does not have the form.
    """
    content = _load(data, file)
    unknown = [key for key in content if key not in _KNOWN]
    if unknown:
        raise _wrong(file, f"知らない項目「{'」「'.join(unknown)}」があります。")
    kind = content.get("kind", "clause" if name.startswith("clauses/") else "")
    if kind not in KINDS:
        raise _wrong(file, f"kind「{kind}」は使えません。{'、'.join(KINDS)} のどれかにしてください。")
    when = content.get("when") or {}
    _check_when(when, file)
    attachments = content.get("attachments") or []
    if not isinstance(attachments, list):
        raise _wrong(file, "attachments は「- 名前」の並びで書いてください。")
    return Manifest(
        name=name,
        title=_text(content.get("title"), file, "title"),
        kind=kind,
        subject=str(content.get("subject") or ""),
        when=when,
        basis=tuple(_basis(row, file) for row in _rows(content, "basis", file)),
        sources=tuple(
            Source(_text(row.get("title"), file, "sources"), str(row.get("url") or ""))
            for row in _rows(content, "sources", file)
        ),
        attachments=tuple(_text(one, file, "attachments") for one in attachments),
        confirm=tuple(_confirm(row, file) for row in _rows(content, "confirm", file)),
    )


def _check_when(when: Any, file: str) -> None:
    """A condition asks facts by name for a value or a list of values; `any` holds conditions."""
    if not isinstance(when, dict):
        raise _wrong(file, "when は「事実: 値」の形で書いてください。")
    for fact, wanted in when.items():
        if fact == "any":
            if not isinstance(wanted, list):
                raise _wrong(file, "when の any は「- {事実: 値}」の並びで書いてください。")
            for one in wanted:
                _check_when(one, file)
        elif isinstance(wanted, dict) or (
            isinstance(wanted, list) and any(isinstance(one, dict | list) for one in wanted)
        ):
            raise _wrong(file, f"when の「{fact}」には、値又は値の並びを書いてください。")


def _load(data: bytes, file: str) -> dict[str, Any]:
    import yaml

    if len(data) > 256 * 1024:
        raise _wrong(file, "大きすぎます（上限256KB）。")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = utf8_text(file, data)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=loader)):
            raise _wrong(file, "YAML の別名（*）は使えません。")
        content = yaml.load(text, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise yaml_error(file, data, error) from error
    if not isinstance(content, dict):
        raise _wrong(file, "「項目: 値」の形で書いてください。")
    return content


def _rows(content: Mapping[str, Any], key: str, file: str) -> Sequence[Mapping[str, Any]]:
    rows = content.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(file, f"{key} は「- {{項目: 値}}」の並びで書いてください。")
    return rows


def _basis(row: Mapping[str, Any], file: str) -> Basis:
    certainty = str(row.get("certainty", "C"))
    if certainty not in _CERTAINTIES:
        raise _wrong(file, f"certainty「{certainty}」は A、B、C のどれかにしてください。")
    return Basis(
        law=_text(row.get("law"), file, "basis の law"),
        article=str(row.get("article") or ""),
        url=str(row.get("url") or ""),
        certainty=certainty,
        note=str(row.get("note") or ""),
    )


def _confirm(row: Mapping[str, Any], file: str) -> Confirm:
    texts = {name: str(row.get(name) or "") for name in ("id", "item", "reason", "who")}
    when = row.get("when") or {}
    _check_when(when, file)
    return Confirm(**texts, when=when)


def _text(value: Any, file: str, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(file, f"{key} がありません。")
    return value


def _wrong(file: str, message: str) -> UserError:
    return UserError(
        f"ひな形の説明ファイルが正しくありません。{message}",
        place=Place(file),
        hint="docs/templates.md の「The manifest」の例に合わせてください。",
    )
