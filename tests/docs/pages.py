"""The pages that are made from the code, and what the tests of the docs share.

`python -m tests.docs.pages` writes each of `PAGES` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from gen.cli.main import cli
from gen.drafting.reference import template_fields_page
from gen.rules import RuleText, texts
from gen.rules.texts import FAMILIES

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

指摘の `[ ]` の中が、この一覧の id です。一つの規則の理由、典拠、日付、確度は、`kian rules ID` で分かります。

「誤り」が1件でもあると、文書は作りません。「注意」と「情報」は、作ることを妨げません。
規則によっては、事情により表より軽い区分で示します。「未定」の項目は、点検の計算に使いません。
確度は、A が一次資料の原文で確認したもの、B が解説などの二次資料で確認したもの、C が典拠を確かめていないもの（要確認）です。
確度 C の規則は、誤りにはしません。

## 規則を下げる

団体の事情で規則が当てはまらないときは、プロファイルに理由と承認者を書いて、区分を下げることができます。

```yaml
waivers:
  - rule: contract-signed-early
    level: 情報                      # 注意、情報、示さない
    field: contracts.ops             # 一部の項目だけを下げるとき
    reason: 令和8年度当初予算の議決を条件として準備するため
    approver: sato                   # people の鍵
    on: 令和8年2月10日
    until: 令和9年3月31日             # 期限を過ぎると効きません
```

- 誤りの規則は「注意」までしか下げられません。誤りは、違法又は誤った文書になることを示します。団体の判断で文書を作れるようにはしますが、署名する人と監査する人に見えなくはしません。
- 注意と情報の規則は、示さないことにもできます。その場合も、確認票の「点検の例外」に理由と承認が載ります。
- 書いたこと、変えたことは、ほかの事実と同じように `kian history` に残ります。
- ファイルの形と項目の一つ一つの指摘は下げられません。読めなければ、事実がないためです。
"""

_SEVERITIES = {"error": "誤り", "warning": "注意", "info": "情報"}
_FACT_HEAD = "| id | 区分 | 守るべきこと | 根拠 | 確度 |\n| --- | --- | --- | --- | --- |\n"
_PLAIN_HEAD = "| id | 区分 | 指摘の内容 |\n| --- | --- | --- |\n"


def rules_page() -> str:
    """docs/ja/rules.md."""
    parts = [_RULES_HEAD]
    for family, title in FAMILIES.items():
        rows = [row for row in texts().values() if row.family == family]
        plain = family == "reading"
        parts.append(f"\n## {title}\n\n{_PLAIN_HEAD if plain else _FACT_HEAD}")
        parts.extend(_plain_row(row) if plain else _fact_row(row) for row in rows)
    return "".join(parts)


def _plain_row(row: RuleText) -> str:
    return f"| `{row.id}` | {_SEVERITIES[row.severity]} | {row.title} |\n"


def _fact_row(row: RuleText) -> str:
    basis = row.basis or "計算又は事理による"
    return f"| `{row.id}` | {_SEVERITIES[row.severity]} | {row.title} | {basis} | {row.certainty or '－'} |\n"


PAGES = {
    "docs/ja/rules.md": rules_page,
    "docs/ja/commands.md": commands_page,
    "docs/template-fields.md": template_fields_page,
}


if __name__ == "__main__":
    for path, page in PAGES.items():
        (ROOT / path).write_text(page(), encoding="utf-8", newline="\n")
        print(path)
