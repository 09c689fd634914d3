"""What the compiler of templates says against a template, with what it includes left empty.

Hands out `refusals`. Leans on `word` and `sheet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gen.authoring.sheet import MARKDOWN, Sheet
from gen.clauses import Wording
from gen.errors import UserError
from gen.word.master import build
from gen.word.template import Templates

__all__ = ["refusals"]

_Row = tuple[str, bytes, bool]


def refusals(rows: Iterable[tuple[Sheet, bytes]], is_part: Callable[[Sheet], bool]) -> dict[str, UserError]:
    """The error of each template that does not compile, by its file.

    Args:
        rows: templates with their files.
        is_part: whether other templates include it.
    """
    held = {
        sheet.file: (".md" if sheet.form == MARKDOWN else ".docx", data, is_part(sheet))
        for sheet, data in rows
    }
    if _refusal(list(held.values())) is None:
        return {}
    said = {file: _refusal([one]) for file, one in held.items()}
    return {file: error for file, error in said.items() if error is not None}


def _refusal(rows: Sequence[_Row]) -> UserError | None:
    """Compile files, those that are parts as a document includes them; what stands against it."""
    files = {
        f"{'part' if part else 'main'}{at}{ending}": data for at, (ending, data, part) in enumerate(rows)
    }
    empty = {".docx": build("", "empty.docx"), ".md": b""}  # what a file includes is linted by itself
    templates = Templates(lambda name: files.get(name, empty[name[name.rindex(".") :]]), Wording())
    try:
        templates.compile_all(name for name in files if name.startswith("part"))
        for name in files:
            if name.startswith("main"):
                templates.get(name)
    except UserError as error:
        return error
    return None
