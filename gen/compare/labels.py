"""The number that a line of legal text begins with, and the role that its form gives it.

Hands out `Label`, `label_of` and `is_heading`. The forms are those of 横書き例規 and of contracts:
第1条, 第1条の2, 2, (1), ア, (ア), 別記1, in half-width, full-width or kanji figures. Leans on nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Label", "N", "is_heading", "label_of"]

N = r"(?:[0-9０-９]+|[〇一二三四五六七八九十百千]+)"
"""A number as it stands in 第N条."""

_BLANK = r"(?=[　\s]|$)"
_FORMS = (
    ("chapter", re.compile(rf"第{N}[編章節款](?:の{N})*{_BLANK}")),
    ("jo", re.compile(rf"第{N}条(?:の{N})*(?![^\s　（(])")),
    ("attach", re.compile(rf"(?:別[記紙表添]|特約|様式)(?:第?{N}号?)?{_BLANK}")),
    ("dai", re.compile(rf"第{N}(?:の{N})*{_BLANK}")),
    ("go", re.compile(rf"(?:[(（]{N}[)）](?:の{N})?|[⑴-⒇]){_BLANK}")),
    ("sai2", re.compile(rf"[(（][ア-ン][)）]{_BLANK}")),
    ("sai", re.compile(rf"[ア-ンｱ-ﾝ]{_BLANK}")),
    ("ko", re.compile(rf"(?:[0-9０-９]+(?:[.．](?![0-9０-９])|{_BLANK})|[①-⑳]{_BLANK})")),
)
_HEADING = re.compile(r"[（(][^（）()]{1,60}[）)]")
_BY_ROLE = dict(_FORMS)


class Label(NamedTuple):
    """What a line begins with: `role` (jo, ko, go, sai …, "" for none) and its printed number."""

    role: str
    number: str


def label_of(text: str, role: str = "") -> Label:
    """The number at the head of a line.

    Args:
        text: the line.
        role: what its style says it is; "" where the form alone must tell.
    """
    if role in ("jo", "ko", "go", "sai", "sai2", "attach", "chapter", "head"):
        for kind in ("jo", "dai") if role == "jo" else ("ko" if role == "head" else role,):
            if found := _BY_ROLE[kind].match(text):
                return Label(role, found.group(0))
        return Label(role, "")
    for kind, form in _FORMS:
        if found := form.match(text):
            return Label("jo" if kind == "dai" else kind, found.group(0))
    return Label("", "")


def is_heading(text: str) -> bool:
    """Whether a line is nothing but a heading in brackets: （秘密の保持）."""
    return _HEADING.fullmatch(text.strip()) is not None
