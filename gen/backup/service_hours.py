"""Hours as people write them: 平日 8時から20時まで, 24時間365日, 1時から3時まで.

Hands out `hours_a_year`, `spans_of` and `overlap`. Leans on nothing.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

__all__ = ["hours_a_year", "overlap", "spans_of"]

_DAY = 24 * 60
_OFFICE_DAYS, _ALL_DAYS = 242, 365
"""Days a year: the standard of non-functional requirements reckons with 242 office days."""
_SPAN = re.compile(
    r"([0-9]{1,2})時(?:([0-9]{1,2})分)?(?:から|[~〜–-])(?:翌日?)?([0-9]{1,2})時(?:([0-9]{1,2})分)?"
)
_ALWAYS = re.compile("24時間365日|24時間(?:連続|稼働|運用)|終日")
_OFFICE = re.compile("平日|開庁日|営業日")
_EVERY_DAY = re.compile("毎日|365日|土日")


def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a day in minutes from midnight; the end may lie on the day after.

    「23時から翌2時まで」 is (1380, 1560); 24時間365日 is the whole day.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if _ALWAYS.search(plain):
        return ((0, _DAY),)
    return tuple(_span(found) for found in _SPAN.finditer(plain))


def _span(found: re.Match[str]) -> tuple[int, int]:
    start, end = (int(found[n]) * 60 + int(found[n + 1] or 0) for n in (1, 3))
    return (start, end if end > start else end + _DAY)


def hours_a_year(text: str) -> Decimal | None:
    """How many hours a year a service is offered; None where the text does not tell.

    「平日 8時から20時まで」 is 12 hours on 242 days: 2,904.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    minutes = sum(end - start for start, end in spans_of(text))
    if not minutes:
        return None
    if _ALWAYS.search(plain) or _EVERY_DAY.search(plain):
        days = _ALL_DAYS
    elif _OFFICE.search(plain):
        days = _OFFICE_DAYS
    else:
        return None
    return Decimal(minutes * days) / 60


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of the day meet, on the same day or across midnight."""
    return any(one[0] < other[1] + shift and other[0] + shift < one[1] for shift in (-_DAY, 0, _DAY))
