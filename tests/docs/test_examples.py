"""What the docs show can be typed, opened and seen."""

from __future__ import annotations

import re
import shlex
import struct
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gen import __version__
from gen.cli.main import cli
from gen.profile import load_profile_bytes

from .pages import DOCS, ROOT, commands, options

PAGES = [ROOT / "README.ja.md", *sorted(DOCS.rglob("*.md"))]
IMAGES = sorted((DOCS / "ja" / "images").glob("*.png"))
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:kian|py -m gen) [^`]+)`")
_LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_KIBIBYTES = 150


def _id(value: object) -> str:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else str(value)


def _typed(text: str) -> Iterator[str]:
    """Each whole call of kian that a page shows as typed."""
    for kind, block in _FENCE.findall(text):
        if kind in ("console", "sh"):
            for line in block.splitlines():
                typed = line.strip().removeprefix("$ ")
                if typed.startswith(("kian ", "py -m gen ")):
                    yield typed


def _split(typed: str) -> list[str]:
    words = shlex.split(typed.replace("\\", "/"), comments=True)
    return words[3:] if words[0] == "py" else words[1:]


def _parse(typed: str) -> None:
    """Let Click read the line as it would when typed, without doing anything."""
    words = _split(typed)
    try:
        context: click.Context = cli.make_context("kian", words)
        command: click.Command = cli
        while isinstance(command, click.Group):
            name, found, rest = command.resolve_command(context, [*context._protected_args, *context.args])
            assert found is not None and name is not None
            context, command = found.make_context(name, rest, parent=context), found
    except click.exceptions.Exit:
        return  # --help and --version


def _unknown(typed: str) -> list[str]:
    """The words of a call in running text that kian does not know: commands and options."""
    words = [word for word in _split(typed) if word.startswith("-") or re.fullmatch(r"[a-z]+", word)]
    known = {word for name, _ in commands() for word in name.split()}
    known |= {option for _, command in commands() for option in options(command)}
    return [
        word
        for position, word in enumerate(words)
        if word not in known and (position < 1 or word.startswith("-"))
    ]


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_a_call_that_a_page_shows_can_be_typed(page: Path) -> None:
    wrong = []
    for typed in _typed(page.read_text(encoding="utf-8")):
        try:
            _parse(typed)
        except (click.UsageError, ValueError) as error:
            wrong.append(f"{typed}: {error}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_a_command_that_a_page_names_exists(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    wrong = [f"{typed}: {_unknown(typed)}" for typed in _INLINE.findall(text) if _unknown(typed)]
    assert not wrong, "\n".join(wrong)


def test_the_readme_shows_every_command_of_the_daily_round() -> None:
    shown = {typed.split()[1] for typed in _typed((ROOT / "README.ja.md").read_text(encoding="utf-8"))}
    assert {"demo", "init", "check", "generate"} <= shown


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_a_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text(encoding="utf-8")))
    wrong = []
    for target in _LINK.findall(text):
        if target.startswith(("http:", "https:")):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            wrong.append(target)
    assert not wrong


def _anchors(file: Path) -> set[str]:
    """The anchors that GitHub gives to headings."""
    headings = _HEADING.findall(_FENCE.sub("", file.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("image", IMAGES, ids=_id)
def test_a_picture_is_small_used_and_whole(image: Path) -> None:
    data = image.read_bytes()
    assert len(data) <= _KIBIBYTES * 1024
    assert data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", data[16:24])
    assert 600 <= width <= 1000 and height >= 300
    assert any(image.name in page.read_text(encoding="utf-8") for page in PAGES)


def test_the_picture_maker_makes_these_pictures() -> None:
    script = (DOCS / "ja" / "images" / "make.py").read_text(encoding="utf-8")
    assert sorted(
        re.findall(r'^    "([a-z-]+)": \("(?:(?:un)?decided|changed|edited|story)"', script, re.MULTILINE)
    ) == [image.stem for image in IMAGES]


@pytest.mark.parametrize("page", sorted((DOCS / "ja").glob("*.md")), ids=_id)
def test_a_piece_of_profile_is_yaml_that_kian_reads(page: Path) -> None:
    for kind, block in _FENCE.findall(page.read_text(encoding="utf-8")):
        if kind != "yaml" or block.startswith((" ", "title:")):
            continue
        loaded = load_profile_bytes({"profile.yaml": block.encode()})
        grave = [
            finding
            for finding in loaded.report.errors
            if finding.rule.startswith("yaml-") or finding.rule in ("profile-unknown-field", "profile-choice")
        ]
        assert not grave, grave


def test_a_message_that_is_explained_is_one_that_kian_says() -> None:
    page = (DOCS / "ja" / "troubleshooting.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (.+?) \| ", page.partition("## よくある表示")[2].partition("\n## ")[0], re.MULTILINE
    )
    said = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "gen").rglob("*.py"))
    said = re.sub(r"\{[^{}]*\}", "…", said)
    unsaid = [row for row in rows[2:] if row.rstrip("…") not in said]
    assert len(rows) > 10 and not unsaid


def test_the_file_to_install_is_of_this_version() -> None:
    readme = (ROOT / "README.ja.md").read_text(encoding="utf-8")
    assert set(re.findall(r"kian_gen-([0-9.]+)-py3", readme)) == {__version__}
