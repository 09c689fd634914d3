"""Each statement of law has its source, and each clause tells why it is in or out: over the whole catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from drafting.scenario import ODD, ROOT, SHIPPED, a_file, a_studio

from gen.catalog import Manifest, shipped_catalog
from gen.drafting.telling import clause_rows

FAMILIES = ("contracts", "clauses", "attachments", "forms", "papers")
MASTERS = sorted(
    path
    for family in FAMILIES
    for path in (ROOT / "templates" / family).iterdir()
    if path.suffix == ".txt" or path.suffix == ".md"
)
ARTICLE = re.compile(r"第[0-9]+条(?:の[0-9]+)*")
LIST = r"((?:第[0-9]+条(?:の[0-9]+)*(?:第[0-9]+項)?(?:第[0-9]+号)?(?:又は|若しくは|及び|、)?)*)"


def text_of(path: Path) -> str:
    """A master without its remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not (path.suffix == ".txt" and line.startswith("#")))


@cache
def aliases() -> dict[str, str]:
    """Short names of laws by which any master calls them, and their numbers."""
    found: dict[str, str] = {}
    for path in MASTERS:
        for match in re.finditer(
            r"（((?:明治|大正|昭和|平成|令和)[0-9]+年[^）。]*?第[0-9]+号)。以下[^）]*?「([^」]+)」",
            text_of(path),
        ):
            if len(match[2]) > 1:  # 「法」 is of one article only, whose manifest has the law in full
                found[match[2]] = match[1]
    return found


def grounds(manifest: Manifest) -> dict[str, set[str]]:
    """Each law of a manifest (name and number), and the articles that it names."""
    named: dict[str, set[str]] = {}
    for basis in manifest.basis:
        named.setdefault(basis.law, set()).update(ARTICLE.findall(basis.article))
    return named


def cited(path: Path) -> Iterator[tuple[str, str]]:
    """Each law by its number or its short name, with an article or "" where it cites the whole law."""
    plain = re.sub(
        r"（((?:明治|大正|昭和|平成|令和)[0-9]+年[^）。]*?第[0-9]+号)[^）]*）", r"《\1》", text_of(path)
    )
    for match in re.finditer(rf"《([^》]+)》{LIST}", plain):
        articles = ARTICLE.findall(match[2]) or [""]
        yield from ((match[1], article) for article in articles)
    for name, number in aliases().items():
        for match in re.finditer(rf"{name}{LIST}", plain):
            yield from ((number, article) for article in ARTICLE.findall(match[1]))
    for match in re.finditer(rf"(民法|地方自治法|著作権法|会社法|刑法){LIST}", plain):
        yield from ((match[1], article) for article in ARTICLE.findall(match[2]))


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_law_that_a_text_cites_is_a_ground_of_its_manifest(path: Path) -> None:
    named = grounds(shipped_catalog().manifest(f"{path.parent.name}/{path.stem}"))
    for law, article in cited(path):
        held = [articles for name, articles in named.items() if law in name]
        assert held, f"{law} is not a ground"
        assert not article or any(article in articles for articles in held), (law, article)


def test_texts_do_cite_laws() -> None:
    """The patterns above find what a person finds, by number, by short name and by plain name."""
    found = {path.stem: set(cited(path)) for path in MASTERS}
    assert ("昭和45年法律第48号", "第27条") in found["copyright"]
    assert ("昭和24年法律第256号", "第8条") in found["late-payment"]
    assert ("民法", "第656条") in found["vendor-cancel"]
    assert ("昭和47年法律第99号", "") not in found["general"] and ("明治29年法律第89号", "") in found[
        "general"
    ]


@pytest.mark.parametrize("path", [*SHIPPED, *ODD], ids=lambda path: path.stem)
def test_why_tells_each_clause_by_its_fact_and_its_law(path: Path) -> None:
    """In, out or open as its manifest says; a decided one names the fields, all of them the law."""
    studio = a_studio(a_file(path))
    for draft in (one for one in studio.drafts if one.manifest.kind == "contract"):
        text = studio.make(draft).twin
        for row in clause_rows(studio, draft.id):
            manifest = studio.catalog.manifest(row.id)
            grounds = {str(basis) for basis in manifest.basis}
            assert set(row.basis) == grounds and (grounds or row.id in WITHOUT_LAW), row.id
            assert bool(manifest.when) == (row.why != ("常に入る",)), row.id
            for why in row.why if manifest.when else ():
                assert re.fullmatch(r".+＝.+（[a-z_.]+[^（）]*）", why), (row.id, why)
            if row.id.startswith("attachments/") and row.applies is not None:
                assert (f"　{row.title}\n" in text) == row.applies, (draft.id, row.id)


WITHOUT_LAW = {"clauses/head-other", "clauses/survival"}
"""They rest on the freedom of contract alone."""
