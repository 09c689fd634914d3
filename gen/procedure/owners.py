"""Who does it, by name: a role of a step, found in the profile.

Hands out `Owners`. Leans on `profile`, `word` (printing). A role that nobody fills prints
〇〇〇〇; one person may fill many; no office is taken for granted.
"""

from __future__ import annotations

from collections.abc import Iterable

from gen.procedure.steps import Role
from gen.profile import Person, Profile, Undecided
from gen.profile.private import Private, Reach
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["Owners"]

_VENDORS = {"carrier": ("回線",), "operator": ("運用管理補助者", "統合運用管理補助者")}
_OUTSIDE = ("vendor", "former-vendor", "operator", "carrier", "partner")


class Owners:
    """The people and vendors behind the roles, for one system or (key None) the whole city."""

    def __init__(
        self,
        profile: Profile,
        printer: Printer,
        key: str | None,
        comma: str = "、",
        private: Private | None = None,
    ) -> None:
        self._profile = profile
        self._p = printer
        self._key = key
        self._comma = comma
        self._private = private or Private()

    def name(self, role: Role) -> Printed:
        """The name of the person, or of the vendor."""
        if role.origin in _OUTSIDE:
            return self._outside(role.origin)
        if role.origin == "department":
            return self._department(role)
        found = self._filled(role)
        if found is None:
            key = next((key for key in role.keys if key in self._profile.roles), role.keys[0])
            return self._p.unknown(f"roles.{key}.person")
        return self._named(found[1], found[2])

    def person(self, role: Role) -> str:
        """The key of the person who fills a role, "" where none of the body does."""
        found = None if role.origin in _OUTSIDE else self._filled(role)
        return "" if found is None else found[2].removeprefix("people.")

    def joined(self, before: str, name: Printed, after: str) -> Printed:
        """A name between words of Kian's."""
        return self._p.around(before, name, after)

    def row(self, role: Role) -> Row:
        """A line of the table of people: role, place, name, deputy, office contact."""
        place: Printed = Value("")
        deputy: Printed = Value("")
        contact: Printed = Value("")
        name = self.name(role)
        found = None if role.origin in _OUTSIDE else self._filled(role)
        if found is not None:
            key, person, path = found
            place = self._optional(person.department, person.title, path)
            contact = self._p.optional(person.telephone, f"{path}.telephone")
            deputy = self._deputy(key)
            name = self._p.text(person.name, f"{path}.name")
        elif role.origin == "department":
            place, name = self._owner(), self._p.unknown("roles.business_owner.person")
        return Row(
            role=Value(role.title),
            place=place,
            name=name,
            deputy=deputy,
            contact=contact,
            telephone=_printed(self._reach(role)),
            deputy_telephone=_printed(self._deputy_reach(role)),
        )

    def _reach(self, role: Role) -> Reach | None:
        """The number of whoever fills a role, where a paper is printed and not recorded."""
        if person := self.person(role):
            return self._private.people.get(person)
        if self._key is None or role.origin not in ("vendor", "former-vendor"):
            return None
        system = self._profile.systems[self._key]
        vendor = system.vendor if role.origin == "vendor" else system.former_vendor
        return self._private.vendors.get(vendor) if isinstance(vendor, str) else None

    def _deputy_reach(self, role: Role) -> Reach | None:
        found = None if role.origin in _OUTSIDE else self._filled(role)
        deputy = None if found is None else self._profile.roles[found[0]].deputy
        return self._private.people.get(deputy) if isinstance(deputy, str) else None

    def rows(self, roles: Iterable[Role]) -> list[Row]:
        """The lines of several roles."""
        return [self.row(role) for role in roles]

    # -- people ---------------------------------------------------------------------------

    def _filled(self, role: Role) -> tuple[str, Person, str] | None:
        """The role's key in the profile, the person and the person's path."""
        for key in self._keys(role):
            named = self._profile.roles.get(key)
            person = None if named is None else self._profile.people.get(str(named.person))
            if person is not None and self._fits(role, key, person):
                return key, person, f"people.{named.person}" if named else ""
        return None

    def _keys(self, role: Role) -> tuple[str, ...]:
        own = (f"owner_{self._key}",) if role.origin == "department" and self._key else ()
        return (*own, *role.keys)

    def _fits(self, role: Role, key: str, person: Person) -> bool:
        """The one owner of the whole city is not the owner of another office's system."""
        if role.origin != "department" or self._key is None or key == f"owner_{self._key}":
            return True
        owner, place = self._profile.systems[self._key].owner, person.department
        return isinstance(owner, str) and isinstance(place, str) and owner in place

    def _named(self, person: Person, path: str) -> Printed:
        return self._p.text(person.name, f"{path}.name")

    def _deputy(self, key: str) -> Printed:
        deputy = self._profile.roles[key].deputy
        path = f"roles.{key}.deputy"
        if deputy is None or isinstance(deputy, Undecided):
            return self._p.optional(deputy, path)
        person = self._profile.people.get(deputy)
        return self._p.unknown(path) if person is None else self._named(person, f"people.{deputy}")

    def _optional(self, department: object, title: object, path: str) -> Printed:
        pieces = [
            self._p.text(value, f"{path}.{name}")
            for name, value in (("department", department), ("title", title))
            if value is not None
        ]
        return self._spaced(path, pieces)

    def _spaced(self, path: str, pieces: list[Printed]) -> Printed:
        joined: list[str | Printed] = []
        for piece in pieces:
            joined += ["　", piece] if joined else [piece]
        return self._p.join(path, *joined)

    # -- offices and vendors --------------------------------------------------------------

    def _owner(self) -> Printed:
        if self._key is None:
            return Value("各業務主管課")
        return self._p.text(self._profile.systems[self._key].owner, f"systems.{self._key}.owner")

    def _department(self, role: Role) -> Printed:
        """The office, with the person where one is named for it."""
        office = self._owner()
        found = self._filled(role) if self._key is not None else None
        return office if found is None else self._spaced("", [office, self._named(found[1], found[2])])

    def _outside(self, origin: str) -> Printed:
        if origin == "partner":
            partners = self._profile.cloud.partners
            path = "cloud.partners"
            return Value(self._comma.join(partners), path) if partners else self._p.unknown(path)
        if origin in _VENDORS:
            return self._operators(_VENDORS[origin])
        if self._key is None:
            return Value("各システムの事業者")
        field = "vendor" if origin == "vendor" else "former_vendor"
        return self._vendor(getattr(self._profile.systems[self._key], field), f"systems.{self._key}.{field}")

    def _vendor(self, key: object, path: str) -> Printed:
        vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
        return self._p.text(vendor.name, f"vendors.{key}.name") if vendor else self._p.text(key, path)

    def _operators(self, roles: tuple[str, ...]) -> Printed:
        """Every vendor that works as this in the cloud of the system, once."""
        found = {
            one.vendor: f"cloud.operators.{number}.vendor"
            for number, one in enumerate(self._profile.cloud.operators)
            if isinstance(one.role, str)
            and one.role in roles
            and isinstance(one.vendor, str)
            and self._works_here(one.csps)
        }
        if not found:
            return self._p.unknown("cloud.operators")
        pieces: list[str | Printed] = []
        for key, path in found.items():
            pieces += [self._comma, self._vendor(key, path)] if pieces else [self._vendor(key, path)]
        return self._p.join("cloud.operators", *pieces)

    def _works_here(self, csps: tuple[str, ...]) -> bool:
        """Whoever names clouds works in these; whoever names none, in all."""
        csp = None if self._key is None else self._profile.systems[self._key].csp
        return not csps or not isinstance(csp, str) or csp in csps


def _printed(reach: Reach | None) -> Value:
    """A number with its remark; empty, to be written in by hand, where there is none."""
    return Value("" if reach is None else f"{reach.telephone}{'　' if reach.note else ''}{reach.note}")
