"""Every rule over the facts has one profile that breaks it and one that keeps it: severity, line and column.

The profiles stand in every_rule.txt, one scene a rule; how a rule behaves at its edges is told in
the other tests of this folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from gen.profile import load_profile_bytes
from gen.report import Finding
from gen.rules import RULES, check, text_of
from rules.scenario import ON

MARK = "▼"


@dataclass(frozen=True)
class Scene:
    """One rule with both profiles.

    Attributes:
        rule: its id.
        severity: of the finding.
        on: 基準日.
        broken, kept: the profiles, the broken one with its mark.
    """

    rule: str
    severity: str
    on: date
    broken: str
    kept: str

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the mark, from 1."""
        before = self.broken[: self.broken.index(MARK)]
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def scenes() -> Iterator[Scene]:
    text = (Path(__file__).parent / "every_rule.txt").read_text(encoding="utf-8")
    macros = dict(re.findall(r"^@@ (\w+)\n((?: .*\n)+)", text, re.MULTILINE))
    for head, body in re.findall(r"^== (.*)\n((?:[-+ @].*\n)+)", text, re.MULTILINE):
        rule, severity, *day = head.split()
        lines = re.sub(r"^@(\w+)\n", lambda found: macros[found[1]], body, flags=re.MULTILINE).splitlines()
        broken, kept = (
            "".join(f"{line[1:]}\n" for line in lines if line[0] in signs) for signs in (" -", " +")
        )
        yield Scene(rule, severity, date.fromisoformat(day[0]) if day else ON, broken, kept.replace(MARK, ""))


SCENES = tuple(scenes())


def found(scene: Scene, text: str) -> list[Finding]:
    loaded = load_profile_bytes({"profile.yaml": text.encode()})
    assert loaded.profile is not None, list(loaded.report)
    return [finding for finding in check(loaded.profile, scene.on) if finding.rule == scene.rule]


def test_no_rule_is_missing() -> None:
    assert sorted(scene.rule for scene in SCENES) == sorted({"waiver-idle", *(rule.id for rule in RULES)})


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.rule)
def test_broken_with_line_and_column(scene: Scene) -> None:
    (finding,) = found(scene, scene.broken.replace(MARK, ""))
    assert finding.place is not None
    assert (finding.place.file, finding.place.line, finding.place.column) == ("profile.yaml", *scene.place)
    assert finding.severity.value == scene.severity
    assert finding.basis or not text_of(scene.rule).basis


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.rule)
def test_kept(scene: Scene) -> None:
    assert scene.broken.replace(MARK, "") != scene.kept
    assert found(scene, scene.kept) == []


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.rule)
def test_what_a_person_reads(scene: Scene) -> None:
    """Where, what, why and what to do: a sentence each, and no word of the program's inside."""
    (finding,) = found(scene, scene.broken.replace(MARK, ""))
    assert finding.message.endswith("。") or "：" in finding.message
    assert finding.hint.endswith("。")
    assert not re.search(r"None|Undecided|Decimal|\{|\}", finding.message + finding.hint)
