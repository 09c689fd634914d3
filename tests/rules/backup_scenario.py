"""A city with two systems and one backup plan in a few lines, and what a rule says about it.

Hands out `a_plan`, `broken`, `kept` and the words that the scenarios share.
"""

from __future__ import annotations

from datetime import date
from textwrap import dedent, indent

from gen.profile import load_profile_bytes
from gen.report import Finding, Severity
from rules.scenario import ON, Scene, of_rule

REMOTE = "{place: 大阪, kind: 遠隔地の写し, region: 大阪}"
"""A copy that leaves all else unsaid."""


def _under(text: str, columns: int) -> str:
    return indent(dedent(text).strip("\n") + "\n", " " * columns) if text.strip() else ""


def a_plan(plan: str = "", *, system: str = "", other: str = "", rest: str = "", city: str = "") -> Scene:
    """The plan of `juki`; `other` is the plan of `zei`, which waits for it; `rest` goes under `backup`."""
    text = f"city: {{name: 青葉台市, kind: 市{city}}}\n"
    text += "systems:\n  juki:\n    name: 住記\n"
    text += "    business: 住民基本台帳\n" + ("" if "state:" in system else "    state: 移行済み\n")
    text += _under(system, 4)
    text += "  zei: {name: 税, business: 個人住民税, state: 移行済み, depends_on: [juki]}\n"
    text += (
        "backup:\n" + _under(rest, 2) + "  systems:\n    juki:\n" + (_under(plan, 6) or "      rto: 未定\n")
    )
    text += f"    zei:\n{_under(other, 6)}" if other else ""
    return a_city(text)


def a_city(text: str) -> Scene:
    """A whole profile."""
    loaded = load_profile_bytes({"profile.yaml": text.encode()})
    assert loaded.profile is not None, list(loaded.report)
    return Scene(loaded.profile, text)


def broken(
    rule: str, scene: Scene, field: str, at: str, severity: Severity = Severity.ERROR, on: date = ON
) -> Finding:
    """Assert that the rule finds exactly one thing, at that field, its line and column inside of `at`."""
    found = of_rule(scene, rule, on)
    assert len(found) == 1, found
    assert (found[0].field, found[0].severity) == (field, severity), found
    assert scene.is_at(found[0], at), (scene.at(found[0]), found)
    assert (found[0].hint.endswith("。") and found[0].message.endswith("。")) or "：" in found[0].message
    return found[0]


def kept(rule: str, scene: Scene, on: date = ON) -> None:
    """Assert that the rule has nothing to say."""
    assert of_rule(scene, rule, on) == []
