"""The list of prefectures and municipalities.

Hands out `find_municipality`, `municipalities`, `Municipality` and `MunicipalityMatch`.
Leans on `check_digits`, `characters` and data/municipalities.csv; a typed name is never rewritten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from gen.japanese.characters import ordinary_kanji
from gen.japanese.check_digits import CodeTextError, check_digit
from gen.japanese.digits import fold_width

__all__ = ["Municipality", "MunicipalityMatch", "find_municipality", "municipalities"]

_CODE = re.compile(r"[0-9]{5,6}")
_ANY_DIGITS = re.compile(r"[0-9]+")
_COUNTY = re.compile(r"^(?P<prefecture>..?.?[都道府県])?(?:.{1,5}?郡)(?P<rest>.+[町村])$")
_INVISIBLE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\\s]")

# Characters that stand for one another in the names of places, the one of the code list first.
# For finding only: what a person typed is printed as typed.
_VARIANTS = (
    "騨驒 梼檮 崎﨑嵜 高髙 鰺鯵 竜龍 条條 曽曾 島嶋 芦蘆 籠篭 諫諌 淵渕 竈釜竃 檜桧 浜濱 国國 与與 会會 沢澤 広廣 恵惠 栄榮 寿壽 豊豐 桜櫻 滝瀧 真眞 徳德 蔵藏 静靜 "
    "弥彌 亀龜 辺邊邉 砺礪 舘館 函凾 塩鹽 粕糟 関關 万萬 宝寶 双雙 来來 壱壹 穂穗 黒黑 戸戶 鶴靏靍 桑桒 吉𠮷 葛䔍 沖冲 宮宫 当當 県縣 楽樂 湾灣 峰峯 瀬瀨 児兒 気氣 喜㐂"
)
_SMALL_KE = "ケヶけゖ"
_CANONICAL = {ord(char): ord(group[0]) for group in _VARIANTS.split() for char in group[1:]}
_CANONICAL |= dict.fromkeys(map(ord, _SMALL_KE), ord("ケ"))


@dataclass(frozen=True, slots=True)
class Municipality:
    """A prefecture or a municipality of the public code list.

    Attributes:
        code: six figures, the last a check digit.
        prefecture: its prefecture's name.
        own_name: the municipality's name, "" for a prefecture.
    """

    code: str
    prefecture: str
    own_name: str

    @property
    def name(self) -> str:
        """岐阜県 or 飛騨市."""
        return self.own_name or self.prefecture

    @property
    def full_name(self) -> str:
        """岐阜県 or 岐阜県飛騨市."""
        return self.prefecture + self.own_name

    @property
    def kind(self) -> str:
        """都道府県, 指定都市, 市, 特別区, 町 or 村."""
        if not self.own_name:
            return "都道府県"
        if self.own_name.endswith("区"):
            return "特別区"
        # The list gives the numbers 100 to 199 to 指定都市 and 特別区.
        return "指定都市" if self.code[2] == "1" else self.own_name[-1]


@dataclass(frozen=True, slots=True)
class MunicipalityMatch:
    """What a code or a name was found to mean.

    Attributes:
        municipality: the body.
        notes: Japanese sentences where the text differs from the list; empty when it does not.
    """

    municipality: Municipality
    notes: tuple[str, ...] = ()


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All bodies of the list (47 prefectures and 1,741 municipalities, as of 2020), by code."""
    from importlib import resources

    text = resources.files("gen.japanese").joinpath("data/municipalities.csv").read_text("utf-8")
    rows = (line.split(",") for line in text.splitlines()[1:])
    return tuple(Municipality(code, prefecture, name) for code, prefecture, name, *_ in rows)


@cache
def _by_code() -> Mapping[str, Municipality]:
    return {body.code: body for body in municipalities()}


@cache
def _by_key() -> Mapping[str, tuple[Municipality, ...]]:
    found: dict[str, list[Municipality]] = {}
    for body in municipalities():
        for name in {body.name, body.full_name}:
            found.setdefault(_key(name), []).append(body)
    return {key: tuple(bodies) for key, bodies in found.items()}


def _key(name: str) -> str:
    """The name with all its variants made one: for comparing, never for printing."""
    name = _INVISIBLE.sub("", name)
    plain = (
        ordinary_kanji(char) or (_decomposed(char) if "\uf900" <= char <= "\ufaff" else char) for char in name
    )
    return "".join(plain).translate(_CANONICAL)


def _decomposed(char: str) -> str:
    return unicodedata.normalize("NFD", char)


def find_municipality(text: str) -> MunicipalityMatch | None:
    """The body that a code (5 or 6 figures) or a name (with or without prefecture and 郡) means.

    Variant characters (驒/騨, 檮/梼, 葛 with a selector, U+FA10), ケ/ヶ and spaces do not matter;
    a difference from the list is a note. The text itself is never changed.

    Returns:
        The body, or None when the list has no such body: it may be abolished, a 行政区 or a joint body.

    Raises:
        CodeTextError: a code with a wrong check digit or length, or a name that several bodies bear.
    """
    folded = fold_width(text).replace("-", "")
    if _ANY_DIGITS.fullmatch(folded):
        return _find_code(text, folded)
    bodies = _by_key().get(_key(text)) or _without_county(_key(text))
    bodies = tuple(body for body in bodies if text.endswith(body.name)) or bodies  # 鹿嶋市 is not 鹿島市
    if not bodies:
        return None
    if len(bodies) > 1:
        names = "、".join(f"{body.full_name}（{body.code}）" for body in bodies)
        raise CodeTextError(
            f"「{text}」という団体は{len(bodies)}つあります: {names}。",
            hint="都道府県名を付けるか、団体コードで書いてください。",
        )
    return MunicipalityMatch(bodies[0], tuple(_name_notes(text, bodies[0])))


def _without_county(key: str) -> tuple[Municipality, ...]:
    found = _COUNTY.fullmatch(key)
    return _by_key().get((found["prefecture"] or "") + found["rest"], ()) if found else ()


def _find_code(text: str, code: str) -> MunicipalityMatch | None:
    if not _CODE.fullmatch(code):
        raise CodeTextError(
            f"団体コード「{text}」は{len(code)}桁です。", hint="検査数字を含む6桁で書いてください。"
        )
    if len(code) == 6:
        if check_digit(code[:5]) != code[5]:
            raise CodeTextError(
                f"団体コード「{text}」の検査数字（末尾の1桁）が合いません。",
                hint="全国地方公共団体コードと見比べてください。",
            )
        return _match(_by_code().get(code), ())
    whole = code + check_digit(code)
    note = f"団体コード「{text}」に検査数字を補い、{whole}と読みました。"
    if found := _match(_by_code().get(whole), (note,)):
        return found
    return _match(
        _by_code().get("0" + code), (f"団体コード「{text}」の先頭に0を補い、0{code}と読みました。",)
    )


def _match(body: Municipality | None, notes: tuple[str, ...]) -> MunicipalityMatch | None:
    return MunicipalityMatch(body, notes) if body else None


def _name_notes(text: str, body: Municipality) -> Iterable[str]:
    typed = re.sub(r"\s", "", text)
    if typed.endswith(body.name):
        return
    small_ke = typed.translate(dict.fromkeys(map(ord, _SMALL_KE), "ケ"))
    if small_ke.endswith(body.name.translate(dict.fromkeys(map(ord, _SMALL_KE), "ケ"))):
        yield f"「{text}」の正式名称は「{body.name}」です。印字は入力のままにします。"
        return
    yield f"「{text}」は全国地方公共団体コードの表では「{body.name}」です。印字は入力のままにします。"
