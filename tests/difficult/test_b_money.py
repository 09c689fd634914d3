"""Difficult but right inputs, part B: money. One test a line, by its number."""

from __future__ import annotations

import re
from typing import Any

import pytest
from drafting.scenario import GONE, a_city, a_contract, contract, findings_of, papers_of, quiet, told


def yen(text: str) -> int:
    found = re.search(r"([0-9０-９,，]+)円", text)
    assert found, text
    return int(found[1].replace(",", "").replace("，", ""))


def amount(**fields: str) -> dict[str, Any]:
    return contract(amount=fields)


def test_b19_sums_with_and_without_tax_agree() -> None:
    inside = a_contract(**amount(tax_kind="税込", total="13,200,000円", monthly="1,100,000円"))
    outside = a_contract(**amount(tax_kind="税抜", total="12,000,000円", monthly="1,000,000円"))
    for paper in (inside, outside):
        assert "金13,200,000円" in paper.head
        assert "消費税及び地方消費税の額　金1,200,000円" in paper.head
    assert inside.table("支払表") == outside.table("支払表")


def test_b19_a_tax_that_does_not_follow_stops_the_work() -> None:
    wrong = amount(tax_kind="税込", total="13,200,000円", tax="1,320,000円", monthly="1,100,000円")
    assert told("contract-tax", "1,320,000円", "1,200,000円", **wrong).severity == "error"


def test_b19_without_a_tax_kind_no_sum_is_printed() -> None:
    paper = a_contract(**amount(total="13,200,000円", monthly="1,100,000円"))
    assert "金13,200,000円" not in paper.text
    assert paper.undecided == ("contracts.ops.amount.tax_kind",)
    assert "【選択：" in paper.text


def test_b19_thousands_of_yen_taken_for_yen() -> None:
    quiet(**amount(tax_kind="税込", total="13,200千円", monthly="1,100千円"))
    wrong = amount(tax_kind="税込", total="13,200円", monthly="1,100,000円")
    assert told("contract-amount-unit", "千円", **wrong).severity == "warning"


def test_b20_monthly_sums_make_the_payment_table() -> None:
    rows = a_contract().table("支払表")
    assert len(rows) == 14
    assert sum(yen(row[3]) for row in rows[1:-1]) == yen(rows[-1][3]) == 13_200_000
    assert sum(yen(row[4]) for row in rows[1:-1]) == yen(rows[-1][4]) == 1_200_000


def test_b20_a_first_month_of_its_own() -> None:
    paper = a_contract(
        **amount(tax_kind="税込", total="13,200,010円", monthly="1,100,000円", first="1,100,010円")
    )
    rows = paper.table("支払表")
    assert (rows[1][3], rows[2][3], rows[-1][3]) == ("1,100,010円", "1,100,000円", "13,200,010円")
    assert sum(yen(row[3]) for row in rows[1:-1]) == 13_200_010
    assert sum(yen(row[4]) for row in rows[1:-1]) == yen(rows[-1][4])


def test_b20_days_of_a_broken_first_month() -> None:
    city = contract(
        period={"start": "令和8年4月16日", "end": "令和9年3月31日"},
        amount={
            "tax_kind": "税込",
            "total": "12,650,000円",
            "monthly": "1,100,000円",
            "first": "550,000円",
        },
    )
    quiet(**city)
    rows = a_contract(**city).table("支払表")
    assert (rows[1][1], rows[1][3], rows[-1][3]) == ("令和８年４月分", "550,000円", "12,650,000円")


@pytest.mark.parametrize(("cycle", "count"), [("四半期", 4), ("半期", 2), ("年1回", 1), ("完了時一括", 1)])
def test_b20_other_cycles(cycle: str, count: int) -> None:
    rows = a_contract(**contract(payment={"cycle": cycle})).table("支払表")
    assert len(rows) == count + 2
    assert sum(yen(row[3]) for row in rows[1:-1]) == yen(rows[-1][3]) == 13_200_000


