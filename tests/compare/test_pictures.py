"""Charts that Kian draws, in papers that a person edited: the new drawing comes, as a tracked change.

Files are shaped as Kian, Word (parts named anew) and LibreOffice (a metafile of its own, no SVG) write them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tools.check_docx import findings as docx_findings

from gen.compare import read_paper
from gen.compare.merging import Merged, merge
from gen.compare.redline import redline
from gen.word.figure import Figure, drawing_xml, with_figures
from gen.word.house import house_package
from gen.word.package import BadWordFile, read_package

from .scenario import from_word, p, parts_of, rewritten, run, saved_by_libreoffice, table
from .word_does import settled

ON = date(2026, 7, 1)
PNG = b"\x89PNG\r\n\x1a\n of a person"
RELS = "word/_rels/document.xml.rels"


def chart(width: int, alt: str = "工程表") -> Figure:
    bar = f'<rect x="1" y="1" width="{width}" height="20" fill="#888888"/>'
    return Figure(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{bar}</svg>', 50, 25.4, alt)


def a_file(*things: str | Figure | list[list[str]]) -> bytes:
    """A Word file of lines, tables and charts, as Kian makes it."""
    figures = [one for one in things if isinstance(one, Figure)]
    body, number = "", 0
    for at, one in enumerate(things, 1):
        if isinstance(one, Figure):
            number += 1
            body += f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{drawing_xml(one, number)}</w:r></w:p>'
        else:
            body += table(*one) if isinstance(one, list) else p(one, at)
    return with_figures(house_package(body), figures, "x").write()


def in_word(data: bytes) -> bytes:
    """What Word leaves of the pictures: parts named image1.emf, image2.svg; relations counted anew."""
    parts = parts_of(from_word(data))
    names = sorted(name for name in parts if name.startswith("word/media/"))
    for at, name in enumerate(names, 1):
        new = f"media/image{at}{Path(name).suffix}"
        parts[RELS] = parts[RELS].replace(name.removeprefix("word/").encode(), new.encode())
        parts[f"word/{new}"] = parts.pop(name)
    ids = sorted(set(re.findall(rb'Id="(rIdKian\w+)"', parts[RELS])))
    for at, old in enumerate(ids, 70):
        for part in (RELS, "word/document.xml"):
            parts[part] = parts[part].replace(b'"%s"' % old, b'"rId%d"' % at)
    return house_package("").with_parts({**dict.fromkeys(house_package("").parts), **parts}).write()


def replaced(data: bytes) -> bytes:
    """Word's 図の変更: another image under the same name and description."""
    parts = parts_of(data)
    parts["word/media/own.png"] = PNG
    parts[RELS] = re.sub(rb"media/kian-figure1\.emf", b"media/own.png", parts[RELS])
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1
    )
    parts["word/document.xml"] = re.sub(rb"<a:extLst>.*?</a:extLst>", b"", parts["word/document.xml"])
    return house_package("").with_parts(parts).write()


def merged(base: bytes, theirs: bytes, ours: bytes, *, clean: bool = False) -> Merged:
    papers = (read_paper(one, "x") for one in (base, theirs, ours))
    return merge(*papers, on=ON, say=lambda one: one.kind, clean=clean)


def shown(data: bytes) -> list[bytes]:
    """What the drawings of a file show, in order, read by plain means: the SVG, or the picture; relations must lead there."""
    parts = parts_of(data)
    targets = {one.get("Id"): one.get("Target") for one in etree.fromstring(parts[RELS])}
    out = []
    for drawing in etree.fromstring(parts["word/document.xml"]).iter("{*}drawing"):
        ids = [one.get(key) for one in drawing.iter() for key in one.attrib if str(key).endswith("}embed")]
        out.append(parts[f"word/{targets[ids[-1]]}"])
    return out


BASE, OURS = a_file("前", chart(30), "後"), a_file("前", chart(60), "後")
MORE = a_file("前", chart(60), "間", chart(10, "容量の図"), "後")
SAVED: dict[str, Callable[[bytes], bytes]] = {"as Kian wrote it": bytes, "as Word saves it": in_word}


def tell(base: bytes, theirs: bytes, ours: bytes, folder: Path) -> bytes:
    """Merge, and hold what holds for every merge: both texts and pictures, no finding, a second time nothing."""
    done = merged(base, theirs, ours)
    file = done.package.write()
    back, before = (settled(one, accept=False, author="Kian") for one in (file, theirs))
    assert (shown(back), read_paper(back, "x").twin) == (shown(before), read_paper(before, "x").twin)
    (folder / "merged.docx").write_bytes(file)
    assert docx_findings(folder / "merged.docx") == []
    again = merged(ours, file, ours)
    assert (again.changes, again.conflicts, again.package.write()) == (0, (), file)
    return file


