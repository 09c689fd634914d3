"""A Word file as parts: limits against hostile files, one way of writing, one fingerprint."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.word.package import BadWordFile, Package, fingerprint, parse_xml, read_package

from .scenario import DRAFT, a_docx, a_zip, made, p, parts_of

SOUND = a_docx(p("本文"))
SOUND_PARTS = parts_of(SOUND)


def refusal(data: bytes) -> str:
    with pytest.raises(BadWordFile, match=r"[ぁ-ん]") as caught:
        read_package(data, "hostile.docx")
    assert str(caught.value.place) == "hostile.docx"
    assert caught.value.hint
    return caught.value.message


def a_file_with(**parts: bytes | str) -> bytes:
    return a_zip({**SOUND_PARTS, **parts})


# -- hostile ------------------------------------------------------------------------------


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert "大きさ" in refusal(a_file_with(**{"word/media/a.bin": b"\0" * (33 * 1024 * 1024)}))
    many = {f"word/media/{n}.bin": b"\0" * (30 * 1024 * 1024) for n in range(4)}
    assert "大きさ" in refusal(a_file_with(**many))


def test_a_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(a_file_with(**{"word/media/a.bin": b"\0" * 1_000_000}))
    real = struct.pack("<I", 1_000_000)
    while (at := data.find(real)) >= 0:
        data[at : at + 4] = struct.pack("<I", 1_000)
    refusal(bytes(data))


def test_too_many_parts_are_refused():
    assert "多すぎます" in refusal(a_file_with(**{f"x/{n}": b"" for n in range(2001)}))


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "/etc/passwd", "\\evil.xml", "word/../../evil.xml", "c:/evil.xml", "word//document2.xml",
     "./word/x.xml", "word/./x.xml", "word\\x.xml", "word/a:b.xml"],
)  # fmt: skip
def test_names_that_lead_out_are_refused(name):
    assert "名前" in refusal(a_file_with(**{name: b"x"}))


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml"]
)
def test_macros_are_refused_by_name(name):
    assert "マクロ" in refusal(a_file_with(**{name: b"x"}))


@pytest.mark.parametrize(
    "kind",
    ["application/vnd.ms-office.vbaProject", "application/vnd.ms-word.document.macroEnabled.main+xml",
     "application/vnd.ms-word.vbaData+xml"],
)  # fmt: skip
def test_macros_under_another_name_are_refused_by_kind(kind):
    types = SOUND_PARTS["[Content_Types].xml"].decode()
    types = types.replace("</Types>", f'<Override PartName="/word/x.bin" ContentType="{kind}"/></Types>')
    assert "マクロ" in refusal(a_file_with(**{"word/x.bin": b"x", "[Content_Types].xml": types}))


def test_a_part_named_twice_is_refused():
    out = io.BytesIO(SOUND)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", b"<x/>")
    assert "名前" in refusal(out.getvalue())


def test_parts_that_differ_in_letter_case_only_are_refused():
    assert "名前" in refusal(a_file_with(**{"word/DOCUMENT.xml": b"<x/>"}))


@pytest.mark.parametrize(
    "data", [b"", b"x", b"PK\x03\x04", SOUND[: len(SOUND) // 2], SOUND[:-10], SOUND[100:]]
)
def test_what_is_no_whole_package_is_refused(data):
    assert "読めません" in refusal(data)


def test_a_package_without_a_body_is_refused():
    assert "本文" in refusal(a_zip({"[Content_Types].xml": b"<Types/>"}))
    assert "本文" in refusal(a_zip({"word/document.xml": b"<x/>"}))


def test_an_encrypted_package_is_refused():
    data = bytearray(SOUND)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)
    assert "読めません" in refusal(bytes(data))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_damage_anywhere_is_refused_or_harmless_and_never_a_crash(damage):
    data = bytearray(SOUND)
    for at, byte in damage:
        data[at] = byte
    try:
        read_package(bytes(data), "damaged.docx")
    except BadWordFile as error:
        assert error.hint


HOSTILE_XML = {
    "billion laughs": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
    "outside file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "outside dtd": '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd"><x/>',
    "torn": "<x><y></x>",
    "empty": "",
    "deep": "<a>" * 3000 + "</a>" * 3000,
    "unbound": "<w:x/>",
    "entity": "<x>&nbsp;</x>",
}


@pytest.mark.parametrize("text", HOSTILE_XML.values(), ids=HOSTILE_XML)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_hostile_xml_is_refused_in_any_encoding(text, encoding):
    with pytest.raises(BadWordFile, match="XML"):
        parse_xml(text.encode(encoding), "hostile.docx")


def test_xml_without_a_document_type_is_read_in_any_encoding():
    assert parse_xml("<x>あ</x>".encode("utf-16"), "x").text == "あ"


# -- writing ------------------------------------------------------------------------------

NAMES = st.from_regex(
    r"(word/[a-zあ-ん0-9]{1,8}\.bin|(docProps|customXml)/[a-zあ-ん0-9]{1,8}\.(xml|bin))", fullmatch=True
)
PARTS = st.dictionaries(NAMES, st.binary(max_size=300), max_size=8)


@given(PARTS)
def test_what_is_written_is_read_again_by_us_and_by_everyone(parts):
    package = Package({**SOUND_PARTS, **parts})
    data = package.write()
    assert read_package(data, "x").parts == package.parts
    assert parts_of(data) == package.parts
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert read_package(data, "x").write() == data


@given(PARTS, st.randoms())
def test_the_order_in_which_parts_came_does_not_enter_the_file(parts, random):
    whole = list({**SOUND_PARTS, **parts}.items())
    first = Package(dict(whole)).write()
    random.shuffle(whole)
    assert Package(dict(whole)).write() == first
    assert Package(dict(whole)).deflate_all().with_parts({}).write() == first


def test_no_clock_enters_the_file_and_the_types_come_first():
    infos = zipfile.ZipFile(io.BytesIO(SOUND)).infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert [info.filename for info in infos][:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert all(info.compress_type == zipfile.ZIP_DEFLATED for info in infos)


def test_a_replaced_part_is_deflated_anew():
    package = read_package(SOUND, "x").deflate_all()
    changed = package.with_parts({"word/document.xml": b"<new/>", "word/footer1.xml": None})
    assert parts_of(changed.write())["word/document.xml"] == b"<new/>"
    assert "word/footer1.xml" not in parts_of(changed.write())
    assert parts_of(package.write()) == SOUND_PARTS


def test_python_docx_opens_what_is_written():
    document = made(p("本文 {{ v }}"), v="値")
    opened = docx.Document(io.BytesIO(document.write(DRAFT, {"KianVersion": "1"})))
    assert [paragraph.text for paragraph in opened.paragraphs] == ["本文 値"]
    assert opened.core_properties.title == "契約書"


# -- fingerprint --------------------------------------------------------------------------


@given(PARTS)
def test_the_fingerprint_is_the_published_formula(parts):
    whole = b"".join(
        struct.pack(">Q", len(name.encode())) + name.encode() + struct.pack(">Q", len(data)) + data
        for name, data in sorted(parts.items())
        if not name.startswith("docProps/")
    )
    assert fingerprint(parts) == hashlib.sha256(whole).hexdigest()


def test_the_fingerprint_sees_every_part_but_the_properties():
    parts = {"word/a.xml": b"1", "word/b.xml": b"2", "docProps/core.xml": b"3"}
    first = fingerprint(parts)
    assert fingerprint({**parts, "docProps/core.xml": b"x", "docProps/new.xml": b"y"}) == first
    assert fingerprint({**parts, "word/a.xml": b"x"}) != first
    assert fingerprint({**parts, "word/c.xml": b""}) != first
    assert fingerprint({"word/a.xml": b"12", "word/b.xml": b""}) != fingerprint(
        {"word/a.xml": b"1", "word/b.xml": b"2"}
    )


def test_deflate_does_not_enter_the_fingerprint():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    tight = Package(
        SOUND_PARTS,
        {
            "word/document.xml": (
                packer.compress(SOUND_PARTS["word/document.xml"]) + packer.flush(),
                zlib.crc32(SOUND_PARTS["word/document.xml"]),
            )
        },
    )
    assert tight.write() != SOUND
    assert fingerprint(read_package(tight.write(), "x").parts) == fingerprint(SOUND_PARTS)
