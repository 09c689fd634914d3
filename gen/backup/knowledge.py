"""What is known of backup beyond a city's facts: tiers, standard levels, decisions, duties.

Hands out `Tier`, `tier_of` and the rows of the data files. Rows of certainty C are defaults
that a city must confirm. Leans on the YAML files in `data/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from gen.backup.arithmetic import Generations
from gen.profile import System, Undecided

__all__ = [
    "DEFAULT_RPO",
    "NFR_SOURCE",
    "Tier",
    "actions",
    "busy_months",
    "contacts",
    "data_files",
    "decisions",
    "duties",
    "standards",
    "tier_of",
    "tiers",
]

NFR_SOURCE = "地方公共団体情報システム非機能要件の標準（第1.2版、令和7年9月、デジタル庁・総務省）"
DEFAULT_RPO = "1営業日"
"""A.1.3.1 of the standard: restore from the copy of the business day before; certainty B."""
_FILES = (
    "tiers.yaml",
    "standards.yaml",
    "decisions.yaml",
    "raci.yaml",
    "contacts.yaml",
    "busy.yaml",
    "actions.yaml",
)


@dataclass(frozen=True)
class Tier:
    """A tier of recovery; `rank` 0 comes first. Figures are defaults to be confirmed.

    `rto` is the length that is aimed at, `hours` what a restore is taken to last where nothing
    better is known: the two differ where the aim counts 営業日.
    """

    id: str
    rank: int
    title: str
    what: str
    businesses: tuple[str, ...]
    rto: str
    hours: Decimal
    generations: Generations
    note: str


@cache
def data_files() -> dict[str, bytes]:
    """The data files by name, as they are shipped."""
    folder = resources.files("gen.backup").joinpath("data")
    return {name: folder.joinpath(name).read_bytes() for name in _FILES}


@cache
def _data(name: str) -> Any:
    import yaml

    return yaml.load(data_files()[name], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def _rows(name: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(_data(name))


@cache
def tiers() -> tuple[Tier, ...]:
    """The tiers, the first to recover first."""
    return tuple(
        Tier(
            row["id"],
            rank,
            row["title"],
            row["what"],
            tuple(row["businesses"]),
            row["rto"],
            Decimal(row["hours"]),
            Generations(**row["generations"]),
            row["note"],
        )
        for rank, row in enumerate(_rows("tiers.yaml"))
    )


def tier_of(system: System) -> Tier:
    """The tier of a system's business; the last one for a business that no tier names."""
    business = system.business
    found = (tier for tier in tiers() if not isinstance(business, Undecided) and business in tier.businesses)
    return next(found, tiers()[-1])


def standards() -> tuple[Mapping[str, Any], ...]:
    """Items of the standard of non-functional requirements on availability and backup."""
    return _rows("standards.yaml")


def decisions() -> tuple[Mapping[str, Any], ...]:
    """Who decides what by when; defaults."""
    return _rows("decisions.yaml")


def contacts() -> Mapping[str, Any]:
    """The roles that every plan names, and whom outside of the body to tell."""
    found: Mapping[str, Any] = _data("contacts.yaml")
    return found


def actions(stage: str) -> tuple[Mapping[str, Any], ...]:
    """What is done in a stage of an emergency: first, instead or back; defaults."""
    return tuple(_data("actions.yaml")[stage])


def busy_months() -> tuple[Mapping[str, Any], ...]:
    """The months in which no restore is tried; defaults."""
    return _rows("busy.yaml")


def duties() -> tuple[Mapping[str, Any], ...]:
    """Who does what; defaults."""
    return _rows("raci.yaml")
