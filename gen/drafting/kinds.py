"""What a template serves: the rows of the profile, their facts, and what can be printed of them.

Hands out `Kind`, `ContractKind`. A new kind of document is a new class here and nothing
else in this room. Leans on `contract`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Protocol

from gen.catalog import Fact, Manifest, Verdict
from gen.contract import contract_context, contract_facts, terms_of
from gen.profile import Profile

__all__ = ["ContractKind", "Kind"]

Excluded = Callable[[str], tuple[str, ...]]


class Kind(Protocol):
    """The rows of the profile that templates of one `subject` serve."""

    def keys(self, manifest: Manifest) -> Iterable[str]:
        """The rows that this template serves; "" for the whole city."""

    def title(self, key: str) -> str:
        """The row as a title names it."""

    def facts(self, key: str) -> Mapping[str, Fact]:
        """What conditions can ask of the row."""

    def terms(self, key: str) -> Mapping[str, str]:
        """Words such as 甲, and what stands for them."""

    def context(self, key: str, included: Mapping[str, Verdict], excluded: Excluded) -> Mapping[str, Any]:
        """What templates can print of the row.

        Args:
            key: of the row.
            included: whether each clause that the template may include belongs.
            excluded: gives the articles that the paper excludes.
        """

    def own_name(self) -> str:
        """What an attachment calls the paper that it belongs to."""


class ContractKind:
    """Contracts: a template serves the contracts that name it."""

    def __init__(self, profile: Profile, on: date) -> None:
        self._profile = profile
        self._on = on
        self.facts = cache(self._facts)

    def keys(self, manifest: Manifest) -> Iterable[str]:
        """The contracts whose `template` is this one."""
        name = manifest.name.split("/", 1)[1]
        return [key for key, contract in self._profile.contracts.items() if contract.template == name]

    def title(self, key: str) -> str:
        """業務の名称."""
        return str(self._profile.contracts[key].title)

    def _facts(self, key: str) -> dict[str, Fact]:
        return contract_facts(self._profile, key)

    def terms(self, key: str) -> dict[str, str]:
        """甲, 乙, 本市."""
        return terms_of(self._profile, key)

    def context(self, key: str, included: Mapping[str, Verdict], excluded: Excluded) -> dict[str, Any]:
        """See `contract_context`."""
        out = excluded(key)
        facts = dict(self.facts(key))
        facts["has_exclude"] = replace(facts["has_exclude"], value=bool(out))
        return contract_context(self._profile, key, facts, included, self._on, out)

    def own_name(self) -> str:
        """契約約款, or 契約書 where all of it is in articles."""
        return "契約書" if self._profile.city.style.form == "条文" else "契約約款"
