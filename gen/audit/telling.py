"""How the reports of this room read: lines for a person, JSON for a program.

Hands out one formatter a report. Leans on nothing but their types.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from gen.audit.rows import Result, Row, Verified
from gen.japanese import to_wareki
from gen.ledger import STANDS

if TYPE_CHECKING:
    from gen.audit.identifying import Identified
    from gen.audit.tracing import Traced, TracedValue
    from gen.ledger import RevisionInfo

__all__ = ["RESULTS", "identified_text", "row_text", "traced_text", "verified_json", "verified_summary"]

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


_HOWS = {
    "file": "この改訂のファイルそのものです。",
    "text": "文面は、この改訂と一字一句同じです（書式、コメント又は作成情報だけが違います）。",
    "near": "文面が最も近い改訂です。違うところがあります。",
}
_SOURCES = {"field": "項目", "law": "法令", "computed": "計算", "undecided": "未定", "template": "ひな形"}


def _revision(info: RevisionInfo) -> str:
    return f"改訂{info.number}（{info.commit[:10]}）　{to_wareki(info.when.date())}　{info.author}"


def identified_text(found: Identified) -> str:
    """Where a copy came from, for a person."""
    if found.revision is None:
        said = f"ファイルは「{found.said}」と名乗っていますが、" if found.said else ""
        return f"{found.file}：{said}この作業場所の文書ではありません。"
    lines = [
        f"{found.file}：{found.document}　第{found.version}版（{STANDS[found.life]}）",
        f"    {_revision(found.revision)}",
        f"    {_HOWS[found.how]}",
    ]
    if found.said and found.said != found.document:
        lines.append(f"    注意: ファイルは「{found.said}」と名乗っています。")
    if (found.newest, found.now) != (found.version, found.life):
        lines.append(f"    今は第{found.newest}版（{STANDS[found.now]}）です。")
    return "\n".join([*lines, *(f"    違い: {line}" for line in found.differences)])


def traced_text(found: Traced) -> str:
    """Where values and articles come from, for a person."""
    lines = [f"{found.document}　第{found.version}版　{_revision(found.info)}"]
    if found.edited:
        lines.append("手で直された文書です。Kianが最後に作った文面の出所を示します。")
    for clause in found.clauses:
        lines.append(f"{clause.number}{clause.heading}　ひな形 {clause.template}")
        lines.append(f"    入る理由: {'、'.join(clause.why)}")
        lines.extend([f"    根拠: {'、'.join(clause.basis)}"] if clause.basis else [])
    for one in found.values:
        lines.extend(_value_lines(one))
    return "\n".join(lines)


def _value_lines(one: TracedValue) -> list[str]:
    lines = [f"{one.clause}（{one.line}行目）「{one.text[:80]}」"]
    if one.source == "template":
        lines.append(f"    ひな形の文言: {one.template}")
    else:
        place = f"　{one.place}" if one.place else ""
        lines.append(
            f"    {_SOURCES[one.source]}: {one.label}（{one.field}）{place}"
            if one.field
            else f"    {_SOURCES[one.source]}"
        )
        lines.extend([f"    根拠: {one.basis}"] if one.basis else [])
        lines.append(f"    ひな形: {one.template}（{{{{ {one.expression} }}}}）")
    return [*lines, *([f"    最後に変えた改訂: {_revision(one.revision)}"] if one.revision else [])]
