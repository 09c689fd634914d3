"""What goes wrong when a file is read, said in Japanese.

Hands out `decode` (bytes to text, with a finding on a wrong encoding), `in_japanese`
(a YAML error as a finding), the same two as errors for other rooms (`utf8_text`, `yaml_error`) and `mistyped` (a full-width sign where a half-width one belongs). Leans on PyYAML's error texts, which have been stable for years.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from gen.errors import Place, UserError
from gen.report import Finding, Severity

__all__ = ["Mistyped", "decode", "in_japanese", "mistyped", "utf8_text", "yaml_error"]

_SAVE_AS_UTF8 = "メモ帳なら「名前を付けて保存」の文字コードで「UTF-8」を選んで保存し直してください。"

_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# A part of PyYAML's English text → what to tell, what to do. The first that fits is taken.
_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "ここにはコロン「:」を書けません。値の中に「: 」があるか、字下げがずれています。",
        "値に「: 」を含むときは全体を「'」で囲み、字下げは上の行とそろえてください。",
    ),
    (
        "cannot start any token",
        "この文字で値を始めることはできません（タブ、「@」、「`」、「%」など）。",
        "字下げには半角の空白を使い、記号で始まる値は「'」で囲んでください。",
    ),
    (
        "could not find expected ':'",
        "項目名の後に半角のコロン「:」がありません。",
        "「name: 値」のように、半角のコロンと半角の空白で区切ってください。",
    ),
    (
        "while scanning a quoted scalar",
        "引用符「'」または「\"」が閉じていません。",
        "値の終わりに同じ引用符を書いてください。",
    ),
    (
        "block sequence entries are not allowed",
        "ここには「- 」で始まる行を書けません。",
        "「- 」は項目名の次の行に、字下げをそろえて書いてください。",
    ),
    (
        "did not find expected '-' indicator",
        "「- 」の並びの途中に、「- 」で始まらない行があります。",
        "字下げをそろえるか、「- 」を補ってください。",
    ),
    (
        "did not find expected key",
        "項目名があるはずのところに別のものがあります。字下げのずれか、引用符の書き忘れです。",
        "上の行と字下げをそろえてください。引用符で始まる値は、同じ引用符で終わらせてください。",
    ),
    (
        "did not find expected ',' or",
        "角括弧「[…]」または波括弧「{…}」が閉じていないか、区切りのコンマがありません。",
        "括弧を閉じてください。括弧で始まる文字列は「'」で囲んでください。",
    ),
    (
        "found unknown escape character",
        '「"」で囲んだ値の中の「\\」の使い方が正しくありません。',
        "「\\」をそのまま書くときは「'」で囲んでください。",
    ),
    (
        "undefined tag handle",
        "「!」で始まる値は使えません。",
        "値を「'」で囲んでください。",
    ),
    (
        "alphabetic or numeric character",
        "「&」または「*」で始まる値は使えません。",
        "値を「'」で囲んでください。",
    ),
    (
        "found unexpected document indicator",
        "引用符を閉じる前に「---」があります。",
        "値の終わりに引用符を書いてください。",
    ),
    (
        "indentation",
        "字下げが正しくありません。",
        "字下げには半角の空白を使い、上の行とそろえてください。",
    ),
)


def decode(name: str, data: bytes) -> tuple[str | None, list[Finding]]:
    """The text of a UTF-8 file (a byte order mark is dropped), or the finding that says why not."""
    if data.startswith(_WIDE_MARKS) or data[:400].count(b"\0") * 8 > len(data[:400]):
        return None, [_encoding(name, 1, "このファイルはUTF-16などで保存されています。")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [_encoding(name, line, _guess(data))]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def utf8_text(name: str, data: bytes) -> str:
    """The text of a file that somebody saved.

    Raises:
        UserError: in another encoding than UTF-8.
    """
    text, wrong = decode(name, data)
    if text is None:
        raise UserError(wrong[0].message, place=wrong[0].place, hint=wrong[0].hint)
    return text


def yaml_error(name: str, data: bytes, error: Exception) -> UserError:
    """What PyYAML found wrong with a file that is not a profile."""
    found = in_japanese(name, data.decode(errors="replace"), error)
    return UserError(found.message, place=found.place, hint=found.hint)


def _guess(data: bytes) -> str:
    try:
        data.decode("cp932")
    except UnicodeDecodeError:
        return "このファイルはUTF-8の文書として読めません。"
    return "このファイルはShift_JIS（ANSI）で保存されています。"


def _encoding(name: str, line: int, what: str) -> Finding:
    message = f"{what}文字コードUTF-8のファイルだけを読めます。"
    return Finding("yaml-encoding", Severity.ERROR, message, Place(name, line, 1), hint=_SAVE_AS_UTF8)


def in_japanese(name: str, text: str, error: Exception) -> Finding:
    """A YAML error as a finding with the line it concerns, quoted."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
    lines = text.split("\n")
    message, hint = _explain(str(error))
    if found := mistyped(lines, place.line):  # YAML stumbles only behind it, often a line below
        place, message, hint = Place(name, found.line, found.column), found.message, found.hint
    quoted = lines[place.line - 1].strip(" \t") if place.line and place.line <= len(lines) else ""
    if quoted:
        message += f"　この行：「{quoted[:60]}」"
    return Finding("yaml-syntax", Severity.ERROR, f"YAMLとして読めません。{message}", place, hint=hint)


def _explain(problem: str) -> tuple[str, str]:
    for part, message, hint in _PROBLEMS:
        if part in problem:
            return message, hint
    return "書き方に誤りがあります。", "この行と上の行の、字下げ・コロン・引用符を確かめてください。"


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A full-width sign that YAML does not know: where it stands, what is wrong, what to do."""

    line: int
    column: int
    message: str
    hint: str


def mistyped(lines: list[str], number: int | None) -> Mistyped | None:
    """What is most often mistyped in Japanese input: a full-width colon, or such a space before a line.

    Args:
        lines: the file.
        number: the line in question, whose neighbour above is looked at too; None for all.
    """
    last = len(lines) if number is None else min(number, len(lines))
    first = 0 if number is None else max(0, last - 2)
    for at, line in enumerate(lines[first:last], first + 1):
        stripped = line.lstrip(" ")
        if stripped.startswith("\u3000"):
            column = len(line) - len(stripped) + 1
            return Mistyped(at, column, "行頭に全角の空白があります。", "半角の空白にしてください。")
        name = stripped.split("：")[0].replace("_", "").replace("-", "")
        if "：" in stripped and ":" not in stripped and name.isalnum():
            column = line.index("：") + 1
            return Mistyped(
                at, column, "コロン「：」が全角です。", "全角のコロンを、半角の「: 」にしてください。"
            )
    return None
