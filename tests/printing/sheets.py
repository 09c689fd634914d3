"""Papers as they leave the printer: every kind of Markdown paper of every test profile, and what its PDF says.

Hands out `PROFILES`, `SheetPaper`, `sheet_papers`, `pages_of`, `convert_all` and `assert_prints_whole`.
Poppler reads the PDFs; nothing of the code under test does. Leans on `drafting.scenario`.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

from drafting.scenario import ODD, ON, ROOT, SHIPPED, Paper, a_file, a_studio
from lxml import etree, html

from gen.drafting.draft import Draft
from gen.drafting.planning import stamp_of

__all__ = [
    "PROFILES",
    "SheetPaper",
    "assert_prints_whole",
    "convert_all",
    "pages_of",
    "sheet_papers",
]

PROFILES = (*SHIPPED, *sorted((ROOT / "profiles/variants").glob("*.yaml")), *ODD)
_SIZES = {"a4": (595.3, 841.9), "a3": (841.9, 1190.6)}
_SIDE = {"portrait": (30, 20), "landscape": (20, 20)}  # margins in mm, left and right
_HANGING = tuple("、。，．")
_POINTS = 72 / 25.4
_BATCH = 48  # a start costs seconds; what one start leaves out in silence, the next one takes
_XHTML = "{http://www.w3.org/1999/xhtml}"


def flat(text: str) -> str:
    """A text without what a printer changes: spaces, line ends, compatible forms, boxes of another font."""
    return re.sub(r"[\s☐☑]", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class SheetPaper:
    """A paper with an HTML page, and what that page promises of its print."""

    name: str
    paper: Paper

    @cached_property
    def page(self) -> str:
        """The HTML page as it is written."""
        return self.paper.document.write_html(stamp_of(1, ON), {}).decode("utf-8")

    @cached_property
    def _tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.page)

    @property
    def formats(self) -> list[str]:
        """a4-portrait and the like, in their order, no two the same in a row."""
        return [name for name, _ in groupby(str(one.get("class")) for one in self._tree.iter("section"))]

    @property
    def handling(self) -> str:
        """取扱注意, or 機密性2."""
        found = self._tree.find_class("handling")
        return flat(found[0].text_content()) if found else ""

    @property
    def addresses(self) -> list[str]:
        """Every attribute and rule that could fetch something."""
        names = ("src", "href", "action", "data", "poster", "srcset", "background", "xlink:href")
        held = [str(one.get(name)) for one in self._tree.iter() for name in names if one.get(name)]
        styles = "".join(one.text or "" for one in self._tree.iter("style"))
        return held + re.findall(r"url\([^)]*\)|@import[^;]*", styles)

    @property
    def texts(self) -> list[str]:
        """The text of every heading, paragraph, list item and table cell, in order."""
        kinds = ("h1", "h2", "h3", "h4", "h5", "p", "td", "th", "pre")
        body = self._tree.find("body/main")
        assert body is not None
        whole = (one for one in body.iter(*kinds) if next(one.iter("svg"), None) is None)
        found = [flat("".join(one.itertext())) for one in whole]
        return [text for text in found if text]

    @property
    def figures(self) -> list[str]:
        """The texts within its figures."""
        return [flat("".join(one.itertext())) for one in self._tree.iter("text") if flat("".join(one.itertext()))]  # fmt: skip

    @property
    def tables(self) -> list[tuple[str, list[str]]]:
        """Header and rows of each table that has a header, a row as the text of its cells."""
        found = []
        for table in self._tree.iter("table"):
            head = table.find("thead")
            if head is not None:
                rows = [flat("".join(row.itertext())) for row in table.iterfind("tbody/tr")]
                found.append((flat("".join(head.itertext())), [row for row in rows if row]))
        return found

    @property
    def last_heading(self) -> str:
        """The heading after which no other comes."""
        return [flat("".join(one.itertext())) for one in self._tree.iter("h1", "h2", "h3", "h4")][-1]


def _sampled(profile: Path) -> Iterator[Paper]:
    """Of each kind of Markdown paper the first and the last that the profile asks for.

    One template makes them all, and a real LibreOffice and a real Chromium are slow: what differs
    from system to system is held by the tests that read the papers, not by those that print them.
    """
    facts = a_file(profile)
    studio = a_studio(facts, ON)
    kinds: dict[str, list[Draft]] = {}
    for draft in studio.chosen(()):
        if draft.ending == "md":
            kinds.setdefault(draft.manifest.name, []).append(draft)
    for drafts in kinds.values():
        for draft in dict.fromkeys((drafts[0].id, drafts[-1].id)):
            made = studio.make(next(one for one in drafts if one.id == draft))
            yield Paper(facts, made, draft)


def sheet_papers(profile: Path) -> Iterator[SheetPaper]:
    """The Markdown papers of a profile, a first and a last of each kind.

    A variant is the same city with another sum or another head: of its papers only those are
    given whose bytes differ from those of the city itself, for the others were printed there.
    """
    known = set()
    if profile.parent.name == "variants":
        base = profile.parents[1] / f"{profile.name.split('.')[0]}.yaml"
        known = {(one.page, one.paper.word) for one in sheet_papers(base)}
    for paper in _sampled(profile):
        one = SheetPaper(re.sub("[^a-z0-9]+", "-", paper.id), paper)
        if not known or (one.page, paper.word) not in known:
            yield one


def convert_all(files: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Each Word file as a PDF that LibreOffice makes: many for one start, for the start is slow.

    After many papers LibreOffice may end in silence. What it has left out is asked for again, in ever
    smaller starts; a paper that it cannot open by itself has no PDF in the end.
    """
    pdfs = {file: folder / f"{file.stem}.pdf" for file in files}
    size = _BATCH
    while left := [file for file, pdf in pdfs.items() if not pdf.is_file()]:
        for start in range(0, len(left), size):
            _convert(left[start : start + size], folder)
        if size == 1:
            break
        size = max(1, size // 7)
    return pdfs


def _convert(files: Sequence[Path], folder: Path) -> None:
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{folder}/user", "--headless", "--convert-to", "pdf",
            "--outdir", str(folder), *map(str, files),
        ],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip


