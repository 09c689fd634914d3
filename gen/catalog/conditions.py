"""When a template belongs: facts asked by name, answered yes, no or 未定.

Hands out `Fact`, `Verdict`, `Reason` and `judge`. A condition is a mapping of facts to the value
(or the values) that must hold; `any: [{…}, {…}]` means one of them. Leans on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gen.errors import UserError
from gen.profile import Undecided

__all__ = ["Fact", "Reason", "Verdict", "judge"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a condition can ask.

    Attributes:
        name: as conditions write it.
        value: true, false, a word, or `Undecided`.
        label: Japanese.
        path: field of the profile that it comes from, "" where computed from several.
    """

    name: str
    value: bool | str | Undecided
    label: str
    path: str = ""

    def said(self) -> str:
        """The fact as a person reads it: 個人情報の取扱い＝あり."""
        if isinstance(self.value, Undecided):
            return f"{self.label}＝未定"
        words = {True: "はい", False: "いいえ"}
        return f"{self.label}＝{words[self.value] if isinstance(self.value, bool) else self.value}"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that decided."""

    fact: Fact
    holds: bool | None

    def __str__(self) -> str:
        place = f"（{self.fact.path}）" if self.fact.path else ""
        return f"{self.fact.said()}{place}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """In, out, or (None) undecided, and by which facts.

    Attributes:
        value: True in, False out, None undecided.
        reasons: the facts that decided; empty where it always belongs.
        undecided: the fact that is 未定, where `value` is None.
    """

    value: bool | None
    reasons: tuple[Reason, ...] = ()
    undecided: Undecided | None = None


def judge(when: Mapping[str, Any], facts: Mapping[str, Fact], source: str) -> Verdict:
    """Whether a condition holds.

    Args:
        when: the condition.
        facts: what is known.
        source: name of the template, for messages.

    Raises:
        UserError: it asks a fact that does not exist.
    """
    verdicts = [_one(key, wanted, facts, source) for key, wanted in when.items()]
    return _all(verdicts)


def _one(key: str, wanted: Any, facts: Mapping[str, Fact], source: str) -> Verdict:
    if key == "any":
        return _any([judge(one, facts, source) for one in wanted])
    fact = facts.get(key)
    if fact is None:
        raise UserError(
            f"ひな形「{source}」の条件が、ない事実「{key}」を尋ねています。",
            hint=f"使える事実は {'、'.join(sorted(facts))} です。",
        )
    if isinstance(fact.value, Undecided):
        return Verdict(None, (Reason(fact, None),), fact.value)
    holds = fact.value in (wanted if isinstance(wanted, list) else [wanted])
    return Verdict(holds, (Reason(fact, holds),))


def _all(verdicts: list[Verdict]) -> Verdict:
    failed = [verdict for verdict in verdicts if verdict.value is False]
    if failed:
        return Verdict(False, tuple(reason for verdict in failed for reason in verdict.reasons))
    return _merged(verdicts)


def _any(verdicts: list[Verdict]) -> Verdict:
    held = [verdict for verdict in verdicts if verdict.value is True]
    if held:
        return held[0]
    if all(verdict.value is False for verdict in verdicts):
        return Verdict(False, tuple(reason for verdict in verdicts for reason in verdict.reasons))
    return _merged([verdict for verdict in verdicts if verdict.value is None])


def _merged(verdicts: list[Verdict]) -> Verdict:
    reasons = tuple(reason for verdict in verdicts for reason in verdict.reasons)
    undecided = next((verdict.undecided for verdict in verdicts if verdict.undecided is not None), None)
    return Verdict(None if undecided is not None else True, reasons, undecided)
