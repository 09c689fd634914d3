"""The page of lint rules, written from the registry and its examples.

Hands out `template_lint_page` and `examples`; `python -m gen.authoring.reference` writes
docs/ja/template-lint.md, and a test holds the two together. Leans on `linting`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gen.authoring.lint_wording import WORDINGS
from gen.authoring.linting import RULES
from gen.authoring.sheet import MARKDOWN, WORD

__all__ = ["Example", "examples", "template_lint_page"]

_FILE = Path(__file__).parent / "data" / "examples.yaml"
_LEVELS = {"error": "誤り", "warning": "注意", "info": "情報"}
_FORMS = {WORD: "Word", MARKDOWN: "Markdown"}
_HEAD = """# ひな形の点検（kian template lint）

このページは、プログラムの中の規則から作られます。手で直さないでください（`python -m gen.authoring.reference` で作り直します）。

`kian template lint` は、Word のひな形（.docx、.txt）と Markdown のひな形（.md）を読み、次の規則に反する所を全て示します。

- 何も指定しなければ、作業場所の独自のひな形を、なければ同梱のひな形を全て点検します。
- ファイル、フォルダ又は `clauses/secrecy` のような名前を指定できます。
- 文面ファイル（.txt）が隣にあり、Word ファイルと一致していれば、その行番号を示します。なければ、Word の段落の番号を示します。Markdown のひな形では、行と桁を示します。
- 印字できる名前と、条件で尋ねられる事実は、そのひな形の subject（契約、システム、団体）ごとに、文書を作る部分が実際に渡すものと突き合わせます。
- Markdown の部品（clauses フォルダの .md）は、それを取り込む全ての文書で使える名前と突き合わせます。
- 「誤り」が一つでもあれば、終了コードは 1 です。「注意」は直すことを勧めるもの、「情報」は人が確かめるものです。
- 条文だけを点検しても、その条文を取り込む契約書の全体（引用、名前、定義）を調べ、その条文にある指摘と、その条文が原因となり得る指摘を示します。
- 引用が、ある団体の事実の組合せでだけ行き先を失うときは、その事実を示します。

書き方は `docs/templates.md` と `docs/markdown-templates.md`、使える名前は `docs/template-fields.md` と `docs/paper-fields.md` にあります。例は、Word のものは文面（1行1段落）の形、Markdown のものは Markdown です。
"""
_WORDING_HEAD = """
## 用字・用語

公用文の書き方です（Word、Markdown）。タグ、「　」の中、Markdown の「`」の中及び法令の名には当てはめません。規則は `gen/authoring/data/wording.yaml` にあります。

| 規則 | 程度 | 誤りの例 | 正しい例 | 説明 | 根拠 |
| --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Example:
    """A template that breaks a rule and one that keeps it, as text masters.

    Attributes:
        wrong, right: the masters.
        when, when_right: conditions of their manifests.
        shown_only: whether text alone cannot break the rule.
        form: word or markdown; the first where the rule is about both.
    """

    wrong: str
    right: str
    when: dict[str, Any] = field(default_factory=dict)
    when_right: dict[str, Any] = field(default_factory=dict)
    shown_only: bool = False
    form: str = WORD


@cache
def examples() -> dict[str, Example]:
    """The examples of every rule but those of wording, by id."""
    import yaml

    data = yaml.load(_FILE.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        id: Example(
            row["wrong"],
            row["right"],
            row.get("when", {}),
            row.get("when_right", {}),
            row.get("only") == "page",
            row.get("form", WORD),
        )
        for id, row in data.items()
    }


def template_lint_page() -> str:
    """The page as Markdown, in Japanese."""
    wordings = {row.id: row for row in WORDINGS}
    parts = [_HEAD, "\n## 規則\n"]
    for rule in RULES:
        if rule.id in wordings:
            continue
        example = examples()[rule.id]
        forms = "、".join(_FORMS[form] for form in rule.forms)
        parts.append(
            f"\n### {rule.id}\n\n{rule.title}（{_LEVELS[rule.severity.value]}）。"
            f"ひな形：{forms}。根拠：{rule.basis}\n"
        )
        parts.append(f"\n誤りの例：\n\n````text\n{_shown(example.wrong, example.when)}````\n")
        parts.append(f"\n正しい例：\n\n````text\n{_shown(example.right, example.when_right)}````\n")
    parts.append(_WORDING_HEAD)
    for row in WORDINGS:
        cells = (f"`{row.id}`", _LEVELS[row.level.value], row.wrong, row.right, row.why, row.basis)
        parts.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n")
    return "".join(parts)


def _shown(text: str, when: dict[str, Any]) -> str:
    return text + "".join(
        f"# 説明ファイルの when: {key}: {str(value).lower()}\n" for key, value in when.items()
    )


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/ja/template-lint.md")
    target.write_text(template_lint_page(), encoding="utf-8")