@dataclass(frozen=True)
class PdfPage:
    """A page of a PDF: size and words in points from its left upper corner."""

    width: float
    height: float
    words: tuple[tuple[str, float, float, float, float], ...]

    @cached_property
    def text(self) -> str:
        """All words, in the order in which they were drawn."""
        return flat("".join(word[0] for word in self.words))

    @property
    def format(self) -> str:
        """a4-portrait and the like; the size itself where it is none of them."""
        way = "landscape" if self.width > self.height else "portrait"
        sides = sorted((self.width, self.height))
        for name, size in _SIZES.items():
            if all(abs(a - b) < 1.5 for a, b in zip(sides, size, strict=True)):
                return f"{name}-{way}"
        return f"{self.width}x{self.height}"


def pages_of(pdf: Path) -> list[PdfPage]:
    """The pages of a PDF."""
    told = subprocess.run(
        ["pdftotext", "-raw", "-bbox", "-q", str(pdf), "-"], check=True, capture_output=True
    ).stdout
    clean = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", told)
    root = etree.fromstring(clean, etree.XMLParser(recover=True, resolve_entities=False))
    corners = ("xMin", "yMin", "xMax", "yMax")
    return [
        PdfPage(
            float(page.get("width", 0)),
            float(page.get("height", 0)),
            tuple(
                (word.text or "", *(float(word.get(name, 0)) for name in corners))  # type: ignore[misc]
                for word in page.iter(f"{_XHTML}word")
            ),
        )
        for page in root.iter(f"{_XHTML}page")
    ]


def assert_prints_whole(one: SheetPaper, pages: list[PdfPage], *, figures: bool) -> None:
    """Size, margins, running lines, and every text of the paper.

    Args:
        one: the paper.
        pages: its print.
        figures: whether figures are drawn with letters, not as a picture.
    """
    assert pages, one.name
    assert [name for name, _ in groupby(page.format for page in pages)] == one.formats, one.name
    for number, page in enumerate(pages, 1):
        where = (one.name, number)
        assert one.handling and one.handling in page.text, where
        assert f"{number}/{len(pages)}" in page.text, where
        _stays_within(page, where)
    whole = "".join(page.text for page in pages)
    assert one.texts[0] in pages[0].text, one.name
    assert one.last_heading in pages[-1].text or one.last_heading in whole, one.name
    lost = [
        text for text in _wanted(one, figures=figures) if text not in whole and not _goes_over(text, pages)
    ]
    assert not lost, (one.name, lost[:5])
    _repeats_its_headers(one, pages)


def _goes_over(text: str, pages: list[PdfPage]) -> bool:
    """Whether a paragraph begins at the foot of one page and ends on the next."""
    return any(
        text[:cut] in first.text and text[cut:] in second.text
        for first, second in pairwise(pages)
        for cut in range(1, len(text))
    )


def _repeats_its_headers(one: SheetPaper, pages: list[PdfPage]) -> None:
    """A table has its header on every page that has a row of it (of rows that stand nowhere else)."""
    whole = "".join(page.text for page in pages)
    for header, rows in one.tables:
        for page in pages:
            own = [row for row in rows if len(row) > 20 and row in page.text and whole.count(row) == 1]
            assert not own or header in page.text, (one.name, header, own[0])


def _wanted(one: SheetPaper, *, figures: bool) -> Iterable[str]:
    yield from one.texts
    if figures:
        yield from one.figures


def _stays_within(page: PdfPage, where: tuple[str, int]) -> None:
    left, right = _SIDE["landscape" if page.width > page.height else "portrait"]
    for text, x_min, y_min, x_max, y_max in page.words:
        assert x_min >= left * _POINTS - 3, (where, text, "left")
        hanging = 12 if text[-1:] in _HANGING else 3  # 、 and 。 may hang in the margin
        assert x_max <= page.width - right * _POINTS + hanging, (where, text, "right")
        assert y_min >= 0 and y_max <= page.height, (where, text, "off the sheet")
