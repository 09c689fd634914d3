"""新旧対照表 as a lawyer reads it: what is underlined, what is （略）, what stands opposite what."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gen.compare import Block, Paper, compare_texts, read_paper
from gen.compare.table import Cell, Comparison, Line, comparison

from .scenario import a_file, a_paper, from_word, rewritten, table

FOUR = (
    "[title]業務委託契約書",
    "[head]<name>1　件名\t運用支援", "[head]<fee>2　委託料\t金5,500,000円",
    "[midashi]（総則）", "[jo]<general>第1条　甲及び乙は、信義に従って契約を履行する。",
    "[ko]<general2>2　乙は、業務を令和8年4月1日から行う。",
    "[midashi]（検査）", "[jo]<inspect>第2条　甲は、届出を受けた日から10日以内に検査する。",
    "[midashi]（支払）", "[jo]<pay>第3条　乙は、前条の検査に合格したときは、次に掲げる額を請求する。",
    "[go]<pay1>(1)　月額", "[go]<pay2>(2)　臨時の費用", "[go]<pay3>(3)　立替金",
    "[midashi]（協議）", "[jo]<talk>第4条　定めのない事項は、甲と乙とが協議して定める。",
    "[attach]<rates>別紙1　単価表", table(["区分", "単価"], ["設計", "1,000円"], ["試験", "2,000円"], ["保守", "3,000円"]),
)  # fmt: skip


def line(shown: Line) -> str:
    return "".join(f"_{span.text}_" if span.is_marked else span.text for span in shown.spans)


def cell(shown: Cell) -> str:
    if shown.cells:
        return "|".join(map(line, shown.cells))
    return "/".join(map(line, shown.lines))


def rows_of(old: Paper, new: Paper, *names: str) -> list[tuple[str, str]]:
    """Each row as new and old text; what is underlined stands between low lines."""
    return [(cell(row.new), cell(row.old)) for row in comparison(old, new, names).rows]


def changed(old: tuple[str, ...], new: tuple[str, ...], *names: str) -> list[tuple[str, str]]:
    """The rows in which the columns differ."""
    return [row for row in rows_of(a_paper(*old), a_paper(*new), *names) if row[0] != row[1]]


def put(lines: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """The paper with one text put in the place of another."""
    assert any(old in one for one in lines), old
    return tuple(one.replace(old, new) for one in lines)


def without(lines: tuple[str, ...], *gone: str) -> tuple[str, ...]:
    return tuple(one for one in lines if not any(text in one for text in gone))


def after(lines: tuple[str, ...], text: str, *more: str) -> tuple[str, ...]:
    at = next(number for number, one in enumerate(lines) if text in one) + 1
    return (*lines[:at], *more, *lines[at:])


def text_of(blocks: list[Block]) -> str:
    return "".join(block.text.replace("\n", "↵") + "\n" for block in blocks)


def columns(found: Comparison) -> tuple[str, str]:
    """Both columns with every （略） opened: old, new."""
    return (
        text_of([block for row in found.rows for block in row.old.blocks]),
        text_of([block for row in found.rows for block in row.new.blocks]),
    )


# -- what changed ----------------------------------------------------------------------------


def test_a_changed_sum_is_underlined_whole_on_both_sides() -> None:
    new = put(FOUR, "5,500,000円", "6,050,000円")
    assert changed(FOUR, new) == [("2　委託料\t_金6,050,000円_", "2　委託料\t_金5,500,000円_")]


def test_a_changed_date_is_underlined_whole_and_the_first_項_is_omitted_under_its_number() -> None:
    rows = rows_of(a_paper(*FOUR), a_paper(*put(FOUR, "令和8年4月1日", "令和8年10月1日")))
    at = rows.index(("（総則）", "（総則）"))
    assert rows[at + 1] == ("第1条　（略）", "第1条　（略）")
    assert rows[at + 2] == (
        "2　乙は、業務を_令和8年10月1日_から行う。",
        "2　乙は、業務を_令和8年4月1日_から行う。",
    )


def test_a_name_of_the_facts_is_underlined_whole() -> None:
    old, new = ("[sign]乙\tみどり情報株式会社",), ("[sign]乙\tみどり運用株式会社",)
    assert changed(old, new, "みどり情報株式会社", "みどり運用株式会社") == [
        ("乙\t_みどり運用株式会社_", "乙\t_みどり情報株式会社_")
    ]


def test_what_did_not_change_is_omitted_under_number_and_heading() -> None:
    rows = rows_of(a_paper(*FOUR), a_paper(*put(FOUR, "10日以内", "14日以内")))
    assert [new for new, _ in rows] == [
        "業務委託契約書", "1・2　（略）", "（総則）/第1条　（略）", "（検査）",
        "第2条　甲は、届出を受けた日から_14日_以内に検査する。", "第3条・第4条　（略）", "別紙1　単価表　（略）",
    ]  # fmt: skip


def test_a_run_of_three_articles_is_omitted_as_one() -> None:
    rows = rows_of(a_paper(*FOUR), a_paper(*put(FOUR, "協議して定める", "別に定める")))
    assert ("第1条～第3条　（略）", "第1条～第3条　（略）") in rows


def test_a_new_article_is_underlined_whole_and_the_numbers_after_it_too() -> None:
    new = put(put(put(FOUR, "第4条", "第5条"), "第3条", "第4条"), "前条の検査", "第2条の検査")
    new = after(
        new,
        "<inspect>",
        "[midashi]（再委託）",
        "[jo]<sub>第3条　乙は、再委託をしない。",
        "[ko]2　前項は、変えない。",
    )
    assert changed(FOUR, new) == [
        ("_（再委託）_", "（新設）"),
        ("_第3条　乙は、再委託をしない。_", ""),
        ("_2　前項は、変えない。_", ""),
        ("_第4条_　乙は、_第2条_の検査に合格したときは、次に掲げる額を請求する。",
         "_第3条_　乙は、_前条_の検査に合格したときは、次に掲げる額を請求する。"),
        ("（協議）/_第5条_　（略）", "（協議）/_第4条_　（略）"),
    ]  # fmt: skip


def test_articles_renumbered_alike_are_omitted_as_one_with_their_numbers_underlined() -> None:
    lines = ("[midashi]（総則）", "[jo]<a>第1条　甲。", "[jo]<b>第2条　乙。", "[jo]<c>第3条　丙。")
    new = (
        "[midashi]（目的）",
        "[jo]<o>第1条　目的。",
        *put(put(put(lines, "第3", "第4"), "第2", "第3"), "第1", "第2"),
    )
    assert rows_of(a_paper(*lines), a_paper(*new))[-1] == ("_第2条～第4条_　（略）", "_第1条～第3条_　（略）")


def test_a_removed_article_is_underlined_in_the_old_column() -> None:
    new = put(without(FOUR, "（検査）", "<inspect>"), "第3条", "第2条")
    assert changed(FOUR, put(new, "第4条", "第3条")) == [
        ("（削除）", "_（検査）_"),
        ("", "_第2条　甲は、届出を受けた日から10日以内に検査する。_"),
        ("_第2条・第3条_　（略）", "_第3条・第4条_　（略）"),
    ]


def test_two_new_articles_are_each_said_to_be_new() -> None:
    new = after(
        FOUR, "<talk>", "[midashi]（甲）", "[jo]<x>第5条　甲。", "[midashi]（乙）", "[jo]<y>第6条　乙。"
    )
    assert [old for _, old in changed(FOUR, new)] == ["（新設）", "", "（新設）", ""]


def test_a_moved_article_stands_at_both_places() -> None:
    moved = without(FOUR, "（検査）", "<inspect>")
    moved = put(put(moved, "第3条", "第2条"), "前条の検査", "第4条の検査")
    moved = put(moved, "第4条　定め", "第3条　定め")
    new = after(
        moved,
        "<talk>",
        "[midashi]（検査）",
        "[jo]<inspect>第4条　甲は、届出を受けた日から10日以内に検査する。",
    )
    assert changed(FOUR, new)[0] == ("（第4条に移動）", "（検査）/_第2条_　（略）")
    assert changed(FOUR, new)[-1] == ("（検査）/_第4条_　（略）", "（第2条から移動）")


def test_a_moved_article_whose_words_changed_shows_them_on_both_sides() -> None:
    old = ("[jo]<a>第1条　甲は、10日以内に検査する。", "[jo]<b>第2条　乙は、報告する。", "[jo]<c>第3条　丙。")
    new = ("[jo]<b>第1条　乙は、報告する。", "[jo]<c>第2条　丙。", "[jo]<a>第3条　甲は、14日以内に検査する。")
    found = changed(old, new)
    assert found[0] == ("（第3条に移動）", "_第1条_　甲は、_10日_以内に検査する。")
    assert found[-1] == ("_第3条_　甲は、_14日_以内に検査する。", "（第1条から移動）")


def test_a_changed_号_stands_under_its_条_with_the_others_omitted() -> None:
    rows = rows_of(a_paper(*FOUR), a_paper(*put(FOUR, "立替金", "立替金及び旅費")))
    at = rows.index(("（支払）", "（支払）"))
    assert rows[at + 1 : at + 4] == [
        ("第3条　（略）", "第3条　（略）"),
        ("(1)・(2)　（略）", "(1)・(2)　（略）"),
        ("(3)　立替金_及び旅費_", "(3)　立替金"),
    ]


def test_a_号_put_in_between_is_new_and_the_next_one_renumbered() -> None:
    new = after(put(FOUR, "(3)", "(4)"), "<pay2>", "[go]<payx>(3)　旅費")
    assert changed(FOUR, new) == [("_(3)　旅費_", "（新設）"), ("_(4)_　（略）", "_(3)_　（略）")]


def test_a_changed_heading_is_underlined_and_the_article_omitted() -> None:
    rows = rows_of(a_paper(*FOUR), a_paper(*put(FOUR, "（検査）", "（完了の検査）")))
    at = rows.index(("（_完了の_検査）", "（検査）"))
    assert rows[at + 1] == ("第2条　（略）", "第2条　（略）")


def test_a_changed_row_stands_with_the_head_of_its_table_and_the_others_are_omitted() -> None:
    rows = rows_of(a_paper(*FOUR), a_paper(*put(FOUR, "2,000円", "2,200円")))
    assert rows[-5:] == [
        ("別紙1　単価表", "別紙1　単価表"),
        ("区分|単価", "区分|単価"),
        ("（略）", "（略）"),
        ("試験|_2,200円_", "試験|_2,000円_"),
        ("（略）", "（略）"),
    ]


def test_a_new_row_and_a_removed_row_stand_alone() -> None:
    more = put(
        FOUR,
        FOUR[-1],
        table(
            ["区分", "単価"],
            ["設計", "1,000円"],
            ["試験", "2,000円"],
            ["移行", "4,000円"],
            ["保守", "3,000円"],
        ),
    )
    assert changed(FOUR, more) == [("_移行_|_4,000円_", "（新設）")]
    assert changed(more, FOUR) == [("（削除）", "_移行_|_4,000円_")]


def test_a_new_column_is_underlined_and_the_other_cells_are_not() -> None:
    new = put(
        FOUR,
        FOUR[-1],
        table(
            ["区分", "単価", "備考"],
            ["設計", "1,000円", ""],
            ["試験", "2,000円", "税抜"],
            ["保守", "3,000円", ""],
        ),
    )
    assert changed(FOUR, new)[0] == ("区分|単価|_備考_", "区分|単価")
    assert ("試験|2,000円|_税抜_", "試験|2,000円") in changed(FOUR, new)


def test_a_new_attachment_is_new_once() -> None:
    new = (*FOUR, "[attach]<extra>別紙2　体制", table(["役割", "氏名"], ["責任者", "甲野"]))
    assert changed(FOUR, new) == [
        ("_別紙2　体制_", "（新設）"), ("_役割_|_氏名_", ""), ("_責任者_|_甲野_", ""),
    ]  # fmt: skip


def test_the_end_of_an_article_stands_before_the_article_that_was_removed_after_it() -> None:
    new = without(after(FOUR, "<general2>", "[ko]<general3>3　別に定める。"), "（検査）", "<inspect>")
    found = [row for row in changed(FOUR, new) if "新設" in row[1] or "削除" in row[0]]
    assert found == [("_3　別に定める。_", "（新設）"), ("（削除）", "_（検査）_")]


def test_a_party_that_changed_is_shown_whole() -> None:
    old = ("[sign]甲\t青葉台市", "[sign]\t青葉台市長　青葉　太郎", "[sign]乙\t港区", "[sign]\tみどり株式会社")
    new = put(old, "太郎", "次郎")
    rows = rows_of(a_paper(*old), a_paper(*new), "青葉　太郎", "青葉　次郎")
    assert rows == [
        ("甲\t青葉台市", "甲\t青葉台市"),
        ("\t青葉台市長　_青葉　次郎_", "\t青葉台市長　_青葉　太郎_"),
        ("（略）", "（略）"),
    ]


# -- files as they come ----------------------------------------------------------------------


def test_a_paper_edited_in_word_is_set_beside_the_one_it_came_from() -> None:
    base = a_file(*FOUR)
    edited = rewritten(from_word(base), lambda text: text.replace("協議して定める", "別に協議して定める"))
    if edited == from_word(base):
        pytest.fail("the edit must be in the file")
    found = rows_of(read_paper(base, "旧"), read_paper(edited, "新"))
    assert [row for row in found if row[0] != row[1]] == [
        (
            "第4条　定めのない事項は、甲と乙とが_別に_協議して定める。",
            "第4条　定めのない事項は、甲と乙とが協議して定める。",
        )
    ]


def test_text_struck_by_a_tracked_change_is_not_in_the_new_column() -> None:
    struck = '<w:p><w:r><w:t>甲は、</w:t></w:r><w:del w:id="1" w:author="花"><w:r><w:delText>直ちに</w:delText></w:r></w:del><w:r><w:t>支払う。</w:t></w:r></w:p>'
    assert changed(("甲は、直ちに支払う。",), (struck,)) == [("甲は、支払う。", "甲は、_直ちに_支払う。")]


def test_papers_that_are_alike_are_said_to_be_so() -> None:
    assert comparison(a_paper(*FOUR), read_paper(from_word(a_file(*FOUR)), "x")).is_same
    assert not comparison(a_paper(*FOUR), a_paper(*FOUR, "追加")).is_same


# -- what always holds -----------------------------------------------------------------------

WORDS = st.text("甲乙第1２3条項金,円令和年月日、。はが　\n", max_size=12)
PIECES = st.one_of(
    st.tuples(
        st.sampled_from(["jo", "ko", "go", "midashi", "head", "attach", "title", "sign", "body"]),
        st.sampled_from(["", "", "a", "b", "c"]),
        WORDS,
    ).map(lambda one: f"[{one[0]}]" + (f"<{one[1]}>第9条" if one[1] else "") + one[2]),
    st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=1, max_size=3).map(lambda rows: table(*rows)),
)
PAPERS = st.lists(PIECES, max_size=8)


def edits(lines: list[str]) -> st.SearchStrategy[list[str]]:
    """A paper, and another one that has much in common with it."""
    return st.lists(st.one_of(st.sampled_from(lines), PIECES) if lines else PIECES, max_size=8)


@settings(max_examples=150)
@example(([table(["", ""], ["", "", ""])], [table(["", ""], ["", ""])]))
@given(PAPERS.flatmap(lambda lines: st.tuples(st.just(lines), edits(lines))))
def test_each_column_with_every_omission_opened_is_its_paper(both: tuple[list[str], list[str]]) -> None:
    old, new = a_paper(*both[0]), a_paper(*both[1])
    found = comparison(old, new)
    assert columns(found) == (old.twin, new.twin)
    assert found.is_same == (old.twin == new.twin)


@settings(max_examples=150)
@example((["[midashi]", "[jo]1", "[jo]"], ["[midashi]", "[midashi]"]))
@given(PAPERS.flatmap(lambda lines: st.tuples(st.just(lines), edits(lines))))
def test_what_is_not_underlined_is_the_same_on_both_sides(both: tuple[list[str], list[str]]) -> None:
    for row in comparison(a_paper(*both[0]), a_paper(*both[1])).rows:
        if not (row.new.blocks and row.old.blocks):
            shown = row.new if row.new.blocks else row.old
            if "移動" not in row.remark:
                assert all(span.is_marked for one in shown.every_line() for span in one.spans)
            continue
        plain = [
            "".join(span.text for one in side.every_line() for span in one.spans if not span.is_marked)
            for side in (row.new, row.old)
        ]
        assert plain[0] == plain[1]


@settings(max_examples=150)
@given(WORDS, WORDS)
def test_the_underlined_words_are_those_that_the_comparison_names(old: str, new: str) -> None:
    old, new = f"甲は、{old}", f"甲は、{new}"
    (row,) = comparison(a_paper(f"[jo]<a>第1条　{old}"), a_paper(f"[jo]<a>第1条　{new}")).rows
    stretches = [one for one in compare_texts(f"　{old}", f"　{new}") if not one.same]
    for side, texts in ((row.new, [one.new for one in stretches]), (row.old, [one.old for one in stretches])):
        marked = [span.text for one in side.lines for span in one.spans if span.is_marked]
        assert "".join(marked) == "".join(texts)


@given(PAPERS)
def test_a_paper_beside_itself_has_nothing_underlined(lines: list[str]) -> None:
    assert comparison(a_paper(*lines), a_paper(*lines)).is_same
