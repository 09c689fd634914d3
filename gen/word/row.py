"""Named values for a template: what `k.title` and `row.amount` are looked up in.

Hands out `Row`. Leans on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["Row"]


class Row:
    """Values by name; asking a name that it lacks is an error of the template.

    The sandbox knows this class and looks a name up here at once: its usual care about
    methods and private attributes has nothing to protect in a mapping of values.
    """

    __slots__ = ("_fields",)

    def __init__(self, **fields: Any) -> None:
        self._fields: Mapping[str, Any] = fields

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._fields:
            raise AttributeError(name)
        return self._fields[name]

    def names(self) -> tuple[str, ...]:
        """The names that it has."""
        return tuple(self._fields)
