"""What verifying says: one row a document of a revision, with the exact place where something was altered.

Hands out `Result`, `Row` and `Verified`. Leans on nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Result", "Row", "Verified"]


class Result(StrEnum):
    """How a document of a revision stands."""

    REPRODUCED = "reproduced"
    """Made again from its recorded inputs, to the same bytes of every part."""
    EDITED = "edited"
    """A person's own text, recorded as such."""
    OTHER_VERSION = "other-version"
    """Made by another version of Kian or with other data of laws; its digests fit, it was not made again."""
    ALTERED = "altered"
    """Not what was recorded."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document of one revision, or (without document) the revision itself.

    Attributes:
        number: 改訂n, 0 for the folder, a tag or the log.
        commit: id; "" where none.
        place: the exact place: a file and line, a field of the lock, a trailer, a tag; "" where all fits.
        detail: Japanese.
    """

    number: int
    commit: str
    document: str
    result: Result
    detail: str
    place: str = ""

    def to_json(self) -> dict[str, object]:
        """The JSON shape of `kian verify`."""
        return {
            "revision": self.number,
            "commit": self.commit,
            "document": self.document,
            "result": self.result.value,
            "detail": self.detail,
            "place": self.place,
        }


@dataclass(frozen=True)
class Verified:
    """All rows, oldest revision first.

    Attributes:
        revisions: how many revisions were looked at.
    """

    rows: tuple[Row, ...]
    revisions: int

    @property
    def altered(self) -> tuple[Row, ...]:
        """The rows that are not what was recorded."""
        return tuple(row for row in self.rows if row.result is Result.ALTERED)

    @property
    def is_ok(self) -> bool:
        """True when nothing was altered."""
        return not self.altered
