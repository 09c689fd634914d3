"""The audit paper: what happened in a period, verified, with the ledger of contracts; as Word, HTML and CSV.

Hands out `Book`, `audit_book` and `audit_files`. Its text is the Markdown template `data/audit.md`, filled and
inspected by the engine that makes plans. Leans on `verifying`, `drafting`, `contract`, `word`.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from gen.audit.rows import Result, Row, Verified
from gen.audit.telling import RESULTS
from gen.contract import wording_of
from gen.contract.money import sums_of
from gen.drafting.planning import engine, stamp_of
from gen.drafting.selection import Studio
from gen.drafting.starting import City
from gen.japanese import comma, shift_months, to_wareki
from gen.ledger import STANDS, STEPS, Life, LockEntry, RevisionInfo, history, recorded_tags
from gen.profile import Contract, DayWord, Profile, Undecided, Waiver
from gen.report import Severity
from gen.rules import text_of
from gen.word.document import finish
from gen.word.row import Row as Named
from gen.word.template import Templates

__all__ = ["Book", "audit_book", "audit_files"]

_TEMPLATE = "papers/audit.md"
_MEANINGS = {
    Result.REPRODUCED: "記録された入力から作り直し、同じ文書になった。",
    Result.EDITED: "人が直した文書、又はKianの外で記録されたものとして記録されている。",
    Result.OTHER_VERSION: "別の版のKian又は別の法令の値で作られた。要約値は記録と一致する。",
    Result.ALTERED: "記録と違う。",
}
_SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.INFO: "情報"}
_FORMULA = ("=", "+", "-", "@", "\t")
_UNKNOWN = "〇〇〇〇"


@dataclass(frozen=True)
class Book:
    """What the audit paper tells.

    Attributes:
        city: name of the body.
        start, end: of the period; None where it is open.
        on: day of the paper.
        head: commit of the last revision, "" where there is none.
        tables: rows by the name of the table, each a mapping of column to text.
    """

    city: str
    start: date | None
    end: date | None
    on: date
    head: str
    verified: Verified
    tables: Mapping[str, Sequence[Mapping[str, str]]]

    @property
    def period(self) -> str:
        """The period as printed."""
        if self.start is None and self.end is None:
            return "全ての期間"
        start = to_wareki(self.start) if self.start else "初め"
        return f"{start}から{to_wareki(self.end) if self.end else '現在'}まで"

    def to_json(self) -> dict[str, Any]:
        """The JSON shape of `kian audit`."""
        return {
            "ok": self.verified.is_ok,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "commit": self.head,
            **{name: [dict(row) for row in rows] for name, rows in self.tables.items()},
        }


def audit_book(
    city: City, verified: Verified, on: date, start: date | None = None, end: date | None = None
) -> Book:
    """Gather what the paper tells.

    Args:
        city: the workspace with its facts.
        verified: the result of verifying it.
        on: 基準日.
        start, end: first and last day of the revisions that are listed.
    """
    revisions = history(city.workspace)
    listed = [
        info
        for info in reversed(revisions)
        if (start is None or info.when.date() >= start) and (end is None or info.when.date() <= end)
    ]
    profile = city.as_read
    tables: dict[str, Sequence[Mapping[str, str]]] = {
        "results": list(_results(verified)),
        "altered": [_altered(row) for row in verified.altered],
        "contracts": [_contract(city, key, one, on) for key, one in profile.contracts.items()],
        "lives": list(_lives(city, listed, _titles(city, on))),
        "unexplained": list(_unexplained(listed)),
        "findings": [
            {"severity": _SEVERITIES[one.severity], "place": str(one.place or ""), "message": one.message}
            for one in city.report
            if one.severity is not Severity.INFO
        ],
        "waivers": [_waiver(profile, one) for one in profile.waivers],
        "revisions": [_revision(info) for info in listed],
    }
    head = revisions[0].commit if revisions else ""
    return Book(profile.city.name, start, end, on, head, verified, tables)


def audit_files(city: City, book: Book) -> dict[str, bytes]:
    """The paper by file name: .docx, .html, and the tables of revisions and contracts as .csv."""
    source = resources.files("gen.audit").joinpath("data/audit.md").read_bytes()
    wording = wording_of(city.as_read.city)
    templates = Templates({_TEMPLATE: source}.get, wording)
    counted = {f"has_{name}": bool(rows) for name, rows in book.tables.items()}
    context: dict[str, Any] = {
        "city": book.city,
        "period": book.period,
        "made_on": to_wareki(book.on),
        "count": str(len(book.tables["revisions"])),
        "head": book.head[:12] or "なし",
        "verdict": "記録されたとおり" if book.verified.is_ok else "記録と違うところがある",
        "engine": engine().partition(";")[0],
        **{name: [Named(**row) for row in rows] for name, rows in book.tables.items()},
        **counted,
    }
    made = finish(templates.fill(_TEMPLATE, context), "監査資料", wording, own_name="本書")
    stamp = stamp_of(1, book.on, final=True)
    told = {"KianEngine": engine(), "KianProfile": city.as_read.digest}
    files = {"監査資料.docx": made.write(stamp, told)}
    if (page := made.write_html(stamp, told)) is not None:
        files["監査資料.html"] = page
    files["監査資料_改訂.csv"] = _csv(book.tables["revisions"])
    files["監査資料_契約台帳.csv"] = _csv(book.tables["contracts"])
    return files


def _csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """A table as a spreadsheet opens it; no cell begins as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow([_HEADS[name] for name in rows[0]])
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row.values()])
    return out.getvalue().encode("utf-8-sig")


_HEADS = {
    "revision": "改訂", "date": "日時", "author": "作成者（アカウント）", "subject": "内容及び文書", "reason": "理由",
    "commit": "コミット", "number": "番号", "title": "件名", "parties": "当事者", "total": "契約金額", "end": "終期",
    "notice": "予告の期限", "basis": "根拠", "state": "状態",
}  # fmt: skip


