"""Papers that are made and not recorded: what they print, and that git never holds it."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.profile import load_profile
from gen.profile.private import Private, private_example, read_private

from .scenario import ROOT, git, run

NUMBERS = ("090-1111-2222", "080-3333-4444", "070-5555-6666", "03-7777-8888")
PRIVATE = f"""people:
  wakaba: {{telephone: {NUMBERS[0]}, note: 夜間も可}}
  keyaki: {{telephone: {NUMBERS[1]}}}
vendors:
  tsubaki: {{telephone: {NUMBERS[2]}}}
others:
  - {{name: 庁舎の警備室, telephone: {NUMBERS[3]}}}
"""
PAPERS = ("plans/contacts", "procedures/cutover@koseki", "procedures/meeting")
DAY = ("--date", "R8.4.1")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A workspace with three papers recorded, and with numbers."""
    folder = tmp_path / "aobadai"
    assert run("init", folder, "--profile", "aobadai", *DAY).code == 0
    (folder / "private.yaml").write_text(PRIVATE, encoding="utf-8")
    assert run("generate", *PAPERS, *DAY, folder=folder).code == 0
    return folder


def words_in(data: bytes) -> Iterator[bytes]:
    """What a file holds, of a Word file each part without its tags too."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                part = archive.read(name)
                yield part
                yield re.sub(rb"<[^>]*>", b"", part)


def held(data: bytes) -> bool:
    return any(number.encode() in words for words in words_in(data) for number in NUMBERS)


def objects(folder: Path) -> list[bytes]:
    """Every object of the repository, reachable or not."""
    listed = git(folder, "cat-file", "--batch-all-objects", "--batch-check").splitlines()
    found = []
    for line in listed:
        id, kind, _ = line.split()
        done = subprocess.run(
            ["git", "-C", str(folder), "cat-file", kind, id], capture_output=True, check=True
        )
        found.append(done.stdout)
    return found


def test_the_numbers_are_printed_and_no_object_of_git_holds_them(city: Path) -> None:
    done = run("print", *PAPERS, *DAY, folder=city)
    assert done.code == 0, done.err
    printed = {path.name: path.read_bytes() for path in (city / "private").iterdir()}
    contacts, cutover = (
        b"\n".join(words_in(printed[f"{name}_2026-04-01.docx"])).decode(errors="ignore")
        for name in ("contacts", "cutover@koseki")
    )
    assert NUMBERS[0] in contacts and NUMBERS[1] in contacts and NUMBERS[3] in contacts
    assert NUMBERS[0] in cutover and NUMBERS[2] in cutover and "夜間も可" in cutover
    assert held(printed["contacts_2026-04-01.html"])
    assert git(city, "status", "--short", "--untracked-files=all") == "", "private papers are ignored"
    (city / "profile.yaml").write_text(
        (city / "profile.yaml").read_text(encoding="utf-8").replace("若葉　花子", "若葉　花江"),
        encoding="utf-8",
    )
    assert run("generate", *PAPERS, *DAY, folder=city).code == 0
    git(city, "add", "-A")
    git(city, "commit", "-m", "手で", "--allow-empty")
    everything = objects(city)
    assert len(everything) > 30 and not any(held(data) for data in everything)
    kept = [p for p in city.rglob("*") if p.is_file() and "private" not in str(p.relative_to(city))]
    assert not any(held(path.read_bytes()) for path in kept)


def test_the_word_edit_or_reason_that_holds_a_number_is_not_recorded(city: Path) -> None:
    before = git(city, "rev-parse", "HEAD")
    facts = (city / "profile.yaml").read_text(encoding="utf-8")
    (city / "profile.yaml").write_text(facts.replace("内線 2310", NUMBERS[0]), encoding="utf-8")
    assert run("generate", *PAPERS, *DAY, folder=city).code == 3
    (city / "profile.yaml").write_text(facts.replace("内線 2310", "内線 2311"), encoding="utf-8")
    assert run("generate", *PAPERS, *DAY, "--reason", f"電話 {NUMBERS[1]}", folder=city).code == 3
    paper = city / "documents/plans/contacts.docx"
    with zipfile.ZipFile(paper) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("10分の間", f"{NUMBERS[1]}に、10分の間").encode()
    assert parts["word/document.xml"].decode() != body
    with zipfile.ZipFile(paper, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    for verb in (("generate", *PAPERS), ("adopt", "plans/contacts", "--reason", "番号")):
        refused = run(*verb, *DAY, folder=city)
        assert refused.code == 3 and "private.yaml:" in refused.err, verb
        assert NUMBERS[1] not in refused.err
    assert git(city, "rev-parse", "HEAD") == before


def test_without_private_yaml_the_cells_are_empty(city: Path) -> None:
    (city / "private.yaml").unlink()
    done = run("print", "plans/contacts", *DAY, folder=city)
    assert done.code == 0 and "連絡先 0件" in done.out
    text = b"\n".join(words_in((city / "private/contacts_2026-04-01.docx").read_bytes())).decode(
        errors="ignore"
    )
    assert "空欄は、番号を聞いていないもの" in text and "None" not in text


def test_a_meeting_sees_what_changed_since_a_revision(city: Path) -> None:
    facts = (city / "profile.yaml").read_text(encoding="utf-8")
    (city / "profile.yaml").write_text(facts.replace("内線 2310", "内線 2399"), encoding="utf-8")
    assert run("print", "procedures/meeting", *DAY, folder=city).code == 0
    paper = city / "private/meeting_2026-04-01.docx"
    text = b"\n".join(words_in(paper.read_bytes())).decode(errors="ignore")
    assert "内線 2310" in text and "内線 2399" in text and re.search("変わったこと（改訂[2２]（", text)
    assert run("print", "procedures/meeting", *DAY, "--since", "1", folder=city).code == 3, (
        "the file is there"
    )
    assert run("print", "procedures/meeting", *DAY, "--since", "1", "--overwrite", folder=city).code == 0
    assert run("print", "procedures/meeting", *DAY, "--since", "9", folder=city).code == 1
    assert run("print", "plans/backup", *DAY, folder=city).code == 1, "that one is recorded"


def test_init_makes_an_example_that_says_nothing_and_is_ignored(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    assert run("init", folder, "--profile", "shirakaba", *DAY).code == 0
    assert "telephone" in (folder / "private.yaml").read_text(encoding="utf-8")
    assert git(folder, "status", "--short") == ""
    assert "private" not in git(folder, "ls-files").replace(".gitignore", "")


# -- the file ------------------------------------------------------------------------------

AOBADAI = load_profile(ROOT / "profiles/aobadai.yaml").profile
assert AOBADAI is not None


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("people:\n  wakabo: {telephone: 090-1111-2222}\n", "2:3", "「wakaba」ではありませんか"),
        ("people:\n  wakaba: {telefone: 090-1111-2222}\n", "2:12", "「telephone」ではありませんか"),
        ("people:\n  wakaba: {note: 夜間}\n", "2:3", "電話番号（telephone）がありません"),
        ("people:\n  wakaba: {telephone: 自宅}\n", "2:23", "番号がありません"),
        ("people:\n  - wakaba\n", "1:1", "「項目名: 値」の並びで書きます"),
        ("poeple:\n  wakaba: {telephone: 090-1111-2222}\n", "1:1", "「people」ではありませんか"),
        ("others:\n  - {name: 警備室}\n", "2:5", "電話番号（telephone）がありません"),
        (f"people:\n  wakaba: {{telephone: {'0' * 61}}}\n", "2:23", "60字まで"),
        ("people: &a\n  wakaba: {telephone: 090-1111-2222}\n", "1:", ""),
        ("[" * 60, "1:", ""),
        ("x: " + "0" * (2 * 1024 * 1024), "", ""),
    ],
)
def test_a_wrong_line_is_told_at_its_place_and_without_its_number(text: str, at: str, words: str) -> None:
    assert AOBADAI is not None
    private, report = read_private(text.encode(), AOBADAI)
    assert private == Private() and report.errors
    first = report.errors[0]
    assert str(first.place).startswith(f"private.yaml:{at}" if at else "private.yaml"), first
    assert words in first.message + first.hint
    assert not any("1111" in one.message + one.hint for one in report)


def test_the_example_is_no_numbers_and_filled_in_it_is_right() -> None:
    assert AOBADAI is not None
    example = private_example(AOBADAI)
    assert read_private(example, AOBADAI)[0] == Private()
    lines = [line for line in example.decode().splitlines() if re.match("# (people|vendors|others|  )", line)]
    private, report = read_private("\n".join(line[2:] for line in lines).encode(), AOBADAI)
    assert report.is_ok and set(private.people) == {next(iter(AOBADAI.people))}


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"people:\n  wakaba: {text}".encode(errors="replace"))
)
def test_whatever_the_file_holds_ends_in_numbers_or_findings(data: bytes) -> None:
    assert AOBADAI is not None
    private, report = read_private(data, AOBADAI)
    assert isinstance(private, Private) and (report.is_ok or private == Private())
