"""未定 in a template: three-valued logic, every alternative kept, every question remembered."""

from __future__ import annotations

import itertools
import time

import pytest

from gen.word.marks import Value
from gen.word.row import Row
from gen.word.unknown import Unknown

from .scenario import UNKNOWN, a_docx, made, p, refused, run, steer, table, tr, twin, xml_of

U = UNKNOWN
SIGN = "【選択：予定価格】"
VALUES = {"t": True, "f": False, "u": U}


def verdict(condition: str, **facts: object) -> object:
    """True, False or None as a condition says: which of its two branches are printed."""
    text = twin(p("{% if " + condition + " %}yes{% else %}no{% endif %}"), **VALUES, **facts)
    return {"yes\n": True, "no\n": False, f"{SIGN}yes{SIGN}no\n": None}[text]


def kleene_and(a: object, b: object) -> object:
    return False if False in (a, b) else None if None in (a, b) else True


def kleene_or(a: object, b: object) -> object:
    return True if True in (a, b) else None if None in (a, b) else False


TRUTH = {"t": True, "f": False, "u": None}


@pytest.mark.parametrize("a", "tfu")
def test_not_is_three_valued(a):
    assert verdict(f"not {a}") is (None if a == "u" else not TRUTH[a])


@pytest.mark.parametrize(("a", "b"), list(itertools.product("tfu", repeat=2)))
def test_and_and_or_follow_kleene(a, b):
    assert verdict(f"{a} and {b}") is kleene_and(TRUTH[a], TRUTH[b])
    assert verdict(f"{a} or {b}") is kleene_or(TRUTH[a], TRUTH[b])
    assert verdict(f"not ({a} and {b})") is verdict(f"not {a} or not {b}")


@pytest.mark.parametrize("terms", list(itertools.product("tfu", repeat=3)), ids="".join)
def test_longer_conditions_follow_kleene_too(terms):
    a, b, c = (TRUTH[term] for term in terms)
    assert verdict("{} and {} or {}".format(*terms)) is kleene_or(kleene_and(a, b), c)
    assert verdict("{} and ({} or {})".format(*terms)) is kleene_and(a, kleene_or(b, c))
    assert verdict("{} and {} and {}".format(*terms)) is kleene_and(kleene_and(a, b), c)
    assert verdict("{} or {} or {}".format(*terms)) is kleene_or(kleene_or(a, b), c)


def test_a_condition_stops_where_it_is_decided():
    assert verdict("f and missing") is False
    assert verdict("t or missing") is True
    assert verdict("f and missing and missing.name") is False


def test_long_conditions_compile_quickly():
    """Each operand was compiled twice for every operator after it."""
    began = time.perf_counter()
    assert verdict(" and ".join(["t"] * 24)) is True
    assert verdict(" or ".join(["f"] * 24)) is False
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("u == 1", None), ("1 == u", None), ("u != 1", None), ("u < 1", None), ("u >= 1", None),
        ("1 < 2 < 3", True), ("1 < 2 < 1", False), ("3 < 2 < u", False), ("1 < 2 < u", None),
        ("u in [1, 2]", None), ("1 in [1, u]", True), ("3 in [1, u]", None), ("3 not in [1, u]", None),
        ("1 not in [1, u]", False), ("3 in [1, 2]", False), ("1 in u", None), ("not u == 1", None),
        ('"運用" in "運用支援業務"', True), ('"移行" in "運用支援業務"', False),
        ('"移行" not in "運用支援業務"', True), ('title in "運用支援業務"', True), ('"支援" in title', True),
    ],
)  # fmt: skip
def test_comparisons_with_what_is_undecided_are_undecided(condition, expected):
    assert verdict(condition, title=Value("運用支援業務")) is expected


def test_what_hangs_on_an_undecided_value_is_undecided():
    assert verdict("u.amount.total > 3") is None
    assert verdict("u|length > 3") is None
    assert verdict("u[0] == 3") is None
    assert verdict("u + 1 > 3") is None
    assert verdict("1 - u > 3") is None


def test_every_branch_that_may_hold_is_kept():
    text = twin(
        steer("{%p if u %}"), p("A"), steer("{%p elif t %}"), p("B"), steer("{%p elif u2 %}"), p("C"),
        steer("{%p else %}"), p("D"), steer("{%p endif %}"),
        u=U, t=True, u2=Unknown("k.y", "他"),
    )  # fmt: skip
    assert text == f"{SIGN}\nA\n{SIGN}\nB\n"
    text = twin(
        steer("{%p if f %}"), p("A"), steer("{%p elif u %}"), p("B"), steer("{%p else %}"), p("D"),
        steer("{%p endif %}"), f=False, u=U,
    )  # fmt: skip
    assert text == f"{SIGN}\nB\n{SIGN}\nD\n"


