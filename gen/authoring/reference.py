"""The pages of lint rules and of the names of papers, written from the code.

Hands out `template_lint_page`, `paper_fields_page` and `examples`; `python -m gen.authoring.reference`
writes docs/ja/template-lint.md and docs/paper-fields.md, and tests hold them together with the
code. Leans on `linting` and `known`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gen.authoring.known import Shape, known
from gen.authoring.lint_wording import WORDINGS
from gen.authoring.linting import RULES
from gen.authoring.sheet import MARKDOWN, WORD

__all__ = ["Example", "examples", "paper_fields_page", "template_lint_page"]

_FILE = Path(__file__).parent / "data" / "examples.yaml"
_KEY = re.compile(r"^(contracts|vendors|systems|people|roles|backup\.systems)\.[^.]+")
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

公用文の書き方です（Word、Markdown）。タグ、「　」の中、Markdown の「`」の中及び法令の名には当てはめません。規則は `gen/rules/data/wording.yaml` にあります。

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


_FIELDS_HEAD = """# 手順書・計画のひな形で使える名前

このページは、プログラムが文書を作るときに実際に渡すものから作られます。手で直さないでください（`python -m gen.authoring.reference` で作り直します）。

Markdown のひな形の `{{ … }}`、`{% if … %}`、`{% for … %}` で使える名前の一覧です。書き方は `docs/markdown-templates.md` にあります。説明ファイルの `subject` により、使える名前が違います。

- 「並び」は `{% for row in 名前 %}` で繰り返し、その行の値を `{{ row.値 }}` と書きます。`（並び）.値` の行が、その値です。
- 「はい・いいえ」は `{% if 名前 %}` で尋ねます。印字はできません。
- 「語」は、例の語のどれかです。それ以外の語と比べる条件は、誰にも当てはまりません。
- どのひな形でも `{{本市}}` が使えます。繰り返しの中では `loop.index`、`loop.first`、`loop.last` などが使えます。
- 例は、同梱の架空の団体のものです。
"""
_SUBJECTS = {"systems": "システムごとの文書", "city": "団体に一つの文書"}


def paper_fields_page() -> str:
    """The page of names as Markdown, in Japanese."""
    parts = [_FIELDS_HEAD]
    for subject, title in _SUBJECTS.items():
        has = known(subject)
        parts.append(
            f"\n## subject: {subject}　{title}\n\n| 名前 | 種類 | プロファイルの項目 | 例 |\n| --- | --- | --- | --- |\n"
        )
        names = {name: shape for name, shape in sorted(has.names.items()) if name not in ("loop", "本市")}
        parts.extend(f"| {' | '.join(row)} |\n" for row in _named(names, ""))
        parts.append(
            "\n説明ファイルの `when` で尋ねられる事実：\n\n| 名前 | 意味 | 答え |\n| --- | --- | --- |\n"
        )
        for fact, label in has.labels.items():
            said = "／".join(_answer(one) for one in has.values[fact])
            parts.append(f"| `{fact}` | {label} | {said} |\n")
    return "".join(parts)


def _answer(value: bool | str) -> str:
    return value if isinstance(value, str) else "はい" if value else "いいえ"


def _named(shapes: Mapping[str, Shape], stem: str) -> Iterator[tuple[str, ...]]:
    for name, shape in shapes.items():
        path = f"{stem}{name}"
        kind = (
            "並び"
            if shape.item
            else "まとまり"
            if shape.fields
            else "はい・いいえ"
            if shape.is_flag
            else "値"
        )
        words = sorted(str(one) for one in shape.values or ()) if kind == "値" else []
        example = "、".join(words) if words else " ".join(shape.example.split())[:40]
        field = _KEY.sub(r"\1.（鍵）", re.sub(r"\.\d+(?=\.|$)", ".n", shape.path))
        cells = (f"`{path}`", "語" if words else kind, f"`{field}`" if field else "", example)
        yield tuple(cell.replace("|", "\\|") for cell in cells)
        yield from _named(shape.fields, f"{path}.")
        if shape.item is not None:
            yield from _named(shape.item.fields, f"{path}（並び）.")


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    (folder / "ja/template-lint.md").write_text(template_lint_page(), encoding="utf-8")
    (folder / "paper-fields.md").write_text(paper_fields_page(), encoding="utf-8")
