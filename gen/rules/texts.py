"""What a rule says of itself: title, grounds, source and dates, as rows of `data/*.yaml`.

Hands out `RuleText`, `text_of`, `texts`, `rule_files` and `CERTAINTIES`. The rows are read when the
first one is asked for: a check that finds nothing reads none. Leans on `gen.report`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gen.report import Severity

__all__ = ["CERTAINTIES", "FAMILIES", "RuleText", "rule_files", "text_of", "texts"]

FAMILIES = {
    "contracts": "契約",
    "backup": "バックアップ",
    "migration": "移行",
    "papers": "手で直した文書",
    "wording": "公用文の書き方（`kian check --wording` と `kian template lint`）",
    "waivers": "点検の例外",
    "reading": "ファイルの形と、項目の一つ一つ",
}
"""The files of rows, in the order of the list, and what each is about."""

CERTAINTIES = {
    "A": "A（一次資料の原文で確認）",
    "B": "B（解説などの二次資料で確認）",
    "C": "C（典拠を確かめていない。要確認）",
    "": "計算又は事理による",
}


@dataclass(frozen=True, slots=True)
class RuleText:
    """One row.

    Attributes:
        id: of the rule, kebab-case ASCII.
        family: the file that it stands in, one of `FAMILIES`.
        severity: of its findings; some are lighter.
        title: Japanese: what must hold.
        basis: law and article, standard or paper; "" where it is arithmetic or plain sense.
        why: Japanese: what the rule looks at, and why.
        sources: title and address of what was read.
        certainty: A read in a primary source, B in a secondary one, C not confirmed, "" arithmetic.
        since: Japanese: from when it holds, "" where no date matters.
        values: ids of the law values that it weighs by.
    """

    id: str
    family: str
    severity: Severity
    title: str
    basis: str
    why: str
    sources: tuple[tuple[str, str], ...]
    certainty: str
    since: str
    values: tuple[str, ...]

    @property
    def lowest(self) -> Severity | None:
        """How far a city may lower it; None: it may be left out altogether.

        An error is a wrong or unlawful paper. A city may know better in one case, but
        whoever signs must still see it.
        """
        return Severity.WARNING if self.severity is Severity.ERROR else None


def text_of(id: str) -> RuleText:
    """The row of one rule.

    Raises:
        KeyError: no row has this id.
    """
    return texts()[id]


@cache
def texts() -> Mapping[str, RuleText]:
    """Every row by id, in the order of the families and files."""
    rows = (row for family in FAMILIES for row in _family(family))
    return {row.id: row for row in rows}


@cache
def rule_files() -> Mapping[str, bytes]:
    """The files of rows by name, as they are shipped."""
    folder = resources.files("gen.rules").joinpath("data")
    return {f"{family}.yaml": folder.joinpath(f"{family}.yaml").read_bytes() for family in FAMILIES}


def _family(family: str) -> list[RuleText]:
    import yaml

    content = yaml.load(rule_files()[f"{family}.yaml"], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    named: dict[str, dict[str, str]] = content.get("sources") or {}
    return [_row(row, family, named) for row in content["rules"]]


def _row(row: dict[str, Any], family: str, named: Mapping[str, Mapping[str, str]]) -> RuleText:
    return RuleText(
        id=row["id"],
        family=family,
        severity=Severity(row.get("severity") or row["level"]),
        title=row.get("title") or row["why"],
        basis=row.get("basis") or (_usage(row, named) if "wrong" in row else ""),
        why=f"例：{row['wrong']} → {row['right']}。" if "wrong" in row else row.get("why", ""),
        sources=tuple((named[key]["title"], named[key]["url"]) for key in row.get("sources", ())),
        certainty=row.get("certainty", ""),
        since=row.get("since", ""),
        values=tuple(row.get("values", ())),
    )


def _usage(row: Mapping[str, Any], named: Mapping[str, Mapping[str, str]]) -> str:
    """What a way of writing rests on: the title of its first source, else usage."""
    return next((named[key]["title"] for key in row["sources"]), "公用文及び法令文の慣行")
