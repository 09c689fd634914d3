"""Characters that look right and are not, found but never replaced.

Hands out finders for radicals, control characters, half-width kana and abbreviated company
marks, and `display_width`. Leans on `unicodedata`; positions are indices into the text, from 0.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = [
    "CompanyMark",
    "Control",
    "HalfwidthKana",
    "Radical",
    "display_width",
    "find_company_marks",
    "find_controls",
    "find_halfwidth_kana",
    "find_radicals",
    "ordinary_kanji",
]

# CJK Radicals Supplement (U+2E80-2EFF) that Japanese writes as a sign of its own, each with that sign;
# for the rest (Chinese simplified forms, mere strokes) there is nothing to suggest.
# After the Unicode Character Database's Equivalent_Unified_Ideograph property.
_SUPPLEMENT = {
    pair[0]: pair[1]
    for pair in [
        "⺁厂",
        "⺄乙",
        "⺅亻",
        "⺆冂",
        "⺇几",
        "⺉刂",
        "⺌小",
        "⺎尢",
        "⺒巳",
        "⺓幺",
        "⺖忄",
        "⺘扌",
        "⺙攵",
        "⺛旡",
        "⺝月",
        "⺞歺",
        "⺟母",
        "⺠民",
        "⺡氵",
        "⺢氺",
        "⺣灬",
        "⺤爫",
        "⺨犭",
        "⺩王",
        "⺪疋",
        "⺫目",
        "⺬示",
        "⺭礻",
        "⺮竹",
        "⺯糸",
        "⺲罒",
        "⺹耂",
        "⺼月",
        "⺽臼",
        "⺾艹",
        "⺿艹",
        "⻁虎",
        "⻂衤",
        "⻃覀",
        "⻄西",
        "⻌辶",
        "⻍辶",
        "⻎辶",
        "⻑長",
        "⻒镸",
        "⻗雨",
        "⻘青",
        "⻝食",
        "⻣骨",
        "⻤鬼",
        "⻨麦",
        "⻩黄",
        "⻫斉",
        "⻭歯",
        "⻯竜",
        "⻲亀",
    ]
}
_RADICAL = re.compile("[\u2e80-\u2eff\u2f00-\u2fdf]")


@dataclass(frozen=True, slots=True)
class Radical:
    """A radical sign where a kanji was meant, as pasting from PDF leaves it.

    Attributes:
        position: index in the text, from 0.
        char: the sign found.
        suggestion: the ordinary kanji, "" where the sign is only a part of kanji.
    """

    position: int
    char: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Control:
    """An invisible character that does not belong into a field.

    Attributes:
        position: index in the text, from 0.
        char: the character.
        code: its code point as `U+202E`.
        reason: Japanese: what it does.
    """

    position: int
    char: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class HalfwidthKana:
    """A run of half-width katakana with the full-width form to suggest."""

    position: int
    text: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CompanyMark:
    """An abbreviation such as ㈱; the registered name has the word in full, on one side or the other."""

    position: int
    text: str
    suggestion: str


def ordinary_kanji(char: str) -> str:
    """The kanji that a radical sign stands for, "" for any other character."""
    if "\u2f00" <= char <= "\u2fd5":
        return unicodedata.normalize("NFKC", char)
    return _SUPPLEMENT.get(char, "")


def find_radicals(text: str) -> tuple[Radical, ...]:
    """康熙部首 (U+2F00-2FDF) and CJK部首補助 (U+2E80-2EFF) in the text.

    Kanji proper are never reported: 髙, 﨑, 𠮷, U+FA10 and variation sequences are people's names.
    """
    return tuple(
        Radical(found.start(), found.group(), ordinary_kanji(found.group()))
        for found in _RADICAL.finditer(text)
    )


_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def find_controls(text: str) -> tuple[Control, ...]:
    """Control, bidi and zero-width characters and noncharacters; a tab and a line feed may stay.

    Variation selectors and the private-use area (外字) are not reported.
    """
    return tuple(
        Control(found.start(), found.group(), f"U+{ord(found.group()):04X}", _reason(found.group()))
        for found in _HIDDEN.finditer(text)
    )


def _reason(char: str) -> str:
    if _BIDI.match(char):
        return "文字の並ぶ向きを変える制御文字です"
    if unicodedata.category(char) == "Cc":
        return "制御文字です"
    if unicodedata.category(char) in ("Cn", "Cs"):
        return "文字として使えない番号です"
    return "目に見えない文字です"


_HALF_KANA = re.compile("[\uff66-\uff9f]+")


def find_halfwidth_kana(text: str) -> tuple[HalfwidthKana, ...]:
    """Runs of half-width katakana; voicing marks are joined in the suggestion (ｶﾞ → ガ)."""
    return tuple(
        HalfwidthKana(found.start(), found.group(), unicodedata.normalize("NFKC", found.group()))
        for found in _HALF_KANA.finditer(text)
    )


_COMPANY_WORDS = {"株": "株式会社", "有": "有限会社", "社": "社団法人", "財": "財団法人"}
_COMPANY_MARK = re.compile(r"[㈱㈲㈳㈶㍿]|[(（]([株有社財])[)）]")
_COMPANY_SIGNS = {"㈱": "株", "㈲": "有", "㈳": "社", "㈶": "財", "㍿": "株"}


def find_company_marks(text: str) -> tuple[CompanyMark, ...]:
    """Abbreviated kinds of company: ㈱, （株）, ㍿ and their like."""
    return tuple(
        CompanyMark(found.start(), found.group(), _COMPANY_WORDS[found[1] or _COMPANY_SIGNS[found.group()]])
        for found in _COMPANY_MARK.finditer(text)
    )


def display_width(text: str) -> int:
    """Columns in a fixed-width display: 2 for a full-width character, 1 for a half-width one.

    Combining marks, variation selectors and invisible characters take none. Ambiguous
    characters (①, α) count 2, as Japanese fonts draw them.
    """
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return 0
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
