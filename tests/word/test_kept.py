"""What was compiled in an earlier run: the same papers with and without, and nothing else is ever run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gen.clauses import Wording
from gen.errors import UserError
from gen.word import kept as module
from gen.word.document import finish
from gen.word.kept import Kept, beside_bytecode
from gen.word.sandbox import Sandbox
from gen.word.template import Templates

from .scenario import DRAFT, UNKNOWN, a_docx, p, steer, table, tr

BODY = (
    p('{{ jo("first") }}　{{甲}}は、{{ name }}を支払う。'),
    steer("{%p if k.x %}"),
    p("{{ name }}を選ぶ。"),
    steer("{%p else %}"),
    p("{{ sum }}を選ぶ。"),
    steer("{%p endif %}"),
    steer('{%p include "clauses/end.docx" %}'),
    table(
        tr("回", "額"),
        tr("{%tr for row in rows %}", ""),
        tr("{{ row }}", "{{ sum }}"),
        tr("{%tr endfor %}", ""),
    ),
)
END = (
    steer("{%p if k.x %}"),
    p('{{ jo("end") }}　{{ ref("first") }}による。'),
    steer("{%p endif %}"),
    p("{{ name }}で終わる。"),
)
MARKDOWN = """# {{ name }}の計画

{{ sum }}とする。
"""
FILES = {"contracts/x.docx": a_docx(*BODY), "clauses/end.docx": a_docx(*END), "plans/y.md": MARKDOWN.encode()}
CONTEXT = {
    "name": "青葉台市",
    "sum": "100円",
    "rows": ["1", "2"],
    "k": {"x": UNKNOWN},
    "_applies": lambda file: True,
}
TERMS = {"甲": "発注者"}


def store(folder: Path, engine: bytes = b"engine") -> Kept:
    return Kept(folder / "kept", engine)


def papers(
    kept: Kept | None, files: dict[str, bytes] = FILES, wording: Wording | None = None
) -> dict[str, tuple[str, str, object, str | None]]:
    """Fingerprint, text, trace and page of each paper, as a process of its own would make them."""
    wording = wording or Wording()
    templates = Templates(files.get, wording, TERMS, kept=kept)
    made = {}
    for name in ("contracts/x.docx", "plans/y.md"):
        templates.includes(name)
        document = finish(templates.fill(name, CONTEXT), "題", wording)
        made[name] = (document.fingerprint(DRAFT), document.twin, document.trace, document.html)
    return made


def kept_files(folder: Path) -> list[Path]:
    return sorted((folder / "kept").iterdir())


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("compiled anew")

    monkeypatch.setattr(Sandbox, "compile", refuse)


def test_the_papers_are_the_same_without_with_and_after(tmp_path: Path) -> None:
    without = papers(None)
    assert papers(store(tmp_path)) == without
    assert papers(store(tmp_path)) == without


def test_what_was_kept_is_not_compiled_again(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    first = papers(store(tmp_path))
    request.getfixturevalue("no_compiler")
    assert papers(store(tmp_path)) == first


@pytest.mark.parametrize("other", ["file", "clause", "wording", "engine"])
def test_what_was_kept_for_something_else_is_not_used(tmp_path: Path, other: str) -> None:
    papers(store(tmp_path))
    files, wording, engine = dict(FILES), Wording(), b"engine"
    if other == "file":
        files["contracts/x.docx"] = a_docx(p("別の本文"), *BODY)
    elif other == "clause":
        files["clauses/end.docx"] = a_docx(p("別の条文"), *END)
    elif other == "wording":
        wording = Wording(comma="，")
    else:
        engine = b"another sandbox"
        before = [path.read_bytes() for path in kept_files(tmp_path)]
    assert papers(store(tmp_path, engine), files, wording) == papers(None, files, wording)
    if other == "engine":
        assert not set(before) & {path.read_bytes() for path in kept_files(tmp_path)}


def test_a_torn_or_changed_file_is_no_file(tmp_path: Path) -> None:
    without = papers(store(tmp_path))
    for path in kept_files(tmp_path):
        data = path.read_bytes()
        for damage in (b"", data[:20], data[:-1], data[:40] + bytes([data[40] ^ 1]) + data[41:]):
            path.write_bytes(damage)
            assert papers(store(tmp_path)) == without
            assert path.read_bytes() == data  # made anew


def test_a_file_of_another_slot_is_not_run(tmp_path: Path) -> None:
    without = papers(store(tmp_path))
    contents = [path.read_bytes() for path in kept_files(tmp_path)]
    for path, other in zip(kept_files(tmp_path), contents[1:] + contents[:1], strict=True):
        path.write_bytes(other)
    assert papers(store(tmp_path)) == without


def test_a_place_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder would be", encoding="utf-8")
    assert papers(store(tmp_path)) == papers(None)
    assert (tmp_path / "kept").is_file()


def test_a_fault_is_told_with_the_same_words_from_what_was_kept(tmp_path: Path) -> None:
    files = {"contracts/x.docx": a_docx(p("一"), p("二は{{ fact.nothing }}です"))}
    told = []
    for kept in (None, store(tmp_path), store(tmp_path)):
        with pytest.raises(UserError) as caught:
            Templates(files.get, Wording(), kept=kept).fill("contracts/x.docx", {"fact": {}})
        told.append((caught.value.message, caught.value.place, caught.value.hint))
    assert told[0] == told[1] == told[2]
    assert "二は" in told[0][0]


def test_a_template_that_is_refused_is_refused_each_time(tmp_path: Path) -> None:
    files = {"contracts/x.docx": a_docx(p("{{ name.__class__ }}{% set x = 1 %}"))}
    for _ in range(2):
        with pytest.raises(UserError):
            Templates(files.get, Wording(), kept=store(tmp_path)).fill("contracts/x.docx", CONTEXT)


def test_uses_that_nobody_has_any_more_do_not_fill_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_FILES", 3)
    kept = store(tmp_path)
    for number in range(20):
        kept.write([str(number)], b"", number)
        assert len(kept_files(tmp_path)) <= 3
    assert kept.read(["19"], b"") == 19


def test_the_place_is_that_of_pythons_own_bytecode(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ask = beside_bytecode.__wrapped__
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    assert ask()._folder.parent == Path(module.__file__).parent / "__pycache__"
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "bytecode"))
    assert ask()._folder.is_relative_to(tmp_path / "bytecode")
    monkeypatch.setattr(sys, "pycache_prefix", "bytecode")  # would lead into a workspace
    assert ask() is None
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert ask() is None


@pytest.mark.parametrize(
    "source", ["word/sandbox.py", "word/budget.py", "word/allowed.py", "clauses/tokens.py"]
)
def test_the_key_knows_the_engine(source: str) -> None:
    parts = list(module._engine_parts())
    assert (Path(module.__file__).parents[1] / source).read_bytes() in parts
    assert any(part.startswith(b"jinja2 3") for part in parts)
