"""The calendar of holidays worked out from the laws, independently of the shipped data.

`python -m tests.japanese.holiday_rules` prints `gen/japanese/data/holidays.csv`; run it to add
years. The days of the equinoxes are by the common approximation for 1980-2099 and count as a
forecast until the National Astronomical Observatory's 暦要項 of the year before announces them.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

FIRST, LAST, ANNOUNCED_THROUGH = 2019, 2040, 2027
ONE_DAY = timedelta(days=1)


class Row(NamedTuple):
    date: str
    name: str
    kind: str
    forecast: str


def monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (nth - 1))


def equinox(year: int, month: int) -> date:
    base = 20.8431 if month == 3 else 23.2488
    passed = year - 1980
    return date(year, month, int(base + 0.242194 * passed - passed // 4))


def national_holidays(year: int) -> dict[date, str]:
    """国民の祝日に関する法律（昭和23年法律第178号）第2条 and the special laws of 2019 to 2021."""
    sea, mountain, sport = monday(year, 7, 3), date(year, 8, 11), monday(year, 10, 2)
    if year == 2020:  # 平成32年東京オリンピック特措法（平成27年法律第33号）第32条
        sea, sport, mountain = date(2020, 7, 23), date(2020, 7, 24), date(2020, 8, 10)
    if year == 2021:
        sea, sport, mountain = date(2021, 7, 22), date(2021, 7, 23), date(2021, 8, 8)
    days = {
        date(year, 1, 1): "元日",
        monday(year, 1, 2): "成人の日",
        date(year, 2, 11): "建国記念の日",
        equinox(year, 3): "春分の日",
        date(year, 4, 29): "昭和の日",
        date(year, 5, 3): "憲法記念日",
        date(year, 5, 4): "みどりの日",
        date(year, 5, 5): "こどもの日",
        sea: "海の日",
        mountain: "山の日",
        monday(year, 9, 3): "敬老の日",
        equinox(year, 9): "秋分の日",
        sport: "体育の日" if year < 2020 else "スポーツの日",
        date(year, 11, 3): "文化の日",
        date(year, 11, 23): "勤労感謝の日",
    }
    if year >= 2020:
        days[date(year, 2, 23)] = "天皇誕生日"
    if year == 2019:  # 平成30年法律第99号
        days[date(2019, 5, 1)] = "天皇の即位の日"
        days[date(2019, 10, 22)] = "即位礼正殿の儀の行われる日"
    return days


def rows(year: int) -> Iterator[Row]:
    """The year's holidays in order, with those of 第3条第2項 and 第3項."""
    named = national_holidays(year)
    unsure = {day for day, name in named.items() if name in ("春分の日", "秋分の日")}
    unsure = unsure if year > ANNOUNCED_THROUGH else set()
    out = {day: Row(day.isoformat(), name, "祝日", str(int(day in unsure))) for day, name in named.items()}
    for day in sorted(named):
        if day.weekday() == 6:
            substitute = day + ONE_DAY
            while substitute in named:
                substitute += ONE_DAY
            out[substitute] = Row(substitute.isoformat(), "休日", "振替休日", str(int(day in unsure)))
        between = day + ONE_DAY
        if between not in named and between + ONE_DAY in named and between.weekday() != 6:
            forecast = str(int(day in unsure or between + ONE_DAY in unsure))
            out.setdefault(between, Row(between.isoformat(), "休日", "国民の休日", forecast))
    return iter(out[day] for day in sorted(out))


def calendar() -> list[Row]:
    return [row for year in range(FIRST, LAST + 1) for row in rows(year)]


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(calendar())
