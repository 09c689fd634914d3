"""Escapes that were published for Jinja, and templates that would never end: each is refused, soon.

The lists come from the advisories CVE-2016-10745, CVE-2019-10906, CVE-2024-22195, CVE-2024-56201,
CVE-2024-56326 and CVE-2025-27516 and from public collections of template injections.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from markdown_engine.scenario import refused as refused_markdown
from word.scenario import UNKNOWN, a_docx, p, refused, steer, table, tr

from gen.word.marks import Value
from gen.word.row import Row

PAYLOADS = [
    # attributes, by every way of writing one
    "{{ ''.__class__ }}", "{{ ''['__class__'] }}", "{{ ''['__cla' ~ 'ss__'] }}", "{{ ''['__cla' 'ss__'] }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}", "{{ ()|attr('__class__') }}", "{{ ''|attr('\\x5f_class__') }}",
    "{{ ''|attr(['__class__']|first) }}", "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ {}.__class__.mro() }}", "{{ v.__init__.__globals__ }}", "{{ v['__init__']['__globals__'] }}",
    "{{ [v]|map(attribute='__class__')|list }}", "{{ [v]|selectattr('__class__')|list }}",
    "{{ [v]|groupby('__class__') }}", "{{ [v]|sort(attribute='__class__') }}", "{{ [v]|sum(attribute='__class__') }}",
    "{{ [v]|unique(attribute='__class__')|list }}", "{{ [v]|min(attribute='__class__') }}",
    # globals of the environment
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}", "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum|attr('__globals__') }}", "{{ cycler('a').next() }}", "{{ namespace(a=1).a }}", "{{ dict(a=1) }}",
    "{{ self.__init__.__globals__ }}", "{{ self._TemplateReference__context }}", "{{ self|attr('__init__') }}",
    "{{ config.items() }}", "{{ config.__class__.from_envvar }}", "{{ request.application.__globals__ }}",
    "{{ url_for.__globals__ }}", "{{ get_flashed_messages.__globals__.__builtins__ }}", "{{ g.pop.__globals__ }}",
    "{{ session }}", "{{ environment }}", "{{ context.environment }}", "{{ caller() }}", "{{ varargs }}", "{{ super() }}",
    "{{ loop.__init__ }}", "{% for x in [1] %}{{ loop._iterator }}{% endfor %}",
    "{% for x in [1] %}{{ loop.cycle('a') }}{% endfor %}", "{% for x in [1] %}{{ loop.changed(x) }}{% endfor %}",
    "{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{{ jo.__globals__ }}", "{{ jo.__wrapped__ }}", "{{ ref.__kwdefaults__ }}", "{{ has.__closure__ }}",
    # generators, coroutines, frames
    "{{ (x for x in [1]).gi_frame }}", "{{ v.gi_frame }}", "{{ v.gi_code }}", "{{ v.cr_frame }}", "{{ v.ag_code }}",
    "{{ v.f_locals }}", "{{ v.tb_frame }}", "{{ v.func_globals }}",
    # formatting: CVE-2016-10745, CVE-2019-10906, CVE-2024-56326 (indirect), CVE-2025-27516 (|attr)
    "{{ '{0.__class__.__init__.__globals__}'.format(v) }}", "{{ '{a.__class__}'.format_map({'a': v}) }}",
    "{{ ''.format.__self__ }}", "{{ '{0.__class__}'['format'](v) }}", "{{ ('{0.__class__}'|attr('format'))(v) }}",
    "{% for f in ['{0.__class__}'.format] %}{{ f(v) }}{% endfor %}", "{{ ['{}'.format][0](v) }}",
    "{{ ('{0.__class__}'.format if v else 0)(v) }}", "{{ v|format('a') }}", "{{ '%s'|format(v) }}",
    "{{ '%(a)s' % {'a': v} }}", "{{ '{0.__class__}'|attr('format_map')({}) }}",
    # statements and filters
    "{% set x = v.__class__ %}", "{% with x = v %}{% endwith %}", "{% macro m() %}{{ caller }}{% endmacro %}",
    "{% import 'os' as os %}", "{% from 'os' import system %}", "{% include '/etc/passwd' %}",
    "{% include '../../etc/passwd' %}", "{% include 'clauses/../../x.docx' %}", "{% extends '/etc/passwd' %}",
    "{% include v ignore missing %}", "{% include 'clauses/c.docx' without context %}",
    "{% autoescape false %}{{ v }}{% endautoescape %}", "{% debug %}", "{% trans %}a{% endtrans %}",
    "{{ v|safe }}", "{{ v|forceescape|safe }}", "{{ v|string|safe }}", "{{ v|urlize }}", "{{ v|tojson }}",
    "{{ {'a><b': 1}|xmlattr }}", "{{ v|pprint }}", "{{ v|list }}", "{{ v|random }}", "{{ v|dictsort }}",
    "{{ v|_pick(1, 2) }}", "{{ v|_turns(1) }}", "{{ 1|_paid }}", "{{ 1|_pending }}", "{{ v|_keep }}", "{{ v|_cmp('eq', v) }}",
    "{% if v|_turns(-1000000) %}{% endif %}", "{% for x in v|_turns(0) %}{% endfor %}",
    # names of template code: CVE-2024-56201
    "{% block _x %}{% endblock %}", "{{ __builtins__ }}", "{{ l_0_v }}", "{{ resolve('v') }}", "{{ environment.getattr }}",
]  # fmt: skip
EATERS = [
    "{{ 'a' * 10**10 }}", "{{ 'a' * 9999999999 }}", "{{ ('a' ~ v) * 2 }}", "{{ [0] * 9999999 }}", "{{ 9**9**9 }}", "{{ 2**100000 }}",
    "{{ 1000000000000000 * 1000000000000000 }}", "{{ 7 // 0 }}", "{{ 7 % 2 }}", "{{ '%999999999d' % 1 }}", "{{ '%*d' % (9, 1) }}",
    "{{ v.center(10**9) }}", "{{ v|center(1000000000) }}", "{{ v|indent(1000000000) }}", "{{ v|wordwrap(1) }}",
    "{{ v|batch(1000000000) }}", "{{ v|slice(1000000000) }}", "{{ v|replace('', v) }}", "{{ v|join(v) }}",
    "{{ v|truncate(1) }}", "{{ v|filesizeformat }}", "{{ v|int(0, 36) }}", "{{ range(10**9)|length }}",
    "{% for x in range(1000000000) %}{% endfor %}", "{{ lipsum(1000000) }}", "{{ v[::-1] }}", "{{ v[1:] }}", "{{ [v][:1] }}",
    "{{ v.encode() }}", "{{ v.split('') }}", "{{ v.translate({}) }}", "{{ " + "-" * 5000 + "1 }}", "{{ " + "not " * 3000 + "v }}",
    "{{ " + "[" * 5000 + "]" * 5000 + " }}", "{{ " + "v." * 5000 + "v }}", "{{ " + "v|length" + "|length" * 5000 + " }}",
]  # fmt: skip
FACTS = {"v": Value("v"), "u": UNKNOWN, "has": lambda name: True, "x": Row(a="1"), "n": list(range(100))}


@pytest.mark.parametrize("text", [*PAYLOADS, *EATERS], ids=lambda text: text[:60])
def test_a_published_escape_is_refused_at_once_in_word_and_in_markdown(text: str) -> None:
    began = time.process_time()
    word = refused(p(text), **FACTS)
    markdown, _ = refused_markdown(f"{text}\n", **FACTS)
    assert time.process_time() - began < 3
    for told in (word, markdown):
        assert "main" in told or "残って" in told
        assert "root:" not in told and "uid=" not in told and "<class" not in told and "<built-in" not in told


def loops(inner: str, deep: int = 6) -> str:
    return "".join(f"{{% for a{n} in n %}}" for n in range(deep)) + inner + "{% endfor %}" * deep


BURNERS = {
    "nested loops that print nothing": loops(""),
    "conditions that never hold": loops("{% if a1 == 'x' and a2 == 'y' %}x{% endif %}"),
    "long texts compared": loops("{% if big ~ 'x' == big ~ 'y' %}x{% endif %}"),
    "long lists searched": loops("{% if 'x' in many %}x{% endif %}"),
    "a loop with a condition of its own": loops("{% for z in n if z == 'x' %}{% endfor %}"),
    "a loop over a tuple": "".join(
        f"{{% for a{k} in ({'1,' * 300}) %}}" for k in range(4)) + "{% endfor %}" * 4,
}  # fmt: skip


@pytest.mark.parametrize("text", BURNERS.values(), ids=BURNERS)
def test_loops_that_print_nothing_end_by_counted_steps(text: str) -> None:
    """No clock and no signal: the same template stops at the same step on every machine."""
    began = time.process_time()
    told = refused(p(text), **FACTS, big="あ" * 900_000, many=["x" * 3] * 200_000)
    assert "多すぎます" in told and "段落:" in told
    assert time.process_time() - began < 30


def test_clauses_that_include_one_another_twice_each_end_too() -> None:
    """Sixty files, 2⁶⁰ inclusions."""

    def twice(n: int) -> bytes:
        return a_docx(*[steer(f'{{%p include "clauses/c{n}.docx" %}}')] * 2)

    clauses = {f"c{n}": twice(n + 1) for n in range(60)} | {"c60": a_docx(p(""))}
    told = refused(steer('{%p include "clauses/c0.docx" %}'), clauses=clauses)
    assert "取り込みが多すぎます" in told


def nested(inner: str, form: str, deep: int) -> str:
    for _ in range(deep):
        inner = form.format(inner)
    return inner


COMPILED = {
    "if in if": "{{ " + nested("v", "(1 if {} else 2)", 12) + " }}",
    "and in or": "{% if " + nested("v", "(({} and v) or v)", 12) + " %}x{% endif %}",
    "a chain of comparisons": "{% if " + " < ".join(["1"] * 40) + " %}x{% endif %}",
    "alternatives that double": "".join(
        f"{{% for a{k + 1} in [(a{k} if u else a{k}) if u else (a{k} if u else a{k})] %}}" for k in range(9)
    ) + "{% endfor %}" * 9,
}  # fmt: skip


@pytest.mark.parametrize("text", COMPILED.values(), ids=COMPILED)
def test_an_expression_that_would_double_without_end_is_refused_soon(text: str) -> None:
    began = time.process_time()
    told = refused(p(text), **FACTS, a0="x" * 1000)
    assert "複雑すぎ" in told or "深すぎ" in told or "長すぎ" in told, told
    assert time.process_time() - began < 5


def test_tags_without_an_end_do_not_make_the_reader_search_the_file_for_each() -> None:
    began = time.process_time()
    assert "閉じていません" in refused(*[p("{% if v")] * 10_000)
    assert "閉じていません" in refused(p("{%" * 5_000))
    assert time.process_time() - began < 10


def test_what_a_large_city_needs_is_far_within_the_limits() -> None:
    from drafting.scenario import ROOT, a_file, papers_of

    from gen.word import budget

    spent: list[int] = []
    ordinary = budget.Budget.start

    def start(self: budget.Budget) -> None:
        spent.append(budget._MAX_STEPS - self._left)
        ordinary(self)

    budget.Budget.start = start  # type: ignore[method-assign]
    try:
        papers_of(a_file(ROOT / "tests/profiles/union.yaml"))
    finally:
        budget.Budget.start = ordinary  # type: ignore[method-assign]
    assert 0 < max(spent) < budget._MAX_STEPS / 50


def test_tables_with_thousands_of_rows_are_filled(tmp_path: Path) -> None:
    from word.scenario import twin

    rows = table(
        tr("{%tr for r in rows %}", ""),
        tr("{{ r.a }}", "{% if r.a == 'x' %}y{% endif %}"),
        tr("{%tr endfor %}", ""),
    )
    assert twin(rows, p("終"), rows=[Row(a=str(n)) for n in range(5_000)]).count("\n") == 5_001
