"""The draft mark and the provenance: in every document, whatever template it came from."""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import unescape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gen.errors import UserError
from gen.word.package import Package, read_package
from gen.word.slots import property_parts, read_provenance, with_slots

from .scenario import (
    DRAFT,
    FINAL,
    W,
    a_docx,
    a_zip,
    is_sound,
    made,
    made_of,
    p,
    parts_of,
    run,
    xml_of,
)

MARK = "【案】　第1版　作成日　令和8年4月1日"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def by_python_docx(*paragraphs: str, header: str | None = None, sections: int = 1) -> bytes:
    """A city's own template, as python-docx writes it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for _ in range(sections - 1):
        document.add_section()
    if header is not None:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def headers_of(data: bytes) -> list[str]:
    """The text of the header on each section's pages, as python-docx finds it."""
    document = docx.Document(io.BytesIO(data))
    return ["\n".join(p.text for p in section.header.paragraphs) for section in document.sections]


# -- draft mark ---------------------------------------------------------------------------


def test_the_draft_mark_stands_in_the_header_and_goes_with_the_final_paper():
    document = made(p("x"))
    assert headers_of(document.write(DRAFT, {})) == [MARK]
    assert headers_of(document.write(FINAL, {})) == [""]
    assert document.fingerprint(DRAFT) != document.fingerprint(FINAL)
    assert document.text_digest == made(p("x")).text_digest


def test_the_draft_mark_comes_and_goes_any_number_of_times():
    document = made(p("x"))
    first = document.write(DRAFT, {})
    document.write(FINAL, {})
    assert document.write(DRAFT, {}) == first
    again = made_of(first)
    assert headers_of(again.write(DRAFT, {})) == [MARK]
    assert headers_of(again.write(FINAL, {})) == [""]


@pytest.mark.parametrize("sections", [1, 3])
def test_a_template_without_a_header_gets_one_on_every_page(sections):
    document = made_of(by_python_docx("本文 {{ v }}", sections=sections), v="値")
    assert headers_of(document.write(DRAFT, {})) == [MARK] * sections
    assert headers_of(document.write(FINAL, {})) == [""] * sections
    assert document.twin.startswith("本文 値\n")


def test_a_template_with_a_header_keeps_it_below_the_mark():
    document = made_of(by_python_docx("本文", header="青葉台市 {{ v }}"), v="値")
    assert headers_of(document.write(DRAFT, {})) == [f"{MARK}\n青葉台市 値"]
    assert headers_of(document.write(FINAL, {})) == ["\n青葉台市 値"]


def test_a_template_with_headers_only_on_first_pages_shows_the_mark_on_all():
    document = docx.Document()
    document.add_paragraph("本文")
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "初頁"
    out = io.BytesIO()
    document.save(out)
    data = made_of(out.getvalue()).write(DRAFT, {})
    section = docx.Document(io.BytesIO(data)).sections[0]
    assert [one.text for one in section.first_page_header.paragraphs] == [MARK, "初頁"]
    assert headers_of(data) == [MARK]


def test_even_pages_show_the_mark_too():
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].header.paragraphs[0].text = "奇数"
    document.sections[0].even_page_header.paragraphs[0].text = "偶数"
    out = io.BytesIO()
    document.save(out)
    section = docx.Document(io.BytesIO(made_of(out.getvalue()).write(DRAFT, {}))).sections[0]
    assert [one.text for one in section.even_page_header.paragraphs] == [MARK, "偶数"]
    assert [one.text for one in section.header.paragraphs] == [MARK, "奇数"]


def test_a_template_that_has_the_styles_but_lost_the_slot_gets_no_style_twice():
    header = f'<w:hdr xmlns:w="{W[1:-1]}">{p("x")}</w:hdr>'
    document = made(p("x"), parts={"word/header1.xml": header})
    styles = xml_of(document, "word/styles.xml")
    ids = [style.get(f"{W}styleId") for style in styles.iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    assert MARK in "".join(xml_of(document, "word/header1.xml").itertext())


def test_a_mark_that_word_saved_with_attributes_is_still_found():
    slot = (
        f'<w:hdr xmlns:w="{W[1:-1]}"><w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:pPr><w:pStyle w:val="KianDraft"/>'
        f'<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:pPr>{run("【案】　第9版")}{run("古い")}</w:p></w:hdr>'
    )
    document = made(p("x"), parts={"word/header1.xml": slot})
    assert headers_of(document.write(DRAFT, {})) == [MARK]
    assert headers_of(document.write(FINAL, {})) == [""]


def test_a_body_without_a_section_gets_one():
    data = parts_of(a_docx(p("x")))
    body = etree.fromstring(data["word/document.xml"])
    for section in list(body.iter(f"{W}sectPr")):
        section.getparent().remove(section)
    for name in ("word/header1.xml", "word/footer1.xml"):
        del data[name]
    data["word/document.xml"] = etree.tostring(body)
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
        data[name] = re.sub(rb"<(?:Relationship|Override) [^>]*/(?:header|footer)1?[^>]*>", b"", data[name])
        data[name] = re.sub(
            rb"<(?:Relationship|Override) [^>]*\"(?:header|footer)1\.xml[^>]*>", b"", data[name]
        )
    assert headers_of(made_of(a_zip(data)).write(DRAFT, {})) == [MARK]


@pytest.mark.parametrize("part", ["word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"])
def test_a_template_that_lacks_a_part_of_any_word_file_is_refused_and_no_crash(part):
    parts = parts_of(a_docx(p("x")))
    del parts[part]
    del parts["word/header1.xml"]
    with pytest.raises(UserError, match=re.escape(part)):
        made_of(a_zip(parts))


# -- provenance ---------------------------------------------------------------------------

XML_TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=30
)


