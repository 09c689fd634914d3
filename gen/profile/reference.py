"""The reference page of the profile, written from the schema.

Hands out `reference_page`; `python -m gen.profile.reference` writes docs/profile.md, and a
test holds the two together. Leans on the schema only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from gen.profile.facts import is_leaf
from gen.profile.schema import UNDECIDED, Rule, schema

__all__ = ["reference_page"]

_KINDS = {
    "choice": "語",
    "corporate": "法人番号",
    "count": "整数",
    "date": "日付",
    "day": "日付または契約締結日",
    "email": "メールアドレス",
    "flag": "はい／いいえ",
    "invoice": "登録番号",
    "length": "期間（数と単位）",
    "municipality": "団体コード",
    "nendo": "年度",
    "number": "数",
    "percent": "パーセント",
    "prose": "文章",
    "ref": "鍵",
    "text": "文字",
    "yen": "金額",
}

_HEAD = """# プロファイルの項目

このページは、プログラムの中の定義から作られます。手で直さないでください（`python -m gen.profile.reference` で作り直します）。

## 書き方

- 1つの `profile.yaml` に書くか、`profile/` フォルダに1つの章を1つのファイルとして書きます。文字コードはUTF-8です。
- 「項目名: 値」と書きます。コロンは半角で、後ろに半角の空白を置きます。字下げは半角の空白です。
- 「（鍵）」は自由に付ける名前です。文字（漢字・かな・英数字）、`_`、`-` で60字までです。契約の鍵は文書の名前になります。
- 「n」は「- 」で始まる行の番号です（0から数えます）。
- 日付は「令和8年4月1日」「R8.4.1」「2026-04-01」「令和9年3月末日」のどれでも書けます。
- 金額は「12,345,000円」「１２，３４５，０００」「12,345千円」のどれでも書けます。`{…}` の中では `'12,345,000円'` と囲みます。
- 決まっていない値は「未定」と書きます。文書には〇〇〇〇と印字され、確認票に載ります。「未定」の欄が×の項目には書けません。
- 「省略」の欄：「必須」は書かないと誤り、「未定」は書かないと未定とみなすもの、「可」は書かなければ印字しないもの、そのほかは書かないときの値です。
- 値のない項目（`court:` だけの行）は、書かなかったものとして扱います。
- YAMLの参照（`&`、`*`）、型の指定（`!`）、2つ目の文書（`---`）、同じ項目の繰り返しは使えません。
"""


def reference_page() -> str:
    """The page as Markdown, in Japanese."""
    parts = [_HEAD]
    for name, rule in schema().items():
        meta = rule["meta"]
        used = f"（使うところ：{meta['used']}）" if meta["used"] else ""
        parts.append(f"\n## {name}　{meta['label']}\n\n{meta['help']}{used}\n")
        parts.append(
            "\n| 項目 | 名称 | 書くもの | 例 | 省略 | 未定 |\n| --- | --- | --- | --- | --- | --- |\n"
        )
        parts.extend(_rows(rule, name))
    return "".join(parts)


def _rows(rule: Rule, path: str) -> Iterator[str]:
    if is_leaf(rule):
        yield _leaf_row(rule, path)
        return
    meta = rule["meta"]
    if "." in path and not path.endswith((".n", "（鍵）")):
        help_text = meta["help"] or "次の項目をまとめたもの。"
        yield f"| `{path}` | {meta['label']} | {help_text} |  | {_group_absent(rule)} |  |\n"
    if rule["type"] == "list":
        yield from _rows(rule["schema"], f"{path}.n")
    elif "valuesrules" in rule:
        yield from _rows(rule["valuesrules"], f"{path}.（鍵）")
    else:
        for name, below in rule["schema"].items():
            yield from _rows(below, f"{path}.{name}")


def _leaf_row(rule: Rule, path: str) -> str:
    meta = rule["meta"]
    what = [_KINDS[meta["kind"]] + (f"（{'／'.join(rule['allowed'])}）" if "allowed" in rule else "")]
    if "refers" in rule:
        what = [f"`{rule['refers']}` の鍵"]
    text = "。".join(what) + "。" + meta["help"]
    cells = (
        f"`{path}`",
        meta["label"],
        text,
        meta["example"],
        _absent(rule),
        "×" if meta["decided"] else "○",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _group_absent(rule: Rule) -> str:
    return "" if rule["meta"].get("always") else "可"


def _absent(rule: Rule) -> str:
    absent = rule["meta"]["absent"]
    if rule.get("required"):
        return "必須"
    if absent is UNDECIDED:
        return "未定"
    if callable(absent):
        return "他の項目による"
    if isinstance(absent, bool):
        return "はい" if absent else "いいえ"
    return "可" if absent is None else str(absent)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/profile.md")
    target.write_text(reference_page(), encoding="utf-8", newline="\n")
