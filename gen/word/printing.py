"""Facts as a contract prints them: 和暦, 金…円, digits in the city's style, 未定 as 〇〇〇〇.

Hands out `Printer`. Leans on `japanese`, `profile` and the value types `marks` and `unknown`.
Every value keeps the path of its field; what is missing where a contract needs it is 未定,
never an empty place.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from gen.clauses import Wording
from gen.japanese import comma, to_wareki
from gen.profile import DayWord, Period, Profile, Undecided
from gen.word.marks import Value
from gen.word.unknown import Unknown

__all__ = ["Printed", "Printer"]

Printed = Value | Unknown
T = TypeVar("T")

_DAY_WORDS = {
    DayWord.SIGNING: "この契約の締結の日",
    DayWord.AFTER_SIGNING: "この契約の締結の日の翌日",
}


class Printer:
    """Words the facts of one profile in one style.

    Args:
        profile: the facts.
        wording: the style.
        keys: False names an open fact without the keys of rows, as a contract does.
    """

    def __init__(self, profile: Profile, wording: Wording, *, keys: bool = True) -> None:
        self._label = profile.label if keys else profile.short_label
        self._wording = wording

    def text(self, value: object, path: str) -> Printed:
        """A text as typed."""
        return self._made(value, path, lambda known: str(known))

    def optional(self, value: object, path: str) -> Printed:
        """A text as typed; nothing where it is absent."""
        return Value("", path) if value is None else self.text(value, path)

    def day(self, value: object, path: str) -> Printed:
        """A date in 和暦, or the words for a day that follows from the signing."""
        return self._made(value, path, self._day)

    def yen(self, value: object, path: str) -> Printed:
        """A sum: 金13,200,000円."""
        return self._made(value, path, lambda known: self._wording.number(f"金{comma(_whole(known))}円"))

    def cell_yen(self, value: object, path: str) -> Printed:
        """A sum in a table: 13,200,000円."""
        return self._made(value, path, lambda known: self._wording.number(f"{comma(_whole(known))}円"))

    def number(self, value: object, path: str) -> Printed:
        """A whole number without a unit."""
        return self._made(value, path, lambda known: self._wording.number(str(known)))

    def percent(self, value: object, path: str, before: str = "") -> Printed:
        """A percentage: 年2.5パーセント."""
        return self._made(
            value, path, lambda known: self._wording.number(f"{before}{_decimal(known)}パーセント")
        )

    def hundredths(self, value: object, path: str) -> Printed:
        """A percentage as a share: 100分の10."""
        return self._made(value, path, lambda known: self._wording.number(f"100分の{_decimal(known)}"))

    def period(self, value: Period | None, path: str) -> Printed:
        """令和8年4月1日から令和9年3月31日まで."""
        if value is None:
            return self.unknown(path)
        start, end = self.day(value.start, f"{path}.start"), self.day(value.end, f"{path}.end")
        return self.join(path, start, "から", end, "まで")

    def join(self, path: str, *pieces: str | Printed) -> Value:
        """Several values as one; what is 未定 among them stands as 〇〇〇〇 and is remembered."""
        undecided: list[str] = []
        for piece in pieces:
            if isinstance(piece, Unknown):
                undecided.append(piece._path)
            elif isinstance(piece, Value):
                undecided.extend(piece.undecided)
        return Value("".join(str(piece) for piece in pieces), path, tuple(undecided))

    def around(self, before: str, printed: Printed, after: str) -> Value:
        """A value between words of Kian's; it keeps its path."""
        path = printed._path if isinstance(printed, Unknown) else printed.path
        return self.join(path, before, printed, after)

    def unknown(self, path: str) -> Unknown:
        """A fact that the contract needs and the profile does not have."""
        return Unknown(path, self._label(path))

    def _made(self, value: object, path: str, word: Callable[[Any], str]) -> Printed:
        if value is None:
            return self.unknown(path)
        if isinstance(value, Undecided):
            return Unknown(value.path, self._label(value.path))
        return Value(word(value), path)

    def _day(self, value: object) -> str:
        if isinstance(value, DayWord):
            return _DAY_WORDS[value]
        if not isinstance(value, date):
            raise TypeError(f"not a day: {value!r}")
        return to_wareki(value, digits=self._wording.digits)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"not a sum in yen: {value!r}")
    return value


def _decimal(value: object) -> str:
    if not isinstance(value, (Decimal, int)):
        raise TypeError(f"not a percentage: {value!r}")
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
