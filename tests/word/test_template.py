"""Templates compile in a sandbox; whatever is wrong is said with file, paragraph and condition."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from gen.clauses import Wording
from gen.errors import UserError
from gen.japanese import Digits
from gen.report import FindingsError
from gen.word.late import Late
from gen.word.marks import Term, Value
from gen.word.row import Row
from gen.word.template import TemplateError

from .scenario import (
    DRAFT,
    UNKNOWN,
    W,
    a_docx,
    is_sound,
    made,
    made_of,
    p,
    parts_of,
    refused,
    run,
    steer,
    table,
    templates,
    tr,
    twin,
    xml_of,
)

# -- what a template may not do ---------------------------------------------------------

ESCAPES = [
    "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ v.__class__ }}",
    "{{ v['__class__'] }}", "{{ r._fields }}", "{{ r.__class__ }}", "{{ r['_fields'] }}", "{{ u._path }}",
    "{{ jo.__globals__ }}", "{{ ref.__code__ }}", "{{ has.__globals__ }}", "{{ jo.__wrapped__ }}",
    "{{ v|attr('upper') }}", "{{ '%s' % v }}", "{{ '{0.__class__}'.format(v) }}",
    "{{ '{0.__class__}'.format_map(v) }}", "{{ v.format(1) }}", "{{ v.upper() }}", "{{ joiner() }}",
    "{{ cycler('a') }}", "{{ lipsum() }}", "{{ lipsum.__globals__ }}", "{{ namespace() }}", "{{ dict() }}",
    "{{ range(1000000000) }}", "{% for x in range(10) %}a{% endfor %}", "{{ self }}", "{{ self.__init__ }}",
    "{{ loop }}", "{{ config }}", "{{ request }}", "{{ get_flashed_messages }}", "{{ environment }}",
    "{{ context }}", "{{ v|map('upper') }}", "{{ v|safe }}", "{{ v|xmlattr }}", "{{ v|tojson }}",
    "{{ v|pprint }}", "{{ v|center(1000000000) }}", "{{ v|batch(3) }}", "{{ v|_mark(0) }}",
    "{{ v|_not }}", "{{ v|_sign(True) }}", "{% if v|_mark(0) %}a{% endif %}", "{{ v is callable }}",
    "{{ v is sameas(v) }}", "{{ v is filter('x') }}",
]  # fmt: skip
EATERS = [
    "{{ 'a' * 1000000000 }}", "{{ [1] * 1000000000 }}", "{{ 10 ** 1000000000 }}", "{{ 2 ** 2 }}",
    "{{ 'a'.center(1000000000) }}", "{{ v.ljust(1000000000) }}", "{{ 'a'.zfill(1000000000) }}",
    "{{ v.replace('', v) }}", "{{ '%1000000000d' % 1 }}", "{{ v + v }}", "{{ [v] + [v] }}", "{{ 1 / 0 }}",
    "{{ 999999999999999 + 999999999999999 + 1 + 999999999999999 }}", "{{ " + "9" * 5000 + " }}",
    "{% set a = v %}{{ a }}", "{% set a %}x{% endset %}", "{% filter upper %}x{% endfilter %}",
    "{% macro m() %}x{% endmacro %}", "{% call v() %}x{% endcall %}", "{% import 'x' as y %}",
    "{% from 'x' import y %}", "{% extends 'x' %}", "{% block b %}x{% endblock %}", "{% with a = 1 %}{% endwith %}",
    "{% autoescape false %}{{ v }}{% endautoescape %}", "{% do v %}", "{% raw %}{{ v }}{% endraw %}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", "{{ 1 if }}", "{{ }}", "{{ v", "{% if v %}",
    "{% endif %}", "{% for x in %}{% endfor %}", "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "".join("{% for a" + str(n) + " in [1] %}" for n in range(30)) + "x" + "{% endfor %}" * 30,
    "".join("{% if v %}" for n in range(120)) + "x" + "{% endif %}" * 120,
    "".join("{% for a" + str(n + 1) + " in [" + " ~ ".join(["a" + str(n)] * 100) + "] %}" for n in range(8))
    + "x" + "{% endfor %}" * 8,
    '{% include "main.docx#word/styles.xml" %}', "{% include v %}", "{% include ['clauses/c.docx'] %}",
]  # fmt: skip


@pytest.mark.parametrize("text", [*ESCAPES, *EATERS], ids=lambda text: text[:50])
def test_what_reaches_out_of_the_sandbox_or_eats_memory_is_refused_at_once(text):
    began = time.perf_counter()
    facts = {"v": Value("v"), "r": Row(a="1"), "u": UNKNOWN, "has": lambda name: True, "a0": "x" * 100}
    assert "main.docx" in refused(p(text), **facts) or "文書に残っています" in refused(p(text), **facts)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    "text", ["{{r v }}", "{{p v }}", "{{tr v }}", "{{tc v }}", "{%r if v %}x{%r endif %}"]
)
def test_rich_text_of_docxtpl_is_refused_by_name(text):
    assert text[:3] in refused(p(text), v="v")
    assert "使えません" in refused(p(text), v="v")


def test_rich_text_torn_apart_by_word_is_refused_too():
    assert "使えません" in refused(p(run("{") + run("{r ") + run("v }}")), v="v")


@pytest.mark.parametrize("tag", ["{% colspan 2 %}", "{% cellbg 'FF0000' %}", "{% vm %}", "{% hm %}"])
def test_tags_that_end_in_the_attributes_of_a_cell_are_refused(tag):
    assert "main.docx" in refused(table(tr(tag + "a", "b")), p("x"))


def test_a_tag_inside_an_attribute_is_refused():
    body = '<w:p><w:pPr><w:pStyle w:val="{{ v }}"/></w:pPr></w:p>'
    assert "書式" in refused(body, v="v")


@pytest.mark.parametrize(
    "text", ["{%- if v %}a{% endif %}", "{% if v -%}a{% endif %}", "{{- v }}", "{{ v -}}"]
)
def test_trimming_tags_are_refused_because_they_eat_the_text_beside_them(text):
    assert "失われます" in refused(p("前"), p("先" + text + "後"), v="v")


def test_text_beside_a_tag_that_stands_for_its_paragraph_is_refused_and_not_lost():
    said = refused(p("失われる文字{%p if v %}"), p("a"), steer("{%p endif %}"), v=True)
    assert "失われる文字" in said
    assert refused(steer("{%p if v %}本文{%p endif %}"), v=True)
    assert refused(p(run("失われる") + run("{%") + run("p if v %}")), p("a"), steer("{%p endif %}"), v=True)


def test_cells_beside_a_tag_that_stands_for_its_row_are_refused_and_not_lost():
    rows = table(tr("{%tr for x in rows %}", "失われる"), tr("{{ x }}", ""), tr("{%tr endfor %}", ""))
    assert "失われる" in refused(rows, p("x"), rows=["1"])


def test_a_cell_whose_paragraphs_all_fall_away_keeps_an_empty_one(tmp_path):
    """Word calls a file with a cell without a paragraph damaged."""
    cell = '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>{}</w:tc>'
    inner = steer("{%p if t %}") + p("a") + steer("{%p endif %}")
    document = made(table(f"<w:tr>{cell.format(inner)}{cell.format(p('b'))}</w:tr>"), p("x"), t=False)
    assert document.twin == "|  | b |\nx\n"
    assert [cell[-1].tag for cell in xml_of(document).iter(f"{W}tc")] == [f"{W}p"] * 2
    is_sound(document.write(DRAFT, {}), tmp_path)


def test_a_nested_table_may_repeat_its_own_rows():
    inner = table(tr("{%tr for x in rows %}", ""), tr("{{ x }}", "1"), tr("{%tr endfor %}", ""))
    cell = f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{inner}{p("外")}</w:tc>'
    text = twin(table(f"<w:tr>{cell}</w:tr>", columns=1), p("x"), rows=["あ", "い"])
    assert all(word in text for word in ("あ", "い", "外"))


# -- what is said -----------------------------------------------------------------------


def test_a_name_that_does_not_exist_is_said_with_file_paragraph_and_condition():
    blocks = [p("前文"), steer("{%p if t %}"), steer("{%p for x in rows %}"), p("受注者は、{{ k.naem }}を"),
              steer("{%p endfor %}"), steer("{%p endif %}")]  # fmt: skip
    said = refused(*blocks, t=True, rows=[1], k=Row(name="x"))
    assert said.splitlines() == [
        "ひな形「main.docx」: {{ k.naem }}: 「naem」という名前はありません。",
        "    段落: 受注者は、{{ k.naem }}を",
        "    条件: if t → for x in rows",
        "main.docx",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ cty }}", "cty"), ("{{ cty.name }}", "cty"), ("{{ k.name.x }}", "x"), ("{{ d.naem }}", "naem"),
        ("{{ d['naem'] }}", "naem"), ("{{ d.a.b }}", "b"), ("{% if cty %}{% endif %}", "cty"),
        ("{% for x in cty %}{% endfor %}", "cty"), ("{{ 1 if cty else 2 }}", "cty"), ("{{ 'a' ~ cty }}", "cty"),
        ("{{ nothing() }}", "nothing"),
    ],
)  # fmt: skip
def test_the_name_that_is_wrong_is_the_one_named(text, name):
    assert f"「{name}」という名前はありません" in refused(p(text), k=Row(name="x"), d={"a": "x"})


@pytest.mark.parametrize(
    ("blocks", "said", "paragraph"),
    [
        ((p("前"), steer("{%p if fact.nothing %}"), p("中"), steer("{%p endif %}")),
         "「fact.nothing」という名前はありません。", "{%p if fact.nothing %}"),
        ((p('{{ jo("a") }}　前{% if fact.nothing == 1 %}a{% endif %}。'),),
         "「fact.nothing」という名前はありません。", "…　前{% if fact.nothing == 1 %}a{% endif %}。"),
        ((p("前"), steer("{%p iff fact.a %}"), p("中")),
         "「iff」というタグはありません。", "{%p iff fact.a %}"),
        ((p("前"), steer("{%p set x = 1 %}")), "この書き方（set）はひな形では使えません。", "{%p set x = 1 %}"),
        ((p("{% if fact.a %}x"),), "「if」が閉じていません。「endif」を書いてください。", "{% if fact.a %}x"),
        ((p("{% for x in l %}{% if x %}{% endfor %}"),), "「endfor」の前に、「if」が閉じていません。", "{% for"),
        ((p("a{% endif %}"),), "「endif」に対応する「if」がありません。", "a{% endif %}"),
        ((p("{% if fact.a = 1 %}{% endif %}"),), "「=」ではなく「==」と書きます。", "{% if fact.a = 1 %}"),
        ((p("{{ fact a }}"),), "「a」の前で、括弧「)」又はタグ「}}」が閉じていません。", "{{ fact a }}"),
        ((p("{% for x l %}{% endfor %}"),), "「l」の所には「in」が要ります。", "{% for x l %}"),
        ((p("{{ fact．a }}"),), "「．」という文字はタグの中に書けません", "{{ fact．a }}"),
        ((p("{{ (fact.a }}"),), "「}」の前に「)」が要ります。", "{{ (fact.a }}"),
        ((p("{{ fact.a|upper }}"),), "フィルター「upper」は使えません。", "{{ fact.a|upper }}"),
        ((p("{% if fact.a is odd %}{% endif %}"),), "「is odd」は使えません。", ""),
        ((p("{% if fact.a > 'x' %}{% endif %}"),), "大小を比べられない値", "{% if fact.a > 'x' %}"),
    ],
)  # fmt: skip
def test_what_jinja_says_is_said_in_japanese_with_the_right_paragraph(blocks, said, paragraph):
    told = refused(*blocks, fact=Row(a=1), l=[])
    assert said in told
    assert f"段落: {paragraph}" in told or not paragraph
    assert not re.search("[\ufdd0-\ufdef]", told)
    assert not re.search("token|template|tag|unexpected|undefined|object|Error", told)


def test_our_own_condition_around_a_clause_is_not_shown():
    clause = a_docx(steer("{%p if t %}"), p("{{ naem }}"), steer("{%p endif %}"))
    said = refused(steer('{%p include "clauses/c.docx" %}'), clauses={"c": clause}, t=True)
    assert "条件: if t" in said
    assert "_applies" not in said


def test_a_citation_without_target_names_template_and_paragraph():
    clause = a_docx(p('{{ jo("a") }}　甲は、{{ ref("nothing") }}による。'))
    with pytest.raises(FindingsError) as caught:
        twin(p("前"), steer('{%p include "clauses/c.docx" %}'), clauses={"c": clause})
    (found,) = [one.message for one in caught.value.report if "nothing" in one.message]
    assert "引用先の「nothing」がこの文書にありません。" in found
    assert "ひな形: clauses/c.docx" in found
    assert "段落: …　甲は、…による。" in found


def test_a_wrong_name_in_a_clause_names_the_clause():
    said = refused(
        p("前"), steer('{%p include "clauses/c.docx" %}'), clauses={"c": a_docx(p("一"), p("二 {{ naem }}"))}
    )
    assert "ひな形「clauses/c.docx」: {{ naem }}: 「naem」" in said
    assert "段落: 二 {{ naem }}" in said


def test_a_tag_that_does_not_parse_in_a_clause_names_the_clause():
    said = refused(
        steer('{%p include "clauses/c.docx" %}'), clauses={"c": a_docx(p("一"), p("二 {{ 1 + }}"))}
    )
    assert "clauses/c.docx" in said
    assert "段落: 二" in said


def test_a_missing_clause_is_said_and_never_skipped():
    assert "clauses/c.docx" in refused(steer('{%p include "clauses/c.docx" %}'))
    assert refused(steer('{%p include "clauses/c.docx" ignore missing %}'))


def test_a_clause_that_includes_itself_or_its_host_is_refused():
    loop = a_docx(steer('{%p include "clauses/c.docx" %}'))
    said = refused(steer('{%p include "clauses/c.docx" %}'), clauses={"c": loop})
    assert "循環" in said
    one, two = (a_docx(steer('{%p include "clauses/' + name + '.docx" %}')) for name in ("two", "one"))
    assert "循環" in refused(steer('{%p include "clauses/one.docx" %}'), clauses={"one": one, "two": two})


def test_a_nest_of_loops_over_much_is_stopped_by_size():
    blocks = [
        p("{% for a in x %}{% for b in x %}{% for c in x %}{{ big }}{% endfor %}{% endfor %}{% endfor %}")
    ]
    assert "大きすぎます" in refused(*blocks, x=list(range(200)), big="あ" * 5000)


@pytest.mark.parametrize("value", [None, True, 1.5, [1], {"a": 1}, (1,), object(), b"x", lambda: 1])
def test_what_is_no_text_and_no_whole_number_is_not_printed(value):
    assert "印字できない" in refused(p("{{ v }}"), v=value)


@pytest.mark.parametrize(
    "sign", ["\ufdd0", "\ufdd3", "\ufdef", "\x00", "\x0b", "\r", "\ud800", "\uffff", "\x1b"]
)
def test_signs_that_no_document_may_hold_are_refused_in_a_value(sign):
    assert f"U+{ord(sign):04X}" in refused(p("{{ v }}"), v=f"a{sign}b")


def test_our_own_signs_are_refused_in_a_template():
    assert "U+FDD0" in refused(p("a\ufdd3jo\ufdd4"))


def test_a_bad_call_is_said_with_its_paragraph():
    assert "jo(…)" in refused(p("{{ jo('Bad Name') }}"))
    assert "引数" in refused(p("{{ jo('a', 'b', 'c', 'd') }}"))
    assert "jo(…)" in refused(p("{{ jo(v) }}"), v=Value("第1条"))
    assert "引用先の「gone」" in refused(p("{{ ref('gone') }}"))


def test_a_number_joined_by_a_tilde_is_refused_with_a_reason():
    assert "つなげられません" in refused(p("{{ jo('a') ~ 'x' }}"))


def test_a_template_that_does_not_exist_is_said():
    with pytest.raises(TemplateError, match=r"none.docx"):
        templates({}).get("none.docx")


@pytest.mark.parametrize("part", ["word/footnotes.xml", "word/endnotes.xml", "word/charts/chart1.xml"])
def test_a_tag_where_nothing_is_filled_is_refused_and_not_left(part):
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = f"<w:footnotes {ns}><w:footnote><w:p>{run('{{ v')}{run(' }}')}</w:p></w:footnote></w:footnotes>"
    assert part in refused(p("x"), parts={part: data}, v="v")


# -- what a template may do ---------------------------------------------------------------


def test_tags_torn_apart_by_word_are_joined():
    text = p(run("前{") + run("{ ", "<w:rPr><w:b/></w:rPr>") + '<w:proofErr w:type="spellStart"/>' + run("k.na")
             + run("me }") + run("}後"))  # fmt: skip
    assert twin(text, k=Row(name="値")) == "前値後\n"


def test_conditions_may_compare_with_less_and_more_and_ampersand():
    assert twin(p("{% if 1 < 2 %}a{% endif %}{% if 2 > 1 %}b{% endif %}")) == "ab\n"
    assert twin(p("{% if v == 'R&D' %}a{% else %}b{% endif %}"), v="R&D") == "a\n"
    assert twin(p("{{ jo('a') }}{{ items('R&D<1>', 'x') }}"), p("{{ go() }}"), p("{{ go() }}")) == (
        "第1条R&D<1>\n(1)\n(2)\n"
    )


def test_quotes_that_word_made_round_are_read_as_quotes():
    assert twin(p("{{ jo(“a”) }}{% if v == ‘x’ %}y{% endif %}"), v="x") == "第1条y\n"


def test_static_text_follows_the_style_of_the_city_and_values_never_do():
    wording = Wording(comma="，", kanji_conjunctions=False, digits=Digits.FULL)
    text = twin(p("甲及び乙、3日 R&D 1&2 {{ v }}"), v="A及びB、10円", wording=wording)
    assert text == "甲および乙，３日 R&D １&２ A及びB、10円\n"


def test_words_of_the_city_are_put_in_as_they_are():
    terms = {"甲": "A&B<1>", "乙": "{{ k.secret }}"}
    assert twin(p("{{甲}}は"), terms=terms) == "A&B<1>は\n"
    assert "secret" in refused(p("{{ 乙 }}は"), terms=terms, k=Row(secret="漏"))  # as text, never as a tag
    assert twin(p("{{ 甲 if t else 丙 }}は"), t=True, 甲=Term("A&B"), 丙=Term("C")) == "A&Bは\n"


def test_the_words_of_the_city_are_not_restyled():
    assert twin(
        p("{{甲}}、"), terms={"甲": "第1課、及び"}, wording=Wording(comma="，", kanji_conjunctions=False)
    ) == ("第1課、及び，\n")


def test_clauses_are_included_with_numbers_and_facts_of_their_host():
    clause = a_docx(p("{{ jo('b') }}　{{ v }}"), table(tr("{{ v }}", "2")), p("終"))
    text = twin(
        p("{{ jo('a') }}"), steer('{%p include "clauses/c.docx" %}'), p("{{ jo('d') }} {{ prev('b') }}"),
        clauses={"c": clause}, v="値",
    )  # fmt: skip
    assert text == "第1条\n第2条　値\n| 値 | 2 |\n終\n第3条 前条\n"


def test_a_clause_that_does_not_apply_is_left_out_and_citations_close_up():
    clause = a_docx(p("{{ jo('b') }}"))
    blocks = [
        p("{{ jo('a') }}"),
        steer('{%p include "clauses/c.docx" %}'),
        p("{{ jo('d') }} {{ prev('a') }}"),
    ]
    text = twin(*blocks, clauses={"c": clause}, _applies=lambda name: False)
    assert text == "第1条\n第2条 前条\n"


def test_a_clause_that_surely_does_not_apply_is_not_even_compiled():
    clauses = {"c": a_docx(p("{{ 1 + }}"))}
    blocks = p("本文"), steer('{%p include "clauses/c.docx" %}')
    assert twin(*blocks, clauses=clauses, _applies=lambda name: False) == "本文\n"
    assert "1 +" in refused(*blocks, clauses=clauses, _applies=lambda name: UNKNOWN)


def test_only_the_names_that_a_template_or_its_clauses_ask_for_are_made():
    made: list[str] = []

    def maker(name: str) -> Callable[[], str]:
        return lambda: made.append(name) or name

    facts = Late({name: maker(name) for name in ("own", "of_clause", "of_nobody")})
    files = {
        "main.docx": a_docx(p("{{ own }} {{ own }}"), steer('{%p include "clauses/c.docx" %}')),
        "clauses/c.docx": a_docx(p("{{ of_clause }}")),
    }
    context = facts | Late({"_applies": lambda: lambda name: True})
    filled = templates(files).fill("main.docx", context)
    assert [mark.text for mark in filled.recorder.marks] == ["own", "own", "of_clause"]
    assert sorted(made) == ["of_clause", "own"]


def test_a_clause_that_may_apply_stands_under_its_sign():
    clause = a_docx(p("{{ jo('b') }}"))
    text = twin(
        steer('{%p include "clauses/c.docx" %}'), clauses={"c": clause}, _applies=lambda name: UNKNOWN
    )
    assert text == "【選択：予定価格】\n第1条\n"


def saved_by_word(*blocks: str) -> bytes:
    """A Word file whose namespaces are declared once, at the root, as Word does."""
    document = parts_of(a_docx("@"))["word/document.xml"].decode().replace("@", "".join(blocks))
    spaces = (
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' mc:Ignorable="w14"><w:body>'
    )
    return a_docx(parts={"word/document.xml": document.replace("><w:body>", spaces)})


def test_a_clause_that_word_saved_brings_nothing_of_its_own_namespaces():
    body = (
        '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00A1"><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
        '<w:r><w:rPr><w14:ligatures w14:val="none"/></w:rPr><w:t>本文</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>'
    )
    clause = saved_by_word(f"<w:sdt><w:sdtPr/><w:sdtContent>{body}</w:sdtContent></w:sdt>")
    blocks = [p("前"), steer('{%p include "clauses/c.docx" %}'), steer('{%p include "clauses/c.docx" %}')]
    document = made(*blocks, clauses={"c": clause})
    assert document.twin == "前\n本文\n本文\n"
    assert not xml_of(document).xpath("//*[namespace-uri()!=$w]", w=xml_of(document).nsmap["w"])


@pytest.mark.parametrize(
    "inner",
    [
        "<mc:AlternateContent><mc:Choice Requires='w14'><w:r><w:t>a</w:t></w:r></mc:Choice></mc:AlternateContent>",
        "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r>",
        "<w:hyperlink r:id='rId9'><w:r><w:t>a</w:t></w:r></w:hyperlink>",
        "<w:r><w:footnoteReference w:id='1'/></w:r>",
    ],
)  # fmt: skip
def test_a_clause_that_leans_on_parts_of_its_own_file_is_refused(inner):
    with pytest.raises(UserError, match=r"clauses/c.docx"):
        made(
            steer('{%p include "clauses/c.docx" %}'),
            clauses={"c": saved_by_word(f"<w:p>{inner}</w:p>")},
        )


# -- headers ------------------------------------------------------------------------------

HDR = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'
DRAFT_SLOT = '<w:p><w:pPr><w:pStyle w:val="KianDraft"/></w:pPr></w:p>'


def test_a_header_is_filled_proved_and_keeps_its_draft_mark():
    header = HDR.format(DRAFT_SLOT + p("{{ v }}"))
    document = made(p("x"), parts={"word/header1.xml": header}, v="A&B")
    text = "".join(xml_of(document, "word/header1.xml").itertext())
    assert text == "【案】　第1版　作成日　令和8年4月1日A&B"
    assert document.twin == "x\n"


def test_a_tag_torn_apart_in_a_header_is_filled_too():
    header = HDR.format(DRAFT_SLOT + p(run("{") + run("{ v }") + run("}")))
    document = made(p("x"), parts={"word/header1.xml": header}, v="値")
    assert "".join(xml_of(document, "word/header1.xml").itertext()).endswith("値")


def test_a_header_without_a_slot_gets_one_and_keeps_its_values():
    document = made(p("x"), parts={"word/header1.xml": HDR.format(p("{{ v }}"))}, v="値")
    assert (
        "".join(xml_of(document, "word/header1.xml").itertext()) == "【案】　第1版　作成日　令和8年4月1日値"
    )


def test_a_footer_is_filled_and_proved():
    footer = HDR.format(p("{{ v }}")).replace("w:hdr", "w:ftr")
    document = made(p("x"), parts={"word/footer1.xml": footer}, v="値")
    assert "".join(xml_of(document, "word/footer1.xml").itertext()) == "値"


def test_an_undecided_value_in_a_header_prints_blanks_and_is_remembered():
    header = HDR.format(DRAFT_SLOT + p("{{ v }}"))
    document = made(p("{{ w }}"), parts={"word/header1.xml": header}, v=UNKNOWN, w="x")
    assert document.undecided == ("k.x",)
    assert "〇〇〇〇" in "".join(xml_of(document, "word/header1.xml").itertext())


def test_an_article_number_in_a_header_is_refused():
    header = HDR.format(DRAFT_SLOT + p("{{ ref('a') }}"))
    assert "ヘッダー" in refused(p("{{ jo('a') }}"), parts={"word/header1.xml": header})


# -- one environment, many fillings -------------------------------------------------------


def test_a_template_is_compiled_once_and_filled_alike_each_time():
    data = a_docx(p("{{ v }}"), steer("{%p if u %}"), p("a"), steer("{%p endif %}"))
    first = made_of(data, v="一", u=UNKNOWN)
    again = made_of(data, v="一", u=UNKNOWN)
    assert first.twin == again.twin
    assert dict(first.package.parts) == dict(again.package.parts)


def test_one_filling_leaves_nothing_for_the_next():
    from gen.word.document import finish

    all_of_them = templates({"a.docx": a_docx(p("{{ v }}{% if u %}x{% endif %}"))})
    one = finish(all_of_them.fill("a.docx", {"v": "一", "u": UNKNOWN}), "t", Wording())
    two = finish(all_of_them.fill("a.docx", {"v": "二", "u": False}), "t", Wording())
    assert (one.twin, one.undecided) == ("一【選択：予定価格】x\n", ("k.x",))
    assert (two.twin, two.undecided) == ("二\n", ())
    with pytest.raises(TemplateError):
        all_of_them.fill("a.docx", {"v": None, "u": False})
    assert finish(all_of_them.fill("a.docx", {"v": "三", "u": False}), "t", Wording()).twin == "三\n"


def test_two_fillings_at_a_time_do_not_mix():
    from gen.word.document import finish

    all_of_them = templates({"a.docx": a_docx(p("{{ v }}"))})
    one, two = all_of_them.fill("a.docx", {"v": "一"}), all_of_them.fill("a.docx", {"v": "二"})
    assert [finish(filled, "t", Wording()).twin for filled in (one, two)] == ["一\n", "二\n"]
