"""Scenarios for Markdown templates: a text, its facts, and the document that comes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from lxml import etree

from gen.clauses import Wording
from gen.report import FindingsError
from gen.word.document import Document, Stamp, finish
from gen.word.figure import Figure
from gen.word.row import Row
from gen.word.template import TemplateError, Templates
from gen.word.unknown import Unknown

HERE = Path(__file__).parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAFT = Stamp(2, "2026-04-01", "令和8年4月1日")
FINAL = Stamp(2, "2026-04-01", "令和8年4月1日", draft=False)
UNKNOWN = Unknown("systems.juki.budget", "予算の追加")


def templates(
    text: str,
    parts: Mapping[str, str] | None = None,
    wording: Wording | None = None,
    terms: Mapping[str, str] | None = None,
) -> Templates:
    files = {"procedures/main.md": text.encode()}
    files.update({f"procedures/{name}.md": part.encode() for name, part in (parts or {}).items()})
    return Templates(files.get, wording or Wording(), terms)


def made(
    text: str,
    parts: Mapping[str, str] | None = None,
    wording: Wording | None = None,
    terms: Mapping[str, str] | None = None,
    **facts: object,
) -> Document:
    """The document that a Markdown template makes of the facts."""
    facts.setdefault("_applies", lambda name: True)
    filled = templates(text, parts, wording, terms).fill("procedures/main.md", facts)
    return finish(filled, "手順書", wording or Wording())


def twin(text: str, **options: object) -> list[str]:
    """The lines of the text, empty ones left out."""
    return [line for line in made(text, **options).twin.split("\n") if line]  # type: ignore[arg-type]


def refused(text: str, **options: object) -> tuple[str, str]:
    """What the person is told, and where."""
    try:
        made(text, **options)  # type: ignore[arg-type]
    except TemplateError as error:
        return error.message, str(error.place)
    except FindingsError as error:
        return "\n".join(one.message for one in error.report), ""
    raise AssertionError("it was not refused")


def word_xml(document: Document, part: str = "word/document.xml", stamp: Stamp = DRAFT) -> etree._Element:
    return etree.fromstring(document.stamped(stamp).parts[part])


class _Reader(HTMLParser):
    """Reads a page as a browser does, never through the code under test."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text: list[str] = []
        self.addresses: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [str(value) for name, value in attrs if name in ("src", "href", "action", "data")]
        if tag == "br":
            self.text.append("\n")
        if tag in ("style", "title"):
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)


def read_page(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def html_text(document: Document) -> str:
    assert document.html is not None
    return "".join(read_page(document.html).text)


def word_text(document: Document) -> str:
    """The text of the Word file, breaks and tabs as such."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        (one.text or "") if one.tag == f"{W}t" else signs[str(one.tag)]
        for one in word_xml(document).iter(f"{W}t", *signs)
    )


def shape(document: Document) -> tuple[list[str], list[str]]:
    """The structure of both outputs, without their text."""
    styles = [one.get(f"{W}val", "") for one in word_xml(document).iter(f"{W}pStyle", f"{W}tr", f"{W}tc")]
    page = document.html or ""
    return styles, [tag for tag in re.findall(r"<(/?[a-z0-9]+)", page) if tag not in ("br", "span", "/span")]


GANTT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 120" font-size="5">
<rect x="0" y="0" width="360" height="120" fill="#ffffff" stroke="#000000" stroke-width="0.5"/>
<rect x="0" y="0" width="360" height="12" fill="#ededed" stroke="#000000" stroke-width="0.3"/>
<text x="30" y="8" text-anchor="middle" font-weight="bold">業務</text>
<line x1="60" y1="0" x2="60" y2="120" stroke="#000000" stroke-width="0.3"/>
<g stroke="#999999" stroke-width="0.2"><line x1="160" y1="12" x2="160" y2="120" stroke-dasharray="2 1"/>
<line x1="260" y1="12" x2="260" y2="120" stroke-dasharray="2 1"/></g>
<text x="110" y="8" text-anchor="middle">令和8年4月</text><text x="210" y="8" text-anchor="middle">5月</text>
<text x="3" y="28">住民記録</text><rect x="70" y="20" width="120" height="10" fill="#666666"/>
<text x="194" y="28">移行 4/6～5/20</text>
<text x="3" y="48">税務（固定資産）</text><rect x="120" y="40" width="150" height="10" fill="#bbbbbb" stroke="#000000" stroke-width="0.3"/>
<circle cx="280" cy="25" r="4" fill="#000000"/><polygon points="300,20 308,30 292,30" fill="#000000"/>
<polyline points="190,25 200,35 200,45 270,45" fill="none" stroke="#000000" stroke-width="0.6"/>
<text x="357" y="116" text-anchor="end">R&amp;D &lt;A&gt; abc</text></svg>"""


def demo_facts(**changes: object) -> dict[str, object]:
    steps = [
        Row(name="体制を決める", due="令和8年4月6日", owner="デジタル推進課", evidence="体制表", risky=False),
        Row(name="現行データを写し、\n件数を突き合わせる", due="令和8年5月7日", owner="みどり情報", evidence="件数表 A|B社", risky=True),
        Row(name="*1*2*3 <b>太字でない</b> 2024. 年次処理", due="令和8年5月11日", owner="", evidence="# 記録", risky=False),
    ]  # fmt: skip
    rows = [Row(name=f"業務{n}", a="4", b="5", c="6", n=str(n * 137)) for n in range(1, 90)]
    facts: dict[str, object] = {
        "city": Row(name="青葉台市"),
        "system": Row(name="住民記録システム", host="juki-db", online=True, owner=Unknown("systems.juki.owner", "責任者"), version="1.2"),
        "handling": "取扱注意",
        "steps": steps, "rows": rows, "budget": UNKNOWN, "budget_due": "令和8年6月1日",
        "gantt": Figure(GANTT, 360, 120, "移行の工程表"),
    }  # fmt: skip
    return {**facts, **changes}


def the_demo(**changes: object) -> Document:
    """The demo template with every feature."""
    text = (HERE / "demo.md").read_text(encoding="utf-8")
    part = (HERE / "part.md").read_text(encoding="utf-8")
    return made(text, {"part": part}, **demo_facts(**changes))
