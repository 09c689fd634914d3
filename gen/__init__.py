"""Kian: contracts, migration checklists and backup plans for Japanese cities.

The package is a house of rooms; `docs/architecture.md` names them in the order in
which they may import one another.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
