"""Dates as officials write them, and the era names they are printed with.

Hands out `parse_date` (with notes on everything it had to reckon), `parse_nendo`, `to_wareki`
and its short, month and fiscal-year forms. Leans on `digits`, `characters`, `periods`, `problems`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gen.japanese.characters import find_radicals
from gen.japanese.digits import Digits, fold_width, style_digits
from gen.japanese.periods import month_end, nendo
from gen.japanese.problems import TextError

__all__ = [
    "DateTextError",
    "ParsedDate",
    "nendo",
    "nendo_wareki",
    "parse_date",
    "parse_nendo",
    "to_wareki",
    "to_wareki_short",
    "wareki_month",
]

FIRST_YEAR, LAST_YEAR = 1868, 2200
_SOLAR_SINCE = 1873
_LONGEST = 100
_WEEKDAYS = "月火水木金土日"
_SIGNS = str.maketrans({"㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治"})


class DateTextError(TextError):
    """A text that is not a date, or a date that the calendar does not have."""


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date and what the reader should be told about how it was read.

    Attributes:
        date: the date.
        notes: Japanese sentences, each quoting what was typed; empty when it was plain.
    """

    date: date
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Era:
    name: str
    letter: str
    start: date


# 明治 counts from 1 January of its first year (明治元年九月八日の詔), 大正 and 昭和 from the day of
# succession; 平成 by 昭和64年政令第1号, 令和 by 平成31年政令第143号.
_ERAS = (
    _Era("明治", "M", date(1868, 1, 1)),
    _Era("大正", "T", date(1912, 7, 30)),
    _Era("昭和", "S", date(1926, 12, 25)),
    _Era("平成", "H", date(1989, 1, 8)),
    _Era("令和", "R", date(2019, 5, 1)),
)
_BY_NAME = {key: era for era in _ERAS for key in (era.name, era.letter)}

_YEAR = (
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[MTSHR])(?P<era_year>元|[0-9]{1,3}|[〇一二三四五六七八九十]+)"
    r"|(?:西暦)?(?P<year>[0-9]{4}))"
)
_MONTH = r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]+)"
_DAY = r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]+)"
_WEEKDAY = r"(?:\((?P<w1>[月火水木金土日])(?:曜日?)?(?:[・,、](?:祝日?|休日?|振休))?\)|(?P<w2>[月火水木金土日])曜日?)?"
_DATE_SHAPES = (
    rf"{_YEAR}年{_MONTH}月(?:(?P<last>末日?)|{_DAY}日){_WEEKDAY}",
    rf"{_YEAR}(?P<mark>[./-]){_MONTH}(?:(?P=mark)?(?P<last>末日?)|(?P=mark){_DAY}){_WEEKDAY}",
    rf"(?P<year>[0-9]{{4}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_WEEKDAY}",
)
_NENDO_END = rf"{_YEAR}年度末日?{_WEEKDAY}"
_NENDO = rf"{_YEAR}(?:年度)?"
_NO_DAY = rf"{_YEAR}(?:年|[./-])(?:{_MONTH}月?)?"
_NO_YEAR = rf"{_MONTH}(?:月|[./-])(?:末日?|{_DAY}日?){_WEEKDAY}"


def _match(shape: str, folded: str) -> re.Match[str] | None:
    """The shapes are compiled when first needed: half of this room's import time otherwise."""
    return re.fullmatch(shape, folded, re.IGNORECASE)


