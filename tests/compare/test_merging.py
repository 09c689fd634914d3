"""Edit stories: what Kian made, what a person made of it, what the facts make now, and what must be true.

Each story is merged three times: as it is, with theirs as Word leaves it, and as LibreOffice saves it.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.check_docx import findings as docx_findings

from gen.compare import read_paper
from gen.compare.merging import Merged, merge
from gen.compare.remarks import unsettled
from gen.compare.woven import Conflict

from .scenario import a_file, from_word, p, parts_of, rewritten, run, saved_by_libreoffice, table
from .word_does import settled

ON = date(2026, 7, 1)
HANA = 'w:author="総務 花子" w:date="2026-05-01T09:00:00Z"'
TITLE = "[title]業務委託契約書"
FEE = "[head]<fee>1　委託料\t金5,500,000円"
FEE6 = "[head]<fee>1　委託料\t金6,050,000円"
TAX = "[body]（うち消費税及び地方消費税の額　金500,000円）"
TAX6 = "[body]（うち消費税及び地方消費税の額　金550,000円）"
H1, A1 = "[midashi]（総則）", "[jo]<general>第1条　甲及び乙は、信義に従ってこの契約を履行する。"
H2, A2 = "[midashi]（検査）", "[jo]<inspect>第2条　甲は、届出を受けた日から10日以内に検査する。"
A2B = "[ko]2　乙は、検査に立ち会う。"
A2D = "[jo]<inspect>第2条　甲は、届出を受けた日から14日以内に検査する。"
H3, A3 = "[midashi]（支払）", "[jo]<pay>第3条　甲は、請求を受けた日から30日以内に支払う。"
SUB = ("[midashi]（再委託）", "[jo]<sub>第3条　乙は、業務を再委託してはならない。")
A4 = "[jo]<pay>第4条　甲は、請求を受けた日から30日以内に支払う。"
SIGN = "[sign]乙\tみどり情報システム株式会社"
SIGN2 = "[sign]乙\t株式会社ひばり福祉ソフト"
END = "以上"
BASE = (TITLE, FEE, TAX, H1, A1, H2, A2, A2B, H3, A3, SIGN, END)
NEW = (TITLE, FEE6, TAX6, H1, A1, H2, A2, A2B, H3, A3, SIGN, END)
ROWS = (["月", "額"], ["4月", "1,000円"], ["5月", "1,000円"], ["計", "2,000円"])
MORE = (["月", "額"], ["4月", "1,100円"], ["5月", "1,100円"], ["計", "2,200円"])


@dataclass(frozen=True)
class Story:
    """A base, a person's edit, new facts; the text when Kian's changes are accepted; the conflicts."""

    base: tuple[str, ...]
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    accepted: tuple[str, ...]
    conflicts: tuple[str, ...] = ()
    kept: tuple[str, ...] = field(default=())


def swap(lines: tuple[str, ...], *pairs: tuple[str, str | tuple[str, ...]]) -> tuple[str, ...]:
    """Lines with some replaced by others, or by nothing."""
    out = list(lines)
    for old, new in pairs:
        at = out.index(old)
        out[at : at + 1] = [new] if isinstance(new, str) else list(new)
    return tuple(out)


def said(line: str) -> str:
    """What a line of a story reads as."""
    return re.sub(r"^(?:\[\w+\])?(?:<[\w-]+>)?", "", line)


def simple(theirs: tuple[str, ...], accepted: tuple[str, ...]) -> Story:
    """The sum changes; the person did something else."""
    return Story(BASE, theirs, NEW, accepted)


WROTE = A1.replace("信義に従って", "信義に従い誠実に")
ADDED = "[ko]2　乙は、善良な管理者の注意をもって業務を行う。"
CONFLICT_FEE = FEE.replace("5,500,000円", "5,000,000円")
HEADED = "[midashi]（信義誠実）"
TABLED = (TITLE, "別表のとおり", table(*ROWS), "備考", END)
C1, C1B = "[jo]<c1>第1条　甲は、金5円を払う。", "[jo]<c1>第1条　甲は、金7円を払う。"
C2 = "[jo]<c2>第2条　乙は、次条の届出をする。"
C3, C3B = "[jo]<c3>第3条　乙は、前条の届出を書面による。", "[ko]2　前項の書面は、正副2通とする。"
C4 = "[jo]<c4>第4条　秘密を守る。"
CITING = (TITLE, C1, C2, C3, C3B, C4, END)
TABLED6 = (TITLE, FEE, "別表のとおり", table(*ROWS), "備考", END)
UNHEADED = (TITLE, A1, A2, A2B, A3, SIGN, END)
CONTROL = (
    f'<w:sdt><w:sdtPr><w:alias w:val="欄"/></w:sdtPr><w:sdtContent>{p("別表のとおり")}</w:sdtContent></w:sdt>'
)

STORIES: dict[str, Story] = {
    # -- the person and the facts at different places
    "words in another article": simple(swap(BASE, (A1, WROTE)), swap(NEW, (A1, WROTE))),
    "a 項 added": simple(swap(BASE, (A1, (A1, ADDED))), swap(NEW, (A1, (A1, ADDED)))),
    "a 項 taken out": simple(swap(BASE, (A2B, ())), swap(NEW, (A2B, ()))),
    "an article taken out": simple(swap(BASE, (H3, ()), (A3, ())), swap(NEW, (H3, ()), (A3, ()))),
    "a heading worded anew": simple(swap(BASE, (H1, HEADED)), swap(NEW, (H1, HEADED))),
    "an article written anew": simple(
        swap(BASE, (A2, "[jo]<inspect>第2条　検査は職員が見る。")), swap(NEW, (A2, "[jo]<inspect>第2条　検査は職員が見る。"))
    ),
    "an article put in, numbers by hand": simple(
        swap(BASE, (H3, (*SUB, H3)), (A3, A4)), swap(NEW, (H3, (*SUB, H3)), (A3, A4))
    ),
    "an article put in, numbers left": simple(
        swap(BASE, (H3, (*SUB, H3))), swap(NEW, (H3, (*SUB, H3)))
    ),
    "an article put in as 第2条の2": simple(
        swap(BASE, (H3, ("[jo]第2条の2　再検査は、無償とする。", H3))),
        swap(NEW, (H3, ("[jo]第2条の2　再検査は、無償とする。", H3))),
    ),
    "an article moved": simple(
        swap(BASE, (H1, ()), (A1, ()), (SIGN, (H1, A1, SIGN))), swap(NEW, (H1, ()), (A1, ()), (SIGN, (H1, A1, SIGN)))
    ),
    "an article split in two": simple(
        swap(BASE, (A2, ("[jo]<inspect>第2条　甲は、届出を受けた。", "その日から10日以内に検査する。"))),
        swap(NEW, (A2, ("[jo]<inspect>第2条　甲は、届出を受けた。", "その日から10日以内に検査する。"))),
    ),
    "two paragraphs joined": simple(
        swap(BASE, (A2, said(A2).join(("[jo]<inspect>", "乙は、検査に立ち会う。"))), (A2B, ())),
        swap(NEW, (A2, said(A2).join(("[jo]<inspect>", "乙は、検査に立ち会う。"))), (A2B, ())),
    ),
    "a line before and after the sum": simple(
        swap(BASE, (FEE, ("注　予算の範囲内", FEE, "（単年度）"))), swap(NEW, (FEE6, ("注　予算の範囲内", FEE6, "（単年度）")))
    ),
    "all of the rest taken out": simple((TITLE, FEE, TAX, END), (TITLE, FEE6, TAX6, END)),
    "a table pasted in": simple(
        swap(BASE, (A1, (A1, table(["項目", "数"], ["端末", "10台"]), "表の注"))),
        swap(NEW, (A1, (A1, table(["項目", "数"], ["端末", "10台"]), "表の注"))),
    ),
    "nothing at all": simple(BASE, NEW),
    # -- the person and the facts in one paragraph
    "words beside the sum": Story(
        BASE, swap(BASE, (FEE, FEE + "（税込）")), NEW, swap(NEW, (FEE6, FEE6 + "（税込）"))
    ),
    "words before the sum": Story(
        BASE, swap(BASE, (FEE, FEE.replace("委託料", "業務委託料"))), NEW, swap(NEW, (FEE6, FEE6.replace("委託料", "業務委託料")))
    ),
    "another word and another date": Story(
        BASE,
        swap(BASE, (A2, A2.replace("検査する", "検査を終える"))),
        swap(NEW, (A2, A2D)),
        swap(NEW, (A2, A2D.replace("検査する", "検査を終える"))),
    ),
    "the same change": Story(BASE, swap(BASE, (FEE, FEE6)), NEW, NEW),
    "the same change and a word": Story(BASE, swap(BASE, (FEE, FEE6 + "（税込）")), NEW, swap(NEW, (FEE6, FEE6 + "（税込）"))),
    "a proviso added where the days change": Story(
        BASE,
        swap(BASE, (A2, A2 + "ただし、閉庁日を除く。")),
        swap(BASE, (A2, A2D)),
        swap(BASE, (A2, A2D + "ただし、閉庁日を除く。")),
    ),
    # -- conflicts: both texts stay
    "another sum": Story(
        BASE, swap(BASE, (FEE, CONFLICT_FEE)), NEW, swap(NEW, (FEE6, CONFLICT_FEE + "金6,050,000円")), ("text",)
    ),
    "the sum taken out": Story(BASE, swap(BASE, (FEE, "[head]<fee>1　委託料\t")), NEW, NEW, ("text",)),
    "the line of the sum taken out": Story(BASE, swap(BASE, (FEE, ())), NEW, NEW, ("gone",)),
    "words in an article that goes": Story(
        BASE, swap(BASE, (A2, A2 + "再検査も同様とする。")), swap(BASE, (H2, ()), (A2, ()), (A2B, ())),
        swap(BASE, (A2, A2 + "再検査も同様とする。")), ("kept",),
    ),
    "a 項 added to an article that goes": Story(
        BASE, swap(BASE, (A2B, (A2B, "[ko]3　再検査は、無償とする。"))), swap(BASE, (H2, ()), (A2, ()), (A2B, ())),
        swap(BASE, (A2B, (A2B, "[ko]3　再検査は、無償とする。"))), ("kept",),
    ),
    "another vendor by hand and by facts": Story(
        BASE, swap(BASE, (SIGN, "[sign]乙\t合同会社そらまど")), swap(BASE, (SIGN, SIGN2)),
        swap(BASE, (SIGN, "[sign]乙\t合同会社そらまど株式会社ひばり福祉ソフト")), ("text",),
    ),
    # -- the facts change what articles there are
    "an article comes": Story(
        BASE, swap(BASE, (A1, WROTE)), swap(NEW, (H3, (*SUB, H3)), (A3, A4)), swap(NEW, (A1, WROTE), (H3, (*SUB, H3)), (A3, A4))
    ),
    "an article comes after a 項 that the person added": Story(
        BASE, swap(BASE, (A2B, (A2B, "[ko]3　再検査は、無償とする。"))), swap(BASE, (H3, (*SUB, H3)), (A3, A4)),
        swap(BASE, (A2B, (A2B, "[ko]3　再検査は、無償とする。", *SUB)), (A3, A4)),
    ),
    "an article goes": Story(
        BASE, swap(BASE, (A1, WROTE)), swap(BASE, (H2, ()), (A2, ()), (A2B, ()), (A3, A3.replace("第3条", "第2条"))),
        swap(BASE, (A1, WROTE), (H2, ()), (A2, ()), (A2B, ()), (A3, A3.replace("第3条", "第2条"))),
    ),
    "an article goes that the person took out too": Story(
        BASE, swap(BASE, (H2, ()), (A2, ()), (A2B, ())),
        swap(BASE, (H2, ()), (A2, ()), (A2B, ()), (A3, A3.replace("第3条", "第2条"))),
        swap(BASE, (H2, ()), (A2, ()), (A2B, ()), (A3, A3.replace("第3条", "第2条"))),
    ),
    "an article comes that the person wrote already": Story(
        BASE, swap(BASE, (H3, ("[midashi]（再委託）", "[jo]第3条　乙は、業務を再委託してはならない。", H3)), (A3, A4)),
        swap(BASE, (H3, (*SUB, H3)), (A3, A4)),
        swap(BASE, (H3, ("[midashi]（再委託）", "[jo]第3条　乙は、業務を再委託してはならない。", H3)), (A3, A4)),
    ),
    # -- tables
    "a sum in a row, a word in another cell": Story(
        TABLED, swap(TABLED, (table(*ROWS), table(["年月", "額"], *ROWS[1:]))), swap(TABLED, (table(*ROWS), table(*MORE))),
        swap(TABLED, (table(*ROWS), table(["年月", "額"], *MORE[1:]))),
    ),
    "a row added by hand": Story(
        TABLED, swap(TABLED, (table(*ROWS), table(*ROWS[:3], ["臨時", "100円"], ROWS[3]))),
        swap(TABLED, (table(*ROWS), table(*MORE))),
        swap(TABLED, (table(*ROWS), table(*MORE[:3], ["臨時", "100円"], MORE[3]))),
    ),
    "a row added by the facts": Story(
        TABLED, swap(TABLED, ("備考", "備考　毎月払い")), swap(TABLED, (table(*ROWS), table(*ROWS[:3], ["6月", "1,000円"], ROWS[3]))),
        swap(TABLED, ("備考", "備考　毎月払い"), (table(*ROWS), table(*ROWS[:3], ["6月", "1,000円"], ROWS[3]))),
    ),
    "a row that goes": Story(
        TABLED, swap(TABLED, ("備考", "備考　毎月払い")), swap(TABLED, (table(*ROWS), table(*ROWS[:2], ROWS[3]))),
        swap(TABLED, ("備考", "備考　毎月払い"), (table(*ROWS), table(*ROWS[:2], ROWS[3]))),
    ),
    "a row with a person's word that goes": Story(
        TABLED, swap(TABLED, (table(*ROWS), table(*ROWS[:2], ["5月分まで", "1,000円"], ROWS[3]))),
        swap(TABLED, (table(*ROWS), table(*ROWS[:2], ROWS[3]))),
        swap(TABLED, (table(*ROWS), table(*ROWS[:2], ["5月分まで", "1,000円"], ROWS[3]))), ("kept",),
    ),
    "a table that the facts add": Story(
        BASE, swap(BASE, (A1, WROTE)), swap(BASE, (SIGN, (table(*ROWS), "間", SIGN))), swap(BASE, (A1, WROTE), (SIGN, (table(*ROWS), "間", SIGN)))
    ),
    "a table that the facts take away": Story(
        TABLED, swap(TABLED, ("備考", "備考　毎月払い")), swap(TABLED, (table(*ROWS), ())), swap(TABLED, ("備考", "備考　毎月払い"), (table(*ROWS), ()))
    ),
    "a column added by hand": Story(
        TABLED, swap(TABLED, (table(*ROWS), table(*([*row, "窓口"] for row in ROWS)))), swap(TABLED, (table(*ROWS), table(*MORE))),
        swap(TABLED, (table(*ROWS), table(*([*row, "窓口"] for row in MORE)))),
    ),
    "a column taken out by hand, its sums changed": Story(
        TABLED, swap(TABLED, (table(*ROWS), table(*(row[:1] for row in ROWS)))), swap(TABLED, (table(*ROWS), table(ROWS[0], MORE[1], *ROWS[2:]))),
        swap(TABLED, (table(*ROWS), table(ROWS[0][:1], ["4月\n1,100円"], *(row[:1] for row in ROWS[2:])))), ("gone",),
    ),
    # -- 前条, 次条 and 前項 keep what they mean
    "an article put in before one that cites 前条": Story(
        CITING, swap(CITING, (C3, ("[jo]第2条の2　丁。", C3))), swap(CITING, (C1, C1B)),
        swap(CITING, (C1, C1B), (C2, C2.replace("次条", "第3条")), (C3, ("[jo]第2条の2　丁。", C3.replace("前条", "第2条")))),
    ),
    "an article moved away from one that cites 前条 and 次条": Story(
        CITING, swap(CITING, (C2, ()), (C4, (C4, C2))), swap(CITING, (C1, C1B)),
        swap(CITING, (C1, C1B), (C2, ()), (C3, C3.replace("前条", "第2条")), (C4, (C4, C2.replace("次条", "第3条")))),
    ),
    "a 項 put in before one that cites 前項": Story(
        CITING, swap(CITING, (C3B, ("[ko]2　挿入した項。", C3B.replace("2　", "3　")))), swap(CITING, (C1, C1B)),
        swap(CITING, (C1, C1B), (C3B, ("[ko]2　挿入した項。", C3B.replace("2　", "3　").replace("前項", "第1項")))),
    ),
    "an article split before a 項 that cites 前項": Story(
        CITING, swap(CITING, (C3B, ("[jo]第3条の2　分けた条。", C3B))), swap(CITING, (C1, C1B)),
        swap(CITING, (C1, C1B), (C3B, ("[jo]第3条の2　分けた条。", C3B.replace("前項", "第3条第1項")))),
    ),
    # -- found by random stories: a second merge moved something, or reverting left a line too many
    "a line moved below a table by hand": Story(
        TABLED6, (TITLE, FEE, table(*ROWS), "別表のとおり", "備考", END), swap(TABLED6, (FEE, FEE6)),
        (TITLE, FEE6, table(*ROWS), "別表のとおり", "備考", END),
    ),
    "the facts move an article and put a table behind it": Story(
        UNHEADED, swap(UNHEADED, (A1, WROTE)), (TITLE, A1, A3, table(*ROWS), "間", A2, A2B, SIGN, END),
        (TITLE, WROTE, A3, table(*ROWS), "間", A2, A2B, SIGN, END),
    ),
    "the facts put a table before one in whose rows the person wrote": Story(
        TABLED, swap(TABLED, (table(*ROWS), table(*ROWS[:1], ["4月から", "1,000円"], ["5月", "1,000円まで"], ROWS[3]))),
        (TITLE, "別表のとおり", "前の表", table(["区分", "数"]), "間", table(ROWS[2], ["計", "1,000円"]), "備考", END),
        (TITLE, "別表のとおり", table(["4月から", "1,000円"], ["5月", "1,000円まで"], ["計", "1,000円"]),
         "前の表", table(["区分", "数"]), "間", "備考", END), ("kept",),
    ),
    "one sum of a table by hand": Story(
        TABLED, swap(TABLED, (table(*ROWS), table(ROWS[0], ["4月", "900円"], *ROWS[2:]))), swap(TABLED, (table(*ROWS), table(*MORE))),
        swap(TABLED, (table(*ROWS), table(MORE[0], ["4月", "900円1,100円"], *MORE[2:]))), ("text",),
    ),
}  # fmt: skip


def merged(base: bytes, theirs: bytes, ours: bytes, *, clean: bool = False) -> Merged:
    papers = (read_paper(base, "base"), read_paper(theirs, "theirs"), read_paper(ours, "ours"))
    return merge(*papers, on=ON, say=spoken, clean=clean)


def spoken(conflict: Conflict) -> str:
    return f"{conflict.kind}：{conflict.theirs}／{conflict.ours}"


def twin(data: bytes) -> str:
    return read_paper(data, "x").twin


def reads(lines: tuple[str, ...]) -> str:
    return twin(a_file(*lines))


def tell(story: Story, theirs: bytes) -> bytes:
    """Merge, and hold what holds for every story; the file."""
    done = merged(a_file(*story.base), theirs, a_file(*story.ours))
    file = done.package.write()
    assert twin(file) == reads(story.accepted)
    assert twin(settled(file, accept=True, author="Kian")) == reads(story.accepted)
    assert twin(settled(file, accept=False, author="Kian")) == twin(theirs), (
        "reverting gives the person's text"
    )
    assert tuple(one.kind for one in done.conflicts) == story.conflicts
    assert len(unsettled(done.package)) == len(story.conflicts)
    again = merged(a_file(*story.ours), file, a_file(*story.ours))
    assert (again.changes, again.conflicts) == (0, ())
    assert again.package.write() == file, "a second time changes nothing"
    return file


# In a file as Word has it: LibreOffice writes what stands in a control of a paragraph more than once.
BEHIND_A_CONTROL = swap(
    TABLED, ("別表のとおり", ("別表のとおり", "新たな行", table(["区分", "数"]), "間", "表の前"))
)
JOINED = f'<w:p><w:pPr><w:pStyle w:val="KianBody"/><w:rPr><w:del w:id="5" {HANA}/></w:rPr></w:pPr>{run("末文")}</w:p>'
IN_WORD: dict[str, Story] = {
    "lines and a table behind a content control": Story(
        TABLED, swap(TABLED, ("別表のとおり", CONTROL)), BEHIND_A_CONTROL, BEHIND_A_CONTROL
    ),
    "a table at the end, whose last line the person joined with the one before": Story(
        (TITLE, "末文", END), (TITLE, JOINED, END), (TITLE, "末文", "次の表", table(["区分", "数"]), "間", END),
        (TITLE, "末文以上", "次の表", table(["区分", "数"]), "間", ""),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_WORD)
def test_story_of_what_only_word_writes(name: str) -> None:
    tell(IN_WORD[name], a_file(*IN_WORD[name].theirs))


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str, tmp_path: Path) -> None:
    story = STORIES[name]
    (tmp_path / "merged.docx").write_bytes(tell(story, a_file(*story.theirs)))
    assert docx_findings(tmp_path / "merged.docx") == []


@pytest.mark.parametrize("name", STORIES)
def test_story_told_in_word(name: str) -> None:
    story = STORIES[name]
    tell(story, from_word(a_file(*story.theirs)))


@pytest.mark.skipif(
    not os.environ.get("CI") and not shutil.which("soffice"),
    reason="LibreOffice is not on this machine (in CI it must be)",
)
def test_stories_told_in_libreoffice(tmp_path: Path) -> None:
    saved = saved_by_libreoffice(
        tmp_path, {str(at): a_file(*one.theirs) for at, one in enumerate(STORIES.values())}
    )
    made = {f"merged{at}": tell(story, saved[str(at)]) for at, story in enumerate(STORIES.values())}
    for at, data in enumerate(saved_by_libreoffice(tmp_path / "again", made).values()):
        assert twin(data), at  # and it opens what was merged


@pytest.mark.parametrize("name", STORIES)
def test_clean_writes_the_same_text_without_a_mark(name: str) -> None:
    story = STORIES[name]
    done = merged(a_file(*story.base), a_file(*story.theirs), a_file(*story.ours), clean=True)
    assert done.paper().twin == reads(story.accepted)
    assert not re.search(rb"<w:(?:ins|del|pPrChange)\b", done.package.parts["word/document.xml"])
    assert len(unsettled(done.package)) == len(story.conflicts)


@pytest.mark.parametrize("part", ["header", "footer"])
def test_a_conflict_in_a_header_or_footer_is_told_at_the_head_of_the_text(part: str) -> None:
    def file(words: str) -> bytes:
        inside = f"<w:p>{run(words)}</w:p></w:{part[:1] + 'dr' if part == 'header' else 'ftr'}>"
        return rewritten(
            a_file(TITLE, END),
            lambda xml: re.sub(r"<w:p[ >].*</w:p></w:\w+>", inside, xml),
            f"word/{part}1.xml",
        )

    theirs = file("契約番号　第15号")
    done = merged(file("契約番号　第12号"), theirs, file("契約番号　第13号"))
    out = done.package.write()
    assert [(one.theirs, one.ours) for one in done.conflicts] == [("第15号", "第13号")]
    assert unsettled(done.package) == ("【食い違い】text：第15号／第13号",)
    xml = done.package.parts["word/document.xml"].decode()
    assert xml.index("<w:commentRangeStart") < xml.index(said(TITLE)) < xml.index("<w:commentRangeEnd")
    shown = re.sub("<[^>]*>", "", parts_of(out)[f"word/{part}1.xml"].decode())
    assert "第15号" in shown and "第13号" in shown
    assert not re.search(b"<w:comment", parts_of(out)[f"word/{part}1.xml"])
    back = parts_of(settled(out, accept=False, author="Kian"))[f"word/{part}1.xml"]
    assert re.sub(b"<[^>]*>", b"", back).decode().endswith("契約番号　第15号")
    again = merged(file("契約番号　第13号"), out, file("契約番号　第13号"))
    assert (again.changes, again.package.write()) == (0, out)


# -- what a person adds beside text ----------------------------------------------------------------


COMMENTED = (
    "<w:p>"
    + '<w:commentRangeStart w:id="7"/>'
    + run("第1条　甲は、10日以内に払う。")
    + '<w:commentRangeEnd w:id="7"/>'
    '<w:r><w:commentReference w:id="7"/></w:r></w:p>'
)
KEPT: dict[str, tuple[str, str, str, str]] = {
    # what stands in theirs, the same line in base, in ours, and what must still be in the file
    "a comment": (COMMENTED, "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", '<w:commentRangeStart w:id="7"/>'),
    "a footnote": (
        f'<w:p>{run("第1条　甲は、10日")}<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>{run("以内に払う。")}</w:p>',
        "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", '<w:footnoteReference w:id="2"/>',
    ),
    "a picture": (
        f'<w:p>{run("第1条　甲は、10日以内に払う。")}<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"/></w:drawing></w:r></w:p>',
        "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", "<wp:inline",
    ),
    "bold and another font": (
        f"<w:p>{run('第1条　甲は、')}{run('10日以内', '<w:rPr><w:b/></w:rPr>')}{run('に払う。')}</w:p>",
        "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", "<w:b/></w:rPr><w:t xml:space=\"preserve\">14日</w:t>",
    ),
    "another style and indent": (
        f'<w:p><w:pPr><w:pStyle w:val="KianNote"/><w:ind w:left="840"/></w:pPr>{run("第1条　甲は、10日以内に払う。")}</w:p>',
        "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", '<w:ind w:left="840"/>',
    ),
    "a content control": (
        f'<w:p>{run("第1条　甲は、")}<w:sdt><w:sdtPr><w:alias w:val="期限"/></w:sdtPr><w:sdtContent>{run("10日")}</w:sdtContent></w:sdt>{run("以内に払う。")}</w:p>',
        "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", '<w:alias w:val="期限"/>',
    ),
    "a link": (
        f'<w:p>{run("第1条　甲は、10日以内に")}<w:hyperlink w:anchor="x">{run("払う")}</w:hyperlink>{run("。")}</w:p>',
        "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", '<w:hyperlink w:anchor="x">',
    ),
    "an insertion pending by another": (
        f'<w:p>{run("第1条　甲は、10日以内に")}<w:ins w:id="5" {HANA}>{run("必ず")}</w:ins>{run("払う。")}</w:p>',
        "第1条　甲は、10日以内に払う。", "第1条　甲は、14日以内に払う。", f'<w:ins w:id="5" {HANA}>',
    ),
    "a deletion pending by another": (
        f'<w:p>{run("第1条　甲は、10日以内に")}<w:del w:id="5" {HANA}><w:r><w:delText>必ず</w:delText></w:r></w:del>{run("払う。")}</w:p>',
        "第1条　甲は、10日以内に必ず払う。", "第1条　甲は、14日以内に必ず払う。", f'<w:del w:id="5" {HANA}>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_what_stands_beside_the_text_stays_where_the_facts_change_it(name: str) -> None:
    theirs, base, ours, kept = KEPT[name]
    done = merged(a_file(base, END), a_file(theirs, END), a_file(ours, END))
    xml = done.package.parts["word/document.xml"].decode()
    assert kept in xml and not done.conflicts
    assert "14日" in done.paper().twin and "10日" not in done.paper().twin
    assert twin(settled(done.package.write(), accept=False, author="Kian")) == twin(a_file(theirs, END))


def test_a_sum_that_another_inserted_is_struck_inside_of_their_mark() -> None:
    theirs = (
        f'<w:p>{run("甲は、")}<w:ins w:id="5" {HANA}>{run("10日以内に必ず")}</w:ins>{run("払う。")}</w:p>'
    )
    done = merged(
        a_file("甲は、10日以内に必ず払う。", END),
        a_file(theirs, END),
        a_file("甲は、14日以内に必ず払う。", END),
    )
    file = done.package.write()
    assert twin(file).startswith("甲は、14日以内に必ず払う。")
    assert re.search(
        r'<w:ins w:id="5"[^>]*>(?:(?!</w:ins>).)*<w:del [^>]*w:author="Kian"',
        done.package.parts["word/document.xml"].decode(),
    )
    assert twin(settled(file, accept=False, author="Kian")) == twin(a_file(theirs, END))
    assert twin(settled(settled(file, accept=True, author="Kian"), accept=False)).startswith(
        "甲は、14日払う。"
    )


def test_paragraphs_that_the_facts_leave_alone_stay_as_they_are_written() -> None:
    theirs = a_file(*swap(BASE, (A1, KEPT["a content control"][0])))
    done = merged(
        a_file(*swap(BASE, (A1, "第1条　甲は、10日以内に払う。"))),
        theirs,
        a_file(*swap(NEW, (A1, "第1条　甲は、10日以内に払う。"))),
    )
    before, after = (
        re.findall(r"<w:p>.*?</w:p>", one.decode())
        for one in (parts_of(theirs)["word/document.xml"], done.package.parts["word/document.xml"])
    )
    assert [one for one in before if one not in after] == [one for one in before if "金" in one]


def test_parts_that_the_facts_leave_alone_stay_byte_for_byte() -> None:
    theirs = rewritten(a_file(*BASE), lambda xml: xml.replace("<w:ftr ", "<w:ftr  "), "word/footer1.xml")
    after = merged(a_file(*BASE), theirs, a_file(*NEW)).package.parts
    assert {name for name, data in parts_of(theirs).items() if after[name] != data} == {"word/document.xml"}


def test_a_comment_on_what_was_undecided_goes_when_it_is_decided() -> None:
    from gen.word.comments import COMMENTS, Comment, comments_part, no_comments
    from gen.word.package import read_package
    from gen.word.slots import with_comments_part

    def file(text: str, *said: str) -> bytes:
        package = with_comments_part(
            read_package(a_file(COMMENTED.replace("10日以内に払う", text)), "x"), "x"
        )
        return package.with_parts(
            {COMMENTS: comments_part(no_comments(), [Comment(7, one) for one in said])}
        ).write()

    base, ours = file("〇〇〇〇を払う", "金額が未定です。"), a_file("第1条　甲は、金5円を払う。")
    done = merged(base, base, ours)
    assert "未定" not in done.package.parts[COMMENTS].decode()
    assert "commentR" not in done.package.parts["word/document.xml"].decode()
    assert "金5円" in done.paper().twin


_EQUATION = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>A=B</m:t></m:r></m:oMath>'
_BOX = "<w:r><w:pict><w:txbxContent><w:p>" + run("控え") + "</w:p></w:txbxContent></w:pict></w:r>"
STANDS = {
    "an equation": _EQUATION,
    "a ☑ of another font": '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    "a text box": _BOX,
    "a footnote": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "a comment": '<w:r><w:commentReference w:id="7"/></w:r>',
}


@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("name", STANDS)
def test_a_paragraph_with_what_a_person_put_beside_its_text_is_not_taken_out(name: str, clean: bool) -> None:
    line = "乙は、書類を出す。"
    theirs = a_file(TITLE, f"<w:p>{run(line)}{STANDS[name]}</w:p>", END)
    done = merged(a_file(TITLE, line, END), theirs, a_file(TITLE, END), clean=clean)
    assert [one.kind for one in done.conflicts] == ["kept"]
    assert STANDS[name] in done.package.parts["word/document.xml"].decode() and line in done.paper().twin


# -- any edit, any facts ---------------------------------------------------------------------------

_WORDS = ["甲は、", "金5円", "10日以内に", "第2条により", "払う", "。", "乙", "A&B", "令和8年4月1日", "、"]
_TEXT = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map("".join)
_ROLE = st.sampled_from(["[jo]", "[ko]", "[midashi]", ""])
_LINE = st.tuples(_ROLE, _TEXT).map("".join)
_NAMED = st.lists(_LINE, min_size=2, max_size=6).map(
    lambda lines: [
        f"[jo]<n{at}>第{at}条　{line.partition(']')[2] or line}" if line.startswith("[jo]") else line
        for at, line in enumerate(lines)
    ]
)


@st.composite
def _changed(draw: st.DrawFn, lines: list[str], words: str) -> list[str]:
    """Some lines another way, some gone, some new ones between; what is written is of these words."""
    written = st.lists(st.sampled_from([*words, *_WORDS]), min_size=1, max_size=5).map("".join)
    out: list[str] = []
    for line in lines:
        kind = draw(st.sampled_from(["same", "same", "same", "word", "gone", "more"]))
        if kind == "word":
            known = [word for word in _WORDS if word in line]
            line = line.replace(draw(st.sampled_from(known or ["甲"])), draw(written), 1)
        if kind != "gone":
            out.append(line)
        if kind == "more":
            out.append(draw(st.tuples(_ROLE, written).map("".join)))
    return [*out, END]


_PERSONS, _FACTS = "人直筆", "新事実"


@settings(max_examples=200)
@given(st.data())
def test_any_edit_and_any_facts(data: st.DataObject) -> None:
    base = data.draw(_NAMED)
    theirs, ours = a_file(*data.draw(_changed(base, _PERSONS))), a_file(*data.draw(_changed(base, _FACTS)))
    start = a_file(*base, END)
    if data.draw(st.booleans()):
        theirs = from_word(theirs)
    done = merged(start, theirs, ours)
    file = done.package.write()
    assert twin(settled(file, accept=False, author="Kian")) == twin(theirs), "no sign of the person is lost"
    assert twin(settled(file, accept=True, author="Kian")) == twin(file)
    assert [twin(file).count(sign) for sign in _PERSONS] == [twin(theirs).count(sign) for sign in _PERSONS]
    assert [twin(file).count(sign) for sign in _FACTS] == [twin(ours).count(sign) for sign in _FACTS]
    again = merged(ours, file, ours)
    assert (again.changes, again.package.write()) == (0, file)
