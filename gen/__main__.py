"""The front door: `kian`, and `python -m gen`.

Hands out `main`. It imports nothing before it can be stopped in peace: most of a short run is imports.
"""

from __future__ import annotations

import contextlib
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command and exit; Ctrl-C is said in a sentence, whenever it comes."""
    try:
        from gen.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(_stopped())


def _stopped() -> int:
    from gen.errors import ExitCode

    with contextlib.suppress(OSError, KeyboardInterrupt):  # the same keys stopped a pipe's reader
        sys.stderr.write("中止しました。\n")
        sys.stderr.flush()
    return ExitCode.STOPPED


if __name__ == "__main__":
    main()
