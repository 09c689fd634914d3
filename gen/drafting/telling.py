"""How reports of this room read: lines for a person, JSON for a program.

Hands out one formatter a report. Leans on nothing but their types and on words, and loads these late, so that it loads quickly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gen.drafting.adopting import Adopted
    from gen.drafting.demo import Demo
    from gen.drafting.generating import Generated
    from gen.drafting.looking_back import ToldRevision
    from gen.drafting.selection import Studio
    from gen.drafting.standing import DocumentStanding
    from gen.ledger import Recovery

__all__ = [
    "Row",
    "adopted_json",
    "adopted_text",
    "clause_rows",
    "demo_text",
    "draft_rows",
    "generated_json",
    "generated_text",
    "history_text",
    "recovery_text",
    "rows_text",
    "standing_json",
    "standing_text",
]

_ACTIONS = {
    "created": "作成",
    "changed": "変更",
    "merged": "統合",
    "final": "確定",
    "unchanged": "変更なし",
    "kept": "据置き",
}
_STATES = {
    "new": "未作成",
    "current": "最新",
    "stale": "要更新",
    "conflict": "食い違い",
    "edited": "手直しあり",
    "missing": "ファイルなし",
    "unrecorded": "未記録",
    "overtaken": "事実が変更",
    "adopted": "取込み",
    "orphan": "対象外",
}
_TOUCHED = {"edited": "手直しあり", "missing": "ファイルなし。git restore で戻せます"}


@dataclass(frozen=True)
class Row:
    """A document or clause of the catalog: in or out, and why."""

    id: str
    title: str
    kind: str
    applies: bool | None
    why: tuple[str, ...]
    basis: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The JSON shape of `kian list`."""
        row = {"id": self.id, "title": self.title, "kind": self.kind, "applies": self.applies is not False}
        return {**row, "why": list(self.why), "basis": list(self.basis), "undecided": self.applies is None}

    def to_text(self) -> str:
        """Two lines for a person."""
        mark = {True: "○", False: "×", None: "？"}[self.applies]
        basis = f"　根拠: {'、'.join(self.basis)}" if self.basis else ""
        return f"{mark} {self.id}　{self.title}\n    {'、'.join(self.why)}{basis}"


def draft_rows(studio: Studio) -> list[Row]:
    """The documents of the catalog for this city."""
    return [
        Row(d.id, d.title, d.manifest.kind, d.verdict.value, tuple(d.why()), _basis(d.manifest.basis))
        for d in studio.drafts
    ]


def rows_text(rows: Sequence[Row]) -> str:
    """The documents or clauses, for a person."""
    if not rows:
        return "作れる文書はありません。contracts に契約を書いてください。"
    return "\n".join(row.to_text() for row in rows)


def clause_rows(studio: Studio, document: str) -> list[Row]:
    """The clauses and attachments of one document, in or out, by which fact and which law."""
    draft = studio.chosen([document])[0]
    rows = []
    for name, verdict in studio.clauses(draft).items():
        manifest = studio.catalog.manifest(name)
        why = tuple(str(reason) for reason in verdict.reasons) or ("常に入る",)
        rows.append(
            Row(
                name,
                studio.clause_title(draft, name),
                manifest.kind,
                verdict.value,
                why,
                _basis(manifest.basis),
            )
        )
    return rows


def _basis(rows: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(row) for row in rows)


def generated_json(done: Generated) -> dict[str, Any]:
    """What `generate` did, for a program."""
    from gen.report import to_json

    return {
        "revision": done.revision.commit if done.revision else None,
        "subject": done.subject,
        "documents": [
            {
                "id": one.draft.id,
                "action": one.action.value,
                "version": one.version,
                "path": one.path,
                "reopened": one.reopened,
                "touched": one.touched,
                "conflicts": list(one.conflicts),
                "dropped": one.dropped,
            }
            for one in done.outcomes
        ],
        "changes": [
            {"field": one.path, "label": one.label, "old": one.old, "new": one.new} for one in done.changes
        ],
        "findings": to_json(done.report)["findings"],
    }


