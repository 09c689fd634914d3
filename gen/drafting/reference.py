"""The page of names that a contract's template can print or ask, written from the code.

Hands out `template_fields_page` and `with_every_table`; `python -m gen.drafting.reference` writes
docs/template-fields.md, and a test holds the two together. Leans on `contract` and the
shipped profiles, which give each name its example.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gen.catalog import Fact
from gen.contract import contract_context, contract_facts
from gen.contract.facts import FACTS
from gen.profile import Profile, load_profile
from gen.profile.facts import label_of, rule_at
from gen.profile.model_contracts import Party, UnitPrice
from gen.shipped import shipped
from gen.word.marks import Value

__all__ = ["template_fields_page", "with_every_table"]

_ON = date(2026, 4, 1)
_FIRST = "aobadai"
_KEY_OF = re.compile(r"^(contracts|vendors|systems)\.[^.]+")
_ANY_KEY = r"\1.（鍵）"
_ROW = re.compile(r"^(?:\S+ \S+ の)?(?:\S*?[0-9]+行目の)?")
_GROUPS = {
    "k": "この契約",
    "city": "団体",
    "rule": "例規",
    "event": "契約の経過。日付が決まっていなければ記入欄",
    "linked": "関連する契約（構築と運用を分けたときの、もう一方）",
    "vendor": "相手方（当事者が3者以上の契約では `parties` を使います）",
}
_TABLES = {
    "former": "この団体が承継した旧団体",
    "parties": "当事者。署名欄の順",
    "payments": "支払表の行。月額と支払の周期から、又は支払の予定から作ります",
    "yearly": "年度別の額の行",
    "unit_prices": "単価表の行",
    "shares": "負担割合表の行。負担する当事者だけ",
    "systems": "この契約の対象システム",
    "tasks": "業務一覧の行",
    "operators": "責任分界表の、事業者の役割の行",
    "deliverables": "成果物一覧の行",
    "sublets": "再委託先の行",
    "rehearsals": "移行リハーサルの行。この契約の対象システムに関するものだけ",
    "sla_items": "サービスレベル合意書の行",
    "requirements": "仕様書の、非機能の要件の行。バックアップ計画の水準",
}
_LABELS = {
    "k.hours": "対応時間",
    "k.net": "契約金額から消費税及び地方消費税の額を除いた額",
    "k.monthly_tax": "月額のうち消費税及び地方消費税の額",
    "k.paid_period": "委託料の支払の対象とする期間",
    "k.signed_on": "契約締結日。決まっていなければ記入欄",
    "k.exclude": "適用しない条項。条の番号に置き換わります",
    "k.period": "契約期間（始期と終期）",
    "k.free_period": "無償の準備期間（始期と終期）",
    "k.copies": "契約書の通数",
    "rule.penalty_rate": "履行遅滞の違約金の率",
    "k.tax_rate": "消費税及び地方消費税の税率",
    "parties.role": "甲、乙、発注者など",
    "parties.name": "契約での名前",
    "parties.first": "署名欄の1行目（所在地）",
    "parties.lines": "署名欄の2行目から後。`{%p for line in p.lines %}` で繰り返します",
    "parties.share": "負担割合。なければ空欄",
    "parties.duty": "この当事者だけが負う義務。なければ空欄",
    "payments.no": "回",
    "payments.label": "区分",
    "payments.months": "月数",
    "payments.amount": "支払額（税込み）",
    "payments.tax": "うち消費税及び地方消費税の額",
    "payments.due": "支払期",
    "payments.note": "備考",
    "unit_prices.no": "番号",
    "shares.no": "番号",
    "shares.role": "甲、乙、発注者など",
    "shares.name": "契約での名前",
    "shares.share": "負担割合",
    "systems.no": "番号",
    "deliverables.no": "番号",
    "sublets.no": "番号",
    "rehearsals.no": "番号",
    "sla_items.no": "番号",
    "sla_items.item": "項目",
    "sla_items.measure": "内容及び測定の方法",
    "sla_items.level": "水準",
    "requirements.no": "番号",
    "systems.data": "データの量",
    "systems.gaiji": "外字の数",
    "event.billed_amount": "請求額。書いていなければ契約金額",
    "event.billed_tax": "請求額のうち消費税及び地方消費税の額。一部の請求では記入欄",
    "event.inspector_title": "検査職員の職名",
    "event.inspector_name": "検査職員の氏名",
    "linked.title": "関連する契約の件名",
    "linked.number": "関連する契約の番号",
    "k.run_period": "運用期間（始期と終期）",
    "systems.use_mode": "利用方式。書いていなければ団体の利用方式",
    "systems.vendor": "提供事業者の名称",
    "tasks.no": "番号",
    "operators.vendor": "事業者の名称",
    "shares_total": "負担割合の合計",
    "payments_total": "支払額の合計",
    "payments_tax_total": "支払額の合計のうち消費税及び地方消費税の額",
    "yearly_total": "年度別の額の合計",
}
"""The Japanese name of what the profile does not name itself, or names otherwise."""

_HEAD = """# ひな形で使える名前