@pytest.mark.parametrize(("value", "expected"), [(True, "A\n"), (False, "B\n")])
def test_a_decided_condition_prints_no_choice(value, expected):
    blocks = [steer("{%p if x %}"), p("A"), steer("{%p else %}"), p("B"), steer("{%p endif %}")]
    document = made(*blocks, x=value)
    assert document.twin == expected
    assert not document.undecided


def test_an_undecided_if_without_else_is_kept_under_its_sign():
    assert twin(p("前"), steer("{%p if u %}"), p("A"), steer("{%p endif %}"), u=U) == f"前\n{SIGN}\nA\n"


def test_every_question_that_was_undecided_is_remembered():
    other = Unknown("k.y", "他")
    assert made(p("{% if u %}a{% endif %}{{ v }}"), u=U, v=other).undecided == ("k.y", "k.x")
    assert made(p("{{ 'a' if u else 'b' }}"), u=U).undecided == ("k.x",)
    assert made(p("{{ 'a' if t else v }}{{ v if u else 'b' }}"), t=True, u=U, v=other).undecided == (
        "k.x", "k.y",
    )  # fmt: skip
    assert made(p("{{ '金' ~ u ~ '円' }}"), u=U).undecided == ("k.x",)
    assert made(p("{{ v ~ u }}"), u=U, v=Value("a〇〇〇〇", "k.z", ("k.z",))).undecided == ("k.z", "k.x")


def test_an_inline_if_names_both_texts():
    assert twin(p("{{ 'はい' if u else 'いいえ' }}"), u=U) == "【選択：予定価格　はい／いいえ】\n"
    assert twin(p("{{ 'はい' if u }}"), u=U) == "【選択：予定価格　はい／】\n"
    assert twin(p("{{ 'はい' if x else 'いいえ' }}"), x=False) == "いいえ\n"


def test_an_inline_if_may_choose_between_citations():
    blocks = [p("{{ jo('a') }}"), p("{{ jo('b') }}"), p("{{ ref('a') if u else ref('b') }}")]
    document = made(*blocks, u=U)
    assert document.twin.splitlines()[-1] == "【選択：予定価格　第1条／第2条】"
    assert document.undecided == ("k.x",)


def test_inside_a_line_the_sign_stands_before_each_alternative():
    assert (
        twin(p("金額は{% if u %}A{% else %}B{% endif %}とする。"), u=U) == f"金額は{SIGN}A{SIGN}Bとする。\n"
    )


def test_nested_conditions_keep_their_own_signs():
    other = Unknown("k.y", "他")
    blocks = [
        steer("{%p if u %}"), steer("{%p if v %}"), p("A"), steer("{%p else %}"), p("B"), steer("{%p endif %}"),
        steer("{%p else %}"), p("C"), steer("{%p endif %}"),
    ]  # fmt: skip
    assert twin(*blocks, u=U, v=other) == f"{SIGN}\n【選択：他】\nA\n【選択：他】\nB\n{SIGN}\nC\n"
    assert twin(*blocks, u=U, v=True) == f"{SIGN}\nA\n{SIGN}\nC\n"


def test_conditions_in_a_loop_are_asked_anew_in_each_turn():
    blocks = [steer("{%p for r in rows %}"), steer("{%p if r.x %}"), p("{{ r.n }}A"), steer("{%p else %}"),
              p("{{ r.n }}B"), steer("{%p endif %}"), steer("{%p endfor %}")]  # fmt: skip
    rows = [Row(n="1", x=True), Row(n="2", x=U), Row(n="3", x=False)]
    assert twin(*blocks, rows=rows) == f"1A\n{SIGN}\n2A\n{SIGN}\n2B\n3B\n"


def test_an_undecided_list_is_one_row_of_blanks():
    rows = table(tr("{%tr for r in rows %}", ""), tr("{{ r.n }}", "{{ r.m }}"), tr("{%tr endfor %}", ""))
    document = made(rows, p("x"), rows=U)
    assert document.twin == "| 〇〇〇〇 | 〇〇〇〇 |\nx\n"
    assert document.undecided == ("k.x.n", "k.x.m")


def test_a_filter_of_a_loop_keeps_what_may_belong():
    blocks = [steer("{%p for r in rows if r.x %}"), p("{{ r.n }}"), steer("{%p endfor %}")]
    rows = [Row(n="1", x=True), Row(n="2", x=U), Row(n="3", x=False)]
    document = made(*blocks, rows=rows)
    assert document.twin == "1\n2\n"
    assert document.undecided == ("k.x",)


