"""Difficult but right inputs, part E: what public tenders of cities and prefectures hold besides.

Each form was met in a published notice; names and numbers are invented. The notices:
地割 and the day after signing (岩手県, https://kkj.go.jp/d/?D=aXdhdGUvaXdhdGVfcHJlZi8yMDIyLzIwMjIwODEwXzAzNTg5Cg%3D%3D&L=ja),
大字 and 字 with 番地 and a number behind (一戸町, https://app.tendersgo.com/tenders/japan/tender-notice/q68npvAW),
42 months that end in September and a number of papers such as 7財第13号 (長崎県, https://companyinformation.jp/bid/40578),
the head of a 地域振興局 who signs, letters of the name apart (秋田県,
https://expydoc.com/doc/7569821/%E5%A5%91%E7%B4%84%E6%9B%B8%EF%BC%88%E6%A1%88%EF%BC%89-pdf%E6%96%87%E6%9B%B8-),
a company with 中黒 and 長音 (生駒市, http://manualzilla.com/doc/6701520/).
"""

from __future__ import annotations

from typing import Any

import pytest
from drafting.scenario import a_contract, contract, findings_of

ADDRESSES = [
    "湊北県青葉台市葛第3地割183番地1",
    "湊北県青葉台郡一ノ関町大字高禅寺字大川端24番地9",
    "湊北県青葉台市字西ノ沢6番地の2先",
    "湊北県青葉台市イ乙1番地甲",
    "湊北府青葉台市上京区烏丸通一条上る東入三丁目ル之町600番地",
    "湊北道青葉台市北5条西6丁目2番2号",
    "湊北県青葉台市無番地",
    "湊北県青葉台市2-3-4 R&Dビル<東>7F",
]
NAMES = ["神戸アイ・イー・サービス株式会社", "株式会社Ａ＆Ｂシステムズ", "㈲みなと・コンピューター", "T.D.K.情報システム（株）東北支店",
         "有限責任事業組合ＩＴ・２１", "一般財団法人「未来」機構", "合同会社々々屋"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_e_an_address_is_printed_to_the_letter(address: str) -> None:
    changes = {"vendors__midori__address": address, "city__address": address}
    assert not [f for f in findings_of(**changes) if f.severity == "error"]
    paper = a_contract(**changes)
    assert paper.text.count(address) >= 2
    assert address in paper.word_text


@pytest.mark.parametrize("name", NAMES)
def test_e_the_name_of_a_company_is_printed_to_the_letter(name: str) -> None:
    paper = a_contract(vendors__midori__name=name)
    assert name in paper.text and name in paper.word_text


def test_e_forty_two_months_that_end_in_september() -> None:
    period = {"start": "令和8年4月1日", "end": "令和11年9月30日"}
    amount = {"tax_kind": "税込", "total": f"{1_100_000 * 42:,}円", "monthly": "1,100,000円"}
    years: list[dict[str, Any]] = [{"year": f"令和{n}年度", "amount": "13,200,000円"} for n in (8, 9, 10)]
    years.append({"year": "令和11年度", "amount": "6,600,000円"})
    paper = a_contract(**contract(budget_basis="債務負担行為", period=period, amount=amount, yearly=years))
    assert paper.table("年度別支払限度額")[-1] == ["合計", "46,200,000円"]
    assert "令和11年９月30日" in paper.text


def test_e_the_day_after_signing_begins_it() -> None:
    paper = a_contract(**contract(period={"start": "契約締結日の翌日", "end": "令和9年3月20日"}))
    assert "この契約の締結の日の翌日から令和９年３月20日まで" in paper.text


def test_e_the_head_of_a_bureau_signs_with_the_letters_of_the_name_apart() -> None:
    officers = {"kyoku": {"title": "青葉台県山元地域振興局長", "name": "下　山　　昇", "body": "契約担当者"}}
    paper = a_contract(city__signatories=officers, **contract(signatory="kyoku"))
    assert any("青葉台県山元地域振興局長　下　山　　昇" in line for line in paper.lines)


def test_e_a_contract_has_the_number_of_its_paper() -> None:
    paper = a_contract(**contract(number="7財第13号"))
    assert "7財第13号" in paper.text
