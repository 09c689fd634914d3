"""Values of laws that somebody typed into a text, and whether they are still right on a day.

Hands out `stale_literals` and `Stale`. Leans on `values` and data/literals.yaml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from gen.law.values import LawLookupError, LawValue, look_up

__all__ = ["Stale", "stale_literals"]


@dataclass(frozen=True, slots=True)
class Stale:
    """A typed value that is not the law's on the day.

    Attributes:
        found: as typed.
        title: what it is, in Japanese.
        now: the value or name of the day; "" where nobody has confirmed it.
        basis: law and article.
    """

    found: str
    title: str
    now: str
    basis: str


@cache
def _rows() -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    import yaml

    data = resources.files("gen.law").joinpath("data/literals.yaml").read_bytes()
    content = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple((re.compile(row["pattern"]), row) for row in content["rules"])


def stale_literals(text: str, on: date, kind: str | None = None) -> Iterator[Stale]:
    """The typed values of a paragraph that are wrong on a day, or that nobody can confirm.

    Args:
        text: the paragraph; full-width digits count as half-width ones.
        on: the day whose law counts.
        kind: of the body, where a value differs by it.
    """
    plain = unicodedata.normalize("NFKC", text)
    for pattern, row in _rows():
        for found in pattern.finditer(plain):
            stale = _name(found, row, on) if "until" in row else _value(found, row, on, kind)
            if stale is not None:
                yield stale


def _name(found: re.Match[str], row: dict[str, Any], on: date) -> Stale | None:
    if on <= date.fromisoformat(row["until"]):
        return None
    return Stale(found[1], "題名又は制度の名", row["now"], row["basis"])


def _value(found: re.Match[str], row: dict[str, Any], on: date, kind: str | None) -> Stale | None:
    try:
        law = look_up(row["value"], on, kind)
    except LawLookupError:
        return None
    typed = Decimal(found[1]) * row.get("scale", 1)
    if law.is_confirmed and law.value is not None:
        right = typed <= law.value if row.get("at_most") else typed == law.value
        if right:
            return None
    return Stale(found[0], law.title, _said(law), law.basis)


def _said(law: LawValue) -> str:
    if not law.is_confirmed or law.value is None:
        return ""
    return f"{law.value:,}{law.unit}" if isinstance(law.value, int) else f"{law.value}{law.unit}"
