"""What each way of writing becomes, in Word, in HTML and in the text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gen.clauses import Wording
from gen.japanese import Digits
from gen.word.row import Row

from .scenario import (
    DRAFT,
    FINAL,
    UNKNOWN,
    W,
    html_text,
    made,
    read_page,
    templates,
    the_demo,
    twin,
    word_xml,
)

CHECKER = Path(__file__).resolve().parents[1] / "tools" / "check_docx.py"
TABLE = "| 名前 | 値 |\n|---|--:|\n"


def styles(text: str, **facts: object) -> list[str]:
    return [one.get(f"{W}val", "") for one in word_xml(made(text, **facts)).iter(f"{W}pStyle")]


def page(text: str, **facts: object) -> str:
    html = made(text, **facts).html
    assert html is not None
    return html.split("<main>")[1]


def test_the_demo_is_sound_for_word(tmp_path: Path) -> None:
    file = tmp_path / "demo.docx"
    for stamp in (DRAFT, FINAL):
        file.write_bytes(the_demo().write(stamp, {"KianDocument": "x"}))
        done = subprocess.run([sys.executable, CHECKER, file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_headings_are_headings_of_word_and_of_the_page() -> None:
    text = "# 一\n\n## 二\n\n### 三\n\n#### 四\n"
    assert styles(text) == [f"KianHeading{n}" for n in (1, 2, 3, 4)]
    assert [tag for tag in read_page(page(text)).tags if tag[0] == "h"] == ["h1", "h2", "h3", "h4"]
    named = page(f"---\ntitle: 表題\n---\n{text}")
    assert [tag for tag in read_page(named).tags if tag[0] == "h"] == ["h1", "h2", "h3", "h4", "h5"]


def test_what_looks_like_html_or_a_link_prints_as_typed() -> None:
    text = "<script>x</script> &amp; &copy; [a](b) ![c](d) <https://example.com>\n\n<div>\n\n* * *x\n"
    assert twin(text)[0] == "<script>x</script> &amp; &copy; [a](b) ![c](d) <https://example.com>"
    assert "<script>x</script>" in html_text(made(text))
    assert "script" not in read_page(made(text).html or "").tags


def test_the_page_asks_nothing_of_the_network() -> None:
    html = the_demo().write_html(DRAFT, {"KianDocument": "x"})
    assert html is not None
    reader = read_page(html.decode())
    assert not reader.addresses
    assert "url(" not in html.decode() and "@import" not in html.decode()


def test_lists_count_and_begin_anew() -> None:
    text = "1. a\n1. b\n    1. c\n        1. d\n1. e\n\n文\n\n1. f\n\n文\n\n7. g\n"
    assert twin(text) == ["1.\ta", "2.\tb", "(1)\tc", "ア\td", "3.\te", "文", "1.\tf", "文", "7.\tg"]


def test_a_loop_of_items_is_one_list_and_a_loop_of_lists_is_many() -> None:
    rows = [Row(n="a"), Row(n="b")]
    assert twin("{% for r in rows %}\n1. {{ r.n }}\n{% endfor %}\n1. c\n", rows=rows) == [
        "1.\ta",
        "2.\tb",
        "3.\tc",
    ]
    many = "{% for r in rows %}\n\n1. {{ r.n }}\n1. x\n\n{% endfor %}\n"
    assert twin(many, rows=rows) == ["1.\ta", "2.\tx", "1.\tb", "2.\tx"]
    assert page(many, rows=rows).count("<ol") == 2


def test_a_condition_around_items_that_ends_in_a_paragraph_takes_blocks() -> None:
    text = "{% if x %}\n- a\n- b\n\n後の段落\n{% endif %}\n"
    assert twin(text, x=True) == ["・\ta", "・\tb", "後の段落"]
    assert twin(text, x=False) == []


def test_boxes_can_be_ticked_in_word_and_on_the_screen() -> None:
    text = "- [ ] する\n- [x] した\n\n| 確認 |\n|---|\n| [ ] 済 |\n"
    assert twin(text) == ["☐\tする", "☑\tした", "| 確認 |", "| ☐ 済 |"]
    assert len(list(word_xml(made(text)).iter(f"{W}sdt"))) == 3
    assert page(text).count('type="checkbox"') == 3 and page(text).count("<label>") == 2


def test_tables_repeat_their_heads_and_keep_their_rows() -> None:
    text = "{widths=10,30 head=2}\n" + TABLE + "| （単位） | 円 |\n| a | 1 |\n"
    document = word_xml(made(text))
    assert [one.get(f"{W}w") for one in document.iter(f"{W}gridCol")] == ["2268", "6803"]
    assert len(list(document.iter(f"{W}tblHeader"))) == 2
    assert len(list(document.iter(f"{W}cantSplit"))) == 3
    html = page(text)
    assert html.count('scope="col"') == 4 and '<td class="r">1</td>' in html


def test_a_table_may_have_no_head_and_side_heads() -> None:
    text = "{head=0 side=1 height=9}\n|  |  |\n|---|---|\n| 所見 | |\n"
    assert twin(text) == ["| 所見 |  |"]
    assert '<th scope="row">所見</th>' in page(text)
    assert [one.get(f"{W}val") for one in word_xml(made(text)).iter(f"{W}trHeight")] == ["510"]


def test_bars_breaks_and_code_in_cells() -> None:
    assert twin(TABLE + r"| a \| b \\ c | `x|y` |" + "\n") == ["| 名前 | 値 |", "| a \\| b↵c | x\\|y |"]
    assert twin("`\\\\server\\share` と A\\\\B\n") == ["\\\\server\\share と A↵B"]


def test_a_line_end_is_no_space_in_japanese() -> None:
    assert twin("一行目\n二行目\nabc\ndef  \n四\n") == ["一行目二行目abc def↵四"]


def test_a_wide_space_at_the_beginning_stays() -> None:
    assert twin("　字下げ　\n\n- 　項目\n\n| 　表　 |\n|---|\n| 　x |\n")[0] == "　字下げ　"


def test_rows_by_loop_and_condition() -> None:
    text = TABLE + (
        "{% for r in rows %}\n{% if r.on %}\n| {{ r.n }} | {{ loop.index }} |\n{% else %}\n| なし | |\n"
        "{% endif %}\n{% endfor %}\n"
    )
    assert twin(text, rows=[Row(n="a", on=True), Row(n="b", on=False)]) == [
        "| 名前 | 値 |", "| a | 1 |", "| なし |  |",
    ]  # fmt: skip


def test_what_is_open_keeps_every_alternative_in_both() -> None:
    text = (
        "{% if u %}\n\n段落A\n\n{% else %}\n\n段落B\n\n{% endif %}\n\n{% if u %}\n- 項目\n{% endif %}\n\n"
        + TABLE + "{% if u %}\n| 行 | |\n{% endif %}\n\n文{% if u %}甲{% else %}乙{% endif %}。{{ u }}\n"
    )  # fmt: skip
    paper = made(text, u=UNKNOWN)
    sign = "【選択：予算の追加】"
    wanted = [sign, "段落A", sign, "段落B", sign, "・\t項目", "| 名前 | 値 |", f"| {sign} |", "| 行 |  |"]
    wanted.append(f"文{sign}甲{sign}乙。〇〇〇〇")
    assert [line for line in paper.twin.split("\n") if line] == wanted
    assert paper.undecided == ("systems.juki.budget",)
    assert html_text(paper).count(sign) == 6
    assert b"<w:comment " in paper.stamped(DRAFT).parts["word/comments.xml"]
    assert b"<w:comment " not in paper.stamped(FINAL).parts["word/comments.xml"]


def test_sections_have_their_paper_and_come_back() -> None:
    text = "---\npaper: A3\n---\na\n\n{section paper=A4 orientation=landscape}\n\nb\n\n{section}\n\nc\n"
    sizes = [(one.get(f"{W}w"), one.get(f"{W}orient")) for one in word_xml(made(text)).iter(f"{W}pgSz")]
    assert sizes == [("16838", None), ("16838", "landscape"), ("16838", None)]
    html = made(text).html or ""
    assert html.count('<section class="a3-portrait">') == 2 and "@page a4-landscape" in html
    assert "size: A4 landscape" in html


def test_a_section_may_stand_in_a_condition() -> None:
    text = "{% if x %}\n\n{section paper=A3}\n\nb\n\n{section}\n\n{% endif %}\n\nc\n"
    assert len(list(word_xml(made(text, x=True)).iter(f"{W}sectPr"))) == 3
    assert len(list(word_xml(made(text, x=False)).iter(f"{W}sectPr"))) == 1


def test_handling_class_and_draft_mark_are_on_every_page() -> None:
    paper = made("---\nhandling: {{ h }}\n---\na\n", h='取扱"注意</style>')
    assert "取扱" in "".join(word_xml(paper, "word/header1.xml").itertext())
    assert "第2版" in "".join(word_xml(paper, "word/header1.xml").itertext())
    html = (paper.write_html(DRAFT, {}) or b"").decode()
    assert 'content: "取扱\\22 注意\\3c /style\\3e "' in html and 'content: "【案】' in html
    assert "第2版" not in (paper.write_html(FINAL, {}) or b"").decode()


def test_an_included_part_takes_the_width_of_its_section() -> None:
    part = TABLE + "| {{ x }} | 1 |\n"
    text = '{section paper=A3 orientation=landscape}\n\n{% include "procedures/part.md" %}\n\n{section}\n'
    paper = made(text, {"part": part}, x="値")
    assert next(word_xml(paper).iter(f"{W}tblW")).get(f"{W}w") == "21544"
    assert "| 値 | 1 |" in paper.twin
    assert made(text, {"part": part}, x="値", _applies=lambda name: False).twin.strip() == ""


def test_terms_and_wording_are_those_of_the_city() -> None:
    wording = Wording(comma="，", digits=Digits.FULL)
    assert twin("{{甲}}、12件と`a、12`{{ x }}\n", wording=wording, terms={"甲": "発注者"}, x="、3") == [
        "発注者，１２件とa、12、3"
    ]


def test_a_second_filling_does_not_parse_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import markdown

    parsed: list[str] = []
    convert = markdown.blockparser.BlockParser.parseDocument

    def counted(self: object, lines: object) -> object:
        parsed.append("once")
        return convert(self, lines)

    monkeypatch.setattr(markdown.blockparser.BlockParser, "parseDocument", counted)
    ready = templates("# {{ x }}\n")
    for value in ("一", "二", "三"):
        ready.fill("procedures/main.md", {"x": value})
    assert parsed == ["once"]
