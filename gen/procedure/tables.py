"""The YAML tables that this room ships, read once.

Hands out `table`, `rows_of`, `data_files` and `Problems`. Leans on nothing but PyYAML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from gen.errors import Place, UserError
from gen.profile import yaml_error

__all__ = ["CITY_SHEETS", "FILES", "SYSTEM_SHEETS", "Problems", "data_files", "rows_of", "table"]

SYSTEM_SHEETS = (
    "cutover",
    "data-erasure",
    "data-verification",
    "go-no-go",
    "handover",
    "pia",
    "rehearsal",
    "resident-notice",
    "special-transition",
)
CITY_SHEETS = (
    "address-registry",
    "bylaws",
    "mynumber",
    "onboarding",
    "online-application",
    "organisation",
    "policy-revision",
    "subsidy",
)
"""The sheets of lines of one system and of the whole city, each in data/sheet-NAME.yaml."""

FILES = (
    "steps.yaml",
    "sources.yaml",
    "roles.yaml",
    "criteria.yaml",
    "businesses.yaml",
    *(f"sheet-{name}.yaml" for name in (*SYSTEM_SHEETS, *CITY_SHEETS)),
)


class Problems:
    """Everything that is wrong with a table, told at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[str] = []

    def add(self, where: str, message: str) -> None:
        """Remember one thing that is wrong."""
        self._found.append(f"{where}: {message}" if where else message)

    def stop(self) -> None:
        """Refuse the table where anything was wrong.

        Raises:
            UserError: with every problem on a line of its own.
        """
        if self._found:
            raise UserError(
                f"手順の表（{self._file}）が正しくありません。\n"
                + "\n".join(f"  {one}" for one in self._found),
                place=Place(self._file),
                hint="表の先頭の説明に合わせて直してください。",
            )


@cache
def data_files() -> Mapping[str, bytes]:
    """The bytes of every table by name: what a revision must keep to be made again."""
    from importlib import resources

    folder = resources.files("gen.procedure").joinpath("data")
    return {name: folder.joinpath(name).read_bytes() for name in FILES}


def table(data: bytes, file: str) -> Mapping[str, Any]:
    """A table as a mapping.

    Raises:
        UserError: it is no YAML, or no mapping.
    """
    import yaml

    try:
        content = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise yaml_error(file, data, error) from error
    if not isinstance(content, dict):
        raise UserError("手順の表は「項目: 値」の形で書いてください。", place=Place(file))
    return content


def rows_of(content: Mapping[str, Any], key: str, file: str) -> Sequence[Mapping[str, Any]]:
    """The rows of a list in a table.

    Raises:
        UserError: it is no list of mappings.
    """
    rows = content.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UserError(f"手順の表の {key} は「- 項目: 値」の並びで書いてください。", place=Place(file))
    return rows
