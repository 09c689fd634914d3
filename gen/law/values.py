"""Values that a law sets, looked up by date and kind of body.

Hands out `look_up`, `stamp_duty`, `all_values`, `digest`, `LawValue`, `Certainty` and the errors.
Leans on `gen.errors` and data/values.yaml, which is read when the first value is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from gen.errors import UserError

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = [
    "KINDS",
    "Certainty",
    "LawLookupError",
    "LawValue",
    "NotApplicableError",
    "all_values",
    "data",
    "digest",
    "in_force",
    "look_up",
    "stamp_duty",
]

KINDS = ("都道府県", "指定都市", "市", "特別区", "町", "村")
"""The kinds of body that the rows tell apart."""

_SAME_KIND = {"中核市": "市", "施行時特例市": "市", "町村": "町"}
_JOINT = ("一部事務組合", "広域連合")
_STAMP_DUTY = "stamp-duty-work/"


class Certainty(StrEnum):
    """How well a row is backed."""

    PRIMARY = "A"
    """Read in a primary source."""
    SECONDARY = "B"
    """Read in a secondary source."""
    UNCONFIRMED = "C"
    """Not confirmed: print with 要確認."""


class LawLookupError(UserError, LookupError):
    """No value to give: unknown name, or none in force on the day."""


class NotApplicableError(LawLookupError):
    """The law sets this value, but not for this kind of body."""


@dataclass(frozen=True, slots=True)
class LawValue:
    """One value in one span of time.

    Attributes:
        id: name of the value, such as `consumption-tax-rate`.
        title: Japanese title.
        value: the number; None where a value is in force but has not been confirmed.
        unit: 円, %, 日, 月, 年 or 人.
        applies_to: kinds of body, None for every kind.
        start: first day the row vouches for.
        until: last day in force, None while it still is.
        over: the row holds for sums above this (yen), None where sums do not matter.
        up_to: and up to this, included.
        law: name of the law.
        article: article, paragraph, item, table.
        source: the page where it was read.
        certainty: how well it is backed.
        checked_on: the day it was read.
        note: Japanese remark, "" where none.
    """

    id: str
    title: str
    value: int | Decimal | None
    unit: str
    applies_to: tuple[str, ...] | None
    start: date
    until: date | None
    over: int | None
    up_to: int | None
    law: str
    article: str
    source: str
    certainty: Certainty
    checked_on: date
    note: str

    @property
    def is_confirmed(self) -> bool:
        """True when there is a value and a source stands behind it."""
        return self.value is not None and self.certainty is not Certainty.UNCONFIRMED

    @property
    def basis(self) -> str:
        """Law and article, as findings cite them."""
        return self.law + self.article

    @property
    def ratio(self) -> Fraction:
        """A rate in % as an exact fraction: 10 % → 1/10.

        Raises:
            LawLookupError: the value is not a rate, or not confirmed.
        """
        from fractions import Fraction

        if self.unit != "%" or self.value is None:
            raise LawLookupError(
                f"「{self.title}」の率が確認できていません。", hint="率を定めた告示を確かめてください。"
            )
        return Fraction(self.value) / 100

    def is_in_force(self, on: date) -> bool:
        """True when the row vouches for the day."""
        return self.start <= on and (self.until is None or on <= self.until)

    def applies(self, kind: str) -> bool:
        """True when the row is for this kind of body (one of `KINDS`)."""
        return self.applies_to is None or kind in self.applies_to


def data() -> bytes:
    """The shipped rows as they lie in the file."""
    from importlib import resources

    return resources.files("gen.law").joinpath("data/values.yaml").read_bytes()


def digest() -> str:
    """SHA-256 (hex) of the shipped rows: the version of the law data that a document rests on."""
    from hashlib import sha256

    return sha256(data()).hexdigest()


def in_force(on: date) -> tuple[str, ...]:
    """Which rows vouch for the day, by id and first day: changes when the law does."""
    return tuple(f"{row.id}@{row.start}" for row in all_values() if row.is_in_force(on))


@cache
def all_values() -> tuple[LawValue, ...]:
    """Every row, in the order of the file."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows: list[dict[str, object]] = yaml.load(data(), Loader=loader)
    return tuple(_row(row) for row in rows)


