"""Rows on `kian check`: all rules over a city of 20 systems and over one of 100, whole processes.

Hands out `rows`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.processes import DAY, KIAN
from benchmarks.timing import Row, interleaved, whole_process

__all__ = ["rows"]

_PROFILES = Path(__file__).resolve().parents[1] / "profiles"
_MORE = 0.35
_HUNDRED = 1.0


def city_of_systems(folder: Path, systems: int) -> Path:
    """A profile with this many systems, each with a backup plan: the shipped city, one of it repeated."""
    text = (_PROFILES / "aobadai.yaml").read_text(encoding="utf-8")
    shipped = 20
    start, end = text.index("\n  senkyo:\n") + 1, text.index("\n\n", text.index("\n  senkyo:\n")) + 1
    system = text[start:end]
    first = text.index("\n    koseki:\n", text.index("\nbackup:\n")) + 1
    last = text.index("\n  scope:", first) + 1
    plan = text[first:last]
    names = [f"s{n:03}" for n in range(shipped, systems)]
    more = "".join(system.replace("senkyo:", f"{name}:", 1) for name in names)
    plans = "".join(plan.replace("koseki:", f"{name}:", 1) for name in names)
    path = folder / f"systems-{systems}.yaml"
    path.write_text(text[:end] + more + text[end:last] + plans + text[last:], encoding="utf-8")
    return path


def rows(folder: Path, rounds: int = 10) -> Iterator[Row]:
    """`kian check` beside `kian --help`.

    Args:
        folder: to work in.
        rounds: how many runs count.
    """
    for systems in (20, 100):
        city = folder / f"check-{systems}"
        whole_process(
            [KIAN, "init", str(city), "--profile", str(city_of_systems(folder, systems)), "--date", DAY]
        )
        check = [KIAN, "-C", str(city), "check", "--date", DAY]
        taken = interleaved(
            {"help": lambda: whole_process([KIAN, "--help"]), "check": lambda run=check: whole_process(run)},
            rounds,
        )
        help_, check_ = taken["help"], taken["check"]
        goal = help_.wall + _MORE if systems == 20 else _HUNDRED
        said = f"≤ {_MORE} s more (here {goal:.2f} s)" if systems == 20 else f"≤ {_HUNDRED:.0f} s"
        yield Row(
            f"`kian check` with all rules, {systems} systems, whole process",
            f"`kian --help` {help_}", str(check_), f"{check_.wall - help_.wall:.2f} s more",
            said, check_.wall <= goal,
        )  # fmt: skip
