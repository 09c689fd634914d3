"""What must come before what: cycles named, an order that keeps to it.

Hands out `cycle_in` and `ordered`. Leans on nothing. Our own stack, for chains of any length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

__all__ = ["cycle_in", "ordered"]


def _walk(graph: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name after all that it needs; with it the circle that it closes, empty where none."""
    done: set[str] = set()
    for start in graph:
        trail: list[str] = []
        stack = [iter([start])]
        while stack:
            name = next(stack[-1], None)
            if name is None:
                stack.pop()
                if trail:
                    last = trail.pop()
                    done.add(last)
                    yield last, ()
            elif name in trail:
                yield name, (*trail[trail.index(name) :], name)
            elif name in graph and name not in done:
                trail.append(name)
                stack.append(iter(graph[name]))


def cycle_in(graph: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The first circle, its first name again at the end; empty where there is none.

    Args:
        graph: each name and the names that must come before it; unknown names are passed over.
    """
    return next((circle for _, circle in _walk(graph) if circle), ())


def ordered(graph: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Every name after all that it needs, else in the order of the mapping."""
    return tuple(dict.fromkeys(name for name, circle in _walk(graph) if not circle))