このページは、プログラムの中の定義から作られます。手で直さないでください（`python -m gen.drafting.reference` で作り直します）。

契約のひな形の `{{ … }}` で印字できる値と、条件で尋ねられる事実の一覧です。書き方は `docs/templates.md` にあります。

- 値は、契約書の形になっています。日付は和暦、金額は「金31,680,000円」、表の中の金額は「31,680,000円」です。
- 団体の表記（数字の全角・半角など）に従います。名前や住所など、プロファイルに書いた文字は、書いたとおり印字します。
- 決まっていない値は「〇〇〇〇」になります。契約に要る値がプロファイルにないときも、空欄にはせず「〇〇〇〇」にします。
- 例は、同梱の架空の団体のものです。「―」は、同梱の団体では決まっていない値です。
"""


def with_every_table(profile: Profile, key: str) -> Profile:
    """The profile with rows in the tables that no shipped contract has."""
    contract = profile.contracts[key]
    amount = replace(contract.amount, unit_prices=(UnitPrice(item="設定の変更", unit="回", price=11000),))
    parties = (Party(role="甲", city=True, share=Decimal(100)), Party(role="乙", vendor=contract.vendor))
    changed = replace(contract, amount=amount, parties=contract.parties or parties)
    return replace(profile, contracts={**profile.contracts, key: changed})


def template_fields_page() -> str:
    """The page as Markdown, in Japanese."""
    contexts = list(_contexts())
    parts = [_HEAD, "\n## 当事者と団体の呼び方\n\n| 名前 | 印字するもの |\n| --- | --- |\n"]
    parts.append(
        "| `{{甲}}`、`{{乙}}`、`{{丙}}` … | 甲・乙・丙、又は発注者・受注者など、その契約での呼び方 |\n"
    )
    parts.append("| `{{対価}}` | 委託料、サービス利用料など、その契約での価格の呼び方 |\n")
    parts.append("| `{{本市}}` | 本市、本町、本組合など、その団体の呼び方 |\n")
    for group, title in _GROUPS.items():
        parts.append(
            f"\n## {group}　{title}\n\n| 名前 | 意味 | プロファイルの項目 | 例 |\n| --- | --- | --- | --- |\n"
        )
        parts.extend(_group_rows(group, contexts))
    parts.append("\n## 表の行\n\n`{%tr for row in payments %}` … `{%tr endfor %}` で、行を繰り返します。\n")
    for table, title in _TABLES.items():
        parts.append(f"\n### {table}　{title}\n\n| 名前 | 意味 | 例 |\n| --- | --- | --- |\n")
        parts.extend(_table_rows(table, contexts))
    parts.append("\n### 表の合計\n\n| 名前 | 意味 | 例 |\n| --- | --- | --- |\n")
    parts.extend(_total_rows(contexts))
    parts.append(_FACTS_HEAD)
    parts.extend(_fact_rows())
    return "".join(parts)


_FACTS_HEAD = """
## fact　条件で尋ねられる事実

