"""Difficult but right inputs, part C: parties and signatures. One test a line, by its number."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from drafting.scenario import (
    CITY,
    GONE,
    ROOT,
    Paper,
    a_contract,
    a_file,
    contract,
    findings_of,
    papers_of,
    quiet,
    told,
)
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = [
    ("青葉台県", "都道府県", "青葉台県知事", "本県"),
    ("湊北都", "都道府県", "湊北都知事", "本都"),
    ("湊北市", "指定都市", "湊北市長", "本市"),
    ("椿市", "中核市", "椿市長", "本市"),
    ("青葉台市", "市", "青葉台市長", "本市"),
    ("花園区", "特別区", "花園区長", "本区"),
    ("しらかば町", "町", "しらかば町長", "本町"),
    ("はなれ島村", "村", "はなれ島村長", "本村"),
    ("三瀬広域行政組合", "一部事務組合", "三瀬広域行政組合管理者", "本組合"),
    ("三ツ瀬広域連合", "広域連合", "三ツ瀬広域連合長", "本広域連合"),
]


def signature(paper: Paper) -> list[str]:
    """The signature blocks: the lines from the date to the articles."""
    lines = paper.lines
    start = next(i for i, line in enumerate(lines) if line.startswith("令和") and line.endswith("日"))
    ends = (i for i, line in enumerate(lines) if line == "契約約款")
    return lines[start + 1 : next(ends)]


def a_body(name: str, kind: str, title: str) -> dict[str, Any]:
    """The city with all that is the city's own renamed."""
    return {
        "city__name": name,
        "city__kind": kind,
        "city__head": {"title": title, "name": "架空　太郎"},
        "city__court": f"{name[:2]}地方裁判所",
        "city__address": "青葉台県一丁目1番1号",
        "city__code": GONE,
        "rules": {
            key: value
            if isinstance(value, str)
            else {k: v.replace("青葉台市", name) for k, v in value.items()}
            for key, value in CITY["rules"].items()
        },
        "cloud__operators": [{"vendor": "midori", "role": "運用管理補助者"}],
        "contracts__ops__place": f"{name}の庁舎",
    }


@pytest.mark.parametrize(("name", "kind", "title", "own"), KINDS, ids=lambda value: str(value))
def test_c28_every_kind_of_body_has_its_own_words(name: str, kind: str, title: str, own: str) -> None:
    city = a_body(name, kind, title)
    quiet(**city)
    for extra in ({}, contract(budget_condition="はい", personal_data="はい", my_number="はい")):
        paper = a_contract(**city, **extra)
        assert not paper.undecided
        assert f"{title}　架空　太郎" in "\n".join(signature(paper))
        assert own in paper.text
        for word in {"本市", "本町", "本村", "本区", "本県", "本都", "本組合", "本広域連合"} - {own}:
            assert word not in paper.text, word
        static = paper.text.replace(title, "").replace(name, "")
        for word in ("市長", "町長", "村長", "区長", "知事", "管理者"):
            found = [line for line in static.splitlines() if word in line and "管理者の" not in line]
            assert not found, (word, found)
        assert f"{name[:2]}地方裁判所" in paper.text


def test_c28_the_word_for_itself_may_be_written() -> None:
    paper = a_contract(city__self_word="当市", **contract(budget_condition="はい"))
    assert "当市の歳出予算" in paper.text
    assert "本市の" not in paper.text.replace("本市のアカウント全体", "")


def test_c29_a_delegated_officer_signs() -> None:
    officers = {
        "kyoku": {"title": "総務局長", "name": "架空　次郎", "body": "契約担当者", "basis": "委任規則第2条"},
        "shisho": {"title": "北部支所長", "name": "架空　三郎"},
    }
    signed = signature(a_contract(city__signatories=officers, **contract(signatory="kyoku")))
    block = "\n".join(signed)
    assert "青葉台市" in block
    assert re.search(r"契約担当者\s+総務局長\s+架空　次郎", block)
    assert "青葉台市長" not in block
    assert "北部支所長　架空　三郎" in "\n".join(
        signature(a_contract(city__signatories=officers, **contract(signatory="shisho")))
    )
    assert told("profile-reference", "kyok", city__signatories=officers, **contract(signatory="kyok"))