@pytest.mark.parametrize("saved", SAVED)
def test_a_new_drawing_takes_the_place_of_one_that_the_person_left_alone(saved: str, tmp_path: Path) -> None:
    theirs = SAVED[saved](rewritten(BASE, lambda xml: xml.replace("前", "前書き")))
    file = tell(BASE, theirs, OURS, tmp_path)
    accepted = settled(file, accept=True, author="Kian")
    assert shown(accepted) == shown(OURS) != shown(BASE)
    assert "前書き" in read_paper(accepted, "x").twin
    assert re.search(r"<w:ins [^>]*><w:r><w:drawing>", parts_of(file)["word/document.xml"].decode())


@pytest.mark.parametrize("saved", SAVED)
def test_clean_puts_it_in_directly_and_leaves_no_part_of_the_old_one(saved: str) -> None:
    done = merged(BASE, SAVED[saved](BASE), OURS, clean=True)
    assert shown(done.package.write()) == shown(OURS)
    assert b"<w:ins" not in done.package.parts["word/document.xml"]
    assert len([name for name in done.package.parts if name.startswith("word/media/")]) == 2


def test_pending_drawings_that_newer_facts_overtake_leave_no_part_behind(tmp_path: Path) -> None:
    file, before = BASE, BASE
    for width in (31, 32, 33, 34):
        now = a_file("前", chart(width), "後")
        file, before = tell(before, file, now, tmp_path), now
    assert shown(file) == [*shown(BASE), *shown(before)]
    assert len([name for name in parts_of(file) if name.startswith("word/media/")]) == 4


def test_a_drawing_with_another_description_and_one_that_is_new_come_too(tmp_path: Path) -> None:
    for theirs in (BASE, in_word(BASE)):
        file = tell(BASE, theirs, MORE, tmp_path)
        assert shown(settled(file, accept=True)) == shown(MORE)
    file = tell(BASE, BASE, a_file("前", chart(30, "全く別の話"), "後"), tmp_path)
    assert "全く別の話" in read_paper(file, "x").twin and "工程表" not in read_paper(file, "x").twin


def test_a_drawing_that_goes_is_struck_and_one_that_stays_is_left(tmp_path: Path) -> None:
    assert shown(settled(tell(MORE, in_word(MORE), OURS, tmp_path), accept=True)) == shown(OURS)
    same = merged(BASE, in_word(BASE), a_file("前", chart(30), "後書き")).package.write()
    assert shown(same) == shown(BASE)


def test_a_drawing_that_the_person_replaced_stays_and_the_new_one_comes_beside_it(tmp_path: Path) -> None:
    theirs = replaced(BASE)
    assert [one.kind for one in merged(BASE, theirs, OURS).conflicts] == ["text"]
    assert shown(settled(tell(BASE, theirs, OURS, tmp_path), accept=True)) == [PNG, *shown(OURS)]
    assert merged(BASE, theirs, BASE).changes == 0


def test_a_drawing_that_the_person_took_out_comes_with_a_question_only_where_it_changed(
    tmp_path: Path,
) -> None:
    theirs = a_file("前", "後")
    assert [one.kind for one in merged(BASE, theirs, OURS).conflicts] == ["gone"]
    assert shown(tell(BASE, theirs, OURS, tmp_path)) == shown(OURS)
    assert merged(BASE, theirs, BASE).changes == 0


def test_names_and_relations_that_the_person_has_already_are_not_taken_again(tmp_path: Path) -> None:
    theirs = rewritten(
        rewritten(
            BASE, lambda xml: xml.replace("kian-figure1", "kian-figure2").replace("Svg1", "Svg3"), RELS
        ),
        lambda xml: xml.replace("Svg1", "Svg3"),
    )
    parts = parts_of(theirs)
    for ending in ("emf", "svg"):
        parts[f"word/media/kian-figure2.{ending}"] = parts.pop(f"word/media/kian-figure1.{ending}")
    theirs = house_package("").with_parts({**parts, "word/media/KIAN-figure4.svg": b"another"}).write()
    file = tell(BASE, theirs, OURS, tmp_path)
    assert shown(file) == [*shown(BASE), *shown(OURS)]
    assert parts_of(file)["word/media/KIAN-figure4.svg"] == b"another"
    assert read_package(file, "x")


def test_a_drawing_in_a_table(tmp_path: Path) -> None:
    def cell(width: int) -> bytes:
        drawing = f"<w:p>{run('図')}<w:r>{drawing_xml(chart(width), 1)}</w:r></w:p>"
        return with_figures(house_package(table(["月", drawing]) + p("後")), [chart(width)], "x").write()

    assert shown(settled(tell(cell(30), in_word(cell(30)), cell(60), tmp_path), accept=True)) == shown(
        cell(60)
    )