def _results(verified: Verified) -> Iterator[dict[str, str]]:
    counts = Counter(row.result for row in verified.rows)
    for one in Result:
        yield {"name": RESULTS[one], "count": str(counts[one]), "meaning": _MEANINGS[one]}


def _altered(row: Row) -> dict[str, str]:
    revision = f"改訂{row.number}" if row.number else "―"
    return {
        "revision": revision,
        "document": row.document or "―",
        "place": row.place or "―",
        "detail": row.detail,
    }


def _titles(city: City, on: date) -> dict[str, str]:
    """The title of each document that the facts ask for, by its id."""
    return {draft.id: draft.title for draft in Studio(city.as_read, city.catalog, on, city.report).drafts}


def _lives(
    city: City, revisions: Sequence[RevisionInfo], titles: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    tags = recorded_tags(city.workspace)
    for info in revisions:
        for kind in info.values("Kian-Life"):
            name = next(iter(info.values("Kian-Tag")), "")
            note = next(iter(info.notes), None)
            signed = name in tags and tags[name].is_signed
            tag = "―" if not name else "署名あり" if signed else "署名なし" if name in tags else "タグがない"
            yield {
                "revision": str(info.number),
                "kind": STEPS[kind].name if kind in STEPS else kind,
                "document": f"{titles.get(note.document, '')}　{note.document}　第{note.version}版".strip()
                if note
                else "",
                "said": "、".join(info.values("Kian-Approval")),
                "tag": tag,
            }


def _unexplained(revisions: Sequence[RevisionInfo]) -> Iterator[dict[str, str]]:
    for info in revisions:
        if info.by_kian and info.reason.strip():
            continue
        why = "Kianの記録のないコミット" if not info.by_kian else "理由がない"
        row = _revision(info)
        detail = f"{why}：{info.subject}"
        yield {"revision": row["revision"], "date": row["date"], "author": row["author"], "detail": detail}


def _revision(info: RevisionInfo) -> dict[str, str]:
    account = next(iter(info.values("Kian-Operator")), "")
    notes = [note for note in info.notes if note.document not in info.subject]
    documents = [f"{note.document} 第{note.version}版" for note in notes]
    shown = "、".join(documents[:3]) + (f"ほか{len(documents) - 3}件" if len(documents) > 3 else "")
    return {
        "revision": str(info.number),
        "date": f"{to_wareki(info.when.date())} {info.when:%H:%M}",
        "author": f"{info.author}（{account}）" if account else info.author,
        "subject": f"{info.subject}{'：' if shown else ''}{shown}",
        "reason": info.reason.replace("\n", "　"),
        "commit": info.commit[:12],
    }


def _contract(city: City, key: str, contract: Contract, on: date) -> dict[str, str]:
    profile = city.as_read
    parties = [str(profile.city.name)]
    parties += [_vendor(profile, one.vendor) for one in contract.parties if not one.city]
    if not contract.parties:
        parties.append(_vendor(profile, contract.vendor))
    total = sums_of(contract, on).total
    entry = next(
        (
            one
            for id, one in city.workspace.lock.documents.items()
            if id.startswith("contracts/") and id.endswith(f"@{key}")
        ),
        None,
    )
    end = contract.period.end
    return {
        "number": _said(_number(city, key) or contract.number),
        "title": _said(contract.title),
        "parties": "、".join(parties),
        "total": "なし"
        if contract.amount.none
        else f"{comma(total)}円"
        if total is not None
        else _unit(contract),
        "end": to_wareki(end) if isinstance(end, date) else _said(end),
        "notice": _notice(end, contract.notice_months),
        "basis": _said(contract.method)
        + (f"（{_said(contract.method_article)}）" if contract.method_article else ""),
        "state": _state(entry, end, on),
    }


def _state(entry: LockEntry | None, end: object, on: date) -> str:
    """The life of a contract's paper; a concluded one has ended when its last day is over."""
    if entry is None:
        return "未作成"
    passed = entry.life is Life.CONCLUDED and isinstance(end, date) and end < on
    return STANDS[Life.ENDED if passed else entry.life]


def _number(city: City, key: str) -> str:
    """The number under which the contract was concluded."""
    for id, entry in city.workspace.lock.documents.items():
        conclusion = entry.extra.get("conclusion")
        if id.startswith("contracts/") and id.endswith(f"@{key}") and isinstance(conclusion, dict):
            return str(conclusion.get("number", ""))
    return ""


def _vendor(profile: Profile, key: object) -> str:
    vendor = profile.vendors.get(key) if isinstance(key, str) else None
    return _said(vendor.name) if vendor is not None else _said(key)


def _unit(contract: Contract) -> str:
    return "単価による" if contract.amount.unit_prices else _UNKNOWN


def _said(value: object) -> str:
    if value is None:
        return "―"
    return _UNKNOWN if isinstance(value, Undecided | DayWord) else str(value)


def _notice(end: object, months: object) -> str:
    """The last day on which notice can be given: so many months before the end."""
    if not isinstance(end, date) or not isinstance(months, int):
        return "―" if months is None else _UNKNOWN
    return to_wareki(shift_months(end, -months))


def _waiver(profile: Profile, waiver: Waiver) -> dict[str, str]:
    person = profile.people.get(waiver.approver)
    return {
        "rule": f"{text_of(waiver.rule).title}（{waiver.rule}）",
        "level": str(waiver.level),
        "reason": str(waiver.reason),
        "approver": _said(person.name) if person else str(waiver.approver),
        "on": to_wareki(waiver.on) if isinstance(waiver.on, date) else _said(waiver.on),
    }
