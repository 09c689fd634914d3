"""How the reports of this room read: lines for a person, JSON for a program.

Hands out one formatter a report. Leans on nothing but their types.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from gen.audit.rows import Result, Row, Verified

__all__ = ["RESULTS", "row_text", "verified_json", "verified_summary"]

RESULTS = {
    Result.REPRODUCED: "再現",
    Result.EDITED: "手直し",
    Result.OTHER_VERSION: "別の版",
    Result.ALTERED: "相違",
}


def row_text(row: Row) -> str:
    """One row, for a person."""
    where = f"改訂{row.number}（{row.commit[:10]}）" if row.number else row.commit[:10] or "作業場所"
    head = f"[{RESULTS[row.result]}] {where}　{row.document}".rstrip("　")
    return "\n".join(
        [
            head,
            *([f"    場所: {row.place}"] if row.place else []),
            *([f"    {row.detail}"] if row.detail else []),
        ]
    )


def verified_summary(done: Verified) -> str:
    """How many of each, and whether all is as it was recorded."""
    counts = Counter(row.result for row in done.rows)
    said = "、".join(f"{RESULTS[one]} {counts[one]}件" for one in Result if counts[one]) or "文書はありません"
    verdict = "記録されたとおりです。" if done.is_ok else "記録と違うところがあります。"
    return f"改訂{done.revisions}件を検証しました（{said}）。{verdict}"


def verified_json(done: Verified) -> dict[str, Any]:
    """The JSON shape of `kian verify`."""
    return {"ok": done.is_ok, "revisions": [row.to_json() for row in done.rows]}
