"""Names for a template whose values are made when they are asked for, each once.

Hands out `Late`. A paper that prints three names of a system does not pay for the forty that
another paper of it prints. Leans on nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

__all__ = ["Late"]


class Late(Mapping[str, Any]):
    """Values by name, made on first use.

    Args:
        makers: what makes each value.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __or__(self, other: Late) -> Late:
        """Both; of a name that both have, the other's value."""
        return Late({**self._makers, **other._makers})
