"""Every pair of switches once: each combination makes a sound paper without a mixture of styles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drafting.scenario import GONE, a_contract, contract
from tools.check_docx import findings as docx_findings

SWITCHES: dict[str, list[str]] = {
    "form": ["約款", "条文"],
    "parties": ["甲乙", "発注者受注者"],
    "comma": ["、", "，"],
    "conjunction": ["漢字", "ひらがな"],
    "digits": ["混在", "半角", "全角"],
    "sign_mode": ["紙", "電子"],
    "deposit": ["免除", "納付", "保証", "不要"],
    "budget_basis": ["単年度", "債務負担行為", "長期継続契約"],
    "cycle": ["毎月", "四半期", "半期", "年1回", "完了時一括", "分割"],
    "tax_kind": ["税込", "税抜", "非課税", "免税"],
    "data": ["なし", "個人情報", "特定個人情報"],
    "subcontract": ["はい", "いいえ"],
    "use_mode": ["単独利用方式", "共同利用方式"],
    "copyright": ["譲渡", "許諾", "該当なし"],
    "cap": ["上限なし", "契約金額", "金額"],
    "vendor": ["法人", "個人", "共同企業体", "自治体", "未定"],
    "period": ["令和8年4月1日", "契約締結日"],
    "price": ["総額", "単価", "なし"],
}


def pairs(row: dict[str, str]) -> set[tuple[str, str, str, str]]:
    return {(a, row[a], b, row[b]) for a, b in itertools.combinations(sorted(row), 2)}


def pairwise() -> Iterator[dict[str, str]]:
    """Rows that together hold every pair of values; greedy and always the same."""
    names = sorted(SWITCHES)
    left = {
        (a, x, b, y) for a, b in itertools.combinations(names, 2) for x in SWITCHES[a] for y in SWITCHES[b]
    }
    while left:
        first = min(left)
        row = {first[0]: first[1], first[2]: first[3]}
        for name in sorted((one for one in names if one not in row), key=lambda one: -len(SWITCHES[one])):
            row[name] = max(
                SWITCHES[name],
                key=lambda value: (len(pairs({**row, name: value}) & left), -SWITCHES[name].index(value)),
            )
        left -= pairs(row)
        yield row


ROWS = list(pairwise())


def test_the_rows_hold_every_pair() -> None:
    held = set().union(*(pairs(row) for row in ROWS))
    wanted = sum(len(SWITCHES[a]) * len(SWITCHES[b]) for a, b in itertools.combinations(SWITCHES, 2))
    assert len(held) == wanted
    assert len(ROWS) < 60


def _vendor(kind: str) -> dict[str, Any]:
    base = {"name": "相手", "address": "青葉台県1番地", "head": {"title": "代表者", "name": "例示　一郎"}}
    members = [{"vendor": "midori", "lead": "はい"}, {"vendor": "hibari"}]
    return {**base, "kind": kind, **({"members": members} if kind == "共同企業体" else {})}


def _amount(row: dict[str, str], months: int) -> dict[str, Any]:
    if row["price"] == "なし":
        return {"amount": {"none": "はい"}, "payment": GONE}
    if row["price"] == "単価":
        prices = [{"item": "作業", "unit": "1回", "price": "11,000円"}]
        return {
            "amount": {"tax_kind": row["tax_kind"], "unit_prices": prices},
            "payment": {"cycle": row["cycle"]},
        }
    total = 1_100_000 * months
    amount = {"tax_kind": row["tax_kind"], "total": f"{total}円"}
    payment: dict[str, Any] = {"cycle": row["cycle"]}
    if row["cycle"] == "分割":
        payment["schedule"] = [{"label": "前払以外", "amount": f"{total}円", "due": "令和9年4月30日"}]
    else:
        amount["monthly"] = "1,100,000円"
    return {"amount": amount, "payment": payment}


def a_paper(row: dict[str, str]) -> Any:
    """The contract that a row of switches asks for."""
    years = 1 if row["budget_basis"] == "単年度" else 3
    end = f"令和{8 + years}年3月31日"
    signed = {} if row["period"] != "契約締結日" else {"signed_on": "令和8年4月1日"}
    total = 1_100_000 * 12
    if row["tax_kind"] == "税抜":
        total = total * 11 // 10
    yearly = [{"year": f"令和{8 + n}年度", "amount": f"{total}円"} for n in range(years)]
    debt = row["budget_basis"] == "債務負担行為" and row["price"] != "なし"
    deposit: dict[str, str] = {"kind": row["deposit"]}
    if row["deposit"] in ("納付", "保証"):
        deposit["amount"] = "5,000,000円"
    cap = {"cap": row["cap"], **({"amount": "50,000,000円"} if row["cap"] == "金額" else {})}
    changes = contract(
        vendor="未定" if row["vendor"] == "未定" else "aite",
        period={"start": row["period"], "end": end},
        budget_basis=row["budget_basis"],
        deposit=deposit,
        sign_mode=row["sign_mode"],
        personal_data="いいえ" if row["data"] == "なし" else "はい",
        my_number="はい" if row["data"] == "特定個人情報" else "いいえ",
        subcontract={"allowed": row["subcontract"], "core": ["全体の管理"]},
        copyright=row["copyright"],
        liability=cap,
        budget_cancel="協議",
        **signed,
        **({"yearly": yearly} if debt else {}),
        **_amount(row, 12 * years),
    )
    style = {name: row[name] for name in ("form", "parties", "comma", "conjunction", "digits")}
    vendor = {} if row["vendor"] == "未定" else {"vendors__aite": _vendor(row["vendor"])}
    return a_contract(city__style=style, cloud__use_mode=row["use_mode"], **vendor, **changes)


@pytest.mark.parametrize("row", ROWS, ids=[f"row{n}" for n in range(len(ROWS))])
def test_every_combination_makes_a_sound_paper(row: dict[str, str], tmp_path: Path) -> None:
    paper = a_paper(row)
    if row["vendor"] != "未定":
        assert not [path for path in paper.undecided if not path.endswith(("penalty_rate.mode",))], row
    file = tmp_path / "paper.docx"
    file.write_bytes(paper.word)
    assert docx_findings(file) == []
    _is_of_one_style(row, paper)
    _numbers_are_in_order(paper.text)


def _is_of_one_style(row: dict[str, str], paper: Any) -> None:
    static = paper.static
    wrong = {
        "parties": {"甲乙": "発注者|受注者", "発注者受注者": "[甲乙丙]"},
        "comma": {"、": "，", "，": "、"},
        "conjunction": {"漢字": "および|または|ならびに|もしくは", "ひらがな": "及び|又は|並びに|若しくは"},
        "digits": {"半角": "[０-９]", "全角": "[0-9]", "混在": "[０-９]{2}|(?<![0-9])[0-9](?![0-9])"},
    }
    for name, patterns in wrong.items():
        found = [line for line in static.splitlines() if re.search(patterns[row[name]], line)]
        assert found[:3] == [], (name, row[name])
    for left in ("None", "Undefined", "nan", "{{", "{%", "〔引用先なし〕", "、、", "。。", "（）"):
        assert static.count(left) == 0, left
    assert ("電磁的記録を作成し" in paper.text) == (row["sign_mode"] == "電子")
    assert bool(static.count("特定個人情報")) == (row["data"] == "特定個人情報")


def _numbers_are_in_order(text: str) -> None:
    """第1条, 第2条 … without a gap in the paper itself."""
    numbers = [
        int(found[1].translate(str.maketrans("０１２３４５６７８９", "0123456789")))
        for found in re.finditer("^第([0-9０-９]+)条　", text, re.MULTILINE)
    ]
    restart = [index for index, number in enumerate(numbers) if number == 1]
    for start, end in itertools.pairwise([*restart, len(numbers)]):
        assert numbers[start:end] == list(range(1, end - start + 1))
