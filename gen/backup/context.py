"""The names that the templates of backup papers can print.

Hands out `backup_city_context` and `backup_system_context`. Leans on the rows of this room.
"""

from __future__ import annotations

from datetime import date

from gen.backup.design_rows import DesignRows
from gen.backup.duty_rows import DutyRows
from gen.backup.figure_rows import FigureRows
from gen.backup.form_rows import FormRows
from gen.backup.place_rows import PlaceRows
from gen.clauses import Wording
from gen.profile import Profile
from gen.profile.private import NOTHING_ASIDE, Aside
from gen.word.late import Late
from gen.word.marks import Value
from gen.word.printing import Printer
from gen.word.row import Row

__all__ = ["backup_city_context", "backup_system_context"]


class _Tables(DesignRows, FigureRows, DutyRows, PlaceRows, FormRows):
    """Every table of a city's backup plan."""


def backup_city_context(profile: Profile, wording: Wording, on: date, aside: Aside = NOTHING_ASIDE) -> Late:
    """What the papers of the whole city can print: the plan, and the calendar of restore tests."""
    tables = _Tables(profile, wording, on, aside.private)
    return Late(
        {
            "plan": lambda: _plan(profile, wording, tables),
            "has_systems": lambda: bool(tables.systems()),
            "has_cycle": lambda: bool(tables.cycle),
            "targets": tables.targets,
            "inventory": tables.inventory,
            "tiers": tables.tiers,
            "designs": tables.designs,
            "copies": tables.copies,
            "uncovered": tables.uncovered,
            "capacities": tables.capacities,
            "assumptions": tables.assumptions,
            "downtime": tables.downtime,
            "has_uptime_hours": lambda: isinstance(getattr(tables.uptime_target, "hours", None), str),
            "has_planned_stops": lambda: isinstance(
                getattr(tables.uptime_target, "planned_stops", None), str
            ),
            "test_seasons": tables.seasons,
            "copies_later": tables.copies_later,
            "has_old_months": lambda: isinstance(profile.migration.old_system_months, int),
            "has_no_return": lambda: isinstance(profile.migration.point_of_no_return, str),
            "restores": tables.restores,
            "recovery": tables.recovery,
            "duties": tables.duties,
            "decisions": tables.decisions,
            "backup_roles": tables.roles,
            "contacts": tables.contacts,
            "others": tables.others,
            "sites": tables.sites,
            "legacy": tables.legacy,
            "operators": tables.operators,
            "agreements": tables.agreements,
            "actions_first": lambda: tables.actions("first"),
            "actions_instead": lambda: tables.actions("instead"),
            "actions_back": lambda: tables.actions("back"),
            "tests": lambda: tables.test_calendar(on) if tables.systems() else [],
        }
    )


def _plan(profile: Profile, wording: Wording, tables: _Tables) -> Row:
    printer, backup = Printer(profile, wording), profile.backup
    review = f"{backup.review_month}月" if isinstance(backup.review_month, int) else None
    target, migration = tables.uptime_target, profile.migration
    number = backup.targets.index(target) if target else 0
    return Row(
        uptime_hours=printer.optional(target and target.hours, f"backup.targets.{number}.hours"),
        planned_stops=printer.optional(
            target and target.planned_stops, f"backup.targets.{number}.planned_stops"
        ),
        old_months=tables.months(migration.old_system_months, "migration.old_system_months"),
        no_return=printer.optional(migration.point_of_no_return, "migration.point_of_no_return"),
        paper_copy=printer.text(backup.paper_copy, "backup.paper_copy"),
        review=tables.plain(review, "backup.review_month")
        if review
        else printer.text(backup.review_month, "backup.review_month"),
        cycle=tables.cycle_text(),
        use_mode=printer.text(profile.cloud.use_mode, "cloud.use_mode"),
    )


def backup_system_context(profile: Profile, key: str, wording: Wording, on: date) -> Late:
    """What the papers of one system can print: its design, copies, restore time and tests."""
    tables = _Tables(profile, wording, on)
    system = profile.systems[key]
    return Late(
        {
            "today": lambda: Row(
                product=tables.product_today(key, system), vendor=tables.vendor_today(key, system)
            ),
            "owner": lambda: tables.owner(key, system),
            "in_old_place": lambda: tables.in_old_place(system),
            "backup": lambda: tables.design(1, key, system),
            "backup_copies": lambda: tables.copies([key]),
            "backup_copies_later": lambda: tables.copies_later([key]),
            "backup_needs": lambda: [
                Row(name=Value(profile.systems[str(one)].name, f"systems.{one}.name"))
                for one in system.depends_on
                if str(one) in profile.systems
            ],
            "backup_times": lambda: tables.restores([key]),
            "backup_tests": lambda: tables.test_records(key),
            "assumptions": tables.assumptions,
            "decisions": tables.decisions,
            "backup_roles": tables.roles,
        }
    )