def test_b20_payments_as_written() -> None:
    city = contract(
        amount={"tax_kind": "税込", "total": "13,200,000円"},
        payment={
            "cycle": "分割",
            "schedule": [
                {"label": "前期", "due": "令和8年10月31日", "amount": "5,500,000円"},
                {"label": "後期", "due": "令和9年4月30日", "amount": "7,700,000円"},
            ],
        },
    )
    rows = a_contract(**city).table("支払表")
    assert [row[1] for row in rows[1:]] == ["前期", "後期", "合計"]
    assert rows[1][5] == "令和８年10月31日"
    wrong = {**city, **contract(amount={"tax_kind": "税込", "total": "13,300,000円"})}
    assert told("contract-sum-schedule", "100,000円", **wrong).severity == "error"


def test_b20_a_yearly_sum_needs_no_month() -> None:
    paper = a_contract(
        **contract(amount={"tax_kind": "税込", "total": "13,200,000円"}, payment={"cycle": "年1回"})
    )
    assert "月額" not in paper.head
    assert paper.table("支払表")[1][3] == "13,200,000円"


def test_b22_an_open_sum_is_seen_and_counted() -> None:
    paper = a_contract(**amount(tax_kind="税込", total="未定"))
    assert paper.line("４　委託料") == "４　委託料\t〇〇〇〇"
    assert paper.undecided == ("contracts.ops.amount.total",)
    for bad in ("None", "nan", "金0円", "金０円", " 0円"):
        assert bad not in paper.text
    empty = a_contract(**contract(amount={"tax_kind": "税込"}))
    assert empty.text == paper.text


def test_b22_a_blank_that_officials_leave_is_open() -> None:
    assert a_contract(**amount(tax_kind="税込", total="〇〇〇〇")).undecided == (
        "contracts.ops.amount.total",
    )
    found = told("profile-value", "nan", **contract(title="nan"))
    assert found.severity == "error"


def test_b22_payments_of_an_open_sum_keep_their_labels() -> None:
    paper = a_contract(**amount(tax_kind="税込", total="未定", monthly="未定"))
    rows = paper.table("支払表")
    assert rows[1][1] == "令和８年４月分"
    assert {row[3] for row in rows[1:]} == {"〇〇〇〇"}
    assert set(paper.undecided) == {"contracts.ops.amount.total", "contracts.ops.amount.monthly"}


def test_b23_a_paper_without_money() -> None:
    city = contract(amount={"none": "はい"}, payment=GONE, deposit={"kind": "不要"}, budget_item=GONE)
    quiet(**city)
    paper = a_contract(**city)
    assert not paper.undecided
    for word in ("委託料", "消費税", "支払表", "収入印紙", "遅延利息", "単価"):
        assert word not in paper.head, word
    assert "支払表" not in paper.text
    assert "対価の支払を要しない" in paper.text


def test_b_an_exempt_vendor_has_no_line_of_tax() -> None:
    city = {
        "vendors__midori__taxable": "いいえ",
        "vendors__midori__invoice_number": GONE,
        **amount(tax_kind="免税", total="13,200,000円", monthly="1,100,000円"),
    }
    quiet(**city)
    paper = a_contract(**city)
    assert "消費税" not in paper.head
    assert "うち取引に係る消費税" not in paper.text
    wrong = {"vendors__midori__taxable": "いいえ", "vendors__midori__invoice_number": GONE}
    assert told("contract-vendor-taxable", "免税", **wrong).severity == "warning"


@pytest.mark.parametrize(("kind", "words"), [("税抜", "含まない"), ("税込", "含む")])
def test_b_unit_prices_have_no_total(kind: str, words: str) -> None:
    prices = [
        {"item": "仮想サーバー", "unit": "1台1月", "price": "12,000円"},
        {"item": "設定の変更", "unit": "1回", "price": "33,000円"},
    ]
    city = contract(amount={"tax_kind": kind, "unit_prices": prices})
    quiet(**city)
    paper = a_contract(**city)
    assert not paper.undecided
    rows = paper.table("単価表")
    assert rows[1][1:] == ["仮想サーバー", "1台1月", "12,000円"]
    assert "に定める単価に" in paper.line("４　委託料")
    assert "支払表" not in paper.text
    assert words in paper.text[paper.text.index("単価表\n") :]