@pytest.mark.parametrize("title", ["青葉台市副市長", "青葉台市長職務代理者青葉台市副市長"])
def test_c29_somebody_acts_for_the_head(title: str) -> None:
    head = {**CITY["city"]["head"], "acting": {"title": title, "name": "若葉　花子"}}
    block = "\n".join(signature(a_contract(city__head=head)))
    assert re.search(r"青葉台市長職務代理者　?青葉台市副市長　若葉　花子", block)
    assert block.count("職務代理者") == 1
    assert "青葉　太郎" not in block


def test_c31_the_name_comes_from_the_day_of_making_and_may_be_open() -> None:
    old, new = a_contract(), a_contract(city__head={"title": "青葉台市長", "name": "新　次郎"})
    assert "青葉　太郎" in old.text and "青葉　太郎" not in new.text
    for head in ({"title": "青葉台市長"}, {"title": "青葉台市長", "name": "○○　○○"}):
        paper = a_contract(city__head=head)
        assert any("青葉台市長　〇〇〇〇" in line for line in signature(paper))
        assert paper.undecided == ("city.head.name",)
    for template in (ROOT / "templates").rglob("*.txt"):
        assert not re.search(r"太郎|花子|市長", template.read_text()), template


def three(**changes: Any) -> dict[str, Any]:
    parties = [
        {"role": "甲", "city": "はい"},
        {"role": "乙", "vendor": "midori", "duty": "物件の賃貸"},
        {"role": "丙", "vendor": "hibari", "duty": "物件の引渡し"},
    ]
    return contract(**{"vendor": GONE, "parties": parties, **changes})


def test_c32_three_parties_sign_three_copies() -> None:
    quiet(**three())
    paper = a_contract(**three())
    assert "（以下「甲」という。）とみどり情報システム株式会社（以下「乙」という。）" in paper.text
    assert "株式会社ひばり福祉ソフト（以下「丙」という。）とは、" in paper.text
    assert "契約書３通を作成し" in paper.text
    block = signature(paper)
    assert [line[0] for line in block if line[:1] in "甲乙丙" and line[:1]] == ["甲", "乙", "丙"]
    assert any("代表取締役社長　見本　恵子" in line for line in block)


def test_c32_each_owes_what_it_alone_owes() -> None:
    text = a_contract(**three()).text
    assert re.search(r"乙\s*\S{0,4}物件の賃貸", text)
    assert re.search(r"丙\s*\S{0,4}物件の引渡し", text)


def test_c32_copies_may_be_written() -> None:
    assert "契約書４通を作成し" in a_contract(**three(copies="4通")).text


def many(count: int, **changes: Any) -> dict[str, Any]:
    bodies = {
        f"body{n}": {
            "name": f"第{n}町",
            "kind": "自治体",
            "address": f"青葉台県第{n}町{n}番地",
            "head": {"title": f"第{n}町長", "name": f"架空　{n}郎"},
            "taxable": "はい",
        }
        for n in range(2, count + 1)
    }
    share = f"{100 / count:.4f}"
    last = f"{100 - float(share) * (count - 1):.4f}"
    parties = [{"role": "構成団体1", "city": "はい", "share": last}]
    parties += [{"role": f"構成団体{n}", "vendor": f"body{n}", "share": share} for n in range(2, count + 1)]
    rest = contract(
        **{
            "vendor": GONE, "parties": parties, "amount": {"none": "はい"}, "payment": GONE,
            "deposit": {"kind": "不要"}, "budget_item": GONE, **changes,
        }
    )  # fmt: skip
    return {"vendors": {**CITY["vendors"], **bodies}, **rest}


