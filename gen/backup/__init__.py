"""What a backup plan needs to know beyond the profile: tiers, capacity, order of recovery.

Hands out the contexts of its papers; each is loaded when it is first asked for, because the
rules lean on the arithmetic alone. Leans on `profile`, `japanese`, `catalog` and the value
types of `word`. Numbers that no source fixes are shown as 初期値・要確認, never as facts.
"""

from typing import TYPE_CHECKING

from gen.lazy import lazy

if TYPE_CHECKING:
    from gen.backup.context import backup_city_context, backup_system_context
    from gen.backup.knowledge import data_files

__all__ = ["backup_city_context", "backup_system_context", "data_files"]

__getattr__ = lazy(
    __name__,
    {
        "context": "backup_city_context backup_system_context",
        "knowledge": "data_files",
    },
)
