"""What a template serves: the rows of the profile, their facts, and what can be printed of them.

Hands out `Kind`, `ContractKind`, `SystemKind`, `CityKind` and `kinds_of`. A new kind of document
is a new class here and nothing else in this room. Leans on `contract`, `procedure`, `backup`; what
they print is loaded when it is asked for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol

from gen.catalog import Catalog, Fact, Manifest, Verdict
from gen.contract import contract_facts
from gen.procedure import city_facts, system_facts
from gen.profile import Profile, Undecided
from gen.profile.private import NOTHING_ASIDE, Aside

if TYPE_CHECKING:
    from gen.clauses import Wording
    from gen.word.late import Late
    from gen.word.row import Row
    from gen.word.unknown import Unknown

__all__ = ["CityKind", "ContractKind", "Kind", "SystemKind", "kinds_of"]

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

    def __init__(self, profile: Profile, on: date, catalog: Catalog | None = None) -> None:
        self._profile = profile
        self._on = on
        self._catalog = catalog
        self.facts = cache(self._facts)

    def keys(self, manifest: Manifest) -> Iterable[str]:
        """The contracts whose `template` is this one; every contract for a form or a paper."""
        if manifest.kind != "contract":
            return self._profile.contracts
        name = manifest.name.split("/", 1)[1]
        return [key for key, contract in self._profile.contracts.items() if contract.template == name]

    def title(self, key: str) -> str:
        """業務の名称."""
        return str(self._profile.contracts[key].title)

    def _facts(self, key: str) -> dict[str, Fact]:
        return contract_facts(self._profile, key)

    def terms(self, key: str) -> dict[str, str]:
        """甲, 乙, 本市."""
        from gen.contract import terms_of

        return terms_of(self._profile, key, self._manifest(key))

    def _manifest(self, key: str) -> Manifest | None:
        """Of the template that the contract names; None where there is none by that name."""
        name = f"contracts/{self._profile.contracts[key].template}"
        return self._catalog.manifest(name) if self._catalog and name in self._catalog.names else None

    def context(self, key: str, included: Mapping[str, Verdict], excluded: Excluded) -> dict[str, Any]:
        """See `contract_context`."""
        from gen.contract import contract_context

        out = excluded(key)
        facts = dict(self.facts(key))
        facts["has_exclude"] = replace(facts["has_exclude"], value=bool(out))
        return contract_context(self._profile, key, facts, included, self._on, out, self._manifest(key))

    def own_name(self) -> str:
        """契約約款, or 契約書 where all of it is in articles."""
        return "契約書" if self._profile.city.style.form == "条文" else "契約約款"


class _HouseKind(ABC):
    """What systems and the whole city share: nobody signs, so there are no terms for parties."""

    def __init__(self, profile: Profile, on: date, aside: Aside = NOTHING_ASIDE) -> None:
        self._profile = profile
        self._on = on
        self._aside = aside
        self.facts = cache(self._facts)

    @cached_property
    def _wording(self) -> Wording:
        from gen.contract import wording_of

        return wording_of(self._profile.city)

    @abstractmethod
    def _facts(self, key: str) -> dict[str, Fact]: ...

    def terms(self, _: str) -> dict[str, str]:
        """本市."""
        return {"本市": self._profile.city.self_word}

    def own_name(self) -> str:
        """A plan or procedure is cited as 本書."""
        return "本書"

    def _common(self, key: str, included: Mapping[str, Verdict]) -> Late:
        from gen.word.late import Late

        def applies(file: str) -> bool | Unknown:
            found = included.get(file.rpartition(".")[0], Verdict(False))
            open_ = found.undecided if found.value is None else None
            return bool(found.value) if open_ is None else self._unknown(open_.path)

        return Late(
            {
                "rule": self._rule,
                "shared_use": lambda: self._shared(self.facts(key)),
                "_applies": lambda: applies,
            }
        )

    def _unknown(self, path: str) -> Unknown:
        from gen.word.printing import Printer

        return Printer(self._profile, self._wording).unknown(path)

    def _rule(self) -> Row:
        from gen.word.printing import Printer
        from gen.word.row import Row

        policy = self._profile.rules.security_policy
        printer = Printer(self._profile, self._wording)
        name = printer.text(policy.name if policy else None, "rules.security_policy.name")
        return Row(security_policy=name)

    def _shared(self, facts: Mapping[str, Fact]) -> bool | Unknown:
        """Whether the system is shared; of the whole city, whether any system is."""
        from gen.word.unknown import Unknown

        shared = facts["joint"].value if "joint" in facts else facts["use_mode"].value
        if isinstance(shared, Undecided):
            return Unknown(shared.path, shared.label)
        return shared is True or shared == "共同利用方式"


class SystemKind(_HouseKind):
    """Systems: a template serves every system; its conditions say which."""

    def keys(self, _: Manifest) -> Iterable[str]:
        """All systems."""
        return self._profile.systems

    def title(self, key: str) -> str:
        """The system's name."""
        return self._profile.systems[key].name

    def _facts(self, key: str) -> dict[str, Fact]:
        return system_facts(self._profile, key)

    def context(self, key: str, included: Mapping[str, Verdict], _: Excluded) -> Late:
        """Steps with their days, and what is known of the system's backup."""
        from gen.backup import backup_system_context
        from gen.procedure import system_context
        from gen.word.late import Late

        own = self._common(key, included) | Late({"on_cloud": lambda: self._on_cloud(key)})
        backup = backup_system_context(self._profile, key, self._wording, self._on)
        return own | backup | system_context(self._profile, key, self._wording, self._on, self._aside)

    def _on_cloud(self, key: str) -> bool | Unknown:
        from gen.word.unknown import Unknown

        cloud = self.facts(key)["gov_cloud"].value
        return Unknown(cloud.path, cloud.label) if isinstance(cloud, Undecided) else cloud is True


class CityKind(_HouseKind):
    """The whole city: one document a template."""

    def keys(self, _: Manifest) -> Iterable[str]:
        """One, without a key."""
        return ("",)

    def title(self, _: str) -> str:
        """The city's name."""
        return self._profile.city.name

    def _facts(self, _: str) -> dict[str, Fact]:
        return city_facts(self._profile)

    def context(self, key: str, included: Mapping[str, Verdict], _: Excluded) -> Late:
        """All systems: their move, and their backup."""
        return self._common(key, included) | self._whole

    @cached_property
    def _whole(self) -> Late:
        """What all papers of the city share: the steps of every system are counted once for all of them."""
        from gen.backup import backup_city_context
        from gen.procedure import city_context

        backup = backup_city_context(self._profile, self._wording, self._on, self._aside)
        return backup | city_context(self._profile, self._wording, self._on, self._aside)


def kinds_of(
    profile: Profile, on: date, catalog: Catalog | None = None, aside: Aside = NOTHING_ASIDE
) -> dict[str, Kind]:
    """Each kind of document by the `subject` of its manifests.

    Args:
        profile: the city's.
        on: 基準日.
        catalog: tells by what words a kind of contract calls its parties and its price; without it
            they are the usual ones.
        aside: what only a paper that is not recorded holds.
    """
    return {
        "contracts": ContractKind(profile, on, catalog),
        "systems": SystemKind(profile, on, aside),
        "city": CityKind(profile, on, aside),
    }
