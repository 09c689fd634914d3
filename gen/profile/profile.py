"""The whole profile of one city, and what loading it gives.

Hands out `Profile`, `Loaded`, `FieldChange` and `changes`. Leans on the models and on
`facts`, which flattens them and names their fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gen.errors import Place
from gen.profile.facts_class import facts
from gen.profile.model import City, Cloud, Person, Role, Rules, System, Vendor
from gen.profile.model_contracts import Contract
from gen.profile.model_plans import Backup, Budget, Confirmation, Migration, Waiver
from gen.profile.undecided import Undecided
from gen.report import Report

__all__ = ["FieldChange", "Loaded", "Profile", "changes"]


@facts
class Profile:
    """The validated facts of one city. Where a fact stands is no part of it: see `place`."""

    city: City
    people: Mapping[str, Person] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    rules: Rules
    vendors: Mapping[str, Vendor] = field(default_factory=dict)
    cloud: Cloud
    systems: Mapping[str, System] = field(default_factory=dict)
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    migration: Migration
    backup: Backup
    budget: Budget
    confirmations: tuple[Confirmation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    def place(self, path: str) -> Place:
        """Where the field stands, or the nearest mapping around it when it is not written."""
        from gen.profile.facts import nearest_place

        return nearest_place(self.places, path)

    def label(self, path: str) -> str:
        """The Japanese name of a field, such as 契約 ops の契約金額（総額）."""
        from gen.profile.facts import label_of

        return label_of(path)

    def short_label(self, path: str) -> str:
        """The name as a contract prints it of itself: 契約金額（総額）, without the key of any row."""
        from gen.profile.facts import label_of

        return label_of(path, keys=False)

    def flat(self) -> dict[str, object]:
        """Every fact by its dotted path, in the order of the schema; what is absent is left out."""
        from gen.profile.facts import flatten

        return flatten(self)

    def undecided(self) -> tuple[Undecided, ...]:
        """Every fact that is 未定, written so or left out where a document needs it."""
        return tuple(value for value in self.flat().values() if isinstance(value, Undecided))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the facts: comments, key order and ways of writing change nothing."""
        from gen.profile.facts import digest_of

        return digest_of(self)


@dataclass(frozen=True)
class Loaded:
    """What came of loading: a profile when nothing is wrong with it, and all findings.

    Attributes:
        profile: the facts, None when the report holds errors.
        report: every finding, each with its place.
        files: the bytes that were read, by name.
    """

    profile: Profile | None
    report: Report
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class FieldChange:
    """One fact that differs, in printable Japanese; an absent side is （記載なし）."""

    path: str
    label: str
    old: str
    new: str


def changes(old: Profile, new: Profile) -> list[FieldChange]:
    """Every fact that differs between two profiles, in the order of the schema."""
    from gen.profile.facts import changed_fields

    return [FieldChange(*row) for row in changed_fields(old, new)]
