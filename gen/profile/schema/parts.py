"""Groups that more than one section uses.

Hands out the head, a rule text, a period and the like as functions that give fresh rules.
Leans on `kinds`.
"""

from __future__ import annotations

from gen.profile.model import Acting, Deputation, Head, NamedAddress, RuleText
from gen.profile.model_contracts import Period
from gen.profile.model_plans import Milestone, Window
from gen.profile.schema.kinds import Rule, group, leaf

__all__ = ["city_head", "milestone", "named_address", "period", "rule_text", "vendor_head", "window"]


def city_head() -> Rule:
    """The city's head with the person who acts for the head."""
    acting = group(
        Acting,
        "職務代理者",
        {
            "title": leaf("text", "職名", "代理の肩書。", example="青葉台市長職務代理者副市長", needed=True),
            "name": leaf("text", "氏名", example="架空　花子", needed=True),
        },
        "長が欠けたとき、または事故があるときだけ書きます（地方自治法第152条）。",
    )
    fields = {
        "title": leaf(
            "text",
            "職名",
            "市長、町長、知事、管理者、広域連合長など、署名に使う肩書。",
            example="青葉台市長",
            needed=True,
        ),
        "name": leaf(
            "text", "氏名", "姓と名の間の空白は、書いたとおり印字します。", example="架空　太郎", needed=True
        ),
        "acting": acting,
    }
    return group(Head, "長", fields, "団体を代表する人。", always=True)


def vendor_head() -> Rule:
    """A vendor's representative."""
    fields = {
        "title": leaf(
            "text", "職名", "代表取締役、支店長など、署名する人の肩書。", example="代表取締役", needed=True
        ),
        "name": leaf("text", "氏名", example="例示　一郎", needed=True),
    }
    return group(Deputation, "代表者", fields, "契約書に署名する人。", always=True)


def named_address() -> Rule:
    """A place with its address."""
    fields = {
        "name": leaf("text", "名称", example="北庁舎", needed=True),
        "address": leaf("text", "所在地", example="青葉台県青葉台市北町2番地", needed=True),
    }
    return group(NamedAddress, "庁舎", fields)


def rule_text(label: str, help: str, example: str) -> Rule:
    """One of the city's own rules by name, number and article."""
    fields = {
        "name": leaf("text", "名称", "題名をそのまま書きます。", example=example, needed=True),
        "number": leaf("text", "番号", example="平成10年青葉台市規則第12号"),
        "article": leaf("text", "条項", "契約書で引く条項があるときに書きます。", example="第30条第2項"),
    }
    return group(RuleText, label, fields, help)


def period(label: str, help: str, *, always: bool = False) -> Rule:
    """A stretch of time that a contract names."""
    fields = {
        "start": leaf(
            "day",
            "始期",
            "日付、または「契約締結日」「契約締結日の翌日」。",
            example="令和8年4月1日",
            needed=True,
        ),
        "end": leaf(
            "day", "終期", "日付。「令和9年3月末日」とも書けます。", example="令和9年3月31日", needed=True
        ),
    }
    return group(Period, label, fields, help, always=always)


def window(label: str) -> Rule:
    """A named stretch of days."""
    fields = {
        "name": leaf("text", "名称", example="当初課税", needed=True),
        "start": leaf("date", "始まりの日", example="令和8年12月28日", needed=True),
        "end": leaf("date", "終わりの日", example="令和9年1月3日", needed=True),
        "note": leaf("prose", "備考", example="証明書の発行を止める"),
    }
    return group(Window, label, fields)


def milestone(label: str) -> Rule:
    """A named day."""
    fields = {
        "name": leaf("text", "名称", example="移行判定会議（最終）", needed=True),
        "on": leaf("date", "期日", example="令和8年12月18日", needed=True),
        "note": leaf("prose", "備考", example="副市長が主宰"),
    }
    return group(Milestone, label, fields)
