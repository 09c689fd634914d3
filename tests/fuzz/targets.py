"""What is fuzzed: each target takes bytes and may refuse them in Japanese; anything else is a find.

Hands out `TARGETS` and `CORPUS`, the seeds that `make fuzz` begins with and the tests replay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from gen.catalog.manifest import read_manifest
from gen.clauses import Wording
from gen.compare import Paper, read_paper
from gen.compare.merging import merge
from gen.compare.pen import Pen
from gen.compare.redline import redline
from gen.compare.renumbering import renumber
from gen.compare.table import comparison
from gen.errors import UserError
from gen.profile import load_profile_bytes
from gen.word.document import Document, finish
from gen.word.master import build, text_of
from gen.word.row import Row
from gen.word.template import Templates
from gen.word.unknown import Unknown

CORPUS = Path(__file__).parents[1] / "corpus"
_ON = date(2026, 5, 1)
_FACTS = {
    "v": "値", "n": 3, "rows": [Row(a="1", b="2"), Row(a="3", b="4")], "u": Unknown("k.x", "予定価格"), "t": True,
    "k": Row(title="件名", total="金100円"), "fact": Row(a=True, b=False), "_applies": lambda name: True,
}  # fmt: skip


def fuzz_yaml(data: bytes) -> None:
    """The YAML reader, the checks behind it, and manifests."""
    loaded = load_profile_bytes({"profile.yaml": data})
    assert loaded.profile is not None or not loaded.report.is_ok
    for finding in loaded.report:
        assert finding.place and finding.place.line and finding.place.column, finding
        assert re.search("[ぁ-んァ-ヶ一-龠]", finding.message), finding
    _may_refuse(lambda: read_manifest(data, "clauses/x", "clauses/x.yaml"))


def fuzz_grammar(data: bytes) -> None:
    """The legal text: from a master to Word, numbered, cited, read back."""
    text = data.decode("utf-8", "replace")

    def there_and_back() -> None:
        word = build(text, "x.txt")
        text_of(word, "x.docx")
        _filled({"x.docx": word}, "x.docx")

    _may_refuse(there_and_back)


def fuzz_word(data: bytes) -> None:
    """The Word reader: a package, its text, a template, a document."""
    _may_refuse(lambda: text_of(data, "x.docx"))
    _may_refuse(lambda: _filled({"x.docx": data}, "x.docx"))


def fuzz_markdown(data: bytes) -> None:
    """The Markdown engine: Word and HTML of one template."""

    def made() -> None:
        document = _filled({"plans/x.md": data}, "plans/x.md")
        page = document.html or ""
        assert not re.search(r"<(?:script|a|img|iframe|object|embed|link|base)\b", page), (
            "raw HTML came through"
        )

    _may_refuse(made)


def fuzz_compare(data: bytes) -> None:
    """A paper that came back: compared with the one that went out, both ways, merged, counted anew."""
    theirs: list[Paper] = []
    _may_refuse(lambda: theirs.append(read_paper(data, "theirs.docx")))
    if not theirs:
        return

    def sent() -> Paper:
        return read_paper(_sent(), "sent.docx")

    def back() -> Paper:  # each job writes into what it is given
        return read_paper(data, "theirs.docx")

    _may_refuse(lambda: redline(sent(), back(), author="Kian", on=_ON))
    _may_refuse(lambda: redline(back(), sent(), author="Kian", on=_ON))
    _may_refuse(lambda: comparison(sent(), back()))
    _may_refuse(lambda: merge(sent(), back(), sent(), on=_ON, say=str))
    _may_refuse(lambda: renumber(back(), Pen("Kian", _ON.isoformat())))


@cache
def _sent() -> bytes:
    return (CORPUS / "compare" / "contract.docx").read_bytes()


def _filled(files: Mapping[str, bytes], name: str) -> Document:
    document = finish(Templates(files.get, Wording()).fill(name, dict(_FACTS)), "題", Wording())
    assert not re.search("[\ufdd0-\ufdef]", document.twin)
    return document


def _may_refuse(work: Callable[[], object]) -> None:
    try:
        work()
    except UserError as error:
        said = error.message + "".join(one.message for one in getattr(error, "report", ()))
        assert re.search("[ぁ-んァ-ヶ一-龠]", said), said


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "yaml": fuzz_yaml,
    "grammar": fuzz_grammar,
    "word": fuzz_word,
    "markdown": fuzz_markdown,
    "compare": fuzz_compare,
}