def test_c34_twenty_seven_bodies_sign_and_no_block_breaks() -> None:
    paper = a_contract(**many(27))
    block = signature(paper)
    for n in range(2, 28):
        assert any(f"第{n}町長　架空　{n}郎" in line for line in block), n
    assert "契約書27通" in paper.text
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(paper.word)).read("word/document.xml"))
    styles = zipfile.ZipFile(io.BytesIO(paper.word)).read("word/styles.xml")
    signs = [p for p in root.iter(f"{W}p") if "町長　架空" in "".join(p.itertext(f"{W}t"))]
    assert len(signs) == 26
    assert b"w:keepNext" in styles and b"w:keepLines" in styles


def test_c34_a_table_of_shares_cites_every_bearer() -> None:
    paper = a_contract(**many(27))
    rows = [line for line in paper.lines if re.match(r"\| \S+ \| 構成団体", line)]
    assert [row.split(" | ")[1:3] for row in rows] == [
        ["構成団体1", "青葉台市"],
        *([f"構成団体{n}", f"第{n}町"] for n in range(2, 28)),
    ]
    assert "|  | 合計 |  | 100パーセント |" in paper.lines
    label = re.search(r"^(別紙\S*)　負担割合表$", paper.text, re.M)
    assert label and f"負担の割合は、{label[1]}に定める" in paper.text


def test_c34_who_bears_nothing_is_not_in_the_table() -> None:
    changes = many(3)
    parties = changes["contracts__ops__parties"]
    parties[0]["share"], parties[1]["share"] = "60%", "40%"
    del parties[2]["share"]
    text = a_contract(**changes).text
    table = text[text.index("負担割合表\n") :].split("備考")[0]
    assert "第2町" in table and "第3町" not in table


def test_c34_an_open_share_leaves_the_sum_open() -> None:
    changes = many(3)
    changes["contracts__ops__parties"][1]["share"] = "未定"
    paper = a_contract(**changes)
    assert "|  | 合計 |  | 〇〇〇〇 |" in paper.lines
    assert "contracts.ops.parties.1.share" in paper.undecided
    assert "contracts.ops.parties" not in paper.undecided


def test_c34_shares_that_are_no_whole_stop_the_work() -> None:
    broken = many(3)
    broken["contracts__ops__parties"][1]["share"] = "10%"
    assert told("contract-party-shares", "100%", **broken).severity == "error"


def test_c35_a_city_that_works_for_another() -> None:
    body = {
        "name": "隣町",
        "kind": "自治体",
        "address": "青葉台県隣町1番地",
        "head": {"title": "隣町長", "name": "隣　一郎"},
        "taxable": "はい",
    }
    city = {
        "vendors__tonari": body,
        **contract(vendor="tonari", city_as="受注者", deposit={"kind": "不要"}, budget_condition="はい"),
    }
    quiet(**city)
    paper = a_contract(**city)
    assert "隣町（以下「甲」という。）と青葉台市（以下「乙」という。）とは" in paper.text
    block = signature(paper)
    assert next(line for line in block if line.startswith("甲")).endswith("隣町1番地")
    assert any("青葉台市長　青葉　太郎" in line for line in block)
    for word in ("暴力団", "談合", "契約保証金", "（契約の保証）"):
        assert word not in paper.text, word
    assert "本市" not in paper.text.replace("本市のアカウント全体", "")


def test_c35_bodies_alone_need_no_clauses_for_companies() -> None:
    text = a_contract(**many(3)).text
    assert "暴力団" not in text


def test_c35_the_union_of_the_test_profiles() -> None:
    papers = {p.id: p for p in papers_of(a_file(ROOT / "tests/profiles/union.yaml"))}
    ops = papers["contracts/operation-support@ops"]
    assert "本広域連合" not in ops.text
    assert "暴力団" not in ops.text
    share = papers["contracts/operation-support@share"]
    assert "三ツ瀬広域連合長　瀬尾　渉" in share.text
    assert "契約書４通" in share.text
    assert "暴力団" not in share.text


