"""The names of Markdown templates and of the sources that are made of them.

Hands out `NAME` and `is_markdown`; `markdown_template` tells what the names mean. Leans on nothing.
"""

from __future__ import annotations

import re

__all__ = ["NAME", "is_markdown"]

NAME = re.compile(r"([^#@]+\.md)(?:#(word/document\.xml|word/header1\.xml|html)|@(word|html)@(a[34])-(\w+))?")
"""A template, and its part, or the form, paper and orientation of a section that includes it."""


def is_markdown(name: str) -> bool:
    """True for the name of a Markdown template, or of one of its sources."""
    return NAME.fullmatch(name) is not None
