"""The grammar of legal text: 条・項・号 that are named, and numbers that follow.

Hands out the calls of a template, the outline that numbers them, and the city's style
of wording. Leans on `japanese`; serves templates, twins, comparison and amendment alike.
"""

from typing import TYPE_CHECKING

from gen.lazy import lazy

if TYPE_CHECKING:
    from gen.clauses.numbering import Outline
    from gen.clauses.register import Piece, Problem, bookmark_name
    from gen.clauses.tokens import CALLS, SIGNS, TOKEN, BadCall, Token
    from gen.clauses.wording import Wording

__all__ = [
    "CALLS",
    "SIGNS",
    "TOKEN",
    "BadCall",
    "Outline",
    "Piece",
    "Problem",
    "Token",
    "Wording",
    "bookmark_name",
]

__getattr__ = lazy(
    __name__,
    {
        "numbering": "Outline",
        "register": "Piece Problem bookmark_name",
        "tokens": "CALLS SIGNS TOKEN BadCall Token",
        "wording": "Wording",
    },
)
