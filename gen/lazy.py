"""Rooms whose modules are loaded when one of their names is first asked for.

Hands out `lazy`. A command that makes no document then never loads what makes them, which is
most of the time of a short run. Leans on nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["lazy"]


def lazy(package: str, names: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package that loads its modules late.

    Args:
        package: its `__name__`.
        names: for each module the names that it gives to the package, between spaces.
    """
    homes = {name: module for module, given in names.items() for name in given.split()}

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
