"""Where a cloud's region lies, and which disaster it is expected to suffer.

Hands out `Region`, `region_of`, `is_one_region` and `Where`. Leans on data/regions.yaml.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["Region", "Where", "is_one_region", "region_of"]


class Where(Enum):
    """Whether a region lies in Japan."""

    JAPAN = "日本"
    ABROAD = "国外"
    UNKNOWN = "不明"


@dataclass(frozen=True, slots=True)
class Region:
    """A region as a profile names it.

    Attributes:
        where: in Japan, abroad, or not known.
        names: all names of the region, none where it is not known.
        hazards: the disasters expected there.
    """

    where: Where
    names: frozenset[str] = frozenset()
    hazards: frozenset[str] = frozenset()


@cache
def _data() -> Mapping[str, Any]:
    import yaml

    data = resources.files("gen.rules").joinpath("data/regions.yaml").read_bytes()
    content: Mapping[str, Any] = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return content


def _folded(name: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return plain.removesuffix("リージョン")


@cache
def region_of(name: str) -> Region:
    """The region of this name, in Japanese or as a cloud's own id."""
    folded = _folded(name)
    for row in _data()["japan"]:
        if folded in row["names"]:
            return Region(Where.JAPAN, frozenset(row["names"]), frozenset(row["hazards"]))
    if any(word in folded for word in _data()["abroad"]):
        return Region(Where.ABROAD)
    return Region(Where.UNKNOWN)


def is_one_region(one: str, other: str) -> bool:
    """Whether two names, in Japanese or a cloud's own, are of one region."""
    return one == other or bool(region_of(one).names & region_of(other).names)
