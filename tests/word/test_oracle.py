"""docxtpl's own renderer is the oracle: the same template and facts, the same canonical XML."""

from __future__ import annotations

import io

import docxtpl
import jinja2
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from .scenario import DRAFT, W, a_docx, made_of, p, parts_of, run, steer, table, tr

VALUES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), blacklist_characters="\ufffe\uffff")
    | st.sampled_from("<>&'\"|#$. 　"),
    max_size=30,
).filter(lambda text: not any(sign in text for sign in ("{_{", "}_}", "{_%", "%_}")))
BOLD = "<w:rPr><w:b/></w:rPr>"

PLAIN = a_docx(
    p("前{{ v }}中{{ k.w }}後"), p(run("{{ v", BOLD) + run(" }}", BOLD) + run("後")), p("R&D <静的>")
)
CHOICES = a_docx(
    steer("{%p if t %}"), p("はい{{ v }}"), steer("{%p elif v == 'x' %}"), p("x"), steer("{%p else %}"), p("いいえ"),
    steer("{%p endif %}"), p("{% if t and v %}a{% elif not t or v in ['b', 'c'] %}b{% else %}c{% endif %}"),
    p("{{ v if t else k.w }}{{ 'x' if not t }}"),
    p("{% for r in rows %}{{ loop.index }}{{ r }}{% if not loop.last %}、{% endif %}{% endfor %}"),
    steer("{%p for r in rows %}"), p("{{ r }}"), steer("{%p if r == v %}"), p("同"), steer("{%p endif %}"),
    steer("{%p endfor %}"),
)  # fmt: skip
ROWS = a_docx(
    table(tr("見出し", "額"), tr("{%tr for r in rows %}", ""), tr("{{ loop.index }}", "{{ r }}"),
          tr("{%tr if r == v %}", ""), tr("同", "{{ v }}"), tr("{%tr endif %}", ""), tr("{%tr endfor %}", "")),
    p("終"),
)  # fmt: skip


def canonical(data: bytes) -> str:
    """The part as canonical XML, with what means the same made the same."""
    root = etree.fromstring(data)
    for text in root.iter(f"{W}t"):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    return etree.canonicalize(etree.tostring(root, encoding="unicode"))


def by_docxtpl(data: bytes, facts: dict[str, object]) -> str:
    template = docxtpl.DocxTemplate(io.BytesIO(data))
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template.render(facts, jinja_env=environment)
    out = io.BytesIO()
    template.save(out)
    return canonical(parts_of(out.getvalue())["word/document.xml"])


def by_kian(data: bytes, facts: dict[str, object]) -> str:
    document = made_of(data, **facts)
    return canonical(document.stamped(DRAFT).parts["word/document.xml"])


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([PLAIN, CHOICES, ROWS]), VALUES, VALUES, st.booleans(), st.lists(VALUES, max_size=4))
def test_kian_and_docxtpl_make_the_same_document(data, v, w, t, rows):
    facts = {"v": v, "k": {"w": w}, "t": t, "rows": [*rows, v]}
    assert by_kian(data, dict(facts)) == by_docxtpl(data, facts)


def test_the_oracle_sees_a_difference():
    facts = {"v": "a", "k": {"w": "b"}, "t": True, "rows": []}
    assert by_kian(PLAIN, dict(facts)) != by_docxtpl(PLAIN, {**facts, "v": "c"})
