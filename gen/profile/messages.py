"""What the schema's check found, said in Japanese.

Hands out `finding_of`, by error code: what was typed, what is allowed, the nearest right
word, and where. Leans on `checker` for the codes and on difflib for the nearness.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cerberus import errors

from gen.errors import Place
from gen.japanese.digits import fold_width
from gen.profile.checker import BAD_KEY, DECIDED, NO_SUCH_ROW, Problem, keys_of
from gen.profile.facts import label_of, root, rule_at
from gen.profile.reader import Path, Tree
from gen.profile.schema import Rule
from gen.profile.values import Rejected
from gen.report import Finding, Severity

__all__ = ["dotted", "finding_of", "nearest"]


def dotted(path: Path) -> str:
    """The path as it is written elsewhere."""
    return ".".join(str(segment) for segment in path)


def nearest(word: str, words: Iterable[str], cutoff: float = 0.5) -> str:
    """The word most like the one typed, "" where none is."""
    found = difflib.get_close_matches(word, list(words), n=1, cutoff=cutoff)
    return found[0] if found else ""


def finding_of(problem: Problem, tree: Tree, document: Mapping[str, Any], first_file: str) -> Finding:
    """One problem as a finding at its place."""
    path: Path = problem.document_path
    place = tree.place(path)
    if problem.code == errors.REQUIRED_FIELD.code:
        rule, message, hint = _missing(path)
    elif problem.code == errors.UNKNOWN_FIELD.code:
        rule, message, hint = _unknown(path, document)
        place = tree.keys.get(path) or place
    elif isinstance(problem.value, Rejected):
        rejected = problem.value
        rule, message, hint = rejected.rule, f"{label_of(dotted(path))}：{rejected.message}", rejected.hint
    else:
        rule, message, hint = _other(problem, path, document)
    if problem.code == BAD_KEY.code:
        place = tree.keys.get(path) or place
    return Finding(rule, Severity.ERROR, message, place or Place(first_file, 1, 1), dotted(path), hint=hint)


def _missing(path: Path) -> tuple[str, str, str]:
    found = rule_at(dotted(path))
    example = found["meta"].get("example", "") if found else ""
    hint = (
        f"「{path[-1]}: {example}」のように書いてください。"
        if example
        else f"「{path[-1]}:」を書いてください。"
    )
    return "profile-missing", f"{label_of(dotted(path))}（{path[-1]}）がありません。", hint


def _unknown(path: Path, document: Mapping[str, Any]) -> tuple[str, str, str]:
    parent = rule_at(dotted(path[:-1])) or root()
    fields: dict[str, Rule] = parent.get("schema", {})
    typed = str(path[-1])
    label = label_of(dotted(path[:-1])) if len(path) > 1 else ""
    where = f"{label}{' ' if label[-1:].isascii() else ''}に" if label else ""
    message = f"{where}「{typed}」という項目はありません。"
    if fold_width(typed).rstrip("円").isdigit():
        hint = "「{…}」の中でカンマのある値を書くときは、「'10,560,000円'」のように囲んでください。"
        return "profile-unknown-field", message, hint
    labels = {rule["meta"]["label"]: name for name, rule in fields.items()}
    folded = typed.lower().replace("-", "_").strip()
    close = (
        folded
        if folded in fields
        else labels.get(typed) or nearest(folded, fields) or labels.get(nearest(typed, labels), "")
    )
    if close:
        return (
            "profile-unknown-field",
            message,
            f"「{close}」（{fields[close]['meta']['label']}）ではありませんか。",
        )
    elsewhere = list(_elsewhere(root(), typed))
    if elsewhere:
        return "profile-unknown-field", message, f"この項目は「{elsewhere[0]}」に書きます。"
    return "profile-unknown-field", message, f"書ける項目：{'、'.join(fields)}"


def _elsewhere(rule: Rule, name: str, path: str = "") -> Iterator[str]:
    """Where else in the schema a field of that name stands."""
    if rule["type"] == "list" and "schema" in rule:
        yield from _elsewhere(rule["schema"], name, f"{path}（各行）")
    elif "valuesrules" in rule:
        yield from _elsewhere(rule["valuesrules"], name, f"{path}.（鍵）")
    elif rule["type"] == "dict":
        for field, below in rule["schema"].items():
            inner = f"{path}.{field}" if path else field
            if field == name:
                yield inner
            yield from _elsewhere(below, name, inner)


def _other(problem: Problem, path: Path, document: Mapping[str, Any]) -> tuple[str, str, str]:
    label, typed = label_of(dotted(path)), str(problem.value)
    if problem.code == errors.UNALLOWED_VALUE.code:
        close = nearest(typed, problem.constraint)
        hint = f"「{close}」ではありませんか。" if close else "どれか1つを、そのとおりに書いてください。"
        return (
            "profile-choice",
            f"{label}に「{typed}」は書けません。書ける語：{'、'.join(problem.constraint)}",
            hint,
        )
    if problem.code == DECIDED.code:
        return (
            "profile-undecided",
            f"{label}は未定にできません（{problem.constraint}）。",
            "値を決めて書いてください。",
        )
    if problem.code == NO_SUCH_ROW.code:
        return _no_such_row(label, typed, problem.constraint, document)
    if problem.code == BAD_KEY.code:
        hint = "文字（漢字・かな・英数字）、「_」、「-」で60字までにしてください。空白、記号、「.」は使えません。"
        return "profile-key", f"「{path[-1]}」は鍵として使えません。", hint
    if problem.code == errors.MAX_VALUE.code:
        return (
            "profile-number",
            f"{label}「{typed}」が大きすぎます。",
            f"{problem.constraint}までの数を書いてください。",
        )
    raise RuntimeError(f"no Japanese for {problem}")


def _no_such_row(label: str, typed: str, table: str, document: Mapping[str, Any]) -> tuple[str, str, str]:
    keys = keys_of(document, table)
    close = nearest(typed, keys)
    if close:
        hint = f"「{close}」ではありませんか。"
    elif keys:
        hint = f"書ける鍵：{'、'.join(keys[:12])}{' など' if len(keys) > 12 else ''}"
    else:
        hint = f"「{table}」に「{typed}」を加えてください。"
    return "profile-reference", f"{label}の「{typed}」は、{label_of(table)}（{table}）にありません。", hint