def generated_text(done: Generated, *, dry_run: bool) -> str:
    """What `generate` did or would do, for a person."""
    lines: list[str] = []
    if done.changes:
        lines.append("事実の変更:")
        lines.extend(f"  {one.label}: {one.old} → {one.new}" for one in done.changes)
    lines.append("文書:")
    for one in done.outcomes:
        touched = f"（{_TOUCHED[one.touched]}）" if one.touched else ""
        action = f"{_ACTIONS[one.action.value]}{touched}"
        lines.append(f"  [{action}] {one.draft.id}　第{one.version}版　{one.path}")
        if one.reopened:
            lines.append(f"      確定した文書を、新しい版の案に{'戻します' if dry_run else '戻しました'}")
        if one.action.value in ("changed", "merged"):
            lines.extend(f"      {line}" for line in _changed_lines(one.before, one.twin))
        lines.extend(_conflict_lines(one.conflicts))
        lines.extend(_dropped_lines(one.dropped, "やめます" if dry_run else "やめました"))
    if done.report.findings:
        from gen.report import to_text

        lines.append(to_text(done.report))
    if dry_run:
        lines.append("試行のため、何も書き込んでいません。")
    elif done.revision is None:
        lines.append("変わった事実も文書もないため、改訂は作りませんでした。")
    else:
        lines.append(f"改訂を記録しました：{done.subject}（{done.revision.commit[:10]}）")
        lines.extend(
            f"  注意: {path} は手で変更されたため、フォルダのファイルには触れていません。"
            for path in done.revision.kept
        )
    return "\n".join(lines)


def _dropped_lines(page: str, done: str) -> list[str]:
    """That an HTML page goes, and what to hand round instead."""
    if not page:
        return []
    return [
        f"      HTMLのページ（{page}）は、手で直した内容を含まないため、置くのを{done}。",
        "        配るときは、Wordファイルをそのまま、又はWordでPDFなどに保存して使ってください。",
    ]


def _conflict_lines(conflicts: Sequence[str]) -> list[str]:
    """What a person must decide, a line or two each; Word shows the whole beside the place."""
    if not conflicts:
        return []
    said = [conflict.split("\n")[:3] for conflict in conflicts]
    return [
        f"      食い違いが{len(conflicts)}件あります。Wordのコメントで示した所を決めてください：",
        *(f"        {line}" for lines in said for line in lines),
    ]


def _changed_lines(before: str, after: str, limit: int = 12) -> list[str]:
    import difflib

    rows = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    lines = [row for row in rows if row[:1] in "+-" and row[:3] not in ("+++", "---")]
    shown = [line if len(line) <= 100 else f"{line[:100]}…" for line in lines[:limit]]
    return [*shown, *([f"ほか{len(lines) - limit}行"] if len(lines) > limit else [])]


def adopted_json(done: Adopted) -> dict[str, Any]:
    """What `adopt` took in, for a program."""
    return {
        "document": done.document,
        "path": done.path,
        "revision": done.revision.commit if done.revision else None,
        "editor": done.editor,
        "disagreements": [
            {
                "field": one.field,
                "label": one.label,
                "profile": one.fact,
                "paper": one.paper,
                "file": one.place.file if one.place else None,
                "line": one.place.line if one.place else None,
            }
            for one in done.disagreements
        ],
        "conflicts": list(done.conflicts),
        "dropped": done.dropped,
    }


def adopted_text(done: Adopted) -> str:
    """What `adopt` took in, for a person; with what to write into the profile."""
    if done.revision is None:
        lines = ["記録した内容と同じため、改訂は作りませんでした。"]
    else:
        lines = [f"文書を、直した者の文面のまま記録しました：{done.path}（{done.revision.commit[:10]}）"]
    if done.disagreements:
        lines.append("プロファイルと違う事実があります。文書が正しいときは、プロファイルを直してください：")
        for one in done.disagreements:
            place = f"{one.place}　" if one.place else ""
            paper = f"「{one.paper}」" if one.paper else "なし"
            lines.append(f"  {place}{one.label}：プロファイルは「{one.fact}」、文書は{paper}")
    return "\n".join([*lines, *_conflict_lines(done.conflicts), *_dropped_lines(done.dropped, "やめました")])


