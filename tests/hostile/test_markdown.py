"""Markdown templates made to harm: what a browser would follow or run prints as typed; nothing is endless."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from drafting.scenario import a_workspace, run
from markdown_engine.scenario import html_text, made, read_page, refused, twin

from .scenario import said_in_japanese

TYPED = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src='http://evil.example'></iframe>",
    "<svg onload=alert(1)>", "<style>@import url(http://evil.example)</style>", "<base href='http://evil.example'>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>", "<a href='javascript:alert(1)'>x</a>",
    "[y](javascript:alert(1))", "[y](data:text/html;base64,PHNjcmlwdD4=)", "[y](file:///etc/passwd)",
    "![y](http://evil.example/beacon.png)", "![y](//evil.example/x)", "![y](data:image/svg+xml,<svg/>)",
    "<http://evil.example>", "<javascript:alert(1)>", "&lt;script&gt;", "&#x3c;script&#x3e;", "<!-- x -->", "<?php x ?>",
    "<![CDATA[y]]>", "[y][r]", "http://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_what_a_browser_would_follow_or_run_prints_as_typed(text: str) -> None:
    document = made(f"前 {text} 後\n\n{{{{ v }}}}\n", v=text)
    page = read_page(document.html or "")
    assert not {"script", "a", "img", "iframe", "object", "embed", "base", "link", "svg"} & set(page.tags)
    assert page.tags.count("style") == 1  # ours
    assert not page.addresses
    assert html_text(document).count(text) == 2 and document.twin.count(text) == 2


def test_a_reference_is_no_link() -> None:
    assert "[r]: http://evil.example" in "\n".join(twin("[y][r]\n\n[r]: http://evil.example\n"))


ENDLESS = {
    "stars": "*" * 5_000 + "a" + "*" * 5_000,
    "stars and letters": "*a " * 3_000,
    "underscores": "_a" * 5_000,
    "brackets": "[" * 20_000,
    "brackets and back": "[" * 5_000 + "](" * 5_000,
    "backticks": " ".join("`" * n for n in range(1, 150)),
    "quotes": ">" * 500 + " a",
    "quotes apart": "> " * 500 + "a",
    "numbers": "\n".join(f"{n}. a" for n in range(3_000)),
    "cells": "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000,
    "a line": "あ" * 500_000,
    "breaks": "\\\\ " * 3_000,
    "backslashes": "\\" * 20_000,
    "tags": "{{ v }}" * 2_000,
    "tags without an end": "{{" * 10_000,
    "lines": "a\n\n" * 20_000,
    "dashes": "- " * 5_000,
    "angles": "<" * 20_000,
    "entities": "&" * 20_000,
    "fences": "```\n" * 3_001,
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_pathological_markdown_ends_soon(text: str) -> None:
    began = time.process_time()
    try:
        made(f"{text}\n", v="x")
    except Exception:
        assert refused(f"{text}\n", v="x")[0]
    assert time.process_time() - began < 60


def test_a_hostile_markdown_template_is_refused_at_the_command_with_its_line(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    own = city / "templates/plans/backup.md"
    own.parent.mkdir(parents=True)
    for text, place in (
        ("文\n\n{{ ''.__class__ }}\n", "plans/backup.md:3"),
        ("{% set x = 1 %}\n", "plans/backup.md:1"),
    ):
        own.write_text(text, encoding="utf-8")
        done = run("generate", "--date", "R8.4.1", folder=city)
        said_in_japanese(done)
        assert place in done.err
