"""Difficult but right inputs, part F: what else real bodies have, each accepted and printed right.

Names and numbers are invented; the forms were met in public papers:
ゼロ債務, named so in the title, nothing paid in the first year (秩父市 https://city.chichibu.lg.jp/10777.html, にかほ市
https://www.city.nikaho.akita.jp/gyosei/shigoto_sangyo/nyusatsu_keiyaku/keiyaku/4654.html); five years from June to May
(二本松市 https://www.city.nihonmatsu.lg.jp/page/page001014.html); a 組合長 at the head of a joint body (高座清掃施設組合
http://kouzaseisou-kanagawa.jp/reiki/rei_6_4_3.html); the old rate of tax through a rise (平成24年法律第68号附則第16条,
explained in https://y-office.biz/taxaccount/syouhikeika/).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from drafting.scenario import a_contract, contract, findings_of, quiet, told

from .test_c_parties import a_body, signature

ONCE = {"cycle": "完了時一括"}


def total(sum_: str, **more: Any) -> dict[str, Any]:
    return contract(amount={"tax_kind": "税込", "total": sum_}, payment=ONCE, **more)


def long_term(start: str, end: str, monthly: int, months: int, **more: Any) -> dict[str, Any]:
    amount = {"tax_kind": "税込", "total": f"{monthly * months:,}円", "monthly": f"{monthly:,}円"}
    more = {"budget_cancel": "協議", **more}
    period = {"start": start, "end": end}
    return contract(budget_basis="長期継続契約", period=period, amount=amount, **more)


def refused(on: date = date(2026, 4, 1), **changes: Any) -> list[str]:
    return [found.rule for found in findings_of(on, **changes) if found.severity == "error"]


# -- money ------------------------------------------------------------------------------------


def test_f_a_year_in_which_nothing_is_paid() -> None:
    zero = contract(
        title="運用管理補助業務委託（ゼロ債務）",
        budget_basis="債務負担行為",
        period={"start": "令和8年3月25日", "end": "令和9年3月31日"},
        amount={"tax_kind": "税込", "total": "13,200,000円"},
        payment={
            "cycle": "分割",
            "schedule": [{"label": n, "amount": "6,600,000円"} for n in ("前期", "後期")],
        },
        yearly=[{"year": "令和7年度", "amount": "0円"}, {"year": "令和8年度", "amount": "13,200,000円"}],
    )
    quiet(**zero)
    paper = a_contract(**zero)
    assert paper.table("年度別支払限度額")[1:3] == [["令和７年度", "０円"], ["令和８年度", "13,200,000円"]]
    assert "（ゼロ債務）" in paper.text and not paper.undecided


@pytest.mark.parametrize(
    ("sum_", "printed", "tax"), [("1円", "金１円", "金０円"), ("0円", "金０円", "金０円")]
)
def test_f_a_bid_of_one_yen_and_a_contract_for_nothing_are_asked_back_and_made(
    sum_: str, printed: str, tax: str
) -> None:
    assert told("contract-amount-unit", "千円", **total(sum_)).severity == "warning"
    head = a_contract(**total(sum_)).head
    assert f"委託料\t{printed}" in head and f"消費税の額　{tax}" in head


@pytest.mark.parametrize(
    "typed",
    [
        "￥13,200,000-",
        "¥13,200,000",
        "金13,200,000円也",
        "金壱千参百弐拾万円也",
        "1320万円",
        "１３，２００，０００円",
    ],
)
def test_f_a_sum_however_officials_write_it(typed: str) -> None:
    quiet(**total(typed))
    assert "金13,200,000円" in a_contract(**total(typed)).head


def test_f_a_sum_of_hundreds_of_millions() -> None:
    assert not refused(**total("12億3,456万7,890円"))
    head = a_contract(**total("12億3,456万7,890円")).head
    assert "金1,234,567,890円" in head and "金112,233,444円" in head


def test_f_a_lease_under_the_old_rate_keeps_it_through_the_rise() -> None:
    lease = long_term("平成31年4月1日", "令和6年3月31日", 1_080_000, 60, tax_rate="8%")
    for on in (date(2019, 3, 20), date(2019, 10, 1), date(2026, 4, 1)):
        assert not refused(on, **lease)
        head = a_contract(on=on, **lease).head
        assert "金64,800,000円" in head and "消費税の額　金4,800,000円" in head


# -- days -------------------------------------------------------------------------------------


def test_f_a_term_across_two_eras_that_began_in_the_past() -> None:
    paper = a_contract(**long_term("平成31年4月1日", "令和9年3月31日", 1_100_000, 96))
    assert "平成31年４月１日から令和９年３月31日まで" in paper.head


def test_f_the_fiscal_year_in_which_the_era_changed() -> None:
    years = [
        {"year": "平成31年度", "amount": "12,960,000円"},
        {"year": "令和2年度", "amount": "12,960,000円"},
    ]
    two = contract(
        budget_basis="債務負担行為",
        period={"start": "平成31年4月1日", "end": "令和3年3月31日"},
        amount={"tax_kind": "税込", "total": "25,920,000円", "monthly": "1,080,000円"},
        yearly=years,
    )
    rows = a_contract(on=date(2019, 4, 1), **two).table("年度別支払限度額")
    assert [row[0] for row in rows[1:]] == ["令和元年度", "令和２年度", "合計"]


def test_f_five_years_from_june_to_may() -> None:
    five = long_term("令和8年6月1日", "令和13年5月31日", 1_100_000, 60)
    assert not refused(**five)
    paper = a_contract(**five)
    assert "令和８年６月１日から令和13年５月31日まで" in paper.head
    assert "金66,000,000円" in paper.head


def test_f_from_a_leap_day_to_the_end_of_february() -> None:
    leap = total(
        "13,200,000円",
        period={"start": "令和10年2月29日", "end": "令和11年2月28日"},
        budget_basis="長期継続契約",
    )
    assert not refused(**leap)
    assert "令和10年２月29日から令和11年２月28日まで" in a_contract(**leap).head


def test_f_one_day_and_the_end_of_a_fiscal_year() -> None:
    day = total("110,000円", period={"start": "令和8年4月1日", "end": "令和8年4月1日"})
    assert "令和８年４月１日から令和８年４月１日まで" in a_contract(**day).head
    year = contract(period={"start": "令和　８年　４月　１日", "end": "令和8年度末"})
    assert "令和８年４月１日から令和９年３月31日まで" in a_contract(**year).head


# -- bodies and names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "own"),
    [
        ("青葉清掃施設組合", "組合長", "本組合"),
        ("青葉水道企業団", "企業長", "本企業団"),
        ("青葉台市・湊北市・白樺町・白樺村等老人福祉施設事務組合", "管理者", "本組合"),
    ],
)
def test_f_a_joint_body_under_any_title(name: str, title: str, own: str) -> None:
    body = {**a_body(name, "一部事務組合", title), **contract(budget_condition="はい")}
    if own != "本組合":
        body["city__self_word"] = own
    assert not refused(**body)
    paper = a_contract(**body)
    assert f"{title}　架空　太郎" in "\n".join(signature(paper))
    assert f"{own}の歳出予算" in paper.text and name in paper.word_text


def test_f_the_head_of_a_ward_signs_for_the_city() -> None:
    ward = {
        "ward": {"title": "中央区長", "name": "架空　三郎", "body": "代表者", "basis": "区長委任規則第3条"}
    }
    block = "\n".join(
        signature(a_contract(city__kind="指定都市", city__signatories=ward, **contract(signatory="ward")))
    )
    assert "代表者　中央区長　架空　三郎" in block and "青葉台市長" not in block


@pytest.mark.parametrize(
    "name",
    [
        "葛󠄀城　太郎",
        "𠮷野　髙﨑",
        "\ue000田　\uf8f0郎",
        "邉󠄁　德",
        "ジョン・Ｑ・スミス",
        "O'Brien",
        "李　明‑哲",
        "①②Ⅲ㈱㍻",
        "か゚のう",
        "ｶﾞﾊﾞｸﾗ",
    ],
    ids=ascii,
)
def test_f_letters_that_few_fonts_have_reach_word_and_text_as_typed(name: str) -> None:
    paper = a_contract(vendors__midori__head={"title": "代表取締役", "name": name})
    assert name in paper.text and name in paper.word_text


def test_f_a_name_and_a_title_as_long_as_they_get() -> None:
    name = "独立行政法人" + "青葉台地域情報化推進広域支援" * 12 + "機構"
    title = (
        "令和8年度から令和12年度まで"
        + "ガバメントクラウド運用管理補助及び" * 10
        + "業務委託（その２）〔再度公告〕"
    )
    paper = a_contract(vendors__midori__name=name, **contract(title=title))
    assert name in paper.word_text and title in paper.word_text


@pytest.mark.parametrize("court", ["青葉台地方裁判所湊支部", "青葉台簡易裁判所", "東京地方裁判所"])
def test_f_the_court_is_the_bodys_own(court: str) -> None:
    assert f"{court}を第一審の専属的合意管轄裁判所" in a_contract(city__court=court).text
