"""Nothing is lost, nothing is left: every value in the text, exactly, and the proof of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.clauses import SIGNS
from gen.word.inspection import inspect
from gen.word.marks import MARK, Value, strip_marks
from gen.word.package import parse_xml
from gen.word.row import Row

from .scenario import (
    DRAFT,
    W,
    a_docx,
    is_sound,
    made,
    p,
    refused,
    run,
    steer,
    table,
    templates,
    tr,
    twin,
    xml_of,
)

XML_TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff").filter(
        lambda sign: not SIGNS.search(sign)
    )
    | st.sampled_from("\n\t<>&{}%#|\\\"'　 ↵"),
    max_size=40,
)
HARD = [
    "A<B>C", "R&D部", "&amp;", "{{ x }}", "{% if %}", "{# x #}", "a|b", "\\|", "a\\", "一\n二", "一\t二",
    "\n", " 前後 ", "　全角　", "𠮷野家", "葛\U000e0100城", "👨‍👩‍👧", "\u202eabc\u202c", "שלום", "None", "nan", "Undefined",
    "第12条", "別記9", "前条", "]]>", "<!-- x -->", "</w:t></w:r></w:p>", "&#0;", "\u2028", "\u00a0", "\ue000", "0", "",
    "【選択：x】", "〔引用先なし〕", "'\"“”", "\x85", "%}", "}}",
]  # fmt: skip
BODY = a_docx(p("前{{ v }}後"), table(tr("{{ v }}", "右{{ w }}")), p(run("{{ v }}", "<w:rPr><w:b/></w:rPr>")))
COMPILED = templates({"main.docx": BODY})


def in_text(value: str) -> str:
    return value.replace("\n", "↵")


def in_cell(value: str) -> str:
    return in_text(value).replace("|", "\\|")


def filled(v: str, w: str):
    from gen.clauses import Wording
    from gen.word.document import finish

    return finish(COMPILED.fill("main.docx", {"v": v, "w": w}), "t", Wording())


def texts(document) -> list[str]:
    """The text of each paragraph as any reader of Word sees it."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return [
        "".join(marks.get(e.tag, "") + (e.text or "" if e.tag == f"{W}t" else "") for e in paragraph.iter())
        for paragraph in xml_of(document).iter(f"{W}p")
    ]


def holds(v: str, w: str) -> None:
    document = filled(v, w)
    assert texts(document) == [f"前{v}後", v, f"右{w}", v]
    assert document.twin == (f"前{in_text(v)}後\n| {in_cell(v)} | 右{in_cell(w)} |\n{in_text(v)}\n")
    assert [row.text for row in document.trace] == [v, v, w, v]
    assert [row.line for row in document.trace] == [1, 2, 2, 3]


@pytest.mark.parametrize("value", HARD)
def test_a_hard_value_reaches_the_text_exactly(value):
    holds(value, f"x{value}y")


@settings(max_examples=150, deadline=None)
@given(XML_TEXT, XML_TEXT)
def test_any_value_reaches_the_text_exactly(v, w):
    holds(v, w)


def test_no_mark_and_no_sign_of_ours_is_left_in_the_file():
    document = made(p("{{ jo('a') }} {{ v }} {{ ref('a') }}"), v="x")
    for data in document.stamped(DRAFT).parts.values():
        assert not SIGNS.search(data.decode("utf-8", "replace"))


def test_whole_numbers_print_and_values_carry_their_field():
    document = made(p("{{ n }}{{ k.v }}"), n=3, k=Row(v=Value("値", "city.name")))
    assert [(row.text, row.path) for row in document.trace] == [("3", ""), ("値", "city.name")]
    assert [row.expression for row in document.trace] == ["n", "k . v"]


def test_a_hard_value_leaves_a_sound_file(tmp_path):
    value = "A<B>&{{ x }}\n\t|𠮷"
    data = filled(value, value).write(DRAFT, {"KianVersion": "1"})
    is_sound(data, tmp_path, allowed="{{ x }}")


# -- a value that is lost is found --------------------------------------------------------

