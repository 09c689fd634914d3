"""Numbers and citations of a paper that a person edited, mended as tracked changes."""

from __future__ import annotations

from datetime import date

import pytest

from gen.compare import read_paper
from gen.compare.parts import with_roots
from gen.compare.pen import Pen
from gen.compare.renumbering import Renumbered, renumber

from .scenario import a_file, from_word, p, run, table
from .test_redline import cites
from .word_does import settled

ON = date(2026, 4, 1)


def mended(*lines: str) -> tuple[list[str], Renumbered, bytes]:
    """The text after mending, what was said, the file."""
    paper = read_paper(a_file(*lines), "x")
    told = renumber(paper, Pen("Kian", ON.isoformat()))
    file = with_roots(paper, list(paper.roots)).write()
    return read_paper(file, "x").twin.splitlines(), told, file


FOUR = (
    "[jo]<a>第1条　甲。", "[jo]第2条　新しい条文。", "[jo]<b>第2条　乙は、第1条による。", "[ko]2　丙。",
    "[jo]<c>第3条　第2条第2項の定めによる。",
)  # fmt: skip


def test_an_article_put_in_moves_the_rest_and_literal_citations_follow_the_one_that_kian_named() -> None:
    lines, told, _ = mended(*FOUR)
    assert lines == [
        "第1条　甲。",
        "第2条　新しい条文。",
        "第3条　乙は、第1条による。",
        "2　丙。",
        "第4条　第3条第2項の定めによる。",
    ]
    assert told.numbers == [("第2条", "第3条"), ("第3条", "第4条")]
    assert (told.citations, told.findings) == (1, [])


def test_mending_is_tracked_and_can_be_reverted() -> None:
    _, _, file = mended(*FOUR)
    assert read_paper(settled(file, accept=False), "x").twin == read_paper(a_file(*FOUR), "x").twin


def test_a_second_time_finds_nothing() -> None:
    _, _, file = mended(*FOUR)
    for data in (file, from_word(settled(file, accept=True))):
        assert renumber(read_paper(data, "x"), Pen("Kian", ON.isoformat())).is_ok


def test_a_relative_citation_beside_an_article_put_in_keeps_its_meaning() -> None:
    lines, told, file = mended(
        "[jo]<a>第1条　次条による。", "[jo]第2条　前条による。", "[jo]<b>第2条　前条による。", "[jo]<c>第3条　前条による。"
    )  # fmt: skip
    assert lines == [
        "第1条　第3条による。",
        "第2条　前条による。",
        "第3条　第1条による。",
        "第4条　前条による。",
    ]
    assert told.citations == 2
    assert renumber(read_paper(file, "x"), Pen("Kian", ON.isoformat())).is_ok


def test_fields_show_the_number_of_their_bookmark() -> None:
    lines, told, _ = mended(
        "[jo]<a>第1条　甲。", "[jo]<b>第3条　乙。", cites("丙は、", "b", "第3条", "による。")
    )
    assert lines[1:] == ["第2条　乙。", "丙は、第2条による。"]
    assert told.citations == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["第1条　甲。", "第3条　乙。"], ["第1条　甲。", "第2条　乙。"]),
        (["第1条　甲。", "第1条の2　乙。", "第1条の4　丙。", "第3条　丁。"], ["第1条　甲。", "第1条の2　乙。", "第1条の3　丙。", "第2条　丁。"]),
        (["第１条　甲。", "第３条　乙。"], ["第１条　甲。", "第２条　乙。"]),
        (["第一条　甲。", "第三条　乙。"], ["第一条　甲。", "第二条　乙。"]),
        (["第1条　甲。", "3　乙。", "3　丙。"], ["第1条　甲。", "2　乙。", "3　丙。"]),
        (["第1条　甲。", "1　乙。", "3　丙。"], ["第1条　甲。", "1　乙。", "2　丙。"]),
        (["第1条　甲。", "(1)　乙。", "(1)　丙。", "ア　丁。", "ウ　戊。", "(4)　己。"], ["第1条　甲。", "(1)　乙。", "(2)　丙。", "ア　丁。", "イ　戊。", "(3)　己。"]),
        (["第1条　甲。", "(1)　乙。", "2　丙。", "(2)　丁。"], ["第1条　甲。", "(1)　乙。", "2　丙。", "(1)　丁。"]),
        (["第1条　削除", "第3条　乙。"], ["第1条　削除", "第2条　乙。"]),
        (["第1条　甲。", "第2条から第4条まで　削除", "第7条　乙。"], ["第1条　甲。", "第2条から第4条まで　削除", "第5条　乙。"]),
        (["第1条　甲。", "附則", "第1条　乙。", "第3条　丙。"], ["第1条　甲。", "附則", "第1条　乙。", "第2条　丙。"]),
        (["第1条　甲。", "別記1　乙", "第１　丙。", "第３　丁。"], ["第1条　甲。", "別記1　乙", "第１　丙。", "第２　丁。"]),
        (["3　表の外の番号", "第1条　甲。"], ["3　表の外の番号", "第1条　甲。"]),
    ],
)  # fmt: skip
def test_each_kind_of_number(before: list[str], after: list[str]) -> None:
    assert mended(*(f"<w:p>{run(line)}</w:p>" for line in before))[0] == after


@pytest.mark.parametrize(
    "sentence",
    [
        "地方自治法第3条により",
        "民法（明治29年法律第89号）第3条により",
        "契約規則第3条、第3条の2及び第3条第2項により",
        "約款第3条により",
    ],
)
def test_the_articles_of_a_law_are_left_alone(sentence: str) -> None:
    lines, told, _ = mended("[jo]第1条　甲。", f"[jo]第3条　{sentence}、乙。")
    assert lines[1] == f"第2条　{sentence}、乙。"
    assert told.citations == 0 and told.findings == []


def test_what_two_articles_claim_or_none_is_said_and_left() -> None:
    lines, told, _ = mended("[jo]第1条　甲。", "[jo]第2条　乙。", "[jo]第2条　丙。", "第2条及び第9条による。")
    assert lines[-1] == "第2条及び第9条による。"
    assert len(told.findings) == 2 and "決められません" in told.findings[0] and "第9条" in told.findings[1]


def test_a_citation_in_a_table_follows() -> None:
    lines, _, _ = mended("[jo]<a>第1条　甲。", "[jo]<b>第3条　乙。", table(["第3条", "検査"]), p("末"))
    assert lines[2] == "| 第2条 | 検査 |"
