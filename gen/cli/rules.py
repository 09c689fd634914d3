"""`kian rules`: every rule of the checks, and what one of them rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from gen.cli.common import echo_json, format_option, say

if TYPE_CHECKING:
    from gen.rules import RuleText

__all__ = ["command"]


@click.command("rules", short_help="点検の規則と、その根拠を示す")
@click.argument("rule", metavar="[ID]", required=False)
@format_option
def command(rule: str | None, form: str) -> int:
    """点検の規則の一覧を示す。ID を付けると、その規則の理由、典拠、日付、確度を示す。

    ID は、kian check と kian template lint が [ ] の中に示す名前。作業場所は要らない。

    \b
    例:  kian rules
         kian rules contract-zuikei-limit
    """
    from gen.drafting.explaining import all_rules, list_text, rule_json, rule_text, the_rule

    chosen = [the_rule(rule, _over_templates)] if rule else all_rules()
    if form == "json":
        echo_json([rule_json(one, whole=rule is not None) for one in chosen])
    else:
        say(rule_text(chosen[0]) if rule else list_text(chosen))
    return 0


def _over_templates() -> Mapping[str, RuleText]:
    from gen.authoring.own_papers import rule_texts

    return rule_texts()
