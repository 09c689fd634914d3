"""Rows on a paper that was edited: a redline of two versions, and new facts merged into a person's file.

Hands out `rows`. Both read their Word files and write one; the paper has 60 articles, of which the
facts change every third and the person every fifth.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from benchmarks.filling import with_paths
from benchmarks.paper import facts, long_master
from benchmarks.timing import Row, interleaved
from gen.clauses import Wording
from gen.compare import read_paper
from gen.compare.merging import merge
from gen.compare.redline import redline
from gen.word.document import Stamp, finish
from gen.word.master import build
from gen.word.package import read_package
from gen.word.template import Templates

__all__ = ["rows"]

_ARTICLES, _DAY, _GOAL = 60, date(2026, 4, 1), 0.5
_DOCUMENT = "word/document.xml"


def _made(later: int) -> bytes:
    master = build(long_master(_ARTICLES), "long")
    templates = Templates({"long.docx": master}.get, Wording(), {"甲": "発注者", "乙": "受注者"})
    stamp = Stamp(1, _DAY.isoformat(), "令和8年4月1日")
    context = with_paths(facts(_ARTICLES, later=later))
    return finish(templates.fill("long.docx", context), "契約書", Wording()).write(stamp, {})


def _edited(data: bytes) -> bytes:
    """The file with every fifth article worded otherwise."""
    package = read_package(data, "long")
    first, *others = package.parts[_DOCUMENT].decode().split("誠実に")
    words = ("誠実かつ確実に" if number % 5 == 0 else "誠実に" for number in range(len(others)))
    text = first + "".join(word + other for word, other in zip(words, others, strict=True))
    return package.with_parts({_DOCUMENT: text.encode()}).write()


def contenders() -> dict[str, Callable[[], bytes]]:
    """What is measured, by name; each gives a Word file."""
    old, new = _made(0), _made(3)
    theirs = _edited(old)

    def compared() -> bytes:
        return redline(read_paper(old, "old"), read_paper(new, "new"), author="Kian", on=_DAY)

    def merged() -> bytes:
        papers = (read_paper(data, "long") for data in (old, theirs, new))
        return merge(*papers, on=_DAY, say=lambda _: "重なり").package.write()

    return {"redline": compared, "merge": merged}


def rows(rounds: int = 10) -> list[Row]:
    """Redline and merge."""
    made = contenders()
    for name, run in made.items():
        text = read_package(run(), name).parts[_DOCUMENT].decode()
        if "<w:ins " not in text or "<w:del " not in text:
            raise SystemExit(f"{name} shows no change; nothing was measured")
    taken = interleaved(made, rounds)
    titles = {
        "redline": f"redline of two versions of {_ARTICLES} articles, 20 of them changed",
        "merge": f"new facts in 20 of {_ARTICLES} articles merged into a file with 12 edited by hand",
    }
    return [
        Row(titles[name], "–", str(time), "–", f"≤ {_GOAL} s", time.wall <= _GOAL)
        for name, time in taken.items()
    ]
