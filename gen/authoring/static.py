"""The text of a line without its tags: for reading, for references, for wording.

Hands out `plain_text`, `worded_text` and `mask_quotes`. Leans on `tags` and on the neutral text of
`gen.rules.wording`.
"""

from __future__ import annotations

from functools import lru_cache

from gen.authoring.sheet import Line
from gen.authoring.tags import Tag, calls_in, dotted, tags_of
from gen.rules.wording import mask_quotes, neutral

__all__ = ["GAP", "mask_quotes", "plain_text", "worded_text"]

GAP = "\u25c6"  # ◆ stands for a printed value
_TERMS = "甲乙丙丁戊己庚辛壬癸"
_NUMBERING = {
    "go": "(1)",
    "ko": "2",
    "jo": "第1条",
    "dai": "第1",
    "sai": "ア",
    "sai2": "(ア)",
    "hd": "1",
    "attach": "別記",
}


@lru_cache(maxsize=8192)
def _tags(text: str) -> tuple[Tag, ...]:
    return tags_of(text)


def plain_text(line: Line) -> str:
    """The text with parties by their letter, printed values as ◆ and other tags left out."""
    return _filled(line.words, numbering=False)


def _filled(text: str, *, numbering: bool) -> str:
    out: list[str] = []
    at = 0
    for tag in _tags(text):
        out.append(text[at : tag.start])
        out.append(_stand_in(tag, numbering))
        at = tag.end
    return "".join((*out, text[at:]))


def _stand_in(tag: Tag, numbering: bool) -> str:
    if tag.kind != "print":
        return ""
    name = dotted(tag.node) if tag.node is not None else ""
    if name and name in _TERMS:
        return name
    call = next(calls_in(tag.node), None)
    if call is not None and call.name == "items":
        return str(call.get("many", 0))
    if call is not None and call.name in _NUMBERING:
        return _NUMBERING[call.name] if numbering else ""
    return GAP


def worded_text(line: Line) -> str:
    """The text as wording rules read it: 号 begins with (1), quotations and names of laws are neutral."""
    return _worded(line.words, line.role in ("go", "midashi"))


@lru_cache(maxsize=8192)
def _worded(line: str, numbering: bool) -> str:
    return neutral(_filled(line, numbering=numbering))
