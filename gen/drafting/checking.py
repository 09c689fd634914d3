"""Checking a workspace: its facts, its edited papers, and where asked the wording.

Hands out `check_city`, `Checked`, `checked_text` and `checked_json`. Leans on `starting`, `rules`
and, only where a paper was edited or wording is asked for, on `agreeing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gen.drafting.hands import is_another
from gen.drafting.starting import City, open_facts
from gen.ledger import LockEntry, Standing, State, status
from gen.profile import Profile
from gen.report import Report, to_json, to_text

if TYPE_CHECKING:
    from gen.rules.paper_wording import WordingReport
    from gen.rules.papers import Paper

    OwnPapers = Callable[[Path], Iterable[Paper]]

__all__ = ["Checked", "check_city", "checked_json", "checked_text"]


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Attributes:
        report: on facts and edited papers.
        wording: on wording, None where nobody asked.
    """

    report: Report
    wording: WordingReport | None = None


def check_city(
    city: City, on: date, own: OwnPapers, *, undecided: bool = False, wording: bool = False
) -> Checked:
    """Check a workspace.

    Papers are weighed once the facts hold no error, for they are made from the facts.

    Args:
        city: loaded, with the report on its facts.
        on: 基準日.
        own: reads the city's own templates; asked only where there are any.
        undecided: one finding a field that is 未定, instead of their number.
        wording: weigh the wording of edited papers and own templates too.
    """
    report = city.report + city.notes
    profile = city.loaded.profile
    if profile is None:
        return Checked(report)
    report += open_facts(profile, each=undecided)
    folder = city.workspace.root / "templates"
    edited, templates = _edited(city), _has_templates(folder)
    if not city.report.is_ok or not (edited or templates):
        return Checked(report, _wording((), profile, on) if wording else None)
    from gen.drafting.agreeing import edited_papers
    from gen.rules.weighing import check_papers

    papers = [*edited_papers(city, on, edited), *(own(folder) if templates else ())]
    report += check_papers(papers, profile, on)
    return Checked(report, _wording(papers, profile, on) if wording else None)


def _has_templates(folder: Path) -> bool:
    return any(path.suffix in (".docx", ".md") for path in folder.rglob("*"))


def _wording(papers: Iterable[Paper], profile: Profile, on: date) -> WordingReport:
    from gen.rules.paper_wording import check_wording

    return check_wording(papers, profile, on)


def _edited(city: City) -> set[str]:
    """The documents that a person changed, now or in an earlier revision; makes none of them."""
    recorded = city.workspace.lock.documents
    if not recorded:
        return set()
    found = {id for id, entry in recorded.items() if entry.state is State.EDITED}
    for one in status(city.workspace):
        if one.document in found or one.standing in (Standing.MISSING, Standing.UNRECORDED):
            continue
        if one.standing is Standing.EDITED or _is_another(city, one.path, recorded[one.document]):
            found.add(one.document)
    return found


def _is_another(city: City, path: str, entry: LockEntry) -> bool:
    """Whether a Word file that git knows as it is, is another than Kian recorded: a commit of plain git."""
    data = city.workspace.read(path) if path.endswith(".docx") else None
    return data is not None and is_another(data, entry)


def checked_text(checked: Checked) -> str:
    """The findings for a person; what to ask about wording stands apart."""
    parts = [to_text(checked.report)]
    if checked.wording is not None:
        parts.append(f"■ 公用文の書き方（直しても意味が変わらないもの）\n{to_text(checked.wording.safe)}")
        parts.append(f"■ 公用文の書き方（人が確かめるもの）\n{to_text(checked.wording.ask)}")
    return "\n\n".join(parts)


def checked_json(checked: Checked) -> dict[str, Any]:
    """The JSON shape of `kian check`."""
    found = to_json(checked.report)
    if checked.wording is not None:
        safe, ask = (to_json(one)["findings"] for one in (checked.wording.safe, checked.wording.ask))
        found["wording"] = {"safe": safe, "ask": ask}
    return found
