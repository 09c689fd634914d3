"""Sums of yen and kanji numerals, both ways.

Hands out `comma`, `kansuji`, `daiji` and `parse_amount`, and the digit styles of `digits`.
Leans on `digits` and `problems`; integers only, no floats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.japanese.digits import Digits, fold_width, style_digits, to_halfwidth_digits
from gen.japanese.problems import TextError

__all__ = [
    "MAX_NUMBER",
    "AmountTextError",
    "Digits",
    "comma",
    "daiji",
    "kansuji",
    "parse_amount",
    "style_digits",
    "to_halfwidth_digits",
]

MAX_NUMBER = 10**16 - 1
"""The largest number written or read: 9999兆9999億9999万9999."""

_KANJI = "〇一二三四五六七八九"
_DAIJI = "零壱弐参四五六七八九"
_BIG = {"兆": 10**12, "億": 10**8, "万": 10**4}
_SMALL = {"千": 1000, "百": 100, "十": 10}


class AmountTextError(TextError):
    """A text that is not a sum of yen."""


def comma(number: int) -> str:
    """The number with a comma every three digits: 12345000 → `12,345,000`."""
    return f"{number:,}"


def kansuji(number: int) -> str:
    """The number in kanji with place units: 12345600 → `千二百三十四万五千六百`.

    一 is left out before 十, 百 and 千, and written before 万, 億 and 兆. 0 is `〇`.

    Raises:
        AmountTextError: below 0 or above `MAX_NUMBER`.
    """
    return _in_kanji(number, _KANJI, {"千": "千", "百": "百", "十": "十"}, write_one=False)


def daiji(number: int) -> str:
    """The number as formal money papers write it: 12340000 → `壱千弐百参拾四万`.

    壱, 弐, 参 and 拾 are the figures that papers of record prescribe against alteration
    (戸籍法施行規則第31条第2項, 商業登記規則第48条第2項); 壱 is always written. 0 is `零`.

    Raises:
        AmountTextError: below 0 or above `MAX_NUMBER`.
    """
    return _in_kanji(number, _DAIJI, {"千": "千", "百": "百", "十": "拾"}, write_one=True)


def _in_kanji(number: int, figures: str, units: dict[str, str], *, write_one: bool) -> str:
    if not 0 <= number <= MAX_NUMBER:
        raise AmountTextError(f"「{number:,}」は漢数字にできません。0から9999兆までの数にしてください。")
    if number == 0:
        return figures[0]
    out: list[str] = []
    for name, size in (*_BIG.items(), ("", 1)):
        section = number // size % 10_000
        if section:
            out.append(_section(section, figures, units, write_one=write_one) + name)
    return "".join(out)


def _section(section: int, figures: str, units: dict[str, str], *, write_one: bool) -> str:
    out: list[str] = []
    for name, size in _SMALL.items():
        digit = section // size % 10
        if digit:
            out.append(("" if digit == 1 and not write_one else figures[digit]) + units[name])
    if section % 10:
        out.append(figures[section % 10])
    return "".join(out)


_LONGEST = 100
_SHAPE = re.compile(
    r"(?P<sign>[-△▲]?)(?:金|¥)?(?P<sign2>[-△▲]?)"
    r"(?P<body>[0-9,.〇零一二三四五六七八九十壱弐参拾百千万億兆]+)(?<!\.)円?(?:也|-|\.-)?"
)
_SECTION = re.compile(r"(?P<section>[^万億兆]*)(?P<big>[万億兆]?)")
_ITEM = re.compile(r"(?P<number>[0-9,.]+|[〇零一二三四五六七八九壱弐参]+)?(?P<small>[十拾百千]?)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_FIGURES = {figure: str(value) for figures in (_KANJI, _DAIJI) for value, figure in enumerate(figures)}
_UNITS = {**_SMALL, "拾": 10}


def parse_amount(text: str) -> int:
    """Yen from the ways that officials write sums.

    Reads `12,345,000`, `１２，３４５円`, `金1,234,567円也`, `¥1,000-`, `1,234千円`, `3億5千万円`,
    `1.5億円`, `壱千弐百万円`, and `△1,000円` for a decrease.

    Returns:
        Yen as an integer, negative for a decrease.

    Raises:
        AmountTextError: anything else: 税込 or 税抜 in the text, misplaced commas, a fraction of a yen.
    """
    shape = _SHAPE.fullmatch(fold_width(text)) if len(text) <= _LONGEST else None
    if shape is None or (shape["sign"] and shape["sign2"]):
        raise _unreadable(text)
    total, below = 0, MAX_NUMBER + 1
    for number, unit in _items(shape["body"], text):
        part = _yen(number, unit, text)
        if unit >= below or part >= below:
            raise _unreadable(text) if below <= MAX_NUMBER else _too_large(text)
        total, below = total + part, unit
    return -total if shape["sign"] or shape["sign2"] else total


def _items(body: str, text: str) -> Iterator[tuple[str, int]]:
    """The numbers of the text with the unit that each stands before; the units must fall."""
    for section in _SECTION.finditer(body):
        if section["big"] and not section["section"]:
            raise _unreadable(text)
        big = _BIG.get(section["big"], 1)
        for item in _ITEM.finditer(section["section"]):
            if item.group():
                yield item["number"] or "1", big * _UNITS.get(item["small"], 1)


def _yen(number: str, unit: int, text: str) -> int:
    """Whole yen; a decimal is read only before 万 and larger, where nobody means a comma by it."""
    whole, point, decimals = "".join(_FIGURES.get(figure, figure) for figure in number).partition(".")
    if not _GROUPED.fullmatch(whole) or (point and not decimals.isdigit()):
        raise AmountTextError(
            f"金額「{text}」の桁区切りが正しくありません。",
            hint="コンマは3桁ごとに入れるか、入れないでください。",
        )
    yen, fraction = divmod(int(whole.replace(",", "") + decimals) * unit, int("1" + "0" * len(decimals)))
    if fraction or (point and unit < 10_000):
        raise AmountTextError(
            f"金額「{text}」の小数を円に直せません。",
            hint="桁区切りの「,」を「.」と書いていないか確かめてください。",
        )
    return yen


def _too_large(text: str) -> AmountTextError:
    return AmountTextError(
        f"金額「{text}」が大きすぎます。単位を確かめてください。",
        hint=f"{MAX_NUMBER:,}円までの額を書いてください。",
    )


def _unreadable(text: str) -> AmountTextError:
    if len(text) > _LONGEST:
        return AmountTextError(
            f"金額「{text[:20]}…」が長すぎます（{len(text)}文字）。",
            hint="「12,345,000」のように書いてください。",
        )
    if not text.strip():
        return AmountTextError("金額が空です。", hint="決まっていなければ「未定」と書いてください。")
    if "税" in text:
        return AmountTextError(
            f"金額「{text}」に税込・税抜の語が入っています。",
            hint="金額は数字だけにし、税込か税抜かは税区分の項目に書いてください。",
        )
    return AmountTextError(
        f"金額「{text}」を読み取れません。",
        hint="「12,345,000」「1,234千円」「3億5千万円」のように書いてください。",
    )
