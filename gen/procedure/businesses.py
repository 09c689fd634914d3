"""What the 20 standardised businesses are like: 個人番号, certificates, links, clouds.

Hands out `Business`, `business_of` and `is_gov_cloud`. Leans on `tables` (businesses.yaml).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from gen.procedure.tables import Problems, data_files, table
from gen.profile import STANDARD_BUSINESSES

__all__ = ["Business", "business_of", "is_gov_cloud", "read_businesses"]

_FILE = "businesses.yaml"
_ANSWERS = {"はい": True, "いいえ": False, "要確認": None, True: True, False: False}
_FLAGS = ("my_number", "certificates", "online", "addresses")


@dataclass(frozen=True)
class Business:
    """One of the 20 businesses. A flag that is None must be asked of the city.

    Attributes:
        my_number: it handles 個人番号.
        certificates: it issues certificates.
        online: it receives applications online.
        addresses: it holds codes of places.
        links: outside systems it is usually linked with.
        certainty: how well this row is backed; C is a default that nobody confirmed.
        source: key of the source, "" where none.
    """

    name: str
    my_number: bool | None
    certificates: bool | None
    online: bool | None
    addresses: bool | None
    links: tuple[str, ...]
    certainty: str
    source: str


@cache
def _all() -> tuple[dict[str, Business], frozenset[str]]:
    return read_businesses(data_files()[_FILE])


def read_businesses(data: bytes) -> tuple[dict[str, Business], frozenset[str]]:
    """The businesses by name, and the names of the clouds of ガバメントクラウド.

    Raises:
        UserError: the table is wrong.
    """
    content, problems = table(data, _FILE), Problems(_FILE)
    rows: dict[str, Any] = content.get("businesses") or {}
    for name in sorted(set(rows) ^ set(STANDARD_BUSINESSES)):
        problems.add(name, "標準化対象の20業務と合いません。")
    for name, row in rows.items():
        wrong = [flag for flag in _FLAGS if row.get(flag) not in _ANSWERS]
        if wrong:
            problems.add(name, f"{'、'.join(wrong)} は はい、いいえ、要確認 のどれかにしてください。")
        if row.get("certainty") not in ("A", "B", "C"):
            problems.add(name, "certainty は A、B、C のどれかにしてください。")
        elif row["certainty"] != "C" and not row.get("source"):
            problems.add(name, "A か B のときは source が要ります。")
    problems.stop()
    clouds = frozenset(_folded(name) for name in (content.get("clouds") or {}).get("gov") or ())
    return {name: _business(name, row) for name, row in rows.items()}, clouds


def _business(name: str, row: dict[str, Any]) -> Business:
    flags = {flag: _ANSWERS[row[flag]] for flag in _FLAGS}
    links = tuple(row.get("links") or ())
    return Business(name, **flags, links=links, certainty=row["certainty"], source=row.get("source") or "")


def business_of(name: object) -> Business | None:
    """The business of this name; None where it is none of the 20, or 未定."""
    return _all()[0].get(name) if isinstance(name, str) else None


def is_gov_cloud(name: str) -> bool:
    """Whether a cloud of this name is one of ガバメントクラウド."""
    return _folded(name) in _all()[1]


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
