"""How a step of a document's life reads: lines for a person, JSON for a program.

Hands out `lived_text` and `lived_json`. Leans on `life`.
"""

from __future__ import annotations

from typing import Any

from gen.drafting.life import Lived
from gen.ledger import step_of

__all__ = ["lived_json", "lived_text"]


def lived_json(done: Lived) -> dict[str, Any]:
    """What was recorded, for a program."""
    return {
        "document": done.document,
        "life": done.life.value,
        "version": done.version,
        "revision": done.revision.commit if done.revision else None,
        "tag": done.tag,
        "signed": done.signed,
        "remarks": list(done.remarks),
    }


def lived_text(done: Lived) -> str:
    """What was recorded, for a person."""
    commit = f"（{done.revision.commit[:10]}）" if done.revision else ""
    lines = [f"{step_of(done.life).recorded}：{done.document}　第{done.version}版{commit}"]
    if done.tag:
        lines.append(f"  タグ: {done.tag}{'（署名付き）' if done.signed else ''}")
    return "\n".join([*lines, *(f"  注意: {remark}" for remark in done.remarks)])
