"""Text that a person typed and that cannot be read.

Hands out `TextError`, the base of every error of this room: a `UserError` with a complete
Japanese message that is also a `ValueError`. Leans on `gen.errors`.
"""

from __future__ import annotations

from gen.errors import UserError

__all__ = ["TextError"]


class TextError(UserError, ValueError):
    """A text that does not hold the value it should; the message is Japanese."""
