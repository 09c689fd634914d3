"""A redline (見え消し): the old paper with every change to the new one as a tracked change.

Hands out `redline`. Word's 全て承諾 gives the text of the new paper, 全て元に戻す that of the old.
Leans on `weaving` and `parts`; provenance is taken out, for a redline is no document of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from gen.compare.blocks import Paper
from gen.compare.parts import paired_parts, with_roots
from gen.compare.pen import Pen
from gen.compare.weaving import weave
from gen.word.slots import property_parts

__all__ = ["redline"]


def redline(
    old: Paper, new: Paper, *, author: str, on: date, title: str = "", names: Iterable[str] = ()
) -> bytes:
    """The Word file of a redline; the trees of `old` are changed.

    Args:
        old: the paper that is the ground.
        new: the paper that brings the changes.
        author: of the tracked changes.
        on: day of the tracked changes.
        title: of the file.
        names: proper nouns that are one word.
    """
    pen = Pen(author, on.isoformat())
    parts = paired_parts(old, old, new)
    woven = weave(old, old, new, pen, parts=parts, names=names)
    package = with_roots(replace(old, package=woven.package or old.package), [name for name, _, _ in parts])
    properties = property_parts(title, on.isoformat(), {}, creator=author)
    known = {name: data for name, data in properties.items() if name in package.parts}
    return package.with_parts(known).write()
