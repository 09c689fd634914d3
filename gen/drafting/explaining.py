"""What the rules are: all of them in a list, one of them with its grounds.

Hands out `all_rules`, `the_rule`, `list_text`, `rule_text` and `rule_json`. Leans on `rules`, and on
`law` for the values that a rule weighs by.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from gen.errors import UserError
from gen.japanese import comma, to_wareki
from gen.law import LawValue, all_values
from gen.report import Severity
from gen.rules import RuleText, texts
from gen.rules.texts import CERTAINTIES, FAMILIES

__all__ = ["all_rules", "list_text", "rule_json", "rule_text", "the_rule"]

_SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.INFO: "情報"}
_TEMPLATES = "templates"


def all_rules() -> list[RuleText]:
    """Every rule over facts and papers, and every finding of reading, in the order of the families."""
    return list(texts().values())


def the_rule(id: str, more: Callable[[], Mapping[str, RuleText]]) -> RuleText:
    """One rule.

    Args:
        id: of the rule.
        more: gives the rules over templates; asked only where no other rule has the name.

    Raises:
        UserError: there is none of that name.
    """
    known = dict(texts())
    if id not in known:
        known |= more()
    if id not in known:
        near = difflib.get_close_matches(id, known, n=1)
        hint = f"「{near[0]}」ではありませんか。" if near else ""
        raise UserError(f"規則「{id}」はありません。", hint=f"{hint}規則の一覧は kian rules で分かります。")
    return known[id]


def rule_json(rule: RuleText, *, whole: bool) -> dict[str, Any]:
    """The JSON shape of `kian rules`; `whole` adds what the text of one rule shows."""
    row: dict[str, Any] = {
        "id": rule.id,
        "severity": rule.severity.value,
        "title": rule.title,
        "basis": rule.basis,
    }
    if not whole:
        return row
    return {
        **row,
        "why": rule.why,
        "since": rule.since,
        "certainty": rule.certainty,
        "sources": [{"title": title, "url": url} for title, url in rule.sources],
        "lowest": rule.lowest.value if rule.lowest else None,
        "values": [_value_json(value) for value in _values(rule)],
    }


def _value_json(value: LawValue) -> dict[str, Any]:
    return {
        "id": value.id,
        "title": value.title,
        "value": None if value.value is None else str(value.value),
        "unit": value.unit,
        "applies_to": list(value.applies_to or ()),
        "from": value.start.isoformat(),
        "until": value.until.isoformat() if value.until else None,
        "basis": value.basis,
        "source": value.source,
        "certainty": value.certainty.value,
        "checked_on": value.checked_on.isoformat(),
    }


def list_text(rules: Sequence[RuleText]) -> str:
    """The list for a person: a family under its head, a rule on one line and its basis below."""
    lines: list[str] = []
    for family, title in FAMILIES.items():
        lines.append(f"■ {title}")
        for rule in rules:
            if rule.family == family:
                lines.append(f"{_SEVERITIES[rule.severity]} {rule.id}　{rule.title}")
                lines.extend([f"    根拠: {rule.basis}"] if rule.basis else [])
        lines.append("")
    lines.append("一つの規則の理由、典拠、日付、確度は、kian rules ID で分かります。")
    return "\n".join(lines)


def rule_text(rule: RuleText) -> str:
    """One rule for a person."""
    return "\n".join(_lines(rule))


def _lines(rule: RuleText) -> Iterator[str]:
    yield f"{rule.id}　{rule.title}"
    yield f"    区分: {_SEVERITIES[rule.severity]}"
    if rule.why:
        yield f"    説明: {rule.why}"
    if rule.family in ("reading", _TEMPLATES):
        yield from [f"    根拠: {rule.basis}"] if rule.basis else []
        return
    yield f"    根拠: {rule.basis or '計算又は事理による'}"
    if rule.since:
        yield f"    適用: {rule.since}"
    yield f"    確度: {CERTAINTIES[rule.certainty]}"
    for title, url in rule.sources:
        yield f"    典拠: {title}" + (f" {url}" if url else "")
    for value in _values(rule):
        yield f"    法令の値: {_value_text(value)}"
    if rule.family != "waivers":
        lowest = "「注意」まで" if rule.lowest else "示さないことまで"
        yield f"    例外: 団体のプロファイルの waivers で、{lowest}下げられます（理由と承認者が要ります）。"


def _values(rule: RuleText) -> Iterator[LawValue]:
    return (value for value in all_values() if value.id in rule.values)


def _value_text(value: LawValue) -> str:
    number = "未確認（要確認）" if value.value is None else f"{_number(value)}{value.unit}"
    who = f"（{'・'.join(value.applies_to)}）" if value.applies_to else ""
    until = f"{to_wareki(value.until)}まで" if value.until else ""
    span = f"{to_wareki(value.start)}から{until}"
    read = f"確度{value.certainty.value}、{to_wareki(value.checked_on)}に確認"
    return f"{value.title}{who} {number}、{span}［{value.basis}、{read}、{value.source}］"


def _number(value: LawValue) -> str:
    return comma(value.value) if isinstance(value.value, int) else f"{value.value}"
