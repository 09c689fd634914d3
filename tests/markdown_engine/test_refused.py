"""What a template may not say, and what its author is told: the line, its text, what to do."""

from __future__ import annotations

import re

import pytest

from gen.clauses import Wording
from gen.word.template import TemplateError, Templates

from .scenario import refused

TABLE = "| a | b |\n|---|---|\n"


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("文\n\n{{ nothing }}\n", "「nothing」という名前はありません", 3),
        ("文\n\n{% if x %}\n\na\n", "閉じていません", 3),
        ("a\n\n{% endif %}\n", "始まりのタグがありません", 3),
        ("{{ x\n", "始まりと終わりが合いません", 1),
        ("{{ x }} {{- x }}\n", "空白を取るタグ", 1),
        ("a\n{% set x = 1 %}\n", "この書き方（set）", 2),
        ('{{ jo("a") }}\n', "番号や引用（jo）", 1),
        ('{% include "clauses/a.docx" %}\n', "Markdownのひな形だけ", 1),
        ('文 {% include "procedures/a.md" %}\n', "それだけで1行", 1),
        ('{% include "procedures/gone.md" %}\n', "procedures/gone.md", 1),
        (f"{TABLE}| 1 | 2 | 3 |\n", "列の数が合いません（3列、見出しは2列）", 3),
        (f"{TABLE}| 1 |\n", "列の数が合いません（1列、見出しは2列）", 3),
        (f"{TABLE}| 1 | 2\n", "| で終えてください", 3),
        ("| a | b |\n\n文\n", "見出しの行と", 1),
        (f"{TABLE}| `1 | 2 |\n", "「`」が閉じていません", 3),
        (f"{{widths=1,2,3}}\n{TABLE}| 1 | 2 |\n", "表は2列", 1),
        ("{widths=0}\n| a |\n|---|\n", "表の設定が読めません", 1),
        ("{widths=1}\n\n文\n", "直後に表がありません", 1),
        ("- a\n  - b\n", "字下げが2文字", 2),
        ("##### 五\n", "####", 1),
        ("# \n", "見出しの文字がありません", 1),
        ("---\npaper: B4\n---\n", "用紙の設定", 2),
        ("---\ncolor: red\n---\n", "初めの設定が読めません", 2),
        ("---\ntitle: a\n", "閉じていません", 1),
        ("{section paper=A3}\n\n{% if x %}\n\n{section}\n\n{% endif %}\n", "元に戻っていません", 7),
        ("- a\n\n    {section}\n", "箇条書きや備考の中", 3),
        ("```\n{% if x %}\n{% endif %}\n```\n", "{{ … }} だけ", 1),
        ("```\nabc\n", "閉じていません", 1),
        ("**{% if x %}a** b{% endif %}\n", "対になるタグ", 1),
        ("文\n\n\ufdd0\n", "制御用の文字", 3),
        ("a {\\{ b\n", "文には書けません", 1),
    ],
)
def test_a_wrong_line_is_named(text: str, said: str, line: int) -> None:
    message, place = refused(text, x=True)
    assert said in message
    assert re.fullmatch(rf"procedures/main\.md:{line}:[0-9]+", place)
    assert text.split("\n")[line - 1].strip()[:20] in message or "\ufdd0" in text


def test_the_error_of_an_included_part_names_the_part() -> None:
    message, place = refused('a\n\n{% include "procedures/part.md" %}\n', parts={"part": "b\n\n{{ gone }}\n"})
    assert place == "procedures/part.md:3:4" and "gone" in message


def test_a_condition_around_is_told() -> None:
    message, _ = refused("{% if x %}\n\n{{ gone }}\n\n{% endif %}\n", x=True)
    assert "条件: if x" in message


def test_a_file_of_another_encoding_is_named() -> None:
    ready = Templates({"plans/a.md": "一行目\nあ".encode("cp932")}.get, Wording())
    with pytest.raises(TemplateError, match="UTF-8"):
        ready.get("plans/a.md")


def test_a_template_that_includes_itself_is_refused() -> None:
    message, _ = refused('{% include "procedures/main.md" %}\n')
    assert "循環" in message or "深すぎ" in message
