"""`python -m gen`: the same as the command `kian`."""

from gen.cli import main

main()
