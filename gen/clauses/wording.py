"""The city's style of wording: parties, 読点, 接続詞, digits; one switch each.

Hands out `Wording`, which words static text of a template and the numbers that Kian
makes. Leans on `japanese`. Values of the profile are never passed through it: names and
addresses print as typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.japanese import Digits, style_digits

__all__ = ["Wording"]

_ROLES = {"甲乙": "甲乙丙丁戊己庚辛壬癸", "委託者受託者": ("委託者", "受託者", "丙")}
_CONJUNCTIONS = (("及び", "および"), ("並びに", "ならびに"), ("又は", "または"), ("若しくは", "もしくは"))


@dataclass(frozen=True)
class Wording:
    """How a city words its contracts.

    Attributes:
        parties: 甲乙, 発注者受注者 or 委託者受託者.
        comma: 、 or ，.
        kanji_conjunctions: 及び (True) or および (False).
        digits: 全角, 半角, or one digit 全角 and more 半角.
        roles: what a kind of contract calls its parties (賃借人, 賃貸人) where the city does not say 甲乙.
    """

    parties: str = "発注者受注者"
    comma: str = "、"
    kanji_conjunctions: bool = True
    digits: Digits = Digits.HALF
    roles: tuple[str, ...] = ()

    def text(self, text: str) -> str:
        """Static text of a template in the city's style."""
        if self.comma != "、":
            text = text.replace("、", self.comma)
        if not self.kanji_conjunctions:
            for kanji, kana in _CONJUNCTIONS:
                text = text.replace(kanji, kana)
        return self.number(text)

    def number(self, text: str) -> str:
        """A text with its digits in the city's style."""
        return text if self.digits is Digits.HALF else style_digits(text, self.digits)

    def party(self, index: int) -> str:
        """The word for a party, 0 being the one that orders: 0 for 甲, 1 for 乙, 2 for 丙."""
        if self.roles and self.parties != "甲乙":
            return self.roles[index]
        return _ROLES.get(self.parties, ("発注者", "受注者", "丙"))[index]