@settings(max_examples=60)
@given(st.dictionaries(st.from_regex(r"Kian[A-Z][a-z]{1,9}", fullmatch=True), XML_TEXT, max_size=6), XML_TEXT)
def test_provenance_is_read_back_as_it_was_written(properties, title):
    package = Package(dict(property_parts(title, "2026-04-01", properties)))
    assert read_provenance(package, "x") == properties
    core = etree.fromstring(package.parts["docProps/core.xml"])
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") in (title, None if title else "")


def test_provenance_travels_in_the_file_and_not_in_the_fingerprint():
    document = made(p("x"))
    first = document.write(DRAFT, {"KianVersion": "1", "KianProfile": "a\"<&>'"})
    package = read_package(first, "x")
    assert read_provenance(package, "x") == {"KianVersion": "1", "KianProfile": "a\"<&>'"}
    other = read_package(document.write(DRAFT, {"KianVersion": "2"}), "x")
    from gen.word.package import fingerprint

    assert fingerprint(package.parts) == fingerprint(other.parts) == document.fingerprint(DRAFT)


def test_provenance_of_a_template_does_not_pass_to_its_documents():
    template = made(p("x")).write(DRAFT, {"KianVersion": "9", "KianOld": "1"})
    done = made_of(template).write(DRAFT, {"KianVersion": "1"})
    assert read_provenance(read_package(done, "x"), "x") == {"KianVersion": "1"}


def test_a_file_without_provenance_has_none():
    assert read_provenance(read_package(a_docx(p("x")), "x"), "x") == {}


def test_slots_are_put_in_once():
    once = with_slots(read_package(a_docx(p("x")), "x"), "x")
    assert with_slots(once, "x").parts == once.parts


def test_the_version_stands_in_the_mark_and_the_mark_escapes():
    from gen.word.document import Stamp

    document = made(p("x"))
    odd = Stamp(12, "2026-04-01", "<令和&8年>")
    assert headers_of(document.write(odd, {})) == ["【案】　第12版　作成日　<令和&8年>"]
    assert unescape("&lt;") == "<"


# -- schema -------------------------------------------------------------------------------


@pytest.mark.parametrize("stamp", [DRAFT, FINAL], ids=["draft", "final"])
def test_what_comes_of_our_template_is_sound(stamp, tmp_path):
    is_sound(made(p("{{ v }}"), v="A&B").write(stamp, {"KianVersion": "1"}), tmp_path)


def test_what_comes_of_a_template_without_header_is_as_sound_as_it_was(tmp_path):
    import subprocess
    import sys

    from .scenario import CHECKER

    def complaints(data: bytes) -> set[str]:
        file = tmp_path / "x.docx"
        file.write_bytes(data)
        done = subprocess.run([sys.executable, CHECKER, file], capture_output=True, text=True, check=False)
        return {line for line in done.stdout.splitlines() if "checked" not in line}

    template = by_python_docx("本文", sections=2)
    assert complaints(made_of(template).write(DRAFT, {})) <= complaints(template)


def test_a_refused_header_names_the_file():
    with pytest.raises(UserError) as caught:
        made(p("x"), parts={"word/header1.xml": "<w:hdr"})
    assert str(caught.value.place) == "main.docx"


def test_pages_of_a_kind_for_which_a_template_has_no_header_show_the_mark_too():
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].header.paragraphs[0].text = "奇数"
    out = io.BytesIO()
    document.save(out)
    section = docx.Document(io.BytesIO(made_of(out.getvalue()).write(DRAFT, {}))).sections[0]
    assert [one.text for one in section.header.paragraphs] == [MARK, "奇数"]
    assert [one.text for one in section.first_page_header.paragraphs] == [MARK]
    assert [one.text for one in section.even_page_header.paragraphs] == [MARK]
