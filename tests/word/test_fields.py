"""Numbers in bookmarks, citations as REF fields: well-formed in any run, unique in any file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.clauses import Wording
from gen.clauses.tokens import jo, ref
from gen.japanese import Digits
from gen.word.fields import place_tokens

from .scenario import DRAFT, FINAL, UNKNOWN, W, is_sound, made, made_of, p, run, steer, table, tr, xml_of

BOLD = "<w:rPr><w:b/></w:rPr>"
TRACKED = (
    '<w:rPr><w:b/><w:rPrChange w:id="9" w:author="x" w:date="2026-04-01T00:00:00Z"><w:rPr><w:i/></w:rPr>'
    "</w:rPrChange></w:rPr>"
)


def a_contract(*more: str, **facts: object):
    return made(
        p("{{ hd('fee') }}　契約金額", "KianHead"), p("{{ jo('a') }}　前", "KianJo"),
        p("{{ ko('k') }}　{{ ref('a') }}、{{ ref('fee') }}", "KianKo"), p("{{ go('g') }}　号", "KianGo"),
        p("{{ jo('b') }}　{{ prev('a') }}、{{ ref('a', ko='k') }}、{{ ref('a', go='g') }}、{{ ref('n') }}", "KianJo"),
        p("{{ attach('n', '別記') }}", "KianAttach"), p("{{ dai('x') }}　{{ refs('a', 'b') }}", "KianJo"), *more, **facts,
    )  # fmt: skip


def bookmarks(document) -> dict[str, str]:
    """Name of each bookmark and the text inside it."""
    root, out = xml_of(document), {}
    for start in root.iter(f"{W}bookmarkStart"):
        text, element = "", start.getnext()
        while not (element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == start.get(f"{W}id")):
            text += "".join(element.itertext(f"{W}t"))
            element = element.getnext()
        out[start.get(f"{W}name")] = text
    return out


def citations(document) -> list[tuple[str, str]]:
    return [
        (field.get(f"{W}instr").split()[1], "".join(field.itertext(f"{W}t")))
        for field in xml_of(document).iter(f"{W}fldSimple")
        if field.get(f"{W}instr").split()[0] == "REF"
    ]


@pytest.mark.parametrize("digits", Digits)
def test_what_a_field_shows_is_what_its_bookmark_holds(digits):
    document = a_contract(wording=Wording(digits=digits))
    held = bookmarks(document)
    assert len(citations(document)) == 10
    assert all(held[name] == text for name, text in citations(document))


def test_text_of_a_contract_with_all_its_numbers():
    assert a_contract().twin.splitlines() == [
        "1　契約金額", "第1条　前", "2　第1条、頭書第1項", "(1)　号", "第2条　前条、第1条第2項、第1条第2項第1号、別記", "別記",
        "第1　契約約款第1条及び第2条",
    ]  # fmt: skip


def test_every_bookmark_has_an_id_and_a_name_of_its_own():
    own = (
        '<w:p><w:bookmarkStart w:id="1" w:name="mine"/><w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id="1"/>'
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
        '<w:bookmarkStart w:name="_k_a" w:id="7"/><w:bookmarkEnd w:id="7"/></w:p>'
    )
    root = xml_of(a_contract(own))
    starts, ends = list(root.iter(f"{W}bookmarkStart")), list(root.iter(f"{W}bookmarkEnd"))
    assert len({one.get(f"{W}id") for one in starts}) == len(starts)
    assert len({one.get(f"{W}name") for one in starts}) == len(starts)
    assert sorted(one.get(f"{W}id") for one in starts) == sorted(one.get(f"{W}id") for one in ends)
    assert "mine" in {one.get(f"{W}name") for one in starts}


def test_alternatives_share_no_bookmark():
    blocks = [steer("{%p if u %}"), p("{{ jo('z') }}{{ ko('k2') }}"), steer("{%p else %}"),
              p("{{ jo('z') }}{{ ko('k2') }}"), steer("{%p endif %}"), p("{{ ref('z') }}")]  # fmt: skip
    document = a_contract(*blocks, u=UNKNOWN)
    names = [one.get(f"{W}name") for one in xml_of(document).iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert citations(document)[-1][0] in names


@pytest.mark.parametrize(
    "properties", ["", "<w:rPr/>", BOLD, TRACKED], ids=["none", "empty", "bold", "tracked"]
)
def test_a_number_keeps_the_form_of_the_run_it_stands_in(properties, tmp_path):
    line = p(run("前{{ jo('a') }}中{{ ref('a') }}後", properties))
    document = made(line)
    assert document.twin == "前第1条中第1条後\n"
    runs = [r for r in xml_of(document).iter(f"{W}r") if "".join(r.itertext(f"{W}t"))]
    forms = [[child.tag for child in r.iterfind(f"{W}rPr/{W}b")] for r in runs]
    assert len(runs) == 5
    assert all(len(form) == properties.count("<w:b/>") for form in forms)
    is_sound(document.write(DRAFT, {}), tmp_path)


@pytest.mark.parametrize(
    "inner",
    [
        run("太", BOLD) + run("{{ jo('a') }}"),
        run("太", BOLD) + '<w:r w:rsidR="00AB12CD"><w:rPr><w:i/></w:rPr><w:t>{{ jo(\'a\') }}</w:t></w:r>',
        "<w:r><w:tab/><w:t>{{ jo('a') }}</w:t><w:br/><w:t>x{{ ref('a') }}</w:t></w:r>",
        f'<w:hyperlink w:anchor="x">{run(chr(123) * 2 + " jo(" + repr("a") + ") }}")}</w:hyperlink>',
        run("{{ v }}{{ jo('a') }}{{ v }}", BOLD),
        run("{{ jo('a') }}{{ ref('a') }}{{ ref('a') }}"),
    ],
    ids=["after bold", "attributes", "tab", "link", "values", "neighbours"],
)  # fmt: skip
def test_numbers_stand_well_among_other_runs(inner, tmp_path):
    document = made(p(inner), v="値")
    assert "第1条" in document.twin
    assert len(bookmarks_anywhere(document)) == 1
    is_sound(document.write(DRAFT, {}), tmp_path)


def bookmarks_anywhere(document) -> list[str]:
    return [one.get(f"{W}name") for one in xml_of(document).iter(f"{W}bookmarkStart")]


def test_numbers_stand_in_cells_too(tmp_path):
    document = made(table(tr("{{ jo('a') }}", "{{ ref('a') }}")), p("x"))
    assert document.twin == "| 第1条 | 第1条 |\nx\n"
    is_sound(document.write(DRAFT, {}), tmp_path)


def test_an_italic_run_before_a_plain_one_lends_it_nothing():
    document = made(p(run("斜", "<w:rPr><w:i/></w:rPr>") + run("{{ jo('a') }}")))
    assert [r.find(f"{W}rPr") is not None for r in xml_of(document).iter(f"{W}r")] == [True, False]


CALLS = st.sampled_from(["{{ jo('%s') }}", "{{ ko() }}", "{{ go() }}", "値{{ v }}", "x", "{{ ref('a') }}"])
RUNS = st.lists(st.tuples(st.lists(CALLS, max_size=4), st.sampled_from(["", BOLD])), max_size=4)


@settings(max_examples=40, deadline=None)
@given(st.lists(RUNS, max_size=4))
def test_any_mix_of_runs_gives_whole_xml_and_unique_bookmarks(paragraphs):
    count = iter(range(1000))
    blocks = [p("{{ jo('a') }}")]
    for runs in paragraphs:
        inner = "".join(
            run("".join(call % f"x{next(count)}" if "%s" in call else call for call in calls), properties)
            for calls, properties in runs
        )
        blocks.append(p(inner or run("")))
    document = made(*blocks, v="値")
    names = bookmarks_anywhere(document)
    assert len(names) == len(set(names))
    assert all(name in names for name, _ in citations(document))


def test_the_field_names_its_target_by_relative_number_and_survives_a_final_copy():
    document = a_contract(p("{{ v }}"), v=UNKNOWN)
    draft = document.stamped(DRAFT).parts["word/document.xml"]
    final = document.stamped(FINAL).parts["word/document.xml"]
    assert draft.count(b"REF _k_") == final.count(b"REF _k_")
    assert b"comment" in draft
    assert b"comment" not in final


def test_sound_with_everything(tmp_path):
    document = a_contract(p("{{ v }}{{ w }}"), table(tr("{{ v }}", "1")), p("終"), v=UNKNOWN, w="A&B\n2")
    is_sound(document.write(DRAFT, {"KianVersion": "1"}), tmp_path)


def test_a_template_that_was_a_paper_of_ours_can_be_filled_again():
    paper = made(p("{{ jo('a') }}"), p("{{ jo('b') }} {{ ref('a') }}"))
    again = made_of(paper.stamped(DRAFT).write())
    assert again.twin == paper.twin
    assert b"_k_a" in paper.stamped(DRAFT).parts["word/document.xml"]
    assert b'w:name="_k_a"' not in again.stamped(DRAFT).parts["word/document.xml"]


def test_each_number_keeps_the_form_of_the_run_that_it_stands_in() -> None:
    """Also far behind others, in a run that holds two, and behind one without any form."""
    forms = ["", "<w:rPr><w:b/></w:rPr>", "", "<w:rPr><w:i/></w:rPr>"]
    text = "".join(
        f"<w:p><w:r>{form}<w:t>{jo(f'a{n}')}　{ref('a0')}</w:t></w:r></w:p>" for n, form in enumerate(forms)
    )
    placed = place_tokens(text, Wording(), alternatives=False)
    for n, form in enumerate(forms):
        paragraph = placed.text.split("</w:p>")[n]
        if form:
            assert paragraph.count(form) == paragraph.count("<w:r>") > 2
        else:
            assert "<w:rPr>" not in paragraph
