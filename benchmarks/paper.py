"""The contract that is filled: 40 articles, a table of 20 rows, some conditions, 130 values.

Hands out `plain_master` (numbers typed out, for stock docxtpl), `named_master` and `clauses`
(named articles, 30 of them included), `long_master`, and `facts`.
"""

from __future__ import annotations

__all__ = ["ARTICLES", "INCLUDED", "clauses", "facts", "long_master", "named_master", "plain_master"]

ARTICLES, INCLUDED, ROWS = 40, 30, 20
_BODY = (
    "に当たり、善良な管理者の注意をもって、関係する法令及び仕様書に従い、誠実に業務を履行しなければならない"
)
_TABLE = """\
[caption] 支払表
[table widths=10,30,30r,30 head=1]
| 回 | 支払期 | 金額 | 備考 |
{%tr for row in payments %}
| {{ row.no }} | {{ row.due }} | {{ row.amount }} | {{ row.note }} |
{%tr endfor %}
[end]
"""


def _article(n: int, *, named: bool) -> str:
    """Article n: a heading, three 項, three 号, three values, two citations; each fourth a condition."""
    before = n - 1 if n > 1 else 2

    def number(call: str, typed: str) -> str:
        return f"{{{{ {call} }}}}" if named else typed

    one = number(f'jo("a{n}", ko="duty")', f"第{n}条")
    two, three = number('ko("notice")', "2"), number('ko("term")', "3")
    other = number(f'ref("a{before}", ko="notice")', f"第{before}条第2項")
    own = number(f'prev("a{n}", ko="notice")', "前項")
    party, city = ("{{乙}}", "{{甲}}") if named else ("受注者", "発注者")
    items = "".join(f"[go] {number('go()', f'({k})')}　{text}\n" for k, text in enumerate(_ITEMS, 1))
    article = (
        f"[midashi] （第{n}の事項）\n"
        f"[jo] {one}　{party}は、{{{{ k.title }}}}{_BODY}。\n"
        f"[ko] {two}　{city}は、{other}の通知を受けた日から{{{{ k.days{n} }}}}以内に、次に掲げる事項を確かめるものとする。\n"
        f"{items}"
        f"[ko] {three}　{own}の期限は、{{{{ k.until{n} }}}}までとする。\n"
    )
    if n % 4 == 0:
        article += (
            f"{{%p if k.electronic %}}\n[body] {party}は、電磁的記録により提出する。\n"
            f"{{%p else %}}\n[body] {party}は、書面により提出する。\n{{%p endif %}}\n"
        )
    return article


_ITEMS = ("業務の実施の状況", "障害の有無及びその内容", "費用の見込み及びその根拠")


def long_master(articles: int) -> str:
    """A paper of this many named articles, none of them included."""
    return f"[title] {{{{ k.title }}}}契約書\n{''.join(_article(n, named=True) for n in range(1, articles + 1))}{_TABLE}"


def plain_master() -> str:
    """The paper with its numbers typed out: what stock docxtpl can fill."""
    articles = "".join(_article(n, named=False) for n in range(1, ARTICLES + 1))
    return f"[title] {{{{ k.title }}}}契約書\n{articles}{_TABLE}"


def named_master() -> str:
    """The same paper with named articles, the last thirty of them included."""
    own = "".join(_article(n, named=True) for n in range(1, ARTICLES - INCLUDED + 1))
    rest = "".join(f'{{%p include "clauses/{name}.docx" %}}\n' for name in clauses())
    return f"[title] {{{{ k.title }}}}契約書\n{own}{rest}{_TABLE}"


def clauses() -> dict[str, str]:
    """The masters of the included articles, by name."""
    return {f"a{n}": _article(n, named=True) for n in range(ARTICLES - INCLUDED + 1, ARTICLES + 1)}


def facts(articles: int = ARTICLES, *, later: int = 0) -> dict[str, object]:
    """The context, plain text as stock docxtpl takes it.

    Args:
        articles: how many the paper has.
        later: days by which every third term is longer.
    """
    numbers = range(1, articles + 1)
    k: dict[str, object] = {"title": "R&D部クラウド運用管理補助業務委託", "electronic": False}
    k.update({f"days{n}": f"{n + 4 + (later if n % 3 == 0 else 0)}日" for n in numbers})
    k.update({f"until{n}": f"令和8年{n % 12 + 1}月{n % 28 + 1}日" for n in numbers})
    payments = [
        {
            "no": str(n),
            "due": f"令和8年{n % 12 + 1}月末日",
            "amount": f"{880_000 + n:,}円",
            "note": f"第{n}回",
        }
        for n in range(1, ROWS + 1)
    ]
    return {"k": k, "payments": payments}
