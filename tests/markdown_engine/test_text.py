"""No value is lost or read as Markdown, and no value changes the structure of the paper."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gen.word.document import Document, finish
from gen.word.marks import Value
from gen.word.row import Row

from .scenario import DRAFT, html_text, made, shape, templates, the_demo, word_text

TEMPLATE = """\
---
title: {{ x }}
handling: {{ x }}
---
# {{ x }}

{{ x }}

文の中の{{ x }}と**{{ x }}**と*{{ x }}*と`{{ x }}`。

> {{ x }}

- {{ x }}
    - {{ x }}
- [ ] {{ x }}

1. {{ x }}

| 列 | 値 |
|---|:-:|
{% for row in rows %}
| {{ row.a }} | {{ x }}{{ x }} |
{% endfor %}

```
{{ x }}
```

{{ x }}
{{ x }}
"""
TIMES = 18

nasty = st.sampled_from([
    "|", "*", "_", "`", "**太字**", "<script>alert(1)</script>", "&", "&amp;", "{{", "}}", "{% if %}", "{#", "😀",
    "𠮷", "葛\U000e0100", "‮右", "‏", "　", " ", "1. ", "# ", "- [ ] ", "2024. ", "\n", "\t", "\\", "\\\\", "---",
    "{pagebreak}", "]]>", "<!--kian-head-->", "None", "別記9", "第1条", "~~~", "[a](b)", "![](x)", "\u2028", "klzzwxh:0001",
])  # fmt: skip
letters = st.characters(
    exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff", include_characters="\n\t"
)
texts = st.lists(st.one_of(nasty, st.text(letters, max_size=5)), max_size=8).map("".join)


READY = templates(TEMPLATE)


def filled(value: str) -> Document:
    """The paper of one value, its template compiled once."""
    facts = {"x": value, "rows": [Row(a=value), Row(a="決まった文")]}
    return finish(READY.fill("procedures/main.md", facts), "手順書", READY.wording)


@settings(deadline=None)
@given(texts)
@example("A|B社 1*2*3 2024. 年次")
@example(" 　leading and trailing　 ")
@example("")
def test_a_value_appears_exactly_in_word_html_and_twin(value: str) -> None:
    paper = filled(value)
    plain = filled("あ")
    word, html = word_text(paper), html_text(paper)
    wanted = word_text(plain).replace("あ", "\0").replace("\0", value)
    assert word == wanted
    # the page's title, handling and number signs stand there too; each value is counted
    if value.strip():
        assert html.count(value) >= TIMES
        assert "".join(value.split()) in "".join(paper.twin.replace("\\|", "|").replace("↵", "").split())
    assert shape(paper)[0] == shape(plain)[0]
    assert shape(paper)[1] == shape(plain)[1]


@settings(deadline=None)
@given(texts)
def test_the_same_values_give_the_same_bytes(value: str) -> None:
    first, second = filled(value), filled(value)
    assert first.fingerprint(DRAFT) == second.fingerprint(DRAFT)
    assert first.write_html(DRAFT, {}) == second.write_html(DRAFT, {})


def test_the_whole_demo_is_the_same_twice() -> None:
    first, second = the_demo(), the_demo()
    assert first.write(DRAFT, {"a": "b"}) == second.write(DRAFT, {"a": "b"})
    assert first.write_html(DRAFT, {"a": "b"}) == second.write_html(DRAFT, {"a": "b"})


def test_a_value_knows_the_field_it_came_from() -> None:
    paper = made("1. a\n2. {{ x }}\n", x=Value("東", "city.name"))
    assert [(row.text, row.path, row.line) for row in paper.trace] == [("東", "city.name", 2)]
