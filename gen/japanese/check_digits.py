"""Numbers with a check digit: 団体コード, 法人番号 and インボイスの登録番号.

Hands out `check_digit`, `is_valid_municipality_code`, `parse_corporate_number`,
`parse_invoice_number`, `CodeTextError`, `ParsedCode`. Leans on `digits` and `problems`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gen.japanese.digits import fold_width
from gen.japanese.problems import TextError

__all__ = [
    "CodeTextError",
    "ParsedCode",
    "check_digit",
    "is_valid_municipality_code",
    "parse_corporate_number",
    "parse_invoice_number",
]

_DIGITS = re.compile(r"[0-9]+")


class CodeTextError(TextError):
    """A code or number that cannot be right, or a name that several bodies bear."""


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """A number in its plain form, and what should be looked at again.

    Attributes:
        value: half-width, without hyphens.
        notes: Japanese sentences; empty when all is well.
    """

    value: str
    notes: tuple[str, ...] = ()


def check_digit(code: str) -> str:
    """The sixth figure of a 全国地方公共団体コード, from its first five.

    Weights 6, 5, 4, 3, 2; the last figure of 11 less the remainder by 11
    (全国地方公共団体コード仕様, 総務省, https://www.soumu.go.jp/denshijiti/code.html).

    Raises:
        CodeTextError: not five half-width figures.
    """
    if not (_DIGITS.fullmatch(code) and len(code) == 5):
        raise CodeTextError(f"団体コード「{code}」の検査数字を計算できません。先頭の5桁が要ります。")
    weighed = sum(int(figure) * weight for figure, weight in zip(code, range(6, 1, -1), strict=True))
    return str((11 - weighed % 11) % 10)


def is_valid_municipality_code(text: str) -> bool:
    """True for six figures, of either width, whose last is the right check digit."""
    code = fold_width(text).replace("-", "")
    return bool(_DIGITS.fullmatch(code)) and len(code) == 6 and check_digit(code[:5]) == code[5]


def parse_corporate_number(text: str) -> ParsedCode:
    """A 法人番号: 13 figures of either width, with or without hyphens.

    The first figure checks the other twelve: 9 less the remainder by 9 of their weighted sum, with
    weights 1 and 2 in turn from the last (法人番号の指定等に関する省令（平成26年財務省令第70号）第2条).

    Raises:
        CodeTextError: not 13 figures, or the check digit does not fit.
    """
    number = _thirteen(text, fold_width(text), "法人番号")
    if number[0] != _corporate_check(number[1:]):
        raise CodeTextError(
            f"法人番号「{text}」の検査用数字（先頭の1桁）が合いません。",
            hint="国税庁法人番号公表サイトの番号と見比べてください。",
        )
    return ParsedCode(number)


def parse_invoice_number(text: str) -> ParsedCode:
    """A 登録番号: T and 13 figures (消費税法第57条の2第4項), of either width, with or without hyphens.

    A firm's number is its 法人番号. Other bodies have a number of their own, whose construction is
    not published; a check digit that does not fit is therefore a note, not an error
    (https://www.invoice-kohyo.nta.go.jp/about-toroku/).

    Raises:
        CodeTextError: no T, or not 13 figures behind it.
    """
    folded = fold_width(text).upper()
    if not folded.startswith("T"):
        raise CodeTextError(
            f"登録番号「{text}」の先頭に「T」がありません。", hint="登録番号は「T」と13桁の数字です。"
        )
    number = _thirteen(text, folded[1:], "登録番号")
    if number[0] == _corporate_check(number[1:]):
        return ParsedCode("T" + number)
    note = f"登録番号「{text}」は法人番号としては検査用数字が合いません。法人であれば番号を確かめてください。"
    return ParsedCode("T" + number, (note,))


def _thirteen(text: str, folded: str, name: str) -> str:
    number = folded.replace("-", "")
    if not _DIGITS.fullmatch(number):
        raise CodeTextError(f"{name}「{text}」に数字でない文字があります。", hint=f"{name}の数字は13桁です。")
    if len(number) != 13:
        raise CodeTextError(f"{name}「{text}」は{len(number)}桁です。", hint=f"{name}の数字は13桁です。")
    return number


def _corporate_check(base: str) -> str:
    weighed = sum(int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(base)))
    return str(9 - weighed % 9)
