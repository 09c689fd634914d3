"""Which kind of 特定個人情報保護評価 the numbers of one 事務 ask for.

Hands out `Needed`, `needed_level` and `LEVELS`. Leans on `law` (the thresholds, with their source and certainty)
and `profile`. Rule: 特定個人情報保護評価に関する規則第4条から第7条まで.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gen.law import LawValue, look_up
from gen.profile import Undecided
from gen.profile.model import Assessment

__all__ = ["LEVELS", "Needed", "needed_level"]

LEVELS = ("対象外", "基礎項目", "重点項目", "全項目")
_STEPS = ("basic", "focus", "large", "full")


@dataclass(frozen=True)
class Needed:
    """What the numbers say.

    Attributes:
        level: of `LEVELS`; "" where a number that decides is not known.
        open: the field, below the assessment, that must be known first; "" where the level stands.
        sure: whether every threshold that decided was read in a primary source.
        least: the lightest kind that what is known leaves; "" where it leaves all.
    """

    level: str
    open: str = ""
    sure: bool = True
    least: str = ""


def needed_level(found: Assessment | None, on: date) -> Needed:
    """The kind that is needed.

    Args:
        found: the numbers of the 事務; None where the profile has none.
        on: 基準日, for the thresholds in force.

    Raises:
        LawLookupError: no thresholds are known for that day.
    """
    subjects = None if found is None else found.subjects
    if found is None or not isinstance(subjects, int):
        return Needed("", "subjects")
    basic, focus, large, full = (look_up(f"pia-subjects/{name}", on) for name in _STEPS)
    if subjects < _number(basic):
        return Needed("対象外", sure=_sure(basic))
    if subjects >= _number(full):
        return Needed("全項目", sure=_sure(full))
    if subjects < _number(focus):
        return Needed("基礎項目", sure=_sure(focus))
    heavy, light = ("全項目", "重点項目") if subjects >= _number(large) else ("重点項目", "基礎項目")
    crowd = look_up("pia-handlers", on)
    sure = _sure(large, crowd) if subjects >= _number(large) else _sure(focus, crowd)
    if (isinstance(found.handlers, int) and found.handlers >= _number(crowd)) or found.incident is True:
        return Needed(heavy, sure=sure)
    for name in ("handlers", "incident"):
        if getattr(found, name) is None or isinstance(getattr(found, name), Undecided):
            return Needed("", name, least=light)
    return Needed(light, sure=sure)


def _number(value: LawValue) -> int:
    if not isinstance(value.value, int):
        raise TypeError(f"{value.id} is no whole number")
    return value.value


def _sure(*values: LawValue) -> bool:
    return all(str(value.certainty) == "A" for value in values)