def standing_json(rows: Sequence[DocumentStanding]) -> list[dict[str, Any]]:
    """How documents stand, for a program."""
    return [
        {
            "id": r.id,
            "state": r.state,
            "version": r.version,
            "life": r.life,
            "final": r.final,
            "detail": r.detail,
            "conflicts": list(r.conflicts),
            "later": [
                {"field": one.path, "label": one.label, "old": one.old, "new": one.new}
                for one in r.overtaken.changes
            ],
            "amendment": list(r.overtaken.amendment),
        }
        for r in rows
    ]


def standing_text(rows: Sequence[DocumentStanding]) -> str:
    """How documents stand, for a person."""
    from gen.ledger import STANDS

    if not rows:
        return "作る文書がありません。"
    lines = []
    for row in rows:
        life = "確定" if row.final and row.life == "draft" else STANDS[row.life]
        version = f"第{row.version}版（{life}）" if row.version else "―"
        lines.append(f"[{_STATES[row.state]}] {row.id}　{version}\n    {row.detail}")
        lines.extend(_conflict_lines(row.conflicts))
        changed = [f"      事実: {one.label}: {one.old} → {one.new}" for one in row.overtaken.changes]
        lines.extend(_some(changed, "      事実: "))
        lines.extend(_some([f"      変更: {line}" for line in row.overtaken.amendment], "      変更: "))
    return "\n".join(lines)


def history_text(rows: Sequence[ToldRevision]) -> str:
    """The history, newest first, for a person."""
    from gen.japanese import to_wareki
    from gen.ledger import STEPS

    lines = []
    for row in rows:
        info = row.info
        when = f"{to_wareki(info.when.date())} {info.when:%H:%M}"
        account = f"（アカウント {row.operator}）" if row.operator else ""
        lines.append(f"改訂{info.number}　{when}　{info.author}{account}　{info.commit[:10]}")
        lines.append(f"    {info.subject}")
        if info.reason:
            lines.append(f"    理由: {info.reason}")
        if row.approval:
            step = STEPS.get(row.life, STEPS["approved"])
            lines.append(f"    {step.name}: {row.approval}")
        lines.extend(f"    変更: {change}" for change in row.changes)
        lines.extend(_some([f"    ひな形: {name}" for name in row.templates], "    ひな形: "))
        shown = [(document, row.versions.get(document)) for document in info.documents]
        told = [f"    文書: {document}{f'　第{version}版' if version else ''}" for document, version in shown]
        lines.extend(_some(told, "    文書: "))
    return "\n".join(lines)


def _some(lines: list[str], indent: str, limit: int = 8) -> list[str]:
    """The first lines, and how many more there are."""
    return lines if len(lines) <= limit else [*lines[:limit], f"{indent}ほか{len(lines) - limit}件"]


def demo_text(demo: Demo) -> str:
    """The demonstration, told."""
    root = demo.workspace.root
    documents = [f"  {one.draft.title}\n    {root / one.path}" for one in demo.second.outcomes]
    changed = [f"  {one.label}: {one.old} → {one.new}" for one in demo.second.changes]
    updated = [one.draft.id for one in demo.second.outcomes if one.action.value == "changed"]
    return "\n".join(
        [
            f"架空の団体の作業場所を作りました：{root}",
            "",
            "できた文書（Word で開けます。同じ名前の .txt はその文面です）:",
            *_some(documents, "  "),
            "",
            "プロファイルの事実を変えて、もう一度作りました。変わった事実:",
            *changed,
            f"これにより {'、'.join(updated)} だけを作り直し、もう一つの改訂として記録しました。",
            "",
            "履歴（新しい順）:",
            history_text([row for row in demo.history if row.info.documents]),
            "",
            f"次に試すこと:  kian -C {root} status　／　kian -C {root} diff {updated[0] if updated else ''}",
        ]
    )


def recovery_text(recovery: Recovery) -> str:
    """What had to be set right, because an earlier command was cut off."""
    if not recovery.finished:
        return "前の処理が途中で止まっていたため、その処理を始める前に戻しました。失われたものはありません。"
    lines = [
        f"前の処理が途中で止まっていたため、記録した改訂（{(recovery.commit or '')[:10]}）のとおりに文書を揃えました。"
    ]
    if recovery.kept:
        lines.append("次のファイルは、そのあとで直されているため、そのままにしました。")
        lines += [f"  {path}" for path in recovery.kept]
    return "\n".join(lines)
