"""What a 仕様書 asks of the systems of a contract: hours, data, 外字, levels of service.

Hands out `needs_of` and `requirement_rows`. The levels are those that the backup plan works with, so
that the 仕様書 cannot ask for others. Leans on `profile`, `printing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gen.clauses import Wording
from gen.profile import Profile, System, Undecided
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["needs_of", "requirement_rows"]


def needs_of(system: System, path: str, printer: Printer) -> dict[str, Printed]:
    """What is known of one system beyond its name; an absent fact is an empty cell.

    Args:
        system: the system.
        path: of the system in the profile.
        printer: words the facts.
    """
    return {
        "service_hours": printer.optional(system.service_hours, f"{path}.service_hours"),
        "data": _counted(system.data_gb, f"{path}.data_gb", "GB", printer),
        "gaiji": _counted(system.gaiji_count, f"{path}.gaiji_count", "字", printer),
        "former_product": printer.optional(system.former_product, f"{path}.former_product"),
    }


def _counted(value: Decimal | int | Undecided | None, path: str, unit: str, printer: Printer) -> Printed:
    """A number with its unit."""
    if value is None:
        return Value("", path)
    plain = f"{value:f}" if isinstance(value, Decimal) else value
    return printer.join(path, printer.number(plain, path), unit)


def requirement_rows(profile: Profile, printer: Printer, wording: Wording) -> Iterator[Row]:
    """The levels of the 非機能要件 that the city chose, in their order.

    Args:
        profile: the city's.
        printer: words the facts.
        wording: the city's style, for the numbers of the rows.
    """
    for index, target in enumerate(profile.backup.targets):
        path = f"backup.targets.{index}"
        yield Row(
            no=Value(wording.number(str(index + 1))),
            item=printer.text(target.item, f"{path}.item"),
            level=printer.text(target.chosen, f"{path}.chosen"),
            hours=printer.optional(target.hours, f"{path}.hours"),
            stops=printer.optional(target.planned_stops, f"{path}.planned_stops"),
        )
