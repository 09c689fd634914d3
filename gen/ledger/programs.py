"""Another program on this machine, run to its end or to its deadline, with all that it started.

Hands out `run_program`. Leans on the ledger's `_files`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from gen.ledger import _files

__all__ = ["run_program"]


def run_program(command: Sequence[str], folder: Path, seconds: float, environment: Mapping[str, str]) -> bool:
    """Run a program that says nothing that is needed.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        seconds: after which it, and whatever it started, is ended.
        environment: variables beside those of this process.

    Returns:
        True where it ended by itself, in time and with exit code 0.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_files.apart(),
        )
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _files.end_all(process)
