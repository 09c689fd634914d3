"""How a procedure prints days, windows and lists in the narrow columns of a table.

Hands out `Words`. Leans on `japanese`, `clauses` (the city's style) and `word` (values).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from gen.clauses import Wording
from gen.japanese import comma, to_wareki, to_wareki_short, wareki_month
from gen.profile import Undecided
from gen.word.marks import Value
from gen.word.printing import Printed
from gen.word.unknown import Unknown

__all__ = ["CHECK", "DEFAULT", "Words", "short_day"]

CHECK = "（要確認）"
DEFAULT = "※"
"""The mark of a default in the sheets; each paper says at its head that it means 要確認."""

_WEEKDAYS = "月火水木金土日"


def short_day(day: date) -> str:
    """R8.10.30（金）."""
    return f"{to_wareki_short(day)}（{_WEEKDAYS[day.weekday()]}）"


def _clock(moment: datetime) -> str:
    """18時30分."""
    return f"{moment.hour}時{f'{moment.minute}分' if moment.minute else ''}"


@lru_cache(maxsize=8192)
def _worded(wording: Wording, text: str) -> str:
    """The same few hundred sentences stand in the paper of every system."""
    return wording.text(text)


class Words:
    """Kian's own words in the city's style; the city's own texts print as typed elsewhere."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def text(self, text: str, path: str = "") -> Value:
        """A sentence of Kian's."""
        return Value(_worded(self._wording, text), path)

    def filled(self, text: str, *words: object) -> Value:
        """A sentence of Kian's with words of the profile in the places of {}, these as typed."""
        return Value(_worded(self._wording, text).format(*words))

    def number(self, number: int | str) -> Value:
        """A number that Kian counted."""
        return Value(self._wording.number(str(number)))

    def counted(self, number: int, unit: str, path: str) -> Value:
        """120,300人."""
        return Value(self._wording.number(f"{comma(number)}{unit}"), path)

    def list(self, words: Iterable[str]) -> Value:
        """Several words with 、 between."""
        return self.text("、".join(words))

    def day(self, value: object, path: str, after: str = "") -> Printed:
        """A day for a table; 未定 as it is, "" where absent."""
        if isinstance(value, Undecided):
            return Unknown(value.path, value.label)
        return Value(f"{short_day(value)}{after}" if isinstance(value, date) else "", path)

    def hour(self, moment: datetime) -> Value:
        """R9.1.3（日）18時30分."""
        return Value(self._wording.number(f"{short_day(moment.date())}{_clock(moment)}"))

    def full_hour(self, moment: datetime) -> Value:
        """令和9年1月3日（日）18時30分, for those who do not read R9."""
        day = moment.date()
        said = f"{to_wareki(day)}（{_WEEKDAYS[day.weekday()]}）{_clock(moment)}"
        return Value(self._wording.number(said))

    def hours(self, start: datetime, end: datetime) -> Value:
        """R9.1.3（日）8時30分～10時; one moment where both are the same."""
        until = (
            ""
            if start == end
            else f"～{'' if start.date() == end.date() else short_day(end.date())}{_clock(end)}"
        )
        return Value(self._wording.number(f"{short_day(start.date())}{_clock(start)}{until}"))

    def whole_day(self, day: date) -> str:
        """令和8年10月30日."""
        return to_wareki(day, digits=self._wording.digits)

    def month(self, day: date) -> str:
        """令和8年10月."""
        return wareki_month(day)
