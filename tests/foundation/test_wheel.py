"""The wheel carries the whole of Kian, and the sdist makes the same wheel."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import gen

from .check_wheels import missing
from .reproduce import ROOT


def build(source: Path, out: Path, *kinds: str) -> None:
    command = [sys.executable, "-m", "build", *kinds, "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def members(wheel: Path) -> dict[str, bytes]:
    """Its files, but for RECORD, whose order is nobody's concern."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/RECORD")}


def tracked(*folders: str) -> list[str]:
    """What git follows there; in a tree without git, what lies there."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", *folders]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode == 0 and done.stdout:
        names = [name for name in done.stdout.split("\0") if name]
    else:
        files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
        names = [path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts]
    return [name for name in names if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist and the wheel that `build` makes from it."""
    out = tmp_path_factory.mktemp("dist")
    build(ROOT, out)
    return out


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    return next(dist.glob("kian_gen-*.whl"))


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    inside = members(wheel)

    lacking = [name for name in tracked("gen") if name not in inside]

    assert lacking == []
    assert any(name.endswith("/municipalities.csv") for name in inside)
    assert any(name.endswith("/values.yaml") for name in inside)


def test_templates_and_profiles_travel_inside_the_package(wheel: Path) -> None:
    inside = members(wheel)

    lacking = [
        name for name in tracked("templates", "profiles") if inside.get(f"gen/_shipped/{name}") != read(name)
    ]

    assert lacking == []


def read(name: str) -> bytes:
    return (ROOT / name).read_bytes()


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    others = [
        name
        for name in members(wheel)
        if not name.startswith("gen/") and not re.match(r"kian_gen-[^/]+\.dist-info/", name)
    ]

    assert others == []
    assert not any("__pycache__" in name for name in members(wheel))


def test_the_sdist_makes_the_wheel_that_the_checkout_makes(wheel: Path, tmp_path: Path) -> None:
    build(ROOT, tmp_path, "--wheel")

    assert members(next(tmp_path.glob("*.whl"))) == members(wheel)


def test_the_sdist_holds_what_its_tests_and_readers_need(dist: Path) -> None:
    with tarfile.open(next(dist.glob("kian_gen-*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"Makefile", "README.md", "pyproject.toml", "CHANGELOG.md", "docs/dependencies.md"} <= names
    assert "tests/foundation/test_wheel.py" in names


def test_the_version_stands_in_one_place(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "gen/__init__.py"
    assert wheel.name.startswith(f"kian_gen-{gen.__version__}-")


def test_the_command_is_in_the_wheel(wheel: Path) -> None:
    entry = next(data for name, data in members(wheel).items() if name.endswith("entry_points.txt"))

    assert "kian = gen.__main__:main" in entry.decode()


def test_records_of_the_wheel_are_whole(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        record = next(name for name in archive.namelist() if name.endswith("/RECORD"))
        rows = list(csv.reader(io.StringIO(archive.read(record).decode())))

        assert {row[0] for row in rows} == set(archive.namelist())


# -- the folder for offline Windows machines ------------------------------------------------


def a_wheel(folder: Path, name: str, *requires: str) -> None:
    lines = ["Metadata-Version: 2.1", *(f"Requires-Dist: {one}" for one in requires)]
    title = "-".join(name.split("-")[:2])
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr(f"{title}.dist-info/METADATA", "\n".join(lines) + "\n")


def test_a_wheel_that_only_windows_needs_is_missed(tmp_path: Path) -> None:
    a_wheel(tmp_path, "kian_gen-1.0-py3-none-any.whl", 'colorama; sys_platform == "win32"')

    assert missing(tmp_path, "3.12") == ['Python 3.12: colorama; sys_platform == "win32"']


def test_a_wheel_for_another_python_does_not_serve(tmp_path: Path) -> None:
    a_wheel(tmp_path, "kian_gen-1.0-py3-none-any.whl", "lxml>=5")
    a_wheel(tmp_path, "lxml-6.0-cp311-cp311-win_amd64.whl")

    assert missing(tmp_path, "3.11") == []
    assert missing(tmp_path, "3.12") == ["Python 3.12: lxml>=5"]


def test_a_needed_wheel_of_a_needed_wheel_is_followed(tmp_path: Path) -> None:
    a_wheel(tmp_path, "kian_gen-1.0-py3-none-any.whl", "jinja2", 'pytest; extra == "dev"')
    a_wheel(tmp_path, "jinja2-3.1.6-py3-none-any.whl", "MarkupSafe>=2")

    assert missing(tmp_path, "3.11") == ["Python 3.11: MarkupSafe>=2"]
