"""Which clause of one paper is which of another: by bookmark, heading, text; never by number alone."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from gen.compare import align

from .scenario import a_paper, table, told

FIVE = (
    "[midashi]（総則）", "[jo]<general>第1条　甲及び乙は、信義に従って契約を履行する。",
    "[midashi]（検査）", "[jo]<inspect>第2条　甲は、届出を受けた日から10日以内に検査する。",
    "[midashi]（支払）", "[jo]<pay>第3条　甲は、請求を受けた日から30日以内に支払う。",
)  # fmt: skip


def unnamed(*lines: str) -> tuple[str, ...]:
    return tuple(line.partition("<")[0] + line.partition(">")[2] if "<" in line else line for line in lines)


def test_an_article_put_in_between_renumbers_the_rest() -> None:
    new = (*FIVE[:2], "[midashi]（再委託）", "[jo]<sub>第2条　乙は、再委託してはならない。",
           FIVE[2], FIVE[3].replace("第2条", "第3条"), FIVE[4], FIVE[5].replace("第3条", "第4条"))  # fmt: skip
    expected = ["= （総則）", "= 第1条 甲及び乙は、信義に", "+ （再委託）", "+ 第2条 乙は、再委託しては",
                "= （検査）", "# 第3条 甲は、届出を受けた", "= （支払）", "# 第4条 甲は、請求を受けた"]  # fmt: skip
    assert told(a_paper(*FIVE), a_paper(*new)) == expected
    assert told(a_paper(*unnamed(*FIVE)), a_paper(*unnamed(*new))) == expected


def test_a_bookmark_holds_against_a_heading_and_a_text_written_anew() -> None:
    new = (
        *FIVE[:2],
        "[midashi]（完了の確認）",
        "[jo]<inspect>第2条　乙が終えたときは、職員が見る。",
        *FIVE[4:],
    )
    assert told(a_paper(*FIVE), a_paper(*new))[2:4] == ["~ （完了の確認）", "~ 第2条 乙が終えたときは、"]


def test_without_bookmarks_the_heading_holds_against_a_text_written_anew() -> None:
    old = a_paper(*unnamed(*FIVE))
    new = a_paper(*unnamed(*FIVE[:3]), "[jo]第2条　乙が終えたときは、職員が見る。", *unnamed(*FIVE[4:]))
    assert told(old, new)[3] == "~ 第2条 乙が終えたときは、"


def test_the_same_number_alone_makes_no_pair() -> None:
    old = a_paper("[jo]第1条　甲は、委託料を支払う。", "[jo]第2条　協議する。")
    new = a_paper("[jo]第1条　暴力団員による不当な介入を受けた乙は、通報する。", "[jo]第2条　協議する。")
    assert told(old, new)[:2] == ["- 第1条 甲は、委託料を支払", "+ 第1条 暴力団員による不当"]


def test_clauses_that_kian_named_differently_are_two_however_alike() -> None:
    old = a_paper("[jo]<deposit-money>第1条　契約保証金は、金10円とする。")
    new = a_paper("[jo]<deposit-bond>第1条　契約保証金は、金20円とする。")
    assert [line[0] for line in told(old, new)] == ["-", "+"]


def test_an_article_that_moved_is_said_to_have_moved() -> None:
    new = (*FIVE[:2], FIVE[4], FIVE[5].replace("第3条", "第2条"), FIVE[2], FIVE[3].replace("第2条", "第3条"))
    for old, now in ((FIVE, new), (unnamed(*FIVE), unnamed(*new))):
        found = told(a_paper(*old), a_paper(*now))
        assert sorted(line[:2] for line in found) == ["# ", "= ", "= ", "= ", "> ", ">#"]
        assert not any(line[0] in "+-" for line in found)


def test_a_sum_in_a_row_changes_the_row_and_an_added_row_is_added() -> None:
    old = a_paper(table(["月", "額"], ["4月", "1,000円"], ["5月", "1,000円"]))
    new = a_paper(table(["月", "額"], ["4月", "1,100円"], ["臨時", "500円"], ["5月", "1,100円"]))
    assert [line[0] for line in told(old, new)] == ["=", "~", "+", "~"]


def test_another_vendor_stands_in_the_same_lines_of_the_signature() -> None:
    old = a_paper("終わりに", "[sign]乙\t港一丁目", "[sign]\tみどり株式会社", "以上")
    new = a_paper("終わりに", "[sign]乙\t北区9番", "[sign]\t合同会社ひばり", "以上")
    assert [line[0] for line in told(old, new)] == ["=", "~", "~", "="]


def test_two_unrelated_articles_of_one_place_are_no_pair_by_their_place() -> None:
    old = a_paper("[jo]<a>第1条　甲。", "[jo]第2条　旧。", "[jo]<c>第3条　乙。")
    new = a_paper("[jo]<a>第1条　甲。", "[jo]第2条　暴力団を排除する。", "[jo]<c>第3条　乙。")
    assert [line[0] for line in told(old, new)] == ["=", "-", "+", "="]


LINES = st.lists(
    st.tuples(
        st.sampled_from(["jo", "ko", "go", "midashi", ""]),
        st.text("甲乙丙契約金第1条2項、。（）", max_size=9),
        st.sampled_from(["", "a", "b", "c"]),
    ).map(lambda one: f"[{one[0] or 'body'}]" + (f"<{one[2]}>第9条" if one[2] else "") + one[1]),
    max_size=9,
)


@settings(max_examples=150)
@given(LINES, LINES)
def test_every_block_stands_in_one_pair_and_the_new_order_is_kept(old: list[str], new: list[str]) -> None:
    before, after = a_paper(*old), a_paper(*new)
    pairs = align(before.body, after.body).pairs
    assert [pair.new for pair in pairs if pair.new] == list(after.body)
    assert sorted(pair.old.index for pair in pairs if pair.old) == list(range(len(before.body)))
    steady = [pair.old.index for pair in pairs if pair.old and not pair.moved]
    assert steady == sorted(steady)


@given(LINES)
def test_a_paper_beside_itself_has_nothing_changed(lines: list[str]) -> None:
    for pair in align(a_paper(*lines).body, a_paper(*lines).body).pairs:
        assert not (pair.moved or pair.renumbered or pair.changed)


def test_a_contract_that_shares_no_bookmark_is_paired_without_weighing_all_with_all() -> None:
    old = [f"[ko]{n}　乙は、{n}番目の事項を甲に報告し、その承認を受ける。" for n in range(2, 700)]
    new = [f"[ko]{n}　甲は、{n}番目の届出を乙に返付し、その訂正を求める。" for n in range(2, 700)]
    before, after = a_paper(*old), a_paper(*new)
    start = time.process_time()
    align(before.body, after.body)
    assert time.process_time() - start < 60  # all with all takes many minutes
