"""Small tables of the whole city: its clouds, its subsidies, what its systems take along, what changed.

Hands out `cloud_rows`, `subsidy_rows`, `trait_rows` and `change_rows`. Leans on `system_paper`, `wording`.
"""

from __future__ import annotations

from collections.abc import Mapping

from gen.japanese import nendo_wareki
from gen.procedure.system_paper import SystemPaper
from gen.procedure.wording import Words
from gen.profile import Profile
from gen.profile.private import Aside
from gen.word.marks import Value
from gen.word.printing import Printer
from gen.word.row import Row

__all__ = ["change_rows", "cloud_rows", "subsidy_rows", "trait_rows"]


def cloud_rows(profile: Profile, printer: Printer, words: Words) -> list[Row]:
    """The clouds that the city uses: the right of use is granted by cloud, not by system."""
    rows = []
    for number, one in enumerate(profile.cloud.csps):
        path = f"cloud.csps.{number}"
        mine = [system for system in profile.systems.values() if system.csp == one.name]
        rows.append(
            Row(
                no=words.text(str(number + 1)),
                name=printer.text(one.name, f"{path}.name"),
                regions=words.text("、".join(one.regions), f"{path}.regions"),
                systems=words.text("、".join(system.name for system in mine), "systems"),
            )
        )
    return rows


def subsidy_rows(profile: Profile, printer: Printer, words: Words) -> list[Row]:
    """The subsidies of the profile."""
    rows = []
    for number, one in enumerate(profile.budget.subsidies):
        path = f"budget.subsidies.{number}"
        year = nendo_wareki(one.year) if isinstance(one.year, int) else one.year
        rows.append(
            Row(
                name=printer.text(one.name, f"{path}.name"),
                year=words.text(year, f"{path}.year")
                if isinstance(year, str)
                else printer.text(year, f"{path}.year"),
                amount=printer.cell_yen(one.amount, f"{path}.amount"),
                limit=printer.cell_yen(one.limit, f"{path}.limit"),
            )
        )
    return rows


def trait_rows(
    profile: Profile, papers: Mapping[str, SystemPaper], printer: Printer, words: Words
) -> list[Row]:
    """Of each system that moves whether it has 個人番号, certificates, online applications, places; and its links."""
    rows = []
    for key, paper in papers.items():
        system, path = profile.systems[key], f"systems.{key}"

        def said(name: str, paper: SystemPaper = paper) -> Value:
            value = paper.facts[name].value
            return words.text(("あり" if value else "なし") if isinstance(value, bool) else "要確認")

        rows.append(
            Row(
                name=printer.text(system.name, f"{path}.name"),
                owner=printer.text(system.owner, f"{path}.owner"),
                cut_over=printer.day(system.cut_over, f"{path}.cut_over"),
                my_number=said("my_number"),
                certificates=said("certificates"),
                online=said("online"),
                addresses=said("addresses"),
                links=paper.links(),
            )
        )
    return rows


def change_rows(aside: Aside) -> list[Row]:
    """What changed in the facts since a revision; only in a paper that is not recorded."""
    return [Row(label=Value(one.label), old=Value(one.old), new=Value(one.new)) for one in aside.changes]
