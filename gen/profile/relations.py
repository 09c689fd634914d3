"""How parts of a profile must fit each other, beyond what one field can tell.

Hands out `relations`: cycles of systems, parties of a contract, members of a 共同企業体,
clouds that nobody named, keys that differ only in width or case. Sums are not weighed here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from gen.profile.messages import nearest
from gen.profile.reader import Path

__all__ = ["Trouble", "relations"]

Trouble = tuple[str, Path, str, str]
"""Rule id, path, message, hint."""


def relations(document: Mapping[str, Any]) -> Iterator[Trouble]:
    """Everything that does not fit; the document may hold other errors already reported."""
    yield from _cycles(_table(document, "systems"))
    for key, contract in _table(document, "contracts").items():
        yield from _parties(("contracts", key), contract)
        yield from _years(("contracts", key, "yearly"), contract)
    for key, vendor in _table(document, "vendors").items():
        yield from _members(("vendors", key), vendor)
    yield from _clouds(document)
    for name in ("people", "roles", "vendors", "systems", "contracts"):
        yield from _twin_keys(name, _table(document, name))


def _table(document: Mapping[str, Any], name: str) -> dict[str, dict[str, Any]]:
    found = document.get(name)
    rows = found.items() if isinstance(found, Mapping) else ()
    return {key: row for key, row in rows if isinstance(row, dict)}


def _rows(row: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = row.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _cycles(systems: Mapping[str, Mapping[str, Any]]) -> Iterator[Trouble]:
    """Each cycle once, named from its first system; our own stack, for chains of any length."""
    done: set[str] = set()
    for start in systems:
        trail: list[str] = []
        stack = [iter([start])] if start not in done else []
        while stack:
            key = next(stack[-1], None)
            if key is None:
                stack.pop()
                done.update(trail[-1:])
                trail = trail[:-1]
            elif key in trail:
                circle = [*trail[trail.index(key) :], key]
                message = f"システムの依存が循環しています：{' → '.join(circle)}"
                yield (
                    "profile-cycle",
                    ("systems", circle[-2], "depends_on"),
                    message,
                    "先に動くシステムの側の行を消してください。",
                )
            elif key in systems and key not in done:
                trail.append(key)
                stack.append(iter(_needs(systems[key])))


def _needs(system: Mapping[str, Any]) -> list[str]:
    found = system.get("depends_on")
    return [key for key in found if isinstance(key, str)] if isinstance(found, list) else []


def _parties(path: Path, contract: Mapping[str, Any]) -> Iterator[Trouble]:
    parties = _rows(contract, "parties")
    if not parties:
        return
    inner = (*path, "parties")
    if "vendor" in contract:
        yield (
            "profile-parties",
            (*path, "vendor"),
            "相手方（vendor）と当事者（parties）の両方が書かれています。",
            "三者以上なら当事者だけを書いてください。",
        )
    if sum(party.get("city") is True for party in parties) != 1:
        yield (
            "profile-parties",
            inner,
            "当事者のうち、この団体（city: はい）が1つになっていません。",
            "この団体の行に「city: はい」を書いてください。",
        )
    for number, party in enumerate(parties):
        if (party.get("city") is True) == ("vendor" in party):
            yield (
                "profile-parties",
                (*inner, number),
                "当事者の行には、相手方（vendor）か「city: はい」のどちらか一方を書きます。",
                "",
            )
    roles = [party.get("role") for party in parties]
    for number, role in enumerate(roles):
        if role in roles[:number]:
            yield (
                "profile-parties",
                (*inner, number, "role"),
                f"立場「{role}」が2度書かれています。",
                "当事者ごとに違う呼び方にしてください。",
            )


def _years(path: Path, contract: Mapping[str, Any]) -> Iterator[Trouble]:
    years = [row.get("year") for row in _rows(contract, "yearly")]
    for number, year in enumerate(years):
        if isinstance(year, int) and year in years[:number]:
            yield (
                "profile-yearly",
                (*path, number, "year"),
                f"{year}年度の年割額が2度書かれています。",
                "1行にまとめてください。",
            )


def _members(path: Path, vendor: Mapping[str, Any]) -> Iterator[Trouble]:
    members = _rows(vendor, "members")
    kind = vendor.get("kind")
    if kind == "共同企業体" and not members:
        yield (
            "profile-members",
            (*path, "kind"),
            "共同企業体に構成員（members）がありません。",
            "代表者を含む全員を書いてください。",
        )
    if not members:
        return
    if isinstance(kind, str) and kind != "共同企業体":
        yield (
            "profile-members",
            (*path, "kind"),
            f"種別「{kind}」の相手方に構成員（members）があります。",
            "種別を「共同企業体」にしてください。",
        )
    if sum(member.get("lead") is True for member in members) != 1:
        yield (
            "profile-members",
            (*path, "members"),
            "共同企業体の代表者（lead: はい）が1者になっていません。",
            "代表者の行だけに「lead: はい」を書いてください。",
        )
    for number, member in enumerate(members):
        if "vendor" not in member and "name" not in member:
            yield (
                "profile-members",
                (*path, "members", number),
                "構成員の行に、相手方（vendor）も名称（name）もありません。",
                "どちらかを書いてください。",
            )


def _clouds(document: Mapping[str, Any]) -> Iterator[Trouble]:
    cloud = document.get("cloud")
    cloud = cloud if isinstance(cloud, Mapping) else {}
    names = [name for row in _rows(cloud, "csps") if isinstance(name := row.get("name"), str)]
    if not names:
        return
    places: list[tuple[Path, Any]] = [
        (("systems", key, "csp"), row.get("csp")) for key, row in _table(document, "systems").items()
    ]
    places += [
        (("cloud", "accounts", n, "csp"), row.get("csp")) for n, row in enumerate(_rows(cloud, "accounts"))
    ]
    for path, name in places:
        if isinstance(name, str) and name not in names:
            close = nearest(name, names)
            hint = (
                f"「{close}」ではありませんか。" if close else f"cloudのcsps に「{name}」を加えてください。"
            )
            yield (
                "profile-reference",
                path,
                f"クラウド「{name}」は、クラウド利用（cloud.csps）にありません。",
                hint,
            )


def _twin_keys(name: str, table: Mapping[str, Any]) -> Iterator[Trouble]:
    """Keys become file names, and Windows does not tell upper from lower case."""
    seen: dict[str, str] = {}
    for key in table:
        folded = unicodedata.normalize("NFKC", key).casefold()
        if folded in seen:
            message = f"鍵「{key}」は「{seen[folded]}」と、大文字・小文字や全角・半角だけが違います。"
            yield "profile-key", (name, key), message, "はっきり違う鍵にしてください。"
        seen.setdefault(folded, key)