@pytest.mark.skipif(
    not os.environ.get("CI") and not shutil.which("soffice"),
    reason="LibreOffice is not on this machine (in CI it must be)",
)
def test_a_file_that_libreoffice_saved_takes_the_new_drawing_and_is_opened_by_it_again(
    tmp_path: Path,
) -> None:
    saved = saved_by_libreoffice(tmp_path, {"theirs": BASE})["theirs"]
    assert merged(BASE, saved, BASE).changes == 0
    file = tell(BASE, saved, OURS, tmp_path)
    assert shown(settled(file, accept=True)) == shown(OURS)
    again = saved_by_libreoffice(tmp_path / "again", {"merged": file})["merged"]
    assert len(shown(again)) == 2 and merged(OURS, again, OURS).changes == 0


# -- redlines, and files of strangers --------------------------------------------------------------


def redlined(old: bytes, new: bytes) -> bytes:
    return redline(read_paper(old, "旧"), read_paper(new, "新"), author="Kian", on=ON)


def test_a_redline_shows_the_old_drawing_and_the_new_one() -> None:
    made = redlined(BASE, in_word(MORE))
    assert shown(settled(made, accept=True)) == shown(MORE)
    assert shown(settled(made, accept=False)) == shown(BASE)


HOSTILE = {
    "a script": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>',
    "a link": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="http://a/b"/></svg>',
    "a handler": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"/>',
    "an entity": b'<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "no XML": b"<svg",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_drawing_that_kian_could_not_have_made_is_not_carried_into_a_redline(name: str) -> None:
    parts = parts_of(OURS)
    parts["word/media/kian-figure1.svg"] = HOSTILE[name]
    made = parts_of(redlined(BASE, house_package("").with_parts(parts).write()))
    assert HOSTILE[name] not in made.values()
    assert len([one for one in made if one.startswith("word/media/")]) == 2
    assert "［図：工程表］" in re.sub("<[^>]*>", "", made["word/document.xml"].decode())


def test_a_drawing_that_leads_out_of_the_file_is_refused_before_anything_is_compared() -> None:
    theirs = rewritten(
        OURS,
        lambda xml: xml.replace(
            'Target="media/kian-figure1.svg"', 'Target="http://a/b.svg" TargetMode="External"'
        ),
        RELS,
    )
    with pytest.raises(BadWordFile):
        redlined(BASE, theirs)
    inside = rewritten(OURS, lambda xml: xml.replace("media/kian-figure1.svg", "../../../etc/passwd"), RELS)
    assert b"passwd" not in b"".join(parts_of(redlined(BASE, inside)).values())


def test_nothing_of_a_strangers_drawing_comes_but_what_it_shows() -> None:
    theirs = rewritten(
        OURS, lambda xml: xml.replace("<pic:cNvPicPr/>", '<pic:cNvPicPr preferRelativeResize="0"/>')
    )
    assert b"preferRelative" not in parts_of(redlined(BASE, theirs))["word/document.xml"]
    huge = rewritten(OURS, lambda xml: re.sub(r'<wp:extent cx="\d+"', f'<wp:extent cx="{"9" * 40}"', xml))
    assert len(shown(redlined(BASE, huge))) == 1


def test_a_file_that_the_drawing_makes_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.word.package._MAX_TOTAL", sum(map(len, parts_of(BASE).values())) + 500)
    with pytest.raises(BadWordFile, match="大きさが上限"):
        merged(BASE, BASE, OURS)


# -- any edit, any facts ---------------------------------------------------------------------------

_THING = st.sampled_from(["甲", "乙は払う。", "丙"]) | st.builds(
    chart, st.integers(1, 4), st.sampled_from(["工程表", "容量"])
)


@settings(max_examples=60)
@given(st.lists(_THING, max_size=4), st.lists(_THING, max_size=4), st.sampled_from([bytes, in_word]))
def test_any_drawings(
    old: list[str | Figure], new: list[str | Figure], saved: Callable[[bytes], bytes]
) -> None:
    base, ours = a_file("題", *old, "末"), a_file("題", *new, "末")
    theirs = saved(base)
    file = merged(base, theirs, ours).package.write()
    assert shown(settled(file, accept=True)) == shown(ours)
    assert shown(settled(file, accept=False)) == shown(theirs)
    assert shown(merged(base, theirs, ours, clean=True).package.write()) == shown(ours)
    again = merged(ours, file, ours)
    assert (again.changes, again.package.write()) == (0, file)
