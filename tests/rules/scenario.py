"""A profile in a few lines, and what a rule says about it.

Hands out `a_profile`, `breaks` and `keeps`. Every text is YAML as a city would type it; what a
scenario leaves out is 未定 or absent, so that only the rule in question has something to weigh.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import dedent, indent

from gen.profile import Profile, load_profile_bytes
from gen.report import Finding, Severity
from gen.rules import check

ON = date(2026, 4, 1)
PERIOD = "period: {start: 令和8年4月1日, end: 令和9年3月31日}\n"
THREE_YEARS = "period: {start: 令和8年4月1日, end: 令和11年3月31日}\n"


@dataclass(frozen=True)
class Scene:
    """A profile and the text that it was read from."""

    profile: Profile
    text: str

    def line(self, finding: Finding) -> str:
        """The line that a finding points to."""
        assert finding.place and finding.place.line and finding.place.file == "profile.yaml"
        return self.text.splitlines()[finding.place.line - 1]

    def at(self, finding: Finding) -> str:
        """What stands at the line and column that a finding points to."""
        assert finding.place and finding.place.column
        return self.line(finding)[finding.place.column - 1 :]

    def is_at(self, finding: Finding, words: str) -> bool:
        """Whether line and column lie inside of these words, such as `tax: 5`, or are the value of this key."""
        line, rest = self.line(finding), self.at(finding)
        column = len(line) - len(rest)
        inside = any(line[n:].startswith(words) for n in range(max(0, column - len(words) + 1), column + 1))
        return inside or line[:column].endswith((f"{words} ", f"{words}: "))


def a_profile(
    contract: str, *, kind: str = "市", vendor: str = "taxable: はい", rules: str = "", rest: str = ""
) -> Scene:
    """A city with one vendor, one contract `ops` and, where given, rules of its own and further sections."""
    text = f"city: {{name: 青葉台市, kind: {kind}}}\n"
    text += "vendors:\n  midori:\n    name: 株式会社みどり\n"
    text += ("" if "kind:" in vendor else "    kind: 法人\n") + _under(vendor, 4)
    text += f"rules:\n{_under(rules, 2)}" if rules else ""
    text += "contracts:\n  ops:\n    template: operation-support\n"
    text += ("" if "parties:" in contract else "    vendor: midori\n") + _under(contract, 4)
    text += rest
    loaded = load_profile_bytes({"profile.yaml": text.encode()})
    assert loaded.profile is not None, list(loaded.report)
    return Scene(loaded.profile, text)


def _under(text: str, columns: int) -> str:
    return indent(dedent(text).strip("\n") + "\n", " " * columns)


def of_rule(scene: Scene, rule: str, on: date = ON) -> list[Finding]:
    """What one rule finds."""
    return [finding for finding in check(scene.profile, on) if finding.rule == rule]


def breaks(
    rule: str,
    contract: str,
    field: str,
    at: str,
    *,
    severity: Severity = Severity.ERROR,
    on: date = ON,
    kind: str = "市",
    vendor: str = "taxable: はい",
    rules: str = "",
) -> Finding:
    """Assert that the rule finds exactly one thing, at that field, its line and column inside of `at`.

    A field is that of the contract; ROW is the contract itself.
    """
    scene = a_profile(contract, kind=kind, vendor=vendor, rules=rules)
    found = of_rule(scene, rule, on)
    assert len(found) == 1, found
    whole = field if field.split(".")[0] in ("rules", "vendors") else f"contracts.ops.{field}"
    whole = whole.removesuffix(".ROW")
    assert (found[0].field, found[0].severity) == (whole, severity), found
    assert scene.is_at(found[0], at), (scene.at(found[0]), found)
    assert found[0].hint
    return found[0]


def keeps(
    rule: str,
    contract: str,
    *,
    on: date = ON,
    kind: str = "市",
    vendor: str = "taxable: はい",
    rules: str = "",
) -> None:
    """Assert that the rule has nothing to say."""
    found = of_rule(a_profile(contract, kind=kind, vendor=vendor, rules=rules), rule, on)
    assert not found, found
