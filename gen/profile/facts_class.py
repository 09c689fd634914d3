"""The classes of the profile: frozen dataclasses whose methods are shared, not written anew for each.

Hands out `facts`. `dataclass(frozen=True)` compiles six methods for each of sixty classes, which is a
tenth of what a short run takes; here the fields are told to `dataclasses` (so that `fields` and
`replace` work) and the methods stand below, once. Leans on nothing.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

__all__ = ["facts"]

_Class = TypeVar("_Class", bound=type)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def facts(plain: _Class) -> _Class:
    """Make a class a frozen dataclass whose values are given by name."""
    made: Any = dataclass(init=False, repr=False, eq=False, match_args=False)(plain)
    for method in (__init__, __setattr__, __delattr__, __repr__, __eq__, __hash__):
        setattr(made, method.__name__, method)
    return cast("_Class", made)


def _fields(self: Any) -> dict[str, Field[Any]]:
    known: dict[str, Field[Any]] = type(self).__dataclass_fields__
    return known


def __init__(self: Any, **given: Any) -> None:
    values: dict[str, Any] = {}
    for name, one in _fields(self).items():
        if name in given:
            values[name] = given.pop(name)
        elif one.default is not MISSING:
            values[name] = one.default
        elif one.default_factory is not MISSING:
            values[name] = one.default_factory()
        else:
            raise TypeError(f"{type(self).__name__} needs {name!r}")
    if given:
        raise TypeError(f"{type(self).__name__} has no {', '.join(map(repr, given))}")
    self.__dict__.update(values)


def __setattr__(self: Any, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _compared(self: Any) -> tuple[object, ...]:
    return tuple(self.__dict__[name] for name, one in _fields(self).items() if one.compare)


def __repr__(self: Any) -> str:
    shown = (f"{name}={self.__dict__[name]!r}" for name, one in _fields(self).items() if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def __eq__(self: Any, other: object) -> bool:
    return _compared(self) == _compared(other) if type(self) is type(other) else NotImplemented


def __hash__(self: Any) -> int:
    return hash(_compared(self))
