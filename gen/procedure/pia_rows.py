"""The 特定個人情報保護評価 of one system's 事務 as rows: its numbers, the kind that they ask for, the thresholds.

Hands out `PiaRows`. Leans on `assessment`, `law`, `wording`.
"""

from __future__ import annotations

from datetime import date

from gen.law import look_up
from gen.procedure.assessment import needed_level
from gen.procedure.wording import CHECK, Words
from gen.profile import Profile
from gen.word.marks import Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row

__all__ = ["PiaRows"]

_THRESHOLDS = (
    ("basic", "この人数に満たないときは、評価の義務がない（対象外）"),
    ("focus", "この人数に満たないときは、基礎項目評価"),
    (
        "large",
        "この人数に満たないときは、取扱者数が少なく重大事故もなければ基礎項目評価、そうでなければ重点項目評価",
    ),
    (
        "full",
        "この人数に満たないときは、取扱者数が少なく重大事故もなければ重点項目評価、そうでなければ全項目評価",
    ),
)


class PiaRows:
    """Rows of the assessment of one system."""

    def __init__(self, profile: Profile, key: str, printer: Printer, words: Words, on: date) -> None:
        self._found = profile.systems[key].pia
        self._path = f"systems.{key}.pia"
        self._p = printer
        self._words = words
        self._on = on

    def numbers(self) -> Row:
        """What the profile says, and what follows from it."""
        needed, found = needed_level(self._found, self._on), self._found
        declared = None if found is None else found.level
        level: Printed = (
            self._words.text(f"{needed.level}{'' if needed.sure else CHECK}", f"{self._path}.subjects")
            if needed.level
            else self._p.unknown(f"{self._path}.{needed.open}")
        )
        return Row(
            subjects=self._count("subjects"),
            handlers=self._count("handlers"),
            incident=self._incident(),
            declared=self._p.text(declared, f"{self._path}.level"),
            published=self._p.day(
                None if found is None else found.published_on, f"{self._path}.published_on"
            ),
            needed=level,
            differs=bool(needed.level) and isinstance(declared, str) and declared != needed.level,
            full="全項目" in (needed.level, declared),
            maybe_full=not needed.level and not isinstance(declared, str),
        )

    def _count(self, name: str) -> Printed:
        value, path = (None if self._found is None else getattr(self._found, name)), f"{self._path}.{name}"
        if isinstance(value, int):
            return self._words.counted(value, "人", path)
        return self._p.text(value, path)

    def _incident(self) -> Printed:
        value, path = (None if self._found is None else self._found.incident), f"{self._path}.incident"
        return (
            self._words.text("あり" if value else "なし", path)
            if isinstance(value, bool)
            else self._p.text(value, path)
        )

    def thresholds(self) -> list[Row]:
        """The thresholds that the kind follows from, each with its source and certainty."""
        rows = []
        for name, means in _THRESHOLDS:
            value = look_up(f"pia-subjects/{name}", self._on)
            sure = str(value.certainty) != "C"
            rows.append(
                Row(
                    value=self._words.counted(value.value, "人", "")
                    if isinstance(value.value, int)
                    else Value(""),
                    means=self._words.text(means),
                    mark=self._words.text(str(value.certainty) if sure else "要確認"),
                    law=Value(value.basis),
                    url=Value(value.source),
                )
            )
        return rows

    def crowd(self) -> Value:
        """From how many handlers on the kind is a heavier one."""
        value = look_up("pia-handlers", self._on).value
        return self._words.counted(value if isinstance(value, int) else 0, "人", "")