`{%p if fact.personal_data %}`、`{%p if fact.deposit == "免除" %}` のように使います。条文の説明ファイルの `when` にも、同じ名前を書きます。
`has("条文又は別紙の名前")` は、その条文や別紙がこの契約書に入るかどうかを尋ねます。

| 名前 | 意味 | 答え | もとになるプロファイルの項目 |
| --- | --- | --- | --- |
"""


def _contexts() -> Iterator[dict[str, Any]]:
    """What each contract of the shipped profiles prints, the best-known city first."""
    for profile in _profiles():
        for key in profile.contracts:
            yield contract_context(profile, key, contract_facts(profile, key), {}, _ON)


def _profiles() -> Iterator[Profile]:
    files = sorted(shipped("profiles").glob("*.yaml"), key=lambda path: (path.stem != _FIRST, path.stem))
    for position, file in enumerate(files):
        profile = load_profile(file).profile
        if profile is None:
            raise ValueError(f"{file} is not a sound profile")
        yield with_every_table(profile, next(iter(profile.contracts))) if position == 0 else profile


def _group_rows(group: str, contexts: list[dict[str, Any]]) -> Iterator[str]:
    for name in contexts[0][group].names():
        value = _decided(getattr(context[group], name) for context in contexts)
        path = _KEY_OF.sub(_ANY_KEY, _path(value))
        label = _LABELS.get(f"{group}.{name}") or _label(value)
        yield f"| `{group}.{name}` | {label} | `{path}` | {_example(value)} |\n"


def _table_rows(table: str, contexts: list[dict[str, Any]]) -> Iterator[str]:
    rows = [row for context in contexts for row in context[table]]
    for name in rows[0].names():
        value = _decided(getattr(row, name) for row in rows)
        yield f"| `{name}` | {_LABELS.get(f'{table}.{name}') or _label(value)} | {_example(value)} |\n"


def _total_rows(contexts: list[dict[str, Any]]) -> Iterator[str]:
    for name, value in contexts[0].items():
        if isinstance(value, Value):
            yield f"| `{name}` | {_LABELS.get(name) or _label(value)} | {_example(value)} |\n"


def _decided(values: Iterable[Any]) -> Any:
    """The first value that is known and not empty; else the first."""
    found = list(values)
    return next((value for value in found if isinstance(value, (Value, list)) and value), found[0])


def _path(value: Any) -> str:
    return str(value.path if isinstance(value, Value) else getattr(value, "_path", ""))


def _label(value: Any) -> str:
    """The Japanese name that the profile gives the field, without the key or number of its row."""
    path = _path(value)
    if rule_at(path) is None:
        raise ValueError(f"no Japanese name for {path!r}; give it one in _LABELS")
    return _ROW.sub("", label_of(path))


def _example(value: Any) -> str:
    if isinstance(value, list):
        return "　".join(str(one) for one in value)
    if isinstance(value, Value):
        return str(value).replace("|", "\\|") or "（空欄）"
    return str(value) if isinstance(value, str) else "―"


def _fact_rows() -> Iterator[str]:
    found: dict[str, list[Fact]] = {}
    for profile in _profiles():
        for key in profile.contracts:
            for name, fact in contract_facts(profile, key).items():
                found.setdefault(name, []).append(fact)
    for name, rule in FACTS.items():
        path = found[name][0].path
        words = (rule_at(path) or {}).get("allowed", ())
        yes_or_no = any(isinstance(fact.value, bool) for fact in found[name]) or not words
        answer = "はい／いいえ" if yes_or_no else "／".join(words)
        yield f"| `fact.{name}` | {rule.label} | {answer} | `{_KEY_OF.sub(_ANY_KEY, path)}` |\n"


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/template-fields.md")
    target.write_text(template_fields_page(), encoding="utf-8", newline="\n")
