"""docs of difficult but right inputs, part A: periods and dates. One test a line, by its number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from drafting.scenario import ON, OPS, Paper, a_city, a_contract, a_studio, contract, findings_of, quiet, told

THREE_YEARS = {"start": "令和8年4月1日", "end": "令和11年3月31日"}
THREE_YEARS_SUM = {"tax_kind": "税込", "total": "39,600,000円", "monthly": "1,100,000円"}
BY_YEAR = [{"year": f"令和{n}年度", "amount": "13,200,000円"} for n in (8, 9, 10)]


def debt(**changes: Any) -> dict[str, Any]:
    return contract(
        **{
            "budget_basis": "債務負担行為",
            "period": THREE_YEARS,
            "amount": THREE_YEARS_SUM,
            "yearly": BY_YEAR,
            **changes,
        }
    )


def one_year(start: str, end: str, months: int, **changes: Any) -> dict[str, Any]:
    amount = {"tax_kind": "税込", "total": f"{1_100_000 * months}円", "monthly": "1,100,000円"}
    return contract(period={"start": start, "end": end}, amount=amount, **changes)


def test_a1_a_debt_obligation_has_its_years_and_they_add_up() -> None:
    paper = a_contract(**debt())
    assert paper.table("年度別支払限度額")[1:] == [
        ["令和８年度", "13,200,000円"],
        ["令和９年度", "13,200,000円"],
        ["令和10年度", "13,200,000円"],
        ["合計", "39,600,000円"],
    ]
    assert "第214条の規定による債務負担行為" in paper.head
    assert "年度別支払限度額" in paper.text[paper.text.index("契約約款\n") :]


def test_a1_years_that_do_not_add_up_stop_the_work() -> None:
    wrong = [*BY_YEAR[:2], {"year": "令和10年度", "amount": "13,100,000円"}]
    found = told("contract-sum-yearly", "39,600,000円", "39,500,000円", "100,000円", **debt(yearly=wrong))
    assert found.severity == "error"
    missing = told("contract-yearly-missing", "令和8年度、令和9年度、令和10年度", **debt(yearly=[]))
    assert missing.severity == "error"


def test_a1_the_years_come_from_the_period_while_the_sum_is_open() -> None:
    paper = a_contract(**debt(yearly=[], amount={"tax_kind": "税込", "total": "未定"}))
    assert [row[0] for row in paper.table("年度別支払限度額")[1:]] == [
        "令和８年度",
        "令和９年度",
        "令和10年度",
        "合計",
    ]
    assert {row[1] for row in paper.table("年度別支払限度額")[1:]} == {"〇〇〇〇"}
    assert "contracts.ops.yearly" in paper.undecided


def test_a2_a_long_term_contract_ends_with_its_budget() -> None:
    long = contract(budget_basis="長期継続契約", period=THREE_YEARS, amount=THREE_YEARS_SUM)
    paper = a_contract(**long)
    assert "青葉台市長期継続契約条例（平成17年青葉台市条例第40号）" in paper.head
    assert "（予算の減額又は削除に伴う解除）" in paper.lines
    assert "本市の歳入歳出予算において" in paper.text
    assert "年度別支払限度額" not in paper.text
    for way, words in (("損害賠償なし", "その賠償を請求することができない"), ("協議", "協議して定める")):
        text = a_contract(**long, **contract(budget_cancel=way)).text
        at = text.index("（予算の減額又は削除に伴う解除）")
        assert words in text[at : at + 600]


def test_a2_both_bases_at_once_contradict_each_other() -> None:
    both = contract(
        budget_basis="長期継続契約", budget_limit="40,000,000円", period=THREE_YEARS, amount=THREE_YEARS_SUM
    )
    assert told("contract-budget-both", "長期継続契約", "限度額", **both).severity == "error"


def test_a4_a_free_and_a_paid_period() -> None:
    free = contract(
        free_period={"start": "令和8年4月1日", "end": "令和8年6月30日"},
        amount={"tax_kind": "税込", "total": "9,900,000円", "monthly": "1,100,000円"},
    )
    quiet(**free)
    paper = a_contract(**free)
    assert "令和８年４月１日から令和８年６月30日まで" in paper.head
    assert "令和８年７月１日から令和９年３月31日まで" in paper.head
    rows = paper.table("支払表")[1:-1]
    assert (len(rows), rows[0][1], rows[-1][1]) == (9, "令和８年７月分", "令和９年３月分")
    wrong = told(
        "contract-sum-monthly",
        "9か月分",
        **{
            **free,
            **contract(amount={"tax_kind": "税込", "total": "13,200,000円", "monthly": "1,100,000円"}),
        },
    )
    assert wrong.severity == "error"


def test_a5_two_contracts_may_overlap_or_be_one() -> None:
    second = {**a_city_contract(), "title": "システム構築業務委託", "vendor": "hibari"}
    quiet(contracts__build=second)
    profile = a_city(contracts__build=second)
    assert [draft.id for draft in a_studio(profile).chosen(()) if draft.id.startswith("contracts/")] == [
        "contracts/operation-support@build",
        OPS,
    ]


def a_city_contract() -> dict[str, Any]:
    from drafting.scenario import CITY

    found: dict[str, Any] = CITY["contracts"]["ops"]
    return found


def test_a7_a_year_that_its_era_never_had() -> None:
    typed = one_year("平成38年4月1日", "平成39年3月31日", 12)
    notes = [f for f in findings_of(**typed) if f.rule == "profile-date-note"]
    assert [f.severity for f in notes] == ["info", "info"]
    assert "「平成38年4月1日」は令和8年4月1日のことです" in notes[0].message
    paper = a_contract(**typed)
    assert "令和８年４月１日から令和９年３月31日まで" in paper.head
    assert "平成38" not in paper.text and "平成３８" not in paper.text


def test_a8_the_first_year_of_an_era() -> None:
    for typed in ("令和1年5月1日", "令和元年5月1日", "R1.5.1", "令和１年５月１日"):
        paper = a_contract(on=date(2019, 5, 1), **one_year(typed, "令和元年11月30日", 7))
        assert "令和元年５月１日から令和元年11月30日まで" in paper.head
    old = debt(
        period={"start": "令和元年5月1日", "end": "令和2年11月30日"},
        amount={"tax_kind": "税込", "total": "2,000,000円"},
        payment={"cycle": "分割", "schedule": [{"label": "全額", "amount": "2,000,000円"}]},
        yearly=[
            {"year": "令和1年度", "amount": "1,200,000円"},
            {"year": "令和2年度", "amount": "800,000円"},
        ],
    )
    paper = a_contract(on=date(2019, 5, 1), **old)
    assert paper.table("年度別支払限度額")[1][0] == "令和元年度"


def test_a10_leap_days_and_days_that_are_not() -> None:
    paper = a_contract(**one_year("令和10年2月29日", "令和10年3月31日", 2))
    assert "令和10年２月29日から" in paper.head
    for typed in ("2026-02-30", "令和8年2月30日", "令和9年2月29日", "2026-13-01"):
        found = told(
            "profile-date", typed, "暦にない日付", **contract(period={"start": typed, "end": "R9.3.31"})
        )
        assert found.severity == "error"


def test_a11_a_weekday_in_the_date() -> None:
    quiet(**one_year("令和8年4月1日（水）", "令和9年3月31日（水曜日）", 12))
    wrong = one_year("令和8年4月1日（月）", "令和9年3月31日", 12)
    found = told("profile-date-note", "（月）", "水曜日", **wrong)
    assert found.severity == "warning"
    assert "令和８年４月１日から" in a_contract(**wrong).head


@pytest.mark.parametrize(
    ("end", "months"), [("令和8年12月31日", 9), ("令和8年9月30日", 6), ("令和8年8月31日", 5)]
)
def test_a13_an_end_that_is_not_the_31st_of_march(end: str, months: int) -> None:
    quiet(**one_year("令和8年4月1日", end, months))
    rows = a_contract(**one_year("令和8年4月1日", end, months)).table("支払表")
    assert len(rows) == months + 2
    assert rows[-1][3] == f"{1_100_000 * months:,}円"


def test_a13_a_last_fiscal_year_of_a_few_months_adds_up() -> None:
    paper = a_contract(
        **debt(
            period={"start": "令和8年7月1日", "end": "令和10年9月30日"},
            amount={"tax_kind": "税込", "total": "29,700,000円", "monthly": "1,100,000円"},
            yearly=[
                {"year": "令和8年度", "amount": "9,900,000円"},
                {"year": "令和9年度", "amount": "13,200,000円"},
                {"year": "令和10年度", "amount": "6,600,000円"},
            ],
        )
    )
    assert paper.table("年度別支払限度額")[-1] == ["合計", "29,700,000円"]
    assert paper.table("支払表")[-1][3] == "29,700,000円"


@pytest.mark.parametrize(
    ("typed", "printed", "months"),
    [
        ("令和9年3月末日", "令和９年３月31日", 12),
        ("令和8年4月末", "令和８年４月30日", 1),
        ("令和9年2月末", "令和９年２月28日", 11),
    ],
)
def test_a14_a_month_end_without_a_day(typed: str, printed: str, months: int) -> None:
    city = one_year("令和8年4月1日", typed, months)
    found = told("profile-date-note", typed, "日を補い", **city)
    assert found.severity == "info"
    assert f"から{printed}まで" in a_contract(**city).head


def test_a14_the_end_of_february_in_a_leap_year() -> None:
    assert "令和10年２月29日まで" in a_contract(**one_year("令和9年4月1日", "令和10年2月末", 11)).head


def test_a16_next_years_maintenance_is_another_contract() -> None:
    plain = a_contract()
    assert "別に契約を締結するものとする" not in plain.text
    paper = a_contract(**contract(next_year="別契約"))
    assert "この契約に含まないものとし" in paper.text
    assert "別に契約を締結するものとする" in paper.text


def test_a17_the_budget_as_a_condition() -> None:
    assert "停止条件" not in a_contract().text
    assert "歳出予算が成立することを停止条件とする" in a_contract(**contract(budget_condition="はい")).text


def test_a_period_in_words_waits_for_the_signing() -> None:
    words = {"start": "契約締結日", "end": "令和9年3月31日"}
    paper = a_contract(**contract(period=words))
    assert "この契約の締結の日から令和９年３月31日まで" in paper.head
    assert "contracts.ops.signed_on" in paper.undecided
    signed = a_contract(**contract(period=words, signed_on="令和8年4月1日"))
    assert len(signed.table("支払表")) == 14
    assert not signed.undecided
    assert "令和８年４月１日" in signed.lines
    months = {"tax_kind": "税込", "total": "13,200,000円", "monthly": "1,100,000円", "months": "12か月"}
    counted = a_contract(**contract(period=words, amount=months))
    assert [row[1] for row in counted.table("支払表")[1:3]] == ["第１回", "第２回"]
    assert not counted.undecided


def test_a_day_after_the_signing() -> None:
    paper = a_contract(**contract(period={"start": "契約締結日の翌日", "end": "令和9年3月31日"}))
    assert isinstance(paper, Paper)
    assert "この契約の締結の日の翌日から" in paper.head


def test_the_reference_day_is_no_part_of_the_paper() -> None:
    assert a_contract(on=ON).text == a_contract(on=date(2026, 9, 30)).text
