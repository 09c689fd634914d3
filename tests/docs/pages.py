"""The pages that are made from the code, and what the tests of the docs share.

`python -m tests.docs.pages` writes each of `PAGES` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from gen.cli.main import cli
from gen.drafting.reference import template_fields_page
from gen.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_HEAD = """# コマンドの一覧

このページは、プログラムの `--help` から作られます。手で直さないでください（`python -m tests.docs.pages` で作り直します）。

- 共通の `-C` は、コマンドの名前の前に書きます（例：`kian -C aobadai status`）。
- DOC は文書の id です。id は `kian list` で分かります（例：`contracts/operation-support@ops`）。
- `--format json` を付けると、他のプログラムで読める形で出力します。
- 終了コードの意味は、[困ったとき](troubleshooting.md)にあります。
"""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command by the words that call it: `kian`, `kian check`, `kian template text` …."""
    yield from _below("kian", cli)


def _below(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _below(f"{words} {name}", inner)


def options(command: click.Command) -> set[str]:
    """Every option of a command, `--help` included."""
    with _context("kian", command) as context:
        return {name for param in command.get_params(context) for name in param.opts if name.startswith("-")}


def help_of(words: str, command: click.Command) -> str:
    """The help of a command as a person sees it, whatever the terminal's width."""
    with _context(words, command) as context:
        return command.get_help(context).rstrip()


def _context(words: str, command: click.Command) -> click.Context:
    # Click keeps the first --help option that it makes, so every context must ask for the same.
    names = cli.context_settings["help_option_names"]
    return click.Context(
        command, info_name=words, terminal_width=96, max_content_width=96, help_option_names=names
    )


def commands_page() -> str:
    """docs/ja/commands.md."""
    parts = [_HEAD]
    parts.extend(
        f"\n## {words}\n\n```text\n{help_of(words, command)}\n```\n" for words, command in commands()
    )
    return "".join(parts)


_RULES_HEAD = """# 点検の一覧

このページは、プログラムの中の定義から作られます。手で直さないでください（`python -m tests.docs.pages` で作り直します）。

`kian check` は、次の3つを点検します。指摘の `[ ]` の中が、この一覧の id です。

1. ファイルの形（YAMLとして読めるか）
2. 項目の一つ一つ（書ける値か、番号の検査数字が合うか）
3. 項目と項目の関係（金額の合計、期間、予算、保証金など）

「誤り」が1件でもあると、文書は作りません。「注意」と「情報」は、作ることを妨げません。
規則によっては、事情により表より軽い区分で示します。「未定」の項目は、点検の計算に使いません。

## 項目と項目の関係

| id | 区分 | 守るべきこと | 根拠 |
| --- | --- | --- | --- |
"""

_READING_HEAD = """
## ファイルの形と、項目の一つ一つ

| id | 指摘の内容 |
| --- | --- |
"""

READING = {
    "yaml-anchor": "YAMLの参照（`&`、`*`）が使われています",
    "yaml-character": "使えない文字があります",
    "yaml-conflict": "git の統合（merge）で二人の直しが食い違ったままです",
    "yaml-depth": "字下げの段が深すぎます",
    "yaml-documents": "2つ目の文書（`---`）があります",
    "yaml-duplicate-key": "同じ項目が2度書かれています",
    "yaml-encoding": "文字コードがUTF-8ではありません",
    "yaml-key": "項目名として読めません",
    "yaml-size": "ファイルが大きすぎるか、項目が多すぎます",
    "yaml-syntax": "YAMLとして読めません（全角のコロン、字下げのずれなど）",
    "yaml-tag": "型の指定（`!`）が使われています",
    "yaml-top": "「項目: 値」の形になっていません",
    "profile-amount": "金額として読めません",
    "profile-business": "標準化対象の業務の名前に似た語です",
    "profile-character": "形の似た別の文字など、確かめるべき文字があります",
    "profile-choice": "決められた語ではありません",
    "profile-code": "団体コードの検査数字が合いません",
    "profile-code-former": "廃止された団体コードを確かめてください",
    "profile-code-name": "団体コードと団体名又は種別が合いません",
    "profile-code-unknown": "団体コードが一覧にありません",
    "profile-company-mark": "㈱などの略号があります",
    "profile-corporate-number": "法人番号の検査用数字が合いません",
    "profile-cycle": "システムの依存が輪になっています",
    "profile-date": "日付として読めません。暦にない日付です",
    "profile-date-note": "日付の読み方を確かめてください（終わった元号の年など）",
    "profile-file": "プロファイルのファイルを読めません",
    "profile-halfwidth": "半角のかたかながあります",
    "profile-invoice-number": "登録番号（T番号）が正しくありません",
    "profile-key": "鍵として使えない文字があります。紛らわしい鍵があります",
    "profile-members": "共同企業体の構成員の書き方が合いません",
    "profile-missing": "必要な項目がありません",
    "profile-name-note": "団体の名前を確かめてください",
    "profile-number": "数として読めません。大きすぎます",
    "profile-parties": "契約の当事者の書き方が合いません",
    "profile-private-number": "個人の電話番号らしいものがあります",
    "profile-radical": "漢字に似た部首の文字（康熙部首）があります",
    "profile-reference": "書かれた鍵の行がありません",
    "profile-section-twice": "同じ章が2つのファイルにあります",
    "profile-shape": "値と項目の形が合いません",
    "profile-template": "契約の template に、ないひな形の名前が書かれています",
    "template-subject": "団体独自のひな形の subject が使えないため、その文書は作られません",
    "profile-undecided": "未定にできない項目が未定です",
    "profile-unknown-field": "そのような項目はありません",
    "profile-value": "値として読めません",
    "profile-yearly": "同じ年度の額が2度書かれています",
    "final-undecided": "未定の項目があるため、確定できません（`kian generate --final` が示します）",
    "final-unconfirmed": "確認票の事項が確かめられていないため、確定できません（`kian generate --final` が示します）",
    "undecided": "未定の項目です。`kian check` は件数を、`kian check --undecided` は一つずつ示します。`kian generate` は、文書に「〇〇〇〇」又は選択肢として印字したものを示します",
    "document-inspection": "ひな形に誤りがあり、文書を作れません（`kian generate` が示します）",
}
"""What reading finds wrong, by rule id; a test holds the ids against the code."""

_SEVERITIES = {"error": "誤り", "warning": "注意", "info": "情報"}


def rules_page() -> str:
    """docs/ja/rules.md."""
    parts = [_RULES_HEAD]
    parts.extend(
        f"| `{rule.id}` | {_SEVERITIES[rule.severity]} | {rule.title} | {rule.basis or '計算又は事理による'} |\n"
        for rule in RULES
    )
    parts.append(_READING_HEAD)
    parts.extend(f"| `{id}` | {meaning} |\n" for id, meaning in READING.items())
    return "".join(parts)


PAGES = {
    "docs/ja/rules.md": rules_page,
    "docs/ja/commands.md": commands_page,
    "docs/template-fields.md": template_fields_page,
}


if __name__ == "__main__":
    for path, page in PAGES.items():
        (ROOT / path).write_text(page(), encoding="utf-8", newline="\n")
        print(path)
