"""Who signs: the parties of a contract and the lines of their signature blocks.

Hands out `Signer` and `signers_of`. Leans on `profile` and `printing`. A title is never
assumed: 市長, 町長, 管理者, 広域連合長, 契約担当者 and 職務代理者 all come from the profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gen.clauses import Wording
from gen.profile import Contract, Profile, Undecided, Vendor
from gen.word.marks import Term
from gen.word.printing import Printed, Printer

__all__ = ["Signer", "signers_of"]

_SEAL = "　　　印"


@dataclass(frozen=True)
class Signer:
    """One party.

    Attributes:
        role: 甲, 発注者 …, as the city words it.
        name: as the contract names the party.
        lines: of its signature block; the first is its address.
    """

    role: Term
    name: Printed
    lines: tuple[Printed, ...]


def signers_of(
    profile: Profile, key: str, contract: Contract, wording: Wording, printer: Printer
) -> tuple[Signer, ...]:
    """The parties in their order."""
    maker = _Maker(profile, key, contract, printer)
    if contract.parties:
        return tuple(
            maker.city(Term(str(party.role)))
            if party.city
            else maker.vendor(Term(str(party.role)), party.vendor, f"contracts.{key}.parties.{index}.vendor")
            for index, party in enumerate(contract.parties)
        )
    first, second = Term(wording.party(0)), Term(wording.party(1))
    vendor_path = f"contracts.{key}.vendor"
    if contract.city_as == "受注者":
        return (maker.vendor(first, contract.vendor, vendor_path), maker.city(second))
    return (maker.city(first), maker.vendor(second, contract.vendor, vendor_path))


class _Maker:
    def __init__(self, profile: Profile, key: str, contract: Contract, printer: Printer) -> None:
        self._profile = profile
        self._key = key
        self._contract = contract
        self._printer = printer
        self._seal = "" if contract.sign_mode == "電子" else _SEAL

    def city(self, role: Term) -> Signer:
        city, printer = self._profile.city, self._printer
        name = printer.text(city.name, "city.name")
        lines = (printer.text(city.address, "city.address"), name, self._city_signature())
        return Signer(role, name, lines)

    def _city_signature(self) -> Printed:
        printer, head = self._printer, self._profile.city.head
        signatory = self._contract.signatory
        if isinstance(signatory, Undecided):
            return printer.text(signatory, signatory.path)
        if signatory is not None:
            chosen, path = self._profile.city.signatories[signatory], f"city.signatories.{signatory}"
            body = () if chosen.body is None else (printer.text(chosen.body, f"{path}.body"), "　")
            return self._signature(path, *body, printer.text(chosen.title, f"{path}.title"), name=chosen.name)
        title = printer.text(head.title, "city.head.title")
        if head.acting is None:
            return self._signature("city.head", title, name=head.name)
        acting = printer.text(head.acting.title, "city.head.acting.title")
        if "職務代理" in str(
            head.acting.title
        ):  # the whole title is written, as the 規則 of many cities have it
            return self._signature("city.head.acting", acting, name=head.acting.name)
        return self._signature("city.head.acting", title, "職務代理者　", acting, name=head.acting.name)

    def _signature(self, path: str, *title: str | Printed, name: object) -> Printed:
        printer = self._printer
        return printer.join(path, *title, "　", printer.text(name, f"{path}.name"), self._seal)

    def vendor(self, role: Term, key: object, path: str) -> Signer:
        printer = self._printer
        vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
        if vendor is None:
            open_name = printer.text(None if not isinstance(key, Undecided) else key, path)
            return Signer(role, open_name, (open_name, open_name, printer.join(path, open_name, self._seal)))
        base = f"vendors.{key}"
        name = printer.text(vendor.name, f"{base}.name")
        lines = [printer.text(vendor.address, f"{base}.address"), name]
        if vendor.kind == "共同企業体":
            lines.extend(self._members(vendor, base))
        else:
            lines.append(self._vendor_signature(vendor, base))
        return Signer(role, name, tuple(lines))

    def _vendor_signature(self, vendor: Vendor, base: str) -> Printed:
        printer = self._printer
        title = printer.text(vendor.head.title, f"{base}.head.title")
        return self._signature(f"{base}.head", title, name=vendor.head.name)

    def _members(self, jv: Vendor, base: str) -> Iterator[Printed]:
        """代表者 first, then the other 構成員, each with address, name and signature."""
        printer = self._printer
        order = sorted(enumerate(jv.members), key=lambda row: not row[1].lead)
        for index, member in order:
            path = f"{base}.members.{index}"
            label = "代表者　" if member.lead else "構成員　"
            own = self._profile.vendors.get(member.vendor) if isinstance(member.vendor, str) else None
            if own is not None:
                own_base = f"vendors.{member.vendor}"
                yield printer.join(path, label, printer.text(own.address, f"{own_base}.address"))
                yield printer.text(own.name, f"{own_base}.name")
                yield self._vendor_signature(own, own_base)
                continue
            yield printer.join(path, label, printer.text(member.address, f"{path}.address"))
            name = printer.text(member.name, f"{path}.name")
            if member.lead:
                yield name
                yield self._vendor_signature(jv, base)
            else:
                yield printer.join(f"{path}.name", name, self._seal)