def parse_date(text: str) -> ParsedDate:
    """Read a date in any of the forms that officials type.

    Reads 令和8年4月1日, 令和元年5月1日, R8.4.1, Ｒ８．４．１, 令和八年四月一日, 2026-04-01, 2026/4/1,
    2026年4月1日, 20260401; a weekday behind it; 令和9年3月末日, R9.3末 and 令和8年度末. Spaces and
    width do not matter.

    Returns:
        The date, with a note for each: an era year outside its era, a wrong weekday, a month's end
        without a day, a radical sign pasted for a kanji, a date before the solar calendar (1873).

    Raises:
        DateTextError: no date in it, or a day that the calendar does not have, or a year before
            1868 or after 2200.
    """
    folded, notes = _fold(text)
    if ends := _match(_NENDO_END, folded):
        year = _year_of(ends, text) + 1
        parsed = _checked_date(year, 3, 31, text)
        notes.append(f"「{text}」は日を補い、{to_wareki(parsed)}としました。")
        return ParsedDate(parsed, (*notes, *_weekday_notes(ends, parsed, text)))
    found = next((match for shape in _DATE_SHAPES if (match := _match(shape, folded))), None)
    if found is None:
        raise _unreadable(text, folded)
    parts = found.groupdict()
    year, month = _year_of(found, text), _number(parts["month"])
    if parts.get("last"):
        parsed = _checked_date(year, month, None, text)
        notes.append(f"「{text}」は日を補い、{to_wareki(parsed)}としました。")
    else:
        parsed = _checked_date(year, month, _number(parts["day"]), text)
    notes += _era_notes(parts, parsed, text) + _weekday_notes(found, parsed, text)
    return ParsedDate(parsed, tuple(notes))


def parse_nendo(text: str) -> int:
    """The fiscal year named by 令和8年度, 平成31年度, R8年度 or 2026年度, as the western year it begins in.

    Raises:
        DateTextError: no fiscal year in it, or one before 1868 or after 2200.
    """
    folded, _ = _fold(text)
    found = _match(_NENDO, folded)
    if found is None:
        raise DateTextError(f"年度「{text}」を読み取れません。", hint="「令和8年度」のように書いてください。")
    return _year_of(found, text)


def _fold(text: str) -> tuple[str, list[str]]:
    """The text ready to be matched, and a note where it held radical signs."""
    if len(text) > _LONGEST:
        raise DateTextError(f"日付「{text[:20]}…」が長すぎます（{len(text)}文字）。")
    notes: list[str] = []
    for char, kanji in {radical.char: radical.suggestion for radical in find_radicals(text)}.items():
        if kanji:
            text = text.replace(char, kanji)
            notes.append(f"「{char}」は部首用の文字です。漢字の「{kanji}」として読みました。")
    folded = fold_width(text.translate(_SIGNS))
    for offset, weekday in enumerate("月火水木金土日"):
        folded = folded.replace(chr(0x322A + offset), f"({weekday})")
    return folded, notes


def _number(digits: str) -> int:
    """An Arabic or kanji number below 100; 元 is 1."""
    if digits == "元":
        return 1
    if digits.isascii():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return int("".join(str("〇一二三四五六七八九".index(digit)) for digit in digits))
    return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)


def _year_of(found: re.Match[str], text: str) -> int:
    parts = found.groupdict()
    if parts["year"]:
        year = int(parts["year"])
    else:
        era_year = _number(parts["era_year"])
        if era_year == 0:
            raise DateTextError(
                f"「{text}」の元号の年が0です。",
                hint="元号の最初の年は「元年」または「1年」と書いてください。",
            )
        year = _BY_NAME[parts["era"].upper()].start.year + era_year - 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateTextError(
            f"「{text}」は{year}年にあたり、扱える範囲（{FIRST_YEAR}年から{LAST_YEAR}年まで）の外です。",
            hint="元号と年を確かめてください。",
        )
    return year


def _checked_date(year: int, month: int, day: int | None, text: str) -> date:
    """The date; `day` None stands for the last of the month."""
    if not 1 <= month <= 12:
        raise DateTextError(
            f"「{text}」は暦にない日付です。{month}月はありません。", hint="月を1から12で書いてください。"
        )
    last = month_end(year, month)
    if last.year > LAST_YEAR:
        raise DateTextError(f"「{text}」は扱える範囲（{LAST_YEAR}年まで）の外です。")
    if day is None:
        return last
    if not 1 <= day <= last.day:
        raise DateTextError(
            f"「{text}」は暦にない日付です。{year}年{month}月は{last.day}日までです。",
            hint="日を確かめてください。月末なら「令和9年3月末」のようにも書けます。",
        )
    return date(year, month, day)


