"""Full-width and half-width digits.

Hands out `Digits` (the three house styles), `style_digits` and `to_halfwidth_digits`.
Leans on nothing; never touches a character that is not part of a run of digits.
"""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["Digits", "fold_width", "style_digits", "to_halfwidth_digits"]


class Digits(StrEnum):
    """How a body writes Arabic figures in its papers."""

    HALF = "半角"
    """Every figure half-width."""
    FULL = "全角"
    """Every figure full-width."""
    MIXED = "混在"
    """One figure alone full-width, two and more half-width."""


_WIDE_DIGITS = "０１２３４５６７８９"
_TO_HALF_DIGITS = str.maketrans(_WIDE_DIGITS, "0123456789")
_RUN_MARKS = ",.:/-"
_TO_HALF = str.maketrans("，．：／－" + _WIDE_DIGITS, _RUN_MARKS + "0123456789")
_TO_FULL = str.maketrans(_RUN_MARKS + "0123456789", "，．：／－" + _WIDE_DIGITS)

_WORD = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_＿@＠+＋&＆=＝?？#＃~.．,，:：/／\-－]+")
_LETTER = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ_＿]")
_RUN = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９])|[.．:：/／\-－][0-9０-９]+)*")

_FOLD = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)}
_FOLD |= {ord("￥"): ord("¥"), ord("\\"): ord("¥"), ord("＼"): ord("¥")}
_FOLD |= dict.fromkeys(map(ord, "−‐‑–—―"), ord("-"))
_SPACE = re.compile(r"\s+")


def to_halfwidth_digits(text: str) -> str:
    """The text with ０-９ made 0-9; nothing else changes, neither letters nor punctuation."""
    return text.translate(_TO_HALF_DIGITS)


def style_digits(text: str, style: Digits) -> str:
    """The text with its figures in the house style.

    A run such as `1,234`, `10.5`, `9:00`, `2026/4/1` or `03-1234-5678` is one number: its marks
    go along with its digits, and under `Digits.MIXED` it counts as two or more figures. A word
    with a Latin letter in it (`SHA-256`, `A4`, `T1234567890123`, a URL) is a name and stays.

    Args:
        text: any text.
        style: the style of the body.
    """
    return _WORD.sub(lambda word: _style_word(word.group(), style), text)


def _style_word(word: str, style: Digits) -> str:
    if _LETTER.search(word):
        return word
    return _RUN.sub(lambda run: _style_run(run.group(), style), word)


def _style_run(run: str, style: Digits) -> str:
    full = style is Digits.FULL or (style is Digits.MIXED and len(run) == 1)
    return run.translate(_TO_FULL if full else _TO_HALF)


def fold_width(text: str) -> str:
    """A reading form for parsers only, never to be printed.

    Full-width ASCII becomes half-width, dashes become `-`, yen signs `¥`, and white space goes.
    Unlike NFKC it leaves ①, ² and every kanji as they are.
    """
    return _SPACE.sub("", text.translate(_FOLD))
