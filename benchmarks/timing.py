"""Measuring several things in turn, so that a busy moment of the machine hits all alike.

Hands out `interleaved`, `whole_process` and `Row`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Row", "Time", "interleaved", "whole_process"]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: was measured.
        beside: what it was compared with, and its time.
        kian: time of Kian.
        ratio: between the two, as the goal words it.
        goal: as the design words it.
        reached: whether this run reached it.
    """

    what: str
    beside: str
    kian: str
    ratio: str
    goal: str
    reached: bool

    def __str__(self) -> str:
        cells = (self.what, self.beside, self.kian, self.ratio, self.goal, "yes" if self.reached else "NO")
        return f"| {' | '.join(cells)} |"


@dataclass(frozen=True)
class Time:
    """Medians in seconds: by the clock, and of the processor, children included."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        if self.wall < 0.3:
            return f"{self.wall * 1000:.3g} ms ({self.cpu * 1000:.3g})"
        return f"{self.wall:.2f} s ({self.cpu:.2f})"


def _cpu() -> float:
    now = os.times()
    own = time.process_time()  # finer than os.times, which counts in hundredths
    return own + now.children_user + now.children_system


def interleaved(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Time]:
    """The medians of each; one round that is not counted warms up.

    Args:
        contenders: by name; each round runs every one of them once, in turn.
        rounds: how many count.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, run in contenders.items():
            start, used = time.perf_counter(), _cpu()
            run()
            if number:
                taken[name].append((time.perf_counter() - start, _cpu() - used))
    return {
        name: Time(*(statistics.median(column) for column in zip(*times, strict=True)))
        for name, times in taken.items()
    }


def whole_process(command: Sequence[str], folder: Path | None = None, *, allowed: int = 0) -> str:
    """Run a command to its end; what it printed.

    It may keep bytecode, as an installed Kian has it: pip compiles what it installs. Without, an
    editable Kian would compile 300 modules in each process and what stands beside it none.

    Args:
        command: program and arguments.
        folder: to run in.
        allowed: the highest exit code that is not a failure.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if not 0 <= done.returncode <= allowed:
        raise SystemExit(f"{' '.join(command)} gave {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout
