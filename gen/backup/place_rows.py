"""Where things stand: the buildings of the body, and the systems that have not moved yet.

Hands out `PlaceRows`. Leans on `book`, `procedure` (which systems move).
"""

from __future__ import annotations

from gen.backup.book import Book
from gen.procedure import system_facts
from gen.word.marks import Value
from gen.word.row import Row

__all__ = ["PlaceRows"]


class PlaceRows(Book):
    """Tables of places and of what still runs in the old place."""

    def sites(self) -> list[Row]:
        """The main building and the others; none where there is only the one."""
        city, p = self._profile.city, self._printer
        if not city.addresses:
            return []
        main = Row(name=self.words("主たる庁舎"), address=p.text(city.address, "city.address"))
        return [
            main,
            *(
                Row(
                    name=p.text(one.name, f"city.addresses.{index}.name"),
                    address=p.text(one.address, f"city.addresses.{index}.address"),
                )
                for index, one in enumerate(city.addresses)
            ),
        ]

    def legacy(self) -> list[Row]:
        """Systems still to be moved: until when the old one, its contract and its copies must live."""
        return [
            self._old(key)
            for key, _ in self.systems()
            if system_facts(self._profile, key)["moves"].value is True
        ]

    def _old(self, key: str) -> Row:
        one, p, path = self._profile.systems[key], self._printer, f"systems.{key}"
        special = one.state == "特定移行支援"
        until = (
            p.day(one.deadline, f"{path}.deadline") if special else p.day(one.cut_over, f"{path}.cut_over")
        )
        return Row(
            name=p.text(one.name, f"{path}.name"),
            state=Value(str(one.state), f"{path}.state"),
            vendor=self.vendor(one.former_vendor, f"{path}.former_vendor")
            if one.former_vendor is not None
            else p.unknown(f"{path}.former_vendor"),
            contract=p.day(one.former_until, f"{path}.former_until"),
            until=until,
            kind=self.words("移行の期限" if special else "切替日"),
        )