def _row(row: dict[str, object]) -> LawValue:
    text = {key: str(row[key]) for key in ("id", "title", "unit", "law", "article", "source", "note")}
    kinds, until = row["applies_to"], row["until"]
    return LawValue(
        **text,
        value=_value(row["value"]),
        applies_to=tuple(map(str, kinds)) if isinstance(kinds, list) else None,
        start=date.fromisoformat(str(row["from"])),
        until=None if until is None else date.fromisoformat(str(until)),
        over=_yen(row.get("over")),
        up_to=_yen(row.get("up_to")),
        certainty=Certainty(str(row["certainty"])),
        checked_on=date.fromisoformat(str(row["checked_on"])),
    )


def _value(value: object) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else _yen(value)


def _yen(value: object) -> int | None:
    return None if value is None else int(str(value))


def look_up(id: str, on: date, kind: str | None = None) -> LawValue:
    """The value in force on a day.

    Args:
        id: name of the value.
        on: the 基準日.
        kind: kind of the body, one of `KINDS` (中核市 counts as 市); needed where the law tells
            kinds apart. 特別区 has the rules of 市 (地方自治法第283条).

    Returns:
        The row. Its `value` is None where the value in force has not been confirmed.

    Raises:
        NotApplicableError: the law does not set it for this kind of body.
        LawLookupError: no such name, none in force on the day, or the kind is missing or has no
            rule of its own (joint bodies follow their members, 地方自治法第292条).
    """
    rows = [row for row in all_values() if row.id == id]
    if not rows:
        raise LawLookupError(f"法令の値「{id}」はありません。")
    title = rows[0].title
    if any(row.applies_to for row in rows):
        plain = _plain_kind(kind, title)
        rows = [row for row in rows if row.applies(plain)]
        if not rows:
            raise NotApplicableError(f"「{title}」は{kind}には定めがありません。")
    return _in_force(rows, on, title)


def stamp_duty(amount: int, on: date) -> LawValue:
    """The stamp duty on one paper copy of a contract for work (請負; 印紙税法別表第一第2号).

    Args:
        amount: the sum written in the contract, in yen; without the tax where that is shown apart.
        on: the day the paper is made.

    Raises:
        LawLookupError: a negative sum, or no row for the day.
    """
    title = "印紙税額 請負に関する契約書"
    if amount < 0:
        raise LawLookupError(f"「{title}」は負の金額（{amount:,}円）には定まりません。")
    rows = [row for row in all_values() if row.id.startswith(_STAMP_DUTY) and _brackets(row, amount)]
    return _in_force(rows, on, title)


def _brackets(row: LawValue, amount: int) -> bool:
    return (row.over is None or row.over < amount) and (row.up_to is None or amount <= row.up_to)


def _plain_kind(kind: str | None, title: str) -> str:
    plain = _SAME_KIND.get(kind, kind) if kind else kind
    if plain in KINDS:
        return plain
    if plain in _JOINT:
        raise LawLookupError(
            f"「{title}」は{kind}では構成団体によって決まります（地方自治法第292条）。",
            hint="都道府県が加わるものは「都道府県」、市又は特別区が加わるものは「市」、その他は「町」の値によります。",
        )
    found = f"「{kind}」という種別はありません。" if kind else "団体の種別が要ります。"
    raise LawLookupError(
        f"「{title}」は団体の種別によって違います。{found}", hint="種別: " + "、".join(KINDS)
    )


def _in_force(rows: Iterable[LawValue], on: date, title: str) -> LawValue:
    rows = list(rows)
    for row in rows:
        if row.is_in_force(on):
            return row
    first = min(row.start for row in rows)
    raise LawLookupError(
        f"「{title}」は{on.isoformat()}の値を持っていません。",
        hint=f"{first.isoformat()}より前の値はありません。"
        if on < first
        else "法令の値の表に続きの行が要ります。",
    )
