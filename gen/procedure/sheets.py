"""Tables of lines for the papers of one stretch of the move, as data: what, who, how it is proved.

Hands out `Sheet`, `Line`, `sheet` and `read_sheet`. Leans on `tables`, `facts`, `steps`, `handbook`.
A sheet is a file data/sheet-NAME.yaml; what its fields mean stands at the head of data/sheet-cutover.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS
from gen.procedure.handbook import asked_facts, handbook, lead_of, wrong_lead
from gen.procedure.steps import Handbook, Lead, Source
from gen.procedure.tables import Problems, data_files, table

__all__ = ["Line", "Sheet", "read_sheet", "sheet"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
_KNOWN = frozenset(
    [
        "id",
        "text",
        "check",
        "out",
        "note",
        "roles",
        "lead",
        "share",
        "opening",
        "businesses",
        "when",
        "sources",
        "certainty",
    ]
)
_SCOPES = {"system": SYSTEM_FACTS, "city": CITY_FACTS}
_CERTAINTIES = ("A", "B", "C")


@dataclass(frozen=True)
class Line:
    """One line of a sheet.

    Attributes:
        id: unique in its sheet.
        text: what to do, look at or decide.
        check: by what one sees that it is done, or the limit that counts.
        out: what is kept as proof.
        note: what else is to be known.
        roles: who, the one in charge first.
        lead: when, counted like a step; None where it has no day of its own.
        share: its part of the hours in which the services stand still, 0 where it has none.
        opening: minutes from the opening of the counters, negative before it; None where it has no hour.
        businesses: only for these of the 20 businesses; empty for all.
        when: facts that must hold.
        sources: what was read for it.
        certainty: A, B, or C for a default of Kian's.
    """

    id: str
    text: str
    check: str = ""
    out: str = ""
    note: str = ""
    roles: tuple[str, ...] = ()
    lead: Lead | None = None
    share: int = 0
    opening: int | None = None
    businesses: tuple[str, ...] = ()
    when: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    certainty: str = "C"


@dataclass(frozen=True)
class Sheet:
    """The tables of one paper, and the steps of the move that it carries out."""

    id: str
    scope: str
    steps: tuple[str, ...]
    tables: Mapping[str, tuple[Line, ...]]


@cache
def sheet(id: str) -> Sheet:
    """A shipped sheet, read once."""
    return read_sheet(id, data_files()[f"sheet-{id}.yaml"], handbook())


def read_sheet(id: str, data: bytes, book: Handbook) -> Sheet:
    """Read and check a sheet.

    Args:
        id: its name.
        data: the YAML.
        book: the steps, roles and sources that it may name.

    Raises:
        UserError: it is wrong; all that is wrong with it is told at once.
    """
    file = f"sheet-{id}.yaml"
    content, problems = table(data, file), Problems(file)
    scope = str(content.get("scope"))
    if scope not in _SCOPES:
        problems.add("scope", "scope は system か city にしてください。")
        problems.stop()
    for one in content.get("steps") or ():
        if one not in book.steps:
            problems.add("steps", f"作業「{one}」はありません。")
        elif not set(asked_facts(book.steps[one].when)) <= set(_SCOPES[scope]):
            problems.add("steps", f"作業「{one}」の条件は、この文書では尋ねられません。")
    tables: Mapping[str, Any] = content.get("tables") or {}
    seen: set[str] = set()
    for name, rows in tables.items():
        if not _NAME.fullmatch(str(name)) or not isinstance(rows, list):
            problems.add(str(name), "表は「英小文字の名前: 行の並び」の形で書いてください。")
            continue
        for row in rows:
            where = f"{name} {row.get('id') if isinstance(row, dict) else row}"
            for message in _wrong(row, seen, book, scope):
                problems.add(where, message)
    problems.stop()
    found = {name: tuple(_line(row, book) for row in rows) for name, rows in tables.items()}
    return Sheet(id, scope, tuple(content.get("steps") or ()), found)


def _wrong(row: Any, seen: set[str], book: Handbook, scope: str) -> Iterator[str]:
    """Every problem of one line."""
    if not isinstance(row, dict):
        yield "行は「項目: 値」の形で書いてください。"
        return
    yield from (f"知らない項目「{key}」があります。" for key in row if key not in _KNOWN)
    id = str(row.get("id"))
    if not _ID.fullmatch(id) or id in seen:
        yield "id は半角の小文字、数字、「-」で、1つずつ違う名前にしてください。"
    seen.add(id)
    if not str(row.get("text") or "").strip():
        yield "text がありません。"
    for key, known in (("roles", book.roles), ("sources", book.sources)):
        yield from (f"{key}「{one}」はありません。" for one in row.get(key) or () if one not in known)
    if "lead" in row:
        yield from wrong_lead(row["lead"])
    for name in asked_facts(row.get("when") or {}):
        if name not in _SCOPES[scope]:
            yield f"条件が、ない事実「{name}」を尋ねています。"
    if row.get("certainty", "C") not in _CERTAINTIES:
        yield "certainty は A、B、C のどれかにしてください。"
    elif row.get("certainty", "C") != "C" and not row.get("sources"):
        yield "確度が A か B のときは、sources が要ります。"


def _line(row: Mapping[str, Any], book: Handbook) -> Line:
    return Line(
        **{key: str(row.get(key) or "") for key in ("id", "text", "check", "out", "note")},
        roles=tuple(row.get("roles") or ()),
        lead=lead_of(row["lead"]) if "lead" in row else None,
        share=int(row.get("share") or 0),
        opening=row.get("opening"),
        businesses=tuple(row.get("businesses") or ()),
        when=row.get("when") or {},
        sources=tuple(book.sources[key] for key in row.get("sources") or ()),
        certainty=row.get("certainty", "C"),
    )
