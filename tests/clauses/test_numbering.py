"""Numbers follow the order of appearance; citations follow the numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.clauses import CALLS, TOKEN, BadCall, bookmark_name
from gen.japanese import Digits

from .scenario import (
    Wording,
    a_paper,
    attach,
    dai,
    go,
    hd,
    items,
    jo,
    ko,
    prev,
    prevs,
    printed,
    ref,
    refs,
    refused,
    sai,
    sai2,
    said,
)

# -- what is defined --------------------------------------------------------------------


def test_articles_paragraphs_and_items_count_from_one_in_the_order_of_appearance():
    assert printed(jo("a"), ko(), go(), go(), ko(), go(), jo("b"), ko()) == [
        "第1条", "2", "(1)", "(2)", "3", "(1)", "第2条", "2",
    ]  # fmt: skip


def test_items_of_the_first_paragraph_need_no_paragraph_number():
    assert printed(jo("a"), go(), go()) == ["第1条", "(1)", "(2)"]


def test_subdivisions_begin_anew_under_each_item_and_each_katakana():
    assert printed(jo("a"), go(), sai(), sai2(), sai2(), sai(), sai2(), go(), sai()) == [
        "第1条", "(1)", "ア", "(ア)", "(イ)", "イ", "(ア)", "(2)", "ア",
    ]  # fmt: skip


def test_subdivisions_beyond_wa_are_a_problem():
    paper = a_paper(jo("a"), go(), *[sai()] * 45)
    assert paper.texts[2 + 43] == "ワ"
    assert paper.problems == ["号の細分が多すぎます（アからワまで）。"]


def test_head_items_count_by_themselves():
    assert printed(hd("title"), hd("fee"), jo("a"), ref("fee")) == ["1", "2", "第1条", "頭書第2項"]


def test_a_paragraph_before_any_article_is_a_problem():
    assert "項は、条" in refused(ko())


def test_an_item_before_any_article_is_a_problem():
    assert "号は、条" in refused(go())


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        (Digits.HALF, ["第1条", "2", "(1)", "ア", "(ア)", "第10条", "第10条", "第1条第2項"]),
        (Digits.FULL, ["第１条", "２", "（１）", "ア", "（ア）", "第１０条", "第１０条", "第１条第２項"]),
        (Digits.MIXED, ["第１条", "２", "(１)", "ア", "(ア)", "第10条", "第10条", "第１条第２項"]),
    ],
)
def test_numbers_are_printed_in_the_digits_of_the_city(digits, expected):
    between = [jo(f"x{n}") for n in range(8)]
    texts = printed(
        jo("a"), ko("second"), go(), sai(), sai2(), *between, jo("b"), ref("b"), ref("a", ko="second"),
        wording=Wording(digits=digits),
    )  # fmt: skip
    assert texts[:5] + texts[-3:] == expected


# -- by number --------------------------------------------------------------------------


def test_a_citation_may_stand_before_its_target():
    assert printed(jo("a"), ref("b"), jo("b")) == ["第1条", "第2条", "第2条"]


def test_inside_one_article_the_article_is_left_out():
    assert said(jo("a", ko="first"), ko("second"), ko(), ref("a", ko="second")) == "第2項"
    assert said(jo("a"), go("x"), ko(), ref("a", go="x")) == "第1項第1号"


def test_inside_one_paragraph_an_item_needs_no_paragraph():
    assert said(jo("a"), ko(), go("x"), go(), ref("a", go="x")) == "第1号"


def test_an_item_of_an_article_with_one_paragraph_needs_no_paragraph():
    assert said(jo("a"), go(), go("x"), jo("b"), ref("a", go="x")) == "第1条第2号"


def test_an_item_of_an_article_with_several_paragraphs_names_its_paragraph():
    assert said(jo("a"), ko(), go("x"), jo("b"), ref("a", go="x")) == "第1条第2項第1号"


def test_an_article_with_one_paragraph_left_has_no_first_paragraph_to_cite():
    assert said(jo("a", ko="first"), ko(), jo("b"), ref("a", ko="first")) == "第1条第1項"
    assert said(jo("a", ko="first"), jo("b"), ref("a", ko="first")) == "第1条"
    assert said(jo("a", ko="first"), jo("b"), prev("a", ko="first")) == "前条"


def test_an_attachment_counts_its_own_articles():
    assert printed(jo("a"), attach("notes", "別記"), dai("x"), dai("y"), ko(), ref("y")) == [
        "第1条", "別記", "第1", "第2", "2", "第2",
    ]  # fmt: skip


def test_several_attachments_of_a_kind_are_numbered_and_others_are_not():
    assert printed(attach("one", "別記"), attach("two", "別記"), attach("three", "別紙"), ref("two")) == [
        "別記1", "別記2", "別紙", "別記2",
    ]  # fmt: skip


def test_an_article_of_the_contract_cited_in_an_attachment_names_the_contract():
    assert said(jo("a"), ko("k"), attach("n", "別記"), dai("x"), ref("a")) == "契約約款第1条"
    assert said(jo("a"), ko("k"), attach("n", "別記"), dai("x"), ref("a", ko="k")) == "契約約款第1条第2項"
    assert said(jo("a"), attach("n", "別記"), dai("x"), prev("a")) == "契約約款第1条"


def test_an_article_of_an_attachment_cited_elsewhere_names_the_attachment():
    assert said(attach("n", "別記"), dai("x"), attach("m", "別記"), dai("y"), ref("x")) == "別記1第1"
    assert printed(jo("a"), ref("x"), attach("n", "別記"), dai("x"))[1] == "別記第1"


def test_attachments_may_have_articles_of_their_own_and_their_predecessor_is_前条():
    assert said(jo("a"), attach("n", "特約"), jo("x"), jo("y"), prev("x")) == "前条"
    assert said(jo("a"), attach("n", "特約"), jo("x"), ref("x")) == "第1条"


def test_in_an_attachment_that_counts_第1_the_one_before_is_cited_by_number():
    assert said(attach("n", "別記"), dai("x"), dai("y"), prev("x")) == "第1"


# -- by position ------------------------------------------------------------------------


def test_前条_stands_only_for_the_article_directly_before():
    assert said(jo("a"), jo("b"), prev("a")) == "前条"
    assert said(jo("a"), jo("between"), jo("b"), prev("a")) == "第1条"
    assert said(jo("a"), prev("a")) == "第1条"
    assert printed(jo("a"), prev("b"), jo("b"))[1] == "第2条"


def test_前条_carries_its_paragraph_and_item():
    assert said(jo("a"), ko("k"), jo("b"), prev("a", ko="k")) == "前条第2項"
    assert said(jo("a"), go("g"), go(), jo("b"), prev("a", go="g")) == "前条第1号"


def test_a_preamble_has_nothing_before_it():
    assert printed(prev("a"), jo("a")) == ["第1条", "第1条"]


def test_前項_stands_only_for_the_paragraph_directly_before():
    assert said(jo("a", ko="k"), ko(), prev("a", ko="k")) == "前項"
    assert said(jo("a", ko="k"), ko(), ko(), prev("a", ko="k")) == "第1項"
    assert said(jo("a", ko="k"), prev("a", ko="k")) == "第1項"
    assert said(jo("a", ko="k"), ko(), go(), prev("a", ko="k")) == "前項"


def test_前号_stands_only_for_the_item_directly_before_in_the_same_paragraph():
    assert said(jo("a"), go("x"), go(), prev("a", go="x")) == "前号"
    assert said(jo("a"), go("x"), go(), go(), prev("a", go="x")) == "第1号"
    assert said(jo("a"), go("x"), ko(), go(), go(), prev("a", go="x")) == "第1項第1号"
    assert said(jo("a"), go("x"), jo("b"), go(), go(), prev("a", go="x")) == "前条第1号"


def test_前2項_stands_only_for_paragraphs_directly_before():
    paper = [jo("a", ko="one"), ko("two"), ko("three")]
    assert said(*paper, prevs("a", ko=["one", "two"])) == "前2項"
    assert said(*paper, ko(), prevs("a", ko=["one", "two"])) == "第1項及び第2項"
    assert said(*paper, ko(), prevs("a", ko=["one", "three"])) == "第1項及び第3項"
    assert said(*paper, ko(), prevs("a", ko=["one", "two", "three"])) == "前3項"
    assert said(*paper, ko(), ko(), prevs("a", ko=["one", "two", "three"])) == "第1項から第3項まで"
    assert said(*paper, prevs("a", ko=["two"])) == "前項"


def test_paragraphs_of_another_article_are_cited_with_it():
    assert said(jo("a", ko="one"), ko("two"), jo("b"), prevs("a", ko=["one", "two"])) == "前条第1項及び第2項"
    assert said(jo("a", ko="one"), ko("two"), jo("x"), jo("b"), prevs("a", ko=["one", "two"])) == (
        "第1条第1項及び第2項"
    )


def test_前各項_needs_something_before_it():
    assert said(jo("a"), ko(), ko(), ko(), prevs("a")) == "前各項"
    assert said(jo("a"), ko(), prevs("a")) == "前項"
    assert "前に項がありません" in refused(jo("a"), prevs("a"))


def test_two_before_are_前2項_and_not_前各項():
    assert said(jo("a"), ko(), ko(), prevs("a")) == "前2項"
    assert said(jo("a"), go(), go(), go(), prevs("a", go=[])) == "前2号"


def test_前2号_and_前各号_look_at_items():
    assert said(jo("a"), go("x"), go("y"), go(), prevs("a", go=["x", "y"])) == "前2号"
    assert said(jo("a"), go(), go(), go(), go(), prevs("a", go=[])) == "前各号"
    assert said(jo("a"), go("x"), go("y"), go(), go(), prevs("a", go=["x", "y"])) == "第1号及び第2号"


def test_items_of_another_paragraph_or_article_are_cited_with_it():
    assert said(jo("a"), go("x"), go("y"), ko(), prevs("a", go=["x", "y"])) == "第1項第1号及び第2号"
    assert said(jo("a"), ko(), go("x"), go("y"), jo("b"), go(), prevs("a", go=["x", "y"])) == (
        "前条第2項第1号及び第2号"
    )
    assert said(jo("a"), go("x"), go("y"), jo("b"), prevs("a", go=["x", "y"])) == "前条第1号及び第2号"


def test_items_of_two_paragraphs_are_not_cited_in_one_breath():
    assert "一つの項" in refused(jo("a"), go("x"), ko(), go("y"), ko(), prevs("a", go=["x", "y"]))


def test_各号_is_said_only_where_several_are_left():
    many, one = "次の各号のいずれかに", "次に"
    assert printed(jo("a"), items(many, one), go(), go())[1] == many
    assert printed(jo("a"), items(many, one), go())[1] == one
    assert printed(jo("a"), go(), ko(), items(many, one), go(), go())[3] == many


def test_各号_without_any_item_is_a_problem():
    assert "号がありません" in refused(jo("a"), items("次の各号", "次"), ko(), go())


# -- several articles -------------------------------------------------------------------


def test_two_articles_are_joined_and_three_in_a_row_are_a_range():
    paper = [jo(name) for name in "abcdefg"]
    assert said(*paper, refs("a", "c")) == "第1条及び第3条"
    assert said(*paper, refs("a", "b")) == "第1条及び第2条"
    assert said(*paper, refs("a", "b", "c")) == "第1条から第3条まで"
    assert said(*paper, refs("a", "b", "c", "e")) == "第1条から第3条まで及び第5条"
    assert said(*paper, refs("a", "c", "d", "e", "g")) == "第1条、第3条から第5条まで及び第7条"
    assert said(*paper, refs("a", "c", conj="又は")) == "第1条又は第3条"


def test_articles_are_listed_in_their_order_and_each_once():
    assert said(jo("a"), jo("b"), jo("c"), refs("c", "a")) == "第1条及び第3条"
    assert said(jo("a"), jo("b"), refs("a", "a")) == "第1条"


def test_articles_that_are_not_in_the_paper_are_left_out():
    assert said(jo("a"), jo("b"), refs("a", "gone", "b")) == "第1条及び第2条"
    assert said(jo("a"), refs("a", "gone")) == "第1条"
    assert "どれもこの文書にありません" in refused(jo("a"), refs("gone", "lost"))


def test_an_insertion_breaks_a_range():
    assert said(jo("a"), jo("new"), jo("b"), jo("c"), refs("a", "b", "c")) == "第1条、第3条及び第4条"


def test_articles_of_the_contract_listed_in_an_attachment_name_the_contract_once():
    assert said(jo("a"), jo("b"), attach("n", "別記"), dai("x"), refs("a", "b")) == "契約約款第1条及び第2条"


def test_what_is_no_article_of_one_paper_cannot_be_listed():
    assert refused(hd("fee"), jo("a"), refs("a", "fee"))
    assert refused(jo("a"), attach("n", "別記"), refs("a", "n"))
    assert "同じ文書" in refused(jo("a"), attach("n", "別記"), dai("x"), refs("a", "x"))


def test_the_words_between_follow_the_style_of_the_city():
    wording = Wording(comma="，", kanji_conjunctions=False)
    paper = [jo(name) for name in "abcde"]
    assert said(*paper, refs("a", "c", "e"), wording=wording) == "第1条，第3条および第5条"
    assert said(*paper, refs("a", "c", conj="又は"), wording=wording) == "第1条または第3条"
    assert said(jo("a", ko="k"), ko("l"), ko(), ko(), prevs("a", ko=["k", "l"]), wording=wording) == (
        "第1項および第2項"
    )


# -- what goes wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    "token",
    [
        ref("gone"), prev("gone"), ref("a", ko="gone"), ref("a", go="gone"), prevs("gone"),
        prevs("a", ko=["gone"]), prevs("a", go=["gone"]), ref("a", ko="k", go="gone"),
    ],
    ids=str,
)  # fmt: skip
def test_a_citation_without_target_is_a_problem_and_never_silence(token):
    paper = a_paper(jo("a", ko="k"), go("g"), ko(), token)
    assert paper.texts[-1] == "〔引用先なし〕"
    assert paper.problem_places == [3]


def test_a_name_used_twice_is_a_problem():
    assert "二度" in refused(jo("a"), jo("a"))
    assert "二度" in refused(hd("a"), jo("a"))
    assert "二度" in refused(jo("a"), attach("a", "別記"))
    assert "二度" in refused(attach("a", "別記"), attach("a", "別記"))
    assert "二度" in refused(hd("a"), hd("a"))
    assert "項の名前" in refused(jo("a", ko="k"), ko("k"))
    assert "号の名前" in refused(jo("a"), go("g"), ko(), go("g"))


@pytest.mark.parametrize(
    "call",
    [
        lambda: jo("Big"), lambda: jo("a_b"), lambda: jo("a--b"), lambda: jo("第1条"), lambda: jo(3),
        lambda: ref(None), lambda: refs(), lambda: attach("a", "附則"), lambda: prevs("a", ko="k"),
        lambda: ref("a\n"), lambda: ref("a\ufdd5b"), lambda: prevs("a", ko=["k"], go=["g"]),
    ],
)  # fmt: skip
def test_a_call_that_does_not_fit_says_so_in_japanese(call):
    with pytest.raises(BadCall, match=r"[ぁ-ん]"):
        call()


# -- alternatives that an undecided condition keeps ---------------------------------------


def test_an_article_in_two_alternatives_has_one_number_and_one_bookmark():
    paper = a_paper(jo("a"), jo("b"), ko(), jo("b"), ko(), jo("c"), ref("b"), alternatives=True)
    assert paper.texts == ["第1条", "第2条", "2", "第2条", "2", "第3条", "第2条"]
    assert not paper.problems
    assert paper.anchors.count(bookmark_name("b")) == 1


def test_named_paragraphs_and_items_of_alternatives_have_one_bookmark_each():
    paper = a_paper(
        attach("n", "別記"), jo("b"), ko("k"), go("g"),
        attach("n", "別記"), jo("b"), ko("k"), go("g"), hd("h"), hd("h"),
        alternatives=True,
    )  # fmt: skip
    assert not paper.problems
    assert len(paper.anchors) == len(set(paper.anchors)) == 5


def test_a_paragraph_of_one_alternative_only_can_still_be_cited():
    """The first alternative has a 項 that the second lacks, and cites it."""
    paper = a_paper(
        jo("b"), ko("k"), ko(), prev("b", ko="k"), jo("b"), jo("c"), ref("b", ko="k"), alternatives=True
    )
    assert not paper.problems
    assert paper.texts[3] == "前項"
    assert paper.texts[-1] == "第2条第2項" or paper.texts[-1] == "第1条第2項"


def test_an_item_of_one_alternative_only_can_still_be_cited():
    paper = a_paper(jo("b"), go("g"), go(), prev("b", go="g"), jo("b"), go("x"), alternatives=True)
    assert not paper.problems
    assert paper.texts[3] == "前号"


# -- bookmarks --------------------------------------------------------------------------


def test_bookmarks_carry_the_numbers_and_citations_point_to_them():
    paper = a_paper(
        hd("fee"), jo("a"), ko("k"), go("g"), attach("n", "別記"), dai("x"),
        ref("fee"), ref("a"), ref("a", ko="k"), ref("a", go="g"), ref("n"), ref("x"),
    )  # fmt: skip
    assert not paper.problems
    assert set(paper.targets) == set(paper.anchors)


def test_listed_paragraphs_and_items_point_to_their_bookmarks_too():
    paper = a_paper(jo("a"), ko("k"), ko("l"), jo("b"), jo("c"), prevs("a", ko=["k", "l"]))
    assert paper.targets == [bookmark_name("a"), bookmark_name("a", "k"), bookmark_name("a", "l")]
    paper = a_paper(jo("a"), go("x"), go("y"), go(), go(), prevs("a", go=["x", "y"]))
    assert paper.targets == [bookmark_name("a", "g", "x"), bookmark_name("a", "g", "y")]


def test_an_attachment_is_cited_by_a_field_where_its_article_is_cited():
    paper = a_paper(jo("a"), ref("x"), attach("n", "別記"), dai("x"))
    assert paper.targets == [bookmark_name("n"), bookmark_name("x")]


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,12}(-[a-z0-9]{1,12}){0,5}", fullmatch=True)


@given(
    st.sets(st.tuples(NAMES) | st.tuples(NAMES, NAMES) | st.tuples(NAMES, st.just("g"), NAMES), max_size=60)
)
def test_bookmark_names_are_what_word_accepts_and_never_meet(names):
    made = {bookmark_name(*name) for name in names}
    assert len(made) == len(names)
    assert all(re.fullmatch(r"_k_[a-z0-9_]{1,37}", name) for name in made)


# -- any outline ------------------------------------------------------------------------

LEAVES = st.sampled_from(["ko", "go"])
ARTICLES = st.lists(st.lists(LEAVES, max_size=6), min_size=1, max_size=8)


@st.composite
def papers(draw):
    """Random articles with random citations between them; tokens and who cites whom."""
    articles = draw(ARTICLES)
    names = [f"a{n}" for n in range(len(articles))]
    tokens, cited = [], {}
    for name, leaves in zip(names, articles, strict=True):
        tokens.append(jo(name))
        for leaf in [*leaves, "end"]:
            if draw(st.booleans()):
                target = draw(st.sampled_from(names))
                cited[len(tokens)] = target
                tokens.append(draw(st.sampled_from([ref, prev]))(target))
            if leaf != "end":
                tokens.append(CALLS[leaf]())
    return tokens, cited


@given(papers(), st.sampled_from(Digits))
def test_in_any_paper_numbers_have_no_gap_and_citations_reach_the_article_that_bears_them(paper, digits):
    tokens, cited = paper
    made = a_paper(*tokens, wording=Wording(digits=digits))
    assert not made.problems
    kinds = [TOKEN.fullmatch(str(token)).group(1).split("\ufdd5")[:2] for token in tokens]
    number = Wording(digits=digits).number
    articles = [text for (kind, *_), text in zip(kinds, made.texts, strict=True) if kind == "jo"]
    assert articles == [f"第{number(str(n))}条" for n in range(1, len(articles) + 1)]
    _paragraphs_have_no_gap(kinds, made.texts, number)
    owners = [[args[0] for kind, *args in kinds[: at + 1] if kind == "jo"][-1] for at in range(len(kinds))]
    numbers = {name: at for at, name in enumerate(dict.fromkeys(owners))}
    for at, target in cited.items():
        text = made.texts[at]
        if text == "前条":
            assert numbers[target] == numbers[owners[at]] - 1
        else:
            assert text == articles[numbers[target]]
            assert [piece.target for piece in made.pieces[at]] == [bookmark_name(target)]


def _paragraphs_have_no_gap(kinds, texts, number):
    ko_now = go_now = 1
    for (kind, *_), text in zip(kinds, texts, strict=True):
        if kind == "jo":
            ko_now, go_now = 1, 0
        elif kind == "ko":
            ko_now, go_now = ko_now + 1, 0
            assert text == number(str(ko_now))
        elif kind == "go":
            go_now += 1
            assert text.strip("()（）") == number(str(go_now))
