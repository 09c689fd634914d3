"""The text form of a template and its Word file: there and back without a loss."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.word.house import ROLES
from gen.word.master import MasterError, build, text_of

from .scenario import a_docx, is_sound, made_of, p, parts_of, run, table, tr

TEXT_ROLES = [role.name for role in ROLES if not role.name.startswith(("cell", "draft", "page"))]
WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cn"), blacklist_characters="\\|{}[]")
    | st.sampled_from("　、。第条(1)&<>\"'"),
    max_size=20,
)
TAGS = st.sampled_from(["{{ jo('a') }}", "{{甲}}", "{% if t %}x{% endif %}", "\\t", "", "{{ k.x }}"])
LINES = st.builds("{}{}{}".format, WORDS, TAGS, WORDS).map(lambda text: text.strip(" "))
CELLS = st.builds("{}{}{}".format, WORDS, TAGS | st.just("\\|"), WORDS).map(lambda text: text.strip(" "))
STEERS = st.sampled_from(
    ["{%p if fact.x %}", "{%p else %}", "{%p endif %}", '{%p include "clauses/a.docx" %}']
)
ROW_STEERS = st.sampled_from(["{%tr for r in rows %}", "{%tr endfor %}"])


def is_steer(line: str) -> bool:
    return line.startswith(("{%p ", "{%tr "))


@st.composite
def tables(draw) -> list[str]:
    shares = draw(st.lists(st.integers(5, 40), min_size=1, max_size=5))
    shares = [round(share * 100 / sum(shares)) for share in shares]
    shares[-1] += 100 - sum(shares)
    aligns = [draw(st.sampled_from(["", "c", "r"])) for _ in shares]
    heads = draw(st.integers(0, 2))
    grid = draw(st.sampled_from(["", " grid=0"]))
    columns = ",".join(f"{share}{align}" for share, align in zip(shares, aligns, strict=True))
    rows = [
        draw(st.lists(CELLS, min_size=len(shares), max_size=len(shares)))
        for _ in range(heads + draw(st.integers(1, 3)))
    ]
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    if draw(st.booleans()):
        lines.insert(heads, draw(ROW_STEERS))
    return [f"[table widths={columns} head={heads}{grid}]", *lines, "[end]"]


PARAGRAPHS = st.builds("[{}] {}".format, st.sampled_from(TEXT_ROLES), LINES).map(
    lambda line: line.rstrip(" ")
)
BLOCKS = st.lists(
    PARAGRAPHS.map(lambda line: [line]) | STEERS.map(lambda line: [line]) | tables(), max_size=8
)


@settings(max_examples=200, deadline=None)
@given(BLOCKS)
def test_the_text_of_what_was_built_is_the_text_it_was_built_from(blocks):
    text = "".join(f"{line}\n" for block in blocks for line in block)
    assert text_of(build(text, "x.txt"), "x.docx") == text


def test_building_twice_gives_the_same_bytes():
    text = "[title] 契約書\n[table widths=30,70r head=1]\n| 回 | 額 |\n| 1 | 2 |\n[end]\n"
    assert build(text, "x") == build(text, "x")


def test_comments_and_empty_lines_are_not_printed():
    assert text_of(build("# 注\n\n[body] 本文\n   \n", "x"), "x") == "[body] 本文\n"


def test_every_role_of_the_house_is_built_and_sound(tmp_path):
    text = "".join(f"[{role.name}] 文 A&B<c>\n" for role in ROLES)
    is_sound(build(text, "x"), tmp_path)


def test_tables_are_sound(tmp_path):
    text = (
        "[table widths=10,20c,30r,40 head=2]\n| a | b | c | d |\n| e | f | g | h |\n| i\\|j | k | l | 　字下げ |\n[end]\n"
        "[body] 終\n[table widths=100 head=0 grid=0]\n| x |\n[end]\n"
    )
    data = build(text, "x")
    is_sound(data, tmp_path)
    assert text_of(data, "x") == text


def test_an_indent_of_full_width_spaces_in_a_cell_is_kept():
    assert "| 　内訳 |" in text_of(build("[table widths=100 head=0]\n| 　内訳 |\n[end]\n", "x"), "x")


def test_a_bar_in_a_cell_is_escaped_there_and_back():
    text = "[table widths=50,50 head=0]\n| a\\|b | \\| |\n[end]\n"
    data = build(text, "x")
    assert "a|b" in parts_of(data)["word/document.xml"].decode()
    assert text_of(data, "x") == text


def test_what_was_built_is_filled_like_any_template():
    data = build(
        "[jo] {{ jo(\"a\") }}　{{甲}}は、\\t{{ v }}\n{%p if t %}\n[ko] {{ ko() }}　項\n{%p endif %}\n"
        "[table widths=50,50 head=1]\n| 名 | 額 |\n{%tr for r in rows %}\n| {{ r }} | 1 |\n{%tr endfor %}\n[end]\n", "x",
    )  # fmt: skip
    document = made_of(data, terms={"甲": "発注者"}, v="値", t=True, rows=["a", "b"])
    assert document.twin == "第1条　発注者は、\t値\n2　項\n| 名 | 額 |\n| a | 1 |\n| b | 1 |\n\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("本文\n", 1), ("[body] a\n[unknown] b\n", 2), ("[body]a\n[Body] b\n", 2), ("[end]\n", 1),
        ("[table widths=50,50]\n| a | b |\n", 2), ("[table widths=50,50]\n[end]\n", 2),
        ("[table widths=50,50]\n| a |\n[end]\n", 2), ("[table widths=50,50]\n| a | b\n[end]\n", 2),
        ("[table widths=50,50]\na | b\n[end]\n", 2), ("[table]\n| a |\n[end]\n", 1),
        ("[table widths=x]\n| a |\n[end]\n", 1), ("[table widths=0,0]\n| a | b |\n[end]\n", 1),
        ("[table widths=nan]\n| a |\n[end]\n", 1), ("[table widths=inf]\n| a |\n[end]\n", 1),
        ("[table widths=1e999]\n| a |\n[end]\n", 1), ("[table widths=100 heads=1]\n| a |\n[end]\n", 1),
        ("[table widths=100 head=x]\n| a |\n[end]\n", 1), ("[table widths=100 grid=2]\n| a |\n[end]\n", 1),
        ("[body] a\x01b\n", 1), ("[body] a\ufdd3b\n", 1), ("[body] a\n[table widths=100]\n| \x08 |\n[end]\n", 3),
        ("{%p if x %}[body] 失われる{%p endif %}\n", 1), ("{%p if x %}失われる%}\n", 1),
        ("[table widths=100]\n{%tr if x %}| 失われる |{%tr endif %}\n[end]\n", 2),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_built_is_said_with_its_number(text, line):
    with pytest.raises(MasterError, match=r"[ぁ-ん]") as caught:
        build(text, "x.txt")
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == ("x.txt", line)


# -- a city's own file --------------------------------------------------------------------


def test_paragraphs_of_other_styles_are_shown_as_body():
    assert (
        text_of(a_docx(p("見出し", "Heading1"), "<w:p/>", p("条", "KianJo")), "x")
        == "[body] 見出し\n[body]\n[jo] 条\n"
    )


def test_runs_that_word_tore_apart_are_one_line():
    assert (
        text_of(a_docx(p(run("前") + run("{{ v", "<w:rPr><w:b/></w:rPr>") + run(" }}"))), "x")
        == "[body] 前{{ v }}\n"
    )


def test_text_in_content_controls_is_shown():
    control = f"<w:sdt><w:sdtContent>{p('中')}{table(tr('a', 'b'))}</w:sdtContent></w:sdt>"
    text = text_of(a_docx(p("前"), control, p("後")), "x")
    assert [line for line in text.splitlines() if not line.startswith("[table")] == [
        "[body] 前", "[body] 中", "| a | b |", "[end]", "[body] 後",
    ]  # fmt: skip


def test_a_file_that_python_docx_wrote_is_read():
    from .test_slots import by_python_docx

    assert text_of(by_python_docx("一", "二 {{ v }}"), "x") == "[body] 一\n[body] 二 {{ v }}\n"
