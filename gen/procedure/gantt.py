"""Bars over months for the systems of a city, as an SVG that reads in black and white.

Hands out `Bar`, `Line`, `Chart` and `draw`. Only rectangles, lines, polygons, circles and text:
what the figures of `word` can show in Word too. Leans on `japanese`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gen.japanese import shift_months, to_wareki_short
from gen.markup import escape

__all__ = ["KINDS", "Bar", "Chart", "Line", "draw"]

KINDS = {
    "prepare": "準備（計画・契約・評価）",
    "build": "構築・データ移行・テスト",
    "after": "切替の後",
    "keep": "現行システムを続ける（特定移行支援）",
    "on-site": "庁内に置く（オンプレミス）",
}
_NAME, _TOP, _ROW, _BAR = 190, 54, 17, 11
_WIDTH = 1120
_INK, _GREY, _PALE = "#000000", "#bfbfbf", "#e8e8e8"
_LETTER = 11
_MONTHLY, _QUARTERLY = 26, 80


@dataclass(frozen=True)
class Bar:
    """A stretch of days of one kind (a key of `KINDS`)."""

    kind: str
    start: date
    end: date


@dataclass(frozen=True)
class Line:
    """One system: its name, bars, cut-over, 期限 and a word in place of what is not known."""

    name: str
    bars: tuple[Bar, ...] = ()
    cut_over: date | None = None
    deadline: date | None = None
    said: str = ""
    wave: bool = False


@dataclass(frozen=True)
class Chart:
    """Several lines over the same months; both ends are first days of a month."""

    lines: tuple[Line, ...]
    start: date
    end: date
    on: date


class _Sheet:
    """Where a day and a line lie on the drawing."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.right = _WIDTH - 10
        self.bottom = _TOP + _ROW * len(chart.lines)
        self.days = max((chart.end - chart.start).days, 1)

    def x(self, day: date) -> float:
        """Across, held within the axis."""
        day = min(max(day, self.chart.start), self.chart.end)
        return round(_NAME + (day - self.chart.start).days * (self.right - _NAME) / self.days, 1)

    def inside(self, day: date) -> bool:
        """Whether the day lies on the axis."""
        return self.chart.start <= day <= self.chart.end


def draw(chart: Chart) -> tuple[str, int, int]:
    """The drawing, its width and its height in its own units."""
    sheet = _Sheet(chart)
    height = sheet.bottom + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">',
        f'<rect x="0" y="0" width="{_WIDTH}" height="{height}" fill="#ffffff" stroke="none"/>',
        *_axis(sheet),
        *_today(sheet),
        *(part for number, line in enumerate(chart.lines) for part in _line(sheet, number, line)),
        *_legend(sheet),
        "</svg>",
    ]
    return "".join(parts), _WIDTH, height


def _text(x: float, y: float, text: str, size: int = _LETTER, anchor: str = "start") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{_INK}" stroke="none" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )


def _rule(
    x1: float, y1: float, x2: float, y2: float, width: float = 1, colour: str = _INK, dash: str = ""
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"{dashed}/>'


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}" stroke="{_INK}" stroke-width="1"/>'


def _polygon(points: Sequence[tuple[float, float]], fill: str) -> str:
    said = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polygon points="{said}" fill="{fill}" stroke="{_INK}" stroke-width="1.2"/>'


# -- the axis ------------------------------------------------------------------------------


def _axis(sheet: _Sheet) -> Iterator[str]:
    """Years above, months (or quarters, or years only) below; a line for each."""
    chart = sheet.chart
    count = (chart.end.year - chart.start.year) * 12 + chart.end.month - chart.start.month
    step = 1 if count <= _MONTHLY else 3 if count <= _QUARTERLY else 12
    for number in range(count + 1):
        day = shift_months(chart.start, number)
        x = sheet.x(day)
        new_year = day.month == 1 or number == 0
        if (day.month - 1) % step == 0 or number == 0 or number == count:
            yield _rule(x, _TOP - 18, x, sheet.bottom, colour=_INK if day.month == 1 else _GREY)
        if number == count:
            break
        if new_year:
            yield _text(x + 3, _TOP - 24, _year(day))
        if (day.month - 1) % step == 0 and step < 12:
            yield _text(x + 3, _TOP - 6, f"{day.month}月" if step == 3 else str(day.month))
    yield _rule(_NAME, _TOP, sheet.right, _TOP)
    yield _rule(_NAME, sheet.bottom, sheet.right, sheet.bottom)


def _year(day: date) -> str:
    """令和8年: the year of the day's era."""
    era = to_wareki_short(day).split(".")[0]
    names = {"R": "令和", "H": "平成", "S": "昭和"}
    return f"{names.get(era[0], era[0])}{'元' if era[1:] == '1' else era[1:]}年"


def _today(sheet: _Sheet) -> Iterator[str]:
    if sheet.inside(sheet.chart.on):
        x = sheet.x(sheet.chart.on)
        yield _rule(x, _TOP - 40, x, sheet.bottom + 4, 1.6, dash="6 3")
        yield _text(x + 3, _TOP - 38, f"基準日 {to_wareki_short(sheet.chart.on)}")


# -- a line --------------------------------------------------------------------------------


