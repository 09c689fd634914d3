"""From the text that a person typed to a value: one reader a kind of leaf.

Hands out `READERS` (kind → reader) and `Rejected`, which a reader gives instead of raising,
so that the schema can report it at its place. Leans on `gen.japanese`; 未定 passes them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gen.japanese.characters import find_controls
from gen.japanese.check_digits import parse_corporate_number, parse_invoice_number
from gen.japanese.codes import find_municipality
from gen.japanese.digits import fold_width
from gen.japanese.numbers import parse_amount
from gen.japanese.problems import TextError
from gen.japanese.wareki import ParsedDate, parse_date, parse_nendo
from gen.profile.model_contracts import DayWord
from gen.profile.model_plans import Duration
from gen.profile.undecided import UNDECIDED_WORDS, Undecided

__all__ = ["READERS", "Rejected", "parsed_date"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A text that could not be read, and why.

    Attributes:
        message: Japanese, quoting the text.
        hint: Japanese: what to do.
        rule: id of the finding.
    """

    message: str
    hint: str = ""
    rule: str = "profile-value"


UNKNOWN = Undecided("", "")
"""未定 before anybody knows which field it belongs to."""

_BLANKS = re.compile(r"[〇○◯]{2,}(?:[ \u3000]*[〇○◯]+)*")
_NOTHING = frozenset({"~", "null", "none", "nan", "nil", "n/a", "#n/a"})
_UNITS = {
    "分": "分",
    "時間": "時間",
    "日": "日",
    "営業日": "営業日",
    "開庁日": "営業日",
    "週": "週",
    "週間": "週",
    "年": "年",
    "年間": "年",
} | {f"{kana}月{rest}": "か月" for kana in "かカヵヶケ箇ヵ" for rest in ("", "間")}
_NUMBER = re.compile(r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(.*)", re.DOTALL)
_FLAGS = {
    **dict.fromkeys(("true", "yes", "はい", "有", "有り", "あり", "する", "○", "可"), True),
    **dict.fromkeys(("false", "no", "いいえ", "無", "無し", "なし", "しない", "×", "否"), False),
}
_SIGNING = re.compile(r"(?:本?契約(?:の)?締結(?:の)?日|契約日)(の翌日)?")


def is_undecided(text: str) -> bool:
    """True for 未定 and for the blanks that officials leave, such as 〇〇〇〇 or ○○　○○."""
    stripped = text.strip()
    return stripped in UNDECIDED_WORDS or bool(_BLANKS.fullmatch(stripped))


def read_prose(text: str) -> object:
    """A text as typed; line breaks may stand, the last one is dropped."""
    hidden = find_controls(text)
    if hidden:
        return Rejected(
            f"目に見えない文字 {hidden[0].code} が入っています（{hidden[0].reason}）。",
            "その文字を消してください。",
            "profile-character",
        )
    if not text.strip():
        return Rejected("空白だけが書かれています。", "空欄にするか、「未定」と書いてください。")
    if text.strip().lower() in _NOTHING:
        return Rejected(
            f"「{text}」は値として使えません。",
            "値がないときは空欄に、決まっていないときは「未定」にしてください。",
        )
    return text.rstrip("\n")


def read_text(text: str) -> object:
    """A text of one line, as typed."""
    value = read_prose(text)
    if isinstance(value, str) and ("\n" in value or "\t" in value):
        return Rejected("この項目には改行やタブを入れられません。", "1行で書いてください。")
    return value


@lru_cache(maxsize=4096)
def parsed_date(text: str) -> ParsedDate | Rejected:
    """The date with its notes, or why it is none."""
    try:
        return parse_date(text)
    except TextError as error:
        return Rejected(error.message, error.hint, "profile-date")


def read_date(text: str) -> object:
    """A date in any form that officials type."""
    found = parsed_date(text)
    return found if isinstance(found, Rejected) else found.date


def read_day(text: str) -> object:
    """A date, or 契約締結日 and the day after it."""
    word = _SIGNING.fullmatch(re.sub(r"\s", "", text))
    if word:
        return DayWord.AFTER_SIGNING if word[1] else DayWord.SIGNING
    found = read_date(text)
    if isinstance(found, Rejected):
        words = "」「".join(DayWord)
        return Rejected(found.message, f"{found.hint}日付の代わりに「{words}」とも書けます。", found.rule)
    return found


def read_nendo(text: str) -> object:
    """A fiscal year, as the western year that it begins in."""
    try:
        return parse_nendo(text)
    except TextError as error:
        return Rejected(error.message, error.hint, "profile-date")


def read_yen(text: str) -> object:
    """A sum in whole yen, zero and more."""
    try:
        amount = parse_amount(text)
    except TextError as error:
        return Rejected(error.message, error.hint, "profile-amount")
    if amount < 0:
        return Rejected(f"金額「{text}」が負の値です。", "0円以上の額を書いてください。", "profile-amount")
    return amount


def _split_number(text: str) -> tuple[Decimal, str] | None:
    found = _NUMBER.fullmatch(fold_width(text))
    if not found or len(found[1]) > 20:
        return None
    return Decimal(found[1].replace(",", "")), found[2].strip()


def _no_number(text: str, example: str) -> Rejected:
    return Rejected(
        f"「{text}」を数として読めません。", f"「{example}」のように書いてください。", "profile-number"
    )


_COUNT_UNITS = frozenset(
    {
        "",
        "日",
        "か月",
        "ヶ月",
        "カ月",
        "ヵ月",
        "箇月",
        "月",
        "年",
        "年間",
        "分",
        "回",
        "通",
        "部",
        "人",
        "字",
        "世代",
        "窓口",
        "%",
        "日以内",
    }
)


def read_count(text: str) -> object:
    """A whole number, zero and more; a counting word behind it is dropped."""
    found = _split_number(text)
    if found is None or found[0] % 1 or found[1] not in _COUNT_UNITS:
        return _no_number(text, "30")
    return int(found[0])


def read_number(text: str) -> object:
    """A decimal number, exact; GB or 時間 behind it is dropped."""
    found = _split_number(text)
    if found is None or found[1].upper() not in ("", "GB", "時間"):
        return _no_number(text, "120.5")
    return found[0]


def read_percent(text: str) -> object:
    """A percentage, exact: 10, 2.5%, 年2.5パーセント, 100分の10."""
    bare = re.sub(r"^年", "", fold_width(text))
    share = re.fullmatch(r"(100|1000|100/|10)分の([0-9]+(?:\.[0-9]+)?)", bare)
    if share:
        return Decimal(share[2]) * 100 / Decimal(share[1])
    found = _split_number(bare)
    if found is None or found[1] not in ("", "%", "パーセント", "ﾊﾟｰｾﾝﾄ"):
        return _no_number(text, "2.5%")
    if found[0] > 1000:
        return Rejected(f"率「{text}」が大きすぎます。", "パーセントで書いてください。", "profile-number")
    return found[0]


def read_length(text: str) -> object:
    """A length of time with its unit: 12時間, 1営業日, 1か月."""
    found = _split_number(text)
    unit = _UNITS.get(found[1]) if found else None
    if found is None or unit is None:
        units = "、".join(dict.fromkeys(_UNITS.values()))
        return Rejected(
            f"期間「{text}」を読み取れません。",
            f"「12時間」のように、数と単位（{units}）で書いてください。",
            "profile-number",
        )
    return Duration(found[0], unit)  # type: ignore[arg-type]


def read_flag(text: str) -> object:
    """Yes or no."""
    value = _FLAGS.get(text.strip().lower())
    if value is None:
        return Rejected(
            f"「{text}」は「はい」か「いいえ」で書いてください。",
            "true / false、有 / 無 とも書けます。",
            "profile-choice",
        )
    return value


def read_municipality_code(text: str) -> object:
    """A 団体コード of six digits with its check digit; five are taken when the list knows them."""
    digits = fold_width(text).replace("-", "")
    try:
        found = find_municipality(digits) if digits.isdecimal() else None
    except TextError as error:
        return Rejected(error.message, error.hint, "profile-code")
    if found:
        return found.municipality.code
    if len(digits) != 6 or not digits.isdecimal():
        hint = "検査数字を含む6桁の数字で書いてください。コードのない団体では、この項目を書きません。"
        return Rejected(f"団体コード「{text}」を読み取れません。", hint, "profile-code")
    return digits


def read_corporate_number(text: str) -> object:
    """A 法人番号 of 13 digits with its check digit."""
    try:
        return parse_corporate_number(text).value
    except TextError as error:
        return Rejected(error.message, error.hint, "profile-corporate-number")


def read_invoice_number(text: str) -> object:
    """A 登録番号 of an invoice issuer: T and 13 digits."""
    try:
        return parse_invoice_number(text).value
    except TextError as error:
        return Rejected(error.message, error.hint, "profile-invoice-number")


def read_email(text: str) -> object:
    """A mail address, checked for its shape only."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        return Rejected(
            f"メールアドレス「{text}」の形が正しくありません。",
            "半角で「名前@例.lg.jp」のように書いてください。",
        )
    return text


def read_choice(text: str) -> object:
    """A word from a list; the schema checks the list itself."""
    return text.strip()


READERS: dict[str, Callable[[str], object]] = {
    "choice": read_choice,
    "corporate": read_corporate_number,
    "count": read_count,
    "date": read_date,
    "day": read_day,
    "email": read_email,
    "flag": read_flag,
    "invoice": read_invoice_number,
    "length": read_length,
    "municipality": read_municipality_code,
    "nendo": read_nendo,
    "number": read_number,
    "percent": read_percent,
    "prose": read_prose,
    "ref": read_text,
    "text": read_text,
    "yen": read_yen,
}
"""One reader a kind of leaf; each takes what was typed and gives a value or `Rejected`."""
