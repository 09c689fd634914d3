"""What is right but worth telling: nothing here stops the work, and no value is changed.

Hands out `remarks`: notes on dates, pasted 康熙部首, abbreviated company names, codes that the
list does not know, private telephone numbers. Leans on `gen.japanese` for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gen.japanese.characters import find_company_marks, find_halfwidth_kana, find_radicals
from gen.japanese.check_digits import CodeTextError, parse_invoice_number
from gen.japanese.codes import find_municipality
from gen.japanese.digits import fold_width
from gen.profile.facts import child, is_leaf, label_of, root
from gen.profile.messages import dotted, nearest
from gen.profile.model import STANDARD_BUSINESSES
from gen.profile.reader import Path
from gen.profile.schema import Rule
from gen.profile.undecided import Undecided
from gen.profile.values import Rejected, parsed_date
from gen.report import Severity

__all__ = ["Remark", "remarks"]

Remark = tuple[str, Severity, Path, str, str]
"""Rule id, severity, path, message, hint."""

_TEXTS = ("text", "prose")
_MOBILE = re.compile(r"\(?0[789]0\)?-?[0-9]{4}-?[0-9]{4}")


def remarks(typed: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Remark]:
    """All remarks on a profile.

    Args:
        typed: what the person wrote, all strings.
        document: the same after coercion.
    """
    for path, rule, text in _leaves(root(), typed, ()):
        yield from _on_leaf(path, rule, text)
    city = document.get("city")
    if isinstance(city, Mapping):
        yield from _on_codes(city)
        yield from _on_former(city.get("former"))
    vendors, systems = document.get("vendors"), document.get("systems")
    for key, vendor in vendors.items() if isinstance(vendors, Mapping) else ():
        yield from _on_vendor(("vendors", key), vendor)
    for key, system in systems.items() if isinstance(systems, Mapping) else ():
        yield from _on_business(("systems", key, "business"), system)


def _leaves(rule: Rule, value: Any, path: Path) -> Iterator[tuple[Path, Rule, str]]:
    if is_leaf(rule):
        if isinstance(value, str):
            yield path, rule, value
        return
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for segment, item in items:
        below = child(rule, str(segment))
        if below is not None:
            yield from _leaves(below, item, (*path, segment))


def _on_leaf(path: Path, rule: Rule, text: str) -> Iterator[Remark]:
    kind = rule["meta"]["kind"]
    if kind in ("date", "day"):
        found = parsed_date(text)
        for note in () if isinstance(found, Rejected) else found.notes:
            severity = Severity.WARNING if "曜日" in note else Severity.INFO
            yield "profile-date-note", severity, path, note, "違うときは書き直してください。"
    elif kind in _TEXTS and not text.isascii():
        yield from _on_characters(path, text)
    if kind in _TEXTS and _MOBILE.search(fold_width(text)):
        message = f"{label_of(dotted(path))}に携帯電話らしい番号があります。gitの履歴からは消せません。"
        yield (
            "profile-private-number",
            Severity.WARNING,
            path,
            message,
            "個人の番号はprivate.yamlに書いてください。",
        )


def _on_characters(path: Path, text: str) -> Iterator[Remark]:
    label = label_of(dotted(path)) if find_radicals(text) or find_halfwidth_kana(text) else ""
    for radical in find_radicals(text):
        better = (
            f"「{radical.suggestion}」（U+{ord(radical.suggestion):04X}）"
            if radical.suggestion
            else "ふつうの漢字"
        )
        message = f"{label}の「{text[:40]}」の{radical.position + 1}字目「{radical.char}」は、部首用の文字（U+{ord(radical.char):04X}）です。"
        yield (
            "profile-radical",
            Severity.WARNING,
            path,
            message,
            f"PDFから貼り付けた文字です。{better}に直してください。",
        )
    for kana in find_halfwidth_kana(text):
        message = f"{label}に半角カナ「{kana.text}」があります。"
        yield (
            "profile-halfwidth",
            Severity.INFO,
            path,
            message,
            f"書いたとおり印字します。「{kana.suggestion}」ではありませんか。",
        )


def _on_codes(city: Mapping[str, Any]) -> Iterator[Remark]:
    code, name = city.get("code"), city.get("name")
    fictional = city.get("fictional") is True
    if isinstance(code, str):
        yield from _on_code(code, str(name), fictional, city)
    elif isinstance(name, str) and not fictional:
        yield from _on_name(name)


def _on_code(code: str, name: str, fictional: bool, city: Mapping[str, Any]) -> Iterator[Remark]:
    found = find_municipality(code)
    path = ("city", "code")
    if found is None:
        if not fictional:
            message = f"団体コード「{code}」は、今の都道府県と市区町村の一覧にありません。"
            hint = "合併や改称で廃止されたコードでないか確かめてください。組合・広域連合のコードなら、このままで構いません。"
            yield "profile-code-unknown", Severity.WARNING, path, message, hint
        return
    body = found.municipality
    by_name = _municipality(f"{city.get('prefecture') or ''}{name}") or _municipality(name)
    if by_name is None or by_name[0] != body.code:
        message = f"団体コード「{code}」は{body.full_name}のものです。団体名は「{name}」です。"
        yield (
            "profile-code-name",
            Severity.WARNING,
            path,
            message,
            "コードか団体名を確かめてください。印字は書いたとおりにします。",
        )
        return
    kind = "市" if city.get("kind") == "中核市" else city.get("kind")
    if kind != body.kind:
        message = (
            f"団体コード「{code}」の{body.full_name}は「{body.kind}」です。種別は「{city.get('kind')}」です。"
        )
        yield "profile-code-name", Severity.WARNING, ("city", "kind"), message, "種別を確かめてください。"
    for note in by_name[1]:
        yield "profile-name-note", Severity.INFO, ("city", "name"), note, ""


def _on_former(former: Any) -> Iterator[Remark]:
    for number, row in enumerate(former if isinstance(former, list) else ()):
        code = row.get("code") if isinstance(row, Mapping) else None
        found = find_municipality(code) if isinstance(code, str) else None
        if found:
            message = f"旧団体のコード「{code}」は、今の{found.municipality.full_name}のものです。廃止されたコードではありません。"
            yield (
                "profile-code-former",
                Severity.WARNING,
                ("city", "former", number, "code"),
                message,
                "旧団体のコードを確かめてください。",
            )


def _on_name(name: str) -> Iterator[Remark]:
    found = _municipality(name)
    for note in found[1] if found else ():
        yield "profile-name-note", Severity.INFO, ("city", "name"), note, ""


def _municipality(name: str) -> tuple[str, tuple[str, ...]] | None:
    try:
        found = find_municipality(name)
    except CodeTextError:
        return None
    return (found.municipality.code, found.notes) if found else None


def _on_vendor(path: Path, vendor: Any) -> Iterator[Remark]:
    if not isinstance(vendor, Mapping):
        return
    name = vendor.get("name")
    for mark in find_company_marks(name) if isinstance(name, str) else ():
        message = f"名称「{name}」に略号「{mark.text}」があります。"
        hint = f"登記された商号（{mark.suggestion}の位置）を確かめてください。書いたとおり印字します。"
        yield "profile-company-mark", Severity.WARNING, (*path, "name"), message, hint
    number, corporate = vendor.get("invoice_number"), vendor.get("corporate_number")
    if not isinstance(number, str):
        return
    if isinstance(corporate, str) and number != f"T{corporate}":
        message = f"登録番号「{number}」が、法人番号「{corporate}」に「T」を付けたものと違います。"
        yield (
            "profile-invoice-number",
            Severity.ERROR,
            (*path, "invoice_number"),
            message,
            "どちらかを直してください。",
        )
    elif vendor.get("kind", "法人") == "法人":
        for note in parse_invoice_number(number).notes:
            yield (
                "profile-invoice-number",
                Severity.ERROR,
                (*path, "invoice_number"),
                note,
                "個人事業者なら種別を「個人」にしてください。",
            )


def _on_business(path: Path, system: Any) -> Iterator[Remark]:
    name = system.get("business") if isinstance(system, Mapping) else None
    if not isinstance(name, str) or isinstance(name, Undecided) or name in STANDARD_BUSINESSES:
        return
    known = {"住民記録": "住民基本台帳", "戸籍附票": "戸籍の附票", "選挙人名簿": "選挙人名簿管理"}
    bare = re.sub("(システム|業務|事務)$", "", name)
    close = known.get(bare) or nearest(bare, STANDARD_BUSINESSES, cutoff=0.8)
    if close:
        message = f"業務「{name}」は標準化対象の20業務の名称ではありません。"
        yield (
            "profile-business",
            Severity.INFO,
            path,
            message,
            f"標準化対象の「{close}」のことなら、その語で書いてください。",
        )
