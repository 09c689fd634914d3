"""The tree of a paper while it is numbered: articles with their 項 and 号.

Hands out `Article`, `Ko`, `Go`, `Scope` and `Here` to `numbering`, `register`, `citing`. Leans on nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Article", "Go", "Here", "Ko", "Leaf", "Scope"]


@dataclass
class Go:
    """A 号."""

    number: int
    name: str


@dataclass
class Ko:
    """A 項 and its 号."""

    number: int
    name: str
    gos: list[Go] = field(default_factory=list)


Leaf = tuple[Ko, Go | None]


@dataclass
class Article:
    """A 条, or a 第n of a 別記."""

    scope: Scope
    name: str
    number: int
    unit: str  # 条, or "" in a 別記 that counts 第1, 第2 …
    rows: list[list[Ko]] = field(default_factory=lambda: [[]])  # one for each alternative kept

    @property
    def kos(self) -> list[Ko]:
        """Its 項; of the last alternative, where there are several."""
        return self.rows[-1]

    def row_at(self, ko: Ko | None) -> list[Ko]:
        """The 項 of the alternative in which this one stands."""
        if len(self.rows) == 1:
            return self.rows[0]
        return next((row for row in self.rows if any(one is ko for one in row)), self.rows[-1])

    def ko_named(self, name: str, near: Ko | None = None) -> Ko | None:
        """The 項 of this name, first in the alternative where `near` stands."""
        rows = (self.row_at(near), *self.rows)
        return next((ko for row in rows for ko in row if ko.name == name), None)

    def go_named(self, name: str, ko: str, near: Ko | None = None) -> tuple[Ko, Go] | None:
        """The 号 of this name with its 項, first in the alternative where `near` stands."""
        for row in (self.row_at(near), *self.rows):
            for one in row:
                for go in one.gos:
                    if go.name == name and (not ko or one.name == ko):
                        return one, go
        return None


@dataclass
class Scope:
    """A paper's own articles, or those of one attachment."""

    name: str
    kind: str = ""
    ordinal: int = 0
    articles: list[Article] = field(default_factory=list)


@dataclass(slots=True)
class Here:
    """Where a token stands."""

    scope: Scope
    article: Article | None
    ko: Ko | None
    go: Go | None