def _era_notes(parts: dict[str, str | None], parsed: date, text: str) -> list[str]:
    notes: list[str] = []
    if era := parts.get("era"):
        typed, real = _BY_NAME[era.upper()], _era_of(parsed)
        if typed is not real:
            limit = (
                f"{typed.name}は{to_wareki(typed.start)}から"
                if parsed < typed.start
                else f"{_until(typed)}まで"
            )
            notes.append(f"「{text}」は{to_wareki(parsed)}のことです（{limit}）。{real.name}で印字します。")
    if parsed.year < _SOLAR_SINCE:
        notes.append(f"「{text}」は太陽暦の採用（明治6年1月1日）より前です。太陽暦の日付として扱います。")
    return notes


def _until(era: _Era) -> str:
    following = _ERAS[_ERAS.index(era) + 1]
    last = date.fromordinal(following.start.toordinal() - 1)
    return f"{era.name}は{to_wareki(last)}"


def _weekday_notes(found: re.Match[str], parsed: date, text: str) -> list[str]:
    typed = found["w1"] or found["w2"]
    real = _WEEKDAYS[parsed.weekday()]
    if not typed or typed == real:
        return []
    return [f"「{text}」の曜日が暦と違います。{to_wareki(parsed)}は{real}曜日です。"]


def _unreadable(text: str, folded: str) -> DateTextError:
    if not folded:
        return DateTextError("日付が空です。", hint="決まっていなければ「未定」と書いてください。")
    if _match(_NO_YEAR, folded):
        return DateTextError(
            f"日付「{text}」に年がありません。", hint="「令和9年3月末」のように年から書いてください。"
        )
    if _match(_NO_DAY, folded):
        return DateTextError(
            f"日付「{text}」は月日がそろっていません。",
            hint="「令和9年3月1日」または「令和9年3月末」のように書いてください。",
        )
    return DateTextError(
        f"日付「{text}」を読み取れません。",
        hint="「令和8年4月1日」「R8.4.1」「2026-04-01」のように書いてください。",
    )


def _era_of(day: date) -> _Era:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateTextError(
            f"{day.isoformat()}は和暦にできません。{FIRST_YEAR}年から{LAST_YEAR}年までの日付にしてください。"
        )
    return next(era for era in reversed(_ERAS) if day >= era.start)


def _era_year(day: date) -> str:
    era = _era_of(day)
    year = day.year - era.start.year + 1
    return f"{era.name}{'元' if year == 1 else year}年"


def to_wareki(day: date, *, digits: Digits = Digits.HALF) -> str:
    """The date as 令和8年4月1日; an era's first year is 元年.

    Raises:
        DateTextError: before 1868 or after 2200.
    """
    return style_digits(f"{_era_year(day)}{day.month}月{day.day}日", digits)


def to_wareki_short(day: date) -> str:
    """The date as R8.4.1, for tables; the first year is 1.

    Raises:
        DateTextError: before 1868 or after 2200.
    """
    era = _era_of(day)
    return f"{era.letter}{day.year - era.start.year + 1}.{day.month}.{day.day}"


def wareki_month(day: date, *, digits: Digits = Digits.HALF) -> str:
    """The month of the date as 令和8年4月, by the era on that very day.

    Raises:
        DateTextError: before 1868 or after 2200.
    """
    return style_digits(f"{_era_year(day)}{day.month}月", digits)


def nendo_wareki(year: int, *, digits: Digits = Digits.HALF) -> str:
    """The fiscal year as 令和8年度, by the era on its first day.

    Fiscal 2019 is 令和元年度 throughout (改元に伴う元号による年表示の取扱いについて, 平成31年4月1日
    新元号への円滑な移行に向けた関係省庁連絡会議申合せ).

    Args:
        year: the western year that the fiscal year begins in.
        digits: the style of the body.

    Raises:
        DateTextError: before 1868 or after 2200.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateTextError(f"{year}年度は和暦にできません。")
    first = date(2019, 5, 1) if year == 2019 else date(year, 4, 1)
    return style_digits(f"{_era_year(first)}度", digits)
