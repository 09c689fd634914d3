"""The whole story in one go: a workspace, its documents, a changed fact, the history.

Hands out `run_demo` and `Demo`. Leans on the rest of this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from gen.drafting.generating import Generated, generate
from gen.drafting.looking_back import ToldRevision, told_history
from gen.drafting.starting import initialise, load_workspace
from gen.errors import UserError
from gen.ledger import Identity, Workspace
from gen.shipped import shipped

__all__ = ["Demo", "run_demo"]

_APART = timedelta(minutes=1)


@dataclass(frozen=True)
class Demo:
    """What the demonstration made."""

    workspace: Workspace
    first: Generated
    second: Generated
    history: tuple[ToldRevision, ...]


def run_demo(folder: Path, name: str, *, identity: Identity, when: datetime, on: date) -> Demo:
    """Make a workspace from a shipped profile, generate, change a sum, generate again.

    Args:
        folder: of the new workspace.
        name: of the shipped profile.
        identity: who records.
        when: of the last revision; the others stand a minute apart before it.
        on: 基準日.
    """
    profile = shipped("profiles") / f"{name}.yaml"
    variant = shipped("profiles") / "variants" / f"{name}.amount.yaml"
    if not profile.is_file():
        names = "、".join(sorted(path.stem for path in shipped("profiles").glob("*.yaml")))
        raise UserError(f"同梱のプロファイル「{name}」はありません。", hint=f"{names} から選んでください。")
    workspace = initialise(folder, profile, identity=identity, when=when - 2 * _APART, on=on)
    city = load_workspace(workspace, on)
    first = generate(
        city,
        (),
        on=on,
        when=when - _APART,
        author=identity,
        reason="同梱のプロファイルから、契約書の案を作成（デモ）",
    )
    workspace.path("profile.yaml").write_bytes(variant.read_bytes())
    city = load_workspace(workspace, on)
    second = generate(
        city,
        (),
        on=on,
        when=when,
        author=identity,
        reason="見積りの見直しにより契約金額を変更（デモ）",
    )
    return Demo(workspace, first, second, told_history(workspace))
