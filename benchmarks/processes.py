"""Rows 3 and 4: whole processes, from the shell's side.

Hands out `help_row` and `set_rows`.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from benchmarks.timing import Row, interleaved, whole_process

__all__ = ["DAY", "KIAN", "city_of", "help_row", "set_rows"]

KIAN = str(Path(sys.executable).with_name("kian"))
DAY = "2026-04-01"
_PROFILES = Path(__file__).resolve().parents[1] / "profiles"


def help_row(rounds: int = 20) -> Row:
    """Row 3: `kian --help` beside importing click."""
    taken = interleaved(
        {
            "click": lambda: whole_process([sys.executable, "-c", "import click"]),
            "kian": lambda: whole_process([KIAN, "--help"]),
        },
        rounds,
    )
    click, kian = taken["click"], taken["kian"]
    goal = 1.5 * click.wall + 0.060
    return Row(
        "`kian --help`, whole process",
        f'`python -c "import click"` {click}', str(kian), f"{kian.wall / click.wall:.2f} times",
        f"≤ 1.5 times + 60 ms (here {goal * 1000:.0f} ms)", kian.wall <= goal,
    )  # fmt: skip


def city_of(folder: Path, contracts: int) -> Path:
    """A profile with this many contracts: the shipped city, its main contract repeated."""
    text = (_PROFILES / "aobadai.yaml").read_text(encoding="utf-8")
    start = text.index("\n  ops:\n") + 1
    end = text.index("\n\n", start) + 1
    block = text[start:end]
    copies = "".join(
        block.replace("  ops:", f"  ops{n:03}:", 1).replace("第12号", f"第{n + 100}号", 1)
        for n in range(1, contracts - 1)
    )
    path = folder / f"city-{contracts}.yaml"
    path.write_text(text[:end] + copies + text[end:], encoding="utf-8")
    return path


def set_rows(folder: Path, stock: float, sizes: tuple[int, ...] = (2, 50), rounds: int = 7) -> list[Row]:
    """Row 4: a city's whole set, generated and recorded, and once more with nothing changed.

    Args:
        folder: to work in.
        stock: seconds that docxtpl alone takes for one document.
        sizes: how many documents the cities have.
        rounds: how many runs count.
    """
    return [row for size in sizes for row in _set(folder, stock, size, rounds)]


def _set(folder: Path, stock: float, size: int, rounds: int) -> list[Row]:
    fresh, used = folder / f"fresh-{size}", folder / f"used-{size}"
    whole_process([KIAN, "init", str(fresh), "--profile", str(city_of(folder, size)), "--date", DAY])

    def anew() -> None:
        shutil.rmtree(used, ignore_errors=True)
        shutil.copytree(fresh, used, symlinks=True)

    def generate() -> None:
        whole_process([KIAN, "-C", str(used), "generate", "--date", DAY])

    taken = interleaved({"-": anew, "created": generate, "unchanged": generate}, rounds)
    made = len(json.loads((used / "kian.lock").read_text(encoding="utf-8"))["documents"])
    revisions = len(json.loads(whole_process([KIAN, "-C", str(used), "history", "--format", "json"])))
    created_in, again = taken["created"], taken["unchanged"]
    goal = 0.8 + 0.010 * made
    return [
        Row(
            f"the whole set of a city, {made} documents, generate and commit, whole process",
            f"docxtpl alone, filling {made} times: {stock * made:.2f} s", str(created_in),
            f"{created_in.wall / (stock * made):.2f} times",
            f"≤ 0.8 s + 10 ms a document (here {goal:.2f} s)", created_in.wall <= goal,
        ),
        Row(
            f"the same, inputs unchanged, {revisions - 1} revision of documents after {rounds + 1} runs",
            "–", str(again), f"{again.wall / created_in.wall:.2f} of the first",
            "≤ 0.6 s and no new revision", again.wall <= 0.6 and revisions == 2,
        ),
    ]  # fmt: skip