BROKEN = [
    ("cut short", lambda xml: xml.replace("値段", "値")),
    ("changed", lambda xml: xml.replace("値段", "値団")),
    ("gone", lambda xml: re.sub(r"\ufdd0.*?\ufdd2", "", xml)),
    ("hidden", lambda xml: xml.replace("<w:t ", "<w:x ").replace("</w:t>", "</w:x>")),
    ("twice", lambda xml: re.sub(r"(\ufdd0.*?\ufdd2)", r"\1\1", xml)),
    ("deleted", lambda xml: xml.replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>")),
    ("half a mark", lambda xml: xml.replace("\ufdd2", "")),
]


@pytest.mark.parametrize("breaks", [breaks for _, breaks in BROKEN], ids=[name for name, _ in BROKEN])
def test_a_value_that_does_not_reach_the_text_is_found(breaks):
    done = templates({"main.docx": a_docx(p("前{{ v }}後"))}).fill("main.docx", {"v": "値段"})
    xml = done.texts["word/document.xml"]
    whole = inspect(parse_xml(xml.encode(), "x"), done.recorder.marks, done.recorder.expressions, frozenset())
    assert not whole.faults
    broken = inspect(
        parse_xml(breaks(xml).encode(), "x"), done.recorder.marks, done.recorder.expressions, frozenset()
    )
    assert broken.faults


def test_a_value_in_text_that_word_deleted_counts_as_lost():
    deleted = f'<w:p><w:del w:id="1" w:author="x">{run("{{ v }}")}</w:del></w:p>'
    assert "正しく現れていません" in refused(deleted, v="値")


@settings(max_examples=100)
@given(XML_TEXT)
def test_marks_are_taken_out_and_nothing_else(text):
    assert strip_marks(f"a\ufdd00\ufdd1{text}\ufdd2b") == f"a{text}b"
    assert MARK.fullmatch(f"\ufdd012\ufdd1{text}\ufdd2").group(2) == text


# -- what is left over --------------------------------------------------------------------


@pytest.mark.parametrize("text", ["None", "nan", "Undefined", "}}", "%}", "#}"])
def test_what_a_template_left_in_its_text_is_refused(text):
    assert text in refused(p(f"前{text}後" if not text.isalpha() else f"前 {text} 後"))


@pytest.mark.parametrize("text", ["Nonesuch", "financial", "banana", "{", "}", "100%", "#1", "a % b"])
def test_words_that_only_look_like_leftovers_are_text(text):
    assert twin(p(f"前{text}後")) == f"前{text}後\n"


def test_an_attachment_that_is_named_must_be_there():
    assert "別記" in refused(p("別記のとおり"))
    assert "別紙2" in refused(p("別紙2のとおり"), p("{{ attach('a', '別紙') }}"))
    assert twin(p("別記のとおり"), p("{{ attach('a', '別記') }}")) == "別記のとおり\n別記\n"


@pytest.mark.parametrize("text", ["特別記載事項", "個別記録", "種別記号", "別表第一", "別紙様式", "区別紙面"])
def test_words_that_only_look_like_attachments_are_text(text):
    assert twin(p(text)) == f"{text}\n"


def test_a_text_box_in_a_cell_is_read_once():
    box = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{p('{{ v }}')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    cell = f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{box}</w:tc>'
    assert twin(table(f"<w:tr>{cell}</w:tr>", columns=1), p("x"), v="箱") == "| 箱 |\nx\n"


def test_values_in_tracked_insertions_and_links_and_controls_are_read():
    body = (
        f'<w:p><w:ins w:id="1" w:author="x">{run("{{ v }}")}</w:ins><w:hyperlink w:anchor="a">{run("{{ v }}")}'
        f"</w:hyperlink><w:sdt><w:sdtContent>{run('{{ v }}')}</w:sdtContent></w:sdt></w:p>"
    )
    assert twin(body, v="値") == "値値値\n"


def test_values_in_a_loop_are_each_proved():
    document = made(steer("{%p for r in rows %}"), p("{{ r }}"), steer("{%p endfor %}"), rows=["a", "a", "b"])
    assert [(row.line, row.text) for row in document.trace] == [(1, "a"), (2, "a"), (3, "b")]
