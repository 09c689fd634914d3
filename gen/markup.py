"""Text inside of XML and HTML.

Hands out `escape`, `unescape` and `quoted`, which do what `xml.sax.saxutils` does; importing that
brings the client for the network with it, a quarter of what a short run takes. Leans on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["escape", "quoted", "unescape"]

_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_NONE: Mapping[str, str] = {}


def escape(text: str, more: Mapping[str, str] = _NONE) -> str:
    """The text with `&`, `<` and `>` as entities.

    Args:
        text: any text.
        more: further signs, and what stands for them.
    """
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    for sign, entity in more.items():
        text = text.replace(sign, entity)
    return text


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def quoted(text: str) -> str:
    """The text as the value of an attribute, between quotes."""
    text = escape(text, _SPACES)
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"{}"'.format(text.replace('"', "&quot;"))
