"""Reads the tables of steps and tells everything that is wrong with them.

Hands out `handbook` and `read_handbook`, and `asked_facts`, `lead_of`, `wrong_lead` for the sheets. Leans on `tables`, `facts`, `graph` and the types of `steps`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from gen.procedure.facts import CITY_FACTS, SYSTEM_FACTS
from gen.procedure.graph import cycle_in
from gen.procedure.steps import ANCHORS, GIVEN, Criterion, Handbook, Lead, Phase, Role, Source, Step
from gen.procedure.tables import Problems, data_files, rows_of, table

__all__ = ["asked_facts", "handbook", "lead_of", "read_handbook", "wrong_lead"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KNOWN = frozenset(
    [
        "id",
        "phase",
        "title",
        "what",
        "why",
        "roles",
        "inputs",
        "outputs",
        "lead",
        "follows",
        "when",
        "scope",
        "repeat",
        "gate",
        "sources",
        "certainty",
        "official_no",
    ]
)
_TEXTS = ("title", "what", "why")
_LISTS = ("roles", "inputs", "outputs", "follows", "sources")
_UNITS = ("months", "business_days")
_SCOPES = {"system": SYSTEM_FACTS, "city": CITY_FACTS}
_CERTAINTIES = ("A", "B", "C")
_OUTSIDE = ("vendor", "former-vendor", "operator", "carrier", "partner")
_ORIGINS = ("", "department", *_OUTSIDE)


@cache
def handbook() -> Handbook:
    """The shipped steps, read once."""
    return read_handbook(data_files())


def read_handbook(files: Mapping[str, bytes]) -> Handbook:
    """Read and check the tables.

    Args:
        files: steps.yaml, sources.yaml, roles.yaml and criteria.yaml.

    Raises:
        UserError: a table is wrong; all that is wrong with it is told at once.
    """
    sources, checked = _sources(files["sources.yaml"])
    roles = _roles(files["roles.yaml"])
    content = table(files["steps.yaml"], "steps.yaml")
    problems = Problems("steps.yaml")
    phases = tuple(
        Phase(str(row.get("id")), str(row.get("title"))) for row in rows_of(content, "phases", "steps.yaml")
    )
    rows = rows_of(content, "steps", "steps.yaml")
    ids = [str(row.get("id")) for row in rows]
    for number, row in enumerate(rows):
        for message in _wrong(row, ids, {phase.id for phase in phases}, roles, sources):
            problems.add(ids[number], message)
        if ids[number] in ids[:number]:
            problems.add(ids[number], "id が2度書かれています。")
    problems.stop()
    steps = {id: _step(row, sources) for id, row in zip(ids, rows, strict=True)}
    circle = cycle_in({id: step.follows for id, step in steps.items()})
    if circle:
        problems.add("follows", f"作業の順序が循環しています：{' → '.join(circle)}")
    problems.stop()
    return Handbook(phases, steps, roles, sources, _criteria(files["criteria.yaml"], steps, roles), checked)


# -- what is wrong -------------------------------------------------------------------------


def _wrong(
    row: Mapping[str, Any],
    ids: list[str],
    phases: set[str],
    roles: Mapping[str, Role],
    sources: Mapping[str, Source],
) -> Iterator[str]:
    """Every problem of one step."""
    yield from (f"知らない項目「{key}」があります。" for key in row if key not in _KNOWN)
    if not _ID.fullmatch(str(row.get("id"))):
        yield "id は半角の小文字、数字、「-」で書いてください。"
    lists = [key for key in _LISTS if not _is_texts(row.get(key))]
    if lists:
        yield f"{'、'.join(lists)} は文字の並びで書いてください。"
        return
    yield from (f"{key} がありません。" for key in _TEXTS if not str(row.get(key) or "").strip())
    yield from (f"{key} がありません。" for key in ("roles", "outputs") if not row.get(key))
    if row.get("phase") not in phases:
        yield f"段階「{row.get('phase')}」はありません。"
    for key, known in (("roles", roles), ("follows", ids), ("sources", sources)):
        yield from (f"{key}「{one}」はありません。" for one in row.get(key) or () if one not in known)
    yield from wrong_lead(row.get("lead"))
    yield from _wrong_condition(row)
    yield from _wrong_certainty(row)


def _is_texts(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def wrong_lead(lead: Any) -> Iterator[str]:
    """What is wrong with a window as the tables write it, in Japanese."""
    if not isinstance(lead, dict):
        yield "lead がありません。"
        return
    if "every" in lead:
        if set(lead) != {"every"} or not isinstance(lead["every"], str):
            yield "lead の every は、ほかの項目と一緒に書けません。"
        return
    unit = next((unit for unit in _UNITS if unit in lead), "")
    if lead.get("from") not in ANCHORS or not unit or set(lead) - {"from", "since", "given", unit}:
        yield f"lead は from（{'、'.join(ANCHORS)}）と、months か business_days で書いてください。"
        return
    if lead.get("since", next(iter(ANCHORS))) not in {*ANCHORS, *GIVEN}:
        yield f"lead の since は {'、'.join([*ANCHORS, *GIVEN])} のどれかにしてください。"
    if lead.get("given", next(iter(GIVEN))) not in GIVEN:
        yield f"lead の given は {'、'.join(GIVEN)} のどれかにしてください。"
    window = lead[unit]
    if (
        not isinstance(window, list)
        or len(window) != 2
        or not all(isinstance(one, int) and not isinstance(one, bool) for one in window)
    ):
        yield f"lead の {unit} は [始め, 終わり] の整数で書いてください。"
    elif window[0] > window[1]:
        yield f"lead の {unit} の始めが終わりより後です。"


def _wrong_condition(row: Mapping[str, Any]) -> Iterator[str]:
    facts = _SCOPES.get(str(row.get("scope")))
    if facts is None:
        yield "scope は system か city にしてください。"
        return
    if not isinstance(row.get("when") or {}, dict):
        yield "when は「事実: 値」の形で書いてください。"
        return
    yield from (
        f"条件が、ない事実「{name}」を尋ねています。"
        for name in asked_facts(row.get("when") or {})
        if name not in facts
    )
    if row.get("repeat") not in (None, "rehearsals"):
        yield "repeat に書けるのは rehearsals だけです。"


def asked_facts(when: Mapping[str, Any]) -> Iterator[str]:
    """Every fact that a condition asks."""
    for name, wanted in when.items():
        if name == "any":
            for one in wanted:
                yield from asked_facts(one)
        else:
            yield name


def _wrong_certainty(row: Mapping[str, Any]) -> Iterator[str]:
    certainty = row.get("certainty")
    if not isinstance(certainty, dict) or set(certainty) != {"task", "lead"}:
        yield "certainty は {task: A, lead: C} の形で書いてください。"
        return
    if any(value not in _CERTAINTIES for value in certainty.values()):
        yield "certainty は A、B、C のどれかにしてください。"
    elif certainty["task"] != "C" and not row.get("sources"):
        yield "作業の確度が A か B のときは、sources が要ります。"


# -- building ------------------------------------------------------------------------------


def _step(row: Mapping[str, Any], sources: Mapping[str, Source]) -> Step:
    texts: dict[str, Any] = {key: str(row[key]) for key in ("id", "phase", "scope", *_TEXTS)}
    lists: dict[str, Any] = {
        key: tuple(row.get(key) or ()) for key in ("roles", "inputs", "outputs", "follows")
    }
    return Step(
        **texts,
        **lists,
        lead=lead_of(row["lead"]),
        when=row.get("when") or {},
        sources=tuple(sources[key] for key in row.get("sources") or ()),
        task=row["certainty"]["task"],
        timing=row["certainty"]["lead"],
        repeat=row.get("repeat") == "rehearsals",
        gate=row.get("gate") is True,
        official_no=str(row.get("official_no") or ""),
    )


def lead_of(lead: Mapping[str, Any]) -> Lead:
    """A window as the tables write it; `wrong_lead` has nothing against it."""
    if "every" in lead:
        return Lead(every=lead["every"])
    unit = next(unit for unit in _UNITS if unit in lead)
    start, due = lead[unit]
    return Lead(lead["from"], unit, start, due, since=lead.get("since", ""), given=lead.get("given", ""))


def _sources(data: bytes) -> tuple[dict[str, Source], str]:
    content, problems = table(data, "sources.yaml"), Problems("sources.yaml")
    rows: Mapping[str, Any] = content.get("sources") or {}
    for key, row in rows.items():
        missing = [name for name in ("title", "url", "short") if not row.get(name)]
        if missing:
            problems.add(key, f"{'、'.join(missing)} がありません。")
    problems.stop()
    found = {key: Source(key, row["title"], row["url"], row["short"]) for key, row in rows.items()}
    return found, str(content.get("checked") or "")


def _roles(data: bytes) -> dict[str, Role]:
    content, problems = table(data, "roles.yaml"), Problems("roles.yaml")
    rows: Mapping[str, Any] = content.get("roles") or {}
    for key, row in rows.items():
        if not row.get("title"):
            problems.add(key, "title がありません。")
        if row.get("from", "") not in _ORIGINS:
            problems.add(key, f"from は {'、'.join(_ORIGINS[1:])} のどれかにしてください。")
        if not row.get("keys") and not row.get("from"):
            problems.add(key, "keys か from が要ります。")
    problems.stop()
    return {
        key: Role(key, row["title"], tuple(row.get("keys") or ()), row.get("from", ""))
        for key, row in rows.items()
    }


def _criteria(data: bytes, steps: Mapping[str, Step], roles: Mapping[str, Role]) -> tuple[Criterion, ...]:
    content, problems = table(data, "criteria.yaml"), Problems("criteria.yaml")
    rows = rows_of(content, "criteria", "criteria.yaml")
    for row in rows:
        if row.get("step") not in steps:
            problems.add(str(row.get("id")), f"作業「{row.get('step')}」はありません。")
        if row.get("judge") not in roles or roles[row["judge"]].origin in _OUTSIDE:
            problems.add(str(row.get("id")), "judge は団体の側の役割にしてください。")
        for name in asked_facts(row.get("when") or {}):
            if name not in SYSTEM_FACTS:
                problems.add(str(row.get("id")), f"条件が、ない事実「{name}」を尋ねています。")
    problems.stop()
    return tuple(
        Criterion(row["id"], row["text"], row["evidence"], row["step"], row["judge"], row.get("when") or {})
        for row in rows
    )
