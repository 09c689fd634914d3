"""The command line: one module a verb; options, one call, one formatter, one exit code.

Hands out `main`. Verbs import the rest of the house when they run, so that `--help` is quick.
"""

from gen.cli.main import main

__all__ = ["main"]
