"""Nothing that a person can type, read or rely on is missing from the docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gen.authoring.linting import RULES as LINT_RULES
from gen.clauses import CALLS
from gen.contract import contract_context, contract_facts
from gen.contract.facts import FACTS
from gen.drafting import standing
from gen.errors import ExitCode
from gen.ledger import Life, State
from gen.profile import load_profile
from gen.profile.facts import is_leaf
from gen.profile.schema import Rule, schema
from gen.rules import texts
from gen.word.house import ROLES
from gen.word.row import Row

from .pages import DOCS, ROOT, commands, options

_ID = re.compile(r"(?:profile|yaml|final)-[a-z]+(?:-[a-z]+)*")


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _literals(*folders: str) -> Iterator[str]:
    """Every string that stands in the sources of some rooms."""
    for folder in folders:
        for file in sorted((ROOT / "gen" / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.mark.parametrize("words", [words for words, _ in commands()])
def test_a_command_and_its_options_are_documented(words: str) -> None:
    page = _text("docs/ja/commands.md")
    command = dict(commands())[words]
    assert f"\n## {words}\n" in page
    section = page.partition(f"\n## {words}\n")[2].partition("\n## ")[0]
    missing = [option for option in options(command) if option not in section]
    assert not missing


@pytest.mark.parametrize("code", ExitCode)
@pytest.mark.parametrize("path", ["README.ja.md", "docs/ja/troubleshooting.md", "docs/architecture.md"])
def test_an_exit_code_is_documented(code: ExitCode, path: str) -> None:
    assert re.search(rf"^\| {int(code)} \| ", _text(path), re.MULTILINE)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_documented(name: str) -> None:
    assert f"| `fact.{name}` |" in _text("docs/template-fields.md")


@pytest.mark.parametrize("path", ["docs/ja/templates.md", "docs/templates.md"])
@pytest.mark.parametrize("name", [*CALLS, "has"])
def test_a_call_of_a_template_is_documented(name: str, path: str) -> None:
    assert re.search(rf"\b{name}\(", _text(path))


@pytest.mark.parametrize("name", [role.name for role in ROLES])
def test_a_role_is_documented(name: str) -> None:
    assert f"| `{name}` |" in _text("docs/ja/templates.md")
    assert re.search(rf"^\|.*`{name}`.*\|$", _text("docs/templates.md"), re.MULTILINE)


def test_the_groups_of_names_that_templates_print_are_those_of_the_code() -> None:
    profile = load_profile(ROOT / "profiles" / "aobadai.yaml").profile
    assert profile is not None
    key = next(iter(profile.contracts))
    names = contract_context(profile, key, contract_facts(profile, key), {}, date(2026, 4, 1))
    page = _text("docs/templates.md").partition("## Facts")[2].partition("\n## ")[0]
    groups = set(re.findall(r"`(\w+)\.\*`", page))
    assert groups == {name for name, value in names.items() if isinstance(value, Row)}
    lists = {name for name, value in names.items() if isinstance(value, list)}
    assert not [name for name in lists if f"`{name}`" not in page]


@pytest.mark.parametrize("id", texts())
def test_a_rule_is_documented(id: str) -> None:
    assert f"| `{id}` |" in _text("docs/ja/rules.md")


@pytest.mark.parametrize("id", [rule.id for rule in LINT_RULES])
def test_a_rule_over_templates_is_documented(id: str) -> None:
    assert re.search(rf"(?<![\w-]){id}(?![\w-])", _text("docs/ja/template-lint.md"))


def test_every_finding_of_reading_is_documented_and_nothing_else() -> None:
    found = {text for text in _literals("profile", "drafting", "word") if _ID.fullmatch(text)}
    found |= {"undecided", "document-inspection", "template-subject"}
    assert found == {row.id for row in texts().values() if row.family == "reading"}


def _fields(rule: Rule, path: str) -> Iterator[str]:
    if is_leaf(rule):
        yield path
    elif rule["type"] == "list":
        yield from _fields(rule["schema"], f"{path}.n")
    elif "valuesrules" in rule:
        yield from _fields(rule["valuesrules"], f"{path}.（鍵）")
    else:
        for name, below in rule["schema"].items():
            yield from _fields(below, f"{path}.{name}")


@pytest.mark.parametrize("section", schema())
def test_every_field_of_the_profile_is_documented(section: str) -> None:
    page = _text("docs/profile.md")
    missing = [path for path in _fields(schema()[section], section) if f"| `{path}` |" not in page]
    assert not missing
    assert f"`{section}`" in _text("docs/ja/profile.md")


@pytest.mark.parametrize("state", standing._DETAIL)
def test_a_state_of_a_document_is_documented(state: str) -> None:
    assert f"`{state}`" in _text("docs/architecture.md")


def test_the_states_that_status_shows_are_explained() -> None:
    from gen.drafting.telling import _STATES

    page = _text("docs/ja/history.md")
    assert not [word for word in _STATES.values() if f"| {word} | " not in page]


@pytest.mark.parametrize("word", [*Life, *State])
def test_a_word_of_the_lock_is_documented(word: str) -> None:
    assert f"`{word}`" in _text("docs/architecture.md")


def test_every_trailer_and_every_mark_of_provenance_is_documented() -> None:
    names = {text for text in _literals("ledger", "drafting") if re.fullmatch(r"Kian-?[A-Z][A-Za-z]+", text)}
    page = _text("docs/architecture.md")
    assert {"Kian-Document", "KianFingerprint"} < names
    assert not [name for name in names if f"`{name}`" not in page]


def test_every_page_for_officials_is_reached_from_their_readme() -> None:
    readme = _text("README.ja.md")
    pages = [page.relative_to(ROOT).as_posix() for page in sorted((DOCS / "ja").glob("*.md"))]
    assert not [page for page in pages if page not in readme]


def test_every_shipped_profile_is_named_for_officials() -> None:
    page = _text("docs/ja/start.md")
    assert not [file.name for file in Path(ROOT / "profiles").glob("*.yaml") if file.name not in page]