def test_rows_of_a_table_carry_the_sign_in_their_first_cell():
    blocks = table(
        tr("{%tr if u %}", ""), tr("A", "1"), tr("{%tr else %}", ""), tr("B", "2"), tr("{%tr endif %}", "")
    )
    assert twin(blocks, p("x"), u=U) == f"| {SIGN}A | 1 |\n| {SIGN}B | 2 |\nx\n"


def test_rows_whose_first_cell_is_empty_carry_the_sign_in_the_next():
    cell = '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t xml:space="preserve"/></w:r></w:p></w:tc>'
    row = f"<w:tr>{cell}{tr('1')[len('<w:tr>') :]}"
    blocks = table(tr("{%tr if u %}", ""), row, tr("{%tr endif %}", ""))
    assert twin(blocks, p("x"), u=U) == f"|  | {SIGN}1 |\nx\n"


def test_a_loop_of_rows_inside_an_undecided_condition_carries_the_sign():
    blocks = table(
        tr("{%tr if u %}", ""), tr("{%tr for r in rows %}", ""), tr("{{ r }}", "1"), tr("{%tr endfor %}", ""),
        tr("{%tr endif %}", ""),
    )  # fmt: skip
    assert SIGN in twin(blocks, p("x"), u=U, rows=["A"])


@pytest.mark.parametrize("blocks", [
    [steer("{%p if u %}"), '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/>', p("A"), steer("{%p endif %}")],
    [steer("{%p if u %}"), steer("{%p else %}"), p("A"), steer("{%p endif %}")],
    [steer("{%p if u %}"), p("A"), steer("{%p else %}"), steer("{%p endif %}")],
    [steer("{%p if u %}"), steer("{%p if t %}"), steer("{%p else %}"), p("A"), steer("{%p endif %}"), p("A"), steer("{%p endif %}")],
    [steer("{%p if u %}"), table(tr("A", "1")), p("x"), steer("{%p endif %}")],
    [steer("{%p if u %}"), f"<w:sdt><w:sdtContent>{p('A')}</w:sdtContent></w:sdt>", steer("{%p endif %}")],
    [steer("{%p if u %}"), steer("{%p for r in rows %}"), p("A"), steer("{%p endfor %}"), steer("{%p endif %}")],
    [steer("{%p if u %}"), '{%p include "clauses/c.docx" %}'.join(["<w:p><w:r><w:t>", "</w:t></w:r></w:p>"]), steer("{%p endif %}")],
    [table(tr("{%tr if u %}", ""), tr("{%tr else %}", ""), tr("A", "1"), tr("{%tr endif %}", "")), p("x")],
    [p(run("{% if u %}A") + run("B{% endif %}"))],
    [p(run("{% if u %}") + run("A") + run("{% endif %}"))],
    [p("{% if u %}{{ a }}{% endif %}")],
], ids=str)  # fmt: skip
def test_the_sign_of_a_choice_is_always_to_be_read(blocks):
    """Text that stood outside of any paragraph would be in the file and on no page."""
    document = made(*blocks, u=U, t=True, rows=["r"], a="A", clauses={"c": a_docx(p("A"))})
    assert SIGN in document.twin
    assert document.twin.count("A") >= 1
    body = xml_of(document)
    assert not [e for e in body.iter() if (e.text or "").strip() and not e.tag.endswith("}t")]
    assert not [e for e in body.iter() if (e.tail or "").strip()]


def test_a_label_that_looks_like_xml_or_a_tag_prints_as_it_is():
    odd = Unknown("k.x", "A<B>&")
    assert twin(p("{{ 1 if u else 2 }}"), u=odd) == "【選択：A<B>&　1／2】\n"
    assert twin(p("{% if u %}a{% endif %}"), u=odd) == "【選択：A<B>&】a\n"
    assert twin(steer("{%p if u %}"), p("a"), steer("{%p endif %}"), u=odd) == "【選択：A<B>&】\na\n"


def test_the_same_article_under_both_alternatives_has_one_number():
    blocks = [steer("{%p if u %}"), p("{{ jo('a') }}　甲"), steer("{%p else %}"), p("{{ jo('a') }}　乙"),
              steer("{%p endif %}"), p("{{ jo('b') }}　{{ ref('a') }}")]  # fmt: skip
    assert twin(*blocks, u=U) == f"{SIGN}\n第1条　甲\n{SIGN}\n第1条　乙\n第2条　第1条\n"
    assert twin(*blocks, u=True) == "第1条　甲\n第2条　第1条\n"


def test_undecided_means_undecided_is_never_a_plain_truth():
    with pytest.raises(TypeError):
        bool(U)
    assert "値" in refused(p("{{ none_value }}"), none_value=None)