def test_c37_former_bodies_and_codes_that_are_no_more() -> None:
    former = [{"name": "旧若葉町", "code": "993018", "until": "平成17年3月31日", "note": "編入"}]
    quiet(city__former=former)
    found = told("profile-code-unknown", "134201", "廃止", city__fictional=GONE, city__code="134201")
    assert found.severity == "warning"
    alive = [{"name": "旧町", "code": "112089"}]
    assert told("profile-code-former", "所沢市", "廃止されたコードではありません", city__former=alive)


def test_c37_contracts_of_former_bodies_are_taken_over() -> None:
    former = [{"name": "旧若葉町", "until": "平成17年3月31日", "note": "編入"}, {"name": "旧双葉村"}]
    text = a_contract(city__former=former, **contract(former_note="はい")).text
    assert "青葉台市がその当事者の地位を承継しており" in text
    assert "| 旧若葉町 | 平成17年３月31日 | 編入 |" in text
    assert "| 旧双葉村 |  |  |" in text
    assert "旧若葉町" not in a_contract(city__former=former).text


def test_c37_a_note_without_a_former_body_stops_the_work() -> None:
    alone = {"city__former": GONE, **contract(former_note="はい")}
    assert told("contract-former-note", "旧団体", **alone).severity == "error"


def test_c38_a_draft_for_a_tender_has_no_vendor_yet() -> None:
    for vendor in ("未定", "〇〇〇〇"):
        paper = a_contract(**contract(vendor=vendor))
        assert "と〇〇〇〇（以下「乙」という。）とは" in paper.text
        assert "contracts.ops.vendor" in paper.undecided
        block = "\n".join(signature(paper))
        assert block.count("〇〇〇〇") >= 2
        assert "暴力団" in paper.text
        assert "【案】" in header(paper)
    assert a_contract(**contract(vendor=GONE)).undecided


def header(paper: Paper) -> str:
    package = zipfile.ZipFile(io.BytesIO(paper.word))
    names = [name for name in package.namelist() if name.startswith("word/header")]
    return "".join("".join(etree.fromstring(package.read(name)).itertext()) for name in names)


def test_c38_every_draft_says_that_it_is_one() -> None:
    assert header(a_contract()) == "【案】　第1版　作成日　令和8年4月1日"


def test_c40_one_setting_names_the_parties_throughout() -> None:
    paper = a_contract(city__style={"parties": "発注者受注者"}, **contract(personal_data="はい"))
    assert "（以下「発注者」という。）" in paper.text
    assert not re.search("[甲乙丙]", paper.text)
    assert not re.search("発注者|受注者", a_contract(**contract(personal_data="はい")).text)


def test_c41_an_electronic_contract() -> None:
    city = contract(sign_mode="電子")
    quiet(**city)
    paper = a_contract(**city)
    for word in ("記名押印", "収入印紙", "契約書２通", "印\n"):
        assert word not in paper.text, word
    assert not any(line.endswith("印") for line in signature(paper))
    assert "電磁的記録" in paper.text and "電子署名" in paper.text
    assert "収入印紙" not in a_contract().head
    rules = [f.rule for f in findings_of(rules__electronic_contract_rule=GONE, **city)]
    assert rules == ["contract-electronic-rule"]


def test_c_a_joint_venture_signs_with_all_its_members() -> None:
    jv = {
        "name": "みどり・ひばり特定業務共同企業体",
        "address": "青葉台県青葉台市駅前二丁目3番4号",
        "head": {"title": "代表者", "name": "例示　一郎"},
        "members": [
            {"vendor": "hibari", "share": "40%"},
            {"vendor": "midori", "lead": "はい", "share": "60%"},
        ],
        "taxable": "はい",
    }
    city = {"vendors__jv": jv, **contract(vendor="jv")}
    quiet(**city)
    paper = a_contract(**city)
    block = "\n".join(signature(paper))
    assert block.index("みどり・ひばり特定業務共同企業体") < block.index("代表者　青葉台県")
    assert block.index("みどり情報システム株式会社") < block.index("構成員　湊北県")
    assert "代表取締役社長　見本　恵子" in block
    assert "（共同企業体" in paper.text or "連帯して" in paper.text
