"""What a developer or CI leans on outside of the package."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement

from .reproduce import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DEV = PROJECT["project"]["optional-dependencies"]["dev"]
BUILD = PROJECT["build-system"]["requires"]


@pytest.mark.parametrize("line", [*RUNTIME, *DEV, *BUILD])
def test_each_dependency_stands_on_the_page_with_range_licence_and_reason(line: str) -> None:
    requirement = Requirement(line)
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in page.splitlines()
        if row.startswith(f"| {requirement.name} |")
    ]

    assert len(rows) == 1, f"{requirement.name}: one row in docs/dependencies.md"
    _, range_, licence, reason = rows[0]
    assert range_.strip("`") == line.removeprefix(requirement.name)
    assert licence
    assert len(reason) > 10


def test_the_page_names_no_dependency_that_is_gone() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    known = {Requirement(line).name for line in [*RUNTIME, *DEV, *BUILD]}

    named = {found.group(1) for found in re.finditer(r"^\| ([\w.-]+) \| `[<>=~!]", page, re.MULTILINE)}

    assert named == known


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bit")
def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_the_readme_names_every_target_and_every_command() -> None:
    from gen.cli.main import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in cli.commands if f"kian {name}" not in readme] == []
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    unnamed = [name for name in targets[0].split() if name != "help" and f"make {name}" not in readme]
    assert unnamed == []


def test_links_of_the_readme_lead_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    dead = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if not (ROOT / link).exists()]

    assert dead == []
