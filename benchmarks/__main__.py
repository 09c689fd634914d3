"""All rows in one run, as a table; says of each goal whether this run reached it."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import checking, comparing, filling, processes, thousand
from benchmarks.timing import Row, interleaved


def main() -> None:
    """See the module."""
    if hasattr(os, "sched_setaffinity"):  # one core, the same for all
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, one used; "
        f"load at the start {os.getloadavg()[0]:.1f}; Python {platform.python_version()}; "
        f"Kian {version('kian-gen')}, docxtpl {version('docxtpl')}, jinja2 {version('jinja2')}, lxml {version('lxml')}"
    )
    print()
    print(
        "Times are medians of wall time, in brackets of processor time, which a busy machine lengthens less."
    )
    print()
    print("| what | beside it | Kian | ratio | goal | reached |")
    print("| --- | --- | --- | --- | --- | --- |")
    missed = 0
    for row in _rows():
        print(row, flush=True)
        missed += not row.reached
    print()
    print("every goal reached" if not missed else f"{missed} goals missed")


def _rows() -> Iterator[Row]:
    yield from filling.rows()
    yield from comparing.rows()
    yield processes.help_row()
    stock = interleaved({"docxtpl": filling.contenders()["docxtpl"]}, 10)["docxtpl"].wall
    with tempfile.TemporaryDirectory(prefix="kian-bench-") as name:
        (Path(name) / "home").mkdir()
        os.environ["HOME"] = str(Path(name) / "home")
        (Path(name) / "home" / ".gitconfig").write_text(
            "[user]\n\tname = 起案 花子\n\temail = hanako@example.invalid\n", encoding="utf-8"
        )
        yield from checking.rows(Path(name))
        yield from processes.set_rows(Path(name), stock)
        yield from thousand.rows(Path(name))


if __name__ == "__main__":
    main()