def _line(sheet: _Sheet, number: int, line: Line) -> Iterator[str]:
    top = _TOP + number * _ROW
    middle = top + _ROW / 2
    if line.wave:
        yield _rule(0, top, sheet.right, top, 1.4)
    elif number:
        yield _rule(0, top, sheet.right, top, 0.4, _GREY)
    yield _text(4, middle + 4, _shortened(line.name))
    for bar in line.bars:
        yield from _bar(sheet, bar, middle)
    if line.deadline is not None and sheet.inside(line.deadline):
        yield from _deadline(sheet, line.deadline, middle)
    if line.cut_over is not None and sheet.inside(line.cut_over):
        yield from _cut_over(sheet.x(line.cut_over), middle)
    if line.said:
        x = _said_at(sheet, line)
        yield f'<rect x="{x - 2:g}" y="{middle - 7:g}" width="{10 * len(line.said) + 4}" height="14" fill="#ffffff" stroke="none"/>'
        yield _text(x, middle + 4, line.said, 10)


def _said_at(sheet: _Sheet, line: Line) -> float:
    """Behind the last thing drawn, or at the left edge."""
    days = [bar.end for bar in line.bars] + [day for day in (line.cut_over, line.deadline) if day is not None]
    inside = [day for day in days if day >= sheet.chart.start]
    if not inside:
        return _NAME + 6
    x, width = sheet.x(max(inside)), 10 * len(line.said) + 6
    return x + 12 if x + 12 + width <= sheet.right else x - 12 - width


def _shortened(name: str) -> str:
    """As much of the name as the left column holds (full-width letters)."""
    return name if len(name) <= 16 else f"{name[:15]}…"


def _bar(sheet: _Sheet, bar: Bar, middle: float) -> Iterator[str]:
    if bar.end < sheet.chart.start or bar.start > sheet.chart.end:
        return
    left, right = sheet.x(bar.start), sheet.x(bar.end)
    yield from _pattern(bar.kind, left, middle - _BAR / 2, max(right - left, 2))
    if bar.start < sheet.chart.start:
        yield _earlier(left, middle)


def _earlier(x: float, middle: float) -> str:
    return _polygon([(x - 1, middle), (x + 6, middle - 4), (x + 6, middle + 4)], _INK)


def _pattern(kind: str, x: float, y: float, width: float) -> Iterator[str]:
    """White, grey with slanted lines, dotted, crossed at the ends: told apart without colour."""
    height = _BAR
    if kind == "prepare":
        yield _box(x, y, width, height, "#ffffff")
    elif kind == "build":
        yield _box(x, y, width, height, _GREY)
        at = x + 8
        while at < x + width - 1:
            yield _rule(at - min(8, at - x), y + height, at, y, 0.8)
            at += 8
    elif kind == "after":
        yield _box(x, y + 3, width, height - 6, _PALE)
    elif kind == "keep":
        yield _rule(x, y + 2, x + width, y + 2, 1, dash="4 3")
        yield _rule(x, y + height - 2, x + width, y + height - 2, 1, dash="4 3")
    else:
        yield _box(x, y, width, height, "#ffffff")
        at = x + 6
        while at < x + width - 1:
            yield _rule(at, y, at, y + height, 0.8)
            at += 6


def _cut_over(x: float, middle: float) -> Iterator[str]:
    yield _polygon([(x, middle - 7), (x + 7, middle), (x, middle + 7), (x - 7, middle)], _INK)


def _deadline(sheet: _Sheet, day: date, middle: float) -> Iterator[str]:
    yield _triangle(sheet.x(day), middle)


def _triangle(x: float, middle: float) -> str:
    return _polygon([(x - 7, middle - 6), (x + 7, middle - 6), (x, middle + 6)], "#ffffff")


def _legend(sheet: _Sheet) -> Iterator[str]:
    """What each pattern and mark means, for those that are drawn; as many rows as it needs."""
    x, y = 8.0, sheet.bottom + 26.0
    for kind, said in _drawn(sheet):
        width = 56 + _LETTER * len(said)
        if x + width > _WIDTH:
            x, y = 8.0, y + 20
        if kind == "cut-over":
            yield from _cut_over(x + 15, y - 4)
        elif kind == "deadline":
            yield _triangle(x + 15, y - 4)
        elif kind == "earlier":
            yield _earlier(x + 12, y - 4)
        elif kind == "today":
            yield _rule(x + 15, y - 12, x + 15, y + 2, 1.6, dash="6 3")
        elif kind == "wave":
            yield _rule(x, y - 4, x + 30, y - 4, 1.4)
        else:
            yield from _pattern(kind, x, y - 10, 30)
        yield _text(x + 36, y, said)
        x += width


def _drawn(sheet: _Sheet) -> Iterator[tuple[str, str]]:
    """Each kind of bar and mark that stands on the drawing, and what it says."""
    chart = sheet.chart
    bars = [bar for line in chart.lines for bar in line.bars]
    used = {bar.kind for bar in bars}
    yield from ((kind, said) for kind, said in KINDS.items() if kind in used)
    if any(line.cut_over for line in chart.lines):
        yield "cut-over", "切替日"
    if any(line.deadline for line in chart.lines):
        yield "deadline", "特定移行支援の期限"
    if any(bar.start < chart.start <= bar.end for bar in bars):
        yield "earlier", "図より前から"
    if any(line.wave for line in chart.lines):
        yield "wave", "切替日の区切り"
    if sheet.inside(chart.on):
        yield "today", "基準日"