@pytest.mark.parametrize(("rounding", "tax"), [("切捨て", 90_909), ("切上げ", 90_910), ("四捨五入", 90_909)])
def test_b25_the_rounding_is_the_contracts_own(rounding: str, tax: int) -> None:
    paper = a_contract(
        **contract(
            amount={"tax_kind": "税込", "total": "1,000,000円", "rounding": rounding},
            payment={"cycle": "完了時一括"},
        )
    )
    assert f"金{tax:,}円" in paper.head
    assert yen(paper.table("支払表")[-1][4]) == tax


def test_b25_two_contracts_round_each_in_its_way() -> None:
    from drafting.scenario import CITY

    one = {
        **CITY["contracts"]["ops"],
        "payment": {"cycle": "完了時一括"},
        "amount": {"tax_kind": "税込", "total": "1,000,000円", "rounding": "切捨て"},
    }
    two = {**one, "amount": {**one["amount"], "rounding": "切上げ"}}
    papers = [
        p for p in papers_of(a_city(contracts={"one": one, "two": two})) if p.id.startswith("contracts")
    ]
    assert [("金90,909円" in p.text, "金90,910円" in p.text) for p in papers] == [
        (True, False),
        (False, True),
    ]


def test_b25_what_rounding_leaves_over_stands_in_the_last_payment() -> None:
    paper = a_contract(
        **contract(
            period={"start": "令和8年4月1日", "end": "令和8年6月30日"},
            amount={"tax_kind": "税込", "total": "300,000円", "monthly": "100,000円"},
        )
    )
    rows = paper.table("支払表")
    assert sum(yen(row[4]) for row in rows[1:-1]) == yen(rows[-1][4]) == 27_272
    assert rows[-2][-1] == "端数を調整した額"


@pytest.mark.parametrize(
    ("deposit", "head", "article"),
    [
        ({"kind": "免除"}, "免除（青葉台市契約規則第30条第3号の規定による。）", "の規定により免除する"),
        ({"kind": "免除", "article": "青葉台市契約規則第9条"}, "免除（青葉台市契約規則第9条の規定による。）", "免除する"),
        ({"kind": "納付", "amount": "1,320,000円"}, "金1,320,000円", "に納付しなければならない"),
        ({"kind": "保証", "amount": "1,320,000円"}, "金1,320,000円（", "保証で、その金額を金1,320,000円以上"),
    ],
    ids=["免除", "免除の根拠", "納付", "保証"],
)  # fmt: skip
def test_b26_the_deposit_in_head_and_article(deposit: dict[str, str], head: str, article: str) -> None:
    quiet(**contract(deposit=deposit))
    paper = a_contract(**contract(deposit=deposit))
    assert head in paper.line("５　契約保証金")
    at = paper.text.index("（契約の保証）")
    assert article in paper.text[at : at + 300]


def test_b26_no_deposit_no_article_no_line() -> None:
    paper = a_contract(**contract(deposit={"kind": "不要"}))
    assert "契約保証金" not in paper.head
    assert "（契約の保証）" not in paper.lines


def test_b26_a_waiver_without_its_article_stops_the_work() -> None:
    found = told("contract-deposit-exempt", "根拠の条項", rules__deposit=GONE)
    assert found.severity == "error"
    assert not findings_of(rules__deposit=GONE, **contract(deposit={"kind": "不要"}))


def test_sums_in_head_payments_and_years_agree() -> None:
    from drafting.scenario import SHIPPED, a_file

    for path in [*SHIPPED, *sorted((SHIPPED[0].parent / "variants").glob("*.yaml"))]:
        profile = a_file(path)
        for paper in papers_of(profile):
            if not paper.id.startswith("contracts/"):
                continue
            lines = [
                line
                for line in paper.lines
                if re.search(r"(?:委託料|サービス利用料)\t", line) and "円" in line
            ]
            total = yen(lines[0])
            rows = paper.table("支払表")
            assert sum(yen(row[3]) for row in rows[1:-1]) == yen(rows[-1][3]) == total, paper.id
            assert sum(yen(row[4]) for row in rows[1:-1]) == yen(rows[-1][4])
            if "年度別支払限度額\n" in paper.text:
                years = paper.table("年度別支払限度額")
                assert sum(yen(row[1]) for row in years[1:-1]) == yen(years[-1][1]) == total
