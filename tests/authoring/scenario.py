"""A template in a few lines, and what lint says about it.

Hands out `a_template`, `a_paper`, `of_rule` and `severe`. Texts are masters as docs/templates.md
describes them; `beside` puts more files in the same folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from gen.authoring import lint
from gen.report import Finding, Severity
from gen.word.master import build

CONTRACT = "contracts/operation-support"
PAPER = "procedures/own"


def a_template(
    folder: Path,
    text: str,
    name: str = CONTRACT,
    *,
    when: Mapping[str, Any] | None = None,
    master: bool = False,
    beside: Mapping[str, str] | None = None,
) -> Path:
    """Write a city's own template, as a Word file unless it cannot be built, and give its folder.

    Args:
        folder: of the city's own templates.
        text: its master.
        name: in the catalog.
        when: condition of its manifest.
        master: whether the text master stands beside the Word file.
        beside: more templates by name.
    """
    for one, body in {name: text, **(beside or {})}.items():
        path = folder / f"{one}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build(body, one))
        if master:
            path.with_suffix(".txt").write_text(body, encoding="utf-8")
        _manifest(path, one, when if one == name else None)
    return folder


def a_paper(
    folder: Path,
    text: str | bytes,
    name: str = PAPER,
    *,
    subject: str = "systems",
    when: Mapping[str, Any] | None = None,
    parts: Mapping[str, str] | None = None,
) -> Path:
    """Write a city's own Markdown template with its manifest, and give its folder.

    Args:
        folder: of the city's own templates.
        text: of the template.
        name: in the catalog.
        subject: whose facts fill it.
        when: condition of its manifest.
        parts: templates in `clauses/` that it may include, by name.
    """
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    kind = {"procedures": "procedure", "plans": "plan", "clauses": "clause"}[name.split("/")[0]]
    content = {"title": "見本", "kind": kind, "subject": subject, "when": dict(when or {})}
    path.with_suffix(".yaml").write_text(yaml.dump(content, allow_unicode=True), encoding="utf-8")
    for one, body in (parts or {}).items():
        a_paper(folder, body, f"clauses/{one}", subject="")
    return folder


def _manifest(path: Path, name: str, when: Mapping[str, Any] | None) -> None:
    kind = {"contracts": "contract", "clauses": "clause", "attachments": "attachment"}[name.split("/")[0]]
    subject = "contracts" if kind == "contract" else ""
    content = {"title": "見本", "kind": kind, "subject": subject, "when": dict(when or {})}
    path.with_suffix(".yaml").write_text(yaml.dump(content, allow_unicode=True), encoding="utf-8")


def of_rule(rule: str, folder: Path, *wanted: str) -> list[Finding]:
    """What one rule says about a city's own templates."""
    return [finding for finding in lint(wanted, folder) if finding.rule == rule]


def severe(folder: Path, *wanted: str) -> list[Finding]:
    """Errors and warnings."""
    return [finding for finding in lint(wanted, folder) if finding.severity is not Severity.INFO]
