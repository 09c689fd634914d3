"""Any text that a profile accepts stands in the checklists and plans as typed, and changes nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from drafting.scenario import CITY, ON, a_studio
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from gen.drafting.planning import stamp_of
from gen.profile import Profile, load_profile_bytes
from gen.word.document import Document

IDS = (
    "procedures/migration@juki",
    "procedures/overview",
    "plans/backup",
    "plans/restore@juki",
    "plans/restore-test",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NASTY = st.sampled_from(
    ["|", "*", "_", "`", "**太字**", "<script>alert(1)</script>", "&amp;", "{{ k }}", "{%", "#}", "🎌", "𠮷", "葛\U000e0100",
     "שלום", "\\", "[ ]", "- [ ] ", "# ", "1. ", "{pagebreak}", "第1条", "、及び", "　", "<!--kian-head-->"]
)  # fmt: skip
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))
TEXTS = st.lists(st.one_of(NASTY, st.text(LETTERS, max_size=4)), min_size=1, max_size=5).map("".join)
PROSE = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
SHOWN = {
    "name": IDS,
    "product": ("procedures/migration@juki",),
    "former_product": ("plans/backup", "plans/restore@juki"),  # until the cut-over
    "owner": ("procedures/migration@juki", "procedures/overview"),
    "manual": ("plans/backup", "plans/restore@juki"),
}
"""Where each field is printed."""


def a_profile(texts: dict[str, str]) -> Profile | None:
    """The city whose system holds these texts; None where the profile refuses them."""
    system = {
        **CITY["systems"]["juki"],
        "state": "移行中",
        "cut_over": "令和9年1月4日",
        **{name: text for name, text in texts.items() if name != "manual"},
    }
    plan = {
        "rpo": "1営業日",
        "rto": "12時間",
        "interval": "1日",
        "retention": "1年",
        "manual": texts["manual"],
    }
    city = {**CITY, "systems": {"juki": system}, "backup": {"systems": {"juki": plan}}}
    return load_profile_bytes({"profile.yaml": json.dumps(city, ensure_ascii=False).encode()}).profile


def papers(profile: Profile) -> dict[str, Document]:
    studio = a_studio(profile, ON)
    return {id: studio.make(studio.chosen([id])[0]) for id in IDS}


def word(paper: Document) -> etree._Element:
    return etree.fromstring(paper.stamped(stamp_of(1, ON)).parts["word/document.xml"])


def page(paper: Document) -> html.HtmlElement:
    return html.document_fromstring(paper.write_html(stamp_of(1, ON), {}).decode("utf-8"))


def word_text(paper: Document) -> str:
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    kinds = (f"{W}t", *signs)
    return "".join(signs.get(str(one.tag), one.text or "") for one in word(paper).iter(*kinds))


def page_text(paper: Document) -> str:
    root = page(paper)
    for br in root.iter("br"):
        br.tail = "\n" + (br.tail or "")
    return "".join(root.find("body").itertext())


def structure(paper: Document) -> tuple[list[str], list[str]]:
    """Tables, rows, cells, headings and lists of both outputs, without their words."""
    kinds = (f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sectPr", f"{W}pStyle")
    of_word = [f"{one.tag}{one.get(f'{W}val', '')}" for one in word(paper).iter(*kinds)]
    inline = ("br", "span", "svg", "text", "rect", "line", "polygon", "polyline", "circle", "g", "tspan")
    of_page = [str(one.tag) for one in page(paper).find("body").iter() if one.tag not in inline]
    return of_word, of_page


def bare(text: str) -> str:
    """Without spaces and the signs that a twin puts before a bar (Word and HTML prove those)."""
    return re.sub(r"[\s\\]", "", text)


PLAIN = papers(a_profile(dict.fromkeys(SHOWN, "あ")))  # type: ignore[arg-type]
SHAPES = {id: structure(paper) for id, paper in PLAIN.items()}


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.fixed_dictionaries({**dict.fromkeys(SHOWN, TEXTS), "manual": PROSE}))
@example(dict.fromkeys(SHOWN, "A|B*C* <script>x</script>{{ k }}🎌𠮷שלום"))
@example(dict.fromkeys(SHOWN, "a\\|b"))
@example({**dict.fromkeys(SHOWN, "x"), "manual": "1. 紙の台帳\n\n# 受付\n| a | b |"})
def test_a_text_of_the_profile_stands_exactly_in_word_html_and_twin(texts: dict[str, Any]) -> None:
    profile = a_profile(texts)
    assume(profile is not None)
    assert profile is not None
    kept = {
        "name": profile.systems["juki"].name,
        "product": profile.systems["juki"].product,
        "former_product": profile.systems["juki"].former_product,
        "owner": profile.systems["juki"].owner,
        "manual": profile.backup.systems["juki"].manual,
    }
    made = papers(profile)
    for id, paper in made.items():
        assert structure(paper) == SHAPES[id], id
        twin = bare(paper.twin.replace("↵", "\n"))
        for field, value in kept.items():
            if id in SHOWN[field] and isinstance(value, str):
                assert value == texts[field] or value == texts[field].strip() or "\n" in texts[field], field
                for told in (word_text(paper), page_text(paper)):
                    assert value in told, (id, field)
                assert bare(value) in twin, (id, field)


@pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\u2067"])
def test_a_mark_that_turns_the_writing_round_never_reaches_a_paper(mark: str) -> None:
    assert a_profile({**dict.fromkeys(SHOWN, "あ"), "product": f"住記{mark}Ｖ２"}) is None
