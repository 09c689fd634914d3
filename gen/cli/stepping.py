"""What the verbs of a document's life share: telling the step that was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gen.cli.common import echo_json, say
from gen.errors import ExitCode

if TYPE_CHECKING:
    from gen.drafting.life import Lived

__all__ = ["told"]


def told(done: Lived, form: str) -> int:
    """Tell the step in the form that was asked for; the exit code."""
    from gen.drafting.living import lived_json, lived_text

    if form == "json":
        echo_json(lived_json(done))
    else:
        say(lived_text(done))
    return ExitCode.DONE
