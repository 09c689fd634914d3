"""Rows 1 and 2: filling a contract, stock docxtpl beside Kian.

Hands out `rows`, `contenders` and `with_paths`. Before measuring it proves that both make the same paper.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from benchmarks.paper import clauses, facts, named_master, plain_master
from benchmarks.timing import Row, interleaved
from gen.clauses import Wording
from gen.word.document import Stamp, finish
from gen.word.marks import Value, strip_marks
from gen.word.master import build
from gen.word.package import read_package
from gen.word.reading import lines_of
from gen.word.template import Templates

__all__ = ["contenders", "rows", "with_paths"]

_DOCUMENT = "word/document.xml"
_PROVENANCE = {f"Kian{name}": "0" * 64 for name in ("Document", "Template", "Profile", "Law", "Fingerprint")}


def contenders() -> dict[str, Callable[[], bytes]]:
    """What is measured, by name; each gives a Word file."""
    plain = build(plain_master(), "plain")
    files = {"plain.docx": plain, "named.docx": build(named_master(), "named")}
    files.update({f"clauses/{name}.docx": build(text, name) for name, text in clauses().items()})
    templates = Templates(files.get, Wording(), {"甲": "発注者", "乙": "受注者"})
    context, marked = facts(), {**with_paths(facts()), "_applies": lambda file: True}
    stamp = Stamp(1, "2026-04-01", "令和8年4月1日")

    def docxtpl() -> bytes:
        template = DocxTemplate(io.BytesIO(plain))
        template.render(context, autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    def kian_fill() -> bytes:
        filled = templates.fill("plain.docx", marked)
        parts = {name: strip_marks(text).encode() for name, text in filled.texts.items()}
        return filled.compiled.package.with_parts(parts).write()

    def kian_whole() -> bytes:
        document = finish(templates.fill("named.docx", marked), "契約書", Wording())
        document.fingerprint(stamp)
        assert document.text_digest
        return document.write(stamp, _PROVENANCE)

    return {"docxtpl": docxtpl, "kian fill": kian_fill, "kian whole": kian_whole}


def with_paths(value: Any, path: str = "") -> Any:
    """The same facts as Kian has them: each text knows the field that it came from."""
    if isinstance(value, Mapping):
        return {key: with_paths(one, f"{path}.{key}".lstrip(".")) for key, one in value.items()}
    if isinstance(value, list):
        return [with_paths(one, f"{path}[{number}]") for number, one in enumerate(value)]
    return Value(value, path) if isinstance(value, str) else value


def rows(rounds: int = 40) -> list[Row]:
    """Rows 1 and 2 of the table."""
    made = contenders()
    _prove_the_same({name: run() for name, run in made.items()})
    taken = interleaved(made, rounds)
    stock, fill, whole = (taken[name] for name in ("docxtpl", "kian fill", "kian whole"))
    times_fill, times_whole = stock.wall / fill.wall, stock.wall / whole.wall
    return [
        Row(
            "fill a 40-article contract with a 20-row table, in a batch, one core",
            f"docxtpl {stock}", str(fill), f"{times_fill:.1f} times",
            "≤ 2 ms, ≥ 25 times docxtpl", fill.wall <= 0.002 and times_fill >= 25,
        ),
        Row(
            "the same with 30 included clauses, fields, marks, inspection, twin, fingerprint, package",
            f"docxtpl {stock} without any of it", str(whole), f"{times_whole:.1f} times",
            "≤ 6 ms, ≥ 8 times docxtpl", whole.wall <= 0.006 and times_whole >= 8,
        ),
    ]  # fmt: skip


def _prove_the_same(files: Mapping[str, bytes]) -> None:
    """All contenders made the same text; docxtpl and the plain filling even the same XML."""
    bodies = {
        name: etree.fromstring(read_package(data, name).parts[_DOCUMENT]) for name, data in files.items()
    }
    texts = {name: [line.text for line in lines_of(root)] for name, root in bodies.items()}
    if texts["docxtpl"] != texts["kian fill"] or texts["docxtpl"] != texts["kian whole"]:
        raise SystemExit("the contenders do not make the same paper; nothing was measured")
    for name in ("docxtpl", "kian fill"):
        etree.cleanup_namespaces(bodies[name])
    if _canonical(bodies["docxtpl"]) != _canonical(bodies["kian fill"]):
        raise SystemExit("docxtpl and Kian give other XML; nothing was measured")


def _canonical(root: etree._Element) -> bytes:
    return etree.tostring(root[0], method="c14n")
