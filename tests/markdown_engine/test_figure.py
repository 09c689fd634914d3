"""Drawings: the same in Word and HTML, whole or refused."""

from __future__ import annotations

import struct

import pytest

from gen.word.emf import emf_of
from gen.word.figure import Figure

from .scenario import DRAFT, GANTT, made, word_xml

SMALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'


def records(data: bytes) -> list[tuple[int, bytes]]:
    out, at = [], 0
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        out.append((kind, data[at + 8 : at + size]))
        at += size
    return out


def test_a_figure_stands_in_word_html_and_twin() -> None:
    paper = made("前\n\n{{ g }}\n\n{{ g }}\n", g=Figure(GANTT, 160, 60, '工程 "A" <B>'))
    assert paper.twin.count('［図：工程 "A" <B>］') == 2
    parts = paper.stamped(DRAFT).parts
    assert [name for name in parts if "media" in name] == [
        "word/media/kian-figure1.emf", "word/media/kian-figure1.svg",
        "word/media/kian-figure2.emf", "word/media/kian-figure2.svg",
    ]  # fmt: skip
    assert b"image/svg+xml" in parts["[Content_Types].xml"]
    assert len([one for one in word_xml(paper).iter() if str(one.tag).endswith("}svgBlip")]) == 2
    assert (paper.html or "").count('role="img"') == 2 and "R&amp;D &lt;A&gt; abc" in (paper.html or "")


def test_a_metafile_is_whole() -> None:
    data = emf_of(GANTT, 160, 60)
    kinds = [kind for kind, _ in records(data)]
    assert kinds[0] == 1 and kinds[-1] == 14
    size, count = struct.unpack_from("<II", data, 48)
    assert (size, count) == (len(data), len(kinds))
    assert kinds.count(84) == GANTT.count("<text") and data == emf_of(GANTT, 160, 60)
    texts = [
        body[68 : 68 + 2 * struct.unpack_from("<I", body, 36)[0]].decode("utf-16-le")
        for k, body in records(data)
        if k == 84
    ]
    assert "税務（固定資産）" in texts and "R&D <A> abc" in texts


@pytest.mark.parametrize(
    "inside",
    ["<path/>", '<rect onclick="x"/>', '<rect fill="url(#a)"/>', "<script/>", '<text x="1" y="1"><tspan/></text>',
     '<rect x="nan"/>', '<polygon points="1"/>', '<image href="http://example.com"/>'],
)  # fmt: skip
def test_what_word_could_not_show_is_refused_where_it_is_made(inside: str) -> None:
    with pytest.raises(ValueError):
        Figure(SMALL.format(inside), 10, 10, "図")
