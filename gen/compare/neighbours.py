"""What stands beside a paragraph or table in its container: the next, the one before, the last.

Hands out `next_block`, `out_of_control`, `is_last` and `previous_paragraph`. Leans on `leaves`.
"""

from __future__ import annotations

from lxml import etree

from gen.compare.leaves import W, is_gone

__all__ = ["is_last", "next_block", "out_of_control", "previous_paragraph"]


def next_block(element: etree._Element) -> etree._Element | None:
    """The paragraph or table that follows in the same container."""
    here = element.getnext()
    while here is not None and here.tag not in (f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}tr"):
        here = here.getnext()
    return here


def out_of_control(after: etree._Element | None) -> etree._Element | None:
    """The place behind a content control of which an element is the last: what comes is no part of it,
    and the end of its last paragraph stays as it is. Nothing of the container follows: inside of it."""
    here = after
    while here is not None and next_block(here) is None:
        parent = here.getparent()
        control = parent.getparent() if parent is not None and parent.tag == f"{W}sdtContent" else None
        if control is None or is_last(control):
            return after
        here = after = control
    return after


def is_last(element: etree._Element) -> bool:
    """Whether nothing follows in the body or the cell; behind a content control the text goes on."""
    here: etree._Element | None = element
    while here is not None and next_block(here) is None:
        here = here.getparent()
        if here is None or here.tag not in (f"{W}sdtContent", f"{W}sdt"):
            return True
    return here is None


def previous_paragraph(element: etree._Element) -> etree._Element | None:
    """The paragraph before, past tables of which every row is deleted."""
    here = element.getprevious()
    while here is not None and (here.tag not in (f"{W}p", f"{W}tbl", f"{W}sdt") or _is_gone_whole(here)):
        here = here.getprevious()
    return here if here is not None and here.tag == f"{W}p" else None


def _is_gone_whole(element: etree._Element) -> bool:
    return element.tag == f"{W}tbl" and all(map(is_gone, element.iter(f"{W}tr")))
