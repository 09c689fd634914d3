"""Where the data that Kian ships lie: beside the package in a checkout, inside it in a wheel.

Hands out `shipped`. Leans on `errors`.
"""

from __future__ import annotations

from pathlib import Path

from gen.errors import MissingTool

__all__ = ["shipped"]

_HERE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """The folder of shipped data.

    Args:
        folder: `templates` or `profiles`.

    Raises:
        MissingTool: the installation is not whole.
    """
    for base in (_HERE / "_shipped", _HERE.parent):
        path = base / folder
        if path.is_dir():
            return path
    raise MissingTool(
        f"Kian に同梱の {folder} フォルダがありません。",
        hint="インストールが壊れています。Kian を入れたときの wheels フォルダのある場所で、"
        "py -m pip install --no-index --find-links wheels --force-reinstall kian-gen と打って入れ直してください。",
    )
